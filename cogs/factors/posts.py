"""What goes out about factors: what became of one, and that its card stands."""

from functools import partial
from typing import Final

from bot.delivery.crew import Crew, PostKinds
from bot.delivery.parcels import Nowhere, PostKind, PostPart
from bot.domain.factors import factors, news
from bot.domain.factors.merging import Merged
from bot.domain.factors.news import Became, FactorNews
from bot.domain.posts.claims import Parcel, Thing
from bot.i18n.words import Words
from bot.ui.layout import said
from bot.ui.text import clip, escape, linked
from bot.works import Works
from cogs.factors.deciding_cards import (
    left_text,
    merged_text,
    outcome_text,
    parted_text,
    received_text,
)
from cogs.factors.posting import ensure_posted

_TITLE_SHOWN = 210


def told_part(
    words: Words, told: FactorNews, *, mentioned: int = 0, direct: bool = False
) -> PostPart:
    """What became of a factor: for its thread, or for whoever proposed it.

    Args:
        words: how to speak.
        told: what became of it.
        mentioned: the member who proposed it, if they are to be mentioned.
        direct: it is a direct message, and says which factor it is about.
    """
    head = f"{words('told.mention', who=f'<@{mentioned}>')}\n" if mentioned else ""
    if direct:
        title = clip(escape(told.factor.title), _TITLE_SHOWN)
        head = f"{words('told.yours', title=linked(title, told.factor.url))}\n"
    return PostPart([said(head + _text(words, told))])


def _text(words: Words, told: FactorNews) -> str:
    factor, other = told.factor, told.other
    if other is None:
        return outcome_text(words, factor)
    if told.news is Became.MERGED:
        return merged_text(words, Merged(other, factor, told.moved))
    if told.news is Became.PARTED:
        return parted_text(words, Merged(other, factor, told.moved))
    done = Merged(factor, other, told.moved)
    return received_text(words, done) if told.news is Became.RECEIVED else left_text(words, done)


async def _render(works: Works, words: Words, parcel: Parcel, thing: Thing) -> PostPart | None:
    told = await works.visit(parcel.programme_id).read(news.today, thing)
    if told is None:
        return None
    mentioned = next(iter(parcel.people), 0) if thing.kind == news.IN_THREAD else 0
    return told_part(words, told, mentioned=mentioned, direct=thing.kind == news.DIRECT)


async def _post_cards(crew: Crew, programme_id: int, thing: Thing) -> None:
    """Post the cards that were promised and never were, with threads, and fail if one cannot be."""
    for factor_id in thing.data["ids"]:
        factor = await crew.works.visit(programme_id).read(factors.show, factor_id)
        if factor.message_id is None or factor.thread_id is None:
            factor = await ensure_posted(crew, factor)
        if factor.message_id is None or factor.thread_id is None:
            raise Nowhere  # it is tried again


def _news(crew: Crew) -> PostKind:
    return PostKind(news.title, partial(_render, crew.works), optional=True)


KINDS: Final[PostKinds] = {
    news.IN_THREAD: _news,
    news.DIRECT: _news,
    factors.CARD: lambda crew: PostKind(news.title, prepare=partial(_post_cards, crew)),
}
