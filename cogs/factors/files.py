"""Factors in files: the notes of a workshop into the programme, and everything out of it."""

import io
import zipfile

import discord
from discord.ext import commands

from bot.ask import Ask
from bot.delivery.crew import Crew
from bot.domain.factors import exporting, factors, importing
from bot.domain.kit.errors import ExportTooLarge
from bot.ui.commands import command
from bot.ui.layout import note
from bot.ui.presses import handles
from cogs.factors.file_cards import (
    changed_card,
    exported_card,
    import_card,
    imported_card,
    posting_card,
)
from cogs.factors.posting import ensure_posted
from cogs.tracks.options import TrackSaid

_TOLD_EVERY = 5
# As many are told in a second or so; more of them would hold up whoever presses meanwhile.
_MANY = 500


class Files(commands.Cog):
    """Importing factors from files, exporting them to files."""

    def __init__(self, crew: Crew) -> None:
        self.crew = crew

    @command("factor.import")
    async def import_(self, ask: Ask, file: discord.Attachment) -> None:
        """Show what a file of factors would do."""
        await ask.read(importing.need_importer)
        data = await ask.fetch(file)
        table = await ask.read(importing.understood, data)
        view = await ask.write(importing.preview, table)
        await ask.answer(import_card(ask.words, view))

    @handles("importfactors:1")
    async def import_confirmed(self, ask: Ask, upload_id: int) -> None:
        """Take in what the file holds, and post the cards one after another."""
        await ask.later(anew=False)
        view = await ask.write(importing.confirm, upload_id)
        words = ask.words
        if not view.made:
            await ask.go_on(changed_card(words, view))
            return
        posted = await self._post(ask, view.made)
        await ask.go_on(imported_card(words, posted, len(view.made)))

    async def _post(self, ask: Ask, factor_ids: tuple[int, ...]) -> int:
        """Post cards in their order, telling now and then how far it has come; how many stand.

        What a restart leaves unposted, ``/programme status`` counts and Repair posts.
        """
        words, count, posted = (ask.words, len(factor_ids), 0)
        for number, factor_id in enumerate(factor_ids):
            if number % _TOLD_EVERY == 0:
                await ask.go_on(posting_card(words, posted, count))
            factor = await ask.read(factors.show, factor_id)
            waiting = note(words("factor.publishing.waiting"))
            factor = await ask.in_time(ensure_posted(self.crew, factor), waiting)
            posted += factor.message_id is not None
        return posted

    @command("factor.export")
    async def export(self, ask: Ask, track: TrackSaid = "") -> None:
        """Give all factors as files."""
        await ask.later()
        words = ask.words
        count = await ask.read(exporting.number, track)
        if count > _MANY:
            await ask.go_on(note(words("export.making", n=count)))
            found = await ask.read_apart(exporting.export, track, words.language)
        else:
            found = await ask.read(exporting.export, track, words.language)
        if not found.count:
            await ask.answer(note(words("export.none")))
            return
        name = words("file.factors")
        files = {f"{name}.csv": found.csv, f"{name}.json": found.json}
        if sum(map(len, files.values())) > ask.file_limit:
            files = {f"{name}.zip": _packed(files)}
        if sum(map(len, files.values())) > ask.file_limit:
            raise ExportTooLarge
        attachments = [discord.File(io.BytesIO(data), name) for name, data in files.items()]
        await ask.go_on(exported_card(words, found.count, *files), *attachments)


def _packed(files: dict[str, bytes]) -> bytes:
    """Files in one archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()
