"""Cards about the programme's settings: what is chosen, and what a change would do."""

from collections.abc import Collection
from datetime import datetime
from typing import Any, Final

import discord
from discord import ui

from bot.domain.programme import settings
from bot.domain.programme.programmes import ProgrammeView
from bot.domain.programme.settings import ChoiceChange, SettingsPart, SettingsView
from bot.domain.tracks.places import COORDINATORS, FORUM
from bot.i18n.words import Words
from bot.ui import theme
from bot.ui.layout import Card, beside, button, line, press_id, row, said
from bot.ui.text import clip, escape
from cogs.kit.wording import part_in_words, value_in_words
from cogs.programme.history import history_button
from cogs.programme.meanings import meaning_of

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
    words: Words,
    change: ChoiceChange,
    now: datetime,
    *,
    moved: bool = False,
    public: bool = False,
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
