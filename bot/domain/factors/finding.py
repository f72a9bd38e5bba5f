"""Finding factors: by words, by likeness to a draft, by the beginning of a title."""

from dataclasses import dataclass
from enum import StrEnum

from bot.domain.factors import views
from bot.domain.factors.views import FactorView
from bot.domain.kit import texts
from bot.domain.kit.pages import Page
from bot.domain.kit.people import the_programme
from bot.domain.members import seen_tracks
from bot.domain.tracks.tracks import TrackView
from storage.desk import Desk
from storage.enums import FactorStatus
from storage.factors import finding as kept
from storage.factors import lists
from storage.members import sight
from storage.search.matching import Within

PAGE_SIZE = 6
# The buttons that turn pages carry what was said, and Discord gives an id 100 characters.
QUERY_LIMIT = 56
SIMILAR_SHOWN = 3


@dataclass(frozen=True)
class Snippet:
    """A factor's texts, and where the words stand (start, end) that it was found by."""

    factor_id: int
    title: str
    how: str
    in_title: tuple[tuple[int, int], ...]
    in_how: tuple[tuple[int, int], ...]


class StatusesShown(StrEnum):
    """Which factors are shown, by what has become of them."""

    OPEN = "open"
    ADOPTED = "adopted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    MERGED = "merged"
    CURRENT = "current"  # open or adopted
    ALL = "all"

    @property
    def statuses(self) -> tuple[FactorStatus, ...]:
        """The statuses that these have; empty for any."""
        some = {
            StatusesShown.CURRENT: (FactorStatus.OPEN, FactorStatus.ADOPTED),
            StatusesShown.ALL: (),
        }
        return some[self] if self in some else (FactorStatus(self.value),)


@dataclass(frozen=True)
class FoundPage:
    """Some of the factors that a search found, best first.

    ``said`` is what was looked for, ``cut`` if that is not all of what was asked. There is a hit
    for each factor: it says where in title and HOW the words stand (``in_title``, ``in_how``:
    start and end of each). ``more`` if there may be more than the total that is told of.
    """

    said: str
    cut: bool
    factors: Page[FactorView]
    hits: tuple[Snippet, ...]
    shown: StatusesShown
    track: TrackView | None
    more: bool


def search(
    desk: Desk,
    said: str,
    *,
    track_id: int | None = None,
    shown: StatusesShown = StatusesShown.ALL,
    page: int = 0,
) -> FoundPage:
    """One page of the factors that hold what was said; a page past the end is the last.

    With a track its own and those of all tracks. Any text may be said: it is words, whatever
    signs are in it. Of a long one the beginning is looked for.

    Raises:
        NotSetUp, TrackNotFound: as their names say.
    """
    the_programme(desk)
    track = seen_tracks.find(desk, track_id)
    whole = texts.clean_line(said.replace(":", " "))
    said = whole if len(whole) <= QUERY_LIMIT else whole[: QUERY_LIMIT + 1].rsplit(" ", 1)[0]
    said = said[:QUERY_LIMIT]
    within = Within(desk.programme_id, track_id, shown.statuses, sight.hidden(desk))
    page = max(page, 0)
    found = kept.find(desk, within, said, offset=page * PAGE_SIZE, limit=PAGE_SIZE)
    here = Page.of(range(found.total), page, PAGE_SIZE)
    if here.page != page:
        found = kept.find(desk, within, said, offset=here.page * PAGE_SIZE, limit=PAGE_SIZE)
    rows = lists.of_ids(desk, [hit.factor_id for hit in found.hits])
    return FoundPage(
        said=said,
        cut=said != whole,
        factors=here.holding(views.views(desk, rows)),
        hits=tuple(
            Snippet(hit.factor_id, hit.title, hit.how, hit.in_title, hit.in_how)
            for hit in found.hits
        ),
        shown=shown,
        track=track,
        more=found.more,
    )


def similar(desk: Desk, title: str, how: str, *, track_id: int | None = None) -> list[int]:
    """The ids of up to three open or adopted factors that say much the same, most alike first.

    Raises:
        NotSetUp: the server has no programme.
    """
    the_programme(desk)
    within = Within(desk.programme_id, track_id, hidden=sight.hidden(desk))
    return kept.similar(desk, within, title, how, SIMILAR_SHOWN)
