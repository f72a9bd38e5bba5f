"""A server with the bot in it, and people who act as people do."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import discord
import pytest
from simcord._clock import Clock as SimcordsClock
from simcord.actors import MemberActor, _autocomplete_result, _dispatch_actor_interaction
from simcord.backend import serializers
from simcord.backend.models import EPHEMERAL_FLAG
from simcord.builders import GuildHandle, UserHandle
from simcord.enums import InteractionType
from simcord.env import Env
from simcord.interactions import base_payload
from simcord.results import InteractionResult, ResponseMessage

from bot.app import create_bot
from bot.client import LedaBot
from bot.delivery.crew import Crew
from bot.domain.kit.errors import UserError
from bot.domain.membership import organisation_changes
from bot.settings import Settings
from bot.works import Works
from cogs.programme.drift import DriftWatch
from storage.desk import Person
from storage.enums import Joining
from storage.kit.programmes import Programme
from tests.chat import beginnings
from tests.chat.beginnings import Beginning
from tests.chat.kept import Kept, Memory, copied, keep
from tests.conftest import repeating

# Where Discord's people keep what language they speak; it is kept with everything else of theirs.
_LOCALES = "locales_of_people"


def somebody(member_id: int) -> Person:
    """A member of the server without any rights in it."""
    return Person(member_id, frozenset(), manages_server=False)


class Clock:
    """A clock that stands until it is moved. Aware UTC."""

    def __init__(self) -> None:
        self.time = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.time

    def pass_(self, **span: float) -> None:
        self.time += timedelta(**span)


class DiscordsClock(SimcordsClock):
    """Discord's, which shows the same as leda's."""

    def __init__(self, ours: Clock) -> None:
        super().__init__()
        self.ours = ours

    def now(self) -> datetime:
        return self.ours()


def one_process(patch: Any) -> None:
    """What bots need that live one after another in one process, under SimCord's clock."""
    # SimCord's time stands still while something is under way: a pause in it would never end.
    patch.setattr("bot.delivery.courier.Courier.pause", 0)
    patch.setattr("bot.delivery.courier.Courier.opening_pause", 0)
    # SimCord looks again after this long where only a callback is still to come: in fact at once.
    patch.setitem(Env._settle_internal.__kwdefaults__, "idle", 0.005)
    # What it tells is what stands when it looks, soon or late: nobody waits for the rest here.
    patch.setattr(DriftWatch, "pause", 0)


@pytest.fixture(scope="session")
def memory() -> Memory:
    return Memory()


@pytest.fixture(autouse=True)
def bots_live_here(monkeypatch, memory) -> None:
    one_process(monkeypatch)
    memory.quicken(monkeypatch)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="session")
def keeping(empty_file, memory, tmp_path_factory) -> Callable[[Beginning], Kept]:
    """A server that went through a beginning once, with a bot of its own."""

    @cache
    def lived_through(beginning: Beginning) -> Kept:
        file = copied(empty_file, tmp_path_factory.mktemp("kept"))
        make = maker(file, Clock())
        with pytest.MonkeyPatch.context() as patch:
            one_process(patch)
            memory.quicken(patch)
            return keep(file, make, lambda env: beginning(_town(env, make, Clock())))

    return lived_through


@pytest.fixture
def kept(request, keeping) -> Kept | None:
    """What the bot finds when it starts; None for nothing at all."""
    own = getattr(request.module, "BEGINNINGS", {})
    begun = (each for name, each in {**own, **BEGINNINGS}.items() if name in request.fixturenames)
    beginning = next(begun, None)
    return keeping(beginning) if beginning else None


@pytest.fixture
def already_set_up() -> None:
    """The bot finds the programme set up when it starts; ask for it beside ``town``."""


def maker(file: Path, clock: Clock) -> Callable[[], LedaBot]:
    """Makes bots on one and the same database, as restarts do."""
    settings = Settings(database_url=f"sqlite:///{file}", shard_count=1)
    return lambda: create_bot(settings, now=clock)


@pytest.fixture
def new_bot(kept, empty_file, tmp_path, clock):
    return maker(copied(kept.file if kept else empty_file, tmp_path), clock)


@pytest.fixture
def simcord_bot(new_bot, kept, monkeypatch) -> LedaBot:
    if kept:
        monkeypatch.setattr("simcord.env.Backend", kept.backend)
    return new_bot()


@dataclass
class Town:
    """A server, and shorthands for what happens in it."""

    env: Any
    guild: Any
    lobby: Any
    boss: Any
    new_bot: Any
    clock: Clock
    locales: dict[int, str]
    mishaps: list[str] = field(default_factory=list)
    forgiven: bool = False

    @property
    def bot(self) -> LedaBot:
        return self.env.bot

    @property
    def works(self) -> Works:
        return self.bot.works

    @property
    def crew(self) -> Crew:
        return self.bot.crew

    def person(self, name: str, locale: str = "en-US", **options: Any) -> Any:
        member = self.guild.add_member(self.env.create_user(name), **options)
        self.locales[member.id] = locale
        return member

    def member(self, name: str) -> Any:
        """Somebody who is there already."""
        return _somebody_there(self.env, self.guild, name)

    def channel(self, name: str) -> Any:
        return self.guild.channels[name]

    async def set_up(
        self,
        preset: str = "leda",
        language: str | None = "en",
        joining: Joining | None = Joining.OPEN,
        by: Any = None,
        **more: Any,
    ) -> Any:
        """Set the programme up; open to all unless told, so that joining takes one step."""
        said = {"preset": preset, **({"language": language} if language else {}), **more}
        result = await (by or self.boss).slash(self.lobby, "programme setup", **said)

        def choose(session: Any) -> None:
            if programme := session.get(Programme, self.guild.id):
                programme.joining = joining

        if joining is not None:
            await self.works.db.write(choose)
        return result

    async def organisation(self, name: str, tracks: str = "") -> int:
        person = Person(self.boss.id, frozenset(), manages_server=True)
        view = await self.works.visit(self.guild.id, person).write(
            organisation_changes.add, name=name, tracks_said=tracks
        )
        return view.id

    async def participant(self, organisation: str, name: str, locale: str = "en-US") -> Any:
        member = self.person(name, locale)
        await member.slash(self.lobby, "join", organisation=organisation)
        return member

    async def propose(self, member: Any, where: Any = None, **fields: Any) -> Any:
        """The form, filled in and sent: the private answer with the preview."""
        form = await member.slash(where or self.lobby, "factor propose")
        return await member.submit_modal(form, {**PROPOSAL, **fields})

    async def publish(self, member: Any, **fields: Any) -> Any:
        """A factor's public card."""
        preview = await self.propose(member, **fields)
        swedish = self.locales[member.id].startswith("sv")
        with repeating():
            await member.click(preview.response, label="Publicera" if swedish else "Publish")
        return self.cards()[-1]

    async def vote(self, member: Any, card: Any, choice: str, factor: int = 1) -> Any:
        return await member.click(card, custom_id=f"vote:1:{factor}:{choice}")

    async def object_(self, member: Any, card: Any, reason: str = "Too early.") -> Any:
        form = await self.vote(member, card, "object")
        return await member.submit_modal(form, {"reason": reason})

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

    def roles_of(self, member: Any) -> set[str]:
        held = self.env.backend.get_guild(self.guild.id).members[member.id].role_ids
        return {name for name, role in self.guild.roles.items() if role.id in held}

    def delete_channel(self, name: str) -> None:
        self.env.backend.delete_channel(self.channel(name).id)

    async def press(self, person: Any, custom_id: str, message: Any = None) -> Any:
        """A press of a button that may stand nowhere any more."""
        shown = getattr(message or self.boss_note, "_message", message or self.boss_note)
        data = {"custom_id": custom_id, "component_type": 2}
        return await self._raw(
            person, InteractionType.MESSAGE_COMPONENT, data, self._about(shown), shown
        )

    async def at_once(
        self, *presses: tuple[Any, str, Any], commands: Sequence[tuple[Any, dict[str, Any]]] = ()
    ) -> list[Any]:
        """Presses (who, which id, on what) that all arrive before the first is answered.

        So do commands (who, what), between the presses.
        """
        shown = [message._message for *_, message in presses]
        arriving = [
            (person, InteractionType.MESSAGE_COMPONENT, {"custom_id": custom_id,
             "component_type": 2}, self._about(message), message)
            for (person, custom_id, _), message in zip(presses, shown, strict=True)
        ]  # fmt: skip
        kind = InteractionType.APPLICATION_COMMAND
        for number, (person, data) in enumerate(commands, start=1):
            at = number * len(presses) // (len(commands) + 1) + number - 1
            arriving.insert(at, (person, kind, data, {}, None))
        return await self._together(arriving)

    async def commands_at_once(self, *commands: tuple[Any, dict[str, Any]]) -> list[Any]:
        """Commands that all arrive before the first is answered."""
        return await self.at_once(commands=commands)

    async def _together(self, interactions: Any) -> list[InteractionResult]:
        backend, records = self.env.backend, []
        self.env._begin_operation("together")
        try:
            for person, kind, data, extra, message in interactions:
                record, payload = base_payload(
                    backend,
                    type=kind,
                    channel_id=message.channel_id if message else self.lobby.id,
                    guild_id=self.guild.id,
                    user_id=person.id,
                    data=data,
                )
                if message:
                    record.source_message_id = message.id
                records.append(record)
                backend.emit("INTERACTION_CREATE", {**payload, **extra})
            await self.env._settle_internal(dispatch="INTERACTION_CREATE")
        finally:
            self.env._end_operation()
        return [InteractionResult(self.env, record) for record in records]

    def _about(self, message: Any) -> dict[str, Any]:
        return {"message": dict(serializers.message_payload(self.env.backend, message))}

    async def submit(self, person: Any, custom_id: str, **fields: str) -> Any:
        """A form sent that may have been opened in any release."""
        rows = [
            {"type": 18, "component": {"type": 4, "custom_id": name, "value": value}}
            for name, value in fields.items()
        ]
        data = {"custom_id": custom_id, "components": rows}
        return await self._raw(person, InteractionType.MODAL_SUBMIT, data, {})

    async def autocomplete(self, person: Any, command: str, option: str, typed: str) -> Any:
        """What was answered while typing, answered or not; ``None`` is no answer at all."""
        self.env._begin_operation("autocomplete")
        try:
            result = await _autocomplete_result(person, self.lobby, command, option, typed, {})
        finally:
            self.env._end_operation()
        return result.autocomplete_choices

    async def _raw(
        self,
        person: Any,
        kind: InteractionType,
        data: dict[str, Any],
        extra: dict[str, Any],
        message: Any = None,
    ) -> InteractionResult:
        places = {channel.id: channel for channel in self.guild.channels.values()}
        where = places.get(message.channel_id, self.lobby) if message else self.lobby
        if not hasattr(person, "guild"):
            where = person.dm_channel
        self.env._begin_operation("raw")
        try:
            return await _dispatch_actor_interaction(
                person,
                kind,
                where,
                data,
                extra=extra,
                source_message_id=message.id if message else None,
            )
        finally:
            self.env._end_operation()

    @property
    def boss_note(self) -> Any:
        """Some message of the server."""
        backend = self.env.backend
        if not backend.messages.get(self.lobby.id):
            backend.create_message(self.lobby.id, self.boss.id, content="hello")
        return next(iter(backend.messages[self.lobby.id].values()))

    async def restart(self) -> None:
        """Stop the bot and start a new process's worth of it on the same database."""
        await self.env.settle()
        await self.works.db.close()  # or the next could not hold the file
        await self.env.restart_bot(self.new_bot())

    def forgive(self) -> list[str]:
        """What went wrong unexpectedly so far; without this call it fails the test."""
        self.forgiven = True
        return list(self.mishaps)


PROPOSAL = {
    "title": "Try it small first",
    "kind": "promoting",
    "how": "We let two units try it for four weeks and met every Friday.",
}


@pytest.fixture
async def town(simcord_env, new_bot, clock):
    town = _town(simcord_env, new_bot, clock)
    watcher = _Watcher(town.mishaps)
    logging.getLogger("bot.ui.answers").addHandler(watcher)
    yield town
    logging.getLogger("bot.ui.answers").removeHandler(watcher)
    # What people can mend has been answered; SimCord counts it as an error of the bot.
    unexpected = [error for error in simcord_env.errors if not _for_people(error)]
    await simcord_env.bot.works.db.close()
    if not town.forgiven:
        assert town.mishaps == []
        assert unexpected == []


@pytest.fixture
async def trial(town):
    """A programme of two tracks, an organisation in each, and one in both."""
    return town


def homes(town: Town) -> list[Any]:
    """The home cards in the channel that is theirs."""
    return town.posts(town.channel("start-here"), "choices:1")


def _town(env: Any, new_bot: Any, clock: Clock) -> Town:
    """The server, found or made."""
    backend = env.backend
    locales = vars(backend).setdefault(_LOCALES, {})
    _speak(env, locales)
    if backend.guilds:
        guild = GuildHandle(env, next(iter(backend.guilds.values())))
        env._guilds.append(guild)
        lobby = guild.channels["lobby"]
        boss = _somebody_there(env, guild, "boss")
    else:
        guild = env.create_guild("LEDA")
        lobby = guild.create_text_channel("lobby")
        manager = guild.create_role("Boss", permissions=discord.Permissions(manage_guild=True))
        boss = guild.add_member(env.create_user("boss"), roles=[manager])
    return Town(env, guild, lobby, boss, new_bot, clock, locales)


def _somebody_there(env: Any, guild: Any, name: str) -> MemberActor:
    known = next(user for user in env.backend.users.values() if user.name == name)
    return MemberActor(env, guild, UserHandle(env, known))


# What a bot may find, by the fixture that wants it; the first one counts.
BEGINNINGS: dict[str, Beginning] = {"trial": beginnings.trial, "already_set_up": beginnings.set_up}


class _Watcher(logging.Handler):
    """Remembers every answer that was an apology."""

    def __init__(self, mishaps: list[str]) -> None:
        super().__init__(logging.ERROR)
        self._mishaps = mishaps

    def emit(self, record: logging.LogRecord) -> None:
        self._mishaps.append(self.format(record))


def _for_people(error: BaseException | None) -> bool:
    while error is not None:
        if isinstance(error, UserError):
            return True
        error = error.__cause__
    return False


def _speak(env: Any, locales: dict[int, str]) -> None:
    """Let people use Discord in their own language; SimCord sends ``en-US`` for everyone."""

    def set_locale(event: str, payload: Any) -> None:
        if event == "INTERACTION_CREATE":
            person = payload.get("user") or payload["member"]["user"]
            payload["locale"] = locales.get(int(person["id"]), "en-US")
            if "guild_id" in payload:
                guild = env.backend.guilds[int(payload["guild_id"])]
                payload["guild_locale"] = guild.preferred_locale

    # First in the row: the bot's own listener comes later and gets what was set here.
    env.backend.subscribers.insert(0, set_locale)


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


def answer_of(result: Any) -> str:
    """What the person was told, privately; fails where nobody answered."""
    assert result.acknowledged
    messages = [*result.followups, *([result.response] if result.response else [])]
    assert messages, "only acknowledged"
    assert messages[0].ephemeral
    return text_of(messages[0])


def fields_of(form: Any) -> dict[str, dict[str, Any]]:
    """A form's inputs by their ``custom_id``, each with its label."""
    assert form.modal is not None, "no form was opened"
    rows = form.modal["components"]
    return {
        row["component"]["custom_id"]: {**row["component"], "label": row["label"]} for row in rows
    }
