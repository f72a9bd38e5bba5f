"""**What needs me?**, from the home card, digests and lists: the walk, one thing at a time."""

from discord.ext import commands

from bot.ask import Ask
from bot.delivery.crew import Crew
from bot.domain.factors import experiences
from bot.domain.kit.errors import StalePress, UserError
from bot.domain.members import reach
from bot.domain.needs import walk
from bot.domain.needs.walk import Sitting
from bot.ui.answers import what_was_wrong
from bot.ui.commands import command
from bot.ui.layout import note, press_id
from bot.ui.presses import handles
from cogs.factors.cards import shown_title
from cogs.factors.forms import ExperienceSaid, experience_form, objection_form
from cogs.factors.posting import refresh
from cogs.kit.forms import ReasonSaid
from cogs.kit.hidden import tell_hidden
from cogs.needs import deeds
from cogs.needs.cards import Deed, Last, walk_card
from cogs.needs.posts import KINDS
from storage.enums import Need


class NeedsCog(commands.Cog):
    """What waits for somebody: when they ask, and the lists that some get by direct message."""

    posts = KINDS

    def __init__(self, crew: Crew) -> None:
        self.crew = crew

    @command("todo")
    async def todo(self, ask: Ask) -> None:
        """What waits for the person."""
        await self._show(ask, Sitting())

    @handles("needs:1")
    async def needs(self, ask: Ask) -> None:
        """The same, from a card; in a message of its own."""
        await ask.answer(walk_card(ask.words, await ask.read(walk.step)))

    @handles("walk:1", direct=True)
    async def begin(self, ask: Ask) -> None:
        """The same, from a direct message, and once more at the end of a sitting."""
        await self._show(await ask.as_member(), Sitting())

    @handles("walkdo:1", direct=True)
    async def do(self, ask: Ask, kind: Need, subject_id: int, deed: Deed, sitting: str) -> None:
        """See to one thing, and go on to the next."""
        before, form = Sitting.of(sitting), (ask.programme_id, subject_id, kind, sitting)
        if deed is Deed.OBJECT:
            press = press_id("walkobject:1", *form)
            await ask.open(objection_form(ask.words, subject_id, press=press))
        elif deed is Deed.TELL:
            begin = await ask.read(experiences.form, subject_id)
            press = press_id("walktell:1", *form)
            await ask.open(experience_form(ask.words, begin, press=press))
        else:
            await self._go_on(ask, (kind, subject_id, deed), before)

    @handles("walkobject:1", direct=True)
    async def object(
        self, ask: Ask, said: ReasonSaid, subject_id: int, kind: Need, sitting: str
    ) -> None:
        """Count an objection with its reason, and go on."""
        before = Sitting.of(sitting)
        await self._go_on(ask, (kind, subject_id, Deed.OBJECT), before, said.reason)
        await tell_hidden(ask, said.reason)

    @handles("walktell:1", direct=True)
    async def tell(
        self, ask: Ask, said: ExperienceSaid, subject_id: int, kind: Need, sitting: str
    ) -> None:
        """Keep what was told, and go on."""
        done = await (await ask.as_member()).write(
            experiences.tell, subject_id, said.stance, said.how
        )
        refresh(self.crew, done.factor)
        last = Last(ask.words("walk.last.tell", title=shown_title(done.factor.title)))
        await self._show(ask, Sitting.of(sitting).having(kind), last)
        await tell_hidden(ask, said.how)

    @handles("walkundo:1", direct=True)
    async def undo(
        self, ask: Ask, kind: Need, subject_id: int, deed: Deed, since: int, sitting: str
    ) -> None:
        """Take back what was done just now, and be at it again."""
        before, member = Sitting.of(sitting), await ask.as_member()
        await deeds.undo(self.crew, member, kind, subject_id, deed, since)
        now = await member.read(walk.again, kind, subject_id, before)
        last = Last(ask.words("walk.undone"))
        await ask.update(walk_card(ask.words, now, last, direct=ask.in_direct_message))

    @handles("weeklist:1", direct=True)
    async def stop(self, ask: Ask) -> None:
        """Send this person no more lists."""
        await ask.write(reach.change, ask.person.id, weekly_list=False)
        words = ask.words
        await ask.answer(note(words("weekly.stopped", choices=words("home.choices"))))

    async def _show(self, ask: Ask, sitting: Sitting, last: Last | None = None) -> None:
        now = await ask.read(walk.step, sitting)
        await ask.update(walk_card(ask.words, now, last, direct=ask.in_direct_message))

    async def _go_on(
        self,
        ask: Ask,
        about: tuple[Need, int, Deed],
        before: Sitting,
        reason: str | None = None,
    ) -> None:
        """Do it, and show the next thing; what could not be done is said above that."""
        member, (kind, _, deed) = await ask.as_member(), about
        try:
            done = await deeds.do(self.crew, member, *about, reason)
        except StalePress:
            raise
        except UserError as refusal:
            await self._show(member, before, Last(what_was_wrong(ask.words, refusal)))
            return
        undo = press_id("walkundo:1", ask.programme_id, *about, done.since, before)
        last = Last(done.text, None if deed in deeds.FOR_GOOD else undo)
        await self._show(member, before.having(kind, skipped=deed in deeds.PUT_OFF), last)
        if done.alone:
            await ask.answer(note(ask.words("vote.alone")))
