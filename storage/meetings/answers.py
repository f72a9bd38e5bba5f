"""What participants answered to meetings: whose answers count, and what each of them said.

*Going* said to one time of a series holds for the later ones too, until that person says
otherwise there. *Maybe* and *Can't* are about one time.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeAlias

from sqlalchemy import Select, and_, bindparam, exists, func, insert, or_, select, update
from sqlalchemy.orm import aliased
from sqlmodel import col

from storage.desk import Desk
from storage.enums import Answer
from storage.meetings.meetings import Meeting, MeetingAnswer, Occurrence
from storage.members.participants import Member, Participant
from storage.organisations.organisations import Organisation, OrganisationTrack

_Query: TypeAlias = Select[*tuple[Any, ...]]


@dataclass(frozen=True)
class Invited:
    """A participant whom a time of a meeting concerns, and what they said to it, if anything."""

    participant_id: int
    member_id: int
    organisation: str
    answer: Answer | None
    muted: bool
    attended: bool


@dataclass(frozen=True)
class Own:
    """What holds for a participant at a time of a meeting, and what they said there themselves.

    ``there`` says that they have a row, which they last answered in at ``answered_at``; both
    moments are aware UTC.
    """

    answer: Answer | None = None
    there: bool = False
    answered_at: datetime | None = None
    attended_at: datetime | None = None
    muted: bool = False


def counts(
    desk: Desk, occurrence_ids: Collection[int]
) -> dict[int, dict[tuple[str, Answer | None], int]]:
    """How many participants said what to each of these, by the name of their organisation.

    None stands for those who said nothing. A participant counts who has left neither organisation
    nor server, and whose organisation takes part in the meeting's track (any, for one of all).
    """
    found: dict[int, dict[tuple[str, Answer | None], int]] = {each: {} for each in occurrence_ids}
    values = {"occurrences": list(occurrence_ids)}
    for occurrence, organisation, answer, number in _rows(desk, _COUNTS, values):
        said = _said(answer)
        before = found[occurrence].get((organisation, said), 0)
        found[occurrence][organisation, said] = before + number
    return found


def invited(desk: Desk, occurrence_id: int) -> list[Invited]:
    """Everyone whom a time of a meeting concerns, in no order."""
    rows = _rows(desk, _INVITED, {"occurrences": [occurrence_id]})
    return [
        Invited(
            row.participant_id,
            row.member_id,
            row.organisation,
            _said(row.answer),
            bool(row.muted),
            row.attended_at is not None,
        )
        for row in rows
    ]


def lacking(desk: Desk, occurrence_id: int) -> bool:
    """Whether anybody whom a time of a meeting concerns has said nothing to it."""
    return bool(_rows(desk, _LACKING, {"occurrences": [occurrence_id]}))


def unanswered(
    desk: Desk, participant_id: int, tracks: Collection[int], *, after: datetime, until: datetime
) -> list[tuple[Meeting, Occurrence, bool]]:
    """The times in a span to which a participant has said nothing, soonest first.

    Args:
        participant_id: who.
        tracks: those of their organisation.
        after: later than this (aware UTC).
        until: and earlier than this (aware UTC).

    Returns:
        each with its meeting, and whether they want no reminders of it.
    """
    query: _Query = (
        select(Meeting, _time, col(MeetingAnswer.muted))
        .select_from(_time)
        .join(Meeting, col(Meeting.id) == col(_time.meeting_id))
        .outerjoin(MeetingAnswer, _mine(participant_id))
        .where(
            col(Meeting.programme_id) == desk.programme_id,
            col(Meeting.cancelled_at).is_(None),
            or_(col(Meeting.track_id).is_(None), col(Meeting.track_id).in_(tracks)),
            col(_time.cancelled_at).is_(None),
            col(_time.starts_at) > after,
            col(_time.starts_at) < until,
            func.coalesce(_holds(participant_id), Answer.OPEN) == Answer.OPEN,
        )
        .order_by(col(_time.starts_at), col(_time.id))
    )
    return [(meeting, time, bool(muted)) for meeting, time, muted in desk.session.execute(query)]


def attended(desk: Desk, occurrence_id: int) -> int:
    """How many said that they were there; whoever left since was there all the same."""
    query: _Query = select(func.count()).where(
        col(MeetingAnswer.occurrence_id) == occurrence_id,
        col(MeetingAnswer.attended_at).is_not(None),
    )
    number: int = _rows(desk, query, {})[0][0]
    return number


def own(desk: Desk, occurrence_id: int, participant_id: int) -> Own:
    """What holds for one participant."""
    values = {"occurrences": [occurrence_id], "participant": participant_id}
    row = _rows(desk, _OWN, values)[0]
    there = row.participant_id is not None
    return Own(_said(row.answer), there, row.answered_at, row.attended_at, bool(row.muted))


def said_at(desk: Desk, occurrence_id: int, participant_id: int) -> datetime | None:
    """When a participant said what holds at a time, there or at an earlier one (aware UTC)."""
    held = _holds(participant_id, col(_said_then.answered_at))
    query: _Query = select(held.label("at")).select_from(_time).where(_wanted)
    moment: datetime | None = _rows(desk, query, {"occurrences": [occurrence_id]})[0].at
    return moment


def answered(desk: Desk, occurrence_ids: Collection[int]) -> list[int]:
    """Those of these times to which anybody answered; what carries over apart."""
    query: _Query = (
        select(col(MeetingAnswer.occurrence_id))
        .where(
            col(MeetingAnswer.occurrence_id).in_(occurrence_ids),
            col(MeetingAnswer.answer).is_not(None),
        )
        .distinct()
    )
    return [row.occurrence_id for row in _rows(desk, query, {})]


def put(desk: Desk, occurrence_id: int, participant_id: int, *, there: bool, **values: Any) -> None:
    """Keep something in a participant's row about a time of a meeting.

    Args:
        occurrence_id: the time.
        participant_id: whose row.
        there: whether they have one.
        values: its columns.
    """
    mine = {"occurrence_id": occurrence_id, "participant_id": participant_id}
    statement: Any = insert(MeetingAnswer).values(**{"muted": False, **mine, **values})
    if there:
        statement = update(MeetingAnswer).filter_by(**mine).values(**values)
    desk.session.connection().execute(statement)


def shared(desk: Desk, tracks: Collection[int]) -> int:
    """How many participants there are who are in every one of these tracks."""
    inside = [
        exists().where(
            col(OrganisationTrack.organisation_id) == col(Participant.organisation_id),
            col(OrganisationTrack.track_id) == track,
        )
        for track in tracks
    ]
    query: _Query = (
        select(func.count())
        .select_from(Participant)
        .where(col(Participant.programme_id) == desk.programme_id, *_here(), *inside)
    )
    number: int = _rows(desk, query, {})[0][0]
    return number


def make_due(desk: Desk, member_ids: Collection[int] | None = None) -> None:
    """Let the cards of meetings follow that are not over: whose answers count has changed.

    Args:
        member_ids: only the meetings that these answered to; all where it is left out.
    """
    ahead = select(col(Occurrence.meeting_id)).where(
        col(Occurrence.ends_at) > desk.now, col(Occurrence.cancelled_at).is_(None)
    )
    concerned = [col(Meeting.programme_id) == desk.programme_id, col(Meeting.id).in_(ahead)]
    if member_ids is not None:
        answered_to = (
            select(col(Occurrence.meeting_id))
            .join(MeetingAnswer, col(MeetingAnswer.occurrence_id) == col(Occurrence.id))
            .join(Participant, col(Participant.id) == col(MeetingAnswer.participant_id))
            .where(
                col(Participant.programme_id) == desk.programme_id,
                col(Participant.member_id).in_(member_ids),
            )
        )
        concerned.append(col(Meeting.id).in_(answered_to))
    desk.session.exec(
        update(Meeting).where(*concerned).values(due=True, revision=Meeting.revision + 1)
    )


def _said(answer: str | None) -> Answer | None:
    """An answer that was taken back is none."""
    return None if answer in {None, Answer.OPEN} else Answer(answer)


def _rows(desk: Desk, query: _Query, values: dict[str, Any]) -> Any:
    return desk.session.connection().execute(query, values).all()


_time = aliased(Occurrence)
_earlier = aliased(Occurrence)
_said_then = aliased(MeetingAnswer)
_wanted = col(_time.id).in_(bindparam("occurrences", expanding=True))


def _here() -> list[Any]:
    """The participant has left neither organisation nor server."""
    gone = exists().where(
        col(Member.programme_id) == col(Participant.programme_id),
        col(Member.member_id) == col(Participant.member_id),
        col(Member.gone_at).is_not(None),
    )
    return [col(Participant.left_at).is_(None), ~gone]


def _holds(participant: Any, what: Any = None) -> Any:
    """The answer of a participant that holds at a time, or what else its row has.

    It is OPEN where it was taken back.

    Series are kept in their order, so a greater id is a later time.
    """
    then = col(_said_then.occurrence_id)
    carries = col(_said_then.answer).in_([Answer.GOING, Answer.OPEN])
    fresh = col(_said_then.answered_at) >= col(_time.asked_at)
    return (
        select(col(_said_then.answer) if what is None else what)
        .join(_earlier, col(_earlier.id) == then)
        .where(
            col(_said_then.participant_id) == participant,
            then <= col(_time.id),
            col(_earlier.meeting_id) == col(_time.meeting_id),
            col(_said_then.answer).is_not(None),
            or_(then == col(_time.id), carries),
            or_(col(_time.asked_at).is_(None), fresh),
        )
        .order_by(then.desc())
        .limit(1)
        .correlate(_time, Participant)
        .scalar_subquery()
    )


def _concerned(*columns: Any) -> _Query:
    """Whom each time concerns."""
    inside = exists().where(
        col(OrganisationTrack.organisation_id) == col(Participant.organisation_id),
        col(OrganisationTrack.track_id) == col(Meeting.track_id),
    )
    return (
        select(
            col(_time.id).label("occurrence_id"),
            col(Participant.id).label("participant_id"),
            col(Participant.member_id).label("member_id"),
            col(Organisation.name).label("organisation"),
            _holds(col(Participant.id)).label("answer"),
            *columns,
        )
        .select_from(_time)
        .join(Meeting, col(Meeting.id) == col(_time.meeting_id))
        .join(Participant, col(Participant.programme_id) == col(Meeting.programme_id))
        .join(Organisation, col(Organisation.id) == col(Participant.organisation_id))
        .where(_wanted, *_here(), or_(col(Meeting.track_id).is_(None), inside))
    )


def _counting() -> _Query:
    concerned = _concerned().subquery()
    keys = (concerned.c.occurrence_id, concerned.c.organisation, concerned.c.answer)
    return select(*keys, func.count()).group_by(*keys)


def _lacking() -> _Query:
    concerned = _concerned().subquery()
    said = concerned.c.answer
    silent = or_(said.is_(None), said == Answer.OPEN)
    return select(concerned.c.participant_id).where(silent).limit(1)


def _mine(participant: Any) -> Any:
    """A participant's own row about a time."""
    return and_(
        col(MeetingAnswer.occurrence_id) == col(_time.id),
        col(MeetingAnswer.participant_id) == participant,
    )


def _inviting() -> _Query:
    columns = (col(MeetingAnswer.muted), col(MeetingAnswer.attended_at))
    return _concerned(*columns).outerjoin(MeetingAnswer, _mine(col(Participant.id)))


def _of_one() -> _Query:
    participant: Any = bindparam("participant")
    return (
        select(
            _holds(participant).label("answer"),
            col(MeetingAnswer.participant_id),
            col(MeetingAnswer.answered_at),
            col(MeetingAnswer.attended_at),
            col(MeetingAnswer.muted),
        )
        .select_from(_time)
        .outerjoin(MeetingAnswer, _mine(participant))
        .where(_wanted)
    )


_COUNTS = _counting()
_LACKING = _lacking()
_INVITED = _inviting()
_OWN = _of_one()
