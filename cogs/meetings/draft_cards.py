"""Cards on the way to a meeting: how it was understood, and what would happen."""

from collections.abc import Sequence
from datetime import datetime

import discord
from discord import ui
from discord.utils import format_dt

from bot.domain.kit.errors import UserError
from bot.domain.meetings.drafts import MeetingDraftView, Overlap
from bot.domain.meetings.feasts import FeastDay
from bot.domain.meetings.views import MeetingView
from bot.domain.when.clocks import ahead_of
from bot.i18n.dates import plain_day, span, wall
from bot.i18n.words import Words
from bot.ui import theme
from bot.ui.answers import what_was_wrong
from bot.ui.layout import Card, button, line, press_id, row, said
from bot.ui.text import clip, escape, linked
from cogs.meetings.said import TITLE_SHOWN, head, place_line, rule_in_words
from storage.enums import Repeat

_AGENDA_SHOWN = 500
_DATES_SHOWN = 5
_OVERLAPS_SHOWN = 3
_FEASTS_SHOWN = 5
_NAME_SHOWN = 40
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
    feasts = feast_lines(words, draft.feasts, series=meeting.repeat is not Repeat.NONE)
    if draft.left_out:
        feasts.append(words("meeting.left_out", n=draft.left_out))
    if feasts:
        parts.append(said("\n".join(feasts)))
    if shown.agenda:
        agenda = clip(escape(shown.agenda), _AGENDA_SHOWN)
        parts.append(said(f"**{words('meeting.agenda')}**\n{agenda}"))
    return Card(*parts, line(), _buttons(words, draft))


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


def moment_lines(words: Words, meeting: MeetingView) -> list[str]:
    """When a meeting is, in words with the zone and by the reader's own clock."""
    shown = meeting.shown
    length = span(words, int(shown.duration.total_seconds()) // 60)
    return [
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


def _times(words: Words, draft: MeetingDraftView) -> list[str]:
    """When, and of a series also when again."""
    meeting, shown = draft.meeting, draft.meeting.shown
    lines = moment_lines(words, meeting)
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


def feast_lines(words: Words, feasts: Sequence[FeastDay], *, series: bool) -> list[str]:
    """Which days are holidays or eves; of a series, all of them in a line."""
    if not feasts:
        return []
    if not series:
        return [_feast(words, "meeting.feast", each) for each in feasts]
    said_so = [_feast(words, "meeting.feasts.one", each) for each in feasts[:_FEASTS_SHOWN]]
    lines = [words("meeting.feasts", days=" · ".join(said_so))]
    if len(feasts) > _FEASTS_SHOWN:
        lines.append(f"-# {words('meeting.more_such', n=len(feasts) - _FEASTS_SHOWN)}")
    return lines


def _feast(words: Words, key: str, feast: FeastDay) -> str:
    day = plain_day(words.language, feast.day)
    return words(key, day=day, name=clip(escape(feast.name), _NAME_SHOWN))


def _buttons(words: Words, draft: MeetingDraftView) -> ui.ActionRow[Card]:
    """Saving it, or another day where it falls on a holiday."""
    feasts = bool(draft.feasts)
    save = button(
        words("meeting.plan_anyway") if feasts else words("meeting.save"),
        press_id("meetingsave:1", draft.id),
        discord.ButtonStyle.success,
        emoji="💾",
    )
    change = button(
        words("meeting.another_day") if feasts else words("meeting.change"),
        press_id("meetingchange:1", draft.id),
        emoji="✏️",
    )
    drop = button(words("meeting.drop"), press_id("meetingdrop:1", draft.id))
    if feasts and draft.meeting.left > len(draft.feasts):
        leave = button(words("meeting.leave_out"), press_id("meetingleave:1", draft.id))
        return row(leave, save, change, drop)
    return row(save, change, drop)
