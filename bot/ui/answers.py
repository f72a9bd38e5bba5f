"""Answering people when something went wrong."""

import logging
import secrets
from typing import Any

import discord
from discord import app_commands

from bot.ask import Ask
from bot.domain.kit.errors import StalePress, UserError
from bot.i18n.words import Words
from bot.patience import TROUBLES
from bot.ui import theme
from bot.ui.layout import Card, said
from bot.ui.text import clip, escape

_log = logging.getLogger(__name__)
# Of a release that has another command, or of nobody who uses Discord's own list of options.
_NO_SUCH_COMMAND = (
    app_commands.CommandNotFound,
    app_commands.CommandSignatureMismatch,
    app_commands.TransformerError,
)
_GONE = 10062  # Discord no longer knows the interaction: it took over three seconds, or a restart


async def answer_error(interaction: discord.Interaction[Any], error: BaseException) -> None:
    """The one place where an error becomes an answer.

    What the person can mend is said in their language. Anything else is an apology with a
    reference that stands in the log beside the whole story.
    """
    error = _cause(error)
    if isinstance(error, discord.NotFound) and error.code == _GONE:
        _log.warning("interaction %s came too late to answer", interaction.id)
        return
    ask = Ask.of(interaction)
    if isinstance(error, UserError):
        text = what_was_wrong(ask.words, error)
    else:
        reference = secrets.token_hex(4)
        _log.error("unexpected error %s", reference, exc_info=error)
        text = ask.words("error.unexpected", reference=reference)
    try:
        if interaction.type is discord.InteractionType.autocomplete:
            if not interaction.response.is_done():
                await interaction.response.autocomplete([])
            return
        await ask.answer(Card(said(text), accent=theme.TROUBLE))
    except TROUBLES as failure:
        _log.warning("could not answer interaction %s: %s", interaction.id, failure)


def what_was_wrong(words: Words, error: UserError) -> str:
    """An error for people, in words."""
    values = {
        key: clip(escape(value), 300) if isinstance(value, str) else value
        for key, value in error.values.items()
    }
    return words(error.key, **values)


def _cause(error: BaseException) -> BaseException:
    if isinstance(error, app_commands.CommandInvokeError):
        return error.__cause__ or error
    if isinstance(error, _NO_SUCH_COMMAND):
        return StalePress()
    return error
