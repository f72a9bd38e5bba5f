"""What may be told of votes outside the chat: one rule for every file, page and data set.

What the chat shows openly is withheld where it can be searched and stays: no count for fewer than
:data:`FEWEST` voters of one organisation, and nothing that such a count could be worked out from.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from bot.domain.factors.counting import Stance, Votes
from bot.domain.factors.tally import Tally

FEWEST = 3

_END_OF_SENTENCE = (".", "!", "?", "…")


@dataclass(frozen=True)
class MayBeTold:
    """What of a tally may be told.

    ``counts`` are the votes of organisations, by id, and ``total`` is their sum over all, None
    where any is withheld: it could be subtracted otherwise. ``stances`` are those that may be told
    of an organisation by name, and ``tables`` the tracks, by id, of which it may be told how many
    say what; of the others the standing is told in words.
    """

    counts: Mapping[int, Votes]
    total: Votes | None
    stances: Mapping[int, Stance]
    tables: frozenset[int]


def may_be_told(tally: Tally, confirmed: Collection[int] = ()) -> MayBeTold:
    """What of a tally may be told outside the chat.

    An organisation's stance may, with three voters, or where its contact person confirmed what it
    says. A track's table may, where no stance is withheld or at least three are that no other table
    tells apart.

    Args:
        tally: of a factor.
        confirmed: the organisations whose statement their contact person stands behind.
    """
    counts = {key: each.votes for key, each in tally.voices.items() if sum(each.votes) >= FEWEST}
    support, objections, unsure = (sum(each[at] for each in counts.values()) for at in range(3))
    stances = {
        key: each.stance for key, each in tally.voices.items() if key in counts or key in confirmed
    }
    withheld = set(tally.voices) - set(stances)
    there = {each.track.id: withheld & set(each.organisations) for each in tally.by_track}
    return MayBeTold(
        counts=counts,
        total=(support, objections, unsure) if len(counts) == len(tally.voices) else None,
        stances=stances,
        tables=frozenset(_safe(there)),
    )


def as_one(reasons: Iterable[str]) -> str:
    """Several texts as one from which it cannot be seen how many they were.

    Each once, and in the order of their letters: the order of votes would tell who voted when.
    """
    found = sorted({" ".join(each.split()) for each in reasons} - {""})
    return " ".join(each if each.endswith(_END_OF_SENTENCE) else f"{each}." for each in found)


def _safe(withheld: Mapping[int, Collection[int]]) -> set[int]:
    """The tables from which no group of fewer than three can be told, by subtracting either.

    Organisations that are in the same tables cannot be told apart by them. So a table goes whose
    organisations fall into such groups of which one is small, until none is left.
    """
    told = set(withheld)
    while True:
        groups: dict[frozenset[int], int] = {}
        for key in {each for there in withheld.values() for each in there}:
            among = frozenset(track for track in told if key in withheld[track])
            groups[among] = groups.get(among, 0) + 1
        unsafe = {track for among, n in groups.items() if n < FEWEST for track in among}
        if not unsafe:
            return told
        told -= unsafe
