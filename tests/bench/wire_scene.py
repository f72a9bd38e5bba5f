"""The programme that both bots are measured in: people of 20 organisations, and factor cards."""

import copy
import shutil
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

from bot.domain.members import directory
from bot.domain.membership import joining, organisation_changes
from storage.database import Database
from storage.desk import Person as Asker
from storage.enums import Joining
from storage.kit.programmes import Programme
from tests.wire.loopback import Discord
from tests.wire.people import Person
from tests.wire.programme import Scene, scene
from tests.wire.world import World

_HOMES = 20
_BY_EACH = 4  # factors of one person: leda lets nobody publish more than five an hour
_TRACKS = ("health", "school", "health, school")
_WORDS = ("queue", "pupils", "ward", "lesson", "screen", "garden", "bus", "kitchen", "archive",
          "library")  # fmt: skip


async def begin(folder: Path, people: int, factors: int) -> tuple[Scene, Scene]:
    """Two copies of one programme, for leda and for the bare bot; nothing runs yet."""
    first = folder / "made"
    first.mkdir()
    made = scene(first)
    async with made.discord:
        try:
            await made.program.up()
            await made.set_up(language="en")
            await made.program.stop()
            everyone = await _fill(made, people)
            await made.program.up()
            for number in range(factors):
                title, how = f"Factor {number}", f"{_WORDS[number % 10]} " * 60
                author = everyone[number // _BY_EACH]
                await made.proposes(author, title=title, how=how, track="all")
            await made.program.stop()
        finally:
            if made.program.runs:
                await made.program.kill()
    ours, theirs = (_again(made.discord.world, first / "leda.db", folder / n) for n in ("a", "b"))
    return ours, theirs


async def _fill(made: Scene, people: int) -> list[Person]:
    """Let people take part, without the minutes that Discord would need to give them roles."""
    db, guild, now = Database(f"sqlite:///{made.program.database}"), made.guild, datetime.now(UTC)
    await db.open()

    def open_to_all(session) -> None:
        session.get(Programme, guild.id).joining = Joining.OPEN

    await db.write(open_to_all)
    boss = Asker(made.boss.id, frozenset(), manages_server=True)
    for number in range(_HOMES):
        said = {"name": f"Kommun {number}", "tracks_said": _TRACKS[number % 3]}
        await db.visit(guild.id, boss, now).write(organisation_changes.add, **said)
    ours = db.visit(guild.id, None, now)
    homes = await ours.read(directory.all_of)
    everyone = [Person(made.discord, guild, f"p{number}") for number in range(people)]
    for number, person in enumerate(everyone):
        home = homes[number % _HOMES].id
        await ours.write(joining.join, person.id, home)
    await db.close()
    kept = sqlite3.connect(made.program.database)
    kept.execute("update member set roles_due = 0")
    kept.commit()
    kept.close()
    return everyone


def _again(world: World, database: Path, folder: Path) -> Scene:
    folder.mkdir()
    shutil.copy(database, folder / "leda.db")
    discord = Discord(copy.deepcopy(world))
    guild = next(iter(discord.world.guilds.values()))
    copied = scene(folder)
    copied.discord, copied.guild = discord, guild
    copied.program._discord = discord
    for user in list(discord.world.users.values()):
        if user.name[0] == "p" and user.name[1:].isdigit():
            copied.people[user.name] = Person(discord, guild, user.name, user=user)
    return copied
