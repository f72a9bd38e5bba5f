"""Whatever two couriers do, and whenever either dies, each planned post is out once.

A model: Discord is a list of posts that knows a nonce for some minutes; couriers claim, check that
they still hold what they claimed, post (looking first where it may be out), and settle; they die
between any two of these, and start again. Two run beside each other, as while a new release takes
over from the old one. While neither runs, an older file may be put in place: what was planned since
is forgotten, and its rows' ids are given to others. A single request takes less time than Discord
remembers a nonce: between the check and the post no time passes.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from sqlmodel import Session, SQLModel, create_engine, delete, select
from sqlmodel.pool import StaticPool

from bot.domain.posts import claims, planning
from bot.domain.posts.claims import Out, Parcel
from bot.domain.posts.planning import Note, Post
from storage.enums import DeliveryState, Language, Preset, Way
from storage.kit.programmes import Programme
from storage.posts.deliveries import Delivery
from storage.shards import Shards
from tests import desks
from tests.domain.conftest import HERE, NOW

ALL = Shards(1, frozenset({0}))
NONCE = timedelta(minutes=3)
LASTS = timedelta(hours=30)
couriers = st.integers(0, 1)


@dataclass
class Courier:
    """What one process remembers; a crash forgets it."""

    began: datetime = NOW
    claimed: list[Parcel] = field(default_factory=list)
    checked: Parcel | None = None
    posted: list[tuple[Parcel, Out | None]] = field(default_factory=list)


@dataclass
class Shown:
    """A message: in which place, under which nonce, and what it says to whom."""

    place: Way
    nonce: tuple[int, int]
    out: Out
    keys: frozenset[str]
    at: datetime


class Ledger(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.engine = create_engine(
            "sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False}
        )
        SQLModel.metadata.create_all(self.engine, tables=[Programme.__table__, Delivery.__table__])
        with Session(self.engine) as session:
            programme = Programme(
                id=HERE, language=Language.EN, timezone="UTC", preset=Preset.LEDA, created_at=NOW
            )
            session.add(programme)
            session.commit()
        self.now, self.couriers, self.shown = NOW, [Courier(), Courier()], []
        self.planned, self.backup = 0, []

    def do(self, work, *args, now=None, **more):
        with Session(self.engine, expire_on_commit=False) as session:
            result = desks.call(session, work, *args, now=now or self.now, programme=HERE, **more)
            session.commit()
            return result

    def rows(self):
        return self.do(lambda session: list(session.exec(select(Delivery)).all()))

    @property
    def requesting(self) -> bool:
        return any(each.checked is not None for each in self.couriers)

    @rule(way=st.sampled_from([Way.POST, Way.DIRECT, Way.MENTION]), ahead=st.integers(0, 90))
    def plan(self, way, ahead):
        self.planned += 1
        due = self.now + timedelta(minutes=ahead)
        posts = [
            Post(
                f"k{self.planned}.{member}", "kind", self.planned, way, due, due + LASTS, "forum",
                member,
            )
            for member in ([None] if way is Way.POST else [5, 6] if way is Way.MENTION else [5])
        ]  # fmt: skip
        for _ in range(2):  # whoever plans may do it again
            self.do(planning.plan, posts)

    @rule(which=couriers)
    def claim(self, which):
        began = self.couriers[which].began
        found = self.do(claims.claim, ALL, now=self.now, limit=5, began=began)
        self.couriers[which].claimed += found

    @precondition(lambda self: not self.requesting)
    @rule(which=couriers)
    def check(self, which):
        courier = self.couriers[which]
        if courier.claimed:
            parcel = courier.claimed.pop(0)
            courier.checked = parcel if self.do(claims.holds, parcel) else None

    @rule(which=couriers, fate=st.sampled_from(["well", "well", "lost", "refused"]))
    def post(self, which, fate):
        """The request is carried out, or not; or it is, and nobody hears of it."""
        courier = self.couriers[which]
        parcel, courier.checked = courier.checked, None
        if parcel is None:
            return
        out = self.put(parcel) if fate != "refused" else None
        if fate == "well":
            courier.posted.append((parcel, out))
        else:
            self.do(claims.later, parcel, Note.AWAY, chance=0.5, now=self.now)

    def put(self, parcel):
        """Post it, unless it is found; what was found of it."""
        numbers = frozenset(thing.number for thing in parcel.things)
        for each in self.shown if parcel.look else ():
            said = each.out.numbers & numbers
            ours = parcel.way is not Way.MENTION or each.out.people & set(parcel.people)
            if each.place is _place(parcel) and said and ours:
                return Out(said, each.out.people)
        nonce = parcel.lead_id, parcel.things[0].number
        if not any(each.nonce == nonce and self.now - each.at <= NONCE for each in self.shown):
            ids = {each for thing in parcel.things for each in thing.ids}
            keys = frozenset(row.key for row in self.rows() if row.id in ids)
            out = Out(numbers, frozenset(parcel.people))
            self.shown.append(Shown(_place(parcel), nonce, out, keys, self.now))
        return None

    @rule(which=couriers)
    def settle(self, which):
        for parcel, out in self.couriers[which].posted:
            self.do(claims.sent, parcel, 1, 2, now=self.now, out=out)
        self.couriers[which].posted = []

    @precondition(lambda self: not self.requesting)
    @rule(which=couriers)
    def bring_all(self, which):
        """All that is due, with nothing in the way."""
        began = self.couriers[which].began
        while found := self.do(claims.claim, ALL, now=self.now, limit=100, began=began):
            for parcel in found:
                out = self.put(parcel)
                self.do(claims.sent, parcel, 1, 2, now=self.now, out=out)

    @rule(which=couriers)
    def die_and_start_again(self, which):
        self.couriers[which] = Courier(self.now)
        self.do(claims.recover, ALL, now=self.now)

    @rule()
    def back_up(self):
        self.backup = [row.model_dump() for row in self.rows()]

    @precondition(lambda self: not self.requesting)
    @rule()
    def put_back(self):
        """The file as it was; then those of its programs start that are wanted."""
        with Session(self.engine) as session:
            session.exec(delete(Delivery))
            session.add_all(Delivery(**row) for row in self.backup)
            session.commit()
        self.couriers = [Courier(self.now), Courier(self.now)]
        self.do(claims.recover, ALL, now=self.now)

    @precondition(lambda self: not self.requesting)
    @rule(minutes=st.sampled_from([1, 5, 20, 60]))
    def pass_time(self, minutes):
        self.now += timedelta(minutes=minutes)

    @invariant()
    def nothing_is_out_twice(self):
        out = [key for each in self.shown for key in each.keys]
        assert len(out) == len(set(out)), self.shown

    def teardown(self):
        """One courier that is left alone gets everything out."""
        self.now += timedelta(hours=2)
        self.do(claims.recover, ALL, now=self.now)
        for _ in range(6):
            self.bring_all(0)
            self.now += timedelta(hours=5)
        self.nothing_is_out_twice()
        out = {key for each in self.shown for key in each.keys}
        for row in self.rows():
            if row.state in {DeliveryState.DROPPED, DeliveryState.FAILED}:
                assert row.key in out or row.note in {Note.EXPIRED, Note.AWAY}
            else:
                assert (row.state, row.key in out) == (DeliveryState.SENT, True), row
        self.engine.dispose()


def _place(parcel):
    return Way.DIRECT if parcel.way is Way.DIRECT else Way.POST


def test_what_went_out_ahead_of_its_time_is_looked_for_after_an_older_file_was_put_in_place():
    ledger = Ledger()
    ledger.plan(Way.DIRECT, 30)
    ledger.back_up()
    ledger.plan(Way.DIRECT, 0)
    ledger.bring_all(0)
    assert [len(each.keys) for each in ledger.shown] == [2]
    ledger.put_back()
    ledger.pass_time(60)
    ledger.teardown()
    assert len(ledger.shown) == 1


def test_of_what_goes_together_each_is_looked_for():
    """One was out when an older file was put in place; since then both are due."""
    ledger = Ledger()
    ledger.plan(Way.DIRECT, 0)
    ledger.plan(Way.DIRECT, 75)
    ledger.back_up()
    ledger.bring_all(0)
    ledger.put_back()
    ledger.teardown()
    assert [each.keys for each in ledger.shown] == [{"k1.5"}, {"k2.5"}]


def test_a_row_with_the_number_of_another_that_has_gone_out_is_not_taken_for_it():
    ledger = Ledger()
    ledger.plan(Way.POST, 0)
    ledger.bring_all(0)
    ledger.put_back()
    ledger.plan(Way.POST, 0)
    ledger.pass_time(5)
    ledger.couriers[0].began = ledger.now
    ledger.bring_all(0)
    assert [each.keys for each in ledger.shown] == [{"k1.None"}, {"k2.None"}]
    ledger.teardown()


TestLedger = Ledger.TestCase
TestLedger.settings = settings(stateful_step_count=40)
