"""A fresh world: the people do what people did, through the bot, so that all of it is its own."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from simcord import Env
from simcord.actors import MemberActor
from simcord.builders import ChannelHandle, GuildHandle, UserHandle
from simcord.components import walk_components
from simcord.results import InteractionResult, to_discord_message

from bot.client import LedaBot
from bot.demo.example import ZONE, Example, Factor
from bot.demo.folder import SetupFailedError
from bot.demo.portraits import give_portrait
from bot.demo.world import WallClock
from bot.domain import factors, organisations, participants, tracks, votes
from bot.domain.factor_views import FactorView
from bot.domain.people import Person as Asking
from bot.permissions import needed
from storage.enums import Choice, Preset

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
    """The example, done step by step by its people, each step on its day."""

    def __init__(
        self, env: Env, bot: LedaBot, guild: GuildHandle, example: Example, clock: WallClock
    ) -> None:
        """Be ready to begin; it is the day on which the programme began."""
        self._env = env
        self._bot = bot
        self._guild = guild
        self._example = example
        self._clock = clock
        self._today = datetime.now(UTC)
        self._actors = actors(env, guild)
        self._lobby = guild.channels[example.lobby]

    async def sow(self) -> None:
        """Set the programme up and let everybody join, propose, vote and talk until today.

        Raises:
            SetupFailedError: the bot refused something.
        """
        coordinator = self._actors[self._example.people[0].key]
        await coordinator.slash(
            self._lobby,
            "programme setup",
            preset=Preset.LEDA.value,
            language="sv",
            timezone=ZONE,
        )
        self._stop_on_errors("programme setup")
        await self._let_in(await self._add_organisations(coordinator.id))
        for factor in self._example.factors:
            view = await self._propose(factor)
            await self._vote(factor, view)
            await self._talk(factor, view)
        self._clock.catch_up()

    async def _add_organisations(self, coordinator_id: int) -> dict[str, int]:
        """Twenty commands with the same answer: asked of the use case instead. Ids by name."""
        asking = Asking(coordinator_id, frozenset(), manages_server=True)
        views = await asyncio.gather(
            *(
                self._bot.db.write(
                    organisations.add,
                    self._guild.id,
                    asking,
                    name=organisation.name,
                    tracks_said=", ".join(self._example.tracks[key] for key in organisation.tracks),
                    now=self._bot.now(),
                )
                for organisation in self._example.organisations
            )
        )
        return {view.name: view.id for view in views}

    async def _let_in(self, ids: dict[str, int]) -> None:
        """As if each had known the code of their organisation; the bot hands out the roles."""
        await asyncio.gather(
            *(
                self._bot.db.write(
                    participants.join,
                    self._guild.id,
                    self._actors[person.key].id,
                    ids[person.organisation],
                    now=self._bot.now(),
                )
                for person in self._example.people
                if person.organisation is not None
            )
        )
        with self._env._bot_scope():  # noqa: SLF001  # its own work, which settling waits for
            self._bot.roles.wake(self._guild.id)
        await self._env.settle()
        self._stop_on_errors("join")

    async def _propose(self, factor: Factor) -> FactorView:
        self._clock.go_back_to(factor.when.before(self._today))
        author = self._actors[self._author(factor)]
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
        publish = _button(draft.response.components, "publish", "")
        await author.click(draft.response, custom_id=publish)
        self._stop_on_errors(f"publish {factor.title!r}")
        view = await self._bot.db.read(
            factors.named, self._guild.id, factor.title, now=self._bot.now()
        )
        if view.message_id is None or view.thread_id is None:
            raise SetupFailedError(f"publish {factor.title!r}: its card or its thread is missing")
        return view

    def _author(self, factor: Factor) -> str:
        """Who fills in the form: for now someone of the organisation that is spoken for."""
        own = (one.key for one in self._example.people if one.organisation == factor.on_behalf)
        return next(own) if factor.on_behalf else factor.by

    async def _vote(self, factor: Factor, view: FactorView) -> None:
        """Hundreds of presses: asked of the use case, but for the last, which brings the card on.

        Whoever presses last is one of those who support it.
        """
        if not factor.support:
            return
        *cast, (last, choice, _) = _ballots(factor)
        *moments, end = self._moments(factor, len(cast) + 1)
        await asyncio.gather(
            *(
                self._bot.db.write(
                    votes.vote,
                    self._guild.id,
                    view.id,
                    self._actors[key].id,
                    each,
                    reason=reason,
                    now=moment,
                )
                for (key, each, reason), moment in zip(cast, moments, strict=True)
            )
        )
        self._clock.go_back_to(end)
        stored = self._env.backend.get_message(view.channel_id or 0, view.message_id or 0)
        card = to_discord_message(self._env, stored)
        press = _button(stored.components, "vote", choice)
        await self._actors[last].click(card, custom_id=press)
        self._stop_on_errors(f"votes on {factor.title!r}")

    async def _talk(self, factor: Factor, view: FactorView) -> None:
        thread = self._env.backend.channels[view.thread_id or 0]
        room = ChannelHandle(self._env, self._guild, thread)
        moments = self._moments(factor, len(factor.talk))
        for (key, words), moment in zip(factor.talk, moments, strict=True):
            self._clock.go_back_to(moment)
            await self._actors[key].send(room, words)

    def _moments(self, factor: Factor, number: int) -> list[datetime]:
        """So many moments between the day of a factor and its outcome, or today."""
        begin = factor.when.before(self._today)
        end = factor.outcome.when.before(self._today) if factor.outcome else self._today
        step = (end - begin) / (number + 1)
        # By whole days, so that nobody writes in the middle of the night.
        return [
            begin + timedelta(days=(step * turn).days, minutes=25 * turn)
            for turn in range(1, number + 1)
        ]

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


def _ballots(factor: Factor) -> list[tuple[str, Choice, str | None]]:
    """Who votes what and why, in turn."""
    first, last = factor.support[:-1], factor.support[-1]
    return [
        *((key, Choice.SUPPORT, None) for key in first),
        *((key, Choice.OBJECT, reason) for key, reason in factor.objections),
        *((key, Choice.UNSURE, None) for key in factor.unsure),
        (last, Choice.SUPPORT, None),
    ]


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
