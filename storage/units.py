"""Units of work: one call each, run by itself or at once with others that ask for the same."""

import asyncio
import logging
import time
from collections.abc import Callable, Iterable, Sequence
from contextvars import Context
from dataclasses import dataclass, field
from typing import Any, Final, Generic, Literal, NoReturn, TypeAlias, TypeVar, cast

from sqlalchemy import Connection, Engine, event
from sqlmodel import Session

from storage.desk import Desk

Item = TypeVar("Item")
T = TypeVar("T")

PATIENCE: Final = 60.0  # seconds that a unit waits for a database that is busy or away

_Join: TypeAlias = Literal["create_savepoint", "rollback_only"]

_log = logging.getLogger(__name__)


class _Session(Session):
    """A session whose transaction belongs to the door."""

    def commit(self) -> NoReturn:
        """Refuse: others share the transaction, and an error later could not undo this part."""
        raise RuntimeError("a unit of work commits nothing: Database does, when it has returned")

    def rollback(self) -> NoReturn:
        """Refuse, as commit does."""
        raise RuntimeError("a unit of work undoes itself by raising, a part by begin_nested()")


@dataclass(frozen=True, eq=False)
class Together(Generic[Item, T]):
    """Work that many may ask for at the same time, and that is done at once for all of them.

    Two calls belong together where they name the same object.

    Args:
        many: does it for several, each at its own desk, in the order in which they asked. The
            desks share their session. It gives one answer or error for each; if it raises, nothing
            of it is kept, and each is done by itself. Answers hold no row of the session. Where a
            commit was lost on the way it is done again: the same once more must change nothing.
        one: does it for one, with the same answer or error.
    """

    many: Callable[[Sequence[tuple[Desk, Item]]], Sequence[T | Exception]]
    one: Callable[[Desk, Item], T]


@dataclass(frozen=True)
class Part(Generic[Item, T]):
    """One call of some work that is done together: at whose desk, and with what."""

    work: Together[Item, T]
    desk: Callable[[Session], Desk]
    item: Item

    def alone(self, session: Session) -> T:
        """Do it by itself."""
        return self.work.one(self.desk(session), self.item)


@dataclass(slots=True, eq=False)
class Unit(Generic[T]):
    """One call: what to run, in the caller's context, and whom to answer.

    ``part`` says how it can be run with others.
    """

    work: Callable[[Session], T]
    answer: asyncio.Future[T]
    context: Context
    part: Part[Any, T] | None = None
    result: T | None = field(default=None, init=False)
    error: BaseException | None = field(default=None, init=False)
    committing: bool = field(default=False, init=False)
    _since: float = field(default_factory=time.monotonic, init=False)

    @property
    def may_wait(self) -> bool:
        """Whether it has not waited for long."""
        return time.monotonic() - self._since < PATIENCE

    def run(self, bind: Engine | Connection) -> None:
        """Keep the result or the error, whatever kind it is, for no unit may end its thread.

        On an Engine it is a transaction, within a Connection's transaction a savepoint; in both
        the flush comes before the end, so that a constraint's error belongs to this unit. A
        session of its own costs no more than sharing one, and knows nothing of other units.
        """
        self.error, self.committing = None, False
        try:
            with (
                _Session(
                    bind, expire_on_commit=False, join_transaction_mode="create_savepoint"
                ) as session,
                session.begin(),
            ):
                self.result = self.context.run(self.work, session)
                session.flush()
                self.committing = isinstance(bind, Engine)
        except StopIteration as error:
            # A future refuses this one kind of error, and its caller would wait for ever.
            self.error = RuntimeError("a unit of work raised StopIteration")
            self.error.__cause__ = error
        except BaseException as error:  # noqa: BLE001 - it is raised again, by the caller's await
            self.error = error

    def settle(self) -> None:
        """Answer the caller; to be called on their event loop."""
        if self.answer.done():
            return  # the caller was cancelled
        if self.error is not None:
            self.answer.set_exception(self.error)
        else:
            self.answer.set_result(cast("T", self.result))


def settle_all(units: Iterable[Unit[Any]]) -> None:
    """Answer all the callers, from any thread.

    Waking an event loop costs more than an answer: each is woken once.
    """
    waiting: dict[asyncio.AbstractEventLoop, list[Unit[Any]]] = {}
    for unit in units:
        waiting.setdefault(unit.answer.get_loop(), []).append(unit)
    for loop, theirs in waiting.items():
        try:
            loop.call_soon_threadsafe(_settle, theirs)
        except RuntimeError:
            _log.debug("Units of work ended after their event loop: nobody waits for the answers")


def _settle(units: Iterable[Unit[Any]]) -> None:
    for unit in units:
        unit.context.run(unit.settle)


def in_groups(units: Iterable[Unit[Any]]) -> list[list[Unit[Any]]]:
    """Neighbours that can be run together; whatever cannot is by itself."""
    groups: list[list[Unit[Any]]] = []
    for unit in units:
        before = groups[-1][0].part if groups else None
        if before and unit.part and before.work is unit.part.work:
            groups[-1].append(unit)
        else:
            groups.append([unit])
    return groups


def run_together(group: Sequence[Unit[Any]], bind: Engine | Connection, mode: _Join) -> None:
    """Run several at once, and keep their answers.

    Raises:
        Exception: whatever came in the way; then nothing of it is written.
    """
    parts = [unit.part for unit in group if unit.part]
    with (
        _Session(bind, expire_on_commit=False, join_transaction_mode=mode) as session,
        session.begin(),
    ):
        desks = [(part.desk(session), part.item) for part in parts]
        answers = group[0].context.run(parts[0].work.many, desks)
        session.flush()
    for unit, answer in zip(group, answers, strict=True):
        unit.result, unit.error = (
            (None, answer) if isinstance(answer, Exception) else (answer, None)
        )


@event.listens_for(_Session, "loaded_as_persistent")
@event.listens_for(_Session, "pending_to_persistent")
def _hold(session: Session, row: object) -> None:
    """Keep a row as long as the unit runs: else it is read again whenever nobody holds it."""
    session.info.setdefault("held", []).append(row)
