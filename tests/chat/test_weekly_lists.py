"""What waits for people: on the home card with buttons, and once a week by direct message."""

from datetime import datetime, timedelta

import pytest

from bot.domain.members import reach
from bot.domain.needs import weekly_lists
from bot.domain.when.clocks import Week
from storage.posts.deliveries import Delivery
from tests.chat.beginnings import with_anna
from tests.chat.conftest import text_of
from tests.chat.test_courier import heard
from tests.chat.test_reminding import OurClock, at, letters, reminders

SOON = "2026-11-24 12:00"  # the day after

BEGINNINGS = {"anna": with_anna}


@pytest.fixture
def anna(trial):
    """For Göteborg; a factor and a meeting wait for her."""
    trial.env.backend.clock = OurClock(trial.clock)
    return trial.member("anna")


async def schedule(town, when=SOON, **more):
    said = {"title": "Kick-off", "when": when, "where": "Town hall", **more}
    preview = await town.boss.slash(town.lobby, "meeting schedule", **said)
    await town.boss.click(preview.response, label="Save")


async def plan(town, due: datetime | None = None) -> None:
    due = due or town.clock()
    await town.works.db.visit(town.guild.id, None, town.clock()).write(
        weekly_lists.plan, Week.on(due.date()), due
    )


async def became(town) -> dict[int, tuple[str, str, str]]:
    """What became of each list: how it was to go, its state and its note, by whose it is."""

    def kept(session):
        rows = session.connection().exec_driver_sql(
            f"SELECT member_id, way, state, note FROM {Delivery.__tablename__} "
            f"WHERE kind = '{weekly_lists.LIST}'"
        )
        return {member: (way, state, note) for member, way, state, note in rows}

    return await town.works.db.read(kept)


async def test_the_weekly_list_comes_by_direct_message_and_can_be_answered_and_ended_there(
    trial, anna
):
    await trial.publish(anna)
    await schedule(trial)
    await plan(trial)
    await at(trial, trial.clock())
    user, (letter,) = letters(trial, anna)
    assert "Your week" in text_of(letter)
    assert "[Try it small first](https://discord.com/channels/" in text_of(letter)
    assert "[Kick-off](https://discord.com/channels/" in text_of(letter)
    assert "[the home card](https://discord.com/channels/" in text_of(letter)
    assert "From LEDA" in text_of(letter)
    await user.click(letter, label="Maybe")
    ended = await user.click(letter, label="No weekly list")
    assert "No more weekly lists" in text_of(ended.response)
    chosen = await trial.works.visit(trial.guild.id).read(reach.of, anna.id)
    assert (chosen.weekly_list, chosen.reminders) == (False, True)
    await plan(trial, trial.clock() + timedelta(weeks=1))
    await at(trial, trial.clock() + timedelta(weeks=1))
    assert len(letters(trial, anna)[1]) == 1


async def test_where_nothing_waits_nobody_is_written_to_and_that_is_no_trouble(trial, anna):
    await plan(trial)
    await at(trial, trial.clock())
    assert letters(trial, anna)[1] == []
    assert await became(trial) == {anna.id: ("direct", "dropped", "well")}
    shown = await trial.boss.slash(trial.lobby, "programme status")
    assert "dropped" not in text_of(shown.response)


async def test_with_a_reminder_it_is_one_message_in_which_no_button_stands_twice(trial, anna):
    await trial.publish(anna)
    await schedule(trial)
    await plan(trial, trial.clock() + timedelta(hours=3, minutes=30))
    await at(trial, trial.clock() + timedelta(hours=3))  # a day ahead of the meeting
    await at(trial, trial.clock() + timedelta(hours=1))
    _, (letter,) = letters(trial, anna)
    assert "Are you coming?" in text_of(letter)
    assert "Your week" in text_of(letter)
    assert text_of(letter).count("Going") == 1


async def test_whoever_lets_no_direct_message_through_hears_of_the_meeting_alone(trial, anna):
    await trial.publish(anna)
    await schedule(trial)
    await plan(trial, trial.clock() + timedelta(hours=3, minutes=30))
    trial.env.inject_error("POST", "/users/@me/channels", status=403, code=50007, times=9)
    await at(trial, trial.clock() + timedelta(hours=3))
    await at(trial, trial.clock() + timedelta(hours=1))
    assert await became(trial) == {anna.id: ("direct", "dropped", "well")}
    assert any(f"<@{anna.id}>" in each for each in reminders(trial))
    assert not any("Your week" in each for each in reminders(trial))
    assert heard(trial) == []


async def test_closed_direct_messages_are_no_error(trial, anna):
    await trial.publish(anna)
    await plan(trial)
    trial.env.inject_error("POST", "/users/@me/channels", status=403, code=50007)
    await at(trial, trial.clock())
    assert await became(trial) == {anna.id: ("direct", "dropped", "well")}
    assert heard(trial) == []
    assert not any(
        "Your week" in text_of(each) for each in trial.posts(trial.channel("open-forum"))
    )
