"""Counting: what an organisation says, where a factor stands, and how factors are ordered.

Pure arithmetic over ``{track: {organisation: (support, objections, unsure)}}``. Every organisation
of a track is in it, the silent ones with ``(0, 0, 0)``; an organisation of two tracks is in both,
with the same votes. An organisation speaks with one voice, however many it is.

Where the ideas come from: a prior that steadies small groups, and the geometric mean over groups,
are those of Pol.is's group-aware consensus as refined in red-dwarf 118 and 120; counting silence
as that prior answers red-dwarf 72 (high scores on very few votes). The measure itself is ours.
"""

from collections.abc import Iterable, Mapping, Sequence
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

    With ``n`` votes: silent if there are none. If more than a third object, it objects where they
    outnumber support, else it is divided. Else, if at least half support, it supports where they
    are twice as many as objections, else it is divided. Else it is unsure.
    """
    votes = support + objections + unsure
    if not votes:
        return Stance.SILENT
    if _THIRD * objections > votes:
        return Stance.OBJECTS if objections > support else Stance.DIVIDED
    if 2 * support >= votes:
        return Stance.SUPPORTS if support >= 2 * objections else Stance.DIVIDED
    return Stance.UNSURE


def stances(members: Mapping[Any, Votes]) -> Mapping[Stance, int]:
    """How many of some organisations take which stance."""
    found = [stance(*votes) for votes in members.values()]
    return {each: found.count(each) for each in Stance}


def enough(organisations: int) -> int:
    """The quorum: how many must support for shared ground, and vote for any other verdict."""
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
    def silent(self) -> int:
        """How many have not voted."""
        return self.stances.get(Stance.SILENT, 0)

    @property
    def voted(self) -> int:
        """How many have voted."""
        return self.organisations - self.silent

    @property
    def supports(self) -> int:
        """How many support."""
        return self.stances.get(Stance.SUPPORTS, 0)

    @property
    def opposed(self) -> int:
        """How many object or are divided."""
        return self.stances.get(Stance.OBJECTS, 0) + self.stances.get(Stance.DIVIDED, 0)

    @property
    def enough(self) -> int:
        """The quorum: see :func:`enough`."""
        return enough(self.organisations)

    @property
    def too_few(self) -> bool:
        """Whether too few have voted to judge from."""
        return self.voted < self.enough

    @property
    def mostly_for(self) -> bool:
        """Whether two thirds of those that voted support."""
        return _THIRD * self.supports >= 2 * self.voted

    @property
    def half_for(self) -> bool:
        """Whether half of those that voted support."""
        return 2 * self.supports >= self.voted

    @property
    def mostly_against(self) -> bool:
        """Whether two thirds of those that voted object."""
        return _THIRD * self.stances.get(Stance.OBJECTS, 0) >= 2 * self.voted

    @property
    def partly_for(self) -> int:
        """How many support or are divided."""
        return self.supports + self.stances.get(Stance.DIVIDED, 0)

    @property
    def split(self) -> bool:
        """Whether a third object or are divided, and a third support or are divided."""
        return _THIRD * self.opposed >= self.voted and _THIRD * self.partly_for >= self.voted

    @property
    def standing(self) -> Standing:
        """Where a factor stands in one track whose organisations say so. The first that fits.

        Of N organisations V voted and S support; Q = max(⌈N/2⌉, min(N, 3)).

        1. *Shared ground*: S ≥ ⅔·V and S ≥ Q.
        2. *Too early to say*: V < Q; or S ≥ ⅔·V while V < N: support, but from too few yet.
        3. *Divided opinions*: objections + divided ≥ ⅓·V and supports + divided ≥ ⅓·V.
        4. *No clear support*.

        A quorum of supporters instead of voters: one more vote for it can only bring it nearer,
        one more against it never makes it.
        """
        if self.organisations and self.mostly_for and self.supports >= self.enough:
            return Standing.SHARED_GROUND
        if self.too_few or (self.mostly_for and self.silent) or not self.organisations:
            return Standing.TOO_EARLY
        return Standing.DIVIDED if self.split else Standing.NO_CLEAR_SUPPORT


def standing(tracks: Tracks) -> Standing:
    """Where a factor stands; give it one track alone for that track's own standing.

    Each track is judged for itself (:attr:`Count.standing`), those without organisations are left
    out. Of one track, it is that track's. Of several: *too early* if any is; *shared ground* if
    all are; *differs between tracks* if some are; else *divided* if any is; else *no clear
    support*. Without any, *too early*.
    """
    return together(Count(stances(members)).standing for members in tracks.values() if members)


def together(standings: Iterable[Standing]) -> Standing:
    """Where a factor stands, from where it does in each track with organisations."""
    found = set(standings)
    if not found or Standing.TOO_EARLY in found:
        return Standing.TOO_EARLY
    if found == {Standing.SHARED_GROUND}:
        return Standing.SHARED_GROUND
    if Standing.SHARED_GROUND in found:
        return Standing.DIFFERS
    return Standing.DIVIDED if Standing.DIVIDED in found else Standing.NO_CLEAR_SUPPORT


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
