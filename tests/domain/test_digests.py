"""Weekly digests: each week cut once, posted once in each channel, and shown again as it was."""

from datetime import datetime, timedelta

import pytest
from sqlmodel import Session

from bot.domain.digest import digests as digest_digests
from bot.domain.digest import settings as digest_settings
from bot.domain.digest import weeks as digests
from bot.domain.digest.errors import DigestSent, NothingToTell, WeekUnknown
from bot.domain.digest.settings import GREETING_LIMIT, Outline
from bot.domain.digest.views import Section
from bot.domain.kit import people as programmes
from bot.domain.kit.errors import CoordinatorsOnly, NotSetUp
from bot.domain.membership import organisation_changes, track_changes
from bot.domain.posts import claims, ledger
from bot.domain.posts.errors import NothingToTryAgain
from bot.domain.posts.planning import Note
from bot.domain.programme import history, servers, settings
from bot.domain.programme.settings import SettingsPart
from bot.domain.when.clocks import Week
from storage.desk import Desk
from storage.enums import DeliveryState, DigestState, FactorStatus
from storage.posts import deliveries
from tests import desks
from tests.domain.conftest import CARE, ELSEWHERE, EVERYWHERE, FOLLOWER, HERE, MANAGER, NOW, SCHOOL
from tests.domain.digesting import (
    DAY,
    FORUM_EDITION,
    HOUR,
    SCHOOL_EDITION,
    THURSDAY,
    WEEK,
    decide,
    deliver,
    planned,
    preview,
    send,
    told,
    vote,
    weeks,
)
from tests.domain.scenes import scene

ANNA, BO = 11, 12
SENT, QUIET, MISSED = DigestState.SENT, DigestState.QUIET, DigestState.MISSED


@scene
def people(trial):
    """Anna is with Göteborg, Bo with Vara; nothing has happened that a digest tells."""
    trial.join(ANNA, trial.goteborg)
    trial.join(BO, trial.vara)
    return trial


def settle(world, part, text, now=NOW):
    seen = settings.mark(world(settings.view, by=MANAGER).choices, part)
    world(settings.save, part, text, seen, by=MANAGER, now=now)


def forget_plans(session: Session) -> None:
    """As in a programme that was set up before there were digests."""
    for row in deliveries.unsettled(Desk(session, HERE, None, NOW), digests.WEEK):
        session.delete(row)


def states(world):
    return {week: row.state for week, row in weeks(world).items()}


# --- the chain


def test_setup_plans_the_first_digest(trial):
    assert planned(trial) == [(202648, THURSDAY)]
    trial.set_up(now=NOW + DAY)
    assert planned(trial) == [(202648, THURSDAY)]


def test_each_week_is_cut_once_and_posted_once_in_each_channel(people):
    people.factor(ANNA)
    first = deliver(people, THURSDAY)
    assert [(p.slot, told(people, p).week.number) for p in first] == [
        ("announcements:1", 48), ("forum", 48),
    ]  # fmt: skip
    assert deliver(people, THURSDAY) == []
    assert planned(people) == [(202649, THURSDAY + WEEK)]
    people.factor(BO, now=THURSDAY)
    second = deliver(people, THURSDAY + WEEK)
    assert [(p.slot, told(people, p).week.number) for p in second] == [
        ("announcements:2", 49), ("forum", 49),
    ]  # fmt: skip
    assert states(people) == {202648: SENT, 202649: SENT}


def test_a_week_that_is_cut_again_stays_as_it_is(people):
    people.factor(ANNA)
    thing = claims.Thing(digests.WEEK, 202648, {}, THURSDAY, (1,))
    people(digest_digests.cut, thing, now=THURSDAY)
    before = weeks(people)
    people.factor(BO, now=THURSDAY + HOUR)
    people(digest_digests.cut, thing, now=THURSDAY + 2 * HOUR)
    assert weeks(people) == before
    assert len(deliver(people, THURSDAY + 2 * HOUR)) == 2


def test_a_courier_that_starts_anew_cuts_nothing_twice(people):
    people.factor(ANNA)
    [work] = due(people, THURSDAY)
    people(claims.recover, EVERYWHERE, now=THURSDAY)  # the first one was killed
    [again] = due(people, THURSDAY + HOUR)
    for parcel, now in ((again, THURSDAY + HOUR), (work, THURSDAY + 2 * HOUR)):
        people(claims.perform, parcel, digest_digests.cut, now=now)
    assert len(deliver(people, THURSDAY + 2 * HOUR)) == 2
    assert len(planned(people)) == 1


def test_a_quiet_week_is_kept_and_not_posted(people):
    assert deliver(people, THURSDAY) == []
    outline = people(digest_settings.outline, now=THURSDAY)
    assert outline == Outline(Week(2026, 49), THURSDAY + WEEK, Week(2026, 48), QUIET, THURSDAY)
    assert people(digest_digests.posted, 202648, FORUM_EDITION).edition.quiet
    assert not people(digest_digests.posted, 202648, FORUM_EDITION).greeting


def test_a_digest_is_posted_up_to_three_days_late_and_then_missed(people):
    people.factor(ANNA)
    assert len(deliver(people, THURSDAY + 3 * DAY - HOUR)) == 2
    people.factor(BO, now=THURSDAY + 4 * DAY)
    assert deliver(people, THURSDAY + WEEK + 3 * DAY) == []
    assert states(people) == {202648: SENT, 202649: MISSED}
    assert weeks(people)[202649].starts_at == weeks(people)[202649].ends_at
    [bo, _] = deliver(people, THURSDAY + 2 * WEEK)
    assert told(people, bo).edition.new_total == 1
    assert told(people, bo).starts_at == THURSDAY


def test_after_a_long_downtime_what_was_missed_is_told_by_the_first_that_is_not(people):
    people.factor(ANNA)
    back = THURSDAY + 3 * WEEK + DAY
    school, forum = deliver(people, back)
    assert states(people) == {202648: MISSED, 202649: MISSED, 202650: MISSED, 202651: SENT}
    assert (told(people, forum).starts_at, told(people, forum).ends_at) == (
        NOW, THURSDAY + 3 * WEEK,
    )  # fmt: skip
    assert told(people, school).edition.new_total == 1
    assert told(people, school).first
    assert planned(people) == [(202652, THURSDAY + 4 * WEEK)]


def test_while_leda_is_out_of_the_server_weeks_pass_and_nothing_is_posted(people):
    people.factor(ANNA)
    people(servers.removed)
    assert deliver(people, THURSDAY) == []
    assert states(people) == {202648: MISSED}
    people(servers.returned, now=THURSDAY + DAY)
    assert len(deliver(people, THURSDAY + WEEK)) == 2


def test_a_digest_that_was_cut_and_came_too_late_to_be_posted_is_told_by_the_next(people):
    people.factor(ANNA)
    [work] = due(people, THURSDAY)
    people(claims.perform, work, digest_digests.cut, now=THURSDAY)
    assert states(people) == {202648: SENT}
    later = THURSDAY + 4 * DAY  # leda was killed then, and starts now: the posts have expired
    assert deliver(people, later) == []
    assert preview(people, later).edition.new_total == 1
    assert len(deliver(people, THURSDAY + WEEK)) == 2
    assert states(people) == {202648: MISSED, 202649: SENT}
    assert preview(people, THURSDAY + WEEK, 202648).edition.quiet


def due(world, now):
    """What a courier claims of digests."""
    found = world(claims.claim, EVERYWHERE, now=now, limit=99)
    return [parcel for parcel in found if parcel.things[0].kind.startswith("digest.")]


def failed(world, note):
    """The digest that is due is cut, and none of its posts gets out."""
    [work] = due(world, THURSDAY)
    world(claims.perform, work, digest_digests.cut, now=THURSDAY)
    for post in due(world, THURSDAY):
        if post.things[0].kind == digests.EDITION:
            world(claims.fail, post, note, now=THURSDAY)


def test_what_discord_took_nowhere_is_told_by_the_next_or_by_hand(people):
    people.factor(ANNA)
    failed(people, Note.AWAY)
    assert preview(people, THURSDAY + DAY).edition.new_total == 1
    assert [view.edition.new_total for view in send(people, THURSDAY + DAY)] == [1, 1]
    assert len(deliver(people, THURSDAY + DAY)) == 2
    assert states(people) == {202648: SENT}


def test_what_nobody_tries_again_is_told_by_the_next_and_not_once_more(people):
    people.factor(ANNA)
    failed(people, Note.AWAY)
    posted = deliver(people, THURSDAY + WEEK)
    assert [told(people, parcel).edition.new_total for parcel in posted] == [1, 1]
    assert states(people) == {202648: MISSED, 202649: SENT}
    with pytest.raises(NothingToTryAgain):
        people(ledger.try_again, by=MANAGER, now=THURSDAY + WEEK)


def test_what_is_tried_again_is_not_told_by_the_next(people):
    people.factor(ANNA)
    failed(people, Note.AWAY)
    people(ledger.try_again, by=MANAGER, now=THURSDAY + DAY)
    assert len(deliver(people, THURSDAY + DAY)) == 2
    assert preview(people, THURSDAY + 2 * DAY).edition.new_total == 0


def test_what_may_be_out_is_not_told_by_the_next(people):
    people.factor(ANNA)
    failed(people, Note.UNSURE)
    assert preview(people, THURSDAY + DAY).edition.new_total == 0


def test_nightly_a_chain_is_planned_where_there_is_none(people):
    people(forget_plans)
    people(digests.plan_all, [HERE, ELSEWHERE], now=THURSDAY + 5 * WEEK)
    assert planned(people) == [(202701, THURSDAY + 6 * WEEK)]  # nobody was promised the others
    deliver(people, THURSDAY + 6 * WEEK)
    [only] = weeks(people).values()
    assert (only.starts_at, only.ends_at) == (THURSDAY + 5 * WEEK, THURSDAY + 6 * WEEK)
    people(forget_plans)
    people(digests.plan_all, [HERE], now=THURSDAY + 9 * WEEK)
    assert planned(people) == [(202702, THURSDAY + 7 * WEEK)]  # it was: it is noted as missed


def test_a_week_that_cannot_be_cut_holds_up_no_other(people):
    deliver(people, THURSDAY)
    now = THURSDAY + WEEK
    for _ in range(claims.ATTEMPTS):
        [parcel] = due(people, now)
        people(claims.later, parcel, Note.ERROR, chance=0.0, now=now)
        now += timedelta(hours=5)
    assert planned(people) == []
    people(digests.plan_all, [HERE], now=now)
    assert planned(people) == [(202650, THURSDAY + 2 * WEEK)]
    people.factor(ANNA, now=now)
    assert len(deliver(people, THURSDAY + 2 * WEEK)) == 2
    thing = claims.Thing(digests.WEEK, 202649, {}, THURSDAY + WEEK, (1,))
    people(digest_digests.cut, thing, now=THURSDAY + 2 * WEEK)  # tried again by a coordinator
    assert states(people) == {202648: QUIET, 202650: SENT}


# --- the hour


def test_another_hour_moves_what_is_planned(people):
    settle(people, SettingsPart.DIGEST, "3|16")
    assert planned(people) == [(202648, THURSDAY + timedelta(hours=7))]
    settle(people, SettingsPart.DIGEST, "4|9")
    assert planned(people) == [(202648, THURSDAY + DAY)]
    settle(people, SettingsPart.LANGUAGE, "en|Europe/Helsinki")
    assert planned(people) == [(202648, THURSDAY + DAY - HOUR)]
    people.set_up(timezone="Europe/Stockholm", now=NOW + HOUR)
    assert planned(people) == [(202648, THURSDAY + DAY)]


def test_a_weekday_that_has_passed_leaves_the_week_to_the_next_digest(people):
    people.factor(ANNA)
    deliver(people, THURSDAY)
    people.factor(BO, now=THURSDAY + DAY)
    tuesday = THURSDAY + 5 * DAY
    settle(people, SettingsPart.DIGEST, "0|9", tuesday)
    assert planned(people) == [(202650, THURSDAY + 11 * DAY)]
    settle(people, SettingsPart.DIGEST, "3|9", tuesday)
    assert planned(people) == [(202649, THURSDAY + WEEK)]
    settle(people, SettingsPart.DIGEST, "0|9", tuesday)
    deliver(people, THURSDAY + 11 * DAY)
    row = weeks(people)[202650]
    assert (row.starts_at, row.ends_at) == (THURSDAY, THURSDAY + 11 * DAY)


def test_a_week_that_fell_away_for_an_earlier_one_comes_after_it(people):
    people.factor(ANNA)
    settle(people, SettingsPart.DIGEST, "0|9")
    assert planned(people) == [(202649, THURSDAY + 4 * DAY)]
    settle(people, SettingsPart.DIGEST, "3|9")
    deliver(people, THURSDAY)
    assert planned(people) == [(202649, THURSDAY + WEEK)]


def test_the_first_digest_tells_of_all_since_setup_wherever_its_hour_is_moved(people):
    people.factor(ANNA)
    settle(people, SettingsPart.DIGEST, "0|12", NOW + 4 * HOUR)  # Monday noon is over: a week later
    assert planned(people) == [(202649, NOW + WEEK + 2 * HOUR)]
    [school, _] = deliver(people, NOW + WEEK + 2 * HOUR)
    assert told(people, school).starts_at == NOW
    assert told(people, school).edition.new_total == 1


def test_a_week_that_is_due_already_is_not_moved(people):
    people.factor(ANNA)
    settle(people, SettingsPart.DIGEST, "4|9", THURSDAY + timedelta(minutes=1))
    assert len(deliver(people, THURSDAY + timedelta(minutes=2))) == 2
    assert planned(people) == [(202649, THURSDAY + DAY + WEEK)]


@pytest.mark.parametrize(
    ("weekday", "hour", "begins", "ends"),
    [
        (6, 2, "2027-03-21T01:00+00:00", "2027-03-28T01:00+00:00"),  # skipped
        (6, 3, "2027-03-21T02:00+00:00", "2027-03-28T01:00+00:00"),  # an hour shorter
        (6, 9, "2027-10-24T07:00+00:00", "2027-10-31T08:00+00:00"),  # an hour longer
    ],
)
def test_a_week_of_a_clock_change_ends_by_the_clock(world, weekday, hour, begins, ends):
    begin, end = datetime.fromisoformat(begins), datetime.fromisoformat(ends)
    world.set_up(now=begin - 2 * DAY)
    settle(world, SettingsPart.DIGEST, f"{weekday}|{hour}", begin - 2 * DAY)
    for moment in (begin, end):
        assert [due for _, due in planned(world)] == [moment]
        deliver(world, moment)
    latest = weeks(world)[Week.on(end.date()).value]
    assert (latest.starts_at, latest.ends_at) == (begin, end)


# --- by hand


def test_sent_by_hand_it_counts_as_this_week_s(people):
    people.factor(ANNA)
    views = send(people, NOW + HOUR)
    assert [view.edition.track_id for view in views] == [SCHOOL_EDITION, None]
    assert {(view.state, view.starts_at, view.ends_at) for view in views} == {
        (SENT, NOW, NOW + HOUR)
    }
    assert len(deliver(people, NOW + HOUR)) == 2
    assert deliver(people, THURSDAY) == []
    with pytest.raises(DigestSent) as refused:
        send(people, THURSDAY)
    assert refused.value.values == {"week": 48, "when": int((NOW + HOUR).timestamp())}
    people.factor(BO, now=NOW + 2 * HOUR)
    deliver(people, THURSDAY + WEEK)
    assert weeks(people)[202649].starts_at == NOW + HOUR
    assert states(people) == {202648: SENT, 202649: SENT}


def test_sent_while_the_courier_is_about_to_cut_it_goes_out_once(people):
    people.factor(ANNA)
    [work] = due(people, THURSDAY)
    send(people, THURSDAY)
    people(claims.perform, work, digest_digests.cut, now=THURSDAY)
    assert len(deliver(people, THURSDAY)) == 2
    assert len(planned(people)) == 1


def test_a_week_without_anything_to_tell_is_not_sent_by_hand(people):
    with pytest.raises(NothingToTell):
        send(people, NOW + HOUR)
    assert weeks(people) == {}
    assert planned(people) == [(202648, THURSDAY)]


@pytest.mark.parametrize("late", [timedelta(0), 3 * DAY])
def test_a_quiet_or_missed_week_can_still_be_sent_by_hand(people, late):
    deliver(people, THURSDAY + late)
    people.factor(ANNA, now=THURSDAY + late + HOUR)
    sunday = THURSDAY + 3 * DAY + 2 * HOUR
    assert len(send(people, sunday)) == 2
    assert len(deliver(people, sunday)) == 2
    assert (weeks(people)[202648].starts_at, weeks(people)[202648].ends_at) == (NOW, sunday)
    assert planned(people) == [(202649, THURSDAY + WEEK)]


def test_what_came_too_late_to_be_posted_can_be_sent_by_hand_in_the_same_week(people):
    settle(people, SettingsPart.DIGEST, "1|9")
    people.factor(ANNA)
    tuesday = THURSDAY - 2 * DAY
    [work] = due(people, tuesday)
    people(claims.perform, work, digest_digests.cut, now=tuesday)
    assert deliver(people, tuesday + 3 * DAY) == []
    send(people, tuesday + 4 * DAY)
    posted = deliver(people, tuesday + 4 * DAY)
    assert [told(people, parcel).edition.new_total for parcel in posted] == [1, 1]
    assert {parcel.things[0].due_at for parcel in posted} == {tuesday + 4 * DAY}


def test_after_the_clock_went_back_over_monday_the_last_week_is_still_this_one(people):
    settle(people, SettingsPart.DIGEST, "0|0")
    settle(people, SettingsPart.LANGUAGE, "en|Pacific/Auckland")
    people.factor(ANNA)
    [(week, due)] = planned(people)
    deliver(people, due)
    settle(people, SettingsPart.LANGUAGE, "en|Pacific/Honolulu", due + HOUR)
    assert week == 202649  # in Honolulu it is week 48 still
    with pytest.raises(DigestSent):
        send(people, due + HOUR)


def test_digests_are_the_coordinators_and_each_server_has_its_own(people):
    for work, said in (
        (digest_digests.send, ()),
        (digest_digests.preview, (None, None)),
        (digest_settings.settings, ()),
    ):
        with pytest.raises(CoordinatorsOnly):
            people(work, *said, by=FOLLOWER)
        with pytest.raises(NotSetUp):
            people(work, *said, by=MANAGER, programme=ELSEWHERE)
    with pytest.raises(CoordinatorsOnly):
        people(digest_settings.change, off=(), greeting="", by=FOLLOWER)
    people.factor(ANNA)
    people.set_up(ELSEWHERE)
    deliver(people, THURSDAY)
    assert people(digest_digests.posted, 202648, FORUM_EDITION, programme=ELSEWHERE).edition.quiet


# --- shown ahead, and again


def test_a_preview_is_what_is_posted_then(people):
    people.factor(ANNA)
    for edition in (SCHOOL_EDITION, FORUM_EDITION):
        ahead = preview(people, edition=edition)
        assert ahead.state is None
        if edition == SCHOOL_EDITION:
            before = ahead
    [school, _] = deliver(people, THURSDAY)
    after = told(people, school)
    assert after.state is SENT
    assert (after.edition, after.editions, after.first) == (
        before.edition, before.editions, True,
    )  # fmt: skip
    assert before.editions == (
        (1, SCHOOL),
        (2, CARE),
        (0, ""),
    )
    assert preview(people, THURSDAY, 202648, 1) == after


def test_a_past_week_is_shown_as_it_was_whatever_happens_later(people):
    first = people.factor(ANNA).id
    vote(people, first, ANNA, NOW + HOUR)
    people(digest_settings.change, off=[Section.TALK], greeting="Dear all", by=MANAGER)
    deliver(people, THURSDAY)
    seen = {edition: preview(people, THURSDAY, 202648, edition) for edition in (0, 1, 2)}
    assert seen[0].greeting == "Dear all"
    later = THURSDAY + 30 * WEEK

    def rename(session: Session) -> None:
        programme = programmes.the_programme(Desk(session, HERE, None, NOW))
        programme.digest_greeting, programme.digest_off = "Other words", "new,people"

    people(rename)
    decide(people, first, FactorStatus.ADOPTED, later)
    settle(people, SettingsPart.LANGUAGE, "sv|Asia/Tokyo", later)
    people(organisation_changes.remove, "Göteborgs stad", by=MANAGER, now=later)
    people(track_changes.edit, SCHOOL, {"name": "Skola"}, by=MANAGER, now=later)
    people(track_changes.archive, "Skola", by=MANAGER, now=later)
    deliver(people, later)
    for edition, view in seen.items():
        assert preview(people, later, 202648, edition) == view
        assert people(digest_digests.posted, 202648, edition) == view


def test_the_first_digest_that_is_posted_says_so_and_no_other(people):
    deliver(people, THURSDAY)  # quiet
    people.factor(ANNA, now=THURSDAY)
    assert [told(people, each).first for each in deliver(people, THURSDAY + WEEK)] == [True, True]
    people.factor(ANNA, now=THURSDAY + WEEK)
    again = deliver(people, THURSDAY + 2 * WEEK)
    assert [told(people, each).first for each in again] == [False, False]


def test_a_week_from_before_there_were_digests_is_made_from_the_journal(people):
    first = people.factor(ANNA).id
    decide(people, first, FactorStatus.ADOPTED, THURSDAY + HOUR)
    now = THURSDAY + 4 * WEEK
    people(forget_plans)
    people(digests.plan_all, [HERE], now=now)
    before = preview(people, now, 202648)
    assert (before.starts_at, before.ends_at) == (NOW, THURSDAY)
    assert (before.edition.new_total, before.edition.decided) == (1, {})
    assert (before.state, before.first, before.greeting) == (None, False, "")
    after = preview(people, now, 202649)
    assert (after.starts_at, after.edition.decided) == (THURSDAY, {FactorStatus.ADOPTED: 1})


@pytest.mark.parametrize("week", [202647, 202649, 202654, 9, 0])
def test_a_week_ahead_or_before_the_programme_is_not_known(people, week):
    with pytest.raises(WeekUnknown):
        preview(people, NOW, week)


@pytest.mark.parametrize("week", [101, 999952, 999953, 2**63 - 1, -1])
def test_a_week_at_the_ends_of_time_is_not_known_by_any_clock(people, week):
    late, early = "6|23", "0|0"
    for zone, hour in (("America/Los_Angeles", late), ("Pacific/Auckland", early)):
        settle(people, SettingsPart.LANGUAGE, f"en|{zone}")
        settle(people, SettingsPart.DIGEST, hour)
        with pytest.raises(WeekUnknown):
            preview(people, NOW, week)


def test_an_edition_that_is_not_there_is_nothing_to_post_and_another_to_look_at(people):
    people.factor(ANNA)
    deliver(people, THURSDAY)
    assert people(digest_digests.posted, 202648, 77) is None
    assert people(digest_digests.posted, 202649, FORUM_EDITION) is None
    assert preview(people, THURSDAY, 202648, 77).edition.track_id == SCHOOL_EDITION
    assert preview(people, THURSDAY, 202648).edition.track_id is None


def test_weeks_are_named_as_people_write_them(people):
    now = datetime.fromisoformat("2027-12-09T08:00+00:00")
    named = lambda typed: [str(w) for w in people(digests.weeks_named, typed, now=now)]  # noqa: E731
    assert named("")[:2] == ["2026-W48"]  # the one that is planned, however late
    deliver(people, now)
    assert named("")[:3] == ["2027-W50", "2027-W49", "2027-W48"]
    assert len(named("")) == 25
    assert named("49") == named("v49") == named("Vecka 49") == ["2027-W49", "2026-W49"]
    assert named("2026-W49") == named("2026 w.49") == ["2026-W49"]
    assert named("5")[:3] == ["2027-W05", "2027-W50", "2026-W53"]
    assert named("05") == named("2027-W05") == ["2027-W05"]
    assert named("2026-W") == [f"2026-W{number}" for number in range(53, 47, -1)]
    assert named("next") == named("49 or so") == []


def test_a_week_that_is_typed_is_the_latest_of_its_number(people):
    now = datetime.fromisoformat("2027-12-09T07:00+00:00")
    deliver(people, now)
    typed = lambda text: people(digests.week_typed, text, now=now)  # noqa: E731
    assert typed("49") == typed(" w49 ") == Week(2027, 49)
    assert typed("2026-W49") == Week(2026, 49)
    assert typed("53") == Week(2026, 53)
    for text in ("2026-W47", "54", "2027", "", "0", "yesterday", "2027-W51"):
        with pytest.raises(WeekUnknown):
            typed(text)


# --- settings


def test_coordinators_choose_sections_and_greet_in_the_next_one(people):
    off, greeting = [Section.PEOPLE, Section.TALK], "  Welcome\u202e back "
    chosen = people(digest_settings.change, off=off, greeting=greeting, by=MANAGER)
    assert (chosen.off, chosen.greeting) == (
        {Section.TALK, Section.PEOPLE}, "Welcome back",
    )  # fmt: skip
    assert (chosen.weekday, chosen.hour, chosen.zone) == (3, 9, "Europe/Stockholm")
    assert (chosen.next_week, chosen.next_at, chosen.last) == (Week(2026, 48), THURSDAY, None)
    posted = deliver(people, THURSDAY)  # a greeting is something to tell
    assert [parcel.slot for parcel in posted] == ["announcements:1", "announcements:2", "forum"]
    assert told(people, posted[0]).greeting == "Welcome back"
    after = people(digest_settings.settings, by=MANAGER, now=THURSDAY)
    assert (after.greeting, after.off) == ("", chosen.off)
    assert after.last == told(people, posted[-1])
    assert deliver(people, THURSDAY + WEEK) == []


def test_a_greeting_waits_for_a_digest_that_is_not_missed(people):
    said = "x" * (GREETING_LIMIT + 1)
    people(digest_settings.change, off=(), greeting=said, by=MANAGER)
    deliver(people, THURSDAY + 3 * DAY)
    [view, *_] = send(people, THURSDAY + 3 * DAY)
    assert view.greeting == "x" * GREETING_LIMIT


def test_the_trail_tells_of_choices_and_of_what_was_sent_by_hand_and_keeps_no_words(people):
    people(digest_settings.change, off=(), greeting="Dear all", by=MANAGER)
    people(digest_settings.change, off=(), greeting="Dear all", by=MANAGER)
    send(people, NOW + HOUR)
    deliver(people, THURSDAY + WEEK)
    sent, changed = people(history.view, 0, by=MANAGER).items[:2]
    assert (sent.kind, sent.who, sent.subject) == ("digest.sent", MANAGER.id, "2026-W48")
    assert (changed.kind, changed.changed) == ("digest.changed", ())
    written = [entry for entry in people.journal() if entry.subject == "digest"]
    assert [(entry.kind, entry.data) for entry in written] == [
        ("digest.changed", {}),
        ("digest.sent", {"name": "2026-W48"}),
        ("digest.cut", {"week": 202649, "state": "quiet"}),
    ]


def test_how_digests_do_is_told_before_the_first_too(people):
    assert people(digest_settings.outline) == Outline(Week(2026, 48), THURSDAY)
    people(forget_plans)
    assert people(digest_settings.outline) == Outline(Week(2026, 48), THURSDAY)


def test_what_was_dropped_by_hand_is_no_trouble(people):
    people.factor(ANNA)
    send(people, NOW + HOUR)

    def notes(session: Session) -> list[tuple[DeliveryState, str]]:
        key = f"digest:{HERE}:2026-W48"
        return [
            (row.state, row.note) for row in deliveries.by_key(desks.bare(session), [key]).values()
        ]

    assert people(notes) == [(DeliveryState.DROPPED, Note.WELL)]
