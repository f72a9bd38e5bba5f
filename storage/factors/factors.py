"""Factors, and the texts they had before."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Index, and_, text, union_all, update
from sqlmodel import Field, Session, SQLModel, col, func, or_, select

from storage.desk import Desk
from storage.enums import FactorKind, FactorStatus, words_of
from storage.members import sight
from storage.members.participants import Participant
from storage.shards import Shards
from storage.types import Snowflake, UtcDateTime

LISTED_BY: Final = (
    "track_id", "kind", "key_area_id", "standing", "score", "split", "discussed", "opens_at",
    "closes_at",
)  # fmt: skip

WAITING: Final = text("status = 'open' AND standing = 'too_early'")
"""Open, and too few have voted to say where it stands; in the words of the index factor_waiting."""


_MEANT: Final = text("NOT small")


def _where_set(name: str, column: str) -> Index:
    """An index of a column that is empty nearly everywhere, on where it is not."""
    only = text(f"{column} IS NOT NULL")
    return Index(name, column, sqlite_where=only)


class Factor(SQLModel, table=True):
    """One thing that promotes or inhibits change. Without a track it belongs to all.

    ``folded`` is the title as it is searched for. ``on_behalf`` says that a coordinator entered
    it for an organisation, ``discreet`` that the card names the organisation only.

    ``version`` counts edits; ``voted_version`` is the last that was no small correction, made at
    ``changed_at``: votes cast earlier are votes before the edit. ``opens_at`` and ``closes_at``
    bound the votes. ``decided_at`` is when it got the status it has, and ``reason`` why.

    ``merged_into_id`` is what it was merged into, and ``root_id`` the factor where its votes
    count, at the end of all merges: itself, unless it is merged; ``moved_at`` is when they got
    there. ``stale_at`` is when they became votes before an edit on the way: of something that it
    was merged into, and that was itself merged later.

    ``occurrence_id`` is the time of a meeting that it came from.

    ``frozen_at`` is when its standing was frozen, if it is: when votes closed, or it was decided.

    ``score``, ``split``, ``standing`` and ``discussed`` (messages in its thread) are counted when
    something changes, to order lists by. ``recount_due`` says that they, and the card, have yet
    to follow something that changed elsewhere. ``revision`` grows with everything that changes
    the card. Where the card was posted is empty until it has been.
    """

    __table_args__ = (
        # All that lists ask for: in every order they read this, and of the table one page.
        Index("factor_list", "programme_id", "status", "id", *LISTED_BY),
        Index(
            "factor_due",
            "programme_id",
            sqlite_where=text("recount_due"),
        ),
        Index(
            "factor_waiting",
            "programme_id",
            "track_id",
            "opens_at",
            "closes_at",
            sqlite_where=WAITING,
        ),
        Index("factor_folded", "programme_id", "folded"),
        Index("factor_organisation", "organisation_id", "created_at"),
        _where_set("factor_opens", "opens_at"),
        _where_set("factor_closes", "closes_at"),
        _where_set("factor_merged", "merged_into_id"),
        _where_set("factor_key_area", "key_area_id"),
        _where_set("factor_occurrence", "occurrence_id"),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, primary_key=True)
    programme_id: int = Field(sa_type=Snowflake, foreign_key="programme.id")
    track_id: int | None = Field(default=None, foreign_key="track.id")
    title: str
    folded: str
    kind: FactorKind = Field(sa_type=words_of(FactorKind))
    how: str
    context: str = ""
    evidence: str = ""
    key_area_id: int | None = Field(default=None, foreign_key="key_area.id")
    participant_id: int | None = Field(default=None, foreign_key="participant.id", index=True)
    organisation_id: int = Field(foreign_key="organisation.id")
    on_behalf: bool = False
    discreet: bool = False
    status: FactorStatus = Field(default=FactorStatus.OPEN, sa_type=words_of(FactorStatus))
    reason: str = ""
    decided_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    merged_into_id: int | None = Field(default=None, foreign_key="factor.id")
    root_id: int | None = Field(default=None, foreign_key="factor.id", index=True)
    moved_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    stale_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    opens_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    closes_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    version: int = 1
    voted_version: int = 1
    changed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    frozen_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    standing: str = Field(default="too_early", max_length=20)
    score: float = 0.25
    split: float = 0.0
    discussed: int = 0
    recount_due: bool = False
    revision: int = 1
    created_at: datetime = Field(sa_type=UtcDateTime)
    source_channel_id: int | None = Field(default=None, sa_type=Snowflake)
    source_message_id: int | None = Field(default=None, sa_type=Snowflake)
    occurrence_id: int | None = Field(default=None, foreign_key="occurrence.id")
    channel_id: int | None = Field(default=None, sa_type=Snowflake)
    message_id: int | None = Field(default=None, sa_type=Snowflake, index=True)
    thread_id: int | None = Field(default=None, sa_type=Snowflake, index=True)


class FactorVersion(SQLModel, table=True):
    """A factor's text as it was until an edit.

    ``small`` says that the edit was a correction, ``undone`` that a later one took it back, or that
    it took others back: it did nothing to votes.
    """

    __tablename__ = "factor_version"
    __table_args__ = (Index("factor_version_until", "until", sqlite_where=_MEANT),)

    factor_id: int = Field(foreign_key="factor.id", primary_key=True)
    number: int = Field(primary_key=True)
    title: str
    how: str
    context: str
    evidence: str
    small: bool
    undone: bool = False
    until: datetime = Field(sa_type=UtcDateTime)


_DUE: Final = {"recount_due": True}


def add(desk: Desk, rows: Sequence[Factor]) -> None:
    """Keep new factors; the votes on each count where it is."""
    desk.session.add_all(rows)
    desk.session.flush()
    for row in rows:
        row.root_id = row.id
    desk.session.flush()


def find(desk: Desk, factor_id: int) -> Factor | None:
    """A factor of this programme that is there for whoever asks; any other is not found."""
    factor = desk.session.get(Factor, factor_id)
    if factor is None or factor.programme_id != desk.programme_id:
        return None
    return factor if sight.sees(desk, factor.track_id) else None


def outside(hidden: Collection[int]) -> list[ColumnElement[bool]]:
    """What is true of the factors that belong to none of some tracks; nothing where there is none.

    For :func:`storage.members.sight.hidden`.
    """
    if not hidden:
        return []
    return [or_(col(Factor.track_id).is_(None), col(Factor.track_id).not_in(hidden))]


def published_by(desk: Desk, organisation_id: int) -> int:
    """How many factors an organisation has published."""
    query = select(func.count()).select_from(Factor)
    return desk.session.exec(query.where(col(Factor.organisation_id) == organisation_id)).one()


def published_since(
    desk: Desk, member_id: int, since: datetime, *, organisation_id: int | None = None
) -> Sequence[Factor]:
    """The factors that a member has published at or after an instant, newest first.

    Their own, for whichever organisation; with ``organisation_id`` those that coordinators
    entered on its behalf.
    """
    query = select(Factor).where(
        col(Factor.programme_id) == desk.programme_id, col(Factor.created_at) >= since
    )
    if organisation_id is None:
        query = query.join(Participant, col(Participant.id) == col(Factor.participant_id))
        query = query.where(col(Participant.member_id) == member_id)
    else:
        query = query.where(col(Factor.on_behalf), col(Factor.organisation_id) == organisation_id)
    return desk.session.exec(query.order_by(col(Factor.id).desc())).all()


def merged_into(desk: Desk, factor_ids: Sequence[int]) -> Sequence[Factor]:
    """The factors that were merged straight into one of these, oldest first."""
    query = select(Factor).where(col(Factor.merged_into_id).in_(factor_ids))
    return desk.session.exec(query.order_by(col(Factor.id))).all()


def version(desk: Desk, factor_id: int, number: int) -> FactorVersion | None:
    """A text that a factor had once; None for the one it has now."""
    return desk.session.get(FactorVersion, (factor_id, number))


def versions(desk: Desk, factor_id: int) -> Sequence[FactorVersion]:
    """The texts that a factor had before, newest first."""
    query = select(FactorVersion).where(col(FactorVersion.factor_id) == factor_id)
    return desk.session.exec(query.order_by(col(FactorVersion.number).desc())).all()


def first_edit(desk: Desk, factor_id: int, after: datetime) -> datetime | None:
    """When a factor was first edited after an instant (aware UTC), small corrections apart."""
    query = select(FactorVersion.until).where(
        col(FactorVersion.factor_id) == factor_id,
        col(FactorVersion.small).is_(False),
        col(FactorVersion.undone).is_(False),
        col(FactorVersion.until) > after,
    )
    return desk.session.exec(query.order_by(col(FactorVersion.number))).first()


def touch(desk: Desk, factor_id: int) -> None:
    """Count the card's revision up: what it shows has changed."""
    desk.session.exec(
        update(Factor).where(col(Factor.id) == factor_id).values(revision=col(Factor.revision) + 1)
    )


def due(desk: Desk, limit: int) -> Sequence[int]:
    """The factors that have yet to follow what changed elsewhere."""
    # Written as in the index on just these, which is not used for "IS 1", nor for "= 1".
    query = select(Factor.id).where(
        col(Factor.programme_id) == desk.programme_id, text("factor.recount_due")
    )
    rows = desk.session.exec(query.order_by(col(Factor.id)).limit(limit))
    return [factor_id or 0 for factor_id in rows]


def make_due_by_time(
    session: Session, shards: Shards, after: datetime, until: datetime, grace: Any
) -> None:
    """Note it of those whose votes opened, closed, or grew too old in a span of time.

    Votes that a merge moved grow too old where they count now.

    Args:
        session: the transaction.
        shards: the servers whose factors are meant.
        after: not then, but later (aware UTC).
        until: then, and earlier (aware UTC).
        grace: how long votes from before an edit count.
    """
    passed = [
        select(Factor.id).where(col(column) > after, col(column) <= until)
        for column in (Factor.opens_at, Factor.closes_at)
    ]
    outdated = (
        select(Factor.root_id)
        .join(FactorVersion, col(FactorVersion.factor_id) == col(Factor.id))
        .where(
            text("NOT factor_version.small"),  # as in the index on just these
            col(FactorVersion.until) > after - grace,
            col(FactorVersion.until) <= until - grace,
        )
    )
    where = [
        shards.hold(Factor.programme_id),
        col(Factor.status) == FactorStatus.OPEN,
        col(Factor.id).in_(union_all(*passed, outdated)),
    ]
    session.exec(update(Factor).where(*where).values(**_DUE))


def forget_messages(desk: Desk, message_ids: Sequence[int]) -> None:
    """Note that messages are gone. Cards among them stand nowhere now; their threads remain."""
    desk.session.exec(
        update(Factor)
        .where(
            col(Factor.programme_id) == desk.programme_id, col(Factor.message_id).in_(message_ids)
        )
        .values(channel_id=None, message_id=None)
    )


def forget_thread(desk: Desk, thread_id: int) -> None:
    """Note that a thread is gone; a forum's holds the card too."""
    here = [col(Factor.programme_id) == desk.programme_id, col(Factor.thread_id) == thread_id]
    held = [*here, col(Factor.channel_id) == thread_id]
    desk.session.exec(update(Factor).where(*held).values(channel_id=None, message_id=None))
    desk.session.exec(update(Factor).where(*here).values(thread_id=None))


def forget_channel(desk: Desk, channel_id: int, track_id: int | None) -> None:
    """Note that a channel is gone, with the cards that were posted in it and their threads.

    Posts of a forum are threads of their own: those of its track are gone with it.
    """
    in_forum = and_(
        col(Factor.track_id) == track_id, col(Factor.channel_id) == col(Factor.thread_id)
    )
    desk.session.exec(
        update(Factor)
        .where(
            col(Factor.programme_id) == desk.programme_id,
            or_(col(Factor.channel_id) == channel_id, in_forum),
        )
        .values(channel_id=None, message_id=None, thread_id=None)
    )


def discussed(desk: Desk, thread_id: int, number: int) -> None:
    """Count so many more messages in a thread, if it is a factor's."""
    desk.session.exec(
        update(Factor)
        .where(col(Factor.programme_id) == desk.programme_id, col(Factor.thread_id) == thread_id)
        .values(discussed=col(Factor.discussed) + number)
    )
