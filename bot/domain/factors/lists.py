"""Lists of factors, page by page: which they hold, in which order."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime

from sqlmodel import Session

from bot.domain.factors import keyareas, views
from bot.domain.factors.finding import StatusesShown
from bot.domain.factors.views import FactorView
from bot.domain.kit.people import need_programme
from bot.domain.members import participants
from bot.domain.members.participants import ParticipantView
from bot.domain.tracks import tracks
from bot.domain.tracks.tracks import TrackView
from storage.enums import FactorKind, Order
from storage.factors import keyareas as kept_areas
from storage.factors import lists as kept
from storage.factors import tallies

PAGE_SIZE = 6


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
    """Some of the factors that a list holds. Pages are counted from 0."""

    factors: tuple[FactorView, ...]
    listing: Listing
    page: int
    pages: int
    total: int
    track: TrackView | None
    key_area: str | None = None


def asked(
    session: Session,
    programme_id: int,
    listing: Listing,
    *,
    track: str | None,
    key_area: str | None,
    now: datetime,
) -> FactorPage:
    """The first page of a list, of the track and under the key area that a person named.

    Raises:
        NotSetUp, TrackNotFound, KeyAreaNotFound: as their names say.
        NotAParticipant: as :func:`listed`.
    """
    need_programme(session, programme_id)
    where = tracks.need(session, programme_id, track) if track else None
    area = keyareas.need(session, programme_id, key_area) if key_area else None
    listing = replace(
        listing,
        track_id=where.id if where else None,
        key_area_id=area.id if area else None,
    )
    return listed(session, programme_id, listing, now=now)


def listed(
    session: Session,
    programme_id: int,
    listing: Listing,
    *,
    page: int = 0,
    size: int = PAGE_SIZE,
    now: datetime,
) -> FactorPage:
    """One page of a list; a page past the end is the last.

    Raises:
        NotSetUp: the server has no programme.
        NotAParticipant: the list is of those that lack the vote of somebody who has none.
    """
    need_programme(session, programme_id)
    if listing.order is Order.NEEDS:
        listing = replace(listing, shown=StatusesShown.OPEN)
    which = _filter(session, programme_id, listing, now)
    total = kept.count(session, which)
    pages = max(1, -(-total // size))
    page = min(max(page, 0), pages - 1)
    rows = kept.page(session, which, listing.order, offset=page * size, limit=size)
    area = kept_areas.find(session, programme_id, listing.key_area_id or 0)
    return FactorPage(
        factors=tuple(views.views(session, programme_id, rows, now)),
        listing=listing,
        page=page,
        pages=pages,
        total=total,
        track=tracks.find(session, programme_id, listing.track_id or 0),
        key_area=area.name if area else None,
    )


def lacking(
    session: Session,
    programme_id: int,
    who: ParticipantView,
    *,
    but: Collection[int],
    size: int,
    now: datetime,
) -> tuple[tuple[FactorView, ...], int]:
    """The factors on which no vote of a participant's organisation counts, though it could.

    Args:
        session: the transaction.
        programme_id: the server.
        who: the participant.
        but: those apart.
        size: at most so many, newest first.
        now: aware UTC.

    Returns:
        the factors, and how many there are in all.
    """
    which = kept.Filter(
        programme_id, statuses=StatusesShown.OPEN.statuses, within=_tracks_of(who), at=now
    )
    heard = tallies.heard_from(session, who.organisation_id, now) | set(but)
    found = [key for key in kept.ids(session, which) if key not in heard]
    rows = kept.of_ids(session, found[:size])
    return tuple(views.views(session, programme_id, rows, now)), len(found)


def _tracks_of(who: ParticipantView) -> tuple[int, ...]:
    return tuple(track.id for track in who.tracks if not track.archived)


def _filter(session: Session, programme_id: int, listing: Listing, now: datetime) -> kept.Filter:
    which = kept.Filter(
        programme_id,
        listing.track_id,
        listing.shown.statuses,
        listing.kind,
        listing.key_area_id,
    )
    if listing.order is not Order.NEEDS:
        return which
    who = participants.need(session, programme_id, listing.reader)
    return replace(which, within=_tracks_of(who), unvoted_by=who.id, at=now)
