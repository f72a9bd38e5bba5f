"""The programmes that both bots are measured in: people of 20 organisations, and factor cards.

Two of them, the small and the big one, are made by the program itself and then kept in ``.bench/``
of the checkout: by the newest migration, by the text of what makes them, and for six days, since a
programme that nobody looked after for longer is one that leda has to catch up with.
"""

import copy
import hashlib
import pickle
import shutil
import sqlite3
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from bot.domain.members import directory
from bot.domain.membership import joining, organisation_changes
from storage.database import Database
from storage.desk import Person as Asker
from storage.enums import Joining
from storage.kit.programmes import Programme
from storage.upgrade import head_revision
from tests.wire.loopback import Discord
from tests.wire.people import Person
from tests.wire.programme import Scene, scene
from tests.wire.world import World

DATABASE: Final = "leda.db"
PEOPLE, FACTORS = 200, 10
_WORLD: Final = "world.pickle"
_HERE: Final = Path(__file__).parent
_KEPT: Final = _HERE.parents[1] / ".bench"
_MADE_BY: Final = ("scenes.py", "years.py", "history.py", "around.py", "corpus.py")
_FRESH: Final = 6 * 86_400.0  # seconds
_HOMES: Final = 20
_BY_EACH: Final = 4  # factors of one person: leda lets nobody publish more than five an hour
_TRACKS: Final = ("health", "school", "health, school")
_WORDS: Final = ("queue", "pupils", "ward", "lesson", "screen", "garden", "bus", "kitchen",
                 "archive", "library")  # fmt: skip


def small() -> Path:
    """The folder of the small scene, 200 people and 10 factors without a vote; made if need be."""
    return _kept("small", _make_small)


def big() -> Path:
    """The folder of the big scene, ten years of it; made if need be."""
    return _kept("big", _make_big)


def again(kept: Path, folder: Path) -> Scene:
    """A copy of a scene to do anything with, its file in a folder that is made; nothing runs."""
    folder.mkdir()
    shutil.copy(kept / DATABASE, folder / DATABASE)
    return _on_copies(pickle.loads((kept / _WORLD).read_bytes()), folder)


async def begin(folder: Path, people: int, factors: int) -> tuple[Scene, Scene]:
    """Two copies of one programme of any size, for leda and for another; nothing runs yet."""
    first = folder / "made"
    first.mkdir()
    world = await _made(first, people, factors)
    ours, theirs = folder / "a", folder / "b"
    for each in (ours, theirs):
        each.mkdir()
        shutil.copy(first / DATABASE, each / DATABASE)
    return _on_copies(world, ours), _on_copies(world, theirs)


def _kept(name: str, make: Callable[[Path], None]) -> Path:
    """What is kept under a name; made anew where it is of another schema, or too old."""
    made_by = hashlib.blake2s(b"".join((_HERE / each).read_bytes() for each in _MADE_BY))
    folder = _KEPT / f"{head_revision()}-{made_by.hexdigest()[:8]}-{name}"
    world = folder / _WORLD
    if world.exists() and time.time() - world.stat().st_mtime < _FRESH:
        return folder
    _KEPT.mkdir(exist_ok=True)
    for old in _KEPT.glob(f"*-{name}"):
        shutil.rmtree(old)
    print(f"Making the {name} scene in {folder}, which is kept …", flush=True)
    with tempfile.TemporaryDirectory(dir=_KEPT) as making:
        made = Path(making) / name
        made.mkdir()
        make(made)
        made.rename(folder)
    return folder


def _make_small(folder: Path) -> None:
    import asyncio

    _keep(asyncio.run(_made(folder, PEOPLE, FACTORS)), folder)


def _make_big(folder: Path) -> None:
    import asyncio

    from tests.bench import years

    made = again(small(), folder / "from")
    more = [
        Person(made.discord, made.guild, f"m{number}").id for number in range(years.MORE_PEOPLE)
    ]
    asyncio.run(_add_tracks(made, years.MORE_TRACKS))
    years.grow(made.program.database, more)
    shutil.move(made.program.database, folder / DATABASE)
    shutil.rmtree(folder / "from")
    _keep(made.discord.world, folder)


async def _add_tracks(made: Scene, names: tuple[str, ...]) -> None:
    async with made.discord:
        try:
            await made.program.up()
            for name in names:
                deed = await made.boss.slash("track create", name=name)
                await deed.until("is there", 30.0)
            await made.program.stop()
        finally:
            if made.program.runs:
                await made.program.kill()


def _keep(world: World, folder: Path) -> None:
    for left in folder.glob("*.log"):
        left.unlink()
    # Last: a folder without it is not whole.
    (folder / _WORLD).write_bytes(pickle.dumps(world))


async def _made(folder: Path, people: int, factors: int) -> World:
    """A programme as the program makes it, its file in a folder; the program has stopped."""
    made = scene(folder)
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
    return made.discord.world


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
    with closing(sqlite3.connect(made.program.database)) as kept, kept:
        kept.execute("update member set roles_due = 0")
        _let_digests_be_far(kept, now)
    return everyone


def _let_digests_be_far(kept: sqlite3.Connection, now: datetime) -> None:
    """Let no weekly digest fall into a measurement while the scene is kept."""
    due = (now - timedelta(hours=1)).replace(minute=0, second=0, microsecond=0) + timedelta(weeks=1)
    kept.execute("update programme set digest_weekday = ?, digest_hour = ?, timezone = 'UTC'",
                 (due.weekday(), due.hour))  # fmt: skip
    at = due.replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"
    kept.execute("update delivery set due_at = ?, next_at = ? where kind = 'digest.week'", (at, at))


def _on_copies(world: World, folder: Path) -> Scene:
    discord = Discord(copy.deepcopy(world))
    guild = next(iter(discord.world.guilds.values()))
    copied = scene(folder)
    copied.discord, copied.guild = discord, guild
    copied.program._discord = discord
    for user in list(discord.world.users.values()):
        person = Person(discord, guild, user.name, user=user) if not user.bot else None
        if user.name == "boss" and person:
            copied.boss = person
        if user.name[0] == "p" and user.name[1:].isdigit() and person:
            copied.people[user.name] = person
    return copied
