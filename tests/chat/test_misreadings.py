"""Nothing happens on a misreading, in the chat: asked with buttons, shown before it is done."""

from datetime import UTC, datetime

from tests.chat.conftest import answer_of, fields_of, text_of
from tests.chat.test_meetings import buttons, cards, plan, planned


def labels(message):
    return [each["label"] for each in buttons(message)]


async def test_a_range_gives_the_length_and_another_length_is_asked(trial):
    preview = await plan(trial, when="1 december 9-11")
    assert "for 2 hours" in answer_of(preview)
    asked = await plan(trial, when="1 december 9-11", duration="1 h")
    assert labels(asked.response)[:2] == [
        "Tuesday 1 December 2026 at 09:00\N{EN DASH}11:00",
        "Tuesday 1 December 2026 at 09:00\N{EN DASH}10:00",
    ]
    await trial.boss.click(asked.response, label=labels(asked.response)[1])
    assert "for 1 hour" in text_of(asked.response)
    form = await trial.boss.click(asked.response, label="Change")
    assert fields_of(form)["duration"]["value"] == "1 h"
    await trial.boss.click(asked.response, label="Save")
    assert len(cards(trial)) == 1


async def test_an_hour_of_day_or_night_is_asked_the_day_first(trial):
    asked = await plan(trial, when="1 december 3.30")
    assert labels(asked.response)[:2] == [
        "Tuesday 1 December 2026 at 15:30",
        "Tuesday 1 December 2026 at 03:30",
    ]


async def test_a_day_without_an_hour_is_answered_by_a_button(trial):
    asked = await plan(trial, when="tuesday the 15")
    assert "The day is clear: **Tuesday 15 December 2026**" in answer_of(asked)
    await trial.boss.click(asked.response, label="Tuesday 15 December 2026 at 10:00")
    assert "Is this right?" in text_of(asked.response)


async def test_a_refusal_says_what_was_understood(trial):
    asked = await plan(trial, when="tuesday at 10 or so")
    assert "**Tuesday 24 November 2026 at 10:00**. But not **or so**" in answer_of(asked)


async def test_a_last_day_and_a_length_that_may_be_two_are_chosen_by_a_button(trial):
    asked = await plan(trial, repeat="weekly", until="1/6", duration="1.30h")
    assert labels(asked.response)[:2] == ["90 minutes", "78 minutes"]
    await trial.boss.click(asked.response, label="90 minutes")
    assert labels(asked.response)[:2] == ["Wednesday 6 January 2027", "Tuesday 1 June 2027"]
    await trial.boss.click(asked.response, label="Wednesday 6 January 2027")
    assert "6 meetings, the last on **" not in text_of(asked.response)
    assert "the last on Tuesday 5 January 2027" in text_of(asked.response)
    assert "for 90 minutes" in text_of(asked.response)


async def test_a_series_without_an_end_is_given_one_where_it_is_asked_for(trial):
    asked = await plan(trial, repeat="weekly")
    await trial.boss.select(asked.response, custom_id="meetingend:1:1", values=["times:5"])
    assert "every Tuesday, 5 times" in text_of(asked.response)
    asked = await plan(trial, repeat="weekly")
    await trial.boss.select(asked.response, custom_id="meetingend:1:2", values=["until:2026-12-31"])
    assert "the last on Tuesday 29 December 2026" in text_of(asked.response)
    asked = await plan(trial, repeat="weekly")
    form = await trial.boss.select(asked.response, custom_id="meetingend:1:3", values=["other"])
    await trial.boss.submit_modal(form, {"until": "", "times": "7"})
    assert "every Tuesday, 7 times" in text_of(asked.response)


async def test_an_end_without_a_series_is_one_meeting_or_a_series(trial):
    asked = await plan(trial, times=4)
    await trial.boss.select(asked.response, custom_id="meetingend:1:1", values=["repeat:weekly"])
    assert "every Tuesday, 4 times" in text_of(asked.response)
    asked = await plan(trial, times=4)
    await trial.boss.click(asked.response, label="Only once")
    assert "Is this right?" in text_of(asked.response)


async def test_a_holiday_is_warned_of(trial):
    preview = await plan(trial, when="2026-12-25 13:00")
    assert "25 December 2026 is **Christmas Day**" in answer_of(preview)
    assert labels(preview.response) == ["Plan anyway", "Another day", "Cancel"]
    form = await trial.boss.click(preview.response, label="Another day")
    await trial.boss.submit_modal(form, {"title": "Kick-off", "when": "2026-12-29 13:00"})
    assert labels(preview.response) == ["Save", "Change", "Cancel"]


async def test_a_series_names_its_holidays_and_leaves_them_out(trial):
    preview = await plan(trial, when="2026-12-18 13:00", repeat="weekly", times=4)
    said = answer_of(preview)
    assert "25 December 2026 (Christmas Day) · 1 January 2027 (New Year's Day)" in said
    await trial.boss.click(preview.response, label="Leave these out")
    assert "2 times are left out" in text_of(preview.response)
    await trial.boss.click(preview.response, label="Save")
    (card,) = cards(trial)
    assert "every Friday, 2 times" in text_of(card)


async def test_a_reminder_that_is_unclear_is_asked_and_can_be_changed(trial):
    await planned(trial)
    asked = await trial.boss.slash(
        trial.lobby, "meeting remind", meeting="kick", when="monday 3", text="Come."
    )
    assert labels(asked.response)[:2] == [
        "Monday 23 November 2026 at 15:00", "Monday 30 November 2026 at 15:00",
    ]  # fmt: skip
    form = await trial.boss.click(asked.response, label="Change")
    assert fields_of(form)["text"]["value"] == "Come."
    await trial.boss.submit_modal(form, {"when": "30 november 9:00", "text": "Come!"})
    shown = text_of(asked.response)
    assert "Come!" in shown
    stamp = int(datetime(2026, 11, 30, 9, tzinfo=UTC).timestamp())
    assert f"<t:{stamp}:F>" in shown
