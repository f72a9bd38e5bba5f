"""The weekly digest in the chat: previewed, sent, posted by itself, steered, mailed."""

from datetime import UTC, datetime, timedelta

import pytest

from cogs.digest import posts
from tests.chat import beginnings
from tests.chat.conftest import answer_of, fields_of, text_of
from tests.chat.test_reminding import OurClock, at

DUE = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)  # Thursday at nine in London
FORUM = "open-forum"
SECTIONS = ["waiting", "new", "moved", "meetings", "talk", "people"]


async def begin(town):
    await beginnings.trial(town)
    town.env.backend.clock = OurClock(town.clock)
    ada = await town.participant("Västerås stad", "ada")
    card = await town.publish(ada, title="Try it small first", track=["1"])
    await town.vote(ada, card, "support")


BEGINNINGS = {"week": begin}


@pytest.fixture
def week(town):
    """A programme of two tracks in which one factor was proposed this week, and voted on."""
    town.env.backend.clock = OurClock(town.clock)
    town.clock.pass_(minutes=1)  # what happens in this very moment is the next week's
    return town


def announcements(town):
    return [name for name in town.guild.channels if "announcements" in name]


def digests(town, channel=FORUM):
    return town.posts(town.channel(channel), "Weekly digest")


async def shown(town, where=None, **said):
    return await town.boss.slash(where or town.lobby, "digest preview", **said)


def pressed(result):
    """The card that an answer has become."""
    return result.response or result.followups[-1]


async def test_a_preview_shows_each_edition_as_it_is_then_posted(week):
    card = await shown(week)
    said = answer_of(card)
    assert "📰 Weekly digest · week 48" in said
    assert "Try it small first" in said
    assert "1 of 3 municipalities took part" in said
    assert "Waiting for you" not in said
    assert f"It goes out <t:{int(DUE.timestamp())}:f>" in said
    assert [file.filename for file in pressed(card).attachments] == ["digest.png"]
    await week.restart()
    school = await week.boss.click(pressed(card), custom_id="digestpreview:1:202648:1")
    assert "1 factor needs more votes" in text_of(pressed(school))
    await at(week, DUE)
    (posted,) = digests(week)
    heading, days, *told = text_of(posted).splitlines()
    assert said.startswith(heading)
    assert days == "-# The whole programme · since 23 November, 09:00"
    assert "\n".join(told) in said
    assert [file.filename for file in posted.attachments] == ["digest.png"]
    assert "1 factor needs more votes" in text_of(digests(week, announcements(week)[0])[0])


async def test_a_digest_is_posted_once_in_each_place_and_kept_as_it_was(week):
    await at(week, DUE - timedelta(seconds=1))
    assert digests(week) == []
    await at(week, DUE)
    await week.restart()
    await at(week, DUE + timedelta(minutes=5))
    for place in (FORUM, announcements(week)[0]):
        assert len(digests(week, place)) == 1
    await week.boss.slash(week.lobby, "factor withdraw", factor="Try it small", reason="Too small.")
    await at(week, DUE + timedelta(days=20))
    again = answer_of(await shown(week, week="48"))
    assert again.startswith(text_of(digests(week)[0]))
    assert f"Posted <t:{int(DUE.timestamp())}:f>" in again


async def test_a_late_digest_says_so(week):
    await at(week, DUE + timedelta(days=2))
    assert f"<t:{int(DUE.timestamp())}:R>" in text_of(digests(week)[0])


async def test_the_edition_of_the_channel_one_is_in_comes_first(week):
    card = await shown(week, week.channel(announcements(week)[0]))
    assert "Waiting for you" in answer_of(card)


async def test_send_posts_it_now_and_only_once_a_week(week):
    card = await shown(week)
    sent = await week.boss.click(pressed(card), label="Send now")
    await week.env.settle()
    assert "The digest of week 48 is on its way" in text_of(pressed(sent))
    assert len(digests(week)) == 1
    again = await week.boss.slash(week.lobby, "digest send")
    assert "The digest of week 48 went out" in answer_of(again)
    assert "Send now" not in answer_of(await shown(week))
    await at(week, DUE + timedelta(minutes=1))
    assert len(digests(week)) == 1
    assert "week 48, posted" in answer_of(await week.boss.slash(week.lobby, "programme status"))


async def test_a_quiet_week_is_skipped_and_says_so(trial):
    trial.env.backend.clock = OurClock(trial.clock)
    refused = await trial.boss.slash(trial.lobby, "digest send")
    assert "there is nothing to post" in answer_of(refused)
    assert "Nothing new has happened yet" in answer_of(await shown(trial))
    await at(trial, DUE)
    assert digests(trial) == []
    status = answer_of(await trial.boss.slash(trial.lobby, "programme status"))
    assert "nothing had happened, so nothing was posted" in status
    assert "Next: week 49" in status


async def test_a_digest_goes_out_though_its_picture_cannot_be_drawn(week, monkeypatch):
    def broken(*_):
        raise OSError

    monkeypatch.setattr(posts, "drawn", broken)
    await at(week, DUE)
    (posted,) = digests(week)
    assert posted.attachments == []
    assert "1 of 3 municipalities took part" in text_of(posted)


async def test_sections_and_greeting_are_chosen_in_a_form(week):
    card = await week.boss.slash(week.lobby, "digest settings")
    said = answer_of(card)
    assert "Every Thursday at 09:00" in said
    assert "Next: week 48" in said
    form = await week.boss.click(pressed(card), label="Sections and greeting")
    ticked = fields_of(form)["sections"]["options"]
    assert [each["value"] for each in ticked if each.get("default")] == SECTIONS
    typed = {"sections": ["new", "talk"], "greeting": "Welcome, @everyone!"}
    saved = await week.boss.submit_modal(form, typed)
    assert "Saved" in text_of(pressed(saved))
    left_out = "Left out: Waiting for you · What moved · Meetings · How many took part"
    assert left_out in text_of(pressed(saved))
    await at(week, DUE)
    told = text_of(digests(week)[0])
    assert "> Welcome, @\u200beveryone!" in told
    assert "took part" not in told
    assert "Try it small first" in told
    after = answer_of(await week.boss.slash(week.lobby, "digest settings"))
    assert "None yet" in after
    assert "Last: week 48, posted" in after


async def test_day_and_hour_are_changed_where_all_settings_are(week):
    card = await week.boss.slash(week.lobby, "digest settings")
    form = await week.boss.click(pressed(card), label="Day and hour")
    asked = await week.boss.submit_modal(form, {"digest_weekday": ["4"], "digest_hour": ["9"]})
    await week.boss.click(asked.response, label="Save")
    later = int((DUE + timedelta(days=1)).timestamp())
    assert f"<t:{later}:F>" in answer_of(await week.boss.slash(week.lobby, "digest settings"))


async def test_a_week_can_be_taken_along_as_a_mail(week):
    card = await shown(week)
    mailed = await week.boss.click(pressed(card), label="As e-mail")
    files = {file.filename: file for file in pressed(mailed).attachments}
    assert set(files) == {"weekly-digest-week-48.html", "weekly-digest-week-48.txt"}
    for file in files.values():
        text = (await file.read()).decode()
        assert "Try it small first" in text
        assert "We let two units try it for four weeks" in text
        assert week.guild.name in text


async def test_weeks_are_offered_by_number_and_others_are_not_known(week):
    await at(week, DUE + timedelta(days=1))
    await at(week, DUE + timedelta(days=8))
    found = await week.autocomplete(week.boss, "digest preview", "week", "")
    assert [each["value"] for each in found][-1] == "2026-W48"
    found = await week.autocomplete(week.boss, "digest preview", "week", "v49")
    assert found[0]["name"] == "Week 49 · 2026"
    assert "I know no week **12**" in answer_of(await shown(week, week="12"))
