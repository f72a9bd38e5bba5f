"""Meetings: looking them up, listing them, and keeping their cards up to date."""

from collections.abc import Collection
from datetime import datetime

from sqlmodel import Session

from bot.domain.kit import names
from bot.domain.kit.people import need_programme
from bot.domain.meetings import shows
from bot.domain.meetings.errors import MeetingNotFound
from bot.domain.meetings.rows import need_row, url
from bot.domain.meetings.views import ListedOccurrence, MeetingPage, OccurrenceView, Suggestion
from bot.domain.tracks import tracks
from bot.domain.tracks.errors import TrackNotFound
from storage.meetings import answers as kept_answers
from storage.meetings import lists as kept_lists
from storage.meetings import meetings as kept
from storage.meetings.meetings import Meeting, Occurrence
from storage.search import stems
from storage.shards import Shards

PAGE_SIZE = 8
SUGGESTED = 25


def times(
    session: Session, programme_id: int, meeting_id: int, *, now: datetime
) -> tuple[OccurrenceView, ...]:
    """Every time that a meeting is held, past and cancelled ones too, in order of time.

    Their answers are not counted.

    Raises:
        MeetingNotFound: there is none with this id in this programme.
    """
    row = need_row(session, programme_id, meeting_id)
    found = sorted(kept.times_of(session, meeting_id), key=lambda time: (time.starts_at, time.id))
    return tuple(shows.occurrence_view(row, time, now) for time in found)


def listed(
    session: Session,
    programme_id: int,
    *,
    track_id: int | None = None,
    past: bool = False,
    page: int = 0,
    now: datetime,
) -> MeetingPage:
    """One page of what is coming, soonest first, or of what was, the latest first.

    Args:
        session: the transaction.
        programme_id: the server.
        track_id: only what concerns this track: its own meetings, and those for all.
        past: what is over.
        page: from 0; a page past the end is the last.
        now: aware UTC.

    Raises:
        NotSetUp: the server has no programme.
        TrackNotFound: it has no such track.
    """
    need_programme(session, programme_id)
    track = tracks.find(session, programme_id, track_id) if track_id is not None else None
    if track_id is not None and track is None:
        raise TrackNotFound(name=str(track_id))
    total = kept_lists.number(session, programme_id, now, track_id=track_id, past=past)
    pages = max(1, -(-total // PAGE_SIZE))
    page = min(max(page, 0), pages - 1)
    rows = kept_lists.page(
        session,
        programme_id,
        now,
        track_id=track_id,
        past=past,
        first=page * PAGE_SIZE,
        size=PAGE_SIZE,
    )
    return MeetingPage(_listed(session, programme_id, rows, now), page, pages, total, track, past)


def named(session: Session, programme_id: int, typed: str, *, now: datetime) -> list[Suggestion]:
    """The meetings that fit what was typed, best first, then those that are soonest."""
    found = {row.id or 0: (row, at) for row, at in kept_lists.titles(session, programme_id, now)}
    order = sorted(found, key=lambda key: (found[key][1] < now, abs(found[key][1] - now)))
    if typed.strip():
        by_title = {key: found[key][0].title for key in order}
        order = names.closest(typed, by_title, SUGGESTED)
    return [
        Suggestion(key, found[key][0].title, found[key][1], found[key][0].zone)
        for key in order[:SUGGESTED]
    ]


def need(session: Session, programme_id: int, said: str, *, now: datetime) -> int:
    """The id of the meeting that a person named, by its id from a list or by its title.

    Raises:
        NotSetUp: the server has no programme.
        MeetingNotFound: there is none like it in this programme.
    """
    need_programme(session, programme_id)
    key = names.id_said(said)
    if key is not None and kept.find(session, programme_id, key):
        return key
    found = named(session, programme_id, said, now=now) if stems.fold(said) else []
    if not found:
        raise MeetingNotFound
    return found[0].id


def due(session: Session, programme_id: int) -> list[int]:
    """The meetings whose card and event have yet to follow what changed."""
    return kept.due(session, programme_id)


def settled(
    session: Session,
    meeting_id: int,
    revision: int,
    *,
    channel_id: int | None = None,
    message_id: int | None = None,
    event_id: int | None = None,
    event_for: int | None = None,
    done: bool = True,
) -> None:
    """Remember where a meeting's card and event are.

    Args:
        session: the transaction.
        meeting_id: the meeting.
        revision: which one of it was shown; only if that is still the latest is nothing due.
        channel_id: where its card is.
        message_id: its card.
        event_id: Discord's event, if there is one.
        event_for: the occurrence that it was made for.
        done: whether all that was due is done.
    """
    row = session.get(Meeting, meeting_id)
    if row is None:
        return
    row.channel_id, row.message_id = channel_id, message_id
    row.event_id, row.event_for = event_id, event_for
    if done and row.revision == revision:
        row.due = False
    session.add(row)


def lost(session: Session, programme_id: int, message_ids: Collection[int]) -> None:
    """Forget cards that were deleted in Discord."""
    kept.lost(session, programme_id, message_ids)


def pass_time(session: Session, shards: Shards, after: datetime, until: datetime) -> None:
    """Let the cards follow of meetings that began or ended after one moment, until another."""
    kept.pass_time(session, shards, after, until)


def _listed(
    session: Session, programme_id: int, rows: list[tuple[Meeting, Occurrence]], now: datetime
) -> tuple[ListedOccurrence, ...]:
    there = {track.id: track for track in tracks.all_of(session, programme_id)}
    counts = kept_answers.counts(session, [time.id or 0 for _, time in rows])
    return tuple(
        ListedOccurrence(
            row.id or 0,
            row.kind,
            there.get(row.track_id or 0),
            row.repeat,
            row.zone,
            url(row),
            shows.with_counts(row, time, counts[time.id or 0], now),
        )
        for row, time in rows
    )
