"""Finding meetings: the list, one in full, its calendar file, and who answered."""

import io

import discord
from discord import app_commands

from bot.domain.kit.people import is_coordinator
from bot.domain.meetings import answers, calendars, meetings
from bot.domain.meetings.calendar_files import calendar_file
from bot.domain.tracks import tracks
from bot.i18n.commands import described, named
from bot.ui import completion
from bot.ui.answers import in_place, person_of, privately
from bot.ui.presses import handles
from cogs.meetings.list_cards import list_card, people_card
from cogs.meetings.more_cards import calendar_card
from cogs.meetings.part import MeetingInteraction, MeetingPart


class MeetingFinding(MeetingPart):
    """Finding meetings."""

    @app_commands.command(name=named("list"), description=described("command.meeting.list"))
    @app_commands.describe(track=described("command.meeting.list.track"))
    @app_commands.rename(track=named("track"))
    @app_commands.autocomplete(track=completion.track)
    async def list(self, interaction: MeetingInteraction, track: str = "") -> None:
        """List what lies ahead."""
        track_id = 0
        if track:
            track_id = (await self.works.db.read(tracks.need, interaction.guild_id or 0, track)).id
        await self._list(interaction, track_id)

    @handles("meetings:1")
    async def list_from_home(self, interaction: MeetingInteraction) -> None:
        """The home card's button."""
        await self._list(interaction)

    @handles("meetingpage:1")
    async def turn(
        self, interaction: MeetingInteraction, track_id: int, past: int, page: int
    ) -> None:
        """Turn a page of the list."""
        await self._list(interaction, track_id, past=bool(past), page=page)

    @app_commands.command(name=named("show"), description=described("command.meeting.show"))
    @app_commands.describe(meeting=described("command.meeting.show.meeting"))
    @app_commands.rename(meeting=named("meeting"))
    @app_commands.autocomplete(meeting=completion.meeting)
    async def show(self, interaction: MeetingInteraction, meeting: str) -> None:
        """Show a meeting in full; for a coordinator, see that everyone else can find it too."""
        view = await self.named(interaction, meeting)
        await privately(interaction, await self.private_card(interaction, view))
        guild_id = interaction.guild_id or 0
        if await self.works.db.read(is_coordinator, guild_id, person_of(interaction)):
            await self.crew.meetings.bring_in_line(guild_id, view.id, asked=True)

    @handles("meeting:1")
    async def open(self, interaction: MeetingInteraction, occurrence_id: int) -> None:
        """Show a meeting of the list in full, beside the list."""
        view = await self.at(interaction, occurrence_id)
        await privately(interaction, await self.private_card(interaction, view))

    @handles("meetingmore:1")
    async def more(self, interaction: MeetingInteraction, occurrence_id: int) -> None:
        """Show a meeting in full, in place of a private card or beside the public one."""
        view = await self.at(interaction, occurrence_id)
        await in_place(interaction, await self.private_card(interaction, view))

    @handles("ics:1")
    async def calendar(self, interaction: MeetingInteraction, meeting_id: int) -> None:
        """Give a meeting as a file for calendars."""
        words = self.works.speech.to(interaction.locale, interaction.guild_id or 0)
        found = await self.works.db.read(calendars.calendar, interaction.guild_id or 0, meeting_id)
        name = f"{words('file.meeting')}-{meeting_id}.ics"
        data = calendar_file(found, language=words.language)
        await privately(
            interaction, calendar_card(words, name), discord.File(io.BytesIO(data), name)
        )

    @handles("meetingwho:1")
    async def who(self, interaction: MeetingInteraction, occurrence_id: int, page: int) -> None:
        """Show a coordinator who answered what, and who has not."""
        found = await self.works.db.read(
            answers.people,
            interaction.guild_id or 0,
            person_of(interaction),
            occurrence_id,
        )
        view = await self.at(interaction, occurrence_id)
        card = people_card(
            self.works.speech.to(interaction.locale, interaction.guild_id or 0), view, found, page
        )
        await in_place(interaction, card)

    async def _list(
        self,
        interaction: MeetingInteraction,
        track_id: int = 0,
        *,
        past: bool = False,
        page: int = 0,
    ) -> None:
        found = await self.works.db.read(
            meetings.listed,
            interaction.guild_id or 0,
            track_id=track_id or None,
            past=past,
            page=page,
            now=self.works.now(),
        )
        await in_place(
            interaction,
            list_card(self.works.speech.to(interaction.locale, interaction.guild_id or 0), found),
        )
