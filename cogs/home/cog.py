"""The home card follows what is next and what is new."""

from discord.ext import commands

from bot.delivery.crew import Crew
from bot.delivery.queues import ServerQueue
from bot.domain.home import home
from bot.domain.home.home import Today
from bot.domain.kit.errors import NotSetUp
from bot.domain.programme import programmes
from bot.domain.tracks.places import FORUM, HOME, START
from bot.ui.layout import Card
from cogs.home.cards import home_card


class HomeCog(commands.Cog):
    """Shows on the home card what is next and new, where that has changed."""

    def __init__(self, crew: Crew) -> None:
        self.crew, self.works = crew, crew.works
        self._queue = ServerQueue(self._follow)
        self._shown: dict[int, tuple[int, Today]] = {}

    async def cog_unload(self) -> None:
        """Go no further; the next start does."""
        self._queue.stop()

    @commands.Cog.listener()
    async def on_programme_news(self, guild_id: int) -> None:
        """A factor or a meeting was posted or has changed, or time has passed."""
        self._queue.wake(guild_id)

    async def _follow(self, guild_id: int) -> None:
        visit = self.works.visit(guild_id)
        try:
            programme = await visit.read(programmes.view)
        except NotSetUp:
            return
        channel = programme.discord_id(START) or programme.discord_id(FORUM)
        message = programme.discord_id(HOME)
        if channel is None or message is None:
            return
        shown = message, await visit.read(home.today)
        if self._shown.get(guild_id) == shown:
            return
        words = self.works.speech.in_(programme.language, guild_id)

        async def render() -> tuple[Card, int]:
            return home_card(words, await visit.read(home.today)), 0

        self._shown[guild_id] = shown
        self.crew.cards.refresh(channel, message, render)
