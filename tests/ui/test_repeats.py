"""How often a meeting comes again, as people say it."""

from datetime import date, datetime

import pytest

from bot.domain.when.recurrence import Rule
from bot.i18n.words import Words
from cogs.meetings.said import said_in_words
from storage.enums import Language, Repeat


@pytest.mark.parametrize(
    ("repeat", "start", "english", "swedish"),
    [
        (Repeat.DAILY, "2026-12-03", "every day", "varje dag"),
        (Repeat.WEEKLY, "2026-12-03", "every Thursday", "varje torsdag"),
        (Repeat.FORTNIGHTLY, "2026-12-03", "every other Thursday", "varannan torsdag"),
        (Repeat.MONTHLY_DATE, "2026-12-01", "the 1st of every month", "den 1:a i varje månad"),
        (Repeat.MONTHLY_DATE, "2026-12-22", "the 22nd of every month", "den 22:a i varje månad"),
        (Repeat.MONTHLY_DATE, "2026-12-03", "the 3rd of every month", "den 3:e i varje månad"),
        (Repeat.MONTHLY_DATE, "2026-12-11", "the 11th of every month", "den 11:e i varje månad"),
        (Repeat.MONTHLY_DATE, "2026-12-30", "the 30th of every month, or its last day",
         "den 30:e i varje månad, eller dess sista dag"),
        (Repeat.MONTHLY_DATE, "2026-12-31", "the last day of every month",
         "sista dagen i varje månad"),
        (Repeat.MONTHLY_WEEKDAY, "2026-12-08", "the second Tuesday of every month",
         "den andra tisdagen i varje månad"),
        (Repeat.MONTHLY_WEEKDAY, "2026-12-29", "the last Tuesday of every month",
         "den sista tisdagen i varje månad"),
    ],
)  # fmt: skip
def test_a_rule_is_said_as_people_say_it(repeat, start, english, swedish):
    wall = datetime.fromisoformat(f"{start} 13:00")
    for language, often in ((Language.EN, english), (Language.SV, swedish)):
        words = Words(language)
        assert said_in_words(words, Rule(repeat), wall) == often
        times = said_in_words(words, Rule(repeat, count=10), wall)
        assert times == f"{often}, {'10 times' if language is Language.EN else '10 gånger'}"
        until = said_in_words(words, Rule(repeat, until=date(2027, 3, 3)), wall)
        to = "until 3 March 2027" if language is Language.EN else "till och med 3 mars 2027"
        assert until == f"{often}, {to}"


def test_what_comes_once_is_said_to():
    wall = datetime.fromisoformat("2026-12-03 13:00")
    assert said_in_words(Words(Language.EN), Rule(), wall) == "once"
    assert said_in_words(Words(Language.SV), Rule(), wall) == "en gång"
