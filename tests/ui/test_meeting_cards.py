"""Cards about meetings: what they say, and whatever people wrote."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.kit.pages import Page
from bot.domain.meetings.answers import Mine
from bot.domain.meetings.changes import ChangedMeeting, ChangeDraft
from bot.domain.meetings.drafts import Overlap
from bot.domain.meetings.feasts import FeastDay
from bot.domain.meetings.own_reminders import ReminderDraft
from bot.domain.meetings.plans import WantedMeeting
from bot.domain.meetings.shelf import Asked
from bot.domain.meetings.views import Answers, ListedOccurrence, MeetingPage, Named
from bot.domain.tracks.errors import TrackNotFound
from bot.domain.when.errors import WhenAmbiguous, WhenUnclear
from bot.domain.when.said import Start
from bot.i18n.words import Words
from bot.ui import theme
from cogs.meetings.asked_cards import asked_card
from cogs.meetings.cards import ANSWERS, meeting_card
from cogs.meetings.change_cards import change_card, reminder_card
from cogs.meetings.draft_cards import not_taken_card, preview_card, saved_card
from cogs.meetings.forms import ALL, ONE, cancel_form, meeting_form, minutes_form, remind_form
from cogs.meetings.list_cards import PEOPLE_ON_A_PAGE, list_card, people_card
from cogs.meetings.more_cards import EDIT, cancelled_card, changed_card, more_card, which_card
from storage.enums import Answer, Language, MeetingKind, Repeat
from tests.ui.layouts import (
    all_words,
    buttons_of,
    check_calm,
    check_fits,
    check_form_fits,
    fields_of,
    hostile,
    parts_of,
    texts_of,
)
from tests.ui.meetings import (
    START,
    WALL,
    calm,
    draft_of,
    drafts,
    meeting_of,
    meetings,
    occurrence_of,
    occurrences,
    pages,
    people,
    typed,
    weekly_of,
)

EN, SV = Words(Language.EN), Words(Language.SV)
NOW = START - timedelta(days=8)
words = st.sampled_from(all_words())
NOTHING = Mine(5, "Meeting")
MAYBE = Mine(5, "Meeting", Answer.MAYBE, START, START)
mine = st.just(NOTHING) | st.builds(
    Mine, st.just(5), hostile, st.sampled_from(ANSWERS), st.just(START), st.none() | st.just(START)
)


def text_of(card):
    return "\n".join(texts_of(card))


def links_of(card):
    return [part["url"] for part in parts_of(card) if part.get("url")]


# --- whatever people wrote


@given(words, meetings)
def test_the_card_of_any_meeting(said, meeting):
    check_calm(meeting_card(said, meeting), meeting_card(said, calm(meeting)))


@given(words, meetings, mine, st.booleans())
def test_any_meeting_in_full(said, meeting, answer, manages):
    found = [more_card(said, each, answer, manages=manages) for each in (meeting, calm(meeting))]
    check_calm(*found)


@given(words, drafts, st.none() | st.just(2**62))
def test_the_preview_of_any_meeting(said, draft, channel):
    found = [preview_card(said, each, channel, NOW) for each in (draft, calm(draft))]
    check_calm(*found)


@given(words, typed)
def test_whatever_is_asked_about(said, text):
    for error in (WhenUnclear, TrackNotFound):
        made = [
            asked_card(said, Asked(4, WantedMeeting("x", each), error(text=each, name=each)))
            for each in (text, text and "x")
        ]
        check_calm(*made)


@given(words, pages)
def test_any_page_of_meetings(said, page):
    check_calm(list_card(said, page), list_card(said, calm(page)))


@given(words, meetings, people, st.integers(-1, 4))
def test_whoever_answered(said, meeting, found, page):
    quiet = [replace(each, organisation="x") for each in found]
    ordered = people_card(said, meeting, found, page)
    check_fits(ordered)
    if len({each.organisation for each in found}) < 2:  # else another order, another page
        check_calm(ordered, people_card(said, calm(meeting), quiet, page))


@given(words, meetings, st.integers(0, 9))
def test_what_is_said_after_any_change(said, meeting, told):
    for make in (
        saved_card,
        cancelled_card,
        lambda w, m: changed_card(w, m, told),
        lambda w, m: which_card(w, m, EDIT),
    ):
        check_calm(make(said, meeting), make(said, calm(meeting)))


@given(words, hostile, occurrences, st.sampled_from((ONE, ALL)))
def test_forms_hold_whatever_was_typed(said, text, held, scope):
    wanted = WantedMeeting((text * 99)[:200], text * 9, text * 9, text * 99, agenda=text * 500)
    for form in (
        meeting_form(said, wanted, "meetingform:1:4", said("meeting.form.new")),
        cancel_form(said, meeting_of(), scope),
        minutes_form(said, held),
        remind_form(said, held.id),
    ):
        check_form_fits(form)


# --- the card


def test_a_card_says_what_when_where_and_for_whom():
    said = text_of(meeting_card(EN, meeting_of()))
    assert said.startswith("### 🏛️ Kick-off\n-# Meeting on site · 🏫 School\n")
    at = int(START.timestamp())
    assert f"🕐 **<t:{at}:F>** \u2013 <t:{at + 3600}:t> (<t:{at}:R>)" in said
    assert "📍 Town hall" in said
    assert "**Agenda**\nCoffee." in said
    assert "🤝 Kick-off\n-# Gemensam träff · alla spår" in text_of(
        meeting_card(SV, meeting_of(kind=MeetingKind.JOINT, track=None))
    )


def test_a_series_says_its_rule_in_words_and_the_next_dates():
    said = text_of(meeting_card(SV, weekly_of()))
    assert "🔁 Återkommer: varje tisdag, 12 gånger" in said
    week = int((START + timedelta(days=7)).timestamp())
    assert f"-# Sedan: <t:{week}:f>" in said
    assert "och 8 till" in said
    assert "🔁" not in text_of(meeting_card(SV, meeting_of()))


def test_a_link_stands_on_a_button_and_anything_else_as_text():
    card = meeting_card(EN, meeting_of(place="https://meet.example.org/abc?x=1"))
    assert links_of(card) == ["https://meet.example.org/abc?x=1"]
    for place in ("https://localhost", "javascript:alert(1)", "https://example.org/a b", "http://"):
        assert links_of(meeting_card(EN, meeting_of(place=place))) == []
    over = meeting_of(place="https://example.org", over=True, started=True)
    assert links_of(meeting_card(EN, over)) == []
    assert "button below" not in text_of(meeting_card(EN, over))


def test_answers_are_counted_on_the_buttons_and_by_organisation_in_five_lines():
    said_so = {f"Org {n}": Answers(going=1, cant=n) for n in range(17)}
    meeting = meeting_of(answers=Answers(17, 2, 0, 4), by_organisation=said_so)
    card = meeting_card(EN, meeting)
    labels = {press: each["label"] for press, each in buttons_of(card).items()}
    assert labels == {
        "attend:1:5:going": "Going (17)", "attend:1:5:maybe": "Maybe (2)",
        "attend:1:5:cant": "Can\u2019t", "meetingmore:1:5": "More…",
    }  # fmt: skip
    said = text_of(card)
    assert "**17 going · 2 maybe**" in said
    assert said.count("-# Org ") == 5
    assert "-# Org 1: 1 going · 1 can\u2019t" in said
    assert "-# and 12 more" in said
    assert "-# 4 have not answered yet" in said


def test_after_the_meeting_the_card_asks_who_was_there_and_shows_the_minutes():
    meeting = meeting_of(
        started=True,
        over=True,
        attended=3,
        answers=Answers(going=4, silent=2),
        summary="We agreed.",
        links="Film https://x.example/a_b",
    )
    card = meeting_card(EN, meeting)
    assert set(buttons_of(card)) == {"therewas:1:5", "meetingmore:1:5"}
    said = text_of(card)
    assert "**This meeting is over**" in said
    assert "🙋 3 were there\n-# Said beforehand: 4 going" in said
    assert "We agreed.\n\n🔗 Film https://x.example/a_b" in said
    assert "Coffee." not in said


def test_the_card_of_a_series_keeps_the_minutes_of_the_time_before():
    before = occurrence_of(id=4, started=True, over=True, summary="We agreed.")
    card = meeting_card(EN, weekly_of(before=before))
    assert "We agreed." in text_of(card)
    assert {"therewas:1:4", "attend:1:5:going"} <= set(buttons_of(card))


def test_a_cancelled_meeting_is_struck_and_says_why():
    card = meeting_card(EN, meeting_of(cancelled=True, reason="Many are ill."))
    said = text_of(card)
    assert "~~Kick-off~~" in said
    assert "**Cancelled**\n> Many are ill." in said
    assert set(buttons_of(card)) == {"meetingmore:1:5"}


def test_each_state_has_its_colour_and_words():
    cancelled = weekly_of()
    cancelled = replace(cancelled, shown=replace(cancelled.shown, cancelled=True))
    states = [
        (meeting_of(), theme.CALM, ""),
        (meeting_of(started=True), theme.UNDER_WAY, "**Under way now**"),
        (meeting_of(started=True, over=True), theme.DONE, "**This meeting is over**"),
        (meeting_of(cancelled=True), theme.QUIET, "**Cancelled**"),
        (cancelled, theme.QUIET, "**Cancelled this time**"),
    ]
    for meeting, colour, state in states:
        card = meeting_card(EN, meeting)
        assert card.children[0].accent_colour == colour
        assert state in text_of(card)


# --- More…


def test_only_coordinators_are_offered_what_coordinators_do():
    shown = set(buttons_of(more_card(EN, weekly_of(), NOTHING, manages=False)))
    assert shown == {
        "attend:1:5:going", "attend:1:5:maybe", "attend:1:5:cant", "ics:1:3",
    }  # fmt: skip
    assert set(buttons_of(more_card(EN, weekly_of(), NOTHING, manages=True))) - shown == {
        "meetingwho:1:5:0", "meetingminutes:1:5", "meetingremind:1:5", "meetingedit:1:5:one",
        "meetingedit:1:5:all", "meetingcancel:1:5:one", "meetingcancel:1:5:all",
    }  # fmt: skip
    once = set(buttons_of(more_card(EN, meeting_of(), NOTHING, manages=True)))
    assert {"meetingedit:1:5:all", "meetingcancel:1:5:all"} <= once
    assert "meetingedit:1:5:one" not in once


def test_a_meeting_in_full_says_what_one_answered_and_all_dates():
    card = more_card(SV, weekly_of(times=15), MAYBE, manages=False)
    said, when = text_of(card), f"<t:{int(START.timestamp())}:f>"
    assert f"🤔 Du har svarat kanske ({when})." in said
    assert f"🙋 Du har sagt att du var med ({when})." in said
    own = f"answerback:1:{weekly_of().programme_id}:5"
    assert {own, "thereback:1:5"} <= set(buttons_of(card))
    over = replace(weekly_of(), shown=replace(weekly_of().shown, over=True))
    back = {own, "thereback:1:5"} & set(buttons_of(more_card(SV, over, MAYBE, manages=False)))
    assert back == {"thereback:1:5"}, "what is over takes no answers"
    assert said.count("\n- <t:") == 10
    assert "- och 4 till" in said
    assert "Du har svarat" not in text_of(more_card(SV, weekly_of(), NOTHING, manages=False))


# --- the preview


def test_a_preview_says_the_time_in_words_with_its_zone_and_by_ones_own_clock():
    said = text_of(preview_card(SV, draft_of(), 77, NOW))
    assert "tisdag 1 december 2026 kl. 13:00** enligt klockan i Europe/Stockholm, i 1 timme" in said
    assert f"Med din egen klocka: <t:{int(START.timestamp())}:F>" in said
    assert "Jag lägger ut den i <#77>" in said
    english = text_of(preview_card(EN, draft_of(), None, NOW))
    assert "**Tuesday 1 December 2026 at 13:00** by the clock of Europe/Stockholm" in english
    assert "There is no channel" in english


def test_a_preview_of_a_series_says_how_many_and_when_it_ends():
    said = text_of(preview_card(EN, draft_of(meeting=weekly_of(4)), 77, NOW))
    assert "**every Tuesday, 4 times**, the last on Tuesday 22 December 2026 at 13:00" in said
    assert said.count("<t:") == 3 + 3
    ending = replace(weekly_of(4), times=None, until=date(2026, 12, 24))
    said = text_of(preview_card(SV, draft_of(meeting=ending), 77, NOW))
    assert "**varje tisdag, till och med 24 december 2026**: 4 träffar, den sista" in said
    said = text_of(preview_card(EN, draft_of(meeting=ending), 77, NOW))
    assert "ahead of each: 1 week · 1 day · 1 hour" in said


def test_a_preview_names_the_reminders_that_can_still_go_out():
    said = text_of(preview_card(EN, draft_of(), 77, START - timedelta(hours=30)))
    assert "1 week" not in said
    assert f"1 day (<t:{int((START - timedelta(days=1)).timestamp())}:f>) · 1 hour" in said
    late = text_of(preview_card(EN, draft_of(), 77, START - timedelta(minutes=5)))
    assert "No reminders: it is too soon" in late
    none = draft_of(meeting=meeting_of(reminders=()))
    assert "🔔 Inga påminnelser" in text_of(preview_card(SV, none, 77, NOW))


def test_what_is_at_the_same_time_is_named():
    overlaps = tuple(Overlap(f"Meeting {n}", None, START, ("School",), n) for n in range(1, 6))
    said = text_of(preview_card(EN, draft_of(overlaps=overlaps), 77, NOW))
    assert "⚠️ **At the same time:**" in said
    assert "**Meeting 1**" in said
    assert "1 person is invited to both" in said
    assert "Meeting 4" not in said
    assert "and 2 more" in said


def test_each_thing_that_may_be_meant_has_a_button_in_full_words():
    doubled = datetime(2026, 10, 25, 2, 30)  # noqa: DTZ001 - a clock on a wall
    readings = tuple(Start(doubled, fold, "Europe/Stockholm") for fold in (0, 1))
    error = WhenAmbiguous(text="25 oktober 2:30", options="…", readings=readings)
    card = asked_card(SV, Asked(4, WantedMeeting("x", "x"), error))
    labels = {press: each["label"] for press, each in buttons_of(card).items()}
    assert labels == {
        "meetingpick:1:4:2026-10-25:0230:0": "söndag 25 oktober 2026 kl. 02:30 (UTC+0200)",
        "meetingpick:1:4:2026-10-25:0230:1": "söndag 25 oktober 2026 kl. 02:30 (UTC+0100)",
        "meetingchange:1:4": "Ändra",
        "meetingdrop:1:4": "Avbryt",
    }


def test_what_is_asked_about_a_reminder_and_a_change_leads_back_to_their_forms():
    wanted = WantedMeeting("x", "x")
    error = WhenUnclear(text="x")
    assert "remindagain:1:4" in buttons_of(asked_card(EN, Asked(4, wanted, error, 2, 3, True)))
    assert "meetingredo:1:4:2:0" in buttons_of(asked_card(EN, Asked(4, wanted, error, 2)))


@given(words, hostile)
def test_what_a_coordinator_writes_of_a_reminder_is_shown_as_they_wrote_it(said, text):
    start = Start(WALL, 0, "Europe/Stockholm")
    found = [
        reminder_card(said, ReminderDraft(4, meeting_of(), start, each, 3), 77)
        for each in (text or "x", "x")
    ]
    check_calm(*found)


@given(words, hostile)
def test_what_a_form_did_not_take_is_shown_back(said, text):
    found = [
        not_taken_card(said, WhenUnclear(text="x"), each) for each in (text * 99, text and "x")
    ]
    check_calm(*found)


def test_the_form_to_change_holds_what_was_typed():
    wanted = WantedMeeting("A", "tuesday", "1 h", "Here", agenda="Coffee.")
    fields = fields_of(meeting_form(EN, wanted, "meetingform:1:4", "A meeting"))
    assert {name: field.get("value") for name, field in fields.items()} == {
        "title": "A", "when": "tuesday", "duration": "1 h", "where": "Here", "agenda": "Coffee.",
    }  # fmt: skip


# --- lists


def listed(**values):
    return ListedOccurrence(
        3, MeetingKind.DIGITAL, None, Repeat.NONE, "UTC", None, occurrence_of(**values)
    )


def test_an_empty_list_says_how_meetings_come_about():
    card = list_card(EN, MeetingPage(Page((), 0, 1, 0)))
    assert "`/meeting schedule`" in text_of(card)
    assert set(buttons_of(card)) == {"meetingpage:1:0:1:0"}
    assert "No meetings have been held yet" in text_of(
        list_card(EN, MeetingPage(Page((), 0, 1, 0), past=True))
    )


def test_a_list_says_of_each_meeting_when_and_what_became_of_it():
    items = (
        listed(answers=Answers(going=2)),
        listed(id=6, cancelled=True),
        listed(id=7, started=True, over=True, attended=4, summary="Yes."),
    )
    said = text_of(list_card(EN, MeetingPage(Page(items, 1, 3, 20))))
    assert "20 meetings ahead**, all tracks" in said
    assert "-# Digital meeting · all tracks · 2 going" in said
    assert "~~Kick-off~~" in said
    assert "4 were there · has minutes" in said
    presses = buttons_of(list_card(EN, MeetingPage(Page(items, 1, 3, 20))))
    assert {"meetingpage:1:0:0:0", "meetingpage:1:0:0:2", "meetingpage:1:0:1:0"} <= set(presses)


def test_coordinators_see_by_name_who_answered_what_and_who_has_not():
    found = [
        Named(11, "Vara", None), Named(12, "Vara", Answer.CANT), Named(13, "Borås", Answer.GOING),
        Named(14, "Ale", Answer.GOING, attended=True), Named(15, "Ale", Answer.OPEN),
    ]  # fmt: skip
    said = text_of(people_card(EN, meeting_of(), found, 0))
    assert said.index("<@14> · Ale · 🙋 was there") < said.index("<@13>") < said.index("<@12>")
    assert "✅ **2 are going**" in said
    assert "⬜ **2 have not answered**" in said


def test_a_long_list_of_people_turns_its_pages():
    found = [Named(n + 1, "Vara", Answer.GOING) for n in range(PEOPLE_ON_A_PAGE + 3)]
    card = people_card(SV, meeting_of(), found, 9)
    assert text_of(card).count("<@") == 3
    assert f"{PEOPLE_ON_A_PAGE + 3} kommer" in text_of(card)
    assert "Sida 2 av 2" in text_of(card)
    assert buttons_of(card)["meetingwho:1:5:2"]["disabled"]


@pytest.mark.parametrize("said", all_words())
@pytest.mark.parametrize("worst", ["*", "@1", "\\", "x", "👩\u200d⚕\ufe0f", "\n#"])
def test_the_longest_of_all_meetings_fit(said, worst):
    def filled(limit):
        return (worst * limit)[:limit]

    by = {filled(77) + str(n): Answers(10**6, 10**6, 10**6, 9) for n in range(40)}
    shown = {
        "title": filled(100), "place": filled(300), "agenda": filled(1500), "reason": filled(300),
        "summary": filled(1500), "links": filled(1000), "answers": Answers(*[10**6] * 4),
        "by_organisation": by, "attended": 10**6, "wall": WALL, "moved": True,
    }  # fmt: skip
    meeting = weekly_of(200)
    for state in ({}, {"started": True, "over": True}, {"cancelled": True}):
        one = replace(
            meeting,
            shown=replace(meeting.shown, **shown, **state),
            before=replace(meeting.shown, **shown),
        )
        check_fits(meeting_card(said, one))
        check_fits(more_card(said, one, MAYBE, manages=True))
        overlaps = tuple(
            Overlap(filled(100), "https://x.example/" + "1" * 60, START, (filled(80),) * 3, 10**6)
            for _ in range(9)
        )
        feasts = tuple(FeastDay(date(2027, 1, day), filled(60)) for day in range(1, 20))
        draft = draft_of(meeting=one, overlaps=overlaps, feasts=feasts, left_out=9)
        check_fits(preview_card(said, draft, 2**62, NOW))
        change = ChangedMeeting(one, one, ((START, START),) * 2, 10**6, 10**6)
        check_fits(change_card(said, ChangeDraft(4, change, 10**9, feasts)))
        start = Start(WALL, 0, "America/Argentina/ComodRivadavia")
        check_fits(reminder_card(said, ReminderDraft(4, one, start, filled(500), 10**6), 2**62))
        items = tuple(
            replace(
                listed(),
                occurrence=replace(one.shown, id=n),
                url="https://discord.com/channels/" + "1" * 60,
            )
            for n in range(8)
        )
        check_fits(list_card(said, MeetingPage(Page(items, 1, 3, 10**6))))
