"""Meetings in the chat: planned, answered, moved, cancelled, and found again."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.delivery import rounds
from bot.domain.meetings.meetings import PAGE_SIZE
from storage.meetings.meetings import Meeting
from tests.chat import beginnings
from tests.chat.conftest import answer_of, fields_of, homes, text_of

START = datetime(2026, 12, 1, 13, 0, tzinfo=UTC)
STAMP = f"<t:{int(START.timestamp())}:F>"


async def plan(town, **options):
    """The private preview of a meeting on a Tuesday afternoon, unless told otherwise."""
    said = {"title": "Kick-off", "when": "1 december 13:00", **options}
    return await town.boss.slash(town.lobby, "meeting schedule", **said)


async def planned(town, **options):
    """A meeting's card."""
    preview = await plan(town, **options)
    await town.boss.click(preview.response, label="Save")
    return cards(town)[-1]


def cards(town):
    """Every public card of a meeting, oldest first."""
    found = [
        message
        for channel in town.guild.channels.values()
        for message in town.posts(channel, "meetingmore:1")
    ]
    return sorted(found, key=lambda message: message.id)


def events(town):
    return list(town.env.backend.guilds[town.guild.id].scheduled_events.values())


async def with_three(town):
    await beginnings.trial(town)
    await town.participant("Göteborgs stad", "anna")
    await town.participant("Göteborgs stad", "bo")
    await town.participant("Västerås stad", "cia", "sv-SE")


BEGINNINGS = {"three": with_three}


@pytest.fixture
def three(trial):
    """Three participants: two of one organisation, and one of both tracks."""
    return [trial.member(name) for name in ("anna", "bo", "cia")]


async def test_a_meeting_is_shown_before_it_is_saved_and_then_posted_and_answered(trial, three):
    preview = await plan(trial, track="School", where="Town hall", agenda="Coffee.")
    said = answer_of(preview)
    assert "**Tuesday 1 December 2026 at 13:00** by the clock of Europe/London" in said
    assert STAMP in said
    assert not cards(trial)
    await trial.boss.click(preview.response, label="Save")
    assert "is planned. Its card is [here](https://discord.com/channels/" in text_of(
        preview.response
    )
    (card,) = cards(trial)
    assert card._message.channel_id == trial.channel("school-announcements").id
    anna, bo, cia = three
    await anna.click(card, custom_id="attend:1:1:going")
    await bo.click(card, custom_id="attend:1:1:cant")
    await cia.click(card, custom_id="attend:1:1:going")
    assert "**2 going · 1 can\u2019t**" in text_of(card)
    assert "Göteborgs stad: 1 going · 1 can\u2019t" in text_of(card)
    mine = await anna.click(card, custom_id="attend:1:1:going")
    assert "You said that you are going (<t:" in answer_of(mine)
    assert "**2 going · 1 can\u2019t**" in text_of(card), "the same again changes nothing"
    await anna.click(mine.response, label="Take my answer back")
    assert "is taken back" in text_of(mine.response)
    assert "**1 going · 1 can\u2019t**" in text_of(card)
    assert len(cards(trial)) == 1


async def test_save_pressed_twice_makes_one_meeting_and_one_event(trial):
    preview = await plan(trial, where="https://meet.example.org/" + "x" * 120)
    save = "meetingsave:1:1"
    await trial.at_once((trial.boss, save, preview.response), (trial.boss, save, preview.response))
    assert len(cards(trial)) == 1
    assert cards(trial)[0]._message.channel_id == trial.channel("open-forum").id
    (event,) = events(trial)
    assert event.name == "Kick-off"
    assert event.entity_metadata["location"].startswith("https://discord.com/channels/")


async def test_a_time_with_two_meanings_is_asked_and_nothing_typed_is_lost(trial):
    asked = await plan(trial, when="3/4 13:00", agenda="Coffee.")
    said = answer_of(asked)
    assert "3 April 2027" in said
    readings = [each["label"] for each in buttons(asked.response) if "at 13:00" in each["label"]]
    assert len(readings) >= 2
    await trial.boss.click(asked.response, label=readings[0])
    assert "Is this right?" in text_of(asked.response)
    assert "Coffee." in text_of(asked.response)


async def test_a_form_with_nonsense_keeps_what_was_typed(trial):
    preview = await plan(trial, track="School", repeat="weekly", times=3)
    form = await trial.boss.click(preview.response, label="Change")
    assert fields_of(form)["when"]["value"] == "1 december 13:00"
    typed = {
        "title": "Kick-off!",
        "when": "whenever",
        "duration": "1 h",
        "where": "",
        "agenda": "A",
    }
    await trial.boss.submit_modal(form, typed)
    assert "What you typed is kept" in text_of(preview.response)
    form = await trial.boss.click(preview.response, label="Change")
    assert {name: field.get("value", "") for name, field in fields_of(form).items()} == typed
    await trial.boss.submit_modal(form, {**typed, "when": "2 december 13:00"})
    said = text_of(preview.response)
    assert "every Wednesday, 3 times" in said
    assert "Kick-off!" in said
    assert not cards(trial)


async def test_the_card_works_after_a_restart_and_follows_an_edit_and_a_cancelling(trial, three):
    card = await planned(trial, track="School", where="Town hall")
    await three[0].click(card, custom_id="attend:1:1:going")
    await trial.restart()
    await three[1].click(card, custom_id="attend:1:1:maybe")
    assert "**1 going · 1 maybe**" in text_of(card)
    more = await trial.boss.click(card, label="More…")
    assert "Only coordinators" not in answer_of(more)
    form = await trial.boss.click(more.response, label="Edit")
    assert fields_of(form)["when"]["value"] == "2026-12-01 13:00"
    await trial.boss.submit_modal(form, {"title": "Kick-off", "when": "15:00"})
    shown = text_of(more.response)
    assert "Tuesday 1 December 2026 at 15:00" in shown, "the day at hand comes first"
    first = buttons(more.response)[0]["label"]
    await trial.boss.click(more.response, label=first)
    assert "Nothing is changed yet" in text_of(more.response)
    assert "I will tell the 2 people who have answered" in text_of(more.response)
    assert STAMP in text_of(card)
    await trial.boss.click(more.response, label="Save")
    assert "is changed" in text_of(more.response)
    later = int(START.timestamp()) + 2 * 3600
    assert f"<t:{later}:F>" in text_of(card)
    assert "**1 going · 1 maybe**" in text_of(card)
    (event,) = events(trial)
    assert "T15:00" in event.scheduled_start_time
    form = await trial.boss.slash(trial.lobby, "meeting cancel", meeting="kick")
    await trial.boss.submit_modal(form, {"reason": "Many are ill."})
    assert "~~Kick-off~~" in text_of(card)
    assert "> Many are ill." in text_of(card)
    assert [event.status for event in events(trial)] == [4]


async def test_a_participant_of_another_track_is_told_why_they_cannot_answer(trial, three):
    card = await planned(trial, track="Health")
    said = answer_of(await three[0].click(card, custom_id="attend:1:1:going"))
    assert "Health and care" in said
    assert "going" not in text_of(card).replace("Going", "")


async def test_an_answer_in_a_private_card_reaches_the_public_one(trial, three):
    card = await planned(trial)
    more = await three[2].click(card, label="More…")
    await three[2].click(more.response, label="Kommer")
    assert "Du har svarat att du kommer" in text_of(more.response)
    assert "**1 going**" in text_of(card)
    assert "Who answers" not in text_of(more.response)
    file = await three[2].click(more.response, label="Kalenderfil")
    assert "Öppna filen" in answer_of(file)


async def test_a_series_moves_on_to_its_next_time_and_keeps_the_minutes(trial, three):
    card = await planned(trial, repeat="weekly", times=3)
    trial.clock.time = START
    form = await trial.boss.slash(trial.lobby, "meeting minutes", meeting="1")
    await trial.boss.submit_modal(
        form, {"summary": "We agreed.", "links": "Film https://x.example"}
    )
    await three[0].click(card, custom_id="therewas:1:1")
    trial.clock.pass_(days=1)
    with trial.env._bot_scope():  # its own work, which settling waits for
        await rounds.pass_time(trial.crew, START, trial.clock())
    await trial.env.settle()
    await three[0].click(card, custom_id="attend:1:2:going")
    said = text_of(card)
    assert f"<t:{int(START.timestamp()) + 7 * 86400}:F>" in said
    assert "We agreed.\n\n🔗 Film https://x.example" in said


async def test_only_one_time_of_a_series_is_cancelled_if_that_is_meant(trial):
    card = await planned(trial, repeat="weekly", times=3)
    which = await trial.boss.slash(trial.lobby, "meeting cancel", meeting="Kick-off")
    form = await trial.boss.click(which.response, label="Only this one")
    await trial.boss.submit_modal(form, {"reason": ""})
    assert "is cancelled this time" in text_of(which.response)
    assert f"<t:{int(START.timestamp()) + 7 * 86400}:F>" in text_of(card)
    assert sorted(event.status for event in events(trial)) == [1, 4]


async def test_coordinators_see_who_answers_and_others_do_not(trial, three):
    card = await planned(trial, track="School")
    await three[0].click(card, custom_id="attend:1:1:going")
    more = await trial.boss.click(card, label="More…")
    await trial.boss.click(more.response, label="Who answers")
    said = text_of(more.response)
    assert f"<@{three[0].id}>" in said
    assert "2 have not answered" in said
    await trial.boss.click(more.response, label="Back")
    assert "Who answers" in text_of(more.response)
    refused = await trial.press(three[0], "meetingwho:1:1:0", card)
    assert "<@" not in answer_of(refused)


async def test_a_card_that_was_deleted_is_posted_again_for_a_coordinator(trial):
    card = await planned(trial)
    trial.env.backend.delete_message(card._message.channel_id, card._message.id)
    anyone = trial.person("anyone")
    await anyone.slash(trial.lobby, "meeting show", meeting="kickoff")
    assert not cards(trial)
    await trial.boss.slash(trial.lobby, "meeting show", meeting="kickoff")
    assert len(cards(trial)) == 1


async def test_where_the_track_has_lost_its_channel_the_forum_has_the_card(trial):
    trial.delete_channel("school-announcements")
    card = await planned(trial, track="School")
    assert card._message.channel_id == trial.channel("open-forum").id


async def test_a_repair_posts_the_card_where_its_channel_is_made_again(trial, three):
    card = await planned(trial, track="School")
    await three[0].click(card, custom_id="attend:1:1:going")
    trial.delete_channel("school-announcements")
    await trial.press(trial.boss, f"repair:1:{trial.guild.id}", trial.boss_note)
    (again,) = [each for each in cards(trial) if each.id != card.id]
    assert again._message.channel_id == trial.channel("school-announcements").id
    assert "**1 going**" in text_of(again)


async def test_the_meetings_of_an_archived_track_are_cancelled(trial):
    card = await planned(trial, track="School", repeat="weekly", times=3)
    asked = await trial.boss.slash(trial.lobby, "track archive", track="School")
    await trial.boss.click(asked.response, label="Archive")
    assert "**Cancelled**" in text_of(card)


async def test_minutes_with_a_link_that_leads_nowhere_give_back_what_was_typed(trial):
    await planned(trial)
    trial.clock.time = START
    form = await trial.boss.slash(trial.lobby, "meeting minutes", meeting="1")
    typed = {"summary": "We agreed.", "links": "see the folder"}
    said = answer_of(await trial.boss.submit_modal(form, typed))
    assert "What you typed:**\nWe agreed.\nsee the folder" in said


async def test_if_discord_refuses_the_event_the_card_stands_all_the_same(trial):
    trial.env.inject_error("POST", "/guilds/*/scheduled-events", status=403)
    await planned(trial)
    assert not events(trial)

    def is_due(session):
        return session.get(Meeting, 1).due

    assert not await trial.works.db.read(is_due)


async def test_a_meeting_under_way_that_is_put_off_has_one_event(trial):
    await planned(trial)
    (event,) = events(trial)
    event.status = 2  # Discord begins it by itself
    trial.clock.time = START + timedelta(minutes=5)
    form = await trial.boss.slash(trial.lobby, "meeting edit", meeting="kick")
    typed = {"title": "Kick-off", "when": "2026-12-02 13:00"}
    shown = await trial.boss.submit_modal(form, typed)
    await trial.boss.click(shown.response, label="Save")
    assert sorted(each.status for each in events(trial)) == [1, 3], "the first has ended"


async def test_the_home_card_lists_meetings_page_by_page(trial):
    asa = trial.person("asa", "sv-SE")
    (home,) = homes(trial)
    shown = await asa.click(home, label="Meetings")
    assert "Inga träffar är planerade, alla spår" in answer_of(shown)
    await planned(trial, repeat="daily", times=4, title="Stand-up")
    shown = await asa.click(home, label="Meetings")
    assert "🔁 varje dag, 3 till" in answer_of(shown)
    assert answer_of(shown).count("Stand-up") == 1, "a series is one line"
    for number in range(PAGE_SIZE):
        await planned(trial, title=f"Once {number}", when="30 november 13:00")
    shown = await asa.click(home, label="Meetings")
    assert f"{PAGE_SIZE + 1} träffar framöver" in answer_of(shown)
    await asa.click(shown.response, label="Nästa")
    assert "Sida 2 av 2" in text_of(shown.response)
    opened = await asa.click(shown.response, label="Öppna")
    assert "Stand-up" in answer_of(opened)


async def test_a_time_is_understood_while_it_is_typed(trial):
    offered = await trial.autocomplete(trial.boss, "meeting schedule", "when", "1 december 13:00")
    assert [(each["name"], each["value"]) for each in offered] == [
        ("Tuesday 1 December 2026 at 13:00", "2026-12-01 13:00")
    ]
    offered = await trial.autocomplete(trial.boss, "meeting schedule", "when", "1 december")
    assert [each["value"][-5:] for each in offered] == [
        "09:00", "10:00", "13:00", "15:00"
    ]  # fmt: skip
    assert await trial.autocomplete(trial.boss, "meeting schedule", "when", "qqq") == []
    assert len(await trial.autocomplete(trial.boss, "meeting schedule", "when", "")) == 4
    await planned(trial)
    offered = await trial.autocomplete(trial.boss, "meeting show", "meeting", "kick")
    assert [each["name"] for each in offered] == ["Kick-off · Tuesday 1 December at 13:00"]


def buttons(message):
    found = []

    def walk(component):
        if component.get("type") == 2:
            found.append(component)
        for key in ("components", "accessory"):
            below = component.get(key) or []
            for child in below if isinstance(below, list) else [below]:
                walk(child)

    for component in message._message.components:
        walk(component)
    return found
