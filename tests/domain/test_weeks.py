"""Weeks: each moment lies in exactly one, whatever clocks and calendars do."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.when import clocks as weeks
from bot.domain.when.clocks import Week

# Both halves of the world, changes of half an hour, and none at all.
ZONES = (
    "Europe/Stockholm", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia", "Asia/Kolkata",
    "Pacific/Kiritimati", "Africa/Casablanca", "UTC",
)  # fmt: skip
FIRST, LAST = datetime(2024, 1, 1), datetime(2035, 12, 31)  # noqa: DTZ001 - hypothesis wants it so
clocks = st.tuples(st.integers(0, 6), st.integers(0, 23), st.sampled_from(ZONES))


@given(st.datetimes(FIRST, LAST, timezones=st.just(UTC)), clocks)
def test_every_moment_lies_in_the_week_that_ends_next(moment, clock):
    week = weeks.containing(moment, *clock)
    assert weeks.ends(week.preceding, *clock) <= moment < weeks.ends(week, *clock)


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("weekday", range(7))
def test_weeks_lie_side_by_side_from_2024_to_2035(zone, weekday):
    """One after the other, so that no moment is in two of them and none is left out."""
    week, ends = Week(2023, 52), []
    while week <= Week(2036, 1):
        hour = week.number % 24  # every hour somewhere; the neighbours below have the same
        first = weeks.ends(week, weekday, hour, zone)
        second = weeks.ends(week.following, weekday, hour, zone)
        assert timedelta(days=6, hours=22) < second - first < timedelta(days=7, hours=2)
        ends.append(weeks.ends(week, weekday, 2, zone))
        week = week.following
    assert all(before < after for before, after in pairwise(ends))
    assert len(ends) == 12 * 52 + 2 + 2  # 2026 and 2032 have 53


@given(st.dates(date(2024, 1, 1), date(2035, 12, 31)))
def test_numbers_grow_with_time_and_are_read_back(day):
    week = Week.on(day)
    assert Week.of(week.value) == week
    assert week.monday <= day < week.following.monday
    assert week.preceding.following == week == week.following.preceding
    assert week.preceding.value < week.value < week.following.value
    assert str(week) == f"{day:%G-W%V}"


def test_a_year_of_53_weeks_ends_with_week_53():
    assert Week.on(date(2026, 12, 31)) == Week(2026, 53) == Week.on(date(2027, 1, 3))
    assert Week(2026, 53).following == Week(2027, 1)
    assert Week(2025, 52).following == Week(2026, 1)
    assert Week.on(date(2024, 12, 30)) == Week(2025, 1)  # a Monday, in another year by its week


@pytest.mark.parametrize(
    ("week", "hour", "moment"),
    [
        (Week(2026, 13), 2, "2026-03-29T03:00+02:00"),  # skipped: an hour later
        (Week(2026, 43), 2, "2026-10-25T02:00+02:00"),  # twice: the first
        (Week(2026, 53), 9, "2027-01-03T09:00+01:00"),
    ],
)
def test_an_hour_that_a_clock_change_skips_or_repeats_is_one_moment(week, hour, moment):
    sunday = weeks.ends(week, 6, hour, "Europe/Stockholm")
    assert sunday.astimezone(ZoneInfo("Europe/Stockholm")).isoformat(timespec="minutes") == moment
    assert sunday.tzinfo is UTC
