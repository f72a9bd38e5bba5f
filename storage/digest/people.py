"""Who took part in a span of time, and what waits, for weekly digests; as numbers alone.

Spans are half-open, as in :mod:`storage.digest.events`. A track of None is what is for all.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import func, or_, select, union
from sqlmodel import col

from storage.desk import Desk
from storage.digest.events import within
from storage.factors.factors import WAITING, Factor
from storage.journal import Entry
from storage.meetings.meetings import Meeting


def votes(desk: Desk, starts: datetime, ends: datetime) -> dict[int | None, int]:
    """How many votes were given, by the factor's track; each person counts once for a factor."""
    once = (
        select(col(Entry.who), col(Entry.subject_id).label("factor"))
        .where(*within(desk.programme_id, starts, ends, ("factor.voted",)))
        .distinct()
        .subquery()
    )
    query = (
        select(col(Factor.track_id), func.count())
        .select_from(once)
        .join(Factor, col(Factor.id) == once.c.factor)
        .group_by(col(Factor.track_id))
    )
    return dict(desk.session.connection().execute(query).all())


def organisations(desk: Desk, starts: datetime, ends: datetime) -> set[tuple[int, int | None]]:
    """The organisations whose people did something, each with the track it was done in."""
    said = col(Entry.data)["organisation"].as_integer()
    about = col(Entry.data)["factor"].as_integer()
    done: tuple[tuple[Any, Any, Any, tuple[str, ...]], ...] = (
        (said, Factor, col(Entry.subject_id), ("factor.voted",)),
        (col(Factor.organisation_id), Factor, col(Entry.subject_id), ("factor.published",)),
        (said, Factor, about, ("experience.told", "experience.confirmed")),
        (said, Meeting, col(Entry.subject_id), ("meeting.answered", "meeting.attended")),
    )
    queries = [
        select(who.label("organisation"), col(what.track_id).label("track"))
        .select_from(Entry)
        .join(what, col(what.id) == which)
        .where(*within(desk.programme_id, starts, ends, kinds))
        for who, what, which, kinds in done
    ]
    rows = desk.session.connection().execute(union(*queries))
    return {(organisation, track) for organisation, track in rows if organisation is not None}


def waiting(desk: Desk) -> dict[int | None, int]:
    """How many factors take votes now and lack them to say where they stand, by track."""
    query = (
        select(col(Factor.track_id), func.count())
        .where(
            col(Factor.programme_id) == desk.programme_id,
            WAITING,
            or_(col(Factor.opens_at).is_(None), col(Factor.opens_at) <= desk.now),
            or_(col(Factor.closes_at).is_(None), col(Factor.closes_at) > desk.now),
        )
        .group_by(col(Factor.track_id))
    )
    return dict(desk.session.connection().execute(query).all())
