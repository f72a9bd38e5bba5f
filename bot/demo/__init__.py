"""The programme without a token: the real bot in a Discord of its own, in a local browser."""

import sys
from pathlib import Path

from bot.demo.folder import REFUSED


def run(data: Path, port: int, fresh: bool, *, open_browser: bool = False) -> int:
    """Run the demo until Ctrl-C or SIGTERM.

    Args:
        data: the folder that everything is kept in; made if missing.
        port: where the page is served, on this machine only; 0 for any that is free.
        fresh: start over, whatever the folder holds.
        open_browser: also show the page in the browser.

    Returns:
        the exit code: 0, or 2 with a sentence on stderr if the demo could not start.
    """
    missing = missing_parts()
    if missing:
        print(  # noqa: T201  # a command speaks to whoever called it
            f"The demo needs {' and '.join(missing)}, which a plain installation leaves out. "
            "Install it with: pip install 'leda[demo]' (in a clone: make demo).",
            file=sys.stderr,
        )
        return REFUSED
    from bot.demo.runner import run_until_stopped

    return run_until_stopped(data, port, fresh=fresh, open_browser=open_browser)


def missing_parts() -> list[str]:
    """The packages of the extra ``demo`` that are not installed."""
    from importlib.util import find_spec

    parts = {"simcord": "simcord", "markdown_it": "simcord[preview]", "PIL": "simcord[preview]"}
    return sorted({package for module, package in parts.items() if find_spec(module) is None})
