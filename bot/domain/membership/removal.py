"""Removing organisations: what they gave stays, their people stop taking part."""

from dataclasses import dataclass

from bot.domain.kit.people import only_coordinators, the_programme
from bot.domain.organisations.organisations import need
from storage.desk import Desk
from storage.factors import factors, votes
from storage.meetings import answers
from storage.members import participants
from storage.organisations import organisations
from storage.organisations.organisations import Organisation


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
    inside = [track.id for track in organisations.tracks_of(desk, found.id)]
    _end_participants(desk, row)
    participants.withdraw_requests(desk, found.id)
    organisations.set_tracks(desk, found.id, [])
    row.removed_at, row.code, row.contact_id = desk.now, "", None
    desk.session.add(row)
    desk.session.flush()
    factors.make_due(desk)
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
