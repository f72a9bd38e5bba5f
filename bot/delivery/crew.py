"""Crew: those who work beside the client, for cogs, alarms and rounds."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol, TypeAlias

from discord import app_commands
from discord.ext import commands

from bot.delivery.courier import Courier
from bot.delivery.meetings import MeetingQueue
from bot.delivery.parcels import PostKind
from bot.delivery.queues import Turns
from bot.delivery.recounts import RecountQueue
from bot.delivery.roles import RoleQueue
from bot.delivery.talk import TalkCounter
from bot.settings import Settings
from bot.ui.live import LiveCards
from bot.works import Works


@dataclass(frozen=True)
class Crew:
    """Everyone who is woken when something changed.

    Whoever makes or mends places in a server waits for their turn in ``turns``.
    """

    works: Works
    cards: LiveCards
    turns: Turns
    courier: Courier
    roles: RoleQueue
    recounts: RecountQueue
    meetings: MeetingQueue
    talk: TalkCounter

    def follow_up(self, programme_id: int) -> None:
        """Let roles, cards and posts follow, after a commit that changed who takes part in what."""
        self.roles.wake(programme_id)
        self.recounts.wake(programme_id)
        self.meetings.wake(programme_id)
        self.courier.wake()

    def stop(self) -> None:
        """Begin nothing new; what is due is in the database, and the next start goes on."""
        for queue in (self.roles, self.recounts, self.meetings, self.talk, self.cards):
            queue.stop()


def make_crew(works: Works) -> Crew:
    """Everyone, at work for one client."""
    cards, turns = LiveCards(works.client), Turns()
    return Crew(
        works=works,
        cards=cards,
        turns=turns,
        courier=Courier(works),
        roles=RoleQueue(works),
        recounts=RecountQueue(works),
        meetings=MeetingQueue(works, cards, turns),
        talk=TalkCounter(works),
    )


PostKinds: TypeAlias = Mapping[str, Callable[[Crew], PostKind]]
"""A feature's kinds of planned posts by name, each with what makes it known to the courier.

A cog whose attribute ``posts`` they are serves them once it is added.
"""


class Host(Protocol):
    """Who takes cogs up, as a cog's ``setup`` knows it."""

    settings: Settings
    works: Works
    crew: Crew
    tree: app_commands.CommandTree[Any]

    async def add_cog(self, cog: commands.Cog, /) -> None:
        """Take a cog up, with what it answers to."""
