"""The courier: takes what is due from the ledger, posts it, and notes what became of it."""

import asyncio
import logging
import random
from collections.abc import Awaitable, Callable, Collection
from datetime import datetime
from typing import Final

import discord

from bot.delivery.concerns import tell_detour, tell_news
from bot.delivery.parcels import Nowhere, PostKind, PostPart, Unsure, post
from bot.domain.kit.errors import NotSetUp
from bot.domain.members import directs
from bot.domain.posts import claims, ledger
from bot.domain.posts.claims import Parcel, Thing
from bot.domain.posts.planning import Note
from bot.domain.programme import programmes
from bot.domain.programme.programmes import ProgrammeView
from bot.patience import TROUBLES, is_passing
from bot.works import Works
from storage.enums import Way
from storage.errors import Unserved

_log = logging.getLogger(__name__)

_AT_ONCE: Final = 100  # messages under way; most of them wait for a channel's own limit
_SLACK: Final = 0.05  # seconds
_RECOVER: Final = 55.0  # seconds; whoever wakes the courier each minute finds it due
_PEOPLE_FIRST: Final = 0.2  # seconds, at most; some answers take long
_NO_DIRECT: Final = {50007, 50278}  # closed direct messages; no server in common any more
_NO_SUCH_USER: Final = 10013
_TOO_FAST: Final = 40003  # with status 400 or 403


class Courier:
    """Posts what is due, in the order in which it is due, each once.

    The ledger is the truth: a courier can be stopped at any moment, and the next one goes on.
    """

    # Seconds between the starts of two posts: of the 50 requests a second that Discord takes, some
    # are left for everything else; processes that share them have a part each.
    pause = 1 / 40
    opening_pause = 0.1  # … between two openings of direct messages

    def __init__(self, works: Works) -> None:
        self._works = works
        # What follows whenever it has gone out: the alarm clock looks ahead.
        self.then: Callable[[], Awaitable[None]] = _nothing
        # Whether nobody else posts for these shards.
        self.may_post: Callable[[], bool] = _always
        self._kinds: dict[str, PostKind] = {}
        self._lock = asyncio.Lock()
        self._began: datetime | None = None
        self._recover_at = 0.0
        self._gate, self._opening = asyncio.Lock(), asyncio.Lock()
        self._free_at = 0.0
        self._again = self._stopping = False
        self._called = asyncio.Event()
        self._preparing = 0
        self._task: asyncio.Task[None] | None = None

    @property
    def kinds(self) -> dict[str, PostKind]:
        """All kinds of planned posts, by name."""
        return self._kinds

    def take_on(self, name: str, kind: PostKind) -> None:
        """Serve a kind of planned posts from now on."""
        self._kinds[name] = kind

    def wake(self) -> None:
        """Something may be due."""
        self._again = True
        self._called.set()
        if self._task is None:
            self._task = asyncio.create_task(self._run())

    def take_up(self) -> None:
        """Take up at once what is on its way no more."""
        self._recover_at = 0.0
        self.wake()

    async def stop(self) -> None:
        """Start nothing more, and finish what is under way."""
        self._stopping, self._again = True, False
        if self._task is not None:
            await asyncio.wait({self._task})

    async def deliver(self) -> None:
        """Post all that is due now, and tell coordinators what could not be posted."""
        if self._works.clock.far:
            return  # what is due, and what has expired, nobody can tell
        async with self._lock:
            touched: set[int] = set()
            under_way: dict[asyncio.Task[None], int] = {}
            last: dict[tuple[int, str | None], asyncio.Task[None]] = {}
            while True:
                self._called.clear()
                touched |= await self._recover(under_way.values())
                for parcel in await self._claim(_AT_ONCE - len(under_way) + self._preparing):
                    touched.add(parcel.programme_id)
                    where = parcel.programme_id, parcel.slot
                    task = asyncio.create_task(self._carry(parcel, last.get(where)))
                    if parcel.way in {Way.POST, Way.MENTION}:
                        last[where] = task
                    under_way[task] = parcel.lead_id
                if not under_way:
                    break
                under_way = await self._left(under_way)
            for programme_id in sorted(touched):
                await tell_news(self._works, self._kinds, programme_id)

    async def _recover(self, under_way: Collection[int]) -> set[int]:
        """At the start and each minute: take up what is on its way no more.

        Returns:
            the programmes whose coordinators have yet to hear that something failed.
        """
        time = asyncio.get_running_loop().time()
        if not self.may_post() or (self._began is not None and time < self._recover_at):
            return set()  # where another posts, that is on its way with them
        now, shards = self._works.now(), self._works.shards
        await self._works.db.write(claims.recover, shards, now=now, but=frozenset(under_way))
        untold = await self._works.db.read(ledger.untold, shards, now=now)
        self._began, self._recover_at = self._began or now, time + _RECOVER
        return untold

    async def _left(
        self, under_way: dict[asyncio.Task[None], int]
    ) -> dict[asyncio.Task[None], int]:
        """What is still under way once one is settled, or something more may be due."""
        called = asyncio.create_task(self._called.wait())
        try:
            done, _ = await asyncio.wait({*under_way, called}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            called.cancel()
        return {task: lead for task, lead in under_way.items() if task not in done}

    async def _run(self) -> None:
        try:
            while self._again and self.may_post():
                self._again = False
                await self.deliver()
                await self.then()
        except Exception as trouble:  # noqa: BLE001 - nobody waits for it; a minute later it goes on
            if not _is_hindered(trouble):
                _log.exception("the courier stumbled")
        finally:
            self._task = None

    async def _claim(self, room: int) -> list[Parcel]:
        if room < _AT_ONCE // 2 or self._stopping or not self.may_post():
            return []
        return await self._works.db.write(
            claims.claim,
            self._works.shards,
            now=self._works.now(),
            limit=room,
            began=self._began or self._works.now(),
        )

    async def _carry(self, parcel: Parcel, before: asyncio.Task[None] | None) -> None:
        if before is not None:  # in one place, in the order in which they are due
            await asyncio.wait({before})
        try:
            await self._bring(parcel)
        except Exception as trouble:  # noqa: BLE001 - whatever it is, the ledger is told
            try:
                await self._note(parcel, trouble)
            except Exception as worse:  # noqa: BLE001 - it stays claimed: taken up within a minute
                if not _is_hindered(worse):
                    _log.exception("delivery %s: it could not be noted", parcel.lead_id)

    async def _bring(self, parcel: Parcel) -> None:
        kind = self._kinds[parcel.things[0].kind]
        if kind.render is None:
            if kind.prepare is not None:
                await self._prepare(parcel, kind.prepare)
            await self._works.visit(parcel.programme_id).write(claims.perform, parcel, kind.work)
            return
        direct = None
        if parcel.way is Way.DIRECT:
            way = await self._works.visit(parcel.programme_id).read(directs.to, parcel.people[0])
            if way.closed:
                await self._reach_otherwise(parcel)
                return
            direct = way.channel_id
        # Before anything is read: people's presses would wait behind a hundred posts that do.
        await self._turn()
        if parcel.look:
            await self._turn()  # to look for it is a request, too
        if not self.may_post():
            return  # it stops, and leaves this to whoever may
        programme = await self._works.visit(parcel.programme_id).read(programmes.view)
        parts = await self._parts(parcel, programme)
        if not parts:
            return
        if not await self._works.visit(parcel.programme_id).read(claims.holds, parcel):
            return  # a courier that started since has taken it up
        where = await self._channel_to(parcel, direct) if parcel.way is Way.DIRECT else None
        now = self._works.now()
        posted = await post(self._works, parcel, programme, parts, now, where)
        message, note = posted.message, Note.DETOUR if posted.detour else Note.NONE
        await self._works.visit(parcel.programme_id).write(
            claims.sent, parcel, message.channel.id, message.id, note=note, out=posted.out
        )
        if posted.detour:
            await tell_detour(self._works, parcel.programme_id, posted.detour, message)

    async def _channel_to(self, parcel: Parcel, known: int | None) -> discord.abc.Messageable:
        """The channel to a person; one that is not known is opened, and openings keep a distance.

        Discord refuses when too many are opened, and may block a bot that writes to everyone.
        """
        if known is not None:
            return self._works.client.get_partial_messageable(known)
        async with self._opening:
            await asyncio.sleep(self.opening_pause)
            channel = await self._works.client.create_dm(discord.Object(parcel.people[0]))
        await self._works.visit(parcel.programme_id).write(
            directs.opened, parcel.people[0], channel.id
        )
        return channel

    async def _reach_otherwise(self, parcel: Parcel) -> None:
        """By a mention, for no direct message is let through; what nobody misses is dropped."""
        visit = self._works.visit(parcel.programme_id)
        if unasked := self._optional(parcel):
            await visit.write(claims.drop, parcel, unasked, Note.WELL)
        await visit.write(claims.mention_instead, parcel)

    async def _may_mention(self, parcel: Parcel) -> bool:
        """Whether somebody may be mentioned instead, before all who read the post's place."""
        programme = await self._works.visit(parcel.programme_id).read(programmes.view)
        inside = any(slot.key == parcel.slot and slot.closed for slot in programme.slots)
        return parcel.slot is not None and not inside

    async def _prepare(
        self, parcel: Parcel, prepare: Callable[[int, Thing], Awaitable[None]]
    ) -> None:
        """Do what may take minutes: it takes the place of no other post."""
        self._preparing += 1
        self._called.set()
        try:
            await prepare(parcel.programme_id, parcel.things[0])
        finally:
            self._preparing -= 1

    async def _parts(
        self, parcel: Parcel, programme: ProgrammeView
    ) -> list[tuple[Thing, PostPart]]:
        """What a message has to say today; things that have become pointless are dropped."""
        words = self._works.speech.in_(programme.language, programme.id)
        found: list[tuple[Thing, PostPart]] = []
        for thing in parcel.things:
            render = self._kinds[thing.kind].render
            part = await render(words, parcel, thing) if render else None
            if part is None:
                note = Note.WELL if self._kinds[thing.kind].optional else Note.POINTLESS
                await self._works.visit(parcel.programme_id).write(
                    claims.drop, parcel, thing.ids, note
                )
            else:
                found.append((thing, part))
        return found

    def _optional(self, parcel: Parcel) -> list[int]:
        """The posts of a message that nobody misses."""
        things = (thing for thing in parcel.things if self._kinds[thing.kind].optional)
        return [each for thing in things for each in thing.ids]

    async def _turn(self) -> None:
        """Keep the pace, in the order of arrival; a busy machine may catch up a little.

        Whoever waits for an answer goes first: so many posts would slow the answer down.
        """
        shards, time = self._works.shards, asyncio.get_running_loop().time
        pause = self.pause * shards.count / len(shards.ids)
        async with self._gate:
            if self._works.answering:
                await asyncio.wait(self._works.answering, timeout=_PEOPLE_FIRST)
            while not self.may_post() and not self._stopping:  # noqa: ASYNC110 - a clock says so
                await asyncio.sleep(_SLACK)
            self._free_at = max(self._free_at, time() - _SLACK)
            await asyncio.sleep(min(pause, max(0.0, self._free_at - time())))
            self._free_at += pause

    async def _note(self, parcel: Parcel, trouble: Exception) -> None:
        ids = [each for thing in parcel.things for each in thing.ids]
        if isinstance(trouble, NotSetUp):
            await self._works.visit(parcel.programme_id).write(
                claims.drop, parcel, ids, Note.POINTLESS
            )
        elif parcel.way is Way.DIRECT and _code(trouble) in _NO_DIRECT:
            await self._works.visit(parcel.programme_id).write(directs.closed, parcel.people[0])
            await self._reach_otherwise(parcel)
        elif parcel.way is Way.DIRECT and _code(trouble) == _TOO_FAST:
            _log.warning("delivery %s: Discord lets no more letters be opened now", parcel.lead_id)
            mention = await self._may_mention(parcel)
            await self._works.visit(parcel.programme_id).write(
                claims.too_fast, parcel, chance=_chance(), mention=mention
            )
        elif parcel.way is Way.DIRECT and _code(trouble) == _NO_SUCH_USER:
            await self._works.visit(parcel.programme_id).write(claims.drop, parcel, ids, Note.GONE)
        elif isinstance(trouble, Unsure):
            await self._works.visit(parcel.programme_id).write(claims.fail, parcel, Note.UNSURE)
        elif isinstance(trouble, Nowhere) and self._optional(parcel):
            await self._works.visit(parcel.programme_id).write(claims.drop, parcel, ids, Note.WELL)
        elif isinstance(trouble, Nowhere):
            await self._works.visit(parcel.programme_id).write(
                claims.later, parcel, Note.NOWHERE, chance=_chance()
            )
        elif isinstance(trouble, TROUBLES) and is_passing(trouble):
            _log.warning("delivery %s: Discord is away: %s", parcel.lead_id, trouble)
            await self._works.visit(parcel.programme_id).write(
                claims.later, parcel, Note.AWAY, chance=_chance()
            )
        elif isinstance(trouble, discord.HTTPException):
            _log.error("delivery %s: Discord refuses it: %s", parcel.lead_id, trouble)
            await self._works.visit(parcel.programme_id).write(claims.fail, parcel, Note.REFUSED)
        else:
            _log.error("delivery %s: %r", parcel.lead_id, trouble, exc_info=trouble)
            await self._works.visit(parcel.programme_id).write(
                claims.later, parcel, Note.ERROR, chance=_chance()
            )


def _is_hindered(trouble: Exception) -> bool:
    """Whether the database can do nothing just now; its own log says so, once."""
    return isinstance(trouble, Unserved) and trouble.hindrance is not None


def _code(trouble: Exception) -> int:
    return trouble.code if isinstance(trouble, discord.HTTPException) else 0


def _chance() -> float:
    return random.random()  # noqa: S311 - noise, so that retries do not meet again


def _always() -> bool:
    return True


async def _nothing() -> None:
    """What follows where nobody wants anything."""
