"""The table of readings: what people type, when, and how it is to be read."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.domain.when.errors import WhenAmbiguous, WhenNoTime
from bot.domain.when.said import Start
from storage.enums import Language

STOCKHOLM = "Europe/Stockholm"
_TABLE = Path(__file__).parent / "when" / "readings.tsv"


@dataclass(frozen=True)
class Row:
    """A reading that is right; its columns are said at the head of the table."""

    language: Language
    now: datetime
    text: str
    wanted: str
    kind: str

    def __str__(self):
        return f"{self.language} {self.now:%m-%d} {self.text}"


def rows():
    for line in _TABLE.read_text("utf-8").splitlines():
        if not line.startswith("#"):
            language, now, text, wanted, kind = f"{line}\t".split("\t")[:5]
            now = datetime.fromisoformat(now).replace(tzinfo=ZoneInfo(STOCKHOLM))
            yield Row(Language(language), now, text, wanted, kind)


ROWS = list(rows())


def written(start):
    """A start as the table has it."""
    length = "" if start.minutes is None else f" ({start.minutes})"
    return f"{start.wall:%Y-%m-%dT%H:%M}{' second' if start.fold else ''}{length}"


def outcome(found):
    """What became of a text, as the table has it."""
    if isinstance(found, Start):
        return written(found)
    if isinstance(found, WhenNoTime):
        return f"hour {found.values['day']}"
    if isinstance(found, WhenAmbiguous):
        return f"ask {', '.join(map(written, found.readings))}"
    return "no"
