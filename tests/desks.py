"""A bridge: use cases that take a desk, called as before with programme, person, … and now."""

import inspect
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from sqlmodel import Session

from storage.desk import Desk, Person


def takes_desk(work: Callable[..., Any]) -> bool:
    """Whether a use case is handed a desk."""
    first = next(iter(inspect.signature(work).parameters.values()), None)
    return first is not None and first.annotation is Desk


def call(session: Session, work: Callable[..., Any], *args: Any, at: datetime, **more: Any) -> Any:
    """Run a use case; ``at`` is the time where no other is said."""
    if not takes_desk(work):
        return work(session, *args, **more)
    programme_id, *rest = args
    if not isinstance(programme_id, int):  # a parcel, which names its programme itself
        programme_id, rest = programme_id.programme_id, [programme_id, *rest]
    person = rest.pop(0) if rest and isinstance(rest[0], Person) else None
    now = at if "now" in inspect.signature(work).parameters else more.pop("now", at)
    return work(Desk(session, programme_id, person, now), *rest, **more)


def bare(session: Session, programme_id: int = 1) -> Desk:
    """A desk for queries: nobody asks, and it is some time."""
    return Desk(session, programme_id, None, datetime(2026, 11, 23, 9, tzinfo=UTC))
