"""The rules of posts that must arrive: planned, claimed, settled, each once."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from sqlmodel import Session

from storage import deliveries as kept
from storage.deliveries import Delivery
from storage.enums import DeliveryState, Way
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
_LONGEST_WAIT: Final = timedelta(hours=4)


class Note(StrEnum):
    """Why a post was dropped or failed, or did not go out as planned."""

    NONE = ""
    EXPIRED = "expired"  # it came too late to be of use
    POINTLESS = "pointless"  # there was nothing left to say
    MOVED = "moved"  # the meeting was
    CANCELLED = "cancelled"  # the meeting was
    CHANGED = "changed"  # the reminders were
    GONE = "gone"  # whoever it was for is
    LATE = "late"
    DETOUR = "detour"  # it went to another place than it belongs
    CLOSED = "closed"  # no direct message was let through: they are mentioned instead
    UNSURE = "unsure"  # it may be out, and leda may not look
    NOWHERE = "nowhere"  # no place was left
    AWAY = "away"  # Discord did not answer
    REFUSED = "refused"  # Discord would not have it
    ERROR = "error"  # leda's own


@dataclass(frozen=True)
class Post:
    """A post to plan.

    Args:
        key: what it is; it is planned once, whatever happens.
        kind: who renders it.
        subject_id: about what.
        way: how it goes out.
        due_at: when (aware UTC).
        expires_at: from when on it is pointless (aware UTC).
        slot: the place it goes to; of a direct message, where its person is mentioned instead if
            they let none through.
        member_id: whom it reaches, for a person.
        data: what else its text needs; nothing that people wrote.
    """

    key: str
    kind: str
    subject_id: int
    way: Way
    due_at: datetime
    expires_at: datetime
    slot: str | None = None
    member_id: int | None = None
    data: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Thing:
    """One thing that a message is about; ``due_at`` is aware UTC."""

    kind: str
    subject_id: int
    data: dict[str, Any]
    due_at: datetime
    ids: tuple[int, ...]


@dataclass(frozen=True)
class Parcel:
    """One message that is to be posted, claimed at ``claimed_at`` (aware UTC).

    It is known by its ``lead_id``. ``look`` says that it may be out already: whoever claimed it
    before may have posted it and not lived to say so.
    """

    lead_id: int
    programme_id: int
    way: Way
    slot: str | None
    people: tuple[int, ...]
    things: tuple[Thing, ...]
    claimed_at: datetime
    look: bool = False

    @property
    def earliest(self) -> datetime:
        """Before when (aware UTC) it cannot have been posted."""
        return min(thing.due_at for thing in self.things) - TOGETHER


def plan(session: Session, programme_id: int, posts: Iterable[Post]) -> None:
    """Plan posts. One whose key exists is not planned again, whatever became of the first."""
    wanted = {post.key: post for post in posts}
    there = kept.by_key(session, wanted.keys())
    kept.add(session, [_row(programme_id, wanted[key]) for key in wanted if key not in there])


def bring_in_line(
    session: Session,
    programme_id: int,
    kinds: Collection[str],
    subject_ids: Collection[int],
    posts: Iterable[Post],
    *,
    note: Note,
    now: datetime,
) -> None:
    """Let exactly these posts be planned about some subjects.

    What was planned otherwise is dropped with a note; what was dropped for another reason than
    its time, and is wanted again, is planned again.

    Args:
        session: the transaction.
        programme_id: the server.
        kinds: which kinds of posts.
        subject_ids: the subjects.
        posts: what is to be planned.
        note: why the others are dropped,.
        now: aware UTC.
    """
    wanted = {post.key: post for post in posts}
    for row in kept.planned_for(session, programme_id, kinds, subject_ids):
        if row.key not in wanted:
            _settle(row, DeliveryState.DROPPED, note, now)
    for row in kept.by_key(session, wanted.keys()).values():
        post = wanted.pop(row.key)
        if row.state is DeliveryState.DROPPED and post.expires_at > now:
            row.state, row.next_at, row.settled_at, row.note = _planned(post.due_at)
        if row.state is DeliveryState.PLANNED:
            row.expires_at = post.expires_at
    session.flush()
    kept.add(session, [_row(programme_id, post) for post in wanted.values()])


def recover(session: Session, shards: Shards, *, now: datetime) -> int:
    """Take up what a courier that is no more had claimed; to be called once, by the next.

    Returns:
        how many posts that were.
    """
    rows = kept.under_way(session, shards)
    for row in rows:
        # In its old place among what waits, also if the clock was set back meanwhile.
        row.state, row.next_at = DeliveryState.PLANNED, min(row.next_at, now)
        # It may be out, but Discord has not refused it: that is no reason to wait longer.
        row.attempts = max(row.attempts - 1, 1)
    session.flush()
    return len(rows)


def claim(session: Session, shards: Shards, *, now: datetime, limit: int) -> list[Parcel]:
    """Claim what is due, in the order in which it is due. What has expired is dropped.

    Args:
        session: the transaction; once it is committed, what was claimed is the caller's to post.
        shards: the servers that the caller looks after.
        now: aware UTC.
        limit: how many planned posts to look at.
    """
    parcels: list[Parcel] = []
    for row in kept.due(session, shards, now, limit):
        if row.state is not DeliveryState.PLANNED:
            continue  # it went with an earlier one
        if row.expires_at <= now:
            _settle(row, DeliveryState.DROPPED, Note.EXPIRED, now)
        else:
            parcels.append(_take(_together(session, row, now), now))
        session.flush()
    return parcels


def holds(session: Session, parcel: Parcel) -> bool:
    """Whether a parcel is still with whoever claimed it: another courier may have started since."""
    return bool(_mine(session, parcel))


def sent(
    session: Session, parcel: Parcel, channel_id: int | None, message_id: int | None, *,
    note: Note = Note.NONE, now: datetime,
) -> None:  # fmt: skip
    """Note that a message is out, and where (Discord ids). It holds whoever had claimed it."""
    for row in kept.of_lead(session, parcel.lead_id):
        if row.state in {DeliveryState.SENDING, DeliveryState.PLANNED}:
            row.channel_id, row.message_id = channel_id, message_id
            late = Note.LATE if now - row.due_at >= LATE else Note.NONE
            _settle(row, DeliveryState.SENT, note or late, now)
    session.flush()


def drop(
    session: Session, parcel: Parcel, ids: Collection[int], note: Note, *, now: datetime
) -> None:
    """Note that these of a parcel's posts have become pointless, and why."""
    for row in _mine(session, parcel):
        if row.id in ids:
            _settle(row, DeliveryState.DROPPED, note, now)
    session.flush()


def perform(
    session: Session,
    parcel: Parcel,
    work: Callable[[Session, int, Thing, datetime], None],
    *,
    now: datetime,
) -> None:
    """Do a piece of work, and note in the same transaction that it is done."""
    rows = _mine(session, parcel)
    if not rows:
        return  # somebody else has done it
    work(session, parcel.programme_id, parcel.things[0], now)
    for row in rows:
        _settle(row, DeliveryState.SENT, Note.NONE, now)
    session.flush()


def later(
    session: Session,
    parcel: Parcel,
    note: Note,
    *,
    chance: float,
    wait: float | None = None,
    now: datetime,
) -> None:
    """Note that a message could not be posted; it is tried again, or has failed for good.

    The waits double from a minute to four hours, each between half of that and all of it, so
    that what failed together is not tried together.

    Args:
        session: the transaction.
        parcel: as it was claimed.
        note: what was in the way.
        chance: a random number from 0 to 1.
        wait: how many seconds Discord wants to be left alone, if it said so.
        now: aware UTC.
    """
    for row in _mine(session, parcel):
        if row.attempts >= ATTEMPTS:
            _settle(row, DeliveryState.FAILED, note, now)
            continue
        pause = min(_FIRST_WAIT * 2 ** (row.attempts - 1), _LONGEST_WAIT) * (0.5 + chance / 2)
        row.state, row.note = DeliveryState.PLANNED, note.value
        row.next_at = now + max(pause, timedelta(seconds=wait or 0.0))
    session.flush()


def fail(session: Session, parcel: Parcel, note: Note, *, now: datetime) -> None:
    """Note that a message cannot be posted, and that trying again by itself is no use."""
    for row in _mine(session, parcel):
        _settle(row, DeliveryState.FAILED, note, now)
    session.flush()


def mention_instead(session: Session, parcel: Parcel, *, now: datetime) -> None:
    """Reach somebody by a mention, who lets no direct message through."""
    for row in _mine(session, parcel):
        row.way, row.lead_id, row.attempts = Way.MENTION, None, 0
        row.state, row.next_at, row.note = DeliveryState.PLANNED, now, Note.CLOSED.value
        row.bundle = _bundle(row.programme_id, row)
    session.flush()


def moments(
    session: Session, shards: Shards, *, after: datetime, until: datetime
) -> list[datetime]:
    """The moments (aware UTC) in a span at which something is to be tried, at most a thousand."""
    return kept.moments(session, shards, after, until, 1000)


def _row(programme_id: int, post: Post) -> dict[str, Any]:
    return {
        "programme_id": programme_id,
        "key": post.key,
        "kind": post.kind,
        "subject_id": post.subject_id,
        "data": post.data,
        "way": post.way,
        "slot": post.slot,
        "member_id": post.member_id,
        "bundle": _bundle(programme_id, post),
        "due_at": post.due_at,
        "expires_at": post.expires_at,
        "next_at": post.due_at,
        "state": DeliveryState.PLANNED,
        "attempts": 0,
        "note": "",
        "told": False,
    }


def _bundle(programme_id: int, post: Post | Delivery) -> str:
    """What may become one message: all for one person, or one thing for many in a channel."""
    if post.way is Way.DIRECT:
        return f"{programme_id}:direct:{post.member_id}"
    if post.way is Way.MENTION:
        due = f"{post.due_at:%Y%m%dT%H%M%S}"
        return f"{programme_id}:{post.slot}:{post.kind}:{post.subject_id}:{due}"
    return post.key


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


def _take(rows: Sequence[Delivery], now: datetime) -> Parcel:
    first = rows[0]
    lead = first.lead_id or min(row.id or 0 for row in rows)
    look = any(row.attempts for row in rows)
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
    )


def _things(rows: Sequence[Delivery]) -> tuple[Thing, ...]:
    """What a message to one person is about is each a thing; to many, it is one."""
    if rows[0].way is Way.MENTION:
        rows, ids = rows[:1], tuple(row.id or 0 for row in rows)
        return tuple(Thing(row.kind, row.subject_id, row.data, row.due_at, ids) for row in rows)
    return tuple(
        Thing(row.kind, row.subject_id, row.data, row.due_at, (row.id or 0,)) for row in rows
    )


def _mine(session: Session, parcel: Parcel) -> list[Delivery]:
    """A parcel's posts, those apart that were settled or claimed anew since."""
    return [
        row
        for row in kept.of_lead(session, parcel.lead_id)
        if row.state is DeliveryState.SENDING and row.claimed_at == parcel.claimed_at
    ]


def _settle(row: Delivery, state: DeliveryState, note: Note, now: datetime) -> None:
    row.state, row.note, row.settled_at, row.told = state, note.value, now, False


def _planned(due_at: datetime) -> tuple[DeliveryState, datetime, None, str]:
    return DeliveryState.PLANNED, due_at, None, ""
