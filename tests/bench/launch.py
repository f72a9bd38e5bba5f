"""Runs leda on the loopback Discord, and notes how long units of work hold the writer.

As ``tests.wire.launch``; every unit that held it for a millisecond adds a line to the file that
``LEDA_BENCH_UNITS`` names: seconds, and what it ran.
"""

import os
import threading
import time
from pathlib import Path
from typing import Any, Final

from storage import doors, units
from tests.wire.launch import point

_NOTED: Final = 0.001  # seconds
_WRITER: Final = "leda-write"
GROUP: Final = "a group of "
"""So begin the names of units that ran at once."""


def watch(file: Path) -> None:
    """Measure each unit, and each group of them that runs at once, in the writer's thread."""
    run, together = units.Unit.run, doors.run_together

    def timed(unit: units.Unit[Any], bind: Any) -> None:
        began = time.perf_counter()
        run(unit, bind)
        _note(file, began, _name(unit.work))

    def timed_together(group: Any, *args: Any) -> None:
        began = time.perf_counter()
        together(group, *args)
        alone = len(group) == 1
        _note(file, began, _name(group[0].work) if alone else f"{GROUP}{len(group)}")

    units.Unit.run = timed  # type: ignore[method-assign]
    doors.run_together = timed_together


def _note(file: Path, began: float, name: str) -> None:
    took = time.perf_counter() - began
    if took >= _NOTED and threading.current_thread().name.startswith(_WRITER):
        with file.open("a") as out:
            out.write(f"{took:.6f}\t{name}\n")


def _name(work: Any) -> str:
    """What the doors wrapped: the first function inside that has a name of its own."""
    if isinstance(part := getattr(work, "__self__", None), units.Part):
        work = part.work.one
    while work.__name__ == "<lambda>":
        inside = [cell.cell_contents for cell in work.__closure__ or ()]
        work = next((each for each in inside if hasattr(each, "__name__")), watch)
    return f"{work.__module__}.{work.__name__}"


if __name__ == "__main__":
    point(os.environ["LEDA_WIRE"])
    watch(Path(os.environ["LEDA_BENCH_UNITS"]))
    from bot.cli import main

    raise SystemExit(main())
