"""The world beside the database: kept, read back with care, and speaking people's languages."""

import os
import pickle
from datetime import timedelta
from types import SimpleNamespace

import discord
import pytest
import simcord

from bot.demo import page
from bot.demo.example import example
from bot.demo.portraits import draw
from bot.demo.world import World, WorldUnreadableError, load_world, localised, save_world, speak
from tests.demo.worlds import make_world


def test_a_world_comes_back_as_it_was_and_with_todays_time(tmp_path):
    world, guild_id = make_world()
    speak(SimpleNamespace(backend=world), "sv-SE")
    save_world(world, tmp_path / "world.pickle")
    again = load_world(tmp_path / "world.pickle")
    assert page.describe(again, guild_id, example()) == page.describe(world, guild_id, example())
    assert again.subscribers == []
    assert again.transcript == []
    assert again.snowflake() > max(world.users)
    assert [file.name for file in tmp_path.iterdir()] == ["world.pickle"]


def test_a_crash_while_saving_leaves_the_world_that_was_saved_before(tmp_path, monkeypatch):
    world, guild_id = make_world()
    path = tmp_path / "world.pickle"
    save_world(world, path)
    monkeypatch.setattr(os, "replace", lambda *_: (_ for _ in ()).throw(OSError("no power")))
    world.create_channel(guild_id, "nytt")
    with pytest.raises(OSError, match="no power"):
        save_world(world, path)
    assert "nytt" not in [channel.name for channel in load_world(path).channels.values()]


def test_a_world_can_be_set_back_and_what_happens_then_is_dated_so():
    world = World()
    today = world.clock.now()
    world.clock.go_back_to(today - timedelta(weeks=6))
    then = discord.utils.snowflake_time(world.snowflake())
    world.clock.catch_up()
    later = discord.utils.snowflake_time(world.snowflake())
    assert abs(then - (today - timedelta(weeks=6))) < timedelta(minutes=1)
    assert abs(later - today) < timedelta(minutes=1)


class Hostile:
    """What a pickle must not be able to do."""

    def __reduce__(self):
        return os.system, ("touch /tmp/leda-was-here",)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"not a pickle", "damaged"),
        (pickle.dumps({"format": 0, "simcord": simcord.__version__, "state": {}}), "another"),
        (pickle.dumps({"format": 1, "simcord": "0.1", "state": {}}), "another version"),
        (pickle.dumps({"format": 1}), "damaged"),
        (pickle.dumps(Hostile()), "posix.system"),
    ],
)
def test_a_world_that_cannot_be_trusted_is_not_read(tmp_path, content, reason):
    path = tmp_path / "world.pickle"
    path.write_bytes(content)
    with pytest.raises(WorldUnreadableError, match=reason):
        load_world(path)


def test_no_world_is_told_as_such(tmp_path):
    with pytest.raises(WorldUnreadableError, match="no saved world"):
        load_world(tmp_path / "world.pickle")


def test_people_speak_their_language_and_the_server_its_own():
    world, guild_id = make_world()
    world.guilds[guild_id].preferred_locale = "sv-SE"
    english = next(iter(world.guilds[guild_id].members))
    env = SimpleNamespace(backend=world)
    seen = []
    world.subscribers.append(lambda event, payload: seen.append((event, dict(payload))))
    speak(env, lambda user_id: "en-GB" if user_id == english else "sv-SE")
    for user_id in (english, 7):
        member = {"user": {"id": str(user_id)}}
        world.emit("INTERACTION_CREATE", {"member": member, "guild_id": str(guild_id)})
    world.emit("INTERACTION_CREATE", {"user": {"id": "7"}})
    world.emit("TYPING_START", {})
    assert [payload.get("locale") for _, payload in seen] == ["en-GB", "sv-SE", "sv-SE", None]
    assert seen[0][1]["guild_locale"] == "sv-SE"


def test_commands_are_described_in_the_readers_language_under_their_own_names():
    command = {
        "name": "factor",
        "description": "Factors",
        "description_localizations": {"sv-SE": "Faktorer"},
        "options": [
            {
                "name": "kind",
                "description": "Which",
                "choices": [{"name": "Yes", "value": 1, "name_localizations": {"sv-SE": "Ja"}}],
            }
        ],
    }
    swedish = localised(command, "sv-SE")
    assert (swedish["name"], swedish["description"]) == ("factor", "Faktorer")
    assert swedish["options"][0]["description"] == "Which"
    assert swedish["options"][0]["choices"][0]["name"] == "Ja"
    assert localised(command, "en-GB")["description"] == "Factors"


def test_a_portrait_is_a_picture_and_every_number_has_its_own():
    assert draw("V1", 1).startswith(b"\x89PNG")
    assert draw("V1", 1) == draw("V1", 1) != draw("V1", 2)


def test_a_long_evening_does_not_fill_the_memory():
    world, _ = make_world()
    for number in range(World.KEPT + 50):
        world.emit("TYPING_START", {"n": number})
        world.new_interaction(2, 1, 1, None)
    world.forget_old()
    assert len(world.transcript) == len(world.interactions) == World.KEPT
    assert len(world.interaction_tokens) == World.KEPT
    assert world.transcript[-1][2] == {"n": World.KEPT + 49}
