"""Reminders of meetings: which there are, whom they reach, and what they say today."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from sqlmodel import Session

from bot.domain.kit import texts
from bot.domain.kit.errors import TextMissing
from bot.domain.kit.people import need_coordinator, need_programme
from bot.domain.meetings import plans, rows, shows
from bot.domain.meetings.answers import need_ahead
from bot.domain.meetings.errors import MeetingOver
from bot.domain.meetings.views import MeetingView
from bot.domain.posts import planning
from bot.domain.posts.claims import Thing
from bot.domain.posts.planning import Note, Post
from bot.domain.tracks.places import FORUM
from bot.domain.when.clocks import ahead_of
from storage import journal
from storage.desk import Person
from storage.enums import Answer, Language, Way
from storage.kit.programmes import Programme
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


def plan(
    session: Session, meeting: Meeting, *, note: str = Note.CHANGED.value, now: datetime
) -> None:
    """Bring what is planned of a meeting's reminders in line with its times.

    Args:
        session: the transaction.
        meeting: the meeting, as it is from now on.
        note: why reminders go that were planned before, a :class:`deliveries.Note`.
        now: aware UTC.
    """
    programme = need_programme(session, meeting.programme_id)
    times = kept.times_of(session, meeting.id or 0)
    posts: list[Post] = []
    if meeting.cancelled_at is None:
        offsets = shows.reminders_of(programme, meeting)
        for time in times:
            if time.cancelled_at is None and time.starts_at > now:
                posts += _posts(meeting, time, offsets, now)
    planning.bring_in_line(
        session,
        meeting.programme_id,
        (POSTED, PEOPLE),
        [time.id or 0 for time in times],
        posts,
        note=Note(note or Note.CHANGED.value),
        now=now,
    )


def plan_anew(session: Session, programme: Programme, *, now: datetime) -> None:
    """Bring those meetings in line that follow the programme's reminders, which were changed."""
    for meeting in kept_reminders.following(session, programme.id, now):
        plan(session, meeting, now=now)


def remind(
    session: Session,
    programme_id: int,
    person: Person,
    occurrence_id: int,
    text: str,
    when_said: str,
    *,
    language: Language,
    now: datetime,
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
    programme = need_programme(session, programme_id)
    need_coordinator(session, programme_id, person)
    meeting, time = rows.need_time(session, programme_id, occurrence_id)
    need_ahead(meeting, time, now)
    said = texts.kept(text, TEXT_LIMIT)
    if not said:
        raise TextMissing
    start = plans.begins(when_said, language, programme.timezone, now=now)
    if start.moment >= time.ends_at:
        raise MeetingOver(title=time.title or meeting.title)
    row = Reminder(occurrence_id=occurrence_id, text=said, at=start.moment, created_by=person.id)
    session.add(row)
    session.flush()
    post = Post(
        key=f"reminder:{row.id}",
        kind=OWN,
        subject_id=row.id or 0,
        way=Way.POST,
        due_at=start.moment,
        expires_at=max(time.ends_at, start.moment + _OWN_FOR),
        slot=slot_of(meeting),
    )
    planning.plan(session, programme_id, [post])
    journal.write(session, programme_id, now, person.id, "meeting.reminder", meeting.id)
    return start.moment


def today(
    session: Session, programme_id: int, thing: Thing, people: Collection[int], *, now: datetime
) -> Reminded | None:
    """What a reminder says today; None where it has become pointless.

    Args:
        session: the transaction.
        programme_id: the server.
        thing: the planned post.
        people: whom it reaches, for a personal one.
        now: aware UTC.
    """
    text, occurrence_id = "", thing.subject_id
    if thing.kind == OWN:
        row = session.get(Reminder, thing.subject_id)
        text, occurrence_id = (row.text, row.occurrence_id) if row else ("", 0)
    found = kept.find_occurrence(session, programme_id, occurrence_id)
    if found is None or not still_true(found[0], found[1], thing, now):
        return None
    meeting, time = found
    if thing.kind == PERSONAL and len(people) == 1:
        (member_id,) = people
        if not _wants(session, occurrence_id, member_id):
            return None
    programme = need_programme(session, programme_id)
    before = thing.data.get("before")
    return Reminded(
        meeting=shows.show(session, programme, meeting, now, at=time),
        text=text,
        before=datetime.fromisoformat(before) if before else None,
    )


def title(session: Session, occurrence_id: int) -> str:
    """What the meeting is called that a planned post is about."""
    return kept_reminders.title(session, occurrence_id)


def own_title(session: Session, reminder_id: int) -> str:
    """What the meeting is called that a coordinator's own reminder is about."""
    row = session.get(Reminder, reminder_id)
    return kept_reminders.title(session, row.occurrence_id) if row else ""


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


def _wants(session: Session, occurrence_id: int, member_id: int) -> bool:
    """Whether somebody still wants to be reminded: they may have answered or left since."""
    return any(
        each.member_id == member_id and not each.muted and each.answer is not Answer.CANT
        for each in answers.invited(session, occurrence_id)
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
