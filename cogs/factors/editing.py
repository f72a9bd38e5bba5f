"""Editing factors, and standing by a vote on a text that was edited."""

from io import BytesIO

import discord
from discord.ext import commands

from bot.ask import Ask
from bot.delivery.crew import Crew
from bot.domain.factors import edits, factors, votes, wording
from bot.domain.factors.edits import Edited, EditQuestion
from bot.domain.factors.errors import FactorClosed, OnlyCorrections
from bot.domain.factors.wording import FactorText
from bot.domain.kit.errors import EditedMeanwhile, TextMissing, UserError
from bot.ui.answers import what_was_wrong
from bot.ui.commands import command
from bot.ui.presses import handles
from cogs.factors.edit_cards import (
    RETURNED,
    changed_card,
    edit_question_card,
    edited_card,
    returned_card,
    versions_card,
)
from cogs.factors.edit_forms import SMALL, EditSaid, edit_form
from cogs.factors.options import FactorSaid
from cogs.factors.posting import refresh
from cogs.factors.showing import answer_vote


class Editing(commands.Cog):
    """Changing a factor's text."""

    def __init__(self, crew: Crew) -> None:
        self.crew = crew

    @command("factor.edit")
    async def edit(self, ask: Ask, factor: FactorSaid) -> None:
        """Open the form with a factor's text in it."""
        found = await ask.read(factors.named, factor)
        await self.open_edit(ask, found.id)

    @handles("edit:1")
    async def open_edit(self, ask: Ask, factor_id: int) -> None:
        """The button of the private card: the form with the text as it is now."""
        start = await ask.read(edits.begin, factor_id)
        await ask.open(edit_form(ask.words, start))

    @handles("edited:1")
    async def edited(self, ask: Ask, said: EditSaid, factor_id: int, version: int) -> None:
        """Save the new text, or give back what was typed."""
        text = wording.text_of(said)
        small = said.small == SMALL
        try:
            done = await ask.write(edits.edit, factor_id, text, small=small, version=version)
        except (EditedMeanwhile, FactorClosed, OnlyCorrections, TextMissing) as refusal:
            await self._give_back(ask, factor_id, refusal, text)
            return
        if isinstance(done, EditQuestion):
            await ask.update(edit_question_card(ask.words, done))
            return
        await self._edited(ask, done, said_small=small)

    @handles("editas:1")
    async def answered(self, ask: Ask, question_id: int, small: int) -> None:
        """Save what was asked about, as the correction or the change that its author says it is."""
        done = await ask.write(edits.answer, question_id, small=bool(small))
        await self._edited(ask, done, said_small=bool(small))

    async def _edited(self, ask: Ask, done: Edited, *, said_small: bool) -> None:
        await ask.update(edited_card(ask.words, done, said_small=said_small))
        refresh(self.crew, done.factor)

    @handles("changed:1")
    async def changed(self, ask: Ask, factor_id: int) -> None:
        """What has changed since the person voted."""
        now = ask.works.now()
        found = await ask.read(edits.since_vote, factor_id, ask.person.id)
        await ask.update(changed_card(ask.words, found, now))

    @handles("still:1")
    async def still(self, ask: Ask, factor_id: int) -> None:
        """Count a vote from before the edit as one on the text of now."""
        factor = await ask.write(votes.still_mine, factor_id, ask.person.id)
        await answer_vote(self.crew, ask, factor)

    @handles("versions:1")
    async def versions(self, ask: Ask, factor_id: int, page: int) -> None:
        """The texts that a factor has had."""
        found = await ask.read(edits.history, factor_id, page=page)
        await ask.update(versions_card(ask.words, found))

    async def _give_back(
        self, ask: Ask, factor_id: int, refusal: UserError, text: FactorText
    ) -> None:
        words = ask.words
        card, whole = returned_card(words, factor_id, what_was_wrong(words, refusal), text)
        files = [discord.File(BytesIO(whole.encode()), RETURNED)] if whole else []
        await ask.update(card, *files)
