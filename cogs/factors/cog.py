"""``/factor``, and what its cards and forms do."""

import discord
from discord import app_commands
from discord.ext import commands

from bot.client import LedaBot
from bot.domain import drafts, factors, programmes, tracks, votes
from bot.domain.drafts import Written
from bot.domain.factors import FactorView
from bot.i18n import described, named
from bot.ui import completion
from bot.ui.answers import privately
from bot.ui.layout import Card, note
from bot.ui.presses import handles
from cogs.factors.cards import (
    OBJECTIONS_SHOWN,
    factor_card,
    list_card,
    preview_card,
    published_card,
    waiting_card,
)
from cogs.factors.forms import objection_form, propose_form
from cogs.factors.posting import ensure_posted, refresh
from storage.enums import Choice, FactorKind, FactorStatus

_Interaction = discord.Interaction[LedaBot]


class FactorCog(commands.Cog):
    """Factors: proposing, showing, listing, voting."""

    def __init__(self, bot: LedaBot) -> None:
        self.bot = bot

    factor = app_commands.Group(name=named("factor"), description=described("command.factor"))

    @factor.command(name=named("propose"), description=described("command.factor.propose"))
    async def propose(self, interaction: _Interaction) -> None:
        """Propose a factor."""
        await self._propose(interaction)

    @handles("begin:1")
    async def propose_from_home(self, interaction: _Interaction) -> None:
        """The home card's button."""
        await self._propose(interaction)

    async def _propose(self, interaction: _Interaction) -> None:
        """Open the form, or offer the draft that waits."""
        begin = await self._start(interaction)
        words = self.bot.words_for(interaction)
        if begin.draft is not None:
            await privately(interaction, waiting_card(words, begin.draft))
            return
        await interaction.response.send_modal(
            propose_form(words, begin.tracks, near=await self._track_here(interaction))
        )

    @handles("new:1")
    async def propose_anew(self, interaction: _Interaction) -> None:
        """Open an empty form, though a draft waits."""
        begin = await self._start(interaction)
        near = await self._track_here(interaction)
        words = self.bot.words_for(interaction)
        await interaction.response.send_modal(propose_form(words, begin.tracks, near=near))

    @handles("propose:1")
    async def proposed(
        self, interaction: _Interaction, typed: dict[str, str], draft_id: int
    ) -> None:
        """Keep what was typed and show it back."""
        written = Written(
            title=typed.get("title", ""),
            kind=FactorKind(typed.get("kind") or FactorKind.PROMOTING),
            how=typed.get("how", ""),
            track=typed.get("track", ""),
        )
        draft = await self.bot.db.write(
            drafts.save,
            interaction.guild_id or 0,
            interaction.user.id,
            written,
            draft_id=draft_id,
            now=self.bot.now(),
        )
        card = preview_card(self.bot.words_for(interaction), draft)
        if interaction.message is not None and interaction.message.flags.ephemeral:
            await interaction.response.edit_message(view=card)
        else:  # from a command, or from the home card, which is everyone's
            await privately(interaction, card)

    @handles("draft:1")
    async def show_draft(self, interaction: _Interaction, draft_id: int) -> None:
        """Go on with a draft."""
        card = preview_card(
            self.bot.words_for(interaction), await self._draft(interaction, draft_id)
        )
        await interaction.response.edit_message(view=card)

    @handles("change:1")
    async def change_draft(self, interaction: _Interaction, draft_id: int) -> None:
        """Open the form with the draft in it."""
        draft = await self._draft(interaction, draft_id)
        begin = await self._start(interaction)
        words = self.bot.words_for(interaction)
        await interaction.response.send_modal(propose_form(words, begin.tracks, draft))

    @handles("later:1")
    async def keep_draft(self, interaction: _Interaction, draft_id: int) -> None:
        """Leave the draft for later."""
        await self._draft(interaction, draft_id)
        words = self.bot.words_for(interaction)
        await interaction.response.edit_message(view=note(words("draft.kept")))

    @handles("publish:1")
    async def publish(self, interaction: _Interaction, draft_id: int) -> None:
        """Make a factor of the draft and post its card."""
        factor = await self.bot.db.write(
            factors.publish,
            interaction.guild_id or 0,
            interaction.user.id,
            draft_id,
            now=self.bot.now(),
        )
        words = self.bot.words_for(interaction)
        await interaction.response.edit_message(view=note(words("factor.publishing")))
        factor = await ensure_posted(self.bot, factor)
        await interaction.edit_original_response(view=published_card(words, factor))

    @factor.command(name=named("show"), description=described("command.factor.show"))
    @app_commands.describe(factor=described("command.factor.show.factor"))
    @app_commands.rename(factor=named("factor"))
    @app_commands.autocomplete(factor=completion.factor)
    async def show(self, interaction: _Interaction, factor: str) -> None:
        """Show a factor's card to the person, and see that everyone else can find it too."""
        view = await self.bot.db.read(factors.named, interaction.guild_id or 0, factor)
        await privately(interaction, await self._private_card(interaction, view))
        await ensure_posted(self.bot, view)

    @handles("factor:1")
    async def open(self, interaction: _Interaction, factor_id: int) -> None:
        """Show a factor's card to the person."""
        view = await self.bot.db.read(factors.show, interaction.guild_id or 0, factor_id)
        await privately(interaction, await self._private_card(interaction, view))

    @factor.command(name=named("list"), description=described("command.factor.list"))
    @app_commands.describe(
        track=described("command.factor.list.track"), status=described("command.factor.list.status")
    )
    @app_commands.rename(track=named("track"), status=named("status"))
    @app_commands.choices(
        status=[
            app_commands.Choice(name=described(f"factor.status.{status}"), value=status.value)
            for status in FactorStatus
        ]
    )
    @app_commands.autocomplete(track=completion.track)
    async def list(
        self,
        interaction: _Interaction,
        track: str | None = None,
        status: str = FactorStatus.OPEN.value,
    ) -> None:
        """List factors, newest first."""
        guild_id = interaction.guild_id or 0
        chosen = await self.bot.db.read(tracks.need, guild_id, track) if track else None
        page = await self.bot.db.read(
            factors.listed,
            guild_id,
            track_id=chosen.id if chosen else None,
            status=FactorStatus(status),
            page=0,
        )
        await privately(interaction, list_card(self.bot.words_for(interaction), page))

    @handles("factors:1")
    async def turn(
        self,
        interaction: _Interaction,
        page: int,
        track: int,
        status: FactorStatus,
        _direction: str,
    ) -> None:
        """Turn a page of the list."""
        found = await self.bot.db.read(
            factors.listed,
            interaction.guild_id or 0,
            track_id=track or None,
            status=status,
            page=page,
        )
        card = list_card(self.bot.words_for(interaction), found)
        await interaction.response.edit_message(view=card)

    @handles("vote:1")
    async def vote(self, interaction: _Interaction, factor_id: int, choice: Choice) -> None:
        """Count a vote; whoever objects is asked why first."""
        if choice is Choice.OBJECT:
            await self._object(interaction, factor_id)
            return
        factor = await self._vote(interaction, factor_id, choice)
        await self._answer(interaction, factor)

    @handles("objection:1")
    async def objected(
        self, interaction: _Interaction, typed: dict[str, str], factor_id: int
    ) -> None:
        """Count an objection with its reason."""
        reason = typed.get("reason", "")
        factor = await self._vote(interaction, factor_id, Choice.OBJECT, reason)
        await self._answer(interaction, factor)

    async def _object(self, interaction: _Interaction, factor_id: int) -> None:
        guild_id = interaction.guild_id or 0
        words = self.bot.words_for(interaction)
        standing = await self.bot.db.read(
            votes.current_choice, guild_id, factor_id, interaction.user.id
        )
        if standing is Choice.OBJECT:
            factor = await self._vote(interaction, factor_id, Choice.OBJECT)
            await self._answer(interaction, factor)
            return
        await interaction.response.send_modal(objection_form(words, factor_id))

    async def _vote(
        self, interaction: _Interaction, factor_id: int, choice: Choice, reason: str | None = None
    ) -> FactorView:
        return await self.bot.db.write(
            votes.vote,
            interaction.guild_id or 0,
            factor_id,
            interaction.user.id,
            choice,
            reason=reason,
            now=self.bot.now(),
        )

    async def _answer(self, interaction: _Interaction, factor: FactorView) -> None:
        """Update the card that was pressed, and the public one where that is another."""
        message = interaction.message
        public = message is not None and message.id == factor.message_id
        if public:
            card = factor_card(self.bot.words_in(factor.language, factor.programme_id), factor)
        else:
            card = await self._private_card(interaction, factor)
        try:
            await self.bot.cards.answer(interaction, card, factor.revision)
        except discord.HTTPException:
            # The vote counts all the same, and whoever does not see that would press again.
            refresh(self.bot, factor)
            raise
        if not public:
            refresh(self.bot, factor)

    async def _private_card(self, interaction: _Interaction, factor: FactorView) -> Card:
        """A factor for one person: in their language, with the reasons of those who object."""
        against = await self.bot.db.read(
            votes.objections, factor.programme_id, factor.id, OBJECTIONS_SHOWN
        )
        return factor_card(self.bot.words_for(interaction), factor, against)

    async def _start(self, interaction: _Interaction) -> drafts.Start:
        return await self.bot.db.read(
            drafts.start, interaction.guild_id or 0, interaction.user.id, now=self.bot.now()
        )

    async def _draft(self, interaction: _Interaction, draft_id: int) -> drafts.DraftView:
        return await self.bot.db.read(
            drafts.view,
            interaction.guild_id or 0,
            interaction.user.id,
            draft_id,
            now=self.bot.now(),
        )

    async def _track_here(self, interaction: _Interaction) -> int | None:
        """The track whose channel the person is in."""
        return await self.bot.db.read(
            programmes.track_of_channel, interaction.guild_id or 0, _channel_ids(interaction)
        )


def _channel_ids(interaction: _Interaction) -> frozenset[int]:
    """The channel that somebody is in, and for a thread the channel it belongs to."""
    channel = interaction.channel
    parent = channel.parent_id if isinstance(channel, discord.Thread) else None
    return frozenset(found for found in (interaction.channel_id, parent) if found)
