"""``/privacy``: what leda keeps about the one who asks."""

import io
import json
import logging
from datetime import datetime

import discord
from discord import ui
from discord.ext import commands

from bot.ask import Ask
from bot.delivery import rounds
from bot.delivery.coordinators import tell_coordinators
from bot.delivery.crew import Crew
from bot.delivery.notices import vacancies_card
from bot.domain.membership.presence import Vacancies
from bot.domain.programme import privacy
from bot.domain.programme.privacy import Erased, Holdings
from bot.i18n.words import Words
from bot.patience import TROUBLES
from bot.ui import theme
from bot.ui.commands import command
from bot.ui.layout import Card, button, note, press_id, row, said
from bot.ui.presses import handles
from cogs.factors.posting import refresh

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
        await ask.works.db.scrub()
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


# What each table tells of a person, said in the file itself.
EXPLAINED = {
    "delivery": "privacy.about.delivery",
    "draft": "privacy.about.draft",
    "experience": "privacy.about.experience",
    "factor": "privacy.about.factor",
    "join_request": "privacy.about.join_request",
    "journal": "privacy.about.journal",
    "meeting": "privacy.about.meeting",
    "meeting_answer": "privacy.about.meeting_answer",
    "meeting_draft": "privacy.about.meeting_draft",
    "member": "privacy.about.member",
    "organisation": "privacy.about.organisation",
    "participant": "privacy.about.participant",
    "programme": "privacy.about.programme",
    "reminder": "privacy.about.reminder",
    "upload": "privacy.about.upload",
    "vote": "privacy.about.vote",
}


def export_file(words: Words, held: Holdings, now: datetime) -> discord.File:
    """All that is kept, as JSON that can be read by people too."""
    content = {
        "made_at": f"{now:%Y-%m-%dT%H:%M:%SZ}",
        "programme": str(held.programme_id),
        "person": str(held.member_id),
        "about": {name: words(key) for name, key in EXPLAINED.items() if name in held.tables},
        "kept": held.tables,
    }
    text = json.dumps(content, ensure_ascii=False, indent=2)
    return discord.File(io.BytesIO(text.encode()), filename=f"leda-{now:%Y-%m-%d}.json")


def export_card(words: Words, held: Holdings, filename: str) -> Card:
    """What the file holds, and the file."""
    rows = sum(len(found) for found in held.tables.values())
    file: ui.File[Card] = ui.File(f"attachment://{filename}")
    return Card(said(words("privacy.export", n=rows)), file)


def ask_card(words: Words) -> Card:
    """What erasing does, in plain words, before anything is done."""
    return Card(
        said(words("privacy.ask")),
        row(
            button(words("privacy.confirm"), press_id("erase:1"), discord.ButtonStyle.danger),
            button(words("privacy.cancel"), press_id("keepme:1")),
        ),
        accent=theme.TROUBLE,
    )


def erased_card(words: Words, done: Erased, *, aligned: bool) -> Card:
    """What was done."""
    text = words("privacy.erased") if done.anything else words("privacy.nothing")
    if not aligned:
        text += "\n" + words("privacy.roles_left")
    return Card(said(text), accent=theme.DONE)
