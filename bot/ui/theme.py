"""One look: accents by what a thing is, and colours of pictures that words stand beside."""

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
