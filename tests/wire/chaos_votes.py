"""Votes while the program is killed: whoever's vote was answered finds it in the file."""

import asyncio
import random
from typing import TypeAlias

from tests.wire.interactions import DEFER_EDIT, EDIT
from tests.wire.people import Person
from tests.wire.programme import Scene

_AT_ONCE = 8
_HAS_IT = "Pressing again changes nothing."
_FACTORS = (
    ("Share what went wrong", "We told each other what did not work, once a month."),
    ("Ask the pupils", "Forty of them told us what they use, and what they do not."),
    ("Start where it hurts", "The longest queue came first; everything else had to wait."),
)

Vote: TypeAlias = tuple[int, int]  # factor, member


class Votes:
    """Many people who change their votes all the time, and press again what was not answered.

    Of each vote it is known what the file may say: what was answered last, or, of a press that
    nobody answered, that or what was before. The same choice again changes nothing, and says so.
    """

    def __init__(self, people: int = 24, factors: int = len(_FACTORS)) -> None:
        self._wanted = people
        self._new = _FACTORS[:factors]
        self.answered = 0
        self.unanswered = 0
        self.lost: list[str] = []
        self._people: list[Person] = []
        self._may: dict[Vote, set[str | None]] = {}
        self._pressed: dict[Vote, str] = {}
        self._busy: set[Vote] = set()

    async def begin(self, scene: Scene, dice: random.Random) -> None:
        authors = list(scene.people.values())
        for author, (title, how) in zip(authors, self._new, strict=False):
            await scene.proposes(author, title=title, how=how)
        self._people = [
            Person(scene.discord, scene.guild, f"voter {n}") for n in range(self._wanted)
        ]
        homes = ("Vara kommun", "Borås stad")
        for start in range(0, self._wanted, _AT_ONCE):
            some = self._people[start : start + _AT_ONCE]
            joins = [person.slash("join", organisation=dice.choice(homes)) for person in some]
            await asyncio.gather(*joins)
        self._may = {
            (factor, person.id): {None}
            for factor in range(1, len(scene.cards) + 1)
            for person in self._people
        }

    async def live(self, scene: Scene, dice: random.Random) -> None:
        self._busy.clear()
        await asyncio.gather(*(self._vote_on(scene, dice) for _ in range(_AT_ONCE)))

    async def _vote_on(self, scene: Scene, dice: random.Random) -> None:
        while True:
            free = [vote for vote in self._may if vote not in self._busy]
            if free:
                await self._vote(scene, dice.choice(free))
            await asyncio.sleep(dice.uniform(0.0, 0.02))

    async def _vote(self, scene: Scene, vote: Vote) -> None:
        may = self._may[vote]
        choice = self._pressed.get(vote, "support")
        if len(may) == 1:  # it is known, and this person thinks otherwise now
            choice = "unsure" if may == {"support"} else "support"
        self._busy.add(vote)
        self._pressed[vote] = choice
        self._may[vote] = {*may, choice}
        factor, member = vote
        person = next(person for person in self._people if person.id == member)
        deed = person.press_id(scene.cards[factor - 1], f"vote:1:{factor}:{choice}")
        try:
            await deed.answered()
        finally:  # also when the program was killed meanwhile
            # In a crowd the card follows later.
            if deed.kind in {EDIT, DEFER_EDIT} or _HAS_IT in deed.text:
                self._may[vote] = {choice}
                self.answered += 1
            else:  # nothing, or an apology: nobody was told that it counts
                self.unanswered += 1
            self._busy.discard(vote)

    def look(self, scene: Scene) -> None:
        stored = scene.votes()
        for vote, may in self._may.items():
            found = stored.get(vote)
            if found not in may:
                self.lost.append(f"LOST: factor {vote[0]}, member {vote[1]}: {found}, not {may}")
            self._may[vote] = {found}

    async def end(self, scene: Scene) -> None:
        """Everybody presses once more, and is answered."""
        for vote in list(self._may):
            await self._vote(scene, vote)

    def tally(self) -> dict[str, int]:
        return {
            "votes answered": self.answered,
            "votes lost": len(self.lost),
            "presses that a kill or a fault left unanswered": self.unanswered,
        }

    def failures(self) -> list[str]:
        return self.lost if self.answered else ["NOBODY was answered"]
