"""Whatever people write, a card fits into a Discord message, and only leda's own marks act."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.drafts import DraftView
from bot.domain.factors import PAGE_SIZE, FactorPage, FactorView, Tally
from bot.domain.organisations import OrganisationView
from bot.domain.organisations_lists import PAGE_SIZE as ORGANISATIONS_SHOWN
from bot.domain.organisations_lists import OrganisationPage
from bot.domain.participants import ParticipantView
from bot.domain.programmes import ProgrammeView, Slot
from bot.domain.status import StatusView
from bot.domain.texts import HOW_LIMIT, NAME_LIMIT, REASON_LIMIT, TITLE_LIMIT
from bot.domain.tracks import TrackView
from bot.domain.votes import Objection
from bot.permissions import NEEDED
from bot.ui.text import clip, escape
from cogs.factors import cards, forms
from cogs.members.cards import joined_card, left_card
from cogs.organisations.cards import list_card
from cogs.programme.cards import (
    Report,
    blocked_card,
    drift_card,
    finished_card,
    progress_card,
    repaired_card,
    status_card,
    stopped_card,
)
from cogs.programme.health import Kind, Trouble
from cogs.programme.outcome import Outcome
from storage.enums import (
    Choice,
    FactorKind,
    FactorStatus,
    Joining,
    Language,
    PlaceKind,
    Preset,
)
from tests.ui.layouts import (
    HERE,
    NOW,
    acting_in,
    all_words,
    buttons_of,
    check_fits,
    long_hostile,
    texts_of,
)

words = st.sampled_from(all_words())
names = long_hostile(NAME_LIMIT).filter(str.strip)
count = st.integers(0, 10**6)
tallies = st.builds(
    Tally,
    support=count,
    unsure=count,
    objections=count,
    organisations_heard=count,
    organisations=count,
    tracks_heard=st.integers(0, 24),
    tracks=st.integers(0, 24),
)
tracks = st.builds(TrackView, id=count, name=names, emoji=st.just("🏫"), short=st.just("school"))
factors = st.builds(
    FactorView,
    id=st.integers(1, 2**40),
    programme_id=st.just(HERE),
    language=st.sampled_from(Language),
    title=long_hostile(TITLE_LIMIT).filter(str.strip),
    kind=st.sampled_from(FactorKind),
    how=long_hostile(HOW_LIMIT).filter(str.strip),
    track=st.none() | tracks,
    organisation=names,
    proposer_id=st.integers(2**60, 2**63 - 1),
    status=st.sampled_from(FactorStatus),
    revision=count,
    created_at=st.just(NOW),
    tally=tallies,
    channel_id=st.just(2**62),
    message_id=st.none() | st.integers(2**60, 2**63 - 1),
    thread_id=st.none(),
)
drafts = st.builds(
    DraftView,
    id=st.integers(1, 2**40),
    language=st.sampled_from(Language),
    title=long_hostile(TITLE_LIMIT),
    kind=st.sampled_from(FactorKind),
    how=long_hostile(HOW_LIMIT),
    track=st.none() | tracks,
    organisation=st.just("") | names,
    problems=st.lists(
        st.sampled_from(
            [
                "draft.problem.title",
                "draft.problem.how",
                "draft.problem.track",
                "error.not_a_participant",
            ]
        ),
        unique=True,
    ).map(tuple),
    masked=st.booleans(),
)


def tame(view: Any) -> Any:
    """The same view with words in it that nobody could mind."""
    calm = {"title", "how", "organisation", "name", "before"}
    values = {
        name: "x" if name in calm and value else tame(value) if name == "track" and value else value
        for name, value in vars(view).items()
    }
    return replace(view, **values)


def check_calm(card: Any, calm: Any) -> None:
    """Fails where a card does anything that the same card with tame words does not."""
    check_fits(card)
    assert +acting_in(card) == +acting_in(calm)


@given(words, factors)
def test_the_card_of_any_factor(said, factor):
    check_calm(cards.factor_card(said, factor), cards.factor_card(said, tame(factor)))


@given(words, drafts)
def test_the_preview_of_any_draft(said, draft):
    check_calm(cards.preview_card(said, draft), cards.preview_card(said, tame(draft)))
    check_calm(cards.waiting_card(said, draft), cards.waiting_card(said, tame(draft)))


@given(words, factors)
def test_the_thanks_for_any_factor(said, factor):
    check_calm(cards.published_card(said, factor), cards.published_card(said, tame(factor)))


@given(words, st.lists(factors, max_size=3), st.none() | tracks, st.integers(1, 999))
def test_a_list_of_any_factors(said, found, track, pages):
    def page(shown):
        total = len(found) and pages * PAGE_SIZE
        where = tame(track) if track and shown is not found else track
        return FactorPage(tuple(shown), pages - 1, pages, total, FactorStatus.OPEN, where)

    calm = cards.list_card(said, page([tame(factor) for factor in found]))
    check_calm(cards.list_card(said, page(found)), calm)


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
            organisations=tuple(views), page=1, pages=3, total=everyone, everyone=everyone,
            joined=0, waiting=waiting, coordinating=coordinating,
        )  # fmt: skip

    calm = list_card(said, page([tame(view) for view in found]))
    check_calm(list_card(said, page(found)), calm)


@given(words, st.builds(
    ParticipantView, id=count, member_id=count, organisation_id=count, organisation=names,
    tracks=st.lists(tracks, max_size=4).map(tuple), before=st.none() | names,
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
    wrong = tuple(Trouble(kind, slot, NEEDED) for slot in (*slots, *missing) for kind in Kind)
    for shown, tamed in ((slots, calm.slots), (missing, [replace(s, name="x") for s in missing])):
        progress, quiet = (progress_card(said, each, _first_stands) for each in (shown, tamed))
        check_calm(progress, quiet)
        head = said("setup.stopped", why=clip(escape(why), 300))
        check_calm(stopped_card(said, shown, head), stopped_card(said, tamed, head))
    outcome = Outcome(view, tuple(slots), tuple(slots), refusal=why, troubles=wrong)
    check_fits(finished_card(said, outcome))
    check_fits(repaired_card(said, outcome))
    check_fits(blocked_card(said, missing, _first_stands, wrong))
    check_fits(drift_card(HERE, wrong, said))
    status = StatusView(view, 10**6, 10**6, 10**6, 10**6)
    check_fits(status_card(said, Report(status, wrong, home=False)))


def _first_stands(slot: Slot) -> bool:
    return slot.key == "0"


@pytest.mark.parametrize("worst", ["*", "@1", "\\", "[]", "x", "x ", "👩\u200d⚕\ufe0f", "\n#"])
@pytest.mark.parametrize("said", all_words())
def test_the_longest_of_all_texts_fit_though_each_character_is_escaped(said, worst):
    def filled(limit):
        return (worst * limit)[:limit]

    many = 10**9
    factor = factor_of(
        title=filled(TITLE_LIMIT),
        how=filled(HOW_LIMIT),
        organisation=filled(NAME_LIMIT),
        proposer_id=2**63 - 1,
        id=2**63 - 1,
        track=TrackView(1, filled(NAME_LIMIT), "👩\u200d⚕\ufe0f", "x"),
        tally=Tally(many, many, many, many, many, many, many),
        channel_id=2**63 - 1,
        message_id=2**63 - 1,
    )
    problems = ("title", "how", "track")
    draft = draft_of(
        title=factor.title,
        how=factor.how,
        organisation=factor.organisation,
        track=factor.track,
        problems=tuple(f"draft.problem.{part}" for part in problems),
        masked=True,
    )
    for status in (FactorStatus.OPEN, FactorStatus.ADOPTED):
        against = [Objection(factor.organisation, filled(REASON_LIMIT))] * cards.OBJECTIONS_SHOWN
        for reasons in ((), against):
            check_fits(cards.factor_card(said, replace(factor, status=status), reasons))
    check_fits(cards.preview_card(said, draft))
    page = FactorPage((factor,) * PAGE_SIZE, 1, many, many, FactorStatus.OPEN, factor.track)
    check_fits(cards.list_card(said, page))
    view = OrganisationView(
        1, factor.organisation, many, (factor.track,) * 24, many, contact_id=2**63 - 1
    )
    shown = (view,) * ORGANISATIONS_SHOWN
    check_fits(list_card(said, OrganisationPage(shown, 1, 9, many, many, many, True, True)))


# --- what a card says


def factor_of(**values: Any) -> FactorView:
    track = TrackView(1, "School", "🏫", "school")
    given_ = {
        "id": 7, "programme_id": HERE, "language": Language.EN, "title": "Small steps",
        "kind": FactorKind.PROMOTING, "how": "We tried.", "track": track,
        "organisation": "Vara kommun", "proposer_id": 5, "status": FactorStatus.OPEN,
        "revision": 1, "created_at": NOW, "tally": Tally(organisations=3, tracks=1),
        "channel_id": None, "message_id": None, "thread_id": None,
    }  # fmt: skip
    return FactorView(**{**given_, **values})


def text_of(card: Any) -> str:
    return "\n".join(texts_of(card))


EN, SV, KOMMUN = all_words()


def test_a_card_asks_its_question_and_says_who_proposed_what():
    text = text_of(cards.factor_card(EN, factor_of()))
    for part in (
        "Should this be in our shared result?", "Small steps", "Promoting factor", "🏫 School",
        "How did you do it?", "We tried.", "<@5>, Vara kommun",
        "No votes yet. 3 organisations can vote.",
    ):  # fmt: skip
        assert part in text


def test_a_card_counts_participants_organisations_and_tracks_in_words():
    tally = Tally(2, 1, 1, 3, 11, 1, 2)
    text = text_of(cards.factor_card(EN, factor_of(tally=tally)))
    assert "2 support · 1 unsure · 1 objection" in text
    assert "4 participants · 3 of 11 organisations · 1 of 2 tracks" in text
    assert "🟦" in text


def test_one_of_each_is_said_in_the_singular():
    text = text_of(cards.factor_card(EN, factor_of(tally=Tally(1, 0, 0, 1, 1, 1, 1))))
    assert "1 supports · 0 unsure · 0 objections" in text
    assert "1 participant · 1 of 1 organisations" in text
    assert "tracks" not in text, "where there is one track it goes without saying"


def test_a_swedish_card_is_swedish_throughout():
    text = text_of(cards.factor_card(KOMMUN, factor_of(tally=Tally(2, 1, 1, 3, 11, 1, 2))))
    for part in (
        "Ska detta vara med i vårt gemensamma resultat?", "Främjande faktor", "Hur gjorde ni?",
        "Föreslagen av <@5>, Vara kommun", "2 håller med · 1 tveksam · 1 invändning",
        "4 deltagare · 3 av 11 kommuner · 1 av 2 spår",
    ):  # fmt: skip
        assert part in text
    labels = [each["label"] for each in buttons_of(cards.factor_card(SV, factor_of())).values()]
    assert labels == ["Håller med", "Tveksam", "Har en invändning"]


@pytest.mark.parametrize("status", sorted(set(FactorStatus) - {FactorStatus.OPEN}))
def test_a_factor_that_is_decided_says_so_and_takes_no_votes(status):
    card = cards.factor_card(EN, factor_of(status=status))
    assert not buttons_of(card)
    assert EN(f"factor.status.{status}") in text_of(card)


def test_the_buttons_of_a_card_carry_a_version_its_factor_and_the_choice():
    assert list(buttons_of(cards.factor_card(EN, factor_of()))) == [
        f"vote:1:7:{choice}" for choice in Choice
    ]


def draft_of(**values: Any) -> DraftView:
    view = DraftView(3, Language.EN, "Small steps", FactorKind.PROMOTING, "We tried.", None, "Vara")
    return replace(view, **values)


def test_a_draft_with_a_problem_names_it_and_cannot_be_published():
    whole = buttons_of(cards.preview_card(EN, draft_of()))
    assert not whole["publish:1:3"].get("disabled")
    card = cards.preview_card(EN, draft_of(title="", problems=("draft.problem.title",)))
    assert buttons_of(card)["publish:1:3"]["disabled"]
    assert "The title is empty" in text_of(card)
    assert "(no title)" in text_of(card)


def test_a_hidden_identity_number_is_said():
    assert "personnummer" in text_of(cards.preview_card(SV, draft_of(masked=True)))
    assert "personnummer" not in text_of(cards.preview_card(SV, draft_of()))


def test_the_form_has_the_fields_that_checks_outside_the_project_know():
    fields = {part["custom_id"]: part for part in parts_of_form(forms.propose_form(EN, TRACKS))}
    assert list(fields) == ["title", "kind", "how", "track"]
    assert fields["title"]["max_length"] == 100
    assert fields["how"]["max_length"] == 1800
    assert [option["value"] for option in fields["kind"]["options"]] == ["promoting", "inhibiting"]
    assert [option["value"] for option in fields["track"]["options"]] == ["1", "2", "all"]
    assert [part["custom_id"] for part in parts_of_form(forms.objection_form(SV, 7))] == ["reason"]


TRACKS = [TrackView(1, "School", "🏫", "school"), TrackView(2, "Care", "🩺", "health")]


def parts_of_form(form: Any) -> list[dict[str, Any]]:
    return [row["component"] for row in form.to_dict()["components"]]


def chosen(form: Any, field: str) -> list[str]:
    options = {part["custom_id"]: part for part in parts_of_form(form)}[field]["options"]
    return [option["value"] for option in options if option.get("default")]


def test_a_form_begins_with_the_track_whose_channel_one_is_in():
    assert chosen(forms.propose_form(EN, TRACKS), "track") == ["1"]
    assert chosen(forms.propose_form(EN, TRACKS, near=2), "track") == ["2"]
    assert chosen(forms.propose_form(EN, TRACKS, near=99), "track") == ["1"]


@given(words, drafts)
def test_a_form_holds_what_any_draft_held(said, draft):
    form = forms.propose_form(said, TRACKS, draft)
    fields = {part["custom_id"]: part for part in parts_of_form(form)}
    assert fields["title"].get("value", "") == draft.title
    assert fields["how"].get("value", "") == draft.how
    assert chosen(form, "kind") == [draft.kind]
    if draft.track is None:
        assert chosen(form, "track") == ["all"]


def test_every_opening_of_a_form_has_an_id_of_its_own():
    """Phones show the old text of a form whose id they know."""
    ids = {forms.propose_form(EN, TRACKS).custom_id for _ in range(20)}
    assert len(ids) == 20
    assert all(form_id.startswith("propose:1:0:") for form_id in ids)
    assert forms.propose_form(EN, TRACKS, draft_of()).custom_id.startswith("propose:1:3:")
