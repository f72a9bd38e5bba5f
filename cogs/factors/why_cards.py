"""Why a factor stands where it does: in plain words, and what the picture beside them shows."""

import discord

from bot.domain.factors.counting import Count
from bot.domain.factors.tally import Tally
from bot.domain.factors.views import FactorView
from bot.i18n.numbers import decimal
from bot.i18n.words import Words
from bot.ui.layout import Card, line, picture, row, said
from bot.ui.text import clip, escape, linked
from cogs.factors.cards import title_of
from cogs.factors.detail_cards import back
from cogs.factors.picture import Stances, TrackStances, described
from cogs.factors.standings import reason, track_name, verdict

PICTURE = "standing.png"
_TITLE_SHOWN = 140
_TRACKS_SHOWN = 8


def why_card(words: Words, factor: FactorView) -> Card:
    """The rule that was met, with the figures of this factor; the picture is sent with it."""
    tally = factor.tally
    title = f"**{clip(escape(factor.title), _TITLE_SHOWN)}**"
    if factor.merged_into is not None:
        into = title_of(words, factor.merged_into, _TITLE_SHOWN)
        return Card(
            said(title),
            said(words("why.merged", title=linked(into, factor.merged_into.url))),
            row(back(words, factor.id)),
        )
    head = words("why.head", standing=verdict(words, factor))
    score = words("why.score", score=decimal(words.language, tally.score))
    stays = words("why.frozen" if tally.frozen else "why.moves")
    if tally.old_rules:  # which the reasons say
        stays = ""
    voice = words("why.voice" if len(tally.inhabited) > 1 else "why.voice.one")
    parts: list[discord.ui.Item[Card]] = [
        said(f"{head}\n{title}"),
        said("\n".join(_reasons(words, factor))),
        line(),
        said("\n".join(_figures(words, tally))),
        picture(PICTURE, described(words, stances_of(tally))),
        said(f"-# {voice} {stays}".rstrip() + f"\n-# {score}"),
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


def _reasons(words: Words, factor: FactorView) -> list[str]:
    """The rule that each track's standing comes from, and what they make together."""
    tracks = factor.tally.inhabited
    if not tracks:
        return [words("why.nobody")]
    if factor.tally.old_rules:
        return [words("why.old_rules")]
    if len(tracks) == 1:
        return [f"**{track_name(tracks[0])}**: {reason(words, tracks[0])}"]
    return [
        words(f"why.several.{factor.tally.standing}"),
        *(
            f"**{track_name(each)}** · {words(f'standing.{each.standing}')}: {reason(words, each)}"
            for each in tracks[:_TRACKS_SHOWN]
        ),
    ]


def _figures(words: Words, tally: Tally) -> list[str]:
    """What organisations say, in each track and in all."""
    tracks = tally.inhabited
    shown = tracks[:_TRACKS_SHOWN]
    lines = [f"**{track_name(each)}**: {_figure(words, each.count)}" for each in shown]
    if left := len(tracks) - len(shown):
        lines.append(f"-# {words('why.left', n=left)}")
    if len(tracks) != 1:
        lines.append(f"**{words('stances.all')}**: {_figure(words, tally.count)}")
    return lines


def _figure(words: Words, count: Count) -> str:
    parts = [
        words("stances.voted", n=count.voted, total=count.organisations),
        words("why.support", n=count.supports),
        words("why.against", n=count.opposed),
    ]
    return " · ".join(parts)
