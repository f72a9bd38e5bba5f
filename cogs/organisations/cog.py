"""``/organisation``."""

import io

import discord
from discord import app_commands
from discord.ext import commands

from bot.ask import Ask
from bot.delivery.crew import Crew
from bot.domain.members import directory
from bot.domain.membership import importing, organisation_changes
from bot.domain.membership.organisation_changes import OrganisationChange
from bot.domain.organisations import invitations, organisations
from bot.domain.organisations.invitations import InvitationView
from bot.i18n.words import Words
from bot.ui.commands import command
from bot.ui.layout import note
from cogs.organisations import cards
from cogs.organisations.invitations import (
    InvitationWay,
    invitation_text,
    invitations_file,
    mail_merge,
    way_in,
)
from cogs.organisations.options import OrganisationSaid
from cogs.organisations.presses import import_card
from cogs.tracks.options import TracksSaid

_Size = app_commands.Range[int, 1, organisations.SIZE_LIMIT]
_NewSize = app_commands.Range[int, 0, organisations.SIZE_LIMIT]


class OrganisationCog(commands.Cog):
    """Organisations: who takes part, who answers for them, and how their people get in."""

    def __init__(self, crew: Crew) -> None:
        self.crew, self.works = crew, crew.works

    @command("organisation.add")
    async def add(
        self, ask: Ask, name: str, tracks: TracksSaid = "", size: _Size | None = None
    ) -> None:
        """Let an organisation take part, and show how its people get in."""
        guild = ask.guild
        view = await ask.write(organisation_changes.add, name=name, tracks_said=tracks, size=size)
        invitation = await ask.read(invitations.invitation, str(view.id))
        text, way = await self._invitation_text(ask, invitation)
        words = ask.words
        await ask.answer(cards.added_card(words, view, invitation, text, way))
        self.crew.follow_up(guild.id)

    @command("organisation.edit")
    async def edit(
        self,
        ask: Ask,
        organisation: OrganisationSaid,
        name: str | None = None,
        tracks: TracksSaid | None = None,
        size: _NewSize | None = None,
    ) -> None:
        """Change an organisation."""
        guild = ask.guild
        before, after = await ask.write(
            organisation_changes.edit, organisation, OrganisationChange(name, tracks, size)
        )
        words = ask.words
        await ask.answer(cards.edited_card(words, before, after))
        self.crew.follow_up(guild.id)

    @command("organisation.remove")
    async def remove(self, ask: Ask, organisation: OrganisationSaid) -> None:
        """Remove an organisation; one with a history only after asking."""
        view = await ask.write(organisation_changes.ask, organisation)
        await ask.answer(cards.removal_card(ask.words, view))
        self.crew.follow_up(ask.programme_id)

    @command("organisation.list")
    async def list(self, ask: Ask) -> None:
        """Show who takes part."""
        found = await ask.read(directory.listed)
        await ask.answer(cards.list_card(ask.words, found))

    @command("organisation.contact")
    async def contact(
        self, ask: Ask, organisation: OrganisationSaid, member: discord.Member | None = None
    ) -> None:
        """Show who answers for an organisation, or choose who does."""
        words = ask.words
        if member is None:
            view = await ask.read(directory.contact, organisation)
            await ask.answer(cards.contact_card(words, view))
            return
        view = await ask.write(organisation_changes.set_contact, organisation, member.id)
        await ask.answer(cards.contact_set_card(words, view))

    @command("organisation.code")
    async def code(self, ask: Ask, organisation: OrganisationSaid, renew: bool = False) -> None:
        """Show an organisation's code, or a new one, with its invitation."""
        if renew:
            invitation = await ask.write(invitations.renew_code, organisation)
        else:
            invitation = await ask.read(invitations.invitation, organisation)
        text, way = await self._invitation_text(ask, invitation)
        words = ask.words
        await ask.answer(cards.code_card(words, invitation, text, way, renewed=renew))

    @command("organisation.invitations")
    async def invitations(self, ask: Ask) -> None:
        """Give every organisation's invitation, as a text to read and a table for mail merge."""
        guild = ask.guild
        found = await ask.read(invitations.invitations)
        words = ask.words
        if not found:
            await ask.answer(note(words("organisation.list.empty")))
            return
        await ask.later()
        way = await way_in(self.works, guild)
        theirs = self._words_of(found[0], guild.id)
        name = theirs("file.invitations")
        files = {
            f"{name}.txt": invitations_file(theirs, found, way),
            f"{name}.csv": mail_merge(theirs, found, way),
        }
        card = cards.invitations_card(words, len(found), way, list(files))
        await ask.answer(card, *[discord.File(io.BytesIO(files[each]), each) for each in files])

    @command("organisation.import")
    async def import_(self, ask: Ask, file: discord.Attachment) -> None:
        """Show what a file of organisations would do."""
        await ask.read(importing.need_importer)
        data = await ask.fetch(file)
        table = await ask.read(importing.understood, data)
        view = await ask.write(importing.preview, table)
        await ask.answer(import_card(ask.words, view))

    async def _invitation_text(
        self, ask: Ask, invitation: InvitationView
    ) -> tuple[str, InvitationWay]:
        """The invitation in the programme's language; the person sees meanwhile that it works."""
        guild = ask.guild
        await ask.later()
        way = await way_in(self.works, guild)
        return invitation_text(self._words_of(invitation, guild.id), invitation, way), way

    def _words_of(self, invitation: InvitationView, guild_id: int) -> Words:
        return self.works.speech.in_(invitation.language, guild_id)
