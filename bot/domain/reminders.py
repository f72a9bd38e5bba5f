"""Reminders of meetings: planning them, and telling people that a meeting moved."""

from datetime import datetime

from sqlmodel import Session

from bot.domain.meeting_rows import need_time
from bot.domain.people import Person, need_coordinator, need_programme
from bot.domain.when import understand
from storage.enums import Language
from storage.meetings import Meeting, Occurrence, Reminder


def plan(session: Session, meeting: Meeting, *, note: str = "", now: datetime) -> None:
    """Bring what is planned of a meeting's reminders in line with its times; nothing as yet."""


def tell_moved(
    session: Session, occurrence: Occurrence, before: datetime | None, *, now: datetime
) -> None:
    """Let those hear of it who had answered: when it was; None if cancelled. Nothing as yet."""


def remind(  # noqa: PLR0917 - the lead's file takes its place
    session: Session,
    programme_id: int,
    person: Person,
    occurrence_id: int,
    text: str,
    when_said: str,
    language: Language,
    *,
    now: datetime,
) -> datetime:
    """Plan a reminder of a coordinator's own words; nothing sends it as yet.

    Returns:
        when it is due, aware UTC.

    Raises:
        NotSetUp, CoordinatorsOnly, MeetingNotFound: as their names say.
        WhenUnclear and others of :func:`when.understand`: its time.
    """
    programme = need_programme(session, programme_id)
    need_coordinator(session, programme_id, person)
    need_time(session, programme_id, occurrence_id)
    at = understand(when_said, language, programme.timezone, now).moment
    session.add(Reminder(occurrence_id=occurrence_id, text=text, at=at, created_by=person.id))
    return at
