"""Why a factor stands where it does: in plain words, and what the picture beside them shows."""

import discord

from bot.domain.factors.counting import Count, Standing, enough
from bot.domain.factors.reasons import TrackCount, Why, why
from bot.domain.factors.views import FactorView, Tally
from bot.i18n.numbers import decimal
from bot.i18n.words import Words
from bot.ui import theme
from bot.ui.layout import Card, line, picture, row, said
from bot.ui.text import clip, escape, linked
from cogs.factors.cards import title_of
from cogs.factors.detail_cards import back
from cogs.factors.picture import Stances, TrackStances, described

PICTURE = "standing.png"
_TITLE_SHOWN = 140
_NAME_SHOWN = 60
_TRACKS_SHOWN = 8


def why_card(words: Words, factor: FactorView) -> Card:
    """The rule that was met, with the figures of this factor; the picture is sent with it."""
    tally = factor.tally
    title = f"-# {theme.KIND[factor.kind]} {clip(escape(factor.title), _TITLE_SHOWN)}"
    head = words("why.head", standing=words(f"standing.{tally.standing}"))
    if factor.merged_into is not None:
        into = title_of(words, factor.merged_into, _TITLE_SHOWN)
        return Card(
            said(title),
            said(words("why.merged", title=linked(into, factor.merged_into.url))),
            row(back(words, factor.id)),
        )
    reasons = why(tally)
    score = words("why.score", score=decimal(words.language, tally.score))
    voice = words("why.voice" if len(reasons.tracks) > 1 else "why.voice.one")
    parts: list[discord.ui.Item[Card]] = [
        said(f"{head}\n{title}"),
        said("\n".join(_rule(words, reasons))),
        line(),
        said("\n".join(_figures(words, reasons))),
        picture(PICTURE, described(words, stances_of(tally))),
        said(f"-# {voice}\n-# {score}"),
        row(back(words, factor.id)),
    ]
    return Card(*parts)


def stances_of(tally: Tally) -> Stances:
    """What the picture shows of a tally."""
    tracks = (
        TrackStances(f"{each.track.emoji} {each.track.name}", each.stances)
        for each in tally.by_track
    )
    return Stances(tuple(tracks), tally.stances)


def _rule(words: Words, found: Why) -> list[str]:
    """What the standing means, and where this factor meets it."""
    several = len(found.tracks) > 1
    if found.standing is Standing.TOO_EARLY:
        return [words("why.too_early"), *_too_early(words, found)]
    if found.standing is Standing.SHARED_GROUND:
        return [words("why.shared_ground" if several else "why.shared_ground.one")]
    if found.standing is Standing.DIFFERS:
        clearly, short = _names(words, found.clearly_for), _names(words, found.short)
        where = words("why.differs.tracks", clearly=clearly, short=short)
        return [words("why.differs"), where]
    if found.standing is Standing.DIVIDED:
        if not several:
            return [words("why.divided.one")]
        return [
            words("why.divided"),
            words("why.divided.tracks", tracks=_names(words, found.split)),
        ]
    key = "why.no_clear_support" if several else "why.no_clear_support.one"
    return [words(key), *_no_clear_support(words, found)]


def _too_early(words: Words, found: Why) -> list[str]:
    if not found.tracks:
        return [words("why.too_early.nobody")]
    return [
        words(
            "why.too_early.track",
            n=enough(each.count.organisations),
            track=_name(each),
            total=each.count.organisations,
            voted=each.count.voted,
        )
        for each in found.waiting[:_TRACKS_SHOWN]
    ]


def _no_clear_support(words: Words, found: Why) -> list[str]:
    lines = []
    if not found.overall.mostly_for:
        two_thirds = -(-2 * found.overall.voted // 3)
        lines.append(
            words(
                "why.no_clear_support.all",
                supports=found.overall.supports,
                voted=found.overall.voted,
                enough=two_thirds,
            )
        )
    if len(found.tracks) == 1:
        return lines
    return lines + [
        words(
            "why.no_clear_support.track",
            track=_name(each),
            supports=each.count.supports,
            voted=each.count.voted,
            enough=-(-each.count.voted // 2),
        )
        for each in found.short[:_TRACKS_SHOWN]
    ]


def _figures(words: Words, found: Why) -> list[str]:
    """What organisations say, in each track and in all."""
    shown = found.tracks[:_TRACKS_SHOWN]
    lines = [f"**{_name(each)}**: {_figure(words, each.count)}" for each in shown]
    left = len(found.tracks) - len(shown)
    if left:
        lines.append(f"-# {words('why.left', n=left)}")
    if len(found.tracks) != 1:
        lines.append(f"**{words('stances.all')}**: {_figure(words, found.overall)}")
    return lines


def _figure(words: Words, count: Count) -> str:
    parts = [
        words("stances.voted", n=count.voted, total=count.organisations),
        words("why.support", n=count.supports),
        words("why.against", n=count.opposed),
    ]
    return " · ".join(parts)


def _names(words: Words, tracks: tuple[TrackCount, ...]) -> str:
    names = ", ".join(_name(each) for each in tracks[:_TRACKS_SHOWN])
    left = len(tracks) - _TRACKS_SHOWN
    return words("why.and", names=names, n=left) if left > 0 else names


def _name(each: TrackCount) -> str:
    return f"{each.track.emoji} {clip(escape(each.track.name), _NAME_SHOWN)}"
