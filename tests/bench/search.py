"""``python -m tests.bench.search`` (``make bench``): how fast things are found among 50 000.

A SQLite file is filled with factors of one programme and a few more of others; then a few hundred
different texts are looked for, each in a transaction of its own as the program does it.
"""

import argparse
import multiprocessing
import os
import platform
import random
import resource
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from statistics import median, quantiles
from typing import Any

import sqlalchemy
from sqlalchemy import Engine, insert, text
from sqlmodel import Session, select

from storage import engines
from storage.enums import FactorKind, FactorStatus
from storage.factors import finding
from storage.factors.factors import Factor
from storage.kit import programmes  # noqa: F401  (the tables that factors refer to)
from storage.members import participants  # noqa: F401  (the tables that factors refer to)
from storage.organisations import organisations  # noqa: F401  (the tables that factors refer to)
from storage.search import matching, terms
from storage.search.stems import fold
from storage.tracks import tracks  # noqa: F401  (the tables that factors refer to)
from storage.upgrade import upgrade
from tests import desks
from tests.bench.corpus import Corpus

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
PROGRAMME, OTHER = 2**62 + 1, 2**62 + 2
GOAL_MS = 50


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--factors", type=int, default=50_000)
    parser.add_argument("--queries", type=int, default=300, help="of each kind")
    asked = parser.parse_args()
    print(f"{platform.platform()}, {os.cpu_count()} cores, Python {platform.python_version()}, ")
    print(f"SQLite {sqlite3.sqlite_version}, SQLAlchemy {sqlalchemy.__version__}")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "leda.db"
        url = f"sqlite:///{file}"
        upgrade(url, now=NOW)
        # By a process of its own, so that memory is that of searching alone.
        filling = multiprocessing.get_context("spawn").Process(
            target=fill, args=(url, asked.factors)
        )
        filling.start()
        filling.join()
        assert filling.exitcode == 0
        print(f"file: {file.stat().st_size / 1e6:.0f} MB")
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        figures = measure(url, asked.queries)
        after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(f"memory: {(after - before) / (1024 * (1024 if sys.platform == 'darwin' else 1)):.0f} MB "
          "more at its highest than before the first search")  # fmt: skip
    for name, times in figures.items():
        tell(name, times)


def fill(url: str, number: int) -> None:
    """Factors in bulk, without their votes and people; the index as a migration makes it."""
    started = time.perf_counter()
    corpus, choose = Corpus(), random.Random(3)
    statuses = [FactorStatus.OPEN] * 8 + [FactorStatus.ADOPTED, FactorStatus.DECLINED]
    engine = engines.migrating(engines.parse(url))
    rows = []
    for key in range(1, number + number // 10 + 1):
        title = corpus.text(3, 9)
        rows.append({
            "id": key, "programme_id": PROGRAMME if key <= number else OTHER,
            "track_id": choose.choice([1, 2, None]), "title": title, "folded": fold(title),
            "kind": FactorKind.PROMOTING, "how": corpus.text(20, 90), "participant_id": 1,
            "organisation_id": 1, "status": choose.choice(statuses), "created_at": NOW,
        })  # fmt: skip
    with engine.begin() as connection:
        connection.execute(insert(Factor), rows)
        made = time.perf_counter()
        terms.rebuild(connection)
        held = connection.scalar(text("SELECT count(*) FROM term"))
    engine.dispose()
    print(f"{len(rows)} factors made in {made - started:.0f} s, "
          f"indexed in {time.perf_counter() - made:.0f} s; {held} terms")  # fmt: skip


def measure(url: str, number: int) -> dict[str, list[float]]:
    """Milliseconds of each call, by what was asked."""
    engine = engines.reading(engines.parse(url))
    corpus, choose = Corpus(seed=8), random.Random(4)
    drafts = [(corpus.text(3, 9), corpus.text(20, 90)) for _ in range(number)]
    drafts = [(corpus.mistyped(t) if n % 4 == 0 else t, how) for n, (t, how) in enumerate(drafts)]
    said = [corpus.text(1, 4) for _ in range(number)]
    said = [corpus.mistyped(text) if n % 4 == 0 else text for n, text in enumerate(said)]
    begun = [text[: choose.randint(1, len(text))] for text in said]
    every, few = matching.Within(PROGRAMME), matching.Within(PROGRAMME, 1, (FactorStatus.DECLINED,))
    page = {"offset": 0, "limit": 6}
    return {
        "similar": timed(engine, finding.similar, [(every, *draft) for draft in drafts]),
        "search": timed(engine, finding.find, [(every, text) for text in said], **page),
        "search, one status of a track": timed(
            engine, finding.find, [(few, text) for text in said], **page
        ),
        "autocomplete": timed(engine, finding.titles, [(every, text, 25) for text in begun]),
        "put": putting(url, corpus, number),
    }


def timed(
    engine: Engine, work: Callable[..., Any], calls: list[tuple[Any, ...]], **more: Any
) -> list[float]:
    """Each call once, after a few that fill the caches of the system and of SQLAlchemy."""
    times = []
    for number, call in enumerate([*calls[:10], *calls]):
        started = time.perf_counter()
        with Session(engine) as session, session.begin():
            work(desks.bare(session, PROGRAMME), *call, **more)
        if number >= 10:
            times.append((time.perf_counter() - started) * 1000)
    return times


def putting(url: str, corpus: Corpus, number: int) -> list[float]:
    """Edits, without the commit that they share with others."""
    engine = engines.migrating(engines.parse(url))  # the factors hang on nothing
    times = []
    with Session(engine) as session, session.begin():
        keys = session.exec(select(Factor.id).limit(number)).all()
        for key in keys:
            texts = corpus.text(3, 9), corpus.text(20, 90)
            started = time.perf_counter()
            with session.begin_nested():
                terms.put(session, key, PROGRAMME, *texts, "")
            times.append((time.perf_counter() - started) * 1000)
    engine.dispose()
    return times


def tell(name: str, times: list[float]) -> None:
    """One line of figures."""
    p95 = quantiles(times, n=20)[-1]
    verdict = (
        "" if name == "put" else f"   goal {GOAL_MS}: {'kept' if p95 <= GOAL_MS else 'MISSED'}"
    )
    print(f"{name:<30} p50 {median(times):6.1f}   p95 {p95:6.1f}   "
          f"max {max(times):6.1f} ms{verdict}")  # fmt: skip


if __name__ == "__main__":
    main()
