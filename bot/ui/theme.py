"""One look: accents by what a thing is, and bars that words stand beside."""

from collections.abc import Mapping

import discord

from bot.domain.factors.counting import Stance
from storage.enums import Answer, Choice, FactorKind, FactorStatus, MeetingKind

CALM = discord.Colour(0x3A6EA5)
TROUBLE = discord.Colour(0xB3541E)
DONE = discord.Colour(0x2E7D5B)
QUIET = discord.Colour(0x6B7280)
UNDER_WAY = discord.Colour(0xB7791F)
STATUS = {
    FactorStatus.OPEN: CALM,
    FactorStatus.ADOPTED: DONE,
    FactorStatus.DECLINED: QUIET,
    FactorStatus.WITHDRAWN: QUIET,
    FactorStatus.MERGED: discord.Colour(0x7C5CBF),
}
KIND = {FactorKind.PROMOTING: "🌱", FactorKind.INHIBITING: "🪨"}
CHOICE = {Choice.SUPPORT: "👍", Choice.UNSURE: "🤔", Choice.OBJECT: "✋"}
MEETING = {
    MeetingKind.JOINT: "🤝",
    MeetingKind.DIGITAL: "💻",
    MeetingKind.PHYSICAL: "🏛️",
    MeetingKind.WEBCAST: "📡",
}
ANSWER = {Answer.GOING: "✅", Answer.MAYBE: "🤔", Answer.CANT: "🚫"}

# In the order in which they stand beside each other; words always say the same.
_CELLS = {
    Stance.SUPPORTS: "🟦",
    Stance.UNSURE: "🟨",
    Stance.DIVIDED: "🟪",
    Stance.OBJECTS: "🟧",
    Stance.SILENT: "⬜",
}
# On pictures, which have a ground of their own: they look the same in light and in dark. Each
# stance's colour has 3:1 to the paper; what tells stances apart is their pattern.
PAPER = discord.Colour(0xFAFAF7)
INK = discord.Colour(0x1F2933)
FAINT_INK = discord.Colour(0x52606D)
LINE = discord.Colour(0xDDE1E6)
STANCE = {
    Stance.SUPPORTS: CALM,
    Stance.UNSURE: discord.Colour(0xB7791F),
    Stance.DIVIDED: discord.Colour(0x7C5CBF),
    Stance.OBJECTS: TROUBLE,
    Stance.SILENT: discord.Colour(0x7B8794),
}

_BAR = 12


def bar(stances: Mapping[Stance, int]) -> str:
    """A row of twelve cells in the proportions of what organisations say.

    Every stance that any takes has at least one cell, and the largest makes up the sum.
    """
    total = sum(stances.values())
    if not total:
        return ""
    cells = {each: max(1, stances[each] * _BAR // total) for each in _CELLS if stances.get(each)}
    largest = max(cells, key=lambda each: stances[each])
    cells[largest] += _BAR - sum(cells.values())
    return "".join(_CELLS[each] * number for each, number in cells.items())
