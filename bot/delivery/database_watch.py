"""What is done when the database cannot save, or is not the one that its cards speak of."""

import asyncio
import contextlib
import logging
from collections.abc import Callable, Iterable
from itertools import islice
from typing import Final

import discord

from bot.delivery.coordinators import tell_coordinators
from bot.domain.kit.errors import NotSetUp
from bot.domain.programme import programmes
from bot.patience import TROUBLES
from bot.ui.layout import note
from bot.works import Works
from storage.errors import Hindrance

_log = logging.getLogger(__name__)
_TOLD: Final = {Hindrance.DISK: "storage.full", Hindrance.DAMAGED: "storage.broken"}
_LOOKED_AT: Final = 15  # channels of a server


class DatabaseWatch:
    """Tells coordinators once that nothing can be saved, and once that it can be again."""

    def __init__(self, works: Works, lost: Callable[[], None]) -> None:
        """Know whom to call.

        Args:
            works: whose database it is.
            lost: called in the event loop once the open file is no more: leda has to stop.
        """
        self._works, self._lost = works, lost
        self._told = False
        self._telling: set[asyncio.Task[None]] = set()

    def begin(self) -> None:
        """Listen from now on; to be called in the event loop."""
        loop = asyncio.get_running_loop()

        def then(hindrance: Hindrance | None) -> None:
            with contextlib.suppress(RuntimeError):  # the loop has ended
                loop.call_soon_threadsafe(self._noticed, hindrance)

        self._works.db.health.then = then

    def _noticed(self, hindrance: Hindrance | None) -> None:
        key = _TOLD.get(hindrance) if hindrance else "storage.well" if self._told else None
        if hindrance is Hindrance.GONE:
            self._lost()
        if key is None:
            return
        self._told = hindrance is not None
        task = asyncio.create_task(_tell(self._works, key))
        self._telling.add(task)
        task.add_done_callback(self._telling.discard)


async def tell_of_backups(works: Works, *, well: bool) -> None:
    """Tell coordinators that the last backup could not be made, or that they are made again."""
    await _tell(works, "backups.well" if well else "backups.failed")


async def _tell(works: Works, key: str) -> None:
    """Tell coordinators of all servers."""
    for guild in works.client.guilds:
        try:
            await tell_coordinators(works, guild.id, lambda words: note(words(key)))
        except NotSetUp:
            continue
        except Exception:  # noqa: BLE001 - the others are told all the same
            _log.exception("programme %s: coordinators were not told", guild.id)


async def tell_of_strangers(works: Works) -> None:
    """At a start on an empty database: say in the log where Discord holds cards of another one."""
    if await works.db.read(programmes.nouns):
        return
    for guild in works.client.guilds:
        found = await strange_card(guild, guild.text_channels)
        if found is not None:
            _log.error(
                "The database %r holds no programme, but server %s holds cards of leda's (%s). Is "
                "it the right database? If so, put back a backup before anything is set up.",
                works.db, guild.id, found.jump_url,
            )  # fmt: skip


async def strange_card(
    guild: discord.Guild, channels: Iterable[discord.TextChannel]
) -> discord.Message | None:
    """A card of leda's in one of the first channels, for servers without a programme.

    It is pinned, or it is the first message where people do not write.
    """
    may = (each for each in channels if each.permissions_for(guild.me).read_message_history)
    for channel in islice(may, _LOOKED_AT):
        try:
            found: list[discord.Message] = [message async for message in channel.pins()]
            if not channel.permissions_for(guild.default_role).send_messages:
                found += [each async for each in channel.history(limit=1, oldest_first=True)]
            for message in found:
                if message.author == guild.me and message.components:
                    return message
        except TROUBLES as refusal:
            _log.info("channel %s cannot be looked at: %s", channel.id, refusal)
    return None
