"""Answering people: privately, and when something went wrong."""

import logging
import secrets
from typing import Any

import discord
from discord import app_commands

from bot.delivery.patience import TROUBLES, patiently
from bot.domain.kit.errors import StalePress, UserError
from bot.i18n.words import Words
from bot.ui import theme
from bot.ui.layout import Card, said
from bot.ui.text import clip, escape
from storage.desk import Person

_log = logging.getLogger(__name__)
_GONE = 10062  # Discord no longer knows the interaction: it took over three seconds, or a restart


def person_of(interaction: discord.Interaction[Any]) -> Person:
    """Who asks, as Discord describes them in this very interaction."""
    roles = getattr(interaction.user, "roles", [])
    may = interaction.permissions
    return Person(
        id=interaction.user.id,
        roles=frozenset(role.id for role in roles),
        manages_server=may.manage_guild or may.administrator,
    )


async def person_in(interaction: discord.Interaction[Any], guild: discord.Guild) -> Person:
    """Who asks, as a member of a server; a press in a direct message does not say what they are.

    Somebody who is not in the server holds nothing there.
    """
    if interaction.guild_id == guild.id:
        return person_of(interaction)
    try:
        member = await guild.fetch_member(interaction.user.id)
    except discord.NotFound:
        return Person(interaction.user.id, frozenset(), manages_server=False)
    may = member.guild_permissions
    return Person(
        id=member.id,
        roles=frozenset(role.id for role in member.roles),
        manages_server=may.manage_guild or may.administrator,
    )


def channels_around(interaction: discord.Interaction[Any]) -> frozenset[int]:
    """The channel that somebody is in, and for a thread the one it belongs to: Discord ids."""
    channel = interaction.channel
    parent = channel.parent_id if isinstance(channel, discord.Thread) else None
    return frozenset(found for found in (interaction.channel_id, parent) if found)


async def privately(interaction: discord.Interaction[Any], card: Card, *files: discord.File) -> int:
    """Show a card to the person alone, as the first answer or as one more.

    The card says where its files stand (:func:`bot.ui.layout.attached`).

    Returns:
        the Discord id of the message that shows it.
    """
    if interaction.response.is_done():
        message = await interaction.followup.send(
            view=card, files=list(files), ephemeral=True, wait=True
        )
        return message.id
    sent = await interaction.response.send_message(view=card, files=list(files), ephemeral=True)
    return sent.message_id or 0


async def in_place(interaction: discord.Interaction[Any], card: Card, *files: discord.File) -> None:
    """Show a card in place of the person's own that they pressed, or else as one of its own."""
    message = interaction.message
    if message is None or not message.flags.ephemeral:
        await privately(interaction, card, *files)
    else:
        await interaction.response.edit_message(view=card, attachments=list(files))


async def edit_answer(interaction: discord.Interaction[Any], card: Card) -> None:
    """Show how far something has come; it goes on whether or not the answer can be changed."""
    try:
        await patiently(lambda: interaction.edit_original_response(view=card))
    except TROUBLES as refusal:
        _log.warning("answer to interaction %s: %s", interaction.id, refusal)


async def answer_error(interaction: discord.Interaction[Any], error: BaseException) -> None:
    """The one place where an error becomes an answer.

    What the person can mend is said in their language. Anything else is an apology with a
    reference that stands in the log beside the whole story.
    """
    error = _cause(error)
    if isinstance(error, discord.NotFound) and error.code == _GONE:
        _log.warning("interaction %s came too late to answer", interaction.id)
        return
    words = interaction.client.works.speech.to(interaction.locale, interaction.guild_id or 0)
    if isinstance(error, UserError):
        text = what_was_wrong(words, error)
    else:
        reference = secrets.token_hex(4)
        _log.error("unexpected error %s", reference, exc_info=error)
        text = words("error.unexpected", reference=reference)
    try:
        if interaction.type is discord.InteractionType.autocomplete:
            if not interaction.response.is_done():
                await interaction.response.autocomplete([])
            return
        await privately(interaction, Card(said(text), accent=theme.TROUBLE))
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
    if isinstance(error, app_commands.CommandInvokeError | app_commands.TransformerError):
        return error.__cause__ or error
    if isinstance(error, app_commands.CommandNotFound | app_commands.CommandSignatureMismatch):
        return StalePress()
    return error
