"""Planning a meeting: typed, shown before anything is made, then saved."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import uuid4

from sqlmodel import Session

from bot.domain.kit.errors import UserError
from bot.domain.kit.people import need_coordinator, need_programme
from bot.domain.meetings import changes, keeping, overlaps, plans, reminders, rows, shows
from bot.domain.meetings.changes import ChangedMeeting
from bot.domain.meetings.keeping import Asked, Kept
from bot.domain.meetings.overlaps import Overlap
from bot.domain.meetings.plans import Plan, WantedMeeting
from bot.domain.meetings.rows import need_row
from bot.domain.meetings.views import MeetingView, OccurrenceView
from storage import journal
from storage.desk import Person
from storage.enums import Language


@dataclass(frozen=True)
class MeetingDraftView:
    """The meeting that saving would make, which has no id yet, and the last of its times."""

    id: int
    wanted: WantedMeeting
    meeting: MeetingView
    end: OccurrenceView
    overlaps: tuple[Overlap, ...]


def sketch(
    session: Session,
    programme_id: int,
    person: Person,
    wanted: WantedMeeting,
    language: Language,
    *,
    draft_id: int | None = None,
    now: datetime,
) -> MeetingDraftView | Asked:
    """Keep what was typed, and show the meeting that it would make.

    Args:
        session: the transaction.
        programme_id: the server.
        person: who plans it.
        wanted: what was typed.
        language: of whoever typed it.
        draft_id: an earlier draft of theirs that it takes the place of.
        now: aware UTC.

    Returns:
        What saving would make; or what is wrong with it, so that nothing is typed twice.

    Raises:
        NotSetUp: the server has no programme.
        CoordinatorsOnly: the person is none.
    """
    kept = Kept(plans.cleaned(wanted))
    if draft_id is not None:
        before = keeping.find(session, programme_id, person, draft_id, now)
        if before is not None and before.wanted.when == kept.wanted.when:
            kept = replace(kept, start=before.start)  # what was asked is not asked again
    return _sketch(session, programme_id, person, kept, language, draft_id=draft_id, now=now)


def choose(
    session: Session,
    programme_id: int,
    person: Person,
    draft_id: int,
    reading: str,
    *,
    language: Language = Language.EN,
    now: datetime,
) -> MeetingDraftView | Asked | ChangedMeeting:
    """Let a draft begin at one of the times that it can be read as.

    Args:
        session: the transaction.
        programme_id: the server.
        person: whose draft it is.
        draft_id: which one.
        reading: the time, as :func:`meeting_plans.said` writes it.
        language: of whoever chose.
        now: aware UTC.

    Returns:
        As :func:`sketch`; of a change to a meeting that stands, what became of that.

    Raises:
        NotSetUp, CoordinatorsOnly: as :func:`sketch`.
        MeetingDraftGone: it is a day old, or somebody else's.
        StalePress: the reading is none.
    """
    programme = need_programme(session, programme_id)
    need_coordinator(session, programme_id, person)
    kept = keeping.need(session, programme_id, person, draft_id, now)
    if kept.meeting is not None:
        zone = rows.need_row(session, programme_id, kept.meeting).zone
        return changes.change(
            session,
            programme_id,
            person,
            kept.meeting,
            kept.occurrence,
            kept.typed,
            language=language,
            chosen=plans.start_of(reading, zone),
            now=now,
        )
    start = plans.start_of(reading, programme.timezone)
    kept = replace(kept, start=plans.said(start))
    return _sketch(session, programme_id, person, kept, language, draft_id=draft_id, now=now)


def drafted(
    session: Session, programme_id: int, person: Person, draft_id: int, *, now: datetime
) -> WantedMeeting:
    """What was typed for a draft.

    Raises:
        MeetingDraftGone: it is a day old, or somebody else's.
    """
    return keeping.need(session, programme_id, person, draft_id, now).wanted


def save(
    session: Session, programme_id: int, person: Person, draft_id: int, *, now: datetime
) -> MeetingView:
    """Make the meeting of a draft; saving it twice gives the same meeting.

    Raises:
        NotSetUp, CoordinatorsOnly: as :func:`sketch`.
        MeetingDraftGone: it is a day old, or somebody else's.
        WhenPast, TrackArchived and others of :func:`meeting_plans.understand`: it cannot be made
            any more.
    """
    programme = need_programme(session, programme_id)
    need_coordinator(session, programme_id, person)
    kept = keeping.need(session, programme_id, person, draft_id, now)
    if kept.saved is not None:
        saved = need_row(session, programme_id, kept.saved)
        return shows.show(session, programme, saved, now)
    plan = _understood(session, programme_id, kept, programme.language, now)
    meeting, times = plans.rows(plan, programme_id, person.id, now)
    meeting.uid = f"{uuid4()}@leda"
    session.add(meeting)
    session.flush()
    for time in times:
        time.meeting_id = meeting.id or 0
    session.add_all(times)  # numbered in this order, which is that of the series
    session.flush()
    keeping.keep(
        session, programme_id, person, replace(kept, saved=meeting.id), draft_id=draft_id, now=now
    )
    data = {"track": meeting.track_id, "times": len(times)}
    journal.write(session, programme_id, now, person.id, "meeting.planned", meeting.id, **data)
    reminders.plan(session, meeting, now=now)
    return shows.show(session, programme, meeting, now)


def _sketch(
    session: Session,
    programme_id: int,
    person: Person,
    kept: Kept,
    language: Language,
    *,
    draft_id: int | None,
    now: datetime,
) -> MeetingDraftView | Asked:
    programme = need_programme(session, programme_id)
    need_coordinator(session, programme_id, person)
    try:
        plan = _understood(session, programme_id, kept, language, now)
    except UserError as error:
        draft_id = keeping.keep(session, programme_id, person, kept, draft_id=draft_id, now=now)
        return Asked(draft_id, kept.wanted, error)
    kept = replace(kept, start=plans.said(plan.start))
    draft_id = keeping.keep(session, programme_id, person, kept, draft_id=draft_id, now=now)
    meeting, times = plans.rows(plan, programme_id, person.id, now)
    coming = times[1 : 1 + shows.COMING]
    return MeetingDraftView(
        draft_id,
        kept.wanted,
        shows.view_of(session, programme, meeting, times[0], now, coming=coming, left=len(times)),
        shows.occurrence_view(meeting, times[-1], now),
        overlaps.of(session, meeting, times),
    )


def _understood(
    session: Session, programme_id: int, kept: Kept, language: Language, now: datetime
) -> Plan:
    """What is kept, understood; "in two hours" was two hours from when it was typed."""
    programme = need_programme(session, programme_id)
    start = plans.start_of(kept.start, programme.timezone) if kept.start else None
    return plans.understand(session, programme, kept.wanted, language, start=start, now=now)
