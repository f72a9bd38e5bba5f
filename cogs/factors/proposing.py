"""Proposing a factor: the form, the draft, what is like it, publishing it or keeping it."""

from dataclasses import replace

import discord
from discord.ext import commands

from bot.ask import Ask
from bot.delivery.crew import Crew
from bot.domain.factors import drafts, factors, keyareas, similar, wording
from bot.domain.factors.draft_views import DraftView
from bot.domain.factors.drafts import DraftDetails, DraftStart, Written
from bot.domain.factors.wording import MainTexts, SideTexts
from bot.domain.kit import names, texts
from bot.domain.tracks import places
from bot.ui.commands import command, message_menu
from bot.ui.layout import note
from bot.ui.presses import handles
from cogs.factors.draft_cards import (
    Naming,
    preview_card,
    published_card,
    supported_card,
    waiting_card,
)
from cogs.factors.draft_forms import (
    ORGANISATION_ONLY,
    DetailsSaid,
    ProposalSaid,
    details_form,
    propose_form,
)
from cogs.factors.posting import ensure_posted, refresh
from cogs.organisations.options import OrganisationSaid


class Proposing(commands.Cog):
    """Proposing factors."""

    def __init__(self, crew: Crew) -> None:
        self.crew = crew

    @command("factor.propose")
    async def propose(self, ask: Ask, organisation: OrganisationSaid = "") -> None:
        """Propose a factor; for an organisation that is named, on its behalf."""
        await self._propose(ask, organisation)

    @handles("begin:1")
    async def propose_from_home(self, ask: Ask) -> None:
        """The home card's button."""
        await self._propose(ask)

    async def _propose(self, ask: Ask, behalf: str = "") -> None:
        """Open the form, or offer the draft that waits."""
        begin = await self._start(ask, behalf)
        if begin.draft is not None:
            card = waiting_card(ask.words, begin.draft)
            await ask.answer(card)
            return
        await self._open_form(ask, begin)

    @message_menu("menu.propose")
    async def propose_message(self, ask: Ask, message: discord.Message) -> None:
        """Open the form with what a message says as a start for HOW, and remember the message."""
        begin = await self._start(ask)
        form = propose_form(
            ask.words,
            begin,
            near=await self._track_here(ask),
            quoted=texts.kept(message.clean_content, texts.HOW_LIMIT),
            source=(message.channel.id, message.id),
        )
        await ask.open(form)

    @handles("new:1")
    async def propose_anew(self, ask: Ask) -> None:
        """Open an empty form, though a draft waits."""
        await self._open_form(ask, await self._start(ask))

    @handles("newfor:1")
    async def propose_anew_for(self, ask: Ask, organisation_id: int) -> None:
        """The same on an organisation's behalf."""
        await self._open_form(ask, await self._start(ask, str(organisation_id)))

    async def _open_form(self, ask: Ask, begin: DraftStart) -> None:
        near = await self._track_here(ask)
        form = propose_form(ask.words, begin, near=near)
        await ask.open(form)

    @handles("propose:1")
    async def proposed(self, ask: Ask, said: ProposalSaid, draft_id: int) -> None:
        """Keep what was typed and show it back."""
        await self._keep(ask, _written(said), draft_id)

    @handles("proposefrom:1")
    async def proposed_from(
        self, ask: Ask, said: ProposalSaid, channel_id: int, message_id: int
    ) -> None:
        """Keep what was typed, and the message that it began with."""
        await self._keep(ask, _written(said, (channel_id, message_id)))

    @handles("behalf:1")
    async def proposed_on_behalf(
        self, ask: Ask, said: ProposalSaid, organisation_id: int, draft_id: int
    ) -> None:
        """Keep what a coordinator typed on an organisation's behalf."""
        await self._keep(ask, _written(said), draft_id, organisation_id)

    async def _keep(
        self, ask: Ask, written: Written, draft_id: int = 0, organisation_id: int = 0
    ) -> None:
        draft = await ask.write(
            drafts.save,
            replace(written, channels=ask.channels),
            draft_id=draft_id,
            organisation_id=organisation_id,
        )
        await preview(ask, draft)

    @handles("draft:1")
    async def show_draft(self, ask: Ask, draft_id: int) -> None:
        """Go on with a draft."""
        await preview(ask, await own_draft(ask, draft_id))

    @handles("change:1")
    async def change_draft(self, ask: Ask, draft_id: int) -> None:
        """Open the form with the draft in it."""
        draft = await own_draft(ask, draft_id)
        behalf = str(draft.organisation_id) if draft.on_behalf else ""
        begin = await self._start(ask, behalf)
        form = propose_form(ask.words, begin, draft=draft)
        await ask.open(form)

    @handles("adddetails:1")
    async def add_details(self, ask: Ask, draft_id: int) -> None:
        """Open the form for what a draft may have beside what it must."""
        draft = await own_draft(ask, draft_id)
        areas = await ask.read(keyareas.all_of)
        form = details_form(ask.words, draft, areas)
        await ask.open(form)

    @handles("details:1")
    async def detailed(self, ask: Ask, said: DetailsSaid, draft_id: int) -> None:
        """Keep the details and show the draft with them."""
        details = DraftDetails(
            **wording.columns(said, SideTexts),
            key_area_id=names.id_said(said.key_area),
            discreet=said.name == ORGANISATION_ONLY,
        )
        draft = await ask.write(drafts.add_details, draft_id, details)
        await preview(ask, draft)

    @handles("publish:1")
    async def publish(self, ask: Ask, draft_id: int) -> None:
        """Make a factor of the draft and post its card."""
        factor = await ask.write(factors.publish, draft_id)
        words = ask.words
        await ask.replace(note(words("factor.publishing")))
        waiting = note(words("factor.publishing.waiting"))
        factor = await ask.in_time(ensure_posted(self.crew, factor), waiting)
        await ask.go_on(published_card(words, factor))

    async def _start(self, ask: Ask, behalf: str = "") -> DraftStart:
        return await ask.read(drafts.start, behalf=behalf)

    async def _track_here(self, ask: Ask) -> int | None:
        """The track whose channel the person is in."""
        return await ask.read(places.track_of_channel, ask.channels)


def _written(said: ProposalSaid, source: tuple[int, int] | None = None) -> Written:
    typed = wording.columns(said, MainTexts)
    return Written(**typed, kind=said.kind, track=said.track, source=source)


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
