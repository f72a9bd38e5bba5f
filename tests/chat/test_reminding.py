"""Reminders in the chat: they come once, at their hour, to those concerned, who can act on them."""

from datetime import UTC, datetime, timedelta

import pytest
from simcord._clock import Clock
from simcord.backend.models import EPHEMERAL_FLAG
from simcord.builders import UserHandle
from simcord.results import ResponseMessage

from tests.chat.conftest import text_of

START = datetime(2026, 12, 1, 12, 0, tzinfo=UTC)


class OurClock(Clock):
    """Discord's clock, which shows the same as leda's."""

    def __init__(self, ours):
        super().__init__()
        self.ours = ours

    def now(self):
        return self.ours()


@pytest.fixture
async def trial(trial):
    trial.env.backend.clock = OurClock(trial.clock)
    return trial


@pytest.fixture
async def meeting(trial):
    """The card of a joint meeting."""
    preview = await trial.boss.slash(
        trial.lobby,
        "meeting schedule",
        title="Kick-off",
        when="2026-12-01 12:00",
        where="Town hall",
    )
    await trial.boss.click(preview.response, label="Save")
    return trial.posts(trial.channel("open-forum"), "attend:1")[-1]


async def at(town, moment) -> None:
    """It is this late, and the courier has been."""
    town.clock.time = moment
    await town.crew.courier.deliver()
    await town.env.settle()


def reminders(town, channel="open-forum") -> list[str]:
    return [text_of(each) for each in town.posts(town.channel(channel), "🔔")]


def letters(town, member):
    """Who somebody is outside of any server, and the direct messages they got."""
    user = UserHandle(town.env, town.env.backend.get_user(member.id))
    found = town.env.backend.messages.get(user.dm_channel.id, {})
    return user, [
        ResponseMessage(town.env, message)
        for message in found.values()
        if not message.flags & EPHEMERAL_FLAG
    ]


async def test_everybody_is_reminded_a_week_a_day_and_an_hour_ahead(trial, meeting):
    for ahead, said in (
        (timedelta(days=7), "1 week to go"),
        (timedelta(days=1), "1 day to go"),
        (timedelta(hours=1), "1 hour to go"),
    ):
        await at(trial, START - ahead - timedelta(seconds=1))
        before = len(reminders(trial))
        await at(trial, START - ahead)
        await at(trial, START - ahead + timedelta(seconds=30))
        assert len(reminders(trial)) == before + 1
        assert said in reminders(trial)[-1]
        assert "Town hall" in reminders(trial)[-1]
    await trial.restart()
    await at(trial, START)
    assert len(reminders(trial)) == 3


async def test_the_day_before_each_hears_of_it_in_their_own_way_and_can_answer_there(
    trial, meeting
):
    anna = await trial.participant("Göteborgs stad", "anna")
    bo = await trial.participant("Västerås stad", "bo")
    await trial.press(bo, f"reach:1:{trial.guild.id}:mention")
    await at(trial, START - timedelta(days=1))
    user, (letter,) = letters(trial, anna)
    assert "Kick-off" in text_of(letter)
    assert "From LEDA" in text_of(letter)
    (mention,) = [each for each in reminders(trial) if f"<@{bo.id}>" in each]
    assert str(anna.id) not in mention
    answered = await user.click(letter, label="Going")
    assert "Noted: **Going**" in text_of(answered.response)
    assert "1 going" in text_of(meeting)


async def test_snooze_and_not_for_this_meeting(trial, meeting):
    anna = await trial.participant("Göteborgs stad", "anna")
    await at(trial, START - timedelta(days=1))
    user, (letter,) = letters(trial, anna)
    await user.click(letter, label="Snooze")
    await at(trial, START - timedelta(hours=22, minutes=50))
    user, found = letters(trial, anna)
    assert len(found) == 2
    await user.click(found[-1], label="Snooze")
    await user.click(found[-1], label="Not for this meeting")
    await at(trial, START - timedelta(hours=20))
    assert len(letters(trial, anna)[1]) == 2


async def test_who_had_answered_hears_of_a_move_and_of_a_cancellation(trial, meeting):
    anna = await trial.participant("Göteborgs stad", "anna")
    await trial.participant("Västerås stad", "bo")
    await anna.click(meeting, custom_id="attend:1:1:going")
    form = await trial.boss.slash(trial.lobby, "meeting edit", meeting="Kick-off")
    shown = await trial.boss.submit_modal(form, {"title": "Kick-off", "when": "2026-12-03 12:00"})
    await at(trial, trial.clock())
    assert letters(trial, anna)[1] == [], "nobody hears of it before it is saved"
    assert "1 answer no longer counts" in text_of(shown.response)
    await trial.boss.click(shown.response, label="Save")
    await at(trial, trial.clock())
    _, (moved,) = letters(trial, anna)
    stamp = int(START.timestamp())
    assert f"It was <t:{stamp}:F>" in text_of(moved)
    assert f"It is now **<t:{stamp + 2 * 86400}:F>**" in text_of(moved)


async def test_a_coordinators_own_words_go_out_at_their_time(trial, meeting):
    shown = await trial.boss.slash(
        trial.lobby, "meeting remind", meeting="Kick-off", when="25 nov 08:00",
        text="Bring a friend. @everyone",
    )  # fmt: skip
    assert "Wednesday 25 November 2026 at 08:00** by the clock of Europe/London" in text_of(
        shown.response
    )
    assert "Nothing is planned yet" in text_of(shown.response)
    await trial.boss.click(shown.response, label="Plan it")
    assert "I will remind people" in text_of(shown.response)
    await at(trial, datetime(2026, 11, 25, 8, 0, tzinfo=UTC))
    said = [each for each in reminders(trial) if "Bring a friend" in each]
    assert len(said) == 1
    assert "@everyone" not in said[0]


async def test_status_tells_what_goes_out_next(trial, meeting):
    shown = text_of((await trial.boss.slash(trial.lobby, "programme status")).response)
    assert "Reminder: Kick-off" in shown
    assert "Personal reminders: Kick-off" in shown
