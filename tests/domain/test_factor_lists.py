"""Lists of factors: what each holds, in which order, page by page."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import event

from bot.domain.factors import experiences, factors, keyareas, lists, merging, votes
from bot.domain.factors.errors import KeyAreaNotFound
from bot.domain.factors.finding import StatusesShown
from bot.domain.factors.lists import PAGE_SIZE, Listing
from bot.domain.kit.errors import NotSetUp
from bot.domain.members.errors import NotAParticipant
from bot.domain.talk.messages import SaidMessage
from bot.domain.tracks import tracks
from bot.domain.tracks.errors import TrackNotFound
from storage.enums import Choice, ExperienceStance, FactorKind, Order
from storage.factors.factors import Factor
from tests.domain.conftest import CARE, ELSEWHERE, HERE, MANAGER, NOW, somebody
from tests.domain.scenes import scene

ANNA, BO, CILLA, DAN = 11, 12, 13, 14
HOUR = timedelta(hours=1)


@scene
def people(trial):
    """Anna of Göteborg (school), Bo of Vara (care), Cilla and Dan of Västerås (both)."""
    trial.join(ANNA, trial.goteborg)
    trial.join(BO, trial.vara)
    trial.join(CILLA, trial.vasteras)
    trial.join(DAN, trial.vasteras)
    trial.school, trial.care = trial(tracks.all_of)
    return trial


@scene
def many(people):
    """Thirteen factors, the newest last: three pages."""
    for number in range(13):
        people.factor(ANNA, title=f"Factor {number}", now=NOW + number * HOUR)
    return people


def listed(world, page=0, programme=HERE, **wanted):
    listing = Listing(**wanted)
    return world(lists.listed, listing, page=page, programme=programme, now=NOW + 99 * HOUR)


def titles(page):
    return [factor.title for factor in page.factors.items]


def vote(world, member, factor, choice=Choice.SUPPORT):
    reason = "Too early." if choice is Choice.OBJECT else None
    world(votes.vote, factor.id, member, choice, reason=reason)


def change(world, factor, **values):
    world(lambda session: session.get(Factor, factor.id).sqlmodel_update(values))


# --- pages


def test_a_list_shows_the_newest_first_page_by_page(many):
    pages = [listed(many, page) for page in range(3)]
    shown = [title for page in pages for title in titles(page)]
    assert shown == [f"Factor {number}" for number in reversed(range(13))]
    assert [len(page.factors.items) for page in pages] == [PAGE_SIZE, PAGE_SIZE, 1]
    assert {(page.factors.total, page.factors.pages, page.track) for page in pages} == {
        (13, 3, None)
    }
    for asked, shown in ((-1, 0), (3, 2), (10**9, 2)):
        assert listed(many, asked) == pages[shown], "the nearest page there is"


def test_an_empty_list_has_one_page(people):
    page = listed(people)
    assert (page.factors.items, page.factors.page, page.factors.pages, page.factors.total) == (
        (),
        0,
        1,
        0,
    )


def test_a_list_shows_each_factor_as_its_card_does(people):
    factor = people.factor(ANNA)
    vote(people, CILLA, factor)
    now = NOW + 99 * HOUR
    assert listed(people).factors.items == (people(factors.show, factor.id, now=now),)


def test_a_page_takes_no_more_queries_for_six_factors_than_for_two(people):
    """Of organisations, key areas, proposers and targets of merges each, and all that counts."""
    areas = [people(keyareas.create, f"Area {n}", by=MANAGER).id for n in range(5)]
    made = [people.factor(who, track="all") for who in (ANNA, BO, CILLA, ANNA, BO, CILLA, DAN)]
    for factor, area in zip(made, areas, strict=False):
        people(keyareas.put, factor.id, str(area), by=MANAGER)
    for away, into in ((2, 0), (3, 1)):
        people(merging.merge, made[away].id, made[into].id, reason="Same.", by=MANAGER)
    people(experiences.tell, made[0].id, ExperienceStance.DONE, "x", by=somebody(DAN))
    asked = []
    event.listen(people.engine, "before_cursor_execute", lambda *said: asked.append(said[2]))
    listed(people, shown=StatusesShown.ALL, page=1)
    few = len(asked)
    asked.clear()
    assert len(listed(people, shown=StatusesShown.ALL).factors.items) == PAGE_SIZE
    assert len(asked) <= few + 4
    assert len(asked) <= 20


# --- what a list holds


def test_a_list_of_one_track_holds_its_own_and_those_of_all_tracks(people):
    people.factor(ANNA, title="School's")
    people.factor(BO, title="Care's")
    people.factor(CILLA, title="All's", track="all")
    page = listed(people, track_id=people.care.id)
    assert titles(page) == ["All's", "Care's"]
    assert page.track.name == CARE
    assert listed(people).factors.total == 3


def test_a_list_shows_what_became_of_factors_as_asked(people):
    for status in ("open", "adopted", "declined", "withdrawn", "merged"):
        change(people, people.factor(ANNA, title=status), status=status)
    by_shown = {each: titles(listed(people, shown=each)) for each in StatusesShown}
    assert by_shown == {
        StatusesShown.OPEN: ["open"], StatusesShown.ADOPTED: ["adopted"],
        StatusesShown.DECLINED: ["declined"], StatusesShown.WITHDRAWN: ["withdrawn"],
        StatusesShown.MERGED: ["merged"],
        StatusesShown.CURRENT: ["adopted", "open"],
        StatusesShown.ALL: ["merged", "withdrawn", "declined", "adopted", "open"],
    }  # fmt: skip


def test_a_list_holds_one_kind_or_one_key_area(people):
    area = people(keyareas.create, "Ledning", by=MANAGER)
    people.factor(ANNA, title="Helps")
    hinders = people.factor(ANNA, title="Hinders", kind=FactorKind.INHIBITING)
    people(keyareas.put, hinders.id, str(area.id), by=MANAGER)
    assert titles(listed(people, kind=FactorKind.PROMOTING)) == ["Helps"]
    assert titles(listed(people, kind=FactorKind.INHIBITING)) == ["Hinders"]
    page = listed(people, key_area_id=area.id)
    assert (titles(page), page.key_area) == (["Hinders"], "Ledning")
    assert listed(people, key_area_id=area.id, kind=FactorKind.PROMOTING).factors.total == 0


def test_track_and_key_area_may_be_named(people):
    area = people(keyareas.create, "Ledning", by=MANAGER)

    def asked(track=None, key_area=None):
        return people(lists.asked, Listing(), track=track, key_area=key_area).listing

    assert asked() == Listing()
    assert asked("SCHOOL", "LEDNING") == Listing(people.school.id, key_area_id=area.id)
    with pytest.raises(TrackNotFound):
        asked("qqqq")
    with pytest.raises(KeyAreaNotFound):
        asked(key_area="qqqq")


def test_another_servers_ids_name_nothing(people):
    area = people(keyareas.create, "Ledning", by=MANAGER)
    factor = people.factor(ANNA)
    people(keyareas.put, factor.id, str(area.id), by=MANAGER)
    people.set_up(ELSEWHERE)
    page = listed(people, programme=ELSEWHERE, key_area_id=area.id)
    assert (page.factors.total, page.key_area) == (0, None)
    with pytest.raises(TrackNotFound):
        listed(people, programme=ELSEWHERE, track_id=people.school.id)


def test_a_server_without_a_programme_has_no_lists(world):
    with pytest.raises(NotSetUp):
        listed(world)
    with pytest.raises(NotSetUp):
        world(lists.asked, Listing(), track="x", key_area=None)


# --- orders


def test_each_order_puts_its_own_first_and_what_is_equal_newest_first(people):
    loved, split, talked, *_ = [
        people.factor(CILLA, title=title) for title in ("loved", "split", "talked", "new", "newer")
    ]
    for member in (ANNA, CILLA):
        vote(people, member, loved)
    vote(people, ANNA, split)
    vote(people, CILLA, split, Choice.OBJECT)
    people(factors.posted, talked.id, channel_id=1, message_id=2, thread_id=3)
    people(factors.heard, [SaidMessage(id=9, channel_id=3, place_id=1, at=NOW)])
    orders = {order: titles(listed(people, order=order)) for order in Order if order != "needs"}
    assert orders[Order.NEWEST] == ["newer", "new", "talked", "split", "loved"]
    assert orders[Order.TOP][0] == "loved"
    assert orders[Order.TOP][1:] == ["newer", "new", "talked", "split"], "standing goes first"
    assert orders[Order.DIVIDED] == ["split", "newer", "new", "talked", "loved"]
    assert orders[Order.DISCUSSED] == ["talked", "newer", "new", "split", "loved"]
    assert listed(people, order=Order.DISCUSSED).factors.items[0].discussed == 1


def test_pages_of_an_order_hold_each_factor_once(many):
    for order in Order:
        pages = [listed(many, page, order=order, reader=CILLA) for page in range(3)]
        assert len({title for page in pages for title in titles(page)}) == 13, order


# --- needs my vote


def needs(world, reader, **more):
    return titles(listed(world, order=Order.NEEDS, reader=reader, **more))


def test_needs_my_vote_holds_what_concerns_the_reader_and_shrinks_as_they_vote(people):
    school = people.factor(ANNA, title="School's")
    people.factor(BO, title="Care's")
    shared = people.factor(CILLA, title="All's", track="all")
    assert needs(people, ANNA) == ["All's", "School's"]
    assert needs(people, BO) == ["All's", "Care's"]
    assert needs(people, DAN) == ["All's", "Care's", "School's"]
    vote(people, DAN, shared, Choice.UNSURE)
    assert needs(people, DAN) == ["Care's", "School's"]
    vote(people, DAN, school)
    assert needs(people, DAN) == ["Care's"]
    people(votes.take_back, school.id, DAN)
    assert needs(people, DAN) == ["Care's", "School's"], "taken back"
    assert needs(people, DAN, track_id=people.care.id) == ["Care's"]
    assert needs(people, DAN, kind=FactorKind.INHIBITING) == []


def test_needs_my_vote_holds_only_what_takes_votes_now(people):
    for title, values in {
        "Adopted": {"status": "adopted"},
        "Not yet": {"opens_at": NOW + 100 * HOUR},
        "Over": {"closes_at": NOW},
    }.items():
        change(people, people.factor(ANNA, title=title), **values)
    people.factor(CILLA, title="Now")
    page = listed(people, order=Order.NEEDS, reader=ANNA, shown=StatusesShown.ADOPTED)
    assert titles(page) == ["Now"]
    assert page.listing == replace(page.listing, shown=StatusesShown.OPEN), "as it says itself"


def test_needs_my_vote_is_for_participants(people):
    with pytest.raises(NotAParticipant):
        needs(people, 99)
