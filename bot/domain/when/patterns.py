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
_TH: Final = r"(?:st|nd|rd|th|:e|:a|e|a)?"
_YEAR: Final = rf"(?:(?:,? |-)([0-9]{{4}}){_STOP})?"
_IN: Final = r"(?:i |in |of )?"
_HOUR: Final = rf"({any_of(words.NUMBERS)}|[0-9]{{1,2}})"
_PAST: Final = rf"({any_of(words.MINUTES)}|[0-9]{{1,2}}) (?:minutes |minuter )?(över|i|past|to) "
_ONES: Final = (word for word, number in words.NUMBERS.items() if number < 10)  # noqa: PLR2004
_COUNT: Final = rf"(?:{any_of(words.TENS)})(?:[- ]?(?:{any_of(_ONES)}))?|{any_of(words.COUNTS)}"
_LETTERLESS: Final = "(?![a-zåäö])"

# Of lengths of time: one that no number stands before; a number; what is counted.
WHOLE: Final = rf"(?:{any_of(words.LENGTHS)}){_LETTERLESS}"
COUNT: Final = rf"(?:(?:{_COUNT}) |[0-9]{{1,5}}(?:[.,][0-9]{{1,2}})? ?)"
UNIT: Final = rf"(?:{any_of(words.UNITS)}){_LETTERLESS}"
PIECE: Final = rf"(?:{WHOLE}|{COUNT}{UNIT})\.?"
# Several, one after another, that come to one: "1 h, 30 min".
PIECES: Final = rf"{PIECE}(?: ?(?:(?:(?:and|och)\b|[,+&]) ?)?{PIECE})*"

ISO: Final = rf"([0-9]{{4}})([-/.]){_TWO}\2{_TWO}(?:t(?=[0-9])|{_STOP})"
ISO_WEEK: Final = rf"([0-9]{{4}})-?w([0-9]{{2}})-?([1-7])(?:t(?=[0-9])|{_STOP})"
NUMBERS: Final = rf"{_TWO}([-/.]){_TWO}[-/.]([0-9]{{4}}){_STOP}"
NUMBERS_WITHOUT_YEAR: Final = rf"{_TWO}(/){_TWO}(){_STOP}"
DAY_MONTH: Final = rf"{_TWO}{_TH}\.? ?(?:of |i )?{_WORD}{_END}\.?{_YEAR}"
MONTH_DAY: Final = rf"{_WORD}\.? (?:the )?{_TWO}{_TH}{_STOP}{_YEAR}"
WEEK: Final = rf"{_IN}(?:vecka|v\.?|week|w) ?{_TWO}{_STOP}{_YEAR}"
WEEK_AHEAD: Final = rf"{_IN}({any_of(words.WEEKS)}){_END}"
PART_OF_TODAY: Final = rf"(?:{any_of(words.PARTS_OF_TODAY)}){_END}"
AHEAD: Final = rf"(?:the )?({any_of(words.AHEAD)}){_END}"
WEEKDAY: Final = rf"(?:({any_of(words.WHICH)}) )?({any_of(words.WEEKDAYS)}){_END}"
PART: Final = rf"(?:{any_of(words.PARTS)}){_END}"
LENGTH: Final = rf"(?:om|in) ({PIECES}(?:[0-5][0-9])?){_END}"
BY_NAME: Final = rf"(?:12 )?({any_of(words.TIMES)}){_END}"
AM_PM: Final = rf"{_TWO}(?:[:.]([0-9]{{2}}))? ?([ap])(?:m|\.m\.?){_END}"
HOUR_MINUTE: Final = rf"{_TWO}[:.]([0-9]{{2}})(?::00)?{_STOP}"
FOUR_DIGITS: Final = rf"(?:kl\.?|klockan|at) ?([0-9]{{2}})([0-9]{{2}}){_STOP}"
SPOKEN: Final = rf"(?:a )?(?:{_PAST})?(halv )?{_HOUR}{_STOP}"
HOUR: Final = rf"{_HOUR}{_STOP}(?: o'?clock)?"
FILLER: Final = rf"(?:on|at|the|of|den|på|klockan){_END}|kl\.?(?![a-zåäö])|@"
