"""Meetings' cards and Discord's events follow what is planned, changed and cancelled."""

import logging
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from typing import TypeAlias

import discord

from bot.delivery.events import follow_event, is_closed
from bot.delivery.queues import ServerQueue, Turns
from bot.domain.factors import origins
from bot.domain.meetings import meetings
from bot.domain.meetings.views import MeetingView
from bot.domain.programme import programmes
from bot.domain.tracks.places import COORDINATORS, FORUM
from bot.i18n.words import Words
from bot.patience import TROUBLES, patiently, post_once
from bot.ui.layout import Card
from bot.ui.live import LiveCards
from bot.works import Works

Draw: TypeAlias = Callable[[Words, MeetingView], Card]

_log = logging.getLogger(__name__)


class MeetingQueue:
    """Brings cards and events in line with their meetings.

    Which are due stands in the database, written with what changed, so a restart forgets none;
    a use case says so, and :meth:`wake` is called after its commit. A card that Discord refuses
    stays due until the next time; an event that it refuses is done without.
    """

    def __init__(self, works: Works, cards: LiveCards, turns: Turns) -> None:
        self._works, self._cards, self._turns = works, cards, turns
        self._queue = ServerQueue(self._work_off)
        self._draw: Draw | None = None

    def drawn_by(self, draw: Draw) -> None:
        """Let cards be made by this function; nothing is posted before."""
        self._draw = draw

    def wake(self, guild_id: int) -> None:
        """Some of this server's meetings are due."""
        self._queue.wake(guild_id)

    def stop(self) -> None:
        """Go no further; the next start does."""
        self._queue.stop()

    def refresh(self, meeting: MeetingView) -> None:
        """Bring the public card up to date, soon: it was answered elsewhere."""
        if meeting.channel_id is not None and meeting.message_id is not None:
            self._cards.refresh(
                meeting.channel_id, meeting.message_id, lambda: self._render(meeting)
            )

    async def bring_in_line(
        self, programme_id: int, meeting_id: int, *, asked: bool = False
    ) -> MeetingView:
        """Post the card if it never was, or if somebody deleted it, else show what is new.

        Args:
            programme_id: the server.
            meeting_id: the meeting.
            asked: somebody wants to see the card, also of what is over.

        Returns:
            the meeting, with where its card is, if it could be posted.
        """
        async with self._turns.of(-meeting_id):  # servers' ids are positive
            meeting = await self._show(programme_id, meeting_id)
            if is_closed(meeting) and meeting.event_id is not None:
                meeting = await follow_event(self._works, meeting)  # whatever its card meets
            try:
                if is_closed(meeting):
                    meeting = await self._out_of_the_forum(meeting)
                meeting = await self._follow_card(meeting, asked=asked)
            except TROUBLES as refusal:
                _log.warning("card of meeting %s: %s", meeting_id, refusal)
                return meeting
            # Noted at once, so that whatever happens meanwhile nothing is posted twice.
            await self._settle(meeting, done=False)
            meeting = await follow_event(self._works, meeting)
            await self._settle(meeting, done=_past(meeting) or meeting.message_id is not None)
            return meeting

    async def _work_off(self, guild_id: int) -> None:
        if self._draw is None or self._works.client.get_guild(guild_id) is None:
            return
        due = await self._works.visit(guild_id).read(meetings.due)
        for meeting_id in due:
            await self.bring_in_line(guild_id, meeting_id)
        if due:
            self._works.client.dispatch("programme_news", guild_id)

    async def _out_of_the_forum(self, meeting: MeetingView) -> MeetingView:
        """Take the card away from where it stood because the track's channel was gone."""
        programme = await self._works.visit(meeting.programme_id).read(programmes.view)
        forum = programme.discord_id(FORUM)
        if forum is None or meeting.message_id is None or meeting.channel_id != forum:
            return meeting
        card = self._works.client.get_partial_messageable(forum).get_partial_message(
            meeting.message_id
        )
        with suppress(discord.NotFound):
            await patiently(card.delete)
        return replace(meeting, channel_id=None, message_id=None)

    async def _follow_card(self, meeting: MeetingView, *, asked: bool) -> MeetingView:
        if meeting.channel_id is not None and meeting.message_id is not None:
            try:
                await self._cards.show(
                    meeting.channel_id, meeting.message_id, lambda: self._render(meeting)
                )
            except discord.NotFound:
                meeting = replace(meeting, channel_id=None, message_id=None)
            else:
                return meeting
        return meeting if _past(meeting) and not asked else await self._post(meeting)

    async def _post(self, meeting: MeetingView) -> MeetingView:
        """Post the card, where there is a channel for it."""
        channel = await self.channel_of(meeting)
        if channel is None:
            _log.warning("meeting %s: there is no channel to post it in", meeting.id)
            return meeting
        card = self._card(meeting)
        message_id = await post_once(channel, card, f"m{meeting.id}")
        return replace(meeting, channel_id=channel.id, message_id=message_id)

    async def channel_of(self, meeting: MeetingView) -> discord.TextChannel | None:
        """Where a meeting's card belongs, as far as there is such a channel.

        It is the track's announcements; the open forum for all, or where the track's are gone.
        A closed track has the coordinators' channel in its place.
        """
        programme = await self._works.visit(meeting.programme_id).read(programmes.view)
        slots = [f"announcements:{meeting.track.id}"] if meeting.track else []
        for slot in [*slots, COORDINATORS if is_closed(meeting) else FORUM]:
            channel = self._works.client.get_channel(programme.discord_id(slot) or 0)
            if isinstance(channel, discord.TextChannel):
                return channel
        return None

    async def _render(self, meeting: MeetingView) -> tuple[Card, int]:
        now = await self._show(meeting.programme_id, meeting.id)
        return self._card(now), now.revision

    def _card(self, meeting: MeetingView) -> Card:
        assert self._draw is not None
        words = self._works.speech.in_(meeting.language, meeting.programme_id)
        return self._draw(words, meeting)

    async def _show(self, programme_id: int, meeting_id: int) -> MeetingView:
        return await self._works.visit(programme_id).read(origins.meeting, meeting_id)

    async def _settle(self, meeting: MeetingView, *, done: bool) -> None:
        await self._works.visit(meeting.programme_id).write(
            meetings.settled,
            meeting.id,
            meeting.revision,
            channel_id=meeting.channel_id,
            message_id=meeting.message_id,
            event_id=meeting.event_id,
            event_for=meeting.event_for,
            done=done,
        )


def _past(meeting: MeetingView) -> bool:
    """Whether nobody needs a new card of it: it is cancelled, or its last time is over."""
    return meeting.cancelled or meeting.shown.over
