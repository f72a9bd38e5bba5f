"""What waits for somebody: factors without their organisation's vote, unanswered meetings."""

from contextlib import suppress
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlmodel import Session

from bot.domain.factors import edits, lists, merging, outcomes, votes, windows
from bot.domain.factors.lists import Listing
from bot.domain.factors.wording import FactorText
from bot.domain.kit.errors import NotSetUp, UserError
from bot.domain.meetings import answers, cancelling
from bot.domain.members.errors import NotAParticipant
from bot.domain.membership import presence
from bot.domain.needs import needs
from bot.domain.needs.needs import SHOWN
from bot.domain.tracks import tracks
from storage.desk import Desk
from storage.enums import Answer, Choice, FactorStatus, Order
from storage.factors import tallies
from storage.factors.factors import Factor
from tests.domain.conftest import CARE, ELSEWHERE, HERE, MANAGER, NOW, somebody
from tests.domain.holding import DAY, TUESDAY, plan, say, weekly
from tests.domain.scenes import scene

ANNA, ASTA, BO, CILLA = 11, 12, 13, 14
SUPPORT, OBJECT = Choice.SUPPORT, Choice.OBJECT
NEW = FactorText(
    "Try it small", "Something else altogether, on which nobody has cast a vote so far."
)


@scene
def people(trial):
    """Anna and Asta of Göteborg (school), Bo of Vara (care), Cilla of Västerås (both)."""
    for member, organisation in ((ANNA, "goteborg"), (ASTA, "goteborg"), (BO, "vara"),
                                 (CILLA, "vasteras")):  # fmt: skip
        trial.join(member, getattr(trial, organisation))
    trial.school, trial.care = trial(tracks.all_of)
    return trial


def of(world, member, now=NOW):
    return world(needs.of, by=somebody(member), now=now)


def lacking(world, member, now=NOW):
    return [factor.title for factor in of(world, member, now).factors.shown]


def meetings(world, member, now=NOW):
    return [
        (each.time.title, each.time.starts_at) for each in of(world, member, now).meetings.shown
    ]


def vote(world, member, factor, choice=SUPPORT, now=NOW):
    reason = "Too early." if choice is OBJECT else None
    return world(votes.vote, factor.id, member, choice, reason=reason, now=now)


def edit(world, factor, now):
    return world(edits.edit, factor.id, NEW, small=False, by=MANAGER, now=now)


# --- factors


def test_a_vote_of_anybody_speaks_for_their_organisation_until_it_is_taken_back(people):
    factor = people.factor(CILLA, title="One", track="all")
    assert [lacking(people, each) for each in (ANNA, ASTA, BO, CILLA)] == [["One"]] * 4
    vote(people, ASTA, factor)
    assert [lacking(people, each) for each in (ANNA, ASTA, BO, CILLA)] == [[], [], ["One"], ["One"]]
    own = people(lists.listed, Listing(order=Order.NEEDS, reader=ANNA))
    assert [each.title for each in own.factors.items] == ["One"], (
        "whose own list goes by their own votes"
    )
    people(votes.take_back, factor.id, ASTA)
    assert lacking(people, ANNA) == ["One"]


def test_whoever_left_speaks_for_nobody(people):
    factor = people.factor(CILLA, title="One")
    vote(people, ASTA, factor)
    people(presence.gone, [ASTA])
    assert lacking(people, ANNA) == ["One"]
    people(presence.back, [ASTA])
    assert lacking(people, ANNA) == []
    people.leave(ASTA)
    assert lacking(people, ANNA) == ["One"]


def test_only_what_concerns_them_and_takes_votes_waits(people):
    school = people.factor(ANNA, title="School's")
    care = people.factor(BO, title="Care's")
    assert (lacking(people, ANNA), lacking(people, BO)) == (["School's"], ["Care's"])
    assert lacking(people, CILLA) == ["Care's", "School's"]
    people(windows.set_days, school.id, "2026-11-24", "", by=MANAGER)
    assert lacking(people, CILLA) == ["Care's"]
    assert lacking(people, CILLA, NOW + 2 * DAY) == ["Care's", "School's"]
    people(outcomes.decide, care.id, FactorStatus.ADOPTED, "Good.", by=MANAGER)
    assert lacking(people, CILLA) == []


def test_after_an_edit_a_vote_is_asked_for_once_more_and_from_its_voter_alone(people):
    factor = people.factor(CILLA, title="One")
    vote(people, ANNA, factor)
    edit(people, factor, NOW + timedelta(hours=1))
    late = NOW + timedelta(days=30)
    for now in (NOW + DAY, late):
        found = of(people, ANNA, now)
        assert ([each.id for each in found.edited.shown], found.factors.shown) == ([factor.id], ())
    assert lacking(people, ASTA, NOW + DAY) == []
    assert lacking(people, ASTA, late) == [NEW.title], "Anna's vote counts no more"


def test_an_objection_speaks_until_it_is_withdrawn(people):
    factor = people.factor(CILLA, title="One")
    vote(people, ANNA, factor, OBJECT)
    edit(people, factor, NOW + timedelta(hours=1))
    assert lacking(people, ASTA, NOW + timedelta(days=30)) == []


def test_a_vote_that_a_merge_moved_speaks_where_it_counts(people):
    one, two = people.factor(CILLA, title="One"), people.factor(CILLA, title="Two")
    vote(people, ANNA, one)
    people(merging.merge, one.id, two.id, "The same.", by=MANAGER)
    assert lacking(people, ASTA) == []
    people(merging.unmerge, one.id, by=MANAGER)
    assert lacking(people, ASTA) == ["Two"]


def test_only_the_newest_are_shown_and_all_are_counted(people):
    for number in range(SHOWN + 3):
        people.factor(CILLA, title=f"Factor {number}", now=NOW + timedelta(hours=number))
    found = of(people, ANNA, NOW + DAY)
    assert (len(found.factors.shown), found.factors.total) == (SHOWN, SHOWN + 3)
    assert found.factors.shown[0].title == f"Factor {SHOWN + 2}"


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["vote", "object", "edit", "merge", "unmerge", "gone", "back"]),
        st.sampled_from([ANNA, ASTA, CILLA]),
        st.integers(0, 2),
        st.integers(0, 2),
    ),
    max_size=12,
)


@scene
def begun(people):
    return people, [people.factor(CILLA, title=f"F{n}", track="all") for n in range(3)]


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS, st.integers(0, 40))
@example([("vote", ASTA, 0, 0), ("edit", ASTA, 0, 0), ("vote", ANNA, 1, 0)], 30)
@example([("vote", ASTA, 0, 0), ("vote", ASTA, 1, 0), ("merge", ASTA, 0, 1)], 0)
@example([("vote", ASTA, 0, 0), ("edit", ASTA, 0, 0), ("merge", ASTA, 0, 1)], 22)
def test_it_agrees_with_how_votes_are_counted(begun, steps, days):
    people, made = begun
    with Session(people.engine, expire_on_commit=False) as session:
        now = NOW
        for what, member, first, second in steps:
            now += timedelta(hours=1)
            with suppress(UserError), session.begin_nested():
                DEEDS[what](session, member, made[first].id, made[second].id, now)
        now += timedelta(days=days)
        rows = [session.get_one(Factor, each.id) for each in made]
        going = {row.id for row in rows if row.status is FactorStatus.OPEN}
        counts = tallies.counts(Desk(session, HERE, None, now), sorted(going))
        silent = {key for key in going if not _heard(counts[key], people.goteborg)}
        found = needs.of(Desk(session, HERE, somebody(ANNA), now))
        edited = {each.id for each in found.edited.shown}
        assert {each.id for each in found.factors.shown} == silent - edited
        session.rollback()


def _vote(choice):
    def cast(session, member, factor, _, now):
        votes.vote(Desk(session, HERE, None, now), factor, member, choice, reason="Too early.")

    return cast


def _edit(session, _, factor, __, now):
    how = f"Something else altogether at {now:%d %H}, on which nobody has voted so far."
    edits.edit(Desk(session, HERE, MANAGER, now), factor, FactorText("Try it", how), small=False)


DEEDS = {
    "vote": _vote(SUPPORT),
    "object": _vote(OBJECT),
    "edit": _edit,
    "merge": lambda session, _, first, second, now: merging.merge(
        Desk(session, HERE, MANAGER, now), first, second, "The same."
    ),
    "unmerge": lambda session, _, first, __, now: merging.unmerge(
        Desk(session, HERE, MANAGER, now), first
    ),
    "gone": lambda session, _, __, ___, now: presence.gone(Desk(session, HERE, None, now), [ASTA]),
    "back": lambda session, _, __, ___, now: presence.back(Desk(session, HERE, None, now), [ASTA]),
}


def _heard(counts, organisation):
    return any(key[0] == organisation for key in counts)


# --- meetings


def test_meetings_without_an_answer_wait_soonest_first(people):
    later = plan(people, title="Later", when="2026-12-10 13:00")
    soon = plan(people, title="Soon")
    plan(people, title="Care's", when="2026-12-02 13:00", track=CARE)
    assert [title for title, _ in meetings(people, ANNA)] == ["Soon", "Later"]
    assert [title for title, _ in meetings(people, BO)] == ["Soon", "Care's", "Later"]
    say(people, ANNA, soon.shown.id, Answer.MAYBE)
    assert [title for title, _ in meetings(people, ANNA)] == ["Later"]
    say(people, ANNA, later.shown.id, Answer.CANT)
    assert of(people, ANNA).nothing
    say(people, ANNA, later.shown.id, Answer.OPEN)
    assert [title for title, _ in meetings(people, ANNA)] == ["Later"], "taken back"


def test_only_those_of_the_coming_four_weeks_wait(people):
    plan(people, when=TUESDAY)  # at 12:00 in UTC
    begins = people(lambda s: of(people, ANNA)).meetings.shown[0].time.starts_at
    span = timedelta(days=28)
    assert len(meetings(people, ANNA, begins - span + timedelta(seconds=1))) == 1
    assert meetings(people, ANNA, begins - span) == []
    assert len(meetings(people, ANNA, begins - timedelta(seconds=1))) == 1
    assert meetings(people, ANNA, begins) == []


def test_what_is_cancelled_waits_for_nobody(people):
    view = weekly(people)
    first = view.shown.starts_at
    people(cancelling.cancel, view.id, view.shown.id, "", by=MANAGER)
    assert [at for _, at in meetings(people, ANNA)] == [first + 7 * DAY]
    people(cancelling.cancel, view.id, None, "", by=MANAGER)
    assert meetings(people, ANNA) == []


def test_a_series_waits_once_at_its_first_time_without_an_answer(people):
    view = weekly(people)
    found = of(people, ANNA)
    assert (len(found.meetings.shown), found.meetings.total) == (1, 1)
    say(people, ANNA, view.shown.id, Answer.CANT)
    assert [at for _, at in meetings(people, ANNA)] == [view.shown.starts_at + 7 * DAY]
    say(people, ANNA, view.coming[0].id, Answer.GOING)
    assert meetings(people, ANNA) == [], "going holds for the later times"


def test_a_meeting_that_somebody_wants_no_reminders_of_says_so(people):
    view = plan(people)
    people(answers.mute, view.shown.id, ANNA)
    assert [each.muted for each in of(people, ANNA).meetings.shown] == [True]
    assert [each.muted for each in of(people, BO).meetings.shown] == [False]


# --- whose


def test_it_is_for_participants_of_this_programme(people):
    people.set_up(ELSEWHERE)
    with pytest.raises(NotAParticipant):
        people(needs.of, by=somebody(ANNA), programme=ELSEWHERE)
    with pytest.raises(NotSetUp):
        people(needs.of, by=somebody(ANNA), programme=5)
