"""What its author sees of a draft, and for whom it speaks."""

from dataclasses import dataclass

from bot.domain.factors import origins, wording
from bot.domain.factors.origins import Origin
from bot.domain.factors.wording import FactorText, MainTexts
from bot.domain.kit.errors import CoordinatorsOnly
from bot.domain.kit.links import message_url
from bot.domain.kit.people import is_coordinator, the_programme
from bot.domain.members import participants
from bot.domain.members.errors import NotAParticipant
from bot.domain.tracks import tracks
from bot.domain.tracks.tracks import TrackView
from storage.desk import Desk
from storage.enums import FactorKind, Language
from storage.factors import keyareas
from storage.factors.drafts import Draft
from storage.organisations import organisations
from storage.tracks import tracks as kept_tracks


@dataclass(frozen=True, kw_only=True)
class DraftView(FactorText):
    """A draft as its author sees it. ``problems`` are catalogue keys; with any it can't go out.

    ``organisation`` is empty while the author takes part for none; ``on_behalf`` says that a
    coordinator writes for it. ``source`` is the message that it began with (channel, message).
    ``masked`` says that an identity number was hidden in what was typed, ``question`` that HOW
    holds no doing and that nobody has asked about it yet. ``meeting`` is what was on where it was
    submitted; ``apart`` that the factor will not name it.
    """

    id: int
    programme_id: int
    language: Language
    kind: FactorKind
    key_area_id: int | None
    key_area: str | None
    track: TrackView | None
    organisation_id: int
    organisation: str
    on_behalf: bool
    discreet: bool
    source: tuple[int, int] | None
    problems: tuple[str, ...] = ()
    masked: bool = False
    question: bool = False
    meeting: Origin | None = None
    apart: bool = False

    @property
    def source_url(self) -> str | None:
        """The address of the message that it began with."""
        return message_url(self.programme_id, *self.source) if self.source else None


@dataclass(frozen=True)
class Voice:
    """Whom a draft speaks for, and the tracks that this one takes part in."""

    organisation_id: int
    organisation: str
    tracks: tuple[TrackView, ...]


def voice(desk: Desk, member_id: int, organisation_id: int | None) -> Voice | None:
    """Whom a member speaks for: their own organisation, or this one; None if there is none."""
    if organisation_id is None:
        try:
            who = participants.need(desk, member_id)
        except NotAParticipant:
            return None
        return Voice(who.organisation_id, who.organisation, who.tracks)
    row = organisations.find(desk, organisation_id)
    inside = organisations.tracks_of(desk, organisation_id) if row else []
    return Voice(organisation_id, row.name, tuple(map(tracks.view, inside))) if row else None


def view(desk: Desk, row: Draft) -> DraftView:
    """A draft, for its author."""
    programme_id = row.programme_id
    who = voice(desk, desk.asker.id, row.organisation_id)
    track = kept_tracks.find(desk, row.track_id) if row.track_id else None
    area = keyareas.find(desk, row.key_area_id or 0)
    meeting = origins.of(desk, [row.occurrence_id]).get(row.occurrence_id)
    channel_id, message_id = row.source_channel_id, row.source_message_id
    return DraftView(
        id=row.id or 0,
        programme_id=programme_id,
        language=the_programme(desk).language,
        **wording.columns(row),
        kind=row.kind,
        key_area_id=area.id if area else None,
        key_area=area.name if area else None,
        track=tracks.view(track) if track else None,
        organisation_id=who.organisation_id if who else 0,
        organisation=who.organisation if who else "",
        on_behalf=row.organisation_id is not None,
        discreet=row.discreet,
        source=(channel_id, message_id) if channel_id and message_id else None,
        problems=tuple(_problems(desk, row, who)),
        meeting=meeting if meeting and meeting.named_in(row.track_id) else None,
        apart=row.apart,
    )


def _problems(desk: Desk, row: Draft, who: Voice | None) -> list[str]:
    said = wording.columns(row, MainTexts)
    problems = [f"draft.problem.{part}" for part, text in said.items() if not text]
    if who is None:
        return [*problems, NotAParticipant().key]
    if row.organisation_id is not None and not is_coordinator(desk):
        problems.append(CoordinatorsOnly().key)
    inside = {track.id: track for track in who.tracks}
    if not inside or (row.track_id is not None and row.track_id not in inside):
        problems.append("draft.problem.track")
    elif row.track_id is not None and inside[row.track_id].archived:
        problems.append("draft.problem.archived")
    return problems
