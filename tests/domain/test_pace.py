"""One person cannot fill a track: not with many factors, and not with copies of one."""

from datetime import timedelta

import pytest

from bot.domain.factors import drafts, factors, outcomes
from bot.domain.factors.drafts import Written
from bot.domain.factors.errors import FactorCopied, TooManyFactors
from bot.domain.factors.pace import COPIES_WITHIN, HOURLY_LIMIT
from storage.enums import FactorKind
from tests.domain.conftest import HERE, HOW, MANAGER, NOW, SCHOOL, somebody
from tests.domain.scenes import scene

ANNA, BO = 11, 12
OTHER_HOW = "The manager asks the night staff every Monday what they would change."


@scene
def anna(trial):
    """Anna and Bo of Västerås, which is in both tracks."""
    trial.join(ANNA, trial.vasteras)
    trial.join(BO, trial.vasteras)
    return trial


def publish(world, member=ANNA, now=NOW, **said):
    draft = world.draft(member, now=now, **said)
    return world(factors.publish, draft.id, by=somebody(member), now=now)


@pytest.mark.parametrize(
    "said",
    [
        {"title": "Try it small!", "how": OTHER_HOW},
        {"title": "  TRY it  sMall", "how": OTHER_HOW},
        {"title": "Something else", "how": HOW},
        {"title": "Something else", "how": HOW.upper().replace("four", "five")},
        {"kind": FactorKind.INHIBITING, "how": OTHER_HOW},
        {"track": "all", "how": OTHER_HOW},
    ],
)
def test_nearly_the_same_is_refused_points_at_what_stands_and_is_kept(anna, said):
    factor = publish(anna)
    anna(factors.posted, factor.id, channel_id=7, message_id=8, thread_id=None)
    with pytest.raises(FactorCopied) as refused:
        publish(anna, **said)
    url = f"https://discord.com/channels/{HERE}/7/8"
    assert refused.value.values == {"title": "Try it small", "url": url}
    assert anna(drafts.start, by=somebody(ANNA)).draft is not None


def test_another_title_and_another_how_are_no_copy(anna):
    publish(anna)
    assert publish(anna, title="Ask the night staff", how=OTHER_HOW).id


def test_somebody_else_may_say_the_same(anna):
    publish(anna)
    assert publish(anna, BO).id


def test_what_is_withdrawn_may_be_said_again(anna):
    factor = publish(anna)
    anna(outcomes.withdraw, factor.id, "Not quite right.", by=somebody(ANNA))
    assert publish(anna).id


def test_after_a_week_nearly_the_same_may_be_said_again(anna):
    publish(anna)
    with pytest.raises(FactorCopied):
        publish(anna, now=NOW + COPIES_WITHIN)
    assert publish(anna, now=NOW + COPIES_WITHIN + timedelta(seconds=1)).id


def test_who_moves_to_another_organisation_still_cannot_copy_themselves(anna):
    publish(anna)
    anna.join(ANNA, anna.goteborg)
    with pytest.raises(FactorCopied):
        publish(anna)


def on_behalf(world, organisation, **said):
    written = Written(**{"title": "Try it", "kind": FactorKind.PROMOTING, "how": HOW, **said})
    draft = world(drafts.save, written, organisation_id=organisation, by=MANAGER)
    return world(factors.publish, draft.id, by=MANAGER)


def test_on_behalf_many_may_be_entered_but_no_copy_for_the_same_organisation(anna):
    on_behalf(anna, anna.vara)
    assert on_behalf(anna, anna.goteborg).organisation == "Göteborgs stad"
    with pytest.raises(FactorCopied):
        on_behalf(anna, anna.vara)
    words = ["lamp", "door", "chair", "garden", "ladder", "kitchen"]
    for word in words[: HOURLY_LIMIT + 1]:
        on_behalf(anna, anna.vara, title=f"{word} " * 4, how=f"We moved the {word} {word * 9}.")


def test_what_is_entered_on_behalf_of_others_does_not_count_as_ones_own(anna):
    anna.join(MANAGER.id, anna.vasteras)
    on_behalf(anna, anna.vasteras)
    assert publish(anna, MANAGER.id, title="Try it").track.name == SCHOOL


def test_the_hourly_limit_is_told_before_copies_are(anna):
    for number in range(HOURLY_LIMIT):
        anna.factor(ANNA, title=f"{number} " * 9)
    with pytest.raises(TooManyFactors):
        publish(anna)
