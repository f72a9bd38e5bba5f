"""Tracks begun, changed, archived and reopened."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from bot.domain.kit.errors import NothingToChange
from bot.domain.kit.people import need_coordinator, need_programme
from bot.domain.tracks import fields
from bot.domain.tracks.errors import TooManyTracks, TrackArchived, TrackNotArchived, TrackNotFound
from bot.domain.tracks.tracks import TrackView, all_of, need, view
from storage import journal
from storage.desk import Person
from storage.factors import factors
from storage.tracks import tracks
from storage.tracks.tracks import Track

LIMIT = 20
DEFAULT_EMOJI = "🧭"


@dataclass(frozen=True)
class EditedTrack:
    """A track before and after a change; alike where everything was so already."""

    before: TrackView
    after: TrackView


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
    name = fields.name(name, [track.name for track in there])
    return TrackView(
        0,
        name,
        fields.emoji(emoji or DEFAULT_EMOJI),
        fields.short_name(name, {track.short for track in there}),
        fields.description(description),
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
) -> EditedTrack:
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
    checked = {key: fields.checked(key, value, others) for key, value in wanted.items()}
    differing = {key: value for key, value in checked.items() if value != getattr(before, key)}
    if differing:
        row.sqlmodel_update(differing)
        session.add(row)
        session.flush()
        factors.make_due(session, programme_id)
        what = {key: [getattr(before, key), value] for key, value in differing.items()}
        journal.write(session, programme_id, now, person.id, "track.edited", row.id, **what)
    return EditedTrack(before, view(row))


def archive(
    session: Session, programme_id: int, person: Person, track_id: int, *, now: datetime
) -> EditedTrack:
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
) -> EditedTrack:
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
) -> EditedTrack:
    before = view(row)
    row.archived_at = at
    session.add(row)
    session.flush()
    kind = "track.archived" if at else "track.reopened"
    journal.write(session, row.programme_id, now, person.id, kind, row.id, name=row.name)
    return EditedTrack(before, view(row))
