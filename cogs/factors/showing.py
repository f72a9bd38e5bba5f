"""Showing a factor to whoever asks for it, in a command or with a press."""

import sys
from collections.abc import Sequence

from bot.ask import Ask
from bot.delivery.crew import Crew
from bot.delivery.rounds import check_members
from bot.domain.factors import factors, votes
from bot.domain.factors.views import FactorView
from bot.domain.kit.errors import UserError
from bot.patience import TROUBLES
from bot.ui.answers import what_was_wrong
from bot.ui.layout import Card, note
from bot.ui.live import Render
from cogs.factors.cards import OBJECTIONS_SHOWN, factor_card
from cogs.factors.posting import refresh


async def named(ask: Ask, said: str) -> FactorView:
    """The factor that a person named in a command."""
    return await ask.read(factors.named, said)


async def see_who_is_here(crew: Crew, ask: Ask, *factor_ids: int, anew: bool = True) -> None:
    """Before a decision: find out who has left. It takes a while, so the answer is put off.

    Args:
        crew: who finds out.
        ask: what is answered later.
        factor_ids: what is decided on; those who have voted on it are looked up.
        anew: by a message of its own; else by the one that was pressed.
    """
    await ask.later(anew=anew)
    among = await ask.read(votes.voters, factor_ids)
    await check_members(crew, ask.programme_id, ask.works.now(), among=among)


async def private_card(ask: Ask, factor: FactorView) -> Card:
    """A factor for one person: in their language, with the reasons of those who object."""
    against = await ask.read(votes.objections, factor.id)
    return factor_card(ask.words, factor, against[:OBJECTIONS_SHOWN])


async def show_privately(crew: Crew, ask: Ask, factor: FactorView) -> None:
    """Show a factor to one person; what they see follows what changes, for some minutes."""
    message_id = await ask.answer(await private_card(ask, factor))

    async def render() -> tuple[Card, int]:
        now = await ask.read(factors.show, factor.id)
        return await private_card(ask, now), now.revision

    follow(crew, ask, [factor.id], message_id, render)


def follow(
    crew: Crew, ask: Ask, factor_ids: Sequence[int], message_id: int, render: Render
) -> None:
    """Let a private answer follow what changes, and say so once it is the person's no more."""

    async def drawn() -> tuple[Card, int]:
        try:
            return await render()
        except UserError as refusal:
            return note(what_was_wrong(ask.words, refusal)), sys.maxsize

    crew.cards.follow(factor_ids, ask.raw, message_id, drawn)


async def answer_vote(crew: Crew, ask: Ask, factor: FactorView) -> None:
    """Update the card that was pressed, and the public one where that is another."""
    public = ask.message_id is not None and ask.message_id == factor.message_id
    if public:
        card = factor_card(ask.works.speech.in_(factor.language, factor.programme_id), factor)
    else:
        card = await private_card(ask, factor)
    try:
        await crew.cards.answer(ask.raw, card, factor.revision)
    except TROUBLES:
        # The vote counts all the same, and whoever does not see that would press again.
        refresh(crew, factor)
        raise
    if public:
        crew.cards.changed(factor.id)
    else:
        refresh(crew, factor)
