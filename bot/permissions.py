"""The permissions that leda needs: what its invitation asks for, and what setup checks."""

import discord

NEEDED = (
    "view_channel",
    "manage_channels",
    "manage_roles",
    "send_messages",
    "send_messages_in_threads",
    "create_public_threads",
    "embed_links",
    "attach_files",
    "read_message_history",
    "create_instant_invite",
    "create_events",
)


def needed() -> discord.Permissions:
    """What to ask for when leda is invited. Never Administrator."""
    return discord.Permissions(**dict.fromkeys(NEEDED, True))


def missing(held: discord.Permissions) -> list[str]:
    """The names of needed permissions that are not held."""
    return [name for name in NEEDED if not getattr(held, name)]
