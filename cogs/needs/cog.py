"""**What needs me?**, from the home card and once a week."""

from discord.ext import commands

from bot.ask import Ask
from bot.domain.members import reach
from bot.domain.needs import needs
from bot.ui.layout import note
from bot.ui.presses import handles
from cogs.needs.cards import needs_card
from cogs.needs.posts import KINDS


class NeedsCog(commands.Cog):
    """What waits for somebody: when they ask, and the lists that some get by direct message."""

    posts = KINDS

    @handles("needs:1")
    async def needs(self, ask: Ask) -> None:
        """What waits for the person."""
        await ask.answer(needs_card(ask.words, await ask.read(needs.of)))

    @handles("weeklist:1", direct=True)
    async def stop(self, ask: Ask) -> None:
        """Send this person no more lists."""
        await ask.write(reach.change, ask.person.id, weekly_list=False)
        words = ask.words
        await ask.answer(note(words("weekly.stopped", choices=words("home.choices"))))
