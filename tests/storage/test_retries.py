"""On PostgreSQL a unit that lost to another is run again; shown on SQLite with a made-up loss."""

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import create_engine
from sqlalchemy.exc import OperationalError, ProgrammingError
from sqlmodel import Session

import storage.database
import storage.units
from storage.database import Database
from tests.storage.scene import soon


class LostError(Exception):
    sqlstate = "40001"


@pytest.fixture
def pool(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setattr(storage.units, "time", SimpleNamespace(sleep=lambda _: None))
    return storage.units.Pool(create_engine(f"sqlite:///{tmp_path}/pool.db"), 1, "leda-pool")


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

    with pytest.raises(OperationalError):
        await through(pool, work)
    assert len(runs) == storage.units.ATTEMPTS


async def through(pool: Any, work: Callable[[Session], Any]) -> Any:
    database = Database("sqlite:///never-opened.db")
    try:
        return await soon(database._run(pool, work))
    finally:
        pool.close()
