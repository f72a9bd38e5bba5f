"""A programme in the loopback Discord, with people in it who propose and vote."""

import asyncio
import copy
import shutil
import sqlite3
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.permissions import NEEDED
from tests.wire.loopback import Discord
from tests.wire.people import Deed, Person, manager
from tests.wire.process import Program
from tests.wire.world import TEXT, Guild, Message, World

PROPOSAL = {
    "title": "Try it small first",
    "kind": "promoting",
    "how": "We let two units try it for four weeks and met every Friday.",
}


@dataclass
class Scene:
    """A server with the program in it."""

    discord: Discord
    guild: Guild
    boss: Person
    program: Program
    people: dict[str, Person] = field(default_factory=dict)

    @property
    def cards(self) -> list[Message]:
        """Every public factor card, oldest first."""
        return self.discord.world.posts(self.guild, lambda m: "vote:1:" in str(m.custom_ids()))

    @property
    def card(self) -> Message:
        return self.cards[-1]

    async def set_up(self, **options: Any) -> Deed:
        """``/programme setup``, to its end."""
        deed = await self.boss.slash("programme setup", **{"preset": "leda", **options})
        return await deed.until("Done", 30.0)

    async def let_everyone_join(self) -> None:
        shown = await self.boss.slash("programme settings")
        form = await self.boss.press(shown.message, "setting:1:joining")
        asked = await self.boss.submit(form, joining="open")
        await self.boss.press(asked.message, "setsave:1")

    async def joins(self, name: str, organisation: str) -> Person:
        person = Person(self.discord, self.guild, name)
        await (await person.slash("join", organisation=organisation)).until("Welcome")
        self.people[name] = person
        return person

    async def proposes(self, person: Person, **fields: str) -> Message:
        """The form, filled in, sent, and published; its public card."""
        before = len(self.cards)
        form = await person.slash("factor propose")
        preview = await person.submit(form, **{**PROPOSAL, **fields})
        await person.press(preview.message, "Publish")
        await self.discord.until(lambda: len(self.cards) > before)
        return self.card

    def votes(self) -> dict[tuple[int, int], str]:
        """What the file holds: (factor, member) → choice."""
        found = sqlite3.connect(f"file:{self.program.database}?mode=ro", uri=True)
        try:
            rows = found.execute(
                "select factor_id, member_id, choice from vote "
                "join participant on participant.id = participant_id where choice is not null"
            )
            return {(factor, member): choice for factor, member, choice in rows}
        finally:
            found.close()


def scene(
    folder: Path, discord: Discord | None = None, *, shard: int = 0, **settings: str
) -> Scene:
    """A server, empty but for a channel and a boss; the shard looks after it. Nothing runs yet."""
    discord = discord or Discord()
    guild = discord.world.guild("LEDA", NEEDED, shard=shard, shards=discord.shards)
    discord.world.channel(guild, TEXT, "lobby")
    boss = manager(discord, guild)
    return Scene(discord, guild, boss, Program(discord, folder, **settings))


async def prepare(folder: Path) -> World:
    """A programme with two organisations, three participants and a factor; its file is in place.

    Returns:
        the world as it is then; the program has stopped.
    """
    made = scene(folder)
    async with made.discord:
        try:
            await made.program.up()
            await made.set_up(language="en")
            await made.let_everyone_join()
            await made.boss.slash("organisation add", name="Vara kommun", tracks="School")
            await made.boss.slash("organisation add", name="Borås stad", tracks="School, Health")
            await asyncio.gather(
                made.joins("anna", "Vara kommun"), made.joins("bo", "Borås stad"),
                made.joins("cia", "Borås stad"),
            )  # fmt: skip
            await made.proposes(made.people["anna"])
            await made.program.stop()
        finally:
            if made.program.runs:
                await made.program.kill()
    assert made.discord.unknown == []
    return made.discord.world


def resume(world: World, database: Path, folder: Path, **settings: str) -> Scene:
    """A scene that begins where :func:`prepare` ended, on copies of its world and file."""
    discord = Discord(copy.deepcopy(world))
    guild = next(iter(discord.world.guilds.values()))
    shutil.copy(database, folder / "leda.db")

    def known(name: str) -> Person:
        user = next(user for user in discord.world.users.values() if user.name == name)
        return Person(discord, guild, name, user=user)

    people = {name: known(name) for name in ("anna", "bo", "cia")}
    return Scene(discord, guild, known("boss"), Program(discord, folder, **settings), people)
