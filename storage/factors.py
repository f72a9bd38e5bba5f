"""Factors, the votes on them, and drafts of them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Index, and_, delete, exists, insert, or_, update
from sqlmodel import Field, Session, SQLModel, col, func, select

from storage.enums import Choice, FactorKind, FactorStatus, words_of
from storage.organisations import OrganisationTrack
from storage.participants import Member, Participant
from storage.types import Snowflake, UtcDateTime


class Factor(SQLModel, table=True):
    """One thing that promotes or inhibits change. Without a track it belongs to all.

    ``revision`` grows with everything that changes the card; ``folded`` is the title as it is
    searched for. Where the card was posted is empty until it has been.
    """

    __table_args__ = (
        Index("factor_list", "programme_id", "status", "id"),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, primary_key=True)
    programme_id: int = Field(sa_type=Snowflake, foreign_key="programme.id")
    track_id: int | None = Field(default=None, foreign_key="track.id")
    title: str
    folded: str
    kind: FactorKind = Field(sa_type=words_of(FactorKind))
    how: str
    participant_id: int = Field(foreign_key="participant.id")
    organisation_id: int = Field(foreign_key="organisation.id")
    status: FactorStatus = Field(default=FactorStatus.OPEN, sa_type=words_of(FactorStatus))
    revision: int = 1
    created_at: datetime = Field(sa_type=UtcDateTime)
    channel_id: int | None = Field(default=None, sa_type=Snowflake)
    message_id: int | None = Field(default=None, sa_type=Snowflake)
    thread_id: int | None = Field(default=None, sa_type=Snowflake)


class Vote(SQLModel, table=True):
    """A participant's vote on a factor; ``reason`` belongs to an objection."""

    factor_id: int = Field(foreign_key="factor.id", primary_key=True)
    participant_id: int = Field(foreign_key="participant.id", primary_key=True, index=True)
    choice: Choice = Field(sa_type=words_of(Choice))
    reason: str | None = None
    cast_at: datetime = Field(sa_type=UtcDateTime)


class Draft(SQLModel, table=True):
    """What a person submitted but has not published, as it was typed."""

    # Buttons carry ids for a day: a new draft must never get the id of one that is gone.
    __table_args__ = (
        Index("draft_author", "programme_id", "member_id"),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, primary_key=True)
    programme_id: int = Field(sa_type=Snowflake, foreign_key="programme.id")
    member_id: int = Field(sa_type=Snowflake)
    track_id: int | None = Field(default=None, foreign_key="track.id")
    title: str
    kind: FactorKind = Field(sa_type=words_of(FactorKind))
    how: str
    saved_at: datetime = Field(sa_type=UtcDateTime, index=True)


def find(session: Session, programme_id: int, factor_id: int) -> Factor | None:
    """A factor of this programme; one of another programme is not found."""
    factor = session.get(Factor, factor_id)
    return factor if factor and factor.programme_id == programme_id else None


def page(
    session: Session,
    programme_id: int,
    *,
    track_id: int | None,
    status: FactorStatus,
    offset: int,
    limit: int,
) -> Sequence[Factor]:
    """Factors of one status, newest first; with a track, its own and those of all tracks."""
    query = (
        select(Factor)
        .where(*_listed(programme_id, track_id, status))
        .order_by(col(Factor.id).desc())
        .offset(offset)
        .limit(limit)
    )
    return session.exec(query).all()


def count(
    session: Session, programme_id: int, *, track_id: int | None, status: FactorStatus
) -> int:
    """How many factors :func:`page` would show on all its pages."""
    query = select(func.count()).select_from(Factor)
    return session.exec(query.where(*_listed(programme_id, track_id, status))).one()


def published_since(session: Session, programme_id: int, member_id: int, since: datetime) -> int:
    """How many factors a member has published at or after an instant, for whomever."""
    query = (
        select(func.count())
        .select_from(Factor)
        .join(Participant, col(Participant.id) == col(Factor.participant_id))
        .where(
            col(Factor.programme_id) == programme_id,
            col(Factor.created_at) >= since,
            col(Participant.member_id) == member_id,
        )
    )
    return session.exec(query).one()


def lacking_vote(
    session: Session, programme_id: int, participant_id: int, track_ids: Sequence[int], limit: int
) -> tuple[Sequence[Factor], int]:
    """The newest open factors without the participant's vote, and how many there are in all."""
    lacking = _without_vote(programme_id, participant_id, track_ids)
    newest = select(Factor).where(lacking).order_by(col(Factor.id).desc()).limit(limit)
    total = select(func.count()).select_from(Factor).where(lacking)
    return session.exec(newest).all(), session.exec(total).one()


def given_by(session: Session, organisation_id: int) -> tuple[int, int]:
    """How many factors an organisation has published, and how many votes its people have cast."""
    published = (
        select(func.count())
        .select_from(Factor)
        .where(col(Factor.organisation_id) == organisation_id)
    )
    cast = (
        select(func.count())
        .select_from(Vote)
        .join(Participant, col(Participant.id) == col(Vote.participant_id))
        .where(col(Participant.organisation_id) == organisation_id)
    )
    return session.exec(published).one(), session.exec(cast).one()


def titles(session: Session, programme_id: int, folded: str, limit: int) -> list[tuple[int, str]]:
    """Ids and titles whose folded title holds the text, those that begin with it first."""
    starts = col(Factor.folded).startswith(folded, autoescape=True)
    query = (
        select(Factor.id, Factor.title)
        .where(
            col(Factor.programme_id) == programme_id,
            col(Factor.folded).contains(folded, autoescape=True),
        )
        .order_by(starts.desc(), col(Factor.id).desc())
        .limit(limit)
    )
    return [(factor_id or 0, title) for factor_id, title in session.exec(query)]


def _without_vote(programme_id: int, participant_id: int, track_ids: Sequence[int]) -> Any:
    voted = exists().where(
        col(Vote.factor_id) == col(Factor.id), col(Vote.participant_id) == participant_id
    )
    return and_(
        col(Factor.programme_id) == programme_id,
        col(Factor.status) == FactorStatus.OPEN,
        or_(col(Factor.track_id).in_(track_ids), col(Factor.track_id).is_(None)),
        ~voted,
    )


def _listed(programme_id: int, track_id: int | None, status: FactorStatus) -> list[Any]:
    where: list[Any] = [col(Factor.programme_id) == programme_id, col(Factor.status) == status]
    if track_id is not None:
        where.append(or_(col(Factor.track_id) == track_id, col(Factor.track_id).is_(None)))
    return where


def set_vote(
    session: Session,
    factor_id: int,
    participant_id: int,
    choice: Choice,
    reason: str | None,
    now: datetime,
) -> None:
    """Let this be the participant's one vote on the factor."""
    remove_vote(session, factor_id, participant_id)
    values = {"choice": choice, "reason": reason, "cast_at": now}
    session.exec(insert(Vote).values(factor_id=factor_id, participant_id=participant_id, **values))


def vote_of(session: Session, factor_id: int, participant_id: int) -> Choice | None:
    """What the participant voted, if anything."""
    query = select(Vote.choice).where(
        col(Vote.factor_id) == factor_id, col(Vote.participant_id) == participant_id
    )
    found = session.exec(query).first()
    return Choice(found) if found else None


def remove_vote(session: Session, factor_id: int, participant_id: int) -> None:
    """Take the participant's vote away, if there is one."""
    session.exec(
        delete(Vote).where(
            col(Vote.factor_id) == factor_id, col(Vote.participant_id) == participant_id
        )
    )


def touch(session: Session, factor_id: int) -> None:
    """Count the card's revision up: what it shows has changed."""
    session.exec(
        update(Factor).where(col(Factor.id) == factor_id).values(revision=col(Factor.revision) + 1)
    )


def tallies(
    session: Session, factor_ids: Sequence[int]
) -> dict[int, dict[tuple[int, Choice], int]]:
    """Votes that count now, by factor, then by organisation and choice.

    A vote counts while its participant has not left (the organisation or the server) and the
    organisation takes part in the factor's track (any track, for a factor of all).
    """
    takes_part = exists().where(
        col(OrganisationTrack.organisation_id) == col(Participant.organisation_id),
        or_(
            col(Factor.track_id).is_(None),
            col(OrganisationTrack.track_id) == col(Factor.track_id),
        ),
    )
    gone = exists().where(
        col(Member.programme_id) == col(Participant.programme_id),
        col(Member.member_id) == col(Participant.member_id),
        col(Member.gone_at).is_not(None),
    )
    query = (
        select(Vote.factor_id, Participant.organisation_id, Vote.choice, func.count())
        .join(Participant, col(Participant.id) == col(Vote.participant_id))
        .join(Factor, col(Factor.id) == col(Vote.factor_id))
        .where(
            and_(
                col(Vote.factor_id).in_(factor_ids),
                col(Participant.left_at).is_(None),
                takes_part,
                ~gone,
            )
        )
        .group_by(col(Vote.factor_id), col(Participant.organisation_id), col(Vote.choice))
    )
    found: dict[int, dict[tuple[int, Choice], int]] = {factor_id: {} for factor_id in factor_ids}
    for factor_id, organisation_id, choice, number in session.exec(query):
        found[factor_id][organisation_id, Choice(choice)] = number
    return found


def forget_cards(session: Session, programme_id: int, channel_id: int) -> None:
    """Note that the cards that were posted in a channel are gone with it."""
    session.exec(
        update(Factor)
        .where(col(Factor.programme_id) == programme_id, col(Factor.channel_id) == channel_id)
        .values(channel_id=None, message_id=None, thread_id=None)
    )


def without_card(session: Session, programme_id: int) -> list[int]:
    """The factors whose card stands nowhere, oldest first."""
    query = (
        select(Factor.id)
        .where(col(Factor.programme_id) == programme_id, col(Factor.message_id).is_(None))
        .order_by(col(Factor.id))
    )
    return [factor_id or 0 for factor_id in session.exec(query)]


def objections(session: Session, factor_id: int, limit: int) -> list[tuple[int, str]]:
    """The newest objections of those who have not left: their organisations, and the reasons."""
    query = (
        select(Participant.organisation_id, Vote.reason)
        .join(Participant, col(Participant.id) == col(Vote.participant_id))
        .where(
            col(Vote.factor_id) == factor_id,
            col(Vote.choice) == Choice.OBJECT,
            col(Participant.left_at).is_(None),
        )
        .order_by(col(Vote.cast_at).desc())
        .limit(limit)
    )
    return [(organisation_id, reason or "") for organisation_id, reason in session.exec(query)]


def find_draft(session: Session, programme_id: int, member_id: int, draft_id: int) -> Draft | None:
    """A draft of this member in this programme; anyone else's is not found."""
    draft = session.get(Draft, draft_id)
    if draft is None or (draft.programme_id, draft.member_id) != (programme_id, member_id):
        return None
    return draft


def latest_draft(
    session: Session, programme_id: int, member_id: int, since: datetime
) -> Draft | None:
    """The member's newest draft that was saved at or after an instant."""
    query = (
        select(Draft)
        .where(
            col(Draft.programme_id) == programme_id,
            col(Draft.member_id) == member_id,
            col(Draft.saved_at) >= since,
        )
        .order_by(col(Draft.saved_at).desc(), col(Draft.id).desc())
    )
    return session.exec(query).first()


def forget_drafts(session: Session, before: datetime) -> None:
    """Delete every draft that was saved before an instant."""
    session.exec(delete(Draft).where(col(Draft.saved_at) < before))
