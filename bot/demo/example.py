"""The example programme: who takes part and what they have written so far.

The organisations of the health and care track are those that took part in LEDA. Nobody here has the
school track's list, so its municipalities are marked as examples. People are named by role.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Final, Literal

SWEDISH: Final = "sv-SE"

Role = Literal["coordinator", "participant", "follower"]


@dataclass(frozen=True)
class Person:
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
class Organisation:
    """An organisation and the keys of its tracks, ``health`` or ``school``."""

    name: str
    tracks: tuple[str, ...]


@dataclass(frozen=True)
class Factor:
    """A factor as someone has proposed it, with the votes and the talk that followed.

    Attributes:
        track: ``health``, ``school`` or ``all``.
        votes: who chose what; ``support``, ``unsure``.
        talk: who wrote what in its thread.
    """

    by: str
    kind: str
    track: str
    title: str
    how: str
    votes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    talk: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Example:
    """Everything that a fresh demo starts with.

    Attributes:
        lobby: the one channel of the server before the programme is set up.
        tracks: what setup calls the tracks of each key.
    """

    server: str
    lobby: str
    lobby_topic: str
    tracks: Mapping[str, str]
    organisations: tuple[Organisation, ...]
    people: tuple[Person, ...]
    factors: tuple[Factor, ...]

    def person(self, key: str) -> Person | None:
        """The one with this user name, if it is someone of the example."""
        return next((person for person in self.people if person.key == key), None)


@cache
def example() -> Example:
    """The example, as ``example.json`` tells it."""
    told: dict[str, Any] = json.loads(
        Path(__file__).with_name("example.json").read_text(encoding="utf-8")
    )
    return Example(
        server=told["server"],
        lobby=told["lobby"],
        lobby_topic=told["lobby_topic"],
        tracks=told["tracks"],
        organisations=tuple(
            Organisation(one["name"], tuple(one["tracks"])) for one in told["organisations"]
        ),
        people=tuple(Person(**one) for one in told["people"]),
        factors=tuple(_factor(one) for one in told["factors"]),
    )


def _factor(told: dict[str, Any]) -> Factor:
    votes = {choice: tuple(keys) for choice, keys in told["votes"].items()}
    talk = tuple((who, what) for who, what in told["talk"])
    return Factor(**{**told, "votes": votes, "talk": talk})
