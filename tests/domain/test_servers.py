"""A programme outlives leda's absence from its server for 30 days; then nothing is left of it."""

from datetime import timedelta

import pytest

from bot.domain.kit.errors import NotSetUp
from bot.domain.programme import programmes, servers
from storage.kit.programmes import Programme
from tests.domain.conftest import ELSEWHERE, HERE, NOW
from tests.domain.filling import everything, fill
from tests.domain.scenes import scene

ANNA = 10**18 + 1
BOTH = (HERE, ELSEWHERE)
A_MONTH = timedelta(days=30)


@scene
def filled(world):
    """Two programmes with something in every table."""
    for programme in BOTH:
        world(fill, programme, ANNA)
    return world


def removed_at(world, programme=HERE):
    return world(lambda session: session.get(Programme, programme).removed_at)


def test_every_table_holds_something_before_it_is_deleted(filled):
    assert all(rows for rows in filled(everything, HERE).values())


def test_a_programme_that_is_over_leaves_nothing_and_touches_no_other(filled):
    other = filled(everything, ELSEWHERE)
    filled(servers.removed)
    over = filled(servers.forget_removed, BOTH, now=NOW + A_MONTH + timedelta(seconds=1))
    assert over == [HERE]
    assert not any(filled(everything, HERE).values())
    assert filled(everything, ELSEWHERE) == other


def test_within_30_days_nothing_is_deleted(filled):
    filled(servers.removed)
    before = filled(everything, HERE)
    assert filled(servers.forget_removed, BOTH, now=NOW + A_MONTH) == []
    assert filled(everything, HERE) == before


def test_a_process_deletes_only_the_programmes_that_it_looks_after(filled):
    for programme in BOTH:
        filled(servers.removed, programme=programme)
    assert filled(servers.forget_removed, [ELSEWHERE], now=NOW + 2 * A_MONTH) == [ELSEWHERE]


def test_coming_back_in_time_finds_all_as_it_was(trial):
    before = trial(programmes.view)
    trial(servers.removed)
    assert trial(servers.returned, now=NOW + A_MONTH)
    assert trial(servers.forget_removed, BOTH, now=NOW + 2 * A_MONTH) == []
    assert trial(programmes.view) == before
    kinds = [entry.kind for entry in trial.journal()][-2:]
    assert kinds == ["programme.removed", "programme.returned"]


def test_the_30_days_count_from_when_it_was_first_noticed(trial):
    trial(servers.removed)
    trial(servers.notice, [], [HERE], now=NOW + timedelta(days=29))
    assert removed_at(trial) == NOW


def test_at_the_start_missing_servers_are_noted_and_those_that_are_there_are_back(filled):
    filled(servers.removed)
    filled(servers.notice, [HERE], [ELSEWHERE], now=NOW)
    assert removed_at(filled, HERE) is None
    assert removed_at(filled, ELSEWHERE) == NOW


def test_a_server_without_a_programme_is_nothing_to_remember(world):
    world(servers.removed)
    assert not world(servers.returned)
    with pytest.raises(NotSetUp):
        world(programmes.view)
