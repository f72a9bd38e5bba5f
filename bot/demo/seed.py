"""A fresh world: a programme in which people have done much, with its cards and what was said."""

from collections.abc import Awaitable, Callable, Iterator
from datetime import UTC, datetime
from functools import partial
from typing import Final

from discord import Permissions
from simcord import Env
from simcord.actors import MemberActor
from simcord.builders import ChannelHandle, GuildHandle, UserHandle
from simcord.components import walk_components
from simcord.results import InteractionResult

from bot.client import LedaBot
from bot.demo.deeds import ExampleStory, digest_moments, talk_moments
from bot.demo.example import ZONE, Example, ExampleFactor, ExampleMeeting
from bot.demo.folder import SetupFailedError
from bot.demo.portraits import give_portrait
from bot.demo.world import WallClock
from bot.domain.factors import factors
from bot.domain.factors.views import FactorView
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
            # With Manage Events: SimCord wants it where Discord is content with Create Events.
            role.permissions = needed().value | Permissions(manage_events=True).value
    return guild


class Seed:
    """The example, done by its people, each thing on its day."""

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
        members = {key: actor.id for key, actor in self._actors.items()}
        self._story = ExampleStory(guild.id, example, members, self._today)
        self._reached = example.began.before(self._today)
        self._lobby = guild.channels[example.lobby]

    async def sow(self) -> None:
        """Set the programme up and let everybody do what they did until today.

        Raises:
            SetupFailedError: the bot refused something.
        """
        coordinator = self._actors[self._example.people[0].key]
        await coordinator.slash(
            self._lobby, "programme setup", preset=Preset.LEDA.value, language="sv", timezone=ZONE
        )
        self._stop_on_errors("programme setup")
        await self._join()
        for moment, step in sorted(self._steps(), key=lambda each: each[0]):
            await self._live_until(moment)
            self._clock.go_back_to(moment)
            await step()
        await self._live_until(self._today)
        self._clock.catch_up()
        await self._bring_up_to_date()

    def _steps(self) -> Iterator[tuple[datetime, Callable[[], Awaitable[None]]]]:
        """What appears in the channels, and when."""
        for meeting in self._example.meetings:
            yield meeting.when.before(self._today), partial(self._announce, meeting)
        for factor in self._example.factors:
            yield factor.when.before(self._today), partial(self._post, factor)
            moments = talk_moments(factor, self._today)
            for moment, (key, words) in zip(moments, factor.talk, strict=True):
                yield moment, partial(self._say, factor, key, words)
            for became in (factor.outcome, factor.merge):
                if became is not None:
                    yield became.when.before(self._today), self._deliver
        for moment in digest_moments(self._example, self._today):
            yield moment, self._deliver

    async def _join(self) -> None:
        """Everyone has an organisation; the bot hands out the roles."""
        await self._bot.works.db.write(self._story.begin)
        with self._env._bot_scope():  # noqa: SLF001  # its own work, which settling waits for
            self._bot.crew.roles.wake(self._guild.id)
        await self._env.settle()
        self._stop_on_errors("roles")

    async def _live_until(self, moment: datetime) -> None:
        """Hundreds of deeds, asked of the use cases."""
        await self._bot.works.db.write(self._story.go_on, self._reached, moment)
        self._reached = moment

    async def _announce(self, meeting: ExampleMeeting) -> None:
        """Bring the card and Discord's event in line with a meeting, as it is on this day."""
        with self._env._bot_scope():  # noqa: SLF001
            about = self._story.meetings[meeting.title]
            view = await self._bot.crew.meetings.bring_in_line(self._guild.id, about)
        self._stop_on_errors(f"announce {meeting.title!r}")
        if view.message_id is None:
            raise SetupFailedError(f"announce {meeting.title!r}")

    async def _post(self, factor: ExampleFactor) -> None:
        """Whoever proposed the factor brings its card there."""
        shown = await self._actors[factor.by].slash(
            self._lobby, "factor show", factor=str(self._story.factors[factor.title])
        )
        self._stop_on_errors(f"post {factor.title!r}")
        view = await self._view(factor)
        if view.message_id is None or view.thread_id is None:
            raise SetupFailedError(f"post {factor.title!r}: {_said(shown)}")

    async def _say(self, factor: ExampleFactor, key: str, words: str) -> None:
        thread = self._env.backend.channels[(await self._view(factor)).thread_id or 0]
        await self._actors[key].send(ChannelHandle(self._env, self._guild, thread), words)

    async def _deliver(self) -> None:
        """Post what is due: the week's digest, what became of a factor."""
        with self._env._bot_scope():  # noqa: SLF001
            await self._bot.crew.courier.deliver()
        self._stop_on_errors("what was due")

    async def _bring_up_to_date(self) -> None:
        """Let the cards show what has happened since they were posted."""
        await self._bot.works.db.write(self._story.end)
        self._bot.crew.cards.forget()  # the private answers of those days are gone
        for meeting in self._example.meetings:
            await self._announce(meeting)
        with self._env._bot_scope():  # noqa: SLF001
            for factor in self._example.factors:
                self._bot.dispatch("factor_changed", await self._view(factor))
        await self._env.settle()
        self._stop_on_errors("cards")

    async def _view(self, factor: ExampleFactor) -> FactorView:
        about = self._story.factors[factor.title]
        return await self._bot.works.visit(self._guild.id).read(factors.show, about)

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
