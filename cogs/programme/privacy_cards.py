"""Cards about what leda keeps of a person, and the file that holds it."""

import io
import json
from datetime import datetime

import discord
from discord import ui

from bot.domain.programme.privacy import Erased, Holdings
from bot.i18n.words import Words
from bot.ui import theme
from bot.ui.layout import Card, button, press_id, row, said

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
