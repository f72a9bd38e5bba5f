"""The running demo, asked as a browser would ask it: several people at once, and restarts."""

import asyncio
import re
import sqlite3
from contextlib import closing
from datetime import timedelta

import aiohttp
import pytest
from sqlmodel import select

from bot.demo import stage as stages
from bot.demo.stage import prepare, resume
from bot.demo.windows import Screen
from bot.demo.world import WorldUnreadableError, load_world, save_world
from bot.domain.meetings import reminders
from storage.posts.deliveries import Delivery
from tests.demo.conftest import HOME


class Tab:
    """One browser tab with a channel in it."""

    def __init__(self, http, address):
        self.http = http
        self.origin, self.capability = re.fullmatch(r"(http://[^/]+)/#(.+)", address).groups()
        self.headers = {"X-Simcord-Capability": self.capability}
        self.sequence = 0

    async def load(self):
        async with self.http.post(
            f"{self.origin}/api/pages", json={}, headers=self.headers
        ) as answer:
            answer.raise_for_status()
            self.shown = await answer.json()
        self.headers["X-Simcord-Context"] = self.shown["context"]["id"]
        return self

    async def look(self):
        async with self.http.get(f"{self.origin}/api/state", headers=self.headers) as answer:
            answer.raise_for_status()
            self.shown = await answer.json()
        return self

    async def press(self, message_id, label):
        self.sequence += 1
        buttons = [one for one in parts(self.shown["messages"][message_id]) if "label" in one]
        button = next(one for one in buttons if one["label"] == label)
        body = {
            "kind": "click",
            "protocol_version": 3,
            "sequence": self.sequence,
            "request_id": f"press-{self.sequence}",
            "generation": self.shown["context"]["generation"],
            "bot_generation": self.shown["botGeneration"],
            "published_revision": self.shown["publishedRevision"],
            "control_key": button["control_key"],
            "target_id": message_id,
        }
        async with self.http.post(
            f"{self.origin}/api/action", json=body, headers=self.headers
        ) as answer:
            return await answer.json()

    def text(self, message_id):
        return " ".join(
            one["content"] for one in parts(self.shown["messages"][message_id]) if "content" in one
        )


def parts(node):
    """Every component of a message, wherever it is."""
    for child in node.get("components") or []:
        yield child
        yield from parts(child)


def person(stage, name):
    return next(int(one.id) for one in stage.model().people if one.name.startswith(name))


def place(stage, title):
    """The channel and the message of a card."""
    for group in stage.model().groups:
        for room in group.rooms:
            for card in room.cards:
                if card.title.startswith(title):
                    return int(room.id), int(card.id)
    raise AssertionError(title)


async def open_as(stage, http, name, title="Samma uppgift"):
    channel, card = place(stage, title)
    address = await stage.open(channel, person(stage, name), card)
    return await Tab(http, address).load()


async def test_a_link_lands_as_the_person_it_names_at_the_card_it_names(stage, http):
    tab = await open_as(stage, http, "Malmö")
    assert tab.shown["viewerId"] == str(person(stage, "Malmö"))
    assert tab.shown["targetId"] == str(place(stage, "Samma uppgift")[1])
    other = await open_as(stage, http, "Göteborg")
    assert other.origin == tab.origin
    assert other.shown["viewerId"] == str(person(stage, "Göteborg"))


async def test_nobody_gets_in_without_the_address(stage, http):
    tab = await open_as(stage, http, "Malmö")
    for wrong in ("", "guess", f"guess.{person(stage, 'Malmö')}"):
        headers = {"X-Simcord-Capability": wrong}
        async with http.post(f"{tab.origin}/api/pages", json={}, headers=headers) as answer:
            assert answer.status == 401


async def test_a_channel_opens_only_for_those_who_may_read_it(stage):
    rooms = [room for group in stage.model().groups for room in group.rooms]
    closed = next(room for room in rooms if len(room.readers) == 1)
    assert closed.readers == (str(person(stage, "Samordnare")),)
    assert await stage.open(int(closed.id), person(stage, "Malmö"), None) is None
    assert await stage.open(int(closed.id), person(stage, "Samordnare"), None) is not None
    assert await stage.open(12345, person(stage, "Malmö"), None) is None
    assert await stage.open(int(closed.id), 12345, None) is None


async def test_what_the_bot_writes_to_someone_directly_opens_for_them_alone(stage, http):
    reader, other = person(stage, "Malmö"), person(stage, "Göteborg")
    backend = stage.env.backend
    channel = backend.get_dm_channel(reader)
    before = {int(one.id): one.direct for one in stage.model().people if one.direct}
    assert reader not in before
    backend.create_message(channel.id, backend.bot_user.id, "Påminnelse")
    found = {int(one.id): one.direct for one in stage.model().people if one.direct}
    assert found == {**before, reader: str(channel.id)}
    assert await stage.open(channel.id, other, None) is None
    tab = await Tab(http, await stage.open(channel.id, reader, None)).load()
    assert [message["content"] for message in tab.shown["messages"].values()] == ["Påminnelse"]


async def test_people_who_press_at_the_same_time_are_all_counted(stage, http):
    tabs = [await open_as(stage, http, name) for name in ("Malmö", "Göteborg", "Skellefteå")]
    _, card = place(stage, "Samma uppgift")
    results = await asyncio.gather(*(tab.press(str(card), "Håller med") for tab in tabs))
    assert [result["settlement"] for result in results] == ["settled"] * 3
    for tab in tabs:
        await tab.look()
        assert "6 håller med" in tab.text(str(card))


async def test_what_one_does_in_a_channel_shows_in_the_threads_of_others(stage, http):
    tab = await open_as(stage, http, "Malmö")
    _, card = place(stage, "Samma uppgift")
    address = await stage.open(card, person(stage, "Göteborg"), None)
    thread = await Tab(http, address).load()
    before = thread.shown["publishedRevision"]
    await tab.press(str(card), "Tveksam")
    await thread.look()
    assert thread.shown["publishedRevision"] > before


async def test_what_the_bot_posts_on_its_own_appears_by_itself_and_is_saved(
    stage, http, folder, monkeypatch
):
    changed = asyncio.Event()
    monkeypatch.setattr(stages, "_ROUND_SECONDS", 0.01)
    monkeypatch.setattr(stage._desk, "_on_change", lambda: (stage.save(), changed.set()))
    channel, _ = place(stage, "Samma uppgift")
    tab = await open_as(stage, http, "Malmö")
    tending = asyncio.create_task(stage.tend())
    with stage.env._bot_scope():
        asyncio.create_task(stage.bot.get_channel(channel).send("Veckobrevet"))  # noqa: RUF006
    async with asyncio.timeout(10):
        await changed.wait()
    assert b"Veckobrevet" in folder.world.read_bytes()
    await tab.look()
    assert "Veckobrevet" in [message["content"] for message in tab.shown["messages"].values()]
    tending.cancel()


def hurry(session, now):
    """Let the next reminder be due in a second."""
    soon = select(Delivery).where(Delivery.kind == reminders.POSTED).order_by(Delivery.due_at)
    post = session.exec(soon).first()
    post.due_at = post.next_at = now + timedelta(seconds=1)
    session.add(post)


async def test_a_reminder_appears_while_one_watches(stage, http, monkeypatch):
    changed = asyncio.Event()
    monkeypatch.setattr(stages, "_ROUND_SECONDS", 0.01)
    monkeypatch.setattr(stage._desk, "_on_change", changed.set)
    now = stage.bot.works.now()
    starts = await stage.wind()
    until_reminded = starts - timedelta(minutes=15) - now
    assert timedelta(seconds=30) <= until_reminded <= timedelta(seconds=100)
    await stage.bot.works.db.write(hurry, now=stage.bot.works.now())
    stage.bot.crew.courier.wake()  # only to look ahead: the alarm clock has to do the rest
    rooms = (room for group in stage.model().groups for room in group.rooms)
    forum = next(int(room.id) for room in rooms if room.name == "öppet-forum")
    tab = await Tab(http, await stage.open(forum, person(stage, "Malmö"), None)).load()
    tending = asyncio.create_task(stage.tend())
    async with asyncio.timeout(15):
        while not any("15 minuter kvar" in tab.text(key) for key in tab.shown["messages"]):
            await changed.wait()
            changed.clear()
            await tab.look()
    tending.cancel()
    assert await stage.wind() is None


async def test_a_channel_that_nobody_looks_at_is_put_away_and_opens_again(stage, http, monkeypatch):
    tab = await open_as(stage, http, "Malmö")
    monkeypatch.setattr(Screen, "_IDLE_SECONDS", -1.0)
    await stage._desk.settle()
    with pytest.raises(aiohttp.ClientConnectionError):
        await tab.look()
    assert (await open_as(stage, http, "Malmö")).shown["viewerId"] == tab.shown["viewerId"]


async def test_cards_and_their_buttons_live_on_after_a_restart(folder, http):
    _, card = place(first := await resume(folder, HOME), "Samma uppgift")
    tab = await open_as(first, http, "Malmö")
    await tab.press(str(card), "Håller med")
    await first.close()
    second = await resume(folder, HOME)
    tab = await open_as(second, http, "Göteborg")
    assert "4 håller med" in tab.text(str(card))
    await tab.press(str(card), "Håller med")
    await tab.look()
    assert "5 håller med" in tab.text(str(card))
    await second.close()


async def test_dates_agree_with_the_wall_clock(stage):
    import discord

    before = discord.utils.utcnow()
    message = stage.env.backend.create_message(place(stage, "Samma")[0], person(stage, "Vara"), "!")
    assert abs((discord.utils.snowflake_time(message.id) - before).total_seconds()) < 5


def damage_world(folder):
    folder.world.write_bytes(b"x")


def lose_world(folder):
    folder.world.unlink()


def lose_database(folder):
    folder.database.unlink()


def damage_database(folder):
    folder.database.write_bytes(b"This is not a database." * 100)


def outrun_database(folder):
    with closing(sqlite3.connect(folder.database)) as database, database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")


@pytest.mark.parametrize(
    "harm", [damage_world, lose_world, lose_database, damage_database, outrun_database]
)
async def test_what_cannot_be_continued_is_not_resumed(folder, harm):
    harm(folder)
    with pytest.raises(WorldUnreadableError):
        await resume(folder, HOME)


@pytest.fixture
def quickly(monkeypatch):
    """Setting up, without the setting up."""

    async def begin_quickly(_folder, _home):
        return "a fresh stage"

    monkeypatch.setattr(stages, "begin", begin_quickly)


async def test_what_cannot_be_continued_is_moved_away_with_a_sentence(folder, quickly):
    lose_world(folder)
    said = []
    assert await prepare(folder, HOME, fresh=False, say=said.append) == "a fresh stage"
    assert "no saved world" in said[0]
    assert str(folder.earlier) in said[0]
    assert (folder.earlier / "leda.db").exists()
    assert not folder.kept()


async def test_a_fresh_start_forgets_what_was(folder, quickly):
    said = []
    assert await prepare(folder, HOME, fresh=True, say=said.append) == "a fresh stage"
    assert len(said) == 1
    assert not folder.kept()
    assert not folder.earlier.exists()


async def test_another_programmes_database_is_noticed(folder):
    world = load_world(folder.world)
    ((guild_id, guild),) = world.guilds.items()
    world.guilds = {guild_id + 1: guild}
    save_world(world, folder.world)
    with pytest.raises(WorldUnreadableError, match="different programmes"):
        await resume(folder, HOME)
