"""Forgetting a person, in steps that hold up nobody, and gone on with after a restart."""

import asyncio
import logging

import discord

from bot.delivery.coordinators import tell_coordinators
from bot.delivery.notices import vacancies_card
from bot.delivery.queues import ServerQueue
from bot.delivery.recounts import RecountQueue
from bot.delivery.roles import RoleQueue
from bot.delivery.vacancies import tell_vacancies
from bot.domain.membership.presence import Vacancies
from bot.domain.programme import privacy
from bot.domain.programme.privacy import Facts
from bot.patience import TROUBLES
from bot.works import Works

_log = logging.getLogger(__name__)
# What others write of somebody while they are being forgotten is found in the next round.
_ROUNDS = 5


class Erasures:
    """Forgets those who asked for it.

    Who that is stands in the database from their press on, so a restart forgets nobody's wish.
    """

    def __init__(self, works: Works, roles: RoleQueue, recounts: RecountQueue) -> None:
        self._works, self._roles, self._recounts = works, roles, recounts
        self._queue = ServerQueue(self._work_off)
        self._under_way: dict[tuple[int, int], asyncio.Task[bool]] = {}

    def wake(self, guild_id: int) -> None:
        """Somebody in this server may have to be forgotten still."""
        self._queue.wake(guild_id)

    def stop(self) -> None:
        """Go no further; the next start does."""
        self._queue.stop()
        for task in self._under_way.values():
            task.cancel()

    async def finish(self, programme_id: int, member_id: int) -> bool:
        """Forget somebody for whom that was begun, whoever else waits for it.

        Returns:
            whether their roles could be taken away.
        """
        key = programme_id, member_id
        if key not in self._under_way:
            task = self._under_way[key] = asyncio.create_task(self._forget(*key))
            task.add_done_callback(lambda _: self._under_way.pop(key, None))
        return await asyncio.shield(self._under_way[key])

    async def _work_off(self, guild_id: int) -> None:
        for member_id in await self._works.visit(guild_id).read(privacy.under_way):
            await self.finish(guild_id, member_id)

    async def _forget(self, programme_id: int, member_id: int) -> bool:
        facts = await self._works.visit(programme_id).read(privacy.facts, member_id)
        await self._take_down(facts)
        for _ in range(_ROUNDS):
            found = await self._works.visit(programme_id).read(privacy.traces, member_id)
            for part in found:
                await self._works.visit(programme_id).write(privacy.take_out, member_id, part)
            if not found and await self._works.visit(programme_id).write(
                privacy.end, member_id, facts.factors
            ):
                break
        else:
            _log.warning("somebody in %s is still written of: the next hour goes on", programme_id)
        aligned = await self._roles.align(programme_id, member_id)
        await self._works.db.scrub()
        self._recounts.wake(programme_id)
        await self._tell(programme_id, facts)
        return aligned

    async def _take_down(self, facts: Facts) -> None:
        """What names them in the coordinators' channel."""
        for channel_id, message_id in facts.cards:
            channel = self._works.client.get_partial_messageable(channel_id)
            try:
                await channel.get_partial_message(message_id).delete()
            except discord.NotFound:
                continue
            except TROUBLES as refusal:
                _log.info("message %s could not be deleted: %s", message_id, refusal)

    async def _tell(self, programme_id: int, facts: Facts) -> None:
        """Coordinators hear which organisations have nobody now, and nobody to answer for them."""
        if facts.answered_for:
            alone = Vacancies(no_contact=facts.answered_for)
            await tell_coordinators(
                self._works, programme_id, lambda words: vacancies_card(words, alone)
            )
        await tell_vacancies(self._works, programme_id, self._works.now())
