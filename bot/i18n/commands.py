"""Names and descriptions of commands, in both languages."""

from typing import Any

import discord
from discord import app_commands

from bot.i18n.words import Words, language_of
from storage.enums import Language


def named(name: str) -> app_commands.locale_str:
    """A command's or option's stable English name; Swedes see the catalogue's ``name.<name>``."""
    return app_commands.locale_str(name, key=f"name.{name}")


def described(key: str) -> app_commands.locale_str:
    """A description by its catalogue key, in English for those who speak neither language."""
    return app_commands.locale_str(Words(Language.EN)(key), key=key)


def in_swedish(tree: app_commands.CommandTree[Any]) -> dict[str, str]:
    """The stable English name of each command and group by what Swedes may write."""
    found = {}
    for each in tree.walk_commands():
        words = each.qualified_name.split(" ")
        said = [Words(Language.SV)(f"name.{word}") for word in words]
        for written in (said, [*words[:1], *said[1:]]):
            found[" ".join(written)] = each.qualified_name
    return {swedish: english for swedish, english in found.items() if swedish != english}


class CommandTranslator(app_commands.Translator):
    """Tells Discord the Swedish of every name and description."""

    async def translate(
        self,
        string: app_commands.locale_str,
        locale: discord.Locale,
        context: app_commands.TranslationContextTypes,  # noqa: ARG002 - discord.py's signature
    ) -> str | None:
        """The text in this locale, or None where the base text serves."""
        key = string.extras.get("key")
        if key is None or language_of(locale) is Language.EN:
            return None
        return Words(Language.SV)(key)
