"""``/track``."""

from dataclasses import asdict, replace

import discord
from discord import app_commands
from discord.ext import commands

from bot.ask import Ask
from bot.delivery.crew import Crew
from bot.domain.membership import archiving, track_changes
from bot.domain.membership.track_changes import EditedTrack
from bot.domain.organisations import organisations
from bot.domain.programme import programmes
from bot.domain.tracks.fields import LONGEST_DAYS
from bot.domain.tracks.places import track_slots
from bot.domain.tracks.tracks import TrackView
from bot.i18n.words import Words
from bot.ui.commands import command
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
from cogs.tracks.forms import TrackForm, track_form
from cogs.tracks.options import ArchivedTrackSaid, TrackInUseSaid, TrackSaid
from cogs.tracks.shaping import follow

_Days = app_commands.Range[int, 0, LONGEST_DAYS]


class TrackCog(commands.Cog):
    """Tracks: beginning, changing, archiving them."""

    def __init__(self, crew: Crew) -> None:
        self.crew, self.works = crew, crew.works

    @command("track.create")
    async def create(self, ask: Ask, name: str, description: str = "", emoji: str = "") -> None:
        """Begin a track; ask first where its name would be taken for another one's."""
        said = TrackForm(name, description, emoji)
        new = await ask.read(track_changes.check_new, **asdict(said))
        like = await ask.read(track_changes.like, new.name)
        if like is None:
            await self._create(ask, said)
        else:
            await ask.open(track_form(ask.words, said, like))

    @handles("tracknew:1")
    async def create_anyway(self, ask: Ask, said: TrackForm) -> None:
        """Begin it, as the form was sent."""
        await self._create(ask, said)

    async def _create(self, ask: Ask, form: TrackForm) -> None:
        guild, words, said = ask.guild, ask.words, asdict(form)
        new = await ask.read(track_changes.check_new, **said)
        programme = await ask.read(programmes.view)
        slots = track_slots(ask.works.speech.in_(programme.language, guild.id), new)
        stopping = [trouble for trouble in before_making(guild, slots) if trouble.stops]
        if stopping:
            card = blocked_card(words, slots, lambda _: False, stopping)
            await ask.answer(card)
            return
        made = await ask.write(track_changes.create, **said)
        await ask.answer(progress_card(words, slots, lambda _: False))
        await self._build(ask, guild, words, made)

    async def _build(self, ask: Ask, guild: discord.Guild, words: Words, track: TrackView) -> None:
        async def progress(stands: Stands) -> None:
            await ask.go_on(progress_card(words, slots, stands))

        programme = await ask.read(programmes.view)
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
        await ask.go_on(card)

    @command("track.list")
    async def list(self, ask: Ask) -> None:
        """Show the tracks."""
        found = await ask.read(organisations.listed)
        await ask.answer(list_card(ask.words, found, 0))

    @handles("tracks:1")
    async def turn(self, ask: Ask, page: int, _direction: str) -> None:
        """Turn a page of the list."""
        found = await ask.read(organisations.listed)
        card = list_card(ask.words, found, page)
        await ask.replace(card)

    @command("track.edit")
    async def edit(  # noqa: PLR0917 - discord.py hands each option over by its name
        self,
        ask: Ask,
        track: TrackSaid,
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
        edited = await ask.write(track_changes.edit, track, changes)
        words = ask.words
        await ask.answer(working_card(words, edited.after))
        self.crew.follow_up(ask.programme_id)
        await self._follow(ask, edited, edited_text(words, edited))

    @command("track.archive")
    async def archive(self, ask: Ask, track: TrackInUseSaid) -> None:
        """Ask whether a track should be archived."""
        found = await ask.read(track_changes.need_in_use, track)
        await ask.answer(ask_card(ask.words, found))

    @handles("archive:1")
    async def archive_confirmed(self, ask: Ask, track_id: int) -> None:
        """Archive a track."""
        edited = await ask.write(archiving.archive, track_id)
        words = ask.words
        await ask.replace(working_card(words, edited.after))
        self.crew.meetings.wake(ask.programme_id)
        head = words("track.archive.done", track=title(edited.after))
        await self._follow(ask, edited, head)

    @command("track.reopen")
    async def reopen(self, ask: Ask, track: ArchivedTrackSaid) -> None:
        """Let an archived track go on."""
        edited = await ask.write(track_changes.reopen, track)
        words = ask.words
        await ask.answer(working_card(words, edited.after))
        head = words("track.reopen.done", track=title(edited.after))
        await self._follow(ask, edited, head)

    @handles("reshape:1")
    async def reshape(self, ask: Ask, track_id: int, closed: int, archived: int) -> None:
        """Try once more to let the channels follow; the id says how they were before."""
        now = await ask.read(track_changes.need_to_change, track_id)
        before = replace(now, closed=bool(closed), archived=bool(archived))
        words = ask.words
        await ask.replace(working_card(words, now))
        head = words("track.again.done", track=title(now))
        await self._follow(ask, EditedTrack(before, now), head)

    async def _follow(self, ask: Ask, edited: EditedTrack, head: str) -> None:
        refusal = await follow(self.crew, ask.guild, edited)
        card = changed_card(ask.words, edited, head, refusal)
        await ask.go_on(card)
