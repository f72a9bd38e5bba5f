"""Forms for the programme's settings, one for each part."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any, Final

from discord import ui

from bot.domain.programme.settings import FIELDS, REMINDERS, WORD_LIMIT, SettingsPart
from bot.i18n.dates import span, weekday
from bot.i18n.words import Words
from bot.ui.layout import (
    Form,
    channel_field,
    checks_field,
    press_id,
    radio_field,
    select_field,
    text_field,
)
from cogs.kit.wording import hour_in_words
from storage.enums import Joining, Language

_ZONE_LIMIT: Final = 60
_Said = Mapping[str, str]


@dataclass(frozen=True)
class SettingSaid:
    """What :func:`settings_form` is filled in with: the fields of one part, None for all others."""

    language: str | None = None
    timezone: str | None = None
    digest_weekday: str | None = None
    digest_hour: str | None = None
    reminders: str | None = None
    joining: str | None = None
    word_one: str | None = None
    word_many: str | None = None
    word_definite: str | None = None
    forum: str | None = None
    coordinators: str | None = None


def settings_form(words: Words, part: SettingsPart, said: _Said, there: Collection[int]) -> Form:
    """The form to change one part.

    Args:
        words: how to speak to the coordinator.
        part: which.
        said: what stands in its fields, as text.
        there: the ids of the channels that the server has.
    """
    if part is SettingsPart.CHANNELS:
        fields = [_channel(words, name, said[name], there) for name in FIELDS[part]]
    else:
        fields = _FIELDS[part](words, said)
    return Form(words(f"settings.part.{part}"), press_id("setform:1", part), *fields)


def _language(words: Words, said: _Said) -> list[ui.Label[Form]]:
    spoken = [(each.value, words(f"language.{each}"), None) for each in Language]
    return [
        radio_field(words("field.language"), "language", spoken, said["language"]),
        text_field(
            words("field.timezone"),
            "timezone",
            value=said["timezone"],
            limit=_ZONE_LIMIT,
            hint=words("settings.hint.timezone"),
        ),
    ]


def _digest(words: Words, said: _Said) -> list[ui.Label[Form]]:
    days = [(str(day), weekday(words.language, day).capitalize()) for day in range(7)]
    hours = [(str(hour), hour_in_words(words, hour)) for hour in range(24)]
    return [
        select_field(words("field.digest_weekday"), "digest_weekday", days, said["digest_weekday"]),
        select_field(words("field.digest_hour"), "digest_hour", hours, said["digest_hour"]),
    ]


def _reminders(words: Words, said: _Said) -> list[ui.Label[Form]]:
    return [
        checks_field(
            words("field.reminders"),
            "reminders",
            [(str(minutes), span(words, minutes)) for minutes in REMINDERS],
            said["reminders"].split(","),
            hint=words("settings.hint.reminders"),
        )
    ]


def _joining(words: Words, said: _Said) -> list[ui.Label[Form]]:
    ways = [
        (way.value, words(f"joining.{way}"), words(f"joining.{way}.explained")) for way in Joining
    ]
    return [radio_field(words("field.joining"), "joining", ways, said["joining"])]


def _word(words: Words, said: _Said) -> list[ui.Label[Form]]:
    return [
        text_field(
            words(f"field.{name}"),
            name,
            value=said[name],
            limit=WORD_LIMIT,
            example=words(f"settings.example.{name}"),
            hint=words("settings.hint.words") if name == "word_one" else None,
            required=False,
        )
        for name in FIELDS[SettingsPart.WORDS]
    ]


def _channel(words: Words, name: str, said: str, there: Collection[int]) -> ui.Label[Form]:
    chosen = int(said) if said and int(said) in there else None
    hint = words("settings.hint.coordinators") if name == "coordinators" else None
    return channel_field(words(f"field.{name}"), name, chosen, hint)


_FIELDS: Final[dict[SettingsPart, Callable[[Words, _Said], list[ui.Label[Any]]]]] = {
    SettingsPart.LANGUAGE: _language,
    SettingsPart.DIGEST: _digest,
    SettingsPart.REMINDERS: _reminders,
    SettingsPart.JOINING: _joining,
    SettingsPart.WORDS: _word,
}
