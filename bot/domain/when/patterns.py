"""How each thing looks that can be said of a meeting's start, in lower case."""

import re
from collections.abc import Iterable
from typing import Final

from bot.domain.when import words


def any_of(ways: Iterable[str]) -> str:
    """A pattern of any of these ways of saying something."""
    return "|".join(sorted(map(re.escape, ways), key=len, reverse=True))


_END: Final = r"(?![0-9a-zåäö])"
# Nor a number that goes on: 13-15, 3.12.26.
_STOP: Final = r"(?![0-9a-zåäö]|[-:./][0-9])"
_TWO: Final = r"([0-9]{1,2})"
_WORD: Final = r"([a-zåäö]{3,9})"
_TH: Final = r"(?:st|nd|rd|th|:?dje|:e|:a|e|a)?"
_ORDINALS: Final = any_of(words.ORDINALS)
_DAY: Final = rf"(?:([0-9]{{1,2}}){_TH}|({_ORDINALS}))"
# "3 dec '26", "3 dec 26": no hour is so late. Four figures may be an hour: "3 dec 1400".
_THE: Final = r"(?:den |the |d\.? )?"
_CENTURIES: Final = "(?:19|20|21)[0-9]{2}"
_YEAR: Final = rf"(?:(?:,? |-)({_CENTURIES}){_STOP}|(?: ?-| | ?')(2[5-9]|[3-9][0-9]){_STOP})?"
_IN: Final = r"(?:i |in |of )?"
_NUMBER: Final = any_of(words.NUMBERS)
_HOUR: Final = rf"({_NUMBER}|[0-9]{{1,2}})"
_MINUTES: Final = rf"{any_of(words.MINUTES)}|[0-9]{{1,2}}"
_PAST: Final = rf"({_MINUTES})[ -](?:minutes |minuter )?(över|over|i|past|to) "
_ONES: Final = (word for word, number in words.NUMBERS.items() if number < 10)  # noqa: PLR2004
_COUNT: Final = rf"(?:{any_of(words.TENS)})(?:[- ]?(?:{any_of(_ONES)}))?|{any_of(words.COUNTS)}"
_LETTERLESS: Final = "(?![a-zåäö])"
_WEEKDAY: Final = any_of(words.WEEKDAYS)
_NEAR: Final = any_of(words.AHEAD)

# Of lengths of time: one that no number stands before; a number; what is counted; and a half.
WHOLE: Final = rf"(?:{any_of(words.LENGTHS)}){_LETTERLESS}"
HALF: Final = rf" (?:{any_of(words.AND_A_HALF)})"
COUNT: Final = (
    rf"(?:(?:{_COUNT}|[0-9]{{1,3}}){HALF} |(?:{_COUNT}) |[0-9]{{1,5}}(?:[.,][0-9]{{1,2}})? ?)"
)
UNIT: Final = rf"(?:{any_of(words.UNITS)}){_LETTERLESS}(?:{HALF}(?! ?[0-9a-zåäö]))?"
PIECE: Final = rf"(?:{WHOLE}|{COUNT}{UNIT})\.?"
# Several, one after another, that come to one: "1 h, 30 min".
PIECES: Final = rf"{PIECE}(?: ?(?:(?:(?:and|och)\b|[,+&]) ?)?{PIECE})*"

# Of ranges: one end, in figures, in words, or like "halv tio".
_KL: Final = r"(?:(?:klockan|at) |kl\.? ?|@ ?)?"
_HALF_DAY: Final = r"(?: ?[ap](?:m|\.m\.?))"
_FIGURES: Final = rf"[0-9]{{4}}|[0-9]{{1,2}}(?:[:.][0-9]{{2}})?{_HALF_DAY}?"
_SPOKEN: Final = rf"(?:(?:{_MINUTES})[ -](?:över|over|i|past) )?(?:halv )?(?:{_NUMBER})"
_ENDPOINT: Final = rf"({_FIGURES}|{_SPOKEN}|noon|midday)"
# But no distance from UTC, as in "13:00 -05:00".
_TO: Final = r"(?:(?! -(?:0[0-9]|1[0-2]):) ?- ?| (to|till|until|til) )"
# "9-11, 13 to 15, from ten to twelve, mellan 10 och 12".
_ENDPOINTS: Final = rf"{_KL}{_ENDPOINT}(?: o'?clock)?{_TO}{_KL}{_ENDPOINT}(?: o'?clock)?"
RANGE: Final = rf"(?:(from|från|fran) )?{_ENDPOINTS}{_STOP}"
BETWEEN: Final = rf"(?:mellan|between) {_KL}{_ENDPOINT} ?(?:och|and|-) ?{_KL}{_ENDPOINT}{_STOP}"

_STAMP: Final = "<t:([0-9]{1,12})(?::[a-z])?>"
STAMP: Final = rf"{_STAMP}(?: ?(?:-|to|till|til|until) ?{_STAMP})?"
ISO: Final = rf"([0-9]{{4}})([-/.]?){_TWO}\2{_TWO}(?:t(?=[0-9])|{_STOP})"
ISO_WEEK: Final = rf"([0-9]{{4}})-?w([0-9]{{2}})-?([1-7])(?:t(?=[0-9])|{_STOP})"
# "3/12/26, 3/12-2026, 3.12.2026, 3-12-2026"; and with a blank, where it may be an hour: 3/12 2026.
NUMBERS: Final = rf"{_TWO}(?:/{_TWO}[-/]|\.{_TWO}\.|(-){_TWO}-)([0-9]{{4}}|[0-9]{{2}}){_STOP}"
NUMBERS_WITHOUT_YEAR: Final = rf"{_THE}{_TWO}/{_TWO}{_STOP}{_YEAR}"
DOTTED: Final = rf"{_THE}{_TWO}\.{_TWO}\.?(?:,? ({_CENTURIES}))?{_STOP}(?! ?[ap]\.?m)"
DAY_MONTH: Final = rf"{_THE}{_DAY}\.? ?(?:of |i )?{_WORD}{_END}\.?{_YEAR}"
MONTH_DAY: Final = rf"{_WORD}\.? (?:the )?{_DAY}{_STOP}{_YEAR}"
# "Onsdag 16 kl 10", which is no hour, for one follows.
WEEKDAY_DAY: Final = (
    rf"({_WEEKDAY})\.?,? {_TWO},? (?=(?:kl|klockan|at|@)(?![a-zåäö])"
    r"|[0-9]{1,2}[:.][0-9]{2}(?![.0-9])|[0-9]{1,2} ?[ap]\.?m)"
)
# "den 15", "the 15th", "15:e": of a month that is not named, or of this or the next.
IN_MONTH: Final = (
    rf"(?:(?:den |the ){_DAY}|([0-9]{{1,2}})(?:st|nd|rd|th|:?dje|:e|:a))"
    rf"{_STOP}(?: {_IN}({any_of(words.MONTHS_AHEAD)}){_END})?"
)
NTH: Final = (
    rf"{_THE}({any_of(words.PLACES)}|[1-5](?:st|nd|rd|th|:e|:a)) ({_WEEKDAY}) {_IN}"
    rf"(?:({any_of(words.MONTHS_AHEAD)}){_END}|{_WORD}{_END}\.?{_YEAR})"
)
WEEK: Final = rf"{_IN}(?:vecka|v\.?|week|w) ?{_TWO}{_STOP}(?:(?:,? |-)([0-9]{{4}}){_STOP})?"
WEEK_AHEAD: Final = rf"{_IN}({any_of(words.WEEKS)}){_END}"
PART_OF_TODAY: Final = rf"(?:{any_of(words.PARTS_OF_TODAY)}){_END}"
AHEAD: Final = rf"(?:the )?({any_of(words.AHEAD)}){_END}"
WEEKDAY: Final = rf"(?:({any_of(words.WHICH)}) )?({_WEEKDAY}){_END}"
SHORT_WEEKDAY: Final = rf"({any_of(words.SHORT_WEEKDAYS)})\.? (?={_KL}(?:den )?[0-9])"
PART: Final = rf"(?:{any_of(words.PARTS)}){_END}"
LENGTH: Final = rf"(?:om|in) ({PIECES}(?:[0-5][0-9])?){_END}"
FROM_NOW: Final = rf"({PIECES}) (?:from|från|fran) (now|nu|today|idag|i dag){_END}"
# "A week on Tuesday, two weeks from Tuesday", and "Tuesday week".
FROM_WEEKDAY: Final = rf"({PIECES}) (?:on |from |från |fran )?(?:({_WEEKDAY})|({_NEAR})){_END}"
WEEKDAY_WEEK: Final = rf"(?:({_WEEKDAY})|({_NEAR})) week{_END}"
# "Imorgon om en vecka, tomorrow in a week".
NEAR_LATER: Final = rf"({_NEAR}) (?:om|in) ({PIECES}){_END}"
BY_NAME: Final = rf"(?:12 )?({any_of(words.TIMES)}){_END}"
AM_PM: Final = rf"{_TWO}(?:[:.]?([0-9]{{2}}))? ?([ap])(?:m|\.m\.?){_END}"
CLOCK: Final = rf"(?:klockan |kl\.? ?|at |@ ?){_TWO}[:.]([0-9]{{2}}){_STOP}(?! ?[ap]\.?m)"
HOUR_MINUTE: Final = rf"{_TWO}[:.]([0-9]{{2}})(?::00)?{_STOP}"
FOUR_DIGITS: Final = rf"(?:(?:klockan|at) |kl\.? ?|@ ?)?([0-9]{{1,2}})([0-5][0-9]){_STOP}"
SPOKEN: Final = rf"(?:a )?(?:{_PAST})?(halv )?{_HOUR}{_STOP}(?! ?(?:{any_of(words.UNITS)}){_END})"
HOUR: Final = rf"{_HOUR}{_STOP}(?: o'?clock)?"
_FILLER: Final = (
    rf"(?:on|at|of|på|pa|klockan){_END}|(?:the|den){_END}(?! ?[0-9])|kl\.?(?![a-zåäö])|@"
)
# "Tuesday - 10:00", but no "3 dec - 10", which may be several days; "from 10".
_BEFORE_CLOCK: Final = (
    r"- (?=kl|klockan|at |@|[0-9]{1,2}:[0-9]|[0-9]{1,2} ?[ap]\.?m)"
    rf"|(?:from|från|fran) (?={_KL}[0-9])"
)
FILLER: Final = rf"{_FILLER}|{_BEFORE_CLOCK}"
FEAST_END: Final = rf"{_END}{_YEAR}"
