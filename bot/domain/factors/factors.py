"""Factors: publishing them, finding one."""

from collections.abc import Collection, Sequence
from datetime import timedelta

from bot.domain.factors import drafts, pace, presence, views, wording
from bot.domain.factors.draft_views import DraftView
from bot.domain.factors.errors import (
    DraftUnfinished,
    FactorMistyped,
    FactorNotFound,
    FactorsAlike,
)
from bot.domain.factors.views import FactorView
from bot.domain.kit import names
from bot.domain.kit.people import the_programme
from bot.domain.posts import planning
from bot.domain.posts.planning import Post
from bot.domain.talk import messages
from bot.domain.talk.messages import SaidMessage
from storage import journal
from storage.desk import Desk
from storage.enums import FactorStatus, Way
from storage.factors import factors as kept
from storage.factors import finding
from storage.factors.factors import Factor
from storage.kit.identity import exact
from storage.members import participants as kept_participants
from storage.members import sight
from storage.members.participants import Participant
from storage.search import stems, terms
from storage.search.matching import Within
from storage.search.stems import words
from storage.tracks import tracks as kept_tracks

CARD = "factor.card"
_AT_ONCE, _PROMISED = timedelta(minutes=1), timedelta(days=7)
_COMPARED = 100
_LIKE = 3  # so many titles that are like what was typed are told


def publish(desk: Desk, draft_id: int) -> FactorView:
    """Make a factor of a draft; one on an organisation's behalf takes a coordinator.

    Args:
        draft_id: which draft.

    Raises:
        NotSetUp, NotAParticipant, CoordinatorsOnly: as in :mod:`bot.domain.factors.drafts`.
        DraftGone: it was published already, or its day is over.
        DraftUnfinished: it has no title or no HOW.
        TooManyFactors, FactorCopied: as :func:`bot.domain.factors.pace.need_room`.
    """
    draft = drafts.view(desk, draft_id)
    if draft.problems:
        raise DraftUnfinished
    pace.need_room(desk, desk.asker.id, draft)
    [row] = make(desk, desk.asker.id, [draft])
    drafts.discard(desk, draft_id)
    presence.seen(desk, desk.asker.id)
    promise_cards(desk, [row.id or 0])
    return views.view(desk, row)


def promise_cards(desk: Desk, factor_ids: Sequence[int]) -> None:
    """See that the cards of new factors are posted, whatever comes between.

    Whoever publishes posts them at once; what is missing after a minute is taken up.
    """
    first = factor_ids[0]
    card = Post(
        key=f"{CARD}:{first}",
        kind=CARD,
        subject_id=first,
        way=Way.WORK,
        due_at=desk.now + _AT_ONCE,
        expires_at=desk.now + _PROMISED,
        data={"ids": list(factor_ids)},
    )
    planning.plan(desk, [card])


def make(desk: Desk, member_id: int, drafts: Sequence[DraftView]) -> list[Factor]:
    """Make factors of what was found fit to be some; for use cases. Every factor begins here.

    Hundreds at once hold up nobody: each step is a few statements for all of them.
    """
    who = kept_participants.current(desk, member_id)
    rows = [_row(desk, who, draft) for draft in drafts]
    kept.add(desk, rows)
    texts = [(row.id or 0, row.title, row.how, row.context) for row in rows]
    terms.put_new(desk.session, desk.programme_id, texts)
    entries = [
        journal.entry(
            desk.programme_id, desk.now, member_id, "factor.published", row.id, track=row.track_id
        )
        for row in rows
    ]
    journal.write_all(desk.session, entries)
    return rows


def posted(
    desk: Desk, factor_id: int, *, channel_id: int, message_id: int, thread_id: int | None
) -> FactorView:
    """Remember where the factor's card is (Discord ids).

    Raises:
        FactorNotFound: there is none with this id in this programme.
    """
    row = need(desk, factor_id)
    row.channel_id, row.message_id, row.thread_id = channel_id, message_id, thread_id
    desk.session.add(row)
    desk.session.flush()
    return views.view(desk, row)


def lost(desk: Desk, message_ids: Sequence[int], thread_id: int | None) -> None:
    """Note that messages or a thread are gone from Discord, whatever they were.

    Cards among them stand nowhere until they are posted again.
    """
    if message_ids:
        kept.forget_messages(desk, message_ids)
    if thread_id is not None:
        kept.forget_thread(desk, thread_id)


def heard(desk: Desk, said: Collection[SaidMessage]) -> None:
    """Count messages, as :func:`messages.count` does, and for the factors whose threads hold them.

    Args:
        said: of each channel or thread all that followed the last that was counted there.
    """
    for thread_id, number in messages.count(desk, said).items():
        kept.discussed(desk, thread_id, number)


def show(desk: Desk, factor_id: int) -> FactorView:
    """A factor.

    Raises:
        FactorNotFound: there is none with this id in this programme.
    """
    return views.view(desk, need(desk, factor_id))


def named(desk: Desk, said: str) -> FactorView:
    """The factor that a person named, by its id from a list or by its title.

    Args:
        said: what they wrote; a title is meant exactly.

    Raises:
        NotSetUp: the server has no programme.
        FactorNotFound: there is none of this title, nor any that is like it.
        FactorMistyped: nor of this title, but ``like`` holds the titles that are like it.
        FactorsAlike: several have this title.
    """
    the_programme(desk)
    key = names.id_said(said)
    if key is not None and (row := kept.find(desk, key)):
        return views.view(desk, row)
    found = suggest(desk, said, _COMPARED) if stems.fold(said) else []
    same = [factor_id for factor_id, title in found if exact(title) == exact(said)]
    if len(same) > 1:
        raise FactorsAlike(name=said)
    if same:
        return show(desk, same[0])
    if found:
        like = " · ".join(title for _, title in found[:_LIKE])
        raise FactorMistyped(name=said, like=like)
    raise FactorNotFound


def suggest(
    desk: Desk, typed: str, limit: int, *, statuses: Collection[FactorStatus] = ()
) -> list[tuple[int, str]]:
    """Ids and titles of the factors that fit what was typed, best first, then newest.

    Those that are not there for whoever asks are left out.

    Args:
        typed: what the person has written so far.
        limit: at most so many.
        statuses: only those of these; any without.
    """
    within = Within(desk.programme_id, statuses=tuple(statuses), hidden=sight.hidden(desk))
    found = []
    if words(typed) or not stems.fold(typed):
        found = finding.titles(desk, within, typed, limit)
    if not found:  # signs, or words that are written together: among the newest, letter by letter
        recent = dict(finding.titles(desk, within, "", _COMPARED))
        found = [(key, recent[key]) for key in names.closest(typed, recent, limit)]
    return found


def need(desk: Desk, factor_id: int) -> Factor:
    """The row of a factor, for use cases.

    Raises:
        FactorNotFound: there is none with this id in this programme.
    """
    row = kept.find(desk, factor_id)
    if row is None:
        raise FactorNotFound
    return row


def _row(desk: Desk, who: Participant | None, draft: DraftView) -> Factor:
    track = kept_tracks.find(desk, draft.track.id) if draft.track else None
    opens_at = desk.now + timedelta(days=track.discussion_days) if track else desk.now
    voting_days = track.voting_days if track else 0
    return Factor(
        programme_id=desk.programme_id,
        track_id=track.id if track else None,
        **wording.columns(draft),
        folded=stems.fold(draft.title),
        kind=draft.kind,
        key_area_id=draft.key_area_id,
        participant_id=who.id if who and not draft.on_behalf else None,
        organisation_id=draft.organisation_id,
        on_behalf=draft.on_behalf,
        discreet=draft.discreet,
        opens_at=opens_at if opens_at > desk.now else None,
        closes_at=opens_at + timedelta(days=voting_days) if voting_days else None,
        source_channel_id=draft.source[0] if draft.source else None,
        source_message_id=draft.source[1] if draft.source else None,
        occurrence_id=draft.meeting.occurrence_id if draft.meeting and not draft.apart else None,
        created_at=desk.now,
    )
