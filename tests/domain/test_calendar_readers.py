"""Two readers beside each other: ical.js, which many calendars are built on, and icalendar.

The files stand in ``tests/calendars/golden``; with ``LEDA_GOLDEN=write`` they are written anew.
"""

import json
import os
import shutil
import subprocess
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from icalendar import Calendar

from bot.domain.meetings.calendar_files import CalendarMeeting, calendar_file
from bot.domain.when.clocks import end_of
from bot.domain.when.recurrence import Rule, moment_of
from storage.enums import Language, Repeat
from tests.domain.test_calendar_files import expanded, meeting, series, time

FOLDER = Path(__file__).parents[1] / "calendars"
GOLDEN = FOLDER / "golden"
WEEKLY = Rule(Repeat.WEEKLY, count=6)


def moved(times, number, **ahead):
    found = [*times]
    found[number] = replace(found[number], wall=found[number].wall + timedelta(**ahead))
    return found


def without(times, *numbers):
    return [replace(each, cancelled=n in numbers) for n, each in enumerate(times)]


def of(rule, start, *, fold=0):
    return series(start, rule, fold=fold)


def several():
    """What leda may hold, by the name of its file."""
    month = Rule(Repeat.MONTHLY_DATE, count=5)
    weekday = Rule(Repeat.MONTHLY_WEEKDAY, count=6)
    spring = "2027-03-09 13:00"
    return {
        "alone": meeting(),
        "two-days": meeting(time("2027-03-27 09:00", minutes=2880)),
        "two-days-and-two-hours": meeting(time("2027-10-30 09:00", minutes=3000)),
        "second-hour": meeting(time("2026-10-25 02:30", fold=1)),
        "cancelled": meeting(time("2026-12-03 13:00", cancelled=True)),
        "weekly": meeting(*of(WEEKLY, spring), repeat=Repeat.WEEKLY),
        "fortnightly": meeting(
            *of(Rule(Repeat.FORTNIGHTLY, until=date(2027, 6, 1)), spring),
            repeat=Repeat.FORTNIGHTLY,
        ),
        "weekly-moved-and-cancelled": meeting(
            *without(moved(of(WEEKLY, spring), 3, days=1, hours=-4), 1, 4), repeat=Repeat.WEEKLY
        ),
        "weekly-moved-as-a-whole": meeting(
            *of(Rule(Repeat.WEEKLY, count=2), "2026-12-08 13:00"),
            *of(Rule(Repeat.WEEKLY, count=3), "2026-12-17 09:00"),
            repeat=Repeat.WEEKLY,
        ),
        "weekly-rest-cancelled": meeting(
            *without(of(WEEKLY, spring), 2, 3, 4, 5), repeat=Repeat.WEEKLY
        ),
        "weekly-without-holidays": meeting(
            *[each for n, each in enumerate(of(WEEKLY, "2026-12-17 13:00")) if n not in {1, 2}],
            repeat=Repeat.WEEKLY,
        ),
        "monthly-on-the-30th": meeting(*of(month, "2026-11-30 13:00"), repeat=Repeat.MONTHLY_DATE),
        "monthly-on-the-29th": meeting(*of(month, "2026-12-29 13:00"), repeat=Repeat.MONTHLY_DATE),
        "monthly-on-the-15th": meeting(*of(month, "2026-11-15 13:00"), repeat=Repeat.MONTHLY_DATE),
        "monthly-on-the-last-friday": meeting(
            *of(weekday, "2027-01-29 09:00"), repeat=Repeat.MONTHLY_WEEKDAY
        ),
        "monthly-on-the-second-tuesday": meeting(
            *of(weekday, "2027-01-12 09:00"), repeat=Repeat.MONTHLY_WEEKDAY
        ),
        "daily-over-a-skipped-hour": meeting(
            *of(Rule(Repeat.DAILY, count=5), "2027-03-26 02:30"), repeat=Repeat.DAILY
        ),
        "weekly-from-a-second-hour": meeting(
            *of(WEEKLY, "2026-10-25 02:30", fold=1), repeat=Repeat.WEEKLY
        ),
        "one-of-another-length": meeting(
            *[
                replace(each, minutes=200 if n == 1 else 90)
                for n, each in enumerate(of(WEEKLY, "2026-10-25 02:30", fold=1))
            ],
            repeat=Repeat.WEEKLY,
        ),
    }


SEVERAL = several()


def held(whole: CalendarMeeting) -> list[list[str]]:
    """When each time begins and ends that the file is about, in UTC."""
    left = [each for each in whole.times if not each.cancelled] or whole.times
    starts = [(moment_of(each.wall, each.fold, whole.zone), each.minutes) for each in left]
    spans = [(start, end_of(start, minutes, whole.zone)) for start, minutes in starts]
    return sorted([f"{moment:%Y-%m-%dT%H:%M:%SZ}" for moment in span] for span in spans)


@pytest.mark.parametrize("name", SEVERAL)
def test_the_file_is_the_golden_one(name):
    file, kept = calendar_file(SEVERAL[name], language=Language.SV), GOLDEN / f"{name}.ics"
    if os.environ.get("LEDA_GOLDEN") == "write":
        kept.write_bytes(file)
    assert file == kept.read_bytes()


@pytest.mark.parametrize("name", SEVERAL)
def test_icalendar_reads_what_leda_holds(name):
    file = (GOLDEN / f"{name}.ics").read_bytes()
    events = Calendar.from_ical(file).walk("VEVENT")
    assert [event.errors for event in events] == [[]] * len(events)
    starts = [datetime.fromisoformat(start).astimezone(UTC) for start, _ in held(SEVERAL[name])]
    assert expanded(file) == starts


def test_a_second_reader_reads_the_same():
    """ical.js stands where ``npm ci`` has put it; on the machine that checks all, it has to."""
    there = shutil.which("node") and (FOLDER / "node_modules" / "ical.js").is_dir()
    if not there and "CI" not in os.environ:
        pytest.skip("no node, or no ical.js: npm ci --prefix tests/calendars")
    files = [GOLDEN / f"{name}.ics" for name in SEVERAL]
    done = subprocess.run(
        ["node", "read.mjs", *map(str, files)],
        cwd=FOLDER,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    for name, found in zip(SEVERAL, json.loads(done.stdout), strict=True):
        assert found == held(SEVERAL[name]), name
