"""Weekly lists: what the courier sends, and what people press on it."""

from discord.ext import commands

from bot.ask import Ask
from bot.delivery.crew import Crew
from bot.delivery.parcels import PostKind, PostPart
from bot.domain.members import reach
from bot.domain.needs import weekly_lists
from bot.domain.posts.claims import MOST_THINGS, Parcel, Thing
from bot.i18n.words import Words
from bot.ui.layout import note
from bot.ui.presses import handles
from cogs.needs.weekly_cards import MOST, weekly_part


class WeeklyListCog(commands.Cog):
    """Serves the lists that some get by direct message; their buttons carry the programme."""

    def __init__(self, crew: Crew) -> None:
        self.crew, self.works = crew, crew.works
        kind = PostKind(title=weekly_lists.title, render=self._render, optional=True)
        crew.courier.take_on(weekly_lists.LIST, kind)

    @handles("weeklist:1", direct=True)
    async def stop(self, ask: Ask) -> None:
        """Send this person no more lists."""
        await ask.write(reach.change, ask.person.id, weekly_list=False)
        words = ask.words
        await ask.answer(note(words("weekly.stopped", choices=words("home.choices"))))

    async def _render(self, words: Words, parcel: Parcel, thing: Thing) -> PostPart | None:
        lists = [each for each in parcel.things if each.kind == thing.kind]
        if thing is not lists[0]:
            return None  # one tells all that waits
        others = [each.subject_id for each in parcel.things if each.kind != thing.kind]
        weekly = await self.works.visit(parcel.programme_id).read(
            weekly_lists.today, parcel.people[0], but=others
        )
        # Beside as many reminders as there may be, it has less room.
        most = MOST - (len(parcel.things) == MOST_THINGS)
        return weekly_part(words, weekly, most) if weekly else None
