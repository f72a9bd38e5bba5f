"""How a programme is: what it holds, and what of it coordinators have been told is wrong."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from bot.domain.kit.people import need_coordinator, need_programme
from bot.domain.programme import programmes
from bot.domain.programme.programmes import ProgrammeView
from storage import journal
from storage.desk import Person
from storage.factors import lists
from storage.members import participants
from storage.organisations import organisations

_DRIFTED = "place.drifted"


@dataclass(frozen=True)
class StatusView:
    """What a programme holds, in numbers.

    ``empty`` counts the organisations without a participant, ``cardless`` the factors whose card
    stands nowhere.
    """

    programme: ProgrammeView
    organisations: int
    empty: int
    participants: int
    cardless: int


def status(session: Session, programme_id: int, person: Person) -> StatusView:
    """How the programme is.

    Raises:
        NotSetUp: the server has no programme.
        CoordinatorsOnly: the person is none.
    """
    view = need_to_repair(session, programme_id, person)
    there = {row.id for row in organisations.of_programme(session, programme_id)}
    joined = participants.counts(session, programme_id)
    return StatusView(
        programme=view,
        organisations=len(there),
        empty=len(there - joined.keys()),
        participants=sum(joined.values()),
        cardless=len(lists.without_card(session, programme_id)),
    )


def need_to_repair(session: Session, programme_id: int, person: Person) -> ProgrammeView:
    """The programme, for somebody who may repair it.

    Raises:
        NotSetUp, CoordinatorsOnly: as :func:`status`.
    """
    need_programme(session, programme_id)
    need_coordinator(session, programme_id, person)
    return programmes.view(session, programme_id)


def cardless(session: Session, programme_id: int) -> list[int]:
    """The factors whose card stands nowhere, oldest first."""
    return lists.without_card(session, programme_id)


def known_troubles(session: Session, programme_id: int) -> frozenset[str]:
    """The marks of what was wrong when coordinators were last told."""
    latest = journal.recent(session, programme_id, (_DRIFTED,), 1)
    return frozenset(latest[0].data["wrong"] if latest else ())


def note_troubles(
    session: Session, programme_id: int, marks: Collection[str], *, now: datetime
) -> None:
    """Remember what is wrong now, so that nobody is told of it again while it lasts."""
    if known_troubles(session, programme_id) != frozenset(marks):
        journal.write(session, programme_id, now, None, _DRIFTED, wrong=sorted(marks))
