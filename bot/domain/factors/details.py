"""Everything about one factor, for one reader: what its card has no room for."""

from dataclasses import dataclass, replace

from bot.domain.factors import edits, experiences, factors, votes
from bot.domain.factors.edits import Rights
from bot.domain.factors.experiences import ExperienceView
from bot.domain.factors.views import FactorView
from bot.domain.factors.votes import Ballot, Objection
from storage.desk import Desk
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


def of(desk: Desk, factor_id: int) -> FactorDetails:
    """A factor as one person may see it.

    Raises:
        FactorNotFound: there is none with this id in this programme.
    """
    factor = factors.show(desk, factor_id)
    who = participants.current(desk, desk.asker.id)
    return FactorDetails(
        factor=factor,
        ballot=votes.cast_by(desk, factor_id, who.id or 0) if who else None,
        objections=factor.tally.objections,
        experiences=sum(factor.experiences.values()),
        rights=edits.rights(desk, factor_id),
    )


def objections(desk: Desk, factor_id: int) -> Objections:
    """Why participants object to a factor.

    Raises:
        FactorNotFound: there is none with this id in this programme.
    """
    factor = factors.show(desk, factor_id)
    return Objections(factor, tuple(votes.objections(desk, factor_id)))


def told(desk: Desk, factor_id: int) -> Experiences:
    """What organisations tell of a factor; who wrote it is for coordinators alone.

    Raises:
        FactorNotFound: there is none with this id in this programme.
    """
    factor = factors.show(desk, factor_id)
    found = experiences.of_factor(desk, factor_id)
    if not edits.rights(desk, factor_id).decides:
        found = [replace(each, member_id=0) for each in found]
    waiting = experiences.to_confirm(desk, desk.asker.id)
    return Experiences(factor, tuple(found), frozenset(each.id for each in waiting))
