"""The addresses of places in Discord."""

from typing import Protocol


class Posted(Protocol):
    """What has a card in a server, once it was posted (Discord ids)."""

    @property
    def programme_id(self) -> int:
        """The server."""

    @property
    def channel_id(self) -> int | None:
        """Where the card is."""

    @property
    def message_id(self) -> int | None:
        """Which message it is."""


def channel_url(server: int, channel: int) -> str:
    """The address of a channel or a thread (Discord ids)."""
    return f"https://discord.com/channels/{server}/{channel}"


def message_url(server: int, channel: int | None, message: int | None) -> str | None:
    """The address of a message (Discord ids), if there is one."""
    if channel is None or message is None:
        return None
    return f"{channel_url(server, channel)}/{message}"


def card_url(posted: Posted) -> str | None:
    """Where the card of something is, if it was posted."""
    return message_url(posted.programme_id, posted.channel_id, posted.message_id)
