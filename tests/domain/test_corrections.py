"""A small correction touches no negation, no number and no name without asking."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.factors import corrections, edits, factors, outcomes, votes, windows
from bot.domain.factors.edits import Edited, EditQuestion
from bot.domain.factors.errors import EditGone, NotTheProposer, OnlyCorrections
from bot.domain.factors.votes import Ballot
from bot.domain.factors.wording import FactorText
from bot.domain.kit.errors import EditedMeanwhile
from bot.domain.membership import archiving
from bot.domain.needs import needs
from storage.enums import Choice
from storage.factors.votes import GRACE
from tests.domain.conftest import MANAGER, NOW, somebody
from tests.domain.scenes import scene

ANNA, BO, CILLA = 11, 12, 13
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
TITLE = "Try it small"
HOW = (
    "We did stop after Vara had tried it for 4 weeks. Nobody at all minded. Then everyone who "
    "works with it met the school's staff, and asked them what they would keep. That was "
    "possible there."
)
NAMES = ["Vara kommun", "Skolan", "Förskola"]


def touched(before, after):
    return corrections.touched(FactorText("T", before), FactorText("T", after), NAMES)


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ("it did stop", "it did not stop", ("not",)),
        ("it did stop", "it didn't stop", ("didn't",)),
        ("it did stop", "it didn\u2019t stop", ("didn't",)),
        ("det gick bra", "det gick inte bra", ("inte",)),
        ("ingen kom", "någon kom", ("ingen",)),
        ("alla kom", "nästan alla kom", ()),
        ("alla kom", "få kom", ("alla", "få")),
        ("de är lika där", "de är olika där", ("olika",)),
        ("it was able", "it was unable", ("unable",)),
        ("for 4 weeks", "for 5 weeks", ("4", "5")),
        ("costs 1.5 more", "costs 15 more", ("1.5", "15")),
        ("kostade 10 kr", "kostade 10 % mer kr", ("%",)),
        ("two weeks", "ten weeks", ("two", "ten")),
        ("then Vara began", "then Vera began", ("Vara", "Vera")),
        ("with Skara and Vara", "with Vara and Skara", ("Vara",)),
        ("Vara kommun began.", "Var kommun began.", ("Vara kommun",)),
        ("vår förskola började", "vår förskolan började", ("Förskola",)),
    ],
)  # fmt: skip
def test_words_of_weight_are_found(before, after, words):
    assert set(touched(before, after)) == set(words)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("We met evry Friday", "We met every Friday"),
        ("we met. then we went", "we met. Then we went"),
        ("we did not stop ,really", "we did not stop, really"),
        ("Det gick bar.", "Det gick bra."),
        ("- they came\n- i stayed", "- They came\n- I stayed"),
        ("then i stayed", "then I stayed"),
        ("every friday", "every Friday"),
        ("4 weeks of tets", "4 weeks of test"),
    ],
)
def test_slips_of_the_pen_are_no_words_of_weight(before, after):
    assert touched(before, after) == ()


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_two_texts_are_compared(before, after):
    found = touched(before, after)
    assert bool(found) <= (before != after)


@scene
def people(trial):
    """Three of Västerås, a factor that Anna proposed and Bo supports."""
    for member in (ANNA, BO, CILLA):
        trial.join(member, trial.vasteras)
    trial.about = trial.factor(ANNA, title=TITLE, how=HOW).id
    vote(trial, BO)
    return trial


def vote(world, member, choice=Choice.SUPPORT, now=NOW):
    return world(votes.vote, world.about, member, choice, now=now)


def edit(world, how, *, small=False, now=NOW + DAY, by=ANNA):
    return world(
        edits.edit, world.about, FactorText(TITLE, how), small=small, by=somebody(by), now=now
    )


def answer(world, question, *, small, by=ANNA, now=NOW + DAY):
    return world(edits.answer, question.id, small=small, by=somebody(by), now=now)


def tally(world, now=NOW + 2 * DAY):
    found = world(factors.show, world.about, now=now).tally
    return found.support, found.before_edit


def ballot(world, member, now=NOW + 2 * DAY):
    found = world(votes.ballot, world.about, member, now=now)
    return Ballot(found.choice, found.before_edit)


def text_now(world):
    return world(factors.show, world.about).how


NEGATED = HOW.replace("did stop", "did not stop")
TYPO = HOW.replace("minded", "mindet")


# --- asking


def test_did_not_stop_is_asked_about_and_nothing_is_saved_until_it_is_answered(people):
    question = edit(people, NEGATED, small=True)
    assert isinstance(question, EditQuestion)
    assert question.touched == ("not",)
    assert (text_now(people), tally(people)) == (HOW, (1, 0))


def test_a_change_of_meaning_marks_votes_and_a_correction_does_not(people):
    done = answer(people, edit(people, NEGATED, small=True), small=False)
    assert (done.small, text_now(people), tally(people)) == (False, NEGATED, (1, 1))
    back = HOW.replace("4 weeks", "5 weeks")
    done = answer(people, edit(people, back, small=True), small=True)
    assert (done.small, text_now(people)) == (True, back)


def test_a_question_is_its_authors_is_answered_once_and_ends_with_the_text(people):
    question = edit(people, NEGATED, small=True)
    with pytest.raises(EditGone):
        answer(people, question, small=True, by=CILLA)
    edit(people, TYPO, small=True)
    with pytest.raises(EditedMeanwhile):
        answer(people, question, small=True)
    question = edit(people, NEGATED, small=True)
    answer(people, question, small=True)
    with pytest.raises(EditGone):
        answer(people, question, small=True)


def test_a_plain_correction_is_saved_without_a_question(people):
    done = edit(people, TYPO, small=True)
    assert isinstance(done, Edited)
    assert (done.small, tally(people)) == (True, (1, 0))


def test_a_hidden_identity_number_is_told(people):
    assert edit(people, f"{HOW} 900101-0017").masked
    assert not edit(people, TYPO).masked


# --- after voting


def close(world):
    world(windows.set_days, world.about, "", "2026-11-23", by=MANAGER)


def test_after_voting_has_closed_only_corrections_are_taken_and_no_vote_is_marked(people):
    close(people)
    with pytest.raises(OnlyCorrections):
        edit(people, "Something else, which nobody voted on.")
    with pytest.raises(OnlyCorrections):
        edit(people, TYPO, small=False)
    done = edit(people, TYPO, small=True)
    assert (done.small, tally(people, NOW + 2 * GRACE)) == (True, (1, 0))
    question = edit(people, TYPO.replace("4", "5"), small=True)
    assert question.over
    with pytest.raises(OnlyCorrections):
        answer(people, question, small=False)
    assert answer(people, question, small=True).small
    assert edit(people, TYPO.replace("4", "5")).changes == ()


def test_in_an_archived_track_likewise(people):
    factor = people(factors.show, people.about)
    people(archiving.archive, factor.track.id, by=MANAGER)
    with pytest.raises(OnlyCorrections):
        edit(people, NEGATED)
    edit(people, TYPO, small=True)
    assert tally(people, NOW + 2 * GRACE) == (1, 0)


def test_a_coordinator_opens_voting_again_and_then_it_may_be_changed(people):
    close(people)
    people(windows.set_days, people.about, "", "", by=MANAGER, now=NOW + DAY)
    assert not edit(people, NEGATED).small
    assert tally(people) == (1, 1)


# --- undone


def test_an_edit_undone_is_no_edit(people):
    edit(people, NEGATED)
    assert tally(people) == (1, 1)
    done = edit(people, HOW, now=NOW + DAY + MINUTE)
    assert (done.undone, tally(people)) == (True, (1, 0))
    assert tally(people, NOW + 3 * GRACE) == (1, 0), "for good"
    assert people(needs.of, by=somebody(BO), now=NOW + 2 * DAY).edited.total == 0


def test_a_vote_on_what_was_undone_is_one_on_another_text(people):
    edit(people, NEGATED)
    vote(people, CILLA, now=NOW + DAY + MINUTE)
    undone = NOW + DAY + 2 * MINUTE
    edit(people, HOW, now=undone)
    assert tally(people) == (2, 1)
    assert ballot(people, CILLA) == Ballot(Choice.SUPPORT, before_edit=True)
    assert tally(people, undone + GRACE) == (1, 0)
    people(votes.still_mine, people.about, CILLA, now=NOW + 2 * DAY)
    assert tally(people, undone + GRACE) == (2, 0)


def test_a_real_edit_after_an_undone_one_gives_votes_their_21_days_from_then(people):
    edit(people, NEGATED)
    edit(people, HOW, now=NOW + DAY + MINUTE)
    later = NOW + 60 * DAY
    edit(people, NEGATED, now=later)
    assert tally(people, later) == (1, 1)
    assert tally(people, later + GRACE) == (0, 0)


def test_two_edits_are_undone_at_once_and_a_correction_between_them_too(people):
    edit(people, TYPO, small=True)
    edit(people, NEGATED, now=NOW + 2 * DAY)
    edit(people, "Something else altogether.", now=NOW + 3 * DAY)
    assert tally(people, NOW + 3 * DAY) == (1, 1)
    done = edit(people, TYPO, now=NOW + 4 * DAY)
    assert (done.undone, tally(people, NOW + 4 * GRACE)) == (True, (1, 0))
    versions = people(edits.history, people.about).versions.items
    assert [(each.number, each.undone) for each in versions] == [(5, True), (4, True), (3, True)]


def test_what_was_undone_and_is_said_again_is_an_edit(people):
    edit(people, NEGATED)
    edit(people, HOW, now=NOW + DAY + MINUTE)
    done = edit(people, NEGATED, now=NOW + 2 * DAY)
    assert not done.undone
    assert tally(people) == (1, 1)


# --- who left


def test_a_proposer_who_left_the_organisation_may_neither_edit_nor_withdraw(people):
    assert people(edits.rights, people.about, by=somebody(ANNA)).edits
    people.leave(ANNA)
    people.join(ANNA, people.goteborg)
    assert not people(edits.rights, people.about, by=somebody(ANNA)).edits
    with pytest.raises(NotTheProposer):
        edit(people, TYPO)
    with pytest.raises(NotTheProposer):
        people(outcomes.withdraw, people.about, "We erred.", by=somebody(ANNA))
    people.join(ANNA, people.vasteras)
    assert edit(people, TYPO).factor.how == TYPO
