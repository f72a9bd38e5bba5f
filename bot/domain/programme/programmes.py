"""Programmes: setting one up, and what it consists of in Discord."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlmodel import Session

from bot.domain.digest import weeks
from bot.domain.kit import zones
from bot.domain.kit.people import only_managers, the_programme
from bot.domain.tracks import tracks
from bot.domain.tracks.fields import short_name
from bot.domain.tracks.places import Access, Slot, all_slots
from bot.domain.tracks.tracks import TrackView
from bot.i18n.words import Nouns, Words
from storage.desk import Desk, Person
from storage.enums import Joining, Language, PlaceKind, Preset
from storage.factors import factors
from storage.kit import programmes
from storage.kit.programmes import Programme
from storage.meetings import meetings
from storage.members import participants
from storage.tracks.tracks import Track

_PRESET_TRACKS = {
    Preset.LEDA: (("school", "🏫"), ("care", "🩺")),
    Preset.SINGLE: (("shared", "🌱"),),
    Preset.EMPTY: (),
}


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
    desk: Desk,
    *,
    preset: Preset,
    language: Language | None,
    timezone: str | None,
    spoken: Language = Language.EN,
) -> ProgrammeView:
    """Make the server's programme, or bring the one it has up to date.

    A programme that has tracks keeps them, whatever the preset; language and time zone become
    what is asked for, and stay as they are where nothing is.

    Args:
        preset: what a new programme starts with.
        language: what the programme's public posts are written in.
        timezone: an IANA name.
        spoken: what the server speaks, for a new programme whose language nobody chose.

    Raises:
        ManagersOnly, TimezoneUnknown: as their names say.
    """
    only_managers(desk)
    programme = programmes.find(desk)
    before = (programme.language, programme.timezone) if programme else None
    if programme is None:
        programme = _start(desk.programme_id, desk.asker, preset, language or spoken, desk.now)
    programme.language = language or programme.language
    if timezone:
        programme.timezone = zones.need(timezone)
    changed = _changed(before, (programme.language, programme.timezone))
    if before is not None:
        _translate_words(programme, Language(before[0]))
    desk.session.add(programme)
    desk.session.flush()
    if not tracks.all_of(desk):
        programme.preset = preset
        _start_tracks(desk, programme, preset)
    desk.note("programme.set_up", preset=preset, **changed)
    weeks.plan_next(desk)
    return view(desk)


def view(desk: Desk) -> ProgrammeView:
    """The programme as it is meant to be, with what already stands in Discord.

    Raises:
        NotSetUp: the server has none.
    """
    programme = the_programme(desk)
    slots = all_slots(Words(programme.language), tracks.all_of(desk))
    return ProgrammeView(
        id=programme.id,
        language=programme.language,
        timezone=programme.timezone,
        preset=programme.preset,
        started_by=programme.started_by,
        joining=programme.joining,
        slots=_filled(desk, slots),
    )


def plan(
    desk: Desk,
    *,
    preset: Preset,
    language: Language | None,
    timezone: str | None,
    spoken: Language = Language.EN,
) -> tuple[Slot, ...]:
    """What the programme will have after :func:`set_up`, and what of it stands; nothing is done.

    Raises:
        ManagersOnly, TimezoneUnknown: as :func:`set_up`.
    """
    only_managers(desk)
    if timezone:
        zones.need(timezone)
    programme = programmes.find(desk)
    words = Words(language or (programme.language if programme else spoken))
    wanted = tracks.all_of(desk) or _preset_tracks(words, preset)
    return _filled(desk, all_slots(words, wanted))


def fill(desk: Desk, slot: Slot, discord_id: int) -> None:
    """Remember what was made in Discord for a slot.

    Where something else filled it before, what hung on that follows: the cards of factors and
    meetings that were posted in a channel wait to be posted again, and a track's participants for
    its new role.
    """
    the_programme(desk)
    before = programmes.place(desk, slot.key)
    programmes.keep_place(desk, slot.key, slot.kind, discord_id)
    if before is None or before == discord_id:
        return
    if slot.kind is PlaceKind.TEXT:
        in_forum = slot.track_id if slot.access is Access.FACTORS else None
        factors.forget_channel(desk, before, in_forum)
        meetings.forget_channel(desk, before)
    if slot.kind is PlaceKind.ROLE and slot.track_id is not None:
        inside = participants.of_track(desk, slot.track_id)
        participants.roles_due(desk, inside)


def nouns(session: Session) -> dict[int, Nouns]:
    """What each programme calls its organisations."""
    return {programme.id: nouns_of(programme) for programme in programmes.all_of(session)}


def nouns_of(programme: Programme) -> Nouns:
    """What one programme calls its organisations; a form left empty is the catalogue's."""
    return Nouns(
        programme.language, programme.word_one, programme.word_many, programme.word_definite
    )


def _start(
    programme_id: int, person: Person, preset: Preset, language: Language, now: datetime
) -> Programme:
    leda = preset is Preset.LEDA
    one, many, definite = preset_words(language) if leda else ("", "", "")
    return Programme(
        id=programme_id,
        language=language,
        timezone=zones.suggest("", language, 1)[0],
        preset=preset,
        created_at=now,
        started_by=person.id,
        joining=Joining.CODE if leda else Joining.OPEN,
        word_one=one,
        word_many=many,
        word_definite=definite,
    )


def _translate_words(programme: Programme, before: Language) -> None:
    """The preset's own words follow the language; others are the coordinators'."""
    kept = (programme.word_one, programme.word_many, programme.word_definite)
    if kept == preset_words(before):
        words = preset_words(programme.language)
        programme.word_one, programme.word_many, programme.word_definite = words


def _changed(before: tuple[str, str] | None, after: tuple[str, str]) -> dict[str, Any]:
    """What is worth a note, with old and new value; nothing of it where all is new."""
    if before is None:
        return {}
    pairs = zip(("language", "timezone"), before, after, strict=True)
    return {name: [was, will] for name, was, will in pairs if was != will}


def _start_tracks(desk: Desk, programme: Programme, preset: Preset) -> None:
    for track in _preset_tracks(Words(programme.language), preset):
        desk.session.add(
            Track(
                programme_id=programme.id,
                name=track.name,
                short=track.short,
                emoji=track.emoji,
                description=track.description,
                created_at=desk.now,
            )
        )
    desk.session.flush()


def _preset_tracks(words: Words, preset: Preset) -> tuple[TrackView, ...]:
    """The tracks of a preset. They are not kept yet, so their ids only tell them apart."""
    found: list[TrackView] = []
    for key, emoji in _PRESET_TRACKS[preset]:
        name = words(f"preset.track.{key}")
        short = short_name(name, {track.short for track in found})
        description = words(f"preset.track.{key}.description")
        found.append(TrackView(-len(found) - 1, name, emoji, short, description))
    return tuple(found)


def _filled(desk: Desk, slots: Iterable[Slot]) -> tuple[Slot, ...]:
    filled = {place.slot: place.discord_id for place in programmes.places(desk)}
    return tuple(replace(slot, discord_id=filled.get(slot.key)) for slot in slots)


def preset_words(language: Language) -> tuple[str, str, str]:
    """What the ``leda`` preset calls an organisation: one, many, definite."""
    words = Words(language)
    return (words("preset.noun.one"), words("preset.noun.many"), words("preset.noun.definite"))
