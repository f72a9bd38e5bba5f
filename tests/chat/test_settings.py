"""``/programme settings``: every change is shown before it is saved, and noted after."""

from dataclasses import replace
from datetime import UTC, datetime

import discord
import pytest

from bot.domain.kit.pages import Page
from bot.domain.programme import settings
from bot.domain.programme.history import KINDS, PAGE_SIZE, Happening, PastChange
from bot.domain.programme.programmes import ProgrammeView
from bot.domain.programme.settings import (
    FIELDS,
    REMINDERS,
    ChoiceChange,
    Choices,
    SettingsPart,
    SettingsView,
)
from bot.domain.tracks.places import Slot
from bot.i18n.words import Words
from cogs.programme.history import history_card
from cogs.programme.settings import confirm_card, settings_card
from storage.desk import Person
from storage.enums import Joining, Language, PlaceKind, Preset
from storage.kit.programmes import Programme
from tests.chat.conftest import answer_of, fields_of, text_of

NEXT_DIGEST = "<t:1795446000:F>"  # Monday 23 November 2026, 16:00 in Stockholm


async def settings_of(town):
    person = Person(town.boss.id, frozenset(), manages_server=True)
    view = await town.works.visit(town.guild.id, person).read(settings.view)
    return view.choices


async def fill_in(town, who, label: str, **typed):
    """The settings, one part's button, and its form: the confirmation."""
    card = await who.slash(town.lobby, "programme settings")
    form = await who.click(card.response, label=label)
    return await who.submit_modal(form, typed)


async def press(who, result, label: str):
    return await who.click(result.response, label=label)


async def test_a_change_is_explained_in_local_time_then_saved_after_a_restart(town):
    await town.set_up(timezone="Europe/Stockholm")
    asked = await fill_in(
        town, town.boss, "Change digest", digest_weekday=["0"], digest_hour=["16"]
    )
    said = text_of(asked.response)
    assert asked.response.ephemeral
    assert "Weekday: Thursday → **Monday**" in said
    assert "Time: 09:00 → **16:00**" in said
    assert "comes on **Monday 23 November at 16:00** (Europe/Stockholm)." in said
    assert f"In your own time that is {NEXT_DIGEST}" in said
    assert (await settings_of(town)).digest_weekday == 3
    await town.restart()
    saved = await press(town.boss, asked, "Save")
    said = text_of(saved.response)
    assert "Saved" in said
    assert "Every Monday at 16:00" in said
    assert (await settings_of(town)).digest_hour == 16


async def test_settings_speak_swedish_to_swedes_whatever_the_programme_speaks(town):
    await town.set_up(timezone="Europe/Stockholm")
    boss = town.boss
    town.locales[boss.id] = "sv-SE"
    card = await boss.slash(town.lobby, "programme settings")
    said = text_of(card.response)
    for line in ("Engelska · Europe/Stockholm", "Varje torsdag kl. 09:00",
                 "1 vecka, 1 dag, 1 timme i förväg", "Öppet för alla"):  # fmt: skip
        assert line in said
    asked = await fill_in(town, boss, "Ändra påminnelser", reminders=["10080", "60"])
    said = text_of(asked.response)
    assert "Om en träff tisdag 1 december kl. 13:00 skulle jag påminna:" in said
    assert "• 1 vecka i förväg: **tisdag 24 november kl. 13:00**" in said
    assert "• 1 timme i förväg: **tisdag 1 december kl. 12:00**" in said


async def test_cancel_changes_nothing_and_change_opens_the_form_as_it_was_filled_in(town):
    await town.set_up(joining=Joining.CODE)
    asked = await fill_in(town, town.boss, "Change joining", joining="open")
    assert "without a code" in text_of(asked.response)
    form = await press(town.boss, asked, "Change")
    options = fields_of(form)["joining"]["options"]
    assert [each["value"] for each in options if each.get("default")] == ["open"]
    back = await press(town.boss, asked, "Cancel")
    assert "Nothing was changed" in text_of(back.response)
    assert (await settings_of(town)).joining is Joining.CODE


async def test_the_second_of_two_coordinators_is_told_and_asked_again(already_set_up, town):
    ada = town.person("ada", roles=[town.guild.roles["Programme coordinators"]])
    mine = await fill_in(town, town.boss, "Change digest", digest_weekday=["0"])
    theirs = await fill_in(town, ada, "Change digest", digest_weekday=["4"])
    await press(ada, theirs, "Save")
    again = await press(town.boss, mine, "Save")
    said = text_of(again.response)
    assert "Somebody else changed this a moment ago" in said
    assert "Weekday: Friday → **Monday**" in said
    assert (await settings_of(town)).digest_weekday == 4
    await press(town.boss, again, "Save")
    assert (await settings_of(town)).digest_weekday == 0


async def test_the_programmes_own_word_is_used_from_then_on(already_set_up, town):
    await town.organisation("Vara kommun", "health")
    asked = await fill_in(
        town, town.boss, "Change word",
        word_one="Region", word_many="Regions", word_definite="the region",
    )  # fmt: skip
    assert "*3 regions take part. Join for the region you belong to." in text_of(asked.response)
    await press(town.boss, asked, "Save")
    listed = await town.boss.slash(town.lobby, "organisation list")
    assert "1 region takes part" in text_of(listed.response)


async def test_a_new_language_says_what_becomes_of_the_word(already_set_up, town):
    asked = await fill_in(town, town.boss, "Change language", language="sv", timezone="helsinki")
    said = text_of(asked.response)
    assert "Language: English → **Swedish**" in said
    assert "Time zone: Europe/London → **Europe/Helsinki**" in said
    assert "The word in the plural: municipalities → **kommuner**" in said
    assert "I write in Swedish to everyone" in said
    await press(town.boss, asked, "Save")
    assert town.works.speech.nouns[town.guild.id].many == "kommuner"


async def test_a_zone_that_is_none_is_refused_with_what_comes_close(already_set_up, town):
    refused = await fill_in(town, town.boss, "Change language", language="en", timezone="Stokholm")
    said = answer_of(refused)
    assert "no time zone called “Stokholm”. The closest I know: Europe/Stockholm" in said
    assert (await settings_of(town)).timezone == "Europe/London"


async def test_a_channel_replaced_by_hand_is_chosen_anew(already_set_up, town):
    square = town.guild.create_text_channel("square")
    standing = town.channel("coordinators")
    asked = await fill_in(
        town, town.boss, "Change channels", forum=[square], coordinators=[standing]
    )
    said = text_of(asked.response)
    assert f"post what is for everyone in <#{square.id}>" in said
    assert "private channel" not in said
    saved = await press(town.boss, asked, "Save")
    assert f"Open forum: <#{square.id}>" in text_of(saved.response)
    assert (await settings_of(town)).forum == square.id


async def test_a_coordinators_channel_that_all_can_read_is_warned_of(already_set_up, town):
    square = town.guild.create_text_channel("square")
    forum = town.channel("open-forum")
    asked = await fill_in(town, town.boss, "Change channels", forum=[forum], coordinators=[square])
    assert "Everyone in the server can read" in text_of(asked.response)


async def test_a_channel_closed_to_leda_is_refused_by_name(already_set_up, town):
    deaf = discord.PermissionOverwrite(send_messages=False)
    closed = town.guild.create_text_channel("closed", overwrites={town.bot.user: deaf})
    before = await settings_of(town)
    chosen = {"forum": [closed], "coordinators": [town.channel("coordinators")]}
    refused = await fill_in(town, town.boss, "Change channels", **chosen)
    said = answer_of(refused)
    assert "in #closed. I lack: **Send Messages" in said
    assert await settings_of(town) == before


async def test_a_deleted_channel_is_shown_as_missing(already_set_up, town):
    town.delete_channel("open-forum")
    card = await town.boss.slash(town.lobby, "programme settings")
    assert "Open forum: missing" in text_of(card.response)


async def test_history_is_reached_from_the_settings_and_paged(already_set_up, town):
    for number in range(9):
        await town.organisation(f"Place {number}", "health")
    asked = await fill_in(town, town.boss, "Change reminders", reminders=[])
    await press(town.boss, asked, "Save")
    card = await town.boss.slash(town.lobby, "programme settings")
    first = await press(town.boss, card, "History")
    said = text_of(first.response)
    assert f"<@{town.boss.id}> changed the settings" in said
    assert "Reminders: 1 week, 1 day, 1 hour → **none**" in said
    assert said.index("changed the settings") < said.index("added **Place 8**")
    second = await press(town.boss, first, "Next")
    assert "added **Place 0**" in text_of(second.response)
    assert "ran </programme setup:" in text_of(second.response)
    back = await press(town.boss, second, "Back to the settings")
    assert "How the programme works" in text_of(back.response)


@pytest.mark.parametrize("name", ["*" * 80, "@everyone <@1> [x](https://x.se)", "ÅÄÖ " * 20])
async def test_history_shows_what_people_wrote_without_letting_it_act(already_set_up, town, name):
    await town.organisation(name, "health")
    card = await town.boss.slash(town.lobby, "programme settings")
    said = text_of((await press(town.boss, card, "History")).response)
    assert "@everyone" not in said
    assert "<@1>" not in said
    assert "[x](" not in said


async def test_reminders_are_kept_as_minutes_the_longest_first(already_set_up, town):
    asked = await fill_in(town, town.boss, "Change reminders", reminders=["15", "1440"])
    await press(town.boss, asked, "Save")
    kept = await town.works.db.read(lambda session: session.get(Programme, town.guild.id).reminders)
    assert kept == "1440,15"


# --- the cards alone

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
WORST = Choices(
    Language.SV, "America/Argentina/ComodRivadavia", 3, 9, REMINDERS, Joining.CODE,
    *["ö" * 25] * 3, forum=2**62, coordinators=2**62 + 1,
)  # fmt: skip


def programme_of(tracks: int, name: str) -> ProgrammeView:
    slots = [Slot("forum", PlaceKind.TEXT, "x", discord_id=2**62)]
    for number in range(tracks):
        category = f"category:{number}"
        slots.append(Slot(category, PlaceKind.CATEGORY, name))
        slots += [
            Slot(f"{what}:{number}", PlaceKind.TEXT, name, category, discord_id=2**62 + number)
            for what in ("announcements", "discussion", "factors")
        ]
    return ProgrammeView(1, Language.SV, "UTC", Preset.LEDA, None, Joining.CODE, slots=tuple(slots))


def fits(card) -> bool:
    return card.total_children_count <= 40 and card.content_length() <= 4000


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("there", [range(2**62, 2**62 + 100), ()])
def test_the_settings_of_the_largest_programme_fit_into_a_card(language, there):
    view = SettingsView(programme_of(50, "*" * 80), WORST)
    assert fits(settings_card(Words(language), view, there, "note"))


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("part", SettingsPart)
def test_every_change_fits_into_a_card_and_its_buttons(language, part):
    was = replace(
        WORST, language=Language.EN, timezone="UTC", digest_hour=1, reminders=(), forum=1,
        coordinators=2, joining=Joining.OPEN, word_one="", word_many="", word_definite="",
    )  # fmt: skip
    will = replace(was, **{name: getattr(WORST, name) for name in FIELDS[part]})
    card = confirm_card(
        Words(language), ChoiceChange(part, was, will), NOW, moved=True, public=True
    )
    assert fits(card)


@pytest.mark.parametrize("language", Language)
def test_a_page_of_the_longest_history_fits_into_a_card(language):
    changed = tuple(PastChange(field, "*" * 300, "_" * 300) for field in ("name", "description"))
    worst = [Happening(NOW, 2**62, kind, "*" * 80, 2**62, 999, changed) for kind in KINDS]
    for start in range(0, len(KINDS), PAGE_SIZE):
        page = Page(tuple(worst[start : start + PAGE_SIZE]), 1, 13, 100)
        assert fits(history_card(Words(language), page))
