"""A closed track: nothing of it is there for whoever neither takes part in it nor coordinates."""

import json

import pytest

from bot.domain.factors import (
    drafts,
    edits,
    experiences,
    factors,
    finding,
    keyareas,
    lists,
    merging,
    origins,
    outcomes,
    proposers,
    similar,
    votes,
)
from bot.domain.factors.errors import (
    ExperienceNotFound,
    FactorClosed,
    FactorMerged,
    FactorNotFound,
)
from bot.domain.factors.lists import Listing
from bot.domain.kit.people import COORDINATORS_ROLE
from bot.domain.meetings import answers, calendars, meetings, reminders
from bot.domain.meetings.errors import MeetingNotFound
from bot.domain.members import seen_tracks
from bot.domain.membership import organisation_changes, track_changes
from bot.domain.membership.organisation_changes import OrganisationChange
from bot.domain.membership.track_changes import EditedTrack
from bot.domain.needs import needs, weekly_lists
from bot.domain.posts.claims import Thing
from bot.domain.programme import privacy
from bot.domain.tracks import tracks
from bot.domain.tracks.errors import TrackNotFound
from storage.desk import Person
from storage.enums import (
    Answer,
    Choice,
    ExperienceStance,
    Order,
    PlaceKind,
)
from storage.kit import programmes as kept_programmes
from storage.meetings.meetings import Meeting
from tests.domain import steps
from tests.domain.conftest import CARE, FOLLOWER, MANAGER, NOW, SCHOOL, somebody
from tests.domain.digesting import FORUM_EDITION, HOUR, SCHOOL_EDITION, THURSDAY, cut, deliver, told
from tests.domain.holding import DAY, plan, say
from tests.domain.scenes import scene

ANNA, BO, CILLA = 10**18 + 11, 10**18 + 12, 10**18 + 13
ROLE = 77
INSIDE, NEIGHBOUR = somebody(ANNA), somebody(BO)
COORDINATOR = Person(99, frozenset({ROLE}), manages_server=False)
SECRET = "Secret pilot"


def shut(world, *, closed=True) -> EditedTrack:
    return world(track_changes.edit, str(world.school.id), {"closed": closed}, by=MANAGER)


def leave_track(world) -> None:
    """Göteborg goes on in the other track alone."""
    change = OrganisationChange(tracks=CARE)
    world(organisation_changes.edit, str(world.goteborg), change, by=MANAGER)


@scene
def closed(trial):
    """Anna of Göteborg is in the school track, which is closed; Bo of Vara is not."""
    trial.join(ANNA, trial.goteborg)
    trial.join(BO, trial.vara)
    trial(kept_programmes.keep_place, COORDINATORS_ROLE, PlaceKind.ROLE, ROLE)
    trial.school, trial.care = trial(tracks.all_of)
    trial.area = trial(keyareas.create, "Leadership", by=MANAGER).id
    trial.secret = trial.factor(ANNA, title=SECRET, track=str(trial.school.id)).id
    trial(keyareas.put, trial.secret, str(trial.area), by=MANAGER)
    trial.known = trial.factor(BO, title="Known to all", track=drafts.ALL_TRACKS).id
    trial.meeting = plan(trial, track=SCHOOL, title="Secret meeting", agenda="Hush.")
    trial.time = trial.meeting.shown.id
    shut(trial)
    return trial


OUTSIDE = {"follower": FOLLOWER, "neighbour": NEIGHBOUR}
WITHIN = {"participant": INSIDE, "coordinator": COORDINATOR, "manager": MANAGER, "leda": None}
FACTOR_READS = {
    "show": lambda w: (factors.show, w.secret),
    "by id": lambda w: (factors.named, str(w.secret)),
    "by title": lambda w: (factors.named, SECRET),
    "edits": lambda w: (edits.history, w.secret),
    "objections": lambda w: (votes.objections, w.secret),
    "experiences": lambda w: (experiences.of_factor, w.secret),
}
MEETING_READS = {
    "show": lambda w: (origins.meeting, w.meeting.id),
    "one time": lambda w: (origins.meeting_at, w.time),
    "every time": lambda w: (meetings.times, w.meeting.id),
    "calendar file": lambda w: (calendars.calendar, w.meeting.id),
    "by id": lambda w: (meetings.need, str(w.meeting.id)),
    "by title": lambda w: (meetings.need, "Secret meeting"),
}


@pytest.mark.parametrize("read", FACTOR_READS)
def test_a_factor_of_a_closed_track_is_not_found_outside_it(closed, read):
    work, *args = FACTOR_READS[read](closed)
    for person in WITHIN.values():
        closed(work, *args, by=person)
    for person in OUTSIDE.values():
        with pytest.raises(FactorNotFound):
            closed(work, *args, by=person)


@pytest.mark.parametrize("read", MEETING_READS)
def test_a_meeting_of_a_closed_track_is_not_found_outside_it(closed, read):
    work, *args = MEETING_READS[read](closed)
    for person in WITHIN.values():
        closed(work, *args, by=person)
    for person in OUTSIDE.values():
        with pytest.raises(MeetingNotFound):
            closed(work, *args, by=person)


@pytest.mark.parametrize("person", [*OUTSIDE, *WITHIN])
def test_lists_searches_and_completions_hold_what_is_there_for_the_reader(closed, person):
    sees = person in WITHIN
    by = {**OUTSIDE, **WITHIN}[person]

    def listed(**said):
        page = closed(lists.listed, Listing(**said), by=by).factors
        return page.total, {each.title for each in page.items}

    every = {"Known to all", SECRET} if sees else {"Known to all"}
    for order in (Order.NEWEST, Order.TOP, Order.DIVIDED, Order.DISCUSSED):
        assert listed(order=order) == (len(every), every)
    assert listed(key_area_id=closed.area)[0] == sees
    assert closed(keyareas.all_of, by=by)[0].factors == sees
    found = closed(finding.search, "secret pilot", by=by)
    assert (found.factors.total, [hit.title for hit in found.hits]) == (sees, [SECRET] * sees)
    for typed in ("", "sec", "pilto", "!"):  # the beginning, a misspelling, letter by letter
        titles = {title for _, title in closed(factors.suggest, typed, 25, by=by)}
        assert SECRET not in titles or sees
    assert {title for _, title in closed(factors.suggest, "", 25, by=by)} == every
    page = closed(meetings.listed, by=by).meetings
    assert (page.total, len(page.items)) == (sees, sees)
    for typed in ("", "secret"):
        assert len(closed(meetings.named, typed, by=by)) == sees
    chosen = {track.id for track in closed(seen_tracks.suggest, "", 25, by=by)}
    assert (closed.school.id in chosen, closed.care.id in chosen) == (sees, True)


@pytest.mark.parametrize("person", OUTSIDE)
def test_a_closed_track_cannot_be_named_from_outside(closed, person):
    by, key = OUTSIDE[person], closed.school.id
    listing = Listing(track_id=key)
    for attempt in (
        lambda: closed(lists.listed, listing, by=by),
        lambda: closed(lists.asked, Listing(), track=SCHOOL, key_area=None, by=by),
        lambda: closed(finding.search, "pilot", track_id=key, by=by),
        lambda: closed(meetings.listed, track_id=key, by=by),
        lambda: closed(seen_tracks.need, str(key), by=by),
    ):
        with pytest.raises(TrackNotFound):
            attempt()
    assert closed(lists.listed, listing, by=INSIDE).factors.total == 2


def test_nobody_acts_on_a_closed_track_from_outside_and_nobody_hears_its_name(closed):
    told = (experiences.tell, closed.secret, ExperienceStance.DONE, "It went well.")
    for attempt in (
        lambda: closed(votes.vote, closed.secret, BO, Choice.SUPPORT, by=NEIGHBOUR),
        lambda: closed(votes.ballot, closed.secret, BO, by=NEIGHBOUR),
        lambda: closed(votes.still_mine, closed.secret, BO, by=NEIGHBOUR),
        lambda: closed(similar.support, closed.secret, BO, by=NEIGHBOUR),
        lambda: closed(experiences.form, closed.secret, by=NEIGHBOUR),
        lambda: closed(*told, by=NEIGHBOUR),
        lambda: closed(edits.begin, closed.secret, by=NEIGHBOUR),
        lambda: closed(edits.since_vote, closed.secret, BO, by=NEIGHBOUR),
        lambda: closed(outcomes.withdraw, closed.secret, "Why.", by=NEIGHBOUR),
    ):
        with pytest.raises(FactorNotFound):
            attempt()
    for attempt in (
        lambda: closed(answers.answer, closed.time, BO, Answer.GOING, by=NEIGHBOUR),
        lambda: closed(answers.mine, closed.time, BO, by=NEIGHBOUR),
        lambda: closed(answers.mute, closed.time, BO, by=NEIGHBOUR),
        lambda: closed(reminders.snooze, closed.time, BO, by=NEIGHBOUR),
        lambda: closed(answers.attend, closed.time, BO, by=NEIGHBOUR, now=NOW + 9 * DAY),
    ):
        with pytest.raises(MeetingNotFound):
            attempt()
    assert closed(votes.vote, closed.secret, ANNA, Choice.SUPPORT, by=INSIDE).tally.support == 1


def test_a_statement_about_a_closed_track_is_not_there_for_a_contact_who_left_it(closed):
    closed.join(CILLA, closed.goteborg)
    closed(organisation_changes.set_contact, str(closed.goteborg), CILLA, by=MANAGER)
    told = closed(experiences.tell, closed.secret, ExperienceStance.DONE, "Well.", by=INSIDE)
    assert closed(needs.of, by=somebody(CILLA)).experiences.total == 1
    leave_track(closed)
    assert closed(needs.of, by=somebody(CILLA)).experiences.total == 0
    assert closed(weekly_lists.today, CILLA).needs.experiences.total == 0
    with pytest.raises(ExperienceNotFound):
        closed(experiences.confirm, told.experience.id, by=somebody(CILLA))


def test_a_similar_factor_of_a_closed_track_is_not_offered_from_outside(closed):
    draft = closed.draft(BO, title=SECRET, track=drafts.ALL_TRACKS)
    assert closed(similar.to_draft, draft.id, by=NEIGHBOUR) == ()
    draft = closed.draft(ANNA, title=SECRET, track=drafts.ALL_TRACKS)
    (found,) = closed(similar.to_draft, draft.id, by=INSIDE)
    assert found.factor.title == SECRET


def test_a_draft_for_a_closed_track_from_outside_is_one_for_a_track_of_ones_own(closed):
    draft = closed.draft(BO, track=str(closed.school.id))
    assert draft.track.id == closed.care.id


def test_leaving_closes_a_track_at_once_and_opening_it_lets_everybody_in(closed):
    closed(factors.show, closed.secret, by=INSIDE)
    closed.leave(ANNA)
    with pytest.raises(FactorNotFound):
        closed(factors.show, closed.secret, by=INSIDE)
    shut(closed, closed=False)
    closed(factors.show, closed.secret, by=INSIDE)
    closed(origins.meeting, closed.meeting.id, by=FOLLOWER)


def test_an_organisation_that_leaves_the_track_sees_nothing_of_it_any_more(closed):
    leave_track(closed)
    with pytest.raises(FactorNotFound):
        closed(factors.show, closed.secret, by=INSIDE)
    assert closed(proposers.proposer, closed.secret) is None


# --- what is told elsewhere


def test_what_was_merged_across_the_door_is_not_named_on_the_other_side(closed):
    closed(merging.merge, closed.known, closed.secret, "The same.", by=MANAGER)
    into = closed(factors.show, closed.known, by=NEIGHBOUR).merged_into
    assert (into.id, into.title, into.url) == (closed.secret, "", None)
    with pytest.raises(FactorClosed) as refused:
        closed(votes.vote, closed.known, BO, Choice.SUPPORT, by=NEIGHBOUR)
    assert not isinstance(refused.value, FactorMerged)
    (here,) = closed(factors.show, closed.secret, by=INSIDE).merged_here
    assert here.title == "Known to all"  # that one is everybody's
    shut(closed, closed=False)
    assert closed(factors.show, closed.known, by=NEIGHBOUR).merged_into.title == SECRET


def settled(world):
    """The factors that are counted anew until none is due."""
    return {each.id for each in steps.settled(world)}


def test_cards_that_name_something_of_a_track_follow_when_it_is_closed_or_opened(closed):
    closed(merging.merge, closed.known, closed.secret, "The same.", by=MANAGER)
    settled(closed)
    shut(closed, closed=False)
    assert settled(closed) == {closed.known, closed.secret}


def test_a_factor_for_all_does_not_name_the_closed_meeting_it_came_from(closed):
    slot = f"discussion:{closed.school.id}"
    closed(kept_programmes.keep_place, slot, PlaceKind.TEXT, 500)
    said = {"channels": frozenset({500}), "now": closed.meeting.shown.starts_at}
    inside = closed.factor(ANNA, title="Ours", track=str(closed.school.id), **said)
    draft = closed.draft(ANNA, title="Everybody's", track=drafts.ALL_TRACKS, **said)
    assert (inside.meeting.title, draft.meeting) == ("Secret meeting", None)


def test_a_digest_for_all_tells_nothing_of_a_closed_track_and_its_own_does(closed):
    editions = cut(closed)
    assert [each.title for each in editions[FORUM_EDITION].new] == ["Known to all"]
    assert SECRET in {each.title for each in editions[SCHOOL_EDITION].new}
    assert editions[FORUM_EDITION].ahead == ()
    assert [each.title for each in editions[SCHOOL_EDITION].ahead] == ["Secret meeting"]


def test_a_digest_that_was_cut_before_a_track_was_closed_is_posted_without_it(closed):
    shut(closed, closed=False)
    parcels = deliver(closed, THURSDAY)
    (forum,) = [each for each in parcels if each.things[0].data["edition"] == FORUM_EDITION]
    before = told(closed, forum)
    assert {each.title for each in before.edition.new} == {"Known to all", SECRET}
    closed(track_changes.edit, SCHOOL, {"closed": True}, by=MANAGER, now=THURSDAY + HOUR)
    after = told(closed, forum)
    assert [each.title for each in after.edition.new] == ["Known to all"]
    assert after.edition.ahead == ()
    assert (after.week, after.state, after.first) == (before.week, before.state, before.first)


def test_what_waits_for_somebody_is_never_of_a_track_that_is_closed_to_them(closed):
    assert closed(needs.of, by=NEIGHBOUR).factors.total == 1
    assert closed(needs.of, by=NEIGHBOUR).meetings.total == 0
    assert SECRET not in repr(closed(weekly_lists.today, BO))
    assert SECRET in repr(closed(weekly_lists.today, ANNA))


def test_nobody_hears_that_a_meeting_moved_once_its_track_is_closed_to_them(closed):
    say(closed, ANNA, closed.time, Answer.GOING)
    at = closed.meeting.shown.starts_at
    data = {"before": NOW.isoformat(), "starts": f"{at:%Y-%m-%dT%H:%MZ}"}
    moved = Thing(reminders.CHANGE, closed.time, data, NOW, (1,))
    assert closed(reminders.today, moved, [ANNA]) is not None
    closed.leave(ANNA)
    assert closed(reminders.today, moved, [ANNA]) is None


def test_ones_own_data_does_not_name_what_is_closed_to_one_by_now(closed):
    closed.join(CILLA, closed.goteborg)
    closed(votes.vote, closed.secret, CILLA, Choice.OBJECT, reason="My own words.")
    me = somebody(CILLA)
    assert SECRET in json.dumps(closed(privacy.export, CILLA, by=me).tables)
    closed.leave(CILLA)
    told = json.dumps(closed(privacy.export, CILLA, by=me).tables)
    assert SECRET not in told
    assert "My own words." in told


def test_an_event_that_everyone_sees_makes_a_meeting_due_once_its_track_is_closed(closed):
    def show(session, event_id):
        row = session.get(Meeting, closed.meeting.id)
        row.due, row.event_id = False, event_id

    closed(show, 4711)
    assert closed(meetings.due) == [closed.meeting.id]
    closed(show, None)
    assert closed(meetings.due) == []
    shut(closed, closed=False)
    assert closed(meetings.due) == [closed.meeting.id]
