"""Whatever happens, whoever reads only the digests misses no decision, and hears of none twice."""

from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise
from random import Random
from typing import Any

import pytest

from bot.domain.digest import digests as digest_digests
from bot.domain.digest import settings as digests
from bot.domain.digest import weeks as digest_weeks
from bot.domain.digest.views import DigestView
from bot.domain.kit.errors import UserError
from bot.domain.posts import claims
from bot.domain.programme import servers, settings
from bot.domain.programme.settings import SettingsPart
from storage.digest.digests import Digest
from storage.digest.events import DECISIONS
from storage.enums import DigestState, FactorStatus
from storage.journal import Entry
from tests.domain.conftest import EVERYWHERE, MANAGER, NOW, World
from tests.domain.digesting import (
    DAY,
    FORUM_EDITION,
    WEEK,
    decide,
    deliver,
    merge,
    send,
    told,
    unmerge,
    vote,
    weeks,
    withdraw,
)

STEPS, CILLA = 90, 13
OPEN = FactorStatus.OPEN
SENT, QUIET, MISSED = DigestState.SENT, DigestState.QUIET, DigestState.MISSED


@dataclass
class Life:
    """A programme whose people, coordinators and machine do as chance has it."""

    world: World
    chance: Random
    now: datetime = NOW
    factors: list[int] = field(default_factory=list)
    seen: list[DigestView] = field(default_factory=list)
    up: bool = True

    def live(self) -> None:
        self.publish()
        for _ in range(STEPS):
            self.now += timedelta(hours=self.chance.choice((1, 1, 3, 9, 20, 40)))
            self.post()
            deed = self.chance.choices(DEEDS, [weight for weight, _ in WEIGHTS])[0]
            with suppress(UserError):  # what cannot be done now is not done
                deed(self)
        self.return_()
        for _ in range(16):
            self.now += DAY
            self.post()

    def post(self) -> None:
        if self.up:
            self.seen += [told(self.world, parcel) for parcel in deliver(self.world, self.now)]

    def any(self) -> int:
        return self.chance.choice(self.factors[-6:])

    # --- what may happen

    def publish(self) -> None:
        track = self.chance.choice(("1", "2", "all"))
        self.factors.append(self.world.factor(CILLA, now=self.now, track=track).id)

    def decide(self) -> None:
        outcome = self.chance.choice((OPEN, FactorStatus.ADOPTED, FactorStatus.DECLINED))
        decide(self.world, self.any(), outcome, self.now)

    def withdraw(self) -> None:
        withdraw(self.world, self.any(), self.now)

    def merge(self) -> None:
        merge(self.world, self.any(), self.any(), self.now)

    def unmerge(self) -> None:
        for factor in self.factors:
            try:
                unmerge(self.world, factor, self.now)
            except UserError:
                continue
            break

    def vote(self) -> None:
        vote(self.world, self.any(), CILLA, self.now)

    def send(self) -> None:
        send(self.world, self.now)
        self.post()

    def move(self) -> None:
        text = f"{self.chance.randrange(7)}|{self.chance.randrange(24)}"
        seen = settings.mark(self.world(settings.view, by=MANAGER).choices, SettingsPart.DIGEST)
        save = settings.save
        self.world(save, SettingsPart.DIGEST, text, seen, by=MANAGER, now=self.now)

    def greet(self) -> None:
        self.world(digests.change, off=(), greeting="Hello", by=MANAGER, now=self.now)

    def go_down(self) -> None:
        """The machine is off for a while; at worst, when a week was just cut."""
        if self.chance.random() < 0.5:
            self.now = max(self.now, self.world(digests.outline, now=self.now).next_at)
            for parcel in self.world(claims.claim, EVERYWHERE, now=self.now, limit=100):
                if parcel.things[0].kind == digest_weeks.WEEK:
                    self.world(claims.perform, parcel, digest_digests.cut, now=self.now)
        self.now += self.chance.choice((DAY, 4 * DAY, 9 * DAY, 3 * WEEK))
        self.world(claims.recover, EVERYWHERE, now=self.now)

    def leave(self) -> None:
        self.world(servers.removed, now=self.now)

    def return_(self) -> None:
        self.world(servers.returned, now=self.now)


WEIGHTS: list[tuple[int, Callable[[Life], None]]] = [
    (6, Life.publish), (8, Life.decide), (3, Life.withdraw), (6, Life.merge), (6, Life.unmerge),
    (3, Life.vote), (2, Life.send), (1, Life.move), (1, Life.greet), (2, Life.go_down),
    (1, Life.leave), (3, Life.return_),
]  # fmt: skip
DEEDS = [deed for _, deed in WEIGHTS]


def naive(entries: list[Entry], row: Digest) -> Counter[FactorStatus]:
    """What a digest has to count: told over from the first day on, factor by factor."""
    found: Counter[FactorStatus] = Counter()
    status: dict[int | None, FactorStatus] = {}
    before: dict[int | None, FactorStatus] = {}
    kinds: dict[int | None, set[str]] = {}
    for entry in entries:
        after = FactorStatus(entry.data.get("after", OPEN))
        if row.starts_at <= entry.at < row.ends_at:
            before.setdefault(entry.subject_id, status.get(entry.subject_id, OPEN))
            kinds.setdefault(entry.subject_id, set()).add(entry.kind)
        if entry.at < row.ends_at:
            status[entry.subject_id] = after
    for factor, done in kinds.items():
        there_and_back = done <= {"factor.merged", "factor.unmerged"}
        if not (there_and_back and before[factor] is status[factor] is OPEN):
            found[status[factor]] += 1
    return found


@pytest.mark.parametrize("seed", range(4))
def test_every_decision_is_told_by_the_one_digest_of_its_time(trial, seed):
    trial.join(CILLA, trial.vasteras)
    life = Life(trial, Random(seed))
    life.live()
    rows: list[Any] = [row for _, row in sorted(weeks(trial).items())]
    assert rows[0].starts_at == NOW
    assert all(one.ends_at == other.starts_at for one, other in pairwise(rows))
    entries = [entry for entry in trial.journal() if entry.kind in DECISIONS]
    assert len(entries) > STEPS // 8
    for entry in entries:
        assert sum(row.starts_at <= entry.at < row.ends_at for row in rows) == 1
    for row in rows:
        expected = naive(entries, row)
        counted = row.editions.get(str(FORUM_EDITION), {}).get("decided", {})
        assert counted == {status.value: number for status, number in expected.items()}
        assert not (expected and row.state is not SENT)
        assert (row.starts_at == row.ends_at) >= (row.state is MISSED)
    # Each edition of each week that has something to tell was posted, once, and says the same.
    loud = {
        (row.week, int(key))
        for row in rows
        for key, data in row.editions.items()
        if row.state is SENT and not data["quiet"]
    }
    posted = [(view.week.value, view.edition.track_id or FORUM_EDITION) for view in life.seen]
    assert sorted(posted) == sorted(loud)
    for view in life.seen:
        about = (view.week.value, view.edition.track_id or FORUM_EDITION)
        assert trial(digest_digests.posted, *about) == view


def test_what_chance_does_covers_what_may_happen(trial):
    """The histories above would prove little if nothing ever went wrong in them."""
    trial.join(CILLA, trial.vasteras)
    life = Life(trial, Random(3))
    life.live()
    states = {row.state for row in weeks(trial).values()}
    kinds = {entry.kind for entry in trial.journal()}
    assert states == {SENT, QUIET, MISSED}
    assert kinds >= {*DECISIONS, "digest.sent", "programme.removed", "programme.changed"}
