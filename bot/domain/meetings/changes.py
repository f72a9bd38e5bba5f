"""Changing a meeting, or one of its times, and letting those know who had answered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final

from bot.domain.kit.errors import NothingToChange, TextMissing, UserError
from bot.domain.kit.people import only_coordinators, the_programme
from bot.domain.meetings import feasts, moves, plans, reminders, shelf, views
from bot.domain.meetings import seen as sight
from bot.domain.meetings.answers import need_ahead
from bot.domain.meetings.errors import (
    MeetingCancelled,
    MeetingChangedMeanwhile,
    MeetingDraftGone,
    MeetingNotFound,
    MeetingOver,
)
from bot.domain.meetings.feasts import FeastDay
from bot.domain.meetings.moves import Move
from bot.domain.meetings.plans import WantedMeeting
from bot.domain.meetings.shelf import Asked, Kept
from bot.domain.meetings.views import MeetingView
from bot.domain.when import lengths
from bot.domain.when.clocks import end_of
from bot.domain.when.said import Start
from storage import journal
from storage.desk import Desk
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
    counts the people who had answered, and hear of it; of these, ``asked_again`` are asked again,
    since a time moved by so long that their answers no longer count.
    """

    meeting: MeetingView
    before: MeetingView
    moved: tuple[tuple[datetime, datetime], ...] = ()
    told: int = 0
    asked_again: int = 0


@dataclass(frozen=True)
class ChangeDraft:
    """What a change would do, before it is made, and the holidays that it moves times to.

    ``occurrence_id`` is the one time that it is about; None for all that are coming.
    """

    id: int
    change: ChangedMeeting
    occurrence_id: int | None = None
    feasts: tuple[FeastDay, ...] = ()


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
    seen: str = "",
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
        seen: what stood in the form, as :func:`bot.domain.meetings.seen.opened` says it. What the
            person left so stays as it is now; where somebody has changed the meeting since, they
            are asked. Empty for whatever stands.

    Raises:
        NotSetUp, CoordinatorsOnly, MeetingNotFound: as their names say.
        MeetingCancelled, MeetingOver: it cannot be changed any more.
    """
    what = Kept(
        WantedMeeting("", ""), meeting=meeting_id, occurrence=occurrence_id, typed=typed, seen=seen
    )
    found = _change(desk, what, language, chosen)
    return _asked(desk, what, found) if isinstance(found, _Wrong) else found.done


def sketch(
    desk: Desk,
    meeting_id: int,
    occurrence_id: int | None,
    typed: Mapping[str, str],
    *,
    language: Language,
    seen: str = "",
) -> ChangeDraft | ChangedMeeting | Asked:
    """Show what a change would do to when a meeting is, and who would hear of it.

    Nothing is changed before :func:`save`; what tells nobody, such as another title, is made at
    once. What is taken and raised, :func:`change` says.
    """
    what = Kept(
        WantedMeeting("", ""), meeting=meeting_id, occurrence=occurrence_id, typed=typed, seen=seen
    )
    return sketch_kept(desk, what, language)


def sketch_kept(
    desk: Desk, what: Kept, language: Language, *, draft_id: int | None = None
) -> ChangeDraft | ChangedMeeting | Asked:
    """As :func:`sketch`, of a change that is kept; ``draft_id`` is where."""
    row, _ = need_changeable(desk, what.meeting or 0, what.occurrence)
    if not what.seen:  # what it would do is shown of what stands now
        what = replace(what, seen=sight.opened(desk, row.id or 0, what.occurrence)[1])
    chosen = plans.start_of(what.start, row.zone) if what.start else None
    with desk.session.begin_nested() as part:
        found = _change(desk, what, language, chosen)
        if isinstance(found, _Made) and found.untimely:
            return found.done
        part.rollback()  # it was tried to see what it does
    if isinstance(found, _Wrong):
        return _asked(desk, what, found, draft_id)
    what = replace(what, wanted=found.wanted, typed=found.typed)
    start = plans.said(found.start) if found.start else ""
    draft_id = shelf.keep(desk, replace(what, start=start), draft_id=draft_id)
    there = feasts.days(found.days, row.zone, language)
    return ChangeDraft(draft_id, found.done, what.occurrence, there)


def _asked(desk: Desk, what: Kept, found: "_Wrong", draft_id: int | None = None) -> Asked:
    """Keep what was typed, and what it was typed over: of now, where that was changed since."""
    what = replace(what, wanted=found.wanted, typed=found.typed)
    overtaken = isinstance(found.error, MeetingChangedMeanwhile)
    stands, seen = (
        sight.opened(desk, what.meeting or 0, what.occurrence) if overtaken else (None, what.seen)
    )
    draft_id = shelf.keep(desk, replace(what, seen=seen), draft_id=draft_id)
    return Asked(draft_id, found.wanted, found.error, what.meeting, what.occurrence, now=stands)


def save(desk: Desk, draft_id: int, *, language: Language) -> ChangedMeeting | Asked:
    """Make the change that was shown; saving it twice makes it once.

    Raises:
        MeetingDraftGone: it is a day old, or somebody else's.
        NotSetUp, CoordinatorsOnly, MeetingCancelled, MeetingOver: as :func:`change`.
    """
    programme = the_programme(desk)
    only_coordinators(desk)
    what = shelf.need(desk, draft_id)
    if what.meeting is None:
        raise MeetingDraftGone  # it is a new one's
    row = views.need_row(desk, what.meeting)
    if what.saved is not None:
        shown = views.show(desk, programme, row)
        return ChangedMeeting(shown, shown)
    chosen = plans.start_of(what.start, row.zone) if what.start else None
    found = _change(desk, what, language, chosen)
    if isinstance(found, _Wrong):
        return _asked(desk, what, found, draft_id)
    shelf.keep(desk, replace(what, saved=row.id), draft_id=draft_id)
    return found.done


@dataclass(frozen=True)
class _Wrong:
    """A change that cannot be made as it was typed."""

    wanted: WantedMeeting
    typed: Mapping[str, str]
    error: UserError


@dataclass(frozen=True)
class _Made:
    """A change that was made: the start that was understood, and the days that times are on now."""

    wanted: WantedMeeting
    typed: Mapping[str, str]
    done: ChangedMeeting
    start: Start | None
    days: tuple[date, ...]
    untimely: bool  # when it is and how long stays as it was


def _change(desk: Desk, what: Kept, language: Language, chosen: Start | None) -> _Made | _Wrong:
    the_programme(desk)
    only_coordinators(desk)
    row, time = need_changeable(desk, what.meeting or 0, what.occurrence)
    said = plans.typed(desk, row.id or 0, time.id if time else None)
    own = FIELDS if time is None else FIELDS[:-1]
    typed = sight.touched(what.seen, what.typed) if what.seen else what.typed
    fields: dict[str, Any] = {name: typed[name] for name in own if name in typed}
    wanted = plans.cleaned(replace(said, **fields))
    try:
        if sight.is_overtaken(what.seen, row) and wanted != plans.cleaned(said):
            raise MeetingChangedMeanwhile(title=row.title)
        edit = _read(row, said, wanted, language, chosen, desk.now)
    except UserError as error:
        return _Wrong(wanted, fields, error)
    done, moved = _make(desk, row, time, edit)
    days = tuple(datetime.fromisoformat(move.time.wall).date() for move in moved)
    untimely = edit.start is None and edit.minutes is None
    return _Made(wanted, fields, done, edit.start, days, untimely=untimely)


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
        begins = plans.begins(
            wanted.when, language, row.zone, start=start, now=now, at_hand=_day_of(said)
        )
    minutes = None
    if "duration" in differs and wanted.duration:
        minutes = lengths.duration(wanted.duration)
    if begins is not None:
        minutes = plans.length_of(begins, minutes, language)
    edit = _Edit(
        title=wanted.title if "title" in differs else None,
        place=wanted.where if "where" in differs else None,
        agenda=wanted.agenda if "agenda" in differs else None,
        minutes=None if minutes == lengths.duration(said.duration) else minutes,
        start=begins,
        reminders="reminders" in differs,
        ahead=lengths.reminders(wanted.reminders) if "reminders" in differs else None,
    )
    if edit == _Edit():
        raise NothingToChange
    return edit


def _day_of(said: WantedMeeting) -> date:
    """The day of the meeting as it stands in its form."""
    return date.fromisoformat(said.when[: len("2026-12-03")])


def _make(
    desk: Desk, row: Meeting, time: Occurrence | None, edit: _Edit
) -> tuple[ChangedMeeting, list[Move]]:
    programme = the_programme(desk)
    before = views.show(desk, programme, row, at=time)
    moved = _apply_to_one(row, time, edit) if time else _apply_to_all(desk, row, edit)
    row.changed_at = desk.now
    _note(desk, row, time, edit, len(moved))
    again = moves.asked_again(desk, moved)
    told = _settle(desk, row, time, moved)
    after = views.show(desk, programme, row, at=time)
    spans = tuple((move.before, move.time.starts_at) for move in moved)
    return ChangedMeeting(after, before, spans, told, again), moved


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
        time.ends_at = end_of(time.starts_at, edit.minutes, row.zone)
    return moves.move_one(row, time, edit.start) if edit.start else []


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
                time.ends_at = end_of(time.starts_at, edit.minutes, row.zone)
    return moves.move_series(desk, row, times, edit.start) if edit.start else []


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


def _settle(desk: Desk, row: Meeting, time: Occurrence | None, moved: Sequence[Move]) -> int:
    """Count the change, plan anew, and let those know who had answered."""
    row.sequence += 1
    for each in [*([time] if time else []), *(move.time for move in moved)]:
        each.sequence = row.sequence
        desk.session.add(each)
    views.changed(desk, row)
    reminders.plan(desk, row, note="moved" if moved else "")
    return moves.tell(desk, moved)
