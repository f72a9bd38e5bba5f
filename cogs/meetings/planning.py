"""Planning a meeting: what was typed, how it was understood, saving it."""

from dataclasses import replace
from typing import Any

from discord import app_commands

from bot.domain.meetings import drafts, keeping
from bot.domain.meetings.changes import ChangedMeeting
from bot.domain.meetings.drafts import MeetingDraftView
from bot.domain.meetings.keeping import Asked
from bot.domain.meetings.plans import AGENDA_LIMIT, TITLE_LIMIT, WantedMeeting
from bot.domain.when import recurrence
from bot.i18n.commands import described, named
from bot.ui import completion
from bot.ui.answers import edit_answer, in_place, person_of
from bot.ui.layout import note, press_id
from bot.ui.presses import handles
from cogs.meetings.draft_cards import asked_card, preview_card, saved_card
from cogs.meetings.forms import DURATION_LIMIT, PLACE_LIMIT, WHEN_LIMIT, meeting_form
from cogs.meetings.more_cards import changed_card
from cogs.meetings.part import MeetingInteraction, MeetingPart
from storage.enums import MeetingKind, Repeat

FIELDS = ("title", "when", "duration", "where", "agenda")
_KINDS = [
    app_commands.Choice(name=described(f"meeting.kind.{kind}"), value=kind.value)
    for kind in MeetingKind
]
_REPEATS = [
    app_commands.Choice(name=described(f"meeting.repeat.{repeat}"), value=repeat.value)
    for repeat in Repeat
]


class Planning(MeetingPart):
    """Planning meetings."""

    @app_commands.command(name=named("schedule"), description=described("command.meeting.schedule"))
    @app_commands.describe(
        title=described("command.meeting.schedule.title"),
        when=described("command.meeting.schedule.when"),
        duration=described("command.meeting.schedule.duration"),
        where=described("command.meeting.schedule.where"),
        track=described("command.meeting.schedule.track"),
        kind=described("command.meeting.schedule.kind"),
        repeat=described("command.meeting.schedule.repeat"),
        until=described("command.meeting.schedule.until"),
        times=described("command.meeting.schedule.times"),
        agenda=described("command.meeting.schedule.agenda"),
        reminders=described("command.meeting.schedule.reminders"),
    )
    @app_commands.rename(
        title=named("title"),
        when=named("when"),
        duration=named("duration"),
        where=named("where"),
        track=named("track"),
        kind=named("kind"),
        repeat=named("repeat"),
        until=named("until"),
        times=named("times"),
        agenda=named("agenda"),
        reminders=named("reminders"),
    )
    @app_commands.choices(kind=_KINDS, repeat=_REPEATS)
    @app_commands.autocomplete(when=completion.when, track=completion.track_in_use)
    async def schedule(  # noqa: PLR0913, PLR0917 - discord.py hands each option over by its name
        self,
        interaction: MeetingInteraction,
        title: app_commands.Range[str, 1, TITLE_LIMIT],
        when: app_commands.Range[str, 1, WHEN_LIMIT],
        duration: app_commands.Range[str, 0, DURATION_LIMIT] = "",
        where: app_commands.Range[str, 0, PLACE_LIMIT] = "",
        track: str = "",
        kind: str = "",
        repeat: str = Repeat.NONE.value,
        until: app_commands.Range[str, 0, WHEN_LIMIT] = "",
        times: app_commands.Range[int, 1, recurrence.MOST] | None = None,
        agenda: app_commands.Range[str, 0, AGENDA_LIMIT] = "",
        reminders: app_commands.Range[str, 0, WHEN_LIMIT] = "",
    ) -> None:
        """Show how a meeting was understood, before anything is saved."""
        wanted = WantedMeeting(
            title=title,
            when=when,
            duration=duration,
            where=where,
            track=track,
            kind=MeetingKind(kind) if kind else None,
            repeat=Repeat(repeat),
            until=until,
            times=times,
            agenda=agenda,
            reminders=reminders,
        )
        await self._sketch(interaction, wanted)

    @handles("meetingchange:1")
    async def change_draft(self, interaction: MeetingInteraction, draft_id: int) -> None:
        """Open the form with what was typed."""
        wanted = await self._drafted(interaction, draft_id)
        words = self.works.speech.to(interaction.locale, interaction.guild_id or 0)
        goes_to = press_id("meetingform:1", draft_id)
        form = meeting_form(words, wanted, goes_to, words("meeting.form.new"))
        await interaction.response.send_modal(form)

    @handles("meetingform:1")
    async def draft_changed(
        self, interaction: MeetingInteraction, typed: dict[str, str], draft_id: int
    ) -> None:
        """Show how what is in the form now was understood."""
        before = await self._drafted(interaction, draft_id)
        fields: dict[str, Any] = {name: typed[name] for name in FIELDS if name in typed}
        await self._sketch(interaction, replace(before, **fields), draft_id)

    @handles("meetingpick:1")
    async def pick(
        self, interaction: MeetingInteraction, draft_id: int, day: str, clock: str, fold: int
    ) -> None:
        """Go on with one of the times that were asked about."""
        found = await self.works.db.write(
            drafts.choose,
            interaction.guild_id or 0,
            person_of(interaction),
            draft_id,
            f"{day}T{clock[:2]}:{clock[2:]}/{fold}",
            language=self.works.speech.to(interaction.locale, interaction.guild_id or 0).language,
            now=self.works.now(),
        )
        await self.show_outcome(interaction, found)

    @handles("meetingdrop:1")
    async def drop_draft(self, interaction: MeetingInteraction, draft_id: int) -> None:
        """Forget a draft."""
        await self.need_coordinator(interaction)
        await self.works.db.write(
            keeping.drop, interaction.guild_id or 0, person_of(interaction), draft_id
        )
        await in_place(
            interaction,
            note(
                self.works.speech.to(interaction.locale, interaction.guild_id or 0)(
                    "meeting.dropped"
                )
            ),
        )

    @handles("meetingsave:1")
    async def save_draft(self, interaction: MeetingInteraction, draft_id: int) -> None:
        """Make the meeting, then post its card."""
        guild_id = interaction.guild_id or 0
        meeting = await self.works.db.write(
            drafts.save, guild_id, person_of(interaction), draft_id, now=self.works.now()
        )
        words = self.works.speech.to(interaction.locale, interaction.guild_id or 0)
        await interaction.response.edit_message(view=saved_card(words, meeting))
        meeting = await self.crew.meetings.bring_in_line(guild_id, meeting.id)
        self.crew.courier.wake()
        await edit_answer(interaction, saved_card(words, meeting))

    async def show_outcome(
        self, interaction: MeetingInteraction, found: MeetingDraftView | Asked | ChangedMeeting
    ) -> None:
        """Show what became of what was typed; a change is made by now, a new meeting is not."""
        words = self.works.speech.to(interaction.locale, interaction.guild_id or 0)
        if isinstance(found, Asked):
            await in_place(interaction, asked_card(words, found))
        elif isinstance(found, ChangedMeeting):
            await in_place(interaction, changed_card(words, found.meeting, found.told))
            self.crew.meetings.wake(interaction.guild_id or 0)
            self.crew.courier.wake()
        else:
            channel = await self.crew.meetings.channel_of(found.meeting)
            card = preview_card(words, found, channel.id if channel else None, self.works.now())
            await in_place(interaction, card)

    async def _sketch(
        self, interaction: MeetingInteraction, wanted: WantedMeeting, draft_id: int | None = None
    ) -> None:
        found = await self.works.db.write(
            drafts.sketch,
            interaction.guild_id or 0,
            person_of(interaction),
            wanted,
            self.works.speech.to(interaction.locale, interaction.guild_id or 0).language,
            draft_id=draft_id,
            now=self.works.now(),
        )
        await self.show_outcome(interaction, found)

    async def _drafted(self, interaction: MeetingInteraction, draft_id: int) -> WantedMeeting:
        return await self.works.db.read(
            drafts.drafted,
            interaction.guild_id or 0,
            person_of(interaction),
            draft_id,
            now=self.works.now(),
        )
