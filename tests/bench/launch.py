"""Runs leda on the loopback Discord, and notes how long units of work hold the writer.

As ``tests.wire.launch``; every unit that held it for a millisecond adds a line to the file that
``LEDA_BENCH_UNITS`` names: seconds, and what it ran.
"""

import os
import threading
import time
from pathlib import Path
from typing import Any, Final

from storage.units import Unit
from tests.wire.launch import point

_NOTED: Final = 0.001  # seconds
_WRITER: Final = "leda-write"


def watch(file: Path) -> None:
    """Measure each unit from its begin to its last flush, in the writer's thread."""
    run = Unit.run

    def timed(unit: Unit[Any], bind: Any) -> None:
        began = time.perf_counter()
        run(unit, bind)
        took = time.perf_counter() - began
        if took >= _NOTED and threading.current_thread().name.startswith(_WRITER):
            with file.open("a") as out:
                out.write(f"{took:.6f}\t{_name(unit.work)}\n")

    Unit.run = timed  # type: ignore[method-assign]


def _name(work: Any) -> str:
    """What the doors wrapped: the first function inside that has a name of its own."""
    while work.__name__ == "<lambda>":
        inside = [cell.cell_contents for cell in work.__closure__ or ()]
        work = next((each for each in inside if hasattr(each, "__name__")), watch)
    return f"{work.__module__}.{work.__name__}"


if __name__ == "__main__":
    point(os.environ["LEDA_WIRE"])
    watch(Path(os.environ["LEDA_BENCH_UNITS"]))
    from bot.cli import main

    raise SystemExit(main())
