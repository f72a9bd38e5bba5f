"""Votes while the program is killed: whoever's vote was answered finds it in the file."""

import asyncio
import random
from typing import TypeAlias

from bot.waiting import soon
from tests.wire.interactions import DEFER_EDIT, EDIT
from tests.wire.people import Person
from tests.wire.programme import Scene

_AT_ONCE = 8
_CHOICES = ("support", "unsure")
_AGAIN = 0.15  # the share of presses that choose what one has
_FACTORS = (
    ("Share what went wrong", "We told each other what did not work, once a month."),
    ("Ask the pupils", "Forty of them told us what they use, and what they do not."),
    ("Start where it hurts", "The longest queue came first; everything else had to wait."),
)

Vote: TypeAlias = tuple[int, int]  # factor, member


class Votes:
    """Many people who change their votes all the time, and press what they have as well.

    Of each vote it is known what the file may say: what was answered last, or, of a press that
    nobody answered, that or what was before. Nobody presses something else before that is
    settled. Pressing what one has changes nothing, whatever comes of the answer; so does
    whatever reaches the program twice, late or again.
    """

    def __init__(self, people: int = 24, factors: int = len(_FACTORS)) -> None:
        self._wanted = people
        self._new = _FACTORS[:factors]
        self.answered = 0
        self._again = 0
        self.unanswered = 0
        self._cut_short = 0
        self.lost: list[str] = []
        self._people: list[Person] = []
        self._may: dict[Vote, set[str | None]] = {}
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
            settled = [v for v, may in self._may.items() if len(may) == 1 and v not in self._busy]
            if settled:
                vote = dice.choice(settled)
                (before,) = self._may[vote]
                again = before is not None and dice.random() < _AGAIN
                await self._vote(scene, vote, before if again else _other(before))
            await asyncio.sleep(dice.uniform(0.0, 0.02))

    async def _vote(self, scene: Scene, vote: Vote, choice: str | None) -> None:
        (before,) = self._may[vote]
        self._busy.add(vote)
        self._may[vote] = {before, choice}
        factor, member = vote
        person = next(person for person in self._people if person.id == member)
        deed = person.press_id(scene.cards[factor - 1], f"vote:1:{factor}:{choice}")
        try:
            await deed.answered()
        except asyncio.CancelledError:
            self._cut_short += not deed.kind
            raise
        finally:  # also when the program was killed meanwhile
            if choice == before:
                self._again += 1
            elif deed.kind == EDIT or (deed.kind == DEFER_EDIT and deed.took < soon):
                # In a crowd the card follows later. Whoever waits for longer is only told to wait.
                self._may[vote] = {choice}
                self.answered += 1
            else:  # nothing, or an apology: nobody was told that it counts
                self.unanswered += 1
            self._busy.discard(vote)

    def look(self, scene: Scene, *, back: bool = False) -> None:
        stored = scene.votes()
        for vote, may in self._may.items():
            found = stored.get(vote)
            if found not in may and not back:
                self.lost.append(f"LOST: factor {vote[0]}, member {vote[1]}: {found}, not {may}")
            self._may[vote] = {found}

    async def end(self, scene: Scene) -> None:
        """Everybody changes their mind once more, and is answered."""
        for vote, may in list(self._may.items()):
            if len(may) == 1:
                await self._vote(scene, vote, _other(*may))

    def tally(self) -> dict[str, int]:
        return {
            "votes answered": self.answered,
            "votes lost": len(self.lost),
            "presses of what one has": self._again,
            "presses that a kill or a fault left unanswered": self.unanswered,
            "kills within votes": self._cut_short,
        }

    def failures(self) -> list[str]:
        return self.lost if self.answered else ["NOBODY was answered"]


def _other(choice: str | None) -> str:
    """What they do not have."""
    return next(each for each in _CHOICES if each != choice)
