"""Reminders of meetings: in a channel, to one person, and when something changed."""

from functools import partial
from typing import Final

from discord import ui
from discord.utils import format_dt

from bot.delivery.crew import Crew, PostKinds
from bot.delivery.parcels import PostKind, PostPart
from bot.domain.meetings import reminders
from bot.domain.meetings.reminders import CHANGE, OWN, PERSONAL, Reminded
from bot.domain.meetings.views import MeetingView
from bot.domain.posts.claims import Parcel, Thing
from bot.i18n import dates
from bot.i18n.words import Words
from bot.ui.layout import Card, button, press_id, row, said
from bot.ui.text import clip, escape, linked
from bot.works import Works
from cogs.meetings.said import TITLE_SHOWN, answer_row, when_line

_PLACE_SHOWN, _TEXT_SHOWN, _AGENDA_SHOWN = 320, 900, 300


def reminder_part(words: Words, thing: Thing, reminded: Reminded) -> PostPart:
    """One reminder: what, when, where, and for one person what they can do about it."""
    if thing.kind == CHANGE:
        return _change(words, reminded)
    lines = [_head(words, thing, reminded.meeting)]
    if thing.kind == OWN:
        lines.append(clip(escape(reminded.text), _TEXT_SHOWN))
    lines += _facts(words, reminded.meeting)
    items: list[ui.Item[Card]] = [said("\n".join(lines))]
    if thing.kind == PERSONAL:
        items += [said(words("reminder.coming")), _answers(words, reminded.meeting)]
        items.append(_quiet(words, reminded.meeting))
    return PostPart(items)


async def _render(works: Works, words: Words, parcel: Parcel, thing: Thing) -> PostPart | None:
    reminded = await works.visit(parcel.programme_id).read(reminders.today, thing, parcel.people)
    return reminder_part(words, thing, reminded) if reminded else None


def _head(words: Words, thing: Thing, meeting: MeetingView) -> str:
    title = _title(meeting)
    if thing.kind == OWN or "ahead" not in thing.data:
        return words("reminder.head", title=title)
    return words("reminder.head.ahead", title=title, ahead=dates.span(words, thing.data["ahead"]))


def _facts(words: Words, meeting: MeetingView) -> list[str]:
    shown = meeting.shown
    lines = [when_line(words, shown)]
    if shown.place:
        lines.append(words("reminder.where", place=clip(escape(shown.place), _PLACE_SHOWN)))
    return lines


def _change(words: Words, reminded: Reminded) -> PostPart:
    shown = reminded.meeting.shown
    title = _title(reminded.meeting)
    if reminded.before is None:
        text = words("reminder.cancelled", title=title, when=format_dt(shown.starts_at, "F"))
        if shown.reason:
            text += f"\n> {clip(escape(shown.reason).replace(chr(10), ' '), _AGENDA_SHOWN)}"
        return PostPart([said(text)])
    was, now = format_dt(reminded.before, "F"), format_dt(shown.starts_at, "F")
    moved = said(words("reminder.moved", title=title, was=was, now=now))
    return PostPart([moved, said(words("reminder.coming")), _answers(words, reminded.meeting)])


def _title(meeting: MeetingView) -> str:
    return linked(clip(escape(meeting.shown.title), TITLE_SHOWN), meeting.url)


def _answers(words: Words, meeting: MeetingView) -> ui.ActionRow[Card]:
    return answer_row(words, meeting.programme_id, meeting.shown.id)


def _quiet(words: Words, meeting: MeetingView) -> ui.ActionRow[Card]:
    about = meeting.programme_id, meeting.shown.id
    return row(
        button(words("reminder.snooze"), press_id("snooze:1", *about), emoji="💤"),
        button(words("reminder.mute"), press_id("notthis:1", *about)),
    )


def _reminder(crew: Crew) -> PostKind:
    return PostKind(reminders.title, partial(_render, crew.works))


KINDS: Final[PostKinds] = {
    **dict.fromkeys((reminders.POSTED, PERSONAL, CHANGE), _reminder),
    OWN: lambda crew: PostKind(reminders.own_title, partial(_render, crew.works)),
    reminders.PEOPLE: lambda _: PostKind(reminders.title, work=reminders.remind_people),
}
