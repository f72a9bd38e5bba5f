"""Planned posts go out: once, where they belong, and what is in their way is told."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
from simcord.backend.models import Overwrite
from simcord.builders import UserHandle
from simcord.enums import OverwriteType
from simcord.results import ResponseMessage
from sqlalchemy.exc import OperationalError

from bot.delivery import courier as couriers
from bot.delivery.parcels import PostKind, PostPart
from bot.domain.meetings import reminders
from bot.domain.posts import claims, planning
from bot.domain.posts.planning import Post
from bot.domain.programme import programmes
from bot.ui.layout import said
from cogs.meetings import posts as reminder_posts
from storage.enums import Way
from tests.chat.conftest import DiscordsClock, text_of

HISTORY, SEND = 1 << 16, 1 << 11


@pytest.fixture(autouse=True)
def plain_posts(monkeypatch) -> None:
    """A post of its own kind says its subject's number, whichever bot posts it."""

    async def render(_works, _words, _parcel, thing):
        return None if thing.data.get("pointless") else PostPart([said(f"Post {thing.subject_id}")])

    monkeypatch.setattr(reminder_posts, "_render", render)
    monkeypatch.setattr(reminders, "own_title", lambda _session, number: f"No. {number}")


@pytest.fixture
async def town(already_set_up, town):
    town.env.backend.clock = DiscordsClock(town.clock)
    return town


async def plan(town, number: int = 1, way: Way = Way.POST, **said) -> None:
    now = town.clock()
    post = Post(
        **{
            "key": f"test:{number}:{said.get('member_id')}",
            "kind": "meeting.own",
            "subject_id": number,
            "way": way,
            "due_at": now,
            "expires_at": now + timedelta(hours=8),
            "slot": "forum",
            **said,
        }
    )
    await town.works.visit(town.guild.id).write(planning.plan, [post])


async def deliver(town) -> None:
    await town.crew.courier.deliver()
    await town.env.settle()


def posts(town, channel: str = "open-forum") -> list[str]:
    return [text_of(m) for m in town.posts(town.channel(channel), "Post ")]


def letters(town, member) -> list[str]:
    user = UserHandle(town.env, town.env.backend.get_user(member.id))
    found = town.env.backend.messages.get(user.dm_channel.id, {})
    return [text_of(ResponseMessage(town.env, message)) for message in found.values()]


def heard(town) -> list[str]:
    """What coordinators were told."""
    return [text_of(each) for each in town.posts(town.channel("coordinators"))]


async def status(town) -> str:
    return text_of((await town.boss.slash(town.lobby, "programme status")).response)


async def test_a_post_goes_out_when_it_is_due_and_not_again(town):
    await plan(town, due_at=town.clock() + timedelta(hours=1))
    await deliver(town)
    assert posts(town) == []
    assert "No. 1" in await status(town)
    town.clock.pass_(hours=1)
    for _ in range(3):
        await deliver(town)
    await town.restart()
    await deliver(town)
    assert posts(town) == ["Post 1"]


async def test_what_is_late_says_how_late_and_what_has_expired_is_dropped_with_a_note(town):
    await plan(town, 1)
    await plan(town, 2, expires_at=town.clock() + timedelta(hours=1))
    town.clock.pass_(hours=2)
    await deliver(town)
    (late,) = posts(town)
    assert "Post 1" in late
    assert "was due <t:" in late
    shown = await status(town)
    assert "No. 1 · sent: late" in shown
    assert "No. 2 · dropped: it came too late" in shown


async def test_what_has_become_pointless_is_dropped_with_a_note(town):
    await plan(town, data={"pointless": True})
    await deliver(town)
    assert posts(town) == []
    assert "dropped: it had become pointless" in await status(town)


async def test_a_post_that_was_out_before_a_crash_is_found_and_not_posted_again(town):
    await plan(town)
    (parcel,) = await town.works.db.write(
        claims.claim, town.works.shards, now=town.clock(), limit=9
    )
    await town.crew.courier._bring(parcel)
    await town.works.db.write(undo, parcel.lead_id)
    town.clock.pass_(minutes=20)  # Discord has forgotten the nonce
    await town.restart()
    await deliver(town)
    assert posts(town) == ["Post 1"]
    assert "No. 1 · sent" in await status(town)


def undo(session, lead_id) -> None:
    """As if leda had died between the post and its note."""
    session.connection().exec_driver_sql(
        f"UPDATE delivery SET state = 'sending', message_id = NULL WHERE id = {lead_id}"
    )


async def test_a_post_whose_end_could_not_be_noted_goes_out_within_a_minute_and_no_restart(
    town, monkeypatch, caplog
):
    """The file was locked for 55 seconds just after the claim."""

    async def locked(*_, **__):
        raise OperationalError("", None, Exception("database is locked"))

    await plan(town)
    with monkeypatch.context() as patch:
        patch.setattr(town.crew.courier, "_bring", locked)
        patch.setattr(town.crew.courier, "_note", locked)
        await deliver(town)
    assert "could not be noted" in caplog.text
    town.clock.pass_(minutes=3)
    await deliver(town)
    assert posts(town) == []  # the minute is not over
    shown = await status(town)
    assert "1 post should be out by now" in shown
    assert "All is well" not in shown
    town.crew.courier._recover_at = 0.0
    await deliver(town)
    assert [each.splitlines()[0] for each in posts(town)] == ["Post 1"]
    assert "should be out" not in await status(town)


async def test_what_is_on_its_way_is_not_taken_up_again_each_minute(town):
    out, way = asyncio.Event(), asyncio.Event()
    courier, own = town.crew.courier, town.crew.courier.kinds["meeting.own"]

    async def render(_words, _parcel, thing):
        way.set()
        await out.wait()
        return PostPart([said(f"Post {thing.subject_id}")])

    courier.take_on("meeting.own", replace(own, render=render))
    await plan(town)
    going = asyncio.ensure_future(courier.deliver())
    await way.wait()
    courier._recover_at = 0.0
    courier._called.set()  # as the next minute's waking does
    while not courier._recover_at:
        await town.works.visit(town.guild.id).read(programmes.view)
    out.set()
    await going
    await deliver(town)
    assert posts(town) == ["Post 1"]


async def test_a_backup_that_was_put_back_posts_nothing_again(town):
    await plan(town)
    await deliver(town)
    await town.works.db.write(as_in_the_backup)
    town.clock.pass_(minutes=20)
    await town.restart()
    await deliver(town)
    assert posts(town) == ["Post 1"]
    assert "No. 1 · sent" in await status(town)


async def test_what_became_due_while_leda_was_away_goes_out_though_it_may_not_look(town):
    await plan(town, due_at=town.clock() + timedelta(minutes=5))
    everyone = Overwrite(town.guild.id, OverwriteType.ROLE, 0, HISTORY)
    town.env.backend.set_overwrite(town.channel("open-forum").id, everyone)
    town.clock.pass_(minutes=10)
    await town.restart()
    await deliver(town)
    assert posts(town) == ["Post 1"]


def as_in_the_backup(session) -> None:
    """As it stood before the post went out."""
    session.connection().exec_driver_sql(
        "UPDATE delivery SET state = 'planned', message_id = NULL, lead_id = NULL, attempts = 0,"
        " channel_id = NULL, claimed_at = NULL, settled_at = NULL WHERE kind = 'meeting.own'"
    )


async def test_where_leda_may_not_look_it_posts_nothing_and_asks_a_coordinator(town):
    await plan(town)
    (parcel,) = await town.works.db.write(
        claims.claim, town.works.shards, now=town.clock(), limit=9
    )
    everyone = Overwrite(town.guild.id, OverwriteType.ROLE, 0, HISTORY)
    town.env.backend.set_overwrite(town.channel("open-forum").id, everyone)
    await town.restart()
    await deliver(town)
    assert posts(town) == []
    assert "it may be out already" in heard(town)[-1]
    town.env.backend.set_overwrite(
        town.channel("open-forum").id, Overwrite(town.guild.id, OverwriteType.ROLE, 0, 0)
    )
    told = town.posts(town.channel("coordinators"))[-1]
    await town.boss.click(told, label="Try again")
    await deliver(town)
    assert posts(town) == ["Post 1"]
    assert parcel.lead_id


async def test_a_channel_that_is_gone_is_replaced_and_a_coordinator_told_once(town):
    town.delete_channel("school-announcements")
    await town.env.settle()
    for number in (1, 2):
        await plan(town, number, slot="announcements:1")
        await deliver(town)
    assert posts(town) == ["Post 1", "Post 2"]
    assert sum("could not be posted in its place" in each for each in heard(town)) == 1


async def test_what_is_for_a_closed_track_never_goes_to_the_open_forum(town):
    await town.boss.slash(town.lobby, "track edit", track="School", closed=True)
    town.delete_channel("school-announcements")
    await town.env.settle()
    await plan(town, 1, slot="announcements:1")
    await deliver(town)
    assert posts(town) == []
    assert posts(town, "coordinators") == ["Post 1"]


async def test_a_post_that_went_elsewhere_before_a_crash_is_found_there(town):
    """Though its own channel is there again by then."""
    place = town.channel("school-announcements").id
    closed = Overwrite(town.bot.user.id, OverwriteType.MEMBER, 0, SEND)
    town.env.backend.set_overwrite(place, closed)
    await plan(town, 1, slot="announcements:1")
    await deliver(town)
    assert posts(town) == ["Post 1"]
    (lead_id,) = await town.works.db.read(
        lambda s: (
            s.connection()
            .exec_driver_sql("SELECT id FROM delivery WHERE kind = 'meeting.own'")
            .scalars()
            .all()
        )
    )
    await town.works.db.write(undo, lead_id)
    opened = Overwrite(town.bot.user.id, OverwriteType.MEMBER, SEND, 0)
    town.env.backend.set_overwrite(place, opened)
    town.clock.pass_(minutes=20)
    await town.restart()
    await deliver(town)
    assert posts(town) == ["Post 1"]
    assert posts(town, "school-announcements") == []


async def test_discord_away_is_waited_out_and_nothing_is_doubled(town):
    town.env.inject_error("POST", "/channels/*/messages", status=503, times=3)
    town.forgive()
    await plan(town)
    await deliver(town)
    assert posts(town) == []
    for _ in range(6):
        town.clock.pass_(hours=1)
        await deliver(town)
    assert len(posts(town)) == 1


async def test_what_is_due_for_one_person_within_the_hour_is_one_letter(town):
    anna = town.person("anna")
    for number in range(1, 4):
        await plan(
            town, number, Way.DIRECT, member_id=anna.id,
            due_at=town.clock() + timedelta(minutes=40 * number - 40),
        )  # fmt: skip
    await deliver(town)
    (letter,) = letters(town, anna)
    assert "Post 1" in letter
    assert "Post 2" in letter
    assert "Post 3" not in letter
    assert "From LEDA" in letter


async def test_mentions_of_one_thing_are_one_post_of_a_hundred_at_most(town):
    people = [town.person(f"p{number}") for number in range(120)]
    for person in people:
        await plan(town, 1, Way.MENTION, member_id=person.id)
    await deliver(town)
    first, second = posts(town)
    assert first.count("<@") == 100
    assert second.count("<@") == 20
    assert len({*first.split(), *second.split()} & {f"<@{p.id}>" for p in people}) == 120


async def test_closed_direct_messages_fall_back_to_a_mention_and_are_no_error(town):
    anna = town.person("anna")
    town.env.inject_error("POST", "/channels/*/messages", status=403, code=50007, times=1)
    await plan(town, 1, Way.DIRECT, member_id=anna.id)
    await deliver(town)
    assert letters(town, anna) == []
    (post,) = posts(town)
    assert f"<@{anna.id}>" in post
    assert heard(town) == []


def openings(town) -> int:
    asked = town.env.http_requests
    return sum(each.method == "POST" and each.path.endswith("/channels") and "/users/" in each.path
               for each in asked)  # fmt: skip


async def test_the_channel_to_a_person_is_opened_once_and_kept(town):
    anna = await town.participant("Vara kommun", "anna")
    for number in (1, 2):
        await plan(town, number, Way.DIRECT, member_id=anna.id)
        await deliver(town)
        await town.restart()
    assert len(letters(town, anna)) == 2
    assert openings(town) == 1


async def test_opening_letters_too_fast_passes_and_after_two_refusals_one_is_mentioned(town):
    town.env.inject_error("POST", "/users/*/channels", status=403, code=40003, times=2)
    town.forgive()
    anna = await town.participant("Vara kommun", "anna")
    await plan(town, 1, Way.DIRECT, member_id=anna.id)
    await deliver(town)
    assert letters(town, anna) == posts(town) == []
    assert "No. 1 to 1 person" in await status(town)
    town.clock.pass_(minutes=20)
    await deliver(town)
    assert letters(town, anna) == []
    [mention] = posts(town)
    assert f"<@{anna.id}>" in mention
    assert not any("did not get out" in each for each in heard(town))


@pytest.mark.parametrize("slot", [None, "announcements:1"])
async def test_who_may_not_be_mentioned_is_written_to_when_it_can_be(town, slot):
    await town.boss.slash(town.lobby, "track edit", track="School", closed=True)
    town.env.inject_error("POST", "/users/*/channels", status=400, code=40003, times=3)
    town.forgive()
    anna = await town.participant("Vara kommun", "anna")
    await plan(town, 1, Way.DIRECT, member_id=anna.id, slot=slot)
    for _ in range(4):
        await deliver(town)
        town.clock.pass_(minutes=20)
    assert len(letters(town, anna)) == 1
    assert posts(town) == posts(town, "school-announcements") == []


async def test_closed_direct_messages_are_not_tried_again_for_thirty_days(town):
    town.env.inject_error("POST", "/users/*/channels", status=403, code=50007, times=1)
    town.forgive()
    await town.organisation("Vara kommun", "School")
    anna = await town.participant("Vara kommun", "anna")
    for number in (1, 2):
        await plan(town, number, Way.DIRECT, member_id=anna.id)
        await deliver(town)
    assert len(posts(town)) == 2
    assert openings(town) == 1
    await town.press(anna, f"reach:1:{town.guild.id}:direct")
    await plan(town, 3, Way.DIRECT, member_id=anna.id)
    await deliver(town)
    assert len(letters(town, anna)) == 1


async def test_waking_the_courier_while_it_runs_posts_nothing_twice(town):
    for number in range(1, 6):
        await plan(town, number)
    with town.env._bot_scope():
        for _ in range(5):
            town.crew.courier.wake()
    await asyncio.gather(*(town.crew.courier.deliver() for _ in range(4)))
    await town.env.settle()
    assert sorted(posts(town)) == [f"Post {number}" for number in range(1, 6)]


async def test_what_takes_long_to_prepare_holds_up_no_other_post(town):
    out = asyncio.Event()

    async def prepare(*_):
        await plan(town, 1)
        town.crew.courier.wake()
        await out.wait()

    async def render(*_):
        out.set()

    def done(*_):
        """The work itself is nothing."""

    courier, own = town.crew.courier, town.crew.courier.kinds["meeting.own"]
    courier.take_on("digest.week", PostKind(title=own.title, work=done, prepare=prepare))
    courier.take_on("meeting.own", replace(own, render=render))
    for number in range(2, 122):
        await plan(town, number, Way.WORK, kind="digest.week")
    async with asyncio.timeout(10):
        await deliver(town)
    assert "No. 1" in await status(town)  # dropped, for there was nothing to say


async def test_a_clock_that_jumps_back_and_forth_an_hour_loses_and_doubles_nothing(town):
    for number in range(1, 5):
        await plan(town, number, due_at=town.clock() + timedelta(minutes=30 * number))
    for minutes in (30, 60, -60, 60, 60, -60, 60):
        town.clock.pass_(minutes=minutes)
        await deliver(town)
    assert [each.splitlines()[0] for each in posts(town)] == [
        f"Post {number}" for number in range(1, 5)
    ]


async def test_after_two_days_asleep_what_is_still_of_use_goes_out_late_and_the_rest_is_noted(town):
    await plan(town, 1, expires_at=town.clock() + timedelta(days=3))
    await plan(town, 2, due_at=town.clock() + timedelta(days=1))
    town.clock.pass_(days=2)
    await deliver(town)
    assert [each.splitlines()[0] for each in posts(town)] == ["Post 1"]
    assert "No. 2 · dropped: it came too late" in await status(town)


async def test_coordinators_hear_once_that_posts_fail_and_once_that_they_go_out_again(town):
    town.env.inject_error("POST", f"/channels/{town.channel('open-forum').id}/messages", status=400)
    town.env.inject_error("POST", f"/channels/{town.channel('open-forum').id}/messages", status=400)
    town.forgive()
    for number in (1, 2):
        await plan(town, number)
    await deliver(town)
    assert sum("did not get out" in each for each in heard(town)) == 1
    await plan(town, 3)
    town.clock.pass_(minutes=1)
    for _ in range(2):
        await deliver(town)
    assert sum("go out again" in each for each in heard(town)) == 1
    assert posts(town) == ["Post 3"]


async def test_an_alarm_that_could_not_be_sent_is_told_at_the_next_minute(town):
    for channel in ("open-forum", "coordinators"):
        path = f"/channels/{town.channel(channel).id}/messages"
        town.env.inject_error("POST", path, status=400)
    town.env.inject_error("POST", "/users/@me/channels", status=503, times=9)
    town.forgive()
    await plan(town)
    await deliver(town)
    assert not any("did not get out" in each for each in heard(town))
    town.clock.pass_(minutes=1)
    town.crew.courier._recover_at = 0.0
    for _ in range(2):
        await deliver(town)
    assert sum("did not get out" in each for each in heard(town)) == 1


async def test_whoever_waits_for_an_answer_goes_before_a_post(town, monkeypatch):
    monkeypatch.setattr(couriers, "_PEOPLE_FIRST", None)  # however slow this machine is
    seen = []

    async def answer() -> None:
        for _ in range(40):  # long enough for a courier that did not wait
            await town.works.visit(town.guild.id).read(programmes.view)
        seen.append(posts(town))

    await plan(town)
    answering = asyncio.ensure_future(answer())
    town.works.answering.add(answering)
    await deliver(town)
    town.works.answering.discard(answering)
    assert seen == [[]]
    assert posts(town) == ["Post 1"]


async def test_a_post_does_not_wait_for_ever_for_an_answer(town):
    await plan(town)
    endless = asyncio.ensure_future(asyncio.Event().wait())
    town.works.answering.add(endless)
    await deliver(town)
    town.works.answering.discard(endless)
    endless.cancel()
    assert posts(town) == ["Post 1"]


async def test_who_may_not_post_claims_nothing_and_goes_on_when_it_may(town):
    courier = town.crew.courier
    courier.may_post = lambda: False
    await plan(town)
    await deliver(town)
    assert posts(town) == []
    courier.may_post = lambda: True
    await deliver(town)
    assert posts(town) == ["Post 1"]


async def test_what_is_claimed_when_it_may_not_post_any_more_waits_and_is_left_at_a_stop(
    town, monkeypatch
):
    courier, answers, asked = town.crew.courier, [True, True, False], asyncio.Event()

    def may_post() -> bool:
        if len(answers) == 1:
            asked.set()
            return answers[0]
        return answers.pop(0)

    async def soon(_seconds):
        await real(0)

    real, courier.may_post = asyncio.sleep, may_post
    await plan(town)
    with monkeypatch.context() as quick:
        quick.setattr(asyncio, "sleep", soon)
        delivering = asyncio.create_task(courier.deliver())
        await asyncio.wait_for(asked.wait(), 5)
        assert not delivering.done()
        await courier.stop()
        await asyncio.wait_for(delivering, 5)
    assert posts(town) == []
    await town.restart()
    await deliver(town)
    assert posts(town) == ["Post 1"]


async def test_what_was_claimed_and_left_is_taken_up_when_it_goes_on(town):
    await deliver(town)
    await plan(town)
    shards, now = town.works.shards, town.clock()
    assert await town.works.db.write(claims.claim, shards, now=now, limit=9)
    await deliver(town)
    assert posts(town) == []
    with town.env._bot_scope():
        town.crew.courier.take_up()
    await deliver(town)
    assert posts(town) == ["Post 1"]
