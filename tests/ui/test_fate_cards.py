"""What became of what somebody gave, in words."""

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.fates.fates import MOST, Fate, FateKind, Gift
from bot.i18n.words import Words
from cogs.fates.cards import fates_card
from storage.enums import Language
from tests.ui.factories import factor_of, factors, tame
from tests.ui.layouts import NOW, acting_in, all_words, check_fits, texts_of

EN = Words(Language.EN)
ALL = list(product(Gift, FateKind))


def test_each_is_a_sentence_with_its_reason():
    factor = factor_of(title="Small steps", reason="It is known to work.")
    card = fates_card(EN, [Fate(Gift.FACTOR, FateKind.ADOPTED, NOW, factor)])
    assert "- Your factor **Small steps** was adopted: It is known to work." in texts_of(card)[0]


def test_no_cause_is_claimed_for_a_change_after_an_objection():
    card = fates_card(EN, [Fate(Gift.OBJECTION, FateKind.CHANGED, NOW, factor_of(title="One"))])
    assert "**One** was changed after your objection: is it right now?" in texts_of(card)[0]


def test_nothing_yet_is_said_so():
    assert "Nothing has happened yet" in texts_of(fates_card(EN, []))[0]


@given(st.sampled_from(all_words()), factors, st.lists(st.sampled_from(ALL), max_size=MOST))
def test_whatever_became_of_it_is_said_calmly_and_fits(said, factor, kinds):
    card, calm = (
        fates_card(said, [Fate(gift, became, NOW, each) for gift, became in kinds])
        for each in (factor, tame(factor))
    )
    check_fits(card)
    assert not acting_in(card) - acting_in(calm)
