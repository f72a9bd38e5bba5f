"""Planning a meeting: typed, shown before anything is made, beside what else is on then; saved."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import uuid4

from bot.domain.kit.errors import UserError
from bot.domain.kit.links import card_url
from bot.domain.kit.people import only_coordinators, the_programme
from bot.domain.meetings import changes, plans, reminders, views
from bot.domain.meetings.changes import ChangedMeeting
from bot.domain.meetings.plans import Asked, Kept, Plan, WantedMeeting
from bot.domain.meetings.views import MeetingView, OccurrenceView, need_row
from bot.domain.tracks import tracks
from storage.desk import Desk
from storage.enums import Language
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


@dataclass(frozen=True)
class MeetingDraftView:
    """The meeting that saving would make, which has no id yet, and the last of its times."""

    id: int
    wanted: WantedMeeting
    meeting: MeetingView
    end: OccurrenceView
    overlaps: tuple[Overlap, ...]


def sketch(
    desk: Desk, wanted: WantedMeeting, language: Language, *, draft_id: int | None = None
) -> MeetingDraftView | Asked:
    """Keep what was typed, and show the meeting that it would make.

    Args:
        wanted: what was typed.
        language: of whoever typed it.
        draft_id: an earlier draft of theirs that it takes the place of.

    Returns:
        What saving would make; or what is wrong with it, so that nothing is typed twice.

    Raises:
        NotSetUp: the server has no programme.
        CoordinatorsOnly: the person is none.
    """
    kept = Kept(plans.cleaned(wanted))
    if draft_id is not None:
        before = plans.find(desk, draft_id)
        if before is not None and before.wanted.when == kept.wanted.when:
            kept = replace(kept, start=before.start)  # what was asked is not asked again
    return _sketch(desk, kept, language, draft_id=draft_id)


def choose(
    desk: Desk, draft_id: int, reading: str, *, language: Language = Language.EN
) -> MeetingDraftView | Asked | ChangedMeeting:
    """Let a draft begin at one of the times that it can be read as.

    Args:
        draft_id: which one.
        reading: the time, as :func:`meeting_plans.said` writes it.
        language: of whoever chose.

    Returns:
        As :func:`sketch`; of a change to a meeting that stands, what became of that.

    Raises:
        NotSetUp, CoordinatorsOnly: as :func:`sketch`.
        MeetingDraftGone: it is a day old, or somebody else's.
        StalePress: the reading is none.
    """
    programme = the_programme(desk)
    only_coordinators(desk)
    kept = plans.need(desk, draft_id)
    if kept.meeting is not None:
        zone = views.need_row(desk, kept.meeting).zone
        return changes.change(
            desk,
            kept.meeting,
            kept.occurrence,
            kept.typed,
            language=language,
            chosen=plans.start_of(reading, zone),
        )
    start = plans.start_of(reading, programme.timezone)
    kept = replace(kept, start=plans.said(start))
    return _sketch(desk, kept, language, draft_id=draft_id)


def drafted(desk: Desk, draft_id: int) -> WantedMeeting:
    """What was typed for a draft.

    Raises:
        MeetingDraftGone: it is a day old, or somebody else's.
    """
    return plans.need(desk, draft_id).wanted


def save(desk: Desk, draft_id: int) -> MeetingView:
    """Make the meeting of a draft; saving it twice gives the same meeting.

    Raises:
        NotSetUp, CoordinatorsOnly: as :func:`sketch`.
        MeetingDraftGone: it is a day old, or somebody else's.
        WhenPast, TrackArchived and others of :func:`meeting_plans.understand`: it cannot be made
            any more.
    """
    programme = the_programme(desk)
    only_coordinators(desk)
    kept = plans.need(desk, draft_id)
    if kept.saved is not None:
        saved = need_row(desk, kept.saved)
        return views.show(desk, programme, saved)
    plan = _understood(desk, kept, programme.language)
    meeting, times = plans.rows(plan, desk.programme_id, desk.asker.id, desk.now)
    meeting.uid = f"{uuid4()}@leda"
    desk.session.add(meeting)
    desk.session.flush()
    for time in times:
        time.meeting_id = meeting.id or 0
    desk.session.add_all(times)  # numbered in this order, which is that of the series
    desk.session.flush()
    plans.keep(desk, replace(kept, saved=meeting.id), draft_id=draft_id)
    data = {"track": meeting.track_id, "times": len(times)}
    desk.note("meeting.planned", meeting.id, **data)
    reminders.plan(desk, meeting)
    return views.show(desk, programme, meeting)


def _sketch(
    desk: Desk, kept: Kept, language: Language, *, draft_id: int | None
) -> MeetingDraftView | Asked:
    programme = the_programme(desk)
    only_coordinators(desk)
    try:
        plan = _understood(desk, kept, language)
    except UserError as error:
        draft_id = plans.keep(desk, kept, draft_id=draft_id)
        return Asked(draft_id, kept.wanted, error)
    kept = replace(kept, start=plans.said(plan.start))
    draft_id = plans.keep(desk, kept, draft_id=draft_id)
    meeting, times = plans.rows(plan, desk.programme_id, desk.asker.id, desk.now)
    coming = times[1 : 1 + views.COMING]
    return MeetingDraftView(
        draft_id,
        kept.wanted,
        views.view_of(desk, programme, meeting, times[0], coming=coming, left=len(times)),
        views.occurrence_view(meeting, times[-1], desk.now),
        of(desk, meeting, times),
    )


def _understood(desk: Desk, kept: Kept, language: Language) -> Plan:
    """What is kept, understood; "in two hours" was two hours from when it was typed."""
    programme = the_programme(desk)
    start = plans.start_of(kept.start, programme.timezone) if kept.start else None
    return plans.understand(desk, programme, kept.wanted, language, start=start)


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
