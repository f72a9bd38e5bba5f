"""What a week's digest tells each channel, and what each edition may tell."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from bot.domain.digest import lines
from bot.domain.digest.lines import LINES, Story
from bot.domain.digest.views import FORUM_EDITION, Edition, Section, TookPart
from bot.domain.digest.weeks import Window
from bot.domain.tracks import tracks
from bot.domain.tracks.places import FORUM
from bot.domain.tracks.tracks import TrackView
from storage.desk import Desk
from storage.digest import events, people
from storage.kit import programmes
from storage.kit.programmes import Programme
from storage.meetings import answers
from storage.meetings.meetings import Meeting, Occurrence
from storage.organisations import organisations
from storage.organisations.organisations import Organisation
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


@dataclass(frozen=True)
class Scope:
    """What one edition may tell: of factors and meetings of these ``tracks``, None being all.

    ``organisations`` are those that it counts, ``places`` the channels (Discord ids) whose
    discussions it names. ``readable`` are the tracks whose factors everyone may read who reads it.
    The open forum's has no ``track``.
    """

    track: TrackView | None
    tracks: frozenset[int | None]
    readable: frozenset[int | None]
    organisations: frozenset[int]
    places: frozenset[int]

    @property
    def edition(self) -> int:
        """Which edition it is of."""
        return self.track.id if self.track else FORUM_EDITION

    @property
    def slot(self) -> str:
        """Where it is posted."""
        return f"announcements:{self.track.id}" if self.track else FORUM


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
        for scope in of_programme(desk)
    ]


def _facts(desk: Desk, window: Window, now: datetime | None) -> _Facts:
    span = (window.starts, window.ends)
    ahead = events.meetings(desk, window.ends, window.ends + _AHEAD, window.ends)
    return _Facts(
        stories=lines.stories(desk, window),
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
    decided = lines.most_telling(here)
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


def of_programme(desk: Desk) -> list[Scope]:
    """The editions that a programme's next digest has: its tracks', then the open forum's.

    A programme with one track in use has that one's alone, which then also tells what else is open
    to all; one without any has the forum's alone.
    """
    found = tracks.all_of(desk)
    used = [track for track in found if not track.archived]
    public = frozenset(track.id for track in found if not track.closed)
    known = _Known(
        public=public,
        members=_members(desk),
        places={row.slot: row.discord_id for row in programmes.places(desk)},
    )
    if len(used) == 1:
        own = frozenset({used[0].id})
        return [known.scope(used[0], public | own, own, forum=True)]
    scopes = [known.scope(each, frozenset({each.id}), frozenset({each.id})) for each in used]
    open_now = public.intersection(track.id for track in used)
    return [*scopes, known.scope(None, public, open_now if used else None, forum=True)]


@dataclass(frozen=True)
class _Known:
    """The tracks that are open to all, those of every organisation, and what fills which slot."""

    public: frozenset[int]
    members: Mapping[int, Sequence[int]]
    places: Mapping[str, int]

    def scope(
        self,
        track: TrackView | None,
        told: frozenset[int],
        counted: frozenset[int] | None,
        *,
        forum: bool = False,
    ) -> Scope:
        """An edition that tells of some tracks, and counts those of some, or all organisations."""
        slots = [f"{what}:{each}" for each in told for what in ("discussion", "factors")]
        if forum:
            slots.append(FORUM)
        return Scope(
            track=track,
            tracks=frozenset({None, *told}),
            readable=frozenset({None, *told, *self.public}),
            organisations=frozenset(
                key
                for key, inside in self.members.items()
                if counted is None or counted.intersection(inside)
            ),
            places=frozenset(self.places[slot] for slot in slots if slot in self.places),
        )


def _members(desk: Desk) -> dict[int, Sequence[int]]:
    """The tracks of every organisation that takes part."""
    inside = organisations.memberships(desk)
    rows: Sequence[Organisation] = organisations.of_programme(desk)
    return {row.id or 0: inside.get(row.id or 0, ()) for row in rows}
