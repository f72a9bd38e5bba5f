"""How long backups are kept."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

_KEEP: Final = re.compile(r"(\d{1,3})([dwm])")


@dataclass(frozen=True)
class Keep:
    """How long backups are kept: the newest of so many days, weeks and months."""

    days: int = 7
    weeks: int = 4
    months: int = 12

    @classmethod
    def read(cls, said: str) -> "Keep":
        """What ``7d,4w,12m`` says; what it leaves out is none.

        Raises:
            ValueError: it says something else, or nothing.
        """
        found = {"d": 0, "w": 0, "m": 0}
        for part in said.split(","):
            match = _KEEP.fullmatch(part.strip())
            if match is None:
                raise ValueError(said)
            found[match[2]] = int(match[1])
        if not any(found.values()):
            raise ValueError(said)
        return cls(found["d"], found["w"], found["m"])

    def of(self, made: Iterable[datetime]) -> set[datetime]:
        """Which backups are kept, of those made at these moments (aware UTC); always the newest."""
        newest_first = sorted(made, reverse=True)
        kept = set(newest_first[:1])
        for number, period in (
            (self.days, "%Y-%m-%d"),
            (self.weeks, "%G-%V"),
            (self.months, "%Y-%m"),
        ):
            newest = {f"{moment:{period}}": moment for moment in reversed(newest_first)}
            kept.update(sorted(newest.values(), reverse=True)[:number])
        return kept
