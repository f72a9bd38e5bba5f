"""Moving the times of a meeting, and letting those know who had answered."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.domain.meetings import reminders
from bot.domain.meetings.errors import MeetingOver
from bot.domain.meetings.plans import wall_text
from bot.domain.when import recurrence
from bot.domain.when.clocks import end_of
from bot.domain.when.recurrence import Rule
from bot.domain.when.said import Start
from storage.desk import Desk
from storage.enums import Repeat
from storage.meetings import answers as kept_answers
from storage.meetings.meetings import Meeting, Occurrence

ASKED_AGAIN: Final = timedelta(days=1)
"""Moved by so much or more, a meeting is another one to those who had answered."""


@dataclass(frozen=True)
class Move:
    """A time that was moved, and when it began before (aware UTC)."""

    time: Occurrence
    before: datetime

    @property
    def far(self) -> bool:
        """Whether it is another meeting to those who had answered, who are asked again."""
        return abs(self.time.starts_at - self.before) >= ASKED_AGAIN


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
        row.until = places[-1].wall.date().isoformat()
    elif repeats:
        row.times = len(ahead)
    desk.session.flush()
    return [move for move in moves if move.time.starts_at != move.before]


def asked_again(desk: Desk, moves: Sequence[Move]) -> int:
    """How many people have answered to a time that was moved so far that they are asked again."""
    people = {
        each.participant_id
        for move in moves
        if move.far and move.time.cancelled_at is None
        for each in kept_answers.invited(desk, move.time.id or 0)
        if each.answer is not None
    }
    return len(people)


def tell(desk: Desk, moves: Sequence[Move]) -> int:
    """Let those know who had answered, and ask again where a move was long.

    Returns:
        how many people hear of it; cancelled times concern nobody.
    """
    held = [move for move in moves if move.time.cancelled_at is None]
    told = tell_each(desk, [(move.time, move.before) for move in held])
    for move in moves:
        if move.far:
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
    time.starts_at, time.ends_at = moment, end_of(moment, minutes, row.zone)


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
