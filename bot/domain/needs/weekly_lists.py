"""Weekly lists: what waits for each who wants to hear of it, in a direct message."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from bot.domain.fates import fates
from bot.domain.fates.fates import Fate
from bot.domain.kit.links import message_url
from bot.domain.kit.people import the_programme
from bot.domain.members.errors import NotAParticipant
from bot.domain.needs import needs
from bot.domain.needs.needs import Needs, Waiting
from bot.domain.posts import planning
from bot.domain.posts.planning import Post
from bot.domain.tracks.places import FORUM, HOME, START
from bot.domain.when.clocks import Week
from bot.i18n.words import Words
from storage.desk import Desk, Person
from storage.enums import Way
from storage.kit import programmes
from storage.needs import weekly_lists as kept

LIST: Final = "digest.list"
"""The kind of post that a weekly list is; it is about a week."""
_A_MINUTE: Final = 10
_FOR: Final = timedelta(days=3)
_A_WEEK: Final = timedelta(days=7)


@dataclass(frozen=True)
class WeeklyList:
    """What waits for somebody, what became of theirs, and where the home card is, if anywhere."""

    programme_id: int
    needs: Needs
    home_url: str | None
    fates: tuple[Fate, ...] = ()


def plan(desk: Desk, week: Week, due: datetime) -> None:
    """Plan a list for each participant who takes them, ten a minute.

    Args:
        week: whose digest is out.
        due: when the first of them are due (aware UTC).
    """
    due = max(due, desk.now)
    posts = []
    for number, member_id in enumerate(kept.readers(desk)):
        at = due + timedelta(minutes=number // _A_MINUTE)
        posts.append(
            Post(
                key=f"digest:{desk.programme_id}:{week}:list:{member_id}",
                kind=LIST,
                subject_id=week.value,
                way=Way.DIRECT,
                due_at=at,
                expires_at=at + _FOR,
                member_id=member_id,
            )
        )
    planning.plan(desk, posts)


def today(desk: Desk, member_id: int, *, but: Collection[int] = ()) -> WeeklyList | None:
    """What somebody's list says today; None where nothing waits, or they want none any more.

    Meetings are left out that they want no reminders of.

    Args:
        member_id: whose list.
        but: the times of meetings that the same message tells of anyway.
    """
    if not kept.takes(desk, member_id):
        return None
    try:
        person = Person(member_id, frozenset(), manages_server=False)
        theirs = replace(desk, person=person)
        found = needs.of(theirs)
        became = fates.mine(theirs, after=desk.now - _A_WEEK)
    except NotAParticipant:
        return None
    shown, total = found.meetings.shown, found.meetings.total
    told = tuple(each for each in shown if not each.muted and each.time.id not in but)
    found = replace(
        found,
        draft=None,  # it lasts for a day, and is opened in the server
        meetings=Waiting(told, total - (len(shown) - len(told))),
    )
    if found.nothing and not became:
        return None
    start = programmes.place(desk, START) or programmes.place(desk, FORUM)
    home = programmes.place(desk, HOME)
    url = message_url(desk.programme_id, start, home)
    return WeeklyList(desk.programme_id, found, url, became)


def title(desk: Desk, week: int) -> str:
    """The week that a list is about, in the programme's language."""
    return Words(the_programme(desk).language)("digest.week", week=Week.of(week).number)
