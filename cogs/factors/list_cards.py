"""Lists of factors as cards: of a page, of what a search found."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from discord import ui

from bot.domain.factors.finding import FoundPage, Snippet
from bot.domain.factors.lists import PAGE_SIZE, FactorPage, Listing
from bot.domain.factors.views import FactorView
from bot.domain.tracks.tracks import TrackView
from bot.i18n.words import Words
from bot.ui import theme
from bot.ui.layout import Card, beside, button, line, press_id, row, said
from bot.ui.text import clip, escape, linked, marked
from bot.ui.turning import turning
from cogs.factors import standings
from storage.enums import FactorStatus, Order

_TITLE_SHOWN = 140
_SNIPPET_SHOWN = 190
_BEFORE_HIT = 50
_NAME_SHOWN = 80
# In a custom_id: any kind.
ANY = "any"


def list_card(words: Words, found: FactorPage) -> Card:
    """A page of a list of factors, with buttons to open each, turn pages and choose an order."""
    shown = found.factors
    if not shown.total:
        return Card(said(_nothing(words, found)), _orders(words, found.listing))
    first = shown.page * PAGE_SIZE + 1
    items = [
        _item(words, factor, _list_title(found, factor, rank), _about(words, found, factor))
        for rank, factor in enumerate(shown.items, first)
    ]
    about = (*_filters(found.listing), found.listing.order)
    return Card(
        said(_head(words, found)),
        line(),
        *items,
        *turning(words, shown, lambda page: press_id("factors:2", page, *about)),
        _orders(words, found.listing),
    )


def search_card(words: Words, found: FoundPage) -> Card:
    """A page of what a search found, with the words that were looked for in bold."""
    status = words(f"factor.status.{found.shown}")
    where = {"said": escape(found.said), "scope": _scope(words, found.track), "status": status}
    if not found.factors.total:
        return Card(said(words("factor.search.nothing", **where)))
    key = "factor.search.head.more" if found.more else "factor.search.head"
    head = words(key, n=found.factors.total, **where)
    if found.cut:
        head += f"\n-# {words('factor.search.cut')}"
    items = [
        _item(words, factor, *_hit_lines(factor, hit), _standing(words, factor))
        for factor, hit in zip(found.factors.items, found.hits, strict=True)
    ]
    about = (found.track.id if found.track else 0, found.shown, found.said)
    turns = turning(words, found.factors, lambda page: press_id("search:1", page, *about))
    return Card(said(head), line(), *items, *turns)


def _item(words: Words, factor: FactorView, *lines: str) -> ui.Section[Card]:
    opening = button(words("factor.list.open"), press_id("factor:1", factor.id))
    return beside("\n".join(filter(None, lines)), opening)


def _list_title(found: FactorPage, factor: FactorView, rank: int) -> str:
    title = linked(clip(escape(factor.title), _TITLE_SHOWN), factor.url)
    place = f"**{rank}.** " if found.listing.order is Order.TOP else ""
    return f"{place}{theme.KIND[factor.kind]} **{title}**"


def _hit_lines(factor: FactorView, hit: Snippet) -> Iterable[str]:
    """The title, and the part of HOW around the first of the words that stand in it."""
    title = linked(marked(hit.title, hit.in_title, _TITLE_SHOWN), factor.url)
    title = f"{theme.KIND[factor.kind]} {title}"
    start = _snippet_start(hit)
    spans = [(first - start, last - start) for first, last in hit.in_how]
    snippet = marked(hit.how[start:], spans, _SNIPPET_SHOWN)
    return title, f"> {'…' if start else ''}{snippet}"


def _snippet_start(hit: Snippet) -> int:
    """Some words before the first that was looked for."""
    first = hit.in_how[0][0] if hit.in_how else 0
    if first <= _BEFORE_HIT:
        return 0
    blank = re.compile(r"\s").search(hit.how, first - _BEFORE_HIT, first)
    return blank.end() if blank else first


def _standing(words: Words, factor: FactorView) -> str:
    return _small(words, [standings.verdict(words, factor)], factor)


def _about(words: Words, found: FactorPage, factor: FactorView) -> str:
    """Where a factor stands, and what its place in the order comes from."""
    tally = factor.tally
    parts = [standings.verdict(words, factor)]
    if tally.voters:
        parts.append(standings.figures(words, tally))
    if found.listing.order is Order.DISCUSSED:
        parts.append(words("factor.list.discussed", n=factor.discussed))
    return _small(words, parts, factor)


def _small(words: Words, parts: Sequence[str], factor: FactorView) -> str:
    closed = factor.status is not FactorStatus.OPEN
    status = [f"**{words(f'factor.one.{factor.status}')}**"] if closed else []
    return f"-# {' · '.join([*status, words(f'kind.short.{factor.kind}'), *parts])}"


def _head(words: Words, found: FactorPage) -> str:
    listing = found.listing
    scope = _scope(words, found.track)
    needs = listing.order is Order.NEEDS
    order = Order.NEWEST if needs else listing.order
    narrowed = [words(f"order.{order}"), *_narrowed(words, found)]
    if needs:
        head = words("factor.list.needs", n=found.factors.total, scope=scope)
    else:
        status = words(f"factor.status.{listing.shown}")
        head = words("factor.list.head", n=found.factors.total, status=status, scope=scope)
    return f"{head}\n-# {' · '.join(narrowed)}"


def _nothing(words: Words, found: FactorPage) -> str:
    """That a list is empty, and what to do now."""
    listing = found.listing
    scope = " · ".join([_scope(words, found.track), *_narrowed(words, found)])
    if listing.order is Order.NEEDS:
        return words("factor.list.needs.nothing", scope=scope)
    status = words(f"factor.status.{listing.shown}")
    anything = replace(listing, track_id=None, order=Order.NEWEST, reader=0) == Listing()
    key = "factor.list.empty" if anything else "factor.list.nothing"
    return words(key, status=status, scope=scope)


def _narrowed(words: Words, found: FactorPage) -> list[str]:
    """What else a list is limited to."""
    kind, area = found.listing.kind, found.key_area
    return [
        *([f"{theme.KIND[kind]} {words(f'kind.short.{kind}')}"] if kind else []),
        *([f"🗂️ {clip(escape(area), _NAME_SHOWN)}"] if area else []),
    ]


def _scope(words: Words, track: TrackView | None) -> str:
    return f"{track.emoji} {escape(track.label)}" if track else words("track.all")


def _filters(listing: Listing) -> tuple[object, ...]:
    return (listing.track_id or 0, listing.shown, listing.kind or ANY, listing.key_area_id or 0)


def _orders(words: Words, listing: Listing) -> ui.ActionRow[Card]:
    chooser: ui.Select[Card] = ui.Select(custom_id=press_id("order:1", *_filters(listing)))
    for order in Order:
        chosen = order is listing.order
        chooser.add_option(label=words(f"order.{order}"), value=order.value, default=chosen)
    return row(chooser)
