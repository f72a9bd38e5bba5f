"""``/digest``: seeing what the weekly digest tells, sending it, choosing what it holds."""

import io
from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.delivery.crew import Crew
from bot.domain.digest import digests, names, settings
from bot.domain.digest.settings import DigestSettings
from bot.domain.digest.views import FORUM_EDITION, DigestView
from bot.domain.kit.people import need_coordinator
from bot.domain.programme import programmes
from bot.domain.tracks import places
from bot.domain.tracks.places import FORUM
from bot.i18n.commands import described, named
from bot.ui import completion
from bot.ui.answers import channels_around, person_of, privately
from bot.ui.presses import handles
from cogs.digest.cards import DigestShown, preview_card
from cogs.digest.mail import mail
from cogs.digest.posting import pictures, prepare, serve, spoken
from cogs.digest.setting_cards import (
    mail_card,
    sections_off,
    sent_card,
    settings_card,
    settings_form,
)

_Interaction = discord.Interaction[Any]


class DigestCog(
    commands.GroupCog,
    group_name=named("digest"),
    group_description=described("command.digest"),
):
    """The weekly digest, for coordinators; everyone else reads it where it is posted."""

    def __init__(self, crew: Crew) -> None:
        self.crew, self.works = crew, crew.works
        serve(crew)

    @app_commands.command(name=named("preview"), description=described("command.digest.preview"))
    @app_commands.describe(week=described("command.digest.preview.week"))
    @app_commands.rename(week=named("week"))
    @app_commands.autocomplete(week=completion.week)
    async def preview(self, interaction: _Interaction, week: str = "") -> None:
        """Show a week's digest as it is or was posted; without a week the coming one."""
        guild_id, read = interaction.guild_id or 0, self.works.db.read
        await interaction.response.defer(ephemeral=True, thinking=True)
        await read(need_coordinator, guild_id, person_of(interaction))
        number = None
        if week.strip():
            number = (await read(names.week_typed, guild_id, week, now=self.works.now())).value
        here = await read(places.track_of_channel, guild_id, channels_around(interaction))
        await self._show(interaction, number, here)

    @handles("digestpreview:1")
    async def other(self, interaction: _Interaction, week: int, edition: int) -> None:
        """Show another edition in place of the one that was pressed."""
        await interaction.response.defer()
        await self._show(interaction, week, edition)

    @handles("digestpick:1")
    async def pick(self, interaction: _Interaction, week: int) -> None:
        """Show the edition that was chosen from the list."""
        data: Any = interaction.data
        chosen = str(next(iter(data.get("values") or []), ""))
        await interaction.response.defer()
        await self._show(interaction, week, int(chosen) if chosen.isdecimal() else None)

    @handles("digestmail:1")
    async def mail(self, interaction: _Interaction, week: int, edition: int) -> None:
        """Give the week as files that can be mailed."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        view = await self._view(interaction, week, edition)
        words = self.works.speech.to(interaction.locale, interaction.guild_id or 0)
        name = f"{words('file.digest')}-{view.week}"
        programme = interaction.guild.name if interaction.guild else ""
        page, plain = mail(spoken(self.works, view), view, programme)
        texts = {f"{name}.html": page, f"{name}.txt": plain}
        files = [discord.File(io.BytesIO(text.encode()), each) for each, text in texts.items()]
        card = mail_card(
            self.works.speech.to(interaction.locale, interaction.guild_id or 0), view, list(texts)
        )
        await privately(interaction, card, *files)

    @app_commands.command(name=named("send"), description=described("command.digest.send"))
    async def send(self, interaction: _Interaction) -> None:
        """Post this week's digest now."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        await self._send(interaction)

    @handles("digestgo:1")
    async def send_seen(self, interaction: _Interaction) -> None:
        """Post what was shown in the preview."""
        await interaction.response.defer()
        await self._send(interaction)

    @app_commands.command(name=named("settings"), description=described("command.digest.settings"))
    async def settings(self, interaction: _Interaction) -> None:
        """Show what is chosen for the digest, with ways to change it."""
        found = await self._chosen(interaction)
        await privately(
            interaction,
            settings_card(
                self.works.speech.to(interaction.locale, interaction.guild_id or 0), found
            ),
        )

    @handles("digestset:1")
    async def open_form(self, interaction: _Interaction) -> None:
        """Open the form of sections and greeting with what stands."""
        found = await self._chosen(interaction)
        form = settings_form(
            self.works.speech.to(interaction.locale, interaction.guild_id or 0), found
        )
        await interaction.response.send_modal(form)

    @handles("digestsave:1")
    async def save(self, interaction: _Interaction, typed: dict[str, str]) -> None:
        """Keep what was chosen."""
        found = await self.works.db.write(
            settings.change,
            interaction.guild_id or 0,
            person_of(interaction),
            off=sections_off(typed.get("sections", "")),
            greeting=typed.get("greeting", ""),
            now=self.works.now(),
        )
        card = settings_card(
            self.works.speech.to(interaction.locale, interaction.guild_id or 0), found, saved=True
        )
        await interaction.response.edit_message(view=card)

    async def _chosen(self, interaction: _Interaction) -> DigestSettings:
        return await self.works.db.read(
            settings.settings,
            interaction.guild_id or 0,
            person_of(interaction),
            now=self.works.now(),
        )

    async def _view(
        self, interaction: _Interaction, week: int | None, edition: int | None
    ) -> DigestView:
        return await self.works.db.read(
            digests.preview,
            interaction.guild_id or 0,
            person_of(interaction),
            week,
            edition,
            now=self.works.now(),
        )

    async def _show(self, interaction: _Interaction, week: int | None, edition: int | None) -> None:
        """Show an edition in the answer that was promised."""
        view = await self._view(interaction, week, edition)
        chosen = await self._chosen(interaction)
        coming = view.state is None and view.week >= chosen.next_week
        shown = DigestShown(
            chosen.next_at if coming else None, coming and not chosen.sent_in(self.works.now())
        )
        public = spoken(self.works, view)
        files = await pictures(public, view)
        card = preview_card(
            public,
            self.works.speech.to(interaction.locale, interaction.guild_id or 0),
            view,
            shown,
            pictured=bool(files),
        )
        await interaction.edit_original_response(view=card, attachments=files)

    async def _send(self, interaction: _Interaction) -> None:
        guild_id, person = interaction.guild_id or 0, person_of(interaction)
        await self.works.db.read(need_coordinator, guild_id, person)
        await prepare(self.crew, guild_id)
        views = await self.works.db.write(digests.send, guild_id, person, now=self.works.now())
        self.crew.courier.wake()
        programme = await self.works.db.read(programmes.view, guild_id)
        editions = [view.edition.track_id or FORUM_EDITION for view in views]
        slots = [f"announcements:{each}" if each else FORUM for each in editions]
        channels = [found for slot in slots if (found := programme.discord_id(slot)) is not None]
        card = sent_card(
            self.works.speech.to(interaction.locale, interaction.guild_id or 0), views, channels
        )
        await interaction.edit_original_response(view=card, attachments=[])
