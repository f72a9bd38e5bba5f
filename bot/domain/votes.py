"""Votes on factors: casting, changing and taking back."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from bot.domain import factors, members, participants, texts, tracks
from bot.domain.errors import FactorClosed, NoTracks, OtherTrack, TextMissing, TrackArchived
from bot.domain.factors import FactorView
from bot.domain.participants import ParticipantView
from storage import factors as kept
from storage import journal, organisations
from storage.enums import Choice, FactorStatus
from storage.factors import Factor


@dataclass(frozen=True)
class Objection:
    """Why a participant of an organisation objects. Nobody is told who it is."""

    organisation: str
    reason: str


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
    """Record a participant's vote; the same choice again takes it back.

    An objection with a reason never takes anything back: it replaces the reason.

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
        FactorClosed: it has been decided, withdrawn or merged.
        NotAParticipant: the member is with no organisation.
        NoTracks: their organisation takes part in no track.
        OtherTrack: their organisation takes no part in the factor's track.
        TrackArchived: the factor's track takes no votes any more.
        TextMissing: an objection whose reason holds nothing.
    """
    row, who = need_voter(session, programme_id, factor_id, member_id)
    members.seen(session, programme_id, member_id, now=now)
    before = kept.vote_of(session, factor_id, who.id)
    after = None if before is choice and reason is None else choice
    _keep(session, factor_id, who.id, after, reason, now)
    session.refresh(row)
    journal.write(
        session,
        programme_id,
        now,
        member_id,
        "factor.voted",
        factor_id,
        organisation=who.organisation_id,
        before=before,
        after=after,
    )
    return factors.views_of(session, programme_id, [row])[0]


def need_voter(
    session: Session, programme_id: int, factor_id: int, member_id: int
) -> tuple[Factor, ParticipantView]:
    """The open factor and the participant, if this one may vote on it.

    Raises:
        FactorNotFound, FactorClosed, NotAParticipant, NoTracks, OtherTrack,
        TrackArchived: as :func:`vote`.
    """
    row = factors.need(session, programme_id, factor_id)
    if row.status is not FactorStatus.OPEN:
        raise FactorClosed(title=row.title)
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
    return row, who


def current_choice(
    session: Session, programme_id: int, factor_id: int, member_id: int
) -> Choice | None:
    """What a member who may vote on the factor has voted, if anything.

    Raises:
        FactorNotFound, FactorClosed, NotAParticipant, NoTracks, OtherTrack,
        TrackArchived: as :func:`vote`.
    """
    _, who = need_voter(session, programme_id, factor_id, member_id)
    return kept.vote_of(session, factor_id, who.id)


def objections(session: Session, programme_id: int, factor_id: int, limit: int) -> list[Objection]:
    """The newest objections to a factor.

    Raises:
        FactorNotFound: there is none with this id in this programme.
    """
    factors.need(session, programme_id, factor_id)
    found = []
    for organisation_id, reason in kept.objections(session, factor_id, limit):
        organisation = organisations.find(session, programme_id, organisation_id)
        found.append(Objection(organisation.name if organisation else "", reason))
    return found


def _keep(
    session: Session,
    factor_id: int,
    participant_id: int,
    choice: Choice | None,
    reason: str | None,
    now: datetime,
) -> None:
    if choice is Choice.OBJECT and not texts.clean(reason or ""):
        raise TextMissing
    if choice is None:
        kept.remove_vote(session, factor_id, participant_id)
    else:
        kept.set_vote(session, factor_id, participant_id, choice, _kept_reason(reason), now)
    kept.touch(session, factor_id)


def _kept_reason(reason: str | None) -> str | None:
    if reason is None:
        return None
    masked, _ = texts.mask_identity_numbers(texts.clean(reason))
    return masked[: texts.REASON_LIMIT]
