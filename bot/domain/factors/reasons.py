"""Why a factor stands where it does: the figures that decided it, to be said in plain words."""

from dataclasses import dataclass

from bot.domain.factors.counting import Count, Standing
from bot.domain.factors.views import Tally
from bot.domain.tracks.tracks import TrackView


@dataclass(frozen=True)
class TrackCount:
    """What the organisations of one track say."""

    track: TrackView
    count: Count


@dataclass(frozen=True)
class Why:
    """The figures behind a standing; tracks without organisations are left out, as in counting.

    *Too early* is decided by ``waiting``, the tracks in which too few have voted. *Differs* by
    those that are ``clearly_for`` beside those that are ``short`` of half. *Divided* by those that
    are ``split``. *No clear support* by ``overall``, where fewer than two thirds support, or by
    those that are ``short``. For *Shared ground* nothing of that may be in the way anywhere.
    """

    standing: Standing
    overall: Count
    tracks: tuple[TrackCount, ...]

    @property
    def waiting(self) -> tuple[TrackCount, ...]:
        """The tracks in which too few organisations have voted."""
        return tuple(each for each in self.tracks if each.count.too_few)

    @property
    def clearly_for(self) -> tuple[TrackCount, ...]:
        """The tracks in which two thirds support and fewer than a third are against."""
        return tuple(each for each in self.tracks if each.count.clearly_for)

    @property
    def short(self) -> tuple[TrackCount, ...]:
        """The tracks in which fewer than half of those that voted support."""
        return tuple(each for each in self.tracks if not each.count.half_for)

    @property
    def split(self) -> tuple[TrackCount, ...]:
        """The tracks in which a third are against and a third for."""
        return tuple(each for each in self.tracks if each.count.split)


def why(tally: Tally) -> Why:
    """The figures behind a factor's standing, as ``counting.standing`` counts."""
    tracks = (TrackCount(each.track, Count(each.stances)) for each in tally.by_track)
    inhabited = tuple(each for each in tracks if each.count.organisations)
    return Why(tally.standing, Count(tally.stances), inhabited)
