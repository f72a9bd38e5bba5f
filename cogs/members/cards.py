"""Cards about taking part."""

from enum import StrEnum

import discord
from discord import ui

from bot.domain.members.participants import ParticipantView
from bot.domain.members.reach import NotifyView
from bot.domain.membership.joining import RequestView, Wish
from bot.i18n.words import Words
from bot.ui import theme
from bot.ui.layout import Card, button, line, press_id, row, said
from bot.ui.text import clip, escape
from storage.enums import Reach, RequestStatus

_REACH_EMOJI = {Reach.DIRECT: "📩", Reach.MENTION: "🔔", Reach.NOTHING: "🔕"}


class RequestAnswer(StrEnum):
    """What is said to somebody's wish to be let in."""

    APPROVE = "approve"
    DECLINE = "decline"


class Switch(StrEnum):
    """What one can be sent or not."""

    REMINDERS = "reminders"
    WEEKLY = "weekly"


class Turned(StrEnum):
    """Whether that is sent."""

    ON = "on"
    OFF = "off"


def joined_card(words: Words, programme_id: int, view: ParticipantView) -> Card:
    """Welcome: where one is now, the three things one can do, and how to be reached."""
    return Card(*joined_items(words, programme_id, view), accent=theme.DONE)


def joined_items(words: Words, programme_id: int, view: ParticipantView) -> list[ui.Item[Card]]:
    """What :func:`joined_card` says."""
    tracks = ", ".join(f"{track.emoji} {escape(track.name)}" for track in view.tracks)
    values = {"organisation": escape(view.organisation), "tracks": tracks}
    head = words("join.done" if view.tracks else "join.done.no_tracks", **values)
    if view.before:
        head = f"{head} {words('join.moved', before=escape(view.before))}"
    if view.alone:
        head = f"{head}\n{words('join.alone')}"
    return [
        said(head),
        line(),
        said(words("join.next")),
        line(),
        said(words("join.reach")),
        _reach_row(words, programme_id, Reach.DIRECT),
    ]


def already_card(words: Words, view: ParticipantView) -> Card:
    """Somebody who takes part presses *Join*: for whom, and what else they may have meant."""
    return Card(
        said(words("join.already", organisation=escape(view.organisation))),
        row(
            button(words("home.needs"), press_id("needs:1"), emoji="📌"),
            button(words("join.elsewhere"), press_id("elsewhere:1")),
        ),
    )


def left_card(words: Words, view: ParticipantView) -> Card:
    """Goodbye: what was kept, and how to come back."""
    undo = button(words("undo"), press_id("comeback:1", view.organisation_id), emoji="↩️")
    return Card(said(words("leave.done", organisation=escape(view.organisation))), row(undo))


def back_card(words: Words, view: ParticipantView) -> Card:
    """Leaving was undone."""
    text = words("leave.undone", organisation=escape(view.organisation))
    return Card(said(text), accent=theme.DONE)


def too_late_card(words: Words) -> Card:
    """Leaving cannot be undone any more; joining can be done again."""
    again = button(words("home.join"), press_id("join:1"), discord.ButtonStyle.success, emoji="👋")
    return Card(said(words("error.undo_over")), row(again), accent=theme.TROUBLE)


def code_wrong_card(words: Words, organisation_id: int, organisation: str) -> Card:
    """Not the code: try again, or ask to be let in."""
    text = words("join.code_wrong", organisation=escape(organisation))
    return Card(said(text), _ways_in(words, organisation_id), accent=theme.TROUBLE)


def way_in_card(words: Words, wish: Wish) -> Card:
    """Two ways in: with a code, or by asking."""
    text = words("join.way_in", organisation=escape(wish.organisation))
    return Card(said(text), _ways_in(words, wish.organisation_id))


def choose_card(words: Words, organisations: list[tuple[int, str]]) -> Card:
    """Which organisation? All of them in a list; there are at most 25."""
    chooser: ui.Select[Card] = ui.Select(
        custom_id=press_id("choose:1"), placeholder=words("join.choose.placeholder")
    )
    for key, name in organisations:
        chooser.add_option(label=clip(name, 100), value=str(key))
    return Card(said(words("join.choose")), row(chooser))


def matches_card(words: Words, typed: str, organisations: list[tuple[int, str]]) -> Card:
    """The names that come closest to what was typed."""
    if not organisations:
        text = words("join.no_match", typed=clip(escape(typed), 100))
        return Card(said(text), row(button(words("join.again"), press_id("join:1"))))
    buttons = [
        button(clip(name, 80), press_id("pick:1", key), discord.ButtonStyle.primary)
        for key, name in organisations
    ]
    again = button(words("join.again"), press_id("join:1"))
    return Card(said(words("join.matches")), row(*buttons, again))


def asked_card(words: Words, request: RequestView) -> Card:
    """The wish is on its way."""
    key = "request.asked.contact" if request.contact_id else "request.asked.coordinators"
    return Card(said(words(key, organisation=escape(request.organisation))))


def request_card(words: Words, request: RequestView) -> Card:
    """Somebody wants in: approve or decline; once decided, what was decided and by whom."""
    if request.status is RequestStatus.OPEN:
        return Card(*request_items(words, request))
    who = f"<@{request.member_id}>"
    text = words("request.wants", who=who, organisation=escape(request.organisation))
    by = f"<@{request.decided_by}>" if request.decided_by else ""
    outcome = words(f"request.{request.status}", by=by)
    return Card(said(text), said(f"**{outcome}**"), accent=theme.DONE)


def request_items(words: Words, request: RequestView) -> list[ui.Item[Card]]:
    """Somebody wants in: approve or decline."""
    who = f"<@{request.member_id}>"
    text = words("request.wants", who=who, organisation=escape(request.organisation))
    about = (request.programme_id, request.id)
    buttons = row(
        button(
            words("request.approve"),
            press_id("request:1", *about, RequestAnswer.APPROVE),
            discord.ButtonStyle.success,
        ),
        button(words("request.decline"), press_id("request:1", *about, RequestAnswer.DECLINE)),
    )
    return [said(text), buttons]


def declined_items(words: Words, request: RequestView) -> list[ui.Item[Card]]:
    """Word to somebody who was not let in."""
    return [said(words("request.told.declined", organisation=escape(request.organisation)))]


def notify_card(words: Words, view: NotifyView) -> Card:
    """How a participant is reached, and what for; every choice is one tap."""
    switches = [
        (words("notify.reminders"), Switch.REMINDERS, view.reminders),
        (words("notify.weekly"), Switch.WEEKLY, view.weekly_list),
    ]
    return Card(
        said(words("notify.head", organisation=escape(view.organisation))),
        said(words(f"notify.reach.{view.reach}")),
        _reach_row(words, view.programme_id, view.reach),
        line(),
        said(words("notify.what")),
        row(
            *(
                button(
                    words("notify.on" if on else "notify.off", what=label),
                    press_id("notify:1", view.programme_id, what, Turned.OFF if on else Turned.ON),
                    discord.ButtonStyle.primary if on else discord.ButtonStyle.secondary,
                )
                for label, what, on in switches
            )
        ),
        row(button(words("fate.button"), press_id("fates:1", view.programme_id))),
    )


def _reach_row(words: Words, programme_id: int, chosen: Reach) -> ui.ActionRow[Card]:
    return row(
        *(
            button(
                words(f"reach.{reach}"),
                press_id("reach:1", programme_id, reach),
                discord.ButtonStyle.primary if reach is chosen else discord.ButtonStyle.secondary,
                emoji=_REACH_EMOJI[reach],
            )
            for reach in Reach
        )
    )


def _ways_in(words: Words, organisation_id: int) -> ui.ActionRow[Card]:
    return row(
        button(
            words("join.have_code"),
            press_id("pick:1", organisation_id),
            discord.ButtonStyle.primary,
        ),
        button(words("join.ask"), press_id("ask:1", organisation_id)),
    )
