"""Two programs on one PostgreSQL: one serves the shards, the other waits for them."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Engine, create_engine, text

from storage.engines import parse
from tests.storage.conftest import postgresql
from tests.wire.loopback import Discord
from tests.wire.process import Program
from tests.wire.programme import Scene, scene

QUICKER: Final = 20
"""All times of leases are divided by it."""
HELD: Final = "leases: this process holds"


@dataclass
class SharedScene(Scene):
    """A programme on PostgreSQL, with two programs; nothing runs yet."""

    engine: Engine | None = None
    other: Program | None = None

    @property
    def programs(self) -> list[Program]:
        assert self.other is not None
        return [self.program, self.other]

    def rows(self, query: str, **values: Any) -> list[Any]:
        """What a statement gives; what it changes is changed."""
        assert self.engine is not None
        with self.engine.begin() as connection:
            found = connection.execute(text(query), values)
            return list(found) if found.returns_rows else []

    def votes(self) -> dict[tuple[int, int], str]:
        """As a scene's, from PostgreSQL."""
        rows = self.rows(
            "select factor_id, member_id, choice from vote "
            "join participant on participant.id = participant_id where choice is not null"
        )
        return {(factor, member): choice for factor, member, choice in rows}

    def holder(self) -> Program | None:
        """The program that holds the shards, if one does that runs."""
        rows = self.rows("select distinct holder from shard_lease where shard >= 0")
        pids = {int(found[1]) for (name,) in rows if (found := re.match(r"process (\d+) on", name))}
        return next((each for each in self.programs if each.runs and each.pid in pids), None)

    def waiting(self) -> Program:
        """The other one."""
        return next(each for each in self.programs if each is not self.holder())

    async def kill(self) -> None:
        """Both, if they run."""
        for each in self.programs:
            if each.runs:
                await each.kill()


async def says(program: Program, what: str, times: int = 1, within: float = 60.0) -> str:
    """Wait until a program has logged something so often since its start; the last such line."""

    def lines() -> list[str]:
        return [line for line in program.lately.splitlines() if re.search(what, line)]

    try:
        async with asyncio.timeout(within):
            while len(lines()) < times:  # noqa: ASYNC110 - it is another process
                await asyncio.sleep(0.02)
    except TimeoutError:
        raise AssertionError(f"never said {what!r}:\n{program.log[-4000:]}") from None
    return lines()[-1]


@asynccontextmanager
async def pair(
    folder: Path, *, shards: int = 1, quicker: int = QUICKER
) -> AsyncIterator[SharedScene]:
    """A programme with a factor and three participants; its first program serves it."""
    with postgresql() as url:
        settings = {"DATABASE_URL": url, "LEDA_WIRE_QUICKER": str(quicker)}
        made = scene(folder, Discord(shards=shards), **settings)
        other = Program(made.discord, folder, name="other", **settings)
        engine = create_engine(parse(url), isolation_level="READ COMMITTED")
        both = SharedScene(made.discord, made.guild, made.boss, made.program, {}, engine, other)
        async with both.discord:
            try:
                await both.program.start()
                await both.program.ready()
                await both.set_up(language="en")
                await both.let_everyone_join()
                await both.boss.slash("organisation add", name="Vara kommun", tracks="School")
                await both.boss.slash("organisation add", name="Borås stad", tracks="School")
                await asyncio.gather(
                    both.joins("anna", "Vara kommun"), both.joins("bo", "Borås stad"),
                    both.joins("cia", "Borås stad"),
                )  # fmt: skip
                await both.proposes(both.people["anna"])
                yield both
            finally:
                await both.kill()
                engine.dispose()
    assert both.discord.unknown == [], "the loopback lacks a route"
