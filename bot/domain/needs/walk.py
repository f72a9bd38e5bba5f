"""The walk through what waits for one person: one thing at a time."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, fields, replace
from datetime import datetime, timedelta
from itertools import islice
from typing import Any, Final

from sqlmodel import Session

from bot.domain.factors import drafts, edits, experiences, factors, lists
from bot.domain.kit.errors import StalePress
from bot.domain.members import participants
from bot.domain.members.participants import ParticipantView
from bot.domain.membership import joining
from bot.domain.needs import needs
from storage.desk import Desk
from storage.enums import Choice, Need
from storage.factors import votes
from storage.needs import rests

MOST: Final = 7
"""So many things a sitting."""
STATEMENTS: Final = 2
"""So many statements are asked for in a sitting."""
RESTS_DAYS: Final = 14


@dataclass(frozen=True)
class Sitting:
    """What somebody did since they began, each a digit of a button's id: it outlives a restart.

    ``asked`` are the statements among them, skipped or not.
    """

    votes: int = 0
    answers: int = 0
    requests: int = 0
    statements: int = 0
    skipped: int = 0
    asked: int = 0

    @classmethod
    def of(cls, text: str) -> "Sitting":
        """The sitting that an id tells of.

        Raises:
            StalePress: it tells of none.
        """
        if len(text) != len(fields(cls)) or not (text.isascii() and text.isdecimal()):
            raise StalePress
        return cls(*map(int, text))

    def __str__(self) -> str:
        return "".join(str(getattr(self, each.name)) for each in fields(self))

    @property
    def done(self) -> int:
        """How many things have been seen to, or skipped."""
        return self.votes + self.answers + self.requests + self.statements + self.skipped

    def having(self, kind: Need, *, skipped: bool = False) -> "Sitting":
        """The same after one more thing."""
        name = "skipped" if skipped else _COUNTED[kind]
        asked = self.asked + (kind is Need.STATEMENT)
        return replace(self, **{name: getattr(self, name) + 1, "asked": asked})


_COUNTED: Final = {
    Need.REQUEST: "requests",
    Need.DRAFT: "skipped",
    Need.MEETING: "answers",
    Need.EDITED: "votes",
    Need.CONFIRM: "statements",
    Need.FACTOR: "votes",
    Need.STATEMENT: "statements",
}


@dataclass(frozen=True)
class Errand:
    """One thing that waits, and by when, if it has a day (aware UTC).

    ``lacking`` says that nobody of the organisation has answered it.
    """

    kind: Need
    subject_id: int
    day: datetime | None = None
    lacking: bool = False


@dataclass(frozen=True)
class Step:
    """Where a walk has come to: the thing to show, as its feature shows it, or the end.

    ``with_day`` and ``without_day`` are how many wait, this one among them.
    """

    programme_id: int
    sitting: Sitting
    errand: Errand | None
    shown: Any
    with_day: int
    without_day: int


@dataclass(frozen=True)
class _Kind:
    need: Need
    waiting: Callable[[Desk, ParticipantView], Iterable[Errand]]
    show: Callable[[Desk, int], Any]


def step(desk: Desk, sitting: Sitting | None = None) -> Step:
    """The next thing that waits for the person who asks.

    First what has a day, the soonest first; then what nobody of their organisation has answered;
    then the newest. After :data:`MOST` things, and where nothing waits, it is the end.

    Raises:
        NotSetUp: the server has no programme.
        NotAParticipant: the member is with no organisation.
    """
    sitting = sitting or Sitting()
    waiting = _waiting(desk)
    day = sum(each.day is not None for each in waiting)
    found: Errand | None = None
    if sitting.done < MOST:
        full = sitting.asked >= STATEMENTS
        found = next((each for each in waiting if not (full and each.kind is Need.STATEMENT)), None)
    shown = _SHOWS[found.kind](desk, found.subject_id) if found else None
    return Step(desk.programme_id, sitting, found, shown, day, len(waiting) - day)


def again(desk: Desk, kind: Need, subject_id: int, sitting: Sitting) -> Step:
    """The walk back at a thing whose answer was taken back; the next where it waits no more."""
    there = step(desk, sitting)
    waiting = _waiting(desk)
    found = next((each for each in waiting if each.subject_id == subject_id
                  and each.kind in {kind, _ALIKE.get(kind)}), None)  # fmt: skip
    if found is None:
        return there
    return replace(there, errand=found, shown=_SHOWS[found.kind](desk, subject_id))


# A vote on a changed text that is taken back waits as any other.
_ALIKE: Final = {Need.EDITED: Need.FACTOR}


def skip(desk: Desk, kind: Need, subject_id: int) -> None:
    """Let something rest for :data:`RESTS_DAYS`.

    Raises:
        NotAParticipant: the member is with no organisation.
    """
    participants.need(desk, desk.asker.id)
    rests.put(desk, kind, subject_id, desk.now + timedelta(days=RESTS_DAYS))


def never(desk: Desk, kind: Need, subject_id: int) -> None:
    """Let something rest for good: it is not theirs to judge. No vote is cast.

    Raises:
        StalePress: that is not said of things of this kind.
        NotAParticipant: the member is with no organisation.
    """
    if kind not in JUDGED:
        raise StalePress
    participants.need(desk, desk.asker.id)
    rests.put(desk, kind, subject_id, None)


JUDGED: Final = frozenset({Need.FACTOR, Need.STATEMENT})
"""What somebody may not be the one to judge."""


def wake(desk: Desk, kind: Need, subject_id: int) -> None:
    """Let something rest no more.

    Raises:
        NotAParticipant: the member is with no organisation.
    """
    participants.need(desk, desk.asker.id)
    rests.remove(desk, kind, subject_id)


def forget_old(session: Session, now: datetime) -> None:
    """Forget what has rested for long enough."""
    rests.forget(session, now)


def _waiting(desk: Desk) -> list[Errand]:
    who = participants.need(desk, desk.asker.id)
    resting = rests.resting(desk, desk.asker.id)
    found: list[Errand] = []
    for kind in _KINDS:
        awake = (
            each for each in kind.waiting(desk, who) if (each.kind, each.subject_id) not in resting
        )
        found += islice(awake, STATEMENTS if kind.need is Need.STATEMENT else None)
    # Sorting keeps the order that each kind has among its own.
    return sorted(found, key=lambda each: (each.day is None, each.day or desk.now,
                                           not each.lacking))  # fmt: skip


def _requests(desk: Desk, _: ParticipantView) -> Iterator[Errand]:
    """Somebody stands at the door: as if it were due now."""
    for request in joining.waiting_for(desk, desk.asker.id):
        yield Errand(Need.REQUEST, request.id, desk.now)


def _drafts(desk: Desk, _: ParticipantView) -> Iterator[Errand]:
    draft = drafts.waiting(desk)
    if draft is not None:
        yield Errand(Need.DRAFT, draft.id, desk.now + drafts.KEPT_FOR)


def _meetings(desk: Desk, who: ParticipantView) -> Iterator[Errand]:
    for each in needs.unanswered(desk, who):
        yield Errand(Need.MEETING, each.time.id, each.time.starts_at)


def _edited(desk: Desk, who: ParticipantView) -> list[Errand]:
    """Votes from before an edit, objections first; they count for some days more."""
    found = []
    for row in needs.edited(desk, who):
        mine = votes.latest(desk, row.id or 0, who.id)
        if mine is not None:
            ends = mine.stale_since + votes.GRACE if mine.stale_since else None
            objects = mine.choice is Choice.OBJECT
            found.append((not objects, Errand(Need.EDITED, row.id or 0, ends)))
    return [each for _, each in sorted(found, key=lambda pair: pair[0])]


def _to_confirm(desk: Desk, _: ParticipantView) -> Iterator[Errand]:
    for each in experiences.to_confirm(desk, desk.asker.id):
        yield Errand(Need.CONFIRM, each.id, lacking=True)


def _factors(desk: Desk, who: ParticipantView) -> Iterator[Errand]:
    changed = {row.id for row in needs.edited(desk, who)}
    silent, own = lists.waiting(desk, who)
    closing = lists.closing(desk)
    for keys, lacking in ((silent, True), (own, False)):
        for key in keys:
            if key not in changed:
                yield Errand(Need.FACTOR, key, closing.get(key), lacking)


def _statements(desk: Desk, who: ParticipantView) -> Iterator[Errand]:
    for key in lists.to_tell(desk, who):
        yield Errand(Need.STATEMENT, key, lacking=True)


def _meeting(desk: Desk, occurrence_id: int) -> Any:
    who = participants.need(desk, desk.asker.id)
    return next(each for each in needs.unanswered(desk, who) if each.time.id == occurrence_id)


def _request(desk: Desk, request_id: int) -> Any:
    waiting = joining.waiting_for(desk, desk.asker.id)
    return next(each for each in waiting if each.id == request_id)


def _statement(desk: Desk, experience_id: int) -> Any:
    waiting = experiences.to_confirm(desk, desk.asker.id)
    return next(each for each in waiting if each.id == experience_id)


def _factor(desk: Desk, factor_id: int) -> Any:
    return factors.show(desk, factor_id)


_KINDS: Final = (
    _Kind(Need.REQUEST, _requests, _request),
    _Kind(Need.DRAFT, _drafts, lambda desk, _: drafts.waiting(desk)),
    _Kind(Need.MEETING, _meetings, _meeting),
    _Kind(Need.EDITED, _edited, lambda desk, key: edits.since_vote(desk, key, desk.asker.id)),
    _Kind(Need.CONFIRM, _to_confirm, _statement),
    _Kind(Need.FACTOR, _factors, _factor),
    _Kind(Need.STATEMENT, _statements, _factor),
)
"""All that can wait, a line each; later kinds take their place here."""
_SHOWS: Final = {kind.need: kind.show for kind in _KINDS}
