"""Organisations: who takes part, in which tracks."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlmodel import Session

from bot.domain import names, tracks
from bot.domain.errors import (
    NothingToChange,
    OrganisationExists,
    OrganisationGone,
    OrganisationNotFound,
    OrganisationUnknown,
    TrackNotFound,
    TracksNeeded,
)
from bot.domain.organisations_intake import Wanted, need_name, take_in
from bot.domain.people import Person, need_coordinator, need_programme
from bot.domain.tracks import TrackView
from storage import factors, journal, meeting_answers, organisations, participants
from storage import tracks as kept_tracks
from storage.organisations import Organisation

SIZE_LIMIT = 100_000_000

_SMALL = 15_000
_MEDIUM = 50_000


class SizeClass(StrEnum):
    """How large an organisation is, in words."""

    SMALL = "small"
    MEDIUM = "medium"
    LARGE = "large"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class OrganisationView:
    """An organisation, its tracks, and how many have joined it.

    ``contact_id`` is the member who answers for it. ``returned`` is only said by :func:`add`:
    it took part before, and what it gave then is its own again.
    """

    id: int
    name: str
    size: int | None
    tracks: tuple[TrackView, ...]
    participants: int
    contact_id: int | None = None
    returned: bool = False

    @property
    def size_class(self) -> SizeClass:
        """Its size in words."""
        if self.size is None:
            return SizeClass.UNKNOWN
        if self.size < _SMALL:
            return SizeClass.SMALL
        return SizeClass.MEDIUM if self.size < _MEDIUM else SizeClass.LARGE


@dataclass(frozen=True)
class Change:
    """What is to be changed; None leaves a thing as it is. A size of 0 makes it unknown."""

    name: str | None = None
    tracks: str | None = None
    size: int | None = None


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

    One of this name that was removed comes back as the same organisation, with what it gave:
    its factors, and the votes of those who join it again.

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
    name = need_name(name)
    if organisations.find_folded(session, programme_id, names.fold(name)):
        raise OrganisationExists(name=name)
    chosen = _chosen_tracks(session, programme_id, tracks_said)
    returned = names.fold(name) in organisations.removed(session, programme_id)
    wanted = Wanted(name, tuple(track.id for track in chosen), size)
    row = take_in(session, programme_id, person.id, [wanted], now=now)[0]
    return OrganisationView(row.id or 0, name, row.size, chosen, 0, returned=returned)


def edit(
    session: Session,
    programme_id: int,
    person: Person,
    said: str,
    change: Change,
    *,
    now: datetime,
) -> tuple[OrganisationView, OrganisationView]:
    """Change an organisation. Those of its tracks that are archived stay as they are.

    Returns:
        the organisation as it was and as it is.

    Raises:
        CoordinatorsOnly, OrganisationNotFound, OrganisationGone: as they say.
        NothingToChange: the change is empty.
        TextMissing, NameTooLong, OrganisationExists, TrackNotFound: as :func:`add`.
    """
    need_programme(session, programme_id)
    need_coordinator(session, programme_id, person)
    row = need(session, programme_id, said)
    if change == Change():
        raise NothingToChange
    before = view(session, row)
    if change.name is not None:
        _rename(session, row, need_name(change.name))
    if change.tracks is not None:
        _change_tracks(session, row, _chosen_tracks(session, programme_id, change.tracks))
    if change.size is not None:
        row.size = change.size or None
    session.add(row)
    session.flush()
    after = view(session, row)
    if changes := _changes(before, after):
        factors.make_due(session, programme_id)
        meeting_answers.make_due(session, programme_id, now)
        journal.write(
            session, programme_id, now, person.id, "organisation.edited", row.id, **changes
        )
    return before, after


def all_of(session: Session, programme_id: int) -> tuple[OrganisationView, ...]:
    """The programme's organisations in Swedish order.

    Raises:
        NotSetUp: the server has no programme.
    """
    need_programme(session, programme_id)
    rows = organisations.of_programme(session, programme_id)
    found = _views(session, programme_id, rows)
    return tuple(sorted(found, key=lambda view: names.swedish_order(view.name)))


def view(session: Session, row: Organisation) -> OrganisationView:
    """One organisation, as others see it."""
    return _views(session, row.programme_id, [row])[0]


def suggest(session: Session, programme_id: int, typed: str, limit: int) -> list[tuple[int, str]]:
    """Ids and names of the organisations that fit what was typed, best first."""
    found = {row.id or 0: row.name for row in organisations.of_programme(session, programme_id)}
    return [(key, found[key]) for key in names.closest(typed, found, limit)]


def need(session: Session, programme_id: int, said: str) -> Organisation:
    """The organisation that a person named, by its id from a list or by its name.

    Raises:
        OrganisationNotFound: there is none of exactly this name (case and diacritics aside);
            ``like`` holds the names that come close.
        OrganisationUnknown: nor does any come close.
        OrganisationGone: it was removed after the person saw the list.
    """
    key = names.id_said(said)
    by_id = organisations.find(session, programme_id, key) if key is not None else None
    if by_id is not None and by_id.removed_at is None:
        return by_id
    by_name = organisations.find_folded(session, programme_id, names.fold(said))
    if by_name is not None:
        return by_name
    if by_id is not None:
        raise OrganisationGone(name=by_id.name)
    like = [name for _, name in suggest(session, programme_id, said, 3)] if names.fold(said) else []
    if not like:
        raise OrganisationUnknown(name=said)
    raise OrganisationNotFound(name=said, like=", ".join(like))


def open_tracks(session: Session, programme_id: int) -> tuple[TrackView, ...]:
    """The tracks that an organisation can be in, in the order they were made: none archived."""
    rows = kept_tracks.of_programme(session, programme_id)
    return tuple(tracks.view(row) for row in rows if row.archived_at is None)


def _views(
    session: Session, programme_id: int, rows: Sequence[Organisation]
) -> list[OrganisationView]:
    by_id = {track.id: track for track in open_tracks(session, programme_id)}
    inside = organisations.memberships(session, programme_id)
    joined = participants.counts(session, programme_id)
    contacts = participants.contacts(session, programme_id)
    return [
        OrganisationView(
            row.id or 0,
            row.name,
            row.size,
            tuple(by_id[key] for key in inside.get(row.id or 0, []) if key in by_id),
            joined.get(row.id or 0, 0),
            contacts.get(row.id or 0),
        )
        for row in rows
    ]


def _rename(session: Session, row: Organisation, name: str) -> None:
    other = organisations.find_folded(session, row.programme_id, names.fold(name))
    if other is not None and other.id != row.id:
        raise OrganisationExists(name=name)
    row.name, row.folded = name, names.fold(name)


def _change_tracks(session: Session, row: Organisation, chosen: Sequence[TrackView]) -> None:
    """Let it be in these of the open tracks, and let its people's roles follow."""
    there = {track.id for track in open_tracks(session, row.programme_id)}
    before = {track.id or 0 for track in organisations.tracks_of(session, row.id or 0)}
    after = {track.id for track in chosen} | (before - there)
    if after != before:
        organisations.set_tracks(session, row.id or 0, after)
        members = participants.of_organisation(session, row.id or 0)
        participants.roles_due(session, row.programme_id, members)


def _changes(before: OrganisationView, after: OrganisationView) -> dict[str, list[object]]:
    """What differs, each with its old and its new value; tracks by id."""
    found: dict[str, list[object]] = {
        "name": [before.name, after.name],
        "tracks": [[track.id for track in each.tracks] for each in (before, after)],
        "size": [before.size, after.size],
    }
    return {what: values for what, values in found.items() if values[0] != values[1]}


def _chosen_tracks(session: Session, programme_id: int, said: str) -> tuple[TrackView, ...]:
    there = open_tracks(session, programme_id)
    named = [part.strip() for part in re.split(r"[,;]", said) if part.strip()]
    if not named and len(there) > 1:
        raise TracksNeeded(names=", ".join(track.name for track in there))
    if not named:
        return there
    chosen = {track.id: track for track in (tracks.need(session, programme_id, n) for n in named)}
    for key, track in chosen.items():
        if key not in {each.id for each in there}:
            raise TrackNotFound(name=track.name)
    return tuple(chosen.values())
