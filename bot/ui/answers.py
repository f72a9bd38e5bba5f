"""Answering people when something went wrong."""

import logging
import secrets
from io import BytesIO
from typing import Any

import discord
from discord import app_commands

from bot.ask import Ask
from bot.domain.kit.errors import StalePress, UserError
from bot.i18n.words import Words
from bot.patience import TROUBLES
from bot.ui import theme
from bot.ui.layout import Card, attached, line, said
from bot.ui.presses import written_values
from bot.ui.text import clip, escape
from storage.errors import DatabaseClosed, Hindrance, Unserved

_log = logging.getLogger(__name__)
# Of a release that has another command, or of nobody who uses Discord's own list of options.
_NO_SUCH_COMMAND = (
    app_commands.CommandNotFound,
    app_commands.CommandSignatureMismatch,
    app_commands.TransformerError,
)
_HINDERED = {
    Hindrance.BUSY: "error.database_busy",
    Hindrance.AWAY: "error.database_busy",
    Hindrance.DISK: "error.database_full",
    Hindrance.UNSURE: "error.database_unsure",
    Hindrance.DAMAGED: "error.database_broken",
    Hindrance.GONE: "error.database_broken",
}
_AT_LENGTH = 10  # characters, from which on nobody likes to write it again
_ROOM, _FILE = 2500, "text.txt"
_FORM = discord.InteractionType.modal_submit
_GONE = 10062  # Discord no longer knows the interaction: it took over three seconds, or a restart
_ANSWERED = 40060  # it was delivered twice, and answered the first time


async def answer_error(interaction: discord.Interaction[Any], error: BaseException) -> None:
    """The one place where an error becomes an answer.

    What the person can mend is said in their language. Anything else is an apology with a
    reference that stands in the log beside the whole story.
    """
    error = _cause(error)
    if isinstance(error, discord.NotFound) and error.code == _GONE:
        _log.warning("interaction %s came too late to answer", interaction.id)
        return
    if isinstance(error, discord.HTTPException) and error.code == _ANSWERED:
        _log.warning("interaction %s was answered before", interaction.id)
        return
    ask = Ask.of(interaction)
    hindrance = _hindrance_of(error)
    if isinstance(error, UserError) and _is_of_another_database(ask):
        text = ask.words("error.unknown_card")
    elif isinstance(error, UserError):
        text = what_was_wrong(ask.words, error)
    elif hindrance is not None:  # the database's own log says so, once
        text = ask.words(_HINDERED[hindrance])
    else:
        reference = secrets.token_hex(4)
        _log.error("unexpected error %s", reference, exc_info=error)
        text = ask.words("error.unexpected", reference=reference)
    card = Card(said(text), accent=theme.TROUBLE)
    files: list[discord.File] = []
    # A form is gone as soon as it is sent. What nobody's form can have sent is repeated nowhere.
    lost = interaction.type is _FORM or not isinstance(error, UserError)
    lost = lost and not isinstance(error, StalePress)
    if lost and (written := _written(interaction)):
        card, files = _given_back(ask.words, text, written)
    try:
        if interaction.type is discord.InteractionType.autocomplete:
            if not interaction.response.is_done():
                await interaction.response.autocomplete([])
            return
        await ask.answer(card, *files)
    except TROUBLES as failure:
        _log.warning("could not answer interaction %s: %s", interaction.id, failure)


def what_was_wrong(words: Words, error: UserError) -> str:
    """An error for people, in words."""
    values = {
        key: clip(escape(value), 300) if isinstance(value, str) else value
        for key, value in error.values.items()
    }
    return words(error.key, **values)


def _is_of_another_database(ask: Ask) -> bool:
    """Whether everyone's card was pressed where this database knows no programme."""
    known = ask.programme_id in ask.works.speech.nouns
    return ask.pressed_public and not ask.in_direct_message and not known


def _hindrance_of(error: BaseException) -> Hindrance | None:
    """What hinders the database, if that is it; one that is just being closed is busy."""
    if isinstance(error, DatabaseClosed):
        return Hindrance.BUSY
    return error.hindrance if isinstance(error, Unserved) else None


def _written(interaction: discord.Interaction[Any]) -> list[str]:
    """What somebody wrote at some length, in a form or in a command's options."""
    data: Any = interaction.data or {}
    found: list[Any] = []
    if interaction.type is _FORM:
        found = written_values(data)
    elif interaction.type is discord.InteractionType.application_command:
        options = list(data.get("options") or ())
        while options:
            option = options.pop(0)
            options = [*(option.get("options") or ()), *options]
            found.append(option.get("value"))
    return [text for text in found if isinstance(text, str) and len(text) >= _AT_LENGTH]


def _given_back(words: Words, why: str, written: list[str]) -> tuple[Card, list[discord.File]]:
    """What somebody wrote, because it was not saved: in the card, or in a file beside it."""
    head = f"{why}\n\n{words('error.yours')}"
    whole = "\n\n".join(map(escape, written))
    if len(whole) <= _ROOM:
        return Card(said(head), line(), said(whole), accent=theme.TROUBLE), []
    file = discord.File(BytesIO("\n\n".join(written).encode()), _FILE)
    card = Card(said(head), line(), said(clip(whole, _ROOM)), attached(_FILE), accent=theme.TROUBLE)
    return card, [file]


def _cause(error: BaseException) -> BaseException:
    if isinstance(error, app_commands.CommandInvokeError):
        return error.__cause__ or error
    if isinstance(error, _NO_SUCH_COMMAND):
        return StalePress()
    return error
