"""Shorthands for meetings in the tests of the domain."""

from datetime import timedelta
from typing import Any

from sqlmodel import Session

from bot.domain.factors import origins
from bot.domain.meetings import changes, drafts
from bot.domain.meetings.drafts import MeetingDraftView
from bot.domain.meetings.plans import WantedMeeting
from bot.domain.meetings.views import MeetingView
from bot.domain.membership import answering
from storage.enums import Answer, Language, Repeat
from storage.meetings import meetings as kept
from storage.meetings.meetings import Occurrence
from tests import desks
from tests.domain.conftest import HERE, MANAGER, NOW, World

# NOW is Monday 23 November 2026, 10:00 in Stockholm.
TUESDAY = "2026-12-01 13:00"
DAY, WEEK = timedelta(days=1), timedelta(weeks=1)


def sketch(world: World, now=NOW, programme=HERE, draft_id=None, **said: Any) -> Any:
    wanted = WantedMeeting(**{"title": "Kick-off", "when": TUESDAY, **said})
    return world(
        drafts.sketch,
        wanted,
        Language.EN,
        draft_id=draft_id,
        by=MANAGER,
        programme=programme,
        now=now,
    )


def plan(world: World, now=NOW, programme=HERE, **said: Any) -> MeetingView:
    draft = sketch(world, now, programme, **said)
    assert isinstance(draft, MeetingDraftView), draft
    return world(drafts.save, draft.id, by=MANAGER, programme=programme, now=now)


def weekly(world: World, times: int = 5, **said: Any) -> MeetingView:
    return plan(world, repeat=Repeat.WEEKLY, times=times, **said)


def say(
    world: World, member: int, occurrence: int, choice: Answer, now=NOW, programme=HERE
) -> MeetingView:
    return world(answering.answer, occurrence, member, choice, programme=programme, now=now)


def change(world: World, meeting: int, occurrence: int | None = None, now=NOW, **typed: str) -> Any:
    return world(
        changes.change, meeting, occurrence, typed, language=Language.EN, by=MANAGER, now=now
    )


def show(world: World, meeting: int, now=NOW) -> MeetingView:
    return world(origins.meeting, meeting, now=now)


def times(world: World, meeting: int) -> list[Occurrence]:
    def rows(session: Session) -> list[Occurrence]:
        return list(kept.times_of(desks.bare(session), meeting))

    return world(rows)


def starts(world: World, meeting: int) -> list[str]:
    """When each time of a meeting begins, in UTC, in the order of its series."""
    return [f"{time.starts_at:%m-%d %H:%M}" for time in times(world, meeting)]
