"""Factors: publishing them, finding them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session

from bot.domain import drafts, members, names, participants, tracks
from bot.domain.errors import (
    DraftUnfinished,
    FactorNotFound,
    TooManyFactors,
)
from bot.domain.people import need_programme
from bot.domain.tracks import TrackView
from storage import factors as kept
from storage import journal, organisations
from storage import participants as kept_participants
from storage.enums import Choice, FactorKind, FactorStatus, Language
from storage.factors import Factor

HOURLY_LIMIT = 5
PAGE_SIZE = 6


@dataclass(frozen=True)
class Tally:
    """Who has voted: participants by choice, and how many organisations and tracks are heard.

    ``tracks_heard`` counts the tracks in which at least one organisation has voted. Only votes
    that count now are in it: their participants have not left, and their organisations take
    part in the factor's tracks.
    """

    support: int = 0
    unsure: int = 0
    objections: int = 0
    organisations_heard: int = 0
    organisations: int = 0
    tracks_heard: int = 0
    tracks: int = 0

    @property
    def voters(self) -> int:
        """How many participants have voted."""
        return self.support + self.unsure + self.objections


@dataclass(frozen=True)
class FactorView:
    """A factor as everyone may see it. Without ``track`` it belongs to all tracks.

    ``proposer_id`` is not positive once the proposer was erased: then nobody is named.
    ``revision`` grows with every change of what the card shows.
    """

    id: int
    programme_id: int
    language: Language
    title: str
    kind: FactorKind
    how: str
    track: TrackView | None
    organisation: str
    proposer_id: int
    status: FactorStatus
    revision: int
    created_at: datetime
    tally: Tally
    channel_id: int | None
    message_id: int | None
    thread_id: int | None

    @property
    def url(self) -> str | None:
        """Where the card is, if it was posted."""
        if self.message_id is None:
            return None
        server, channel = self.programme_id, self.channel_id
        return f"https://discord.com/channels/{server}/{channel}/{self.message_id}"


@dataclass(frozen=True)
class FactorPage:
    """Some of the factors that a list holds. Pages are counted from 0."""

    factors: tuple[FactorView, ...]
    page: int
    pages: int
    total: int
    status: FactorStatus
    track: TrackView | None


def publish(
    session: Session, programme_id: int, member_id: int, draft_id: int, *, now: datetime
) -> FactorView:
    """Make a factor of a draft.

    Args:
        session: the transaction.
        programme_id: the server.
        member_id: the draft's author.
        draft_id: which draft.
        now: aware UTC.

    Raises:
        NotSetUp, NotAParticipant: as in :mod:`bot.domain.drafts`.
        DraftGone: it was published already, or its day is over.
        DraftUnfinished: it has no title or no HOW.
        TooManyFactors: the person has published five in the last hour.
    """
    who = participants.need(session, programme_id, member_id)
    draft = drafts.view(session, programme_id, member_id, draft_id, now=now)
    if draft.problems:
        raise DraftUnfinished
    _need_pace(session, programme_id, member_id, now)
    row = Factor(
        programme_id=programme_id,
        track_id=draft.track.id if draft.track else None,
        title=draft.title,
        folded=names.fold(draft.title),
        kind=draft.kind,
        how=draft.how,
        participant_id=who.id,
        organisation_id=who.organisation_id,
        created_at=now,
    )
    session.add(row)
    session.flush()
    drafts.discard(session, draft_id)
    members.seen(session, programme_id, member_id, now=now)
    journal.write(
        session, programme_id, now, member_id, "factor.published", row.id, track=row.track_id
    )
    return _view(session, row)


def posted(
    session: Session,
    programme_id: int,
    factor_id: int,
    *,
    channel_id: int,
    message_id: int,
    thread_id: int | None,
) -> FactorView:
    """Remember where the factor's card is (Discord ids).

    Raises:
        FactorNotFound: there is none with this id in this programme.
    """
    row = need(session, programme_id, factor_id)
    row.channel_id, row.message_id, row.thread_id = channel_id, message_id, thread_id
    session.add(row)
    session.flush()
    return _view(session, row)


def show(session: Session, programme_id: int, factor_id: int) -> FactorView:
    """A factor.

    Raises:
        FactorNotFound: there is none with this id in this programme.
    """
    return _view(session, need(session, programme_id, factor_id))


def named(session: Session, programme_id: int, said: str) -> FactorView:
    """The factor that a person named, by its id from a list or by its title.

    Raises:
        NotSetUp: the server has no programme.
        FactorNotFound: there is none like it.
    """
    need_programme(session, programme_id)
    key = names.id_said(said)
    if key is not None and (row := kept.find(session, programme_id, key)):
        return _view(session, row)
    found = suggest(session, programme_id, said, 1) if names.fold(said) else []
    if not found:
        raise FactorNotFound
    return show(session, programme_id, found[0][0])


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
    *,
    track_id: int | None,
    status: FactorStatus,
    page: int,
) -> FactorPage:
    """One page of the factors of a status, newest first; a page past the end is the last.

    Raises:
        NotSetUp: the server has no programme.
    """
    need_programme(session, programme_id)
    total = kept.count(session, programme_id, track_id=track_id, status=status)
    pages = max(1, -(-total // PAGE_SIZE))
    page = min(max(page, 0), pages - 1)
    rows = kept.page(
        session,
        programme_id,
        track_id=track_id,
        status=status,
        offset=page * PAGE_SIZE,
        limit=PAGE_SIZE,
    )
    views = tuple(views_of(session, programme_id, rows))
    by_id = {track.id: track for track in tracks.all_of(session, programme_id)}
    return FactorPage(views, page, pages, total, status, by_id.get(track_id or 0))


def views_of(session: Session, programme_id: int, rows: Sequence[Factor]) -> list[FactorView]:
    """Several factors at once, with as few queries as one takes."""
    language = need_programme(session, programme_id).language
    by_track = {track.id: track for track in tracks.all_of(session, programme_id)}
    inside = organisations.memberships(session, programme_id)
    found = kept.tallies(session, [row.id or 0 for row in rows])
    views = []
    for row in rows:
        organisation = organisations.find(session, programme_id, row.organisation_id)
        proposer = session.get(kept_participants.Participant, row.participant_id)
        views.append(
            FactorView(
                id=row.id or 0,
                programme_id=programme_id,
                language=language,
                title=row.title,
                kind=row.kind,
                how=row.how,
                track=by_track.get(row.track_id or 0),
                organisation=organisation.name if organisation else "",
                proposer_id=proposer.member_id if proposer else 0,
                status=row.status,
                revision=row.revision,
                created_at=row.created_at,
                tally=_tally(row.track_id, found[row.id or 0], inside, set(by_track)),
                channel_id=row.channel_id,
                message_id=row.message_id,
                thread_id=row.thread_id,
            )
        )
    return views


def _view(session: Session, row: Factor) -> FactorView:
    return views_of(session, row.programme_id, [row])[0]


def _tally(
    track_id: int | None,
    votes: dict[tuple[int, Choice], int],
    inside: dict[int, list[int]],
    all_tracks: set[int],
) -> Tally:
    scope = all_tracks if track_id is None else {track_id}
    electorate = {key for key, joined in inside.items() if scope & set(joined)}
    heard = {organisation for organisation, _ in votes}
    by_choice = dict.fromkeys(Choice, 0)
    for (_, choice), number in votes.items():
        by_choice[choice] += number
    return Tally(
        support=by_choice[Choice.SUPPORT],
        unsure=by_choice[Choice.UNSURE],
        objections=by_choice[Choice.OBJECT],
        organisations_heard=len(heard),
        organisations=len(electorate),
        tracks_heard=len({t for key in heard for t in inside.get(key, [])} & scope),
        tracks=len(scope),
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


def _need_pace(session: Session, programme_id: int, member_id: int, now: datetime) -> None:
    since = now - timedelta(hours=1)
    if kept.published_since(session, programme_id, member_id, since) >= HOURLY_LIMIT:
        raise TooManyFactors(limit=HOURLY_LIMIT)
