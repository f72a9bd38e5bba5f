"""What a week's digest tells each channel: its editions, made from what happened in a span."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from bot.domain.digest import lines, scopes, stories
from bot.domain.digest.lines import LINES
from bot.domain.digest.scopes import Scope
from bot.domain.digest.stories import Story
from bot.domain.digest.views import Edition, Section, TookPart
from bot.domain.digest.weeks import Window
from storage.desk import Desk
from storage.digest import events, people
from storage.kit.programmes import Programme
from storage.meetings import answers
from storage.meetings.meetings import Meeting, Occurrence
from storage.talk import talk

_SOON: Final = timedelta(days=7)
_AHEAD: Final = timedelta(days=14)
_ASKED: Final = timedelta(days=28)

Times = Sequence[tuple[Meeting, Occurrence]]
"""Times at which meetings are held, each with its meeting."""


@dataclass(frozen=True)
class _Facts:
    """What happened in the whole programme, before it is parted by edition."""

    stories: Sequence[Story]
    ahead: Times
    cancelled: Times
    minutes: Times
    votes: dict[int | None, int]
    took_part: set[tuple[int, int | None]]
    waiting_factors: dict[int | None, int]
    waiting_meetings: Times


def editions(
    desk: Desk,
    programme: Programme,
    window: Window,
    *,
    off: frozenset[Section],
    now: datetime | None,
) -> list[tuple[Scope, Edition]]:
    """What each channel is told of a span of time, the tracks' first.

    Args:
        programme: whose digest it is.
        window: what it tells of.
        off: the sections that it goes without; what they hold does not count as news.
        now: what waits does so then (aware UTC); nothing does where it is left out.
    """
    facts = _facts(desk, window, now)
    return [
        (scope, _edition(desk, programme, window, facts, scope, off))
        for scope in scopes.of_programme(desk)
    ]


def _facts(desk: Desk, window: Window, now: datetime | None) -> _Facts:
    span = (window.starts, window.ends)
    ahead = events.meetings(desk, window.ends, window.ends + _AHEAD, window.ends)
    return _Facts(
        stories=stories.stories(desk, window),
        ahead=ahead,
        cancelled=_first_of_each(events.cancelled(desk, *span)),
        minutes=events.minutes(desk, *span),
        votes=people.votes(desk, *span),
        took_part=people.organisations(desk, *span),
        waiting_factors=people.waiting(desk) if now else {},
        waiting_meetings=_unanswered(desk) if now else (),
    )


def _edition(
    desk: Desk,
    programme: Programme,
    window: Window,
    facts: _Facts,
    scope: Scope,
    off: frozenset[Section],
) -> Edition:
    here = [story for story in facts.stories if story.track_id in scope.tracks]
    new = [story for story in here if story.new]
    decided = stories.most_telling(here)
    moved = [story for story in here if story.moved and not story.decided]
    ahead = [*_within(facts.cancelled, scope), *_within(facts.ahead, scope)]
    ahead.sort(key=lambda each: each[1].starts_at)
    minutes = _within(facts.minutes, scope)
    named = lines.named(desk, [*new[:LINES], *decided[:LINES], *moved[:LINES]])
    edition = Edition(
        track_id=scope.track.id if scope.track else None,
        track=scope.track.name if scope.track else "",
        waiting_factors=_sum(facts.waiting_factors, scope) if scope.track else 0,
        waiting_meetings=len(_within(facts.waiting_meetings, scope)) if scope.track else 0,
        new=lines.new(named, new),
        new_total=len(new),
        decisions=lines.decisions(desk, named, decided, scope.readable),
        decided=Counter(story.decided.status for story in decided if story.decided),
        moved=lines.moved(named, moved),
        moved_total=len(moved),
        ahead=lines.ahead(ahead, window.ends),
        ahead_total=len(ahead),
        minutes=lines.minutes(minutes),
        minutes_total=len(minutes),
        people=_people(facts, scope),
    )
    edition = _with_talk(desk, programme, window, scope, edition)
    return replace(edition, quiet=_is_quiet(edition, ahead, window, off))


def _with_talk(
    desk: Desk, programme: Programme, window: Window, scope: Scope, edition: Edition
) -> Edition:
    zone = ZoneInfo(programme.timezone)
    days = window.starts.astimezone(zone).date(), window.ends.astimezone(zone).date()
    where = (*days, scope.places)
    liveliest = talk.top(desk, *where, LINES)
    talked = lines.talk(desk, liveliest)
    return replace(edition, talk=talked, talk_total=talk.total(desk, *where))


def _people(facts: _Facts, scope: Scope) -> TookPart:
    active = {organisation for organisation, track in facts.took_part if track in scope.tracks}
    return TookPart(
        organisations=len(scope.organisations),
        took_part=len(active & scope.organisations),
        votes=_sum(facts.votes, scope),
    )


def _is_quiet(
    edition: Edition,
    ahead: Iterable[tuple[Meeting, Occurrence]],
    window: Window,
    off: frozenset[Section],
) -> bool:
    """Whether there is nothing to tell; what only waits wakes nobody."""
    soon = any(
        time.starts_at < window.ends + _SOON or lines.is_off(time, window.ends) for _, time in ahead
    )
    news = {
        Section.NEW: edition.new_total > 0,
        Section.MOVED: bool(edition.decided) or edition.moved_total > 0,
        Section.MEETINGS: edition.minutes_total > 0 or soon,
        Section.TALK: edition.talk_total > 0,
        Section.PEOPLE: edition.people.took_part > 0,
    }
    return not any(is_news for section, is_news in news.items() if section not in off)


def _within(times: Times, scope: Scope) -> list[tuple[Meeting, Occurrence]]:
    return [(row, time) for row, time in times if row.track_id in scope.tracks]


def _sum(numbers: dict[int | None, int], scope: Scope) -> int:
    return sum(number for track, number in numbers.items() if track in scope.tracks)


def _first_of_each(times: Times) -> Times:
    """Of all times of a meeting that were cancelled at once, the first."""
    found: dict[tuple[int, datetime | None], tuple[Meeting, Occurrence]] = {}
    for row, time in times:
        found.setdefault((time.meeting_id, time.cancelled_at), (row, time))
    return list(found.values())


def _unanswered(desk: Desk) -> Times:
    """The meetings of the next weeks to which somebody who is invited has said nothing."""
    coming = events.meetings(desk, desk.now, desk.now + _ASKED, desk.now)
    return [each for each in coming if answers.lacking(desk, each[1].id or 0)]
