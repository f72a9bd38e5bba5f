"""Names and descriptions of commands, in both languages."""

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
