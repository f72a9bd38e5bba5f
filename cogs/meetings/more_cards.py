"""**More…** of a meeting: all there is to read, and for coordinators all there is to do."""

from dataclasses import replace

from discord import ui
from discord.utils import format_dt

from bot.domain.meetings.answers import Mine
from bot.domain.meetings.views import MeetingView
from bot.i18n.words import Words
from bot.ui.layout import Card, attached, button, line, note, press_id, row, said
from bot.ui.text import clip, escape
from cogs.meetings.cards import accent, answer_buttons, there_button
from cogs.meetings.forms import ALL, ONE
from cogs.meetings.said import (
    ROOM,
    TITLE_SHOWN,
    counts,
    head,
    link_button,
    minutes_text,
    organisation_lines,
    place_line,
    rule_in_words,
    when_line,
)
from storage.enums import Repeat

# What can be done with a meeting, once or for all times to come.
EDIT, CANCEL = "edit", "cancel"
_ORGANISATIONS_SHOWN = 12
_AGENDA_SHOWN = 1600
_MINUTES_SHOWN = 1600
_REASON_SHOWN = 300


def more_card(words: Words, meeting: MeetingView, mine: Mine, *, manages: bool) -> Card:
    """A meeting in full for one person.

    Args:
        words: how to speak to them.
        meeting: the meeting; ``shown`` is the time that the card is about.
        mine: what they said to that.
        manages: whether they coordinate: then also what coordinators can do.
    """
    shown = meeting.shown
    place = place_line(words, shown.place, passed=_ended(meeting))
    about = [head(words, meeting), when_line(words, shown), place]
    if shown.cancelled and shown.reason:
        about.insert(1, f"> {clip(escape(shown.reason.replace(chr(10), ' ')), _REASON_SHOWN)}")
    texts = ["\n".join(filter(None, about)), _dates(words, meeting), _people(words, meeting, mine)]
    texts = [text for text in texts if text]
    room = ROOM - sum(len(text) for text in texts)
    if shown.agenda:
        agenda = clip(escape(shown.agenda), min(_AGENDA_SHOWN, room // 2))
        texts.insert(1, f"**{words('meeting.agenda')}**\n{agenda}")
        room -= len(texts[1])
    if minutes := minutes_text(words, shown, _MINUTES_SHOWN):
        texts.insert(1, clip(minutes, room))
    parts = [said(text) for text in texts]
    rows = _rows(words, meeting, mine, manages=manages)
    return Card(*parts, line(), *rows, accent=accent(meeting))


def own_answer_card(words: Words, programme_id: int, mine: Mine) -> Card:
    """What one has said to a meeting already, for oneself alone, and how to take it back."""
    lines, title = _own_lines(words, mine), clip(escape(mine.title), TITLE_SHOWN)
    if not lines:
        return note(words("meeting.mine.none", title=title))
    text = "\n".join([f"**{title}**", *lines, f"-# {words('meeting.mine.again')}"])
    return Card(said(text), row(*_own_buttons(words, programme_id, mine)))


def calendar_card(words: Words, filename: str) -> Card:
    """A calendar file, and what to do with it."""
    return Card(said(words("meeting.calendar.here")), attached(filename))


def which_card(words: Words, meeting: MeetingView, doing: str) -> Card:
    """Whether one time of a series is meant, or all that are to come.

    Args:
        words: how to speak to the coordinator.
        meeting: the series.
        doing: what will be done with it, ``EDIT`` or ``CANCEL``.
    """
    title = clip(escape(meeting.title), TITLE_SHOWN)
    when = format_dt(meeting.shown.starts_at, "f")
    return Card(
        said(words("meeting.which", title=title, when=when)),
        row(
            button(words("meeting.which.one"), _press(doing, meeting, ONE)),
            button(words("meeting.which.all"), _press(doing, meeting, ALL)),
        ),
    )


def changed_card(words: Words, meeting: MeetingView, told: int) -> Card:
    """That a change is saved, and how many will be told."""
    title = clip(escape(meeting.shown.title), TITLE_SHOWN)
    text = words("meeting.changed", title=title, when=format_dt(meeting.shown.starts_at, "F"))
    if told:
        text += f"\n-# {words('meeting.changed.told', n=told)}"
    return note(text)


def cancelled_card(words: Words, meeting: MeetingView) -> Card:
    """That a meeting, or one time of it, is cancelled."""
    key = "meeting.cancel.done.all" if meeting.cancelled else "meeting.cancel.done.one"
    title = clip(escape(meeting.shown.title), TITLE_SHOWN)
    return note(words(key, title=title, when=format_dt(meeting.shown.starts_at, "F")))


def _dates(words: Words, meeting: MeetingView) -> str:
    """All dates to come, as far as they are known."""
    if meeting.repeat is Repeat.NONE:
        return ""
    lines = [words("meeting.series", rule=rule_in_words(words, meeting))]
    if not meeting.cancelled:
        lines += [f"- {format_dt(each.starts_at, 'F')}" for each in meeting.coming]
        more = meeting.left - 1 - len(meeting.coming)
        if more > 0:
            lines.append(words("meeting.dates.more", n=more))
    return "\n".join(lines)


def _own_lines(words: Words, mine: Mine) -> list[str]:
    """What one has said, and since when; nothing where one has said nothing."""
    said_so = [
        (f"meeting.mine.{mine.answer}", mine.since),
        ("meeting.mine.there", mine.there_since),
    ]
    return [words(key, when=format_dt(since, "f")) for key, since in said_so if since]


def _own_buttons(words: Words, programme_id: int, mine: Mine) -> list[ui.Button[Card]]:
    about = mine.occurrence_id
    answered = button(words("meeting.mine.back"), press_id("answerback:1", programme_id, about))
    there = button(words("meeting.there.back"), press_id("thereback:1", about))
    return [answered] * (mine.since is not None) + [there] * (mine.there_since is not None)


def _people(words: Words, meeting: MeetingView, mine: Mine) -> str:
    shown = meeting.shown
    lines = _own_lines(words, mine)
    if shown.attended:
        lines.append(f"🙋 {words('meeting.attended', n=shown.attended)}")
    if said_so := counts(words, shown.answers):
        before = words("meeting.answered_before", counts=said_so)
        lines.append(before if shown.over else f"**{said_so}**")
        lines += organisation_lines(words, shown, _ORGANISATIONS_SHOWN)
    if meeting.factors:
        lines.append(f"💡 {words('meeting.factors', n=meeting.factors)}")
    return "\n".join(lines)


def _rows(
    words: Words, meeting: MeetingView, mine: Mine, *, manages: bool
) -> list[ui.ActionRow[Card]]:
    shown = meeting.shown
    rows = []
    ended = _ended(meeting)
    if not ended:
        rows.append(row(*answer_buttons(words, shown)))
    last = [] if ended else link_button(words, shown.place)
    if shown.started and not shown.cancelled:
        last.append(there_button(words, shown))
    ics = button(words("meeting.calendar"), press_id("ics:1", meeting.id), emoji="📅")
    rows.append(row(*last, ics))
    own = replace(mine, since=None if ended else mine.since)  # what is over takes no answers
    if back := _own_buttons(words, meeting.programme_id, own):
        rows.append(row(*back))
    return [*rows, *_managing(words, meeting, ended=ended)] if manages else rows


def _ended(meeting: MeetingView) -> bool:
    return meeting.shown.over or meeting.shown.cancelled or meeting.cancelled


def _managing(words: Words, meeting: MeetingView, *, ended: bool) -> list[ui.ActionRow[Card]]:
    """What a coordinator can do."""
    about = meeting.shown.id
    who = button(words("meeting.manage.who"), press_id("meetingwho:1", about, 0), emoji="👥")
    minutes = button(
        words("meeting.manage.minutes"), press_id("meetingminutes:1", about), emoji="📝"
    )
    if meeting.cancelled:
        return [row(who)]
    remind = button(words("meeting.manage.remind"), press_id("meetingremind:1", about), emoji="🔔")
    first = row(who, minutes) if ended else row(who, minutes, remind)
    changing = [
        button(_label(words, doing, meeting, scope), _press(doing, meeting, scope))
        for doing in (EDIT, CANCEL)
        for scope in _scopes(meeting, ended=ended)
    ]
    return [first, row(*changing)] if changing else [first]


def _scopes(meeting: MeetingView, *, ended: bool) -> tuple[str, ...]:
    """What of a meeting can be changed: this time, or all that are to come."""
    if meeting.repeat is Repeat.NONE:
        return () if ended else (ALL,)
    return (ALL,) if ended else (ONE, ALL)


def _press(doing: str, meeting: MeetingView, scope: str) -> str:
    if doing == EDIT:
        return press_id("meetingedit:1", meeting.shown.id, scope)
    return press_id("meetingcancel:1", meeting.shown.id, scope)


def _label(words: Words, doing: str, meeting: MeetingView, scope: str) -> str:
    if meeting.repeat is Repeat.NONE:
        return words(f"meeting.manage.{doing}")
    return words(f"meeting.manage.{doing}.{scope}")
