"""Programmes: setting one up, and what it consists of in Discord."""

import re
from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto
from typing import Any

from sqlmodel import Session

from bot.domain import zones
from bot.domain.people import COORDINATORS_ROLE, Person, need_manager, need_programme
from bot.i18n import Nouns, Words
from storage import journal, programmes, tracks
from storage.enums import Joining, Language, PlaceKind, Preset
from storage.programmes import Programme
from storage.tracks import Track

FORUM = "forum"
COORDINATORS = "coordinators"
_HOME = "category:programme"
_PRESET_TRACKS = {
    Preset.LEDA: (("school", "🏫"), ("care", "🩺")),
    Preset.SINGLE: (("shared", "🌱"),),
    Preset.EMPTY: (),
}


class Access(Enum):
    """Who may do what in a place."""

    OPEN = auto()  # everyone reads and writes
    ANNOUNCEMENTS = auto()  # everyone reads; leda and coordinators post
    FACTORS = auto()  # everyone reads and writes in threads; leda alone posts
    COORDINATORS = auto()  # for coordinators only


@dataclass(frozen=True)
class Slot:
    """One thing that a programme has in Discord, made or yet to be made.

    ``discord_id`` is what filled the slot when last seen; ``parent`` is the slot of the category.
    """

    key: str
    kind: PlaceKind
    name: str
    parent: str | None = None
    access: Access = Access.OPEN
    topic: str = ""
    discord_id: int | None = None


@dataclass(frozen=True)
class ProgrammeView:
    """A programme and everything that it has in Discord, in the order it is made."""

    id: int
    language: Language
    timezone: str
    preset: Preset
    started_by: int | None
    joining: Joining
    slots: tuple[Slot, ...]

    def discord_id(self, slot: str) -> int | None:
        """What fills a slot, if anything does."""
        return next((found.discord_id for found in self.slots if found.key == slot), None)


def set_up(
    session: Session,
    programme_id: int,
    person: Person,
    *,
    preset: Preset,
    language: Language | None,
    timezone: str | None,
    spoken: Language = Language.EN,
    now: datetime,
) -> ProgrammeView:
    """Make the server's programme, or bring the one it has up to date.

    A programme that has tracks keeps them, whatever the preset; language and time zone become
    what is asked for, and stay as they are where nothing is.

    Args:
        session: the transaction.
        programme_id: the server.
        person: who asks.
        preset: what a new programme starts with.
        language: what the programme's public posts are written in.
        timezone: an IANA name.
        spoken: what the server speaks, for a new programme whose language nobody chose.
        now: aware UTC.

    Raises:
        ManagersOnly: the person may not manage the server.
        TimezoneUnknown: there is no such time zone.
    """
    need_manager(person)
    programme = programmes.find(session, programme_id)
    before = (programme.language, programme.timezone) if programme else None
    if programme is None:
        programme = _start(programme_id, person, preset, language or spoken, now)
    programme.language = language or programme.language
    if timezone:
        programme.timezone = zones.need(timezone)
    changed = _changed(before, (programme.language, programme.timezone))
    session.add(programme)
    session.flush()
    if not tracks.of_programme(session, programme_id):
        programme.preset = preset
        _start_tracks(session, programme, preset, now)
    journal.write(
        session, programme_id, now, person.id, "programme.set_up", preset=preset, **changed
    )
    return view(session, programme_id)


def view(session: Session, programme_id: int) -> ProgrammeView:
    """The programme as it is meant to be, with what already stands in Discord.

    Raises:
        NotSetUp: the server has none.
    """
    programme = need_programme(session, programme_id)
    filled = {place.slot: place.discord_id for place in programmes.places(session, programme_id)}
    words = Words(programme.language)
    wanted = _common_slots(words)
    for track in tracks.of_programme(session, programme_id):
        wanted += _track_slots(track, words)
    return ProgrammeView(
        id=programme.id,
        language=programme.language,
        timezone=programme.timezone,
        preset=programme.preset,
        started_by=programme.started_by,
        joining=programme.joining,
        slots=tuple(
            Slot(**{**slot.__dict__, "discord_id": filled.get(slot.key)}) for slot in wanted
        ),
    )


def fill(session: Session, programme_id: int, slot: Slot, discord_id: int) -> None:
    """Remember what was made in Discord for a slot."""
    need_programme(session, programme_id)
    programmes.keep_place(session, programme_id, slot.key, slot.kind, discord_id)


def nouns(session: Session) -> dict[int, Nouns]:
    """What each programme calls its organisations."""
    return {programme.id: nouns_of(programme) for programme in programmes.all_of(session)}


def nouns_of(programme: Programme) -> Nouns:
    """What one programme calls its organisations; a form left empty is the catalogue's."""
    return Nouns(
        programme.language, programme.word_one, programme.word_many, programme.word_definite
    )


def track_of_channel(
    session: Session, programme_id: int, channel_ids: frozenset[int]
) -> int | None:
    """The track that one of these channels (Discord ids) belongs to, if any does."""
    for place in programmes.places(session, programme_id):
        _, _, track_id = place.slot.partition(":")
        if place.discord_id in channel_ids and track_id.isdecimal():
            return int(track_id)
    return None


def short_name(name: str, taken: set[str]) -> str:
    """A word for channel names, made of a track's name and unlike those that are taken."""
    parts = re.findall(r"[^\W_]+", name.casefold()) or ["spår"]
    for length in range(1, len(parts) + 1):
        short = "-".join(parts[:length])[:40]
        if short not in taken:
            return short
    return next(
        f"{parts[0][:40]}-{n}" for n in range(2, 1000) if f"{parts[0][:40]}-{n}" not in taken
    )


def _start(
    programme_id: int, person: Person, preset: Preset, language: Language, now: datetime
) -> Programme:
    words = Words(language)
    leda = preset is Preset.LEDA
    return Programme(
        id=programme_id,
        language=language,
        timezone=zones.suggest("", language, 1)[0],
        preset=preset,
        created_at=now,
        started_by=person.id,
        joining=Joining.CODE if leda else Joining.OPEN,
        word_one=words("preset.noun.one") if leda else "",
        word_many=words("preset.noun.many") if leda else "",
        word_definite=words("preset.noun.definite") if leda else "",
    )


def _changed(before: tuple[str, str] | None, after: tuple[str, str]) -> dict[str, Any]:
    """What is worth a note, with old and new value; nothing of it where all is new."""
    if before is None:
        return {}
    pairs = zip(("language", "timezone"), before, after, strict=True)
    return {name: [was, will] for name, was, will in pairs if was != will}


def _start_tracks(session: Session, programme: Programme, preset: Preset, now: datetime) -> None:
    words = Words(programme.language)
    taken: set[str] = set()
    for key, emoji in _PRESET_TRACKS[preset]:
        name = words(f"preset.track.{key}")
        short = short_name(name, taken)
        taken.add(short)
        session.add(
            Track(
                programme_id=programme.id,
                name=name,
                short=short,
                emoji=emoji,
                description=words(f"preset.track.{key}.description"),
                created_at=now,
            )
        )
    session.flush()


def _common_slots(words: Words) -> list[Slot]:
    return [
        Slot(COORDINATORS_ROLE, PlaceKind.ROLE, words("place.role.coordinators")),
        Slot(_HOME, PlaceKind.CATEGORY, words("place.category")),
        Slot(FORUM, PlaceKind.TEXT, words("place.forum"), _HOME, topic=words("place.forum.topic")),
        Slot(
            COORDINATORS,
            PlaceKind.TEXT,
            words("place.coordinators"),
            _HOME,
            Access.COORDINATORS,
            words("place.coordinators.topic"),
        ),
    ]


def _track_slots(track: Track, words: Words) -> list[Slot]:
    category = f"category:{track.id}"
    channels = {
        "announcements": Access.ANNOUNCEMENTS,
        "discussion": Access.OPEN,
        "factors": Access.FACTORS,
    }
    return [
        Slot(f"role:{track.id}", PlaceKind.ROLE, track.name),
        Slot(category, PlaceKind.CATEGORY, f"{track.emoji} {track.name}"),
        *(
            Slot(
                f"{what}:{track.id}",
                PlaceKind.TEXT,
                words(f"place.{what}", track=track.short),
                category,
                access,
                words(f"place.{what}.topic", track=track.name),
            )
            for what, access in channels.items()
        ),
    ]
