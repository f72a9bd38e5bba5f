"""Reminders of a coordinator's own words: shown first, then planned."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from bot.domain.kit import texts
from bot.domain.kit.errors import TextMissing, UserError
from bot.domain.kit.people import only_coordinators, the_programme
from bot.domain.meetings import plans, shelf, views
from bot.domain.meetings.answers import need_ahead
from bot.domain.meetings.errors import MeetingCancelled, MeetingDraftGone, MeetingOver
from bot.domain.meetings.plans import WantedMeeting
from bot.domain.meetings.reminders import OWN, slot_of
from bot.domain.meetings.shelf import Asked, Kept
from bot.domain.meetings.views import MeetingView
from bot.domain.posts import planning
from bot.domain.posts.planning import Post
from bot.domain.when.said import Start
from storage.desk import Desk
from storage.enums import Language, Way
from storage.meetings import answers
from storage.meetings.meetings import Meeting, Occurrence, Reminder

TEXT_LIMIT: Final = 500
_OWN_FOR: Final = timedelta(days=1)


@dataclass(frozen=True)
class ReminderDraft:
    """A reminder of a coordinator's own words before it is planned.

    ``at`` is when it would go out; ``people`` counts whom the meeting concerns.
    """

    id: int
    meeting: MeetingView
    at: Start
    text: str
    people: int


def sketch(
    desk: Desk, occurrence_id: int, text: str, when_said: str, *, language: Language
) -> ReminderDraft | Asked:
    """Show when a reminder of a coordinator's own words would go out, and to whom.

    Its time is read by the clock of the meeting's zone. Where it cannot be read, or not in one
    way alone, it is asked about, and what was typed is kept.

    Raises:
        NotSetUp, CoordinatorsOnly, MeetingNotFound, MeetingCancelled, MeetingOver: as they say.
        TextMissing: it says nothing.
    """
    the_programme(desk)
    only_coordinators(desk)
    meeting, _ = views.need_time(desk, occurrence_id)
    said = _text(text)
    wanted = plans.cleaned(WantedMeeting(meeting.title, when_said))
    what = Kept(wanted, meeting=meeting.id, occurrence=occurrence_id, reminder=said)
    return sketch_kept(desk, what, language)


def sketch_kept(
    desk: Desk, what: Kept, language: Language, *, draft_id: int | None = None
) -> ReminderDraft | Asked:
    """As :func:`sketch`, of a reminder that is kept; ``draft_id`` is where."""
    programme = the_programme(desk)
    meeting, time = views.need_time(desk, what.occurrence or 0)
    try:
        start = _goes_out(desk, meeting, time, what, language)
    except MeetingCancelled:
        raise
    except UserError as error:
        draft_id = shelf.keep(desk, what, draft_id=draft_id)
        return Asked(draft_id, what.wanted, error, meeting.id, time.id, reminder=True)
    draft_id = shelf.keep(desk, replace(what, start=plans.said(start)), draft_id=draft_id)
    people = len(answers.invited(desk, time.id or 0))
    view = views.show(desk, programme, meeting, at=time)
    return ReminderDraft(draft_id, view, start, what.reminder, people)


def drafted(desk: Desk, draft_id: int) -> tuple[int, str, str]:
    """What was typed for a reminder: of which time of a meeting, when, and its words.

    Raises:
        MeetingDraftGone: it is a day old, or somebody else's.
    """
    what = _need(desk, draft_id)
    return what.occurrence or 0, what.wanted.when, what.reminder


def _need(desk: Desk, draft_id: int) -> Kept:
    what = shelf.need(desk, draft_id)
    if not what.reminder:
        raise MeetingDraftGone  # it is a meeting's
    return what


def save(desk: Desk, draft_id: int, *, language: Language) -> datetime:
    """Plan the reminder that was shown; saving it twice plans it once.

    Returns:
        when it goes out (aware UTC).

    Raises:
        MeetingDraftGone: it is a day old, or somebody else's.
        WhenPast and what :func:`sketch` raises: it makes no sense any more.
    """
    the_programme(desk)
    only_coordinators(desk)
    what = _need(desk, draft_id)
    meeting, time = views.need_time(desk, what.occurrence or 0)
    if what.saved is not None:
        return plans.start_of(what.start, meeting.zone).moment
    start = _goes_out(desk, meeting, time, what, language)
    row = Reminder(
        occurrence_id=time.id or 0,
        text=_text(what.reminder),
        at=start.moment,
        created_by=desk.asker.id,
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
    shelf.keep(desk, replace(what, start=plans.said(start), saved=meeting.id), draft_id=draft_id)
    return start.moment


def _goes_out(
    desk: Desk, meeting: Meeting, time: Occurrence, what: Kept, language: Language
) -> Start:
    """When it is to go out: before the meeting is over."""
    need_ahead(meeting, time, desk.now)
    zone, day = meeting.zone, datetime.fromisoformat(time.wall).date()
    chosen = plans.start_of(what.start, zone) if what.start else None
    start = plans.begins(what.wanted.when, language, zone, start=chosen, now=desk.now, at_hand=day)
    if start.moment >= time.ends_at:
        raise MeetingOver(title=time.title or meeting.title)
    return start


def _text(text: str) -> str:
    said = texts.kept(text, TEXT_LIMIT)
    if not said:
        raise TextMissing
    return said
