"""Telling coordinators of posts that went elsewhere or nowhere: once, and once when all is well."""

from collections.abc import Mapping
from functools import partial

import discord

from bot.delivery.coordinators import tell_coordinators
from bot.delivery.notices import clear_card, detour_card, failed_card
from bot.delivery.parcels import PostKind
from bot.domain.kit.errors import NotSetUp
from bot.domain.posts import ledger
from bot.works import Works


def titles(kinds: Mapping[str, PostKind]) -> ledger.Titles:
    """What tells what each kind of planned post is about."""
    return {name: kind.title for name, kind in kinds.items()}


async def tell_news(works: Works, kinds: Mapping[str, PostKind], programme_id: int) -> None:
    """Tell what has failed since coordinators were last told, or that posts go out again."""
    asked = titles(kinds)
    try:
        news = await works.visit(programme_id).read(ledger.news, asked)
        if news == ledger.News():
            return
        heard: discord.Message | bool | None = True
        if news.failed:
            heard = await tell_coordinators(
                works, programme_id, partial(failed_card, programme_id, news.failed)
            )
        elif news.clear:
            heard = await tell_coordinators(works, programme_id, clear_card)
        if heard:  # else the next minute tries again
            await works.visit(programme_id).write(ledger.told, news)
    except NotSetUp:
        pass  # leda is out of this server


async def tell_detour(works: Works, programme_id: int, slot: str, message: discord.Message) -> None:
    """Tell that a post went elsewhere, because its place (a slot) is gone or closed to leda."""
    if await works.visit(programme_id).read(ledger.knows_detour, slot):
        return
    if await tell_coordinators(works, programme_id, partial(detour_card, slot, message)):
        await works.visit(programme_id).write(ledger.detour_told, slot)
