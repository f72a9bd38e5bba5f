"""How often a meeting comes again, in words."""

from datetime import date, datetime

from bot.domain.when.recurrence import LAST, Rule, place_in_month
from bot.i18n import dates
from bot.i18n.words import Words
from storage.enums import Repeat

_IN_EVERY_MONTH = 28
_LONGEST_MONTH = 31


def said_in_words(words: Words, rule: Rule, wall: datetime) -> str:
    """A rule within a sentence: ``every Tuesday``, ``varannan tisdag, till och med 3 mars 2027``.

    Args:
        words: whose language is spoken.
        rule: one that ``recurrence.check`` lets pass.
        wall: the first meeting's time on the wall, naive.
    """
    often = _often(words, rule.repeat, wall.date())
    if rule.until is not None:
        return words("repeat.until", often=often, day=dates.plain_day(words.language, rule.until))
    if rule.count is not None:
        return words("repeat.count", often=often, n=rule.count)
    return often


def _often(words: Words, repeat: Repeat, start: date) -> str:
    weekday = dates.weekday(words.language, start.weekday())
    match repeat:
        case Repeat.NONE:
            return words("repeat.none")
        case Repeat.DAILY:
            return words("repeat.daily")
        case Repeat.WEEKLY:
            return words("repeat.weekly", weekday=weekday)
        case Repeat.FORTNIGHTLY:
            return words("repeat.fortnightly", weekday=weekday)
        case Repeat.MONTHLY_WEEKDAY:
            return _weekday_of_month(words, place_in_month(start), weekday)
        case Repeat.MONTHLY_DATE:
            return _day_of_month(words, start.day)


def _weekday_of_month(words: Words, place: int, weekday: str) -> str:
    which = "last" if place == LAST else str(place)
    return words("repeat.weekday", which=words(f"repeat.which.{which}"), weekday=weekday)


def _day_of_month(words: Words, day: int) -> str:
    if day == _LONGEST_MONTH:
        return words("repeat.monthly.end")
    ordinal = dates.ordinal(words, day)
    if day > _IN_EVERY_MONTH:
        return words("repeat.monthly.late", ordinal=ordinal)
    return words("repeat.monthly", ordinal=ordinal)
