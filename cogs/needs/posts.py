"""Weekly lists: what waits for somebody, in few lines, for a direct message."""

from functools import partial
from typing import Final

from discord import ui
from discord.utils import format_dt

from bot.delivery.crew import PostKinds
from bot.delivery.parcels import PostKind, PostPart
from bot.domain.factors.views import FactorView
from bot.domain.needs import weekly_lists
from bot.domain.needs.needs import Needs, Unanswered, Waiting
from bot.domain.needs.weekly_lists import WeeklyList
from bot.domain.posts.claims import MOST_THINGS, Parcel, Thing
from bot.i18n.words import Words
from bot.ui import theme
from bot.ui.layout import Card, button, press_id, row, said
from bot.ui.text import clip, escape, linked
from bot.works import Works
from cogs.fates.cards import fate_lines
from cogs.meetings.said import answer_row

MOST: Final = 3
_TITLE_SHOWN: Final = 70


def weekly_part(words: Words, weekly: WeeklyList, most: int = MOST) -> PostPart:
    """What waits, at most so many of each kind, with the way to each and to the rest."""
    needs = weekly.needs
    lines = [
        words("weekly.head.quiet" if needs.nothing else "weekly.head"),
        *_factors(words, "weekly.factors", needs.factors, most),
        *_factors(words, "weekly.edited", needs.edited, most),
        *_to_decide(words, needs),
        *_became(words, weekly, most),
    ]
    if weekly.home_url:
        lines.append(words("weekly.home", label=words("home.needs"), url=weekly.home_url))
    items: list[ui.Item[Card]] = [said("\n".join(lines))]
    meetings = needs.meetings.shown[:most]
    for number, meeting in enumerate(meetings, start=1):
        more = needs.meetings.total - number if number == len(meetings) else 0
        items.append(said("\n".join(_meeting(words, meeting, more))))
        items.append(answer_row(words, weekly.programme_id, meeting.time.id))
    items.append(
        row(
            button(words("home.needs"), press_id("walk:1", weekly.programme_id), emoji="📌"),
            button(words("weekly.none"), press_id("weeklist:1", weekly.programme_id)),
        )
    )
    return PostPart(items)


async def _render(works: Works, words: Words, parcel: Parcel, thing: Thing) -> PostPart | None:
    lists = [each for each in parcel.things if each.kind == thing.kind]
    if thing is not lists[0]:
        return None  # one tells all that waits
    others = [each.subject_id for each in parcel.things if each.kind != thing.kind]
    weekly = await works.visit(parcel.programme_id).read(
        weekly_lists.today, parcel.people[0], but=others
    )
    # Beside as many reminders as there may be, it has less room.
    most = MOST - (len(parcel.things) == MOST_THINGS)
    return weekly_part(words, weekly, most) if weekly else None


def _factors(words: Words, head: str, factors: Waiting[FactorView], most: int) -> list[str]:
    if not factors:
        return []
    shown, total = factors.shown[:most], factors.total
    lines = [
        f"{theme.KIND[each.kind]} {_titled(each.title, each.url)}"
        f" · {words(f'kind.short.{each.kind}')}"
        for each in shown
    ]
    return [words(head, n=total), *lines, *_more(words, total - len(shown))]


def _became(words: Words, weekly: WeeklyList, most: int) -> list[str]:
    if not weekly.fates:
        return []
    more = len(weekly.fates) - most
    return [
        words("weekly.fates"),
        *fate_lines(words, weekly.fates[:most]),
        *_more(words, max(more, 0)),
    ]


def _to_decide(words: Words, needs: Needs) -> list[str]:
    numbers = {
        "weekly.experiences": needs.experiences.total,
        "weekly.requests": needs.requests.total,
    }
    return [words(key, n=number) for key, number in numbers.items() if number]


def _meeting(words: Words, meeting: Unanswered, more: int) -> list[str]:
    title = _titled(meeting.time.title, meeting.url)
    when = format_dt(meeting.time.starts_at, "F")
    return [f"{theme.MEETING[meeting.kind]} {title}\n{when}", *_more(words, more)]


def _more(words: Words, number: int) -> list[str]:
    return [f"-# {words('weekly.more', n=number)}"] if number else []


def _titled(title: str, url: str | None) -> str:
    return linked(clip(escape(title), _TITLE_SHOWN), url)


KINDS: Final[PostKinds] = {
    weekly_lists.LIST: lambda crew: PostKind(
        weekly_lists.title, partial(_render, crew.works), optional=True
    )
}
