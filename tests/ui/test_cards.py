"""Whatever people write, a card fits into a Discord message, and only leda's own marks act."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.digest.settings import Outline
from bot.domain.factors.counting import Standing
from bot.domain.factors.tally import TrackTally
from bot.domain.factors.views import Reference, Voting
from bot.domain.factors.votes import Objection
from bot.domain.kit.pages import Page
from bot.domain.kit.texts import HOW_LIMIT, NAME_LIMIT, REASON_LIMIT, TITLE_LIMIT
from bot.domain.members.directory import PAGE_SIZE as ORGANISATIONS_SHOWN
from bot.domain.members.directory import OrganisationPage, OrganisationView
from bot.domain.members.participants import ParticipantView
from bot.domain.posts.ledger import Overview, PostView
from bot.domain.posts.planning import Note
from bot.domain.programme.programmes import ProgrammeView
from bot.domain.programme.status import StatusView
from bot.domain.tracks.places import Slot
from bot.domain.tracks.tracks import TrackView
from bot.domain.when.clocks import Week
from bot.permissions import NEEDED
from bot.ui.text import clip, escape
from cogs.factors import cards
from cogs.kit.builder import BuildOutcome
from cogs.kit.cards import blocked_card, progress_card, stopped_card
from cogs.kit.health import Trouble, TroubleKind
from cogs.members.cards import joined_card, left_card
from cogs.organisations.cards import list_card
from cogs.programme.cards import Report, drift_card, finished_card, repaired_card, status_card
from storage.enums import (
    DeliveryState,
    DigestState,
    ExperienceStance,
    FactorStatus,
    Joining,
    Language,
    PlaceKind,
    Preset,
    Way,
)
from tests.ui.factories import count, factor_of, factors, names, stances, tally_of, tame, tracks
from tests.ui.layouts import HERE, NOW, all_words, check_calm, check_fits, long_hostile

words = st.sampled_from(all_words())


@given(words, factors)
def test_the_card_of_any_factor(said, factor):
    check_calm(cards.factor_card(said, factor), cards.factor_card(said, tame(factor)))


organisations = st.builds(
    OrganisationView,
    id=st.integers(1, 2**40),
    name=names,
    size=st.none() | st.integers(1, 10**8),
    tracks=st.lists(tracks, max_size=3).map(tuple),
    participants=count,
    contact_id=st.none() | st.integers(2**60, 2**63 - 1),
)


@given(words, st.lists(organisations, max_size=4), st.booleans(), st.booleans())
def test_a_list_of_any_organisations(said, found, waiting, coordinating):
    def page(views):
        everyone = len(found) * 3
        return OrganisationPage(
            organisations=Page(tuple(views), 1, 3, everyone), everyone=everyone,
            joined=0, waiting=waiting, coordinating=coordinating,
        )  # fmt: skip

    calm = list_card(said, page([tame(view) for view in found]))
    check_calm(list_card(said, page(found)), calm)


@given(words, st.builds(
    ParticipantView, id=count, member_id=count, organisation_id=count, organisation=names,
    tracks=st.lists(tracks, max_size=4).map(tuple), before=st.none() | names,
    alone=st.booleans(),
))  # fmt: skip
def test_the_welcome_and_the_goodbye_of_anyone(said, view):
    calm = replace(tame(view), tracks=tuple(tame(track) for track in view.tracks))
    check_calm(joined_card(said, HERE, view), joined_card(said, HERE, calm))
    check_calm(left_card(said, view), left_card(said, calm))


@given(words, st.lists(names, min_size=2, max_size=24), long_hostile(500))
def test_the_progress_of_any_setup(said, found, why):
    kinds = (PlaceKind.ROLE, PlaceKind.CATEGORY, PlaceKind.TEXT)
    slots = [Slot(f"{n}", kinds[n % 3], name, discord_id=n) for n, name in enumerate(found)]

    def programme(all_slots):
        return ProgrammeView(
            HERE, Language.SV, "UTC", Preset.LEDA, None, Joining.OPEN, tuple(all_slots)
        )

    view = programme(slots)
    calm = programme([replace(slot, name="x") for slot in slots])
    missing = [replace(slot, discord_id=None) for slot in slots]
    wrong = tuple(
        Trouble(kind, slot, NEEDED) for slot in (*slots, *missing) for kind in TroubleKind
    )
    for shown, tamed in ((slots, calm.slots), (missing, [replace(s, name="x") for s in missing])):
        progress, quiet = (progress_card(said, each, _first_stands) for each in (shown, tamed))
        check_calm(progress, quiet)
        head = said("setup.stopped", why=clip(escape(why), 300))
        check_calm(stopped_card(said, shown, head), stopped_card(said, tamed, head))
    outcome = BuildOutcome(view, tuple(slots), tuple(slots), refusal=why, troubles=wrong)
    check_fits(finished_card(said, outcome))
    check_fits(repaired_card(said, outcome))
    check_fits(blocked_card(said, missing, _first_stands, wrong))
    check_fits(drift_card(HERE, wrong, said))
    status = StatusView(view, 10**6, 10**6, 10**6, 10**6)
    post = PostView(
        "meeting.personal", why, Way.DIRECT, NOW, DeliveryState.FAILED, Note.ERROR, NOW, 10**6
    )
    posts = Overview((post,) * 10, (post,) * 100)
    week = Week(2026, 53)
    outline = Outline(week, NOW, week, DigestState.MISSED, NOW)
    check_fits(status_card(said, Report(status, wrong, home=False, posts=posts, digest=outline)))


def _first_stands(slot: Slot) -> bool:
    return slot.key == "0"


@pytest.mark.parametrize("worst", ["*", "@1", "\\", "[]", "x", "x ", "👩\u200d⚕\ufe0f", "\n#"])
@pytest.mark.parametrize("said", all_words())
def test_the_longest_of_all_texts_fit_though_each_character_is_escaped(said, worst):
    def filled(limit):
        return (worst * limit)[:limit]

    many = 10**9
    long_track = TrackView(1, filled(NAME_LIMIT), "👩\u200d⚕\ufe0f", "x")
    factor = factor_of(
        title=filled(TITLE_LIMIT),
        how=filled(HOW_LIMIT),
        organisation=filled(NAME_LIMIT),
        proposer_id=2**63 - 1,
        id=2**63 - 1,
        track=long_track,
        tally=tally_of(
            *[TrackTally(long_track, Standing.NO_CLEAR_SUPPORT, stances(many))] * 20,
            support=many,
            unsure=many,
            objections=many,
            before_edit=many,
            organisations_heard=many,
            organisations=many,
            tracks_heard=20,
            standing=Standing.NO_CLEAR_SUPPORT,
            stances=stances(many, many, many, many, many),
        ),
        experiences=dict.fromkeys(ExperienceStance, many),
        reason=filled(REASON_LIMIT),
        opens_at=NOW,
        closes_at=NOW,
        voting=Voting.NOT_YET,
        key_area=filled(60),
        version=many,
        merged_here=(Reference(1, filled(TITLE_LIMIT), None, None),),
        channel_id=2**63 - 1,
        message_id=2**63 - 1,
    )
    for status in (FactorStatus.OPEN, FactorStatus.ADOPTED):
        against = [Objection(factor.organisation, filled(REASON_LIMIT))] * cards.OBJECTIONS_SHOWN
        for reasons in ((), against):
            check_fits(cards.factor_card(said, replace(factor, status=status), reasons))
    view = OrganisationView(
        1, factor.organisation, many, (factor.track,) * 24, many, contact_id=2**63 - 1
    )
    shown = (view,) * ORGANISATIONS_SHOWN
    page = Page(shown, 1, 9, many)
    check_fits(list_card(said, OrganisationPage(page, many, many, True, True)))
