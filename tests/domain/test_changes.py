"""What changed around many factors is one row, and they follow it slice by slice."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, update
from sqlmodel import col

from bot.domain.factors import recounts, votes
from bot.domain.membership import joining
from storage.enums import Choice
from storage.factors import changes
from storage.factors.factors import Factor
from tests.domain import steps
from tests.domain.conftest import MANAGER, NOW
from tests.domain.scenes import scene

ANNA = 101
FACTORS = 7


@scene
def many(trial):
    """Anna has voted on every second of seven factors, and none is due."""
    trial.join(ANNA, trial.goteborg)
    hours = (NOW + n * timedelta(hours=1) for n in range(FACTORS))
    trial.made = [trial.factor(ANNA, title=f"Factor at {now}", now=now).id for now in hours]
    trial.voted = trial.made[::2]
    for each in trial.voted:
        trial(votes.vote, each, ANNA, Choice.SUPPORT)
    settle(trial)
    return trial


def settle(world):
    return [each.id for each in steps.settled(world)]


def marked(world):
    query = select(col(Factor.id)).where(col(Factor.recount_due)).order_by(col(Factor.id))
    return world(lambda session: list(session.execute(query).scalars()))


def spread(world):
    """Take slices until none is left; how many it were."""
    slices = 0
    while world(changes.spread):
        slices += 1
    return slices


def test_a_change_is_one_row_and_no_factor_is_touched_by_it(many):
    many(changes.around)
    assert marked(many) == []
    assert many(recounts.is_due)
    assert settle(many) == many.made
    assert not many(recounts.is_due)


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(size=st.integers(1, FACTORS + 1), order=st.permutations(["around", "named", "presence"]))
def test_slices_of_any_size_mark_what_one_piece_marks(many, size, order):
    """Also where another change comes while one is under way: it begins from the first."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(changes, "_AT_A_TIME", size)
        for kind in order:
            told = ([ANNA],) if kind == "presence" else ()
            many(getattr(changes, kind), *told)
            many(changes.spread)
        spread(many)
    assert marked(many) == many.made
    many(lambda session: session.execute(update(Factor).values(recount_due=False)))


def test_a_change_is_taken_up_where_it_was_left(many, monkeypatch):
    monkeypatch.setattr(changes, "_AT_A_TIME", 2)
    many(changes.presence, [ANNA])
    assert many(changes.spread)
    first = marked(many)
    assert first == many.voted[:2]
    many.engine.dispose()  # as a process does that is gone
    assert many(changes.pending)
    spread(many)
    assert marked(many) == many.voted


def test_the_same_again_begins_from_the_first_factor(many, monkeypatch):
    monkeypatch.setattr(changes, "_AT_A_TIME", 3)
    many(changes.around)
    many(changes.spread)
    settled = many(recounts.settle)
    assert [each.id for each in settled] == many.made[:3]
    many(changes.around)
    assert settle(many) == many.made


def test_who_leaves_is_followed_by_what_they_voted_on_alone(many):
    many(joining.leave, ANNA, by=MANAGER)
    assert settle(many) == many.voted
