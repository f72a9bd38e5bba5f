"""Drafts: what a person submitted stays theirs for a day, until they publish it."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session

from bot.domain.factors import draft_views, gentle, origins, wording
from bot.domain.factors.draft_views import DraftView
from bot.domain.factors.errors import DraftGone, NoTracks, OnlyArchivedTracks
from bot.domain.factors.wording import MainTexts, SideTexts
from bot.domain.kit import names
from bot.domain.kit.people import only_coordinators, the_programme
from bot.domain.members import participants
from bot.domain.members.errors import NotAParticipant
from bot.domain.organisations import organisations
from bot.domain.organisations.errors import OrganisationUnknown
from bot.domain.tracks.tracks import TrackView
from storage.desk import Desk
from storage.enums import FactorKind
from storage.factors import drafts as kept
from storage.factors import keyareas
from storage.factors.drafts import Draft
from storage.members import sight
from storage.organisations import organisations as kept_organisations
from storage.tracks import tracks as kept_tracks

KEPT_FOR = timedelta(hours=24)
ALL_TRACKS = "all"


@dataclass(frozen=True)
class Written(MainTexts):
    """What a person typed into the form; ``track`` is a track's id as text, or ``all``.

    ``source`` is the message that it began with (channel and message id). ``channels`` are where
    it was written: the channel, and for a thread what it belongs to.
    """

    kind: FactorKind
    track: str = ""
    source: tuple[int, int] | None = None
    channels: frozenset[int] = frozenset()


@dataclass(frozen=True)
class DraftDetails(SideTexts):
    """What *Add details* asks for; ``discreet`` names the organisation only."""

    key_area_id: int | None = None
    discreet: bool = False


@dataclass(frozen=True)
class DraftStart:
    """What the form offers this person: the tracks they may choose, and a draft of theirs.

    ``all_tracks`` says that a factor of all tracks is another choice than one of theirs.
    ``organisation_id`` and ``organisation`` are set where a coordinator writes on its behalf.
    """

    tracks: tuple[TrackView, ...]
    draft: DraftView | None = None
    all_tracks: bool = True
    organisation_id: int = 0
    organisation: str = ""


def start(desk: Desk, *, behalf: str = "") -> DraftStart:
    """What somebody can begin from: a participant, or a coordinator on another's behalf.

    Args:
        behalf: the organisation that a coordinator writes for, by its id or name.

    Raises:
        NotSetUp: the server has no programme.
        NotAParticipant: the person is with no organisation.
        CoordinatorsOnly, OrganisationNotFound: for another organisation.
        NoTracks: the organisation takes part in no track.
        OnlyArchivedTracks: all that it takes part in are archived.
    """
    the_programme(desk)
    organisation_id = None
    if behalf:
        only_coordinators(desk)
        organisation_id = organisations.need(desk, behalf).id
    who = draft_views.voice(desk, desk.asker.id, organisation_id)
    if who is None:
        raise NotAParticipant
    if not who.tracks:
        raise NoTracks(organisation=who.organisation)
    open_now = tuple(track for track in who.tracks if not track.archived)
    if not open_now:
        raise OnlyArchivedTracks(organisation=who.organisation)
    return DraftStart(
        tracks=open_now,
        draft=waiting(desk, organisation_id=organisation_id),
        all_tracks=len(organisations.open_tracks(desk)) > 1,
        organisation_id=organisation_id or 0,
        organisation=who.organisation if behalf else "",
    )


def waiting(desk: Desk, *, organisation_id: int | None = None) -> DraftView | None:
    """The newest draft that waits for a person; of those on an organisation's behalf, its own."""
    since = desk.now - KEPT_FOR
    row = kept.latest(desk, desk.asker.id, since, organisation_id=organisation_id)
    return draft_views.view(desk, row) if row else None


def save(desk: Desk, written: Written, *, draft_id: int = 0, organisation_id: int = 0) -> DraftView:
    """Keep what was typed, whatever is wrong with it, so that nothing has to be typed twice.

    Identity numbers are hidden before anything is kept. With ``draft_id`` an earlier draft is
    replaced; one that is gone meanwhile is kept anew. With ``organisation_id`` a coordinator
    writes on its behalf. A new draft names the meeting that is on where it was written.

    Whoever has left meanwhile, or the track, keeps it too: it is named among the problems.

    Raises:
        NotSetUp: the server has no programme.
        OrganisationUnknown: the organisation is another programme's.
    """
    the_programme(desk)
    row = kept.find(desk, desk.asker.id, draft_id) if draft_id else None
    behalf = row.organisation_id if row else organisation_id or None
    if behalf and kept_organisations.find(desk, behalf) is None:
        raise OrganisationUnknown(name=str(behalf))
    who = draft_views.voice(desk, desk.asker.id, behalf)
    said, masked = wording.kept(written, MainTexts)
    values: dict[str, Any] = {
        **said,
        "organisation_id": behalf,
        "track_id": _track_id(desk, written.track, who.tracks if who else ()),
        "kind": written.kind,
        "saved_at": desk.now,
    }
    if written.source is not None:
        values["source_channel_id"], values["source_message_id"] = written.source
    if row is None:
        values["occurrence_id"] = origins.here(desk, written.channels)
        row = Draft(programme_id=desk.programme_id, member_id=desk.asker.id, **values)
    view = _keep(desk, row, values, masked=masked)
    forget_old(desk.session, now=desk.now)
    return view


def add_details(desk: Desk, draft_id: int, details: DraftDetails) -> DraftView:
    """Add what a draft may have beside what it must.

    Raises:
        NotSetUp: the server has no programme.
        DraftGone: it was published, or saved more than a day ago, or is somebody else's.
    """
    row = _need(desk, draft_id)
    said, masked = wording.kept(details, SideTexts)
    area = keyareas.find(desk, details.key_area_id or 0)
    values: dict[str, Any] = {
        **said,
        "key_area_id": area.id if area else None,
        "discreet": details.discreet,
        "saved_at": desk.now,
    }
    return _keep(desk, row, values, masked=masked)


def name_meeting(desk: Desk, draft_id: int, *, named: bool) -> DraftView:
    """Say whether a draft comes from the meeting that was on where it was submitted.

    Raises:
        NotSetUp, DraftGone: as :func:`add_details`.
    """
    row = _need(desk, draft_id)
    row.apart = not named
    desk.session.add(row)
    desk.session.flush()
    return draft_views.view(desk, row)


def view(desk: Desk, draft_id: int) -> DraftView:
    """A draft of the person's own.

    Raises:
        NotSetUp: the server has no programme.
        NotAParticipant: the author is with no organisation, and writes for none.
        DraftGone: it was published, or saved more than a day ago, or is somebody else's.
    """
    row = kept.find(desk, desk.asker.id, draft_id)
    if row is None or row.organisation_id is None:
        participants.need(desk, desk.asker.id)
    return draft_views.view(desk, _need(desk, draft_id))


def drop(desk: Desk, draft_id: int) -> None:
    """Forget a draft because its author says so.

    Raises:
        NotSetUp: the server has no programme.
        DraftGone: as :func:`view`.
    """
    desk.session.delete(_need(desk, draft_id))


def discard(desk: Desk, draft_id: int) -> None:
    """Forget a draft: it has become a factor."""
    row = desk.session.get(Draft, draft_id)
    if row is not None:
        desk.session.delete(row)


def forget_old(session: Session, *, now: datetime) -> None:
    """Delete the drafts whose day is over."""
    kept.forget(session, now - KEPT_FOR)


def _need(desk: Desk, draft_id: int) -> Draft:
    the_programme(desk)
    row = kept.find(desk, desk.asker.id, draft_id)
    if row is None or row.saved_at < desk.now - KEPT_FOR:
        raise DraftGone
    return row


def _keep(desk: Desk, row: Draft, values: dict[str, Any], *, masked: bool) -> DraftView:
    desk.session.add(row.sqlmodel_update(values))
    desk.session.flush()
    shown = draft_views.view(desk, row)
    asks = not row.asked and not shown.problems and not gentle.tells_how(row.how)
    row.asked = row.asked or asks
    desk.session.add(row)
    return replace(shown, masked=masked, question=asks)


def _track_id(desk: Desk, said: str, offered: tuple[TrackView, ...]) -> int | None:
    """The track that was chosen, the person's or not; without one, the first of theirs."""
    if said == ALL_TRACKS:
        return None
    key = names.id_said(said)
    if key is not None and kept_tracks.find(desk, key) and sight.sees(desk, key):
        return key
    return min(offered, key=lambda track: track.archived).id if offered else None
