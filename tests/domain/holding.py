"""Shorthands for meetings in the tests of the domain."""

from datetime import timedelta
from typing import Any

from sqlmodel import Session

from bot.domain import meeting_answers, meeting_changes, meeting_drafts, meetings
from bot.domain.meeting_drafts import DraftView, Wanted
from bot.domain.meeting_views import MeetingView
from storage import meetings as kept
from storage.enums import Answer, Language, Repeat
from storage.meetings import Occurrence
from tests.domain.conftest import HERE, MANAGER, NOW, World

# NOW is Monday 23 November 2026, 10:00 in Stockholm.
TUESDAY = "2026-12-01 13:00"
DAY, WEEK = timedelta(days=1), timedelta(weeks=1)


def sketch(world: World, now=NOW, programme=HERE, draft_id=None, **said: Any) -> Any:
    wanted = Wanted(**{"title": "Kick-off", "when": TUESDAY, **said})
    return world(
        meeting_drafts.sketch, programme, MANAGER, wanted, Language.EN, draft_id=draft_id, now=now
    )


def plan(world: World, now=NOW, programme=HERE, **said: Any) -> MeetingView:
    draft = sketch(world, now, programme, **said)
    assert isinstance(draft, DraftView), draft
    return world(meeting_drafts.save, programme, MANAGER, draft.id, now=now)


def weekly(world: World, times: int = 5, **said: Any) -> MeetingView:
    return plan(world, repeat=Repeat.WEEKLY, times=times, **said)


def say(
    world: World, member: int, occurrence: int, choice: Answer, now=NOW, programme=HERE
) -> MeetingView:
    return world(meeting_answers.answer, programme, occurrence, member, choice, now=now)


def change(world: World, meeting: int, occurrence: int | None = None, now=NOW, **typed: str) -> Any:
    return world(
        meeting_changes.change, HERE, MANAGER, meeting, occurrence, typed,
        language=Language.EN, now=now,
    )  # fmt: skip


def show(world: World, meeting: int, now=NOW) -> MeetingView:
    return world(meetings.show, HERE, meeting, now=now)


def times(world: World, meeting: int) -> list[Occurrence]:
    def rows(session: Session) -> list[Occurrence]:
        return list(kept.times_of(session, meeting))

    return world(rows)


def starts(world: World, meeting: int) -> list[str]:
    """When each time of a meeting begins, in UTC, in the order of its series."""
    return [f"{time.starts_at:%m-%d %H:%M}" for time in times(world, meeting)]
