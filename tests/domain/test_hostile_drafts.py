"""Whatever somebody types into the forms, it is kept, shown and published without harm."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import Session

from bot.domain.factors import drafts, factors, similar
from bot.domain.factors.drafts import DraftDetails, Written
from bot.domain.factors.errors import DraftUnfinished
from cogs.factors import cards, draft_cards
from storage.desk import Desk
from storage.enums import FactorKind
from tests.domain.conftest import HERE, NOW, somebody
from tests.domain.scenes import scene
from tests.ui.factories import tame
from tests.ui.layouts import all_words, check_calm, long_hostile

ANNA, BO = 11, 12
everything = long_hostile(4000)
written = st.builds(
    Written,
    title=everything,
    kind=st.sampled_from(FactorKind),
    how=everything,
    track=st.sampled_from(["", "all", "1", "2"]) | everything,
    source=st.none() | st.just((2**62, 2**62 + 1)),
)
details = st.builds(
    DraftDetails,
    context=everything,
    evidence=everything,
    key_area_id=st.none() | st.integers(0, 10**18),
    discreet=st.booleans(),
)
repeated = settings(suppress_health_check=list(HealthCheck))


@scene
def people(trial):
    """Anna and Bo of Västerås, which is in both tracks."""
    trial.join(ANNA, trial.vasteras)
    trial.join(BO, trial.vasteras)
    return trial


def shown(draft: Any, found: Any = ()) -> None:
    calm = [replace(each, factor=tame(each.factor)) for each in found]
    for said in all_words():
        card = draft_cards.preview_card(said, draft, found)
        check_calm(card, draft_cards.preview_card(said, tame(draft), calm))


@repeated
@given(written)
def test_the_first_form(people, typed):
    """Kept, shown to its author, published, and offered to the next who writes the same."""
    with Session(people.engine) as session:
        draft = drafts.save(Desk(session, HERE, somebody(ANNA), NOW), typed)
        shown(draft)
        if draft.problems:
            with pytest.raises(DraftUnfinished):
                factors.publish(Desk(session, HERE, somebody(ANNA), NOW), draft.id)
            return
        factor = factors.publish(Desk(session, HERE, somebody(ANNA), NOW), draft.id)
        for said in all_words():
            check_calm(cards.factor_card(said, factor), cards.factor_card(said, tame(factor)))
        again = drafts.save(Desk(session, HERE, somebody(BO), NOW), typed)
        shown(again, similar.to_draft(Desk(session, HERE, somebody(BO), NOW), again.id))


@repeated
@given(details)
def test_the_form_of_details(people, typed):
    """Kept beside what was there, shown, and published with it."""
    with Session(people.engine) as session:
        draft = drafts.save(Desk(session, HERE, somebody(ANNA), NOW), PLAIN)
        shown(drafts.add_details(Desk(session, HERE, somebody(ANNA), NOW), draft.id, typed))
        factor = factors.publish(Desk(session, HERE, somebody(ANNA), NOW), draft.id)
        for said in all_words():
            check_calm(cards.factor_card(said, factor), cards.factor_card(said, tame(factor)))


PLAIN = Written("Try it small", "We let two units try it for four weeks.", FactorKind.PROMOTING)
