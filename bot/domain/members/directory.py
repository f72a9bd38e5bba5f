"""Lists of organisations: page by page, and as a file for spreadsheets."""

from dataclasses import dataclass

from sqlmodel import Session

from bot.domain import csvfiles
from bot.domain.organisations import OrganisationView, all_of
from bot.domain.people import Person, is_coordinator, need_coordinator
from bot.domain.tracks import TrackView
from bot.i18n import Words
from storage.enums import Language

PAGE_SIZE = 10
COLUMNS = ("name", "tracks", "size")
TRACK_SEPARATORS = "|;,"


@dataclass(frozen=True)
class OrganisationPage:
    """Some of the organisations, for one who asks. Pages are counted from 0.

    ``total`` counts those that the list holds on all its pages; ``everyone`` all that take part,
    and ``joined`` those of them that have a participant. ``waiting`` says that the list holds
    only those without. ``coordinating`` says that whoever asks is a coordinator.
    """

    organisations: tuple[OrganisationView, ...]
    page: int
    pages: int
    total: int
    everyone: int
    joined: int
    waiting: bool
    coordinating: bool


def listed(
    session: Session, programme_id: int, person: Person, *, page: int = 0, waiting: bool = False
) -> OrganisationPage:
    """One page of the organisations in Swedish order; a page past the end is the last.

    Raises:
        NotSetUp: the server has no programme.
    """
    everyone = all_of(session, programme_id)
    chosen = [each for each in everyone if not (waiting and each.participants)]
    pages = max(1, -(-len(chosen) // PAGE_SIZE))
    page = min(max(page, 0), pages - 1)
    return OrganisationPage(
        organisations=tuple(chosen[page * PAGE_SIZE : (page + 1) * PAGE_SIZE]),
        page=page,
        pages=pages,
        total=len(chosen),
        everyone=len(everyone),
        joined=sum(1 for each in everyone if each.participants),
        waiting=waiting,
        coordinating=is_coordinator(session, programme_id, person),
    )


def headings() -> dict[str, list[str]]:
    """What may head each column of a file of organisations, in every language."""
    return {
        column: [Words(language)(f"name.{column}") for language in Language] for column in COLUMNS
    }


def export(
    session: Session, programme_id: int, person: Person, language: Language
) -> tuple[int, bytes]:
    """All organisations as a file that can be imported again, for a reader of a language.

    Returns:
        how many they are, and the file.

    Raises:
        NotSetUp: the server has no programme.
        CoordinatorsOnly: the person is none.
    """
    everyone = all_of(session, programme_id)
    need_coordinator(session, programme_id, person)
    words = Words(language)
    rows = [
        (
            each.name,
            TRACK_SEPARATORS[0].join(_label(track) for track in each.tracks),
            "" if each.size is None else str(each.size),
        )
        for each in everyone
    ]
    head = [words(f"name.{column}") for column in COLUMNS]
    return len(rows), csvfiles.write(head, rows, csvfiles.DELIMITER_FOR[language])


def _label(track: TrackView) -> str:
    """What a track is called in a cell that may hold several."""
    return track.short if any(each in track.name for each in TRACK_SEPARATORS) else track.name
