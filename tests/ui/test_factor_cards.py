"""What the cards and forms about factors say."""

from dataclasses import replace
from typing import Any

import discord
import pytest

from bot.domain.factors.counting import Standing
from bot.domain.factors.tally import TrackTally
from bot.domain.tracks.tracks import TrackView
from cogs.factors import cards, forms
from storage.enums import Choice, FactorStatus
from tests.ui.factories import SCHOOL, VOTED, factor_of, stances, tally_of
from tests.ui.layouts import all_words, buttons_of, texts_of


def text_of(card: Any) -> str:
    return "\n".join(texts_of(card))


EN, SV, KOMMUN = all_words()


def test_a_card_asks_its_question_and_says_who_proposed_what():
    text = text_of(cards.factor_card(EN, factor_of()))
    for part in (
        "Should this be in our shared result?", "Small steps", "Promoting · 🏫 School", "We tried.",
        "\N{EN DASH} <@5>, Vara kommun",
        "No votes yet. 3 organisations can vote.",
    ):  # fmt: skip
        assert part in text


def test_a_card_counts_participants_organisations_and_tracks_in_words():
    text = text_of(cards.factor_card(EN, factor_of(tally=VOTED)))
    for part in (
        "**Shared ground in School, not yet in Care** · 2 of 11 organisations support it, 8 have",
        "4 participants: 2 support · 1 unsure · 1 objection",
    ):  # fmt: skip
        assert part in text
    assert "🩺 Care:" not in text, "the verdict has named the tracks"


def test_where_the_verdict_names_no_track_each_says_its_own():
    early = replace(VOTED, standing=Standing.TOO_EARLY)
    text = text_of(cards.factor_card(EN, factor_of(tally=early)))
    assert "🏫 School: Shared ground" in text
    assert "🩺 Care: Divided opinions" in text


def test_one_of_each_is_said_in_the_singular():
    alone = TrackTally(SCHOOL, Standing.SHARED_GROUND, stances(1))
    one = tally_of(
        alone, support=1, organisations_heard=1, organisations=1, stances=stances(1),
        standing=Standing.SHARED_GROUND,
    )  # fmt: skip
    text = text_of(cards.factor_card(EN, factor_of(tally=one)))
    assert "1 participant: 1 supports\n" in text + "\n"
    assert "**Shared ground** · 1 of 1 organisations supports it\n" in text
    assert "🏫 School:" not in text, "where there is one track it goes without saying"


def test_a_swedish_card_is_swedish_throughout():
    text = text_of(cards.factor_card(KOMMUN, factor_of(tally=VOTED)))
    for part in (
        "Ska detta vara med i vårt gemensamma resultat?", "Främjande ·",
        "\N{EN DASH} <@5>, Vara kommun", "2 håller med · 1 tveksam · 1 invändning",
        "2 av 11 kommuner håller med, 8 har inte röstat",
        "Bred samsyn i School, ännu inte i Care",
    ):  # fmt: skip
        assert part in text
    labels = [each["label"] for each in buttons_of(cards.factor_card(SV, factor_of())).values()]
    assert labels == ["Håller med", "Tveksam", "Har en invändning", "Mer…", "Vår erfarenhet"]


@pytest.mark.parametrize("status", sorted(set(FactorStatus) - {FactorStatus.OPEN}))
def test_a_factor_that_is_decided_says_so_and_takes_no_votes(status):
    card = cards.factor_card(EN, factor_of(status=status))
    assert not any(name.startswith("vote:") for name in buttons_of(card))
    assert "more:1:7" in buttons_of(card)
    assert EN(f"factor.status.{status}") in text_of(card)


def test_the_buttons_of_a_card_carry_a_version_its_factor_and_the_choice():
    assert list(buttons_of(cards.factor_card(EN, factor_of()))) == [
        *(f"vote:1:7:{choice}" for choice in Choice), "more:1:7", "experience:1:7",
    ]  # fmt: skip


def test_an_objection_is_asked_for_its_reason():
    rows = forms.objection_form(SV, 7).to_dict()["components"]
    assert [row["component"]["custom_id"] for row in rows] == ["reason"]


SENTENCE = "Vi provade tre kameror, t.ex. i två veckor var, på natten."


def test_how_is_cut_at_the_end_of_a_sentence_and_read_in_full_by_a_button():
    how = " ".join([SENTENCE] * 9)
    card = cards.factor_card(EN, factor_of(how=how))
    shown = text_of(card)
    assert shown.count(SENTENCE) == (200 + 1) // (len(SENTENCE) + 1)
    assert f"{SENTENCE}\n-# \N{EN DASH} <@5>, Vara kommun" in shown
    assert "text:1:7:0" in buttons_of(card)


@pytest.mark.parametrize("how", [SENTENCE, "x" * 200, "- One.\n" * 6 + "- Two."])
def test_a_how_that_fits_is_whole(how):
    card = cards.factor_card(EN, factor_of(how=how))
    assert how in text_of(card).replace("\\", "")
    assert not any(each.startswith("text:1") for each in buttons_of(card))


@pytest.mark.parametrize("how", ["x" * 241, "ord " * 90, "- One.\n" * 9, "\n" * 9 + SENTENCE])
def test_a_how_without_a_sentence_that_fits_is_cut_all_the_same(how):
    card = cards.factor_card(EN, factor_of(how=how))
    shown = text_of(card).partition("🏫 School\n")[2].partition("\n-# \N{EN DASH} ")[0]
    assert len(shown.replace("\\", "")) <= 200
    assert shown.count("\n") < 7
    assert "text:1:7:0" in buttons_of(card)


def test_a_long_name_of_a_track_is_told_by_its_own_words():
    care = TrackView(1, "Hälsa och omsorg i en digital värld", "🩺", "hälsa")
    text = text_of(cards.factor_card(SV, factor_of(track=care)))
    assert "🩺 Hälsa\n" in text
    renamed = replace(care, name="Omsorg och hälsa i en digital värld")
    assert renamed.label == renamed.name, "the short name is not of this name"
    assert replace(care, name="Hälsa på distans").label == "Hälsa på distans"


def test_no_button_of_a_public_card_looks_chosen_or_nudges():
    shown = buttons_of(cards.factor_card(EN, factor_of(tally=VOTED)))
    assert sum(key.startswith("vote:") for key in shown) == 3
    assert {each["style"] for each in shown.values()} == {discord.ButtonStyle.secondary.value}
