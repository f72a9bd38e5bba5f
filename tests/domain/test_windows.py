"""When votes open and close: on days of the programme's zone, or as many days as a track says."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain.factors import factors, outcomes, recounts, votes, windows
from bot.domain.factors.errors import (
    FactorAdopted,
    FactorNotFound,
    VotingDaysMixed,
    VotingNotOpen,
    VotingOver,
)
from bot.domain.factors.views import Voting
from bot.domain.kit.errors import CoordinatorsOnly
from bot.domain.membership import track_changes
from bot.domain.tracks.errors import DaysOutOfRange
from bot.domain.when.errors import DateNotUnderstood
from storage.enums import Choice, FactorStatus
from storage.kit.programmes import Programme
from storage.shards import Shards
from tests.domain import steps
from tests.domain.conftest import ELSEWHERE, EVERYWHERE, FOLLOWER, HERE, MANAGER, NOW, SCHOOL
from tests.domain.scenes import scene

ANNA = 11
DAY = timedelta(days=1)


@scene
def people(trial):
    trial.join(ANNA, trial.goteborg)
    trial.first = trial.factor(ANNA).id
    return trial


def set_days(world, opens="", closes="", person=MANAGER, programme=HERE, now=NOW):
    about = (world.first, opens, closes)
    return world(windows.set_days, *about, by=person, programme=programme, now=now)


def vote(world, now):
    return world(votes.vote, world.first, ANNA, Choice.SUPPORT, now=now)


def show(world, now):
    return world(factors.show, world.first, now=now)


def test_votes_open_at_midnight_of_the_first_day_and_close_after_the_last(people):
    set_days(people, "2026-11-25", "2026-11-30")  # Stockholm is an hour before UTC
    opens = datetime(2026, 11, 24, 23, tzinfo=UTC)
    closes = datetime(2026, 11, 30, 23, tzinfo=UTC)
    moment = timedelta(microseconds=1)
    with pytest.raises(VotingNotOpen) as early:
        vote(people, opens - moment)
    assert early.value.values["when"] == opens.timestamp()
    assert vote(people, opens).tally.support == 1
    vote(people, closes - moment)
    with pytest.raises(VotingOver) as late:
        vote(people, closes)
    assert late.value.values["when"] == closes.timestamp()
    states = [show(people, at).voting for at in (opens - moment, opens, closes)]
    assert states == [Voting.NOT_YET, Voting.OPEN, Voting.OVER]


def test_a_day_of_a_clock_change_is_whole(people):
    set_days(people, "2027-03-28", "2027-03-28")
    factor = show(people, NOW)
    assert factor.closes_at - factor.opens_at == timedelta(hours=23)


def test_days_can_be_lifted_again(people):
    set_days(people, "2026-11-25", "2026-11-30")
    lifted = set_days(people, " ", "")
    assert (lifted.opens_at, lifted.closes_at, lifted.voting) == (None, None, Voting.OPEN)


@pytest.mark.parametrize(
    "said",
    ["tomorrow", "2026-13-01", "2026-02-30", "3/12", "1999-12-31", "3000-01-01", "0001-01-01",
     "9999-12-31", "-1", "٢٠٢٦-١٢-٠٣", "\x00", "@everyone"],
)  # fmt: skip
def test_what_is_no_day_is_not_guessed(people, said):
    for days in ({"opens": said}, {"closes": said}):
        with pytest.raises(DateNotUnderstood) as refused:
            set_days(people, **days)
        assert refused.value.values == {"text": said}


def test_the_last_day_is_not_before_the_first(people):
    with pytest.raises(VotingDaysMixed):
        set_days(people, "2026-11-26", "2026-11-25")
    set_days(people, "2026-11-25", "2026-11-25")


def test_only_coordinators_set_days_and_only_of_what_is_open_and_theirs(people):
    with pytest.raises(CoordinatorsOnly):
        set_days(people, person=FOLLOWER)
    with pytest.raises(CoordinatorsOnly):
        people(windows.form, people.first, by=FOLLOWER)
    people.set_up(ELSEWHERE)
    with pytest.raises(FactorNotFound):
        set_days(people, programme=ELSEWHERE)
    people(outcomes.decide, people.first, FactorStatus.ADOPTED, "Yes.", by=MANAGER)
    with pytest.raises(FactorAdopted):
        set_days(people)
    with pytest.raises(FactorAdopted):
        people(windows.form, people.first, by=MANAGER)


days = st.dates(date(2000, 1, 1), date(2999, 12, 31)).map(date.isoformat)
# Where midnight is skipped or comes twice at some clock changes, and where the day begins first.
ZONES = ["Europe/Stockholm", "America/Sao_Paulo", "Africa/Cairo", "Asia/Beirut", "America/Havana",
         "Pacific/Kiritimati", "Pacific/Pago_Pago", "Australia/Lord_Howe"]  # fmt: skip


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(ZONES), days | st.just(""), days | st.just(""))
def test_the_form_begins_with_the_days_that_were_set_in_any_zone(people, zone, opens, closes):
    def move(session):
        session.get(Programme, HERE).timezone = zone

    people(move)
    if opens and closes and closes < opens:
        opens, closes = closes, opens
    set_days(people, opens, closes)
    assert people(windows.form, people.first, by=MANAGER) == (opens, closes)


def settle(world):
    steps.settled(world)


def test_a_card_is_due_when_votes_open_and_when_they_close(people):
    set_days(people, "2026-11-25", "2026-11-30")
    settle(people)
    assert not people(recounts.is_due)
    for after, until, due in (
        (NOW, NOW + DAY, False),
        (NOW + DAY, NOW + 2 * DAY, True),
        (NOW + 2 * DAY, NOW + 7 * DAY, False),
        (NOW + 7 * DAY, NOW + 8 * DAY, True),
    ):
        people(recounts.pass_time, EVERYWHERE, after, until)
        assert people(recounts.is_due) is due, until
        people(recounts.settle, now=until)


def test_a_process_lets_time_pass_on_its_own_shards_alone(people):
    set_days(people, "2026-11-25", "2026-11-30")
    settle(people)
    mine = (HERE >> 22) % 2
    people(recounts.pass_time, Shards(2, frozenset({1 - mine})), NOW, NOW + 2 * DAY)
    assert not people(recounts.is_due)
    people(recounts.pass_time, Shards(2, frozenset({mine})), NOW, NOW + 2 * DAY)
    assert people(recounts.is_due)


# --- days by default


def edit(world, **changes):
    return world(track_changes.edit, SCHOOL, changes, by=MANAGER)


def test_a_tracks_days_hold_for_its_new_factors_and_no_others(people):
    done = edit(people, discussion_days=7, voting_days=14)
    assert (done.before.discussion_days, done.after.discussion_days) == (0, 7)
    assert (done.before.voting_days, done.after.voting_days) == (0, 14)
    new = people.factor(ANNA, track=str(done.after.id))
    assert (new.opens_at, new.closes_at) == (NOW + 7 * DAY, NOW + 21 * DAY)
    assert new.voting is Voting.NOT_YET
    before = show(people, NOW)
    assert (before.opens_at, before.closes_at) == (None, None)
    everyones = people.factor(ANNA, track="all")
    assert (everyones.opens_at, everyones.closes_at) == (None, None)


def test_voting_days_alone_begin_at_once(people):
    done = edit(people, voting_days=14)
    new = people.factor(ANNA, track=str(done.after.id))
    assert (new.opens_at, new.closes_at, new.voting) == (None, NOW + 14 * DAY, Voting.OPEN)


@pytest.mark.parametrize("number", [-1, 366, 10**9])
@pytest.mark.parametrize("what", ["discussion_days", "voting_days"])
def test_days_are_from_0_to_365(people, what, number):
    with pytest.raises(DaysOutOfRange) as refused:
        edit(people, **{what: number})
    assert refused.value.values == {"limit": 365}
    assert edit(people, **{what: 365}).after != edit(people, **{what: 0}).after


def test_a_change_of_days_stands_in_the_history(people):
    edit(people, discussion_days=7)
    [entry] = [entry for entry in people.journal() if entry.kind == "track.edited"]
    assert entry.data == {"discussion_days": [0, 7]}
