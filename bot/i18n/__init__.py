"""Swedish and English: the catalogues, and the one function that speaks from them."""

from bot.i18n.commands import CommandTranslator, described, named
from bot.i18n.words import Nouns, Words, language_of

__all__ = ["CommandTranslator", "Nouns", "Words", "described", "language_of", "named"]
