"""The minutes of a meeting."""

from datetime import timedelta

import pytest

from bot.domain.kit.errors import CoordinatorsOnly, TextMissing
from bot.domain.meetings import cancelling, minutes
from bot.domain.meetings.errors import (
    LinksTooMany,
    LinkUnclear,
    MeetingAhead,
    MeetingCancelled,
    MeetingNotFound,
)
from tests.domain.conftest import ELSEWHERE, FOLLOWER, MANAGER, NOW
from tests.domain.holding import plan, show, weekly

HELD = NOW + timedelta(days=9)


def write(world, occurrence, summary="Done.", links="", now=HELD, person=MANAGER):
    return world(minutes.write, occurrence, summary, links, by=person, now=now)


def test_minutes_stand_on_the_card_of_the_next_time(trial):
    view = weekly(trial, 3)
    at = write(trial, view.shown.id, "We began.", "Slides: https://example.org/s\nhttps://x.se")
    assert at.shown.summary == "We began."
    assert at.shown.links == "Slides https://example.org/s\nhttps://x.se"
    card = show(trial, view.id, HELD)
    assert card.shown.id == view.coming[0].id
    assert card.before.summary == "We began."
    assert card.revision == view.revision + 1


def test_they_can_be_written_anew_and_taken_away_but_not_from_nothing(trial):
    time = plan(trial).shown.id
    with pytest.raises(TextMissing):
        write(trial, time, "\u200b ")
    write(trial, time, "First", "https://x.se")
    assert write(trial, time, "Second").shown.links == ""
    assert write(trial, time, "").shown.summary == ""


@pytest.mark.parametrize(
    "line",
    [
        "no address",
        "javascript:alert(1)",
        "ftp://example.org",
        "https://",
        "https://[broken",
        "https://x.se:99999/",
        "https://x.se and more",
        "https://x.se/" + "a" * 400,
    ],
)
def test_what_is_no_link_of_the_web_is_refused_by_its_line(trial, line):
    time = plan(trial).shown.id
    with pytest.raises(LinkUnclear) as refused:
        write(trial, time, links=f"https://fine.se\n{line}")
    assert line.startswith(refused.value.values["text"])


def test_there_can_be_five_links(trial):
    time = plan(trial).shown.id
    assert write(trial, time, links="https://x.se\n" * 5).shown.links.count("x.se") == 5
    with pytest.raises(LinksTooMany):
        write(trial, time, links="https://x.se\n" * 6)


def test_hostile_minutes_are_cleaned_and_bounded(trial):
    time = plan(trial).shown.id
    hostile = "@everyone \x00\u202e 811228-9874 " + "a" * 5000
    shown = write(trial, time, hostile, f"{hostile[:60]} https://x.se").shown
    assert len(shown.summary) <= 1000
    assert not {"\x00", "\u202e"} & set(shown.summary + shown.links)
    assert "811228" not in shown.summary + shown.links


def test_only_coordinators_write_them_of_what_has_begun_and_was_held(trial):
    view = plan(trial)
    with pytest.raises(CoordinatorsOnly):
        write(trial, view.shown.id, person=FOLLOWER)
    with pytest.raises(MeetingAhead):
        write(trial, view.shown.id, now=view.shown.starts_at - timedelta(seconds=1))
    write(trial, view.shown.id, now=view.shown.starts_at)
    other = plan(trial)
    trial(cancelling.cancel, other.id, None, "", by=MANAGER)
    with pytest.raises(MeetingCancelled):
        write(trial, other.shown.id)


def test_another_server_s_are_not_found_and_the_journal_holds_no_text(trial):
    trial.set_up(ELSEWHERE)
    with pytest.raises(MeetingNotFound):
        write(trial, plan(trial, programme=ELSEWHERE).shown.id)
    write(trial, plan(trial).shown.id, "Very secret")
    entry = trial.journal()[-1]
    assert entry.kind == "meeting.minutes"
    assert "secret" not in repr(entry.data)
