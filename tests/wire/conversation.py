"""Plain requests to the loopback, as any bot could make them: for tests of its own rules."""

import json
from typing import Any, Self

import aiohttp

from bot.permissions import NEEDED
from tests.wire.interactions import PRESS
from tests.wire.loopback import Discord
from tests.wire.people import Deed, Person
from tests.wire.world import COMPONENTS_V2, TEXT, Channel, Guild


def card(*texts: str, **more: Any) -> dict[str, Any]:
    """A message that is a layout of paragraphs."""
    return {"flags": COMPONENTS_V2, "components": [says(text) for text in texts], **more}


def says(text: str) -> dict[str, Any]:
    return {"type": 10, "content": text}


def buttons(*custom_ids: str) -> dict[str, Any]:
    made = [{"type": 2, "style": 2, "label": "b", "custom_id": key} for key in custom_ids]
    return {"type": 1, "components": made}


class Plain:
    """Somebody who holds the bot's token, in a server with one channel."""

    def __init__(self, discord: Discord) -> None:
        self.discord = discord
        self.guild: Guild = discord.world.guild("LEDA", NEEDED)
        self.channel: Channel = discord.world.channel(self.guild, TEXT, "lobby")
        self.anna = Person(discord, self.guild, "anna")
        self._session = aiohttp.ClientSession()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._session.close()

    async def ask(self, method: str, path: str, body: Any = None, **more: Any) -> tuple[int, Any]:
        """The status, and Discord's code where it refused or else what it said."""
        headers = {"Authorization": f"Bot {self.discord.token}", "Content-Type": "application/json"}
        headers |= more.pop("headers", {})
        data = None if body is None else json.dumps(body)
        url = f"{self.discord.url}/api/v10{path}"
        async with self._session.request(method, url, data=data, headers=headers, **more) as answer:
            said = await answer.json() if answer.status != 204 else None
            refused = answer.status >= 400 and isinstance(said, dict)
            return answer.status, said["code"] if refused and "code" in said else said

    async def post(self, body: Any, where: Channel | None = None) -> tuple[int, Any]:
        return await self.ask("POST", f"/channels/{(where or self.channel).id}/messages", body)

    def pressed(self) -> Deed:
        """Anna presses something that stands in the channel."""
        note = self.anna.says(self.channel, "a note")
        return self.anna.begin(PRESS, {"custom_id": "x", "component_type": 2}, self.channel, note)

    async def answer(self, deed: Deed, kind: int, data: Any = None) -> tuple[int, Any]:
        found = deed.interaction
        path = f"/interactions/{found.id}/{found.token}/callback?with_response=true"
        return await self.ask("POST", path, {"type": kind, "data": data or {}})

    def deny(self, *names: str) -> None:
        """Take permissions from the bot's role."""
        from tests.wire.world import bit

        role = self.guild.role("leda")
        for held in (role, self.guild.role("@everyone")):
            for name in names:
                held.permissions &= ~bit(name)
