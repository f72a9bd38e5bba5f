"""What is read from the big database without Discord: searches, and a week's digest."""

import asyncio
import random
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median, quantiles
from typing import Any, Final

from sqlalchemy import Engine
from sqlmodel import Session, select

from bot.domain.digest import digests
from bot.domain.when.clocks import Week
from storage import engines
from storage.database import Database
from storage.desk import Person
from storage.enums import FactorStatus
from storage.factors import finding
from storage.kit.programmes import Programme
from storage.search import matching
from tests import desks
from tests.bench.corpus import Corpus
from tests.bench.goals import Row

_SEARCHES: Final = 120  # of each kind
_SEARCH_WITHIN: Final = 50.0  # ms
_DIGEST_WITHIN: Final = 0.2  # seconds
_BLOCKED: Final = 0.02  # seconds
_TICK: Final = 0.001  # seconds
_TIMES: Final = 4


def searches(database: Path) -> dict[str, Row]:
    """Texts that are looked for among all factors, each in a transaction of its own."""
    engine = engines.reading(engines.parse(f"sqlite:///{database}"))
    with Session(engine) as session:
        programme = session.exec(select(Programme.id)).one()
    corpus, choose = Corpus(seed=8), random.Random(4)
    drafts = [(corpus.text(3, 9), corpus.text(20, 90)) for _ in range(_SEARCHES)]
    drafts = [(corpus.mistyped(t) if n % 4 == 0 else t, how) for n, (t, how) in enumerate(drafts)]
    said = [corpus.text(1, 4) for _ in range(_SEARCHES)]
    said = [corpus.mistyped(text) if n % 4 == 0 else text for n, text in enumerate(said)]
    begun = [text[: choose.randint(1, len(text))] for text in said]
    every = matching.Within(programme)
    few = matching.Within(programme, 1, (FactorStatus.DECLINED,))
    page = {"offset": 0, "limit": 6}
    asked = {
        "autocomplete": [(finding.titles, (every, text, 25), {}) for text in begun],
        "similar": [(finding.similar, (every, *draft), {}) for draft in drafts],
        "search": [(finding.find, (every, text), page) for text in said],
        "search in a track": [(finding.find, (few, text), page) for text in said],
    }
    p95 = {name: _p95(engine, programme, calls) for name, calls in asked.items()}
    engine.dispose()
    print("  p95 of searches:", ", ".join(f"{name} {ms:.1f} ms" for name, ms in p95.items()))
    first = p95.pop("autocomplete")
    name, slowest = max(p95.items(), key=lambda each: each[1])
    return {
        "autocomplete": Row("", f"{first:.1f}", "", first <= _SEARCH_WITHIN),
        "search": Row("", f"{slowest:.1f}", name, slowest <= _SEARCH_WITHIN),
    }


def _p95(
    engine: Engine, programme: int, calls: Sequence[tuple[Callable[..., Any], Any, Any]]
) -> float:
    """Milliseconds; each once, after a few that fill the caches of the system and of SQLAlchemy."""
    times = []
    for number, (work, args, more) in enumerate([*calls[:10], *calls]):
        began = time.perf_counter()
        with Session(engine) as session, session.begin():
            work(desks.bare(session, programme), *args, **more)
        if number >= 10:
            times.append(1000 * (time.perf_counter() - began))
    return quantiles(times, n=20)[-1]


async def a_week(database: Path) -> dict[str, Row]:
    """The digest of the week that is due, of one five years ago, and of one of the first."""
    db = Database(f"sqlite:///{database}")
    await db.open()
    programme = await db.read(lambda session: session.exec(select(Programme.id)).one())
    here = db.visit(programme, Person(1, frozenset(), manages_server=True), datetime.now(UTC))
    took, blocks = [], []
    for ago in (None, 261, 515):
        day = (here.now - timedelta(weeks=ago or 0)).date()
        week = Week.on(day).value if ago else None
        seconds, block = await _timed(lambda w=week: here.read(digests.preview, w, None))
        took.append(seconds)
        blocks.append(block)
    await db.close()
    print("  digests of now, five and ten years ago:",
          ", ".join(f"{1000 * each:.0f} ms" for each in took))  # fmt: skip
    longest, blocked = max(took), max(blocks)
    return {
        "digest": Row("", f"{longest:.2f}", "", longest <= _DIGEST_WITHIN),
        "digest block": Row("", f"{1000 * blocked:.1f}", "", blocked <= _BLOCKED),
    }


async def _timed(work: Callable[[], Any]) -> tuple[float, float]:
    """How long it takes, and holds up the loop: the medians of some times after a first one."""
    times, blocks = [], []
    for turn in range(_TIMES + 1):
        stopped = asyncio.Event()
        ticker = asyncio.create_task(_tick(stopped))
        await asyncio.sleep(0.01)
        began = time.perf_counter()
        await work()
        taken = time.perf_counter() - began
        stopped.set()
        block = await ticker
        if turn:
            times.append(taken)
            blocks.append(block)
    return median(times), median(blocks)


async def _tick(stopped: asyncio.Event) -> float:
    """How long the loop was held up at most, until it is stopped (seconds)."""
    longest = 0.0
    while not stopped.is_set():
        before = time.perf_counter()
        with suppress(TimeoutError):
            await asyncio.wait_for(stopped.wait(), _TICK)
        longest = max(longest, time.perf_counter() - before - _TICK)
    return longest
