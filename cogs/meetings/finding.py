"""Finding meetings: the list, one in full, its calendar file, and who answered."""

import io

import discord
from discord.ext import commands

from bot.ask import Ask
from bot.delivery.crew import Crew
from bot.domain.kit.people import is_coordinator
from bot.domain.meetings import answers, calendars, meetings
from bot.domain.meetings.calendar_files import calendar_file
from bot.domain.members import seen_tracks
from bot.ui.commands import command
from bot.ui.presses import handles
from cogs.meetings.list_cards import list_card, people_card
from cogs.meetings.more_cards import calendar_card
from cogs.meetings.options import MeetingSaid
from cogs.meetings.showing import at, named, private_card
from cogs.tracks.options import TrackSaid


class MeetingFinding(commands.Cog):
    """Finding meetings."""

    def __init__(self, crew: Crew) -> None:
        self.crew = crew

    @command("meeting.list")
    async def list(self, ask: Ask, track: TrackSaid = "") -> None:
        """List what lies ahead."""
        track_id = 0
        if track:
            track_id = (await ask.read(seen_tracks.need, track)).id
        await self._list(ask, track_id)

    @handles("meetings:1")
    async def list_from_home(self, ask: Ask) -> None:
        """The home card's button."""
        await self._list(ask)

    @handles("meetingpage:1")
    async def turn(self, ask: Ask, track_id: int, past: int, page: int) -> None:
        """Turn a page of the list."""
        await self._list(ask, track_id, past=bool(past), page=page)

    @command("meeting.show")
    async def show(self, ask: Ask, meeting: MeetingSaid) -> None:
        """Show a meeting in full; for a coordinator, see that everyone else can find it too."""
        view = await named(ask, meeting)
        await ask.answer(await private_card(ask, view))
        guild_id = ask.programme_id
        if await ask.read(is_coordinator):
            await self.crew.meetings.bring_in_line(guild_id, view.id, asked=True)

    @handles("meeting:1")
    async def open(self, ask: Ask, occurrence_id: int) -> None:
        """Show a meeting of the list in full, beside the list."""
        view = await at(ask, occurrence_id)
        await ask.answer(await private_card(ask, view))

    @handles("meetingmore:1")
    async def more(self, ask: Ask, occurrence_id: int) -> None:
        """Show a meeting in full, in place of a private card or beside the public one."""
        view = await at(ask, occurrence_id)
        await ask.update(await private_card(ask, view))

    @handles("ics:1")
    async def calendar(self, ask: Ask, meeting_id: int) -> None:
        """Give a meeting as a file for calendars."""
        words = ask.words
        found = await ask.read(calendars.calendar, meeting_id)
        name = f"{words('file.meeting')}-{meeting_id}.ics"
        data = calendar_file(found, language=words.language)
        await ask.answer(calendar_card(words, name), discord.File(io.BytesIO(data), name))

    @handles("meetingwho:1")
    async def who(self, ask: Ask, occurrence_id: int, page: int) -> None:
        """Show a coordinator who answered what, and who has not."""
        found = await ask.read(answers.people, occurrence_id)
        view = await at(ask, occurrence_id)
        card = people_card(ask.words, view, found, page)
        await ask.update(card)

    async def _list(
        self, ask: Ask, track_id: int = 0, *, past: bool = False, page: int = 0
    ) -> None:
        found = await ask.read(meetings.listed, track_id=track_id or None, past=past, page=page)
        await ask.update(list_card(ask.words, found))
