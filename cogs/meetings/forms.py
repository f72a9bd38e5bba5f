"""Forms about meetings."""

from dataclasses import dataclass
from enum import StrEnum

from discord import ui

from bot.domain.kit.seen import mark
from bot.domain.meetings.cancelling import REASON_LIMIT
from bot.domain.meetings.minutes import SUMMARY_LIMIT
from bot.domain.meetings.plans import AGENDA_LIMIT, TITLE_LIMIT, WantedMeeting
from bot.domain.meetings.views import MeetingView, OccurrenceView
from bot.i18n.words import Words
from bot.ui.layout import Form, press_id, text_field

WHEN_LIMIT = 100
DURATION_LIMIT = 40
PLACE_LIMIT = 300
LINKS_LIMIT = 2500
REMINDER_LIMIT = 500
TIMES_LIMIT = 4

# What a change is about: one time that the meeting is held, or all that are to come.


class Extent(StrEnum):
    """What of a series is meant: one of its times, or all that are to come."""

    ONE = "one"
    ALL = "all"


ONE, ALL = Extent


@dataclass(frozen=True)
class PlanSaid:
    """What :func:`meeting_form` is filled in with; None stays as it is."""

    title: str | None = None
    when: str | None = None
    duration: str | None = None
    where: str | None = None
    agenda: str | None = None


def meeting_form(words: Words, wanted: WantedMeeting, goes_to: str, title: str) -> Form:
    """What a meeting is, filled in with what is known of it.

    Args:
        words: how to speak to the coordinator.
        wanted: what stands in the fields.
        goes_to: the press that takes what is typed.
        title: what the form is called.
    """
    return Form(
        title,
        goes_to,
        _field(words, wanted, "title", TITLE_LIMIT),
        _field(words, wanted, "when", WHEN_LIMIT, hint=words("meeting.hint.when")),
        _field(words, wanted, "duration", DURATION_LIMIT, required=False),
        _field(words, wanted, "where", PLACE_LIMIT, required=False),
        text_field(
            words("meeting.field.agenda"),
            "agenda",
            limit=AGENDA_LIMIT,
            long=True,
            value=wanted.agenda[:AGENDA_LIMIT],
            required=False,
        ),
    )


def _field(
    words: Words,
    wanted: WantedMeeting,
    name: str,
    limit: int,
    *,
    hint: str | None = None,
    required: bool = True,
) -> ui.Label[Form]:
    """A line of the form, with what stands in it."""
    value: str = getattr(wanted, name)
    return text_field(
        words(f"meeting.field.{name}"),
        name,
        limit=limit,
        value=value[:limit],
        example=words(f"meeting.example.{name}"),
        hint=hint,
        required=required,
    )


def cancel_form(words: Words, meeting: MeetingView, scope: str) -> Form:
    """Why a meeting, as it was shown, is cancelled; sending it is the confirmation."""
    return Form(
        words(f"meeting.cancel.title.{scope}"),
        press_id("meetingcancelled:2", meeting.shown.id, scope, meeting.sequence),
        text_field(
            words("meeting.field.reason"),
            "reason",
            limit=REASON_LIMIT,
            long=True,
            example=words("meeting.example.reason"),
            hint=words("meeting.hint.reason"),
            required=False,
        ),
    )


@dataclass(frozen=True)
class MinutesSaid:
    """What :func:`minutes_form` is filled in with."""

    summary: str
    links: str


def minutes_form(words: Words, held: OccurrenceView) -> Form:
    """What came of a meeting, with links to what was shown and recorded."""
    return Form(
        words("meeting.minutes.title"),
        press_id("minuted:2", held.id, mark(held.summary, held.links)),
        text_field(
            words("meeting.field.summary"),
            "summary",
            limit=SUMMARY_LIMIT,
            long=True,
            value=held.summary[:SUMMARY_LIMIT],
            hint=words("meeting.hint.summary"),
            required=False,
        ),
        text_field(
            words("meeting.field.links"),
            "links",
            limit=LINKS_LIMIT,
            long=True,
            value=held.links[:LINKS_LIMIT],
            example=words("meeting.example.links"),
            hint=words("meeting.hint.links"),
            required=False,
        ),
    )


class Mend(StrEnum):
    """What is put right of a draft with one press."""

    UNTIL = "until"
    DURATION = "duration"
    ONCE = "once"


@dataclass(frozen=True)
class EndSaid:
    """What :func:`end_form` is filled in with."""

    until: str
    times: str


def end_form(words: Words, draft_id: int) -> Form:
    """How a series ends: with a last day, or after so many times."""
    return Form(
        words("meeting.end.title"),
        press_id("meetingended:1", draft_id),
        text_field(
            words("meeting.field.until"),
            "until",
            limit=WHEN_LIMIT,
            example=words("meeting.example.until"),
            required=False,
        ),
        text_field(
            words("meeting.field.times"),
            "times",
            limit=TIMES_LIMIT,
            example=words("meeting.example.times"),
            required=False,
        ),
    )


@dataclass(frozen=True)
class ReminderSaid:
    """What :func:`remind_form` is filled in with."""

    when: str
    text: str


def remind_form(words: Words, occurrence_id: int, *, when: str = "", text: str = "") -> Form:
    """A reminder of a coordinator's own words, with what was typed before."""
    return Form(
        words("meeting.remind.title"),
        press_id("reminded:1", occurrence_id),
        text_field(
            words("meeting.field.remind_when"),
            "when",
            limit=WHEN_LIMIT,
            value=when[:WHEN_LIMIT],
            example=words("meeting.example.when"),
        ),
        text_field(
            words("meeting.field.text"),
            "text",
            limit=REMINDER_LIMIT,
            long=True,
            value=text[:REMINDER_LIMIT],
            example=words("meeting.example.text"),
        ),
    )
