"""What a running leda is spared: that discord.py is as that needs it, or is left alone."""

import asyncio
import contextvars
import gc
import logging
import sys
import weakref

import discord
import pytest
from discord.webhook import async_

from bot import lean
from bot.app import create_bot
from bot.client import extension_names
from bot.settings import Settings


@pytest.fixture
async def bot(tmp_path):
    """One that is connected to nothing."""
    made = create_bot(Settings(database_url=f"sqlite:///{tmp_path / 'leda.db'}"))
    yield made
    await made.works.db.close()


def spared(client: discord.Client) -> tuple[bool, object]:
    """Whether it is, and what sends its answers from then on; the test's own task is left alone."""

    def spare():
        return lean.spare(client), async_.async_context.get()

    return contextvars.copy_context().run(spare)


async def test_this_discord_py_has_the_names_that_leda_reaches_for(bot, caplog):
    with caplog.at_level(logging.INFO):
        assert spared(bot)[0]
    assert caplog.text == ""


async def test_nothing_on_a_pressed_message_is_taken_apart(bot):
    heard = []
    parsers = bot._connection.parsers
    parsers["INTERACTION_CREATE"] = heard.append
    spared(bot)
    pressed = {"type": 3, "message": {"id": "1", "flags": 64, "components": [{"type": 17}]}}
    parsers["INTERACTION_CREATE"](pressed)
    parsers["INTERACTION_CREATE"](typed := {"type": 2, "data": {"name": "join"}})
    assert heard == [{"type": 3, "message": {"id": "1", "flags": 64, "components": []}}, typed]
    assert pressed["message"]["components"]  # what came is as it was


async def test_edits_of_messages_are_not_taken_apart_and_nobody_listens_for_them(bot):
    spared(bot)
    assert bot._connection.parsers["MESSAGE_UPDATE"]({}) is None
    for name in extension_names():
        await bot.load_extension(name)
    listened = {name for cog in bot.cogs.values() for name, _ in cog.get_listeners()}
    assert "on_raw_message_delete" in listened
    assert not {name for name in listened if "message_edit" in name}
    assert not {name for name in dir(bot) if name.startswith("on_") and "message_edit" in name}


async def test_an_answer_is_sent_without_asking_for_it_and_a_reply_tells_its_id(bot, monkeypatch):
    asked = []

    async def request(self, route, session, *, payload=None, params=None, **more):
        asked.append((route.method, payload and payload["type"], params))
        return (
            {"interaction": {"id": "5", "response_message_id": "9"}, "resource": {}}
            if params
            else ""
        )

    monkeypatch.setattr(async_.AsyncWebhookAdapter, "request", request)
    adapter = spared(bot)[1]
    wanted = {"with_response": "1"}
    for kind, params in ((4, wanted), (5, None), (6, None), (7, None), (8, None), (9, None)):
        sent = discord.http.MultipartParameters({"type": kind}, None, None)
        answer = await adapter.create_interaction_response(5, "token", session=None, params=sent)
        assert asked.pop() == ("POST", kind, params)
        assert "resource" not in answer
        assert int(answer["interaction"]["id"]) == 5
        assert ("response_message_id" in answer["interaction"]) is (kind == 4)
    files = discord.http.MultipartParameters(None, [{"name": "payload_json"}], [object()])
    await adapter.create_interaction_response(5, "token", session=None, params=files)
    assert asked == [("POST", None, wanted)]


@pytest.mark.parametrize(
    "gone",
    [
        lambda patch, bot: patch.delattr(async_, "async_context"),
        lambda patch, bot: patch.delattr(async_, "AsyncWebhookAdapter"),
        lambda patch, bot: patch.setattr(async_.AsyncWebhookAdapter, "request", lambda self: None),
        lambda patch, bot: patch.delattr(bot, "_connection"),
        lambda patch, bot: patch.delitem(bot._connection.parsers, "INTERACTION_CREATE"),
        lambda patch, bot: patch.setattr(bot._connection, "parsers", None),
    ],
)
async def test_with_another_discord_py_it_works_as_discord_py_does(bot, monkeypatch, caplog, gone):
    connection = bot._connection
    before = dict(connection.parsers)
    with monkeypatch.context() as patch, caplog.at_level(logging.INFO):
        gone(patch, bot)
        assert not lean.spare(bot)
    assert connection.parsers == before
    assert type(async_.async_context.get()) is async_.AsyncWebhookAdapter
    assert "a little slower" in caplog.text


def test_the_quicker_event_loop_is_used_where_there_is_one(monkeypatch):
    uvloop = pytest.importorskip("uvloop")
    assert lean.runner() is uvloop.run
    monkeypatch.setitem(sys.modules, "uvloop", None)
    assert lean.runner() is asyncio.run


def test_what_a_start_made_is_set_aside_and_what_is_left_of_a_former_life_is_not():
    class Former:
        pass

    gone = Former()
    gone.itself = gone
    seen = []
    weakref.finalize(gone, seen.append, 1)
    before = gc.get_threshold()
    gc.set_threshold(700, 10, 10)  # as Python begins, whatever another test left
    try:
        gc.freeze()
        del gone
        lean.settle()
        assert seen == [1]
        assert gc.get_freeze_count() > 1000
        young, middle, old = gc.get_threshold()
        assert young > 700
        assert young * middle * old < 1_000_000  # it would let a storm's leavings pile up
    finally:
        gc.unfreeze()
        gc.set_threshold(*before)
