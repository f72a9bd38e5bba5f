"""Meetings that come again, over every clock change of twelve years."""

from calendar import monthrange
from datetime import UTC, date, datetime, timedelta
from itertools import count, pairwise, takewhile
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import rrulestr
from hypothesis import example, given
from hypothesis import strategies as st

from bot.domain.when.errors import (
    RepeatEndless,
    RepeatNotChosen,
    RepeatOver,
    RepeatTooMany,
    RepeatTwoEnds,
)
from bot.domain.when.recurrence import MOST, Recurrence, Rule, occurrences, rrule_of
from storage.enums import Repeat

STOCKHOLM = "Europe/Stockholm"
AGAIN = [repeat for repeat in Repeat if repeat is not Repeat.NONE]
ZONES = st.sampled_from(
    [STOCKHOLM, "Europe/London", "America/New_York", "Australia/Lord_Howe", "America/Santiago",
     "UTC"]
)  # fmt: skip
STARTS = st.datetimes(datetime(2024, 1, 1), datetime(2035, 12, 31)).map(  # noqa: DTZ001 - bounds
    lambda when: when.replace(second=0, microsecond=0)
)
# Hours in which clocks change, too, as often as others.
HOURS = st.integers(0, 23) | st.integers(0, 3)


def wall(text: str) -> datetime:
    return datetime.fromisoformat(text)


def by_hand(repeat: Repeat, start: date, i: int) -> date:
    """The day of the i-th meeting, without any library of rules."""
    if repeat in {Repeat.DAILY, Repeat.WEEKLY, Repeat.FORTNIGHTLY}:
        return start + timedelta(i * {"daily": 1, "weekly": 7, "fortnightly": 14}[repeat])
    months = start.year * 12 + start.month - 1 + i
    year, month = months // 12, months % 12 + 1
    length = monthrange(year, month)[1]
    if repeat is Repeat.MONTHLY_DATE:
        return date(year, month, min(start.day, length))
    same = [day for day in range(1, length + 1)
            if date(year, month, day).weekday() == start.weekday()]  # fmt: skip
    nth = (start.day - 1) // 7
    return date(year, month, same[nth] if nth < 4 else same[-1])


def check_series(found: list[Recurrence], start: datetime, zone: str, rule: Rule) -> None:
    moments = [each.moment for each in found]
    assert all(earlier < later for earlier, later in pairwise(moments))
    assert {each.wall.time() for each in found} == {start.time()}
    here = ZoneInfo(zone)
    for each in found:
        assert each.moment.tzinfo is UTC
        shown = each.moment.astimezone(here).replace(tzinfo=None)
        if shown != each.wall:  # skipped by the clock: as late as if it had not been changed
            assert shown > each.wall
            back = each.wall.replace(tzinfo=here).astimezone(UTC).astimezone(here)
            assert back.replace(tzinfo=None) == shown
    # The text that other calendars read means the same days.
    text = rrule_of(rule, start, zone)
    read = rrulestr(text, dtstart=start.replace(tzinfo=here))
    assert [each.replace(tzinfo=None) for each in read] == [each.wall for each in found]


@pytest.mark.parametrize("repeat", AGAIN)
@given(start=STARTS, hour=HOURS, zone=ZONES, times=st.integers(1, MOST))
@example(start=wall("2026-03-22 02:30"), hour=2, zone=STOCKHOLM, times=3)
@example(start=wall("2024-12-31 02:00"), hour=2, zone="Australia/Lord_Howe", times=MOST)
def test_a_series_keeps_its_wall_clock_time_and_its_count(repeat, start, hour, zone, times):
    start = start.replace(hour=hour)
    rule = Rule(repeat, count=times)
    found = occurrences(start, 0, zone, rule)
    assert [each.wall.date() for each in found] == [
        by_hand(repeat, start.date(), i) for i in range(times)
    ]
    check_series(found, start, zone, rule)


@pytest.mark.parametrize("repeat", AGAIN)
@given(start=STARTS, hour=HOURS, zone=ZONES, days=st.integers(0, 199))
@example(start=wall("2026-10-25 02:30"), hour=2, zone=STOCKHOLM, days=0)
@example(start=wall("2026-04-04 23:30"), hour=23, zone="America/Santiago", days=0)
def test_a_series_ends_on_its_last_day_and_not_before(repeat, start, hour, zone, days):
    start = start.replace(hour=hour)
    until = start.date() + timedelta(days)
    rule = Rule(repeat, until=until)
    found = occurrences(start, 0, zone, rule)
    expected = takewhile(
        lambda day: day <= until, (by_hand(repeat, start.date(), i) for i in count())
    )
    assert [each.wall.date() for each in found] == list(expected)
    check_series(found, start, zone, rule)


@pytest.mark.parametrize(
    ("repeat", "start", "expected"),
    [
        (Repeat.DAILY, "2026-12-03", "FREQ=DAILY"),
        (Repeat.WEEKLY, "2026-12-03", "FREQ=WEEKLY"),
        (Repeat.FORTNIGHTLY, "2026-12-03", "FREQ=WEEKLY;INTERVAL=2"),
        (Repeat.MONTHLY_DATE, "2026-12-03", "FREQ=MONTHLY;BYMONTHDAY=3"),
        (Repeat.MONTHLY_DATE, "2026-12-28", "FREQ=MONTHLY;BYMONTHDAY=28"),
        (Repeat.MONTHLY_DATE, "2026-12-29", "FREQ=MONTHLY;BYMONTHDAY=28,29;BYSETPOS=-1"),
        (Repeat.MONTHLY_DATE, "2026-12-30", "FREQ=MONTHLY;BYMONTHDAY=28,29,30;BYSETPOS=-1"),
        (Repeat.MONTHLY_DATE, "2026-12-31", "FREQ=MONTHLY;BYMONTHDAY=-1"),
        (Repeat.MONTHLY_WEEKDAY, "2026-12-08", "FREQ=MONTHLY;BYDAY=2TU"),
        (Repeat.MONTHLY_WEEKDAY, "2026-12-28", "FREQ=MONTHLY;BYDAY=4MO"),
        (Repeat.MONTHLY_WEEKDAY, "2026-12-29", "FREQ=MONTHLY;BYDAY=-1TU"),
    ],
)
def test_a_rule_is_written_as_calendars_read_it(repeat, start, expected):
    start = wall(f"{start} 13:00")
    assert rrule_of(Rule(repeat, count=5), start, STOCKHOLM) == f"{expected};COUNT=5"
    # One in the night there is still the day before in UTC.
    until = rrule_of(Rule(repeat, until=date(2027, 6, 30)), start.replace(hour=1), STOCKHOLM)
    assert until == f"{expected};UNTIL=20270629T230000Z"


def test_what_comes_once_has_no_rule():
    start = wall("2026-12-03 13:00")
    assert rrule_of(Rule(), start, STOCKHOLM) == ""
    assert occurrences(start, 0, STOCKHOLM, Rule()) == [
        Recurrence(start, datetime(2026, 12, 3, 12, tzinfo=UTC))
    ]


def test_a_skipped_time_is_moved_on_and_the_next_is_at_its_usual_time():
    found = occurrences(wall("2026-03-28 02:30"), 0, STOCKHOLM, Rule(Repeat.DAILY, count=3))
    assert [each.wall.isoformat(" ", "minutes") for each in found] == [
        "2026-03-28 02:30", "2026-03-29 02:30", "2026-03-30 02:30"
    ]  # fmt: skip
    here = [each.moment.astimezone(ZoneInfo(STOCKHOLM)) for each in found]
    assert [f"{each:%H:%M}" for each in here] == ["02:30", "03:30", "02:30"]


@pytest.mark.parametrize(("fold", "hour"), [(0, 0), (1, 1)])
def test_a_start_in_a_doubled_hour_is_the_one_that_was_chosen(fold, hour):
    start = wall("2026-10-25 02:30")
    for rule in (Rule(), Rule(Repeat.DAILY, until=start.date()), Rule(Repeat.DAILY, count=1)):
        found = occurrences(start, fold, STOCKHOLM, rule)
        assert found == [Recurrence(start, datetime(2026, 10, 25, hour, 30, tzinfo=UTC))]


def test_a_later_time_in_a_doubled_hour_is_the_first_of_the_two():
    found = occurrences(wall("2026-10-24 02:30"), 0, STOCKHOLM, Rule(Repeat.DAILY, count=2))
    assert found[1].moment == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


@pytest.mark.parametrize("start", ["2026-12-01", "2024-02-29", "2026-12-31", "2027-01-30"])
@pytest.mark.parametrize("repeat", AGAIN)
def test_the_most_is_allowed_and_one_more_is_refused_with_its_number(repeat, start):
    start = wall(f"{start} 09:00")
    days = [by_hand(repeat, start.date(), i) for i in range(MOST + 1)]
    assert len(occurrences(start, 0, STOCKHOLM, Rule(repeat, until=days[-2]))) == MOST
    day_before = days[-1] - timedelta(1)
    assert len(occurrences(start, 0, STOCKHOLM, Rule(repeat, until=day_before))) == MOST
    for rule in (Rule(repeat, until=days[-1]), Rule(repeat, count=MOST + 1)):
        with pytest.raises(RepeatTooMany) as refused:
            occurrences(start, 0, STOCKHOLM, rule)
        assert refused.value.values == {"number": MOST + 1, "limit": MOST}


@pytest.mark.parametrize("repeat", AGAIN)
def test_an_end_at_the_end_of_time_is_refused_at_once(repeat):
    with pytest.raises(RepeatTooMany):
        occurrences(wall("2026-12-03 13:00"), 0, "America/New_York", Rule(repeat, until=date.max))


@pytest.mark.parametrize(
    ("rule", "error"),
    [
        (Rule(Repeat.WEEKLY), RepeatEndless),
        (Rule(Repeat.WEEKLY, date(2027, 1, 1), 5), RepeatTwoEnds),
        (Rule(Repeat.NONE, count=5), RepeatNotChosen),
        (Rule(Repeat.NONE, until=date(2027, 1, 1)), RepeatNotChosen),
        (Rule(Repeat.WEEKLY, until=date(2026, 12, 2)), RepeatOver),
        (Rule(Repeat.MONTHLY_DATE, until=date(2026, 12, 2)), RepeatOver),
        (Rule(Repeat.MONTHLY_WEEKDAY, until=date(2026, 12, 2)), RepeatOver),
        (Rule(Repeat.MONTHLY_DATE, until=date(2025, 12, 31)), RepeatOver),
        (Rule(Repeat.DAILY, count=0), RepeatOver),
    ],
)
def test_a_rule_that_cannot_be_kept_is_refused(rule, error):
    with pytest.raises(error):
        occurrences(wall("2026-12-03 13:00"), 0, STOCKHOLM, rule)
