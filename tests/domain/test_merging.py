"""Merging factors and undoing it: whatever happened before, everyone's votes come back."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import Session, select

from bot.domain.factors import edits, experiences, factors, lists, merging, votes
from bot.domain.factors.errors import (
    CannotMerge,
    FactorMerged,
    FactorNotFound,
    MergeGone,
    NotMerged,
)
from bot.domain.factors.lists import Listing
from bot.domain.factors.wording import FactorText
from bot.domain.kit import uploads
from bot.domain.kit.errors import CoordinatorsOnly, TextMissing, UserError
from bot.domain.membership import joining
from storage.desk import Desk
from storage.enums import Choice, ExperienceStance, FactorStatus
from storage.factors import tallies
from storage.factors.votes import Vote
from tests import desks
from tests.domain.conftest import (
    CARE,
    ELSEWHERE,
    FOLLOWER,
    HERE,
    HOW,
    MANAGER,
    NOW,
    SCHOOL,
    somebody,
)
from tests.domain.scenes import scene

GRACE = timedelta(days=21)
# Who they are, and the tracks of their organisation.
HOMES = {11: {SCHOOL}, 12: {CARE}, 13: {SCHOOL, CARE}, 14: {SCHOOL, CARE}}
FACTORS = {"a": {SCHOOL, CARE}, "b": {SCHOOL, CARE}, "c": {SCHOOL}, "d": {SCHOOL, CARE}}

member = st.sampled_from(sorted(HOMES))
name = st.sampled_from(sorted(FACTORS))
vote = st.tuples(st.just("vote"), member, name, st.sampled_from(Choice))
deed = st.one_of(
    vote,
    vote,
    st.tuples(st.just("take_back"), member, name),
    st.tuples(st.sampled_from(["leave", "join"]), member),
    st.tuples(st.just("edit"), name),
    st.tuples(st.just("wait"), st.integers(1, 15)),
    st.tuples(st.just("merge"), name, name),
    st.tuples(st.just("unmerge"), name),
)


@dataclass
class Cast:
    """A vote as the naive model keeps it: what, when; None for one that was taken back."""

    choice: Choice | None
    at: datetime


@dataclass
class Naive:
    """The same factors, told as simply as they can be."""

    now: datetime = NOW
    away: set[int] = field(default_factory=set)
    votes: dict[tuple[int, str], Cast] = field(default_factory=dict)
    edited: dict[str, list[datetime]] = field(default_factory=lambda: {f: [] for f in FACTORS})
    into: dict[str, tuple[str, datetime]] = field(default_factory=dict)

    def vote(self, who: int, factor: str, choice: Choice) -> None:
        if who in self.away or factor in self.into or not HOMES[who] & FACTORS[factor]:
            return
        before = self.latest(who, factor)
        same = before is not None and not self.stale_since(*before) and before[1].choice is choice
        if not same:
            self.votes[who, factor] = Cast(choice, self.now)

    def take_back(self, who: int, factor: str) -> None:
        if who in self.away or factor in self.into or not HOMES[who] & FACTORS[factor]:
            return
        before = self.latest(who, factor)
        if before is None or before[1].choice is None:
            return
        if any(who == w and f != factor for w, f in self.votes if f in self.family(factor)):
            self.votes[who, factor] = Cast(None, self.now)
        else:
            del self.votes[who, factor]

    def leave(self, who: int) -> None:
        self.away.add(who)

    def join(self, who: int) -> None:
        self.away.discard(who)

    def edit(self, factor: str) -> None:
        if factor not in self.into:
            self.edited[factor].append(self.now)

    def wait(self, days: int) -> None:
        self.now += timedelta(days=days)

    def merge(self, one: str, other: str) -> None:
        if one != other and not {one, other} & set(self.into):
            self.into[one] = (other, self.now)

    def unmerge(self, factor: str) -> None:
        self.into.pop(factor, None)
        for (who, cast_on), cast in list(self.votes.items()):
            family = self.family(self.root(cast_on)) - {cast_on}
            if cast.choice is None and not any((who, each) in self.votes for each in family):
                del self.votes[who, cast_on]

    def path(self, factor: str) -> list[tuple[str, datetime]]:
        """Where a factor's votes went, one merge after another, and when."""
        found = []
        while factor in self.into:
            found.append(self.into[factor])
            factor = found[-1][0]
        return found

    def root(self, factor: str) -> str:
        return self.path(factor)[-1][0] if factor in self.into else factor

    def family(self, factor: str) -> set[str]:
        return {each for each in FACTORS if self.root(each) == factor}

    def latest(self, who: int, factor: str) -> tuple[str, Cast] | None:
        family = self.family(factor)
        mine = [(f, cast) for (w, f), cast in self.votes.items() if w == who and f in family]
        return max(mine, key=lambda each: each[1].at, default=None)

    def stale_since(self, factor: str, cast: Cast) -> datetime | None:
        steps = [(factor, cast.at), *self.path(factor)]
        later = [at for step, since in steps for at in self.edited[step] if at > since]
        return min(later, default=None)

    def tally(self, factor: str) -> tuple[int, int, int, int]:
        """Support, unsure, objections; and how many of them are from before an edit."""
        found, before = [], 0
        for who in HOMES.keys() - self.away:
            mine = self.latest(who, factor)
            if mine is None or mine[1].choice is None or not HOMES[who] & FACTORS[factor]:
                continue
            since = self.stale_since(*mine)
            expired = since is not None and since <= self.now - GRACE
            if mine[1].choice is Choice.OBJECT or not expired:
                found.append(mine[1].choice)
                before += since is not None
        return (*(found.count(each) for each in Choice), before)


@dataclass
class Real:
    """The programme itself, within one transaction."""

    session: Session
    homes: dict[int, int]
    ids: dict[str, int]
    now: datetime = NOW
    numbers: Any = field(default_factory=count)

    def do(self, work: Any, *args: Any, **more: Any) -> None:
        """Run a use case; one that is refused changes nothing."""
        try:
            with self.session.begin_nested():
                desks.call(self.session, work, *args, now=self.now, programme=HERE, **more)
        except UserError:
            pass

    def vote(self, who: int, factor: str, choice: Choice) -> None:
        reason = "Too early." if choice is Choice.OBJECT else None
        self.do(votes.vote, self.ids[factor], who, choice, reason=reason)

    def take_back(self, who: int, factor: str) -> None:
        self.do(votes.take_back, self.ids[factor], who)

    def leave(self, who: int) -> None:
        self.do(joining.leave, who)

    def join(self, who: int) -> None:
        self.do(joining.join, who, self.homes[who])

    def edit(self, factor: str) -> None:
        text = FactorText(f"Title {next(self.numbers)}", HOW)
        self.do(edits.edit, self.ids[factor], text, small=False, by=MANAGER)

    def wait(self, days: int) -> None:
        self.now += timedelta(days=days)

    def merge(self, one: str, other: str) -> None:
        self.do(merging.merge, self.ids[one], self.ids[other], "The same.", by=MANAGER)

    def unmerge(self, factor: str) -> None:
        self.do(merging.unmerge, self.ids[factor], by=MANAGER)

    def live(self, deeds: Any) -> None:
        """Do one deed a minute."""
        for what, *details in deeds:
            getattr(self, what)(*details)
            self.now += timedelta(minutes=1)

    def seen(self, factor: str) -> Any:
        return factors.show(Desk(self.session, HERE, None, self.now), self.ids[factor])

    def tallies(self) -> dict[str, Any]:
        """Everything that is counted: tallies, and who of whose votes count."""
        return {
            each: (
                self.seen(each).tally,
                tallies.counted(Desk(self.session, HERE, None, self.now), number),
            )
            for each, number in self.ids.items()
        }


@scene
def begun(trial):
    """Four factors, nobody's votes on them yet, and four people of three organisations."""
    homes = {11: trial.goteborg, 12: trial.vara, 13: trial.vasteras, 14: trial.vasteras}
    for who, organisation in homes.items():
        trial.join(who, organisation)
    ids = {}
    for each, tracks in FACTORS.items():
        ids[each] = trial.factor(11, title=each, track="all" if len(tracks) > 1 else "").id
    trial.homes, trial.ids = homes, ids
    return trial


def lived(session: Session, world: Any) -> Real:
    return Real(session, world.homes, world.ids)


often = settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])


@often
@given(st.lists(deed, max_size=25))
def test_whatever_happens_every_tally_is_what_a_naive_recount_gives(begun, deeds):
    naive = Naive()
    with Session(begun.engine, expire_on_commit=False) as session:
        real = lived(session, begun)
        for what, *details in deeds:
            getattr(naive, what)(*details)
            naive.now += timedelta(minutes=1)
        real.live(deeds)
        for each in set(FACTORS) - set(naive.into):
            tally = real.seen(each).tally
            counted = (tally.support, tally.unsure, tally.objections, tally.before_edit)
            assert counted == naive.tally(each), each
            people = [
                v.participant_id
                for v in tallies.counted(Desk(session, HERE, None, real.now), real.ids[each])
            ]
            assert tally.voters == len(people) == len(set(people)), "each person counts once"
        session.rollback()


# Some that are made of little but merges, so that chains are common.
merges = st.lists(st.tuples(st.just("merge"), name, name), max_size=6)


@often
@given(st.lists(deed, max_size=15), merges)
def test_undone_in_reverse_with_nothing_between_every_tally_is_exactly_as_before(
    begun, deeds, more
):
    with Session(begun.engine, expire_on_commit=False) as session:
        real = lived(session, begun)
        real.live(deeds)
        steps = []
        for what, one, other in more:
            before = real.tallies()
            if FactorStatus.MERGED not in (real.seen(one).status, real.seen(other).status):
                getattr(real, what)(one, other)
                steps += [(one, before)] if one != other else []
        for one, before in reversed(steps):
            real.unmerge(one)
            assert real.tallies() == before
        session.rollback()


@often
@given(st.lists(deed.filter(lambda each: each[0] != "merge"), max_size=15), merges, st.randoms())
def test_undone_in_any_order_each_factor_has_the_votes_that_were_cast_on_it(
    begun, deeds, more, random
):
    with Session(begun.engine, expire_on_commit=False) as session:
        real = lived(session, begun)
        real.live(deeds)
        before = real.tallies()
        for _, one, other in more:
            real.merge(one, other)
        order = list(FACTORS)
        random.shuffle(order)
        for each in order:
            real.unmerge(each)
        assert real.tallies() == before
        session.rollback()


# --- one at a time


def cast(world, who, factor, choice=Choice.SUPPORT, minutes=0, **more):
    now = NOW + timedelta(minutes=minutes)
    return world(votes.vote, world.ids[factor], who, choice, now=now, **more)


def merge(world, one, other, minutes=0, reason="The same."):
    now = NOW + timedelta(minutes=minutes)
    return world(merging.merge, world.ids[one], world.ids[other], reason, by=MANAGER, now=now)


def unmerge(world, factor, minutes=0):
    now = NOW + timedelta(minutes=minutes)
    return world(merging.unmerge, world.ids[factor], by=MANAGER, now=now)


def tally(world, factor, **later):
    now = NOW + timedelta(**later)
    found = world(factors.show, world.ids[factor], now=now).tally
    return found.support, found.unsure, found.objections


def edited(world, factor, text="Quite another text", minutes=0, days=0):
    now = NOW + timedelta(minutes=minutes, days=days)
    about = (world.ids[factor], FactorText(text, text))
    return world(edits.edit, *about, small=False, by=MANAGER, now=now)


def test_of_whoever_voted_on_both_the_newer_vote_counts(begun):
    cast(begun, 11, "a", Choice.SUPPORT, 1)
    cast(begun, 11, "b", Choice.UNSURE, 2)
    cast(begun, 13, "b", Choice.UNSURE, 1)
    cast(begun, 13, "a", Choice.SUPPORT, 2)
    done = merge(begun, "a", "b", 3)
    assert tally(begun, "b", minutes=4) == (1, 1, 0)
    assert done.moved == 2
    assert (done.into.id, done.merged.id) == (begun.ids["b"], begun.ids["a"])


def test_a_vote_on_the_target_after_the_merge_stays_there_when_it_is_undone(begun):
    cast(begun, 11, "a", Choice.SUPPORT, 1)
    merge(begun, "a", "b", 2)
    cast(begun, 11, "b", Choice.UNSURE, 3)
    cast(begun, 13, "b", Choice.UNSURE, 3)
    done = unmerge(begun, "a", 4)
    assert tally(begun, "a", minutes=5) == (1, 0, 0)
    assert tally(begun, "b", minutes=5) == (0, 2, 0)
    assert done.moved == 1, "the older one is back"


def test_a_vote_taken_back_on_the_target_is_back_where_it_was_cast_when_it_is_undone(begun):
    cast(begun, 11, "a", Choice.SUPPORT, 1)
    merge(begun, "a", "b", 2)
    begun(votes.take_back, begun.ids["b"], 11, now=NOW + timedelta(minutes=3))
    assert tally(begun, "b", minutes=4) == (0, 0, 0)
    unmerge(begun, "a", 5)
    assert tally(begun, "a", minutes=6) == (1, 0, 0)
    assert tally(begun, "b", minutes=6) == (0, 0, 0)


def test_a_vote_taken_back_leaves_no_trace_after_unmerging(begun):
    """The next merge counts what was cast on the other, as if nothing had been taken back."""
    cast(begun, 11, "a", Choice.SUPPORT, 1)
    merge(begun, "a", "b", 2)
    begun(votes.take_back, begun.ids["b"], 11, now=NOW + timedelta(minutes=3))
    unmerge(begun, "a", 4)
    assert begun(lambda session: session.get(Vote, (begun.ids["b"], 11))) is None
    assert begun(lambda session: session.exec(select(Vote)).all()[0].choice) is Choice.SUPPORT
    merge(begun, "a", "b", 5)
    assert tally(begun, "b", minutes=6) == (1, 0, 0)


def test_a_vote_taken_back_stays_so_while_another_merged_factor_holds_an_older_one(begun):
    for name in ("a", "d"):
        cast(begun, 11, name, Choice.SUPPORT, 1)
        merge(begun, name, "b", 2)
    begun(votes.take_back, begun.ids["b"], 11, now=NOW + timedelta(minutes=3))
    unmerge(begun, "a", 4)
    assert tally(begun, "b", minutes=5) == (0, 0, 0)


def test_only_those_whom_the_target_concerns_count_there(begun):
    for who in (11, 12, 13):
        cast(begun, who, "a", minutes=1)
    done = merge(begun, "a", "c", 2)
    assert tally(begun, "c", minutes=3) == (2, 0, 0)
    assert done.moved == 2
    assert unmerge(begun, "a", 4).moved == 2
    assert tally(begun, "a", minutes=5) == (3, 0, 0)


def test_votes_from_before_an_edit_count_for_21_days_and_objections_until_withdrawn(begun):
    cast(begun, 11, "a", minutes=1)
    cast(begun, 12, "a", Choice.OBJECT, 1, reason="Too early.")
    edited(begun, "a", minutes=2)
    cast(begun, 13, "a", minutes=3)
    assert tally(begun, "a", days=21, minutes=1) == (2, 0, 1)
    assert tally(begun, "a", days=21, minutes=2) == (1, 0, 1)
    assert tally(begun, "a", days=400) == (1, 0, 1)


def test_a_vote_that_has_had_its_time_does_not_come_back_with_another_edit(begun):
    cast(begun, 11, "a", minutes=1)
    edited(begun, "a", "Quite another text", minutes=2)
    edited(begun, "a", "And now something else", days=30)
    assert tally(begun, "a", days=30, minutes=1) == (0, 0, 0)


@pytest.mark.parametrize("where", ["a", "b"])
def test_a_merge_makes_no_old_vote_new(begun, where):
    """Neither one from before an edit of its factor, nor of what that was merged into."""
    cast(begun, 11, "a", minutes=1)
    cast(begun, 12, "a", Choice.OBJECT, 1, reason="Too early.")
    if where == "a":
        edited(begun, "a", minutes=2)
    merge(begun, "a", "b", 3)
    if where == "b":
        edited(begun, "b", minutes=4)
    merge(begun, "b", "d", 5)
    found = begun(factors.show, begun.ids["d"], now=NOW + timedelta(minutes=6)).tally
    assert (found.support, found.objections, found.before_edit) == (1, 1, 2)
    edited(begun, "d", "And now something else", days=20)
    assert tally(begun, "d", days=22) == (0, 0, 1)


def test_a_merge_alone_makes_no_vote_old(begun):
    edited(begun, "b", minutes=1)
    cast(begun, 11, "a", minutes=0)
    merge(begun, "a", "b", 2)
    found = begun(factors.show, begun.ids["b"], now=NOW + timedelta(days=30)).tally
    assert (found.support, found.before_edit) == (1, 0)


def test_experiences_count_where_a_factor_was_merged_and_come_back(begun):
    def known(factor):
        return begun(factors.show, begun.ids[factor]).experiences

    about = (begun.ids["a"], ExperienceStance.DONE, "We did.")
    begun(experiences.tell, *about, by=somebody(11))
    merge(begun, "a", "b")
    assert known("b") == {ExperienceStance.DONE: 1}
    unmerge(begun, "a")
    assert (known("a"), known("b")) == ({ExperienceStance.DONE: 1}, {})


def test_both_texts_and_the_way_to_the_thread_are_kept(begun):
    posted = {"channel_id": 2**62, "message_id": 2**62 + 5, "thread_id": 2**62 + 5, "now": NOW}
    begun(factors.posted, begun.ids["a"], **posted)
    merge(begun, "a", "b")
    one = begun(factors.show, begun.ids["a"])
    other = begun(factors.show, begun.ids["b"])
    assert (one.title, one.status, one.reason) == ("a", FactorStatus.MERGED, "The same.")
    assert one.merged_into.id == other.id
    [reference] = other.merged_here
    assert (reference.url, reference.thread_id) == (one.url, 2**62 + 5)
    listed = begun(lists.listed, Listing())
    assert {factor.title for factor in listed.factors.items} == {"b", "c", "d"}


def test_a_merged_factor_takes_neither_votes_nor_another_merge(begun):
    merge(begun, "a", "b")
    with pytest.raises(FactorMerged) as refused:
        cast(begun, 11, "a")
    assert refused.value.values == {"title": "a", "into": "b"}
    for one, other in (("a", "c"), ("c", "a")):
        with pytest.raises(FactorMerged):
            merge(begun, one, other)
    with pytest.raises(CannotMerge):
        merge(begun, "c", "c")
    with pytest.raises(NotMerged):
        unmerge(begun, "b")


def test_merging_moves_no_standing_of_what_is_merged(begun):
    for who in (11, 12, 13):
        cast(begun, who, "a", minutes=1)
    moves = len([entry for entry in begun.journal() if entry.kind == "factor.moved"])
    merge(begun, "a", "b", 2)
    kinds = [entry.kind for entry in begun.journal()]
    assert kinds.count("factor.moved") == moves + 1, "that of the target alone"
    unmerge(begun, "a", 3)
    kinds = [entry.kind for entry in begun.journal()]
    assert kinds.count("factor.moved") == moves + 2


# --- the question before


def ask(world, one="a", other="b", person=MANAGER, reason="The same.", programme=HERE):
    about = (world.ids[one], world.ids[other], reason)
    now = NOW + timedelta(minutes=5)
    return world(merging.ask, *about, by=person, programme=programme, now=now)


def test_the_question_says_whose_votes_move_and_nothing_is_changed(begun):
    for who in (11, 12, 13):
        cast(begun, who, "a", minutes=1)
    cast(begun, 13, "c", minutes=1)
    question = ask(begun, "a", "c", reason="  The same.\u202e ")
    assert (question.people, question.both, question.outside) == (2, 1, 1)
    assert question.reason == "The same."
    assert (question.merged.title, question.into.title) == ("a", "c")
    assert begun(factors.show, begun.ids["a"]).status is FactorStatus.OPEN


def test_what_was_asked_is_what_is_done_and_only_once(begun):
    cast(begun, 11, "a", minutes=1)
    question = ask(begun)
    then = {"by": MANAGER, "now": NOW + timedelta(hours=23)}
    begun(merging.need_question, question.id, **then)
    done = begun(merging.confirm, question.id, **then)
    assert (done.moved, done.merged.reason) == (question.people, "The same.")
    with pytest.raises(MergeGone):
        begun(merging.confirm, question.id, **then)


def test_a_question_is_gone_after_a_day_or_an_answer_and_nobody_elses(begun):
    question = ask(begun)
    another = type(MANAGER)(77, frozenset(), manages_server=True)
    for person, now in ((another, NOW), (MANAGER, NOW + timedelta(days=2))):
        with pytest.raises(MergeGone):
            begun(merging.confirm, question.id, by=person, now=now)
    begun(merging.cancel, question.id, by=MANAGER)
    with pytest.raises(MergeGone):
        begun(merging.confirm, question.id, by=MANAGER)


def test_a_file_is_no_question(begun):
    upload = begun(uploads.keep, MANAGER.id, "organisations", {})
    with pytest.raises(MergeGone):
        begun(merging.confirm, upload, by=MANAGER)


def test_only_coordinators_merge_with_a_reason_and_what_is_theirs(begun):
    with pytest.raises(CoordinatorsOnly):
        ask(begun, person=FOLLOWER)
    with pytest.raises(TextMissing):
        ask(begun, reason=" \u200b ")
    begun.set_up(ELSEWHERE)
    with pytest.raises(FactorNotFound):
        ask(begun, programme=ELSEWHERE)
    question = ask(begun)
    for work in (merging.need_question, merging.confirm):
        with pytest.raises(CoordinatorsOnly):
            begun(work, question.id, by=FOLLOWER)
    with pytest.raises(CoordinatorsOnly):
        begun(merging.unmerge, begun.ids["a"], by=FOLLOWER)
    with pytest.raises(FactorNotFound):
        begun(merging.unmerge, begun.ids["a"], by=MANAGER, programme=ELSEWHERE)
