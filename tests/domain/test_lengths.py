"""Lengths of time as people type them."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.when import lengths
from bot.domain.when.errors import (
    DurationAmbiguous,
    DurationTooLong,
    DurationUnclear,
    RemindersTooMany,
    RemindersUnclear,
)
from bot.domain.when.words import COUNTS, LENGTHS, TENS, UNITS


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
    ("typed", "minutes"),
    [
        ("1h30", 90),
        ("1 h 30", 90),
        ("1:30 h", 90),
        ("1h05", 65),
        ("1h30min", 90),
        ("1 tim 30 min", 90),
        ("1 timme, 30 minuter", 90),
        ("trekvart", 45),
        ("1 1/2 h", 90),
        ("tva timmar", 120),
        ("1 hour & 30 minutes", 90),
        ("30 min + 1 h", 90),
    ],
)
def test_hours_and_minutes_come_to_one_duration(typed, minutes):
    assert lengths.duration(typed) == minutes


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [
        ("två timmar", 120),
        ("two hours", 120),
        ("Tre timmar och femton minuter", 195),
        ("forty-five minutes", 45),
        ("twenty five minutes", 25),
        ("fyrtiofem minuter", 45),
        ("ninety minutes", 90),
        ("half an hour", 30),
        ("en halvtimme", 30),
        ("en halv timme", 30),
        ("en och en halv timme", 90),
        ("an hour and a half", 90),
        ("three quarters of an hour", 45),
        ("tre kvart", 45),
        ("ett dygn", 1440),
        ("a week", 10080),
        ("a fortnight", 20160),
        ("tva\u030a timmar", 120),
    ],
)
def test_a_duration_can_be_in_words(typed, minutes):
    assert lengths.duration(typed) == minutes


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [
        ("1.5h", 90),
        ("1,5 timme", 90),
        ("0,5 tim", 30),
        ("1.75 h", 105),
        ("½ h", 30),
        ("1½ timme", 90),
        ("två och en halv timme", 150),
        ("2 and a half hours", 150),
        ("2 hours and a half", 150),
        ("2.00 h", 120),
        ("1.5 days", 2160),
    ],
)
def test_parts_of_an_hour_are_decimals(typed, minutes):
    assert lengths.duration(typed) == minutes


@pytest.mark.parametrize(
    "typed", ["1.30h", "1.45 tim", "1,30 h", "0.15 hours", "1.05 timmar", "1 d 1.30 h"]
)
def test_what_may_be_decimals_or_minutes_is_never_taken_silently(typed):
    with pytest.raises(DurationAmbiguous):
        lengths.duration(typed)
    with pytest.raises(RemindersUnclear):
        lengths.reminders(typed)


def test_what_may_be_decimals_or_minutes_is_asked_minutes_first():
    with pytest.raises(DurationAmbiguous) as asked:
        lengths.duration("1.30h")
    assert asked.value.minutes == (90, 78)
    assert (asked.value.values["first"], asked.value.values["second"]) == ("1:30", "1:18")


@pytest.mark.parametrize(
    "typed", ["1h, 2h", "1d 1 day", "1h30 30 min", "1.5h30", "2 d 30", "2.5 min"]
)
def test_what_does_not_come_to_one_duration_is_refused(typed):
    with pytest.raises(DurationUnclear):
        lengths.duration(typed)


@pytest.mark.parametrize("typed", ["1 month", "en månad", "a year", "om 2 h", "two", "1 mån"])
def test_months_and_the_like_are_no_duration(typed):
    with pytest.raises(DurationUnclear):
        lengths.duration(typed)


@pytest.mark.parametrize(
    "typed", ["2", "0 min", "-1 h", "half a day", "1 h?", "1:75", "h", "1 parsec", "9" * 90]
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


@pytest.mark.parametrize(
    ("typed", "ahead"),
    [
        ("1d,2h", (1440, 120)),
        ("1d 1h", (1440, 60)),
        ("1d\n1h", (1440, 60)),
        ("1 dag 2 timmar", (1440, 120)),
        ("1 h 30 min", (60, 30)),
        ("1h 30", (60, 30)),
        ("60,30", (60, 30)),
        ("a day and half an hour", (1440, 30)),
        ("en vecka, en dag och en och en halv timme", (10080, 1440, 90)),
        ("two days, forty-five minutes", (2880, 45)),
    ],
)
def test_each_length_that_stands_apart_is_a_reminder(typed, ahead):
    assert lengths.reminders(typed) == ahead


@pytest.mark.parametrize(
    ("typed", "ahead"),
    [
        ("1h30", (90,)),
        ("1h30min", (90,)),
        ("1d2h", (1560,)),
        ("1:30", (90,)),
        ("1h30,2h", (120, 90)),
    ],
)
def test_what_is_written_together_is_one_reminder(typed, ahead):
    assert lengths.reminders(typed) == ahead


@pytest.mark.parametrize(
    "typed", ["1h301", "1 dx", "30,15 min", "1 month", "1h2h", "1, 2 h", "1 d -"]
)
def test_reminders_are_understood_wholly_or_not_at_all(typed):
    with pytest.raises(RemindersUnclear):
        lengths.reminders(typed)


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


HOSTILE = st.one_of(
    st.text(max_size=300),
    st.text(alphabet="0123456789.,:;+ -hmdtimånadvecko", max_size=300),
    st.lists(
        st.sampled_from(
            [*UNITS, *LENGTHS, *COUNTS, *TENS, "1", "1,5", "1.30", "99999", "och", ","]
        ),
        max_size=40,
    ).map(" ".join),
    st.sampled_from(["1h ", "1h", "1 h och ", "twenty ", "1,"]).map(lambda said: said * 200 + "x"),
)


@given(HOSTILE)
def test_whatever_is_typed_is_a_length_or_a_kind_refusal(typed):
    with suppress(DurationUnclear, DurationTooLong):
        assert 0 < lengths.duration(typed) <= 14 * 24 * 60
    with suppress(RemindersUnclear, RemindersTooMany):
        assert len(lengths.reminders(typed) or ()) <= 5
