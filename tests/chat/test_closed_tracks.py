"""A closed track in the chat: what everyone on the server would see of it is taken away."""

import pytest
from sqlalchemy import update

from bot.domain.meetings import meetings
from storage.meetings.meetings import Meeting
from storage.tracks.tracks import Track
from tests.chat.conftest import text_of
from tests.chat.test_meetings import cards, events, planned

SECRET = {"title": "Kick-off", "track": "School", "agenda": "Hush.", "where": "Room 7"}


async def close(town, *, closed=True):
    await town.boss.slash(town.lobby, "track edit", track="School", closed=closed)
    await town.env.settle()


async def alter(town, table, **values):
    """Change what is kept behind leda's back, as an earlier version left it."""
    await town.works.db.write(lambda session: session.execute(update(table).values(**values)))


async def test_a_meeting_of_a_closed_track_has_a_card_and_no_event(trial):
    await close(trial)
    card = await planned(trial, **SECRET)
    assert card._message.channel_id == trial.channel("school-announcements").id
    assert events(trial) == []


async def test_closing_a_track_withdraws_its_events_and_opening_it_makes_them_again(trial):
    await planned(trial, **SECRET)
    await planned(trial, title="For all")
    assert len(events(trial)) == 2
    await close(trial)
    assert [event.name for event in events(trial)] == ["For all"]
    await close(trial, closed=False)
    assert sorted(event.name for event in events(trial)) == ["For all", "Kick-off"]


async def test_an_event_that_leda_could_not_note_is_withdrawn_too(trial):
    await planned(trial, **SECRET)
    await alter(trial, Meeting, event_id=None, event_for=None)
    await close(trial)
    assert events(trial) == []


async def test_events_of_a_track_that_was_closed_before_are_withdrawn_at_the_next_start(trial):
    await planned(trial, **SECRET)
    await alter(trial, Track, closed=True)
    assert len(events(trial)) == 1
    await trial.restart()
    await trial.env.settle()
    assert events(trial) == []


async def test_an_event_that_discord_keeps_is_tried_again(trial):
    await planned(trial, **SECRET)
    trial.env.inject_error("DELETE", "/guilds/*/scheduled-events/*", status=403, times=None)
    await close(trial)
    assert len(events(trial)) == 1
    due = await trial.works.visit(trial.guild.id).read(meetings.due)
    assert due == [1]
    trial.env.backend.faults.clear()
    with trial.env._bot_scope():  # its own work, which settling waits for
        trial.crew.meetings.wake(trial.guild.id)
    await trial.env.settle()
    assert events(trial) == []


@pytest.mark.parametrize("first", [True, False])
async def test_where_a_closed_track_has_lost_its_channel_coordinators_have_the_card(trial, first):
    if first:
        await close(trial)
    trial.delete_channel("school-announcements")
    card = await planned(trial, **SECRET)
    if not first:
        assert card._message.channel_id == trial.channel("open-forum").id
        await close(trial)
    (card,) = cards(trial)
    assert card._message.channel_id == trial.channel("coordinators").id


async def test_private_answers_that_show_a_factor_are_emptied_outside_when_its_track_is_closed(
    trial,
):
    anna = await trial.participant("Göteborgs stad", "anna")
    await trial.publish(anna)
    anyone = trial.person("anyone")
    answers = [
        (await person.slash(trial.lobby, command, **options)).response
        for person in (anyone, anna)
        for command, options in (("factor show", {"factor": "1"}), ("factor list", {}))
    ]
    assert all("Try it small first" in text_of(each) for each in answers)
    await close(trial)
    assert ["Try it small first" in text_of(each) for each in answers] == [False, False, True, True]
