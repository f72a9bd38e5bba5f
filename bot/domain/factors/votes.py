"""Votes on factors: casting, changing, taking back, confirming."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from bot.domain.factors import freezing, presence, views
from bot.domain.factors.errors import (
    FactorAdopted,
    FactorClosed,
    FactorDeclined,
    FactorMerged,
    FactorNotFound,
    FactorWithdrawn,
    NoTracks,
    OnlyArchivedTracks,
    VotingNotOpen,
    VotingOver,
)
from bot.domain.factors.tally import Tally
from bot.domain.factors.views import FactorView, Voting
from bot.domain.kit import texts
from bot.domain.kit.errors import TextMissing
from bot.domain.members import participants
from bot.domain.members.errors import OtherTrack
from bot.domain.members.participants import ParticipantView
from bot.domain.tracks import tracks
from bot.domain.tracks.errors import TrackArchived
from storage import journal
from storage.desk import Desk
from storage.enums import Choice, FactorStatus
from storage.factors import factors as kept
from storage.factors import tallies
from storage.factors import votes as kept_votes
from storage.factors.factors import Factor
from storage.factors.heads import Head
from storage.factors.tallies import Voter
from storage.organisations import organisations


@dataclass(frozen=True)
class Objection:
    """Why a participant of an organisation objects. Nobody is told who it is."""

    organisation: str
    reason: str
    before_edit: bool = False


@dataclass(frozen=True)
class Ballot:
    """What somebody voted on a factor; ``before_edit``, on an earlier text of it.

    ``since`` is when they did (aware UTC), ``reason`` why they object. Two ballots are alike where
    they say the same of the same text.
    """

    choice: Choice | None = None
    before_edit: bool = False
    since: datetime | None = field(default=None, compare=False)
    reason: str | None = field(default=None, compare=False)


@dataclass(frozen=True)
class BallotCast:
    """What became of a vote: ``changed`` says whether anything did.

    ``alone`` says that it was the first vote of a participant who is the only one of their
    organisation, which speaks with this voice; ``factor`` is it with the vote counted, where that
    was asked for.
    """

    changed: bool
    alone: bool = False
    factor: FactorView | None = None


def vote(
    desk: Desk, factor_id: int, member_id: int, choice: Choice, *, reason: str | None = None
) -> FactorView:
    """Record a participant's vote and count; arguments and errors are as of :func:`cast`."""
    cast(desk, factor_id, member_id, choice, reason=reason)
    row = desk.session.get_one(Factor, factor_id)
    return recount(desk, row)


def cast(
    desk: Desk,
    factor_id: int,
    member_id: int,
    choice: Choice,
    *,
    reason: str | None = None,
    said_at: datetime | None = None,
) -> BallotCast:
    """Record a participant's vote; the same choice again changes nothing.

    The factor has yet to be counted (:func:`recounts.count`): however many vote at once, that is
    enough. An objection with another reason replaces the reason. The same choice on a text that
    was edited since confirms it for the new text.

    Args:
        factor_id: what is voted on.
        member_id: who votes.
        choice: their vote.
        reason: why, for an objection.
        said_at: when they voted (aware UTC), if that was not just now. What comes later than what
            was said after it changes nothing.

    Raises:
        FactorNotFound: there is none with this id in this programme.
        FactorClosed, FactorMerged: it was decided or withdrawn, or merged into another.
        VotingNotOpen, VotingOver: it takes no votes yet, or no more.
        NotAParticipant: the member is with no organisation.
        NoTracks, OnlyArchivedTracks: their organisation takes part in no track that goes on.
        OtherTrack: their organisation takes no part in the factor's track.
        TrackArchived: the factor's track takes no votes any more.
        TextMissing: an objection whose reason holds nothing.
    """
    voter = _need_may_vote(desk, factor_id, member_id)
    mine = _ballot(desk, factor_id, voter.participant_id)
    said_at, reason = said_at or desk.now, kept_reason(reason)
    if is_said(mine, choice, reason) or is_late(mine, said_at):
        presence.seen(desk, member_id)
        return BallotCast(changed=False)
    if choice is Choice.OBJECT and not reason:
        raise TextMissing
    said = Ballot(choice, since=said_at, reason=reason)
    _keep(desk, factor_id, voter.participant_id, said)
    _note(desk, factor_id, member_id, voter.organisation_id, (mine.choice, choice))
    tallies.make_due(desk, [factor_id])
    return BallotCast(changed=True, alone=voter.alone)


def take_back(
    desk: Desk, factor_id: int, member_id: int, *, said_at: datetime | None = None
) -> bool:
    """Take a participant's vote back, and say whether there was one to take.

    The factor has yet to be counted, as after :func:`cast`.

    Raises:
        As :func:`cast`, but for TextMissing.
    """
    voter = _need_may_vote(desk, factor_id, member_id)
    mine = _ballot(desk, factor_id, voter.participant_id)
    said_at = said_at or desk.now
    if mine.choice is None or is_late(mine, said_at):
        presence.seen(desk, member_id)
        return False
    _keep(desk, factor_id, voter.participant_id, Ballot(since=said_at))
    _note(desk, factor_id, member_id, voter.organisation_id, (mine.choice, None))
    tallies.make_due(desk, [factor_id])
    return True


def still_mine(desk: Desk, factor_id: int, member_id: int) -> FactorView:
    """Confirm a vote from before an edit: it counts as one on the text of now.

    Raises:
        As :func:`vote`.
    """
    row, who = need_voter(desk, factor_id, member_id)
    mine = kept_votes.latest(desk, factor_id, who.id)
    if mine is None or mine.choice is None or not mine.before_edit:
        return views.view(desk, row)
    _keep(desk, factor_id, who.id, Ballot(mine.choice, reason=mine.reason))
    _note(desk, factor_id, member_id, who.organisation_id, (mine.choice, mine.choice))
    return recount(desk, row)


def no_more_mine(desk: Desk, factor_id: int, member_id: int, since: int) -> None:
    """Let a vote that :func:`still_mine` confirmed be the one from before the edit again.

    Args:
        since: when that one was cast, in seconds since 1970.

    Raises:
        As :func:`vote`.
    """
    voter = _need_may_vote(desk, factor_id, member_id)
    mine = _ballot(desk, factor_id, voter.participant_id)
    if mine.choice is None or mine.before_edit:
        return
    then = datetime.fromtimestamp(min(since, int(desk.now.timestamp())), UTC)
    _keep(desk, factor_id, voter.participant_id, replace(mine, since=then))
    _note(desk, factor_id, member_id, voter.organisation_id, (mine.choice, mine.choice))
    tallies.make_due(desk, [factor_id])


def voters(desk: Desk, factor_ids: Collection[int]) -> frozenset[int]:
    """The members on whose votes it hangs where some factors stand."""
    return kept_votes.voters(desk, factor_ids)


def need_voter(desk: Desk, factor_id: int, member_id: int) -> tuple[Factor, ParticipantView]:
    """The open factor and the participant, if this one may vote on it now.

    Raises:
        As :func:`vote`, but for TextMissing.
    """
    row = kept.find(desk, factor_id)
    if row is None:
        raise FactorNotFound
    need_open(desk, row)
    who = participants.need(desk, member_id)
    if not who.tracks:
        raise NoTracks(organisation=who.organisation)
    if row.track_id is None and all(track.archived for track in who.tracks):
        raise OnlyArchivedTracks(organisation=who.organisation)
    if row.track_id is not None:
        mine = next((track for track in who.tracks if track.id == row.track_id), None)
        if mine is None:
            track = next(t for t in tracks.all_of(desk) if t.id == row.track_id)
            raise OtherTrack(organisation=who.organisation, track=track.name)
        if mine.archived:
            raise TrackArchived(track=mine.name)
    _need_taking_votes(row, desk.now)
    return row, who


def ballot(desk: Desk, factor_id: int, member_id: int) -> Ballot:
    """What a member who may vote on the factor has voted.

    Raises:
        As :func:`need_voter`.
    """
    _, who = need_voter(desk, factor_id, member_id)
    return _ballot(desk, factor_id, who.id)


def own(desk: Desk, factor_id: int) -> tuple[str, Ballot]:
    """What a factor is called, and what the person has voted on it.

    Raises:
        FactorNotFound: there is none with this id in this programme.
        NotAParticipant: the person is with no organisation.
    """
    row = kept.find(desk, factor_id)
    if row is None:
        raise FactorNotFound
    return row.title, _ballot(desk, factor_id, participants.need(desk, desk.asker.id).id)


def cast_by(desk: Desk, factor_id: int, participant_id: int) -> Ballot:
    """What a participant has voted on a factor, whatever has become of either."""
    return _ballot(desk, factor_id, participant_id)


def objections(desk: Desk, factor_id: int) -> list[Objection]:
    """The objections that count for a factor, or did when it was frozen, newest first.

    Raises:
        FactorNotFound: there is none with this id in this programme.
    """
    row = kept.find(desk, factor_id)
    if row is None:
        raise FactorNotFound
    found = []
    for each in freezing.objecting(desk, row):
        organisation = organisations.find(desk, each.organisation_id)
        name = organisation.name if organisation else ""
        found.append(Objection(name, each.reason or "", each.before_edit))
    return found


def recount(desk: Desk, row: Factor) -> FactorView:
    """Bring what lists are ordered by up to date, and the card's revision up.

    A standing that changed is noted, for the digest. One that takes no more votes is frozen. Of a
    factor that is merged, everything stays as it was: its votes count elsewhere.
    """
    desk.session.flush()
    seen = freezing.see(desk, row)
    tally = seen.tally
    if row.merged_into_id is None:
        if tally.standing.value != row.standing:
            journal.write_all(desk.session, [_moved(desk, row, tally)])
        row.standing, row.score, row.split = tally.standing.value, tally.score, tally.split
    row.recount_due = False
    row.revision += 1
    desk.session.add(row)
    desk.session.flush()
    return replace(seen, revision=row.revision)


def recount_all(desk: Desk, factor_ids: Sequence[int]) -> list[FactorView]:
    """As :func:`recount`, for several of a programme, and without objects where that can be."""
    counted, moved, found = [], [], []
    for head, seen in views.seen_with_heads(desk, factor_ids):
        merged, frozen = head.merged_into_id is not None, head.frozen_at is not None
        if merged or frozen or views.stands(head, seen.voting):
            row = desk.session.get_one(Factor, head.id, populate_existing=True)
            found.append(recount(desk, row))
            continue
        tally = seen.tally
        if tally.standing.value != head.standing:
            moved.append(_moved(desk, head, tally))
        counted.append(
            {
                "of": head.id,
                "to_standing": tally.standing.value,
                "to_score": tally.score,
                "to_split": tally.split,
            }
        )
        found.append(replace(seen, revision=head.revision + 1))
    if counted:
        tallies.keep_count(desk, counted)
    journal.write_all(desk.session, moved)
    return found


def _moved(desk: Desk, row: Factor | Head, tally: Tally) -> dict[str, Any]:
    """What the journal says of a standing that changed, for the digest."""
    change = {"before": row.standing, "after": tally.standing.value}
    return journal.entry(desk.programme_id, desk.now, None, "factor.moved", row.id, **change)


def need_open(desk: Desk, row: Factor) -> None:
    """Let only a factor pass that is open.

    Raises:
        FactorClosed, FactorMerged: it was decided or withdrawn, or merged into another.
    """
    into = desk.session.get(Factor, row.merged_into_id) if row.merged_into_id else None
    if into is not None and views.named_beside(desk, row, into):
        raise FactorMerged(title=row.title, into=into.title)
    if row.status is FactorStatus.ADOPTED:
        raise FactorAdopted(title=row.title)
    if row.status is FactorStatus.DECLINED:
        raise FactorDeclined(title=row.title)
    if row.status is FactorStatus.WITHDRAWN:
        raise FactorWithdrawn(title=row.title)
    if row.status is not FactorStatus.OPEN:
        raise FactorClosed(title=row.title)


def _need_taking_votes(row: Factor, now: datetime) -> None:
    state = views.voting(row, now)
    if state is Voting.NOT_YET and row.opens_at is not None:
        raise VotingNotOpen(title=row.title, when=int(row.opens_at.timestamp()))
    if state is Voting.OVER and row.closes_at is not None:
        raise VotingOver(title=row.title, when=int(row.closes_at.timestamp()))


def _ballot(desk: Desk, factor_id: int, participant_id: int) -> Ballot:
    mine = kept_votes.latest(desk, factor_id, participant_id)
    if mine is None:
        return Ballot()
    stale = mine.before_edit and mine.choice is not None
    return Ballot(mine.choice, stale, mine.cast_at, mine.reason)


def is_said(mine: Ballot, choice: Choice, reason: str | None) -> bool:
    """Whether that is what they said before, on the text of now."""
    return mine == Ballot(choice) and reason in {None, mine.reason}


def is_late(mine: Ballot, said_at: datetime) -> bool:
    """Whether something was said after this already: it was on its way for long, or comes again."""
    return mine.since is not None and mine.since > said_at


def _need_may_vote(desk: Desk, factor_id: int, member_id: int) -> Voter:
    """The participant, if they may vote on the factor now.

    Raises:
        As :func:`need_voter`, which is asked only where something is in the way.
    """
    found = tallies.before(desk, factor_id, member_id)
    if (
        found
        and found.inside
        and found.status is FactorStatus.OPEN
        and views.voting(found, desk.now) is Voting.OPEN
    ):
        return found
    row, who = need_voter(desk, factor_id, member_id)
    return Voter(who.id, who.organisation_id, row.status, row.opens_at, row.closes_at, inside=True)


def _keep(desk: Desk, factor_id: int, participant_id: int, said: Ballot) -> None:
    choice = said.choice
    if choice is None and not kept_votes.cast_elsewhere(desk, factor_id, participant_id):
        kept_votes.remove(desk, factor_id, participant_id)
    else:
        reason = said.reason if choice is Choice.OBJECT else None
        cast_at = said.since or desk.now
        kept_votes.put(desk, factor_id, participant_id, choice, reason, cast_at=cast_at)


def entry(
    desk: Desk,
    factor_id: int,
    member_id: int,
    organisation_id: int,
    change: tuple[Choice | None, Choice | None],
) -> dict[str, Any]:
    """What the journal says of a vote that changed from one choice to another."""
    before, after = change
    return journal.entry(
        desk.programme_id,
        desk.now,
        member_id,
        "factor.voted",
        factor_id,
        organisation=organisation_id,
        before=before,
        after=after,
    )


def _note(
    desk: Desk,
    factor_id: int,
    member_id: int,
    organisation_id: int,
    change: tuple[Choice | None, Choice | None],
) -> None:
    presence.seen(desk, member_id)
    said = entry(desk, factor_id, member_id, organisation_id, change)
    journal.write_all(desk.session, [said])


def kept_reason(reason: str | None) -> str | None:
    """A reason as it is kept: clean, without identity numbers, and not too long."""
    if reason is None:
        return None
    masked, _ = texts.mask_identity_numbers(texts.clean(reason))
    return masked[: texts.REASON_LIMIT]
