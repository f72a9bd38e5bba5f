"""What the tests of the door share: a table, a few units of work, and a writer that can be held."""

import asyncio
import contextlib
import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any, Self

from sqlalchemy import event, insert
from sqlalchemy.orm import registry
from sqlmodel import Field, Session, SQLModel, select

from storage.database import Database

PATIENCE = 20.0  # seconds before a test that hangs fails


class Base(SQLModel, registry=registry()):
    """Apart from the product's own tables."""


class Note(Base, table=True):
    id: int | None = Field(default=None, primary_key=True)
    text: str = Field(unique=True)
    count: int = 0


class Reply(Base, table=True):
    id: int | None = Field(default=None, primary_key=True)
    note_id: int = Field(foreign_key="note.id")


async def opened(url: str) -> Database:
    database = Database(url)
    await database.open()
    await database.write(lambda session: Base.metadata.create_all(session.connection()))
    return database


def put(session: Session, said: str) -> str:
    session.exec(insert(Note).values(text=said, count=0))
    return said


def limit(session: Session, pages: int) -> None:
    """Let the file grow to so many pages, as a disk would."""
    session.connection().exec_driver_sql(f"PRAGMA max_page_count={pages}")


def texts(session: Session) -> set[str]:
    return set(session.exec(select(Note.text)))


def texts_in(file: Path) -> set[str]:
    """Read by somebody else, as after a crash."""
    with contextlib.closing(sqlite3.connect(file)) as connection:
        return {said for (said,) in connection.execute("SELECT text FROM note")}


class Held:
    """A unit that stays in the writer until it is released; what is asked meanwhile queues up."""

    def __init__(self, database: Database) -> None:
        self.entered, self._released = threading.Event(), threading.Event()
        self.task = asyncio.create_task(database.write(self._work))

    def _work(self, session: Session) -> str:
        put(session, "held")
        self.entered.set()
        assert self._released.wait(PATIENCE)
        return "held"

    async def __aenter__(self) -> Self:
        assert await asyncio.to_thread(self.entered.wait, PATIENCE)
        return self

    async def __aexit__(self, *_: object) -> None:
        self.release()
        await soon(asyncio.wait([self.task]))

    def release(self) -> None:
        self._released.set()


async def soon(awaitable: Any) -> Any:
    async with asyncio.timeout(PATIENCE):
        return await awaitable


async def start(*calls: Any) -> list[asyncio.Task[Any]]:
    """Start them, in this order; when this returns each has asked the database."""
    tasks = [asyncio.create_task(call) for call in calls]
    await asyncio.sleep(0)
    return tasks


async def outcomes(tasks: list[asyncio.Task[Any]]) -> list[Any]:
    return await soon(asyncio.gather(*tasks, return_exceptions=True))


def commits_of(database: Database, on_commit: Callable[[Any], None]) -> None:
    event.listen(database._writers._engine, "commit", on_commit)
