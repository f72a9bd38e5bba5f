"""Where a factor stands: the verdict in a few words, its figures, and the rule that gave it."""

from bot.domain.factors.counting import Standing
from bot.domain.factors.tally import Tally, TrackTally
from bot.domain.factors.views import FactorView
from bot.i18n.words import Words
from bot.ui.text import clip, escape

_NAME_SHOWN = 60
_NAMED = 3


def verdict(words: Words, factor: FactorView) -> str:
    """How far organisations agree: ``Shared ground in School, not yet in Care``."""
    tracks = factor.tally.inhabited
    if len(tracks) == 1:
        return track_verdict(words, tracks[0], over=factor.is_counted_up)
    if factor.tally.standing is Standing.DIFFERS:
        return _differs(words, tracks)
    if factor.tally.standing is Standing.TOO_EARLY and factor.is_counted_up:
        return words("standing.too_few")
    if factor.tally.standing is Standing.NO_CLEAR_SUPPORT and factor.tally.count.mostly_against:
        return words("standing.against")
    return words(f"standing.{factor.tally.standing}")


def track_verdict(words: Words, track: TrackTally, *, over: bool) -> str:
    """What the organisations of one track come to; ``over`` says that no vote can follow."""
    count = track.count
    if track.standing is Standing.TOO_EARLY and count.organisations:
        if over:
            return words("standing.too_few")
        if count.too_few:
            return words(
                "standing.waiting", n=count.voted, total=count.organisations, enough=count.enough
            )
        return words("standing.so_far")
    if track.standing is Standing.NO_CLEAR_SUPPORT and count.mostly_against:
        return words("standing.against")
    return words(f"standing.{track.standing}")


def figures(words: Words, tally: Tally) -> str:
    """What a verdict is followed by: ``6 of 11 support, 5 have not voted``, of all of them."""
    count = tally.count
    waits = tally.standing is Standing.TOO_EARLY and not count.too_few and not tally.frozen
    if waits and len(tally.inhabited) == 1:
        return words(
            "standing.needs", n=count.supports, total=count.organisations, enough=count.enough
        )
    parts = [words("standing.support", n=count.supports, total=count.organisations)]
    if count.silent:
        parts.append(words("standing.silent", n=count.silent))
    return ", ".join(parts)


def track_name(each: TrackTally) -> str:
    """A track's emoji and name, as long as a line has room for."""
    return f"{each.track.emoji} {clip(escape(each.track.label), _NAME_SHOWN)}"


def reason(words: Words, track: TrackTally) -> str:
    """The rule that one track's standing comes from, with its figures: only the one that was used.

    The rules are those of :attr:`bot.domain.factors.counting.Count.standing`.
    """
    count = track.count
    return words(
        f"why.rule.{_rule(track)}",
        n=count.organisations,
        total=count.organisations,
        supports=count.supports,
        opposed=count.opposed,
        partly=count.partly_for,
        voted=count.voted,
        enough=count.enough,
        two_thirds=-(-2 * count.voted // 3),
    )


def _rule(track: TrackTally) -> str:
    count = track.count
    if track.standing is Standing.SHARED_GROUND:
        return "shared_ground"
    if track.standing is Standing.TOO_EARLY:
        return "too_few" if count.too_few else "so_far"
    if track.standing is Standing.DIVIDED:
        return "divided"
    return "too_few_support" if count.mostly_for else "no_two_thirds"


def _differs(words: Words, tracks: tuple[TrackTally, ...]) -> str:
    shared = [each for each in tracks if each.standing is Standing.SHARED_GROUND]
    others = [each for each in tracks if each.standing is not Standing.SHARED_GROUND]
    hopeless = not any(each.count.half_for for each in others)
    key = "standing.shared_in.not" if hopeless else "standing.shared_in.not_yet"
    return words(key, shared=_names(words, shared), others=_names(words, others))


def _names(words: Words, tracks: list[TrackTally]) -> str:
    names = ", ".join(clip(escape(each.track.label), _NAME_SHOWN) for each in tracks[:_NAMED])
    left = len(tracks) - _NAMED
    return words("why.and", names=names, n=left) if left > 0 else names
