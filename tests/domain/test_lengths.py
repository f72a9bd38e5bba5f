"""Lengths of time as people type them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import lengths
from bot.domain.errors import (
    DurationTooLong,
    DurationUnclear,
    RemindersTooMany,
    RemindersUnclear,
)


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [
        ("", 60),
        ("1h", 60),
        ("90 min", 90),
        ("90", 90),
        ("1:30", 90),
        ("2 timmar", 120),
        ("1 h 30 min", 90),
        ("1 timme och 15 minuter", 75),
        ("1,5 h", 90),
        ("1.5 hours", 90),
        ("an hour", 60),
        ("en timme", 60),
        ("45 Minuter", 45),
        ("2 dagar", 2880),
        ("1d 2h", 1560),
    ],
)
def test_a_duration_is_understood(typed, minutes):
    assert lengths.duration(typed) == minutes


@pytest.mark.parametrize(
    "typed", ["2", "0 min", "-1 h", "half a day", "1 h?", "1:75", "h", "1 parsec", "9" * 90, "½ h"]
)
def test_anything_else_is_refused(typed):
    with pytest.raises((DurationUnclear, DurationTooLong)):
        lengths.duration(typed)


@pytest.mark.parametrize(
    ("typed", "ahead"),
    [
        ("", None),
        ("none", ()),
        ("Inga", ()),
        ("1d, 2h, 30 min", (1440, 120, 30)),
        ("1 dag, 2 timmar", (1440, 120)),
        ("1 vecka och 1 dag", (10080, 1440)),
        ("15 min; 15 min", (15,)),
        ("1,5 h, 1 d", (1440, 90)),
    ],
)
def test_reminders_are_understood(typed, ahead):
    assert lengths.reminders(typed) == ahead


@pytest.mark.parametrize("typed", ["now", "1 d, then", "9 weeks", ",", "0 min"])
def test_other_reminders_are_refused(typed):
    with pytest.raises(RemindersUnclear):
        lengths.reminders(typed)


def test_there_can_be_five_reminders():
    with pytest.raises(RemindersTooMany):
        lengths.reminders("1 h, 2 h, 3 h, 4 h, 5 h, 6 h")


@given(st.integers(1, 14 * 24 * 60))
def test_what_is_written_can_be_read(minutes):
    assert lengths.duration(lengths.written(minutes)) == minutes
    assert lengths.reminders(lengths.written_reminders((minutes,))) == (minutes,)
