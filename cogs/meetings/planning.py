"""Planning a meeting: what was typed, how it was understood, saving it."""

from dataclasses import replace
from typing import Annotated, Any

from discord import app_commands
from discord.ext import commands

from bot.ask import Ask
from bot.delivery.crew import Crew
from bot.domain.kit.people import only_coordinators
from bot.domain.meetings import drafts, plans
from bot.domain.meetings.changes import ChangedMeeting
from bot.domain.meetings.drafts import MeetingDraftView
from bot.domain.meetings.plans import AGENDA_LIMIT, TITLE_LIMIT, Asked, WantedMeeting
from bot.domain.when import recurrence
from bot.ui.commands import OneOf, command
from bot.ui.layout import note, press_id
from bot.ui.presses import given, handles
from cogs.meetings.draft_cards import asked_card, preview_card, saved_card
from cogs.meetings.forms import DURATION_LIMIT, PLACE_LIMIT, WHEN_LIMIT, PlanSaid, meeting_form
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
        found = await ask.write(
            drafts.choose,
            draft_id,
            f"{day}T{clock[:2]}:{clock[2:]}/{fold}",
            language=ask.words.language,
        )
        await show_outcome(self.crew, ask, found)

    @handles("meetingdrop:1")
    async def drop_draft(self, ask: Ask, draft_id: int) -> None:
        """Forget a draft."""
        await ask.read(only_coordinators)
        await ask.write(plans.drop, draft_id)
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


async def show_outcome(
    crew: Crew, ask: Ask, found: MeetingDraftView | Asked | ChangedMeeting
) -> None:
    """Show what became of what was typed; a change is made by now, a new meeting is not."""
    words = ask.words
    if isinstance(found, Asked):
        await ask.update(asked_card(words, found))
    elif isinstance(found, ChangedMeeting):
        await ask.update(changed_card(words, found.meeting, found.told))
        crew.meetings.wake(ask.programme_id)
        crew.courier.wake()
    else:
        channel = await crew.meetings.channel_of(found.meeting)
        card = preview_card(words, found, channel.id if channel else None, ask.works.now())
        await ask.update(card)


async def _sketch(crew: Crew, ask: Ask, wanted: WantedMeeting, draft_id: int | None = None) -> None:
    found = await ask.write(drafts.sketch, wanted, ask.words.language, draft_id=draft_id)
    await show_outcome(crew, ask, found)


async def _drafted(ask: Ask, draft_id: int) -> WantedMeeting:
    return await ask.read(drafts.drafted, draft_id)
