"""``/privacy``: what leda keeps about the one who asks."""

import io
import json
from datetime import datetime

import discord
from discord import ui
from discord.ext import commands

from bot.ask import Ask
from bot.delivery.crew import Crew
from bot.domain.programme import privacy
from bot.domain.programme.privacy import Holdings
from bot.i18n.words import Words
from bot.ui import theme
from bot.ui.commands import command
from bot.ui.layout import Card, button, note, press_id, row, said
from bot.ui.presses import handles


class PrivacyCog(commands.Cog):
    """My data: seeing it, being forgotten."""

    def __init__(self, crew: Crew) -> None:
        self.crew = crew

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
        known = await ask.read(privacy.is_known, ask.person.id)
        await ask.answer(ask_card(ask.words) if known else note(ask.words("privacy.nothing")))

    @handles("erase:1")
    async def erase(self, ask: Ask) -> None:
        """Forget the person who presses, whoever was asked."""
        await ask.later(anew=False)
        words = ask.words
        if not await ask.write(privacy.begin, ask.person.id):
            await ask.go_on(note(words("privacy.nothing")))
            return
        await ask.go_on(note(words("privacy.erasing")))
        aligned = await self.crew.erasures.finish(ask.programme_id, ask.person.id)
        await ask.go_on(erased_card(words, aligned=aligned))

    @handles("keepme:1")
    async def keep(self, ask: Ask) -> None:
        """Change nothing."""
        words = ask.words
        await ask.replace(note(words("privacy.kept")))


# What each table tells of a person, said in the file itself.
EXPLAINED = {
    "delivery": "privacy.about.delivery",
    "draft": "privacy.about.draft",
    "erasing": "privacy.about.erasing",
    "experience": "privacy.about.experience",
    "factor": "privacy.about.factor",
    "join_request": "privacy.about.join_request",
    "journal": "privacy.about.journal",
    "meeting": "privacy.about.meeting",
    "meeting_answer": "privacy.about.meeting_answer",
    "meeting_draft": "privacy.about.meeting_draft",
    "need_rest": "privacy.about.need_rest",
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


def erased_card(words: Words, *, aligned: bool) -> Card:
    """What was done."""
    text = words("privacy.erased")
    if not aligned:
        text += "\n" + words("privacy.roles_left")
    return Card(said(text), accent=theme.DONE)
