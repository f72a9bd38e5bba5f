"""People who do what people do: commands, presses, forms, and reading what comes back."""

import asyncio
import time
from typing import TYPE_CHECKING, Any

from tests.wire import payloads
from tests.wire.interactions import CHOICES, COMMAND, FORM, MODAL, PRESS, TYPING, Interaction
from tests.wire.world import DIRECT, Channel, Guild, Member, Message, User, bit, text_of, walk

if TYPE_CHECKING:
    from tests.wire.loopback import Discord

_FILE = 11


class Unanswered(Exception):
    """The bot did not answer in time: people saw "interaction failed"."""


class Deed:
    """What somebody did, and what came of it."""

    def __init__(self, discord: "Discord", interaction: Interaction, heard: int) -> None:
        self._discord = discord
        self.interaction = interaction
        self.heard = heard  # how many processes were there to hear it

    async def answered(self, within: float | None = None) -> bool:
        """Wait for the first answer; whether there was one in time."""
        left = within or self._discord.rules.answer_within
        left -= time.monotonic() - self.interaction.begun
        await asyncio.wait([self.interaction.answered], timeout=max(left, 0))
        return self.interaction.answered.done()

    @property
    def took(self) -> float:
        """Seconds from the deed to its answer."""
        return self.interaction.answered.result() - self.interaction.begun

    @property
    def kind(self) -> int:
        """How it was answered (0: not at all)."""
        return self.interaction.kind

    @property
    def message(self) -> Message:
        """What shows the answer, as it is now."""
        assert self.interaction.original, "not answered with a message"
        return self.interaction.original

    @property
    def text(self) -> str:
        """What was said last: the newest message that belongs to the answer."""
        said = [self.interaction.original, *self.interaction.followups]
        return "\n".join(message.text for message in said if message)

    @property
    def modal(self) -> dict[str, Any]:
        assert self.kind == MODAL, f"no form: {self.text}"
        return self.interaction.data

    @property
    def choices(self) -> list[dict[str, Any]]:
        assert self.kind == CHOICES
        return list(self.interaction.data.get("choices") or [])

    async def until(self, said: str, within: float = 10.0) -> "Deed":
        """Wait until the answer says something; it may be edited on the way."""
        try:
            await self._discord.until(lambda: said in self.text, within)
        except TimeoutError:
            raise AssertionError(f"never said {said!r}, but: {self.text}") from None
        return self


class Person:
    """Somebody in a server."""

    def __init__(
        self, discord: "Discord", guild: Guild, name: str, locale: str = "en-US",
        user: User | None = None,
    ) -> None:  # fmt: skip
        self._discord, self.guild, self.locale = discord, guild, locale
        self.user = user or discord.world.user(name)
        guild.members.setdefault(self.user.id, Member(self.user))

    @property
    def id(self) -> int:
        return self.user.id

    @property
    def roles(self) -> set[str]:
        return {self.guild.roles[key].name for key in self.guild.members[self.id].roles}

    def leave(self) -> None:
        del self.guild.members[self.id]

    async def slash(self, command: str, where: Channel | None = None, /, **options: Any) -> Deed:
        """Use a command: ``await anna.slash("factor show", factor="…")``; a file is its bytes."""
        return await _wait(self.slash_soon(command, where, **options))

    def slash_soon(self, command: str, where: Channel | None = None, /, **options: Any) -> Deed:
        """The same, not waiting for the answer."""
        return self.begin(COMMAND, self._command(command, options), where)

    def menu_soon(self, name: str, message: Message) -> Deed:
        """Use a command of a message's menu, not waiting for the answer."""
        world = self._discord.world
        known = next(c for c in world.commands if c["name"] == name)
        data = {
            "id": known["id"], "name": name, "type": 3, "target_id": str(message.id),
            "resolved": {"messages": {str(message.id): payloads.message(world, message)}},
        }  # fmt: skip
        return self.begin(COMMAND, data, world.channels[message.channel_id])

    async def press(self, message: Message, button: str) -> Deed:
        """Press the button whose id begins so, or whose label it is."""
        return await _wait(self.press_soon(message, button))

    def press_soon(self, message: Message, button: str) -> Deed:
        """The same, not waiting for the answer."""
        return self.press_id(message, _button(message, button))

    def press_id(self, message: Message, custom_id: str) -> Deed:
        """Press a button that may stand there no more."""
        data = {"custom_id": custom_id, "component_type": 2}
        where = self._discord.world.channels[message.channel_id]
        return self.begin(PRESS, data, where, message)

    async def choose(self, message: Message, select: str, *values: str) -> Deed:
        """Choose from a list."""
        data = {"custom_id": _button(message, select), "component_type": 3, "values": list(values)}
        where = self._discord.world.channels[message.channel_id]
        return await _wait(self.begin(PRESS, data, where, message))

    async def submit(self, form: Deed, **values: str | list[str]) -> Deed:
        """Send a form, filled in; what is not named stays as it was shown."""
        return await _wait(self.submit_soon(form, **values))

    def submit_soon(self, form: Deed, **values: str | list[str]) -> Deed:
        """The same, not waiting for the answer."""
        data = {
            "custom_id": form.modal["custom_id"],
            "components": [_filled(part, values) for part in form.modal["components"]],
        }
        assert not values, f"the form has no {', '.join(values)}"
        opened = form.interaction
        return self.begin(FORM, data, opened.channel, opened.source)

    async def types(self, command: str, option: str, text: str) -> list[dict[str, Any]]:
        """Begin to fill in an option, and see what is offered."""
        data = self._command(command, {option: text}, focused=option)
        return (await _wait(self.begin(TYPING, data, None))).choices

    def says(self, channel: Channel, text: str) -> Message:
        """Write a message."""
        message = Message(self._discord.world.new_id(), channel.id, self.user, content=text)
        channel.messages[message.id] = message
        self._discord.show(message)
        return message

    def begin(
        self, kind: int, data: dict[str, Any], where: Channel | None, source: Message | None = None
    ) -> Deed:
        """Do it; the answer comes later."""
        place = where or next(c for c in self.guild.channels.values() if c.type == 0)
        guild = None if place.type == DIRECT else self.guild
        found = Interaction(
            self._discord.world.new_id(), kind, self.user, place, guild, source,
            time.monotonic(), asyncio.get_running_loop().create_future(),
        )  # fmt: skip
        self._discord.interactions[found.id] = self._discord.by_token[found.token] = found
        found.payload = self._payload(found, data)
        return Deed(self._discord, found, self._discord.deliver(found))

    def _payload(self, found: Interaction, data: dict[str, Any]) -> dict[str, Any]:
        world, guild, place = self._discord.world, found.guild, found.channel
        payload: dict[str, Any] = {
            "id": str(found.id), "application_id": str(world.me.id), "type": found.type,
            "token": found.token, "version": 1, "data": data, "locale": self.locale,
            "channel_id": str(place.id), "channel": payloads.channel(place), "entitlements": [],
            "authorizing_integration_owners": {}, "context": 0 if guild else 1,
            "attachment_size_limit": 10 * 2**20, "app_permissions": "0",
        }  # fmt: skip
        if found.source is not None:
            payload["message"] = payloads.message(world, found.source)
        if guild is None:
            payload["user"] = payloads.user(self.user)
            return payload
        may = world.permissions(guild, self.id, place)
        return payload | {
            "guild_id": str(guild.id), "guild_locale": guild.locale,
            "guild": {"id": str(guild.id), "locale": guild.locale, "features": guild.features},
            "member": {**payloads.member(guild.members[self.id]), "permissions": str(may)},
            "app_permissions": str(world.permissions(guild, world.me.id, place)),
        }  # fmt: skip

    def _command(
        self, command: str, options: dict[str, Any], focused: str | None = None
    ) -> dict[str, Any]:
        name, *path = command.split()
        node = next(c for c in self._discord.world.commands if c["name"] == name)
        data: dict[str, Any] = {"id": node["id"], "name": name, "type": 1}
        inside = data
        for step in path:
            node = next(o for o in node["options"] if o["name"] == step)
            inside["options"] = [{"name": step, "type": node["type"]}]
            inside = inside["options"][0]
        known = {option["name"]: option for option in node.get("options") or []}
        needed = {name for name, option in known.items() if option.get("required")}
        assert options.keys() <= known.keys(), f"/{command} has no {options.keys() - known.keys()}"
        assert focused or needed <= options.keys(), f"/{command} needs {needed - options.keys()}"
        files = {name: value for name, value in options.items() if known[name]["type"] == _FILE}
        if files:
            given = {name: self._discord.attach(value) for name, value in files.items()}
            options |= {name: file["id"] for name, file in given.items()}
            data["resolved"] = {"attachments": {file["id"]: file for file in given.values()}}
        inside["options"] = [
            {"name": name, "type": known[name]["type"], "value": value,
             **({"focused": True} if name == focused else {})}
            for name, value in options.items()
        ]  # fmt: skip
        return data


def manager(discord: "Discord", guild: Guild, name: str = "boss") -> Person:
    """Somebody who may manage the server."""
    person = Person(discord, guild, name)
    role = discord.world.role(guild, f"role of {name}", bit("manage_guild"))
    guild.members[person.id].roles.append(role.id)
    return person


async def _wait(deed: Deed) -> Deed:
    if not await deed.answered():
        raise Unanswered(f"type {deed.interaction.type}, heard by {deed.heard}")
    return deed


def _button(message: Message, wanted: str) -> str:
    for part in walk(message.components):
        custom_id = part.get("custom_id", "")
        if not part.get("disabled") and (
            custom_id == wanted or custom_id.startswith(f"{wanted}:") or part.get("label") == wanted
        ):
            return str(custom_id)
    raise AssertionError(f"no button {wanted!r} on: {message.text} {message.custom_ids()}")


def _filled(part: dict[str, Any], values: dict[str, Any]) -> dict[str, Any]:
    """A field as it is sent: what was typed, or what stood there."""
    if part["type"] == 1:
        return {"type": 1, "components": [_filled(child, values) for child in part["components"]]}
    if part["type"] == 18:
        return {"type": 18, "id": 1, "component": _filled(part["component"], values)}
    if part["type"] == 10:
        return {"type": 10, "id": 1}
    sent = {"type": part["type"], "id": 1, "custom_id": part["custom_id"]}
    options = [o["value"] for o in part.get("options") or [] if o.get("default")]
    standing: Any = part.get("value") or "" if part["type"] == 4 else options
    if not standing and part.get("default_values"):
        standing = [value["id"] for value in part["default_values"]]
    value = values.pop(part["custom_id"], standing)
    if part["type"] in {4, 21}:  # a text, or one choice
        sent["value"] = value[0] if isinstance(value, list) and value else value or None
        if part["type"] == 4:
            assert len(value) <= part.get("max_length", 4000), f"{part['custom_id']} is too long"
            assert value or not part.get("required", True), f"{part['custom_id']} is needed"
    else:
        sent["values"] = value if isinstance(value, list) else [value]
    return sent


__all__ = ["Deed", "Person", "Unanswered", "manager", "text_of"]
