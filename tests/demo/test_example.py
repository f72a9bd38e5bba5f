"""What the example's people have written and voted, held against the rules of the product."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import discord
import pytest

from bot.demo.example import ZONE, When, example
from bot.domain.digest import weeks
from bot.domain.factors import factors, origins
from bot.domain.factors.counting import Standing, standing
from bot.domain.factors.views import Voting
from bot.domain.kit import texts
from bot.domain.meetings import meetings, minutes
from bot.domain.meetings.plans import AGENDA_LIMIT
from bot.domain.posts import ledger
from bot.domain.when.feasts import feast
from storage.enums import ExperienceStance, FactorKind, FactorStatus, Language

ALL = example().factors
NOW = datetime(2026, 3, 2, 6, 0, tzinfo=UTC)


def ballots(factor):
    """Who votes what: support, objection, unsure."""
    return [
        *((key, 0) for key in factor.support),
        *((key, 1) for key, _ in factor.objections),
        *((key, 2) for key in factor.unsure),
    ]


def organisation_of(key):
    return example().person(key).organisation


def tracks_of(factor):
    return example().tracks if factor.track == "all" else (factor.track,)


def all_ballots(factor):
    """With those of the factors that were merged into it, each person once."""
    if factor.merge:
        return []
    found = [ballot for one in ALL if one.merge and one.merge.into == factor.title
             for ballot in ballots(one)]  # fmt: skip
    return list(dict([*ballots(factor), *found]).items())


def counted(factor):
    """The votes as the product counts them."""
    said = {one.name: [0, 0, 0] for one in example().organisations}
    for key, choice in all_ballots(factor):
        said[organisation_of(key)][choice] += 1
    return {
        track: {
            one.name: tuple(said[one.name])
            for one in example().organisations
            if track in one.tracks
        }
        for track in tracks_of(factor)
    }


def test_there_are_more_than_a_dozen_factors_of_both_kinds_in_every_track():
    assert len(ALL) > 12
    assert len({factor.title for factor in ALL}) == len(ALL)
    kinds = Counter(FactorKind(factor.kind) for factor in ALL)
    assert min(kinds[kind] for kind in FactorKind) >= 5
    places = {(factor.track, factor.kind) for factor in ALL}
    assert len(places) == 6


def test_the_factors_stand_in_all_five_ways():
    ways = Counter(standing(counted(factor)) for factor in ALL if factor.merge is None)
    assert ways == {
        Standing.SHARED_GROUND: 5,
        Standing.TOO_EARLY: 4,
        Standing.DIFFERS: 2,
        Standing.DIVIDED: 2,
        Standing.NO_CLEAR_SUPPORT: 2,
    }


@pytest.mark.parametrize("factor", ALL, ids=lambda factor: factor.title)
def test_everyone_votes_once_and_in_a_track_of_their_organisation(factor):
    voters = [key for key, _ in ballots(factor)]
    assert len(set(voters)) == len(voters)
    inside = {one.name: set(one.tracks) for one in example().organisations}
    for key in {*voters, *(one.by for one in factor.experiences)}:
        assert inside[organisation_of(key)] & set(tracks_of(factor)), key


@pytest.mark.parametrize("factor", ALL, ids=lambda factor: factor.title)
def test_what_is_written_fits_the_forms_and_holds_no_identity_number(factor):
    reasons = [reason for _, reason in factor.objections]
    assert all(reasons)
    reasons += [done.reason for done in (factor.outcome, factor.merge) if done]
    hows = [factor.how, *([factor.edit.how] if factor.edit else [])]
    limits = {texts.TITLE_LIMIT: [factor.title], texts.HOW_LIMIT: hows, texts.REASON_LIMIT: reasons}
    for limit, written in limits.items():
        for text in written:
            assert text == texts.clean(text)
            assert 0 < len(text) <= limit
    told = [one.how for one in factor.experiences]
    everything = " ".join([*hows, *reasons, *told, factor.context, factor.evidence])
    assert texts.mask_identity_numbers(everything) == (everything, False)


def test_organisations_object_and_tell_what_they_went_through():
    assert sum(len(factor.objections) for factor in ALL) >= 8
    for factor in ALL:
        told = [organisation_of(one.by) for one in factor.experiences]
        assert len(set(told)) == len(told)
    for kind in FactorKind:
        stances = Counter(
            one.stance for factor in ALL for one in factor.experiences if factor.kind == kind
        )
        assert set(stances) == set(ExperienceStance)
        assert min(stances.values()) >= 2


def test_factors_have_come_to_different_ends():
    titles = {factor.title for factor in ALL if factor.merge is None}
    names = {one.name for one in example().organisations}
    (merged,) = (factor for factor in ALL if factor.merge)
    assert merged.merge.into in titles
    (spoken_for,) = (factor for factor in ALL if factor.on_behalf)
    assert spoken_for.on_behalf in names
    assert example().person(spoken_for.by).role == "coordinator"
    (discussed,) = (factor for factor in ALL if factor.opens_in)
    assert ballots(discussed) == []
    assert [factor.outcome.status for factor in ALL if factor.outcome] == ["adopted"] * 2
    assert len([factor for factor in ALL if factor.edit]) == 1
    areas = {factor.key_area for factor in ALL} - {None}
    assert areas == set(example().key_areas)


def test_things_happened_one_after_the_other_over_several_weeks():
    days = [factor.when.before(NOW) for factor in ALL]
    assert all(earlier < later for earlier, later in pairwise(days))
    assert example().began.before(NOW) < days[0] < NOW - timedelta(weeks=5)
    assert days[-1] < NOW - timedelta(days=1)
    for factor in ALL:
        for after in (factor.edit, factor.outcome, factor.merge):
            assert after is None or factor.when.before(NOW) < after.when.before(NOW) < NOW


def test_a_day_of_the_example_begins_in_sweden():
    assert When(1, "09:40").before(NOW) == datetime(2026, 3, 1, 8, 40, tzinfo=UTC)
    late = datetime(2026, 3, 1, 23, 30, tzinfo=UTC)  # in Sweden it is Monday
    assert When(1, "00:10").before(late) == datetime(2026, 2, 28, 23, 10, tzinfo=UTC)


async def seen(stage, factor):
    return await stage.bot.works.db.visit(stage.guild.id, None, datetime.now(UTC)).read(
        factors.named, factor.title
    )


def card_of(stage, view):
    return str(stage.env.backend.get_message(view.channel_id, view.message_id).components)


async def test_every_card_was_posted_on_its_day_and_shows_the_votes_of_the_example(stage):
    backend = stage.env.backend
    published = []
    for factor in ALL:
        view = await seen(stage, factor)
        counts = Counter(choice for _, choice in all_ballots(factor))
        tally = view.tally
        assert [tally.support, tally.objections, tally.unsure] == [counts[n] for n in range(3)]
        assert tally.standing is (standing(counted(factor)) if counts else Standing.TOO_EARLY)
        card = card_of(stage, view)
        assert factor.title in card
        if counts and factor.outcome is None:
            assert f"{counts[0]} håller med" in card
        thread = backend.messages[view.thread_id].values()
        theirs = [each.content for each in thread if each.author_id != backend.bot_user.id]
        assert theirs == [words for _, words in factor.talk]
        news = [discord.utils.snowflake_time(each.id) for each in thread if not each.content]
        ends = [end.when.before(NOW) for end in (factor.outcome, factor.merge) if end]
        days = [view.created_at + (end - factor.when.before(NOW)) for end in ends]
        assert all(any(abs(at - day) < timedelta(hours=2) for at in news) for day in days)
        posted = discord.utils.snowflake_time(view.message_id)
        assert abs(posted - view.created_at) < timedelta(hours=1)
        published.append(view.created_at - factor.when.before(NOW))
    # Each on its day; a clock change between two of them moves them by an hour.
    assert max(published) - min(published) < timedelta(hours=2)


async def test_the_cards_show_what_became_of_the_factors(stage):
    for factor in ALL:
        view, said = await seen(stage, factor), dict(expected(factor))
        card = card_of(stage, view)
        assert Counter(one.stance for one in factor.experiences) == view.experiences
        assert (view.key_area, view.context, view.evidence) == (
            factor.key_area, factor.context, factor.evidence,
        )  # fmt: skip
        assert view.how == (factor.edit.how if factor.edit else factor.how)
        assert (view.on_behalf, view.proposer_id == 0) == (bool(factor.on_behalf),) * 2
        if factor.on_behalf:
            assert view.organisation == factor.on_behalf
        assert {name: getattr(view, name) for name in said} == said
        assert (view.tally.before_edit > 0) is (factor.edit is not None)
        if view.reason:
            assert view.reason[:40] in card
    assert {FactorStatus.ADOPTED, FactorStatus.MERGED} < {
        (await seen(stage, factor)).status for factor in ALL
    }


def expected(factor):
    """What is said of a factor that not all have to say."""
    if factor.outcome:
        yield from (("status", factor.outcome.status), ("reason", factor.outcome.reason))
    elif factor.merge:
        yield from (("status", FactorStatus.MERGED), ("reason", factor.merge.reason))
    else:
        yield "status", FactorStatus.OPEN
    yield "voting", Voting.NOT_YET if factor.opens_in else Voting.OPEN


def test_the_meetings_fit_the_forms_and_are_answered_by_those_whom_they_concern():
    inside = {one.name: set(one.tracks) for one in example().organisations}
    for meeting in example().meetings:
        assert meeting.title == texts.clean(meeting.title)
        assert 0 < len(meeting.title) <= texts.TITLE_LIMIT
        assert len(meeting.agenda) <= AGENDA_LIMIT
        assert len(meeting.summary) <= minutes.SUMMARY_LIMIT
        said = [*meeting.going, *meeting.maybe, *meeting.cant]
        assert len(set(said)) == len(said)
        for key in {*said, *meeting.there}:
            assert meeting.track in {"all", *inside[organisation_of(key)]}, key


@pytest.mark.parametrize("days", range(7))
def test_meetings_are_planned_before_they_are_held_whatever_weekday_it_is(days):
    today = NOW + timedelta(days=days)
    for meeting in example().meetings:
        planned = meeting.when.before(today)
        held = meeting.starts.seen_from(today, meeting.times or 1)
        assert example().began.before(today) < planned < min(held, today)
        assert held.isoweekday() <= 5
        # Their minutes are written the day after, and nothing is reminded of before today.
        assert held + timedelta(days=2) < today or held > today + timedelta(weeks=1)
        assert bool(meeting.summary) is bool(meeting.there) is (held < today)


def test_nobody_meets_on_a_holiday_or_an_eve_whenever_the_demo_is_begun():
    for days in range(0, 366, 3):
        today = NOW + timedelta(days=days)
        for meeting in example().meetings:
            first = meeting.starts.seen_from(today, meeting.times or 1).date()
            for turn in range(meeting.times or 1):
                day = first + timedelta(weeks=2 * turn)
                assert feast(day, ZONE, Language.SV) is None, (meeting.title, day)
                assert day.isoweekday() <= 5


async def test_every_meeting_has_its_card_and_those_to_come_their_event_and_reminders(stage):
    now, backend = datetime.now(UTC), stage.env.backend
    found = {}
    for meeting in example().meetings:
        (named,) = await stage.bot.works.db.visit(stage.guild.id, None, now).read(
            meetings.named, meeting.title
        )
        view = await stage.bot.works.db.visit(stage.guild.id, None, now).read(
            origins.meeting, named.id
        )
        found[view.id] = view
        counts = view.shown.answers
        said = (len(meeting.going), len(meeting.maybe), len(meeting.cant))
        assert (counts.going, counts.maybe, counts.cant) == said
        assert view.shown.attended == len(meeting.there)
        card = backend.get_message(view.channel_id, view.message_id)
        assert meeting.title in str(card.components)
        assert ("var med" in str(card.components)) is view.shown.over
        posted = discord.utils.snowflake_time(card.id)
        assert abs(posted - meeting.when.before(now)) < timedelta(hours=3)
        assert view.event_id in backend.guilds[stage.guild.id].scheduled_events
    places = {backend.channels[view.channel_id].name for view in found.values()}
    assert places == {"öppet-forum", "hälsa-anslag", "skola-anslag"}
    assert {view.shown.over for view in found.values()} == {True, False}
    titles = {name: kind.title for name, kind in stage.bot.crew.courier.kinds.items()}
    planned = await stage.bot.works.db.visit(stage.guild.id, None, now).read(
        ledger.overview, titles
    )
    reminded = {post.title for post in planned.upcoming if post.kind != weeks.WEEK}
    assert reminded == {meeting.title for meeting in example().meetings if not meeting.summary}
    assert planned.troubles == ()
