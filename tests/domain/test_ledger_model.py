"""Whatever two couriers do, and whenever either dies, each planned post is out once.

A model: Discord is a list of posts that knows a nonce for some minutes; couriers claim, check that
they still hold what they claimed, post (looking first where it may be out), and settle; they die
between any two of these, and start again. Two run beside each other, as while a new release takes
over from the old one. A single request takes less time than Discord remembers a nonce: between the
check and the post no time passes.
"""

from dataclasses import dataclass, field
from datetime import timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from sqlmodel import Session, SQLModel, create_engine, select
from sqlmodel.pool import StaticPool

from bot.domain.posts import claims, planning
from bot.domain.posts.claims import Parcel
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

    claimed: list[Parcel] = field(default_factory=list)
    checked: Parcel | None = None
    posted: list[Parcel] = field(default_factory=list)


@dataclass
class Shown:
    """A message in a channel."""

    number: int
    keys: frozenset[int]
    at: object


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
        self.planned = 0

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
        post = Post(
            f"k{self.planned}", "kind", 7, way, due, due + LASTS, "forum",
            None if way is Way.POST else 5,
        )  # fmt: skip
        for _ in range(2):  # whoever plans may do it again
            self.do(planning.plan, [post])

    @rule(which=couriers)
    def claim(self, which):
        found = self.do(claims.claim, ALL, now=self.now, limit=5)
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
        if fate != "refused":
            self.put(parcel)
        if fate == "well":
            courier.posted.append(parcel)
        else:
            self.do(claims.later, parcel, Note.AWAY, chance=0.5, now=self.now)

    def put(self, parcel):
        there = [each for each in self.shown if each.number == parcel.lead_id]
        if there and (parcel.look or self.now - there[-1].at <= NONCE):
            return
        keys = frozenset(each for thing in parcel.things for each in thing.ids)
        self.shown.append(Shown(parcel.lead_id, keys, self.now))

    @rule(which=couriers)
    def settle(self, which):
        for parcel in self.couriers[which].posted:
            self.do(claims.sent, parcel, 1, 2, now=self.now)
        self.couriers[which].posted = []

    @rule(which=couriers)
    def die_and_start_again(self, which):
        self.couriers[which] = Courier()
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
        self.couriers = [Courier(), Courier()]
        self.now += timedelta(hours=2)
        self.do(claims.recover, ALL, now=self.now)
        for _ in range(6):
            for parcel in self.do(claims.claim, ALL, now=self.now, limit=100):
                self.put(parcel)
                self.do(claims.sent, parcel, 1, 2, now=self.now)
            self.now += timedelta(hours=5)
        self.nothing_is_out_twice()
        out = {key for each in self.shown for key in each.keys}
        for row in self.rows():
            if row.state in {DeliveryState.DROPPED, DeliveryState.FAILED}:
                assert row.id in out or row.note in {Note.EXPIRED, Note.AWAY}
            else:
                assert (row.state, row.id in out) == (DeliveryState.SENT, True), row
        self.engine.dispose()


TestLedger = Ledger.TestCase
TestLedger.settings = settings(stateful_step_count=40)
