"""The card of a meeting: a pure function of a view and the words to say it in."""

import discord
from discord import ui

from bot.domain.meetings.views import MeetingView, OccurrenceView
from bot.i18n.words import Words
from bot.ui import theme
from bot.ui.layout import Card, button, line, press_id, row, said
from bot.ui.text import clip, escape
from cogs.meetings.said import (
    ROOM,
    counts,
    head,
    link_button,
    minutes_text,
    organisation_lines,
    place_line,
    series_lines,
    when_line,
)
from storage.enums import Answer

ANSWERS = (Answer.GOING, Answer.MAYBE, Answer.CANT)
_AGENDA_SHOWN = 700
_MINUTES_SHOWN = 700
_REASON_SHOWN = 300
_ORGANISATIONS_SHOWN = 5
_DATES_SHOWN = 3


def meeting_card(words: Words, meeting: MeetingView) -> Card:
    """A meeting: when, where, what about, who comes, and the buttons to answer.

    It is about one time that the meeting is held, ``meeting.shown``; when that is over, about what
    came of it.
    """
    shown = meeting.shown
    texts = ["\n".join([head(words, meeting), *_facts(words, meeting)])]
    after = [_agenda(words, shown), _minutes(words, meeting)]
    people = _people(words, meeting)
    room = ROOM - len(texts[0]) - len(people)
    for text in filter(None, after):
        texts.append(clip(text, room))
        room -= len(text)
    parts: list[ui.Item[Card]] = [said(text) for text in texts]
    if people:
        parts += [line(), said(people)]
    return Card(*parts, *_rows(words, meeting), accent=accent(meeting))


def accent(meeting: MeetingView) -> discord.Colour:
    """The colour for how it is with a meeting; words always say the same."""
    if meeting.cancelled or meeting.shown.cancelled:
        return theme.QUIET
    if meeting.shown.over:
        return theme.DONE
    return theme.UNDER_WAY if meeting.shown.started else theme.CALM


def answer_buttons(words: Words, shown: OccurrenceView) -> list[ui.Button[Card]]:
    """**Going**, **Maybe** and **Can't**, each with how many said so."""
    found = shown.answers
    numbers = {Answer.GOING: found.going, Answer.MAYBE: found.maybe, Answer.CANT: found.cant}
    return [
        button(
            words(f"meeting.answer.{answer}")
            + (f" ({numbers[answer]})" if numbers[answer] else ""),
            press_id("attend:1", shown.id, answer),
            emoji=theme.ANSWER[answer],
        )
        for answer in ANSWERS
    ]


def there_button(words: Words, held: OccurrenceView) -> ui.Button[Card]:
    """**I was there**."""
    return button(
        words("meeting.there"),
        press_id("therewas:1", held.id),
        discord.ButtonStyle.success,
        emoji="🙋",
    )


def _facts(words: Words, meeting: MeetingView) -> list[str]:
    shown = meeting.shown
    state = _state(words, meeting)
    lines = [f"**{state}**"] if state else []
    if (meeting.cancelled or shown.cancelled) and shown.reason:
        reason = clip(escape(shown.reason.replace("\n", " ")), _REASON_SHOWN)
        lines.append(f"> {reason}")
    lines.append(when_line(words, shown))
    lines += series_lines(words, meeting, most=_DATES_SHOWN)
    passed = shown.over or shown.cancelled or meeting.cancelled
    lines.append(place_line(words, shown.place, passed=passed))
    return list(filter(None, lines))


def _state(words: Words, meeting: MeetingView) -> str:
    """What is to be known before all else; nothing of a meeting that simply lies ahead."""
    if meeting.cancelled:
        return words("meeting.cancelled")
    if meeting.shown.cancelled:
        return words("meeting.cancelled.this")
    if meeting.shown.over:
        return words("meeting.over")
    return words("meeting.under_way") if meeting.shown.started else ""


def _agenda(words: Words, shown: OccurrenceView) -> str:
    if not shown.agenda or shown.over:
        return ""
    agenda = clip(escape(shown.agenda), _AGENDA_SHOWN)
    return f"**{words('meeting.agenda')}**\n{agenda}"


def _minutes(words: Words, meeting: MeetingView) -> str:
    """The minutes of this time, or of the time before it."""
    held = meeting.shown if meeting.shown.over else meeting.before
    return minutes_text(words, held, _MINUTES_SHOWN) if held else ""


def _people(words: Words, meeting: MeetingView) -> str:
    """Who comes, by organisation; of what is over also who was there."""
    shown = meeting.shown
    if meeting.cancelled or shown.cancelled:
        return ""
    said_so = counts(words, shown.answers)
    there = f"🙋 {words('meeting.attended', n=shown.attended)}" if shown.attended else ""
    if shown.over:
        before = f"-# {words('meeting.answered_before', counts=said_so)}" if said_so else ""
        return "\n".join(filter(None, [there, before]))
    if not said_so:
        return "\n".join(filter(None, [words("meeting.nobody_yet"), there]))
    lines = [f"**{said_so}**", *organisation_lines(words, shown, _ORGANISATIONS_SHOWN)]
    if shown.answers.silent:
        lines.append(f"-# {words('meeting.silent', n=shown.answers.silent)}")
    return "\n".join(filter(None, [*lines, there]))


def _rows(words: Words, meeting: MeetingView) -> list[ui.ActionRow[Card]]:
    shown = meeting.shown
    more = button(words("meeting.more"), press_id("meetingmore:1", shown.id))
    if meeting.cancelled or shown.cancelled:
        return [row(more)]
    rows = []
    if not shown.over:
        rows.append(row(*answer_buttons(words, shown)))
    last: list[ui.Button[Card]] = [] if shown.over else link_button(words, shown.place)
    held = shown if shown.started else meeting.before
    if held is not None:
        last.append(there_button(words, held))
    return [*rows, row(*last, more)]
