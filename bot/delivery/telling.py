"""Telling those concerned what became of a factor: its thread, and whoever proposed it."""

import logging
from collections.abc import Callable, Collection

import discord

from bot.delivery.coordinators import send_direct
from bot.delivery.notices import told_card
from bot.domain.factors import proposers
from bot.domain.factors.views import FactorView
from bot.i18n.words import Words
from bot.patience import TROUBLES, new_nonce, patiently
from bot.ui.layout import Card
from bot.works import Works
from storage.enums import Reach

_log = logging.getLogger(__name__)


async def tell_about(
    works: Works, factor: FactorView, text: Callable[[Words], str], *, but: Collection[int]
) -> int:
    """Post a note in a factor's thread, and tell its proposer in the way they chose.

    To be called once, after the commit. It never fails: what cannot be reached is logged.

    Args:
        works: connected.
        factor: as it is now.
        text: what became of it, in the language it is given.
        but: members who know already.

    Returns:
        the member whose factor it is, 0 where nobody was to be told.
    """
    words = works.speech.in_(factor.language, factor.programme_id)
    who = await works.visit(factor.programme_id).read(proposers.proposer, factor.id, but=but)
    mentioned = who.member_id if who is not None and who.reach is Reach.MENTION else 0
    said = text(words)
    await _post(works, factor, told_card(words, factor, said, mentioned=mentioned), mentioned)
    if who is not None and who.reach is Reach.DIRECT:
        await send_direct(works, who.member_id, told_card(words, factor, said, direct=True))
    return who.member_id if who else 0


async def _post(works: Works, factor: FactorView, card: Card, mentioned: int) -> None:
    """Say something in a factor's thread; one that was folded away is opened by that."""
    if factor.thread_id is None:
        return
    thread = works.client.get_partial_messageable(factor.thread_id, guild_id=factor.programme_id)
    people = [discord.Object(mentioned)] if mentioned else []
    allowed = discord.AllowedMentions(everyone=False, roles=False, users=people)
    nonce = new_nonce()
    try:
        await patiently(lambda: thread.send(view=card, allowed_mentions=allowed, nonce=nonce))
    except TROUBLES as refusal:
        _log.warning("factor %s: its thread cannot be reached: %s", factor.id, refusal)
