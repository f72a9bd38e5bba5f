"""The sections of a digest as lines of a card: what happened, a line each, and how much more."""

from dataclasses import dataclass

from discord.utils import format_dt

from bot.domain.digest.views import (
    AheadMeeting,
    Decision,
    MovedFactor,
    NewFactor,
    NewMinutes,
    Section,
    Talked,
)
from bot.domain.factors.counting import Standing
from bot.i18n.words import Words
from bot.ui import theme
from bot.ui.text import clip, escape, linked
from cogs.digest.sections import DigestSection, Told, change, from_whom, outcome, where

MOST_LINES = 5


@dataclass(frozen=True)
class LineRoom:
    """How many characters a title and what is quoted may have, and how many lines a section."""

    title: int
    quoted: int
    lines: int = MOST_LINES


def lines_of(words: Words, section: DigestSection, room: LineRoom) -> list[str]:
    """What a section tells, without its heading."""
    mark = "" if section.kind is Section.PEOPLE else "- "
    lines = [
        mark + (each if isinstance(each, str) else _line(words, each, room))
        for each in section.entries
    ]
    if not section.rest:
        return lines
    first, *more = section.rest
    rest = ", ".join([first, *(each.removeprefix("… ") for each in more)])
    meetings = section.kind is Section.MEETINGS
    key = "digest.rest.meetings" if meetings else "digest.rest.factors"
    return [*lines, f"-# {words(key, rest=rest)}"]


def one_line(text: str, limit: int) -> str:
    """What somebody wrote, on one line of a card; nothing where there is no room."""
    return clip(escape(" ".join(text.split())), limit) if limit else ""


def _line(words: Words, told: Told, room: LineRoom) -> str:
    title = linked(one_line(told.title, room.title), told.url)
    match told:
        case NewFactor():
            return _new(words, told, title, room)
        case Decision():
            said = one_line(outcome(words, told), 40 + room.title)
            return _because(words, f"**{said}:** {title}", told.reason, room)
        case MovedFactor():
            return f"{title} · {change(words, told)}"
        case AheadMeeting():
            return _ahead(words, told, title, room)
        case NewMinutes():
            line = f"📝 {words('digest.minutes', title=title)}"
            return _because(words, line, told.summary, room)
        case Talked():
            place = title if told.title else f"<#{told.channel_id}>"
            return f"{place} · {words('digest.messages', n=told.messages)}"


def _new(words: Words, factor: NewFactor, title: str, room: LineRoom) -> str:
    about = one_line(from_whom(words, factor), 60 + room.quoted)
    line = f"{theme.KIND[factor.kind]} {title} · {about}"
    if factor.standing is Standing.TOO_EARLY:
        return line
    return f"{line} · **{words(f'standing.{factor.standing}')}**"


def _ahead(words: Words, meeting: AheadMeeting, title: str, room: LineRoom) -> str:
    when = format_dt(meeting.starts_at, "f")
    if meeting.cancelled:
        return f"{when} · ~~{title}~~ · **{words('digest.cancelled')}**"
    return f"{when} · {title} · {one_line(where(words, meeting), 30 + room.quoted)}"


def _because(words: Words, line: str, text: str, room: LineRoom) -> str:
    reason = one_line(text, room.quoted)
    return words("digest.because", what=line, reason=reason) if reason else line
