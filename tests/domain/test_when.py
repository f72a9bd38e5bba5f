"""What people type for a meeting's start: understood, asked about or refused, never guessed."""

import unicodedata
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.kit.errors import UserError
from bot.domain.when import errors as when_errors
from bot.domain.when.errors import WhenAmbiguous, WhenPast, WhenSkipped, WhenTwice
from bot.domain.when.said import Start
from bot.domain.when.understanding import understand
from bot.i18n import dates
from bot.i18n.words import Words
from bot.ui.answers import what_was_wrong
from storage.enums import Language
from tests.domain import readings
from tests.domain.readings import ROWS, STOCKHOLM

NOW = datetime(2026, 11, 25, 10, tzinfo=ZoneInfo(STOCKHOLM))  # a Wednesday
ZONES = st.sampled_from(
    [STOCKHOLM, "Europe/London", "America/New_York", "Australia/Lord_Howe", "UTC"]
)
WALLS = st.datetimes(datetime(2026, 11, 26, 22), datetime(2028, 11, 24))  # noqa: DTZ001 - wall clocks


def written(start):
    return readings.written(start).replace("T", " ")


def heard(said, language=Language.SV, zone=STOCKHOLM, now=NOW):
    """A start, or the error, whose text must exist in both languages."""
    try:
        return understand(said, language, zone, now)
    except UserError as error:
        for reader in Language:
            what_was_wrong(Words(reader), error)  # KeyError: its text wants more
        return error


@pytest.mark.parametrize(
    "dress",
    [
        str.upper,
        lambda said: f"  {said.replace(' ', chr(0xA0) * 2)}\t\n",
        lambda said: unicodedata.normalize("NFD", said),
        lambda said: "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in said),
    ],
    ids=["capitals", "spaces", "loose accents", "full width"],
)
def test_how_it_is_typed_does_not_matter(dress):
    for row in ROWS:
        if row.wanted[:2] == "20":
            found = heard(dress(row.text), row.language, now=row.now)
            assert readings.written(found) == row.wanted, row.text


def test_a_start_lies_in_its_zone():
    start = heard("2026-12-03 13:00")
    assert start.moment == datetime(2026, 12, 3, 12, tzinfo=UTC)
    assert start.moment.tzinfo is UTC
    assert heard("2026-12-03 13:00", zone="America/New_York").moment.hour == 18


def test_today_is_today_in_the_zone():
    late = datetime(2026, 11, 25, 23, 30, tzinfo=UTC)  # Thursday already, in Stockholm
    assert written(heard("idag 9", now=late)) == "2026-11-26 09:00"
    assert written(heard("tomorrow 9:00", zone="America/New_York", now=late)) == "2026-11-26 09:00"


def test_on_a_sunday_next_tuesday_may_be_in_two_days_or_in_nine():
    sunday = NOW + timedelta(days=4)
    found = heard("next tuesday 14:00", now=sunday)
    assert [written(one) for one in found.readings] == ["2026-12-01 14:00", "2026-12-08 14:00"]


def test_hours_pass_by_the_clock_and_days_by_the_calendar():
    before = datetime(2027, 3, 27, 12, 0, 40, tzinfo=ZoneInfo(STOCKHOLM))  # summer time begins
    assert written(heard("om 24 timmar", now=before)) == "2027-03-28 13:00"
    assert written(heard("om en dag kl 12", now=before)) == "2027-03-28 12:00"
    first = datetime(2027, 10, 31, 0, 30, tzinfo=UTC)  # 02:30 the first time
    assert written(heard("om en timme", now=first)) == "2027-10-31 02:30 second"


@pytest.mark.parametrize(
    ("now", "said", "start"),
    [
        ("2027-11-30T10:00", "in a year at 2 pm", "2028-11-30 14:00"),
        ("2027-11-30T10:00", "om ett år kl 14", "2028-11-30 14:00"),
        ("2027-11-30T10:00", "in twelve months at 2 pm", "2028-11-30 14:00"),
        ("2027-03-01T10:00", "in half a year at 2 pm", "2027-09-01 14:00"),
        ("2028-02-29T10:00", "in a year at 2 pm", "2029-02-28 14:00"),
        ("2027-01-31T10:00", "om en månad kl 14", "2027-02-28 14:00"),
        ("2026-12-31T10:00", "om två månader kl 14", "2027-02-28 14:00"),
    ],
)
def test_months_and_years_go_by_the_calendar(now, said, start):
    now = datetime.fromisoformat(now).replace(tzinfo=ZoneInfo(STOCKHOLM))
    assert written(heard(said, now=now)) == start


MONTHS = {
    Language.SV: "jan feb mars apr maj juni juli aug sep okt nov dec",
    Language.EN: "jan feb mar apr may jun jul aug sep oct nov dec",
}


@pytest.mark.parametrize("language", Language)
def test_every_month_has_its_name_short_and_in_full(language):
    names = [dates.plain_day(language, date(2027, month, 5)).split()[1] for month in range(1, 13)]
    for month, ways in enumerate(zip(MONTHS[language].split(), names, strict=True), start=1):
        for name in ways:
            assert written(heard(f"5 {name} 2027 13:00")) == f"2027-{month:02}-05 13:00"
            assert written(heard(f"5 {name}. 2027 13:00")) == f"2027-{month:02}-05 13:00"


@pytest.mark.parametrize("word", ["one", "two", "ten", "två", "tre", "mon", "mån", "sön", "wed"])
def test_no_number_and_no_weekday_is_a_month(word):
    for said in (f"14 {word} 2027 at 13:00", f"{word} 14 2027 13:00"):
        assert isinstance(heard(said), when_errors.WhenUnclear)


def test_of_a_doubled_hour_only_what_is_to_come_can_be_meant():
    between = datetime(2027, 10, 31, 0, 45, tzinfo=UTC)
    assert written(heard("2027-10-31 02:30", now=between)) == "2027-10-31 02:30 second"


def test_both_of_a_doubled_hour_are_told_apart():
    first, second = heard("2027-10-31 02:30").readings
    assert second.moment - first.moment == timedelta(hours=1)
    for language in Language:
        assert first.told(language) != second.told(language)


@pytest.mark.parametrize("day", ["2027-03-28", "2027-10-31"])
def test_every_hour_of_the_swedish_clock_changes_is_itself_or_asked_about(day):
    special = {("2027-03-28", 2): WhenSkipped, ("2027-10-31", 2): WhenTwice}
    for hour in range(24):
        for minute in (0, 30, 59):
            wall = f"{day} {hour:02}:{minute:02}"
            found = heard(wall)
            if (day, hour) in special:
                assert type(found) is special[day, hour]
                assert len(found.readings) == 2
            else:
                assert written(found) == wall


@given(wall=WALLS, zone=ZONES, language=st.sampled_from(Language), mark=st.sampled_from("T "))
def test_every_iso_time_is_itself_unless_the_clocks_never_or_twice_show_it(
    wall, zone, language, mark
):
    wall = wall.replace(second=0, microsecond=0)
    found = heard(f"{wall:%Y-%m-%d}{mark}{wall:%H:%M}", language, zone)
    assert_as_clocks_show(found, wall, zone)


CHANGES = {
    STOCKHOLM: ("2027-03-28 02:00", "2027-10-31 02:00"),
    "Europe/London": ("2027-03-28 01:00", "2027-10-31 01:00"),
    "America/New_York": ("2027-03-14 02:00", "2027-11-07 01:00"),
    "Australia/Lord_Howe": ("2027-10-03 02:00", "2027-04-04 01:30"),
}


@given(
    zone=st.sampled_from(list(CHANGES)),
    which=st.sampled_from([0, 1]),
    apart=st.integers(-90, 150),
)
def test_around_clock_changes_too(zone, which, apart):
    wall = datetime.fromisoformat(CHANGES[zone][which]) + timedelta(minutes=apart)
    assert_as_clocks_show(heard(f"{wall:%Y-%m-%d %H:%M}", zone=zone), wall, zone)


def assert_as_clocks_show(found, wall, zone):
    """Asks zoneinfo another way: which of the minutes around it are shown as this one."""
    here = ZoneInfo(zone)
    guess = wall.replace(tzinfo=UTC)
    shown = [
        moment
        for moment in (guess + timedelta(minutes=30 * half) for half in range(-30, 31))
        if moment.astimezone(here).replace(tzinfo=None, fold=0) == wall
    ]
    if len(shown) == 1:
        assert (found.wall, found.moment) == (wall, shown[0])
    elif shown:
        assert type(found) is WhenTwice
        assert [start.moment for start in found.readings] == shown
    else:
        assert type(found) is WhenSkipped
        before, after = found.readings
        assert before.wall < wall < after.wall
        assert wall - before.wall == after.wall - wall
        assert (
            before.wall.replace(tzinfo=here).utcoffset()
            < after.wall.replace(tzinfo=here).utcoffset()
        )


HOSTILE = st.one_of(
    st.text(max_size=300),
    st.text(alphabet="0123456789-/:.,TWvw apmonthåäökl", max_size=300),
    st.lists(
        st.sampled_from(
            [word for row in ROWS for word in row.text.split()]
            + ["99", "0", "999", "9999-12-31", "0001-01-01", "år", "months", "i", "in", "om"]
            + ["m", "1.30", "1,5", "99999", "1h30", "och", "dygn", "fortnight"]
        ),
        max_size=8,
    ).map(" ".join),
)


@given(said=HOSTILE, language=st.sampled_from(Language), zone=ZONES)
def test_whatever_is_typed_is_a_start_ahead_or_an_answer(said, language, zone):
    found = heard(said, language, zone)
    if isinstance(found, Start):
        assert NOW < found.moment < NOW + timedelta(days=733)
    elif isinstance(found, WhenAmbiguous):
        assert len(set(found.readings)) == len(found.readings) <= 4, "as many as there are buttons"
        assert all(start.moment > NOW for start in found.readings)
    else:
        assert isinstance(found, UserError)


def test_what_is_past_says_what_was_understood():
    found = heard("20 november 2026 13:00", Language.EN)
    assert isinstance(found, WhenPast)
    assert found.values["moment"] == "Friday 20 November 2026 at 13:00"
