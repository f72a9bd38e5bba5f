"""What coordinators do with meetings that stand: change, cancel, remind, write minutes."""

from discord import app_commands
from discord.utils import format_dt

from bot.domain.kit.errors import UserError
from bot.domain.meetings import cancelling, changes, drafts, forms, meetings, minutes, reminders
from bot.domain.meetings.errors import LinksTooMany, LinkUnclear, MeetingAhead
from bot.domain.meetings.views import MeetingView, OccurrenceView
from bot.domain.when.errors import (
    WhenAmbiguous,
    WhenFar,
    WhenNoSuchDay,
    WhenNoTime,
    WhenPast,
    WhenUnclear,
)
from bot.i18n.commands import described, named
from bot.ui import completion
from bot.ui.answers import in_place, person_of, privately
from bot.ui.layout import note, press_id
from bot.ui.presses import handles
from cogs.meetings.draft_cards import not_taken_card
from cogs.meetings.forms import (
    ALL,
    ONE,
    REMINDER_LIMIT,
    WHEN_LIMIT,
    cancel_form,
    meeting_form,
    minutes_form,
    remind_form,
)
from cogs.meetings.more_cards import CANCEL, EDIT, cancelled_card, which_card
from cogs.meetings.part import MeetingInteraction
from cogs.meetings.planning import Planning
from storage.enums import Repeat

_WRONG_TIME = (WhenAmbiguous, WhenFar, WhenNoSuchDay, WhenNoTime, WhenPast, WhenUnclear)


class Changing(Planning):
    """Changing meetings."""

    @app_commands.command(name=named("edit"), description=described("command.meeting.edit"))
    @app_commands.describe(meeting=described("command.meeting.show.meeting"))
    @app_commands.rename(meeting=named("meeting"))
    @app_commands.autocomplete(meeting=completion.meeting)
    async def edit(self, interaction: MeetingInteraction, meeting: str) -> None:
        """Open the form; of a series, ask first which of it is meant."""
        await self.need_coordinator(interaction)
        view = await self.named(interaction, meeting)
        if view.repeat is Repeat.NONE:
            await self._open_form(interaction, view.id, 0, ALL)
        else:
            words = self.works.speech.to(interaction.locale, interaction.guild_id or 0)
            await in_place(interaction, which_card(words, view, EDIT))

    @handles("meetingedit:1")
    async def edit_from_card(
        self, interaction: MeetingInteraction, occurrence_id: int, scope: str
    ) -> None:
        """Open the form about one time, or about all that are to come."""
        view = await self.at(interaction, occurrence_id)
        await self._open_form(interaction, view.id, occurrence_id if scope == ONE else 0, scope)

    @handles("meetingedited:1")
    async def edited(
        self,
        interaction: MeetingInteraction,
        typed: dict[str, str],
        meeting_id: int,
        occurrence_id: int,
    ) -> None:
        """Make the change, or ask what is meant."""
        found = await self.works.db.write(
            changes.change,
            interaction.guild_id or 0,
            person_of(interaction),
            meeting_id,
            occurrence_id or None,
            typed,
            language=self.works.speech.to(interaction.locale, interaction.guild_id or 0).language,
            now=self.works.now(),
        )
        await self.show_outcome(interaction, found)

    @handles("meetingredo:1")
    async def edit_again(
        self, interaction: MeetingInteraction, draft_id: int, meeting_id: int, occurrence_id: int
    ) -> None:
        """Open the form with what was typed into it and could not be understood."""
        wanted = await self.works.db.read(
            drafts.drafted,
            interaction.guild_id or 0,
            person_of(interaction),
            draft_id,
            now=self.works.now(),
        )
        words = self.works.speech.to(interaction.locale, interaction.guild_id or 0)
        goes_to = press_id("meetingedited:1", meeting_id, occurrence_id)
        title = words(f"meeting.form.{ONE if occurrence_id else ALL}")
        await interaction.response.send_modal(meeting_form(words, wanted, goes_to, title))

    @app_commands.command(name=named("cancel"), description=described("command.meeting.cancel"))
    @app_commands.describe(meeting=described("command.meeting.show.meeting"))
    @app_commands.rename(meeting=named("meeting"))
    @app_commands.autocomplete(meeting=completion.meeting)
    async def cancel(self, interaction: MeetingInteraction, meeting: str) -> None:
        """Ask for the reason; of a series, ask first which of it is meant."""
        await self.need_coordinator(interaction)
        view = await self.named(interaction, meeting)
        words = self.works.speech.to(interaction.locale, interaction.guild_id or 0)
        if view.repeat is Repeat.NONE:
            await interaction.response.send_modal(cancel_form(words, view.shown.id, ALL))
        else:
            await in_place(interaction, which_card(words, view, CANCEL))

    @handles("meetingcancel:1")
    async def cancel_from_card(
        self, interaction: MeetingInteraction, occurrence_id: int, scope: str
    ) -> None:
        """Ask for the reason; nothing is cancelled before it is sent."""
        await self.need_coordinator(interaction)
        view = await self.at(interaction, occurrence_id)
        form = cancel_form(
            self.works.speech.to(interaction.locale, interaction.guild_id or 0),
            view.shown.id,
            ONE if scope == ONE else ALL,
        )
        await interaction.response.send_modal(form)

    @handles("meetingcancelled:1")
    async def cancelled(
        self,
        interaction: MeetingInteraction,
        typed: dict[str, str],
        occurrence_id: int,
        scope: str,
    ) -> None:
        """Cancel one time, or all that are to come."""
        view = await self.at(interaction, occurrence_id)
        found = await self.works.db.write(
            cancelling.cancel,
            view.programme_id,
            person_of(interaction),
            view.id,
            occurrence_id if scope == ONE else None,
            typed.get("reason", ""),
            now=self.works.now(),
        )
        await in_place(
            interaction,
            cancelled_card(
                self.works.speech.to(interaction.locale, interaction.guild_id or 0), found
            ),
        )
        self.crew.meetings.wake(view.programme_id)
        self.crew.courier.wake()

    @app_commands.command(name=named("minutes"), description=described("command.meeting.minutes"))
    @app_commands.describe(meeting=described("command.meeting.show.meeting"))
    @app_commands.rename(meeting=named("meeting"))
    @app_commands.autocomplete(meeting=completion.meeting)
    async def minutes(self, interaction: MeetingInteraction, meeting: str) -> None:
        """Open the form about the time that was held last."""
        await self.need_coordinator(interaction)
        held = await self._held_last(await self.named(interaction, meeting))
        form = minutes_form(
            self.works.speech.to(interaction.locale, interaction.guild_id or 0), held
        )
        await interaction.response.send_modal(form)

    @handles("meetingminutes:1")
    async def minutes_from_card(self, interaction: MeetingInteraction, occurrence_id: int) -> None:
        """Open the form about one time."""
        await self.need_coordinator(interaction)
        view = await self.at(interaction, occurrence_id)
        form = minutes_form(
            self.works.speech.to(interaction.locale, interaction.guild_id or 0), view.shown
        )
        await interaction.response.send_modal(form)

    @handles("minuted:1")
    async def minuted(
        self, interaction: MeetingInteraction, typed: dict[str, str], occurrence_id: int
    ) -> None:
        """Put the minutes on the card."""
        summary, links = typed.get("summary", ""), typed.get("links", "")
        try:
            view = await self.works.db.write(
                minutes.write,
                interaction.guild_id or 0,
                person_of(interaction),
                occurrence_id,
                summary,
                links,
                now=self.works.now(),
            )
        except (LinkUnclear, LinksTooMany) as error:
            await self._not_taken(interaction, error, f"{summary}\n{links}")
            return
        await in_place(interaction, await self.private_card(interaction, view))
        self.crew.meetings.wake(view.programme_id)
        self.crew.courier.wake()

    @app_commands.command(name=named("remind"), description=described("command.meeting.remind"))
    @app_commands.describe(
        meeting=described("command.meeting.show.meeting"),
        when=described("command.meeting.remind.when"),
        text=described("command.meeting.remind.text"),
    )
    @app_commands.rename(meeting=named("meeting"), when=named("when"), text=named("text"))
    @app_commands.autocomplete(meeting=completion.meeting, when=completion.when)
    async def remind(
        self,
        interaction: MeetingInteraction,
        meeting: str,
        when: app_commands.Range[str, 1, WHEN_LIMIT],
        text: app_commands.Range[str, 1, REMINDER_LIMIT],
    ) -> None:
        """Plan a reminder of the coordinator's own words, of the next time."""
        await self.need_coordinator(interaction)
        view = await self.named(interaction, meeting)
        await self._remind(interaction, view.shown.id, when, text)

    @handles("meetingremind:1")
    async def remind_from_card(self, interaction: MeetingInteraction, occurrence_id: int) -> None:
        """Open the form for a reminder of one time."""
        await self.need_coordinator(interaction)
        view = await self.at(interaction, occurrence_id)
        form = remind_form(
            self.works.speech.to(interaction.locale, interaction.guild_id or 0), view.shown.id
        )
        await interaction.response.send_modal(form)

    @handles("reminded:1")
    async def reminded(
        self, interaction: MeetingInteraction, typed: dict[str, str], occurrence_id: int
    ) -> None:
        """Plan a reminder of one time."""
        when, text = typed.get("when", ""), typed.get("text", "")
        await self._remind(interaction, occurrence_id, when, text)

    async def _remind(
        self, interaction: MeetingInteraction, occurrence_id: int, when: str, text: str
    ) -> None:
        words = self.works.speech.to(interaction.locale, interaction.guild_id or 0)
        try:
            moment = await self.works.db.write(
                reminders.remind,
                interaction.guild_id or 0,
                person_of(interaction),
                occurrence_id,
                text,
                when,
                language=words.language,
                now=self.works.now(),
            )
        except _WRONG_TIME as error:
            await self._not_taken(interaction, error, f"{when}\n{text}")
            return
        self.crew.courier.wake()
        said = words("meeting.reminded", when=format_dt(moment, "F"), ahead=format_dt(moment, "R"))
        await in_place(interaction, note(said))

    async def _not_taken(
        self, interaction: MeetingInteraction, error: UserError, typed: str
    ) -> None:
        """Say what is wrong beside what was typed, which is lost otherwise."""
        card = not_taken_card(
            self.works.speech.to(interaction.locale, interaction.guild_id or 0), error, typed
        )
        await privately(interaction, card)

    async def _open_form(
        self, interaction: MeetingInteraction, meeting_id: int, occurrence_id: int, scope: str
    ) -> None:
        wanted = await self.works.db.read(
            forms.typed,
            interaction.guild_id or 0,
            person_of(interaction),
            meeting_id,
            occurrence_id or None,
            now=self.works.now(),
        )
        words = self.works.speech.to(interaction.locale, interaction.guild_id or 0)
        again = wanted.repeat is not Repeat.NONE
        title = words(
            f"meeting.form.{ONE if scope == ONE else ALL}" if again else "meeting.form.only"
        )
        goes_to = press_id("meetingedited:1", meeting_id, occurrence_id)
        await interaction.response.send_modal(meeting_form(words, wanted, goes_to, title))

    async def _held_last(self, meeting: MeetingView) -> OccurrenceView:
        """The latest time that has begun.

        Raises:
            MeetingAhead: none has.
        """
        every = await self.works.db.read(
            meetings.times, meeting.programme_id, meeting.id, now=self.works.now()
        )
        held = [each for each in every if each.started and not each.cancelled]
        if not held:
            at = int(meeting.shown.starts_at.timestamp())
            raise MeetingAhead(title=meeting.title, when=at)
        return held[-1]
