"""The votes that count, whichever factor of those merged they were cast on, and who may vote."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple, TypeAlias

from sqlalchemy import Select, and_, bindparam, case, exists, func, literal, or_, select, update
from sqlalchemy.orm import aliased
from sqlmodel import col

from storage.desk import Desk
from storage.enums import Choice, FactorStatus
from storage.factors.factors import Factor
from storage.factors.votes import BEFORE, CAST_ON, GRACE, NEWEST_FIRST, ROOT, Vote, stale_since
from storage.members.participants import Member, Participant
from storage.organisations.organisations import OrganisationTrack
from storage.prepared import Prepared
from storage.tracks.tracks import Track
from storage.types import UtcDateTime

_Query: TypeAlias = Select[*tuple[Any, ...]]
# Of each factor, by organisation, choice, and whether before its edit.
Counts: TypeAlias = dict[int, dict[tuple[int, Choice, bool], int]]


@dataclass(frozen=True)
class CountedVote:
    """A vote that counts for a factor, wherever among those merged into it it was cast."""

    participant_id: int
    organisation_id: int
    choice: Choice
    reason: str | None
    before_edit: bool


def counts(desk: Desk, factor_ids: Sequence[int], at: datetime | None = None) -> Counts:
    """How many votes count for each factor, by organisation, choice, and whether before its edit.

    A factor's votes are its own and those of every factor merged into it; of somebody who voted
    on several, the newest. A vote counts while its participant has left neither organisation nor
    server, and the organisation takes part in the factor's track (for one of all tracks, in any
    that is not archived); one from before an edit for 21 days, an objection until it is withdrawn.
    Whoever left after votes had closed was there.

    Args:
        factor_ids: which factors.
        at: when votes from before an edit must have counted (aware UTC); now, if left out.
    """
    found: Counts = {each: {} for each in factor_ids}
    values = {"factors": list(factor_ids), "since": (at or desk.now) - GRACE}
    for root, organisation, choice, before, number in desk.session.connection().execute(
        _COUNTS, values
    ):
        found[root][organisation, Choice(choice), bool(before)] = number
    return found


def plain_counts(desk: Desk, factor_ids: Sequence[int]) -> Counts:
    """As :func:`counts`, and sooner, for factors that take votes and were never edited nor merged.

    Returns:
        those that it could count; not one on which votes stand that an undone edit outdated.
    """
    found: Counts = {each: {} for each in factor_ids}
    rows = _PLAIN.rows(desk.session, {"factors": list(factor_ids)})
    for factor_id, organisation, choice, outdated, number in rows:
        if outdated:
            found.pop(factor_id, None)
        elif factor_id in found:
            found[factor_id][organisation, Choice(choice), False] = number
    return found


def counted(desk: Desk, factor_id: int) -> list[CountedVote]:
    """The votes that count for one factor, newest first."""
    values = {"factors": [factor_id], "since": desk.now - GRACE}
    return _votes(desk, _COUNTED, values)


def objections_of(
    desk: Desk, factor_id: int, participant_ids: Collection[int]
) -> list[CountedVote]:
    """The objections of some participants to a factor, whether they count now or not.

    Newest first.
    """
    values = {"factor": factor_id, "participants": list(participant_ids)}
    return _votes(desk, _OBJECTIONS, values)


def _votes(desk: Desk, query: _Query, values: dict[str, Any]) -> list[CountedVote]:
    return [
        CountedVote(
            row.participant_id,
            row.organisation_id,
            Choice(row.choice),
            row.reason,
            bool(row.before),
        )
        for row in desk.session.connection().execute(query, values)
    ]


def heard_from(desk: Desk, organisation_id: int) -> set[int]:
    """The open factors on which a vote of anybody in an organisation counts.

    It holds for those of the tracks that the organisation takes part in.
    """
    values = {"organisation": organisation_id, "since": desk.now - GRACE}
    return set(desk.session.connection().execute(_HEARD, values).scalars())


def _present(*ends: Any) -> Any:
    """The voter has left neither organisation nor server; or not before one of some instants."""
    left = col(Participant.left_at)
    gone = exists().where(
        col(Member.programme_id) == col(Participant.programme_id),
        col(Member.member_id) == col(Participant.member_id),
        col(Member.gone_at).is_not(None),
        *(or_(end.is_(None), col(Member.gone_at) <= end) for end in ends),
    )
    return and_(or_(left.is_(None), *(left > end for end in ends)), ~gone)


def _takes_part() -> Any:
    """The voter is there, or was when votes closed, and the factor concerns their organisation."""
    own_track = aliased(Track)
    archived_at = (
        select(col(own_track.archived_at))
        .where(col(own_track.id) == col(ROOT.track_id))
        .correlate(ROOT)
        .scalar_subquery()
    )
    return and_(_present(col(ROOT.closes_at), archived_at), _concerned())


def _concerned() -> Any:
    """The factor concerns the voter's organisation."""
    return exists().where(
        col(OrganisationTrack.organisation_id) == col(Participant.organisation_id),
        or_(
            col(OrganisationTrack.track_id) == col(ROOT.track_id),
            and_(
                col(ROOT.track_id).is_(None),
                exists().where(
                    col(Track.id) == col(OrganisationTrack.track_id),
                    col(Track.archived_at).is_(None),
                ),
            ),
        ),
    )


def _cast(*where: Any) -> _Query:
    """Votes on factors and on those merged into them; each person's newest has rank 1."""
    rank = func.row_number().over(
        partition_by=(col(ROOT.id), col(Vote.participant_id)), order_by=NEWEST_FIRST
    )
    return (
        select(
            col(ROOT.id).label("root"),
            col(Vote.participant_id),
            col(Participant.organisation_id),
            col(Vote.choice).label("choice"),
            col(Vote.reason),
            col(Vote.cast_at),
            BEFORE,
            stale_since(),
            rank.label("rank"),
        )
        .select_from(ROOT)
        .join(CAST_ON, col(CAST_ON.root_id) == col(ROOT.id))
        .join(Vote, col(Vote.factor_id) == col(CAST_ON.id))
        .join(Participant, col(Participant.id) == col(Vote.participant_id))
        .where(*where)
    )


def _counting(*where: Any) -> _Query:
    ranked = _cast(*where).subquery()
    still_counts = or_(
        ranked.c.before == 0,
        ranked.c.choice == Choice.OBJECT,
        ranked.c.stale_since > bindparam("since", type_=UtcDateTime()),
    )
    return select(ranked).where(ranked.c.rank == 1, ranked.c.choice.is_not(None), still_counts)


def _of_factors() -> _Query:
    return _counting(col(ROOT.id).in_(bindparam("factors", expanding=True)), _takes_part())


def _of_organisation() -> _Query:
    people = select(col(Participant.id)).where(
        col(Participant.organisation_id) == bindparam("organisation"), _present()
    )
    theirs = col(Vote.participant_id).in_(people), col(ROOT.status) == FactorStatus.OPEN
    return select(_counting(*theirs).subquery().c.root)


def _newest_counting() -> _Query:
    votes = _of_factors().subquery()
    return select(votes).order_by(votes.c.cast_at.desc())


def _objecting() -> _Query:
    cast = _cast(
        col(ROOT.id) == bindparam("factor"),
        # A sum, so that it begins at the factor: else all votes of each participant are read.
        (col(Vote.participant_id) + 0).in_(bindparam("participants", expanding=True)),
    ).subquery()
    return (
        select(cast)
        .where(cast.c.rank == 1, cast.c.choice == Choice.OBJECT)
        .order_by(cast.c.cast_at.desc())
    )


def _grouped() -> _Query:
    votes = _of_factors().subquery()
    keys = (votes.c.root, votes.c.organisation_id, votes.c.choice, votes.c.before)
    return select(*keys, func.count()).group_by(*keys)


def _plain() -> _Query:
    outdated = col(Vote.stale_at).is_not(None).label("outdated")
    keys = (col(Vote.factor_id), col(Participant.organisation_id), col(Vote.choice), outdated)
    return (
        select(*keys, func.count())
        .select_from(ROOT)
        .join(Vote, col(Vote.factor_id) == col(ROOT.id))
        .join(Participant, col(Participant.id) == col(Vote.participant_id))
        .where(
            col(ROOT.id).in_(bindparam("factors", expanding=True)),
            col(Vote.choice).is_not(None),
            _present(),
            _concerned(),
        )
        .group_by(*keys)
    )


# Made once: every count waits for them.
_COUNTS = _grouped()
_PLAIN = Prepared(_plain())
_COUNTED = _newest_counting()
_OBJECTIONS = _objecting()
_HEARD = _of_organisation()


class Voter(NamedTuple):
    """A participant before a factor; ``inside`` says that it concerns them and is not archived.

    ``alone`` are those who have voted on nothing yet and are the only one of their organisation.
    """

    participant_id: int
    organisation_id: int
    status: FactorStatus
    opens_at: datetime | None
    closes_at: datetime | None
    inside: bool
    alone: bool = False


def before(desk: Desk, factor_id: int, member_id: int) -> Voter | None:
    """A member before a factor, in one statement; None where either is not there."""
    values = {"programme": desk.programme_id, "factor": factor_id, "member": member_id}
    rows = _BEFORE.rows(desk.session, values)
    return Voter(*rows[0]) if rows else None


def make_due(desk: Desk, factor_ids: Collection[int]) -> None:
    """Note that votes were cast on factors that have yet to be counted."""
    _DUE.run(desk.session, [{"factors": list(factor_ids)}])


def keep_count(desk: Desk, counted: Sequence[Mapping[str, Any]]) -> None:
    """Bring up to date what lists are ordered by, and the cards' revisions up.

    Args:
        counted: ``of`` which factor, ``to_standing``, ``to_score`` and ``to_split``, for each.
    """
    _COUNTED_NOW.run(desk.session, counted)


def voter(factor: Any) -> tuple[Any, ...]:
    """The columns of a :class:`Voter`, of a query that joins participants to factors."""
    inside = exists().where(
        col(OrganisationTrack.organisation_id) == col(Participant.organisation_id),
        col(Track.id) == col(OrganisationTrack.track_id),
        col(Track.archived_at).is_(None),
        or_(factor.track_id.is_(None), col(Track.id) == factor.track_id),
    )
    return (
        col(Participant.id).label("participant_id"),
        col(Participant.organisation_id).label("organisation_id"),
        factor.status,
        factor.opens_at,
        factor.closes_at,
        inside.label("inside"),
        _alone().label("alone"),
    )


def _alone() -> Any:
    """The participant has no vote yet, nor their organisation another participant.

    Whoever has voted before, nearly everyone who presses, is found by one look into an index.
    """
    voted = exists().where(col(_ANY_VOTE.participant_id) == col(Participant.id))
    other = aliased(Participant)
    gone = exists().where(
        col(Member.programme_id) == col(other.programme_id),
        col(Member.member_id) == col(other.member_id),
        col(Member.gone_at).is_not(None),
    )
    others = exists().where(
        col(other.organisation_id) == col(Participant.organisation_id),
        col(other.id) != col(Participant.id),
        col(other.left_at).is_(None),
        ~gone,
    )
    return case((voted, literal(0)), (others, literal(0)), else_=literal(1))


def _before() -> _Query:
    mine = and_(
        col(Participant.programme_id) == col(Factor.programme_id),
        col(Participant.member_id) == bindparam("member"),
        col(Participant.left_at).is_(None),
    )
    return (
        select(*voter(Factor))
        .select_from(Factor)
        .join(Participant, mine)
        .where(
            col(Factor.id) == bindparam("factor"),
            col(Factor.programme_id) == bindparam("programme"),
        )
    )


# Another name, where the votes on the factor at hand are joined too.
_ANY_VOTE = aliased(Vote)
# Made once: every press waits for them.
_BEFORE = Prepared(_before())
_DUE = Prepared(
    update(Factor)
    .where(col(Factor.id).in_(bindparam("factors", expanding=True)))
    .values(recount_due=True)
)
_COUNTED_NOW = Prepared(
    update(Factor)
    .where(col(Factor.id) == bindparam("of"))
    .values(
        standing=bindparam("to_standing"),
        score=bindparam("to_score"),
        split=bindparam("to_split"),
        recount_due=False,
        revision=col(Factor.revision) + 1,
    )
)
