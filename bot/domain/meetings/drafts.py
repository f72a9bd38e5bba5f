"""Planning a meeting: typed, shown before anything is made, beside what else is on then; saved."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import uuid4

from bot.domain.kit.errors import UserError
from bot.domain.kit.links import card_url
from bot.domain.kit.people import only_coordinators, the_programme
from bot.domain.meetings import changes, feasts, own_reminders, plans, reminders, shelf, views
from bot.domain.meetings.changes import ChangedMeeting, ChangeDraft
from bot.domain.meetings.feasts import FeastDay
from bot.domain.meetings.own_reminders import ReminderDraft
from bot.domain.meetings.plans import Plan, WantedMeeting
from bot.domain.meetings.shelf import Asked, Kept
from bot.domain.meetings.views import MeetingView, OccurrenceView, need_row
from bot.domain.tracks import tracks
from bot.domain.when import lengths
from bot.domain.when.errors import (
    DateNotUnderstood,
    RepeatEndless,
    RepeatOver,
    RepeatTooMany,
    RepeatTwoEnds,
)
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
    """The meeting that saving would make, which has no id yet, and the last of its times.

    ``feasts`` are those of its days that are public holidays or eves; ``left_out`` counts the
    times of the series that will not be held.
    """

    id: int
    wanted: WantedMeeting
    meeting: MeetingView
    end: OccurrenceView
    overlaps: tuple[Overlap, ...]
    feasts: tuple[FeastDay, ...] = ()
    left_out: int = 0


Outcome = MeetingDraftView | ChangeDraft | ReminderDraft | ChangedMeeting | Asked
"""What becomes of what was typed."""


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
    kept = Kept(plans.cleaned(wanted))  # what was left out of a series is shown again
    if draft_id is not None:
        before = shelf.find(desk, draft_id)
        if before is not None and before.wanted.when == kept.wanted.when:
            # What was asked is not asked again.
            kept = replace(kept, start=before.start)
    return _sketch(desk, kept, language, draft_id=draft_id)


def choose(desk: Desk, draft_id: int, reading: str, *, language: Language = Language.EN) -> Outcome:
    """Let a draft begin at one of the times that it can be read as.

    Args:
        draft_id: which one.
        reading: the time, as :func:`plans.said` writes it.
        language: of whoever chose.

    Returns:
        As :func:`sketch`; of a change to a meeting that stands, or a reminder of it, what would
        become of that.

    Raises:
        NotSetUp, CoordinatorsOnly: as :func:`sketch`.
        MeetingDraftGone: it is a day old, or somebody else's.
        StalePress: the reading is none.
    """
    programme = the_programme(desk)
    only_coordinators(desk)
    kept = shelf.need(desk, draft_id)
    zone = programme.timezone if kept.meeting is None else need_row(desk, kept.meeting).zone
    start = plans.start_of(reading, zone)
    kept = replace(kept, start=plans.said(start))
    if start.minutes is not None:  # with the time, its length was chosen
        length = lengths.written(start.minutes)
        if kept.wanted.duration:
            kept = replace(kept, wanted=replace(kept.wanted, duration=length))
        if "duration" in kept.typed:
            kept = replace(kept, typed={**kept.typed, "duration": length})
    return _again(desk, kept, language, draft_id)


def mend(desk: Desk, draft_id: int, fields: Mapping[str, Any], *, language: Language) -> Outcome:
    """Put right what was asked about in a draft: its length, or how a series ends.

    Args:
        draft_id: which one.
        fields: of :class:`WantedMeeting`, with what they are to be.
        language: of whoever chose.

    Raises:
        NotSetUp, CoordinatorsOnly, MeetingDraftGone: as :func:`choose`.
    """
    the_programme(desk)
    only_coordinators(desk)
    kept = shelf.need(desk, draft_id)
    typed = {**kept.typed, **fields} if kept.meeting is not None else kept.typed
    wanted = plans.cleaned(replace(kept.wanted, **fields))
    kept = replace(kept, wanted=wanted, typed=typed, without=())
    return _again(desk, kept, language, draft_id)


def leave_out(desk: Desk, draft_id: int, *, language: Language) -> Outcome:
    """Leave those times of a series out that fall on public holidays and eves.

    Raises:
        NotSetUp, CoordinatorsOnly, MeetingDraftGone: as :func:`choose`.
    """
    the_programme(desk)
    only_coordinators(desk)
    kept = shelf.need(desk, draft_id)
    plan = _understood(desk, kept, language)
    _, times = plans.rows(plan, desk.programme_id, desk.asker.id, desk.now)
    out = feasts.among(times, plan.start.zone, language)
    if len(out) < len(times):
        kept = replace(kept, without=[each.original for each in out])
    return _again(desk, kept, language, draft_id)


def _again(desk: Desk, kept: Kept, language: Language, draft_id: int) -> Outcome:
    """What becomes of a draft that was changed."""
    if kept.reminder:
        return own_reminders.sketch_kept(desk, kept, language, draft_id=draft_id)
    if kept.meeting is not None:
        return changes.sketch_kept(desk, kept, language, draft_id=draft_id)
    return _sketch(desk, kept, language, draft_id=draft_id)


def drafted(desk: Desk, draft_id: int) -> WantedMeeting:
    """What was typed for a draft.

    Raises:
        MeetingDraftGone: it is a day old, or somebody else's.
    """
    return shelf.need(desk, draft_id).wanted


def redone(desk: Desk, draft_id: int) -> tuple[WantedMeeting, str]:
    """What was typed for a change to a meeting, and the token of what stood in the form then.

    Raises:
        MeetingDraftGone: it is a day old, or somebody else's.
    """
    kept = shelf.need(desk, draft_id)
    return kept.wanted, kept.seen


def save(desk: Desk, draft_id: int) -> MeetingView:
    """Make the meeting of a draft; saving it twice gives the same meeting.

    Raises:
        NotSetUp, CoordinatorsOnly: as :func:`sketch`.
        MeetingDraftGone: it is a day old, or somebody else's.
        WhenPast, TrackArchived and others of :func:`plans.understand`: it cannot be made
            any more.
    """
    programme = the_programme(desk)
    only_coordinators(desk)
    kept = shelf.need(desk, draft_id)
    if kept.saved is not None:
        saved = need_row(desk, kept.saved)
        return views.show(desk, programme, saved)
    plan = _understood(desk, kept, programme.language)
    who = desk.asker.id
    meeting, times = plans.rows(plan, desk.programme_id, who, desk.now, without=kept.without)
    meeting.uid = f"{uuid4()}@leda"
    desk.session.add(meeting)
    desk.session.flush()
    for time in times:
        time.meeting_id = meeting.id or 0
    desk.session.add_all(times)  # numbered in this order, which is that of the series
    desk.session.flush()
    shelf.keep(desk, replace(kept, saved=meeting.id), draft_id=draft_id)
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
        draft_id = shelf.keep(desk, kept, draft_id=draft_id)
        ends = plans.ends(desk.now, programme.timezone) if _about_end(error) else ()
        return Asked(draft_id, kept.wanted, error, ends=ends)
    kept = replace(kept, start=plans.said(plan.start))
    draft_id = shelf.keep(desk, kept, draft_id=draft_id)
    who = desk.asker.id
    meeting, times = plans.rows(plan, desk.programme_id, who, desk.now, without=kept.without)
    coming = times[1 : 1 + views.COMING]
    return MeetingDraftView(
        draft_id,
        kept.wanted,
        views.view_of(desk, programme, meeting, times[0], coming=coming, left=len(times)),
        views.occurrence_view(meeting, times[-1], desk.now),
        of(desk, meeting, times),
        feasts.on(times, plan.start.zone, language),
        len(kept.without),
    )


def _about_end(error: UserError) -> bool:
    """Whether it is how a series ends that has to be mended; the form has no place for that."""
    return isinstance(
        error, RepeatEndless | RepeatTwoEnds | RepeatOver | RepeatTooMany | DateNotUnderstood
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
