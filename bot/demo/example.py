"""The example programme: who takes part and what they have written so far.

The organisations of the health and care track are those that took part in LEDA. Nobody here has the
school track's list, so its municipalities are marked as examples. People are named by role. What
they write was written for the demo, and is nobody's report.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Any, Final, Literal
from zoneinfo import ZoneInfo

from bot.domain.factors.wording import FactorText
from bot.domain.when.feasts import feast
from storage.enums import Language

SWEDISH: Final = "sv-SE"
ZONE: Final = "Europe/Stockholm"
_SATURDAY: Final = 6

Role = Literal["coordinator", "participant", "follower"]


@dataclass(frozen=True)
class When:
    """A time before the day on which the demo is begun; ``at`` is the hour in Sweden."""

    days_ago: int
    at: str

    def before(self, now: datetime) -> datetime:
        """The instant, seen from ``now`` (aware)."""
        day = now.astimezone(ZoneInfo(ZONE)).date() - timedelta(days=self.days_ago)
        return datetime.combine(day, time.fromisoformat(self.at), ZoneInfo(ZONE))


@dataclass(frozen=True)
class Coming:
    """A time counted from the day on which the demo is begun: so many days later or earlier.

    It is the first such ``weekday`` from that day on, 1 being Monday, since people meet on
    weekdays; ``at`` is the hour in Sweden.
    """

    days: int
    weekday: int
    at: str

    def seen_from(self, now: datetime, times: int = 1) -> datetime:
        """The instant, seen from ``now`` (aware); of so many times, every other week, the first.

        Where one of them would be on a public holiday or its eve, they are on a later working day.
        """
        day = now.astimezone(ZoneInfo(ZONE)).date() + timedelta(days=self.days)
        day += timedelta(days=(self.weekday - day.isoweekday()) % 7)
        while day.isoweekday() >= _SATURDAY or any(
            feast(day + timedelta(weeks=2 * turn), ZONE, Language.SV) for turn in range(times)
        ):
            day += timedelta(days=1)
        return datetime.combine(day, time.fromisoformat(self.at), ZoneInfo(ZONE))


@dataclass(frozen=True)
class ExamplePerson:
    """Someone one can be.

    Attributes:
        key: the user name in Discord.
        organisation: None for those who take part in none.
        language: a Discord locale.
    """

    key: str
    name: str
    role: Role
    initials: str
    organisation: str | None = None
    language: str = SWEDISH


@dataclass(frozen=True)
class ExampleOrganisation:
    """An organisation and the keys of its tracks, ``health`` or ``school``."""

    name: str
    tracks: tuple[str, ...]


@dataclass(frozen=True)
class ExampleExperience:
    """What somebody's organisation has to tell; ``stance`` is ``done``, ``tried`` or ``new``."""

    by: str
    stance: str
    how: str


@dataclass(frozen=True)
class Edit:
    """A factor's new HOW."""

    when: When
    how: str


@dataclass(frozen=True)
class ExampleOutcome:
    """What the coordinator decided; ``status`` is ``adopted`` or ``declined``."""

    when: When
    status: str
    reason: str


@dataclass(frozen=True)
class Merge:
    """Which factor, by its title, a coordinator merged this one into."""

    when: When
    into: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class ExampleFactor(FactorText):
    """A factor as someone has proposed it, and what followed.

    Attributes:
        by: who proposed it; a coordinator writes for the organisation of ``on_behalf``.
        track: ``health``, ``school`` or ``all``.
        support: who chose it, as are ``unsure``.
        objections: who objects, and why.
        talk: who wrote what in its thread.
        opens_in: in how many days voting opens, where it is discussed first.
    """

    when: When
    by: str
    kind: str
    track: str
    support: tuple[str, ...]
    unsure: tuple[str, ...]
    objections: tuple[tuple[str, str], ...]
    experiences: tuple[ExampleExperience, ...]
    talk: tuple[tuple[str, str], ...]
    key_area: str | None = None
    on_behalf: str | None = None
    opens_in: int | None = None
    edit: Edit | None = None
    outcome: ExampleOutcome | None = None
    merge: Merge | None = None


@dataclass(frozen=True)
class ExampleMeeting:
    """A meeting as the coordinator planned it, and what people said to it.

    Attributes:
        when: when it was planned.
        track: ``health``, ``school`` or ``all``.
        starts: when it is held, a series for the first time.
        going: who is, as are ``maybe`` and ``cant``.
        there: who said afterwards that they were.
        links: of the minutes, as they are typed.
    """

    when: When
    title: str
    kind: str
    track: str
    starts: Coming
    duration: str
    where: str
    agenda: str
    going: tuple[str, ...]
    maybe: tuple[str, ...]
    cant: tuple[str, ...]
    repeat: str = "none"
    times: int | None = None
    reminders: str = ""
    there: tuple[str, ...] = ()
    summary: str = ""
    links: str = ""


@dataclass(frozen=True)
class ExampleDigest:
    """When the weekly digest comes, and what the coordinator wrote for the next one.

    It is at the very end of the week, so that the week in which one looks has yet to be told of.

    Attributes:
        weekday: from Monday, 0.
        hour: in Sweden.
    """

    weekday: int
    hour: int
    greeting: str


@dataclass(frozen=True)
class Example:
    """Everything that a fresh demo starts with.

    Attributes:
        lobby: the one channel of the server before the programme is set up.
        began: when the programme was set up, more than eight weeks of digests ago.
        tracks: what setup calls the tracks of each key.
        factors: oldest first, as are ``meetings`` by when they were planned.
    """

    server: str
    lobby: str
    lobby_topic: str
    began: When
    digest: ExampleDigest
    tracks: Mapping[str, str]
    key_areas: tuple[str, ...]
    organisations: tuple[ExampleOrganisation, ...]
    people: tuple[ExamplePerson, ...]
    factors: tuple[ExampleFactor, ...]
    meetings: tuple[ExampleMeeting, ...]

    def person(self, key: str) -> ExamplePerson | None:
        """The one with this user name, if it is someone of the example."""
        return next((person for person in self.people if person.key == key), None)


@cache
def example() -> Example:
    """The example, as ``example.json``, ``factors.json`` and ``meetings.json`` tell it."""
    told: dict[str, Any] = _read("example.json")
    return Example(
        server=told["server"],
        lobby=told["lobby"],
        lobby_topic=told["lobby_topic"],
        began=When(*told["began"]),
        digest=ExampleDigest(**told["digest"]),
        tracks=told["tracks"],
        key_areas=tuple(told["key_areas"]),
        organisations=tuple(
            ExampleOrganisation(one["name"], tuple(one["tracks"])) for one in told["organisations"]
        ),
        people=tuple(ExamplePerson(**one) for one in told["people"]),
        factors=tuple(_factor(one) for one in _read("factors.json")),
        meetings=tuple(_meeting(one) for one in _read("meetings.json")),
    )


def _read(name: str) -> Any:
    return json.loads(Path(__file__).with_name(name).read_text(encoding="utf-8"))


def _factor(told: dict[str, Any]) -> ExampleFactor:
    later = {"edit": Edit, "outcome": ExampleOutcome, "merge": Merge}
    made: dict[str, Any] = {
        "when": When(*told["when"]),
        "support": tuple(told["support"]),
        "unsure": tuple(told["unsure"]),
        "objections": tuple((who, why) for who, why in told["objections"]),
        "experiences": tuple(ExampleExperience(*one) for one in told["experiences"]),
        "talk": tuple((who, what) for who, what in told["talk"]),
    }
    for key, kind in later.items():
        if key in told:
            made[key] = kind(**{**told[key], "when": When(*told[key]["when"])})
    return ExampleFactor(**{**told, **made})


def _meeting(told: dict[str, Any]) -> ExampleMeeting:
    people = {key: tuple(told.get(key, ())) for key in ("going", "maybe", "cant", "there")}
    times = {"when": When(*told["when"]), "starts": Coming(*told["starts"])}
    return ExampleMeeting(**{**told, **people, **times})
