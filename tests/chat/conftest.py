"""A server with the bot in it, and people who act as people do."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import discord
import pytest
from simcord.backend.models import EPHEMERAL_FLAG
from simcord.results import ResponseMessage

from bot.app import create_bot
from bot.client import LedaBot
from bot.demo.world import speak
from bot.domain import organisations
from bot.domain.people import Person
from bot.settings import Settings
from storage.enums import Joining
from storage.programmes import Programme


class Clock:
    """A clock that stands until it is moved. Aware UTC."""

    def __init__(self) -> None:
        self.time = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.time

    def pass_(self, **span: float) -> None:
        self.time += timedelta(**span)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def new_bot(tmp_path, clock):
    """Makes bots on one and the same database, as restarts do."""
    url = f"sqlite:///{tmp_path / 'leda.db'}"
    return lambda: create_bot(Settings(database_url=url, shard_count=1), now=clock)


@pytest.fixture
def simcord_bot(new_bot) -> LedaBot:
    return new_bot()


@dataclass
class Town:
    """A server, and shorthands for what happens in it."""

    env: Any
    guild: Any
    lobby: Any
    boss: Any
    new_bot: Any
    locales: dict[int, str] = field(default_factory=dict)

    @property
    def bot(self) -> LedaBot:
        return self.env.bot

    def person(self, name: str, locale: str = "en-US", **options: Any) -> Any:
        member = self.guild.add_member(self.env.create_user(name), **options)
        self.locales[member.id] = locale
        return member

    def channel(self, name: str) -> Any:
        return self.guild.channels[name]

    async def set_up(
        self,
        preset: str = "leda",
        language: str = "en",
        joining: Joining | None = Joining.OPEN,
        **more: Any,
    ) -> Any:
        """Set the programme up; open to all unless told, so that joining takes one step."""
        result = await self.boss.slash(
            self.lobby, "programme setup", preset=preset, language=language, **more
        )

        def choose(session: Any) -> None:
            session.get(Programme, self.guild.id).joining = joining

        if joining is not None:
            await self.bot.db.write(choose)
        return result

    async def organisation(self, name: str, tracks: str = "") -> int:
        person = Person(self.boss.id, frozenset(), manages_server=True)
        view = await self.bot.db.write(
            organisations.add,
            self.guild.id,
            person,
            name=name,
            tracks_said=tracks,
            now=self.bot.now(),
        )
        return view.id

    async def participant(self, organisation: str, name: str, locale: str = "en-US") -> Any:
        member = self.person(name, locale)
        await member.slash(self.lobby, "join", organisation=organisation)
        return member

    async def propose(self, member: Any, **fields: Any) -> Any:
        """The form, filled in and sent: the private answer with the preview."""
        form = await member.slash(self.lobby, "factor propose")
        values = {
            "title": "Try it small first",
            "kind": "promoting",
            "how": "We let two units try it for four weeks and met every Friday.",
            **fields,
        }
        return await member.submit_modal(form, values)

    async def publish(self, member: Any, **fields: Any) -> Any:
        """A factor's public card."""
        preview = await self.propose(member, **fields)
        await member.click(preview.response, label="Publish")
        return self.cards()[-1]

    def cards(self) -> list[Any]:
        """Every public factor card, oldest first."""
        channels = self.guild.channels.values()
        found = [message for each in channels for message in self.posts(each, "vote:1")]
        return sorted(found, key=lambda message: message.id)

    def posts(self, channel: Any, mark: str = "") -> list[Any]:
        """What stands in a channel for everyone and holds a mark, oldest first."""
        return [
            ResponseMessage(self.env, message)
            for message in self.env.backend.messages.get(channel.id, {}).values()
            if mark in str(message.components) and not message.flags & EPHEMERAL_FLAG
        ]

    async def restart(self) -> None:
        """Stop the bot and start a new process's worth of it on the same database."""
        old = self.env.bot
        await self.env.restart_bot(self.new_bot())
        await old.db.close()


@pytest.fixture
async def town(simcord_env, new_bot):
    locales: dict[int, str] = {}
    speak(simcord_env, lambda user_id: locales.get(user_id, "en-US"))
    guild = simcord_env.create_guild("LEDA")
    lobby = guild.create_text_channel("lobby")
    manager = guild.create_role("Boss", permissions=discord.Permissions(manage_guild=True))
    boss = guild.add_member(simcord_env.create_user("boss"), roles=[manager])
    yield Town(simcord_env, guild, lobby, boss, new_bot, locales)
    await simcord_env.bot.db.close()


def text_of(message: Any) -> str:
    """All that a message says, in order."""
    raw = getattr(message, "_message", None)
    components = raw.components if raw is not None else [c.to_dict() for c in message.components]
    said: list[str] = []

    def walk(component: dict[str, Any]) -> None:
        said.extend(str(component[key]) for key in ("content", "label") if component.get(key))
        for key in ("components", "accessory", "component"):
            below = component.get(key) or []
            for child in below if isinstance(below, list) else [below]:
                walk(child)

    for component in components:
        walk(component)
    return "\n".join(said)
