"""Drafts: what a person submitted stays theirs for a day, until they publish it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session

from bot.domain import names, participants, texts, tracks
from bot.domain.errors import DraftGone, NotAParticipant, NoTracks, OnlyArchivedTracks
from bot.domain.participants import ParticipantView
from bot.domain.people import need_programme
from bot.domain.tracks import TrackView
from storage import factors as kept
from storage import tracks as kept_tracks
from storage.enums import FactorKind, Language
from storage.factors import Draft

KEPT_FOR = timedelta(hours=24)
ALL_TRACKS = "all"


@dataclass(frozen=True)
class Written:
    """What a person typed into the form; ``track`` is a track's id as text, or ``all``."""

    title: str
    kind: FactorKind
    how: str
    track: str = ""


@dataclass(frozen=True)
class DraftView:
    """A draft as its author sees it. ``problems`` are catalogue keys; with any it can't go out.

    ``organisation`` is empty while the author takes part for none; ``masked`` says that an
    identity number was hidden in what was typed.
    """

    id: int
    language: Language
    title: str
    kind: FactorKind
    how: str
    track: TrackView | None
    organisation: str
    problems: tuple[str, ...] = ()
    masked: bool = False


@dataclass(frozen=True)
class Start:
    """What the form offers this person: the tracks they may choose, and a draft of theirs."""

    tracks: tuple[TrackView, ...]
    draft: DraftView | None


def start(session: Session, programme_id: int, member_id: int, *, now: datetime) -> Start:
    """What a participant can begin from.

    Raises:
        NotSetUp: the server has no programme.
        NotAParticipant: the member is with no organisation.
        NoTracks: their organisation takes part in no track.
        OnlyArchivedTracks: all that it takes part in are archived.
    """
    who = participants.need(session, programme_id, member_id)
    if not who.tracks:
        raise NoTracks(organisation=who.organisation)
    open_now = tuple(track for track in who.tracks if not track.archived)
    if not open_now:
        raise OnlyArchivedTracks(organisation=who.organisation)
    row = kept.latest_draft(session, programme_id, member_id, now - KEPT_FOR)
    return Start(open_now, _view(session, row, who) if row else None)


def save(
    session: Session,
    programme_id: int,
    member_id: int,
    written: Written,
    *,
    draft_id: int | None = None,
    now: datetime,
) -> DraftView:
    """Keep what was typed, whatever is wrong with it, so that nothing has to be typed twice.

    Identity numbers are hidden before anything is kept. With ``draft_id`` an earlier draft is
    replaced; one that is gone meanwhile is kept anew.

    Whoever has left meanwhile, or the track, keeps it too: it is named among the problems.

    Raises:
        NotSetUp: the server has no programme.
    """
    who = _who(session, programme_id, member_id)
    track_id = _track_id(session, programme_id, written.track, who.tracks if who else ())
    title, in_title = texts.mask_identity_numbers(texts.clean_line(written.title))
    how, in_how = texts.mask_identity_numbers(texts.clean(written.how))
    row = kept.find_draft(session, programme_id, member_id, draft_id) if draft_id else None
    values: dict[str, Any] = {
        "track_id": track_id,
        "title": title[: texts.TITLE_LIMIT],
        "kind": written.kind,
        "how": how[: texts.HOW_LIMIT],
        "saved_at": now,
    }
    row = row or Draft(programme_id=programme_id, member_id=member_id, **values)
    session.add(row.sqlmodel_update(values))
    session.flush()
    forget_old(session, now=now)
    return _view(session, row, who, masked=in_title or in_how)


def view(
    session: Session,
    programme_id: int,
    member_id: int,
    draft_id: int,
    *,
    now: datetime,
) -> DraftView:
    """A draft of the member's own.

    Raises:
        NotSetUp, NotAParticipant: as :func:`start`.
        DraftGone: it was published, or saved more than a day ago, or is somebody else's.
    """
    who = participants.need(session, programme_id, member_id)
    row = kept.find_draft(session, programme_id, member_id, draft_id)
    if row is None or row.saved_at < now - KEPT_FOR:
        raise DraftGone
    return _view(session, row, who)


def discard(session: Session, draft_id: int) -> None:
    """Forget a draft: it has become a factor."""
    row = session.get(Draft, draft_id)
    if row is not None:
        session.delete(row)


def forget_old(session: Session, *, now: datetime) -> None:
    """Delete the drafts whose day is over."""
    kept.forget_drafts(session, now - KEPT_FOR)


def _who(session: Session, programme_id: int, member_id: int) -> ParticipantView | None:
    try:
        return participants.need(session, programme_id, member_id)
    except NotAParticipant:
        return None


def _track_id(
    session: Session, programme_id: int, said: str, offered: tuple[TrackView, ...]
) -> int | None:
    """The track that was chosen, the person's or not; without one, the first of theirs."""
    if said == ALL_TRACKS:
        return None
    key = names.id_said(said)
    if key is not None and kept_tracks.find(session, programme_id, key):
        return key
    return min(offered, key=lambda track: track.archived).id if offered else None


def _problems(row: Draft, who: ParticipantView | None) -> list[str]:
    problems = [f"draft.problem.{part}" for part in ("title", "how") if not getattr(row, part)]
    if who is None:
        return [*problems, NotAParticipant().key]
    inside = {track.id: track for track in who.tracks}
    if not inside or (row.track_id is not None and row.track_id not in inside):
        problems.append("draft.problem.track")
    elif row.track_id is not None and inside[row.track_id].archived:
        problems.append("draft.problem.archived")
    return problems


def _view(
    session: Session, row: Draft, who: ParticipantView | None, *, masked: bool = False
) -> DraftView:
    track = kept_tracks.find(session, row.programme_id, row.track_id) if row.track_id else None
    return DraftView(
        id=row.id or 0,
        language=need_programme(session, row.programme_id).language,
        title=row.title,
        kind=row.kind,
        how=row.how,
        track=tracks.view(track) if track else None,
        organisation=who.organisation if who else "",
        problems=tuple(_problems(row, who)),
        masked=masked,
    )
