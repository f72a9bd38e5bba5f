"""Factors: publishing them, finding one."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from sqlmodel import Session

from bot.domain.factors import drafts, pace, presence, views
from bot.domain.factors.draft_views import DraftView
from bot.domain.factors.errors import DraftUnfinished, FactorNotFound
from bot.domain.factors.views import FactorView
from bot.domain.kit import names
from bot.domain.kit.people import need_programme
from bot.domain.talk import messages
from bot.domain.talk.messages import SaidMessage
from storage import journal
from storage.desk import Person
from storage.enums import FactorStatus
from storage.factors import factors as kept
from storage.factors import finding
from storage.factors.factors import Factor
from storage.members import participants as kept_participants
from storage.search import stems, terms
from storage.search.matching import Within
from storage.search.stems import words
from storage.tracks import tracks as kept_tracks

_COMPARED = 100


def publish(
    session: Session, programme_id: int, person: Person, draft_id: int, *, now: datetime
) -> FactorView:
    """Make a factor of a draft; one on an organisation's behalf takes a coordinator.

    Args:
        session: the transaction.
        programme_id: the server.
        person: the draft's author.
        draft_id: which draft.
        now: aware UTC.

    Raises:
        NotSetUp, NotAParticipant, CoordinatorsOnly: as in :mod:`bot.domain.factors.drafts`.
        DraftGone: it was published already, or its day is over.
        DraftUnfinished: it has no title or no HOW.
        TooManyFactors, FactorCopied: as :func:`bot.domain.factors.pace.need_room`.
    """
    draft = drafts.view(session, programme_id, person, draft_id, now=now)
    if draft.problems:
        raise DraftUnfinished
    pace.need_room(session, person.id, draft, now=now)
    row = make(session, programme_id, person.id, draft, now=now)
    drafts.discard(session, draft_id)
    presence.seen(session, programme_id, person.id, now=now)
    return views.view(session, row, now)


def make(
    session: Session, programme_id: int, member_id: int, draft: DraftView, *, now: datetime
) -> Factor:
    """Make a factor of what was found fit to be one; for use cases. Every factor begins here."""
    row = kept.add(session, _row(session, programme_id, member_id, draft, now))
    terms.put(session, row.id or 0, programme_id, row.title, row.how, row.context)
    journal.write(
        session, programme_id, now, member_id, "factor.published", row.id, track=row.track_id
    )
    return row


def posted(
    session: Session,
    programme_id: int,
    factor_id: int,
    *,
    channel_id: int,
    message_id: int,
    thread_id: int | None,
    now: datetime,
) -> FactorView:
    """Remember where the factor's card is (Discord ids).

    Raises:
        FactorNotFound: there is none with this id in this programme.
    """
    row = need(session, programme_id, factor_id)
    row.channel_id, row.message_id, row.thread_id = channel_id, message_id, thread_id
    session.add(row)
    session.flush()
    return views.view(session, row, now)


def lost(
    session: Session, programme_id: int, message_ids: Sequence[int], thread_id: int | None
) -> None:
    """Note that messages or a thread are gone from Discord, whatever they were.

    Cards among them stand nowhere until they are posted again.
    """
    if message_ids:
        kept.forget_messages(session, programme_id, message_ids)
    if thread_id is not None:
        kept.forget_thread(session, programme_id, thread_id)


def heard(session: Session, programme_id: int, said: Collection[SaidMessage]) -> None:
    """Count messages, as :func:`messages.count` does, and for the factors whose threads hold them.

    Args:
        session: the transaction.
        programme_id: the server.
        said: of each channel or thread all that followed the last that was counted there.
    """
    for thread_id, number in messages.count(session, programme_id, said).items():
        kept.discussed(session, programme_id, thread_id, number)


def show(session: Session, programme_id: int, factor_id: int, *, now: datetime) -> FactorView:
    """A factor.

    Raises:
        FactorNotFound: there is none with this id in this programme.
    """
    return views.view(session, need(session, programme_id, factor_id), now)


def named(session: Session, programme_id: int, said: str, *, now: datetime) -> FactorView:
    """The factor that a person named, by its id from a list or by its title.

    Raises:
        NotSetUp: the server has no programme.
        FactorNotFound: there is none like it.
    """
    need_programme(session, programme_id)
    key = names.id_said(said)
    if key is not None and (row := kept.find(session, programme_id, key)):
        return views.view(session, row, now)
    found = suggest(session, programme_id, said, 1) if stems.fold(said) else []
    if not found:
        raise FactorNotFound
    return show(session, programme_id, found[0][0], now=now)


def suggest(
    session: Session,
    programme_id: int,
    typed: str,
    limit: int,
    *,
    statuses: Collection[FactorStatus] = (),
) -> list[tuple[int, str]]:
    """Ids and titles of the factors that fit what was typed, best first, then newest.

    Args:
        session: the transaction.
        programme_id: the server.
        typed: what the person has written so far.
        limit: at most so many.
        statuses: only those of these; any without.
    """
    within = Within(programme_id, statuses=tuple(statuses))
    found = []
    if words(typed) or not stems.fold(typed):
        found = finding.titles(session, within, typed, limit)
    if not found:  # signs, or words that are written together: among the newest, letter by letter
        recent = dict(finding.titles(session, within, "", _COMPARED))
        found = [(key, recent[key]) for key in names.closest(typed, recent, limit)]
    return found


def need(session: Session, programme_id: int, factor_id: int) -> Factor:
    """The row of a factor, for use cases.

    Raises:
        FactorNotFound: there is none with this id in this programme.
    """
    row = kept.find(session, programme_id, factor_id)
    if row is None:
        raise FactorNotFound
    return row


def _row(
    session: Session, programme_id: int, member_id: int, draft: DraftView, now: datetime
) -> Factor:
    track = kept_tracks.find(session, programme_id, draft.track.id) if draft.track else None
    opens_at = now + timedelta(days=track.discussion_days) if track else now
    voting_days = track.voting_days if track else 0
    who = kept_participants.current(session, programme_id, member_id)
    return Factor(
        programme_id=programme_id,
        track_id=track.id if track else None,
        title=draft.title,
        folded=stems.fold(draft.title),
        kind=draft.kind,
        how=draft.how,
        context=draft.context,
        evidence=draft.evidence,
        key_area_id=draft.key_area_id,
        participant_id=who.id if who and not draft.on_behalf else None,
        organisation_id=draft.organisation_id,
        on_behalf=draft.on_behalf,
        discreet=draft.discreet,
        opens_at=opens_at if opens_at > now else None,
        closes_at=opens_at + timedelta(days=voting_days) if voting_days else None,
        source_channel_id=draft.source[0] if draft.source else None,
        source_message_id=draft.source[1] if draft.source else None,
        occurrence_id=draft.meeting.occurrence_id if draft.meeting and not draft.apart else None,
        created_at=now,
    )
