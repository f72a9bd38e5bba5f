"""Tracks: a programme's lines of work, as others see them and as coordinators change them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from bot.domain import names, track_fields
from bot.domain.errors import (
    NothingToChange,
    TooManyTracks,
    TrackArchived,
    TrackNotArchived,
    TrackNotFound,
)
from bot.domain.people import Person, need_coordinator, need_programme
from storage import factors, journal, organisations, tracks
from storage.tracks import Track

LIMIT = 20
DEFAULT_EMOJI = "🧭"


@dataclass(frozen=True)
class TrackView:
    """A track.

    A ``closed`` one is seen by its participants and coordinators alone; an ``archived`` one keeps
    all it holds and takes nothing new. ``discussion_days`` pass before votes on a new factor open,
    and ``voting_days`` from then until they close; 0 is at once, and never.
    """

    id: int
    name: str
    emoji: str
    short: str
    description: str = ""
    closed: bool = False
    archived: bool = False
    discussion_days: int = 0
    voting_days: int = 0


@dataclass(frozen=True)
class TrackListing:
    """A track in a list, with how many organisations take part in it."""

    track: TrackView
    organisations: int


@dataclass(frozen=True)
class Edited:
    """A track before and after a change; alike where everything was so already."""

    before: TrackView
    after: TrackView


def view(track: Track) -> TrackView:
    """What others may know of a track."""
    return TrackView(
        track.id or 0,
        track.name,
        track.emoji,
        track.short,
        track.description,
        track.closed,
        track.archived_at is not None,
        track.discussion_days,
        track.voting_days,
    )


def all_of(session: Session, programme_id: int) -> tuple[TrackView, ...]:
    """The programme's tracks, archived ones too, in the order they were made."""
    return tuple(view(track) for track in tracks.of_programme(session, programme_id))


def in_use(session: Session, programme_id: int) -> tuple[TrackView, ...]:
    """The programme's tracks that are not archived, in the order they were made."""
    return tuple(track for track in all_of(session, programme_id) if not track.archived)


def listed(session: Session, programme_id: int) -> tuple[TrackListing, ...]:
    """The programme's tracks for a list: those in use first, each in the order it was made.

    Raises:
        NotSetUp: the server has no programme.
    """
    need_programme(session, programme_id)
    joined = organisations.memberships(session, programme_id).values()
    inside = [track_id for track_ids in joined for track_id in track_ids]
    found = [TrackListing(track, inside.count(track.id)) for track in all_of(session, programme_id)]
    return tuple(sorted(found, key=lambda listing: listing.track.archived))


def suggest(
    session: Session, programme_id: int, typed: str, limit: int, *, archived: bool | None = None
) -> list[TrackView]:
    """The tracks that fit what was typed, best first.

    Args:
        session: the transaction.
        programme_id: the server.
        typed: what the person has written so far.
        limit: at most so many.
        archived: only archived ones, or only those in use; all of them if it is left out.
    """
    there = all_of(session, programme_id)
    found = {track.id: track for track in there if archived in {None, track.archived}}
    chosen = names.closest(typed, {key: track.name for key, track in found.items()}, limit)
    return [found[key] for key in chosen]


def find(session: Session, programme_id: int, track_id: int) -> TrackView | None:
    """A track of this programme, if there is one with this id."""
    track = tracks.find(session, programme_id, track_id)
    return view(track) if track else None


def need(session: Session, programme_id: int, said: str) -> TrackView:
    """The track that a person named, by its id from a list or by its name.

    Raises:
        TrackNotFound: the programme has none like it.
    """
    found = {track.id: track for track in all_of(session, programme_id)}
    key = names.id_said(said)
    if key in found:
        return found[key]
    by_name = {key: track.name for key, track in found.items()}
    for track in found.values():
        if names.fold(said) in {names.fold(track.name), names.fold(track.short)}:
            return track
    chosen = names.closest(said, by_name, 1) if names.fold(said) else []
    if not chosen:
        raise TrackNotFound(name=said)
    return found[chosen[0]]


def check_new(
    session: Session,
    programme_id: int,
    person: Person,
    *,
    name: str,
    description: str = "",
    emoji: str = "",
) -> TrackView:
    """The track that :func:`create` would make, without an id, and nothing made yet.

    Raises:
        As :func:`create`.
    """
    need_programme(session, programme_id)
    need_coordinator(session, programme_id, person)
    there = all_of(session, programme_id)
    if len(there) >= LIMIT:
        raise TooManyTracks(limit=LIMIT)
    name = track_fields.name(name, [track.name for track in there])
    return TrackView(
        0,
        name,
        track_fields.emoji(emoji or DEFAULT_EMOJI),
        track_fields.short_name(name, {track.short for track in there}),
        track_fields.description(description),
    )


def create(
    session: Session,
    programme_id: int,
    person: Person,
    *,
    name: str,
    description: str = "",
    emoji: str = "",
    now: datetime,
) -> TrackView:
    """Begin a track; what belongs to it in Discord is made afterwards.

    Args:
        session: the transaction.
        programme_id: the server.
        person: who asks.
        name: what it is called.
        description: what it is for; may be empty.
        emoji: one emoji; a compass where it is left out.
        now: aware UTC.

    Raises:
        NotSetUp: the server has no programme.
        CoordinatorsOnly: the person is none.
        TooManyTracks: there are twenty already.
        TextMissing, NameTooLong: nothing is left of the name, or it is over 80 characters.
        TrackExists: another track's name is the same or nearly so.
        DescriptionTooLong: it is over 200 characters.
        NotAnEmoji: it is none, or several, or a server's own.
    """
    new = check_new(session, programme_id, person, name=name, description=description, emoji=emoji)
    row = Track(
        programme_id=programme_id,
        name=new.name,
        short=new.short,
        emoji=new.emoji,
        description=new.description,
        created_at=now,
    )
    session.add(row)
    session.flush()
    factors.make_due(session, programme_id)
    journal.write(session, programme_id, now, person.id, "track.created", row.id, name=new.name)
    return view(row)


def edit(
    session: Session,
    programme_id: int,
    person: Person,
    said: str,
    changes: Mapping[str, str | int | None],
    *,
    now: datetime,
) -> Edited:
    """Change what a track is called, who sees it, or when its factors are voted on.

    Days are for factors that are published from now on; those that are there keep theirs.

    Args:
        session: the transaction.
        programme_id: the server.
        person: who asks.
        said: the track, by its id from a list or by its name.
        changes: ``name``, ``description``, ``emoji``, ``closed``, ``discussion_days``,
            ``voting_days``; None and what is left out stay.
        now: aware UTC.

    Raises:
        NotSetUp, CoordinatorsOnly, TrackNotFound: as elsewhere.
        NothingToChange: there is no change in ``changes``.
        TextMissing, NameTooLong, TrackExists, DescriptionTooLong, NotAnEmoji: as :func:`create`.
        DaysOutOfRange: a number of days is not from 0 to 365.
    """
    row = _need_row(session, programme_id, person, said)
    wanted = {key: value for key, value in changes.items() if value is not None}
    if not wanted:
        raise NothingToChange
    before = view(row)
    others = [track.name for track in all_of(session, programme_id) if track.id != row.id]
    checked = {key: track_fields.checked(key, value, others) for key, value in wanted.items()}
    differing = {key: value for key, value in checked.items() if value != getattr(before, key)}
    if differing:
        row.sqlmodel_update(differing)
        session.add(row)
        session.flush()
        factors.make_due(session, programme_id)
        what = {key: [getattr(before, key), value] for key, value in differing.items()}
        journal.write(session, programme_id, now, person.id, "track.edited", row.id, **what)
    return Edited(before, view(row))


def archive(
    session: Session, programme_id: int, person: Person, track_id: int, *, now: datetime
) -> Edited:
    """Let a track take nothing new; all that it holds stays.

    Raises:
        NotSetUp, CoordinatorsOnly, TrackNotFound: as elsewhere.
        TrackArchived: it is archived already.
    """
    row = _need_row(session, programme_id, person, track_id)
    if row.archived_at is not None:
        raise TrackArchived(track=row.name)
    return _set_archived(session, row, person, now, now)


def reopen(
    session: Session, programme_id: int, person: Person, said: str, *, now: datetime
) -> Edited:
    """Let an archived track go on.

    Raises:
        NotSetUp, CoordinatorsOnly, TrackNotFound: as elsewhere.
        TrackNotArchived: it is open already.
    """
    row = _need_row(session, programme_id, person, said)
    if row.archived_at is None:
        raise TrackNotArchived(track=row.name)
    return _set_archived(session, row, person, None, now)


def need_to_change(
    session: Session, programme_id: int, person: Person, said: str | int
) -> TrackView:
    """A track, for somebody who may change it; by its id, or as they typed it.

    Raises:
        NotSetUp, CoordinatorsOnly, TrackNotFound: as elsewhere.
    """
    return view(_need_row(session, programme_id, person, said))


def need_in_use(session: Session, programme_id: int, person: Person, said: str) -> TrackView:
    """A track that a coordinator may archive.

    Raises:
        NotSetUp, CoordinatorsOnly, TrackNotFound, TrackArchived: as :func:`archive`.
    """
    found = need_to_change(session, programme_id, person, said)
    if found.archived:
        raise TrackArchived(track=found.name)
    return found


def _need_row(session: Session, programme_id: int, person: Person, said: str | int) -> Track:
    need_programme(session, programme_id)
    need_coordinator(session, programme_id, person)
    track_id = need(session, programme_id, said).id if isinstance(said, str) else said
    row = tracks.find(session, programme_id, track_id)
    if row is None:
        raise TrackNotFound(name=str(said))
    return row


def _set_archived(
    session: Session, row: Track, person: Person, at: datetime | None, now: datetime
) -> Edited:
    before = view(row)
    row.archived_at = at
    session.add(row)
    session.flush()
    kind = "track.archived" if at else "track.reopened"
    journal.write(session, row.programme_id, now, person.id, kind, row.id, name=row.name)
    return Edited(before, view(row))
