"""What a change to a meeting, or a reminder of it, would do: shown before anybody hears of it."""

import discord
from discord import ui
from discord.utils import format_dt

from bot.domain.kit.errors import UserError
from bot.domain.meetings.changes import ChangeDraft
from bot.domain.meetings.own_reminders import ReminderDraft
from bot.domain.meetings.views import MeetingView
from bot.i18n.dates import wall
from bot.i18n.words import Words
from bot.ui import theme
from bot.ui.answers import what_was_wrong
from bot.ui.layout import Card, button, line, press_id, row, said
from bot.ui.text import clip, escape
from cogs.meetings.draft_cards import feast_lines, moment_lines
from cogs.meetings.said import TITLE_SHOWN, head

_TEXT_SHOWN = 700


def change_card(words: Words, draft: ChangeDraft) -> Card:
    """When the meeting would be, who would hear of that, and whose answers would not count."""
    change = draft.change
    before = change.before.shown
    now = words(
        "meeting.change.now",
        start=format_dt(before.starts_at, "F"),
        end=format_dt(before.ends_at, "t"),
    )
    lines = [words("meeting.change.tells_nobody")]
    if change.told:
        lines = [words("meeting.change.tells", n=change.told)]
    if change.asked_again:
        lines.append(words("meeting.change.again", n=change.asked_again))
    lines += feast_lines(words, draft.feasts, series=len(change.moved) > 1)
    save = button(
        words("meeting.save"),
        press_id("meetingmove:1", draft.id),
        discord.ButtonStyle.success,
        emoji="💾",
    )
    again = button(
        words("meeting.another_day") if draft.feasts else words("meeting.change"),
        press_id("meetingredo:1", draft.id, change.meeting.id, draft.occurrence_id or 0),
        emoji="✏️",
    )
    return Card(
        said(words("meeting.change.preview")),
        said("\n".join([head(words, change.meeting), *moment_lines(words, change.meeting), now])),
        said("\n".join(lines)),
        line(),
        row(save, again, _drop(words, draft.id)),
    )


def overtaken_card(
    words: Words, meeting: MeetingView, scope: str, error: UserError, reason: str
) -> Card:
    """That a meeting was changed before it could be cancelled: how it is now, and the reason."""
    lines = [what_was_wrong(words, error), head(words, meeting), *moment_lines(words, meeting)]
    parts: list[ui.Item[Card]] = [said("\n".join(lines))]
    if reason:
        typed = clip(escape(reason), _TEXT_SHOWN)
        parts.append(said(f"**{words('meeting.typed')}**\n{typed}"))
    anew = button(
        words("meeting.cancel.anew"),
        press_id("meetingcancel:1", meeting.shown.id, scope),
        discord.ButtonStyle.danger,
    )
    return Card(*parts, row(anew), accent=theme.TROUBLE)


def reminder_card(words: Words, draft: ReminderDraft, channel_id: int | None) -> Card:
    """When a coordinator's own words would go out, where, and for how many people.

    Args:
        words: how to speak to the coordinator.
        draft: as it was understood.
        channel_id: where it would be posted; None where the programme has no such channel.
    """
    when = words(
        "meeting.remind.moment",
        moment=wall(words.language, draft.at.wall),
        zone=escape(draft.at.zone),
        start=format_dt(draft.at.moment, "F"),
        relative=format_dt(draft.at.moment, "R"),
    )
    where = words("meeting.preview.nowhere")
    if channel_id is not None:
        where = words("meeting.remind.people", channel=f"<#{channel_id}>", n=draft.people)
    title = clip(escape(draft.meeting.shown.title), TITLE_SHOWN)
    save = button(
        words("meeting.remind.save"),
        press_id("remindsave:1", draft.id),
        discord.ButtonStyle.success,
        emoji="🔔",
    )
    again = button(words("meeting.change"), press_id("remindagain:1", draft.id), emoji="✏️")
    return Card(
        said(words("meeting.remind.preview")),
        said(f"**{title}**\n{when}\n{where}"),
        said(clip(escape(draft.text), _TEXT_SHOWN)),
        line(),
        row(save, again, _drop(words, draft.id)),
    )


def _drop(words: Words, draft_id: int) -> ui.Button[Card]:
    return button(words("meeting.drop"), press_id("meetingdrop:1", draft_id))
