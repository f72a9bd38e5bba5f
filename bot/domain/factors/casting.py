"""Votes of many who press at the same time, cast at once.

What is plain is read in one statement and kept in a few; whatever is not goes through
:func:`votes.cast`, so that every error has one source. One by one comes to the same
(``tests/domain/test_casting.py``).
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Final, TypeAlias

from bot.domain.factors import views, votes
from bot.domain.factors.views import Voting
from bot.domain.factors.votes import Ballot, BallotCast
from bot.domain.kit.errors import TextMissing, UserError
from storage import journal
from storage.desk import Desk
from storage.enums import Choice, FactorStatus
from storage.factors import casting, tallies
from storage.factors.casting import Before
from storage.units import Together


@dataclass(frozen=True)
class Press:
    """Somebody votes; the arguments of :func:`votes.cast`.

    ``shown`` says that they are to see the factor with their vote counted.
    """

    factor_id: int
    member_id: int
    choice: Choice
    reason: str | None = None
    said_at: datetime | None = None
    shown: bool = False


Asked: TypeAlias = tuple[Desk, Press]
_Answer: TypeAlias = BallotCast | Exception


def cast_one(desk: Desk, press: Press) -> BallotCast:
    """Cast one vote, and count it where it is to be seen.

    Raises:
        As :func:`votes.cast`.
    """
    about = press.factor_id, press.member_id, press.choice
    cast = votes.cast(desk, *about, reason=press.reason, said_at=press.said_at)
    if not (press.shown and cast.changed):
        return cast
    [seen] = votes.recount_all(desk, [press.factor_id])
    return replace(cast, factor=seen)


def cast_many(presses: Sequence[Asked]) -> list[_Answer]:
    """Cast votes of one batch, in the order in which they came; an answer or error for each."""
    cast = _Cast(presses)
    left = list(range(len(presses)))
    while left:
        left = cast.take_turn(left)
    return cast.count()


CASTING: Final = Together(cast_many, cast_one)


@dataclass
class _Kept:
    """What a turn has to write."""

    new: list[dict[str, Any]] = field(default_factory=list)
    changed: list[dict[str, Any]] = field(default_factory=list)
    entries: list[dict[str, Any]] = field(default_factory=list)


class _Cast:
    """The votes of one batch."""

    def __init__(self, presses: Sequence[Asked]) -> None:
        self._presses = presses
        self._answers: dict[int, _Answer] = {}
        self._due: set[int] = set()
        self._heard: set[int] = set()  # participants who have voted in this batch

    def take_turn(self, left: Sequence[int]) -> list[int]:
        """Cast the first vote of each person on each factor, and say which are left."""
        first: dict[tuple[int, int], int] = {}
        for at in left:
            _, press = self._presses[at]
            first.setdefault((press.factor_id, press.member_id), at)
        turn = list(first.values())
        found = self._before(turn)
        kept = _Kept()
        for at in turn:
            self._answers[at] = self._cast(at, found.get(at, []), kept)
        desk, _ = self._presses[0]
        casting.keep(desk, kept.new, kept.changed)
        journal.write_all(desk.session, kept.entries)
        return [at for at in left if at not in self._answers]

    def count(self) -> list[_Answer]:
        """Count what is to be seen, leave the rest for later, and give all answers."""
        wanted: dict[int, dict[int, Desk]] = defaultdict(dict)
        for at, (desk, press) in enumerate(self._presses):
            if press.shown and press.factor_id in self._due and self._changed(at):
                wanted[desk.programme_id][press.factor_id] = desk
        seen = {
            view.id: view
            for factors in wanted.values()
            for view in votes.recount_all(list(factors.values())[-1], sorted(factors))
        }
        if left := self._due - seen.keys():
            tallies.make_due(self._presses[0][0], sorted(left))
        return [self._shown(at, press, seen) for at, (_, press) in enumerate(self._presses)]

    def _changed(self, at: int) -> bool:
        answer = self._answers[at]
        return isinstance(answer, BallotCast) and answer.changed

    def _shown(self, at: int, press: Press, seen: dict[int, views.FactorView]) -> _Answer:
        answer = self._answers[at]
        if press.shown and isinstance(answer, BallotCast) and answer.changed:
            return replace(answer, factor=seen[press.factor_id])
        return answer

    def _before(self, turn: Iterable[int]) -> dict[int, list[Before]]:
        places = list(turn)
        desk, _ = self._presses[0]
        asked = [
            (of.programme_id, press.factor_id, press.member_id)
            for of, press in (self._presses[at] for at in places)
        ]
        found: dict[int, list[Before]] = defaultdict(list)
        for row in casting.before(desk, asked):
            found[places[row.at]].append(row)
        return found

    def _cast(self, at: int, rows: Sequence[Before], kept: _Kept) -> _Answer:
        desk, press = self._presses[at]
        if not rows or not _is_plain(rows[0], desk.now):
            return self._cast_alone(desk, press)
        newest = rows[0]
        mine = Ballot()
        if newest.cast_at is not None:
            stale = newest.before_edit and newest.choice is not None
            mine = Ballot(newest.choice, stale, newest.cast_at, newest.reason)
        said_at, reason = press.said_at or desk.now, votes.kept_reason(press.reason)
        if votes.is_said(mine, press.choice, reason) or votes.is_late(mine, said_at):
            return BallotCast(changed=False)
        if press.choice is Choice.OBJECT and not reason:
            return TextMissing()
        vote = {
            "choice": press.choice,
            "reason": reason if press.choice is Choice.OBJECT else None,
            "cast_at": said_at,
        }
        who = newest.participant_id
        if any(row.here and row.cast_at is not None for row in rows):
            kept.changed.append({**vote, "of": press.factor_id, "by": who})
        else:
            kept.new.append({**vote, "factor_id": press.factor_id, "participant_id": who})
        kept.entries.append(
            votes.entry(
                desk, press.factor_id, press.member_id, newest.organisation_id,
                (mine.choice, press.choice),
            )
        )  # fmt: skip
        self._due.add(press.factor_id)
        alone = bool(newest.alone) and who not in self._heard
        self._heard.add(who)
        return BallotCast(changed=True, alone=alone)

    def _cast_alone(self, desk: Desk, press: Press) -> _Answer:
        about = press.factor_id, press.member_id, press.choice
        try:
            with desk.session.begin_nested():
                cast = votes.cast(desk, *about, reason=press.reason, said_at=press.said_at)
        except UserError as error:
            return error
        if cast.changed:
            self._due.add(press.factor_id)
        return cast


def _is_plain(found: Before, now: datetime) -> bool:
    """Whether nothing is in the way of a vote, and nothing else follows from it."""
    return (
        bool(found.inside)
        and not found.gone
        and found.status is FactorStatus.OPEN
        and views.voting(found, now) is Voting.OPEN
    )
