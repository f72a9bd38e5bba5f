"""One message of the courier's: its card, where it goes, and whether it is out already."""

import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final, TypeAlias

import discord
from discord import ui

from bot.domain.posts import claims
from bot.domain.posts.claims import LATE, Out, Parcel, Thing
from bot.domain.programme.programmes import ProgrammeView
from bot.domain.tracks.places import COORDINATORS, FORUM
from bot.i18n.words import Words
from bot.ui.layout import Card, line, said
from bot.ui.text import escape
from bot.works import Works
from storage.desk import Desk
from storage.enums import Way
from storage.posts.deliveries import CHANNEL

_log = logging.getLogger(__name__)

_LOOK_BACK: Final = 1000  # messages
_BEFORE: Final = timedelta(seconds=1)  # what was made just then is not after it
_CHANNEL_GONE: Final = 10003


@dataclass(frozen=True)
class PostPart:
    """What a message says about one thing. Files go with it; buttons find their way by id."""

    items: Sequence[ui.Item[Card]]
    files: tuple[discord.File, ...] = ()


Render: TypeAlias = Callable[[Words, Parcel, Thing], Awaitable[PostPart | None]]


@dataclass(frozen=True)
class PostKind:
    """How a kind of planned post is served.

    ``render`` says what it has to say today, None when it has become pointless. Without it
    nothing is said: ``work`` is a use case that is done instead, with the thing; ``prepare`` is
    awaited before, with the programme and the thing.
    ``optional`` says that it is no trouble if there is nothing to say, or if somebody lets no
    direct message through.
    ``title`` is a use case that tells what it is about, with the subject's id.
    """

    title: Callable[[Desk, int], str]
    render: Render | None = None
    work: Callable[[Desk, Thing], None] | None = None
    prepare: Callable[[int, Thing], Awaitable[None]] | None = None
    optional: bool = False


class Unsure(Exception):
    """A message may be out, and leda may not look."""


class Nowhere(Exception):
    """There is no place left that a message could go to."""


def parcel_card(
    words: Words,
    parcel: Parcel,
    parts: Sequence[tuple[Thing, PostPart]],
    server: str,
    now: datetime,
) -> Card:
    """The card of a message; what it says of a thing carries that thing's number.

    Args:
        words: how to speak.
        parcel: the message.
        parts: what it says, by thing.
        server: what the server is called; a direct message says where it comes from.
        now: aware UTC; what is late says so.
    """
    items: list[ui.Item[Card]] = []
    for number, (thing, part) in enumerate(parts):
        if number:
            items.append(line())
        part.items[0].id = thing.number
        items += part.items
        if now - thing.due_at >= LATE:
            items.append(said(words("delivery.late", ago=f"<t:{int(thing.due_at.timestamp())}:R>")))
    # Last: a phone's notification shows how a message begins.
    if parcel.way is Way.MENTION:
        items.append(said(" ".join(f"<@{member_id}>" for member_id in parcel.people)))
    if parcel.way is Way.DIRECT:
        items.append(said(words("delivery.from", server=escape(server))))
    return Card(*items)


@dataclass(frozen=True)
class Arrived:
    """A message that is out.

    ``out`` is what was found in it, if it was posted before; ``detour`` the slot that it was
    meant for, if it went elsewhere.
    """

    message: discord.Message
    out: Out | None = None
    detour: str | None = None


async def post(
    works: Works,
    parcel: Parcel,
    programme: ProgrammeView,
    parts: Sequence[tuple[Thing, PostPart]],
    now: datetime,
    direct: discord.abc.Messageable | None = None,
) -> Arrived:
    """Post a message, unless some of it is out already; a ``direct`` one goes where it is told.

    A channel that is gone or closed to leda is replaced by the open forum, that by the
    coordinators' channel; what is for a closed track goes to coordinators at once.

    Raises:
        Unsure: it may be out, and leda may not read what was posted.
        Nowhere: no channel is left.
        discord.HTTPException: Discord refuses it.
    """
    guild = works.client.get_guild(parcel.programme_id)
    words = works.speech.in_(programme.language, programme.id)
    card = parcel_card(words, parcel, parts, guild.name if guild else "", now)
    refusal: discord.HTTPException | None = None
    if parcel.look and parcel.strayed is not None:
        elsewhere = works.client.get_partial_messageable(parcel.strayed, guild_id=programme.id)
        if found := await find_out(works, elsewhere, parcel):
            return replace(found, detour=parcel.slot)
    for slot, channel in _places(works, parcel, programme, direct):
        try:
            if slot != parcel.slot:  # noted before: whoever looks for it then knows where
                await works.visit(parcel.programme_id).write(
                    claims.stray, parcel, programme.discord_id(slot or "")
                )
            posted = await _look(works, channel, parcel) if parcel.look else None
            posted = posted or Arrived(
                await channel.send(
                    view=card,
                    files=[file for _, part in parts for file in part.files],
                    nonce=f"{parcel.lead_id}-{parcel.things[0].number}",
                    allowed_mentions=_mentions(parcel),
                )
            )
        except (discord.NotFound, discord.Forbidden) as trouble:
            if parcel.way is Way.DIRECT or not _is_closed(trouble):
                raise
            _log.warning("programme %s: %s cannot be posted in: %s", programme.id, slot, trouble)
            refusal = trouble
        else:
            return replace(posted, detour=parcel.slot) if slot != parcel.slot else posted
    raise Nowhere from refusal


async def _look(works: Works, channel: discord.abc.Messageable, parcel: Parcel) -> Arrived | None:
    """What is out. Where leda may not look, only what was tried may be."""
    try:
        return await find_out(works, channel, parcel)
    except Unsure:
        if parcel.tried:
            raise
        return None


async def find_out(
    works: Works, channel: discord.abc.Messageable, parcel: Parcel
) -> Arrived | None:
    """The first message that says something of a parcel; known by the things' numbers.

    One that mentions people says it to them alone.

    Raises:
        Unsure: leda may not read what was posted, or it is too much.
    """
    place = works.client.get_channel(getattr(channel, "id", 0))
    if isinstance(place, discord.abc.GuildChannel) and not _may_read(place):
        raise Unsure  # Discord would not refuse to tell, but say that there is nothing
    numbers, seen = frozenset(thing.number for thing in parcel.things), 0
    earliest = works.clock.theirs(parcel.earliest) - _BEFORE
    async for message in channel.history(after=earliest, limit=_LOOK_BACK):
        seen += 1
        ours = works.client.user is not None and message.author.id == works.client.user.id
        if ours and (out := _out(message, parcel, numbers)):
            return Arrived(message, out)
    if seen == _LOOK_BACK:
        raise Unsure  # it may stand among the rest
    return None


def _out(message: discord.Message, parcel: Parcel, numbers: frozenset[int]) -> Out | None:
    parts = (part for card in message.components for part in getattr(card, "children", ()))
    said = numbers & {part.id for part in parts}
    people = frozenset(user.id for user in message.mentions) if said else frozenset()
    if not said or (parcel.way is Way.MENTION and people.isdisjoint(parcel.people)):
        return None
    return Out(said, people)


def _places(
    works: Works,
    parcel: Parcel,
    programme: ProgrammeView,
    direct: discord.abc.Messageable | None,
) -> list[tuple[str | None, discord.abc.Messageable]]:
    """Where a message can go, each with its slot: first where it belongs."""
    if parcel.slot and parcel.slot.startswith(CHANNEL):
        alone = int(parcel.slot.removeprefix(CHANNEL))
        return [(parcel.slot, works.client.get_partial_messageable(alone, guild_id=programme.id))]
    if direct is not None:
        return [(parcel.slot, direct)]
    inside = any(slot.key == parcel.slot and slot.closed for slot in programme.slots)
    slots = dict.fromkeys((parcel.slot, *(() if inside else (FORUM,)), COORDINATORS))
    return [
        (slot, works.client.get_partial_messageable(channel_id, guild_id=programme.id))
        for slot in slots
        if slot and (channel_id := programme.discord_id(slot)) is not None
    ]


def _mentions(parcel: Parcel) -> discord.AllowedMentions:
    people = [discord.Object(member_id) for member_id in parcel.people]
    return discord.AllowedMentions(everyone=False, roles=False, users=people)


def _may_read(place: discord.abc.GuildChannel) -> bool:
    return place.permissions_for(place.guild.me).read_message_history


def _is_closed(trouble: discord.HTTPException) -> bool:
    """Whether a channel is gone or closed to leda; anything else that is not found is a bug."""
    return trouble.code == _CHANNEL_GONE or isinstance(trouble, discord.Forbidden)
