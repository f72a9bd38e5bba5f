"""What leda says to a server that it cannot stay in."""

from collections.abc import Sequence

import discord

from bot.i18n.words import Words, language_of
from bot.ui.layout import Card, said
from storage.enums import Language


def languages_of(guild: discord.Guild) -> tuple[Language, ...]:
    """The language of a server; of one that speaks neither of leda's, both."""
    locale = str(guild.preferred_locale)
    if locale.startswith(("sv", "en")):
        return (language_of(locale),)
    return tuple(Language)


def turned_away_card(spoken: Sequence[Words], guild_id: int) -> Card:
    """Why leda leaves, and what can be done about it; once for each language."""
    texts = [words("guild.not_allowed", server=guild_id) for words in spoken]
    return Card(said("\n\n".join(texts)))
