"""Reminders of meetings: which there are, whom they reach and how, and what they say today."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from bot.domain.kit.people import the_programme
from bot.domain.meetings import views
from bot.domain.meetings.answers import need_ahead
from bot.domain.meetings.errors import NothingToSnooze, TooLateToSnooze
from bot.domain.meetings.views import MeetingView
from bot.domain.members.errors import NotAParticipant
from bot.domain.posts import planning
from bot.domain.posts.claims import Thing
from bot.domain.posts.planning import Note, Post
from bot.domain.tracks.places import FORUM
from bot.domain.when.clocks import ahead_of
from storage.desk import Desk
from storage.enums import Answer, Reach, Way
from storage.meetings import answers
from storage.meetings import lists as kept_reminders
from storage.meetings import meetings as kept
from storage.meetings.answers import Invited
from storage.meetings.meetings import Meeting, Occurrence, Reminder
from storage.members import participants, sight
from storage.posts import deliveries

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
_DAY_BEFORE: Final = 24 * 60


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
        offsets = views.reminders_of(programme, meeting)
        ahead = [t for t in times if t.cancelled_at is None and t.starts_at > desk.now]
        reached = planning.sent(desk, PEOPLE, [time.id or 0 for time in ahead])
        for time in ahead:
            personal = (time.id, starts_of(time)) not in reached
            posts += _posts(meeting, time, offsets, desk.now, personal=personal)
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
    if len(people) == 1:
        (member_id,) = people
        if thing.kind == PERSONAL and not _wants(desk, occurrence_id, member_id):
            return None
        if not sight.reaches(desk, member_id, meeting.track_id):
            return None
    programme = the_programme(desk)
    before = thing.data.get("before")
    return Reminded(
        meeting=views.show(desk, programme, meeting, at=time),
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
    meeting: Meeting,
    time: Occurrence,
    offsets: Collection[int],
    now: datetime,
    *,
    personal: bool,
) -> Iterator[Post]:
    """All reminders of one time that lie ahead. Each has its time until the next is due.

    One of them reaches people, unless they were reached before: the first within a day of the
    meeting, else the first.
    """
    moments = sorted(
        (ahead_of(time.starts_at, minutes, meeting.zone), minutes) for minutes in set(offsets)
    )
    ahead = [minutes for due, minutes in moments if due > now]
    within_a_day = [minutes for minutes in ahead if minutes <= _DAY_BEFORE]
    reaches = next(iter(within_a_day or ahead), None)
    for number, (due, minutes) in enumerate(moments):
        if due <= now:
            continue
        following = moments[number + 1][0] if number + 1 < len(moments) else time.starts_at
        data = {"ahead": minutes, "starts": starts_of(time)}
        for kind, way in ((POSTED, Way.POST), (PEOPLE, Way.WORK)):
            if kind == PEOPLE and not (personal and minutes == reaches):
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


SNOOZE: Final = timedelta(hours=1)
_LAST_SNOOZE: Final = timedelta(minutes=10)
_CHANGE_FOR: Final = timedelta(days=3)


def remind_people(desk: Desk, thing: Thing) -> None:
    """Plan the personal reminders of a meeting, for those who are going or have not answered."""
    found = kept.find_occurrence(desk, thing.subject_id)
    if found is None or not still_true(found[0], found[1], thing, desk.now):
        return
    meeting, time = found
    concerned = [
        each
        for each in answers.invited(desk, thing.subject_id)
        if each.answer in {Answer.GOING, None} and not each.muted
    ]
    posts = _personally(
        desk,
        meeting,
        time,
        concerned,
        kind=PERSONAL,
        mark=f"{mark_of(time)}:{thing.data['ahead']}",
        data=thing.data,
        due=thing.due_at,
    )
    planning.plan(desk, posts)


def tell_moved(desk: Desk, occurrence: Occurrence, before: datetime | None) -> None:
    """Tell those who had answered that a meeting moved, or was cancelled.

    Args:
        occurrence: the time of the meeting, as it is from now on.
        before: when it began before (aware UTC); None if it was cancelled.
    """
    meeting = desk.session.get_one(Meeting, occurrence.meeting_id)
    answered = [
        each for each in answers.invited(desk, occurrence.id or 0) if each.answer is not None
    ]
    data = {"before": before.isoformat() if before else None}
    mark = f"{mark_of(occurrence)}:change:{desk.now:%Y%m%dT%H%M%S}"
    posts = _personally(
        desk, meeting, occurrence, answered, kind=CHANGE, mark=mark, data=data, due=desk.now
    )
    planning.plan(desk, posts)


def snooze(desk: Desk, occurrence_id: int, member_id: int) -> datetime:
    """Remind a participant once more, in an hour or ten minutes ahead, whichever is sooner.

    While that is planned, asking again plans nothing more.

    Returns:
        when that is (aware UTC).

    Raises:
        NotSetUp, NotAParticipant, MeetingNotFound, MeetingCancelled, MeetingOver: as they say.
        NothingToSnooze: they would not be reminded, for they cannot come or want no reminders.
        TooLateToSnooze: the meeting begins within ten minutes.
    """
    the_programme(desk)
    meeting, time = views.need_time(desk, occurrence_id)
    need_ahead(meeting, time, desk.now)
    if participants.current(desk, member_id) is None:
        raise NotAParticipant
    if not _wants(desk, occurrence_id, member_id):
        raise NothingToSnooze(title=time.title or meeting.title)
    mark = f"{mark_of(time)}:snooze:{member_id}:"
    for planned in deliveries.planned_for(desk, [PERSONAL], [occurrence_id]):
        if planned.key.startswith(mark) and planned.due_at > desk.now:
            return planned.due_at
    due = min(desk.now + SNOOZE, time.starts_at - _LAST_SNOOZE)
    if due <= desk.now:
        raise TooLateToSnooze(title=time.title or meeting.title)
    post = Post(
        key=f"{mark}{due:%Y%m%dT%H%M}",
        kind=PERSONAL,
        subject_id=occurrence_id,
        way=Way.DIRECT,
        due_at=due,
        expires_at=time.starts_at,
        slot=slot_of(meeting),
        member_id=member_id,
        data={"starts": starts_of(time)},
    )
    planning.plan(desk, [post])
    return due


def _personally(
    desk: Desk,
    meeting: Meeting,
    time: Occurrence,
    people: Collection[Invited],
    *,
    kind: str,
    mark: str,
    data: Mapping[str, object],
    due: datetime,
) -> Iterator[Post]:
    """A post to each of these in the way they chose; nothing to those who want none."""
    chosen = participants.choices(desk, [p.member_id for p in people])
    for each in people:
        member = chosen.get(each.member_id)
        reach = member.reach if member else Reach.DIRECT
        if reach is Reach.NOTHING or (kind == PERSONAL and member and not member.reminders):
            continue
        yield Post(
            key=f"{mark}:{each.member_id}",
            kind=kind,
            subject_id=time.id or 0,
            way=Way.MENTION if reach is Reach.MENTION else Way.DIRECT,
            due_at=due,
            expires_at=time.starts_at if kind == PERSONAL else due + _CHANGE_FOR,
            slot=slot_of(meeting),
            member_id=each.member_id,
            data={**data, "starts": starts_of(time)},
        )
