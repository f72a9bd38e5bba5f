"""Works: what everything below the client is handed, instead of the client itself."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import discord

from bot.clocks import ClockCheck
from bot.i18n.speech import Speech
from storage.database import Database, Visit
from storage.desk import Person
from storage.shards import Shards


@dataclass(frozen=True)
class Works:
    """The database, the clock (aware UTC), the words, and Discord as any client of it sees it.

    It works on nothing in the background. ``answering`` are the tasks that somebody waits for, and
    ``clock`` tells whether the time of this machine can be believed.
    """

    db: Database
    now: Callable[[], datetime]
    client: discord.Client
    clock: ClockCheck
    speech: Speech = field(default_factory=Speech)
    answering: set[asyncio.Task[Any]] = field(default_factory=set)

    @property
    def shards(self) -> Shards:
        """The servers that this process looks after; all of them before it is connected."""
        count = self.client.shard_count or 1
        mine = getattr(self.client, "shard_ids", None)
        return Shards(count, frozenset(mine or range(count)))

    def visit(self, programme_id: int, person: Person | None = None) -> Visit:
        """An errand in a programme at this moment; leda's own without a person."""
        return self.db.visit(programme_id, person, self.now())
