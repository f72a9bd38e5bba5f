"""Lists of meetings as cards, and what a coordinator sees of who answered."""

from collections.abc import Sequence

from discord import ui
from discord.utils import format_dt

from bot.domain.kit.pages import Page
from bot.domain.meetings.views import ListedOccurrence, MeetingPage, MeetingView, Named
from bot.i18n.words import Words
from bot.ui import theme
from bot.ui.layout import Card, beside, button, line, press_id, row, said
from bot.ui.text import clip, escape, linked
from bot.ui.turning import turning
from cogs.meetings.said import NAME_SHOWN, for_whom, often, sort
from storage.enums import Answer

_TITLE_SHOWN = 140
PEOPLE_ON_A_PAGE = 25
_ORDER: tuple[Answer | None, ...] = (Answer.GOING, Answer.MAYBE, Answer.CANT, None)


def list_card(words: Words, found: MeetingPage) -> Card:
    """A page of meetings in order of time, with buttons to open each and to turn pages."""
    other = button(
        words("meeting.list.coming" if found.past else "meeting.list.past"),
        _page(found, 0, past=not found.past),
    )
    if not found.meetings.items:
        return Card(said(_nothing(words, found)), row(other))
    items = [_item(words, each) for each in found.meetings.items]
    key = "meeting.list.head.past" if found.past else "meeting.list.head"
    head = words(key, n=found.meetings.total, scope=for_whom(words, found.track))
    turns = turning(words, found.meetings, lambda to: _page(found, to, past=found.past), other)
    return Card(said(head), line(), *items, *turns)


def people_card(words: Words, meeting: MeetingView, people: Sequence[Named], page: int) -> Card:
    """Who answered what, and who has not; for coordinators alone."""
    title = clip(escape(meeting.shown.title), _TITLE_SHOWN)
    when = format_dt(meeting.shown.starts_at, "f")
    head = words("meeting.who", title=title, when=when)
    back = row(button(words("meeting.back"), press_id("meetingmore:1", meeting.shown.id)))
    if not people:
        return Card(said(f"{head}\n{words('meeting.who.nobody')}"), back)
    ordered = sorted(people, key=_place)
    shown = Page.of(ordered, page, PEOPLE_ON_A_PAGE)
    text = "\n".join(_people_lines(words, ordered, shown.items))
    turns = turning(words, shown, lambda to: press_id("meetingwho:1", meeting.shown.id, to))
    return Card(said(head), line(), said(text), *turns, back)


def _item(words: Words, listed: ListedOccurrence) -> ui.Section[Card]:
    held = listed.occurrence
    title = linked(clip(escape(held.title), _TITLE_SHOWN), listed.url)
    title = f"~~{title}~~" if held.cancelled else f"**{title}**"
    when = f"{format_dt(held.starts_at, 'F')} ({format_dt(held.starts_at, 'R')})"
    about = [sort(words, listed.kind, listed.track)]
    if held.cancelled:
        about.insert(0, f"**{words('meeting.cancelled.short')}**")
    elif held.over:
        about += [words("meeting.attended", n=held.attended)] if held.attended else []
        about += [words("meeting.has_minutes")] if held.summary or held.links else []
    elif held.answers.going:
        about.append(words("meeting.count.going", n=held.answers.going))
    if listed.more:
        series = often(words, listed.repeat, held.wall.date())
        about.insert(0, f"🔁 {words('meeting.list.series', often=series, n=listed.more)}")
    opening = button(words("meeting.list.open"), press_id("meeting:1", held.id))
    text = f"{theme.MEETING[listed.kind]} {title}\n{when}\n-# {' · '.join(about)}"
    return beside(text, opening)


def _nothing(words: Words, found: MeetingPage) -> str:
    """That nothing is there, and what to do now."""
    scope = for_whom(words, found.track)
    return words("meeting.list.none.past" if found.past else "meeting.list.none", scope=scope)


def _page(found: MeetingPage, page: int, *, past: bool) -> str:
    return press_id("meetingpage:1", found.track.id if found.track else 0, int(past), page)


def _place(person: Named) -> tuple[int, str, int]:
    """By answer, then by organisation."""
    answer = person.answer if person.answer in _ORDER else None
    return _ORDER.index(answer), person.organisation.casefold(), person.member_id


def _people_lines(words: Words, ordered: Sequence[Named], shown: Sequence[Named]) -> list[str]:
    """Some of the people, under headings with how many there are of each in all."""
    lines = []
    for place, answer in enumerate(_ORDER):
        here = [each for each in shown if _place(each)[0] == place]
        if here:
            number = sum(_place(each)[0] == place for each in ordered)
            mark = theme.ANSWER[answer] if answer else "⬜"
            heading = words(f"meeting.who.{answer or 'silent'}", n=number)
            lines.append(f"{mark} **{heading}**")
            lines += [_person(words, each) for each in here]
    return lines


def _person(words: Words, each: Named) -> str:
    there = f" · 🙋 {words('meeting.was_there')}" if each.attended else ""
    return f"-# <@{each.member_id}> · {clip(escape(each.organisation), NAME_SHOWN)}{there}"
