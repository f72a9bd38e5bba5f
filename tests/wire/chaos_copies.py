"""What people do reaches the program twice, late, and again long after it was answered."""

import asyncio
import random
import re
from collections import Counter, defaultdict
from itertools import islice
from typing import Final

from tests.wire.interactions import COMMAND, FORM, PRESS, REPLY, Interaction
from tests.wire.programme import Scene

_TWICE, _LATE = 0.06, 0.06  # shares of all that people do
_PAUSE: Final = (0.03, 0.15)  # seconds between two copies of something answered
_KINDS: Final = {COMMAND: "commands", PRESS: "presses", FORM: "forms"}
_VOTE: Final = re.compile(r"vote:1:(\d+):(\w+)")


class Copies:
    """Delivers again what was done: nothing may come of it that was not there before.

    The other works see to it that nothing does; here is only counted what was tried. Who left the
    server does nothing any more, and what was done before an older file was put in place is over.
    """

    def __init__(self) -> None:
        self._read = 0
        self._known: dict[str, list[Interaction]] = defaultdict(list)
        self._again = Counter[str]()
        self._older = 0
        self._delivered = Counter[tuple[str, int]]()

    async def begin(self, scene: Scene, dice: random.Random) -> None:
        self._read = len(scene.discord.interactions)

    async def live(self, scene: Scene, dice: random.Random) -> None:
        scene.discord.faults.deliveries(_TWICE, _LATE)
        while True:
            await asyncio.sleep(dice.uniform(*_PAUSE))
            self._deliver_again(scene, dice)

    def _deliver_again(self, scene: Scene, dice: random.Random) -> None:
        done = scene.discord.interactions
        for new in islice(done.values(), self._read, None):
            if new.type in {PRESS, FORM}:
                self._known[_name(new)].append(new)
        self._read = len(done)
        if not self._known:
            return
        name = dice.choice(sorted(self._known))
        old = dice.choice(self._known[name])
        if (
            not old.kind
            or _is_refused(old)
            or old.guild is None
            or old.user.id not in old.guild.members
        ):
            return
        if scene.discord.gateway.dispatch(old.guild.id, "INTERACTION_CREATE", old.payload):
            self._again[name] += 1
            self._older += self._is_outdated(old)

    def _is_outdated(self, old: Interaction) -> bool:
        """Whether the same person's answered vote says something else since."""
        said = _VOTE.match(_id(old))
        if said is None:
            return False
        votes = [
            (each.id, found[2])
            for each in self._known["vote"]
            if each.user is old.user and each.kind
            and (found := _VOTE.match(_id(each))) and found[1] == said[1]
        ]  # fmt: skip
        return max(votes)[1] != said[2]

    def look(self, scene: Scene, *, back: bool = False) -> None:
        self._delivered = scene.discord.faults.delivered
        if back:
            self._read = len(scene.discord.interactions)
            self._known.clear()

    async def end(self, scene: Scene) -> None:
        """Nothing is still to come."""

    def tally(self) -> dict[str, int]:
        once_more = {
            f"{_KINDS[kind]} delivered {how}": self._delivered[how, kind]
            for how in ("twice", "late")
            for kind in _KINDS
        }
        again = {f"delivered again, once answered: {name}": n for name, n in self._again.items()}
        return once_more | again | {"… votes older than one that says something else": self._older}

    def failures(self) -> list[str]:
        return []


def _id(done: Interaction) -> str:
    return str(done.payload["data"].get("custom_id", ""))


def _is_refused(done: Interaction) -> bool:
    """Whether a vote was answered by an apology: it may still count, and change what is known."""
    voted = _VOTE.match(_id(done)) is not None
    return voted and done.kind == REPLY and not (done.original and done.original.custom_ids())


def _name(done: Interaction) -> str:
    return _id(done).partition(":")[0]
