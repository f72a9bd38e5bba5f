"""What a change of settings will do, said before it is saved."""

from collections.abc import Callable
from datetime import datetime
from typing import Final

from discord.utils import format_dt

from bot.domain.programme.settings import ChoiceChange, Choices, SettingsPart
from bot.domain.tracks.places import COORDINATORS, FORUM
from bot.domain.when.clocks import ahead_of, next_weekly
from bot.i18n.dates import moment, span
from bot.i18n.words import Nouns, Words
from bot.ui.text import escape

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
