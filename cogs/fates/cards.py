"""What became of what somebody gave, a line each."""

from collections.abc import Sequence
from typing import Final

from bot.domain.factors.counting import Stance
from bot.domain.fates.fates import Fate, FateKind, Gift
from bot.i18n.words import Words
from bot.ui.layout import Card, note, said
from bot.ui.text import clip, escape, linked

_TITLE_SHOWN: Final = 90
_REASON_SHOWN: Final = 160


def fates_card(words: Words, fates: Sequence[Fate]) -> Card:
    """What became of somebody's contributions, the newest first."""
    if not fates:
        return note(words("fate.none"))
    return Card(said("\n".join([words("fate.head"), *fate_lines(words, fates)])))


def fate_lines(words: Words, fates: Sequence[Fate]) -> list[str]:
    """A line for each fate."""
    return [f"- {_line(words, each)}" for each in fates]


def _line(words: Words, fate: Fate) -> str:
    factor = fate.factor
    title = linked(clip(escape(factor.title), _TITLE_SHOWN), factor.url)
    if fate.became is FateKind.SHARED:
        tally = factor.tally
        numbers = {"some": tally.stances[Stance.SUPPORTS], "all": tally.organisations}
        return words("fate.shared", title=title, **numbers)
    if fate.became is FateKind.CHANGED:
        return words("fate.changed", title=title)
    what = {
        Gift.FACTOR: words("fate.of.factor", title=title),
        Gift.OBJECTION: words("fate.of.objection", title=title),
        Gift.EXPERIENCE: words("fate.of.experience", title=title),
    }[fate.gift]
    became = words(f"fate.became.{fate.became}")
    if fate.became is FateKind.MERGED and factor.merged_into is not None:
        into = clip(escape(factor.merged_into.title), _TITLE_SHOWN) or words("factor.elsewhere")
        became = words("fate.merged_into", title=linked(into, factor.merged_into.url))
    reason = clip(escape(factor.reason.replace("\n", " ")), _REASON_SHOWN)
    because = words("fate.because", reason=reason) if reason else "."
    return f"{what} {became}{because}"
