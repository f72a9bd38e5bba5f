"""Which editions a week's digest has, and what each of them may tell."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.domain.digest.views import FORUM_EDITION
from bot.domain.tracks import tracks
from bot.domain.tracks.places import FORUM
from bot.domain.tracks.tracks import TrackView
from storage.desk import Desk
from storage.kit import programmes
from storage.organisations import organisations
from storage.organisations.organisations import Organisation


@dataclass(frozen=True)
class Scope:
    """What one edition may tell: of factors and meetings of these ``tracks``, None being all.

    ``organisations`` are those that it counts, ``places`` the channels (Discord ids) whose
    discussions it names. ``readable`` are the tracks whose factors everyone may read who reads it.
    The open forum's has no ``track``.
    """

    track: TrackView | None
    tracks: frozenset[int | None]
    readable: frozenset[int | None]
    organisations: frozenset[int]
    places: frozenset[int]

    @property
    def edition(self) -> int:
        """Which edition it is of."""
        return self.track.id if self.track else FORUM_EDITION

    @property
    def slot(self) -> str:
        """Where it is posted."""
        return f"announcements:{self.track.id}" if self.track else FORUM


def of_programme(desk: Desk) -> list[Scope]:
    """The editions that a programme's next digest has: its tracks', then the open forum's.

    A programme with one track in use has that one's alone, which then also tells what else is open
    to all; one without any has the forum's alone.
    """
    found = tracks.all_of(desk)
    used = [track for track in found if not track.archived]
    public = frozenset(track.id for track in found if not track.closed)
    known = _Known(
        public=public,
        members=_members(desk),
        places={row.slot: row.discord_id for row in programmes.places(desk)},
    )
    if len(used) == 1:
        own = frozenset({used[0].id})
        return [known.scope(used[0], public | own, own, forum=True)]
    scopes = [known.scope(each, frozenset({each.id}), frozenset({each.id})) for each in used]
    open_now = public.intersection(track.id for track in used)
    return [*scopes, known.scope(None, public, open_now if used else None, forum=True)]


@dataclass(frozen=True)
class _Known:
    """The tracks that are open to all, those of every organisation, and what fills which slot."""

    public: frozenset[int]
    members: Mapping[int, Sequence[int]]
    places: Mapping[str, int]

    def scope(
        self,
        track: TrackView | None,
        told: frozenset[int],
        counted: frozenset[int] | None,
        *,
        forum: bool = False,
    ) -> Scope:
        """An edition that tells of some tracks, and counts those of some, or all organisations."""
        slots = [f"{what}:{each}" for each in told for what in ("discussion", "factors")]
        if forum:
            slots.append(FORUM)
        return Scope(
            track=track,
            tracks=frozenset({None, *told}),
            readable=frozenset({None, *told, *self.public}),
            organisations=frozenset(
                key
                for key, inside in self.members.items()
                if counted is None or counted.intersection(inside)
            ),
            places=frozenset(self.places[slot] for slot in slots if slot in self.places),
        )


def _members(desk: Desk) -> dict[int, Sequence[int]]:
    """The tracks of every organisation that takes part."""
    inside = organisations.memberships(desk)
    rows: Sequence[Organisation] = organisations.of_programme(desk)
    return {row.id or 0: inside.get(row.id or 0, ()) for row in rows}
