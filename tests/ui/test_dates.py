"""Dates and spans as people write them."""

from datetime import UTC, datetime

import pytest

from bot.i18n.dates import moment, since, span, weekday
from bot.i18n.words import Words
from storage.enums import Language


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        (Language.SV, "torsdag 3 december kl. 09:00"),
        (Language.EN, "Thursday 3 December at 09:00"),
    ],
)
def test_a_moment_is_written_as_people_write_it_in_the_programmes_zone(language, expected):
    assert moment(language, datetime(2026, 12, 3, 8, tzinfo=UTC), "Europe/Stockholm") == expected


def test_weekdays_are_written_as_within_a_sentence():
    assert [weekday(Language.SV, day) for day in (0, 6)] == ["måndag", "söndag"]
    assert [weekday(Language.EN, day) for day in (0, 6)] == ["Monday", "Sunday"]


@pytest.mark.parametrize(
    ("minutes", "english", "swedish"),
    [
        (20160, "2 weeks", "2 veckor"),
        (10080, "1 week", "1 vecka"),
        (1440, "1 day", "1 dag"),
        (180, "3 hours", "3 timmar"),
        (60, "1 hour", "1 timme"),
        (90, "90 minutes", "90 minuter"),
    ],
)
def test_a_span_is_said_in_its_largest_whole_unit(minutes, english, swedish):
    assert span(Words(Language.EN), minutes) == english
    assert span(Words(Language.SV), minutes) == swedish


@pytest.mark.parametrize(
    ("language", "when", "said"),
    [
        (Language.SV, datetime(2026, 11, 29, 19, 0, tzinfo=UTC), "sedan 29 november kl. 20"),
        (Language.SV, datetime(2026, 11, 29, 7, 5, tzinfo=UTC), "sedan 29 november kl. 8.05"),
        (Language.EN, datetime(2026, 7, 1, 19, 0, tzinfo=UTC), "since 1 July, 21:00"),
    ],
)
def test_since_when_is_told_by_the_programmes_clock(language, when, said):
    assert since(Words(language), when, "Europe/Stockholm") == said
