"""Making in Discord what a programme consists of, and only what is missing."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from http import HTTPStatus
from typing import Any, Final

import discord

from bot.domain.kit.people import COORDINATORS_ROLE
from bot.domain.programme.programmes import ProgrammeView
from bot.domain.tracks.places import Access, Slot
from bot.patience import patiently
from cogs.kit.access import Cast, is_shaped, let_myself_in, reshape, wanted
from cogs.kit.health import Place, Trouble, lacks, standing
from storage.enums import PlaceKind

_log = logging.getLogger(__name__)
_CHANNELS = discord.TextChannel | discord.ForumChannel

# discord.py waits so many seconds before it asks again by itself.
_ASKED_AGAIN: Final = 1.0
_LATELY: Final = timedelta(days=1)
# discord.py asks five times in all, each after a longer pause; a kill and a start come on top.
_TWINS: Final = timedelta(minutes=2)
_CLOCKS: Final = timedelta(seconds=10)  # so far Discord's clock may be from this one
_HEARD: Final = 1.0  # seconds until leda has heard of what it took away

Keep = Callable[[Slot, int], Awaitable[None]]
Stands = Callable[[Slot], bool]
Progress = Callable[[Stands], Awaitable[None]]


class Builder:
    """Makes what is missing in one server, one thing after the other."""

    def __init__(self, guild: discord.Guild, slots: Sequence[Slot], keep: Keep) -> None:
        """Look around.

        Args:
            guild: the server.
            slots: all that the programme is meant to have.
            keep: called with each slot and the id of what was made for it, at once.
        """
        self._guild = guild
        self._slots = [slot for slot in slots if slot.kind is not PlaceKind.MESSAGE]
        self._keep = keep
        self._found = {slot.key: standing(guild, slot) for slot in self._slots}
        self.made: list[Slot] = []
        self.opened: list[Slot] = []

    async def build(self, progress: Progress, track_id: int | None = None) -> None:
        """Make every slot that nothing fills, in order.

        Args:
            progress: called with what tells whether a slot stands, whenever a category is next.
            track_id: only what belongs to this track.

        Raises:
            discord.HTTPException: Discord refused; what was made until then is kept.
        """
        for slot in self._slots:
            if self._found[slot.key] is not None or track_id not in {None, slot.track_id}:
                continue
            if await self._is_hidden(slot):
                continue
            if slot.kind is PlaceKind.CATEGORY:
                await progress(self.stands)
            self._found[slot.key] = new = await self._make(slot)
            if slot.first and slot.discord_id is None:
                await self._move_to_the_top(new)
            await self._keep(slot, new.id)
            self.made.append(replace(slot, discord_id=new.id))
            if slot.discord_id is not None:
                await self._restore(slot, new)

    async def mend(self) -> None:
        """Open what is closed to leda, and see that closed and archived tracks are so.

        What Discord does not let leda open is left to those who may.

        Raises:
            discord.HTTPException: Discord is too busy.
        """
        for slot in self._slots:
            channel = self._found[slot.key]
            if not isinstance(channel, discord.abc.GuildChannel):
                continue
            try:
                if lacks(channel):
                    await let_myself_in(channel)
                    self.opened.append(slot)
                shape = wanted(slot, self._cast(slot))
                if (slot.closed or slot.archived) and not is_shaped(channel, shape):
                    await reshape(channel, {}, shape)
            except discord.Forbidden as refusal:
                _log.warning("channel %s stays closed: %s", channel.id, refusal)

    def stands(self, slot: Slot) -> bool:
        """Whether something fills a slot now."""
        return self._found.get(slot.key) is not None

    async def _make(self, slot: Slot) -> Place:
        """Make it, once: what leda made before it was killed is taken up.

        Where Discord answers that it broke, it may have done what it was asked, and discord.py
        asks again by itself: what came of that twice is taken away.
        """
        is_role = slot.kind is PlaceKind.ROLE
        left = self._left_over(slot, self._guild.roles if is_role else self._guild.channels)
        if left:
            await self._remove_twins(left)
            return left[0]
        began, asked_at = discord.utils.utcnow(), time.monotonic()
        tries = 0

        async def make_once() -> Place:
            nonlocal tries
            tries += 1
            left = self._left_over(slot, await self._fetch(is_role)) if tries > 1 else []
            return left[0] if left else await self._create(slot)

        made = await patiently(make_once)
        if tries > 1 or time.monotonic() - asked_at >= _ASKED_AGAIN:
            for twin in self._left_over(slot, await self._fetch(is_role)):
                if twin.id != made.id and twin.created_at >= began - _CLOCKS:
                    await patiently(twin.delete)
        return made

    async def _remove_twins(self, left: Sequence[Place]) -> None:
        """Of what was left over keep the first: leda was killed before it took the others away.

        Those are meant that came of one request, so shortly after it; and nothing was said there.
        """
        for twin in left[1:]:
            used = getattr(twin, "last_message_id", None) is not None
            if twin.created_at - left[0].created_at <= _TWINS and not used:
                await patiently(twin.delete)

    async def _create(self, slot: Slot) -> Place:
        guild = self._guild
        if slot.kind is PlaceKind.ROLE:
            return await guild.create_role(name=slot.name, permissions=discord.Permissions.none())
        overwrites: Any = wanted(slot, self._cast(slot))
        if slot.kind is PlaceKind.CATEGORY:
            return await guild.create_category(slot.name, overwrites=overwrites)
        category = self._found.get(slot.parent or "")
        # Forums are to be had in Community servers alone.
        forum = slot.access is Access.FACTORS and "COMMUNITY" in guild.features
        create: Any = guild.create_forum if forum else guild.create_text_channel
        made: Place = await create(
            slot.name,
            category=category if isinstance(category, discord.CategoryChannel) else None,
            topic=slot.topic,
            overwrites=overwrites,
        )
        return made

    async def _fetch(self, roles: bool) -> Sequence[Place]:
        """What stands in the server, as Discord says it now."""
        return await (self._guild.fetch_roles() if roles else self._guild.fetch_channels())

    def _left_over(self, slot: Slot, there: Sequence[Place]) -> list[Place]:
        """Those that leda made for a slot lately and could not note, the oldest first.

        Discord does not say who made what; so it is one of this name and kind, made within a day,
        that fills no slot and looks exactly as leda makes it.
        """
        taken = {each.id for each in self._found.values() if each is not None}
        since = discord.utils.utcnow() - _LATELY
        found = [
            each
            for each in there
            if each.name == slot.name
            and each.id not in taken
            and each.created_at >= since
            and self._is_as_made(slot, each)
        ]
        return sorted(found, key=lambda each: each.id)

    def _is_as_made(self, slot: Slot, place: Place) -> bool:
        if isinstance(place, discord.Role):
            return slot.kind is PlaceKind.ROLE and not place.permissions.value
        if isinstance(place, discord.CategoryChannel) is not (slot.kind is PlaceKind.CATEGORY):
            return False
        parent = self._found.get(slot.parent or "")
        if slot.kind is PlaceKind.ROLE or place.category_id != (parent.id if parent else None):
            return False
        means = {target.id: rule.pair() for target, rule in wanted(slot, self._cast(slot)).items()}
        return {target.id: rule.pair() for target, rule in place.overwrites.items()} == means

    def _cast(self, slot: Slot) -> Cast:
        coordinators = self._found.get(COORDINATORS_ROLE)
        track = self._found.get(f"role:{slot.track_id}")
        return Cast(
            self._guild,
            coordinators if isinstance(coordinators, discord.Role) else None,
            track if isinstance(track, discord.Role) else None,
        )

    async def _is_hidden(self, slot: Slot) -> bool:
        """Whether it stands after all, where leda cannot see it; it is not made twice."""
        if slot.discord_id is None or slot.kind is PlaceKind.ROLE:
            return False
        looked_for = slot.discord_id
        try:
            found = await patiently(lambda: self._guild.fetch_channel(looked_for))
        except discord.NotFound:
            return False
        except discord.Forbidden:
            return True
        self._found[slot.key] = found if isinstance(found, discord.abc.GuildChannel) else None
        return True

    async def _restore(self, slot: Slot, new: Place) -> None:
        """Put what was made in place of something lost where that was."""
        try:
            if isinstance(new, discord.Role):
                await self._let_in(new)
            else:
                await self._take_back(slot, new)
                await self._move_back(slot, new)
        except discord.Forbidden as refusal:
            _log.warning("%s is made again, but not as it was: %s", slot.key, refusal)

    async def _let_in(self, role: discord.Role) -> None:
        """Give a new role what the one before had in the channels that stand."""
        for slot in self._slots:
            channel = self._found[slot.key]
            overwrite = wanted(slot, self._cast(slot)).get(role)
            if isinstance(channel, discord.abc.GuildChannel) and overwrite is not None:
                await reshape(channel, {}, {role: overwrite})

    async def _take_back(self, slot: Slot, category: discord.abc.GuildChannel) -> None:
        """Take the channels of a lost category, which are outside of any now, into the new one."""
        for child in self._slots:
            channel = self._found[child.key]
            if child.parent != slot.key or not isinstance(channel, _CHANNELS):
                continue
            if channel.category is None:
                await patiently(partial(channel.edit, category=category))

    async def _move_to_the_top(self, new: Place) -> None:
        """Put what was made for the first time above its kin; where it was before is kept.

        It is noted only then, so that a kill in between leaves it to be done.
        """
        if isinstance(new, discord.abc.GuildChannel):
            try:
                await patiently(partial(_move_up, new))
            except discord.Forbidden as refusal:
                _log.warning("%s stays where it is: %s", new.name, refusal)

    async def _move_back(self, slot: Slot, new: discord.abc.GuildChannel) -> None:
        """Put it before the next of its kind, as it was when all were made."""
        here = (slot.kind, slot.parent)
        kin = [other for other in self._slots if (other.kind, other.parent) == here]
        for other in kin[kin.index(slot) + 1 :]:
            beside = self._found[other.key]
            if isinstance(beside, discord.abc.GuildChannel):
                await patiently(partial(new.move, before=beside))
                return


async def _move_up(channel: discord.abc.GuildChannel) -> None:
    """Make it the first of its category, or the first category of all."""
    assert isinstance(channel, discord.CategoryChannel | discord.TextChannel)
    inside = channel.guild.categories if channel.category is None else channel.category.channels
    if any(other.position <= channel.position for other in inside if other != channel):
        try:
            await channel.move(beginning=True)
        except discord.HTTPException as refusal:
            if refusal.status != HTTPStatus.BAD_REQUEST:
                raise
            # All places are named, also one that was just taken away and not yet heard of.
            await asyncio.sleep(_HEARD)
            await channel.move(beginning=True)


@dataclass(frozen=True)
class BuildOutcome:
    """What was done and what could not be.

    ``programme`` is as it stands now, ``made`` what was made, ``opened`` what was opened to leda,
    ``home`` whether the home card was posted, ``cards`` how many factors' cards were. ``refusal``
    is what Discord said when it stopped leda on the way, ``troubles`` what is wrong still and
    needs a person.
    """

    programme: ProgrammeView
    made: tuple[Slot, ...] = ()
    opened: tuple[Slot, ...] = ()
    home: bool = False
    cards: int = 0
    refusal: str | None = None
    troubles: tuple[Trouble, ...] = ()
