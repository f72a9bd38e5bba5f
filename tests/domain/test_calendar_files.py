"""Calendar files: what they say, how they are written, and what calendars make of them."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
from dateutil import tz
from dateutil.rrule import rrulestr
from hypothesis import assume, given
from hypothesis import strategies as st
from icalendar import Calendar, Event

from bot.domain.kit.texts import clean, clean_line
from bot.domain.meetings.calendar_files import (
    CalendarMeeting,
    CalendarTime,
    calendar_file,
    filename,
    timezone_of,
)
from bot.domain.when.recurrence import Rule, moment_of, occurrences
from storage.enums import Language, Repeat

STOCKHOLM = "Europe/Stockholm"
# Zones, and how often at least their clocks are changed from 2024 to 2035. Paraguay keeps summer
# time since 2024, and Kazakhstan has moved once.
ZONES = {
    STOCKHOLM: 24, "Europe/London": 24, "Europe/Dublin": 24, "America/New_York": 24,
    "America/Santiago": 24, "Australia/Lord_Howe": 24, "Africa/Casablanca": 24,
    "America/Asuncion": 2, "Asia/Almaty": 1, "Asia/Kolkata": 0,
}  # fmt: skip


def wall(text: str) -> datetime:
    return datetime.fromisoformat(text)


USUAL = ("title", "place", "link", "description", "minutes")


def meeting(*times: CalendarTime, **changes) -> CalendarMeeting:
    """A meeting of 3 December, or of these times."""
    usual = {name: changes.pop(name) for name in USUAL if name in changes}
    one = time("2026-12-03 13:00", **usual)
    whole = CalendarMeeting(
        uid="meeting-12@leda",
        zone=STOCKHOLM,
        sequence=0,
        changed_at=datetime(2026, 11, 22, 10, 30, tzinfo=UTC),
        usual=one,
        times=times or (one,),
    )
    return replace(whole, **changes)


def time(text: str, original: str | None = None, **changes) -> CalendarTime:
    at = wall(text)
    whole = CalendarTime(
        original=wall(original) if original else at, wall=at, minutes=90, title="Kickoff"
    )
    return replace(whole, **changes)


def series(start: str, rule: Rule, *, fold: int = 0) -> list[CalendarTime]:
    """The times that leda makes of a rule."""
    there = occurrences(wall(start), fold, STOCKHOLM, rule)
    return [
        time(each.wall.isoformat(), fold=0 if number else fold) for number, each in enumerate(there)
    ]


def held(whole: CalendarMeeting) -> list[datetime]:
    """When leda holds it, moments in UTC."""
    there = (each for each in whole.times if not each.cancelled)
    return sorted(moment_of(each.wall, each.fold, whole.zone) for each in there)


def lines(file: bytes) -> list[str]:
    return file.decode("utf-8").replace("\r\n ", "").split("\r\n")


def read(whole: CalendarMeeting) -> tuple[Calendar, list[Event]]:
    calendar = Calendar.from_ical(calendar_file(whole, language=Language.SV))
    return calendar, list(calendar.walk("VEVENT"))


def well_formed(file: bytes) -> None:
    """RFC 5545, 3.1: lines end in CRLF and are at most 75 octets; and no control characters."""
    assert file.endswith(b"END:VCALENDAR\r\n")
    for line in file.removesuffix(b"\r\n").split(b"\r\n"):
        assert len(line) <= 75
        assert not re.search(rb"[\x00-\x08\x0a-\x1f\x7f]", line)
        line.decode("utf-8")  # no letter is cut in two
    whole = lines(file)[:-1]
    open_parts = []
    for line in whole:
        assert re.match(r"[A-Z-]+(;[A-Z-]+=[^:;]+)*:", line), line
        name, _, value = line.partition(":")
        if name == "BEGIN":
            open_parts.append(value)
        elif name == "END":
            assert open_parts.pop() == value
    assert open_parts == []


def expanded(file: bytes) -> list[datetime]:
    """What a calendar makes of a file, moments in UTC, with dateutil alone and the file's zone."""
    text = "\r\n".join(lines(file))
    zones = tz.tzical(StringIO(text)) if "BEGIN:VTIMEZONE" in text else None

    def moment(written: str, zone: str = "") -> datetime:
        if written.endswith("Z"):
            return datetime.strptime(written, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
        assert zones is not None
        local = datetime.strptime(written, "%Y%m%dT%H%M%S").replace(tzinfo=zones.get(zone))
        return tz.resolve_imaginary(local).astimezone(UTC)

    def listed(name: str, part: str) -> list[datetime]:
        found = re.findall(rf"^{name}(?:;TZID=(.+?))?:(\S+)", part, re.MULTILINE)
        return [moment(each, zone) for zone, said in found for each in said.split(",")]

    found: dict[datetime, datetime] = {}
    for part in text.split("BEGIN:VEVENT")[1:]:
        (start,) = listed("DTSTART", part)
        if named := listed("RECURRENCE-ID", part):
            assert named[0] in found, "it is of none that the series has"
            found[named[0]] = start
            continue
        there = {start, *listed("RDATE", part)}
        if rule := re.search(r"RRULE:(\S+)", part):
            zone, written = re.search(r"DTSTART(?:;TZID=(.+?))?:(\S+)", part).groups()
            local = datetime.strptime(written.rstrip("Z"), "%Y%m%dT%H%M%S").replace(
                tzinfo=zones.get(zone) if zone else UTC
            )
            there |= {
                tz.resolve_imaginary(each).astimezone(UTC)
                for each in rrulestr(rule[1], dtstart=local)
            }
        found |= {each: each for each in there - set(listed("EXDATE", part))}
    return sorted(found.values())


def test_a_file_tells_all_of_a_meeting():
    whole = meeting(
        title="Kickoff; för alla, på plats",
        place="Vara konserthus, Östra gången",
        link="https://video.example/a?b=1;c,d",
        url="https://discord.com/channels/1/2/3",
        description="Välkomna!\n1. Runda; kort, glad\n2. C:\\mål",
        categories=("LEDA, våren", "Skola"),
        sequence=4,
    )
    calendar, [event] = read(whole)
    assert calendar["prodid"] == "-//leda//leda//SV"
    assert calendar["version"] == "2.0"
    assert calendar["method"] == "PUBLISH"
    assert event["uid"] == "meeting-12@leda"
    assert event["sequence"] == 4
    assert event["status"] == "CONFIRMED"
    assert event["summary"] == whole.usual.title
    assert event["location"] == whole.usual.place
    assert event["url"] == whole.url
    assert event["description"] == f"{whole.usual.description}\n\n{whole.usual.link}\n\n{whole.url}"
    assert event["categories"].cats == ["LEDA, våren", "Skola"]
    assert event["dtstamp"].dt == event["last-modified"].dt == whole.changed_at
    assert event["dtstart"].dt == datetime(2026, 12, 3, 12, tzinfo=UTC)
    assert event["dtstart"].params["TZID"] == STOCKHOLM
    assert event["duration"].dt == timedelta(minutes=90)
    assert not {"rrule", "exdate", "recurrence-id"} & {name.lower() for name in event}
    assert not calendar.walk("VALARM")


def test_a_file_is_written_as_the_standard_wants_it():
    file = calendar_file(meeting(title="Å" * 100, description="ö, ;\n" * 50), language=Language.EN)
    well_formed(file)
    said = lines(file)
    assert said[:2] == ["BEGIN:VCALENDAR", "VERSION:2.0"]
    assert "DTSTART;TZID=Europe/Stockholm:20261203T130000" in said
    assert "DTSTAMP:20261122T103000Z" in said
    assert "DURATION:PT1H30M" in said
    assert said.count("BEGIN:VTIMEZONE") == 1
    assert said.index("BEGIN:VTIMEZONE") < said.index("BEGIN:VEVENT")
    event = said[said.index("BEGIN:VEVENT") : said.index("END:VEVENT")]
    names = [line.partition(":")[0].partition(";")[0] for line in event]
    assert {"UID", "DTSTAMP", "DTSTART", "SEQUENCE", "STATUS", "SUMMARY"} <= set(names)
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    ("place", "link", "location"),
    [("Aula", "https://a.example", "Aula"), ("", "https://a.example", "https://a.example"),
     ("", "", None)],
)  # fmt: skip
def test_where_it_is_is_the_place_or_else_the_link(place, link, location):
    _, [event] = read(meeting(place=place, link=link))
    assert event.get("location") == location


def test_an_edit_keeps_who_it_is_and_counts_up():
    before = meeting()
    after = meeting(time("2026-12-04 09:00", title="Start"), sequence=1)
    (_, [old]), (_, [new]) = read(before), read(after)
    assert new["uid"] == old["uid"]
    assert new["sequence"] == old["sequence"] + 1


@pytest.mark.parametrize("cancelled", [False, True])
def test_a_file_has_an_organizer_whatever_it_says(cancelled):
    calendar, [event] = read(meeting(time("2026-12-03 13:00", cancelled=cancelled)))
    assert calendar["method"] == ("CANCEL" if cancelled else "PUBLISH")
    assert event["organizer"] == "mailto:noreply@leda.invalid"
    assert event["organizer"].params["CN"] == "leda"


def test_a_meeting_of_which_nothing_is_left_says_so_in_every_event():
    times = series("2026-12-03 13:00", Rule(Repeat.WEEKLY, count=3))
    times[1] = replace(times[1], wall=wall("2026-12-11 09:00"))
    gone = [replace(each, cancelled=True) for each in times]
    calendar, events = read(meeting(*gone, repeat=Repeat.WEEKLY))
    assert calendar["method"] == "CANCEL"
    assert [event["status"] for event in events] == ["CANCELLED"] * 2


def test_what_was_held_stands_when_the_rest_is_cancelled():
    times = series("2026-12-03 13:00", Rule(Repeat.WEEKLY, count=5))
    rest = [replace(each, cancelled=True) for each in times[2:]]
    whole = meeting(*times[:2], *rest, repeat=Repeat.WEEKLY)
    calendar, events = read(whole)
    assert calendar["method"] == "PUBLISH"
    assert [event["status"] for event in events] == ["CONFIRMED"]
    assert expanded(calendar_file(whole, language=Language.EN)) == held(whole)


def test_a_series_tells_its_rule_and_what_differs_from_it():
    times = series("2026-12-03 13:00", Rule(Repeat.WEEKLY, until=date(2026, 12, 31)))
    times[2] = replace(times[2], cancelled=True, sequence=1)
    times[1] = time(
        "2026-12-11 09:00", "2026-12-10 13:00", title="Flyttat", place="Sal 2", minutes=120,
        sequence=3,
    )  # fmt: skip
    whole = meeting(*times, repeat=Repeat.WEEKLY, sequence=2, place="Sal 1")
    whole = replace(whole, times=tuple(replace(t, place=t.place or "Sal 1") for t in whole.times))
    file = calendar_file(whole, language=Language.SV)
    well_formed(file)
    _, [every, apart] = read(whole)
    assert "RRULE:FREQ=WEEKLY;COUNT=5" in lines(file)
    assert "EXDATE;TZID=Europe/Stockholm:20261217T130000" in lines(file)
    assert "RECURRENCE-ID;TZID=Europe/Stockholm:20261210T130000" in lines(file)
    assert "rrule" not in apart
    assert apart["uid"] == every["uid"]
    assert (every["sequence"], apart["sequence"]) == (2, 3)
    assert (apart["summary"], apart["location"]) == ("Flyttat", "Sal 2")
    assert apart["dtstart"].dt == datetime(2026, 12, 11, 8, tzinfo=UTC)
    assert apart["duration"].dt == timedelta(hours=2)


def test_the_30th_of_every_month_is_told_each_by_itself():
    times = series("2026-11-30 13:00", Rule(Repeat.MONTHLY_DATE, count=5))
    whole = meeting(*times, repeat=Repeat.MONTHLY_DATE)
    file = calendar_file(whole, language=Language.EN)
    assert b"RRULE:FREQ=MONTHLY" not in file
    assert [f"{each:%m-%d}" for each in expanded(file)] == [
        "11-30", "12-30", "01-30", "02-28", "03-30",
    ]  # fmt: skip


def test_a_series_that_was_moved_holds_what_was_held_and_what_will_be():
    before = series("2026-12-01 13:00", Rule(Repeat.WEEKLY, count=2))
    after = series("2026-12-17 09:00", Rule(Repeat.WEEKLY, count=3))
    whole = meeting(*before, *after, repeat=Repeat.WEEKLY)
    assert expanded(calendar_file(whole, language=Language.EN)) == held(whole)


def test_whole_days_of_length_are_days_of_the_calendar():
    _, [event] = read(meeting(time("2027-03-27 09:00", minutes=2880)))
    assert event["duration"].to_ical() == b"P2D"


@pytest.mark.parametrize("start", ["2026-03-15 13:00", "2026-10-04 13:00", "2026-03-15 02:30",
                                   "2026-10-04 02:30", "2026-10-25 02:30"])  # fmt: skip
@pytest.mark.parametrize("fold", [0, 1])
def test_calendars_see_a_series_over_a_clock_change_when_leda_does(start, fold):
    times = series(start, Rule(Repeat.WEEKLY, count=40), fold=fold)
    times[5] = replace(times[5], cancelled=True)
    times[6] = replace(times[6], wall=times[6].wall + timedelta(days=1, hours=2))
    whole = meeting(*times, repeat=Repeat.WEEKLY)
    assert expanded(calendar_file(whole, language=Language.EN)) == held(whole)


@given(
    start=st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31)),  # noqa: DTZ001 - a wall
    repeat=st.sampled_from([each for each in Repeat if each is not Repeat.NONE]),
    count=st.integers(2, 20),
    gone=st.sets(st.integers(0, 19), max_size=6),
    moved=st.dictionaries(st.integers(0, 19), st.integers(-40, 40), max_size=4),
)
def test_a_file_holds_just_the_times_that_leda_holds(start, repeat, count, gone, moved):
    times = series(f"{start:%Y-%m-%d %H:%M}", Rule(repeat, count=count))
    for number, hours in moved.items():
        if number < count:
            there = times[number].wall + timedelta(hours=hours)
            times[number] = replace(times[number], wall=there)
    times = [replace(each, cancelled=n in gone) for n, each in enumerate(times)]
    assume(not all(each.cancelled for each in times))
    whole = meeting(*times, repeat=repeat)
    assert expanded(calendar_file(whole, language=Language.EN)) == sorted(set(held(whole)))


def test_a_second_hour_of_two_is_told_in_utc():
    for fold, written in ((0, ";TZID=Europe/Stockholm:20261025T023000"), (1, ":20261025T013000Z")):
        whole = meeting(time("2026-10-25 02:30", fold=fold))
        said = lines(calendar_file(whole, language=Language.EN))
        assert f"DTSTART{written}" in said


def test_greenwich_needs_no_time_zone():
    file = calendar_file(meeting(zone="UTC"), language=Language.EN)
    assert b"VTIMEZONE" not in file
    assert "DTSTART:20261203T130000Z" in lines(file)


@pytest.mark.parametrize(("zone", "changes"), ZONES.items())
def test_a_time_zone_is_right_at_every_change_of_its_clock(zone, changes):
    first, last = datetime(2024, 1, 1, tzinfo=UTC), datetime(2036, 1, 1, tzinfo=UTC)
    calendar = Calendar()
    calendar.add_component(timezone_of(zone, first, last))
    written = tz.tzical(StringIO(calendar.to_ical().decode())).get(zone)
    here = ZoneInfo(zone)
    checked = 0
    day = first
    while day < last:
        after = day + timedelta(days=1)
        if day.astimezone(here).utcoffset() != after.astimezone(here).utcoffset():
            checked += 1
            for quarter in range(24 * 4):
                moment = day + quarter * timedelta(minutes=15)
                local = moment.astimezone(here)
                assert local.replace(tzinfo=written).utcoffset() == local.utcoffset(), moment
        local = day.astimezone(here)
        assert local.replace(tzinfo=written).utcoffset() == local.utcoffset()
        day = after
    assert checked >= changes


def test_a_time_zone_is_a_rule_where_it_can_be():
    first = datetime(2026, 12, 3, tzinfo=UTC)
    said = timezone_of(STOCKHOLM, first, first).to_ical().decode()
    assert "DTSTART:20250330T020000\r\nRRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3\r\n" in said
    assert "DTSTART:20251026T030000\r\nRRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10\r\n" in said
    assert "RDATE" in timezone_of("Africa/Casablanca", first, first).to_ical().decode()


HOSTILE = st.text(
    st.characters() | st.sampled_from('\r\n\t\x00\x1b\x85\u2028\ufeff,;:\\"åäö🧭'), max_size=200
)


@given(title=HOSTILE, place=HOSTILE, link=HOSTILE, description=HOSTILE, category=HOSTILE)
def test_hostile_texts_come_back_as_they_are_kept(title, place, link, description, category):
    whole = meeting(
        title=title, place=place, link=link, description=description, categories=(category,)
    )
    well_formed(calendar_file(whole, language=Language.EN))
    _, [event] = read(whole)
    assert event["summary"] == clean_line(title)
    assert event.get("location", "") == (clean_line(place) or clean_line(link))
    told = [text for text in (clean(description), clean_line(link)) if text]
    assert event.get("description", "") == "\n\n".join(told)
    assert event["uid"] == whole.uid


def test_a_link_cannot_bring_lines_of_its_own():
    whole = meeting(url="https://a.example/\r\nATTENDEE:mailto:x@y.z", title="A\r\nURL:b")
    file = calendar_file(whole, language=Language.EN)
    well_formed(file)
    assert not any(line.startswith("ATTENDEE") for line in lines(file))


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Kickoff", "kickoff-2026-12-03.ics"),
        ("Öppet möte: vår/höst!", "oppet-mote-var-host-2026-12-03.ics"),
        ("../../etc/passwd", "etc-passwd-2026-12-03.ics"),
        ("会議 🧭", "leda-2026-12-03.ics"),
        ("a" * 39 + " b" * 9, "a" * 39 + "-2026-12-03.ics"),
    ],
)
def test_a_file_has_a_name_that_every_system_takes(title, expected):
    assert filename(title, date(2026, 12, 3)) == expected
