"""Calendar files: what they say, how they are written, and what calendars make of them."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
from dateutil import tz
from dateutil.rrule import rrulestr
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar, Event

from bot.domain.kit.texts import clean, clean_line
from bot.domain.meetings.calendar_files import (
    CalendarMeeting,
    CalendarOccurrence,
    calendar_file,
    filename,
    timezone_of,
)
from bot.domain.when.recurrence import Rule, moment_of, occurrences, rrule_of
from storage.enums import Language, Repeat

STOCKHOLM = "Europe/Stockholm"
HOUR = timedelta(hours=1)
# Zones, and how often at least their clocks are changed from 2024 to 2035. Paraguay keeps summer
# time since 2024, and Kazakhstan has moved once.
ZONES = {
    STOCKHOLM: 24, "Europe/London": 24, "Europe/Dublin": 24, "America/New_York": 24,
    "America/Santiago": 24, "Australia/Lord_Howe": 24, "Africa/Casablanca": 24,
    "America/Asuncion": 2, "Asia/Almaty": 1, "Asia/Kolkata": 0,
}  # fmt: skip


def wall(text: str) -> datetime:
    return datetime.fromisoformat(text)


def meeting(**changes) -> CalendarMeeting:
    whole = CalendarMeeting(
        uid="meeting-12@leda",
        zone=STOCKHOLM,
        sequence=0,
        changed_at=datetime(2026, 11, 22, 10, 30, tzinfo=UTC),
        title="Kickoff",
        wall=wall("2026-12-03 13:00"),
        duration=timedelta(minutes=90),
    )
    return replace(whole, **changes)


def weekly(start: str, times: int, **changes) -> CalendarMeeting:
    rule = rrule_of(Rule(Repeat.WEEKLY, count=times), wall(start), STOCKHOLM)
    return meeting(wall=wall(start), rule=rule, **changes)


def exception(original: str, **changes) -> CalendarOccurrence:
    whole = CalendarOccurrence(
        original=wall(original), wall=wall(original), duration=HOUR, title="Kickoff"
    )
    return replace(whole, **changes)


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

    found: dict[datetime, datetime] = {}
    for part in text.split("BEGIN:VEVENT")[1:]:
        start = re.search(r"DTSTART(?:;TZID=(.+?))?:(\S+)", part)
        zone, written = start[1] or "", start[2]
        if named := re.search(r"RECURRENCE-ID(?:;TZID=.+?)?:(\S+)", part):
            found[moment(named[1], zone or STOCKHOLM)] = moment(written, zone)
            continue
        rule = re.search(r"RRULE:(\S+)", part)
        assert rule is not None
        gone = re.search(r"EXDATE;TZID=.+?:(\S+)", part)
        left_out = {moment(each, zone) for each in gone[1].split(",")} if gone else set()
        local = datetime.strptime(written, "%Y%m%dT%H%M%S").replace(tzinfo=zones.get(zone))
        series = [tz.resolve_imaginary(e).astimezone(UTC) for e in rrulestr(rule[1], dtstart=local)]
        found |= {each: each for each in series if each not in left_out}
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
    assert event["summary"] == whole.title
    assert event["location"] == whole.place
    assert event["url"] == whole.url
    assert event["description"] == f"{whole.description}\n\n{whole.link}\n\n{whole.url}"
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
    before = meeting(wall=wall("2026-12-03 13:00"))
    after = replace(before, wall=wall("2026-12-04 09:00"), title="Start", sequence=1)
    (_, [old]), (_, [new]) = read(before), read(after)
    assert new["uid"] == old["uid"]
    assert new["sequence"] == old["sequence"] + 1


def test_a_cancelled_meeting_says_so_in_every_event():
    moved = exception("2026-12-10 13:00", wall=wall("2026-12-11 09:00"))
    calendar, events = read(weekly("2026-12-03 13:00", 3, cancelled=True, exceptions=(moved,)))
    assert calendar["method"] == "CANCEL"
    assert [event["status"] for event in events] == ["CANCELLED"] * 2


def test_a_series_tells_its_rule_and_what_differs_from_it():
    rule = Rule(Repeat.WEEKLY, until=date(2026, 12, 31))
    start = wall("2026-12-03 13:00")
    gone = exception("2026-12-17 13:00", cancelled=True, sequence=1)
    moved = exception(
        "2026-12-10 13:00", wall=wall("2026-12-11 09:00"), title="Flyttat", place="Sal 2",
        duration=2 * HOUR, sequence=3,
    )  # fmt: skip
    whole = meeting(
        rule=rrule_of(rule, start, STOCKHOLM), sequence=2, place="Sal 1", exceptions=(gone, moved)
    )
    file = calendar_file(whole, language=Language.SV)
    well_formed(file)
    _, [series, apart] = read(whole)
    assert "RRULE:FREQ=WEEKLY;UNTIL=20261231T120000Z" in lines(file)
    assert "EXDATE;TZID=Europe/Stockholm:20261217T130000" in lines(file)
    assert "RECURRENCE-ID;TZID=Europe/Stockholm:20261210T130000" in lines(file)
    assert "rrule" not in apart
    assert apart["uid"] == series["uid"]
    assert (series["sequence"], apart["sequence"]) == (2, 3)
    assert (apart["summary"], apart["location"]) == ("Flyttat", "Sal 2")
    assert apart["dtstart"].dt == datetime(2026, 12, 11, 8, tzinfo=UTC)
    assert apart["duration"].dt == 2 * HOUR


@pytest.mark.parametrize("start", ["2026-03-15 13:00", "2026-10-04 13:00", "2026-03-15 02:30",
                                   "2026-10-04 02:30", "2026-10-25 02:30"])  # fmt: skip
@pytest.mark.parametrize("fold", [0, 1])
def test_calendars_see_a_series_over_a_clock_change_when_leda_does(start, fold):
    found = occurrences(wall(start), fold, STOCKHOLM, Rule(Repeat.WEEKLY, count=40))
    ours = {each.wall: each.moment for each in found}
    names = sorted(ours)
    gone = exception(names[5].isoformat(), cancelled=True)
    del ours[names[5]]
    moved = exception(names[6].isoformat(), wall=names[6] + timedelta(days=1, hours=2))
    ours[names[6]] = moment_of(moved.wall, 0, STOCKHOLM)
    whole = weekly(start, 40, fold=fold, exceptions=(gone, moved))
    assert expanded(calendar_file(whole, language=Language.EN)) == sorted(ours.values())


def test_a_second_hour_of_two_is_told_in_utc():
    whole = meeting(wall=wall("2026-10-25 02:30"))
    for fold, written in ((0, ";TZID=Europe/Stockholm:20261025T023000"), (1, ":20261025T013000Z")):
        said = lines(calendar_file(replace(whole, fold=fold), language=Language.EN))
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
