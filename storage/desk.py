"""The desk: what one unit of work needs, handed to use cases and queries as one thing."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session

from storage import journal


@dataclass(frozen=True, slots=True)
class Person:
    """A member of a server, as Discord describes them at the moment they ask."""

    id: int
    roles: frozenset[int]
    manages_server: bool


@dataclass(frozen=True, slots=True)
class Desk:
    """One unit of work: the transaction, whose programme, who asks, and when (aware UTC).

    ``person`` is None for leda's own work, which sees all. Who is acted upon is never at the desk,
    but a parameter. Desks of one batch share their ``session``.
    """

    session: Session
    programme_id: int
    person: Person | None
    now: datetime

    @property
    def asker(self) -> Person:
        """Who asks.

        Raises:
            RuntimeError: nobody does; a use case that needs somebody was run as leda's own work.
        """
        if self.person is None:
            raise RuntimeError("this use case needs somebody who asks")
        return self.person

    def note(self, kind: str, subject_id: int | None = None, **data: Any) -> None:
        """Write into the journal what the asker, or leda itself, has done just now.

        Args:
            kind: what it was, as ``subject.verb``: ``factor.published``.
            subject_id: which one.
            data: what changed; never what people wrote.
        """
        who = self.person.id if self.person else None
        journal.write(self.session, self.programme_id, self.now, who, kind, subject_id, **data)
