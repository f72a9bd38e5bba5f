"""A fresh world: the people do what people did, through the bot, so that all of it is its own."""

from typing import Any, Final

from simcord import Env
from simcord.actors import MemberActor
from simcord.builders import ChannelHandle, GuildHandle, UserHandle
from simcord.components import walk_components
from simcord.results import InteractionResult, to_discord_message

from bot.client import LedaBot
from bot.demo.example import Example, Factor
from bot.demo.folder import SetupFailedError
from bot.demo.portraits import give_portrait
from bot.domain import organisations, participants, tracks
from bot.domain.people import Person as Asking
from bot.permissions import needed
from storage.enums import Preset

_BOTS_PORTRAIT: Final = "le"


def found_server(env: Env, example: Example) -> GuildHandle:
    """A server with its people and one channel, before the bot has seen it."""
    env.backend.bot_user.name = "leda"
    give_portrait(env.backend, env.backend.bot_user, _BOTS_PORTRAIT, 0)
    users = [env.create_user(person.key, global_name=person.name) for person in example.people]
    guild = env.create_guild(example.server, owner=users[0], preferred_locale="sv-SE")
    for number, (user, person) in enumerate(zip(users, example.people, strict=True), start=1):
        give_portrait(env.backend, user._user, person.initials, number)  # noqa: SLF001
        if number > 1:  # the first owns the server, and is in it already
            guild.add_member(user)
    guild.create_text_channel(example.lobby, topic=example.lobby_topic)
    for role in env.backend.guilds[guild.id].roles.values():
        if role.managed:  # what the invitation would have asked for, and nothing more
            role.permissions = needed().value
    return guild


class Seed:
    """The example, done step by step by its people."""

    def __init__(self, env: Env, bot: LedaBot, guild: GuildHandle, example: Example) -> None:
        self._env = env
        self._bot = bot
        self._guild = guild
        self._example = example
        self._actors = actors(env, guild)
        self._lobby = guild.channels[example.lobby]

    async def sow(self) -> None:
        """Set the programme up and let everybody join, propose, vote and talk.

        Raises:
            SetupFailedError: the bot refused something.
        """
        coordinator = self._actors[self._example.people[0].key]
        await coordinator.slash(
            self._lobby,
            "programme setup",
            preset=Preset.LEDA.value,
            language="sv",
            timezone="Europe/Stockholm",
        )
        self._stop_on_errors("programme setup")
        ids = await self._add_organisations(coordinator.id)
        await self._let_in(ids)
        for factor in self._example.factors:
            await self._propose(factor)

    async def _add_organisations(self, coordinator_id: int) -> dict[str, int]:
        """Twenty commands with the same answer: asked of the use case instead. Ids by name."""
        asking = Asking(coordinator_id, frozenset(), manages_server=True)
        ids = {}
        for organisation in self._example.organisations:
            view = await self._bot.db.write(
                organisations.add,
                self._guild.id,
                asking,
                name=organisation.name,
                tracks_said=", ".join(self._example.tracks[key] for key in organisation.tracks),
                now=self._bot.now(),
            )
            ids[view.name] = view.id
        return ids

    async def _let_in(self, ids: dict[str, int]) -> None:
        """As if each had known the code of their organisation; the bot hands out the roles."""
        for person in self._example.people:
            if person.organisation is not None:
                await self._bot.db.write(
                    participants.join,
                    self._guild.id,
                    self._actors[person.key].id,
                    ids[person.organisation],
                    now=self._bot.now(),
                )
        with self._env._bot_scope():  # noqa: SLF001  # its own work, which settling waits for
            self._bot.roles.wake(self._guild.id)
        await self._env.settle()
        self._stop_on_errors("join")

    async def _propose(self, factor: Factor) -> None:
        author = self._actors[factor.by]
        form = await author.slash(self._lobby, "factor propose")
        if form.modal is None:
            raise SetupFailedError(f"propose {factor.title!r}: {_said(form)}")
        track = await self._track_value(factor.track)
        draft = await author.submit_modal(
            form,
            {"title": factor.title, "kind": factor.kind, "how": factor.how, "track": [track]},
        )
        if draft.response is None:
            raise SetupFailedError(f"propose {factor.title!r}: {_said(draft)}")
        threads = self._env.backend.guilds[self._guild.id].thread_ids
        before = set(threads)
        await author.click(
            draft.response, custom_id=_button(draft.response.components, "publish", "")
        )
        made = set(threads) - before
        self._stop_on_errors(f"publish {factor.title!r}")
        if not made:
            raise SetupFailedError(f"publish {factor.title!r}: no thread was made")
        await self._vote_and_talk(factor, self._env.backend.channels[made.pop()])

    async def _vote_and_talk(self, factor: Factor, thread: Any) -> None:
        # A thread that hangs on a message shares its id.
        stored = self._env.backend.get_message(thread.parent_id, thread.id)
        card = to_discord_message(self._env, stored)
        for choice, keys in factor.votes.items():
            for key in keys:
                press = _button(stored.components, "vote", choice)
                await self._actors[key].click(card, custom_id=press)
        room = ChannelHandle(self._env, self._guild, thread)
        for key, words in factor.talk:
            await self._actors[key].send(room, words)
        self._stop_on_errors(f"votes on {factor.title!r}")

    async def _track_value(self, key: str) -> str:
        if key not in self._example.tracks:
            return key
        said = self._example.tracks[key]
        track = await self._bot.db.read(tracks.need, self._guild.id, said)
        return str(track.id)

    def _stop_on_errors(self, step: str) -> None:
        errors = self._env.errors
        if errors:
            raise SetupFailedError(step) from errors[-1]


def actors(env: Env, guild: GuildHandle) -> dict[str, MemberActor]:
    """Everyone in the server but the bot, by user name."""
    users = (env.backend.users[user_id] for user_id in env.backend.guilds[guild.id].members)
    return {
        user.name: MemberActor(env, guild, UserHandle(env, user)) for user in users if not user.bot
    }


def _said(result: InteractionResult) -> str:
    """What the bot answered, on one line."""
    if result.response is None:
        return "no answer"
    texts = (str(part.get("content", "")) for part in walk_components(result.response.components))
    return " ".join(" ".join(texts).split())


def _button(components: list[dict[str, Any]], first: str, last: str) -> str:
    """The id that begins and ends with these words."""
    for component in walk_components(components):
        custom_id = str(component.get("custom_id", ""))
        if custom_id.startswith(f"{first}:") and custom_id.endswith(last):
            return custom_id
    raise SetupFailedError(f"there is no button {first} {last}")
