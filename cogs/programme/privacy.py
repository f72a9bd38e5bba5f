"""``/privacy``: what leda keeps about the one who asks."""

import logging

from discord.ext import commands

from bot.ask import Ask
from bot.delivery import rounds
from bot.delivery.coordinators import tell_coordinators
from bot.delivery.crew import Crew
from bot.delivery.notices import vacancies_card
from bot.delivery.patience import TROUBLES
from bot.domain.membership.presence import Vacancies
from bot.domain.programme import privacy
from bot.domain.programme.privacy import Erased
from bot.ui.commands import command
from bot.ui.layout import note
from bot.ui.presses import handles
from cogs.factors.posting import refresh
from cogs.programme.privacy_cards import ask_card, erased_card, export_card, export_file

_log = logging.getLogger(__name__)


class PrivacyCog(commands.Cog):
    """My data: seeing it, being forgotten."""

    def __init__(self, crew: Crew) -> None:
        self.crew, self.works = crew, crew.works

    @command("privacy.export")
    async def export(self, ask: Ask) -> None:
        """Hand over all that is kept about the person, as a file."""
        # A long journal takes a moment to be searched.
        await ask.later()
        held = await ask.read(privacy.export, ask.person.id)
        words = ask.words
        if held.nothing:
            await ask.answer(note(words("privacy.nothing")))
            return
        file = export_file(words, held, ask.works.now())
        card = export_card(words, held, file.filename)
        await ask.answer(card, file)

    @command("privacy.erase")
    async def ask_first(self, ask: Ask) -> None:
        """Say what erasing does, and ask."""
        await ask.later()
        held = await ask.read(privacy.export, ask.person.id)
        words = ask.words
        card = note(words("privacy.nothing")) if held.nothing else ask_card(words)
        await ask.answer(card)

    @handles("erase:1")
    async def erase(self, ask: Ask) -> None:
        """Forget the person who presses, whoever was asked."""
        guild_id = ask.programme_id
        member_id = ask.person.id
        await ask.later(anew=False)
        done = await ask.write(privacy.erase, member_id)
        aligned = await self.crew.roles.align(guild_id, member_id)
        words = ask.words
        await ask.go_on(erased_card(words, done, aligned=aligned))
        await self._follow_up(guild_id, done)

    @handles("keepme:1")
    async def keep(self, ask: Ask) -> None:
        """Change nothing."""
        words = ask.words
        await ask.replace(note(words("privacy.kept")))

    async def _follow_up(self, guild_id: int, done: Erased) -> None:
        """Take the name out of what stands in channels, and tell who has to know."""
        for factor in done.factors:
            refresh(self.crew, factor)
        for channel_id, message_id in done.cards:
            channel = self.works.client.get_partial_messageable(channel_id)
            try:
                await channel.get_partial_message(message_id).delete()
            except TROUBLES as refusal:
                _log.info("message %s could not be deleted: %s", message_id, refusal)
        if done.answered_for:
            found = Vacancies(no_contact=done.answered_for)
            await tell_coordinators(
                self.works, guild_id, lambda words: vacancies_card(words, found)
            )
        if done.anything:
            await rounds.tell_vacancies(self.works, guild_id, self.works.now())
