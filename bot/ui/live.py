"""Cards that many people press at the same time, kept right whatever order answers come in."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any, Final, TypeAlias

import discord

from bot.patience import LOST, TROUBLES
from bot.ui.layout import Card
from bot.waiting import was_told_to_wait

Render: TypeAlias = Callable[[], Awaitable[tuple[Card, int]]]

_log = logging.getLogger(__name__)
_EDITABLE: Final = 14 * 60.0  # seconds; Discord forgets an interaction after 15 minutes
_MOST_PRIVATE: Final = 1000
_AT_A_TIME: Final = 10
_FIRST, _LONGEST = 1800.0, 86_400.0  # seconds before a refused edit is tried again
_ARCHIVED: Final = 50083  # Discord's code for a message in a thread that is folded away
_ANSWERED: Final = 40060  # this interaction has been answered already


@dataclass
class _Shown:
    """What a card last showed, remembered while any edit of it is under way."""

    revision: int = -1
    card: Card | None = None
    under_way: int = 0


@dataclass(frozen=True)
class _Copy:
    """One message that shows a card: how it is edited, and what it is to show.

    A private one has no channel, shows ``subjects``, and can be edited ``until`` then (the time
    of the event loop).
    """

    edit: Callable[..., Awaitable[Any]]
    render: "Render"
    channel_id: int | None
    subjects: frozenset[int] = frozenset()
    until: float = 0.0


@dataclass(frozen=True)
class _Refused:
    """A copy that Discord would not let be edited: not again before ``due`` (the loop's time)."""

    copy: _Copy
    pause: float
    due: float


class LiveCards:
    """What every card that is being edited last showed, and the edits that are under way."""

    # Seconds between two edits of one message that nobody's press answers.
    pause = 2.0

    def __init__(self, client: discord.Client) -> None:
        self._client = client
        self._shown: dict[int, _Shown] = {}
        self._wanted: dict[int, _Copy] = {}
        self._private: dict[int, _Copy] = {}
        self._refused: dict[int, _Refused] = {}
        self._tasks: dict[int, asyncio.Task[None]] = {}

    async def answer(
        self, interaction: discord.Interaction[Any], card: Card, revision: int
    ) -> None:
        """Answer a press by updating the card it was made on.

        Answers may finish in another order than the presses were counted in. Whoever finishes
        after a newer answer shows that newer one again.
        """
        message_id = interaction.message.id if interaction.message else 0
        with self._edit(message_id) as shown:
            await _edit_pressed(interaction, card)
            await self._settle(shown, card, revision, interaction.edit_original_response)

    def refresh(self, channel_id: int, message_id: int, render: Render) -> None:
        """Bring another copy of a card up to date, soon.

        At most one edit of a message is under way, and edits keep a distance; however many are
        asked for meanwhile, one more follows, with the state of then.

        Args:
            channel_id: the channel's Discord id.
            message_id: the message's.
            render: makes the card and tells its revision.
        """
        message = self._client.get_partial_messageable(channel_id).get_partial_message(message_id)
        self._wanted[message_id] = _Copy(message.edit, render, channel_id)
        self._wake(message_id)

    async def show(self, channel_id: int, message_id: int, render: Render) -> None:
        """Bring another copy of a card up to date now.

        Args:
            channel_id: the channel's Discord id.
            message_id: the message's.
            render: makes the card and tells its revision.

        Raises:
            discord.HTTPException, aiohttp.ClientError, OSError: Discord refused, or is away.
        """
        message = self._client.get_partial_messageable(channel_id).get_partial_message(message_id)
        await self._show(message_id, _Copy(message.edit, render, channel_id))

    def follow(
        self,
        subjects: Iterable[int],
        interaction: discord.Interaction[Any],
        message_id: int,
        render: Render,
    ) -> None:
        """Let a private answer follow what changes, for as long as Discord lets it be edited.

        Args:
            subjects: the ids of the factors that it shows.
            interaction: what it answers.
            message_id: the answer's Discord id; once more, it shows something else from now on.
            render: makes the card and tells its revision.
        """
        until = asyncio.get_running_loop().time() + _EDITABLE
        edit = partial(interaction.followup.edit_message, message_id)
        copy = _Copy(edit, render, None, frozenset(subjects), until)
        self._private.pop(message_id, None)
        self._private[message_id] = copy
        while len(self._private) > _MOST_PRIVATE:
            del self._private[next(iter(self._private))]

    def changed(self, subject: int) -> None:
        """Bring the private answers that show a factor up to date, soon."""
        now = asyncio.get_running_loop().time()
        for message_id, copy in list(self._private.items()):
            if copy.until < now:
                del self._private[message_id]
            elif subject in copy.subjects:
                self._wanted[message_id] = copy
                self._wake(message_id)

    def retry(self) -> None:
        """Try again what Discord would not let be edited: old messages have to wait, for one.

        To be called hourly. A few at a time, and each after a longer pause than before.
        """
        now = asyncio.get_running_loop().time()
        due = [key for key, each in self._refused.items() if each.due <= now]
        for message_id in sorted(due, key=lambda key: self._refused[key].due)[:_AT_A_TIME]:
            self._wanted.setdefault(message_id, self._refused[message_id].copy)
            self._wake(message_id)

    def forget(self) -> None:
        """Follow none of the private answers any more, nor what waits to be edited."""
        for copies in (self._private, self._wanted, self._refused):
            copies.clear()

    def stop(self) -> None:
        """Edit nothing more."""
        for task in self._tasks.values():
            task.cancel()

    def _wake(self, message_id: int) -> None:
        if message_id not in self._tasks:
            self._tasks[message_id] = asyncio.create_task(self._catch_up(message_id))

    async def _catch_up(self, message_id: int) -> None:
        try:
            while (copy := self._wanted.pop(message_id, None)) is not None:
                await self._bring_up(message_id, copy)
                if message_id in self._wanted:
                    await asyncio.sleep(self.pause)
        finally:  # and not later, or what is wanted in between would be lost
            del self._tasks[message_id]

    async def _bring_up(self, message_id: int, copy: "_Copy") -> None:
        try:
            try:
                await self._show(message_id, copy)
            except discord.HTTPException as failure:
                if failure.code != _ARCHIVED or copy.channel_id is None:
                    raise
                thread = await self._client.fetch_channel(copy.channel_id)
                assert isinstance(thread, discord.Thread)
                await thread.edit(archived=False)
                await self._show(message_id, copy)
        except TROUBLES as failure:
            _log.warning("could not refresh message %s: %r", message_id, failure)
            self._private.pop(message_id, None)
            before = self._refused.pop(message_id, None)
            if copy.channel_id is not None and not isinstance(failure, discord.NotFound):
                pause = min(before.pause * 2, _LONGEST) if before else 0.0
                due = asyncio.get_running_loop().time() + pause
                self._refused[message_id] = _Refused(copy, max(pause, _FIRST), due)
        else:
            self._refused.pop(message_id, None)

    async def _show(self, message_id: int, copy: "_Copy") -> None:
        with self._edit(message_id) as shown:
            card, revision = await copy.render()
            await copy.edit(view=card)
            await self._settle(shown, card, revision, copy.edit)

    @contextmanager
    def _edit(self, message_id: int) -> Iterator[_Shown]:
        shown = self._shown.setdefault(message_id, _Shown())
        shown.under_way += 1
        try:
            yield shown
        finally:
            shown.under_way -= 1
            if not shown.under_way:
                del self._shown[message_id]

    async def _settle(
        self, shown: _Shown, card: Card, revision: int, edit: Callable[..., Awaitable[Any]]
    ) -> None:
        """Note what was shown, or show what is newer until nothing newer came meanwhile."""
        while shown.card is not None and shown.revision > revision:
            card, revision = shown.card, shown.revision
            await edit(view=card)
        shown.card, shown.revision = card, revision


async def _edit_pressed(interaction: discord.Interaction[Any], card: Card) -> None:
    """Answer a press; where the line breaks, once more, for Discord may not have heard it."""
    if await was_told_to_wait(interaction):
        await interaction.edit_original_response(view=card)
        return
    try:
        await interaction.response.edit_message(view=card)
    except LOST:
        try:
            await interaction.response.edit_message(view=card)
        except discord.HTTPException as refusal:
            if refusal.code != _ANSWERED:
                raise
