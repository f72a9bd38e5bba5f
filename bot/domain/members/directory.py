"""The organisations that take part: their tracks, their people, who answers for each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.kit import csvfiles, names
from bot.domain.kit.headings import said_for
from bot.domain.kit.pages import Page
from bot.domain.kit.people import is_coordinator, only_coordinators, the_programme
from bot.domain.organisations import organisations
from bot.domain.organisations.organisations import open_tracks
from bot.domain.tracks.tracks import SEPARATORS, TrackView, by_name, said_of
from bot.i18n.words import Words
from storage.desk import Desk
from storage.enums import Language
from storage.members import participants
from storage.organisations import organisations as organisations_organisations
from storage.organisations.organisations import Organisation

_SMALL = 15_000
_MEDIUM = 50_000


class SizeClass(StrEnum):
    """How large an organisation is, in words."""

    SMALL = "small"
    MEDIUM = "medium"
    LARGE = "large"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class OrganisationView:
    """An organisation, its tracks, and how many have joined it.

    ``contact_id`` is the member who answers for it. Only :func:`add` says ``returned`` (it took
    part before, and what it gave then is its own again) and ``alike``: whose names differ from its
    own in accents alone.
    """

    id: int
    name: str
    size: int | None
    tracks: tuple[TrackView, ...]
    participants: int
    contact_id: int | None = None
    returned: bool = False
    alike: tuple[str, ...] = ()

    @property
    def size_class(self) -> SizeClass:
        """Its size in words."""
        if self.size is None:
            return SizeClass.UNKNOWN
        if self.size < _SMALL:
            return SizeClass.SMALL
        return SizeClass.MEDIUM if self.size < _MEDIUM else SizeClass.LARGE


def all_of(desk: Desk) -> tuple[OrganisationView, ...]:
    """The programme's organisations in Swedish order.

    Raises:
        NotSetUp: the server has no programme.
    """
    the_programme(desk)
    rows = organisations_organisations.of_programme(desk)
    found = _views(desk, rows)
    return tuple(sorted(found, key=lambda view: names.swedish_order(view.name)))


def view(desk: Desk, row: Organisation) -> OrganisationView:
    """One organisation, as others see it."""
    return _views(desk, [row])[0]


def _views(desk: Desk, rows: Sequence[Organisation]) -> list[OrganisationView]:
    by_id = {track.id: track for track in open_tracks(desk)}
    inside = organisations_organisations.memberships(desk)
    joined = participants.counts(desk)
    contacts = participants.contacts(desk)
    return [
        OrganisationView(
            row.id or 0,
            row.name,
            row.size,
            tuple(by_id[key] for key in inside.get(row.id or 0, []) if key in by_id),
            joined.get(row.id or 0, 0),
            contacts.get(row.id or 0),
        )
        for row in rows
    ]


@dataclass(frozen=True)
class ContactView:
    """An organisation's contact person (a member's id), and who it was before a change."""

    organisation: str
    contact_id: int | None
    before_id: int | None = None


def contact(desk: Desk, said: str) -> ContactView:
    """Who answers for an organisation.

    Raises:
        NotSetUp: the server has no programme.
        OrganisationNotFound, OrganisationGone: it does not take part.
    """
    the_programme(desk)
    row = organisations.need(desk, said)
    return ContactView(row.name, participants.contacts(desk).get(row.id or 0))


PAGE_SIZE = 10
COLUMNS = ("name", "tracks", "size")


@dataclass(frozen=True)
class OrganisationPage:
    """Some of the organisations, for one who asks.

    ``everyone`` counts all that take part, and ``joined`` those of them that have a participant.
    ``waiting`` says that the list holds only those without. ``coordinating`` says that whoever
    asks is a coordinator.
    """

    organisations: Page[OrganisationView]
    everyone: int
    joined: int
    waiting: bool
    coordinating: bool


def listed(desk: Desk, *, page: int = 0, waiting: bool = False) -> OrganisationPage:
    """One page of the organisations in Swedish order; a page past the end is the last.

    Raises:
        NotSetUp: the server has no programme.
    """
    everyone = all_of(desk)
    chosen = [each for each in everyone if not (waiting and each.participants)]
    return OrganisationPage(
        organisations=Page.of(chosen, page, PAGE_SIZE),
        everyone=len(everyone),
        joined=sum(1 for each in everyone if each.participants),
        waiting=waiting,
        coordinating=is_coordinator(desk),
    )


def headings() -> dict[str, list[str]]:
    """What may head each column of a file of organisations, in every language."""
    return {column: said_for(f"column.organisations.{column}") for column in COLUMNS}


def export(desk: Desk, language: Language) -> tuple[int, bytes]:
    """All organisations as a file that can be imported again, for a reader of a language.

    Returns:
        how many they are, and the file.

    Raises:
        NotSetUp: the server has no programme.
        CoordinatorsOnly: the person is none.
    """
    everyone = all_of(desk)
    only_coordinators(desk)
    words, known = Words(language), by_name(open_tracks(desk))
    rows = [
        (
            each.name,
            _cell(each.tracks, known),
            "" if each.size is None else str(each.size),
        )
        for each in everyone
    ]
    head = [words(f"column.organisations.{column}").split("|")[0] for column in COLUMNS]
    return len(rows), csvfiles.write(head, rows, csvfiles.DELIMITER_FOR[language])


def _cell(chosen: Sequence[TrackView], known: Mapping[str, TrackView]) -> str:
    """Tracks in one cell, so that they are read as these again."""
    said = [
        mark.join(getattr(track, called) for track in chosen)
        for called in ("name", "short")
        for mark in SEPARATORS
    ]
    return next((each for each in said if set(said_of(each, known)[0]) == set(chosen)), said[0])
