"""What came of bringing a server in line with its programme."""

from dataclasses import dataclass

from bot.domain.programme.programmes import ProgrammeView
from bot.domain.tracks.places import Slot
from cogs.kit.health import Trouble


@dataclass(frozen=True)
class BuildOutcome:
    """What was done and what could not be.

    ``programme`` is as it stands now, ``made`` what was made, ``opened`` what was opened to leda,
    ``home`` whether the home card was posted, ``cards`` how many factors' cards were. ``refusal``
    is what Discord said when it stopped leda on the way, ``troubles`` what is wrong still and
    needs a person.
    """

    programme: ProgrammeView
    made: tuple[Slot, ...] = ()
    opened: tuple[Slot, ...] = ()
    home: bool = False
    cards: int = 0
    refusal: str | None = None
    troubles: tuple[Trouble, ...] = ()
