"""The big database: a programme of ten years, with 50 000 factors and 1 000 000 votes.

It begins as the small scene, and is filled by bulk SQL, in about a minute. :func:`path` keeps it
between runs; nobody writes into what is kept. The 200 people of the small scene have voted on
2 000 factors each, and press in the storm.
"""

import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, func, select, update
from sqlmodel import col

from storage import engines
from storage.factors.factors import Factor
from storage.journal import Entry
from storage.kit.programmes import Place, Programme
from storage.members.participants import Participant
from storage.organisations.organisations import Organisation
from storage.search import terms
from storage.tracks.tracks import Track
from tests.bench import around, history, scenes
from tests.bench.history import EACH, WEEKS, Here, Journal, Who

FACTORS: Final = 50_000
MORE_PEOPLE: Final = 3_600  # beside those who press: 3 000 participants, 600 who follow
MORE_TRACKS: Final = ("Culture and leisure", "Social care", "Streets and parks")


def path() -> Path:
    """The big database's file, made first where there is none; only ever read or copied."""
    return scenes.big() / scenes.DATABASE


def grow(database: Path, members: Sequence[int], factors: int = FACTORS) -> None:
    """Let a small scene's file be ten years older, telling on stdout how far it is.

    Args:
        database: the file; nothing has it open.
        members: people of the server (Discord ids) who take no part yet.
        factors: how many at least, evenly over the years.
    """
    began = time.perf_counter()
    engine = engines.migrating(engines.parse(f"sqlite:///{database}"))
    with engine.begin() as connection:
        here = _begin(connection, members)
        journal = Journal(here)
        around.meetings(connection, here, journal)
        each = -(-factors // WEEKS)
        for week in history.fill(connection, here, journal, each):
            if week % 104 == 103:
                _say(began, f"{(week + 1) // 52} of 10 years, {(week + 1) * each} factors")
        journal.write(connection, WEEKS + 1)
        made = each * WEEKS
        around.posts(connection, here, made)
        around.talk(connection, here, made)
        around.digests(connection, here)
        around.pending(connection, here)
        _say(began, f"{made * EACH} votes, and all around them; now the index of words")
        terms.rebuild(connection)
        assert not connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    engine.dispose()
    assert engines.empty_log(database)
    _say(began, f"made, {database.stat().st_size / 1e6:.0f} MB")


def _begin(connection: Connection, members: Sequence[int]) -> Here:
    """The programme as it stands, with more people and organisations; it is ten years old."""
    # What the small scene did a moment ago is over before the years end.
    ends = datetime.now(UTC)
    programme_id = _one(connection, select(col(Programme.id)))
    tracks = _all(connection, select(col(Track.id)).order_by(col(Track.id)))
    homes = _all(connection, select(col(Organisation.id)).order_by(col(Organisation.id)))
    pressers = [
        Who(*row)
        for row in connection.execute(
            select(
                col(Participant.id), col(Participant.member_id), col(Participant.organisation_id)
            ).order_by(col(Participant.id))
        )
    ]
    forum = select(col(Place.discord_id)).where(col(Place.slot) == "forum")
    here = Here(
        programme_id, ends, {}, pressers, [], around.key_areas(connection, programme_id),
        _one(connection, select(func.max(col(Factor.id)))) + 1, _one(connection, forum),
    )  # fmt: skip
    starts = here.starts
    for table in (Programme, Organisation, Track):
        connection.execute(update(table).values(created_at=starts))
    connection.execute(update(Participant).values(joined_at=starts))
    here.tracks |= around.organisations(connection, programme_id, starts, homes, tracks)
    everywhere = sorted({each for inside in here.tracks.values() for each in inside})
    first = pressers[-1].id + 1
    here.others += around.people(connection, programme_id, starts, members, everywhere, first)
    around.answer_for(connection, everywhere, [*here.others, *pressers])
    # The journal is in the order of time: what made the small scene comes first.
    connection.execute(update(Entry).values(at=starts))
    return here


def _one(connection: Connection, query: Any) -> int:
    found: int = connection.execute(query).scalars().first()
    return found


def _all(connection: Connection, query: Any) -> list[int]:
    return list(connection.execute(query).scalars())


def _say(began: float, what: str) -> None:
    print(f"  the big file, after {time.perf_counter() - began:.0f} s: {what}", flush=True)


if __name__ == "__main__":
    print(path())
