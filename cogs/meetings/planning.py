"""Planning a meeting: what was typed, how it was understood, saving it."""

from dataclasses import replace
from typing import Annotated, Any

from discord import app_commands
from discord.ext import commands

from bot.ask import Ask
from bot.delivery.crew import Crew
from bot.domain.kit.errors import StalePress
from bot.domain.kit.people import only_coordinators
from bot.domain.meetings import drafts, shelf
from bot.domain.meetings.changes import ChangedMeeting, ChangeDraft
from bot.domain.meetings.drafts import Outcome
from bot.domain.meetings.own_reminders import ReminderDraft
from bot.domain.meetings.plans import AGENDA_LIMIT, TITLE_LIMIT, WantedMeeting
from bot.domain.meetings.shelf import Asked
from bot.domain.when import recurrence
from bot.ui.commands import OneOf, command
from bot.ui.layout import note, press_id
from bot.ui.presses import given, handles
from bot.ui.reading import read
from cogs.kit.hidden import tell_hidden
from cogs.meetings.asked_cards import OTHER, REPEAT, TIMES, asked_card
from cogs.meetings.change_cards import change_card, reminder_card
from cogs.meetings.draft_cards import preview_card, saved_card
from cogs.meetings.forms import (
    DURATION_LIMIT,
    PLACE_LIMIT,
    WHEN_LIMIT,
    EndSaid,
    Mend,
    PlanSaid,
    end_form,
    meeting_form,
)
from cogs.meetings.more_cards import changed_card
from cogs.meetings.options import WhenSaid
from cogs.tracks.options import TrackInUseSaid
from storage.enums import MeetingKind, Repeat

_Kind = Annotated[MeetingKind, OneOf(MeetingKind, "meeting.kind")]
_Repeats = Annotated[Repeat, OneOf(Repeat, "meeting.repeat")]


class Planning(commands.Cog):
    """Planning meetings."""

    def __init__(self, crew: Crew) -> None:
        self.crew = crew

    @command("meeting.schedule")
    async def schedule(  # noqa: PLR0913, PLR0917 - discord.py hands each option over by its name
        self,
        ask: Ask,
        title: app_commands.Range[str, 1, TITLE_LIMIT],
        when: WhenSaid,
        duration: app_commands.Range[str, 0, DURATION_LIMIT] = "",
        where: app_commands.Range[str, 0, PLACE_LIMIT] = "",
        track: TrackInUseSaid = "",
        kind: _Kind | None = None,
        repeat: _Repeats = Repeat.NONE,
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
            kind=kind,
            repeat=repeat,
            until=until,
            times=times,
            agenda=agenda,
            reminders=reminders,
        )
        await _sketch(self.crew, ask, wanted)

    @handles("meetingchange:1")
    async def change_draft(self, ask: Ask, draft_id: int) -> None:
        """Open the form with what was typed."""
        wanted = await _drafted(ask, draft_id)
        words = ask.words
        goes_to = press_id("meetingform:1", draft_id)
        form = meeting_form(words, wanted, goes_to, words("meeting.form.new"))
        await ask.open(form)

    @handles("meetingform:1")
    async def draft_changed(self, ask: Ask, said: PlanSaid, draft_id: int) -> None:
        """Show how what is in the form now was understood."""
        before = await _drafted(ask, draft_id)
        fields: dict[str, Any] = given(said)
        await _sketch(self.crew, ask, replace(before, **fields), draft_id)

    @handles("meetingpick:1")
    async def pick(self, ask: Ask, draft_id: int, day: str, clock: str, fold: int) -> None:
        """Go on with one of the times that were asked about."""
        await self._picked(ask, draft_id, f"{day}T{clock[:2]}:{clock[2:]}/{fold}")

    @handles("meetingpick:2")
    async def pick_length(
        self, ask: Ask, draft_id: int, day: str, clock: str, fold: int, minutes: int
    ) -> None:
        """Go on with one of the times that were asked about, and how long it takes."""
        await self._picked(ask, draft_id, f"{day}T{clock[:2]}:{clock[2:]}/{fold}/{minutes}")

    async def _picked(self, ask: Ask, draft_id: int, reading: str) -> None:
        language = ask.words.language
        found = await ask.write(drafts.choose, draft_id, reading, language=language)
        await show_outcome(self.crew, ask, found)

    @handles("meetingmend:1")
    async def mend(self, ask: Ask, draft_id: int, what: Mend, value: str) -> None:
        """Go on with what was chosen of a length or a last day."""
        fields: dict[str, Any] = {"repeat": Repeat.NONE, "until": "", "times": None}
        if what is Mend.DURATION:
            fields = {"duration": f"{value} min"}
        elif what is Mend.UNTIL:
            fields = {"until": value, "times": None}
        await self._mend(ask, draft_id, fields)

    @handles("meetingend:1")
    async def end(self, ask: Ask, draft_id: int) -> None:
        """Go on with how the series ends, as it was chosen from the list."""
        kind, _, value = ask.picked(str).partition(":")
        if kind == OTHER:
            await _drafted(ask, draft_id)
            await ask.open(end_form(ask.words, draft_id))
            return
        fields: dict[str, Any] = {"until": value, "times": None}
        try:
            if kind == TIMES:
                fields = {"until": "", "times": read(value, int)}
            elif kind == REPEAT:
                fields = {"repeat": read(value, Repeat)}
        except ValueError:
            raise StalePress from None
        await self._mend(ask, draft_id, fields)

    @handles("meetingended:1")
    async def end_typed(self, ask: Ask, said: EndSaid, draft_id: int) -> None:
        """Go on with how the series ends, as it was typed."""
        times = said.times.strip()
        fields = {"until": said.until, "times": int(times) if times.isdecimal() else None}
        await self._mend(ask, draft_id, fields)

    @handles("meetingleave:1")
    async def leave_out(self, ask: Ask, draft_id: int) -> None:
        """Leave those times of a series out that fall on holidays."""
        found = await ask.write(drafts.leave_out, draft_id, language=ask.words.language)
        await show_outcome(self.crew, ask, found)

    async def _mend(self, ask: Ask, draft_id: int, fields: dict[str, Any]) -> None:
        found = await ask.write(drafts.mend, draft_id, fields, language=ask.words.language)
        await show_outcome(self.crew, ask, found)

    @handles("meetingdrop:1")
    async def drop_draft(self, ask: Ask, draft_id: int) -> None:
        """Forget a draft."""
        await ask.read(only_coordinators)
        await ask.write(shelf.drop, draft_id)
        await ask.update(note(ask.words("meeting.dropped")))

    @handles("meetingsave:1")
    async def save_draft(self, ask: Ask, draft_id: int) -> None:
        """Make the meeting, then post its card."""
        guild_id = ask.programme_id
        meeting = await ask.write(drafts.save, draft_id)
        words = ask.words
        await ask.replace(saved_card(words, meeting))
        meeting = await self.crew.meetings.bring_in_line(guild_id, meeting.id)
        self.crew.courier.wake()
        await ask.go_on(saved_card(words, meeting))


async def show_outcome(crew: Crew, ask: Ask, found: Outcome) -> None:
    """Show what became of what was typed: what would happen, or what is asked.

    Of a change that nobody has to be told of beforehand, that it is made.
    """
    words = ask.words
    if isinstance(found, Asked):
        await ask.update(asked_card(words, found))
    elif isinstance(found, ChangedMeeting):
        await ask.update(changed_card(words, found.meeting, found.told))
        crew.meetings.wake(ask.programme_id)
        crew.courier.wake()
    elif isinstance(found, ChangeDraft):
        await ask.update(change_card(words, found))
    else:
        channel = await crew.meetings.channel_of(found.meeting)
        channel_id = channel.id if channel else None
        if isinstance(found, ReminderDraft):
            await ask.update(reminder_card(words, found, channel_id))
        else:
            await ask.update(preview_card(words, found, channel_id, ask.works.now()))


async def _sketch(crew: Crew, ask: Ask, wanted: WantedMeeting, draft_id: int | None = None) -> None:
    found = await ask.write(drafts.sketch, wanted, ask.words.language, draft_id=draft_id)
    await show_outcome(crew, ask, found)
    await tell_hidden(ask, wanted.title, wanted.where, wanted.agenda)


async def _drafted(ask: Ask, draft_id: int) -> WantedMeeting:
    return await ask.read(drafts.drafted, draft_id)
