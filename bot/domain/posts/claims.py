"""Planned posts on their way: claimed by a courier, tried, settled."""

import hashlib
import json
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlmodel import Session

from bot.domain.posts import planning
from bot.domain.posts.planning import Note
from storage.desk import Desk
from storage.enums import DeliveryState, Way
from storage.posts import deliveries as kept
from storage.posts.deliveries import Delivery
from storage.shards import Shards

TOGETHER: Final = timedelta(hours=1)
"""What is due for one person within this time comes as one message."""
LATE: Final = timedelta(minutes=10)
"""What goes out this long after it was due says so."""
MOST_THINGS: Final = 3
"""As many as a message has room for, with all their buttons and if all of them are late."""
MOST_PEOPLE: Final = 100
"""Discord notifies a hundred people of one message, at most."""
ATTEMPTS: Final = 10
_FIRST_WAIT: Final = timedelta(minutes=1)
_OPENING_WAIT: Final = timedelta(minutes=10)
_LONGEST_WAIT: Final = timedelta(hours=4)
# Discord numbers the parts of a message from 1 where nobody else does, and takes 32 bits.
_NUMBERS: Final = range(1_000_000, 2**31)


@dataclass(frozen=True)
class Thing:
    """One thing that a message is about; ``due_at`` is aware UTC."""

    kind: str
    subject_id: int
    data: dict[str, Any]
    due_at: datetime
    ids: tuple[int, ...]

    @property
    def number(self) -> int:
        """What a message says it by: see :func:`number_of`."""
        return number_of(self.kind, self.subject_id, self.data, self.due_at)


@dataclass(frozen=True)
class Out:
    """What of a parcel is out in one message: the numbers of its things, and whom it mentions."""

    numbers: frozenset[int]
    people: frozenset[int]


@dataclass(frozen=True)
class Parcel:
    """One message that is to be posted, claimed at ``claimed_at`` (aware UTC).

    The ledger knows it by its ``lead_id``. ``look`` says that it may be out already: whoever
    claimed it before may have posted it and not lived to say so (then it was ``tried``), or the
    ledger comes from a backup. ``strayed`` is the channel (a Discord id)
    where it was last tried, if that is not where it belongs.
    """

    lead_id: int
    programme_id: int
    way: Way
    slot: str | None
    people: tuple[int, ...]
    things: tuple[Thing, ...]
    claimed_at: datetime
    look: bool = False
    tried: bool = False
    strayed: int | None = None

    @property
    def earliest(self) -> datetime:
        """Before when (aware UTC) it cannot have been posted."""
        return min(_earliest(self.way, thing.due_at) for thing in self.things)


def number_of(kind: str, subject_id: int, data: dict[str, Any], due_at: datetime) -> int:
    """What a message carries that says a thing, so that it can be known again in its channel.

    It is made of what the thing is, and not of its row: rows of an older file that was put back
    get the ids of others that have gone out since.
    """
    said = json.dumps([kind, subject_id, data, due_at.isoformat()], sort_keys=True)
    digest = hashlib.blake2b(said.encode(), digest_size=8).digest()
    return _NUMBERS[int.from_bytes(digest) % len(_NUMBERS)]


def recover(session: Session, shards: Shards, *, now: datetime, but: Collection[int] = ()) -> int:
    """Take up what was claimed and is on its way no more.

    A courier that died had claimed it, or one that could not note what became of it.

    Args:
        session: the transaction.
        shards: the servers that the caller looks after.
        now: aware UTC.
        but: what is on its way indeed, by the ``lead_id`` of its parcel.

    Returns:
        how many posts that were.
    """
    rows = [row for row in kept.under_way(session, shards) if row.lead_id not in but]
    for row in rows:
        # In its old place among what waits, also if the clock was set back meanwhile.
        row.state, row.next_at = DeliveryState.PLANNED, min(row.next_at, now)
        # It may be out, but Discord has not refused it: that is no reason to wait longer.
        row.attempts = max(row.attempts - 1, 1)
    session.flush()
    return len(rows)


def claim(
    session: Session,
    shards: Shards,
    *,
    now: datetime,
    limit: int,
    began: datetime | None = None,
) -> list[Parcel]:
    """Claim what is due, in the order in which it is due. What has expired is dropped.

    Args:
        session: the transaction; once it is committed, what was claimed is the caller's to post.
        shards: the servers that the caller looks after.
        now: aware UTC.
        limit: how many planned posts to look at.
        began: when the caller started (aware UTC). What was due before may be out, if the ledger
            was put back from a backup: whoever posts it looks first. So may what is due for one
            person within the hour, since it goes together.
    """
    parcels: list[Parcel] = []
    for row in kept.due(session, shards, now, limit):
        if row.state is not DeliveryState.PLANNED:
            continue  # it went with an earlier one
        if row.expires_at <= now:
            planning.settle(row, DeliveryState.DROPPED, Note.EXPIRED, now)
        else:
            parcels.append(_take(_together(session, row, now), now, began))
        session.flush()
    return parcels


def holds(desk: Desk, parcel: Parcel) -> bool:
    """Whether a parcel is still with whoever claimed it: another courier may have started since."""
    return bool(_mine(desk, parcel))


def stray(desk: Desk, parcel: Parcel, channel_id: int | None) -> None:
    """Note that a message is tried in another channel than it belongs in."""
    for row in _mine(desk, parcel):
        row.channel_id = channel_id
    desk.session.flush()


def sent(
    desk: Desk,
    parcel: Parcel,
    channel_id: int | None,
    message_id: int | None,
    *,
    note: Note = Note.NONE,
    out: Out | None = None,
) -> None:
    """Note that a message is out, and where (Discord ids). It holds whoever had claimed it.

    Args:
        parcel: as it was claimed.
        channel_id: where it is.
        message_id: which it is.
        note: what is to be known about it.
        out: what was found in it, if it was posted before; what else the parcel held is planned
            anew. All of it, if it was posted now.
    """
    for row in kept.of_lead(desk, parcel.lead_id):
        if row.state not in {DeliveryState.SENDING, DeliveryState.PLANNED}:
            continue
        if out is not None and not _stands_in(row, out):
            row.state, row.lead_id = DeliveryState.PLANNED, None
        else:
            row.channel_id, row.message_id = channel_id, message_id
            late = Note.LATE if desk.now - row.due_at >= LATE else Note.NONE
            planning.settle(row, DeliveryState.SENT, note or late, desk.now)
    desk.session.flush()


def drop(desk: Desk, parcel: Parcel, ids: Collection[int], note: Note) -> None:
    """Note that these of a parcel's posts have become pointless, and why."""
    for row in _mine(desk, parcel):
        if row.id in ids:
            planning.settle(row, DeliveryState.DROPPED, note, desk.now)
    desk.session.flush()


def perform(desk: Desk, parcel: Parcel, work: Callable[[Desk, Thing], None] | None) -> None:
    """Do a piece of work, if any is left, and note in the same transaction that it is done."""
    rows = _mine(desk, parcel)
    if not rows:
        return  # somebody else has done it
    if work is not None:
        work(desk, parcel.things[0])
    for row in rows:
        planning.settle(row, DeliveryState.SENT, Note.NONE, desk.now)
    desk.session.flush()


def later(
    desk: Desk, parcel: Parcel, note: Note, *, chance: float, wait: float | None = None
) -> None:
    """Note that a message could not be posted; it is tried again, or has failed for good.

    The waits double from a minute to four hours, each between half of that and all of it, so
    that what failed together is not tried together.

    Args:
        parcel: as it was claimed.
        note: what was in the way.
        chance: a random number from 0 to 1.
        wait: how many seconds Discord wants to be left alone, if it said so.
    """
    for row in _mine(desk, parcel):
        if row.attempts >= ATTEMPTS:
            planning.settle(row, DeliveryState.FAILED, note, desk.now)
            continue
        pause = min(_FIRST_WAIT * 2 ** (row.attempts - 1), _LONGEST_WAIT) * (0.5 + chance / 2)
        row.state, row.note = DeliveryState.PLANNED, note.value
        row.next_at = desk.now + max(pause, timedelta(seconds=wait or 0.0))
    desk.session.flush()


def too_fast(desk: Desk, parcel: Parcel, *, chance: float, mention: bool) -> None:
    """Note that Discord lets no more direct messages be opened for a while; it did not go out.

    It is tried again in ten to twenty minutes; refused again, its person is mentioned instead.

    Args:
        parcel: as it was claimed.
        chance: a random number from 0 to 1.
        mention: whether they may be.
    """
    rows = _mine(desk, parcel)
    if mention and any(row.note == Note.FAST for row in rows):
        mention_instead(desk, parcel)
        return
    for row in rows:
        row.state, row.note = DeliveryState.PLANNED, Note.FAST.value
        row.attempts -= 1
        row.next_at = desk.now + _OPENING_WAIT * (1 + chance)
    desk.session.flush()


def fail(desk: Desk, parcel: Parcel, note: Note) -> None:
    """Note that a message cannot be posted, and that trying again by itself is no use."""
    for row in _mine(desk, parcel):
        planning.settle(row, DeliveryState.FAILED, note, desk.now)
    desk.session.flush()


def mention_instead(desk: Desk, parcel: Parcel) -> None:
    """Reach somebody by a mention, who lets no direct message through."""
    for row in _mine(desk, parcel):
        row.way, row.lead_id, row.attempts = Way.MENTION, None, 0
        row.state, row.next_at, row.note = DeliveryState.PLANNED, desk.now, Note.CLOSED.value
        row.bundle = planning.bundle_of(row.programme_id, row)
    desk.session.flush()


def _together(session: Session, row: Delivery, now: datetime) -> Sequence[Delivery]:
    if row.way is Way.DIRECT:
        rows = _each_once(kept.beside(session, row, now + TOGETHER, MOST_THINGS))
    elif row.way is Way.MENTION:
        rows = kept.beside(session, row, now, MOST_PEOPLE)
    else:
        return [row]
    return [each for each in rows if each.expires_at > now]


def _each_once(rows: Sequence[Delivery]) -> Sequence[Delivery]:
    """One thing of each subject: Discord takes no message that has the same button twice."""
    found: dict[int, Delivery] = {}
    for row in rows:
        found.setdefault(row.subject_id, row)
    return list(found.values())


def _take(rows: Sequence[Delivery], now: datetime, began: datetime | None) -> Parcel:
    first = rows[0]
    lead = first.lead_id or min(row.id or 0 for row in rows)
    tried = any(row.attempts for row in rows)
    look = tried or (
        began is not None and any(_earliest(row.way, row.due_at) < began for row in rows)
    )
    for row in rows:
        row.state, row.lead_id, row.claimed_at = DeliveryState.SENDING, lead, now
        row.attempts += 1
    return Parcel(
        lead_id=lead,
        programme_id=first.programme_id,
        way=first.way,
        slot=first.slot,
        people=tuple(dict.fromkeys(row.member_id for row in rows if row.member_id is not None)),
        things=_things(rows),
        claimed_at=now,
        look=look,
        tried=tried,
        strayed=first.channel_id,
    )


def _earliest(way: Way, due_at: datetime) -> datetime:
    """Before when (aware UTC) it cannot have been posted."""
    return due_at - TOGETHER if way is Way.DIRECT else due_at


def _stands_in(row: Delivery, out: Out) -> bool:
    if row.way is Way.MENTION:  # in one message there is one thing, for many
        return row.member_id in out.people
    return number_of(row.kind, row.subject_id, row.data, row.due_at) in out.numbers


def _things(rows: Sequence[Delivery]) -> tuple[Thing, ...]:
    """What a message to one person is about is each a thing; to many, it is one."""
    if rows[0].way is Way.MENTION:
        rows, ids = rows[:1], tuple(row.id or 0 for row in rows)
        return tuple(Thing(row.kind, row.subject_id, row.data, row.due_at, ids) for row in rows)
    return tuple(
        Thing(row.kind, row.subject_id, row.data, row.due_at, (row.id or 0,)) for row in rows
    )


def _mine(desk: Desk, parcel: Parcel) -> list[Delivery]:
    """A parcel's posts, those apart that were settled or claimed anew since."""
    return [
        row
        for row in kept.of_lead(desk, parcel.lead_id)
        if row.state is DeliveryState.SENDING and row.claimed_at == parcel.claimed_at
    ]
