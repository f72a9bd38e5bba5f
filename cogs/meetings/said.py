"""What cards about meetings have in common: when, where, for whom, and who comes, in words."""

import re
from datetime import date, datetime

from discord import ui
from discord.utils import format_dt

from bot.domain.meetings.views import Answers, MeetingView, OccurrenceView
from bot.domain.tracks.tracks import TrackView
from bot.domain.when.recurrence import LAST, Rule, place_in_month
from bot.i18n import dates
from bot.i18n.words import Words
from bot.ui import theme
from bot.ui.layout import Card, button, press_id, row
from bot.ui.text import clip, escape
from storage.enums import Answer, MeetingKind, Repeat

ROOM = 3900  # of the 4 000 characters that a message may hold
TITLE_SHOWN = 200
PLACE_SHOWN = 300
NAME_SHOWN = 60
_LINKS_SHOWN = 900
_URL_LIMIT = 512  # of a link button, as Discord counts
# What Discord lets a button lead to; anything else stands as text.
_ADDRESS = re.compile(r"https?://[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+(?::\d{1,5})?(?:[/?#][!-~]*)?")


def head(words: Words, meeting: MeetingView) -> str:
    """Its title, struck where it is cancelled, and below it what sort of meeting it is."""
    shown = meeting.shown
    name = clip(escape(shown.title), TITLE_SHOWN)
    if meeting.cancelled or shown.cancelled:
        name = f"~~{name}~~"
    return (
        f"### {theme.MEETING[meeting.kind]} {name}\n-# {sort(words, meeting.kind, meeting.track)}"
    )


def sort(words: Words, kind: MeetingKind, track: TrackView | None) -> str:
    """The kind of a meeting and whom it is for, in one line."""
    return f"{words(f'meeting.kind.{kind}')} · {for_whom(words, track)}"


def for_whom(words: Words, track: TrackView | None) -> str:
    """A meeting's track, or that it is for all."""
    if track is None:
        return words("track.all")
    return f"{track.emoji} {clip(escape(track.name), NAME_SHOWN)}"


def when_line(words: Words, shown: OccurrenceView) -> str:
    """When it is, for each reader by their own clock."""
    start, end = format_dt(shown.starts_at, "F"), format_dt(shown.ends_at, "t")
    key = "meeting.when.moved" if shown.moved else "meeting.when"
    return words(key, start=start, end=end, relative=format_dt(shown.starts_at, "R"))


def answer_row(words: Words, programme_id: int, occurrence_id: int) -> ui.ActionRow[Card]:
    """Going, maybe, can't: for one time of a meeting, wherever it is shown."""
    return row(
        *(
            button(
                words(f"meeting.answer.{each}"),
                press_id("coming:1", programme_id, occurrence_id, each),
            )
            for each in (Answer.GOING, Answer.MAYBE, Answer.CANT)
        )
    )


def series_lines(words: Words, meeting: MeetingView, *, most: int) -> list[str]:
    """How often a meeting comes again, and when next; nothing for one that is held once."""
    if meeting.repeat is Repeat.NONE:
        return []
    lines = [words("meeting.series", rule=rule_in_words(words, meeting))]
    coming = meeting.coming[:most]
    if coming and not meeting.cancelled:
        dates = " · ".join(format_dt(each.starts_at, "f") for each in coming)
        more = meeting.left - 1 - len(coming)
        key = "meeting.series.next.more" if more > 0 else "meeting.series.next"
        lines.append(words(key, dates=dates, **({"n": more} if more > 0 else {})))
    return lines


def rule_in_words(words: Words, meeting: MeetingView) -> str:
    """``every Tuesday, until 30 June 2027``."""
    rule = Rule(meeting.repeat, meeting.until, meeting.times)
    return said_in_words(words, rule, meeting.wall)


def place_line(words: Words, place: str, *, passed: bool = False) -> str:
    """Where it is; a link stands on a button of its own, until nobody needs it any more."""
    if not place:
        return ""
    if is_address(place):
        return "" if passed else words("meeting.place.link")
    return words("meeting.place", place=clip(escape(place.replace("\n", " ")), PLACE_SHOWN))


def is_address(place: str) -> bool:
    """Whether a place is a link that a button can lead to."""
    return len(place) <= _URL_LIMIT and _ADDRESS.fullmatch(place) is not None


def link_button(words: Words, place: str) -> list[ui.Button[Card]]:
    """A button to where a digital meeting is held; nothing where the place is no link."""
    if not is_address(place):
        return []
    return [ui.Button(label=words("meeting.open_link"), url=place, emoji="🔗")]


def counts(words: Words, answers: Answers) -> str:
    """How many gave which answer; those that nobody gave are left out."""
    numbers = {Answer.GOING: answers.going, Answer.MAYBE: answers.maybe, Answer.CANT: answers.cant}
    return " · ".join(
        words(f"meeting.count.{answer}", n=number) for answer, number in numbers.items() if number
    )


def organisation_lines(words: Words, shown: OccurrenceView, most: int) -> list[str]:
    """What each organisation's people said, a line each, and how many lines are left out."""
    names = sorted(shown.by_organisation, key=str.casefold)
    lines = [
        f"-# {clip(escape(name), NAME_SHOWN)}: {counts(words, shown.by_organisation[name])}"
        for name in names[:most]
    ]
    if len(names) > most:
        lines.append(f"-# {words('meeting.more_organisations', n=len(names) - most)}")
    return lines


def minutes_text(words: Words, held: OccurrenceView, limit: int) -> str:
    """The minutes of a meeting that is over, at most so long; empty where there are none."""
    parts = []
    if held.summary:
        parts.append(clip(escape(held.summary), limit))
    if links := _links(held.links):
        # After an empty line: below a list they would be taken for its last item.
        parts += ["", *links] if parts else links
    if not parts:
        return ""
    title = words("meeting.minutes.of", day=format_dt(held.starts_at, "D"))
    return "\n".join([f"**{title}**", *parts])


def _links(links: str) -> list[str]:
    """As many links as there is room for; each whole, or it would lead nowhere."""
    lines: list[str] = []
    for link in links.splitlines():
        line = f"🔗 {escape(link)}"
        if link.strip() and sum(map(len, lines)) + len(line) <= _LINKS_SHOWN:
            lines.append(line)
    return lines


_IN_EVERY_MONTH = 28
_LONGEST_MONTH = 31


def said_in_words(words: Words, rule: Rule, wall: datetime) -> str:
    """A rule within a sentence: ``every Tuesday``, ``varannan tisdag, till och med 3 mars 2027``.

    Args:
        words: whose language is spoken.
        rule: one that ``recurrence.check`` lets pass.
        wall: the first meeting's time on the wall, naive.
    """
    each = often(words, rule.repeat, wall.date())
    if rule.until is not None:
        return words("repeat.until", often=each, day=dates.plain_day(words.language, rule.until))
    if rule.count is not None:
        return words("repeat.count", often=each, n=rule.count)
    return each


def often(words: Words, repeat: Repeat, start: date) -> str:
    """How often a meeting is held, by a day on which it is: ``every other Thursday``."""
    weekday = dates.weekday(words.language, start.weekday())
    match repeat:
        case Repeat.NONE:
            return words("repeat.none")
        case Repeat.DAILY:
            return words("repeat.daily")
        case Repeat.WEEKLY:
            return words("repeat.weekly", weekday=weekday)
        case Repeat.FORTNIGHTLY:
            return words("repeat.fortnightly", weekday=weekday)
        case Repeat.MONTHLY_WEEKDAY:
            return _weekday_of_month(words, place_in_month(start), weekday)
        case Repeat.MONTHLY_DATE:
            return _day_of_month(words, start.day)


def _weekday_of_month(words: Words, place: int, weekday: str) -> str:
    which = "last" if place == LAST else str(place)
    return words("repeat.weekday", which=words(f"repeat.which.{which}"), weekday=weekday)


def _day_of_month(words: Words, day: int) -> str:
    if day == _LONGEST_MONTH:
        return words("repeat.monthly.end")
    ordinal = dates.ordinal(words, day)
    if day > _IN_EVERY_MONTH:
        return words("repeat.monthly.late", ordinal=ordinal)
    return words("repeat.monthly", ordinal=ordinal)
