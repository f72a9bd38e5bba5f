"""Reminders of meetings: planning them, and telling people that a meeting moved."""

from datetime import datetime

from sqlmodel import Session

from storage.meetings import Meeting, Occurrence


def plan(session: Session, meeting: Meeting, *, note: str = "", now: datetime) -> None:
    """Bring what is planned of a meeting's reminders in line with its times; nothing as yet."""


def tell_moved(
    session: Session, occurrence: Occurrence, before: datetime | None, *, now: datetime
) -> None:
    """Let those hear of it who had answered: when it was; None if cancelled. Nothing as yet."""
