"""Lists of factors, page by page: which they hold, in which order."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.factors import counting, keyareas, views
from bot.domain.factors.counting import Stance
from bot.domain.factors.finding import StatusesShown
from bot.domain.factors.views import FactorView
from bot.domain.kit.pages import Page
from bot.domain.kit.people import the_programme
from bot.domain.members import participants, seen_tracks
from bot.domain.members.participants import ParticipantView
from bot.domain.tracks.tracks import TrackView
from storage.desk import Desk
from storage.enums import Choice, FactorKind, FactorStatus, Order
from storage.factors import experiences, tallies
from storage.factors import keyareas as kept_areas
from storage.factors import lists as kept
from storage.members import sight

PAGE_SIZE = 6
_AT_ONCE = 20


@dataclass(frozen=True)
class Listing:
    """Which factors a list holds, in which order; None for any.

    In the order *needs my vote* it holds those open ones that lack the vote of ``reader``, a
    member.
    """

    track_id: int | None = None
    shown: StatusesShown = StatusesShown.OPEN
    order: Order = Order.NEWEST
    kind: FactorKind | None = None
    key_area_id: int | None = None
    reader: int = 0


@dataclass(frozen=True)
class FactorPage:
    """Some of the factors that a list holds."""

    factors: Page[FactorView]
    listing: Listing
    track: TrackView | None
    key_area: str | None = None


def asked(desk: Desk, listing: Listing, *, track: str | None, key_area: str | None) -> FactorPage:
    """The first page of a list, of the track and under the key area that a person named.

    Raises:
        NotSetUp, TrackNotFound, KeyAreaNotFound: as their names say.
        NotAParticipant: as :func:`listed`.
    """
    the_programme(desk)
    where = seen_tracks.need(desk, track) if track else None
    area = keyareas.need(desk, key_area) if key_area else None
    listing = replace(
        listing, track_id=where.id if where else None, key_area_id=area.id if area else None
    )
    return listed(desk, listing)


def listed(desk: Desk, listing: Listing, *, page: int = 0, size: int = PAGE_SIZE) -> FactorPage:
    """One page of a list; a page past the end is the last.

    Raises:
        NotSetUp, TrackNotFound: as their names say.
        NotAParticipant: the list is of those that lack the vote of somebody who has none.
    """
    the_programme(desk)
    track = seen_tracks.find(desk, listing.track_id)
    if listing.order is Order.NEEDS:
        listing = replace(listing, shown=StatusesShown.OPEN)
    which = _filter(desk, listing)
    here = Page.of(range(kept.count(desk, which)), page, size)
    rows = kept.page(desk, which, listing.order, offset=here.page * size, limit=size)
    area = kept_areas.find(desk, listing.key_area_id or 0)
    return FactorPage(
        factors=here.holding(views.views(desk, rows)),
        listing=listing,
        track=track,
        key_area=area.name if area else None,
    )


def lacking(
    desk: Desk, who: ParticipantView, *, but: Collection[int], size: int
) -> tuple[tuple[FactorView, ...], int]:
    """The factors on which no vote of a participant's organisation counts, though it could.

    Args:
        who: the participant.
        but: those apart.
        size: at most so many, newest first.

    Returns:
        the factors, and how many there are in all.
    """
    which = kept.Filter(
        desk.programme_id, statuses=StatusesShown.OPEN.statuses, within=_tracks_of(who), at=desk.now
    )
    heard = tallies.heard_from(desk, who.organisation_id) | set(but)
    found = [key for key in kept.ids(desk, which) if key not in heard]
    rows = kept.of_ids(desk, found[:size])
    return tuple(views.views(desk, rows)), len(found)


def closing(desk: Desk) -> dict[int, datetime]:
    """When votes close (aware UTC), of the factors on which that is still to come."""
    return kept.closing(desk)


def waiting(desk: Desk, who: ParticipantView) -> tuple[list[int], list[int]]:
    """The factors that a participant could vote on, each list newest first.

    Returns:
        those on which no vote of their organisation counts, and those on which only theirs lacks.
    """
    which = kept.Filter(
        desk.programme_id, statuses=StatusesShown.OPEN.statuses, within=_tracks_of(who), at=desk.now
    )
    heard = tallies.heard_from(desk, who.organisation_id)
    silent = [key for key in kept.ids(desk, which) if key not in heard]
    known = set(silent)
    own = [key for key in kept.ids(desk, replace(which, unvoted_by=who.id)) if key not in known]
    return silent, own


def to_tell(desk: Desk, who: ParticipantView) -> Iterator[int]:
    """The factors of which a participant's organisation has told nothing, though it could.

    First those that are adopted, then those that it supports; newest first.
    """
    told = experiences.told_by(desk, who.organisation_id)
    adopted = kept.Filter(
        desk.programme_id, statuses=(FactorStatus.ADOPTED,), within=_tracks_of(who)
    )
    yield from (key for key in kept.ids(desk, adopted) if key not in told)
    heard = tallies.heard_from(desk, who.organisation_id) - told
    open_ones = sorted(heard, reverse=True)
    for start in range(0, len(open_ones), _AT_ONCE):
        some = open_ones[start : start + _AT_ONCE]
        counts = tallies.counts(desk, some)
        yield from (key for key in some if _supports(counts[key], who.organisation_id))


def _supports(counts: Mapping[tuple[int, Choice, bool], int], organisation_id: int) -> bool:
    said = dict.fromkeys(Choice, 0)
    for (organisation, choice, _), number in counts.items():
        if organisation == organisation_id:
            said[choice] += number
    stance = counting.stance(said[Choice.SUPPORT], said[Choice.OBJECT], said[Choice.UNSURE])
    return stance is Stance.SUPPORTS


def _tracks_of(who: ParticipantView) -> tuple[int, ...]:
    return tuple(track.id for track in who.tracks if not track.archived)


def _filter(desk: Desk, listing: Listing) -> kept.Filter:
    which = kept.Filter(
        desk.programme_id,
        listing.track_id,
        listing.shown.statuses,
        listing.kind,
        listing.key_area_id,
        hidden=sight.hidden(desk),
    )
    if listing.order is not Order.NEEDS:
        return which
    who = participants.need(desk, listing.reader)
    return replace(which, within=_tracks_of(who), unvoted_by=who.id, at=desk.now)
