"""Discord's event for the next time of a meeting, made again for the one after it."""

import logging
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

import discord

from bot.domain.meetings.views import MeetingView
from bot.patience import TROUBLES
from bot.ui.text import clip, escape
from bot.works import Works

_log = logging.getLogger(__name__)
# As Discord counts.
_NAME_LIMIT: Final = 100
_PLACE_LIMIT: Final = 100
_AGENDA_LIMIT: Final = 800  # of 1 000, for the link to the card stands below it
_NOWHERE: Final = "Discord"


async def follow_event(works: Works, meeting: MeetingView) -> MeetingView:
    """See that Discord has one event for a meeting: for its next time, as that is now.

    Everyone on the server sees events, so there is none of a closed track. If Discord refuses, it
    is done without: the card stands all the same.

    Returns:
        the meeting, with its event, if it has one now.
    """
    guild = works.client.get_guild(meeting.programme_id)
    if guild is None:
        return meeting
    try:
        return await _follow(guild, meeting, works.now())
    except TROUBLES as refusal:
        _log.warning("event of meeting %s: %s", meeting.id, refusal)
        return meeting


def is_closed(meeting: MeetingView) -> bool:
    """Whether a meeting is not everyone's to know of."""
    return meeting.track is not None and meeting.track.closed


async def _follow(guild: discord.Guild, meeting: MeetingView, now: datetime) -> MeetingView:
    if is_closed(meeting):
        for made in await _made_for(guild, meeting):
            await made.delete()
        return replace(meeting, event_id=None, event_for=None)
    event = await _event_of(guild, meeting)
    shown = meeting.shown
    off = meeting.cancelled or shown.cancelled
    if event is not None and (off or meeting.event_for != shown.id):
        await _take_back(event, off=off)
        event = None
    if off:
        return replace(meeting, event_id=None, event_for=None)
    if shown.starts_at <= now:  # Discord begins and ends the event that there is by itself
        return meeting if event else replace(meeting, event_id=None, event_for=None)
    if event is None or event.status is not discord.EventStatus.scheduled:
        if event is not None:  # it is under way there, and the meeting was put off
            await _take_back(event, off=True)
        event = await _made_before(guild, meeting) or await guild.create_scheduled_event(
            privacy_level=discord.PrivacyLevel.guild_only, **_told(meeting)
        )
    else:
        await event.edit(**_told(meeting))
    return replace(meeting, event_id=event.id, event_for=shown.id)


async def _event_of(guild: discord.Guild, meeting: MeetingView) -> discord.ScheduledEvent | None:
    if meeting.event_id is None:
        return None
    try:
        return await guild.fetch_scheduled_event(meeting.event_id)
    except discord.NotFound:
        return None


async def _made_for(guild: discord.Guild, meeting: MeetingView) -> list[discord.ScheduledEvent]:
    """Every event that there is of a meeting, also one that leda could not note."""
    return [
        event
        for event in await guild.fetch_scheduled_events(with_counts=False)
        if event.id == meeting.event_id
        # What it tells ends with the link to the card, which no other meeting has.
        or (
            meeting.url
            and event.creator_id == guild.me.id
            and event.description
            and event.description.endswith(meeting.url)
        )
    ]


async def _made_before(guild: discord.Guild, meeting: MeetingView) -> discord.ScheduledEvent | None:
    """The event that was made just before leda was stopped, and could not note it."""
    told = _told(meeting)
    for event in await guild.fetch_scheduled_events(with_counts=False):
        # What it tells holds the link to the card, which no other meeting has.
        alike = event.description == told["description"] and event.start_time == told["start_time"]
        if alike and event.creator_id == guild.me.id:
            return event
    return None


async def _take_back(event: discord.ScheduledEvent, *, off: bool) -> None:
    """Cancel what has not begun; what was under way when it was cancelled ends."""
    if event.status is discord.EventStatus.scheduled:
        await event.cancel()
    elif event.status is discord.EventStatus.active and off:
        await event.end()


def _told(meeting: MeetingView) -> dict[str, Any]:
    """What Discord is told of a meeting."""
    shown = meeting.shown
    about = [clip(escape(shown.agenda), _AGENDA_LIMIT), meeting.url or ""]
    return {
        "name": clip(shown.title, _NAME_LIMIT),
        "description": "\n\n".join(filter(None, about)),
        "start_time": shown.starts_at,
        "end_time": shown.ends_at,
        "entity_type": discord.EntityType.external,
        "location": _place(meeting),
    }


def _place(meeting: MeetingView) -> str:
    """Where it is; a link that is too long is no link any more, so then where the card is."""
    place = meeting.shown.place
    if len(place) > _PLACE_LIMIT and "://" in place:
        place = meeting.url or ""
    return clip(place, _PLACE_LIMIT) or _NOWHERE
