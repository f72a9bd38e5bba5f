"""Runs leda as it is, with discord.py pointed at a Discord of our own on this machine.

``LEDA_WIRE=http://127.0.0.1:PORT python -m tests.wire.launch run``: two addresses are changed,
nothing else; then it is ``python -m bot``.
"""

import os

import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route


def point(base: str) -> None:
    """Let discord.py speak to this address instead of discord.com."""
    Route.BASE = f"{base}/api/v10"
    DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(base.replace("http:", "ws:", 1)) / "gateway"


if __name__ == "__main__":
    point(os.environ["LEDA_WIRE"])
    from bot.cli import main

    raise SystemExit(main())
