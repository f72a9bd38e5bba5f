"""Choices and other kept values in words, the same on every card that shows them."""

from collections.abc import Callable

from bot.domain.programme.settings import FIELDS, Choices, SettingsPart, as_texts
from bot.i18n.dates import span, weekday
from bot.i18n.words import Words
from bot.ui.text import escape

_NO_MORE_THAN = 200


def part_in_words(words: Words, part: SettingsPart, chosen: Choices) -> str:
    """What is chosen in one part, on a line; channels have lines of their own."""
    said = {name: value_in_words(words, name, text) for name, text in as_texts(chosen).items()}
    line = " · ".join(said[name] for name in FIELDS[part])
    if part is SettingsPart.DIGEST:
        day, hour = said["digest_weekday"], said["digest_hour"]
        line = words("settings.shows.digest", weekday=day, time=hour)
    elif part is SettingsPart.REMINDERS and not chosen.reminders:
        line = words("settings.shows.no_reminders")
    elif part is SettingsPart.REMINDERS:
        line = words("settings.shows.reminders", spans=said["reminders"])
    elif part is SettingsPart.WORDS and not chosen.word_one:
        standard = Words(words.language)
        forms = {form: standard.noun(form) for form in ("one", "many", "definite")}
        line = words("settings.shows.standard_word", **forms)
    return line


def value_in_words(words: Words, field: str, text: str) -> str:
    """One value by its field's name, fit for a card; of unknown fields the text itself."""
    if not text:
        empty = "value.standard_word" if field.startswith("word_") else "value.nothing"
        return words(empty)
    known = _KNOWN.get(field)
    return known(words, text) if known else escape(text[:_NO_MORE_THAN])


def hour_in_words(words: Words, hour: int) -> str:
    """A full hour: ``09:00``."""
    return words("value.hour", hour=f"{hour:02}")


def _spans(words: Words, text: str) -> str:
    return ", ".join(span(words, int(minutes)) for minutes in text.split(","))


def _yes_or_no(words: Words, text: str) -> str:
    return words("value.true") if text == str(True) else words("value.false")


def _channel(_: Words, text: str) -> str:
    return f"<#{text}>"


_KNOWN: dict[str, Callable[[Words, str], str]] = {
    "language": lambda words, text: words(f"language.{text}"),
    "joining": lambda words, text: words(f"joining.{text}"),
    "digest_weekday": lambda words, text: weekday(words.language, int(text)),
    "digest_hour": lambda words, text: hour_in_words(words, int(text)),
    "reminders": _spans,
    "closed": _yes_or_no,
    "forum": _channel,
    "coordinators": _channel,
    "participant": lambda _, text: f"<@{text}>",
}
