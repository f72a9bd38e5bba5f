"""Finding factors: by words, by likeness to a draft, by the beginning of a title."""

from dataclasses import dataclass

from sqlmodel import Session

from bot.domain.people import need_programme
from storage import search as kept
from storage.enums import FactorStatus
from storage.search import Hit, Within

PAGE_SIZE = 6
SIMILAR_SHOWN = 3


@dataclass(frozen=True)
class FoundPage:
    """Some of the factors that a search found, best first. Pages are counted from 0.

    A hit says where in title and HOW the words stand (``in_title``, ``in_how``: start and end of
    each). ``more`` if there may be more than the ``total`` that is told of.
    """

    hits: tuple[Hit, ...]
    page: int
    pages: int
    total: int
    more: bool


def search(
    session: Session,
    programme_id: int,
    said: str,
    *,
    track_id: int | None = None,
    status: FactorStatus | None = None,
    page: int = 0,
) -> FoundPage:
    """One page of the factors that hold what was said; a page past the end is the last.

    With a track its own and those of all tracks. Any text may be said: it is words, whatever
    signs are in it.

    Raises:
        NotSetUp: the server has no programme.
    """
    need_programme(session, programme_id)
    within = Within(programme_id, track_id, (status,) if status else ())
    page = max(page, 0)
    found = kept.find(session, within, said, offset=page * PAGE_SIZE, limit=PAGE_SIZE)
    pages = max(1, -(-found.total // PAGE_SIZE))
    if page >= pages:
        page = pages - 1
        found = kept.find(session, within, said, offset=page * PAGE_SIZE, limit=PAGE_SIZE)
    return FoundPage(found.hits, page, pages, found.total, found.more)


def similar(
    session: Session, programme_id: int, title: str, how: str, *, track_id: int | None = None
) -> list[int]:
    """The ids of up to three open or adopted factors that say much the same, most alike first.

    Raises:
        NotSetUp: the server has no programme.
    """
    need_programme(session, programme_id)
    return kept.similar(session, Within(programme_id, track_id), title, how, SIMILAR_SHOWN)
