"""*Why this standing* says the rule that was used, with the figures of the factor."""

from typing import Any

import pytest

from bot.domain.factors.counting import Count, Standing
from bot.domain.factors.tally import TrackTally
from bot.domain.factors.views import Reference, Voting
from cogs.factors import why_cards
from cogs.factors.cards import factor_card
from storage.enums import FactorStatus
from tests.ui.factories import CARE, SCHOOL, factor_of, stances, tally_of
from tests.ui.layouts import all_words, parts_of, texts_of

EN, SV, KOMMUN = all_words()


def text_of(card: Any) -> str:
    return "\n".join(texts_of(card))


def reasons_of(*by_track: tuple[Any, ...], overall: Any = None, **values: Any) -> str:
    tracks = [
        TrackTally(track, Count(stances(*counts)).standing, stances(*counts))
        for track, *counts in by_track
    ]
    found = {each.standing for each in tracks if each.count.organisations}
    alone = len(found) == 1
    tally = tally_of(
        *tracks,
        standing=found.pop() if alone else values.pop("standing", Standing.TOO_EARLY),
        score=0.617,
        stances=overall or tracks[0].stances,
        **values,
    )
    return text_of(why_cards.why_card(EN, factor_of(tally=tally)))


def test_too_early_says_how_many_have_yet_to_vote():
    text = reasons_of(
        (SCHOOL, 6, 0, 0, 0, 2), (CARE, 3, 1, 0, 0, 16), overall=stances(9, 1, 0, 0, 18)
    )
    assert "### Why: Too early to say" in text
    assert "It is too early to say in at least one track." in text
    assert (
        "**🩺 Care** · Too early to say: 4 of 20 organisations have voted; at least 10 need to."
    ) in text
    assert "**🏫 School** · Shared ground: 6 of the 6 organisations that voted support it." in text
    assert "School**: 6 of 8 have voted · 6 support it · 0 object or are divided" in text


def test_support_from_too_few_says_that_more_can_come():
    text = reasons_of((SCHOOL, 5, 2, 0, 0, 4))
    assert "### Why: Support so far" in text
    assert "Shared ground needs 6 of all 11 to support it." in text
    assert "has yet to vote" not in text


def test_too_early_for_one_organisation_and_for_none():
    assert "School**: its only organisation has yet to vote." in reasons_of((SCHOOL, 0, 0, 0, 0, 1))
    assert "nobody can vote" in reasons_of((SCHOOL, 0, 0, 0, 0, 0))


@pytest.mark.parametrize(
    ("counts", "rule"),
    [
        ((1,), "its only organisation supports it."),
        ((0, 1), "its only organisation does not support it."),
        ((0, 0, 1), "its only organisation is divided."),
        ((0, 0, 0, 1), "its only organisation does not support it."),
        ((0, 0, 0, 0, 1), "its only organisation has yet to vote."),
        ((1, 0, 0, 0, 1), "1 of 2 organisations have voted; at least 2 need to."),
        (
            (2,),
            (
                "2 of the 2 organisations that voted support it. "
                "That takes two thirds of them (2), and 2 of all 2."
            ),
        ),
        ((1, 1), "1 of the 2 organisations that voted support it; two thirds would be 2."),
        (
            (1, 0, 0, 1),
            (
                "at least a third of the 2 organisations that voted object or are divided (1), "
                "and at least a third support it or are divided (1)."
            ),
        ),
        ((2, 0, 0, 0, 1), "2 of 3 organisations have voted; at least 3 need to."),
        ((2, 1), "all 3 organisations have voted, and 2 support it; shared ground needs 3."),
        (
            (3,),
            (
                "3 of the 3 organisations that voted support it. "
                "That takes two thirds of them (2), and 3 of all 3."
            ),
        ),
    ],
)
def test_the_rule_that_was_used_is_told_truly_of_one_two_and_three_organisations(counts, rule):
    assert f"**🏫 School**: {rule}\n" in reasons_of((SCHOOL, *counts))


def test_shared_ground_says_the_rule_and_the_figures_of_each_track_and_of_all():
    text = reasons_of(
        (SCHOOL, 5, 1, 0, 0, 2), (CARE, 4, 0, 0, 1, 0), overall=stances(9, 1, 0, 1, 2)
    )
    for part in (
        "### Why: Shared ground", "It is shared ground in every track.",
        "School** · Shared ground: 5 of the 6 organisations that voted support it.",
        "That takes two thirds of them (4), and 4 of all 8.",
        "School**: 6 of 8 have voted · 5 support it · 0 object or are divided",
        "Care**: 5 of 5 have voted · 4 support it · 1 objects or is divided",
        "All tracks together**: 11 of 13 have voted · 9 support it · 1 objects or is divided",
        "Score (only for the order in lists): 0.62",
    ):  # fmt: skip
        assert part in text


def test_of_one_track_nothing_is_said_of_others():
    for counts in ((5, 1, 0, 1), (5, 1, 0, 4), (2, 6)):
        text = reasons_of((SCHOOL, *counts))
        assert "All tracks" not in text
        assert "in each track" not in text
        assert "some track" not in text


def test_differs_names_its_tracks_and_divided_says_where():
    text = reasons_of((SCHOOL, 6), (CARE, 1, 4), overall=stances(7, 4), standing=Standing.DIFFERS)
    assert "### Why: Shared ground in School, not in Care" in text
    assert "**🩺 Care** · No clear support: 1 of the 5 organisations that voted support it;" in text
    text = reasons_of((SCHOOL, 6), (CARE, 3, 3), overall=stances(9, 3), standing=Standing.DIFFERS)
    assert "### Why: Shared ground in School, not yet in Care" in text
    text = reasons_of(
        (SCHOOL, 3, 3), (CARE, 2, 0, 0, 2), overall=stances(5, 3, 0, 2), standing=Standing.DIVIDED
    )
    assert "It is shared ground in no track, and opinions are divided in at least one." in text
    assert "**🩺 Care** · Divided opinions: at least a third of the 4" in text


def test_no_clear_support_says_what_is_lacking_or_that_most_are_against():
    text = reasons_of((SCHOOL, 4, 4), (CARE, 1, 4), overall=stances(5, 8))
    assert "It is shared ground in no track, and nowhere are opinions divided." in text
    assert (
        "**🏫 School** · No clear support: 4 of the 8 organisations that voted support it;" in text
    )
    assert "two thirds would be 6." in text
    assert "### Why: Most are against" in reasons_of((SCHOOL, 1, 0, 0, 8))


def test_what_was_judged_by_old_rules_says_so_and_tells_no_rule_of_today():
    """It was shared ground by the rules of then; by those of today two of three are too few."""
    tracks = [TrackTally(SCHOOL, Standing.SHARED_GROUND, stances(2, 1))]
    tally = tally_of(
        *tracks, standing=Standing.SHARED_GROUND, stances=stances(2, 1), support=2, unsure=1,
        frozen=True, old_rules=True,
    )  # fmt: skip
    factor = factor_of(tally=tally, status=FactorStatus.ADOPTED, reason="It works.")
    why = text_of(why_cards.why_card(EN, factor))
    assert "### Why: Shared ground" in why
    assert "judged by the rules that held then" in why
    assert "shared ground needs" not in why
    card = text_of(factor_card(EN, factor))
    assert "**Shared ground**" in card
    assert "-# Counted by the rules that held then." in card


def test_a_frozen_standing_says_that_it_stays_and_another_that_it_may_move():
    assert "It stays as it stood when voting ended" in reasons_of((SCHOOL, 3), frozen=True)
    assert "so do organisations that come or go" in reasons_of((SCHOOL, 3))


def test_where_no_vote_can_follow_too_early_reads_too_few_answered():
    track = TrackTally(SCHOOL, Standing.TOO_EARLY, stances(1, silent=2))
    tally = tally_of(track, stances=stances(1, silent=2), support=1, frozen=True)
    said = text_of(factor_card(EN, factor_of(tally=tally, voting=Voting.OVER)))
    assert "**Too few answered** · 1 of 3 organisations supports it, 2 have not voted" in said


def test_the_reasons_in_swedish_use_the_programmes_word():
    tally = tally_of(standing=Standing.TOO_EARLY, score=0.25)
    text = text_of(why_cards.why_card(KOMMUN, factor_of(tally=tally)))
    assert "0 av 3 kommuner har röstat; det behövs 3" in text
    assert "0,25" in text


def test_the_picture_beside_the_reasons_says_the_same_in_words():
    factor = factor_of(tally=tally_of(TrackTally(SCHOOL, Standing.DIVIDED, stances(2, 0, 0, 1))))
    [gallery] = [p for p in parts_of(why_cards.why_card(EN, factor)) if p["type"] == 12]
    [item] = gallery["items"]
    assert item["media"]["url"] == f"attachment://{why_cards.PICTURE}"
    assert "School" in item["description"]
    assert "2 support" in item["description"]


def test_a_merged_factor_sends_on_to_where_its_votes_count():
    into = Reference(9, "Tiny steps", "https://discord.com/channels/1/2/3", None)
    card = why_cards.why_card(EN, factor_of(status=FactorStatus.MERGED, merged_into=into))
    assert "[Tiny steps](https://discord.com/channels/1/2/3)" in text_of(card)
    assert not [part for part in parts_of(card) if part["type"] == 12]
