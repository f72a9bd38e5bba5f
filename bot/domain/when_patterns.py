"""How each thing looks that can be said of a meeting's start, in lower case."""

import re
from collections.abc import Iterable
from typing import Final

from bot.domain import when_words as words


def _any(ways: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, ways), key=len, reverse=True))


_END: Final = r"(?![0-9a-zåäö])"
# Nor a number that goes on: 13-15, 3.12.26.
_STOP: Final = r"(?![0-9a-zåäö]|[-:./][0-9])"
_TWO: Final = r"([0-9]{1,2})"
_WORD: Final = r"([a-zåäö]{3,9})"
_TH: Final = r"(?:st|nd|rd|th|:e|:a|e|a)?"
_YEAR: Final = rf"(?:(?:,? |-)([0-9]{{4}}){_STOP})?"
_IN: Final = r"(?:i |in |of )?"
_HOUR: Final = rf"({_any(words.NUMBERS)}|[0-9]{{1,2}})"
_PAST: Final = rf"({_any(words.MINUTES)}|[0-9]{{1,2}}) (?:minutes |minuter )?(över|i|past|to) "

ISO: Final = rf"([0-9]{{4}})([-/.]){_TWO}\2{_TWO}(?:t(?=[0-9])|{_STOP})"
ISO_WEEK: Final = rf"([0-9]{{4}})-?w([0-9]{{2}})-?([1-7])(?:t(?=[0-9])|{_STOP})"
NUMBERS: Final = rf"{_TWO}([-/.]){_TWO}[-/.]([0-9]{{4}}){_STOP}"
NUMBERS_WITHOUT_YEAR: Final = rf"{_TWO}(/){_TWO}(){_STOP}"
DAY_MONTH: Final = rf"{_TWO}{_TH}\.? ?(?:of |i )?{_WORD}{_END}\.?{_YEAR}"
MONTH_DAY: Final = rf"{_WORD}\.? (?:the )?{_TWO}{_TH}{_STOP}{_YEAR}"
WEEK: Final = rf"{_IN}(?:vecka|v\.?|week|w) ?{_TWO}{_STOP}{_YEAR}"
WEEK_AHEAD: Final = rf"{_IN}({_any(words.WEEKS)}){_END}"
PART_OF_TODAY: Final = rf"(?:{_any(words.PARTS_OF_TODAY)}){_END}"
AHEAD: Final = rf"(?:the )?({_any(words.AHEAD)}){_END}"
WEEKDAY: Final = rf"(?:({_any(words.WHICH)}) )?({_any(words.WEEKDAYS)}){_END}"
PART: Final = rf"(?:{_any(words.PARTS)}){_END}"
LENGTH: Final = rf"(om|in) (?:({_any(words.LENGTHS)})|([0-9]{{1,3}}|[a-zåäö]+) ?([a-zåäö]+)){_END}"
BY_NAME: Final = rf"(?:12 )?({_any(words.TIMES)}){_END}"
AM_PM: Final = rf"{_TWO}(?:[:.]([0-9]{{2}}))? ?([ap])(?:m|\.m\.?){_END}"
HOUR_MINUTE: Final = rf"{_TWO}[:.]([0-9]{{2}})(?::00)?{_STOP}"
FOUR_DIGITS: Final = rf"(?:kl\.?|klockan|at) ?([0-9]{{2}})([0-9]{{2}}){_STOP}"
SPOKEN: Final = rf"(?:a )?(?:{_PAST})?(halv )?{_HOUR}{_STOP}"
HOUR: Final = rf"{_HOUR}{_STOP}(?: o'?clock)?"
FILLER: Final = rf"(?:on|at|the|of|den|på|klockan){_END}|kl\.?(?![a-zåäö])|@"
