"""What our page shows: the people one can be, and the channels each of them may open."""

import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any, Final

import discord
from simcord.backend.access import channel_accessible
from simcord.components import walk_components
from simcord.enums import ChannelType

from bot.demo.example import Example, Role

_TEXT: Final = (ChannelType.TEXT, ChannelType.NEWS)
_EMOJI_FIRST: Final = re.compile(r"^(?P<emoji>[^\w\s#(]+)\s*(?P<name>.+)$")


@dataclass(frozen=True)
class Who:
    """Someone one can be.

    Attributes:
        direct: the channel of the bot's direct messages to them, if it has written any.
    """

    id: str
    name: str
    role: Role
    organisation: str | None
    portrait: str | None
    direct: str | None


@dataclass(frozen=True)
class PageCard:
    """A thread and the message that it hangs on; the two share their id.

    Attributes:
        emoji: what the card's own heading begins with, if anything.
    """

    id: str
    emoji: str
    title: str
    replies: int


@dataclass(frozen=True)
class PageRoom:
    """A channel and who may read it."""

    id: str
    name: str
    topic: str | None
    readers: tuple[str, ...]
    cards: tuple[PageCard, ...]


@dataclass(frozen=True)
class PageGroup:
    """A category and its channels; one without a name holds those that are in none."""

    id: str
    emoji: str
    name: str
    rooms: tuple[PageRoom, ...]


@dataclass(frozen=True)
class WayIn:
    """A way in: where it leads, as whom.

    Attributes:
        leads: ``vote``, ``propose`` or ``lead``.
        card: the message that it opens the channel at, if at any.
    """

    leads: str
    person: str
    room: str
    card: str | None = None


@dataclass(frozen=True)
class Model:
    """All that the page needs, ready for JSON."""

    server: str
    people: tuple[Who, ...]
    groups: tuple[PageGroup, ...]
    doors: tuple[WayIn, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Plain values only."""
        return asdict(self)


def describe(backend: Any, guild_id: int, example: Example) -> Model:
    """The page for one server, as it is now."""
    guild = backend.guilds[guild_id]
    people = tuple(_people(backend, guild, example))
    groups = tuple(_groups(backend, guild, people))
    doors = tuple(_doors(backend, people, groups, example))
    return Model(guild.name, people, groups, doors)


def _doors(
    backend: Any, people: tuple[Who, ...], groups: tuple[PageGroup, ...], example: Example
) -> Iterator[WayIn]:
    """Three ways in: a vote that somebody has not cast, the home card, the coordinators' own."""
    rooms = [room for group in groups for room in group.rooms]
    for who in [one for one in people if one.role == "participant"][:1]:
        open_to = _not_voted_on(example, backend.users[int(who.id)].name)
        mine = [room for room in rooms if who.id in room.readers]
        cards = [(room, card) for room in mine for card in room.cards if card.title in open_to]
        yield from (WayIn("vote", who.id, room.id, card.id) for room, card in cards[:1])
        homes = [room for room in mine if _holds(backend, room, "begin:1")]
        yield from (WayIn("propose", who.id, room.id) for room in homes[:1])
    for who in [one for one in people if one.role == "coordinator"][:1]:
        alone = [room for room in rooms if room.readers == (who.id,)]
        yield from (WayIn("lead", who.id, room.id) for room in alone[:1])


def _not_voted_on(example: Example, key: str) -> set[str]:
    """The titles of what somebody has neither proposed nor voted on, and may."""
    return {
        each.title
        for each in example.factors
        if each.outcome is None and each.merge is None and each.opens_in is None
        and key not in {each.by, *each.support, *each.unsure, *(who for who, _ in each.objections)}
    }  # fmt: skip


def _holds(backend: Any, room: PageRoom, press: str) -> bool:
    """Whether a button stands in a channel."""
    messages = backend.messages.get(int(room.id), {}).values()
    return any(
        part.get("custom_id") == press
        for message in messages
        if not message.is_ephemeral
        for part in walk_components(message.components)
    )


def _people(backend: Any, guild: Any, example: Example) -> list[Who]:
    found = []
    for user_id in guild.members:
        user = backend.users[user_id]
        person = example.person(user.name)
        if person is None:
            continue
        direct = backend.dm_channels.get(user_id)
        found.append(
            Who(
                id=str(user_id),
                name=person.name,
                role=person.role,
                organisation=person.organisation,
                portrait=user.avatar and f"/portrait/{user_id}.png",
                direct=str(direct) if direct and backend.messages.get(direct) else None,
            )
        )
    order = [person.name for person in example.people]
    return sorted(found, key=lambda who: order.index(who.name))


def _groups(backend: Any, guild: Any, people: tuple[Who, ...]) -> list[PageGroup]:
    channels = sorted((backend.channels[one] for one in guild.channel_ids), key=_place)
    rooms: dict[int | None, list[PageRoom]] = {}
    for channel in channels:
        if channel.type in _TEXT:
            rooms.setdefault(channel.parent_id, []).append(_room(backend, guild, channel, people))
    groups = []
    for channel in channels:
        if channel.type == ChannelType.CATEGORY and channel.id in rooms:
            emoji, name = split_emoji(channel.name)
            groups.append(PageGroup(str(channel.id), emoji, name, tuple(rooms[channel.id])))
    if None in rooms:  # the server's own, last: the programme is what one comes for
        groups.append(PageGroup("", "", "", tuple(rooms[None])))
    return groups


def _place(channel: Any) -> tuple[int, int]:
    return channel.position, channel.id


def _room(backend: Any, guild: Any, channel: Any, people: tuple[Who, ...]) -> PageRoom:
    readers = tuple(
        who.id
        for who in people
        if channel_accessible(backend, channel.id, int(who.id), history=True)
    )
    threads = [
        backend.channels[one]
        for one in guild.thread_ids
        if backend.channels[one].parent_id == channel.id
        and backend.channels[one].type != ChannelType.PRIVATE_THREAD
    ]
    threads.sort(key=lambda thread: thread.id, reverse=True)
    cards = tuple(
        PageCard(str(one.id), _emoji(backend, channel, one), one.name, _replies(backend, one))
        for one in threads
    )
    return PageRoom(str(channel.id), channel.name, channel.topic, readers, cards)


def _emoji(backend: Any, channel: Any, thread: Any) -> str:
    card = backend.messages[channel.id].get(thread.id)
    texts = (
        str(part.get("content", "")) for part in walk_components(card.components if card else [])
    )
    heading = next((text for text in texts if text.startswith("#")), "")
    return split_emoji(heading.partition("\n")[0].lstrip("# "))[0]


def _replies(backend: Any, thread: Any) -> int:
    written = backend.messages.get(thread.id, {}).values()
    return sum(message.type in _WRITTEN and not message.is_ephemeral for message in written)


_WRITTEN: Final = (discord.MessageType.default.value, discord.MessageType.reply.value)


def split_emoji(name: str) -> tuple[str, str]:
    """The emoji that a name begins with, and the rest; the emoji may be empty."""
    match = _EMOJI_FIRST.match(name)
    return (match["emoji"], match["name"]) if match else ("", name)
