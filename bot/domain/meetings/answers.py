"""What people say to a meeting: going, maybe, can't; not to be reminded; having been there."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.domain.kit import names
from bot.domain.kit.people import only_coordinators, the_programme
from bot.domain.meetings import views
from bot.domain.meetings.errors import (
    AttendanceOver,
    MeetingAhead,
    MeetingCancelled,
    MeetingElsewhere,
    MeetingOver,
)
from bot.domain.meetings.views import MeetingView, Named
from bot.domain.members.errors import NotAParticipant
from storage import journal
from storage.desk import Desk
from storage.enums import Answer
from storage.meetings import answers as kept
from storage.meetings.answers import Invited
from storage.meetings.meetings import Meeting, Occurrence
from storage.members import participants
from storage.members.participants import Participant
from storage.organisations import organisations
from storage.tracks import tracks
from storage.tracks.tracks import Track

ATTENDANCE_DAYS: Final = 14
"""How long after a meeting people can say that they were there."""
_ORDER: Final = (Answer.GOING, Answer.MAYBE, Answer.CANT, None)


@dataclass(frozen=True)
class Mine:
    """What somebody has said to one time of a meeting, called ``title``, which they may not have.

    ``since`` is when they said it, ``there_since`` when they said that they were there; both are
    aware UTC.
    """

    occurrence_id: int
    title: str
    answer: Answer | None = None
    since: datetime | None = None
    there_since: datetime | None = None


def answer(
    desk: Desk,
    occurrence_id: int,
    member_id: int,
    choice: Answer,
    *,
    elsewhere: bool = False,
    said_at: datetime | None = None,
) -> MeetingView | None:
    """Record what a participant says to one time of a meeting; the same again changes nothing.

    *Going* holds for the later times of a series too, until they say otherwise there; so does
    taking it back, which is to say OPEN. *Maybe* and *Can't* are about this one.

    Args:
        occurrence_id: which time.
        member_id: who answers.
        choice: what they say.
        elsewhere: it is not said on the meeting's card, which has yet to follow.
        said_at: when they said it (aware UTC), if that was not just now. What comes later than
            what was said after it changes nothing.

    Returns:
        the meeting at this time; None where nothing changed.

    Raises:
        NotSetUp, MeetingNotFound: as their names say.
        MeetingCancelled, MeetingOver: it takes no answers any more.
        NotAParticipant: the member is with no organisation.
        MeetingElsewhere: their organisation takes no part in the meeting's track.
    """
    programme = the_programme(desk)
    row, time = views.need_time(desk, occurrence_id)
    need_ahead(row, time, desk.now)
    who, _tracks = _need_concerned(desk, row, member_id)
    mine, said_at = kept.own(desk, occurrence_id, who.id or 0), said_at or desk.now
    after = None if choice is Answer.OPEN else choice
    late = mine.answered_at is not None and mine.answered_at > said_at
    if mine.answer is after or late:
        return None
    values = {"answer": choice, "answered_at": said_at}
    kept.put(desk, occurrence_id, who.id or 0, there=mine.there, **values)
    data = {"before": mine.answer, "after": after}
    journal.write(
        desk.session,
        desk.programme_id,
        desk.now,
        member_id,
        "meeting.answered",
        row.id,
        organisation=who.organisation_id,
        time=occurrence_id,
        **data,
    )
    views.changed(desk, row, due=elsewhere)
    return views.show(desk, programme, row, at=time)


def attend(
    desk: Desk, occurrence_id: int, member_id: int, *, there: bool = True
) -> MeetingView | None:
    """Record that a participant was there, or was not; the same again changes nothing.

    Returns:
        the meeting at this time; None where nothing changed.

    Raises:
        NotSetUp, MeetingNotFound, MeetingCancelled: as their names say.
        MeetingAhead: it has not begun.
        AttendanceOver: it is over since 14 days.
        NotAParticipant, MeetingElsewhere: as :func:`answer`.
    """
    programme = the_programme(desk)
    row, time = views.need_time(desk, occurrence_id)
    need_held(row, time, desk.now)
    if time.ends_at + timedelta(days=ATTENDANCE_DAYS) < desk.now:
        raise AttendanceOver(title=title_of(row, time), limit=ATTENDANCE_DAYS)
    who, _tracks = _need_concerned(desk, row, member_id)
    mine = kept.own(desk, occurrence_id, who.id or 0)
    if (mine.attended_at is not None) is there:
        return None
    after = desk.now if there else None
    kept.put(desk, occurrence_id, who.id or 0, there=mine.there, attended_at=after)
    journal.write(
        desk.session,
        desk.programme_id,
        desk.now,
        member_id,
        "meeting.attended",
        row.id,
        organisation=who.organisation_id,
        time=occurrence_id,
        after=there,
    )
    views.changed(desk, row, due=False)
    return views.show(desk, programme, row, at=time)


def mute(desk: Desk, occurrence_id: int, member_id: int) -> None:
    """Let a participant have no personal reminders of one time of a meeting, if they have any.

    Raises:
        NotSetUp, MeetingNotFound, NotAParticipant: as their names say.
    """
    the_programme(desk)
    row, _ = views.need_time(desk, occurrence_id)
    who = _need_participant(desk, member_id)
    mine = kept.own(desk, occurrence_id, who.id or 0)
    if mine.muted:
        return
    kept.put(desk, occurrence_id, who.id or 0, there=mine.there, muted=True)
    journal.write(
        desk.session,
        desk.programme_id,
        desk.now,
        member_id,
        "meeting.muted",
        row.id,
        time=occurrence_id,
    )


def mine(desk: Desk, occurrence_id: int, member_id: int) -> Mine:
    """What holds for a member at one time of a meeting, and since when.

    Raises:
        MeetingNotFound: there is none with this id in this programme.
    """
    row, time = views.need_time(desk, occurrence_id)
    who = participants.current(desk, member_id)
    if who is None:
        return Mine(occurrence_id, title_of(row, time))
    own = kept.own(desk, occurrence_id, who.id or 0)
    since = kept.said_at(desk, occurrence_id, who.id or 0) if own.answer else None
    return Mine(occurrence_id, title_of(row, time), own.answer, since, own.attended_at)


def people(desk: Desk, occurrence_id: int) -> list[Named]:
    """Whom one time of a meeting concerns, and what each said: who is going first.

    Raises:
        NotSetUp, CoordinatorsOnly, MeetingNotFound: as their names say.
    """
    the_programme(desk)
    only_coordinators(desk)
    views.need_time(desk, occurrence_id)
    found = [
        Named(each.member_id, each.organisation, each.answer, each.attended)
        for each in kept.invited(desk, occurrence_id)
    ]
    found.sort(
        key=lambda each: (
            _ORDER.index(each.answer),
            names.swedish_order(each.organisation),
            each.member_id,
        )
    )
    return found


def invited(desk: Desk, occurrence: Occurrence) -> list[Invited]:
    """Everyone whom one time of a meeting concerns, with what holds for them there."""
    return kept.invited(desk, occurrence.id or 0)


def answers_of(desk: Desk, occurrence: Occurrence) -> dict[int, Answer]:
    """What each participant whom it concerns said to one time of a meeting, by their id."""
    return {
        each.participant_id: each.answer
        for each in invited(desk, occurrence)
        if each.answer is not None
    }


def need_ahead(row: Meeting, time: Occurrence, now: datetime) -> None:
    """Let only a time pass that is neither over nor cancelled.

    Raises:
        MeetingCancelled, MeetingOver: as their names say.
    """
    if row.cancelled_at is not None or time.cancelled_at is not None:
        raise MeetingCancelled(title=title_of(row, time))
    if time.ends_at <= now:
        raise MeetingOver(title=title_of(row, time))


def need_held(row: Meeting, time: Occurrence, now: datetime) -> None:
    """Let only a time pass that has begun and was not cancelled.

    Raises:
        MeetingCancelled, MeetingAhead: as their names say.
    """
    if time.cancelled_at is not None:
        raise MeetingCancelled(title=title_of(row, time))
    if time.starts_at > now:
        raise MeetingAhead(title=title_of(row, time), when=int(time.starts_at.timestamp()))


def title_of(row: Meeting, time: Occurrence) -> str:
    """What a meeting is called at one of its times."""
    return row.title if time.title is None else time.title


def _need_concerned(desk: Desk, row: Meeting, member_id: int) -> tuple[Participant, list[Track]]:
    """Who answers, and their tracks: while those are at hand, nobody reads them again."""
    who = _need_participant(desk, member_id)
    inside = organisations.tracks_of(desk, who.organisation_id) if row.track_id else []
    if row.track_id and all(track.id != row.track_id for track in inside):
        track = tracks.find(desk, row.track_id)
        organisation = organisations.find(desk, who.organisation_id)
        raise MeetingElsewhere(
            organisation=organisation.name if organisation else "",
            track=track.name if track else "",
        )
    return who, inside


def _need_participant(desk: Desk, member_id: int) -> Participant:
    who = participants.current(desk, member_id)
    if who is None:
        raise NotAParticipant
    return who
