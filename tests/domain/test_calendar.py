"""Weekly moments and spans ahead, over every clock change of twelve years."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.when.clocks import ahead_of, end_of, next_weekly

STOCKHOLM = "Europe/Stockholm"
SUNDAY, THURSDAY = 6, 3
HOUR = timedelta(hours=1)
ZONES = st.sampled_from([STOCKHOLM, "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata"])
MOMENTS = st.datetimes(
    datetime(2024, 1, 1), datetime(2035, 12, 31), timezones=st.just(UTC)  # noqa: DTZ001 - bounds
)  # fmt: skip


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("weekday", "hour", "now", "expected"),
    [
        (THURSDAY, 9, "2026-11-23 09:00", "2026-11-26 08:00"),  # later this week
        (THURSDAY, 9, "2026-11-26 07:59", "2026-11-26 08:00"),  # in a minute
        (THURSDAY, 9, "2026-11-26 08:00", "2026-12-03 08:00"),  # now is not ahead
        (THURSDAY, 0, "2026-11-25 23:30", "2026-12-02 23:00"),  # Thursday already, in Stockholm
        (THURSDAY, 9, "2026-03-26 09:00", "2026-04-02 07:00"),  # summer time begins between
        (THURSDAY, 9, "2026-10-22 09:00", "2026-10-29 08:00"),  # and ends
        # 29 March 2026: the clock goes from 02:00 to 03:00.
        (SUNDAY, 1, "2026-03-28 12:00", "2026-03-29 00:00"),
        (SUNDAY, 2, "2026-03-28 12:00", "2026-03-29 01:00"),  # there is none: 03:00
        (SUNDAY, 3, "2026-03-28 12:00", "2026-03-29 01:00"),
        # 25 October 2026: from 03:00 back to 02:00.
        (SUNDAY, 1, "2026-10-24 12:00", "2026-10-24 23:00"),
        (SUNDAY, 2, "2026-10-24 12:00", "2026-10-25 00:00"),  # the first of two
        (SUNDAY, 2, "2026-10-25 00:30", "2026-11-01 01:00"),  # the second is not another
        (SUNDAY, 3, "2026-10-24 12:00", "2026-10-25 02:00"),
    ],
)
def test_a_weekly_moment_is_the_next_of_its_weekday_and_hour(weekday, hour, now, expected):
    assert next_weekly(weekday, hour, STOCKHOLM, utc(now)) == utc(expected)


@given(weekday=st.integers(0, 6), hour=st.integers(0, 23), zone=ZONES, now=MOMENTS)
def test_a_weekly_moment_is_ahead_and_at_its_hour_wherever_that_hour_exists(
    weekday, hour, zone, now
):
    found = next_weekly(weekday, hour, zone, now)
    assert found.tzinfo is UTC
    assert now < found <= now + timedelta(days=7, hours=1)
    here = found.astimezone(ZoneInfo(zone))
    assert here.weekday() == weekday
    if here.hour != hour:
        skipped = here.replace(hour=hour, minute=0)
        assert skipped.astimezone(UTC).astimezone(ZoneInfo(zone)).hour != hour


@given(weekday=st.integers(0, 6), hour=st.integers(0, 23), now=MOMENTS)
def test_no_such_hour_lies_between_now_and_the_weekly_moment(weekday, hour, now):
    found = next_weekly(weekday, hour, STOCKHOLM, now)
    full = now.replace(minute=0, second=0, microsecond=0)
    while (full := full + HOUR) < found:
        here = full.astimezone(ZoneInfo(STOCKHOLM))
        second_of_two = here.fold == 1
        assert (here.weekday(), here.hour) != (weekday, hour) or second_of_two


@given(weekday=st.integers(0, 6), hour=st.integers(0, 23), zone=ZONES, now=MOMENTS)
def test_weeks_follow_each_other_a_week_apart(weekday, hour, zone, now):
    first = next_weekly(weekday, hour, zone, now)
    second = next_weekly(weekday, hour, zone, first)
    assert abs((second - first) - timedelta(days=7)) <= HOUR


@pytest.mark.parametrize(
    ("minutes", "expected"),
    [
        (10080, "2026-03-24 12:00"),  # a week by the calendar: 13:00 in winter time
        (1440, "2026-03-30 11:00"),
        (60, "2026-03-31 10:00"),
        (1440 + 60, "2026-03-30 10:00"),
    ],
)
def test_days_ahead_go_by_the_calendar_and_hours_by_the_clock(minutes, expected):
    meeting = utc("2026-03-31 11:00")  # 13:00 in Stockholm, two days after summer time begins
    assert ahead_of(meeting, minutes, STOCKHOLM) == utc(expected)


@given(moment=MOMENTS, minutes=st.integers(0, 40_000), zone=ZONES)
def test_ahead_is_never_off_by_more_than_the_clock_is_changed(moment, minutes, zone):
    off = moment - timedelta(minutes=minutes) - ahead_of(moment, minutes, zone)
    assert abs(off) <= (HOUR if minutes >= 1440 else timedelta()), "within a day, by the clock"


@pytest.mark.parametrize(("minutes", "expected"), [(60, "00:30"), (30, "01:00"), (90, "00:00")])
def test_an_hour_ahead_of_the_second_of_two_hours_is_the_first(minutes, expected):
    second = utc("2026-10-25 01:30")  # 02:30 in Stockholm, for the second time
    assert ahead_of(second, minutes, STOCKHOLM) == utc(f"2026-10-25 {expected}")


@pytest.mark.parametrize(
    ("start", "minutes", "expected"),
    [
        ("2027-03-27 08:00", 2880, "2027-03-29 07:00"),  # Saturday to Monday, both at 09:00
        ("2027-10-30 07:00", 2880, "2027-11-01 08:00"),
        ("2027-10-30 07:00", 2880 + 60, "2027-11-01 09:00"),
        ("2026-10-25 01:30", 60, "2026-10-25 02:30"),
    ],
)
def test_whole_days_of_length_are_days_of_the_calendar(start, minutes, expected):
    assert end_of(utc(start), minutes, STOCKHOLM) == utc(expected)
