"""Organisations: who takes part, in which tracks."""

import re
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from bot.domain import names, texts, tracks
from bot.domain.errors import (
    NameTooLong,
    OrganisationExists,
    OrganisationNotFound,
    TextMissing,
    TracksNeeded,
)
from bot.domain.people import Person, need_coordinator, need_programme
from bot.domain.tracks import TrackView
from storage import journal, organisations, participants
from storage.organisations import Organisation


@dataclass(frozen=True)
class OrganisationView:
    """An organisation, its tracks, and how many have joined it."""

    id: int
    name: str
    size: int | None
    tracks: tuple[TrackView, ...]
    participants: int


def add(
    session: Session,
    programme_id: int,
    person: Person,
    *,
    name: str,
    tracks_said: str = "",
    size: int | None = None,
    now: datetime,
) -> OrganisationView:
    """Let an organisation take part.

    Args:
        session: the transaction.
        programme_id: the server.
        person: who asks.
        name: what it is called.
        tracks_said: its tracks by name or id, between commas; may be empty where there is one.
        size: how many work or live there, as the programme chooses; only shown.
        now: aware UTC.

    Raises:
        CoordinatorsOnly: the person is none.
        TextMissing: nothing is left of the name.
        NameTooLong: the name is over 80 characters.
        OrganisationExists: there is one of this name.
        TrackNotFound: there is no such track.
        TracksNeeded: there are several tracks and none was named.
    """
    need_programme(session, programme_id)
    need_coordinator(session, programme_id, person)
    name = texts.clean_line(name)
    if not names.fold(name):
        raise TextMissing
    if len(name) > texts.NAME_LIMIT:
        raise NameTooLong(limit=texts.NAME_LIMIT)
    if organisations.find_folded(session, programme_id, names.fold(name)):
        raise OrganisationExists(name=name)
    chosen = _chosen_tracks(session, programme_id, tracks_said)
    row = Organisation(
        programme_id=programme_id, name=name, folded=names.fold(name), size=size, created_at=now
    )
    session.add(row)
    session.flush()
    organisations.set_tracks(session, row.id or 0, [track.id for track in chosen])
    journal.write(session, programme_id, now, person.id, "organisation.added", row.id, name=name)
    return OrganisationView(row.id or 0, name, size, chosen, 0)


def all_of(session: Session, programme_id: int) -> tuple[OrganisationView, ...]:
    """The programme's organisations in Swedish order.

    Raises:
        NotSetUp: the server has no programme.
    """
    need_programme(session, programme_id)
    by_id = {track.id: track for track in tracks.all_of(session, programme_id)}
    inside = organisations.memberships(session, programme_id)
    joined = participants.counts(session, programme_id)
    views = [
        OrganisationView(
            row.id or 0,
            row.name,
            row.size,
            tuple(by_id[track_id] for track_id in inside.get(row.id or 0, [])),
            joined.get(row.id or 0, 0),
        )
        for row in organisations.of_programme(session, programme_id)
    ]
    return tuple(sorted(views, key=lambda view: names.swedish_order(view.name)))


def suggest(session: Session, programme_id: int, typed: str, limit: int) -> list[tuple[int, str]]:
    """Ids and names of the organisations that fit what was typed, best first."""
    found = {row.id or 0: row.name for row in organisations.of_programme(session, programme_id)}
    return [(key, found[key]) for key in names.closest(typed, found, limit)]


def need(session: Session, programme_id: int, said: str) -> Organisation:
    """The organisation that a person named, by its id from a list or by its name.

    Raises:
        OrganisationNotFound: there is none of exactly this name (case and diacritics aside);
            ``like`` holds the names that come close.
    """
    key = names.id_said(said)
    if key is not None:
        by_id = organisations.find(session, programme_id, key)
        if by_id is not None:
            return by_id
    by_name = organisations.find_folded(session, programme_id, names.fold(said))
    if by_name is not None:
        return by_name
    like = [name for _, name in suggest(session, programme_id, said, 3)] if names.fold(said) else []
    raise OrganisationNotFound(name=said, like=", ".join(like) or "-")


def _chosen_tracks(session: Session, programme_id: int, said: str) -> tuple[TrackView, ...]:
    there = tracks.all_of(session, programme_id)
    named = [part.strip() for part in re.split(r"[,;]", said) if part.strip()]
    if not named and len(there) > 1:
        raise TracksNeeded(names=", ".join(track.name for track in there))
    if not named:
        return there
    chosen = {track.id: track for track in (tracks.need(session, programme_id, n) for n in named)}
    return tuple(chosen.values())
