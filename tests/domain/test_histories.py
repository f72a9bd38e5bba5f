"""Whatever people do in whatever order, a tally is what a naive recount gives."""

from dataclasses import dataclass, field, fields
from itertools import product
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import Session

from bot.domain.factors import factors, recounts, votes
from bot.domain.kit.errors import UserError
from bot.domain.membership import joining, presence
from storage.desk import Desk
from storage.enums import Choice
from tests import desks
from tests.domain.conftest import CARE, HERE, NOW, SCHOOL
from tests.domain.scenes import scene

MEMBERS = (11, 12, 13, 14)
ORGANISATIONS = {"g": {SCHOOL}, "v": {CARE}, "w": {SCHOOL, CARE}}
FACTORS = {"school": {SCHOOL}, "care": {CARE}, "all": {SCHOOL, CARE}}

member = st.sampled_from(MEMBERS)
deed = st.one_of(
    st.tuples(st.just("vote"), member, st.sampled_from(list(FACTORS)), st.sampled_from(Choice)),
    st.tuples(st.just("vote"), member, st.sampled_from(list(FACTORS)), st.sampled_from(Choice)),
    st.tuples(st.just("take_back"), member, st.sampled_from(list(FACTORS))),
    st.tuples(st.just("join"), member, st.sampled_from(list(ORGANISATIONS))),
    st.tuples(st.just("leave"), member),
    st.tuples(st.sampled_from(["gone", "back"]), member),
)


@dataclass(frozen=True)
class Counted:
    """What is counted simply enough to be counted twice."""

    support: int
    unsure: int
    objections: int
    organisations_heard: int
    organisations: int
    tracks_heard: int
    tracks: int


@dataclass
class Naive:
    """The same programme, told as simply as it can be."""

    home: dict[int, str] = field(default_factory=dict)
    away: set[int] = field(default_factory=set)
    votes: dict[tuple[int, str, str], Choice] = field(default_factory=dict)

    def vote(self, who: int, factor: str, choice: Choice) -> None:
        if who in self.home and ORGANISATIONS[self.home[who]] & FACTORS[factor]:
            self.away.discard(who)  # whoever acts is back
            self.votes[who, self.home[who], factor] = choice  # the same again changes nothing

    def take_back(self, who: int, factor: str) -> None:
        if who in self.home and ORGANISATIONS[self.home[who]] & FACTORS[factor]:
            self.away.discard(who)
            self.votes.pop((who, self.home[who], factor), None)

    def join(self, who: int, organisation: str) -> None:
        if self.home.get(who) != organisation:
            self.away.discard(who)
            self.home[who] = organisation

    def leave(self, who: int) -> None:
        self.home.pop(who, None)

    def gone(self, who: int) -> None:
        self.away.add(who)

    def back(self, who: int) -> None:
        self.away.discard(who)

    def tally(self, factor: str) -> Counted:
        scope = FACTORS[factor]
        counting = {
            (who, organisation): choice
            for (who, organisation, about), choice in self.votes.items()
            if about == factor and self.home.get(who) == organisation and who not in self.away
        }
        choices = list(counting.values())
        heard = {organisation for _, organisation in counting}
        return Counted(
            support=choices.count(Choice.SUPPORT),
            unsure=choices.count(Choice.UNSURE),
            objections=choices.count(Choice.OBJECT),
            organisations_heard=len(heard),
            organisations=sum(1 for tracks in ORGANISATIONS.values() if tracks & scope),
            tracks_heard=len({t for name in heard for t in ORGANISATIONS[name]} & scope),
            tracks=len(scope),
        )


@dataclass
class Real:
    """The programme itself, within one transaction."""

    session: Session
    organisations: dict[str, int]
    factors: dict[str, int]

    def do(self, work: Any, *args: Any, **more: Any) -> None:
        """Run a use case; one that is refused changes nothing."""
        try:
            with self.session.begin_nested():
                desks.call(self.session, work, *args, now=NOW, programme=HERE, **more)
        except UserError:
            pass

    def vote(self, who: int, factor: str, choice: Choice) -> None:
        standing = None
        try:
            desk = Desk(self.session, HERE, None, NOW)
            standing = votes.ballot(desk, self.factors[factor], who).choice
        except UserError:
            return
        objects_anew = choice is Choice.OBJECT and standing is not choice
        reason = "Too early." if objects_anew else None
        self.do(votes.vote, self.factors[factor], who, choice, reason=reason)

    def take_back(self, who: int, factor: str) -> None:
        self.do(votes.take_back, self.factors[factor], who)
        desk = Desk(self.session, HERE, None, NOW)
        recounts.count(desk, self.factors[factor])

    def join(self, who: int, organisation: str) -> None:
        self.do(joining.join, who, self.organisations[organisation])

    def leave(self, who: int) -> None:
        self.do(joining.leave, who)

    def gone(self, who: int) -> None:
        self.do(presence.gone, [who])

    def back(self, who: int) -> None:
        self.do(presence.back, [who])

    def tally(self, factor: str) -> Counted:
        found = factors.show(Desk(self.session, HERE, None, NOW), self.factors[factor]).tally
        return Counted(**{each.name: getattr(found, each.name) for each in fields(Counted)})


@scene
def begun(trial):
    """A programme with a factor of each track and one of both."""
    proposer = 1
    about: dict[str, int] = {}
    for name, organisation, track in (
        ("school", trial.goteborg, ""),
        ("care", trial.vara, ""),
        ("all", trial.vasteras, "all"),
    ):
        trial.join(proposer, organisation)
        about[name] = trial.factor(proposer, title=name, track=track).id
    trial.leave(proposer)
    homes = {"g": trial.goteborg, "v": trial.vara, "w": trial.vasteras}
    return trial.engine, homes, about


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(deed, max_size=14))
def test_a_tally_is_what_a_naive_recount_gives(begun, deeds):
    engine, homes, about = begun
    naive = Naive()
    with Session(engine, expire_on_commit=False) as session:
        real = Real(session, homes, about)
        for what, *details in deeds:
            getattr(naive, what)(*details)
            getattr(real, what)(*details)
        for factor in FACTORS:
            assert real.tally(factor) == naive.tally(factor), factor
        session.rollback()


def test_a_history_of_every_pair_of_deeds_is_counted_right(begun):
    """Two deeds after each other, for one person who has voted: none is left to chance."""
    engine, homes, about = begun
    deeds = [("vote", 11, "all", Choice.SUPPORT), ("join", 11, "v"), ("leave", 11), ("gone", 11)]
    with Session(engine, expire_on_commit=False) as session:
        for first, second in product(deeds, deeds):
            naive, real = Naive(), Real(session, homes, about)
            begin = [("join", 11, "w"), ("vote", 11, "all", Choice.SUPPORT)]
            for what, *details in (*begin, first, second):
                getattr(naive, what)(*details)
                getattr(real, what)(*details)
            assert real.tally("all") == naive.tally("all"), (first, second)
            session.rollback()
