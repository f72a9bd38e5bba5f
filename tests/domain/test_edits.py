"""Editing: every edit is a version, and is fair to those who voted on the text before."""

from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.factors import details, edits, experiences, factors, merging, outcomes, votes
from bot.domain.factors.errors import FactorAdopted, FactorNotFound, NotTheProposer
from bot.domain.factors.votes import Ballot
from bot.domain.factors.wording import FactorText
from bot.domain.kit.differences import Piece, difference
from bot.domain.kit.errors import EditedMeanwhile, TextMissing
from storage.desk import Person
from storage.enums import Choice, ExperienceStance, FactorStatus
from tests.domain.conftest import ELSEWHERE, HOW, MANAGER, NOW, somebody
from tests.domain.scenes import scene

ANNA, BO, CILLA, DAN = 11, 12, 13, 14
DAY = timedelta(days=1)
OTHER = "Something else altogether: nobody was asked, and it was done overnight."


@scene
def people(trial):
    """Anna of Göteborg has proposed a factor; Cilla and Dan of Västerås can vote on it too."""
    trial.join(ANNA, trial.goteborg)
    trial.join(CILLA, trial.vasteras)
    trial.join(DAN, trial.vasteras)
    trial.one = trial.factor(ANNA)
    return trial


def text(how=HOW, title="Try it small", context="", evidence=""):
    return FactorText(title, how, context, evidence)


def edit(world, said, *, small=False, person=None, now=NOW, version=None, factor=None):
    about, person = factor or world.one.id, person or somebody(ANNA)
    return world(edits.edit, about, said, small=small, version=version, by=person, now=now)


def vote(world, member, choice=Choice.SUPPORT, reason=None, now=NOW, factor=None):
    about = factor or world.one.id
    return world(votes.vote, about, member, choice, reason=reason, now=now)


def since(world, member, now=NOW, factor=None):
    return world(edits.since_vote, factor or world.one.id, member, now=now)


def said_of(changes):
    return {
        change.part: [(piece.kind, piece.words) for piece in change.pieces] for change in changes
    }


# --- who may


def test_its_proposer_and_coordinators_edit_a_factor_and_nobody_else(people):
    assert edit(people, text(OTHER)).factor.how == OTHER
    assert edit(people, text(HOW), person=MANAGER).factor.version == 3
    for begin in (edits.begin, edits.edit):
        more = {"small": True} if begin is edits.edit else {}
        said = (text("x"),) if more else ()
        with pytest.raises(NotTheProposer):
            people(begin, people.one.id, *said, by=somebody(CILLA), **more)
        with pytest.raises(FactorNotFound):
            people(begin, people.one.id, *said, by=MANAGER, programme=ELSEWHERE, **more)


def test_what_somebody_may_do_is_known_before(people):
    def rights(person):
        found = people(edits.rights, people.one.id, by=person)
        return found.edits, found.decides

    assert [rights(each) for each in (somebody(ANNA), somebody(CILLA), MANAGER)] == [
        (True, False), (False, False), (True, True),
    ]  # fmt: skip


def test_a_decided_factor_is_not_edited(people):
    people(outcomes.decide, people.one.id, FactorStatus.ADOPTED, "Yes.", by=MANAGER)
    with pytest.raises(FactorAdopted):
        edit(people, text(OTHER))


def test_nothing_is_left_without_a_title_or_a_how(people):
    for said in (text(title=" \u200b"), text(how="\n")):
        with pytest.raises(TextMissing):
            edit(people, said)
    assert people(factors.show, people.one.id).version == 1


# --- two at once


def test_whoever_began_from_an_older_version_overwrites_nothing(people):
    start = people(edits.begin, people.one.id, by=somebody(ANNA))
    assert (start.version, start.text) == (1, text())
    edit(people, text(OTHER), person=MANAGER, version=start.version)
    with pytest.raises(EditedMeanwhile) as refused:
        edit(people, text("Mine."), version=start.version)
    assert refused.value.values == {"title": "Try it small"}
    assert people(factors.show, people.one.id).how == OTHER
    assert edit(people, text("Mine."), version=2).factor.version == 3


# --- small or not


def test_a_small_correction_leaves_votes_as_they_are(people):
    vote(people, CILLA)
    done = edit(people, text(HOW.replace("Friday", "friday")), small=True)
    assert (done.small, done.factor.tally.before_edit, done.factor.version) == (True, 0, 2)


def test_a_change_of_meaning_marks_the_votes_however_few_letters_it_takes(people):
    vote(people, CILLA)
    done = edit(people, text(HOW.replace("let", "never let")), now=NOW + DAY)
    assert (done.small, done.factor.tally.before_edit) == (False, 1)


def test_small_corrections_add_up(people):
    """Ten per cent of what was voted on, all together: nobody creeps away from it."""
    vote(people, CILLA)
    word = "x" * 4
    small = []
    how = HOW
    for _ in range(4):
        how = f"{how} {word}"
        small.append(edit(people, text(how), small=True).small)
    assert small == [True, False, True, False], "the count begins anew with each new text"


def test_an_edit_that_changes_nothing_is_no_version(people):
    vote(people, CILLA)
    done = edit(people, text(f"  {HOW}\n"), small=False)
    assert (done.changes, done.factor.version, done.factor.tally.before_edit) == ((), 1, 0)


# --- what has changed since one voted


def test_one_is_told_what_has_changed_since_ones_own_vote(people):
    """Who voted before both edits sees both, who voted between them the second alone."""
    vote(people, CILLA)
    edit(people, text(HOW, context="One."), now=NOW + DAY)
    vote(people, DAN, now=NOW + 2 * DAY)
    edit(people, text(HOW, "Another title", "One."), now=NOW + 3 * DAY)
    assert set(said_of(since(people, CILLA).changes)) == {"title", "context"}
    assert set(said_of(since(people, DAN).changes)) == {"title"}
    assert set(said_of(since(people, ANNA).changes)) == {"title"}
    assert since(people, ANNA).ballot == Ballot()
    assert since(people, CILLA).ballot == Ballot(Choice.SUPPORT, before_edit=True)


def test_a_vote_from_before_an_edit_counts_for_21_days_more_and_an_objection_on(people):
    vote(people, CILLA)
    vote(people, DAN, Choice.OBJECT, "Too early.")
    edit(people, text(OTHER), now=NOW + DAY)
    assert since(people, CILLA).counts_until == NOW + 22 * DAY
    assert since(people, DAN).counts_until is None

    def counted(now):
        tally = people(factors.show, people.one.id, now=now).tally
        return tally.support, tally.objections

    assert counted(NOW + 22 * DAY - timedelta(seconds=1)) == (1, 1)
    assert counted(NOW + 22 * DAY) == (0, 1)


def test_a_vote_that_is_still_ones_own_is_as_fresh_as_a_press(people):
    vote(people, CILLA)
    edit(people, text(OTHER), now=NOW + DAY)
    view = people(votes.still_mine, people.one.id, CILLA, now=NOW + 2 * DAY)
    assert (view.tally.support, view.tally.before_edit) == (1, 0)
    found = since(people, CILLA)
    assert (found.ballot, found.counts_until) == (Ballot(Choice.SUPPORT), None)
    assert people(factors.show, people.one.id, now=NOW + 99 * DAY).tally.support == 1


def test_a_vote_that_a_merge_brought_is_told_of_the_last_change(people):
    other = people.factor(DAN)
    vote(people, CILLA, factor=other.id)
    people(merging.merge, other.id, people.one.id, "The same.", by=MANAGER, now=NOW + DAY)
    edit(people, text(HOW, "Another title"), now=NOW + 2 * DAY)
    found = since(people, CILLA)
    assert (found.ballot.before_edit, found.counts_until) == (True, NOW + 23 * DAY)
    assert set(said_of(found.changes)) == {"title"}


def test_of_a_factor_that_was_never_edited_nothing_has_changed(people):
    assert since(people, CILLA).changes == ()


# --- versions


def test_versions_stand_newest_first_each_with_what_it_changed(people):
    for number in range(7):
        sort = number % 2 == 0
        edit(people, text(f"{HOW} {'abcdefg'[number]}"), small=sort, now=NOW + number * DAY)
    pages = [people(edits.history, people.one.id, page=page) for page in (0, 1, 2, 99, -1)]
    assert [[each.number for each in page.versions.items] for page in pages] == [
        [8, 7, 6], [5, 4, 3], [2], [2], [8, 7, 6],
    ]  # fmt: skip
    assert {(page.versions.pages, page.title) for page in pages} == {(3, "Try it small")}
    newest, third = pages[0].versions.items[0], pages[1].versions.items[0]
    assert (newest.at, newest.small) == (NOW + 6 * DAY, True)
    assert said_of(newest.changes)["how"][1:] == [("removed", "f"), ("added", "g")]
    assert said_of(third.changes)["how"][1:] == [("removed", "c"), ("added", "d")]


# --- differences


words = st.lists(st.sampled_from("abcd"), max_size=20)


@given(words, words)
def test_a_difference_holds_both_texts_and_nothing_else(before, after):
    pieces = difference(" ".join(before), "\n".join(after))

    def joined(*kinds):
        return [word for piece in pieces if piece.kind in kinds for word in piece.words.split()]

    assert joined("same", "removed") == before
    assert joined("same", "added") == after
    kinds = [piece.kind for piece in pieces]
    assert all(one != two for one, two in pairwise(kinds))


def test_a_word_that_stayed_alone_between_changes_is_read_as_changed():
    assert difference("they met and talked a lot", "we ate and slept a lot") == (
        Piece("removed", "they met and talked"), Piece("added", "we ate and slept"),
        Piece("same", "a lot"),
    )  # fmt: skip


# --- everything about one factor


def details_of(world, person, factor=None):
    return world(details.of, factor or world.one.id, by=person)


def test_details_tell_a_reader_their_own_vote_and_what_there_is(people):
    vote(people, CILLA, Choice.OBJECT, "Too early.")
    told = (people.one.id, ExperienceStance.DONE, "Every Friday.")
    people(experiences.tell, *told, by=somebody(DAN))
    mine, anna, follower = (details_of(people, somebody(each)) for each in (CILLA, ANNA, 99))
    assert (mine.ballot, anna.ballot, follower.ballot) == (Ballot(Choice.OBJECT), Ballot(), None)
    assert {(each.objections, each.experiences) for each in (mine, anna, follower)} == {(1, 1)}
    assert (mine.rights.edits, anna.rights.edits) == (False, True)
    people(outcomes.decide, people.one.id, FactorStatus.DECLINED, "No.", by=MANAGER)
    assert details_of(people, somebody(CILLA)).ballot == Ballot(Choice.OBJECT)


def test_who_wrote_an_experience_is_for_coordinators_alone(people):
    told = (people.one.id, ExperienceStance.DONE, "Every Friday.")
    people(experiences.tell, *told, by=somebody(DAN))

    def writers(person):
        found = people(details.told, people.one.id, by=person)
        return [each.member_id for each in found.experiences]

    assert writers(MANAGER) == [DAN]
    assert writers(somebody(ANNA)) == writers(somebody(DAN)) == [0]


def test_objections_are_all_there_in_full(people):
    for member in (ANNA, CILLA, DAN):
        vote(people, member, Choice.OBJECT, f"{member} " + "x" * 400)
    found = people(details.objections, people.one.id)
    assert {each.reason[:2] for each in found.objections} == {"11", "13", "14"}


def test_details_of_another_server_are_not_found(people):
    people.set_up(ELSEWHERE)
    person = Person(ANNA, frozenset(), manages_server=True)
    for work, who in ((details.of, person), (details.told, person), (details.objections, None)):
        with pytest.raises(FactorNotFound):
            people(work, people.one.id, by=who, programme=ELSEWHERE)
    with pytest.raises(FactorNotFound):
        people(edits.history, people.one.id, programme=ELSEWHERE)
    with pytest.raises(FactorNotFound):
        people(edits.since_vote, people.one.id, ANNA, programme=ELSEWHERE)
