"""Ask: one interaction of a person, as cogs see it."""

import asyncio
import logging
from collections.abc import Callable, Coroutine, Sequence
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any, Concatenate, ParamSpec, TypeVar

import discord

from bot.domain.kit import csvfiles
from bot.domain.kit.errors import FileNotFetched, OnlyInServer, StalePress
from bot.i18n.words import Words, language_of
from bot.patience import TROUBLES, patiently
from bot.ui.layout import Card, Form, note
from bot.ui.reading import is_text, read
from bot.waiting import was_told_to_wait
from bot.works import Works
from storage.database import Visit
from storage.desk import Desk, Person
from storage.enums import Language
from storage.units import Together

P = ParamSpec("P")
Item = TypeVar("Item")
T = TypeVar("T")

_log = logging.getLogger(__name__)
LONG = 6.0
"""Seconds from which on somebody is told that Discord makes leda wait."""
_LIVES = timedelta(minutes=15)  # an interaction, as Discord has it


class Ask:
    """Who asks, where, in which words; runs use cases for them, and answers."""

    def __init__(
        self,
        works: Works,
        interaction: discord.Interaction[Any],
        programme_id: int = 0,
        person: Person | None = None,
    ) -> None:
        """Take up an interaction.

        Args:
            works: what runs use cases.
            interaction: what Discord tells of it.
            programme_id: which one is meant, where the interaction names no server.
            person: who asks, where more is known of them than the interaction tells.
        """
        self.works = works
        # For cards that go on living: everything else that an interaction can do has a name here.
        self.raw = interaction
        self.programme_id: int = interaction.guild_id or programme_id
        self._known = person
        # Whether the answer stands beside what was pressed, though that was acknowledged; where.
        self._apart = False
        self._beside: discord.WebhookMessage | None = None

    @classmethod
    def of(cls, interaction: discord.Interaction[Any]) -> "Ask":
        """The ask of an interaction with leda."""
        return cls(interaction.client.works, interaction)

    # --- who, where, in which words

    @cached_property
    def person(self) -> Person:
        """Who asks."""
        return self._known or _described(self.raw)

    @cached_property
    def words(self) -> Words:
        """How to speak to the person who asks."""
        return self.works.speech.to(self.raw.locale, self.programme_id)

    @property
    def language(self) -> Language:
        """The language of the person who asks."""
        return language_of(self.raw.locale)

    @property
    def server_language(self) -> Language:
        """The language that Discord says the server is in."""
        return language_of(self.raw.guild_locale)

    @property
    def guild(self) -> discord.Guild:
        """The server that they are in.

        Raises:
            OnlyInServer: they are in none.
        """
        if self.raw.guild is None:
            raise OnlyInServer
        return self.raw.guild

    @property
    def channels(self) -> frozenset[int]:
        """The channel that they are in, and for a thread the one it belongs to: Discord ids."""
        channel = self.raw.channel
        parent = channel.parent_id if isinstance(channel, discord.Thread) else None
        return frozenset(found for found in (self.raw.channel_id, parent) if found)

    @property
    def message_id(self) -> int | None:
        """The message that was pressed (a Discord id), if one was."""
        return self.raw.message.id if self.raw.message else None

    def picked(self, kind: type[T]) -> T:
        """The one that was chosen in the list that was pressed: text, a number or an enumeration's.

        Raises:
            StalePress: nothing was, or what no list of leda's offers.
        """
        data: Any = self.raw.data
        try:
            found: T = read((data.get("values") or [None])[0], kind)
        except (TypeError, ValueError):
            raise StalePress from None
        return found

    @cached_property
    def said_at(self) -> datetime:
        """When they pressed or submitted (aware UTC), which may be some minutes ago.

        Discord tells it by its own clock: where that and leda's are too far apart, it is now.
        """
        now = self.works.now()
        return self.raw.created_at if now - _LIVES <= self.raw.created_at <= now else now

    @property
    def file_limit(self) -> int:
        """How large a file may be here, in bytes."""
        return self.raw.filesize_limit

    @property
    def in_direct_message(self) -> bool:
        """Whether they ask in a direct message, which names no server."""
        return self.raw.guild_id is None

    async def as_member(self) -> "Ask":
        """The same with the person's rights in the programme, which direct messages do not tell.

        Raises:
            OnlyInServer: they are no member of its server.
        """
        if not self.in_direct_message:
            return self
        client = self.works.client
        try:
            # They come to the process with shard 0, which need not have this server's.
            guild = client.get_guild(self.programme_id) or await client.fetch_guild(
                self.programme_id
            )
            member = await guild.fetch_member(self.person.id)
        except (discord.NotFound, discord.Forbidden):
            raise OnlyInServer from None
        return Ask(self.works, self.raw, self.programme_id, person_of(member))

    def chosen(self, option: str) -> str:
        """What was chosen in another option already, while this one is being typed."""
        said = getattr(self.raw.namespace, option, "")
        return said if is_text(said) else ""

    # --- use cases

    async def read(
        self, work: Callable[Concatenate[Desk, P], T], /, *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Run a use case that only reads."""
        return await self._visit.read(work, *args, **kwargs)

    async def read_apart(self, work: Callable[..., T], /, *args: Any) -> T:
        """Run a use case that reads very much, in a process of its own."""
        return await self._visit.read_apart(work, *args)

    async def write(
        self, work: Callable[Concatenate[Desk, P], T], /, *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Run a use case; what it wrote is on disk when it answers."""
        return await self._visit.write(work, *args, **kwargs)

    async def write_together(self, work: Together[Item, T], item: Item) -> T:
        """Run what is done at once for all who ask for it meanwhile; else as :meth:`write`."""
        return await self._visit.write_together(work, item)

    @property
    def _visit(self) -> Visit:
        return self.works.visit(self.programme_id, self.person)

    # --- answers

    async def answer(self, card: Card, *files: discord.File) -> int:
        """Show a card to the person alone, as the first answer or as one more.

        The card says where its files stand (:func:`bot.ui.layout.attached`).

        Returns:
            the Discord id of the message that shows it.
        """
        await was_told_to_wait(self.raw)
        if self.raw.response.is_done():
            message = await self.raw.followup.send(
                view=card, files=list(files), ephemeral=True, wait=True
            )
            return int(message.id)
        sent = await self.raw.response.send_message(view=card, files=list(files), ephemeral=True)
        return sent.message_id or 0

    async def update(self, card: Card, *files: discord.File) -> None:
        """Show a card in place of the person's own that they pressed, or else as one of its own."""
        if self.raw.message is None or self.pressed_public:
            await self.answer(card, *files)
        elif await was_told_to_wait(self.raw):
            await self.raw.edit_original_response(view=card, attachments=list(files))
        else:
            await self.raw.response.edit_message(view=card, attachments=list(files))

    async def replace(self, card: Card) -> None:
        """Show a card in place of the message that was pressed, whoever sees it."""
        if await was_told_to_wait(self.raw):
            await self.raw.edit_original_response(view=card)
        else:
            await self.raw.response.edit_message(view=card)

    async def later(self, *, anew: bool = True) -> None:
        """Say that it works; what answers next takes the place of that.

        Args:
            anew: the answer is a message of its own, seen by the person alone; else it changes
                the pressed one.
        """
        if await was_told_to_wait(self.raw):
            self._apart = anew and self.raw.message is not None
        elif anew:
            await self.raw.response.defer(ephemeral=True, thinking=True)
        else:
            await self.raw.response.defer()

    async def go_on(self, card: Card, *files: discord.File) -> None:
        """Show how far something has come; it goes on whether or not the answer can be changed."""
        try:
            await patiently(lambda: self._go_on(card, files))
        except TROUBLES as refusal:
            _log.warning("answer to interaction %s: %s", self.raw.id, refusal)

    async def in_time(self, work: Coroutine[Any, Any, T], card: Card) -> T:
        """The result of what Discord may make wait for minutes; after some seconds a card says so.

        The answer to the person was begun before (:meth:`later` and others).
        """
        task = asyncio.ensure_future(work)
        done, _ = await asyncio.wait({task}, timeout=LONG)
        if not done:
            await self.go_on(card)
        return await task

    async def _go_on(self, card: Card, files: Sequence[discord.File]) -> None:
        if not self._apart:
            await self.raw.edit_original_response(view=card, attachments=list(files))
        elif self._beside is not None:
            await self._beside.edit(view=card, attachments=list(files))
        else:
            self._beside = await self.raw.followup.send(
                view=card, files=list(files), ephemeral=True, wait=True
            )

    async def open(self, form: Form) -> None:
        """Open a form; whoever had to wait is asked to press again, for Discord opens none then."""
        if await was_told_to_wait(self.raw):
            await self.answer(note(self.words("slow.again")))
        else:
            await self.raw.response.send_modal(form)

    async def fetch(self, file: discord.Attachment) -> bytes:
        """What a file holds that was given with a command; the person sees meanwhile that it works.

        Raises:
            FileTooLarge: it is not fetched.
            FileNotFetched: Discord did not give it.
        """
        csvfiles.need_size(file.size)
        await self.later()
        try:
            return await file.read()
        except TROUBLES:
            raise FileNotFetched from None

    @property
    def pressed_public(self) -> bool:
        """Whether the card that was pressed is everyone's."""
        return self.raw.message is not None and not self.raw.message.flags.ephemeral

    @property
    def pressed_own(self) -> bool:
        """Whether the card that was pressed is seen by the person alone."""
        return self.raw.message is not None and self.raw.message.flags.ephemeral


def person_of(member: discord.Member) -> Person:
    """A member as a person."""
    may = member.guild_permissions
    roles = frozenset(role.id for role in member.roles)
    return Person(member.id, roles, may.manage_guild or may.administrator)


def _described(interaction: discord.Interaction[Any]) -> Person:
    """Who asks, as Discord describes them in this very interaction."""
    may = interaction.permissions
    return Person(
        interaction.user.id,
        frozenset(role.id for role in getattr(interaction.user, "roles", [])),
        interaction.guild_id is not None and (may.manage_guild or may.administrator),
    )
