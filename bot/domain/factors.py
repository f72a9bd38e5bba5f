"""Factors: publishing them, finding them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlmodel import Session

from bot.domain import drafts, factor_views, members, names, participants, tracks
from bot.domain.drafts import DraftView
from bot.domain.errors import DraftUnfinished, FactorNotFound, TooManyFactors
from bot.domain.factor_views import FactorView
from bot.domain.people import Person, need_programme
from bot.domain.tracks import TrackView
from storage import factor_lists, journal
from storage import factors as kept
from storage import participants as kept_participants
from storage import tracks as kept_tracks
from storage.enums import FactorKind, FactorStatus, Order
from storage.factors import Factor

HOURLY_LIMIT = 5
PAGE_SIZE = 6


@dataclass(frozen=True)
class Listing:
    """Which factors a list holds, in which order; None for any.

    In the order *needs my vote* it holds those that lack the vote of ``reader``, a member.
    """

    track_id: int | None = None
    status: FactorStatus | None = FactorStatus.OPEN
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


def publish(
    session: Session, programme_id: int, person: Person, draft_id: int, *, now: datetime
) -> FactorView:
    """Make a factor of a draft; one on an organisation's behalf takes a coordinator.

    Args:
        session: the transaction.
        programme_id: the server.
        person: the draft's author.
        draft_id: which draft.
        now: aware UTC.

    Raises:
        NotSetUp, NotAParticipant, CoordinatorsOnly: as in :mod:`bot.domain.drafts`.
        DraftGone: it was published already, or its day is over.
        DraftUnfinished: it has no title or no HOW.
        TooManyFactors: the person has published five in the last hour.
    """
    draft = drafts.view(session, programme_id, person, draft_id, now=now)
    if draft.problems:
        raise DraftUnfinished
    if not draft.on_behalf:
        _need_pace(session, programme_id, person.id, now)
    row = kept.add(session, _row(session, programme_id, person.id, draft, now))
    drafts.discard(session, draft_id)
    members.seen(session, programme_id, person.id, now=now)
    journal.write(
        session, programme_id, now, person.id, "factor.published", row.id, track=row.track_id
    )
    return factor_views.view(session, row, now)


def posted(
    session: Session,
    programme_id: int,
    factor_id: int,
    *,
    channel_id: int,
    message_id: int,
    thread_id: int | None,
    now: datetime,
) -> FactorView:
    """Remember where the factor's card is (Discord ids).

    Raises:
        FactorNotFound: there is none with this id in this programme.
    """
    row = need(session, programme_id, factor_id)
    row.channel_id, row.message_id, row.thread_id = channel_id, message_id, thread_id
    session.add(row)
    session.flush()
    return factor_views.view(session, row, now)


def lost(
    session: Session, programme_id: int, message_ids: Sequence[int], thread_id: int | None
) -> None:
    """Note that messages or a thread are gone from Discord, whatever they were.

    Cards among them stand nowhere until they are posted again.
    """
    if message_ids:
        kept.forget_messages(session, programme_id, message_ids)
    if thread_id is not None:
        kept.forget_thread(session, programme_id, thread_id)


def heard(session: Session, programme_id: int, thread_id: int, *, now: datetime) -> None:
    """Note that somebody said something in a thread, if it is a factor's.

    Neither what nor who is kept.
    """
    factor_id = kept.heard(session, programme_id, thread_id)
    if factor_id is not None:
        journal.write(session, programme_id, now, None, "factor.discussed", factor_id)


def show(session: Session, programme_id: int, factor_id: int, *, now: datetime) -> FactorView:
    """A factor.

    Raises:
        FactorNotFound: there is none with this id in this programme.
    """
    return factor_views.view(session, need(session, programme_id, factor_id), now)


def named(session: Session, programme_id: int, said: str, *, now: datetime) -> FactorView:
    """The factor that a person named, by its id from a list or by its title.

    Raises:
        NotSetUp: the server has no programme.
        FactorNotFound: there is none like it.
    """
    need_programme(session, programme_id)
    key = names.id_said(said)
    if key is not None and (row := kept.find(session, programme_id, key)):
        return factor_views.view(session, row, now)
    found = suggest(session, programme_id, said, 1) if names.fold(said) else []
    if not found:
        raise FactorNotFound
    return show(session, programme_id, found[0][0], now=now)


def suggest(session: Session, programme_id: int, typed: str, limit: int) -> list[tuple[int, str]]:
    """Ids and titles of the factors that fit what was typed, best first, then newest."""
    exact = kept.titles(session, programme_id, names.fold(typed), limit)
    if exact:
        return exact
    recent = dict(kept.titles(session, programme_id, "", 500))
    return [(key, recent[key]) for key in names.closest(typed, recent, limit)]


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
    which = _filter(session, programme_id, listing, now)
    total = factor_lists.count(session, which)
    pages = max(1, -(-total // size))
    page = min(max(page, 0), pages - 1)
    rows = factor_lists.page(session, which, listing.order, offset=page * size, limit=size)
    by_id = {track.id: track for track in tracks.all_of(session, programme_id)}
    return FactorPage(
        factors=tuple(factor_views.views(session, programme_id, rows, now)),
        listing=listing,
        page=page,
        pages=pages,
        total=total,
        track=by_id.get(listing.track_id or 0),
    )


def need(session: Session, programme_id: int, factor_id: int) -> Factor:
    """The row of a factor, for use cases.

    Raises:
        FactorNotFound: there is none with this id in this programme.
    """
    row = kept.find(session, programme_id, factor_id)
    if row is None:
        raise FactorNotFound
    return row


def _filter(
    session: Session, programme_id: int, listing: Listing, now: datetime
) -> factor_lists.Filter:
    which = factor_lists.Filter(
        programme_id, listing.track_id, listing.status, listing.kind, listing.key_area_id
    )
    if listing.order is not Order.NEEDS:
        return which
    who = participants.need(session, programme_id, listing.reader)
    return replace(
        which,
        status=FactorStatus.OPEN,
        within=tuple(track.id for track in who.tracks if not track.archived),
        unvoted_by=who.id,
        at=now,
    )


def _row(
    session: Session, programme_id: int, member_id: int, draft: DraftView, now: datetime
) -> Factor:
    track = kept_tracks.find(session, programme_id, draft.track.id) if draft.track else None
    opens_at = now + timedelta(days=track.discussion_days) if track else now
    voting_days = track.voting_days if track else 0
    who = kept_participants.current(session, programme_id, member_id)
    return Factor(
        programme_id=programme_id,
        track_id=track.id if track else None,
        title=draft.title,
        folded=names.fold(draft.title),
        kind=draft.kind,
        how=draft.how,
        context=draft.context,
        evidence=draft.evidence,
        key_area_id=draft.key_area_id,
        participant_id=who.id if who and not draft.on_behalf else None,
        organisation_id=draft.organisation_id,
        on_behalf=draft.on_behalf,
        discreet=draft.discreet,
        opens_at=opens_at if opens_at > now else None,
        closes_at=opens_at + timedelta(days=voting_days) if voting_days else None,
        source_channel_id=draft.source[0] if draft.source else None,
        source_message_id=draft.source[1] if draft.source else None,
        created_at=now,
    )


def _need_pace(session: Session, programme_id: int, member_id: int, now: datetime) -> None:
    since = now - timedelta(hours=1)
    if kept.published_since(session, programme_id, member_id, since) >= HOURLY_LIMIT:
        raise TooManyFactors(limit=HOURLY_LIMIT)
