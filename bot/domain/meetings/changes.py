"""Changing a meeting, or one of its times, and letting those know who had answered."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any, Final

from bot.domain.kit.errors import NothingToChange, TextMissing, UserError
from bot.domain.kit.people import only_coordinators, the_programme
from bot.domain.meetings import plans, reminders, views
from bot.domain.meetings.answers import need_ahead
from bot.domain.meetings.errors import MeetingCancelled, MeetingNotFound, MeetingOver
from bot.domain.meetings.plans import Asked, Kept, WantedMeeting, wall_text
from bot.domain.meetings.views import MeetingView
from bot.domain.when import lengths, recurrence
from bot.domain.when.recurrence import Rule
from bot.domain.when.said import Start
from storage import journal
from storage.desk import Desk
from storage.enums import Language, Repeat
from storage.meetings import answers as kept_answers
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
    desk: Desk,
    meeting_id: int,
    occurrence_id: int | None,
    typed: Mapping[str, str],
    *,
    language: Language,
    chosen: Start | None = None,
) -> ChangedMeeting | Asked:
    """Change a meeting, or one of its times alone.

    Of a series, what has begun stays as it was. When it is moved, ``when`` is the new start of the
    next of its times: the later ones come from there as often as before, as many as they were,
    also those that had been moved alone. What a single time was given alone otherwise stays its
    own. Answers stay where a time is moved by less than a day, else they are asked for again.
    Where something is wrong with what was typed, it is asked about and nothing changes.

    Args:
        meeting_id: the meeting.
        occurrence_id: one of its times; None for all that are coming.
        typed: fields of :data:`FIELDS`; what is left out, or stands there already, stays. A
            single time has no reminders of its own.
        language: of whoever typed it.
        chosen: when it is to begin, where that was asked about.

    Raises:
        NotSetUp, CoordinatorsOnly, MeetingNotFound: as their names say.
        MeetingCancelled, MeetingOver: it cannot be changed any more.
    """
    the_programme(desk)
    only_coordinators(desk)
    row, time = need_changeable(desk, meeting_id, occurrence_id)
    time_id = time.id if time else None
    said = plans.typed(desk, meeting_id, time_id)
    own = FIELDS if time is None else FIELDS[:-1]
    fields: dict[str, Any] = {name: typed[name] for name in own if name in typed}
    wanted = plans.cleaned(replace(said, **fields))
    try:
        edit = _read(row, said, wanted, language, chosen, desk.now)
    except UserError as error:
        what = Kept(wanted, meeting=meeting_id, occurrence=occurrence_id, typed=fields)
        draft_id = plans.keep(desk, what)
        return Asked(draft_id, wanted, error, meeting_id, occurrence_id)
    return _make(desk, row, time, edit)


def need_changeable(
    desk: Desk, meeting_id: int, occurrence_id: int | None
) -> tuple[Meeting, Occurrence | None]:
    """A meeting, and one of its times, if they can still be changed.

    A meeting that is held once is changed as a whole, whichever was asked for: then no time is
    given back.

    Raises:
        MeetingNotFound, MeetingCancelled, MeetingOver: as their names say.
    """
    row = views.need_row(desk, meeting_id)
    if row.cancelled_at is not None:
        raise MeetingCancelled(title=row.title)
    if occurrence_id is not None:
        of, time = views.need_time(desk, occurrence_id)
        if of.id != meeting_id:
            raise MeetingNotFound
        need_ahead(row, time, desk.now)
        if row.repeat is not Repeat.NONE:
            return row, time
    if not kept.coming(desk, meeting_id, 1)[1]:
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


def _make(desk: Desk, row: Meeting, time: Occurrence | None, edit: _Edit) -> ChangedMeeting:
    programme = the_programme(desk)
    before = views.show(desk, programme, row, at=time)
    moves = _apply_to_one(row, time, edit) if time else _apply_to_all(desk, row, edit)
    row.changed_at = desk.now
    _note(desk, row, time, edit, len(moves))
    told = _settle(desk, row, time, moves)
    after = views.show(desk, programme, row, at=time)
    return ChangedMeeting(after, before, tuple((m.before, m.time.starts_at) for m in moves), told)


@dataclass(frozen=True)
class Move:
    """A time that was moved, and when it began before (aware UTC)."""

    time: Occurrence
    before: datetime


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


def _apply_to_all(desk: Desk, row: Meeting, edit: _Edit) -> list[Move]:
    if edit.title is not None:
        row.title = edit.title
    if edit.place is not None:
        row.place = edit.place
    if edit.agenda is not None:
        row.agenda = edit.agenda
    if edit.reminders:
        row.reminders = plans.reminders_text(edit.ahead)
    times = kept.times_of(desk, row.id or 0)
    if edit.minutes is not None:
        row.minutes = edit.minutes
        for time in times:
            if time.minutes is None and time.ends_at > desk.now:
                time.ends_at = time.starts_at + timedelta(minutes=edit.minutes)
    return move_series(desk, row, times, edit.start) if edit.start else []


def _note(desk: Desk, row: Meeting, time: Occurrence | None, edit: _Edit, moved: int) -> None:
    data = {
        "time": time.id if time else None,
        "fields": [name for name in _NOTED if getattr(edit, name) not in {None, False}],
        "moved": moved,
    }
    at = row.changed_at
    journal.write(
        desk.session, desk.programme_id, at, desk.asker.id, "meeting.changed", row.id, **data
    )


def _settle(desk: Desk, row: Meeting, time: Occurrence | None, moves: Sequence[Move]) -> int:
    """Count the change, plan anew, and let those know who had answered."""
    row.sequence += 1
    for each in [*([time] if time else []), *(move.time for move in moves)]:
        each.sequence = row.sequence
        desk.session.add(each)
    views.changed(desk, row)
    reminders.plan(desk, row, note="moved" if moves else "")
    return tell(desk, moves)


ASKED_AGAIN: Final = timedelta(days=1)
"""Moved by so much or more, a meeting is another one to those who had answered."""


def move_one(row: Meeting, time: Occurrence, start: Start) -> list[Move]:
    """Move one time of a series alone; no move if it is then already."""
    move = Move(time, time.starts_at)
    _put(row, time, start.wall, start.fold, start.moment)
    return [move] if time.starts_at != move.before else []


def move_series(desk: Desk, row: Meeting, times: Sequence[Occurrence], start: Start) -> list[Move]:
    """Move the times that have not begun, of which the next begins anew.

    The later ones follow as often as before, each in its place; there are as many as there were.

    Raises:
        MeetingOver: none is left.
    """
    ahead = [time for time in times if time.starts_at > desk.now]
    ahead = ahead or [time for time in times if time.ends_at > desk.now][-1:]
    if not ahead:
        raise MeetingOver(title=row.title)
    repeats = row.repeat is not Repeat.NONE
    rule = Rule(row.repeat, count=len(ahead) if repeats else None)
    places = recurrence.occurrences(start.wall, start.fold, row.zone, rule)
    moves = [Move(time, time.starts_at) for time in ahead]
    _make_room(desk, times, ahead, {wall_text(place.wall) for place in places})
    for number, (time, place) in enumerate(zip(ahead, places, strict=True)):
        time.original = wall_text(place.wall)
        _put(row, time, place.wall, 0 if number else start.fold, place.moment)
        desk.session.add(time)
    row.wall, row.fold = wall_text(start.wall), start.fold
    if repeats and row.until is not None:
        row.until = max(date.fromisoformat(row.until), places[-1].wall.date()).isoformat()
    elif repeats:
        row.times = len(ahead)
    desk.session.flush()
    return [move for move in moves if move.time.starts_at != move.before]


def tell(desk: Desk, moves: Sequence[Move]) -> int:
    """Let those know who had answered, and ask again where a move was long.

    Returns:
        how many people hear of it; cancelled times concern nobody.
    """
    held = [move for move in moves if move.time.cancelled_at is None]
    told = tell_each(desk, [(move.time, move.before) for move in held])
    for move in moves:
        if abs(move.time.starts_at - move.before) >= ASKED_AGAIN:
            move.time.asked_at = desk.now
            desk.session.add(move.time)
    desk.session.flush()
    return told


def tell_each(desk: Desk, times: Sequence[tuple[Occurrence, datetime | None]]) -> int:
    """Let each of those know once who had answered to any of these times.

    Of a series, most have answered to the first by answering at all; a later time is told of
    where others have answered to that.

    Args:
        times: in order; with each, when it began before, None if it was cancelled.

    Returns:
        how many people hear of it.
    """
    asked = set(kept_answers.answered(desk, [time.id or 0 for time, _ in times]))
    told: set[int] = set()
    for number, (time, before) in enumerate(times):
        if number and time.id not in asked:
            continue
        said = {
            each.participant_id
            for each in kept_answers.invited(desk, time.id or 0)
            if each.answer is not None
        }
        if said - told or not number:
            reminders.tell_moved(desk, time, before)
        told |= said
    return len(told)


def _put(row: Meeting, time: Occurrence, wall: datetime, fold: int, moment: datetime) -> None:
    minutes = row.minutes if time.minutes is None else time.minutes
    time.wall, time.fold = wall_text(wall), fold
    time.starts_at, time.ends_at = moment, moment + timedelta(minutes=minutes)


def _make_room(
    desk: Desk, times: Iterable[Occurrence], ahead: Sequence[Occurrence], wanted: set[str]
) -> None:
    """Free the names within the series that are given anew: no two may ever be the same."""
    moving = {time.id for time in ahead}
    for time in times:
        if time.id in moving:
            time.original = f"~{time.id}"
        elif time.original in wanted:  # it was held at another time than the series had
            time.original = time.wall
        desk.session.add(time)
    desk.session.flush()
