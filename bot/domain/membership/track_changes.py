"""Tracks begun, changed, archived and reopened."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.domain.kit import names
from bot.domain.kit.errors import NothingToChange
from bot.domain.kit.people import only_coordinators, the_programme
from bot.domain.meetings.views import changed
from bot.domain.tracks import fields
from bot.domain.tracks.errors import TooManyTracks, TrackArchived, TrackNotArchived, TrackNotFound
from bot.domain.tracks.tracks import TrackView, all_of, need, view
from storage.desk import Desk
from storage.factors import changes as factor_changes
from storage.meetings import lists
from storage.tracks import tracks
from storage.tracks.tracks import Track

LIMIT = 20
DEFAULT_EMOJI = "🧭"


@dataclass(frozen=True)
class EditedTrack:
    """A track before and after a change; alike where everything was so already."""

    before: TrackView
    after: TrackView


def check_new(desk: Desk, *, name: str, description: str = "", emoji: str = "") -> TrackView:
    """The track that :func:`create` would make, without an id, and nothing made yet.

    Raises:
        As :func:`create`.
    """
    the_programme(desk)
    only_coordinators(desk)
    there = all_of(desk)
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


def like(desk: Desk, name: str) -> str | None:
    """The name of a track that people would take a new one of this name for, if there is any."""
    return next((each.name for each in all_of(desk) if names.alike(each.name, name)), None)


def create(desk: Desk, *, name: str, description: str = "", emoji: str = "") -> TrackView:
    """Begin a track; what belongs to it in Discord is made afterwards.

    Args:
        name: what it is called.
        description: what it is for; may be empty.
        emoji: one emoji; a compass where it is left out.

    Raises:
        NotSetUp: the server has no programme.
        CoordinatorsOnly: the person is none.
        TooManyTracks: there are twenty already.
        TextMissing, NameTooLong: nothing is left of the name, or it is over 80 characters.
        TrackExists: another track is called so.
        DescriptionTooLong: it is over 200 characters.
        NotAnEmoji: it is none, or several, or a server's own.
    """
    new = check_new(desk, name=name, description=description, emoji=emoji)
    row = Track(
        programme_id=desk.programme_id,
        name=new.name,
        short=new.short,
        emoji=new.emoji,
        description=new.description,
        created_at=desk.now,
    )
    desk.session.add(row)
    desk.session.flush()
    factor_changes.around(desk)
    desk.note("track.created", row.id, name=new.name)
    return view(row)


def edit(desk: Desk, said: str, changes: Mapping[str, str | int | None]) -> EditedTrack:
    """Change what a track is called, who sees it, or when its factors are voted on.

    Days are for factors that are published from now on; those that are there keep theirs.

    Args:
        said: the track, by its id from a list or by its name.
        changes: ``name``, ``description``, ``emoji``, ``closed``, ``discussion_days``,
            ``voting_days``; None and what is left out stay.

    Raises:
        NotSetUp, CoordinatorsOnly, TrackNotFound: as elsewhere.
        NothingToChange: there is no change in ``changes``.
        TextMissing, NameTooLong, TrackExists, DescriptionTooLong, NotAnEmoji: as :func:`create`.
        DaysOutOfRange: a number of days is not from 0 to 365.
    """
    row = _need_row(desk, said)
    wanted = {key: value for key, value in changes.items() if value is not None}
    if not wanted:
        raise NothingToChange
    before = view(row)
    others = [track.name for track in all_of(desk) if track.id != row.id]
    checked = {key: fields.checked(key, value, others) for key, value in wanted.items()}
    differing = {key: value for key, value in checked.items() if value != getattr(before, key)}
    if differing:
        row.sqlmodel_update(differing)
        desk.session.add(row)
        desk.session.flush()
        factor_changes.around(desk)
        if "closed" in differing:
            _let_follow(desk, row)
        what = {key: [getattr(before, key), value] for key, value in differing.items()}
        desk.note("track.edited", row.id, **what)
    return EditedTrack(before, view(row))


def _let_follow(desk: Desk, row: Track) -> None:
    """Let what names the track's factors and meetings follow: events on the server, other cards."""
    for meeting in lists.of_track(desk, row.id or 0):
        changed(desk, meeting)
    factor_changes.named(desk)


def archive(desk: Desk, track_id: int) -> EditedTrack:
    """Let a track take nothing new; all that it holds stays.

    Raises:
        NotSetUp, CoordinatorsOnly, TrackNotFound: as elsewhere.
        TrackArchived: it is archived already.
    """
    row = _need_row(desk, track_id)
    if row.archived_at is not None:
        raise TrackArchived(track=row.name)
    return _set_archived(desk, row, desk.now)


def reopen(desk: Desk, said: str) -> EditedTrack:
    """Let an archived track go on.

    Raises:
        NotSetUp, CoordinatorsOnly, TrackNotFound: as elsewhere.
        TrackNotArchived: it is open already.
    """
    row = _need_row(desk, said)
    if row.archived_at is None:
        raise TrackNotArchived(track=row.name)
    return _set_archived(desk, row, None)


def need_to_change(desk: Desk, said: str | int) -> TrackView:
    """A track, for somebody who may change it; by its id, or as they typed it.

    Raises:
        NotSetUp, CoordinatorsOnly, TrackNotFound: as elsewhere.
    """
    return view(_need_row(desk, said))


def need_in_use(desk: Desk, said: str) -> TrackView:
    """A track that a coordinator may archive.

    Raises:
        NotSetUp, CoordinatorsOnly, TrackNotFound, TrackArchived: as :func:`archive`.
    """
    found = need_to_change(desk, said)
    if found.archived:
        raise TrackArchived(track=found.name)
    return found


def _need_row(desk: Desk, said: str | int) -> Track:
    the_programme(desk)
    only_coordinators(desk)
    track_id = need(desk, said).id if isinstance(said, str) else said
    row = tracks.find(desk, track_id)
    if row is None:
        raise TrackNotFound(name=str(said))
    return row


def _set_archived(desk: Desk, row: Track, at: datetime | None) -> EditedTrack:
    before = view(row)
    row.archived_at = at
    desk.session.add(row)
    desk.session.flush()
    factor_changes.around(desk)
    kind = "track.archived" if at else "track.reopened"
    desk.note(kind, row.id, name=row.name)
    return EditedTrack(before, view(row))
