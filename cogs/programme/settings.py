"""Cards about the programme's settings: what is chosen, and what a change would do."""

from collections.abc import Callable, Collection
from datetime import datetime
from typing import Any, Final

import discord
from discord import ui
from discord.utils import format_dt

from bot.domain.programme import settings
from bot.domain.programme.programmes import ProgrammeView
from bot.domain.programme.settings import ChoiceChange, Choices, SettingsPart, SettingsView
from bot.domain.tracks.places import COORDINATORS, FORUM
from bot.domain.when.clocks import ahead_of, next_weekly
from bot.i18n.dates import moment, span
from bot.i18n.words import Nouns, Words
from bot.ui import theme
from bot.ui.layout import Card, beside, button, line, press_id, row, said
from bot.ui.text import clip, escape
from cogs.kit.wording import part_in_words, value_in_words
from cogs.programme.history import history_button

CANCELLED: Final = "c"
_SHOWN_TRACKS: Final = 12


def settings_card(
    words: Words, view: SettingsView, there: Collection[int], note: str | None = None
) -> Card:
    """All settings in words, each part with a button to change it.

    Args:
        words: how to speak to the coordinator.
        view: the settings.
        there: the ids of the channels that the server has.
        note: what has just happened, already in words.
    """
    parts: list[ui.Item[Any]] = [said(note), line()] if note else []
    parts.append(said(words("settings.head")))
    for part in SettingsPart:
        shown = _shown(words, part, view, there)
        change = button(words(f"settings.edit.{part}"), press_id("setting:1", part))
        label = words(f"settings.part.{part}")
        parts.append(beside(f"**{label}**\n{shown}", change))
    accent = theme.DONE if note else theme.CALM
    return Card(*parts, line(), row(history_button(words)), accent=accent)


def confirm_card(
    words: Words, change: ChoiceChange, now: datetime, *, moved: bool = False, public: bool = False
) -> Card:
    """What a change would do, and whether to make it.

    Args:
        words: how to speak to the coordinator.
        change: what it is.
        now: aware UTC.
        moved: somebody else changed the same part since the coordinator was asked.
        public: everyone in the server can read the channel chosen for coordinators.
    """
    label = words(f"settings.part.{change.part}")
    text = settings.said(change.will, change.part)
    again = button(words("settings.again"), press_id("setagain:1", change.part, text))
    cancel = button(words("settings.cancel"), press_id("settings:1", CANCELLED))
    if not change.fields:
        return Card(said(words("settings.confirm.same", part=label)), row(again, cancel))
    meaning = meaning_of(words, change, now)
    if public and COORDINATORS in change.fields:
        meaning.append(words("settings.means.public", channel=f"<#{change.will.coordinators}>"))
    save = button(
        words("settings.save"),
        press_id("setsave:1", change.part, settings.mark(change.was, change.part), text),
        discord.ButtonStyle.success,
    )
    head = words("settings.confirm", part=label)
    return Card(
        said(f"{words('settings.confirm.moved')}\n\n{head}" if moved else head),
        said("\n".join(_was_and_will(words, change))),
        line(),
        said("\n".join(meaning)),
        row(save, again, cancel),
        accent=theme.TROUBLE if moved else theme.CALM,
    )


def _was_and_will(words: Words, change: ChoiceChange) -> list[str]:
    was, will = settings.as_texts(change.was), settings.as_texts(change.will)
    return [
        words(
            "settings.change",
            field=words(f"field.{name}"),
            was=value_in_words(words, name, was[name]),
            will=value_in_words(words, name, will[name]),
        )
        for name in change.fields
    ]


def _shown(words: Words, part: SettingsPart, view: SettingsView, there: Collection[int]) -> str:
    if part is not SettingsPart.CHANNELS:
        return part_in_words(words, part, view.choices)
    programme = view.programme
    lines = [
        f"{words(f'field.{slot}')}: {_channel(words, programme, slot, there)}"
        for slot in (FORUM, COORDINATORS)
    ]
    tracks = [slot for slot in programme.slots if slot.key.removeprefix("category:").isdecimal()]
    for track in tracks[:_SHOWN_TRACKS]:
        inside = (slot.key for slot in programme.slots if slot.parent == track.key)
        channels = " · ".join(_channel(words, programme, key, there) for key in inside)
        lines.append(f"{escape(clip(track.name, 60))}: {channels}")
    if len(tracks) > _SHOWN_TRACKS:
        lines.append(words("settings.shows.more_tracks", n=len(tracks) - _SHOWN_TRACKS))
    return "\n".join(lines)


def _channel(words: Words, programme: ProgrammeView, slot: str, there: Collection[int]) -> str:
    channel = programme.discord_id(slot)
    return f"<#{channel}>" if channel in there else words("settings.shows.missing")


# The meeting that reminders are explained by: a Tuesday at one o'clock.
_EXAMPLE_DAY: Final = 1
_EXAMPLE_HOUR: Final = 13


def meaning_of(words: Words, change: ChoiceChange, now: datetime) -> list[str]:
    """What a change means for people, a paragraph each.

    Args:
        words: how to speak to the coordinator.
        change: what was and what will be.
        now: aware UTC.
    """
    return _MEANINGS[change.part](words, change, now)


def _language(words: Words, change: ChoiceChange, now: datetime) -> list[str]:
    will = change.will
    said = []
    if "language" in change.fields:
        spoken = words(f"language.{will.language}")
        said.append(words("settings.means.language", language=spoken))
        if will.word_one and "word_one" not in change.fields:
            said.append(words("settings.means.words_kept", one=escape(will.word_one)))
    if "timezone" in change.fields:
        said.append(words("settings.means.timezone", timezone=escape(will.timezone)))
        said += _digest(words, change, now)
    return said


def _digest(words: Words, change: ChoiceChange, now: datetime) -> list[str]:
    will = change.will
    due = next_weekly(will.digest_weekday, will.digest_hour, will.timezone, now)
    return [
        words(
            "settings.means.digest",
            moment=moment(words.language, due, will.timezone),
            timezone=escape(will.timezone),
            timestamp=format_dt(due, "F"),
        )
    ]


def _reminders(words: Words, change: ChoiceChange, now: datetime) -> list[str]:
    will = change.will
    if not will.reminders:
        return [words("settings.means.no_reminders")]
    start = _example_meeting(will, now)
    said = [words("settings.means.reminders", moment=moment(words.language, start, will.timezone))]
    for minutes in will.reminders:
        due = ahead_of(start, minutes, will.timezone)
        said.append(
            words(
                "settings.means.reminder",
                span=span(words, minutes),
                moment=moment(words.language, due, will.timezone),
                timestamp=format_dt(due, "R"),
            )
        )
    return said


def _example_meeting(will: Choices, now: datetime) -> datetime:
    """The first Tuesday for which every reminder still lies ahead."""
    start = now
    while ahead_of(start, will.reminders[0], will.timezone) <= now:
        start = next_weekly(_EXAMPLE_DAY, _EXAMPLE_HOUR, will.timezone, start)
    return start


def _joining(words: Words, change: ChoiceChange, _now: datetime) -> list[str]:
    return [words(f"settings.means.joining.{change.will.joining}")]


def _words(words: Words, change: ChoiceChange, _now: datetime) -> list[str]:
    will = change.will
    nouns = Nouns(will.language, will.word_one, will.word_many, will.word_definite)
    # In the programme's language, whatever the coordinator's: only there is the word used.
    example = Words(will.language, nouns=nouns)("settings.means.words.example")
    return [
        words("settings.means.words", example=escape(example)),
        words("settings.means.words.others"),
    ]


def _channels(words: Words, change: ChoiceChange, _now: datetime) -> list[str]:
    own = ((FORUM, change.will.forum), (COORDINATORS, change.will.coordinators))
    return [
        words(f"settings.means.channel.{slot}", channel=f"<#{channel}>")
        for slot, channel in own
        if slot in change.fields
    ]


_MEANINGS: Final[dict[SettingsPart, Callable[[Words, ChoiceChange, datetime], list[str]]]] = {
    SettingsPart.LANGUAGE: _language,
    SettingsPart.DIGEST: _digest,
    SettingsPart.REMINDERS: _reminders,
    SettingsPart.JOINING: _joining,
    SettingsPart.WORDS: _words,
    SettingsPart.CHANNELS: _channels,
}
