"""Factors in files: the notes of a workshop into the programme, and everything out of it."""

import io
import zipfile

import discord
from discord import app_commands

from bot.domain.factors import exporting, factors, importing
from bot.domain.kit.errors import ExportTooLarge
from bot.i18n.commands import described, named
from bot.ui import completion
from bot.ui.answers import edit_answer, person_of, privately
from bot.ui.imports import fetched
from bot.ui.layout import note
from bot.ui.presses import handles
from cogs.factors.file_cards import (
    changed_card,
    exported_card,
    import_card,
    imported_card,
    posting_card,
)
from cogs.factors.part import FactorInteraction, FactorPart
from cogs.factors.posting import ensure_posted

_TOLD_EVERY = 5


class Files(FactorPart):
    """Importing factors from files, exporting them to files."""

    @app_commands.command(name=named("import"), description=described("command.factor.import"))
    @app_commands.describe(file=described("command.factor.import.file"))
    @app_commands.rename(file=named("file"))
    async def import_(self, interaction: FactorInteraction, file: discord.Attachment) -> None:
        """Show what a file of factors would do."""
        guild_id, person = interaction.guild_id or 0, person_of(interaction)
        await self.works.db.read(importing.need_importer, guild_id, person)
        data = await fetched(interaction, file)
        view = await self.works.db.write(
            importing.preview, guild_id, person, data, now=self.works.now()
        )
        await privately(
            interaction,
            import_card(self.works.speech.to(interaction.locale, interaction.guild_id or 0), view),
        )

    @handles("importfactors:1")
    async def import_confirmed(self, interaction: FactorInteraction, upload_id: int) -> None:
        """Take in what the file holds, and post the cards one after another."""
        await interaction.response.defer()
        view = await self.works.db.write(
            importing.confirm,
            interaction.guild_id or 0,
            person_of(interaction),
            upload_id,
            now=self.works.now(),
        )
        words = self.works.speech.to(interaction.locale, interaction.guild_id or 0)
        if not view.made:
            await interaction.edit_original_response(view=changed_card(words, view))
            return
        posted = await self._post(interaction, view.made)
        await edit_answer(interaction, imported_card(words, posted, len(view.made)))

    async def _post(self, interaction: FactorInteraction, factor_ids: tuple[int, ...]) -> int:
        """Post cards in their order, telling now and then how far it has come; how many stand.

        What a restart leaves unposted, ``/programme status`` counts and Repair posts.
        """
        words, count, posted = (
            self.works.speech.to(interaction.locale, interaction.guild_id or 0),
            len(factor_ids),
            0,
        )
        for number, factor_id in enumerate(factor_ids):
            if number % _TOLD_EVERY == 0:
                await edit_answer(interaction, posting_card(words, posted, count))
            factor = await self.works.db.read(
                factors.show, interaction.guild_id or 0, factor_id, now=self.works.now()
            )
            posted += (await ensure_posted(self.crew, factor)).message_id is not None
        return posted

    @app_commands.command(name=named("export"), description=described("command.factor.export"))
    @app_commands.describe(track=described("command.factor.export.track"))
    @app_commands.rename(track=named("track"))
    @app_commands.autocomplete(track=completion.track)
    async def export(self, interaction: FactorInteraction, track: str = "") -> None:
        """Give all factors as files."""
        await interaction.response.defer(ephemeral=True)
        words = self.works.speech.to(interaction.locale, interaction.guild_id or 0)
        found = await self.works.db.read(
            exporting.export,
            interaction.guild_id or 0,
            person_of(interaction),
            track,
            words.language,
            now=self.works.now(),
        )
        if not found.count:
            await privately(interaction, note(words("export.none")))
            return
        name = words("file.factors")
        files = {f"{name}.csv": found.csv, f"{name}.json": found.json}
        if sum(map(len, files.values())) > interaction.filesize_limit:
            files = {f"{name}.zip": _packed(files)}
        if sum(map(len, files.values())) > interaction.filesize_limit:
            raise ExportTooLarge
        attachments = [discord.File(io.BytesIO(data), name) for name, data in files.items()]
        await privately(interaction, exported_card(words, found.count, *files), *attachments)


def _packed(files: dict[str, bytes]) -> bytes:
    """Files in one archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()
