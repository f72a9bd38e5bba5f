"""Deeds while the program is killed: what people were promised is in the file, and is done once.

People ask to be let in and are, publish factors, decide on them, import some, and have themselves
forgotten. What came of it all is counted in ``chaos_outcome``.
"""

import asyncio
import random
import re
from collections import Counter
from collections.abc import Awaitable, Callable
from typing import Final, TypeAlias

from tests.wire.chaos_outcome import Outcome, find_outcome, is_settled
from tests.wire.chaos_promises import Decision, Promises
from tests.wire.people import Person, Unanswered
from tests.wire.programme import Scene
from tests.wire.world import Message

_AT_ONCE: Final = 3
_PAUSE: Final = (0.02, 0.2)  # seconds between two deeds of one of them
_PATIENCE: Final = 8.0  # seconds that people wait for what goes on after an answer
_FACTORS_EACH: Final = 5  # an hour
_QUIET: Final = 100.0  # seconds, for what is still to come
_SUBJECTS: Final = (
    "Evening classes", "Bicycle roads", "Shared kitchens", "Open libraries", "Late buses",
    "Quiet rooms", "Repair shops", "Green roofs", "Morning walks", "Summer jobs",
)  # fmt: skip
_HOW: Final = "We tried it with two groups for a month, and met every week."
_SHOWN: Final = re.compile(r"request:1:\d+:(\d+):approve")

Deed: TypeAlias = Callable[[Scene, random.Random], Awaitable[None]]


class Deeds:
    """Whatever was answered is a promise; see :class:`tests.wire.chaos_promises.Promises`."""

    def __init__(self) -> None:
        self._deeds: dict[str, tuple[int, Deed]] = {
            "joining": (3, self._ask),
            "letting in": (4, self._let_in),
            "publishing": (4, self._publish),
            "importing": (1, self._import),
            "deciding": (3, self._decide),
            "erasing": (1, self._erase),
        }
        self._came = Counter[str]()
        self._odd = Counter[str]()
        self._number = 0
        self._promises = Promises()
        self._members: list[Person] = []  # who may publish, as far as is known
        self._published: Counter[int] = Counter()
        self._old: set[int] = set()  # who did nothing in this life yet
        self._busy: set[int] = set()
        self._ends = False
        self._outcome = Outcome()

    async def begin(self, scene: Scene, dice: random.Random) -> None:
        """From now on people are let in with a code, or by a coordinator."""
        shown = await scene.boss.slash("programme settings")
        form = await scene.boss.press(shown.message, "setting:1:joining")
        asked = await scene.boss.submit(form, joining="code")
        await scene.boss.press(asked.message, "setsave:1")

    async def live(self, scene: Scene, dice: random.Random) -> None:
        self._busy.clear()
        self._old = set(self._promises.people)
        await asyncio.gather(*(self._go_on(scene, dice) for _ in range(_AT_ONCE)))

    async def _go_on(self, scene: Scene, dice: random.Random) -> None:
        weights = [weight for weight, _ in self._deeds.values()]
        while True:
            (name,) = dice.choices(list(self._deeds), weights)
            try:
                await self._deeds[name][1](scene, dice)
            except (Unanswered, AssertionError) as error:
                self._came[f"{name}: not answered, or otherwise"] += 1
                self._odd[f"{name}: {str(error)[:300]}"] += 1
            except asyncio.CancelledError:
                self._came[f"kills within {name}"] += 1
                raise
            await asyncio.sleep(dice.uniform(*_PAUSE))

    def _next(self) -> int:
        self._number += 1
        return self._number

    async def _ask(self, scene: Scene, dice: random.Random) -> None:
        person = Person(scene.discord, scene.guild, f"newcomer {self._next()}")
        form = await person.slash("join", organisation=dice.choice(("Vara kommun", "Borås stad")))
        ways = await person.submit(form, code="")
        self._promises.people[person.id] = person
        asked = await person.press(ways.message, "ask:1")
        await asked.until("I have asked", 1.0)
        self._promises.asked.add(person.id)
        self._came["joining: promised"] += 1

    async def _let_in(self, scene: Scene, dice: random.Random) -> None:
        waiting = [message for message in _requests(scene) if message.id not in self._busy]
        if not waiting:
            return
        card = dice.choice(waiting)
        member = next(key for key in self._promises.people if f"<@{key}>" in card.text)
        self._busy.add(card.id)
        wanted = "Approve" if dice.random() < 0.8 else "Decline"
        done = await scene.boss.press(card, wanted)
        self._busy.discard(card.id)
        await done.until(f"{wanted}d by", 1.0)
        if wanted == "Approve":
            self._promises.let_in.add(member)
            self._members.append(self._promises.people[member])
        self._came["letting in: promised"] += 1

    async def _publish(self, scene: Scene, dice: random.Random) -> None:
        able = [
            person
            for person in self._members
            if self._published[person.id] < _FACTORS_EACH
            and person.id not in self._busy | self._promises.leaving
        ]
        if not able:
            return
        person = dice.choice(able)
        self._busy.add(person.id)
        self._old.discard(person.id)
        title = f"{dice.choice(_SUBJECTS)}, {self._next()}"
        form = await person.slash("factor propose")
        if not form.interaction.data.get("custom_id"):  # a draft waits
            form = await person.press(form.message, "new:1")
        shown = await person.submit(form, title=title, kind="promoting", how=_HOW)
        self._published[person.id] += 1
        done = person.press_soon(shown.message, "publish:1")
        self._promises.published[title] = done.interaction
        self._promises.authors[title] = person.id
        await done.answered()
        await done.until("Thank you", _PATIENCE)
        self._busy.discard(person.id)
        self._came["publishing: done"] += 1

    async def _import(self, scene: Scene, dice: random.Random) -> None:
        number = self._next()
        titles = [
            f"{subject}, {number}"
            for subject in dice.sample(_SUBJECTS, dice.randint(3, 6))
        ]  # fmt: skip
        lines = [f'"{title}",promoting,"{_HOW}",Vara kommun' for title in titles]
        file = "\n".join(["title,kind,how,organisation", *lines]).encode()
        shown = await (await scene.boss.slash("factor import", file=file)).until("Import")
        done = scene.boss.press_soon(shown.message, "importfactors:1")
        self._promises.imported[tuple(titles)] = done.interaction
        await done.answered()
        await done.until("**Done", _PATIENCE)
        self._came["importing: done"] += 1

    async def _decide(self, scene: Scene, dice: random.Random) -> None:
        cards = {
            key: title
            for key, title in self._promises.standing.items()
            if key not in self._busy and key in scene.discord.world.channels
        }
        if not cards:
            return
        card = dice.choice(sorted(cards))
        self._busy.add(card)
        decision = Decision(self._next(), cards[card], dice.choice(("adopted", "declined", "open")))
        self._promises.decisions.append(decision)
        decided = scene.boss.slash(
            "factor decide", factor=decision.title, outcome=decision.outcome,
            reason=decision.reason,
        )  # fmt: skip
        done = await decided
        await done.until("I say so in its thread", _PATIENCE)
        decision.promised = True
        self._busy.discard(card)
        self._came["deciding: promised"] += 1

    async def _erase(self, scene: Scene, dice: random.Random) -> None:
        # Whoever was erased in what an older file knows nothing of has left the server already.
        there = self._old & scene.guild.members.keys()
        able = sorted(there - self._busy - self._promises.erased.keys())
        if not able:
            return
        person = self._promises.people[dice.choice(able)]
        self._busy.add(person.id)  # and does nothing else any more in this life
        if person in self._members:
            self._members.remove(person)
        self._promises.leaving.add(person.id)
        asked = await (await person.slash("privacy erase")).until("forget me", _PATIENCE)
        done = await person.press(asked.message, "erase:1")
        await done.until("I have forgotten you", _PATIENCE)
        self._promises.erased[person.id] = person
        person.leave()
        self._came["erasing: promised"] += 1

    def look(self, scene: Scene, *, back: bool = False) -> None:
        self._promises.hold(scene, back=back)
        inside = self._promises.inside
        self._members = [
            person
            for key, person in self._promises.people.items()
            if key in inside and key not in self._promises.leaving
        ]
        if self._ends:
            self._outcome = find_outcome(scene, self._promises)

    async def end(self, scene: Scene) -> None:
        """What is promised is done by itself, in a quiet time."""
        try:
            await scene.discord.until(lambda: is_settled(scene), _QUIET)
        except TimeoutError:
            self._came["ends at which something still hung"] += 1
        self._ends = True

    def tally(self) -> dict[str, int]:
        return dict(sorted(self._came.items())) | self._outcome.counts

    def failures(self) -> list[str]:
        return [*self._promises.broken, *self._outcome.wrong()]

    def oddities(self) -> dict[str, int]:
        """What was said instead of what should have been, for whoever looks for the reason."""
        return dict(self._odd)


def _requests(scene: Scene) -> list[Message]:
    """The cards that ask a coordinator to let somebody in."""
    return scene.discord.world.posts(
        scene.guild, lambda m: bool(_SHOWN.search(str(m.custom_ids())))
    )
