"""``/organisation``."""

import io
from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.delivery.crew import Crew
from bot.domain.members import directory
from bot.domain.membership import importing, organisation_changes, removal
from bot.domain.membership.organisation_changes import OrganisationChange
from bot.domain.organisations import invitations, organisations
from bot.domain.organisations.invitations import InvitationView
from bot.i18n.commands import described, named
from bot.i18n.words import Words
from bot.ui import completion
from bot.ui.answers import person_of, privately
from bot.ui.imports import fetched
from bot.ui.layout import note
from cogs.organisations import cards
from cogs.organisations.imports import import_card
from cogs.organisations.invitations import InvitationWay, invitation_text, invitations_file, way_in

_Interaction = discord.Interaction[Any]
_Size = app_commands.Range[int, 1, organisations.SIZE_LIMIT]
_NewSize = app_commands.Range[int, 0, organisations.SIZE_LIMIT]
_WHICH = described("command.organisation.organisation")


class OrganisationCog(commands.Cog):
    """Organisations: who takes part, who answers for them, and how their people get in."""

    def __init__(self, crew: Crew) -> None:
        self.crew, self.works = crew, crew.works

    organisation = app_commands.Group(
        name=named("organisation"), description=described("command.organisation")
    )

    @organisation.command(name=named("add"), description=described("command.organisation.add"))
    @app_commands.describe(
        name=described("command.organisation.add.name"),
        tracks=described("command.organisation.add.tracks"),
        size=described("command.organisation.add.size"),
    )
    @app_commands.rename(name=named("name"), tracks=named("tracks"), size=named("size"))
    @app_commands.autocomplete(tracks=completion.several_tracks)
    async def add(
        self, interaction: _Interaction, name: str, tracks: str = "", size: _Size | None = None
    ) -> None:
        """Let an organisation take part, and show how its people get in."""
        guild, person = _guild(interaction), person_of(interaction)
        view = await self.works.db.write(
            organisation_changes.add,
            guild.id,
            person,
            name=name,
            tracks_said=tracks,
            size=size,
            now=self.works.now(),
        )
        invitation = await self.works.db.read(
            invitations.invitation, guild.id, person, str(view.id)
        )
        text, way = await self._invitation_text(interaction, invitation)
        words = self.works.speech.to(interaction.locale, interaction.guild_id or 0)
        await privately(interaction, cards.added_card(words, view, invitation, text, way))
        self.crew.follow_up(guild.id)

    @organisation.command(name=named("edit"), description=described("command.organisation.edit"))
    @app_commands.describe(
        organisation=_WHICH,
        name=described("command.organisation.edit.name"),
        tracks=described("command.organisation.edit.tracks"),
        size=described("command.organisation.edit.size"),
    )
    @app_commands.rename(
        organisation=named("organisation"),
        name=named("name"),
        tracks=named("tracks"),
        size=named("size"),
    )
    @app_commands.autocomplete(
        organisation=completion.organisation, tracks=completion.several_tracks
    )
    async def edit(
        self,
        interaction: _Interaction,
        organisation: str,
        name: str | None = None,
        tracks: str | None = None,
        size: _NewSize | None = None,
    ) -> None:
        """Change an organisation."""
        guild = _guild(interaction)
        before, after = await self.works.db.write(
            organisation_changes.edit,
            guild.id,
            person_of(interaction),
            organisation,
            OrganisationChange(name, tracks, size),
            now=self.works.now(),
        )
        words = self.works.speech.to(interaction.locale, interaction.guild_id or 0)
        await privately(interaction, cards.edited_card(words, before, after))
        self.crew.follow_up(guild.id)

    @organisation.command(
        name=named("remove"), description=described("command.organisation.remove")
    )
    @app_commands.describe(organisation=_WHICH)
    @app_commands.rename(organisation=named("organisation"))
    @app_commands.autocomplete(organisation=completion.organisation)
    async def remove(self, interaction: _Interaction, organisation: str) -> None:
        """Remove an organisation; one with a history only after asking."""
        view = await self.works.db.write(
            removal.ask,
            interaction.guild_id or 0,
            person_of(interaction),
            organisation,
            now=self.works.now(),
        )
        await privately(
            interaction,
            cards.removal_card(
                self.works.speech.to(interaction.locale, interaction.guild_id or 0), view
            ),
        )
        self.crew.follow_up(interaction.guild_id or 0)

    @organisation.command(name=named("list"), description=described("command.organisation.list"))
    async def list(self, interaction: _Interaction) -> None:
        """Show who takes part."""
        found = await self.works.db.read(
            directory.listed, interaction.guild_id or 0, person_of(interaction)
        )
        await privately(
            interaction,
            cards.list_card(
                self.works.speech.to(interaction.locale, interaction.guild_id or 0), found
            ),
        )

    @organisation.command(
        name=named("contact"), description=described("command.organisation.contact")
    )
    @app_commands.describe(
        organisation=_WHICH, member=described("command.organisation.contact.member")
    )
    @app_commands.rename(organisation=named("organisation"), member=named("member"))
    @app_commands.autocomplete(organisation=completion.organisation)
    async def contact(
        self, interaction: _Interaction, organisation: str, member: discord.Member | None = None
    ) -> None:
        """Show who answers for an organisation, or choose who does."""
        guild_id = interaction.guild_id or 0
        words = self.works.speech.to(interaction.locale, interaction.guild_id or 0)
        if member is None:
            view = await self.works.db.read(directory.contact, guild_id, organisation)
            await privately(interaction, cards.contact_card(words, view))
            return
        view = await self.works.db.write(
            organisation_changes.set_contact,
            guild_id,
            person_of(interaction),
            organisation,
            member.id,
            now=self.works.now(),
        )
        await privately(interaction, cards.contact_set_card(words, view))

    @organisation.command(name=named("code"), description=described("command.organisation.code"))
    @app_commands.describe(organisation=_WHICH, renew=described("command.organisation.code.renew"))
    @app_commands.rename(organisation=named("organisation"), renew=named("renew"))
    @app_commands.autocomplete(organisation=completion.organisation)
    async def code(self, interaction: _Interaction, organisation: str, renew: bool = False) -> None:
        """Show an organisation's code, or a new one, with its invitation."""
        asked = (interaction.guild_id or 0, person_of(interaction), organisation)
        if renew:
            invitation = await self.works.db.write(
                invitations.renew_code, *asked, now=self.works.now()
            )
        else:
            invitation = await self.works.db.read(invitations.invitation, *asked)
        text, way = await self._invitation_text(interaction, invitation)
        words = self.works.speech.to(interaction.locale, interaction.guild_id or 0)
        await privately(interaction, cards.code_card(words, invitation, text, way, renewed=renew))

    @organisation.command(
        name=named("invitations"), description=described("command.organisation.invitations")
    )
    async def invitations(self, interaction: _Interaction) -> None:
        """Give every organisation's invitation in one file."""
        guild = _guild(interaction)
        found = await self.works.db.read(invitations.invitations, guild.id, person_of(interaction))
        words = self.works.speech.to(interaction.locale, interaction.guild_id or 0)
        if not found:
            await privately(interaction, note(words("organisation.list.empty")))
            return
        await interaction.response.defer(ephemeral=True)
        way = await way_in(self.works, guild)
        theirs = self._words_of(found[0], guild.id)
        data = invitations_file(theirs, found, way)
        filename = f"{theirs('file.invitations')}.txt"
        card = cards.invitations_card(words, len(found), way, filename)
        await privately(interaction, card, discord.File(io.BytesIO(data), filename))

    @organisation.command(
        name=named("import"), description=described("command.organisation.import")
    )
    @app_commands.describe(file=described("command.organisation.import.file"))
    @app_commands.rename(file=named("file"))
    async def import_(self, interaction: _Interaction, file: discord.Attachment) -> None:
        """Show what a file of organisations would do."""
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

    async def _invitation_text(
        self, interaction: _Interaction, invitation: InvitationView
    ) -> tuple[str, InvitationWay]:
        """The invitation in the programme's language; the person sees meanwhile that it works."""
        guild = _guild(interaction)
        await interaction.response.defer(ephemeral=True)
        way = await way_in(self.works, guild)
        return invitation_text(self._words_of(invitation, guild.id), invitation, way), way

    def _words_of(self, invitation: InvitationView, guild_id: int) -> Words:
        return self.works.speech.in_(invitation.language, guild_id)


def _guild(interaction: _Interaction) -> discord.Guild:
    """The server; commands and presses without one never come this far."""
    assert interaction.guild is not None
    return interaction.guild
