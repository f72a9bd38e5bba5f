"""Use cases run in a session, as the program's doors run them."""

import inspect
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from sqlmodel import Session

from storage.desk import Desk, Person


def call(
    session: Session,
    work: Callable[..., Any],
    *args: Any,
    by: Person | None = None,
    now: datetime,
    programme: int,
    **more: Any,
) -> Any:
    """Run a use case or a query at a desk; what goes over many programmes gets the session."""
    takes = inspect.signature(work).parameters
    if next(iter(takes.values())).annotation is Desk:
        return work(Desk(session, programme, by, now), *args, **more)
    return work(session, *args, **({"now": now} if "now" in takes else {}), **more)


def bare(session: Session, programme_id: int = 1) -> Desk:
    """A desk for queries: nobody asks, and it is some time."""
    return Desk(session, programme_id, None, datetime(2026, 11, 23, 9, tzinfo=UTC))
