"""How a programme is: what it holds, and what of it coordinators have been told is wrong."""

from collections.abc import Collection
from dataclasses import dataclass

from bot.domain.kit.people import only_coordinators, the_programme
from bot.domain.programme import programmes
from bot.domain.programme.programmes import ProgrammeView
from storage import journal
from storage.desk import Desk
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


def status(desk: Desk) -> StatusView:
    """How the programme is.

    Raises:
        NotSetUp: the server has no programme.
        CoordinatorsOnly: the person is none.
    """
    view = need_to_repair(desk)
    there = {row.id for row in organisations.of_programme(desk)}
    joined = participants.counts(desk)
    return StatusView(
        programme=view,
        organisations=len(there),
        empty=len(there - joined.keys()),
        participants=sum(joined.values()),
        cardless=len(lists.without_card(desk)),
    )


def need_to_repair(desk: Desk) -> ProgrammeView:
    """The programme, for somebody who may repair it.

    Raises:
        NotSetUp, CoordinatorsOnly: as :func:`status`.
    """
    the_programme(desk)
    only_coordinators(desk)
    return programmes.view(desk)


def cardless(desk: Desk) -> list[int]:
    """The factors whose card stands nowhere, oldest first."""
    return lists.without_card(desk)


def known_troubles(desk: Desk) -> frozenset[str]:
    """The marks of what was wrong when coordinators were last told."""
    latest = journal.recent(desk.session, desk.programme_id, (_DRIFTED,), 1)
    return frozenset(latest[0].data["wrong"] if latest else ())


def note_troubles(desk: Desk, marks: Collection[str]) -> None:
    """Remember what is wrong now, so that nobody is told of it again while it lasts."""
    if known_troubles(desk) != frozenset(marks):
        journal.write(
            desk.session, desk.programme_id, desk.now, None, _DRIFTED, wrong=sorted(marks)
        )
