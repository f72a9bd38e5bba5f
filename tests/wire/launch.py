"""Runs leda as it is, with discord.py pointed at a Discord of our own on this machine.

``LEDA_WIRE=http://127.0.0.1:PORT python -m tests.wire.launch run``: two addresses are changed,
nothing else; then it is ``python -m bot``. ``LEDA_WIRE_DAYS_AHEAD`` sets its clock wrong, and by
``LEDA_WIRE_QUICKER`` the times of leases are divided. At its end it writes into the file that
``LEDA_WIRE_MODULES`` names which modules it has imported.
"""

import atexit
import os
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route


def point(base: str) -> None:
    """Let discord.py speak to this address instead of discord.com."""
    Route.BASE = f"{base}/api/v10"
    DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(base.replace("http:", "ws:", 1)) / "gateway"


def set_clock(days: float) -> None:
    """Let its clock run ahead of this machine's."""
    from bot import app

    ahead = timedelta(days=days)
    app.create_bot.__defaults__ = (lambda: datetime.now(UTC) + ahead,)


if __name__ == "__main__":
    point(os.environ["LEDA_WIRE"])
    if "LEDA_WIRE_DAYS_AHEAD" in os.environ:
        set_clock(float(os.environ["LEDA_WIRE_DAYS_AHEAD"]))
    if modules := os.environ.get("LEDA_WIRE_MODULES"):
        atexit.register(lambda: Path(modules).write_text("\n".join(sys.modules)))
    from bot import leases
    from bot.cli import main

    leases.TIMES = leases.TIMES.divided(float(os.environ.get("LEDA_WIRE_QUICKER", "1")))

    raise SystemExit(main())
