"""What our page tells of the programme: what was adopted so far, and what of the tour is done."""

from dataclasses import dataclass
from typing import Final

from bot.domain.factors import lists
from bot.domain.factors.finding import StatusesShown
from bot.domain.factors.lists import Listing
from storage import journal
from storage.desk import Desk
from storage.enums import Order

TOUR: Final = {
    "participant": ("factor.voted", "factor.published", "meeting.answered"),
    "coordinator": ("factor.decided", "digest.sent", "programme.changed"),
}
"""What one tries on a tour, as the journal calls it."""

_MOST: Final = 25
_SEEN: Final = 500  # notes of a kind, among which the first is looked for
_SOWN: Final = "digest.changed"  # with this the example ends


@dataclass(frozen=True)
class Adopted:
    """A factor that was adopted, under its key area."""

    area: str
    title: str
    channel: str
    card: str


@dataclass(frozen=True)
class CameTo:
    """The adopted factors, and which things of the tour somebody has done since the example."""

    adopted: tuple[Adopted, ...]
    done: tuple[str, ...]


def came_to(desk: Desk) -> CameTo:
    """What the programme has come to by now."""
    listing = Listing(shown=StatusesShown.ADOPTED, order=Order.TOP)
    found = lists.listed(desk, listing, size=_MOST).factors.items
    adopted = [
        Adopted(each.key_area or "", each.title, str(each.channel_id), str(each.message_id))
        for each in found
        if each.message_id is not None
    ]
    adopted.sort(key=lambda each: (not each.area, each.area))
    return CameTo(tuple(adopted), _done(desk))


def _done(desk: Desk) -> tuple[str, ...]:
    session, programme = desk.session, desk.programme_id
    sown = journal.recent(session, programme, (_SOWN,), _SEEN)
    if not sown:
        return ()
    kinds = [kind for each in TOUR.values() for kind in each]
    latest = {kind: journal.recent(session, programme, (kind,), 1) for kind in kinds}
    return tuple(
        kind for kind, entries in latest.items() if entries and entries[0].at > sown[-1].at
    )
