"""Counting: what an organisation says, where a factor stands, and how factors are ordered.

Pure arithmetic over ``{track: {organisation: (support, objections, unsure)}}``. Every organisation
of a track is in it, the silent ones with ``(0, 0, 0)``; an organisation of two tracks is in both,
with the same votes. An organisation speaks with one voice, however many it is.

Where the ideas come from: a prior that steadies small groups, and the geometric mean over groups,
are those of Pol.is's group-aware consensus as refined in red-dwarf 118 and 120; counting silence
as that prior answers red-dwarf 72 (high scores on very few votes). The measure itself is ours.
"""

from collections.abc import Mapping, Sequence
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
    counts = [_Count.of(members) for members in tracks.values() if members]
    if not counts or any(count.voted < _enough(count.organisations) for count in counts):
        return Standing.TOO_EARLY
    overall = _Count.of(_everyone(tracks))
    if overall.mostly_for and all(c.at_least_half_for and not c.against for c in counts):
        return Standing.SHARED_GROUND
    clearly_for = any(count.mostly_for and not count.against for count in counts)
    if clearly_for and any(not count.at_least_half_for for count in counts):
        return Standing.DIFFERS
    if any(count.against and count.partly_for for count in counts):
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
    """The votes of each organisation that has any, from :func:`storage.votes.counts`."""
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


def _enough(organisations: int) -> int:
    """How many organisations must have voted before a track's standing says anything."""
    return max(-(-organisations // 2), min(organisations, _FEW))


def _everyone(tracks: Tracks) -> dict[Any, Votes]:
    """Every organisation once, whatever tracks it is in."""
    everyone: dict[Any, Votes] = {}
    for members in tracks.values():
        for organisation, votes in members.items():
            everyone[organisation] = max(votes, everyone.get(organisation, votes))
    return everyone


class _Count:
    """How many organisations take which stance."""

    def __init__(self, stances: list[Stance]) -> None:
        self.organisations = len(stances)
        self.voted = sum(each is not Stance.SILENT for each in stances)
        self._supports = stances.count(Stance.SUPPORTS)
        self._divided = stances.count(Stance.DIVIDED)
        self._objects = stances.count(Stance.OBJECTS)

    @classmethod
    def of(cls, members: Mapping[Any, Votes]) -> "_Count":
        return cls([stance(*votes) for votes in members.values()])

    @property
    def mostly_for(self) -> bool:
        return _THIRD * self._supports >= 2 * self.voted

    @property
    def at_least_half_for(self) -> bool:
        return 2 * self._supports >= self.voted

    @property
    def against(self) -> bool:
        return _THIRD * (self._objects + self._divided) >= self.voted

    @property
    def partly_for(self) -> bool:
        return _THIRD * (self._supports + self._divided) >= self.voted
