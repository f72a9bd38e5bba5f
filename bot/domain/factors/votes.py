"""Votes on factors: casting, changing, taking back, confirming."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlmodel import Session

from bot.domain.factors import presence, views
from bot.domain.factors.errors import (
    FactorAdopted,
    FactorClosed,
    FactorDeclined,
    FactorMerged,
    FactorNotFound,
    FactorWithdrawn,
    NoTracks,
    VotingNotOpen,
    VotingOver,
)
from bot.domain.factors.views import FactorView, Voting
from bot.domain.kit import texts
from bot.domain.kit.errors import TextMissing
from bot.domain.members import participants
from bot.domain.members.errors import OtherTrack
from bot.domain.members.participants import ParticipantView
from bot.domain.tracks import tracks
from bot.domain.tracks.errors import TrackArchived
from storage import journal
from storage.enums import Choice, FactorStatus
from storage.factors import factors as kept
from storage.factors import tallies, voters
from storage.factors import votes as kept_votes
from storage.factors.factors import Factor
from storage.organisations import organisations


@dataclass(frozen=True)
class Objection:
    """Why a participant of an organisation objects. Nobody is told who it is."""

    organisation: str
    reason: str
    before_edit: bool = False


@dataclass(frozen=True)
class Ballot:
    """What somebody voted on a factor; ``before_edit``, on an earlier text of it."""

    choice: Choice | None = None
    before_edit: bool = False


def vote(
    session: Session,
    programme_id: int,
    factor_id: int,
    member_id: int,
    choice: Choice,
    *,
    reason: str | None = None,
    now: datetime,
) -> FactorView:
    """Record a participant's vote and count; arguments and errors are as of :func:`cast`."""
    cast(session, programme_id, factor_id, member_id, choice, reason=reason, now=now)
    row = session.get_one(Factor, factor_id)
    return recount(session, row, now)


def cast(
    session: Session,
    programme_id: int,
    factor_id: int,
    member_id: int,
    choice: Choice,
    *,
    reason: str | None = None,
    now: datetime,
) -> None:
    """Record a participant's vote; the same choice again takes it back.

    The factor has yet to be counted (:func:`recounts.count`): however many vote at once, that is
    enough. An objection with a reason never takes anything back: it replaces the reason. The same
    choice on a text that was edited since confirms it for the new text.

    Args:
        session: the transaction.
        programme_id: the server.
        factor_id: what is voted on.
        member_id: who votes.
        choice: their vote.
        reason: why, for an objection.
        now: aware UTC.

    Raises:
        FactorNotFound: there is none with this id in this programme.
        FactorClosed, FactorMerged: it was decided or withdrawn, or merged into another.
        VotingNotOpen, VotingOver: it takes no votes yet, or no more.
        NotAParticipant: the member is with no organisation.
        NoTracks: their organisation takes part in no track.
        OtherTrack: their organisation takes no part in the factor's track.
        TrackArchived: the factor's track takes no votes any more.
        TextMissing: an objection whose reason holds nothing.
    """
    participant_id, organisation_id = _need_may_vote(
        session, programme_id, factor_id, member_id, now=now
    )
    mine = _ballot(session, factor_id, participant_id)
    taken_back = mine == Ballot(choice) and reason is None
    after = None if taken_back else choice
    if after is Choice.OBJECT and not texts.clean(reason or ""):
        raise TextMissing
    _keep(session, factor_id, participant_id, after, _kept_reason(reason), now)
    presence.seen(session, programme_id, member_id, now=now)
    journal.write(
        session, programme_id, now, member_id, "factor.voted", factor_id,
        organisation=organisation_id, before=mine.choice, after=after,
    )  # fmt: skip
    voters.make_due(session, factor_id)


def still_mine(
    session: Session, programme_id: int, factor_id: int, member_id: int, *, now: datetime
) -> FactorView:
    """Confirm a vote from before an edit: it counts as one on the text of now.

    Raises:
        As :func:`vote`.
    """
    row, who = need_voter(session, programme_id, factor_id, member_id, now=now)
    mine = kept_votes.latest(session, factor_id, who.id)
    if mine is None or mine.choice is None or not mine.before_edit:
        return views.view(session, row, now)
    _keep(session, factor_id, who.id, mine.choice, mine.reason, now)
    presence.seen(session, programme_id, member_id, now=now)
    journal.write(
        session, programme_id, now, member_id, "factor.voted", factor_id,
        organisation=who.organisation_id, before=mine.choice, after=mine.choice,
    )  # fmt: skip
    return recount(session, row, now)


def need_voter(
    session: Session, programme_id: int, factor_id: int, member_id: int, *, now: datetime
) -> tuple[Factor, ParticipantView]:
    """The open factor and the participant, if this one may vote on it now.

    Raises:
        As :func:`vote`, but for TextMissing.
    """
    row = kept.find(session, programme_id, factor_id)
    if row is None:
        raise FactorNotFound
    need_open(session, row)
    who = participants.need(session, programme_id, member_id)
    if not who.tracks:
        raise NoTracks(organisation=who.organisation)
    if row.track_id is not None:
        mine = next((track for track in who.tracks if track.id == row.track_id), None)
        if mine is None:
            track = next(t for t in tracks.all_of(session, programme_id) if t.id == row.track_id)
            raise OtherTrack(organisation=who.organisation, track=track.name)
        if mine.archived:
            raise TrackArchived(track=mine.name)
    _need_taking_votes(row, now)
    return row, who


def ballot(
    session: Session, programme_id: int, factor_id: int, member_id: int, *, now: datetime
) -> Ballot:
    """What a member who may vote on the factor has voted.

    Raises:
        As :func:`need_voter`.
    """
    _, who = need_voter(session, programme_id, factor_id, member_id, now=now)
    return _ballot(session, factor_id, who.id)


def cast_by(session: Session, factor_id: int, participant_id: int) -> Ballot:
    """What a participant has voted on a factor, whatever has become of either."""
    return _ballot(session, factor_id, participant_id)


def objections(
    session: Session, programme_id: int, factor_id: int, *, now: datetime
) -> list[Objection]:
    """The objections that count for a factor, newest first.

    Raises:
        FactorNotFound: there is none with this id in this programme.
    """
    if kept.find(session, programme_id, factor_id) is None:
        raise FactorNotFound
    found = []
    for each in tallies.counted(session, factor_id, now):
        if each.choice is Choice.OBJECT:
            organisation = organisations.find(session, programme_id, each.organisation_id)
            name = organisation.name if organisation else ""
            found.append(Objection(name, each.reason or "", each.before_edit))
    return found


def recount(session: Session, row: Factor, now: datetime) -> FactorView:
    """Bring what lists are ordered by up to date, and the card's revision up.

    A standing that changed is noted, for the digest. Of a factor that is merged, everything stays
    as it was: its votes count elsewhere.
    """
    session.flush()
    seen = views.view(session, row, now)
    tally = seen.tally
    if row.merged_into_id is None:
        if tally.standing.value != row.standing:
            moved = {"before": row.standing, "after": tally.standing.value}
            journal.write(session, row.programme_id, now, None, "factor.moved", row.id, **moved)
        row.standing, row.score, row.split = tally.standing.value, tally.score, tally.split
    row.recount_due = False
    row.revision += 1
    session.add(row)
    session.flush()
    return replace(seen, revision=row.revision)


def need_open(session: Session, row: Factor) -> None:
    """Let only a factor pass that is open.

    Raises:
        FactorClosed, FactorMerged: it was decided or withdrawn, or merged into another.
    """
    into = session.get(Factor, row.merged_into_id) if row.merged_into_id else None
    if into is not None:
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


def _ballot(session: Session, factor_id: int, participant_id: int) -> Ballot:
    mine = kept_votes.latest(session, factor_id, participant_id)
    return Ballot(mine.choice, mine.before_edit and mine.choice is not None) if mine else Ballot()


def _need_may_vote(
    session: Session, programme_id: int, factor_id: int, member_id: int, *, now: datetime
) -> tuple[int, int]:
    """The participant and their organisation, if they may vote on the factor now.

    Raises:
        As :func:`need_voter`, which is asked only where something is in the way.
    """
    found = voters.before(session, programme_id, factor_id, member_id)
    if (
        found
        and found.inside
        and found.status is FactorStatus.OPEN
        and views.voting(found, now) is Voting.OPEN
    ):
        return found.participant_id, found.organisation_id
    _, who = need_voter(session, programme_id, factor_id, member_id, now=now)
    return who.id, who.organisation_id


def _keep(
    session: Session,
    factor_id: int,
    participant_id: int,
    choice: Choice | None,
    reason: str | None,
    now: datetime,
) -> None:
    if choice is None and not kept_votes.cast_elsewhere(session, factor_id, participant_id):
        kept_votes.remove(session, factor_id, participant_id)
    else:
        reason = reason if choice is Choice.OBJECT else None
        kept_votes.put(session, factor_id, participant_id, choice, reason, now)


def _kept_reason(reason: str | None) -> str | None:
    if reason is None:
        return None
    masked, _ = texts.mask_identity_numbers(texts.clean(reason))
    return masked[: texts.REASON_LIMIT]
