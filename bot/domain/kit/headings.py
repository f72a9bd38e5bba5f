"""Which column is which, by the words that people put above them."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from bot.domain.kit import texts
from bot.domain.kit.errors import ColumnMissing, ColumnTwice
from bot.i18n.words import Words
from storage.enums import Language
from storage.search import stems

_HIGHEST = 20
"""Among so many of the first rows the headings are looked for: titles may stand above them."""

# What ends a heading's name, where more is said after it.
_REMARK: Final = re.compile(r"[\n\r(\[,:;/\u2013\u2014]|\s-\s")
_TRAILING = " .:*?"
# Of what may head a column, so much is told where it is missing: its name in each language.
_SHOWN = 2


@dataclass(frozen=True)
class Head:
    """The row that names the columns.

    ``at`` is its place among the rows. ``places`` says where each known column stands; ``exactly``
    counts those that are called just so. ``twice`` is a heading that means what another one does.
    """

    at: int
    headings: tuple[str, ...]
    places: Mapping[str, int] = field(default_factory=dict)
    exactly: int = 0
    twice: str | None = None

    def lacks(self, needed: Iterable[str]) -> list[str]:
        """Those of the needed columns that no heading names."""
        return [column for column in needed if column not in self.places]

    @property
    def worth(self) -> tuple[int, int, int]:
        """The larger, the likelier that this is the head."""
        return self.exactly, len(self.places), len(self.headings)


def said_for(key: str) -> list[str]:
    """What may head a column: its name in each language, then the other words that people use.

    Args:
        key: of the catalogues, where all these stand between ``|``.
    """
    said = [Words(language)(key).split("|") for language in Language]
    return [first for first, *_ in said] + [word for _, *more in said for word in more]


class Columns:
    """The columns that a file may have.

    Args:
        called: what may head each; case, diacritics and what follows the name do not matter.
        needed: those that must be there.
    """

    def __init__(self, called: Mapping[str, Sequence[str]], needed: Iterable[str]) -> None:
        self._called, self.needed = called, tuple(needed)
        self._known = {_plain(said): column for column, heads in called.items() for said in heads}

    def find(self, rows: Sequence[Sequence[str]]) -> Head:
        """The first row that names all that is needed, or else the likeliest of the first."""
        heads = [self._head(at, cells) for at, cells in enumerate(rows[:_HIGHEST])]
        whole = [head for head in heads if not head.lacks(self.needed)]
        return whole[0] if whole else max(heads, key=lambda head: head.worth)

    def demand(self, head: Head) -> None:
        """Refuse a head that does not say what is where.

        Raises:
            ColumnMissing: needed columns are not there; all of them are told.
            ColumnTwice: two headings mean the same column.
        """
        if missing := head.lacks(self.needed):
            wanted = [" / ".join(dict.fromkeys(self._called[each][:_SHOWN])) for each in missing]
            found = ", ".join(filter(None, head.headings))
            raise ColumnMissing(n=len(missing), columns=", ".join(wanted), found=found)
        if head.twice is not None:
            raise ColumnTwice(column=head.twice)

    def _head(self, at: int, cells: Sequence[str]) -> Head:
        headings = tuple(texts.clean_line(cell) for cell in cells)
        places: dict[str, int] = {}
        twice = None
        exact = [self._known.get(_plain(heading)) for heading in headings]
        loose = [self._known.get(_plain(_REMARK.split(cell.strip())[0])) for cell in cells]
        for found in (exact, [None if column in exact else column for column in loose]):
            for place, column in enumerate(found):
                if column in places and place != places[column]:
                    twice = twice or headings[place]
                elif column is not None:
                    places[column] = place
        return Head(at, headings, places, len(set(exact) - {None}), twice)


def _plain(said: str) -> str:
    return stems.fold(said).strip(_TRAILING)
