"""Everything about one factor, for one reader: what its card has no room for."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlmodel import Session

from bot.domain.factors import edits, experiences, factors, votes
from bot.domain.factors.edits import Rights
from bot.domain.factors.experiences import ExperienceView
from bot.domain.factors.views import FactorView
from bot.domain.factors.votes import Ballot, Objection
from storage.desk import Person
from storage.members import participants


@dataclass(frozen=True)
class FactorDetails:
    """A factor, the reader's own vote on it, and what else can be read and done.

    ``ballot`` is None for whoever takes part in nothing.
    """

    factor: FactorView
    ballot: Ballot | None
    objections: int
    experiences: int
    rights: Rights


@dataclass(frozen=True)
class Objections:
    """Why participants object to a factor, newest first."""

    factor: FactorView
    objections: tuple[Objection, ...]


@dataclass(frozen=True)
class Experiences:
    """What organisations tell of a factor, newest first; ``waiting`` for the reader to confirm."""

    factor: FactorView
    experiences: tuple[ExperienceView, ...]
    waiting: frozenset[int]


def of(
    session: Session, programme_id: int, person: Person, factor_id: int, *, now: datetime
) -> FactorDetails:
    """A factor as one person may see it.

    Raises:
        FactorNotFound: there is none with this id in this programme.
    """
    factor = factors.show(session, programme_id, factor_id, now=now)
    who = participants.current(session, programme_id, person.id)
    return FactorDetails(
        factor=factor,
        ballot=votes.cast_by(session, factor_id, who.id or 0) if who else None,
        objections=factor.tally.objections,
        experiences=sum(factor.experiences.values()),
        rights=edits.rights(session, programme_id, person, factor_id),
    )


def objections(session: Session, programme_id: int, factor_id: int, *, now: datetime) -> Objections:
    """Why participants object to a factor.

    Raises:
        FactorNotFound: there is none with this id in this programme.
    """
    factor = factors.show(session, programme_id, factor_id, now=now)
    return Objections(factor, tuple(votes.objections(session, programme_id, factor_id, now=now)))


def told(
    session: Session, programme_id: int, person: Person, factor_id: int, *, now: datetime
) -> Experiences:
    """What organisations tell of a factor; who wrote it is for coordinators alone.

    Raises:
        FactorNotFound: there is none with this id in this programme.
    """
    factor = factors.show(session, programme_id, factor_id, now=now)
    found = experiences.of_factor(session, programme_id, factor_id)
    if not edits.rights(session, programme_id, person, factor_id).decides:
        found = [replace(each, member_id=0) for each in found]
    waiting = experiences.to_confirm(session, programme_id, person.id)
    return Experiences(factor, tuple(found), frozenset(each.id for each in waiting))
