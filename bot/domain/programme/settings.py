"""What coordinators choose for their programme: shown, tried out, then saved.

A change is tried out first (:func:`propose`), so that people see what it will do. What they
then save is carried by the button they press, as text, with a mark of what stood there when
they were asked.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Final

from bot.domain.digest import weeks
from bot.domain.kit import seen as sights
from bot.domain.kit import texts, zones
from bot.domain.kit.errors import ChoiceUnknown, NameTooLong
from bot.domain.kit.people import only_coordinators, the_programme
from bot.domain.meetings import reminders
from bot.domain.programme import programmes
from bot.domain.programme.errors import ChannelTaken, WordNotLetters, WordsIncomplete
from bot.domain.programme.programmes import ProgrammeView, preset_words
from bot.domain.tracks.places import COORDINATORS, FORUM
from storage.desk import Desk
from storage.enums import Joining, Language
from storage.kit.programmes import Programme

# What decides when the weekly digest is due.
_DIGEST_CLOCK: Final = {"digest_weekday", "digest_hour", "timezone"}


@dataclass(frozen=True)
class Choices:
    """All that is chosen for a programme.

    ``reminders`` are minutes ahead of a meeting, the longest first. The words are empty where
    the catalogue's serve. ``forum`` and ``coordinators`` are Discord ids, None where nothing
    was ever made.
    """

    language: Language
    timezone: str
    digest_weekday: int
    digest_hour: int
    reminders: tuple[int, ...]
    joining: Joining
    word_one: str
    word_many: str
    word_definite: str
    forum: int | None
    coordinators: int | None


@dataclass(frozen=True)
class SettingsView:
    """A programme, and what is chosen for it."""

    programme: ProgrammeView
    choices: Choices


class SettingsPart(StrEnum):
    """What is changed together."""

    LANGUAGE = "language"
    DIGEST = "digest"
    REMINDERS = "reminders"
    JOINING = "joining"
    WORDS = "words"
    CHANNELS = "channels"


@dataclass(frozen=True)
class ChoiceChange:
    """What stands, and what would stand instead."""

    part: SettingsPart
    was: Choices
    will: Choices

    @property
    def fields(self) -> tuple[str, ...]:
        """The names of all that differs."""
        names = (name for fields in FIELDS.values() for name in fields)
        return tuple(name for name in names if getattr(self.was, name) != getattr(self.will, name))


@dataclass(frozen=True)
class SettingsOutcome:
    """What became of a change.

    Where it was not ``saved``, somebody had changed the same part since it was shown, and
    ``change`` holds what stands now.
    """

    change: ChoiceChange
    saved: bool


def view(desk: Desk) -> SettingsView:
    """What is chosen for a programme.

    Raises:
        NotSetUp: the server has none.
        CoordinatorsOnly: the person is none.
    """
    programme = the_programme(desk)
    only_coordinators(desk)
    shown = programmes.view(desk)
    return SettingsView(shown, _choices(programme, shown))


def propose(desk: Desk, part: SettingsPart, typed: Mapping[str, str]) -> ChoiceChange:
    """What a change would do; nothing is saved.

    Args:
        part: what is to change.
        typed: the fields of :data:`choices.FIELDS`, as text. What is left out stays as it is.

    Raises:
        NotSetUp, CoordinatorsOnly: as :func:`view`.
        TimezoneUnknown: there is no such time zone.
        ChoiceUnknown: something is none of the choices.
        NameTooLong, WordNotLetters, WordsIncomplete: the words for organisation cannot be used.
        ChannelTaken: a channel has another part in the programme.
    """
    current = view(desk)
    will = understand(current.choices, part, typed)
    if part is SettingsPart.CHANNELS:
        _need_free_channels(current.programme, will)
    return ChoiceChange(part, current.choices, will)


def save(desk: Desk, part: SettingsPart, text: str, seen: str) -> SettingsOutcome:
    """Make a change that was shown before.

    Saving what stands already changes nothing. A change that somebody else has overtaken is
    not made.

    Args:
        part: what is to change.
        text: what it is to become, as :func:`choices.said` wrote it.
        seen: the :func:`choices.mark` of what stood there when the person was asked.

    Raises:
        NotSetUp, CoordinatorsOnly, and what :func:`propose` raises.
    """
    change = propose(desk, part, typed_of(part, text))
    if not change.fields:
        return SettingsOutcome(change, saved=True)
    if mark(change.was, part) != seen:
        return SettingsOutcome(change, saved=False)
    _write(desk, change)
    if "reminders" in change.fields:
        reminders.plan_anew(desk)
    if _DIGEST_CLOCK.intersection(change.fields):
        weeks.plan_next(desk)
    was, will = as_texts(change.was), as_texts(change.will)
    changed: dict[str, Any] = {name: [was[name], will[name]] for name in change.fields}
    desk.note("programme.changed", **changed)
    return SettingsOutcome(change, saved=True)


def _choices(programme: Programme, shown: ProgrammeView) -> Choices:
    return Choices(
        language=programme.language,
        timezone=programme.timezone,
        digest_weekday=programme.digest_weekday,
        digest_hour=programme.digest_hour,
        reminders=tuple(int(minutes) for minutes in programme.reminders.split(",") if minutes),
        joining=programme.joining,
        word_one=programme.word_one,
        word_many=programme.word_many,
        word_definite=programme.word_definite,
        forum=shown.discord_id(FORUM),
        coordinators=shown.discord_id(COORDINATORS),
    )


def _need_free_channels(programme: ProgrammeView, will: Choices) -> None:
    own = {FORUM: will.forum, COORDINATORS: will.coordinators}
    chosen = [channel for channel in own.values() if channel is not None]
    others = {slot.discord_id for slot in programme.slots if slot.key not in own}
    if len(set(chosen)) < len(chosen) or others & set(chosen):
        raise ChannelTaken


def _write(desk: Desk, change: ChoiceChange) -> None:
    programme = the_programme(desk)
    for name in change.fields:
        value = getattr(change.will, name)
        if name in FIELDS[SettingsPart.CHANNELS]:
            slots = programmes.view(desk).slots
            slot = next(slot for slot in slots if slot.key == name)
            programmes.fill(desk, slot, value)
        elif name == "reminders":
            programme.reminders = as_texts(change.will)[name]
        else:
            setattr(programme, name, value)
    desk.session.add(programme)
    desk.session.flush()


WORD_LIMIT: Final = 25
"""So that three words fit into a button's id (100 characters) with what else it carries."""
REMINDERS: Final = (20160, 10080, 4320, 1440, 180, 60, 30, 15)
"""The reminders that can be chosen, in minutes ahead of a meeting."""
_BETWEEN: Final = "|"
# Letters, with a space, hyphen or apostrophe between them.
_WORD: Final = re.compile(r"[^\W\d_]+(?:[ '\u2019-][^\W\d_]+)*")

FIELDS: Final[Mapping[SettingsPart, tuple[str, ...]]] = {
    SettingsPart.LANGUAGE: ("language", "timezone"),
    SettingsPart.DIGEST: ("digest_weekday", "digest_hour"),
    SettingsPart.REMINDERS: ("reminders",),
    SettingsPart.JOINING: ("joining",),
    SettingsPart.WORDS: ("word_one", "word_many", "word_definite"),
    SettingsPart.CHANNELS: ("forum", "coordinators"),
}


def understand(current: Choices, part: SettingsPart, typed: Mapping[str, str]) -> Choices:
    """The choices with one part as somebody typed it.

    Args:
        current: what stands now.
        part: what is to change.
        typed: its fields, as text. What is left out stays as it is.

    Raises:
        TimezoneUnknown: there is no such time zone.
        ChoiceUnknown: something is none of the choices.
        NameTooLong, WordNotLetters, WordsIncomplete: the words for organisation cannot be used.
    """
    now_said = as_texts(current)
    read: dict[str, Any] = {}
    for name in FIELDS[part]:
        text = typed.get(name, now_said[name])
        if not text and name not in _MAY_BE_EMPTY:
            text = now_said[name]
        try:
            read[name] = _READ[name](text)
        except ValueError:
            raise ChoiceUnknown(choice=text) from None
    will = replace(current, **read)
    if part is SettingsPart.WORDS and len({not word for word in _words_of(will)}) > 1:
        raise WordsIncomplete
    if part is SettingsPart.LANGUAGE:
        return _with_translated_words(current, will)
    return will


def said(choices: Choices, part: SettingsPart) -> str:
    """A part's choices in few characters, for a button to carry. No colon is in it."""
    texts_of = as_texts(choices)
    return _BETWEEN.join(texts_of[name] for name in FIELDS[part])


def typed_of(part: SettingsPart, text: str) -> dict[str, str]:
    """The fields of a part that :func:`said` wrote.

    Raises:
        ChoiceUnknown: it wrote no such text.
    """
    values = text.split(_BETWEEN)
    if len(values) != len(FIELDS[part]):
        raise ChoiceUnknown(choice=text)
    return dict(zip(FIELDS[part], values, strict=True))


def mark(choices: Choices, part: SettingsPart) -> str:
    """Six characters by which one sees whether a part is still as it was."""
    return sights.mark(said(choices, part))


def as_texts(choices: Choices) -> dict[str, str]:
    """Every field as it is kept in a button and in the journal."""
    found = {name: getattr(choices, name) for fields in FIELDS.values() for name in fields}
    found["reminders"] = ",".join(str(minutes) for minutes in choices.reminders)
    return {name: "" if value is None else str(value) for name, value in found.items()}


def _with_translated_words(current: Choices, will: Choices) -> Choices:
    """A preset's own words change their language too; others are the coordinators'."""
    if _words_of(current) != preset_words(current.language):
        return will
    one, many, definite = preset_words(will.language)
    return replace(will, word_one=one, word_many=many, word_definite=definite)


def _words_of(choices: Choices) -> tuple[str, str, str]:
    return choices.word_one, choices.word_many, choices.word_definite


def _within(limit: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        if int(text) not in range(limit):
            raise ValueError(text)
        return int(text)

    return read


def _reminders(text: str) -> tuple[int, ...]:
    chosen = {int(minutes) for minutes in text.split(",") if minutes}
    if not chosen <= set(REMINDERS):
        raise ValueError(text)
    return tuple(sorted(chosen, reverse=True))


def _word(text: str) -> str:
    word = texts.clean_line(text)
    if len(word) > WORD_LIMIT:
        raise NameTooLong(limit=WORD_LIMIT)
    if word and not _WORD.fullmatch(word):
        raise WordNotLetters(word=word)
    # Phones begin every field with a capital; BUP stays BUP.
    return word[:1].lower() + word[1:] if word[1:].islower() else word


def _channel(text: str) -> int | None:
    return int(text) if text else None


_MAY_BE_EMPTY = {"reminders", "word_one", "word_many", "word_definite"}
_READ: Mapping[str, Callable[[str], Any]] = {
    "language": Language,
    "timezone": zones.need,
    "digest_weekday": _within(7),
    "digest_hour": _within(24),
    "reminders": _reminders,
    "joining": Joining,
    "word_one": _word,
    "word_many": _word,
    "word_definite": _word,
    "forum": _channel,
    "coordinators": _channel,
}
