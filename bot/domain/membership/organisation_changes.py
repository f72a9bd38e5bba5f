"""Taking organisations in, one or hundreds at once: names that can be kept, and codes."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from bot.domain import names, texts
from bot.domain.errors import NameTooLong, TextMissing
from storage import factors, journal, organisations
from storage.organisations import Organisation

# Without letters and digits that are taken for one another, on paper or on the phone.
CODE_LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
CODE_LENGTH = 8


@dataclass(frozen=True)
class Wanted:
    """An organisation that is to take part; its name is checked, its tracks are there."""

    name: str
    track_ids: tuple[int, ...]
    size: int | None


def need_name(said: str) -> str:
    """A name that can be kept.

    Raises:
        TextMissing, NameTooLong: it cannot.
    """
    name = texts.clean_line(said)
    if not names.fold(name):
        raise TextMissing
    if len(name) > texts.NAME_LIMIT:
        raise NameTooLong(limit=texts.NAME_LIMIT)
    return name


def take_in(
    session: Session, programme_id: int, who: int, wanted: Sequence[Wanted], *, now: datetime
) -> list[Organisation]:
    """Let organisations take part whose names are free. Those that were removed come back."""
    taken = organisations.codes(session, programme_id)
    removed = organisations.removed(session, programme_id)
    rows = []
    for each in wanted:
        folded = names.fold(each.name)
        row = removed.get(folded) or Organisation(
            programme_id=programme_id, name=each.name, folded=folded, created_at=now
        )
        row.name, row.removed_at, row.code = each.name, None, new_code(taken)
        row.size = row.size if each.size is None else each.size
        taken.add(row.code)
        rows.append(row)
    session.add_all(rows)
    session.flush()
    pairs = zip(rows, wanted, strict=True)
    organisations.add_tracks(session, [(r.id or 0, t) for r, w in pairs for t in w.track_ids])
    factors.make_due(session, programme_id)
    for row in rows:
        journal.write(session, programme_id, now, who, "organisation.added", row.id, name=row.name)
    return rows


def new_code(taken: set[str]) -> str:
    """A code that nobody can guess, and that is none of those."""
    while True:
        code = "".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH))
        if code not in taken:
            return code
