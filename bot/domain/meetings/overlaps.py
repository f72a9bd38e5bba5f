"""Which other meetings are on at the same time, for some of the same people."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.kit.links import card_url
from bot.domain.tracks import tracks
from storage.desk import Desk
from storage.meetings import answers, lists
from storage.meetings.meetings import Meeting, Occurrence


@dataclass(frozen=True)
class Overlap:
    """Another meeting that is on at the same time as one that is planned.

    ``starts_at`` is the first of its times that is (aware UTC). ``tracks`` are those that both
    concern, by name; none where both are for all. ``people`` counts who is invited to both.
    """

    title: str
    url: str | None
    starts_at: datetime
    tracks: tuple[str, ...]
    people: int


def of(
    desk: Desk, meeting: Meeting, times: Sequence[Occurrence], *, meeting_id: int = 0
) -> tuple[Overlap, ...]:
    """The meetings that overlap with any of these times, soonest first.

    Two meetings of two tracks count if anybody is in both; two of one track, and those for all
    with any other, always do.
    """
    if not times:
        return ()
    start, end = min(time.starts_at for time in times), max(time.ends_at for time in times)
    spans = sorted((time.starts_at, time.ends_at) for time in times)
    others: dict[int, tuple[Meeting, datetime]] = {}
    for other, begins, ends in lists.on_between(desk, start, end, meeting_id):
        if other.id not in others and any(a < ends and begins < b for a, b in spans):
            others[other.id or 0] = other, begins
    found = (_overlap(desk, meeting, other, begins) for other, begins in others.values())
    return tuple(each for each in found if each is not None)


def _overlap(desk: Desk, meeting: Meeting, other: Meeting, begins: datetime) -> Overlap | None:
    both = {key for key in (meeting.track_id, other.track_id) if key is not None}
    people = answers.shared(desk, both)
    for_all = meeting.track_id is None or other.track_id is None
    if not (people or for_all or meeting.track_id == other.track_id):
        return None
    there = tracks.all_of(desk)
    named = tuple(track.name for track in there if track.id in both)
    return Overlap(other.title, card_url(other), begins, named, people)
