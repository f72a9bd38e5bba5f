"""What the cards and forms about decisions, merging and key areas say."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.factors.edits import Rights
from bot.domain.factors.keyareas import LIMIT, NAME_LIMIT, KeyAreaView
from bot.domain.factors.merging import Merged, MergeQuestion
from bot.domain.factors.news import Became, FactorNews
from bot.domain.factors.views import Reference, Voting
from bot.domain.kit.texts import REASON_LIMIT, TITLE_LIMIT
from bot.domain.membership.track_changes import EditedTrack
from bot.domain.organisations.organisations import TrackListing
from bot.ui.layout import Card, row, said
from cogs.factors import deciding_cards as cards
from cogs.factors import deciding_forms as forms
from cogs.factors import keyareas as areas
from cogs.factors.cards import factor_card
from cogs.factors.posts import told_part
from cogs.tracks.cards import edited_text, list_card
from storage.enums import FactorStatus
from tests.ui.factories import SCHOOL, count, factor_of, factors, tame
from tests.ui.layouts import NOW, all_words, check_calm, check_fits, long_hostile, texts_of

words = st.sampled_from(all_words())
EN, SV, KOMMUN = all_words()
DECIDED = sorted(set(FactorStatus) - {FactorStatus.MERGED})


def text_of(card: Any) -> str:
    return "\n".join(texts_of(card))


def pressable(rights: Rights, **values: Any) -> list[str]:
    found = cards.managing_buttons(EN, factor_of(**values), rights)
    if found:
        check_fits(Card(said("x"), row(*found)))
    return [each.custom_id.partition(":")[0] for each in found]


PROPOSER, COORDINATOR = Rights(edits=True, decides=False), Rights(edits=True, decides=True)


@pytest.mark.parametrize("status", FactorStatus)
def test_everyone_has_the_buttons_that_are_theirs(status):
    is_open = status is FactorStatus.OPEN
    assert pressable(Rights(edits=False, decides=False), status=status) == []
    assert pressable(PROPOSER, status=status) == (["withdraw"] if is_open else [])


def test_a_coordinator_manages_what_there_is_to_manage():
    assert pressable(COORDINATOR) == ["withdraw", "decide", "days", "mergewith", "area"]
    assert pressable(COORDINATOR, status=FactorStatus.ADOPTED) == ["decide", "area"]
    assert pressable(COORDINATOR, status=FactorStatus.MERGED) == ["unmerge", "area"]


def test_a_merge_that_nobody_had_voted_for_is_said_without_extras():
    text = text_of(cards.merge_question_card(EN, question()))
    assert "0 people's votes move." in text
    assert "voted on both" not in text
    assert "not in its track" not in text
    assert "It can be undone" in text


def question(**values: Any) -> MergeQuestion:
    one, other = factor_of(id=1, title="One"), factor_of(id=2, title="Other")
    given = {"id": 3, "merged": one, "into": other, "reason": "The same.", "people": 0,
             "both": 0, "outside": 0}  # fmt: skip
    return MergeQuestion(**{**given, **values})


def test_a_question_in_swedish_speaks_of_people_and_of_the_programmes_organisations():
    text = text_of(cards.merge_question_card(KOMMUN, question(people=5, both=1, outside=2)))
    for part in (
        "Slå ihop **One** med **Other**?", "5 personers röster flyttas.",
        "1 av dem röstade på båda", "deras kommuner är inte med i spåret", "Det går att ångra.",
    ):  # fmt: skip
        assert part in text


def test_the_thread_of_each_leads_to_the_other():
    one = factor_of(title="One", thread_id=111, status=FactorStatus.MERGED, reason="Why")
    done = Merged(factor_of(title="Other", thread_id=222), one, 1)
    assert "<#222>" in cards.merged_text(EN, done)
    assert "<#111>" in cards.received_text(EN, done)
    nowhere = Merged(factor_of(title="Other"), replace(one, thread_id=None), 1)
    assert "<#" not in cards.merged_text(EN, nowhere) + cards.received_text(EN, nowhere)


def test_a_decision_on_votes_that_are_closed_says_so_when_it_opens_again():
    assert "no votes today" in text_of(cards.decided_card(EN, factor_of(voting=Voting.OVER)))
    assert "no votes today" not in text_of(cards.decided_card(EN, factor_of()))


def test_a_merged_card_points_to_where_its_votes_count_and_says_nothing_of_votes():
    there = Reference(9, "Other", "https://discord.com/channels/1/2/3", None)
    merged = factor_of(status=FactorStatus.MERGED, merged_into=there, reason="The same.")
    text = text_of(factor_card(EN, merged))
    assert "Merged into [Other](https://discord.com/channels/1/2/3)" in text
    assert "Votes on it count there" in text
    assert "No votes yet" not in text


def fields(form: Any) -> dict[str, Any]:
    rows = form.to_dict()["components"]
    return {each["component"]["custom_id"]: each["component"] for each in rows}


def test_a_form_offers_only_what_can_become_of_the_factor():
    for status, expected in (
        (FactorStatus.OPEN, ["adopted", "declined"]),
        (FactorStatus.ADOPTED, ["declined", "open"]),
        (FactorStatus.WITHDRAWN, ["adopted", "declined", "open"]),
    ):
        offered = fields(forms.decide_form(EN, factor_of(status=status), NOW))["outcome"]["options"]
        assert [each["value"] for each in offered] == expected
        assert not any(each.get("default") for each in offered)


def test_a_select_holds_all_key_areas_there_can_be_and_none():
    many = [KeyAreaView(number, "x" * NAME_LIMIT, 0) for number in range(1, LIMIT + 1)]
    options = fields(forms.area_form(SV, 7, 3, many))["key_area"]["options"]
    assert len(options) == 25
    assert [each["value"] for each in options if each.get("default")] == ["3"]
    none = fields(forms.area_form(SV, 7, None, many))["key_area"]["options"]
    assert [each["label"] for each in none if each.get("default")] == ["Inget"]


def test_every_form_fits_and_carries_a_version():
    for say in all_words():
        for form in (
            forms.decide_form(say, factor_of(), NOW), forms.withdraw_form(say, 2**62),
            forms.merge_form(say, 2**62, 2**62), forms.days_form(say, 2**62, "", ""),
            forms.area_form(say, 2**62, None, []),
        ):  # fmt: skip
            assert len(form.title) <= 45
            assert len(form.custom_id) <= 100
            assert form.custom_id.split(":")[1] in {"1", "2"}


def test_days_of_a_track_are_said_in_the_list_and_after_a_change():
    days = replace(SCHOOL, discussion_days=7, voting_days=1)
    text = text_of(list_card(EN, [TrackListing(days, 3)], 0))
    assert "🗓️ 7 days to talk first · 🗓️ 1 day to vote" in text
    assert "🗓️" not in text_of(list_card(EN, [TrackListing(SCHOOL, 3)], 0))
    assert "New factors from now on: 7 days to talk first · 1 day to vote." in edited_text(
        EN, EditedTrack(SCHOOL, days)
    )
    assert "förblir öppen" in edited_text(SV, EditedTrack(days, SCHOOL))


# --- whatever people write


def told_card(say, news, factor, other, moved=0, **how) -> Card:
    """A message that tells one thing alone."""
    return Card(*told_part(say, FactorNews(news, factor, other, moved), **how).items)


def calm_merge(done: Merged) -> Merged:
    return Merged(tame(done.into), tame(done.merged), done.moved)


@given(words, factors, st.sampled_from(DECIDED), st.booleans(), st.just(0) | st.just(2**62))
def test_word_of_any_decision(say, factor, status, direct, mentioned):
    factor = replace(factor, status=status, merged_into=None)
    calm = replace(tame(factor), reason="x")
    check_calm(cards.decided_card(say, factor), cards.decided_card(say, calm))
    told, quiet = (
        told_card(say, Became.DECIDED, each, None, mentioned=mentioned, direct=direct)
        for each in (factor, calm)
    )
    check_calm(told, quiet)


@given(words, factors, factors, count, long_hostile(REASON_LIMIT), st.booleans())
def test_word_of_any_merge(say, one, other, number, reason, direct):
    asked = question(
        merged=one, into=other, reason=reason, people=number, both=number, outside=number
    )
    quiet = replace(asked, merged=tame(one), into=tame(other), reason="x")
    check_calm(cards.merge_question_card(say, asked), cards.merge_question_card(say, quiet))
    done = Merged(other, replace(one, reason=reason), number)
    calm = Merged(tame(other), replace(tame(one), reason="x"), number)
    for make in (cards.merged_card, cards.unmerged_card):
        check_calm(make(say, done), make(say, calm))
    for news in set(Became) - {Became.DECIDED}:
        told, still = (
            told_card(say, news, each.merged, each.into, number, direct=direct)
            for each in (done, calm)
        )
        check_calm(told, still)


@given(words, factors)
def test_word_of_any_days_and_any_key_area(say, factor):
    for make in (cards.days_card, cards.area_card):
        check_calm(make(say, factor), make(say, tame(factor)))


area_names = long_hostile(NAME_LIMIT).filter(str.strip)


@given(words, st.lists(area_names, max_size=LIMIT), count)
def test_a_list_of_any_key_areas(say, found, number):
    def views(named: list[str]) -> list[KeyAreaView]:
        return [KeyAreaView(at, each, number) for at, each in enumerate(named)]

    check_calm(areas.list_card(say, views(found)), areas.list_card(say, views(["x"] * len(found))))
    for each in found[:1]:
        view, calm = views([each])[0], views(["x"])[0]
        check_calm(areas.created_card(say, view), areas.created_card(say, calm))
        for make in (areas.renamed_card, areas.merged_card):
            check_calm(make(say, each, view), make(say, "x", calm))


@pytest.mark.parametrize("worst", ["*", "@1", "\\", "x", "👩\u200d⚕\ufe0f", "\n#"])
@pytest.mark.parametrize("say", all_words())
def test_the_longest_of_all_texts_fit_though_each_character_is_escaped(say, worst):
    def filled(limit: int) -> str:
        return (worst * limit)[:limit]

    factor = factor_of(
        title=filled(TITLE_LIMIT), reason=filled(REASON_LIMIT), opens_at=NOW, closes_at=NOW,
        key_area=filled(NAME_LIMIT), thread_id=2**63 - 1, channel_id=2**63 - 1,
        message_id=2**63 - 1,
    )  # fmt: skip
    check_fits(cards.merge_question_card(say, question(merged=factor, into=factor,
               reason=filled(REASON_LIMIT), people=10**9, both=10**9, outside=10**9)))  # fmt: skip
    for news in set(Became) - {Became.DECIDED}:
        check_fits(told_card(say, news, factor, factor, 10**9, direct=True))
    check_fits(told_card(say, Became.DECIDED, factor, None, mentioned=2**63 - 1))
    for make in (cards.decided_card, cards.days_card, cards.area_card):
        check_fits(make(say, factor))
    many = [KeyAreaView(1, filled(NAME_LIMIT), 10**9)] * LIMIT
    check_fits(areas.list_card(say, many))
