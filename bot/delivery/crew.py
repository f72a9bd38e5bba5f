"""Crew: those who work beside the client, for cogs, alarms and rounds."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol, TypeAlias

from discord import app_commands
from discord.ext import commands

from bot.delivery.courier import Courier
from bot.delivery.erasures import Erasures
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

    Whoever makes or mends places in a server waits for their turn in ``turns``. ``looked_up`` is
    when all of a programme's participants were looked for in its server last (aware UTC).
    """

    works: Works
    cards: LiveCards
    turns: Turns
    courier: Courier
    roles: RoleQueue
    recounts: RecountQueue
    meetings: MeetingQueue
    talk: TalkCounter
    erasures: Erasures
    looked_up: dict[int, datetime] = field(default_factory=dict)

    def follow_up(self, programme_id: int) -> None:
        """Let roles, cards and posts follow, after a commit that changed who takes part in what."""
        self.roles.wake(programme_id)
        self.recounts.wake(programme_id)
        self.meetings.wake(programme_id)
        self.courier.wake()
        self.erasures.wake(programme_id)

    def stop(self) -> None:
        """Begin nothing new; what is due is in the database, and the next start goes on."""
        for queue in (
            self.roles,
            self.recounts,
            self.meetings,
            self.talk,
            self.cards,
            self.erasures,
        ):
            queue.stop()


def make_crew(works: Works) -> Crew:
    """Everyone, at work for one client."""
    cards, turns = LiveCards(works.client), Turns()
    roles, recounts = RoleQueue(works), RecountQueue(works)
    return Crew(
        works=works,
        cards=cards,
        turns=turns,
        courier=Courier(works),
        roles=roles,
        recounts=recounts,
        meetings=MeetingQueue(works, cards, turns),
        talk=TalkCounter(works),
        erasures=Erasures(works, roles, recounts),
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
