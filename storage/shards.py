"""Which part of all servers one process looks after."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Integer, literal
from sqlmodel import col


@dataclass(frozen=True)
class Shards:
    """The part of all servers that one process looks after: of ``count`` shards, these."""

    count: int
    ids: frozenset[int]

    def __contains__(self, guild_id: int) -> bool:
        """Whether a server is among them, by Discord's own rule."""
        return (guild_id >> 22) % self.count in self.ids

    def hold(self, guild_id: Any) -> Any:
        """The same of a column, for a query."""
        # PostgreSQL shifts by an integer, and not by a bigint as the column is.
        shard = col(guild_id).bitwise_rshift(literal(22, Integer)) % self.count
        return shard.in_(self.ids)


ALL = Shards(1, frozenset({0}))
"""All servers, where nobody else looks after any."""
