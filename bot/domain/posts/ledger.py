"""What coordinators see of planned posts: what comes, and what did not go as it should."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlmodel import Session

from bot.domain.kit.people import only_coordinators, the_programme
from bot.domain.posts.errors import NothingToTryAgain
from bot.domain.posts.planning import Note
from storage import journal
from storage.desk import Desk
from storage.enums import DeliveryState, Way
from storage.posts import deliveries as kept
from storage.posts.deliveries import Delivery
from storage.shards import Shards

Titles = Mapping[str, Callable[[Desk, int], str]]
"""For each kind of planned post, what tells what it is about, by its subject's id."""

LOOK_BACK: Final = timedelta(days=14)
NEXT: Final = 10
_TRIED_AGAIN_FOR: Final = timedelta(days=1)
_TOLD_AGAIN: Final = timedelta(days=1)
_SOON: Final = timedelta(minutes=2)  # so long nobody calls a post late
_FAILED, _RECOVERED, _DETOURED = "delivery.failed", "delivery.recovered", "delivery.detoured"


@dataclass(frozen=True)
class PostView:
    """Planned posts that differ only in whom they reach; ``number`` is how many.

    ``note`` says why it was dropped or failed, or what was in the way. Moments are aware
    UTC; ``settled_at`` is None while it is planned.
    """

    kind: str
    title: str
    way: Way
    due_at: datetime
    state: DeliveryState
    note: Note = Note.NONE
    settled_at: datetime | None = None
    number: int = 1


@dataclass(frozen=True)
class Overview:
    """The next posts, and those of two weeks that were late, dropped or failed, newest first.

    ``failed`` of those can be tried again. ``waiting`` should be out by now and are not: they are
    on their way, or wait to be tried again.
    """

    upcoming: tuple[PostView, ...] = ()
    troubles: tuple[PostView, ...] = ()
    waiting: int = 0

    @property
    def failed(self) -> int:
        """How many messages failed."""
        return sum(each.number for each in self.troubles if each.state is DeliveryState.FAILED)


@dataclass(frozen=True)
class News:
    """What coordinators have yet to hear: what ``failed``, or that all is ``clear`` again.

    ``ids`` are the posts that failed since they last heard of any; where that lasts they are not
    told again.
    """

    failed: tuple[PostView, ...] = ()
    clear: bool = False
    ids: tuple[int, ...] = ()


def overview(desk: Desk, titles: Titles) -> Overview:
    """How a programme's planned posts are doing."""
    upcoming = [
        PostView(
            group.kind, _title(desk, titles, group.kind, group.subject_id), group.way,
            group.due_at, DeliveryState.PLANNED, number=group.number,
        )
        for group in kept.upcoming(desk, NEXT)
    ]  # fmt: skip
    rows = [row for row in kept.troubled_since(desk, desk.now - LOOK_BACK) if row.note != Note.WELL]
    waiting = kept.waiting(desk, desk.now - _SOON)
    return Overview(tuple(upcoming), _views(desk, titles, rows), waiting)


def news(desk: Desk, titles: Titles) -> News:
    """What to tell coordinators now; to be noted with :func:`told` once they were.

    They hear once that posts fail, however many do, and once that posts go out again.
    """
    failed = kept.failed_untold(desk)
    ids = tuple(row.id or 0 for row in failed)
    latest = journal.recent(desk.session, desk.programme_id, (_FAILED, _RECOVERED), 1)
    alarm = latest[0] if latest and latest[0].kind == _FAILED else None
    if failed and alarm is None:
        return News(failed=_views(desk, titles, failed), ids=ids)
    clear = alarm is not None and not failed and kept.sent_since(desk, alarm.at)
    return News(clear=clear, ids=ids)


def told(desk: Desk, news: News) -> None:
    """Note that coordinators were told, or that there was no need to."""
    kept.tell(desk, news.ids)
    if news.failed:
        desk.note(_FAILED, number=len(news.ids))
    elif news.clear:
        desk.note(_RECOVERED)


def overdue(session: Session, shards: Shards, *, now: datetime) -> datetime | None:
    """When the oldest post was due (aware UTC) that should be out by now; None if all are."""
    return kept.oldest_due(session, shards, now - _SOON)


def untold(session: Session, shards: Shards, *, now: datetime) -> set[int]:
    """The programmes in which something failed within a day without coordinators knowing.

    Args:
        session: the transaction.
        shards: the servers that the caller looks after.
        now: aware UTC.
    """
    return kept.untold(session, shards, now - _TOLD_AGAIN)


def knows_detour(desk: Desk, slot: str) -> bool:
    """Whether coordinators heard within a day that posts cannot go where they belong (a slot)."""
    latest = journal.recent(desk.session, desk.programme_id, (_DETOURED,), 20)
    return any(entry.data["slot"] == slot and entry.at > desk.now - _TOLD_AGAIN for entry in latest)


def detour_told(desk: Desk, slot: str) -> None:
    """Note that coordinators heard it."""
    desk.note(_DETOURED, slot=slot)


def try_again(desk: Desk) -> int:
    """Plan what failed in the last two weeks once more, for now.

    It goes out if it is not out already, and has a day more before it is pointless.

    Returns:
        how many posts that are.

    Raises:
        NotSetUp, CoordinatorsOnly: the person may not.
        NothingToTryAgain: none has failed.
    """
    the_programme(desk)
    only_coordinators(desk)
    rows = [
        row
        for row in kept.troubled_since(desk, desk.now - LOOK_BACK)
        if row.state is DeliveryState.FAILED
    ]
    if not rows:
        raise NothingToTryAgain
    for row in rows:
        row.state, row.next_at, row.settled_at, row.note = DeliveryState.PLANNED, desk.now, None, ""
        row.attempts = 1  # it may have gone out: whoever tries looks first
        row.expires_at = max(row.expires_at, desk.now + _TRIED_AGAIN_FOR)
    desk.session.flush()
    desk.note("delivery.retried", count=len(rows))
    return len(rows)


def _views(desk: Desk, titles: Titles, rows: Iterable[Delivery]) -> tuple[PostView, ...]:
    groups: dict[tuple[Any, ...], list[Delivery]] = {}
    for row in rows:
        what = row.kind, row.subject_id, row.way, row.due_at, row.state, row.note
        groups.setdefault(what, []).append(row)
    return tuple(
        PostView(
            row.kind, _title(desk, titles, row.kind, row.subject_id), row.way, row.due_at,
            row.state, Note(row.note), row.settled_at, len(group),
        )
        for group in groups.values()
        for row in group[:1]
    )  # fmt: skip


def _title(desk: Desk, titles: Titles, kind: str, subject_id: int) -> str:
    return titles[kind](desk, subject_id) if kind in titles else ""
