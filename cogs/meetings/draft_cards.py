"""Cards on the way to a meeting: how it was understood, what would happen, what has to be asked."""

from collections.abc import Sequence
from datetime import datetime

import discord
from discord import ui
from discord.utils import format_dt

from bot.domain.kit.errors import UserError
from bot.domain.meetings.drafts import MeetingDraftView, Overlap
from bot.domain.meetings.plans import Asked
from bot.domain.meetings.views import MeetingView
from bot.domain.when.clocks import ahead_of
from bot.domain.when.errors import WhenAmbiguous
from bot.i18n.dates import span, wall
from bot.i18n.words import Words
from bot.ui import theme
from bot.ui.answers import what_was_wrong
from bot.ui.layout import Card, button, line, press_id, row, said
from bot.ui.text import clip, escape, linked
from cogs.meetings.said import ROOM, TITLE_SHOWN, head, place_line, rule_in_words
from storage.enums import Repeat

_AGENDA_SHOWN = 700
_DATES_SHOWN = 5
_OVERLAPS_SHOWN = 3
_READINGS_SHOWN = 4
_BUTTON_LABEL = 80
_TYPED_SHOWN = 3200


def preview_card(
    words: Words, draft: MeetingDraftView, channel_id: int | None, now: datetime
) -> Card:
    """What **Save** would make, before anything is saved.

    Args:
        words: how to speak to the coordinator.
        draft: as it was understood.
        channel_id: where the card would stand; None where the programme has no such channel.
        now: aware UTC; reminders from before it would not go out.
    """
    meeting = draft.meeting
    shown = meeting.shown
    parts: list[ui.Item[Card]] = [
        said(words("meeting.preview")),
        said("\n".join([head(words, meeting), *_times(words, draft)])),
        said("\n".join(_plans(words, meeting, channel_id, now))),
    ]
    if draft.overlaps:
        parts.append(said("\n".join(_overlaps(words, draft.overlaps))))
    if shown.agenda:
        agenda = clip(escape(shown.agenda), _AGENDA_SHOWN)
        parts.append(said(f"**{words('meeting.agenda')}**\n{agenda}"))
    return Card(*parts, line(), _buttons(words, draft.id))


def asked_card(words: Words, asked: Asked) -> Card:
    """What was not clear, with a button for each thing it may mean, and one to change it."""
    text = f"{what_was_wrong(words, asked.error)}\n-# {words('meeting.asked.kept')}"
    again = press_id("meetingchange:1", asked.draft_id)
    if asked.meeting_id is not None:  # it would change a meeting that stands
        redo = (asked.draft_id, asked.meeting_id, asked.occurrence_id or 0)
        again = press_id("meetingredo:1", *redo)
    change = button(words("meeting.change"), again, emoji="✏️")
    drop = button(words("meeting.drop"), press_id("meetingdrop:1", asked.draft_id))
    rows = [row(each) for each in _readings(words, asked.draft_id, asked.error)]
    return Card(said(clip(text, ROOM)), *rows, row(change, drop), accent=theme.TROUBLE)


def not_taken_card(words: Words, error: UserError, typed: str) -> Card:
    """What was wrong with a form, and what was typed into it, to copy from."""
    typed = clip(escape(typed), _TYPED_SHOWN)
    text = f"{what_was_wrong(words, error)}\n\n**{words('meeting.typed')}**\n{typed}"
    return Card(said(text), accent=theme.TROUBLE)


def saved_card(words: Words, meeting: MeetingView) -> Card:
    """That it is planned, and where its card stands or will stand."""
    title = clip(escape(meeting.title), TITLE_SHOWN)
    key = "meeting.saved" if meeting.url else "meeting.saved.soon"
    return Card(said(words(key, title=title, url=meeting.url or "")), accent=theme.DONE)


def _times(words: Words, draft: MeetingDraftView) -> list[str]:
    """When, in words with the zone and by the reader's own clock; of a series also when again."""
    meeting, shown = draft.meeting, draft.meeting.shown
    length = span(words, int(shown.duration.total_seconds()) // 60)
    lines = [
        words(
            "meeting.preview.when",
            moment=wall(words.language, shown.wall),
            zone=escape(meeting.zone),
            span=length,
        ),
        words(
            "meeting.preview.yours",
            start=format_dt(shown.starts_at, "F"),
            end=format_dt(shown.ends_at, "t"),
            relative=format_dt(shown.starts_at, "R"),
        ),
    ]
    if meeting.repeat is not Repeat.NONE:
        lines += _again(words, draft)
    lines.append(place_line(words, shown.place) or words("meeting.preview.no_place"))
    return lines


def _again(words: Words, draft: MeetingDraftView) -> list[str]:
    meeting = draft.meeting
    dates = " · ".join(format_dt(each.starts_at, "f") for each in meeting.coming[:_DATES_SHOWN])
    rule, last = rule_in_words(words, meeting), wall(words.language, draft.end.wall)
    if meeting.times is not None:  # which the rule says already
        lines = [words("meeting.preview.series.counted", rule=rule, last=last)]
    else:
        lines = [words("meeting.preview.series", rule=rule, n=meeting.left, last=last)]
    return [*lines, words("meeting.preview.then", dates=dates)] if dates else lines


def _plans(words: Words, meeting: MeetingView, channel_id: int | None, now: datetime) -> list[str]:
    """Where the card will stand, and which reminders will go out."""
    if channel_id is None:
        post = words("meeting.preview.nowhere")
    else:
        post = words("meeting.preview.channel", channel=f"<#{channel_id}>")
    return [post, _reminders(words, meeting, now)]


def _reminders(words: Words, meeting: MeetingView, now: datetime) -> str:
    if not meeting.reminders:
        return words("meeting.preview.no_reminders")
    if meeting.repeat is not Repeat.NONE:
        ahead = " · ".join(span(words, minutes) for minutes in meeting.reminders)
        return words("meeting.preview.reminders.each", ahead=ahead)
    due = {
        minutes: ahead_of(meeting.shown.starts_at, minutes, meeting.zone)
        for minutes in meeting.reminders
    }
    ahead = " · ".join(
        f"{span(words, minutes)} ({format_dt(when, 'f')})"
        for minutes, when in due.items()
        if when > now
    )
    if not ahead:
        return words("meeting.preview.too_late")
    return words("meeting.preview.reminders", ahead=ahead)


def _overlaps(words: Words, overlaps: Sequence[Overlap]) -> list[str]:
    lines = [words("meeting.overlap")]
    for each in overlaps[:_OVERLAPS_SHOWN]:
        title = clip(escape(each.title), TITLE_SHOWN)
        tracks = clip(escape(", ".join(each.tracks)), TITLE_SHOWN) or words("track.all")
        lines.append(
            words(
                "meeting.overlap.one",
                title=linked(title, each.url) if each.url else f"**{title}**",
                when=format_dt(each.starts_at, "f"),
                tracks=tracks,
                n=each.people,
            )
        )
    if len(overlaps) > _OVERLAPS_SHOWN:
        lines.append(f"-# {words('meeting.more_such', n=len(overlaps) - _OVERLAPS_SHOWN)}")
    return lines


def _readings(words: Words, draft_id: int, error: UserError) -> list[ui.Button[Card]]:
    if not isinstance(error, WhenAmbiguous):
        return []
    return [
        button(
            clip(reading.told(words.language), _BUTTON_LABEL),
            press_id(
                "meetingpick:1",
                draft_id,
                f"{reading.wall:%Y-%m-%d}",
                f"{reading.wall:%H%M}",
                reading.fold,
            ),
            discord.ButtonStyle.primary,
        )
        for reading in error.readings[:_READINGS_SHOWN]
    ]


def _buttons(words: Words, draft_id: int) -> ui.ActionRow[Card]:
    return row(
        button(
            words("meeting.save"),
            press_id("meetingsave:1", draft_id),
            discord.ButtonStyle.success,
            emoji="💾",
        ),
        button(words("meeting.change"), press_id("meetingchange:1", draft_id), emoji="✏️"),
        button(words("meeting.drop"), press_id("meetingdrop:1", draft_id)),
    )
