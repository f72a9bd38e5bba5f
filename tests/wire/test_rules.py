"""What Discord refuses and SimCord does not: that the loopback refuses it too."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from tests.wire.conversation import Plain, buttons, card, says
from tests.wire.interactions import DEFER, EDIT, FORM, MODAL, REPLY
from tests.wire.rules import INVALID
from tests.wire.world import EPHEMERAL, FORUM, bit


@pytest.fixture
async def plain(discord):
    async with Plain(discord) as made:
        yield made


def form(**more):
    field = {"type": 4, "custom_id": "f", "style": 1}
    label = {"type": 18, "label": "Field", "component": field}
    return {"custom_id": "form:1", "title": "A form", "components": [label], **more}


def event(**more):
    start = datetime.now(UTC) + timedelta(hours=1)
    return {
        "name": "Meeting", "privacy_level": 2, "entity_type": 3,
        "entity_metadata": {"location": "Town hall"},
        "scheduled_start_time": start.isoformat(),
        "scheduled_end_time": (start + timedelta(hours=1)).isoformat(), **more,
    }  # fmt: skip


async def test_a_nonce_of_more_than_25_characters_is_refused(plain):
    assert (await plain.post({"content": "a", "nonce": "n" * 25}))[0] == 200
    assert await plain.post({"content": "a", "nonce": "n" * 26}) == (400, INVALID)


async def test_an_enforced_nonce_gives_the_first_message_again_for_some_minutes(plain):
    said = {"content": "a", "nonce": "n1", "enforce_nonce": True}
    first = (await plain.post(said))[1]["id"]
    assert (await plain.post(said))[1]["id"] == first
    assert (await plain.post({**said, "enforce_nonce": False}))[1]["id"] != first
    elsewhere = plain.discord.world.channel(plain.guild, 0, "elsewhere")
    assert (await plain.post(said, elsewhere))[1]["id"] != first
    for nonce in plain.discord.nonces.values():
        nonce.until = 0  # the minutes have passed
    assert (await plain.post(said))[1]["id"] != first
    assert len(plain.discord.posts("a")) == 4


async def test_only_application_json_is_read_and_written(plain):
    headers = {"Content-Type": "application/json; charset=utf-8"}
    path = f"/channels/{plain.channel.id}/messages"
    assert (await plain.ask("POST", path, {"content": "a"}, headers=headers))[0] == 400
    url = f"{plain.discord.url}/api/v10/users/@me"
    async with plain._session.get(
        url, headers={"Authorization": f"Bot {plain.discord.token}"}
    ) as me:
        assert me.headers["Content-Type"] == "application/json"


async def test_another_token_is_refused(plain):
    assert (await plain.ask("GET", "/users/@me", headers={"Authorization": "Bot x"}))[0] == 401


async def test_a_form_is_not_answered_with_a_form(plain):
    assert (await plain.answer(plain.pressed(), MODAL, form()))[0] == 200
    sent = plain.anna.begin(FORM, {"custom_id": "form:1"}, plain.channel)
    assert await plain.answer(sent, MODAL, form()) == (400, INVALID)


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": "t" * 46},
        {"custom_id": "c" * 101},
        {"components": []},
        {"components": [says("a")] * 6},
        {"components": [{**form()["components"][0], "label": "l" * 46}]},
    ],
)
async def test_a_form_beyond_its_limits_is_refused(plain, wrong):
    deed = plain.pressed()
    assert await plain.answer(deed, MODAL, form(**wrong)) == (400, INVALID)
    assert deed.kind == 0


async def test_forums_and_their_tags_are_for_community_servers(plain):
    path, wanted = f"/guilds/{plain.guild.id}/channels", {"name": "f", "type": FORUM}
    tags = [{"id": "1", "name": "t"}]
    assert await plain.ask("POST", path, wanted) == (400, INVALID)
    plain.guild.features.append("COMMUNITY")
    status, forum = await plain.ask("POST", path, {**wanted, "available_tags": tags})
    assert (status, forum["available_tags"]) == (200, tags)
    assert (await plain.ask("POST", path, {"name": "t", "available_tags": tags}))[0] == 400


async def test_messages_in_an_archived_thread_are_not_edited(plain):
    _, first = await plain.post({"content": "a"})
    path = f"/channels/{plain.channel.id}/messages/{first['id']}/threads"
    _, thread = await plain.ask("POST", path, {"name": "talk"})
    place = plain.discord.world.channels[int(thread["id"])]
    _, inside = await plain.post({"content": "b"}, place)
    place.archived = True
    edit = f"/channels/{place.id}/messages/{inside['id']}"
    assert await plain.ask("PATCH", edit, {"content": "c"}) == (400, 50083)
    assert (await plain.ask("PATCH", f"/channels/{place.id}", {"archived": False}))[0] == 200
    assert (await plain.ask("PATCH", edit, {"content": "c"}))[0] == 200


@pytest.mark.parametrize(
    "wrong",
    [
        {"scheduled_start_time": "2026-01-01T00:00:00+00:00"},
        {"scheduled_end_time": None},
        {"scheduled_end_time": "2026-01-01T00:00:00+00:00"},
        {"entity_metadata": {"location": "p" * 101}},
        {"name": "n" * 101},
    ],
)
async def test_an_event_lies_ahead_and_says_when_it_ends_and_where(plain, wrong):
    path = f"/guilds/{plain.guild.id}/scheduled-events"
    assert await plain.ask("POST", path, event(**wrong)) == (400, INVALID)
    assert plain.guild.events == {}


async def test_a_server_has_at_most_100_open_events_and_a_cancelled_one_stays_so(plain):
    plain.discord.limits.per_second = 1000
    path = f"/guilds/{plain.guild.id}/scheduled-events"
    made = [(await plain.ask("POST", path, event()))[1]["id"] for _ in range(100)]
    assert await plain.ask("POST", path, event()) == (400, 30038)
    assert (await plain.ask("PATCH", f"{path}/{made[0]}", {"status": 4}))[0] == 200
    assert (await plain.ask("PATCH", f"{path}/{made[0]}", {"name": "again"}))[0] == 400
    assert (await plain.ask("POST", path, event()))[0] == 200


@pytest.mark.parametrize(
    "wrong",
    [
        card(*["a"] * 41),
        card("a" * 4000, "b"),
        {**card("a"), "flags": 0},
        card("a", content="beside"),
        card(components=[buttons("same"), buttons("same")]),
        card(components=[buttons("i" * 101)]),
        card(components=[{**says("a"), "id": 7}, {**says("b"), "id": 7}]),
        card(components=[{**says("a"), "id": 2**32}]),
        card(components=[{"type": 13, "file": {"url": "attachment://missing.ics"}}]),
        {"content": "", "components": []},
        {"content": "a" * 2001},
        {"content": "a", "allowed_mentions": {"users": [str(n) for n in range(101)]}},
    ],
)
async def test_a_layout_beyond_its_limits_is_refused(plain, wrong):
    assert (await plain.post(wrong))[0] == 400
    assert plain.discord.log == []


async def test_a_layout_at_its_limits_stands(plain):
    parts = [says("a" * 4000), *[{"type": 14}] * 38, {**says("b"), "id": 2**31 - 1}]
    parts[0]["content"] = "a" * 3999
    assert (await plain.post(card(components=parts)))[0] == 200


async def test_an_interaction_is_answered_once_within_three_seconds(plain):
    deed = plain.pressed()
    status, said = await plain.answer(deed, REPLY, card("a", flags=EPHEMERAL | 1 << 15))
    assert status == 200
    assert said["resource"]["message"]["id"] == said["interaction"]["response_message_id"]
    assert await plain.answer(deed, REPLY, card("b")) == (400, 40060)
    plain.discord.rules.answer_within = 0.01
    late = plain.pressed()
    await asyncio.sleep(0.02)
    assert await plain.answer(late, REPLY, card("c")) == (404, 10062)


async def test_an_interactions_token_serves_for_fifteen_minutes(plain):
    deed = plain.pressed()
    path = f"/webhooks/{plain.discord.world.me.id}/{deed.interaction.token}"
    assert await plain.ask("POST", path, {"content": "a"}) == (404, 10015)
    await plain.answer(deed, DEFER)
    _, shown = await plain.ask("POST", path, {"content": "takes the place"})
    assert deed.message.id == int(shown["id"])
    assert (await plain.ask("PATCH", f"{path}/messages/@original", {"content": "b"}))[0] == 200
    assert deed.text == "b\nb"
    deed.interaction.begun -= 15 * 60
    assert await plain.ask("POST", path, {"content": "c"}) == (401, 50027)


async def test_overwrites_hold_only_what_the_bot_holds(plain):
    path = f"/channels/{plain.channel.id}/permissions/{plain.guild.id}"
    held = {"type": 0, "allow": "0", "deny": str(bit("send_messages"))}
    assert (await plain.ask("PUT", path, held))[0] == 204
    beyond = {"type": 0, "allow": str(bit("ban_members")), "deny": "0"}
    assert await plain.ask("PUT", path, beyond) == (403, 50013)
    assert await plain.post({"content": "a"}) == (403, 50013)


async def test_who_was_really_mentioned_is_kept(plain):
    bo = plain.discord.world.user("bo")
    said = f"<@{plain.anna.id}> and <@{bo.id}>"
    await plain.post(card(said, allowed_mentions={"parse": [], "users": [str(bo.id)]}))
    await plain.post(card(said, allowed_mentions={"parse": []}))
    await plain.post(card("nobody", allowed_mentions={"parse": [], "users": [str(bo.id)]}))
    assert [posted.mentioned for posted in plain.discord.log] == [{bo.id}, set(), set()]


async def test_a_channel_that_is_gone_is_told_from_one_that_is_closed(plain):
    gone = plain.discord.world.channel(plain.guild, 0, "gone")
    plain.discord.delete_channel(gone)
    assert await plain.post({"content": "a"}, gone) == (404, 10003)
    plain.deny("view_channel")
    assert await plain.post({"content": "a"}) == (403, 50001)


async def test_what_the_bot_may_not_do_is_refused(plain):
    _, first = await plain.post({"content": "a"})
    place = f"/channels/{plain.channel.id}/messages"
    plain.deny("pin_messages", "create_events")
    assert await plain.ask("PUT", f"{place}/pins/{first['id']}") == (403, 50013)
    events = f"/guilds/{plain.guild.id}/scheduled-events"
    assert await plain.ask("POST", events, event()) == (403, 50013)
    plain.deny("read_message_history")
    assert await plain.ask("GET", f"{place}/{first['id']}") == (403, 50013)
    assert await plain.ask("GET", place) == (200, [])


async def test_history_is_read_around_before_and_after(plain):
    ids = [(await plain.post({"content": str(n)}))[1]["id"] for n in range(6)]
    place = f"/channels/{plain.channel.id}/messages"
    for how, expected in (
        (f"before={ids[2]}&limit=1", [ids[1]]),
        (f"after={ids[2]}&limit=2", [ids[4], ids[3]]),
        (f"around={ids[3]}&limit=3", [ids[4], ids[3], ids[2]]),
        ("limit=2", [ids[5], ids[4]]),
    ):
        assert [m["id"] for m in (await plain.ask("GET", f"{place}?{how}"))[1]] == expected, how


async def test_closed_direct_messages_are_refused(plain):
    _, channel = await plain.ask("POST", "/users/@me/channels", {"recipient_id": plain.anna.id})
    place = plain.discord.world.channels[int(channel["id"])]
    assert (await plain.post({"content": "a"}, place))[0] == 200
    plain.anna.user.takes_direct = False
    assert await plain.post({"content": "a"}, place) == (403, 50007)
    assert [posted.direct_to for posted in plain.discord.log] == [plain.anna.id]


async def test_more_than_fifty_requests_a_second_are_told_to_wait(plain):
    answers = await asyncio.gather(*(plain.ask("GET", "/users/@me") for _ in range(60)))
    assert [status for status, _ in answers].count(429) == 10
    waits = [said["retry_after"] for status, said in answers if status == 429]
    assert all(0 < wait <= 1 for wait in waits)
    deed = plain.pressed()
    assert (await plain.answer(deed, EDIT, {"content": "a"}))[0] == 200


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": "Upper"},
        {"name": "n" * 33},
        {"description": "d" * 101},
        {"description_localizations": {"sv-SE": "d" * 101}},
        {"options": [{"type": 3, "name": f"o{n}", "description": "d"} for n in range(26)]},
        {"options": [{"type": 3, "name": "o", "description": "d",
                      "choices": [{"name": "c", "value": "v" * 101}]}]},
    ],
)  # fmt: skip
async def test_a_command_beyond_its_limits_is_refused(plain, wrong):
    path = f"/applications/{plain.discord.world.me.id}/commands"
    command = {"name": "vote", "description": "Vote", "type": 1}
    assert (await plain.ask("PUT", path, [command]))[0] == 200
    assert await plain.ask("PUT", path, [{**command, **wrong}]) == (400, INVALID)


async def test_a_route_that_is_not_known_is_remembered(plain):
    assert (await plain.ask("GET", "/guilds/1/audit-logs"))[0] == 500
    assert len(plain.discord.unknown) == 1
    plain.discord.unknown.clear()
