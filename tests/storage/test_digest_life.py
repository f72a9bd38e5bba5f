"""A week's digest through the use cases, on SQLite and on PostgreSQL alike."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlmodel import Session

from bot.domain.digest import digests, weeks
from bot.domain.digest.errors import WeekUnknown
from bot.domain.digest.views import NewMinutes, TookPart
from bot.domain.factors import experiences, outcomes, votes
from bot.domain.meetings import drafts, minutes
from bot.domain.meetings.plans import WantedMeeting
from bot.domain.membership import answering
from bot.domain.posts import claims
from storage.enums import Answer, Choice, ExperienceStance, FactorStatus, Language
from storage.shards import Shards
from storage.talk import talk
from tests.storage.test_factor_life import ANNA, BO, BOSS, NOW, do, publish

__all__ = ["do"]

DUE = NOW + timedelta(days=2, hours=23)
EVERYWHERE = Shards(1, frozenset({0}))
HOUR = timedelta(hours=1)


@pytest.fixture
def week(do: Callable[..., Any]) -> Iterator[Callable[..., Any]]:
    """Two factors, one of them voted on and decided; a meeting held and one to come; some talk."""
    first, second = publish(do, "Time set aside"), publish(do, "Too many systems")
    for person in (ANNA, BO):
        do(votes.vote, first, person.id, Choice.SUPPORT, now=NOW + HOUR)
    do(experiences.tell, second, ExperienceStance.DONE, "We know it well.", by=ANNA, now=NOW + HOUR)
    do(outcomes.decide, first, FactorStatus.ADOPTED, "Shared by all.", by=BOSS, now=NOW + 2 * HOUR)
    for when in ("2026-11-24 13:00", "2026-12-01 13:00"):
        wanted = WantedMeeting(title="Kick-off", when=when)
        draft = do(drafts.sketch, wanted, Language.EN, draft_id=None, by=BOSS)
        do(drafts.save, draft.id, by=BOSS)
    do(answering.answer, 2, ANNA.id, Answer.GOING, now=NOW + HOUR)
    do(minutes.write, 1, "We agreed.", "https://example.org", by=BOSS, now=NOW + 30 * HOUR)
    do(talk.add, 71, 71, date(2026, 11, 24), 3)
    return do


def test_a_week_is_told_and_shown_again(week: Callable[..., Any]):
    ahead = week(digests.preview, None, None, by=BOSS, now=DUE)
    [work] = week(_claimed, now=DUE)
    week(claims.perform, work, digests.cut, now=DUE)
    [posted] = week(_claimed, now=DUE)
    assert posted.slot == "announcements:1"
    told = week(digests.posted, 202648, 1)
    assert told.edition == ahead.edition
    shown = told.edition
    assert [new.title for new in shown.new] == ["Time set aside", "Too many systems"]
    assert shown.decided == {FactorStatus.ADOPTED: 1}
    assert shown.decisions[0].reason == "Shared by all."
    assert [each.title for each in shown.ahead] == ["Kick-off"]
    assert shown.minutes == (
        NewMinutes("Kick-off", None, shown.minutes[0].starts_at, "We agreed.", 1),
    )
    assert (shown.waiting_factors, shown.waiting_meetings) == (1, 1)
    assert shown.people == TookPart(2, 2, 2, ((202648, 2),))
    week(votes.vote, 2, BO.id, Choice.SUPPORT, now=DUE + HOUR)
    week(votes.vote, 2, ANNA.id, Choice.SUPPORT, now=DUE + HOUR)
    again = week(digests.send, by=BOSS, now=DUE + timedelta(days=5))
    assert [move.title for move in again[0].edition.moved] == ["Too many systems"]
    assert week(digests.posted, 202648, 1) == told


def test_a_number_that_is_no_week_is_not_looked_for(week: Callable[..., Any]):
    with pytest.raises(WeekUnknown):
        week(digests.preview, 2**63 - 1, None, by=BOSS, now=DUE)


def _claimed(session: Session, now: datetime) -> list[claims.Parcel]:
    found = claims.claim(session, EVERYWHERE, now=now, limit=9)
    return [parcel for parcel in found if parcel.things[0].kind in {weeks.WEEK, weeks.EDITION}]
