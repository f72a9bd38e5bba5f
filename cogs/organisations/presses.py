"""What the buttons on cards about organisations do."""

import io

import discord
from discord.ext import commands

from bot.ask import Ask
from bot.delivery.crew import Crew
from bot.domain.kit import uploads
from bot.domain.members import directory
from bot.domain.membership import importing, organisation_changes
from bot.domain.membership.importing import ImportView
from bot.i18n.words import Words
from bot.ui import theme
from bot.ui.imports import bad_parts, choice_row, file_parts, joined
from bot.ui.layout import Card, line, note, press_id, said
from bot.ui.presses import handles
from cogs.organisations.cards import WAITING, exported_card, list_card, removal_card


class OrganisationPresses(commands.Cog):
    """Buttons on cards about organisations."""

    def __init__(self, crew: Crew) -> None:
        self.crew, self.works = crew, crew.works

    @handles("removeorganisation:1")
    async def removal_confirmed(self, ask: Ask, organisation_id: int) -> None:
        """Remove it, whatever it has."""
        guild_id = ask.programme_id
        view = await ask.write(organisation_changes.remove, str(organisation_id))
        card = removal_card(ask.words, view)
        await ask.replace(card)
        self.crew.follow_up(guild_id)

    @handles("keeporganisation:1")
    async def removal_cancelled(self, ask: Ask, _organisation_id: int) -> None:
        """Let it stay."""
        words = ask.words
        await ask.replace(note(words("organisation.kept")))

    @handles("organisations:1")
    async def turn(self, ask: Ask, page: int, how: str) -> None:
        """Turn a page of the list, or show another choice of it."""
        found = await ask.read(directory.listed, page=page, waiting=how.startswith(WAITING))
        card = list_card(ask.words, found)
        await ask.replace(card)

    @handles("organisationfile:1")
    async def export(self, ask: Ask) -> None:
        """Give all organisations as a file."""
        words = ask.words
        count, data = await ask.read(directory.export, words.language)
        filename = f"{words('file.organisations')}.csv"
        card = exported_card(words, count, filename)
        await ask.answer(card, discord.File(io.BytesIO(data), filename))

    @handles("importorganisations:1")
    async def import_confirmed(self, ask: Ask, upload_id: int) -> None:
        """Take in what the file holds."""
        await ask.later(anew=False)
        view = await ask.write(importing.confirm, upload_id)
        card = imported_card(ask.words, view)
        await ask.go_on(card)
        self.crew.follow_up(ask.programme_id)

    @handles("dropimport:1")
    async def import_cancelled(self, ask: Ask, upload_id: int) -> None:
        """Forget the file."""
        await ask.write(uploads.drop, ask.person.id, upload_id)
        words = ask.words
        await ask.replace(note(words("import.cancelled")))


def import_card(words: Words, view: ImportView) -> Card:
    """What a file would do, with a way to let it; or why it cannot."""
    if view.bad:
        head = words("import.bad", n=len({each.line for each in view.bad}))
        return _bad_card(words, view, head)
    count = len(view.new) + len(view.returning)
    if not count:
        parts = [
            said(words("import.nothing_new", n=view.unchanged)),
            *file_parts(words, view.ignored, view.remarks),
        ]
        return Card(*parts)
    parts = [said(words("import.ready", n=count)), line(), *_names(words, view)]
    if view.unchanged:
        parts.append(said(words("import.unchanged", n=view.unchanged)))
    if view.alike:
        parts.append(said(words("import.alike", names=joined(view.alike))))
    press = press_id("importorganisations:1", view.upload_id)
    choice = choice_row(words, words("import.confirm"), press, view.upload_id or 0)
    return Card(*parts, *file_parts(words, view.ignored, view.remarks), choice)


def imported_card(words: Words, view: ImportView) -> Card:
    """What was done; or what came in between."""
    if view.bad:
        return _bad_card(words, view, words("import.changed"))
    count = len(view.new) + len(view.returning)
    if not count:
        return Card(said(words("import.nothing_new", n=view.unchanged)))
    parts = [said(words("import.done", n=count)), line(), *_names(words, view)]
    return Card(*parts, line(), said(words("import.next")), accent=theme.DONE)


def _bad_card(words: Words, view: ImportView, head: str) -> Card:
    tracks = joined(view.tracks)
    there = words("import.tracks", names=tracks) if tracks else words("import.tracks.none")
    parts = [*bad_parts(words, head, view.bad), line(), said(there)]
    parts += [*file_parts(words, view.ignored, view.remarks), said(words("import.mend"))]
    return Card(*parts, accent=theme.TROUBLE)


def _names(words: Words, view: ImportView) -> list[discord.ui.Item[Card]]:
    parts: list[discord.ui.Item[Card]] = []
    if view.new:
        parts.append(said(joined(view.new)))
    if view.returning:
        parts.append(said(words("import.returning", names=joined(view.returning))))
    return parts
