"""What a programme has in Discord: its places, and who may do what in each."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto

from bot.domain.kit.people import COORDINATORS_ROLE
from bot.domain.tracks.tracks import TrackView
from bot.i18n.words import Words
from storage.desk import Desk
from storage.enums import PlaceKind
from storage.kit import programmes

START = "start"
FORUM = "forum"
COORDINATORS = "coordinators"
HOME = "home"
_CATEGORY = "category:programme"


class Access(Enum):
    """Who may do what in a place."""

    OPEN = auto()  # everyone reads and writes
    START = auto()  # everyone reads; leda alone posts
    ANNOUNCEMENTS = auto()  # everyone reads; leda and coordinators post
    FACTORS = auto()  # everyone reads and writes in threads; leda alone posts
    COORDINATORS = auto()  # for coordinators only


@dataclass(frozen=True)
class Slot:
    """One thing that a programme has in Discord, made or yet to be made.

    ``discord_id`` is what filled the slot when last seen; ``parent`` is the slot of the category.
    ``first`` is made above all others of its kind. What belongs to a track carries its id: a
    ``closed`` track's places are for its role and the coordinators alone, in an ``archived`` one's
    nobody writes any more.
    """

    key: str
    kind: PlaceKind
    name: str
    parent: str | None = None
    access: Access = Access.OPEN
    topic: str = ""
    discord_id: int | None = None
    track_id: int | None = None
    closed: bool = False
    archived: bool = False
    first: bool = False


def all_slots(words: Words, tracks: Sequence[TrackView]) -> list[Slot]:
    """Everything that a programme with these tracks has, in the order it is made.

    Args:
        words: the programme's language, which names are made in.
        tracks: in the order they were made.
    """
    slots = [
        Slot(COORDINATORS_ROLE, PlaceKind.ROLE, words("place.role.coordinators")),
        Slot(_CATEGORY, PlaceKind.CATEGORY, words("place.category"), first=True),
        Slot(
            START,
            PlaceKind.TEXT,
            words("place.start"),
            _CATEGORY,
            Access.START,
            words("place.start.topic"),
            first=True,
        ),
        Slot(
            FORUM, PlaceKind.TEXT, words("place.forum"), _CATEGORY, topic=words("place.forum.topic")
        ),
        Slot(
            COORDINATORS,
            PlaceKind.TEXT,
            words("place.coordinators"),
            _CATEGORY,
            Access.COORDINATORS,
            words("place.coordinators.topic"),
        ),
    ]
    for track in tracks:
        slots += track_slots(words, track)
    # Last: whatever the card speaks of stands by then.
    return [*slots, Slot(HOME, PlaceKind.MESSAGE, words("place.home"), START)]


def track_slots(words: Words, track: TrackView) -> list[Slot]:
    """A track's role, its category and the channels in that."""
    category = f"category:{track.id}"
    channels = {
        "announcements": Access.ANNOUNCEMENTS,
        "discussion": Access.OPEN,
        "factors": Access.FACTORS,
    }
    return [
        Slot(f"role:{track.id}", PlaceKind.ROLE, track.name, track_id=track.id),
        Slot(
            category,
            PlaceKind.CATEGORY,
            f"{track.emoji} {track.name}",
            track_id=track.id,
            closed=track.closed,
            archived=track.archived,
        ),
        *(
            Slot(
                f"{what}:{track.id}",
                PlaceKind.TEXT,
                words(f"place.{what}", track=track.short),
                category,
                access,
                words(f"place.{what}.topic", track=track.name),
                track_id=track.id,
                closed=track.closed,
                archived=track.archived,
            )
            for what, access in channels.items()
        ),
    ]


def track_of_channel(desk: Desk, channel_ids: frozenset[int]) -> int | None:
    """The track that one of these channels (Discord ids) belongs to, if any does."""
    for place in programmes.places(desk):
        _, _, track_id = place.slot.partition(":")
        if place.discord_id in channel_ids and track_id.isdecimal():
            return int(track_id)
    return None
