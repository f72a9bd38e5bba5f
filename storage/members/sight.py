"""What a closed track is closed to: whose participants see into it, and who else does."""

from dataclasses import replace

from sqlalchemy import bindparam
from sqlmodel import col, select

from storage.desk import Desk, Person
from storage.kit import programmes
from storage.members.participants import Participant
from storage.organisations.organisations import OrganisationTrack
from storage.tracks.tracks import Track

_MINE = (
    select(OrganisationTrack.track_id)
    .join(Participant, col(Participant.organisation_id) == col(OrganisationTrack.organisation_id))
    .where(
        col(Participant.programme_id) == bindparam("programme"),
        col(Participant.member_id) == bindparam("member"),
        col(Participant.left_at).is_(None),
    )
)
# Built once: every list and every search waits for it.
_HIDDEN = (
    select(Track.id)
    .where(
        col(Track.programme_id) == bindparam("programme"),
        col(Track.closed).is_(True),
        col(Track.id).not_in(_MINE),
    )
    .order_by(col(Track.id))
)


def hidden(desk: Desk) -> tuple[int, ...]:
    """The closed tracks whose factors and meetings are not there for whoever asks.

    None for their participants, for coordinators, for those who manage the server, and for leda's
    own work. Where no track is closed, it costs one short statement.
    """
    person = desk.person
    if person is None or person.manages_server:
        return ()
    who = {"programme": desk.programme_id, "member": person.id}
    found = tuple(desk.session.connection().execute(_HIDDEN, who).scalars())
    return () if found and programmes.coordinates(desk, person) else found


def sees(desk: Desk, track_id: int | None) -> bool:
    """Whether what belongs to a track is there for whoever asks; what is for all always is."""
    if track_id is None or desk.person is None:
        return True
    track = desk.session.get(Track, track_id)
    return track is None or not track.closed or track_id not in hidden(desk)


def reaches(desk: Desk, member_id: int, track_id: int | None) -> bool:
    """Whether leda may write to a member about a track: it is open, or they take part in it."""
    person = Person(member_id, frozenset(), manages_server=False)
    return sees(replace(desk, person=person), track_id)
