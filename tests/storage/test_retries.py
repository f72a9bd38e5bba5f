"""On PostgreSQL a unit that lost to another is run again; shown on SQLite with a made-up loss."""

import time
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import create_engine
from sqlalchemy.exc import OperationalError, ProgrammingError
from sqlmodel import Session

import storage.database
import storage.doors
from storage.database import Database
from storage.errors import Hindrance, NotWritten
from storage.hindrances import Health
from tests.storage.scene import soon


class LostError(Exception):
    sqlstate = "40001"


@pytest.fixture
def pool(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    quick = SimpleNamespace(sleep=lambda _: None, monotonic=time.monotonic)
    monkeypatch.setattr(storage.doors, "time", quick)
    engine = create_engine(f"sqlite:///{tmp_path}/pool.db")
    return storage.doors.Pool(engine, 1, "leda-pool", Health("pool"), NotWritten)


async def test_a_unit_that_lost_to_another_is_run_again(pool: Any):
    runs: list[int] = []

    def work(_session: Session) -> int:
        runs.append(1)
        if len(runs) < 4:
            raise ProgrammingError("UPDATE", None, LostError())
        return len(runs)

    assert await through(pool, work) == 4


async def test_a_unit_that_always_loses_gets_its_error(pool: Any):
    runs: list[int] = []

    def work(_session: Session) -> None:
        runs.append(1)
        raise OperationalError("UPDATE", None, LostError())

    with pytest.raises(NotWritten) as refused:
        await through(pool, work)
    assert refused.value.hindrance is Hindrance.BUSY
    assert len(runs) == storage.doors.ATTEMPTS


async def through(pool: Any, work: Callable[[Session], Any]) -> Any:
    database = Database("sqlite:///never-opened.db")
    try:
        return await soon(database._run(pool, work))
    finally:
        pool.close()
