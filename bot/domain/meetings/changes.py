"""Changing a meeting, or one of its times: what it is about, and when it is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final

from sqlmodel import Session

from bot.domain.kit.errors import NothingToChange, TextMissing, UserError
from bot.domain.kit.people import need_coordinator, need_programme
from bot.domain.meetings import forms, keeping, plans, reminders, rows, shows
from bot.domain.meetings.answers import need_ahead
from bot.domain.meetings.errors import MeetingCancelled, MeetingNotFound, MeetingOver
from bot.domain.meetings.keeping import Asked, Kept
from bot.domain.meetings.moves import Move, move_one, move_series, tell
from bot.domain.meetings.plans import WantedMeeting
from bot.domain.meetings.views import MeetingView
from bot.domain.when import lengths
from bot.domain.when.said import Start
from storage import journal
from storage.desk import Person
from storage.enums import Language, Repeat
from storage.meetings import meetings as kept
from storage.meetings.meetings import Meeting, Occurrence

FIELDS: Final = ("title", "when", "duration", "where", "agenda", "reminders")
"""What can be changed, named as in :class:`meeting_plans.Wanted`; the last of meetings alone."""
_NOTED: Final = ("title", "place", "agenda", "minutes", "start", "reminders")


@dataclass(frozen=True)
class ChangedMeeting:
    """A meeting after and before a change.

    ``moved`` holds when each time that was moved began and now begins (aware UTC); ``told``
    counts the people who had answered, and hear of it.
    """

    meeting: MeetingView
    before: MeetingView
    moved: tuple[tuple[datetime, datetime], ...] = ()
    told: int = 0


@dataclass(frozen=True)
class _Edit:
    """What is to become of a meeting; None for what stays.

    With ``reminders`` it gets those that are ``ahead``, or the programme's where that is None.
    """

    title: str | None = None
    place: str | None = None
    agenda: str | None = None
    minutes: int | None = None
    start: Start | None = None
    reminders: bool = False
    ahead: tuple[int, ...] | None = None


def change(
    session: Session,
    programme_id: int,
    person: Person,
    meeting_id: int,
    occurrence_id: int | None,
    typed: Mapping[str, str],
    *,
    language: Language,
    chosen: Start | None = None,
    now: datetime,
) -> ChangedMeeting | Asked:
    """Change a meeting, or one of its times alone.

    Of a series, what has begun stays as it was. When it is moved, ``when`` is the new start of the
    next of its times: the later ones come from there as often as before, as many as they were,
    also those that had been moved alone. What a single time was given alone otherwise stays its
    own. Answers stay where a time is moved by less than a day, else they are asked for again.
    Where something is wrong with what was typed, it is asked about and nothing changes.

    Args:
        session: the transaction.
        programme_id: the server.
        person: who changes it.
        meeting_id: the meeting.
        occurrence_id: one of its times; None for all that are coming.
        typed: fields of :data:`FIELDS`; what is left out, or stands there already, stays. A
            single time has no reminders of its own.
        language: of whoever typed it.
        chosen: when it is to begin, where that was asked about.
        now: aware UTC.

    Raises:
        NotSetUp, CoordinatorsOnly, MeetingNotFound: as their names say.
        MeetingCancelled, MeetingOver: it cannot be changed any more.
    """
    need_programme(session, programme_id)
    need_coordinator(session, programme_id, person)
    row, time = need_changeable(session, programme_id, meeting_id, occurrence_id, now)
    time_id = time.id if time else None
    said = forms.typed(session, programme_id, person, meeting_id, time_id, now=now)
    own = FIELDS if time is None else FIELDS[:-1]
    fields: dict[str, Any] = {name: typed[name] for name in own if name in typed}
    wanted = plans.cleaned(replace(said, **fields))
    try:
        edit = _read(row, said, wanted, language, chosen, now)
    except UserError as error:
        what = Kept(wanted, meeting=meeting_id, occurrence=occurrence_id, typed=fields)
        draft_id = keeping.keep(session, programme_id, person, what, now=now)
        return Asked(draft_id, wanted, error, meeting_id, occurrence_id)
    return _make(session, person, row, time, edit, now)


def need_changeable(
    session: Session, programme_id: int, meeting_id: int, occurrence_id: int | None, now: datetime
) -> tuple[Meeting, Occurrence | None]:
    """A meeting, and one of its times, if they can still be changed.

    A meeting that is held once is changed as a whole, whichever was asked for: then no time is
    given back.

    Raises:
        MeetingNotFound, MeetingCancelled, MeetingOver: as their names say.
    """
    row = rows.need_row(session, programme_id, meeting_id)
    if row.cancelled_at is not None:
        raise MeetingCancelled(title=row.title)
    if occurrence_id is not None:
        of, time = rows.need_time(session, programme_id, occurrence_id)
        if of.id != meeting_id:
            raise MeetingNotFound
        need_ahead(row, time, now)
        if row.repeat is not Repeat.NONE:
            return row, time
    if not kept.coming(session, meeting_id, now, 1)[1]:
        raise MeetingOver(title=row.title)
    return row, None


def _read(
    row: Meeting,
    said: WantedMeeting,
    wanted: WantedMeeting,
    language: Language,
    start: Start | None,
    now: datetime,
) -> _Edit:
    """What differs between what stood in the form and what stands there now, understood."""
    differs = {name for name in FIELDS if getattr(said, name) != getattr(wanted, name)}
    if "title" in differs and not wanted.title:
        raise TextMissing
    begins = None
    if start is not None or ("when" in differs and wanted.when):
        begins = plans.begins(wanted.when, language, row.zone, start=start, now=now)
    edit = _Edit(
        title=wanted.title if "title" in differs else None,
        place=wanted.where if "where" in differs else None,
        agenda=wanted.agenda if "agenda" in differs else None,
        minutes=lengths.duration(wanted.duration)
        if "duration" in differs and wanted.duration
        else None,
        start=begins,
        reminders="reminders" in differs,
        ahead=lengths.reminders(wanted.reminders) if "reminders" in differs else None,
    )
    if edit == _Edit():
        raise NothingToChange
    return edit


def _make(
    session: Session,
    person: Person,
    row: Meeting,
    time: Occurrence | None,
    edit: _Edit,
    now: datetime,
) -> ChangedMeeting:
    programme = need_programme(session, row.programme_id)
    before = shows.show(session, programme, row, now, at=time)
    moves = _apply_to_one(row, time, edit) if time else _apply_to_all(session, row, edit, now)
    row.changed_at = now
    _note(session, row, time, edit, person, len(moves))
    told = _settle(session, row, time, moves, now)
    after = shows.show(session, programme, row, now, at=time)
    return ChangedMeeting(after, before, tuple((m.before, m.time.starts_at) for m in moves), told)


def _apply_to_one(row: Meeting, time: Occurrence, edit: _Edit) -> list[Move]:
    """What is as the meeting has it is not the time's own."""
    if edit.title is not None:
        time.title = None if edit.title == row.title else edit.title
    if edit.place is not None:
        time.place = None if edit.place == row.place else edit.place
    if edit.agenda is not None:
        time.agenda = None if edit.agenda == row.agenda else edit.agenda
    if edit.minutes is not None:
        time.minutes = None if edit.minutes == row.minutes else edit.minutes
        time.ends_at = time.starts_at + timedelta(minutes=edit.minutes)
    return move_one(row, time, edit.start) if edit.start else []


def _apply_to_all(session: Session, row: Meeting, edit: _Edit, now: datetime) -> list[Move]:
    if edit.title is not None:
        row.title = edit.title
    if edit.place is not None:
        row.place = edit.place
    if edit.agenda is not None:
        row.agenda = edit.agenda
    if edit.reminders:
        row.reminders = plans.reminders_text(edit.ahead)
    times = kept.times_of(session, row.id or 0)
    if edit.minutes is not None:
        row.minutes = edit.minutes
        for time in times:
            if time.minutes is None and time.ends_at > now:
                time.ends_at = time.starts_at + timedelta(minutes=edit.minutes)
    return move_series(session, row, times, edit.start, now) if edit.start else []


def _note(
    session: Session, row: Meeting, time: Occurrence | None, edit: _Edit, person: Person, moved: int
) -> None:
    data = {
        "time": time.id if time else None,
        "fields": [name for name in _NOTED if getattr(edit, name) not in {None, False}],
        "moved": moved,
    }
    at = row.changed_at
    journal.write(session, row.programme_id, at, person.id, "meeting.changed", row.id, **data)


def _settle(
    session: Session, row: Meeting, time: Occurrence | None, moves: Sequence[Move], now: datetime
) -> int:
    """Count the change, plan anew, and let those know who had answered."""
    row.sequence += 1
    for each in [*([time] if time else []), *(move.time for move in moves)]:
        each.sequence = row.sequence
        session.add(each)
    rows.changed(session, row)
    reminders.plan(session, row, note="moved" if moves else "", now=now)
    return tell(session, moves, now)
