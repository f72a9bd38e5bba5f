"""Showing factors and finding them."""

from collections.abc import Sequence
from typing import Any

from discord import app_commands

from bot.domain.factors import factors, finding, lists
from bot.domain.factors.finding import FoundPage, StatusesShown
from bot.domain.factors.lists import FactorPage, Listing
from bot.domain.factors.views import FactorView
from bot.domain.tracks import tracks
from bot.i18n.commands import described, named
from bot.ui import completion
from bot.ui.answers import privately
from bot.ui.layout import Card
from bot.ui.live import Render
from bot.ui.presses import handles
from cogs.factors.list_cards import list_card, search_card
from cogs.factors.part import FactorInteraction, FactorPart
from cogs.factors.posting import ensure_posted
from storage.enums import FactorKind, FactorStatus, Order

_STATUSES = [
    app_commands.Choice(name=described(f"factor.status.{shown}"), value=shown.value)
    for shown in StatusesShown
]
_ORDERS = [
    app_commands.Choice(name=described(f"order.{order}"), value=order.value) for order in Order
]
_KINDS = [
    app_commands.Choice(name=described(f"kind.{kind}"), value=kind.value) for kind in FactorKind
]


class FactorFinding(FactorPart):
    """Finding factors."""

    @app_commands.command(name=named("show"), description=described("command.factor.show"))
    @app_commands.describe(factor=described("command.factor.show.factor"))
    @app_commands.rename(factor=named("factor"))
    @app_commands.autocomplete(factor=completion.factor)
    async def show(self, interaction: FactorInteraction, factor: str) -> None:
        """Show a factor's card to the person, and see that everyone else can find it too."""
        view = await self.works.db.read(
            factors.named, interaction.guild_id or 0, factor, now=self.works.now()
        )
        await self.show_privately(interaction, view)
        await ensure_posted(self.crew, view)

    @handles("factor:1")
    async def open(self, interaction: FactorInteraction, factor_id: int) -> None:
        """Show a factor's card to the person."""
        view = await self.works.db.read(
            factors.show, interaction.guild_id or 0, factor_id, now=self.works.now()
        )
        await self.show_privately(interaction, view)

    @app_commands.command(name=named("list"), description=described("command.factor.list"))
    @app_commands.describe(
        track=described("command.factor.list.track"),
        status=described("command.factor.list.status"),
        sort=described("command.factor.list.sort"),
        kind=described("command.factor.list.kind"),
        keyarea=described("command.factor.list.keyarea"),
    )
    @app_commands.rename(
        track=named("track"),
        status=named("status"),
        sort=named("sort"),
        kind=named("kind"),
        keyarea=named("keyarea"),
    )
    @app_commands.choices(status=_STATUSES, sort=_ORDERS, kind=_KINDS)
    @app_commands.autocomplete(track=completion.track, keyarea=completion.key_area)
    async def list(
        self,
        interaction: FactorInteraction,
        track: str | None = None,
        status: str = StatusesShown.OPEN.value,
        sort: str = Order.NEWEST.value,
        kind: str | None = None,
        keyarea: str | None = None,
    ) -> None:
        """List factors."""
        wanted = Listing(
            shown=StatusesShown(status),
            order=Order(sort),
            kind=FactorKind(kind) if kind else None,
            reader=interaction.user.id,
        )
        await self._list(interaction, wanted, track, keyarea)

    @app_commands.command(name=named("top"), description=described("command.factor.top"))
    @app_commands.describe(track=described("command.factor.list.track"))
    @app_commands.rename(track=named("track"))
    @app_commands.autocomplete(track=completion.track)
    async def top(self, interaction: FactorInteraction, track: str | None = None) -> None:
        """List what counts or may yet count, by score."""
        await self._list(interaction, Listing(shown=StatusesShown.CURRENT, order=Order.TOP), track)

    @handles("factors:2")
    async def turn(  # noqa: PLR0917 - what the button's id tells
        self,
        interaction: FactorInteraction,
        page: int,
        track: int,
        shown: StatusesShown,
        kind: str,
        key_area: int,
        order: Order,
    ) -> None:
        """Turn a page of a list."""
        wanted = _listing(interaction, track, shown, kind, key_area, order)
        await self._turn(interaction, wanted, page)

    @handles("order:1")
    async def reorder(
        self,
        interaction: FactorInteraction,
        track: int,
        shown: StatusesShown,
        kind: str,
        key_area: int,
    ) -> None:
        """Show the same list from its beginning, in the order that was chosen."""
        data: Any = interaction.data
        order = Order(str(data["values"][0]))
        await self._turn(
            interaction, _listing(interaction, track, shown, kind, key_area, order), page=0
        )

    @handles("factors:1")
    async def turn_as_before(
        self,
        interaction: FactorInteraction,
        page: int,
        track: int,
        status: FactorStatus,
        _direction: str,
    ) -> None:
        """Turn a page of a list that was shown when there was but one order."""
        await self._turn(interaction, Listing(track or None, StatusesShown(status.value)), page)

    @app_commands.command(name=named("search"), description=described("command.factor.search"))
    @app_commands.describe(
        query=described("command.factor.search.query"),
        track=described("command.factor.list.track"),
        status=described("command.factor.search.status"),
    )
    @app_commands.rename(query=named("query"), track=named("track"), status=named("status"))
    @app_commands.choices(status=_STATUSES)
    @app_commands.autocomplete(track=completion.track)
    async def search(
        self,
        interaction: FactorInteraction,
        query: str,
        track: str | None = None,
        status: str = StatusesShown.ALL.value,
    ) -> None:
        """Find factors by words in their texts."""
        chosen = None
        if track:
            chosen = await self.works.db.read(tracks.need, interaction.guild_id or 0, track)
        track_id = chosen.id if chosen else None
        await self._show_found(interaction, query, track_id, StatusesShown(status))

    @handles("search:1")
    async def turn_found(
        self,
        interaction: FactorInteraction,
        page: int,
        track: int,
        shown: StatusesShown,
        query: str,
    ) -> None:
        """Turn a page of what a search found."""
        await self._show_found(interaction, query, track or None, shown, page)

    async def _list(
        self,
        interaction: FactorInteraction,
        wanted: Listing,
        track: str | None,
        key_area: str | None = None,
    ) -> None:
        found = await self.works.db.read(
            lists.asked,
            interaction.guild_id or 0,
            wanted,
            track=track,
            key_area=key_area,
            now=self.works.now(),
        )
        await self._show_list(interaction, found)

    async def _turn(self, interaction: FactorInteraction, wanted: Listing, page: int) -> None:
        await self._show_list(interaction, await self._page(interaction, wanted, page))

    async def _show_list(self, interaction: FactorInteraction, found: FactorPage) -> None:
        words = self.works.speech.to(interaction.locale, interaction.guild_id or 0)

        async def again() -> tuple[Card, int]:
            now = await self._page(interaction, found.listing, found.page)
            return list_card(words, now), 0

        await self._put_up(interaction, list_card(words, found), found.factors, again)

    async def _page(self, interaction: FactorInteraction, wanted: Listing, page: int) -> FactorPage:
        return await self.works.db.read(
            lists.listed,
            interaction.guild_id or 0,
            wanted,
            page=page,
            now=self.works.now(),
        )

    async def _show_found(
        self,
        interaction: FactorInteraction,
        query: str,
        track_id: int | None,
        shown: StatusesShown,
        page: int = 0,
    ) -> None:
        words = self.works.speech.to(interaction.locale, interaction.guild_id or 0)

        async def find() -> FoundPage:
            return await self.works.db.read(
                finding.search,
                interaction.guild_id or 0,
                query,
                track_id=track_id,
                shown=shown,
                page=page,
                now=self.works.now(),
            )

        async def again() -> tuple[Card, int]:
            return search_card(words, await find()), 0

        found = await find()
        await self._put_up(interaction, search_card(words, found), found.factors, again)

    async def _put_up(
        self,
        interaction: FactorInteraction,
        card: Card,
        factors_shown: Sequence[FactorView],
        again: Render,
    ) -> None:
        """Show a list to the person, in place of the one that was pressed if there is one.

        For some minutes it follows what changes.
        """
        if interaction.message is None:
            message_id = await privately(interaction, card)
        else:
            message_id = interaction.message.id
            await interaction.response.edit_message(view=card)
        subjects = [factor.id for factor in factors_shown]
        self.crew.cards.follow(subjects, interaction, message_id, again)


def _listing(
    interaction: FactorInteraction,
    track: int,
    shown: StatusesShown,
    kind: str,
    key_area: int,
    order: Order,
) -> Listing:
    """A list as a button tells of it, for whoever presses."""
    kinds = {each.value: each for each in FactorKind}
    reader = interaction.user.id
    return Listing(track or None, shown, order, kinds.get(kind), key_area or None, reader)
