"""``python -m tests.demo.still demo``: ``leda demo`` as it is, but that time stands still.

No meeting is planned for in a minute, and nothing falls due: what it leaves is the example alone.
"""

from bot.cli import main
from bot.demo.stage import Stage


async def _stand_still(_stage: Stage) -> None:
    return None


if __name__ == "__main__":
    Stage.wind = _stand_still  # type: ignore[method-assign]
    raise SystemExit(main())
