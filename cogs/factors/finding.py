"""Showing factors and finding them."""

from collections.abc import Sequence
from typing import Annotated

from discord.ext import commands

from bot.ask import Ask
from bot.delivery.crew import Crew
from bot.domain.factors import factors, finding, lists
from bot.domain.factors.finding import FoundPage, StatusesShown
from bot.domain.factors.lists import FactorPage, Listing
from bot.domain.factors.views import FactorView
from bot.domain.members import seen_tracks
from bot.ui.commands import OneOf, command
from bot.ui.layout import Card
from bot.ui.live import Render
from bot.ui.presses import handles
from cogs.factors.list_cards import list_card, search_card
from cogs.factors.options import FactorSaid, KeyAreaSaid
from cogs.factors.posting import ensure_posted
from cogs.factors.showing import follow, show_privately
from cogs.tracks.options import TrackSaid
from storage.enums import FactorKind, FactorStatus, Order

_Shown = Annotated[StatusesShown, OneOf(StatusesShown, "factor.status")]
_Sorted = Annotated[Order, OneOf(Order, "order")]
_Kind = Annotated[FactorKind, OneOf(FactorKind, "kind")]


class FactorFinding(commands.Cog):
    """Finding factors."""

    def __init__(self, crew: Crew) -> None:
        self.crew = crew

    @command("factor.show")
    async def show(self, ask: Ask, factor: FactorSaid) -> None:
        """Show a factor's card to the person, and see that everyone else can find it too."""
        view = await ask.read(factors.named, factor)
        await show_privately(self.crew, ask, view)
        await ensure_posted(self.crew, view)

    @handles("factor:1")
    async def open(self, ask: Ask, factor_id: int) -> None:
        """Show a factor's card to the person."""
        view = await ask.read(factors.show, factor_id)
        await show_privately(self.crew, ask, view)

    @command("factor.list")
    async def list(
        self,
        ask: Ask,
        track: TrackSaid | None = None,
        status: _Shown = StatusesShown.OPEN,
        sort: _Sorted = Order.NEWEST,
        kind: _Kind | None = None,
        keyarea: KeyAreaSaid | None = None,
    ) -> None:
        """List factors."""
        wanted = Listing(shown=status, order=sort, kind=kind, reader=ask.person.id)
        await self._list(ask, wanted, track, keyarea)

    @command("factor.top")
    async def top(self, ask: Ask, track: TrackSaid | None = None) -> None:
        """List what counts or may yet count, by standing and then by score."""
        await self._list(ask, Listing(shown=StatusesShown.CURRENT, order=Order.TOP), track)

    @handles("factors:2")
    async def turn(  # noqa: PLR0917 - what the button's id tells
        self,
        ask: Ask,
        page: int,
        track: int,
        shown: StatusesShown,
        kind: str,
        key_area: int,
        order: Order,
    ) -> None:
        """Turn a page of a list."""
        wanted = _listing(ask, track, shown, kind, key_area, order)
        await self._turn(ask, wanted, page)

    @handles("order:1")
    async def reorder(
        self, ask: Ask, track: int, shown: StatusesShown, kind: str, key_area: int
    ) -> None:
        """Show the same list from its beginning, in the order that was chosen."""
        order = ask.picked(Order)
        await self._turn(ask, _listing(ask, track, shown, kind, key_area, order), page=0)

    @handles("factors:1")
    async def turn_as_before(
        self, ask: Ask, page: int, track: int, status: FactorStatus, _direction: str
    ) -> None:
        """Turn a page of a list that was shown when there was but one order."""
        await self._turn(ask, Listing(track or None, StatusesShown(status.value)), page)

    @command("factor.search")
    async def search(
        self,
        ask: Ask,
        query: str,
        track: TrackSaid | None = None,
        status: _Shown = StatusesShown.ALL,
    ) -> None:
        """Find factors by words in their texts."""
        track_id = (await ask.read(seen_tracks.need, track)).id if track else None
        await self._show_found(ask, query, track_id, status)

    @handles("search:1")
    async def turn_found(
        self, ask: Ask, page: int, track: int, shown: StatusesShown, query: str
    ) -> None:
        """Turn a page of what a search found."""
        await self._show_found(ask, query, track or None, shown, page)

    async def _list(
        self, ask: Ask, wanted: Listing, track: str | None, key_area: str | None = None
    ) -> None:
        found = await ask.read(lists.asked, wanted, track=track, key_area=key_area)
        await self._show_list(ask, found)

    async def _turn(self, ask: Ask, wanted: Listing, page: int) -> None:
        await self._show_list(ask, await self._page(ask, wanted, page))

    async def _show_list(self, ask: Ask, found: FactorPage) -> None:
        words = ask.words

        async def again() -> tuple[Card, int]:
            now = await self._page(ask, found.listing, found.factors.page)
            return list_card(words, now), 0

        await self._put_up(ask, list_card(words, found), found.factors.items, again)

    async def _page(self, ask: Ask, wanted: Listing, page: int) -> FactorPage:
        return await ask.read(lists.listed, wanted, page=page)

    async def _show_found(
        self, ask: Ask, query: str, track_id: int | None, shown: StatusesShown, page: int = 0
    ) -> None:
        words = ask.words

        async def find() -> FoundPage:
            return await ask.read(finding.search, query, track_id=track_id, shown=shown, page=page)

        async def again() -> tuple[Card, int]:
            return search_card(words, await find()), 0

        found = await find()
        await self._put_up(ask, search_card(words, found), found.factors.items, again)

    async def _put_up(
        self, ask: Ask, card: Card, factors_shown: Sequence[FactorView], again: Render
    ) -> None:
        """Show a list to the person, in place of the one that was pressed if there is one.

        For some minutes it follows what changes.
        """
        message_id = ask.message_id
        if message_id is None:
            message_id = await ask.answer(card)
        else:
            await ask.replace(card)
        subjects = [factor.id for factor in factors_shown]
        follow(self.crew, ask, subjects, message_id, again)


def _listing(
    ask: Ask, track: int, shown: StatusesShown, kind: str, key_area: int, order: Order
) -> Listing:
    """A list as a button tells of it, for whoever presses."""
    kinds = {each.value: each for each in FactorKind}
    reader = ask.person.id
    return Listing(track or None, shown, order, kinds.get(kind), key_area or None, reader)
