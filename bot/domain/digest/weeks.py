"""Which week of digests is cut next and when, what each tells of, and what weeks are called."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlmodel import Session

from bot.domain.digest.errors import WeekUnknown
from bot.domain.kit.people import the_programme
from bot.domain.posts import planning
from bot.domain.posts.planning import Note, Post
from bot.domain.when import clocks
from bot.domain.when.clocks import Week
from storage.desk import Desk
from storage.digest import digests as kept
from storage.digest.digests import Digest
from storage.enums import DeliveryState, DigestState, Way
from storage.kit import programmes
from storage.kit.programmes import Programme
from storage.posts import deliveries as ledger
from storage.posts.deliveries import Delivery

WEEK: Final = "digest.week"
"""The kind of planned work that cuts a week; its subject is the week's number."""
EDITION: Final = "digest.edition"
"""The kind of planned posts that tell of a week; their subject is the week's number."""
LATE_FOR: Final = timedelta(days=3)
"""A digest that is later is missed: the next one tells what would have been in it."""
_PATIENCE: Final = timedelta(weeks=520)
_YOUNG: Final = timedelta(weeks=4)


@dataclass(frozen=True)
class Window:
    """What a digest tells of: at ``starts`` and later, before ``ends`` (aware UTC)."""

    starts: datetime
    ends: datetime


def plan_next(desk: Desk) -> None:
    """See to it that the next digest is planned, at the weekday and hour that are chosen now.

    It can be called at any time, and again. A week that falls away because its hour has passed on
    the new weekday is told of by the next one.

    Raises:
        NotSetUp: the server has no programme.
    """
    programme = the_programme(desk)
    waiting = ledger.unsettled(desk, WEEK)
    if any(row.due_at <= desk.now or row.state is DeliveryState.SENDING for row in waiting):
        return  # it is about to be cut, and plans the next one then
    _plan(desk, programme, _to_come(desk, programme, changed=bool(waiting)))


def plan_all(session: Session, programme_ids: Collection[int], *, now: datetime) -> None:
    """See to it that these servers' next digests are planned; those without a programme apart."""
    for programme_id in programme_ids:
        if programmes.find(Desk(session, programme_id, None, now)) is not None:
            plan_next(Desk(session, programme_id, None, now))


def plan_following(desk: Desk, programme: Programme, last: Week) -> None:
    """Plan the week after one that was cut, also if its hour has passed: it was missed."""
    _plan(desk, programme, _after(desk, last))


def coming(desk: Desk, programme: Programme) -> tuple[Week, datetime]:
    """The week that is cut next, and when that is due (aware UTC)."""
    for row in ledger.unsettled(desk, WEEK):
        return Week.of(row.subject_id), row.due_at
    week = _to_come(desk, programme, changed=False)
    return week, due(programme, week)


def due(programme: Programme, week: Week) -> datetime:
    """When a week's digest is due (aware UTC), on the weekday and at the hour chosen now."""
    return clocks.ends(week, programme.digest_weekday, programme.digest_hour, programme.timezone)


def latest(desk: Desk) -> Digest | None:
    """The last week that was cut."""
    return next(iter(kept.latest(desk, 1)), None)


def window(desk: Desk, programme: Programme, week: Week, ends: datetime) -> Window:
    """What the next digest tells of: everything since the last one.

    The first begins with the programme; but one that is much older than its first digest was set
    up before there were any, and begins with its last week.
    """
    last = latest(desk)
    if last is None:
        starts, ends = programme.created_at, max(ends, programme.created_at)
        young = ends - starts <= _YOUNG
        return Window(starts if young else due(programme, week.preceding), ends)
    starts = last.starts_at if went_nowhere(desk, last) else last.ends_at
    return Window(starts, max(starts, ends))


def nominal(programme: Programme, week: Week) -> Window | None:
    """What a week's digest would have told of that was never cut; None before the programme."""
    ends = due(programme, week)
    if ends <= programme.created_at:
        return None
    return Window(max(due(programme, week.preceding), programme.created_at), ends)


def went_nowhere(desk: Desk, row: Digest) -> bool:
    """Whether a digest was cut and posted nowhere: it came too late, or Discord would not have it.

    A post that may be out after all counts as one that is.
    """
    if row.state is not DigestState.SENT:
        return False
    posts = posts_of(desk, row)
    return bool(posts) and all(map(_is_lost, posts))


def posts_of(desk: Desk, row: Digest) -> Collection[Delivery]:
    """The posts that tell of a week, whatever became of them."""
    week = Week.of(row.week)
    keys = [key_of(row.programme_id, week, int(edition)) for edition in row.editions]
    return ledger.by_key(desk, keys).values()


def _is_lost(post: Delivery) -> bool:
    if post.state is DeliveryState.FAILED:
        return post.note != Note.UNSURE
    return post.state is DeliveryState.DROPPED and post.note == Note.EXPIRED


def key_of(programme_id: int, week: Week, edition: int) -> str:
    """What the post of an edition is in the ledger."""
    return f"digest:{programme_id}:{week}:{edition}"


def _plan(desk: Desk, programme: Programme, week: Week) -> None:
    """Let a week be the only one that is planned. It may have been before, and dropped."""
    planned = [row.subject_id for row in ledger.unsettled(desk, WEEK)]
    moment = due(programme, week)
    post = Post(
        key=_week_key(programme.id, week),
        kind=WEEK,
        subject_id=week.value,
        way=Way.WORK,
        due_at=moment,
        expires_at=moment + _PATIENCE,
    )
    planning.bring_in_line(desk, (WEEK,), planned, [post], note=Note.WELL)


def _to_come(desk: Desk, programme: Programme, *, changed: bool) -> Week:
    """The next week to cut; where the hour was ``changed``, one whose hour is still to come."""
    ahead = clocks.containing(
        desk.now, programme.digest_weekday, programme.digest_hour, programme.timezone
    )
    last = latest(desk)
    if last is None:
        return ahead
    week = _after(desk, Week.of(last.week))
    return max(week, ahead) if changed else week


def _after(desk: Desk, last: Week) -> Week:
    """The week after one; those apart that could not be cut: the chain goes on without them."""
    week = last.following
    while _failed(desk, week):
        week = week.following
    return week


def _failed(desk: Desk, week: Week) -> bool:
    key = _week_key(desk.programme_id, week)
    row = ledger.by_key(desk, [key]).get(key)
    return row is not None and row.state is DeliveryState.FAILED


def _week_key(programme_id: int, week: Week) -> str:
    return f"digest:{programme_id}:{week}"


_CHOICES: Final = 25
# Far from where dates end, by whatever clock.
_YEARS: Final = range(2000, 9999)
# A week by its number (49, v49, week 49, vecka 49), with its year before, if at all (2026-W49).
_SAID: Final = re.compile(r"(?:(\d{4})[\s-]*)?(?:v|w|week|vecka)?[\s.-]*(\d{1,2})?", re.IGNORECASE)


def weeks_named(desk: Desk, typed: str) -> list[Week]:
    """The weeks that somebody may mean who is typing, newest first, at most 25.

    The coming one is the first of all.

    Raises:
        NotSetUp: the server has no programme.
    """
    said = _SAID.fullmatch(typed.strip())
    if said is None:
        return []
    year, number = said.groups()
    found = [
        week
        for week in _all(desk, the_programme(desk))
        if (not year or week.year == int(year)) and (not number or _begins(week, number))
    ]
    if number:  # the one that is typed in full before those that begin so
        found.sort(key=lambda week: week.number != int(number))
    return found[:_CHOICES]


def week_typed(desk: Desk, typed: str) -> Week:
    """The week that somebody means: 2026-W49, or 49, v49 for the latest of this number.

    Raises:
        NotSetUp: the server has no programme.
        WeekUnknown: it is none, lies ahead, or before the programme.
    """
    said = _SAID.fullmatch(typed.strip())
    if said and said[2]:
        year, number = said.groups()
        for week in _all(desk, the_programme(desk)):
            if week.number == int(number) and (not year or week.year == int(year)):
                return week
    raise WeekUnknown(text=typed)


def need_week(value: int) -> Week:
    """The week that a number means.

    Raises:
        WeekUnknown: there is no such week, or no programme can have had it.
    """
    try:
        week = Week.on(Week.of(value).monday)
    except ValueError as error:
        raise WeekUnknown(text=str(value)) from error
    if week.year not in _YEARS:
        raise WeekUnknown(text=str(value))
    return week


def need_ended(programme: Programme, week: Week, coming: Week) -> Window:
    """What a week would have told of that is over and was never cut.

    Raises:
        WeekUnknown: it lies ahead, or before the programme.
    """
    window = nominal(programme, week)
    if window is None or week > coming:
        raise WeekUnknown(text=str(week))
    return window


def _begins(week: Week, number: str) -> bool:
    return f"{week.number}".startswith(number) or f"{week.number:02}" == number


def _all(desk: Desk, programme: Programme) -> Iterator[Week]:
    """The weeks that there are, the coming one first."""
    week, _ = coming(desk, programme)
    yield week
    while nominal(programme, week.preceding):
        week = week.preceding
        yield week
