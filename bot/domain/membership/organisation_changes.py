"""Organisations taken in, one or hundreds at once; changed; removed, while what they gave stays."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.kit.errors import NothingToChange
from bot.domain.kit.people import only_coordinators, the_programme
from bot.domain.members.directory import ContactView, OrganisationView, view
from bot.domain.membership.errors import NotItsParticipant
from bot.domain.organisations import organisations
from bot.domain.organisations.errors import OrganisationExists
from bot.domain.organisations.invitations import new_code
from bot.domain.organisations.organisations import chosen_tracks, need, need_name, open_tracks
from bot.domain.tracks.tracks import TrackView
from storage import journal
from storage.desk import Desk
from storage.factors import changes as factor_changes
from storage.factors import factors, votes
from storage.kit.identity import exact, named
from storage.meetings import answers
from storage.members import participants
from storage.organisations import organisations as organisations_organisations
from storage.organisations.organisations import Organisation
from storage.search import stems


@dataclass(frozen=True)
class OrganisationChange:
    """What is to be changed; None leaves a thing as it is. A size of 0 makes it unknown."""

    name: str | None = None
    tracks: str | None = None
    size: int | None = None


def add(
    desk: Desk, *, name: str, tracks_said: str = "", size: int | None = None
) -> OrganisationView:
    """Let an organisation take part.

    One of this name that was removed comes back as the same organisation, with what it gave:
    its factors, and the votes of those who join it again.

    Args:
        name: what it is called.
        tracks_said: its tracks by name or id, between commas; may be empty where there is one.
        size: how many work or live there, as the programme chooses; only shown.

    Raises:
        CoordinatorsOnly: the person is none.
        TextMissing: nothing is left of the name.
        NameTooLong: the name is over 80 characters.
        OrganisationExists: there is one of this name.
        TrackNotFound: there is no such track.
        TracksNeeded: there are several tracks and none was named.
    """
    the_programme(desk)
    only_coordinators(desk)
    name = need_name(name)
    if organisations_organisations.find_named(desk, name):
        raise OrganisationExists(name=name)
    chosen = chosen_tracks(desk, tracks_said)
    returned = exact(name) in organisations_organisations.removed(desk)
    wanted = WantedOrganisation(name, tuple(track.id for track in chosen), size)
    everyone = organisations_organisations.of_programme(desk)
    alike = tuple(each.name for each in everyone if each.folded == stems.fold(name))
    row = take_in(desk, desk.asker.id, [wanted])[0]
    return OrganisationView(row.id or 0, name, row.size, chosen, 0, returned=returned, alike=alike)


def edit(
    desk: Desk, said: str, change: OrganisationChange
) -> tuple[OrganisationView, OrganisationView]:
    """Change an organisation. Those of its tracks that are archived stay as they are.

    Returns:
        the organisation as it was and as it is.

    Raises:
        CoordinatorsOnly, OrganisationNotFound, OrganisationGone: as they say.
        NothingToChange: the change is empty.
        TextMissing, NameTooLong, OrganisationExists, TrackNotFound: as :func:`add`.
    """
    the_programme(desk)
    only_coordinators(desk)
    row = need(desk, said)
    if change == OrganisationChange():
        raise NothingToChange
    before = view(desk, row)
    if change.name is not None:
        _rename(desk, row, need_name(change.name))
    if change.tracks is not None:
        _change_tracks(desk, row, chosen_tracks(desk, change.tracks))
    if change.size is not None:
        row.size = change.size or None
    desk.session.add(row)
    desk.session.flush()
    after = view(desk, row)
    if changes := _changes(before, after):
        factor_changes.around(desk)
        answers.make_due(desk)
        desk.note("organisation.edited", row.id, **changes)
    return before, after


def _rename(desk: Desk, row: Organisation, name: str) -> None:
    other = organisations_organisations.find_named(desk, name)
    if other is not None and other.id != row.id:
        raise OrganisationExists(name=name)
    row.sqlmodel_update(named(name))


def _change_tracks(desk: Desk, row: Organisation, chosen: Sequence[TrackView]) -> None:
    """Let it be in these of the open tracks, and let its people's roles follow."""
    there = {track.id for track in open_tracks(desk)}
    before = {track.id or 0 for track in organisations_organisations.tracks_of(desk, row.id or 0)}
    after = {track.id for track in chosen} | (before - there)
    if after != before:
        organisations_organisations.set_tracks(desk, row.id or 0, after)
        members = participants.of_organisation(desk, row.id or 0)
        participants.roles_due(desk, members)


def _changes(before: OrganisationView, after: OrganisationView) -> dict[str, list[object]]:
    """What differs, each with its old and its new value; tracks by id."""
    found: dict[str, list[object]] = {
        "name": [before.name, after.name],
        "tracks": [[track.id for track in each.tracks] for each in (before, after)],
        "size": [before.size, after.size],
    }
    return {what: values for what, values in found.items() if values[0] != values[1]}


@dataclass(frozen=True)
class WantedOrganisation:
    """An organisation that is to take part; its name is checked, its tracks are there."""

    name: str
    track_ids: tuple[int, ...]
    size: int | None


def take_in(desk: Desk, who: int, wanted: Sequence[WantedOrganisation]) -> list[Organisation]:
    """Let organisations take part whose names are free. Those that were removed come back."""
    taken = organisations_organisations.codes(desk)
    removed = organisations_organisations.removed(desk)
    rows = []
    for each in wanted:
        row = removed.get(exact(each.name)) or Organisation(
            programme_id=desk.programme_id, created_at=desk.now, **named(each.name)
        )
        row.sqlmodel_update(named(each.name))
        row.removed_at, row.code = None, new_code(taken)
        row.size = row.size if each.size is None else each.size
        taken.add(row.code)
        rows.append(row)
    desk.session.add_all(rows)
    desk.session.flush()
    pairs = zip(rows, wanted, strict=True)
    organisations_organisations.add_tracks(
        desk, [(r.id or 0, t) for r, w in pairs for t in w.track_ids]
    )
    factor_changes.around(desk)
    for row in rows:
        journal.write(
            desk.session,
            desk.programme_id,
            desk.now,
            who,
            "organisation.added",
            row.id,
            name=row.name,
        )
    return rows


def set_contact(desk: Desk, said: str, member_id: int) -> ContactView:
    """Let a participant answer for their organisation, in place of who did.

    Args:
        said: the organisation, by its id from a list or by its name.
        member_id: who is to answer for it.

    Raises:
        CoordinatorsOnly: the person is none.
        NotSetUp, OrganisationNotFound, OrganisationGone: as :func:`contact`.
        NotItsParticipant: the member is with another organisation, or with none.
    """
    the_programme(desk)
    only_coordinators(desk)
    row = organisations.need(desk, said)
    chosen = participants.current(desk, member_id)
    if chosen is None or chosen.organisation_id != row.id:
        raise NotItsParticipant(organisation=row.name)
    before_id = participants.contacts(desk).get(chosen.organisation_id)
    row.contact_id = member_id
    desk.session.add(row)
    desk.session.flush()
    if before_id != member_id:
        before = participants.current(desk, before_id) if before_id else None
        # Participants' rows, not members: what happened outlives who it happened to.
        ids = [before.id if before else None, chosen.id]
        desk.note("organisation.contact", row.id, participant=ids)
    return ContactView(row.name, member_id, before_id)


@dataclass(frozen=True)
class RemovalView:
    """What removing an organisation ends (``participants``) and what it keeps.

    ``removed`` says that it is done; ``has_history`` that anybody ever was with it or anything
    is kept, so that a person should be asked first.
    """

    id: int
    name: str
    participants: int
    factors: int
    votes: int
    has_history: bool
    removed: bool


def ask(desk: Desk, said: str) -> RemovalView:
    """Remove an organisation that has no history; of any other, say what removing it means.

    Raises:
        NotSetUp: the server has no programme.
        CoordinatorsOnly: the person is none.
        OrganisationNotFound, OrganisationGone: it does not take part.
    """
    row = _need(desk, said)
    found = _view(desk, row)
    return found if found.has_history else remove(desk, said)


def remove(desk: Desk, said: str) -> RemovalView:
    """Let an organisation take part no more.

    Its participants stop taking part, its code lets nobody in, and its name is free: adding it
    again brings it back. Its factors and votes stay.

    Args:
        said: the organisation, by its id from a list or by its name.

    Raises:
        NotSetUp, CoordinatorsOnly, OrganisationNotFound, OrganisationGone: as :func:`ask`.
    """
    row = _need(desk, said)
    found = _view(desk, row, removed=True)
    inside = [track.id for track in organisations_organisations.tracks_of(desk, found.id)]
    _end_participants(desk, row)
    participants.withdraw_requests(desk, found.id)
    organisations_organisations.set_tracks(desk, found.id, [])
    row.removed_at, row.code, row.contact_id = desk.now, "", None
    desk.session.add(row)
    desk.session.flush()
    factor_changes.around(desk)
    answers.make_due(desk)
    desk.note(
        "organisation.removed",
        found.id,
        name=found.name,
        tracks=inside,
        participants=found.participants,
    )
    return found


def _need(desk: Desk, said: str) -> Organisation:
    the_programme(desk)
    only_coordinators(desk)
    return need(desk, said)


def _end_participants(desk: Desk, row: Organisation) -> None:
    key = row.id or 0
    present = [each for each in participants.ever_with(desk, key) if each.left_at is None]
    for each in present:
        each.left_at = desk.now
        desk.session.add(each)
        desk.note("participant.left", each.id, organisation=key)
    participants.roles_due(desk, [each.member_id for each in present])


def _view(desk: Desk, row: Organisation, *, removed: bool = False) -> RemovalView:
    rows = participants.ever_with(desk, row.id or 0)
    published = factors.published_by(desk, row.id or 0)
    return RemovalView(
        id=row.id or 0,
        name=row.name,
        participants=sum(1 for each in rows if each.left_at is None),
        factors=published,
        votes=votes.given_by(desk, row.id or 0),
        has_history=bool(rows or published),
        removed=removed,
    )
