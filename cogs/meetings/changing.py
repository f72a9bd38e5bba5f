"""What coordinators do with meetings that stand: change, cancel, remind, write minutes."""

from discord import app_commands
from discord.ext import commands
from discord.utils import format_dt

from bot.ask import Ask
from bot.delivery.crew import Crew
from bot.domain.kit.errors import UserError
from bot.domain.kit.people import only_coordinators
from bot.domain.meetings import cancelling, changes, drafts, meetings, minutes, own_reminders
from bot.domain.meetings import seen as sight
from bot.domain.meetings.errors import (
    LinksTooMany,
    LinkUnclear,
    MeetingAhead,
    MeetingChangedMeanwhile,
)
from bot.domain.meetings.views import MeetingView, OccurrenceView
from bot.ui.commands import command
from bot.ui.layout import note, press_id
from bot.ui.presses import given, handles
from cogs.kit.forms import ReasonSaid
from cogs.kit.hidden import tell_hidden
from cogs.meetings.change_cards import overtaken_card
from cogs.meetings.draft_cards import not_taken_card
from cogs.meetings.forms import (
    ALL,
    ONE,
    REMINDER_LIMIT,
    Extent,
    MinutesSaid,
    PlanSaid,
    ReminderSaid,
    cancel_form,
    meeting_form,
    minutes_form,
    remind_form,
)
from cogs.meetings.more_cards import CANCEL, EDIT, cancelled_card, which_card
from cogs.meetings.options import MeetingSaid, WhenSaid
from cogs.meetings.planning import show_outcome
from cogs.meetings.showing import at, named, private_card
from storage.enums import Repeat


class Changing(commands.Cog):
    """Changing meetings."""

    def __init__(self, crew: Crew) -> None:
        self.crew = crew

    @command("meeting.edit")
    async def edit(self, ask: Ask, meeting: MeetingSaid) -> None:
        """Open the form; of a series, ask first which of it is meant."""
        await ask.read(only_coordinators)
        view = await named(ask, meeting)
        if view.repeat is Repeat.NONE:
            await self._open_form(ask, view.id, 0, ALL)
        else:
            words = ask.words
            await ask.update(which_card(words, view, EDIT))

    @handles("meetingedit:1")
    async def edit_from_card(self, ask: Ask, occurrence_id: int, scope: Extent) -> None:
        """Open the form about one time, or about all that are to come."""
        view = await at(ask, occurrence_id)
        await self._open_form(ask, view.id, occurrence_id if scope is ONE else 0, scope)

    @handles("meetingedited:1")
    async def edited_in_old_form(
        self, ask: Ask, said: PlanSaid, meeting_id: int, occurrence_id: int
    ) -> None:
        """As :meth:`edited`; the form does not tell what stood in it."""
        await self.edited(ask, said, meeting_id, occurrence_id, "")

    @handles("meetingedited:2")
    async def edited(
        self, ask: Ask, said: PlanSaid, meeting_id: int, occurrence_id: int, seen: str
    ) -> None:
        """Show what the change would do, or ask what is meant."""
        found = await ask.write(
            changes.sketch,
            meeting_id,
            occurrence_id or None,
            given(said),
            language=ask.words.language,
            seen=seen,
        )
        await show_outcome(self.crew, ask, found)
        await tell_hidden(ask, *filter(None, [said.title, said.where, said.agenda]))

    @handles("meetingredo:1")
    async def edit_again(
        self, ask: Ask, draft_id: int, meeting_id: int, occurrence_id: int
    ) -> None:
        """Open the form with what was typed into it and could not be understood."""
        wanted, seen = await ask.read(drafts.redone, draft_id)
        words = ask.words
        goes_to = press_id("meetingedited:2", meeting_id, occurrence_id, seen)
        title = words(f"meeting.form.{ONE if occurrence_id else ALL}")
        await ask.open(meeting_form(words, wanted, goes_to, title))

    @handles("meetingmove:1")
    async def save_change(self, ask: Ask, draft_id: int) -> None:
        """Make the change that was shown, and tell whom it concerns."""
        found = await ask.write(changes.save, draft_id, language=ask.words.language)
        await show_outcome(self.crew, ask, found)

    @command("meeting.cancel")
    async def cancel(self, ask: Ask, meeting: MeetingSaid) -> None:
        """Ask for the reason; of a series, ask first which of it is meant."""
        await ask.read(only_coordinators)
        view = await named(ask, meeting)
        words = ask.words
        if view.repeat is Repeat.NONE:
            await ask.open(cancel_form(words, view, ALL))
        else:
            await ask.update(which_card(words, view, CANCEL))

    @handles("meetingcancel:1")
    async def cancel_from_card(self, ask: Ask, occurrence_id: int, scope: Extent) -> None:
        """Ask for the reason; nothing is cancelled before it is sent."""
        await ask.read(only_coordinators)
        view = await at(ask, occurrence_id)
        form = cancel_form(ask.words, view, scope)
        await ask.open(form)

    @handles("meetingcancelled:1")
    async def cancelled_in_old_form(
        self, ask: Ask, said: ReasonSaid, occurrence_id: int, scope: Extent
    ) -> None:
        """As :meth:`cancelled`; the form does not tell what the person saw."""
        view = await at(ask, occurrence_id)
        await self.cancelled(ask, said, occurrence_id, scope, view.sequence)

    @handles("meetingcancelled:2")
    async def cancelled(
        self, ask: Ask, said: ReasonSaid, occurrence_id: int, scope: Extent, sequence: int
    ) -> None:
        """Cancel one time, or all that are to come, unless it was changed meanwhile."""
        view = await at(ask, occurrence_id)
        time = occurrence_id if scope is ONE else None
        try:
            found = await ask.write(
                cancelling.cancel, view.id, time, said.reason, sequence=sequence
            )
        except MeetingChangedMeanwhile as error:
            view = await at(ask, occurrence_id)
            await ask.answer(overtaken_card(ask.words, view, scope, error, said.reason))
            return
        await ask.update(cancelled_card(ask.words, found))
        self.crew.meetings.wake(view.programme_id)
        self.crew.courier.wake()
        await tell_hidden(ask, said.reason)

    @command("meeting.minutes")
    async def minutes(self, ask: Ask, meeting: MeetingSaid) -> None:
        """Open the form about the time that was held last."""
        await ask.read(only_coordinators)
        held = await self._held_last(await named(ask, meeting))
        form = minutes_form(ask.words, held)
        await ask.open(form)

    @handles("meetingminutes:1")
    async def minutes_from_card(self, ask: Ask, occurrence_id: int) -> None:
        """Open the form about one time."""
        await ask.read(only_coordinators)
        view = await at(ask, occurrence_id)
        form = minutes_form(ask.words, view.shown)
        await ask.open(form)

    @handles("minuted:1")
    async def minuted_in_old_form(self, ask: Ask, said: MinutesSaid, occurrence_id: int) -> None:
        """As :meth:`minuted`; the form does not tell what stood in it."""
        await self.minuted(ask, said, occurrence_id, "")

    @handles("minuted:2")
    async def minuted(self, ask: Ask, said: MinutesSaid, occurrence_id: int, seen: str) -> None:
        """Put the minutes on the card, unless somebody has written others meanwhile."""
        about = occurrence_id, said.summary, said.links
        try:
            view = await ask.write(minutes.write, *about, seen=seen)
        except (LinkUnclear, LinksTooMany) as error:
            await self._not_taken(ask, error, f"{said.summary}\n{said.links}")
            return
        await ask.update(await private_card(ask, view))
        self.crew.meetings.wake(view.programme_id)
        self.crew.courier.wake()
        await tell_hidden(ask, said.summary)

    @command("meeting.remind")
    async def remind(
        self,
        ask: Ask,
        meeting: MeetingSaid,
        when: WhenSaid,
        text: app_commands.Range[str, 1, REMINDER_LIMIT],
    ) -> None:
        """Show when a reminder of the coordinator's own words would go out, of the next time."""
        await ask.read(only_coordinators)
        view = await named(ask, meeting)
        await self._remind(ask, view.shown.id, when, text)

    @handles("meetingremind:1")
    async def remind_from_card(self, ask: Ask, occurrence_id: int) -> None:
        """Open the form for a reminder of one time."""
        await ask.read(only_coordinators)
        view = await at(ask, occurrence_id)
        form = remind_form(ask.words, view.shown.id)
        await ask.open(form)

    @handles("reminded:1")
    async def reminded(self, ask: Ask, said: ReminderSaid, occurrence_id: int) -> None:
        """Show when a reminder of one time would go out."""
        await self._remind(ask, occurrence_id, said.when, said.text)

    @handles("remindagain:1")
    async def remind_again(self, ask: Ask, draft_id: int) -> None:
        """Open the form with the reminder that was typed."""
        occurrence_id, when, text = await ask.read(own_reminders.drafted, draft_id)
        await ask.open(remind_form(ask.words, occurrence_id, when=when, text=text))

    @handles("remindsave:1")
    async def save_reminder(self, ask: Ask, draft_id: int) -> None:
        """Plan the reminder that was shown."""
        words = ask.words
        moment = await ask.write(own_reminders.save, draft_id, language=words.language)
        self.crew.courier.wake()
        said = words("meeting.reminded", when=format_dt(moment, "F"), ahead=format_dt(moment, "R"))
        await ask.update(note(said))

    async def _remind(self, ask: Ask, occurrence_id: int, when: str, text: str) -> None:
        """Show when it would go out, or ask what is meant."""
        found = await ask.write(
            own_reminders.sketch, occurrence_id, text, when, language=ask.words.language
        )
        await show_outcome(self.crew, ask, found)
        await tell_hidden(ask, text)

    async def _not_taken(self, ask: Ask, error: UserError, typed: str) -> None:
        """Say what is wrong beside what was typed, which is lost otherwise."""
        card = not_taken_card(ask.words, error, typed)
        await ask.answer(card)

    async def _open_form(
        self, ask: Ask, meeting_id: int, occurrence_id: int, scope: Extent
    ) -> None:
        wanted, seen = await ask.read(sight.opened, meeting_id, occurrence_id or None)
        words = ask.words
        again = wanted.repeat is not Repeat.NONE
        title = words(f"meeting.form.{scope}" if again else "meeting.form.only")
        goes_to = press_id("meetingedited:2", meeting_id, occurrence_id, seen)
        await ask.open(meeting_form(words, wanted, goes_to, title))

    async def _held_last(self, meeting: MeetingView) -> OccurrenceView:
        """The latest time that has begun.

        Raises:
            MeetingAhead: none has.
        """
        every = await self.crew.works.visit(meeting.programme_id).read(meetings.times, meeting.id)
        held = [each for each in every if each.started and not each.cancelled]
        if not held:
            at = int(meeting.shown.starts_at.timestamp())
            raise MeetingAhead(title=meeting.title, when=at)
        return held[-1]
