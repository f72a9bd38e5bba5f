"""What has to be asked before a meeting is planned or changed, with buttons that answer it."""

import discord
from discord import ui

from bot.domain.meetings.shelf import Asked
from bot.domain.when.errors import (
    DateAmbiguous,
    DurationAmbiguous,
    RepeatNotChosen,
    WhenAmbiguous,
)
from bot.i18n.dates import day, plain_day, span
from bot.i18n.words import Words
from bot.ui import theme
from bot.ui.answers import what_was_wrong
from bot.ui.layout import Card, button, press_id, row, said
from bot.ui.text import clip, escape
from cogs.meetings.forms import Mend
from cogs.meetings.said import ROOM
from storage.enums import Repeat

_READINGS_SHOWN = 4
_BUTTON_LABEL = 80
_TYPED_SHOWN = 300
_TIMES_OFFERED = (3, 5, 10, 20)
TIMES, UNTIL, REPEAT, OTHER = "times", "until", "repeat", "other"
"""What is chosen in the list of ends, before a colon: ``times:10``."""


def asked_card(words: Words, asked: Asked) -> Card:
    """What was not clear, with a button for each thing it may mean, and one to change it."""
    what = [what_was_wrong(words, asked.error), *_side_by_side(words, asked)]
    text = "\n".join([*what, f"-# {words('meeting.asked.kept')}"])
    again = press_id("meetingchange:1", asked.draft_id)
    if asked.reminder:
        again = press_id("remindagain:1", asked.draft_id)
    elif asked.meeting_id is not None:  # it would change a meeting that stands
        redo = (asked.draft_id, asked.meeting_id, asked.occurrence_id or 0)
        again = press_id("meetingredo:1", *redo)
    change = button(words("meeting.change"), again, emoji="✏️")
    drop = button(words("meeting.drop"), press_id("meetingdrop:1", asked.draft_id))
    rows = [row(each) for each in _answers(words, asked)]
    if chooser := _chooser(words, asked):
        rows.append(row(chooser))
    return Card(said(clip(text, ROOM)), *rows, row(change, drop), accent=theme.TROUBLE)


def _side_by_side(words: Words, asked: Asked) -> list[str]:
    """What stands by now of a meeting, and beside it what was typed, where that differs."""
    if asked.now is None:
        return []
    lines = []
    for name in ("title", "when", "duration", "where", "agenda"):
        stands, typed = (_in_short(getattr(each, name)) for each in (asked.now, asked.wanted))
        label = words(f"meeting.field.{name}")
        lines.append(words("meeting.meanwhile.now", field=label, text=stands))
        if typed != stands:
            lines.append(words("meeting.meanwhile.yours", text=typed))
    return lines


def _in_short(text: str) -> str:
    return clip(escape(" ".join(text.split())), _TYPED_SHOWN) or "\u2013"


def _answers(words: Words, asked: Asked) -> list[ui.Button[Card]]:
    """A button for each thing that was meant, perhaps; the likelier first."""
    error = asked.error
    if isinstance(error, WhenAmbiguous):
        return _readings(words, asked.draft_id, error)
    found: list[tuple[str, Mend, str]] = []
    if isinstance(error, DateAmbiguous):
        found = [(day(words.language, each), Mend.UNTIL, each.isoformat()) for each in error.days]
    elif isinstance(error, DurationAmbiguous):
        found = [(span(words, each), Mend.DURATION, str(each)) for each in error.minutes]
    elif isinstance(error, RepeatNotChosen):
        found = [(words("meeting.end.once"), Mend.ONCE, "-")]
    return [
        button(
            label,
            press_id("meetingmend:1", asked.draft_id, mend, value),
            discord.ButtonStyle.primary,
        )
        for label, mend, value in found[:_READINGS_SHOWN]
    ]


def _readings(words: Words, draft_id: int, error: WhenAmbiguous) -> list[ui.Button[Card]]:
    found = []
    for reading in error.readings[:_READINGS_SHOWN]:
        begins = (draft_id, f"{reading.wall:%Y-%m-%d}", f"{reading.wall:%H%M}", reading.fold)
        press = press_id("meetingpick:1", *begins)
        if reading.minutes is not None:
            press = press_id("meetingpick:2", *begins, reading.minutes)
        label = clip(reading.told(words.language), _BUTTON_LABEL)
        found.append(button(label, press, discord.ButtonStyle.primary))
    return found


def _chooser(words: Words, asked: Asked) -> ui.Select[Card] | None:
    """A list of ends for a series that lacks a good one, or of how often it comes."""
    chooser: ui.Select[Card] = ui.Select(custom_id=press_id("meetingend:1", asked.draft_id))
    if asked.ends:
        chooser.placeholder = words("meeting.end.choose")
        for times in _TIMES_OFFERED:
            chooser.add_option(label=words("meeting.end.times", n=times), value=f"{TIMES}:{times}")
        for end in asked.ends:
            label = words("meeting.end.until", day=plain_day(words.language, end))
            chooser.add_option(label=label, value=f"{UNTIL}:{end.isoformat()}")
        chooser.add_option(label=words("meeting.end.other"), value=OTHER)
    elif isinstance(asked.error, RepeatNotChosen):
        chooser.placeholder = words("meeting.end.often")
        for repeat in (each for each in Repeat if each is not Repeat.NONE):
            label = words(f"meeting.repeat.{repeat}")
            chooser.add_option(label=label, value=f"{REPEAT}:{repeat}")
    return chooser if chooser.options else None
