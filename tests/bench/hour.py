"""An hour's storm: whether leda's memory grows. The long run's alone."""

import time
from pathlib import Path
from typing import Final

from tests.bench import rivals
from tests.bench.goals import Row

_HOUR: Final = 3600.0  # seconds
_WARM: Final = 300.0  # seconds: by then all that is kept for good is there
_IN_FLIGHT: Final = 200
_GROWTH: Final = 1.05


async def storm(small: Path, folder: Path, seconds: float = _HOUR) -> dict[str, Row]:
    """Storm after storm; memory after five minutes beside memory at the end, both at rest."""
    side = rivals.leda(small, folder, "an hour")
    async with side.scene.discord:
        try:
            await side.program.start()
            await side.program.ready()
            began, number, early = time.monotonic(), 0, 0
            while (passed := time.monotonic() - began) < seconds:
                await rivals.storm(side, ("support", "unsure")[number % 2], _IN_FLIGHT)
                side.scene.discord.interactions.clear()
                side.scene.discord.by_token.clear()
                number += 1
                if not early and passed >= min(_WARM, seconds / 2):
                    early = side.program.rss()
            late = side.program.rss()
        finally:
            if side.program.runs:
                await side.program.kill()
    said = f"{late / early:.2f} times after five minutes"
    return {
        "memory growth": Row(f"{early / 1e6:.0f}", f"{late / 1e6:.0f}", said,
                             late <= _GROWTH * early)
    }  # fmt: skip
