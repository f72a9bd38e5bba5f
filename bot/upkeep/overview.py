"""How a database is doing, for an operator: read beside a leda that runs on it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlmodel import Session

from bot.domain.posts import planning
from storage import engines
from storage.errors import UnreachableDatabase
from storage.programme.overview import numbers
from storage.shards import ALL
from storage.upgrade import current_revision, head_revision

_NEXT: Final = 3
_LATE: Final = timedelta(minutes=2)
_LOOK_BACK, _AHEAD = timedelta(days=14), timedelta(days=60)


@dataclass(frozen=True)
class Figures:
    """What is in a database: moments are aware UTC, ``size`` in bytes (None for PostgreSQL)."""

    database: str
    revision: str
    size: int | None
    programmes: int
    participants: int
    next_posts: tuple[datetime, ...]
    late: int
    failed: int

    def as_json(self) -> dict[str, Any]:
        """As JSON takes it."""
        return {
            "database": self.database, "schema": self.revision, "size": self.size,
            "programmes": self.programmes, "participants": self.participants,
            "next_posts": [each.isoformat() for each in self.next_posts],
            "late_posts": self.late, "failed_posts": self.failed,
        }  # fmt: skip


def overview(url: str, now: datetime) -> Figures:
    """Look at a database, beside whoever uses it.

    Args:
        url: as in the settings.
        now: aware UTC.

    Raises:
        UnreachableDatabase, DamagedDatabase: it cannot be read, or is of another release.
    """
    parsed = engines.parse(url)
    where, file = engines.where(parsed), engines.file_of(parsed)
    if file and not file.exists():
        raise UnreachableDatabase(where, "there is no such file, the first start makes it")
    revision, head = current_revision(parsed), head_revision()
    if revision is None or revision != head:
        found = revision or "no schema yet"
        raise UnreachableDatabase(where, f"it is at {found}, this release at {head}: leda migrate")
    engine = engines.reading(parsed)
    try:
        with engines.explained(parsed), Session(engine) as session:
            found_numbers = numbers(session, now - _LATE, now - _LOOK_BACK)
            ahead = planning.moments(session, ALL, after=now, until=now + _AHEAD)
    finally:
        engine.dispose()
    return Figures(
        where, revision, file.stat().st_size if file else None,
        found_numbers.programmes, found_numbers.participants,
        tuple(sorted(ahead)[:_NEXT]), found_numbers.late, found_numbers.failed,
    )  # fmt: skip
