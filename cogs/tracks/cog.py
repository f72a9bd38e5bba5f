"""``/track``."""

from dataclasses import replace
from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.delivery.crew import Crew
from bot.domain.membership import archiving, track_changes
from bot.domain.membership.track_changes import EditedTrack
from bot.domain.organisations import tracks
from bot.domain.programme import programmes
from bot.domain.tracks.fields import LONGEST_DAYS
from bot.domain.tracks.places import track_slots
from bot.domain.tracks.tracks import TrackView
from bot.i18n.commands import described, named
from bot.i18n.words import Words
from bot.ui import completion
from bot.ui.answers import edit_answer, person_of, privately
from bot.ui.presses import handles
from bot.ui.text import clip, escape
from cogs.kit.builder import Stands
from cogs.kit.cards import blocked_card, progress_card, stopped_card
from cogs.kit.health import before_making
from cogs.kit.works import bring_in_line
from cogs.tracks.cards import (
    ask_card,
    blocked_track_card,
    changed_card,
    created_card,
    edited_text,
    list_card,
    title,
    working_card,
)
from cogs.tracks.shaping import follow

_Interaction = discord.Interaction[Any]
_Days = app_commands.Range[int, 0, LONGEST_DAYS]


class TrackCog(commands.Cog):
    """Tracks: beginning, changing, archiving them."""

    def __init__(self, crew: Crew) -> None:
        self.crew, self.works = crew, crew.works

    track = app_commands.Group(name=named("track"), description=described("command.track"))

    @track.command(name=named("create"), description=described("command.track.create"))
    @app_commands.describe(
        name=described("command.track.create.name"),
        description=described("command.track.create.description"),
        emoji=described("command.track.create.emoji"),
    )
    @app_commands.rename(name=named("name"), description=named("description"), emoji=named("emoji"))
    async def create(
        self, interaction: _Interaction, name: str, description: str = "", emoji: str = ""
    ) -> None:
        """Begin a track."""
        guild = _guild(interaction)
        said = {"name": name, "description": description, "emoji": emoji}
        person, words = (
            person_of(interaction),
            self.works.speech.to(interaction.locale, interaction.guild_id or 0),
        )
        new = await self.works.db.read(track_changes.check_new, guild.id, person, **said)
        programme = await self.works.db.read(programmes.view, guild.id)
        slots = track_slots(self.works.speech.in_(programme.language, guild.id), new)
        stopping = [trouble for trouble in before_making(guild, slots) if trouble.stops]
        if stopping:
            card = blocked_card(words, slots, lambda _: False, stopping)
            await privately(interaction, card)
            return
        made = await self.works.db.write(
            track_changes.create, guild.id, person, **said, now=self.works.now()
        )
        await privately(interaction, progress_card(words, slots, lambda _: False))
        await self._build(interaction, guild, words, made)

    async def _build(
        self, interaction: _Interaction, guild: discord.Guild, words: Words, track: TrackView
    ) -> None:
        async def progress(stands: Stands) -> None:
            await edit_answer(interaction, progress_card(words, slots, stands))

        programme = await self.works.db.read(programmes.view, guild.id)
        slots = [slot for slot in programme.slots if slot.track_id == track.id]
        outcome = await bring_in_line(self.crew, guild, progress, track_id=track.id)
        now = [slot for slot in outcome.programme.slots if slot.track_id == track.id]
        if outcome.refusal is not None:
            why = clip(escape(outcome.refusal), 300)
            card = stopped_card(words, now, words("track.stopped", why=why, track=title(track)))
        elif any(slot.discord_id is None for slot in now):
            card = blocked_track_card(words, track, outcome)
        else:
            card = created_card(words, track, outcome)
        await edit_answer(interaction, card)

    @track.command(name=named("list"), description=described("command.track.list"))
    async def list(self, interaction: _Interaction) -> None:
        """Show the tracks."""
        found = await self.works.db.read(tracks.listed, interaction.guild_id or 0)
        await privately(
            interaction,
            list_card(
                self.works.speech.to(interaction.locale, interaction.guild_id or 0), found, 0
            ),
        )

    @handles("tracks:1")
    async def turn(self, interaction: _Interaction, page: int, _direction: str) -> None:
        """Turn a page of the list."""
        found = await self.works.db.read(tracks.listed, interaction.guild_id or 0)
        card = list_card(
            self.works.speech.to(interaction.locale, interaction.guild_id or 0), found, page
        )
        await interaction.response.edit_message(view=card)

    @track.command(name=named("edit"), description=described("command.track.edit"))
    @app_commands.describe(
        track=described("command.track.edit.track"),
        name=described("command.track.edit.name"),
        description=described("command.track.edit.description"),
        emoji=described("command.track.edit.emoji"),
        closed=described("command.track.edit.closed"),
        discussion_days=described("command.track.edit.discussion_days"),
        voting_days=described("command.track.edit.voting_days"),
    )
    @app_commands.rename(
        track=named("track"),
        name=named("name"),
        description=named("description"),
        emoji=named("emoji"),
        closed=named("closed"),
        discussion_days=named("discussion_days"),
        voting_days=named("voting_days"),
    )
    @app_commands.autocomplete(track=completion.track)
    async def edit(  # noqa: PLR0917 - discord.py hands each option over by its name
        self,
        interaction: _Interaction,
        track: str,
        name: str | None = None,
        description: str | None = None,
        emoji: str | None = None,
        closed: bool | None = None,
        discussion_days: _Days | None = None,
        voting_days: _Days | None = None,
    ) -> None:
        """Change a track."""
        changes = {
            "name": name,
            "description": description,
            "emoji": emoji,
            "closed": closed,
            "discussion_days": discussion_days,
            "voting_days": voting_days,
        }
        edited = await self.works.db.write(
            track_changes.edit,
            interaction.guild_id or 0,
            person_of(interaction),
            track,
            changes,
            now=self.works.now(),
        )
        words = self.works.speech.to(interaction.locale, interaction.guild_id or 0)
        await privately(interaction, working_card(words, edited.after))
        self.crew.follow_up(interaction.guild_id or 0)
        await self._follow(interaction, edited, edited_text(words, edited))

    @track.command(name=named("archive"), description=described("command.track.archive"))
    @app_commands.describe(track=described("command.track.archive.track"))
    @app_commands.rename(track=named("track"))
    @app_commands.autocomplete(track=completion.track_in_use)
    async def archive(self, interaction: _Interaction, track: str) -> None:
        """Ask whether a track should be archived."""
        found = await self.works.db.read(
            track_changes.need_in_use, interaction.guild_id or 0, person_of(interaction), track
        )
        await privately(
            interaction,
            ask_card(self.works.speech.to(interaction.locale, interaction.guild_id or 0), found),
        )

    @handles("archive:1")
    async def archive_confirmed(self, interaction: _Interaction, track_id: int) -> None:
        """Archive a track."""
        edited = await self.works.db.write(
            archiving.archive,
            interaction.guild_id or 0,
            person_of(interaction),
            track_id,
            now=self.works.now(),
        )
        words = self.works.speech.to(interaction.locale, interaction.guild_id or 0)
        await interaction.response.edit_message(view=working_card(words, edited.after))
        self.crew.meetings.wake(interaction.guild_id or 0)
        head = words("track.archive.done", track=title(edited.after))
        await self._follow(interaction, edited, head)

    @track.command(name=named("reopen"), description=described("command.track.reopen"))
    @app_commands.describe(track=described("command.track.reopen.track"))
    @app_commands.rename(track=named("track"))
    @app_commands.autocomplete(track=completion.archived_track)
    async def reopen(self, interaction: _Interaction, track: str) -> None:
        """Let an archived track go on."""
        edited = await self.works.db.write(
            track_changes.reopen,
            interaction.guild_id or 0,
            person_of(interaction),
            track,
            now=self.works.now(),
        )
        words = self.works.speech.to(interaction.locale, interaction.guild_id or 0)
        await privately(interaction, working_card(words, edited.after))
        head = words("track.reopen.done", track=title(edited.after))
        await self._follow(interaction, edited, head)

    @handles("reshape:1")
    async def reshape(
        self, interaction: _Interaction, track_id: int, closed: int, archived: int
    ) -> None:
        """Try once more to let the channels follow; the id says how they were before."""
        now = await self.works.db.read(
            track_changes.need_to_change,
            interaction.guild_id or 0,
            person_of(interaction),
            track_id,
        )
        before = replace(now, closed=bool(closed), archived=bool(archived))
        words = self.works.speech.to(interaction.locale, interaction.guild_id or 0)
        await interaction.response.edit_message(view=working_card(words, now))
        head = words("track.again.done", track=title(now))
        await self._follow(interaction, EditedTrack(before, now), head)

    async def _follow(self, interaction: _Interaction, edited: EditedTrack, head: str) -> None:
        refusal = await follow(self.crew, _guild(interaction), edited)
        card = changed_card(
            self.works.speech.to(interaction.locale, interaction.guild_id or 0),
            edited,
            head,
            refusal,
        )
        await edit_answer(interaction, card)


def _guild(interaction: _Interaction) -> discord.Guild:
    assert interaction.guild is not None
    return interaction.guild
