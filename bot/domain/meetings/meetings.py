"""Meetings: looking them up, listing them, and keeping their cards up to date."""

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlmodel import Session

from bot.domain.kit import names
from bot.domain.kit.links import card_url
from bot.domain.kit.pages import Page
from bot.domain.kit.people import the_programme
from bot.domain.meetings import views
from bot.domain.meetings.errors import MeetingNotFound
from bot.domain.meetings.views import (
    ListedOccurrence,
    MeetingPage,
    OccurrenceView,
    Suggestion,
    need_row,
)
from bot.domain.members import seen_tracks
from bot.domain.tracks import tracks
from storage.desk import Desk
from storage.meetings import answers as kept_answers
from storage.meetings import lists as kept_lists
from storage.meetings import meetings as kept
from storage.meetings.meetings import Meeting, Occurrence
from storage.search import stems
from storage.shards import Shards

PAGE_SIZE = 8
SUGGESTED = 25


def times(desk: Desk, meeting_id: int) -> tuple[OccurrenceView, ...]:
    """Every time that a meeting is held, past and cancelled ones too, in order of time.

    Their answers are not counted.

    Raises:
        MeetingNotFound: there is none with this id in this programme.
    """
    row = need_row(desk, meeting_id)
    found = sorted(kept.times_of(desk, meeting_id), key=lambda time: (time.starts_at, time.id))
    return tuple(views.occurrence_view(row, time, desk.now) for time in found)


def listed(
    desk: Desk, *, track_id: int | None = None, past: bool = False, page: int = 0
) -> MeetingPage:
    """One page of what is coming, soonest first, a series once; or of what was, the latest first.

    Args:
        track_id: only what concerns this track: its own meetings, and those for all.
        past: what is over.
        page: from 0; a page past the end is the last.

    Raises:
        NotSetUp: the server has no programme.
        TrackNotFound: it has no such track.
    """
    the_programme(desk)
    track = seen_tracks.find(desk, track_id)
    total = kept_lists.number(desk, track_id=track_id, past=past)
    here = Page.of(range(total), page, PAGE_SIZE)
    rows = kept_lists.page(
        desk, track_id=track_id, past=past, first=here.page * PAGE_SIZE, size=PAGE_SIZE
    )
    ahead = {} if past else kept_lists.ahead(desk, [row.id or 0 for row, _ in rows])
    return MeetingPage(here.holding(_listed(desk, rows, ahead)), track, past)


def named(desk: Desk, typed: str) -> list[Suggestion]:
    """The meetings that fit what was typed, best first, then those that are soonest.

    Those that are not there for whoever asks are left out.
    """
    found = {row.id or 0: (row, at) for row, at in kept_lists.titles(desk)}
    order = sorted(found, key=lambda key: (found[key][1] < desk.now, abs(found[key][1] - desk.now)))
    if typed.strip():
        by_title = {key: found[key][0].title for key in order}
        order = names.closest(typed, by_title, SUGGESTED)
    return [
        Suggestion(key, found[key][0].title, found[key][1], found[key][0].zone)
        for key in order[:SUGGESTED]
    ]


def need(desk: Desk, said: str) -> int:
    """The id of the meeting that a person named, by its id from a list or by its title.

    Raises:
        NotSetUp: the server has no programme.
        MeetingNotFound: there is none like it in this programme.
    """
    the_programme(desk)
    key = names.id_said(said)
    if key is not None and kept.find(desk, key):
        return key
    found = named(desk, said) if stems.fold(said) else []
    if not found:
        raise MeetingNotFound
    return found[0].id


def due(desk: Desk) -> list[int]:
    """The meetings whose card and event have yet to follow what changed."""
    return kept.due(desk)


def settled(
    desk: Desk,
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
        meeting_id: the meeting.
        revision: which one of it was shown; only if that is still the latest is nothing due.
        channel_id: where its card is.
        message_id: its card.
        event_id: Discord's event, if there is one.
        event_for: the occurrence that it was made for.
        done: whether all that was due is done.
    """
    row = desk.session.get(Meeting, meeting_id)
    if row is None:
        return
    row.channel_id, row.message_id = channel_id, message_id
    row.event_id, row.event_for = event_id, event_for
    if done and row.revision == revision:
        row.due = False
    desk.session.add(row)


def lost(desk: Desk, message_ids: Collection[int]) -> None:
    """Forget cards that were deleted in Discord."""
    kept.lost(desk, message_ids)


def pass_time(session: Session, shards: Shards, after: datetime, until: datetime) -> None:
    """Let the cards follow of meetings that began or ended after one moment, until another."""
    kept.pass_time(session, shards, after, until)


def _listed(
    desk: Desk, rows: list[tuple[Meeting, Occurrence]], ahead: Mapping[int, int]
) -> tuple[ListedOccurrence, ...]:
    there = {track.id: track for track in tracks.all_of(desk)}
    counts = kept_answers.counts(desk, [time.id or 0 for _, time in rows])
    return tuple(
        ListedOccurrence(
            row.id or 0,
            row.kind,
            there.get(row.track_id or 0),
            row.repeat,
            row.zone,
            card_url(row),
            views.with_counts(row, time, counts[time.id or 0], desk.now),
            more=max(ahead.get(row.id or 0, 1) - 1, 0),
        )
        for row, time in rows
    )
