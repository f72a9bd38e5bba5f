"""A draft before its author: what is like it, keeping it, dropping it."""

from discord.ext import commands

from bot.ask import Ask
from bot.delivery.crew import Crew
from bot.domain.factors import drafts, similar
from bot.domain.factors.draft_views import DraftView
from bot.ui.layout import note
from bot.ui.presses import handles
from cogs.factors.draft_cards import Naming, preview_card, supported_card
from cogs.factors.posting import refresh


class Drafting(commands.Cog):
    """What can be done with a draft beside changing and publishing it."""

    def __init__(self, crew: Crew) -> None:
        self.crew = crew

    @handles("later:1")
    async def keep_draft(self, ask: Ask, draft_id: int) -> None:
        """Leave the draft for later."""
        await own_draft(ask, draft_id)
        words = ask.words
        await ask.replace(note(words("draft.kept")))

    @handles("instead:1")
    async def support_instead(self, ask: Ask, draft_id: int, factor_id: int) -> None:
        """Support a factor that is there already; the draft is kept until its author drops it."""
        factor = await ask.write(similar.support, factor_id, ask.person.id)
        card = supported_card(ask.words, factor, draft_id)
        await ask.replace(card)
        refresh(self.crew, factor)

    @handles("draftmeeting:1")
    async def name_meeting(self, ask: Ask, draft_id: int, naming: Naming) -> None:
        """Say whether the factor came from the meeting that the preview speaks of."""
        draft = await ask.write(drafts.name_meeting, draft_id, named=naming is Naming.ON)
        await preview(ask, draft)

    @handles("discard:1")
    async def discard(self, ask: Ask, draft_id: int) -> None:
        """Forget a draft."""
        await ask.write(drafts.drop, draft_id)
        words = ask.words
        await ask.replace(note(words("draft.discarded")))


async def preview(ask: Ask, draft: DraftView) -> None:
    """Show a draft with what is like it, in place of the private card it came from."""
    alike = () if draft.problems else await _similar(ask, draft)
    card = preview_card(ask.words, draft, alike)
    if ask.pressed_own:
        await ask.replace(card)
    else:  # from a command, or from the home card, which is everyone's
        await ask.answer(card)


async def _similar(ask: Ask, draft: DraftView) -> tuple[similar.Similar, ...]:
    return await ask.read(similar.to_draft, draft.id)


async def own_draft(ask: Ask, draft_id: int) -> DraftView:
    """A draft of the person's own."""
    return await ask.read(drafts.view, draft_id)
