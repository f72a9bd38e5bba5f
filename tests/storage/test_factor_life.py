"""A factor's whole life through the use cases, on SQLite and on PostgreSQL alike."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlmodel import Session

from bot.domain.factors import (
    drafts,
    edits,
    experiences,
    factors,
    keyareas,
    lists,
    merging,
    recounts,
    votes,
)
from bot.domain.factors.drafts import Written
from bot.domain.factors.finding import StatusesShown
from bot.domain.factors.lists import Listing
from bot.domain.factors.wording import FactorText
from bot.domain.membership import joining, organisation_changes
from bot.domain.needs import needs
from bot.domain.programme import programmes
from storage import engines
from storage.desk import Person
from storage.enums import Choice, ExperienceStance, FactorKind, Language, Order, Preset
from storage.upgrade import upgrade
from tests import desks
from tests.domain import steps

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
HERE = 2**62 + 1
BOSS = Person(1, frozenset(), manages_server=True)
ANNA, BO = Person(11, frozenset(), False), Person(12, frozenset(), False)


@pytest.fixture
def do(url: str) -> Iterator[Callable[..., Any]]:
    """Runs a use case in a transaction of its own, in a programme of one track."""
    upgrade(url, now=NOW)
    engine = engines.writing(engines.parse(url))

    def run(work: Callable[..., Any], *args: Any, now: datetime = NOW, **more: Any) -> Any:
        with Session(engine, expire_on_commit=False) as session, session.begin():
            return desks.call(session, work, *args, now=now, programme=HERE, **more)

    said = {"preset": Preset.SINGLE, "language": Language.SV, "timezone": "Europe/Stockholm"}
    run(programmes.set_up, **said, by=BOSS)
    for person, name in ((ANNA, "Göteborgs stad"), (BO, "Åre kommun")):
        organisation = run(organisation_changes.add, name=name, by=BOSS)
        run(joining.join, person.id, organisation.id)
    yield run
    engine.dispose()


def publish(do: Callable[..., Any], title: str) -> int:
    written = Written(title, f"{title}. " * 9, FactorKind.PROMOTING)
    draft = do(drafts.save, written, by=ANNA)
    return do(factors.publish, draft.id, by=ANNA).id


def tally(do: Callable[..., Any], factor: int, now: datetime = NOW) -> tuple[int, int, int]:
    found = do(factors.show, factor, now=now).tally
    return found.support, found.unsure, found.objections


def test_votes_count_before_and_after_an_edit_as_they_should(do):
    factor = publish(do, "Små steg")
    do(votes.vote, factor, ANNA.id, Choice.SUPPORT)
    do(votes.vote, factor, BO.id, Choice.OBJECT, reason="För tidigt.")
    later = NOW + timedelta(hours=1)
    new = FactorText("Stora steg", "Något helt annat, som ingen har röstat om.")
    edited = do(edits.edit, factor, new, small=True, by=ANNA, now=later)
    assert not edited.small
    assert edited.factor.tally.before_edit == 2
    found = do(needs.of, by=ANNA, now=later)
    assert [each.id for each in found.edited.shown] == [factor]
    do(votes.still_mine, factor, ANNA.id, now=later)
    assert not do(needs.of, by=ANNA, now=later).edited.shown
    assert tally(do, factor, later + timedelta(days=30)) == (1, 0, 1), "objections stay"
    assert [each.reason for each in do(votes.objections, factor, now=later)] == ["För tidigt."]


def test_merged_factors_count_as_one_and_part_again(do):
    first, second = publish(do, "Små steg"), publish(do, "Korta prov i vardagen")
    do(votes.vote, first, ANNA.id, Choice.SUPPORT)
    do(votes.vote, second, ANNA.id, Choice.UNSURE, now=NOW + timedelta(minutes=1))
    do(votes.vote, second, BO.id, Choice.SUPPORT)
    told = (ExperienceStance.DONE, "Det gick bra.")
    do(experiences.tell, second, *told, by=BO)
    merged = do(merging.merge, second, first, "Samma sak.", by=BOSS, now=NOW + timedelta(hours=1))
    assert merged.moved == 2
    assert tally(do, first) == (1, 1, 0)
    assert do(factors.show, first).experiences == {ExperienceStance.DONE: 1}
    do(votes.take_back, first, ANNA.id, now=NOW + timedelta(hours=2))
    do(recounts.count, first)
    assert tally(do, first) == (1, 0, 0), "what was taken back does not let an older vote count"
    do(merging.unmerge, second, by=BOSS, now=NOW + timedelta(hours=3))
    assert (tally(do, first), tally(do, second)) == ((0, 0, 0), (1, 1, 0))


def test_lists_come_in_every_order_and_filter(do):
    made = [publish(do, title) for title in ("Alfa", "Beta prövar", "Gamma mäter tid")]
    do(votes.vote, made[0], BO.id, Choice.SUPPORT)
    area = do(keyareas.create, "Ledning", by=BOSS)
    do(keyareas.put, made[1], str(area.id), by=BOSS)

    def ids(**listing: Any) -> list[int]:
        page = do(lists.listed, Listing(**listing))
        return [factor.id for factor in page.factors.items]

    assert ids() == made[::-1]
    assert ids(order=Order.TOP)[0] == made[0]
    assert set(ids(order=Order.DIVIDED)) == set(ids(order=Order.DISCUSSED)) == set(made)
    assert ids(order=Order.NEEDS, reader=BO.id) == [made[2], made[1]]
    assert ids(key_area_id=area.id) == [made[1]]
    assert ids(shown=StatusesShown.ADOPTED) == []


def test_who_leaves_makes_the_factors_due_that_they_voted_on(do):
    factor, other = publish(do, "Små steg"), publish(do, "Korta prov i vardagen")
    do(votes.vote, factor, BO.id, Choice.SUPPORT)
    steps.settled(do)
    before = do(factors.show, other).revision
    do(joining.leave, BO.id)
    settled = steps.settled(do)
    assert [(each.id, each.tally.voters) for each in settled] == [(factor, 0)]
    assert not do(recounts.is_due)
    assert do(factors.show, other).revision == before
