"""Posts that must arrive: planning them, each once."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlmodel import Session

from storage.desk import Desk
from storage.enums import DeliveryState, Way
from storage.posts import deliveries as kept
from storage.posts.deliveries import Delivery
from storage.shards import Shards


class Note(StrEnum):
    """Why a post was dropped or failed, or did not go out as planned."""

    NONE = ""
    EXPIRED = "expired"  # it came too late to be of use
    POINTLESS = "pointless"  # there was nothing left to say
    WELL = "well"  # there was nothing to say, or nobody who lets it through, and that is no trouble
    MOVED = "moved"  # the meeting was
    CANCELLED = "cancelled"  # the meeting was
    CHANGED = "changed"  # the reminders were
    GONE = "gone"  # whoever it was for is
    LATE = "late"
    DETOUR = "detour"  # it went to another place than it belongs
    FAST = "fast"  # Discord lets no more direct messages be opened for a while
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
        alone: it is a message of its own, whatever else is due for its person.
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
    alone: bool = False


def plan(desk: Desk, posts: Iterable[Post]) -> None:
    """Plan posts. One whose key exists is not planned again, whatever became of the first."""
    wanted = {post.key: post for post in posts}
    there = kept.by_key(desk, wanted.keys())
    kept.add(desk, [_row(desk.programme_id, wanted[key]) for key in wanted if key not in there])


def bring_in_line(
    desk: Desk,
    kinds: Collection[str],
    subject_ids: Collection[int],
    posts: Iterable[Post],
    *,
    note: Note,
) -> None:
    """Let exactly these posts be planned about some subjects.

    What was planned otherwise is dropped with a note; what was dropped for another reason than
    its time, and is wanted again, is planned again; what is due at another time is moved there.

    Args:
        kinds: which kinds of posts.
        subject_ids: the subjects.
        posts: what is to be planned.
        note: why the others are dropped.
    """
    wanted = {post.key: post for post in posts}
    for row in kept.planned_for(desk, kinds, subject_ids):
        if row.key not in wanted:
            settle(row, DeliveryState.DROPPED, note, desk.now)
    for row in kept.by_key(desk, wanted.keys()).values():
        post = wanted.pop(row.key)
        if row.state is DeliveryState.DROPPED and post.expires_at > desk.now:
            row.state, row.next_at, row.settled_at, row.note = _planned(post.due_at)
        if row.state is DeliveryState.PLANNED:
            if row.due_at != post.due_at:
                row.due_at = row.next_at = post.due_at
            row.expires_at = post.expires_at
    desk.session.flush()
    kept.add(desk, [_row(desk.programme_id, post) for post in wanted.values()])


def sent(desk: Desk, kind: str, subject_ids: Collection[int]) -> set[tuple[int, str]]:
    """Of which subjects a post of this kind has gone out, or is going, and for which start.

    Returns:
        the subject, and what its data says of when it begins.
    """
    return {
        (row.subject_id, str(row.data.get("starts")))
        for row in kept.gone_out(desk, kind, subject_ids)
    }


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
        "bundle": post.key if post.alone else bundle_of(programme_id, post),
        "due_at": post.due_at,
        "expires_at": post.expires_at,
        "next_at": post.due_at,
        "state": DeliveryState.PLANNED,
        "attempts": 0,
        "note": "",
        "told": False,
    }


def bundle_of(programme_id: int, post: Post | Delivery) -> str:
    """What may become one message: all for one person, or one thing for many in a channel."""
    if post.way is Way.DIRECT:
        return f"{programme_id}:direct:{post.member_id}"
    if post.way is Way.MENTION:
        due = f"{post.due_at:%Y%m%dT%H%M%S}"
        return f"{programme_id}:{post.slot}:{post.kind}:{post.subject_id}:{due}"
    return post.key


def settle(row: Delivery, state: DeliveryState, note: Note, now: datetime) -> None:
    """Note what became of a planned post, and why."""
    row.state, row.note, row.settled_at, row.told = state, note.value, now, False


def _planned(due_at: datetime) -> tuple[DeliveryState, datetime, None, str]:
    return DeliveryState.PLANNED, due_at, None, ""
