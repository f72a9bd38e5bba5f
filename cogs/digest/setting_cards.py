"""What coordinators see around the weekly digest: its settings, that it was sent, its mail."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

import discord
from discord import ui
from discord.utils import format_dt

from bot.domain.digest.settings import GREETING_LIMIT, DigestSettings, mark
from bot.domain.digest.views import FORUM_EDITION, DigestView, Section
from bot.domain.programme.settings import SettingsPart
from bot.i18n.dates import weekday
from bot.i18n.words import Words
from bot.ui import theme
from bot.ui.layout import (
    Card,
    Form,
    attached,
    button,
    checks_field,
    line,
    press_id,
    row,
    said,
    text_field,
)
from bot.ui.text import clip, escape
from cogs.kit.wording import hour_in_words

_GREETING_SHOWN = 900


def settings_card(words: Words, found: DigestSettings, *, saved: bool = False) -> Card:
    """When the next digest goes out, what is in it, and what became of the last."""
    parts: list[ui.Item[Any]] = [said(words("digest.settings.saved")), line()] if saved else []
    parts += [
        said(f"{words('digest.settings.head')}\n{_when(words, found)}"),
        said(_what(words, found)),
        said(_greeting(words, found)),
        _buttons(words, found),
    ]
    return Card(*parts, accent=theme.DONE if saved else theme.CALM)


@dataclass(frozen=True)
class DigestSaid:
    """What :func:`settings_form` is filled in with."""

    sections: tuple[str, ...]
    greeting: str


def settings_form(words: Words, found: DigestSettings) -> Form:
    """Which sections digests have, and what the next one begins with."""
    sections = [(section.value, words(f"digest.section.{section}")) for section in Section]
    return Form(
        words("digest.settings.form"),
        press_id("digestsave:2", mark(found)),
        checks_field(
            words("digest.settings.sections"),
            "sections",
            sections,
            [section for section in Section if section not in found.off],
            hint=words("digest.settings.sections.hint"),
        ),
        text_field(
            words("digest.settings.greeting"),
            "greeting",
            value=found.greeting,
            limit=GREETING_LIMIT,
            long=True,
            example=words("digest.settings.greeting.example"),
            hint=words("digest.settings.greeting.hint"),
            required=False,
        ),
    )


def sections_off(ticked: Collection[str]) -> frozenset[Section]:
    """The sections that were not ticked in the form."""
    return frozenset(section for section in Section if section.value not in ticked)


def sent_card(words: Words, views: Sequence[DigestView], channels: Sequence[int]) -> Card:
    """The digest of a week is on its way to these channels (Discord ids)."""
    places = " · ".join(f"<#{channel}>" for channel in channels)
    text = words("digest.sent", week=views[0].week.number, places=places)
    return Card(said(text), accent=theme.DONE)


def mail_card(words: Words, view: DigestView, names: Sequence[str]) -> Card:
    """The week as files to send on, and how."""
    head = words("digest.mail.ready", week=view.week.number)
    return Card(said(f"{head}\n-# {words('digest.mail.how')}"), *map(attached, names))


def _when(words: Words, found: DigestSettings) -> str:
    rhythm = words(
        "settings.shows.digest",
        weekday=weekday(words.language, found.weekday),
        time=hour_in_words(words, found.hour),
    )
    due = words(
        "digest.settings.next",
        week=found.next_week.number,
        when=format_dt(found.next_at, "F"),
        relative=format_dt(found.next_at, "R"),
    )
    lines = [f"{rhythm} ({found.zone})", due]
    if (last := found.last) is not None and last.state is not None:
        when = format_dt(last.ends_at, "f")
        lines.append(words(f"digest.last.{last.state}", week=last.week.number, when=when))
    return "\n".join(lines)


def _what(words: Words, found: DigestSettings) -> str:
    lines = [f"**{words('digest.settings.sections')}**"]
    for key, off in (("digest.settings.with", False), ("digest.settings.without", True)):
        names = [words(f"digest.section.{each}") for each in Section if (each in found.off) is off]
        if names:
            lines.append(words(key, names=" · ".join(names)))
    return "\n".join(lines)


def _greeting(words: Words, found: DigestSettings) -> str:
    head = f"**{words('digest.settings.greeting')}**"
    if not found.greeting:
        return f"{head}\n{words('digest.settings.greeting.none')}"
    text = clip(escape(found.greeting), _GREETING_SHOWN).replace("\n", "\n> ")
    return f"{head}\n> {text}"


def _buttons(words: Words, found: DigestSettings) -> ui.ActionRow[Card]:
    coming = found.next_week.value, FORUM_EDITION
    return row(
        button(
            words("digest.settings.hour"), press_id("setting:1", SettingsPart.DIGEST), emoji="🗓️"
        ),
        button(words("digest.settings.form"), press_id("digestset:1"), emoji="✏️"),
        button(
            words("digest.settings.preview"),
            press_id("digestpreview:1", *coming),
            discord.ButtonStyle.primary,
            emoji="📰",
        ),
    )
