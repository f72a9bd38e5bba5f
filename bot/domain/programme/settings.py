"""What coordinators choose for their programme: shown, tried out, then saved.

A change is tried out first (:func:`propose`), so that people see what it will do. What they
then save is carried by the button they press, as text, with a mark of what stood there when
they were asked.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from bot.domain.digest import weeks
from bot.domain.kit.people import only_coordinators, the_programme
from bot.domain.meetings import reminders
from bot.domain.programme import choices, programmes
from bot.domain.programme.choices import FIELDS, ChoiceChange, Choices, SettingsPart
from bot.domain.programme.errors import ChannelTaken
from bot.domain.programme.programmes import ProgrammeView
from bot.domain.tracks.places import COORDINATORS, FORUM
from storage.desk import Desk
from storage.kit.programmes import Programme

# What decides when the weekly digest is due.
_DIGEST_CLOCK: Final = {"digest_weekday", "digest_hour", "timezone"}


@dataclass(frozen=True)
class SettingsView:
    """A programme, and what is chosen for it."""

    programme: ProgrammeView
    choices: Choices


@dataclass(frozen=True)
class SettingsOutcome:
    """What became of a change.

    Where it was not ``saved``, somebody had changed the same part since it was shown, and
    ``change`` holds what stands now.
    """

    change: ChoiceChange
    saved: bool


def view(desk: Desk) -> SettingsView:
    """What is chosen for a programme.

    Raises:
        NotSetUp: the server has none.
        CoordinatorsOnly: the person is none.
    """
    programme = the_programme(desk)
    only_coordinators(desk)
    shown = programmes.view(desk)
    return SettingsView(shown, _choices(programme, shown))


def propose(desk: Desk, part: SettingsPart, typed: Mapping[str, str]) -> ChoiceChange:
    """What a change would do; nothing is saved.

    Args:
        part: what is to change.
        typed: the fields of :data:`choices.FIELDS`, as text. What is left out stays as it is.

    Raises:
        NotSetUp, CoordinatorsOnly: as :func:`view`.
        TimezoneUnknown: there is no such time zone.
        ChoiceUnknown: something is none of the choices.
        NameTooLong, WordNotLetters, WordsIncomplete: the words for organisation cannot be used.
        ChannelTaken: a channel has another part in the programme.
    """
    current = view(desk)
    will = choices.understand(current.choices, part, typed)
    if part is SettingsPart.CHANNELS:
        _need_free_channels(current.programme, will)
    return ChoiceChange(part, current.choices, will)


def save(desk: Desk, part: SettingsPart, text: str, seen: str) -> SettingsOutcome:
    """Make a change that was shown before.

    Saving what stands already changes nothing. A change that somebody else has overtaken is
    not made.

    Args:
        part: what is to change.
        text: what it is to become, as :func:`choices.said` wrote it.
        seen: the :func:`choices.mark` of what stood there when the person was asked.

    Raises:
        NotSetUp, CoordinatorsOnly, and what :func:`propose` raises.
    """
    change = propose(desk, part, choices.typed_of(part, text))
    if not change.fields:
        return SettingsOutcome(change, saved=True)
    if choices.mark(change.was, part) != seen:
        return SettingsOutcome(change, saved=False)
    _write(desk, change)
    if "reminders" in change.fields:
        reminders.plan_anew(desk)
    if _DIGEST_CLOCK.intersection(change.fields):
        weeks.plan_next(desk)
    was, will = choices.as_texts(change.was), choices.as_texts(change.will)
    changed: dict[str, Any] = {name: [was[name], will[name]] for name in change.fields}
    desk.note("programme.changed", **changed)
    return SettingsOutcome(change, saved=True)


def _choices(programme: Programme, shown: ProgrammeView) -> Choices:
    return Choices(
        language=programme.language,
        timezone=programme.timezone,
        digest_weekday=programme.digest_weekday,
        digest_hour=programme.digest_hour,
        reminders=tuple(int(minutes) for minutes in programme.reminders.split(",") if minutes),
        joining=programme.joining,
        word_one=programme.word_one,
        word_many=programme.word_many,
        word_definite=programme.word_definite,
        forum=shown.discord_id(FORUM),
        coordinators=shown.discord_id(COORDINATORS),
    )


def _need_free_channels(programme: ProgrammeView, will: Choices) -> None:
    own = {FORUM: will.forum, COORDINATORS: will.coordinators}
    chosen = [channel for channel in own.values() if channel is not None]
    others = {slot.discord_id for slot in programme.slots if slot.key not in own}
    if len(set(chosen)) < len(chosen) or others & set(chosen):
        raise ChannelTaken


def _write(desk: Desk, change: ChoiceChange) -> None:
    programme = the_programme(desk)
    for name in change.fields:
        value = getattr(change.will, name)
        if name in FIELDS[SettingsPart.CHANNELS]:
            slots = programmes.view(desk).slots
            slot = next(slot for slot in slots if slot.key == name)
            programmes.fill(desk, slot, value)
        elif name == "reminders":
            programme.reminders = choices.as_texts(change.will)[name]
        else:
            setattr(programme, name, value)
    desk.session.add(programme)
    desk.session.flush()
