"""Counting: what an organisation says, where a factor stands, and how factors are ordered.

Pure arithmetic over ``{track: {organisation: (support, objections, unsure)}}``. Every organisation
of a track is in it, the silent ones with ``(0, 0, 0)``; an organisation of two tracks is in both,
with the same votes. An organisation speaks with one voice, however many it is.

Where the ideas come from: a prior that steadies small groups, and the geometric mean over groups,
are those of Pol.is's group-aware consensus as refined in red-dwarf 118 and 120; counting silence
as that prior answers red-dwarf 72 (high scores on very few votes). The measure itself is ours.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import prod
from typing import Any

from storage.enums import Choice

Votes = tuple[int, int, int]
"""Support, objections, unsure."""

Tracks = Mapping[Any, Mapping[Any, Votes]]

# An organisation is divided, and a track against, from a third on.
_THIRD = 3
# So few organisations are no ground to judge on.
_FEW = 3


class Stance(StrEnum):
    """What an organisation says, with one voice."""

    SILENT = "silent"
    SUPPORTS = "supports"
    UNSURE = "unsure"
    DIVIDED = "divided"
    OBJECTS = "objects"


class Standing(StrEnum):
    """How far organisations agree on a factor."""

    TOO_EARLY = "too_early"
    SHARED_GROUND = "shared_ground"
    DIFFERS = "differs"
    DIVIDED = "divided"
    NO_CLEAR_SUPPORT = "no_clear_support"


def stance(support: int, objections: int, unsure: int) -> Stance:
    """What an organisation says whose participants voted so.

    With ``n`` votes: silent if there are none; it objects if objections outnumber support; else
    it is divided if more than a third object; else it supports if at least half do; else it is
    unsure.
    """
    votes = support + objections + unsure
    if not votes:
        return Stance.SILENT
    if objections > support:
        return Stance.OBJECTS
    if _THIRD * objections > votes:
        return Stance.DIVIDED
    return Stance.SUPPORTS if 2 * support >= votes else Stance.UNSURE


def stances(members: Mapping[Any, Votes]) -> Mapping[Stance, int]:
    """How many of some organisations take which stance."""
    found = [stance(*votes) for votes in members.values()]
    return {each: found.count(each) for each in Stance}


def enough(organisations: int) -> int:
    """How many organisations must have voted before a track's standing says anything."""
    return max(-(-organisations // 2), min(organisations, _FEW))


@dataclass(frozen=True)
class Count:
    """How many organisations take which stance, and what a standing makes of it."""

    stances: Mapping[Stance, int]

    @property
    def organisations(self) -> int:
        """How many there are."""
        return sum(self.stances.values())

    @property
    def voted(self) -> int:
        """How many have voted."""
        return self.organisations - self.stances.get(Stance.SILENT, 0)

    @property
    def supports(self) -> int:
        """How many support."""
        return self.stances.get(Stance.SUPPORTS, 0)

    @property
    def opposed(self) -> int:
        """How many object or are divided."""
        return self.stances.get(Stance.OBJECTS, 0) + self.stances.get(Stance.DIVIDED, 0)

    @property
    def too_few(self) -> bool:
        """Whether too few have voted to judge from."""
        return self.voted < enough(self.organisations)

    @property
    def mostly_for(self) -> bool:
        """Whether two thirds of those that voted support."""
        return _THIRD * self.supports >= 2 * self.voted

    @property
    def half_for(self) -> bool:
        """Whether half of those that voted support."""
        return 2 * self.supports >= self.voted

    @property
    def against(self) -> bool:
        """Whether a third of those that voted object or are divided."""
        return _THIRD * self.opposed >= self.voted

    @property
    def clearly_for(self) -> bool:
        """Whether two thirds support, and fewer than a third object or are divided."""
        return self.mostly_for and not self.against

    @property
    def split(self) -> bool:
        """Whether a third object or are divided, and a third support or are divided."""
        partly_for = self.supports + self.stances.get(Stance.DIVIDED, 0)
        return self.against and _THIRD * partly_for >= self.voted


def standing(tracks: Tracks) -> Standing:
    """Where a factor stands; give it one track alone for that track's own standing.

    The first that fits. With N organisations in a track and V of them that voted:

    1. *Too early to say*: some track has V < max(⌈N/2⌉, min(N, 3)), or no track has any
       organisation. Tracks without organisations are left out of all that follows.
    2. *Shared ground*: supports ≥ ⅔·V overall (an organisation of two tracks counted once), and
       in each track supports ≥ ½·V and objections + divided < ⅓·V.
    3. *Differs between tracks*: one track has supports ≥ ⅔·V and objections + divided < ⅓·V,
       another supports < ½·V.
    4. *Divided opinions*: a track has objections + divided ≥ ⅓·V and supports + divided ≥ ⅓·V.
    5. *No clear support*.
    """
    counts = [Count(stances(members)) for members in tracks.values() if members]
    if not counts or any(count.too_few for count in counts):
        return Standing.TOO_EARLY
    overall = Count(stances(_everyone(tracks)))
    if overall.mostly_for and all(each.half_for and not each.against for each in counts):
        return Standing.SHARED_GROUND
    if any(each.clearly_for for each in counts) and not all(each.half_for for each in counts):
        return Standing.DIFFERS
    if any(count.split for count in counts):
        return Standing.DIVIDED
    return Standing.NO_CLEAR_SUPPORT


def score(tracks: Tracks) -> float:
    """A number from 0 to 1 to order factors by, and for nothing else.

    An organisation's is (a + u/4 + ¼) / (n + 1), so that silence is ¼, as if one unsure voter
    were always there. A track's is the mean over *all* its organisations, a factor's the
    geometric mean over the tracks that have any; ¼ where none has.
    """
    means = [
        sum(_organisation_score(*votes) for votes in members.values()) / len(members)
        for members in tracks.values()
        if members
    ]
    return prod(means) ** (1 / len(means)) if means else 0.25


def by_organisation(counts: Mapping[tuple[int, Choice, bool], int]) -> dict[int, Votes]:
    """The votes of each organisation that has any, from :func:`storage.factors.tallies.counts`."""
    said: dict[int, Votes] = {}
    for (organisation, choice, _), number in counts.items():
        support, objections, unsure = said.get(organisation, (0, 0, 0))
        said[organisation] = (
            support + number * (choice is Choice.SUPPORT),
            objections + number * (choice is Choice.OBJECT),
            unsure + number * (choice is Choice.UNSURE),
        )
    return said


def in_tracks(
    said: Mapping[int, Votes], inside: Mapping[int, Sequence[int]], tracks: Sequence[int]
) -> dict[int, dict[int, Votes]]:
    """The votes of all organisations of some tracks.

    Args:
        said: the votes of those that have any.
        inside: the tracks of each organisation.
        tracks: which tracks.
    """
    return {
        track: {
            organisation: said.get(organisation, (0, 0, 0))
            for organisation, joined in inside.items()
            if track in joined
        }
        for track in tracks
    }


def _organisation_score(support: int, objections: int, unsure: int) -> float:
    return (support + unsure / 4 + 0.25) / (support + objections + unsure + 1)


def _everyone(tracks: Tracks) -> dict[Any, Votes]:
    """Every organisation once, whatever tracks it is in."""
    everyone: dict[Any, Votes] = {}
    for members in tracks.values():
        for organisation, votes in members.items():
            everyone[organisation] = max(votes, everyone.get(organisation, votes))
    return everyone
