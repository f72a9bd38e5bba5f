"""Merging factors, and undoing it. No vote is rewritten, so that everything comes back."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.domain.factors import factors, finding, news, outcomes, views, votes
from bot.domain.factors.errors import CannotMerge, MergeGone, NotMerged
from bot.domain.factors.news import Became
from bot.domain.factors.views import FactorView
from bot.domain.kit import texts, uploads
from bot.domain.kit.errors import TextMissing, UploadGone, UploadUsed
from bot.domain.kit.people import only_coordinators
from storage.desk import Desk
from storage.enums import FactorStatus
from storage.factors import factors as kept
from storage.factors import frozen, lists, tallies
from storage.factors import votes as kept_votes
from storage.factors.factors import Factor
from storage.kit.uploads import Upload
from storage.organisations import organisations

_KIND: Final = "merge"
_OFFERED: Final = 25  # what a list to choose from holds


@dataclass(frozen=True)
class MergeQuestion:
    """What a merge would do, for a coordinator to confirm.

    The votes of ``people`` would count for ``into``. ``both`` of them voted on that one too;
    ``outside``, and not among them, are those whose organisation takes no part in its track.
    """

    id: int
    merged: FactorView
    into: FactorView
    reason: str
    people: int
    both: int
    outside: int


@dataclass(frozen=True)
class Merged:
    """Two factors made one, or parted again: ``into`` has, or had, all votes.

    ``moved`` is how many people's votes on ``merged`` came to ``into``, or went back.
    """

    into: FactorView
    merged: FactorView
    moved: int


@dataclass(frozen=True)
class Candidate:
    """A factor that another one may be merged into."""

    id: int
    title: str


def candidates(desk: Desk, factor_id: int) -> tuple[Candidate, ...]:
    """What a factor may be merged into, at most 25: what is most like it first, then the newest.

    Raises:
        CoordinatorsOnly, FactorNotFound, FactorClosed: as :func:`ask`.
    """
    only_coordinators(desk)
    row = factors.need(desk, factor_id)
    votes.need_open(desk, row)
    open_ = lists.Filter(desk.programme_id, statuses=(FactorStatus.OPEN,))
    keys = dict.fromkeys([*finding.similar(desk, row.title, row.how), *lists.ids(desk, open_)])
    rows = lists.of_ids(desk, [key for key in keys if key != factor_id][:_OFFERED])
    there = [each for each in rows if each.status is FactorStatus.OPEN]
    return tuple(Candidate(each.id or 0, each.title) for each in there)


def ask(desk: Desk, factor_id: int, into_id: int, reason: str) -> MergeQuestion:
    """Say what merging would do, and keep the reason for a day, until it is confirmed.

    Args:
        factor_id: what is to be merged.
        into_id: where its votes are to count.
        reason: why; everyone reads it.

    Raises:
        CoordinatorsOnly: the person is none.
        FactorNotFound: one of them is not in this programme.
        CannotMerge: they are the same.
        FactorClosed: one of them is not open.
        TextMissing: the reason holds nothing.
    """
    row, into = need_mergeable(desk, factor_id, into_id)
    reason = texts.kept(reason, texts.REASON_LIMIT)
    if not reason:
        raise TextMissing
    inside = organisations.memberships(desk)
    cast = tallies.counted(desk, factor_id)
    coming = {
        vote.participant_id
        for vote in cast
        if into.track_id is None or into.track_id in inside.get(vote.organisation_id, ())
    }
    body = {"factor": factor_id, "into": into_id, "reason": reason}
    return MergeQuestion(
        id=uploads.keep(desk, desk.asker.id, _KIND, body),
        merged=views.view(desk, row),
        into=views.view(desk, into),
        reason=reason,
        people=len(coming),
        both=len(coming & _voters(desk, into_id)),
        outside=len(cast) - len(coming),
    )


def confirm(desk: Desk, question_id: int) -> Merged:
    """Merge what a coordinator was asked about.

    Raises:
        MergeGone: a day has passed, or it was answered, or it is somebody else's question.
        CoordinatorsOnly, FactorNotFound, FactorClosed: as :func:`ask`; things may have changed.
    """
    only_coordinators(desk)
    question = _question(desk, question_id)
    body = dict(question.body)
    uploads.use(desk, question)
    about = (body["factor"], body["into"], body["reason"])
    return merge(desk, *about)


def cancel(desk: Desk, question_id: int) -> None:
    """Forget the question; nothing is merged.

    Raises:
        MergeGone: as :func:`confirm`.
    """
    desk.session.delete(_question(desk, question_id))


def need_question(desk: Desk, question_id: int) -> tuple[int, int]:
    """Let only a coordinator pass who was asked this; which factor, and into which.

    Raises:
        CoordinatorsOnly, MergeGone: as :func:`confirm`.
    """
    only_coordinators(desk)
    body = _question(desk, question_id).body
    return body["factor"], body["into"]


def merge(desk: Desk, factor_id: int, into_id: int, reason: str) -> Merged:
    """Let a factor's votes and experiences count for another; both texts are kept.

    Of somebody who voted on both, the newer vote counts. No vote is rewritten, so that
    :func:`unmerge` brings everything back.

    Raises:
        CoordinatorsOnly, FactorNotFound, CannotMerge, FactorClosed, TextMissing: as :func:`ask`.
    """
    row, into = need_mergeable(desk, factor_id, into_id)
    before = _voters(desk, factor_id)
    row.merged_into_id = into.id
    _move_family(desk, row, into_id, desk.now)
    status, kind = FactorStatus.MERGED, "factor.merged"
    merged = outcomes.become(desk, row, status, reason, kind=kind)
    moved = len(before & _voters(desk, into_id))
    _tell(desk, (row, Became.MERGED), (into, Became.RECEIVED), moved)
    frozen.thaw(desk, into)  # what came is counted, though voting there is over
    return Merged(votes.recount(desk, into), merged, moved)


def need_mergeable(desk: Desk, factor_id: int, into_id: int) -> tuple[Factor, Factor]:
    """Both factors, if the person may merge them now; before they write a reason.

    Raises:
        CoordinatorsOnly, FactorNotFound, CannotMerge, FactorClosed: as :func:`ask`.
    """
    only_coordinators(desk)
    row = factors.need(desk, factor_id)
    into = factors.need(desk, into_id)
    if row.id == into.id:
        raise CannotMerge
    for each in (row, into):  # what somebody else decided meanwhile is said
        votes.need_open(desk, each)
    return row, into


def unmerge(desk: Desk, factor_id: int) -> Merged:
    """Undo a merge: the factor is open again, with the votes that were cast on it.

    Where the other was merged on in turn, its own card is due, too.

    Raises:
        CoordinatorsOnly: the person is none.
        FactorNotFound: there is none with this id in this programme.
        NotMerged: it is not merged.
    """
    row, into = need_merged(desk, factor_id)
    end = factors.need(desk, row.root_id or 0)
    before = _voters(desk, end.id or 0)
    # Merged on itself, it holds none of the votes, but its card says what was merged into it.
    into.recount_due = into.id != end.id
    row.merged_into_id = None
    row.status, row.reason, row.decided_at = FactorStatus.OPEN, "", None
    _move_family(desk, row, factor_id)
    desk.session.flush()
    kept_votes.forget_traces(desk, [factor_id, end.id or 0])
    desk.note("factor.unmerged", factor_id, into=into.id)
    moved = len(before & _voters(desk, factor_id))
    own = votes.recount(desk, row)
    _tell(desk, (row, Became.PARTED), (end, Became.LEFT), moved)
    frozen.thaw(desk, end)
    return Merged(votes.recount(desk, end), own, moved)


def need_merged(desk: Desk, factor_id: int) -> tuple[Factor, Factor]:
    """A factor whose merging the person may undo, and what it was merged into.

    Raises:
        CoordinatorsOnly, FactorNotFound, NotMerged: as :func:`unmerge`.
    """
    only_coordinators(desk)
    row = factors.need(desk, factor_id)
    if row.merged_into_id is None:
        raise NotMerged(title=row.title)
    return row, factors.need(desk, row.merged_into_id)


def _tell(desk: Desk, one: tuple[Factor, Became], other: tuple[Factor, Became], moved: int) -> None:
    """Tell those of both factors, and nobody twice."""
    (row, became), (into, there) = one, other
    know = {desk.asker.id}
    told = news.tell(desk, row, became, other=into.id or 0, moved=moved, but=know)
    news.tell(desk, into, there, other=row.id or 0, moved=moved, but={*know, told})


def _question(desk: Desk, question_id: int) -> Upload:
    try:
        return uploads.need(desk, desk.asker.id, _KIND, question_id)
    except (UploadGone, UploadUsed):
        raise MergeGone from None


def _move_family(
    desk: Desk,
    row: Factor,
    root_id: int,
    moved_at: datetime | None = None,
    stale_at: datetime | None = None,
) -> None:
    """Let the votes on a factor, and on all that were merged into it, count at a root."""
    row.root_id, row.moved_at, row.stale_at = root_id, moved_at, stale_at
    desk.session.add(row)
    for each in kept.merged_into(desk, [row.id or 0]):
        assert each.decided_at is not None  # when it was merged
        on_the_way = None
        if row.id != root_id:
            on_the_way = kept.first_edit(desk, row.id or 0, each.decided_at)
        # Back at the factor it was merged into, its votes are as fresh as that merge.
        fresh_at = moved_at or each.decided_at
        _move_family(desk, each, root_id, fresh_at, on_the_way or stale_at)


def _voters(desk: Desk, factor_id: int) -> set[int]:
    return {vote.participant_id for vote in tallies.counted(desk, factor_id)}
