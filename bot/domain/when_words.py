"""The words that ``when`` goes by, in Swedish and English at once, for people mix them.

Names of months and lengths of time ("two weeks") are not here: dateparser knows those. It is asked
about nothing else, and only in questions to which a guess would show, for it guesses freely:
"tisdag 14" is to it the year 2114, "31 april" 2031-04-25, and "december" the 25th, today's day.
"""

import re
from datetime import datetime
from functools import cache, lru_cache
from typing import Final

from dateutil.relativedelta import relativedelta

from storage.enums import Language

_SWEDISH_DAYS: Final = (
    ("måndag", "mån", "måndagen", "mandag"),
    ("tisdag", "tis", "tisdagen"),
    ("onsdag", "ons", "onsdagen"),
    ("torsdag", "tor", "tors", "torsdagen"),
    ("fredag", "fre", "fredagen"),
    ("lördag", "lör", "lördagen", "lordag"),
    ("söndag", "sön", "söndagen", "sondag"),
)
_ENGLISH_DAYS: Final = (
    ("monday", "mon"),
    ("tuesday", "tue", "tues"),
    ("wednesday", "wed", "weds"),
    ("thursday", "thu", "thur", "thurs"),
    ("friday", "fri"),
    ("saturday", "sat"),
    ("sunday", "sun"),
)
# Every name of a weekday to its number, from Monday, 0.
WEEKDAYS: Final = {
    name: number
    for days in (_SWEDISH_DAYS, _ENGLISH_DAYS)
    for number, names in enumerate(days)
    for name in names
}
# What stands before a weekday. "Next Friday" is to some this week's and to others the next one's.
WHICH: Final = {
    **dict.fromkeys(("next", "nästa"), "next"),
    **dict.fromkeys(("this", "denna", "den här"), "this"),
    **dict.fromkeys(("on", "på", "nu på", "coming", "this coming", "kommande"), ""),
}
# Days from today.
AHEAD: Final = {
    **dict.fromkeys(("today", "idag", "i dag"), 0),
    **dict.fromkeys(("tomorrow", "imorgon", "i morgon", "imorron", "i morron", "imorrn"), 1),
    **dict.fromkeys(("day after tomorrow", "övermorgon", "i övermorgon", "iövermorgon"), 2),
}
# The first and last hour that a part of the day may mean.
_MORNING: Final = (1, 11)
_AFTERNOON: Final = (12, 18)
_EVENING: Final = (16, 23)
PARTS: Final = {
    **dict.fromkeys(("in the morning", "morning", "på morgonen", "morgon", "bitti"), _MORNING),
    **dict.fromkeys(("på förmiddagen", "förmiddag", "fm"), _MORNING),
    **dict.fromkeys(("in the afternoon", "afternoon"), _AFTERNOON),
    **dict.fromkeys(("på eftermiddagen", "eftermiddag", "em"), _AFTERNOON),
    **dict.fromkeys(("in the evening", "evening", "på kvällen", "kväll"), _EVENING),
}
# The same, of today.
PARTS_OF_TODAY: Final = {
    **dict.fromkeys(("this morning", "i förmiddag"), _MORNING),
    **dict.fromkeys(("this afternoon", "i eftermiddag"), _AFTERNOON),
    **dict.fromkeys(("tonight", "this evening", "ikväll", "i kväll"), _EVENING),
}
# Weeks from this one.
WEEKS: Final = {
    **dict.fromkeys(("next week", "nästa vecka"), 1),
    **dict.fromkeys(("this week", "denna vecka", "den här veckan"), 0),
}
NOON: Final = ("noon", "midday", "mitt på dagen")
MIDNIGHT: Final = ("midnight", "midnatt")

_SWEDISH_NUMBERS: Final = (
    *("ett", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv"),
)
_ENGLISH_NUMBERS: Final = (
    *("one", "two", "three", "four", "five", "six"),
    *("seven", "eight", "nine", "ten", "eleven", "twelve"),
)
NUMBERS: Final = {
    name: number
    for names in (_SWEDISH_NUMBERS, _ENGLISH_NUMBERS)
    for number, name in enumerate(names, 1)
}
# Minutes in what is said before "past", "to", "över" and "i".
MINUTES: Final = {
    **{"fem": 5, "tio": 10, "kvart": 15, "tjugo": 20},
    **{"five": 5, "ten": 10, "quarter": 15, "twenty": 20, "half": 30},
}
# Lengths that dateparser does not know, said in those that it does.
LENGTHS: Final = {
    **dict.fromkeys(("en halvtimme", "en halv timme", "half an hour"), "30 min"),
    **dict.fromkeys(("en kvart",), "15 min"),
    **dict.fromkeys(("ett halvår", "half a year"), "6 months"),
}
# Units that pass by the clock; others (days, weeks, months) go by the calendar.
CLOCK_UNITS: Final = frozenset(
    ("h", "hr", "hrs", "hour", "hours", "tim", "timme", "timmar")
    + ("min", "mins", "minute", "minutes", "minut", "minuter")
)

_MONTHS_OF_ONE_LANGUAGE: Final = {
    Language.SV: "januari februari mars maj juni juli augusti oktober okt",
    Language.EN: "january february march may june july august october oct",
}
_OTHER_WORDS: Final = {
    Language.SV: "kl klockan den på om vecka v nästa denna idag imorgon morgon dag i övermorgon "
    "ikväll kväll kvällen morgonen förmiddag förmiddagen eftermiddag eftermiddagen fm em bitti",
    Language.EN: "at on the of next this today tomorrow tonight week in morning afternoon evening",
}


@cache
def words_of(language: Language) -> frozenset[str]:
    """Words by which a text is known to be of a language."""
    days, numbers = (
        (_SWEDISH_DAYS, _SWEDISH_NUMBERS)
        if language is Language.SV
        else (_ENGLISH_DAYS, _ENGLISH_NUMBERS)
    )
    others = f"{_MONTHS_OF_ONE_LANGUAGE[language]} {_OTHER_WORDS[language]}".split()
    return frozenset([*(name for names in days for name in names), *numbers, *others])


# Two days between which every guess differs: their month, its length, their weekday.
_BASES: Final = (datetime(2027, 1, 15, 12), datetime(2027, 2, 16, 11))  # noqa: DTZ001 - wall clocks


@lru_cache(maxsize=512)
def month_named(word: str) -> int | None:
    """The number of the month that a word names in Swedish or English, short or in full."""
    if word in WEEKDAYS or not re.fullmatch("[a-zåäö]{3,9}", word):
        return None
    found = {_parsed(f"14 {word} 2029", base) for base in _BASES}
    day = found.pop()
    if found or day is None or (day.year, day.day, day.hour) != (2029, 14, 0):
        return None
    return day.month


@lru_cache(maxsize=512)
def length_named(ahead: str, count: str, unit: str) -> relativedelta | None:
    """How long "in 2 weeks" or "om tre dagar" is; only months and years are not days and time.

    Args:
        ahead: "in" or "om".
        count: digits or a word.
        unit: a word that may be one for a length of time.
    """
    count = str(NUMBERS.get(count, count))
    if unit in WEEKDAYS:
        return None
    ends = [_parsed(f"{ahead} {count} {unit}", base) for base in _BASES]
    if None in ends:
        return None
    spans = [end - base for end, base in zip(ends, _BASES, strict=True) if end]
    if spans[0] == spans[1]:
        return relativedelta(days=spans[0].days, seconds=spans[0].seconds)
    # Not the same number of days, so it must be the same by the calendar.
    apart = {relativedelta(end, base) for end, base in zip(ends, _BASES, strict=True)}
    return apart.pop() if len(apart) == 1 else None


def _parsed(text: str, base: datetime) -> datetime | None:
    import dateparser

    return dateparser.parse(
        text,
        languages=["sv", "en"],
        settings={
            "RELATIVE_BASE": base,
            "STRICT_PARSING": True,
            "PREFER_DATES_FROM": "future",
            "RETURN_AS_TIMEZONE_AWARE": False,
        },
    )
