"""Reminders of meetings: which there are, whom they reach, and what they say today."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from bot.domain.kit import texts
from bot.domain.kit.errors import TextMissing
from bot.domain.kit.people import only_coordinators, the_programme
from bot.domain.meetings import plans, rows, shows
from bot.domain.meetings.answers import need_ahead
from bot.domain.meetings.errors import MeetingOver
from bot.domain.meetings.views import MeetingView
from bot.domain.posts import planning
from bot.domain.posts.claims import Thing
from bot.domain.posts.planning import Note, Post
from bot.domain.tracks.places import FORUM
from bot.domain.when.clocks import ahead_of
from storage.desk import Desk
from storage.enums import Answer, Language, Way
from storage.meetings import answers
from storage.meetings import meetings as kept
from storage.meetings import reminders as kept_reminders
from storage.meetings.meetings import Meeting, Occurrence, Reminder

POSTED, PEOPLE, PERSONAL, OWN, CHANGE = (
    "meeting.reminder",
    "meeting.people",
    "meeting.personal",
    "meeting.own",
    "meeting.change",
)
KINDS: Final = (POSTED, PEOPLE, PERSONAL, OWN, CHANGE)
"""The kinds of planned posts that are about meetings, by what their subject is.

A reminder of a coordinator's own is the subject of ``OWN``, a time of a meeting that of the rest.
"""
TEXT_LIMIT: Final = 500
_DAY_BEFORE: Final = 24 * 60
_OWN_FOR: Final = timedelta(days=1)


@dataclass(frozen=True)
class Reminded:
    """A meeting at the time that people are reminded of, and what is said beside it.

    ``text`` is a coordinator's own. Of a change, ``before`` is when it was (aware UTC).
    """

    meeting: MeetingView
    text: str = ""
    before: datetime | None = None


def plan(desk: Desk, meeting: Meeting, *, note: str = Note.CHANGED.value) -> None:
    """Bring what is planned of a meeting's reminders in line with its times.

    Args:
        meeting: the meeting, as it is from now on.
        note: why reminders go that were planned before, a :class:`deliveries.Note`.
    """
    programme = the_programme(desk)
    times = kept.times_of(desk, meeting.id or 0)
    posts: list[Post] = []
    if meeting.cancelled_at is None:
        offsets = shows.reminders_of(programme, meeting)
        for time in times:
            if time.cancelled_at is None and time.starts_at > desk.now:
                posts += _posts(meeting, time, offsets, desk.now)
    planning.bring_in_line(
        desk,
        (POSTED, PEOPLE),
        [time.id or 0 for time in times],
        posts,
        note=Note(note or Note.CHANGED.value),
    )


def plan_anew(desk: Desk) -> None:
    """Bring those meetings in line that follow the programme's reminders, which were changed."""
    for meeting in kept_reminders.following(desk):
        plan(desk, meeting)


def remind(
    desk: Desk, occurrence_id: int, text: str, when_said: str, *, language: Language
) -> datetime:
    """Plan a reminder of a coordinator's own words, for everyone whom a meeting concerns.

    Returns:
        when it goes out (aware UTC).

    Raises:
        NotSetUp, CoordinatorsOnly, MeetingNotFound, MeetingCancelled, MeetingOver: as they say.
        TextMissing: it says nothing.
        WhenPast, WhenAmbiguous and others of :func:`when.understand`; MeetingOver also where it
            would come after the meeting.
    """
    programme = the_programme(desk)
    only_coordinators(desk)
    meeting, time = rows.need_time(desk, occurrence_id)
    need_ahead(meeting, time, desk.now)
    said = texts.kept(text, TEXT_LIMIT)
    if not said:
        raise TextMissing
    start = plans.begins(when_said, language, programme.timezone, now=desk.now)
    if start.moment >= time.ends_at:
        raise MeetingOver(title=time.title or meeting.title)
    row = Reminder(
        occurrence_id=occurrence_id, text=said, at=start.moment, created_by=desk.asker.id
    )
    desk.session.add(row)
    desk.session.flush()
    post = Post(
        key=f"reminder:{row.id}",
        kind=OWN,
        subject_id=row.id or 0,
        way=Way.POST,
        due_at=start.moment,
        expires_at=max(time.ends_at, start.moment + _OWN_FOR),
        slot=slot_of(meeting),
    )
    planning.plan(desk, [post])
    desk.note("meeting.reminder", meeting.id)
    return start.moment


def today(desk: Desk, thing: Thing, people: Collection[int]) -> Reminded | None:
    """What a reminder says today; None where it has become pointless.

    Args:
        thing: the planned post.
        people: whom it reaches, for a personal one.
    """
    text, occurrence_id = "", thing.subject_id
    if thing.kind == OWN:
        row = desk.session.get(Reminder, thing.subject_id)
        text, occurrence_id = (row.text, row.occurrence_id) if row else ("", 0)
    found = kept.find_occurrence(desk, occurrence_id)
    if found is None or not still_true(found[0], found[1], thing, desk.now):
        return None
    meeting, time = found
    if thing.kind == PERSONAL and len(people) == 1:
        (member_id,) = people
        if not _wants(desk, occurrence_id, member_id):
            return None
    programme = the_programme(desk)
    before = thing.data.get("before")
    return Reminded(
        meeting=shows.show(desk, programme, meeting, at=time),
        text=text,
        before=datetime.fromisoformat(before) if before else None,
    )


def title(desk: Desk, occurrence_id: int) -> str:
    """What the meeting is called that a planned post is about."""
    return kept_reminders.title(desk, occurrence_id)


def own_title(desk: Desk, reminder_id: int) -> str:
    """What the meeting is called that a coordinator's own reminder is about."""
    row = desk.session.get(Reminder, reminder_id)
    return kept_reminders.title(desk, row.occurrence_id) if row else ""


def slot_of(meeting: Meeting) -> str:
    """The place where a meeting is announced."""
    return FORUM if meeting.track_id is None else f"announcements:{meeting.track_id}"


def _posts(
    meeting: Meeting, time: Occurrence, offsets: Collection[int], now: datetime
) -> Iterator[Post]:
    """All reminders of one time that lie ahead. Each has its time until the next is due."""
    moments = sorted(
        (ahead_of(time.starts_at, minutes, meeting.zone), minutes) for minutes in set(offsets)
    )
    for number, (due, minutes) in enumerate(moments):
        if due <= now:
            continue
        following = moments[number + 1][0] if number + 1 < len(moments) else time.starts_at
        data = {"ahead": minutes, "starts": starts_of(time)}
        for kind, way in ((POSTED, Way.POST), (PEOPLE, Way.WORK)):
            if kind == PEOPLE and minutes != _DAY_BEFORE:
                continue
            yield Post(
                key=f"{mark_of(time)}:{minutes}:{way}",
                kind=kind,
                subject_id=time.id or 0,
                way=way,
                due_at=due,
                expires_at=following if kind == POSTED else time.starts_at,
                slot=slot_of(meeting),
                data=data,
            )


def _wants(desk: Desk, occurrence_id: int, member_id: int) -> bool:
    """Whether somebody still wants to be reminded: they may have answered or left since."""
    return any(
        each.member_id == member_id and not each.muted and each.answer is not Answer.CANT
        for each in answers.invited(desk, occurrence_id)
    )


def still_true(meeting: Meeting, time: Occurrence, thing: Thing, now: datetime) -> bool:
    """Whether a reminder is about the time as it is; what changed it tells of itself."""
    over = meeting.cancelled_at is not None or time.cancelled_at is not None
    if thing.kind == CHANGE:
        return over if thing.data.get("before") is None else starts_of(time) == thing.data["starts"]
    if over:
        return False
    if thing.kind == OWN:
        return time.ends_at > now
    return time.starts_at > now and starts_of(time) == thing.data["starts"]


def mark_of(time: Occurrence) -> str:
    """The beginning of a key: one time of a meeting, when it begins."""
    return f"meeting:{time.id}:{starts_of(time)}"


def starts_of(time: Occurrence) -> str:
    """When a time of a meeting begins, as keys of planned posts have it (UTC)."""
    return f"{time.starts_at.astimezone(UTC):%Y-%m-%dT%H:%MZ}"
