"""Who may do what: the table, and a world to try it in.

Whoever adds a command, a button or a form adds a row to ``TABLE``; a test insists on it.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

import discord
from simcord.actors import MemberActor, _dispatch_actor_interaction
from simcord.backend import serializers
from simcord.builders import GuildHandle
from simcord.enums import InteractionType
from simcord.results import ResponseMessage
from sqlalchemy import select
from sqlmodel import SQLModel

from bot.delivery.coordinators import send_direct
from bot.domain.digest import settings as digests
from bot.domain.digest.views import FORUM_EDITION
from bot.domain.factors import drafts, edits, experiences, factors, keyareas, merging
from bot.domain.factors import importing as factors_import
from bot.domain.factors.drafts import Written
from bot.domain.factors.wording import FactorText
from bot.domain.kit.errors import UserError
from bot.domain.meetings import changes as meeting_changes
from bot.domain.meetings import drafts as meeting_drafts
from bot.domain.meetings import own_reminders
from bot.domain.meetings.plans import WantedMeeting
from bot.domain.members import directory
from bot.domain.membership import importing, joining, track_changes
from bot.domain.programme import settings
from bot.domain.programme.settings import SettingsPart
from bot.domain.tracks import tracks
from bot.domain.when.clocks import Week
from bot.i18n.catalogues import catalogue
from bot.i18n.words import Words
from bot.ui.layout import note
from storage.desk import Desk, Person
from storage.enums import ExperienceStance, FactorKind, Language
from storage.factors.factors import Factor
from storage.members import participants
from tests import desks
from tests.chat.conftest import PROPOSAL, Town, somebody, text_of

KINDS = ("follower", "neighbour", "participant", "coordinator", "administrator", "stranger")
OUTSIDE = ("follower", "neighbour")
OK = "allowed"
# In the title and the text of every factor and meeting of the track, and nowhere else.
SECRET = "hush-hush"

_Who = dict[str, str]


MANAGER = Person(0, frozenset(), manages_server=True)


def only(kinds: Iterable[str], otherwise: str) -> _Who:
    """These are allowed, and the others are told that they are not."""
    return {kind: OK if kind in kinds else otherwise for kind in KINDS}


# The factor and the meetings belong to a track in which the participant takes part. The neighbour
# is a participant of another one. The stranger coordinates and takes part in a programme of another
# server. What names nothing is then about their own programme; what names something of the first
# server is not found.
EVERYONE = only(KINDS, "")
PARTICIPANTS = only(("participant", "neighbour", "stranger"), "NotAParticipant")
VOTERS = {**PARTICIPANTS, "neighbour": "OtherTrack"}
INVITED = {**PARTICIPANTS, "neighbour": "MeetingElsewhere"}
COORDINATORS = only(("coordinator", "administrator", "stranger"), "CoordinatorsOnly")
EDITORS = only(("coordinator", "administrator"), "NotTheProposer")
MANAGERS = only(("administrator", "stranger"), "ManagersOnly")


async def begin(town: Town) -> None:
    """Two servers with a programme each, one of every kind of person, and a factor in the first."""
    await town.set_up()
    home = await town.organisation("Västerås stad", "School, Health")
    await town.organisation("Vara kommun", "Health")
    await town.organisation("Kiruna kommun", "Health")
    may = discord.Permissions(administrator=True)
    guild = town.env.create_guild("Elsewhere")
    guild.create_text_channel("lobby")
    chief = guild.create_role("Boss", permissions=may)
    guild.add_member(town.env.create_user("stranger"), roles=[chief])
    away = _elsewhere(town)
    await away.set_up(by=away.boss)
    await away.organisation("Annorstädes stad", "School, Health")
    chief = town.guild.create_role("Chief", permissions=may)
    town.person("follower")
    town.person("neighbour")
    town.person("participant")
    town.person("coordinator", roles=[town.guild.roles["Programme coordinators"]])
    town.person("administrator", roles=[chief])
    author = town.person("author")
    world = World(town)
    await world.belong(author.id, town, home)
    world.track = await world.first_track()
    await world.publish()


def _elsewhere(near: Town) -> Town:
    """The other server, whose boss is the stranger."""
    env = near.env
    found = next(each for each in env.backend.guilds.values() if each.name == "Elsewhere")
    guild = GuildHandle(env, found)
    boss = MemberActor(env, guild, near.member("stranger").user)
    lobby = guild.channels["lobby"]
    return Town(env, guild, lobby, boss, near.new_bot, near.clock, near.locales)


class World:
    """What :func:`begin` has left: people, and things to act upon."""

    def __init__(self, town: Town) -> None:
        self.here, self.away = town, _elsewhere(town)
        self.count = 0
        self.heard: set[str] = set()
        self.people = {kind: town.member(kind) for kind in KINDS}
        self.people["stranger"] = self.away.boss
        self.author = town.member("author")

    async def found(self) -> "World":
        """With the ids of what there is."""
        here, away = self.here.guild.id, self.away.guild.id

        def read(session: Any) -> None:
            ids = {
                view.name: view.id
                for guild in (here, away)
                for view in directory.all_of(desks.bare(session, guild))
            }
            self.own = {here: ids["Västerås stad"], away: ids["Annorstädes stad"]}
            self.vara, self.kiruna = ids["Vara kommun"], ids["Kiruna kommun"]
            self.factor = session.scalars(select(Factor.id)).one()

        await self.here.works.db.read(read)
        self.track = await self.first_track()
        return self

    async def first_track(self) -> int:
        """The track that all is about: the author and the participant take part in it."""
        here = self.here.works.visit(self.here.guild.id)
        return (await here.read(tracks.all_of))[0].id

    async def close(self) -> None:
        """Let that track be closed."""
        await self.write(track_changes.edit, str(self.track), {"closed": True}, by=MANAGER)

    def town_of(self, kind: str) -> Town:
        return self.away if kind == "stranger" else self.here

    async def write(self, work: Callable[..., Any], *args: Any, **more: Any) -> Any:
        """A use case in the first server."""
        now, guild_id = self.here.works.now(), self.here.guild.id
        return await self.here.works.db.write(
            lambda session: desks.call(session, work, *args, now=now, programme=guild_id, **more)
        )

    async def belong(self, member_id: int, town: Town, organisation_id: int | None) -> None:
        """Let somebody be with this organisation, or with none."""

        def settle(session: Any) -> None:
            now, guild = town.works.now(), town.guild.id
            row = participants.current(desks.bare(session, guild), member_id)
            if row is not None and row.organisation_id != organisation_id:
                joining.leave(Desk(session, guild, None, now), member_id)
                row = None
            if row is None and organisation_id is not None:
                joining.join(Desk(session, guild, None, now), member_id, organisation_id)

        await town.works.db.write(settle)

    async def settle(self, kind: str) -> None:
        """Let everybody be what they are called, whatever the row before did."""
        town = self.town_of(kind)
        own = self.own[town.guild.id]
        home = {"participant": own, "stranger": own, "neighbour": self.kiruna}.get(kind)
        await self.belong(self.people[kind].id, town, home)

    async def snapshot(self) -> dict[str, list[Any]]:
        """All that is kept, but for whose roles are yet to follow: that goes on by itself."""

        def read(session: Any) -> dict[str, list[Any]]:
            ask = session.connection().exec_driver_sql
            return {name: ask(query).all() for name, query in _everything().items()}

        return await self.here.works.db.read(read)

    # --- what rows act upon: always of the first server

    async def draft(self, member_id: int) -> int:
        """A draft of this person's, or the author's where they can have none."""
        inside = await self.here.works.visit(self.here.guild.id).read(
            participants.current, member_id
        )
        return await self._drafted(member_id if inside else self.author.id, drafts.ALL_TRACKS)

    async def _drafted(self, member_id: int, track: str, mark: str = "") -> int:
        title, how = PROPOSAL["title"] + mark, PROPOSAL["how"] + mark
        written = Written(title, how, FactorKind.PROMOTING, track)
        return (await self.write(drafts.save, written, by=somebody(member_id))).id

    async def publish(self) -> int:
        """The author's factor, of their track."""
        author = somebody(self.author.id)
        draft = await self._drafted(self.author.id, str(self.track), f" {SECRET}")
        return (await self.write(factors.publish, draft, by=author)).id

    async def experience(self) -> int:
        """A statement that waits to be confirmed."""
        how = f"We met every Friday, {SECRET}."
        about = (self.factor, ExperienceStance.DONE, how)
        author = somebody(self.author.id)
        return (await self.write(experiences.tell, *about, by=author)).experience.id

    async def request(self) -> int:
        """Somebody asks to be let in."""
        self.count += 1
        return (await self.write(joining.ask, 5000 + self.count, self.vara)).id

    async def key_area(self) -> int:
        """A key area of its own."""
        self.count += 1
        boss = Person(self.here.boss.id, frozenset(), manages_server=True)
        return (await self.write(keyareas.create, f"Area {self.count}", by=boss)).id

    async def spare(self) -> int:
        """An organisation that can be removed."""
        self.count += 1
        return await self.here.organisation(f"Spare {self.count}", "Health")

    async def spare_track(self, *, archived: bool = False) -> int:
        """A track that can be archived, or is."""
        self.count += 1
        person = Person(0, frozenset(), manages_server=True)
        # Unlike every other: in Latin letters, two may be the same but for their case.
        said = {"name": chr(0x4E00 + self.count) * 9, "description": "", "emoji": ""}
        track = await self.here.works.visit(self.here.guild.id, person).write(
            track_changes.create, **said
        )
        if archived:
            await self.write(track_changes.archive, track.id, by=person)
        return track.id

    async def spare_factor(self) -> int:
        """A factor that anything may become of."""
        self.here.clock.pass_(days=8)  # nobody publishes the same twice in a week
        return await self.publish()

    async def merged_factor(self) -> int:
        """A factor that is merged into the first."""
        merged, person = await self.spare_factor(), Person(0, frozenset(), manages_server=True)
        await self.write(merging.merge, merged, self.factor, "The same.", by=person)
        return merged

    async def question(self, member_id: int) -> int:
        """A question about merging that somebody was asked."""
        asking = Person(member_id, frozenset(), manages_server=True)
        about = (await self.spare_factor(), self.factor, "The same.")
        return (await self.write(merging.ask, *about, by=asking)).id

    async def edit_question(self, member_id: int) -> int:
        """A question about an edit that somebody was asked."""
        asking = Person(member_id, frozenset(), manages_server=True)
        factor = await self.here.works.visit(self.here.guild.id).read(
            factors.show, await self.spare_factor()
        )
        text = FactorText(factor.title, f"{factor.how} 4")
        return (await self.write(edits.edit, factor.id, text, small=True, by=asking)).id

    async def spare_area(self) -> int:
        """A key area that can be renamed or merged."""
        self.count += 1
        person = Person(0, frozenset(), manages_server=True)
        return (await self.write(keyareas.create, f"Area {self.count}", by=person)).id

    def soon(self, days: int = 3) -> datetime:
        """A time to come, as a clock on the wall shows it."""
        return (self.here.works.now() + timedelta(days=days)).replace(tzinfo=None)

    async def meeting_draft(self, member_id: int) -> int:
        """A meeting that a coordinator has yet to save."""
        self.count += 1
        when = f"{self.soon():%Y-%m-%d %H:%M}"
        title, track = f"Meeting {self.count} {SECRET}", str(self.track)
        wanted = WantedMeeting(title, when, track=track, agenda=SECRET)
        person = Person(member_id, frozenset(), manages_server=True)
        return (await self.write(meeting_drafts.sketch, wanted, Language.EN, by=person)).id

    async def meeting(self, *, held: bool = False) -> tuple[int, int]:
        """A meeting that lies ahead, or is over; its id, and that of its time."""
        draft = await self.meeting_draft(self.here.boss.id)
        person = Person(self.here.boss.id, frozenset(), manages_server=True)
        view = await self.write(meeting_drafts.save, draft, by=person)
        if held:
            self.here.clock.pass_(days=4)
        return view.id, view.shown.id

    async def upload(self, member_id: int) -> int:
        """A file whose preview somebody was shown."""
        self.count += 1
        data = f"name,tracks\nImported {self.count},Health\n".encode()
        person = Person(member_id, frozenset(), manages_server=True)
        table = await self.write(importing.understood, data, by=person)
        return (await self.write(importing.preview, table, by=person)).upload_id

    def notes(self, organisation: str) -> bytes:
        """A file of one factor, never the same."""
        self.count += 1
        return f"title,kind,how,organisation\nNoted {self.count},+,Hm.,{organisation}\n".encode()

    async def factor_upload(self, member_id: int) -> int:
        """A file of factors whose preview somebody was shown."""
        person = Person(member_id, frozenset(), manages_server=True)
        data = self.notes("Vara kommun")
        table = await self.write(factors_import.understood, data, by=person)
        return (await self.write(factors_import.preview, table, by=person)).upload_id

    async def setting(self, kind: str) -> tuple[str, str, str]:
        """What a button carries that saves a setting, for the person's own programme."""
        town = self.town_of(kind)
        person = Person(0, frozenset(), manages_server=True)
        view = await town.works.visit(town.guild.id, person).read(settings.view)
        return "joining", settings.mark(view.choices, SettingsPart.JOINING), "code"


@cache
def _everything() -> dict[str, str]:
    """For each table, how all of it is read, in an order of its own."""
    found = {}
    for table in SQLModel.metadata.sorted_tables:
        columns = ", ".join(f'"{each.name}"' for each in table.columns if each.name != "roles_due")
        found[table.name] = f'SELECT {columns} FROM "{table.name}" ORDER BY {columns}'
    return found


@dataclass(frozen=True)
class Row:
    """One command, press or form: who may, and how it is tried.

    ``args`` are the press's or form's arguments, ``fields`` a form's or a command's options,
    ``values`` what is chosen in a select; each may be made for the occasion by a function of the
    world and the kind of person. ``expected`` says for each kind ``OK`` or the error's name.

    What names something of the track is not there for a stranger, and for whoever is outside while
    the track is closed. Where a stranger hears something else, ``outside`` is what those hear.
    """

    name: str
    expected: _Who
    args: Any = ()
    fields: Any = None
    values: Any = None
    outside: str = ""

    @property
    def names_something(self) -> bool:
        """Whether it is about something of the track."""
        return bool(self.outside) or self.expected["stranger"] in _NOT_THERE

    def when_closed(self, kind: str) -> set[str]:
        """What somebody may be answered with while the track is closed."""
        there = self.expected[kind]
        if kind not in OUTSIDE or not self.names_something:
            return {there}
        gone = self.outside or self.expected["stranger"]
        return {gone, there} if there == "CoordinatorsOnly" else {gone}

    def __str__(self) -> str:
        return self.name

    @property
    def is_command(self) -> bool:
        return not re.fullmatch(r"[a-z]+:\d+", self.name)

    @property
    def is_menu(self) -> bool:
        return self.is_command and self.name[0].isupper()


async def made(value: Any, world: World, kind: str) -> Any:
    """A value of a row: as it stands, or made by a function, awaited if need be."""
    if not callable(value):
        return value
    value = value(world, kind)
    return await value if hasattr(value, "__await__") else value


async def attempt(
    world: World, kind: str, row: Row, *, direct: bool = False, closed: bool = False
) -> str:
    """Let somebody of this kind do what a row says, or do it in a direct message.

    Where what they are shown names something of the track, ``world.heard`` holds the row from then
    on.

    Returns:
        ``OK`` or the name of the error they were answered with; what was refused though
        something changed is said to be so.
    """
    await world.settle(kind)
    args = await made(row.args, world, kind)
    fields = await made(row.fields, world, kind)
    values = await made(row.values, world, kind)
    allowed = row.when_closed(kind) if closed else {row.expected[kind]}
    watched = direct or OK not in allowed  # whoever is allowed something may change it
    before = await world.snapshot() if watched else None
    if row.is_command:
        town, person = world.town_of(kind), world.people[kind]
        result = await _call(town, person, row, fields or {})
    else:
        custom_id = ":".join([row.name, *(str(each) for each in args)])
        result = await _send(world, kind, custom_id, fields, values, direct=direct)
    if SECRET in shown_in(result):
        world.heard.add(str(row))
    found = verdict(result)
    unchanged = found == OK or not watched or await world.snapshot() == before
    return found if unchanged else f"{found}, and yet something changed"


async def _call(town: Town, person: Any, row: Row, options: dict[str, Any]) -> Any:
    """A command, or a message's menu on some message of the server."""
    if not row.is_menu:
        return await person.slash(town.lobby, row.name, **options)
    message = town.env.backend.create_message(town.lobby.id, town.boss.id, content="We tried.")
    return await person.context_menu(town.lobby, row.name, ResponseMessage(town.env, message))


async def _send(
    world: World, kind: str, custom_id: str, fields: Any, values: Any, *, direct: bool
) -> Any:
    """A press or a form, on a card of leda's that can be edited in answer."""
    town, person = world.town_of(kind), world.people[kind]
    env, where = town.env, town.lobby
    if direct:
        await send_direct(town.works, person.id, note("A card."))
        person, where = person.user, person.user.dm_channel
    card = env.backend.create_message(
        where.id, town.bot.user.id, components=note("A card.").to_components(), flags=1 << 15
    )
    press = {"custom_id": custom_id, "component_type": 2 if values is None else 3}
    data = press if values is None else {**press, "values": values}
    sort = InteractionType.MESSAGE_COMPONENT
    if fields is not None:
        sort = InteractionType.MODAL_SUBMIT
        controls = [
            {"type": 18, "component": {"type": 4, "custom_id": name, "value": value}}
            for name, value in fields.items()
        ]
        data = {"custom_id": f"{custom_id}:ab12", "components": controls}
    shown = {"message": dict(serializers.message_payload(env.backend, card))}
    env._begin_operation("raw")
    try:
        return await _dispatch_actor_interaction(
            person, sort, where, data, extra=shown, source_message_id=card.id
        )
    finally:
        env._end_operation()


@cache
def _error_texts() -> list[tuple[str, re.Pattern[str]]]:
    """The English text of every error as a pattern, the most telling first."""
    found = []
    kinds = [*UserError.__subclasses__()]
    for error in kinds:
        kinds += error.__subclasses__()
        text = catalogue(Language.EN).text(error().key)
        parts = re.split(r"\{[^}]*\}", text)
        pattern = re.compile(".*".join(re.escape(part) for part in parts), re.DOTALL)
        found.append((len("".join(parts)), error.__name__, pattern))
    return [(name, pattern) for _, name, pattern in sorted(found, key=lambda each: -each[0])]


def _messages(result: Any) -> list[Any]:
    return [*result.followups, *([result.response] if result.response else [])]


def shown_in(result: Any) -> str:
    """All that somebody was shown: messages with their links and menus, and forms."""
    raw = [getattr(each, "_message", None) for each in _messages(result)]
    return repr([result.modal, *(each.components if each else None for each in raw)])


_HANDED_BACK = "\n\n" + Words(Language.EN)("error.yours")


def verdict(result: Any) -> str:
    """``OK``, or the name of the error that somebody was answered with."""
    if not result.acknowledged:
        return "unanswered"
    for message in _messages(result):
        said, _, _handed_back = text_of(message).partition(_HANDED_BACK)
        for name, pattern in _error_texts():
            if pattern.fullmatch(said):
                return name
        if "went wrong on my side" in said:
            return "unexpected"
    return OK


def _id(name: str) -> Callable[[World, str], tuple[str]]:
    return lambda world, _kind: (str(getattr(world, name)),)


async def _draft(world: World, kind: str) -> tuple[int]:
    return (await world.draft(world.people[kind].id),)


async def _naming(world: World, kind: str) -> tuple[Any, ...]:
    return *(await _draft(world, kind)), "off"


async def _experience(world: World, _kind: str) -> tuple[int]:
    return (await world.experience(),)


async def _text(world: World, _kind: str) -> tuple[int, int]:
    """A factor and the version that it has now."""
    here = world.here
    factor = await here.works.visit(here.guild.id).read(factors.show, world.factor)
    return factor.id, factor.version


async def _upload(world: World, kind: str) -> tuple[int]:
    """One's own, or another coordinator's for those who can have none."""
    owner = kind if kind in ("coordinator", "administrator") else "coordinator"
    return (await world.upload(world.people[owner].id),)


async def _factor_upload(world: World, kind: str) -> tuple[int]:
    """As ``_upload``, of factors."""
    owner = kind if kind in ("coordinator", "administrator") else "coordinator"
    return (await world.factor_upload(world.people[owner].id),)


def _factor_file(world: World, kind: str) -> dict[str, Any]:
    name = "Annorstädes stad" if kind == "stranger" else "Vara kommun"
    return {"file": ("notes.csv", world.notes(name))}


async def _spare(world: World, _kind: str) -> tuple[int]:
    return (await world.spare(),)


async def _archived(world: World, _kind: str) -> dict[str, str]:
    return {"track": str(await world.spare_track(archived=True))}


async def _in_use(world: World, _kind: str) -> tuple[int]:
    return (await world.spare_track(),)


async def _request(world: World, _kind: str) -> tuple[Any, ...]:
    return world.here.guild.id, await world.request(), "approve"


async def _spare_factor(world: World, _kind: str) -> tuple[int]:
    return (await world.spare_factor(),)


async def _spare_factor_seen(world: World, _kind: str) -> tuple[int, int]:
    return await world.spare_factor(), int(world.here.clock().timestamp() * 1000)


async def _pair(world: World, _kind: str) -> tuple[int, int]:
    return await world.spare_factor(), world.factor


async def _spare_factor(world: World, _kind: str) -> tuple[int]:
    return (await world.spare_factor(),)


async def _merged(world: World, _kind: str) -> tuple[int]:
    return (await world.merged_factor(),)


async def _question(world: World, kind: str) -> tuple[int]:
    """One's own, or another coordinator's for those who can have none."""
    owner = kind if kind in ("coordinator", "administrator") else "coordinator"
    return (await world.question(world.people[owner].id),)


async def _edit_question(world: World, kind: str) -> tuple[int, int]:
    """One's own, or another coordinator's for those who can have none."""
    owner = kind if kind in ("coordinator", "administrator") else "coordinator"
    return await world.edit_question(world.people[owner].id), 1


async def _decided(world: World, reason: str) -> dict[str, str]:
    factor = str(await world.spare_factor())
    return {"factor": factor, "outcome": "adopted", "reason": reason}


async def _two(world: World, reason: str = "") -> dict[str, str]:
    said = {"factor": str(await world.spare_factor()), "into": str(world.factor)}
    return {**said, **({"reason": reason} if reason else {})}


async def _parted(world: World) -> dict[str, str]:
    return {"factor": str(await world.merged_factor())}


async def _withdrawn(world: World, reason: str) -> dict[str, str]:
    return {"factor": str(await world.spare_factor()), "reason": reason}


async def _renamed(world: World) -> dict[str, str]:
    return {"keyarea": str(await world.spare_area()), "name": f"Renamed {world.count}"}


async def _areas(world: World) -> dict[str, str]:
    return {"keyarea": str(await world.spare_area()), "into": str(await world.spare_area())}


async def _meeting(world: World, *more: Any) -> tuple[Any, ...]:
    meeting, _ = await world.meeting()
    return meeting, *more


async def _time(world: World, *more: Any) -> tuple[Any, ...]:
    _, time = await world.meeting()
    return time, *more


async def _reminder(world: World, *more: Any) -> tuple[Any, ...]:
    return world.here.guild.id, *await _time(world, *more)


async def _held(world: World, *more: Any) -> tuple[Any, ...]:
    _, time = await world.meeting(held=True)
    return time, *more


async def _named_meeting(world: World, *, held: bool = False, **more: str) -> dict[str, str]:
    meeting, _ = await world.meeting(held=held)
    return {"meeting": str(meeting), **more}


def _tomorrow(world: World) -> str:
    return f"{world.soon(days=1):%Y-%m-%d %H:%M}"


async def _meeting_draft(world: World, kind: str) -> tuple[int]:
    """One's own, or another coordinator's for those who can have none."""
    owner = kind if kind in ("coordinator", "administrator") else "coordinator"
    return (await world.meeting_draft(world.people[owner].id),)


async def _picked(world: World, kind: str) -> tuple[Any, ...]:
    return *(await _meeting_draft(world, kind)), f"{world.soon():%Y-%m-%d}", "1300", 0


async def _picked_length(world: World, kind: str) -> tuple[Any, ...]:
    return *(await _picked(world, kind)), 90


async def _mended(world: World, kind: str) -> tuple[Any, ...]:
    return *(await _meeting_draft(world, kind)), "duration", 90


def _drafter(world: World, kind: str) -> int:
    """Who has drafts: one's own, or another coordinator's for those who can have none."""
    owner = kind if kind in ("coordinator", "administrator") else "coordinator"
    return world.people[owner].id


async def _change_draft(world: World, kind: str) -> tuple[int]:
    meeting, _ = await world.meeting()
    typed = {"when": f"{world.soon(2):%Y-%m-%d %H:%M}"}
    person = Person(_drafter(world, kind), frozenset(), manages_server=True)
    found = await world.write(
        meeting_changes.sketch, meeting, None, typed, language=Language.EN, by=person
    )
    return (found.id,)


async def _reminder_draft(world: World, kind: str) -> tuple[int]:
    _, occurrence = await world.meeting()
    person = Person(_drafter(world, kind), frozenset(), manages_server=True)
    when = f"{world.soon(1):%Y-%m-%d %H:%M}"
    found = await world.write(
        own_reminders.sketch, occurrence, "Come.", when, language=Language.EN, by=person
    )
    return (found.id,)


async def _redone(world: World, kind: str) -> tuple[Any, ...]:
    return *(await _meeting_draft(world, kind)), *(await _meeting(world)), 0


def _week(world: World, kind: str) -> tuple[int, int]:
    """The week that it is, and the edition for all."""
    return Week.on(world.town_of(kind).bot.works.now().date()).value, FORUM_EDITION


async def _news(world: World, kind: str) -> dict[str, str]:
    """On the Monday after next, before its digest is due, there is a greeting to send."""
    town = world.town_of(kind)
    now = town.clock()
    town.clock.time = now + timedelta(days=14 - now.weekday())
    boss = Person(town.boss.id, frozenset(), manages_server=True)
    here = town.works.visit(town.guild.id, boss)
    await here.write(digests.change, off=(), greeting="Welcome!")
    return {}


async def _news_to_press(world: World, kind: str) -> tuple[()]:
    await _news(world, kind)
    return ()


def _but(who: _Who, stranger: str) -> _Who:
    """The same, but for the stranger, who is told that there is no such thing."""
    return {**who, "stranger": stranger}


def _organisation(world: World, _kind: str) -> dict[str, str]:
    return {"organisation": str(world.vara)}


def _track(world: World, _kind: str) -> dict[str, str]:
    return {"track": str(world.track)}


def _searched_track(world: World, _kind: str) -> dict[str, str]:
    return {"query": "small", "track": str(world.track)}


async def _key_area(world: World, _kind: str) -> dict[str, str]:
    return {"keyarea": str(await world.key_area())}


_NOT_THERE = {"ExperienceNotFound", "FactorNotFound", "MeetingNotFound", "TrackNotFound"}
_NO_ORGANISATION = "OrganisationUnknown"
_NO_MEETING = "MeetingNotFound"
# What names its programme works in that server and in direct messages alone.
_AT_HOME = _but(PARTICIPANTS, "OnlyInServer")
_ANSWERS = _but(INVITED, "OnlyInServer")
# Nobody is reminded of what does not concern them.
_SLEEPY = {**_AT_HOME, "neighbour": "NothingToSnooze"}
_PLANNERS = _but(COORDINATORS, _NO_MEETING)
_DRAFTERS = only(("coordinator", "administrator"), "MeetingDraftGone")
# Those who may try again are told that nothing has failed.
_RETRIERS = {
    **only((), "CoordinatorsOnly"),
    "coordinator": "NothingToTryAgain",
    "administrator": "NothingToTryAgain",
    "stranger": "OnlyInServer",
}
_CSV = ("there.csv", b"name,tracks\nNewly come,Health\n")

TABLE = [
    # --- commands
    Row("digest preview", COORDINATORS),
    Row("digest preview", COORDINATORS, fields={"week": "48"}),
    Row("digest send", COORDINATORS, fields=_news),
    Row("digest settings", COORDINATORS),
    Row(
        "factor decide",
        _but(COORDINATORS, "FactorNotFound"),
        fields=lambda world, _: {"factor": str(world.factor), "outcome": "adopted"},
    ),
    Row(
        "factor decide",
        _but(COORDINATORS, "FactorNotFound"),
        fields=lambda world, kind: _decided(world, "Because."),
    ),
    Row(
        "factor merge",
        _but(COORDINATORS, "FactorNotFound"),
        fields=lambda world, kind: _two(world, "Because."),
    ),
    Row("factor merge", _but(COORDINATORS, "FactorNotFound"), fields=lambda w, _: _two(w)),
    Row("factor unmerge", _but(COORDINATORS, "FactorNotFound"), fields=lambda w, _: _parted(w)),
    Row(
        "factor withdraw",
        _but(only(("coordinator", "administrator"), "NotTheProposer"), "FactorNotFound"),
        fields=lambda world, kind: _withdrawn(world, "Because."),
    ),
    Row("factor list", EVERYONE),
    Row(
        "factor list",
        _but(EVERYONE, "TrackNotFound"),
        fields=_track,
    ),
    Row("factor list", PARTICIPANTS, fields={"sort": "needs"}),
    Row("factor list", _but(EVERYONE, "KeyAreaNotFound"), fields=_key_area),
    Row("factor search", EVERYONE, fields={"query": "small"}),
    Row("factor search", _but(EVERYONE, "TrackNotFound"), fields=_searched_track),
    Row("factor top", EVERYONE),
    Row("factor top", _but(EVERYONE, "TrackNotFound"), fields=_track),
    Row(
        "factor experience",
        _but(PARTICIPANTS, "FactorNotFound"),
        fields=lambda world, _: {"factor": str(world.factor)},
    ),
    Row(
        "factor experience",
        _but(COORDINATORS, "FactorNotFound"),
        fields=lambda world, _: {
            "factor": str(world.factor),
            "stance": "done",
            "organisation": str(world.vara),
        },
    ),
    Row(
        "factor edit",
        _but(EDITORS, "FactorNotFound"),
        fields=lambda world, _: {"factor": str(world.factor)},
    ),
    Row("factor export", COORDINATORS),
    Row("factor export", _but(COORDINATORS, "TrackNotFound"), fields=_track),
    Row("factor import", COORDINATORS, fields=_factor_file),
    Row("factor propose", PARTICIPANTS),
    Row("factor propose", _but(COORDINATORS, _NO_ORGANISATION), fields=_organisation),
    Row("Propose as success factor", PARTICIPANTS),
    Row(
        "factor show",
        _but(EVERYONE, "FactorNotFound"),
        fields=lambda world, _: {"factor": str(world.factor)},
    ),
    Row("help", EVERYONE),
    Row("join", _but(EVERYONE, _NO_ORGANISATION), fields=_organisation),
    Row("keyarea create", COORDINATORS, fields=lambda _, kind: {"name": f"Area of {kind}"}),
    Row("keyarea list", EVERYONE),
    Row("keyarea merge", _but(COORDINATORS, "KeyAreaNotFound"), fields=lambda w, _: _areas(w)),
    Row("keyarea rename", _but(COORDINATORS, "KeyAreaNotFound"), fields=lambda w, _: _renamed(w)),
    Row("leave", PARTICIPANTS),
    Row("todo", PARTICIPANTS),
    Row("meeting cancel", _PLANNERS, fields=lambda w, _: _named_meeting(w)),
    Row("meeting edit", _PLANNERS, fields=lambda w, _: _named_meeting(w)),
    Row("meeting list", EVERYONE),
    Row("meeting list", _but(EVERYONE, "TrackNotFound"), fields=_track),
    Row("meeting minutes", _PLANNERS, fields=lambda w, _: _named_meeting(w, held=True)),
    Row(
        "meeting remind",
        _PLANNERS,
        fields=lambda w, _: _named_meeting(w, when=_tomorrow(w), text="Bring an example."),
    ),
    Row(
        "meeting schedule",
        COORDINATORS,
        fields=lambda w, _: {"title": "Kick-off", "when": f"{w.soon():%Y-%m-%d %H:%M}"},
    ),
    Row("meeting show", _but(EVERYONE, _NO_MEETING), fields=lambda w, _: _named_meeting(w)),
    Row("notify", PARTICIPANTS),
    Row(
        "organisation add",
        COORDINATORS,
        fields=lambda _, kind: {"name": f"Added by {kind}", "tracks": "Health"},
    ),
    Row("organisation code", _but(COORDINATORS, _NO_ORGANISATION), fields=_organisation),
    Row("organisation contact", _but(EVERYONE, _NO_ORGANISATION), fields=_organisation),
    Row(
        "organisation contact",
        _but(COORDINATORS, _NO_ORGANISATION),
        fields=lambda world, kind: {
            "organisation": str(world.own[world.here.guild.id]),
            "member": world.people["stranger"] if kind == "stranger" else world.author,
        },
    ),
    Row(
        "organisation edit",
        _but(COORDINATORS, _NO_ORGANISATION),
        fields=lambda world, kind: {"organisation": str(world.vara), "size": 10 + len(kind)},
    ),
    Row("organisation import", COORDINATORS, fields={"file": _CSV}),
    Row("organisation invitations", COORDINATORS),
    Row("organisation list", EVERYONE),
    Row(
        "organisation remove",
        _but(COORDINATORS, _NO_ORGANISATION),
        fields=lambda world, kind: _removable(world),
    ),
    Row("privacy erase", EVERYONE),
    Row("privacy export", EVERYONE),
    Row("programme settings", COORDINATORS),
    Row("programme setup", MANAGERS, fields={"preset": "leda"}),
    Row("programme status", COORDINATORS),
    Row("track archive", _but(COORDINATORS, "TrackNotFound"), fields=_track),
    Row("track create", COORDINATORS, fields=lambda _, kind: {"name": f"Work of {kind}"}),
    Row(
        "track edit",
        _but(COORDINATORS, "TrackNotFound"),
        fields=lambda world, kind: {"track": str(world.track), "description": f"By {kind}"},
    ),
    Row("track list", EVERYONE),
    Row("track reopen", _but(COORDINATORS, "TrackNotFound"), fields=_archived),
    # --- help
    Row("commands:1", EVERYONE),
    # --- the home card
    Row("begin:1", PARTICIPANTS),
    Row("choices:1", PARTICIPANTS),
    Row("join:1", EVERYONE),
    Row("meetings:1", EVERYONE),
    Row("needs:1", PARTICIPANTS),
    Row("fates:1", _AT_HOME, args=lambda w, _: (w.here.guild.id,)),
    Row("walk:1", _AT_HOME, args=lambda w, _: (w.here.guild.id,)),
    Row("walkdo:1", _AT_HOME, args=lambda w, _: (w.here.guild.id, "factor", 1, "skip", "000000")),
    Row(
        "walkundo:1",
        _AT_HOME,
        args=lambda w, _: (w.here.guild.id, "factor", 1, "skip", 0, "000000"),
    ),
    Row(
        "walkobject:1",
        _AT_HOME,
        args=lambda w, _: (w.here.guild.id, 1, "factor", "000000"),
        fields={"reason": "Too early."},
    ),
    Row(
        "walktell:1",
        _but(PARTICIPANTS, "OnlyInServer"),
        args=lambda w, _: (w.here.guild.id, w.factor, "statement", "000000"),
        fields={"stance": "tried", "how": "We met every Friday."},
        outside="FactorNotFound",
    ),
    # --- joining
    Row("ask:1", _but(EVERYONE, _NO_ORGANISATION), args=_id("vara")),
    Row("elsewhere:1", EVERYONE),
    Row("comeback:1", _but(EVERYONE, _NO_ORGANISATION), args=_id("vara")),
    Row("choose:1", _but(EVERYONE, _NO_ORGANISATION), values=_id("vara")),
    Row("code:1", _but(EVERYONE, _NO_ORGANISATION), args=_id("vara"), fields={"code": "WRONGONE"}),
    Row("find:1", EVERYONE, fields={"organisation": "Vara kommun"}),
    Row("pick:1", _but(EVERYONE, _NO_ORGANISATION), args=_id("vara")),
    Row(
        "request:1",
        {**only(("coordinator", "administrator"), "NotYours"), "stranger": "OnlyInServer"},
        args=_request,
    ),
    Row("notify:1", _AT_HOME, args=lambda w, _: (w.here.guild.id, "weekly", "off")),
    Row("reach:1", _AT_HOME, args=lambda w, _: (w.here.guild.id, "mention")),
    Row("weeklist:1", _AT_HOME, args=lambda w, _: (w.here.guild.id,)),
    # --- drafts and factors
    Row("adddetails:1", _but(PARTICIPANTS, "DraftGone"), args=_draft),
    # What somebody typed is kept for them, even if they may not publish it any more.
    Row(
        "behalf:1",
        _but(EVERYONE, _NO_ORGANISATION),
        args=lambda world, _: (world.vara, 0),
        fields={**PROPOSAL, "track": "all"},
    ),
    Row("change:1", _but(PARTICIPANTS, "DraftGone"), args=_draft),
    Row(
        "details:1",
        only(("participant", "neighbour"), "DraftGone"),
        args=_draft,
        fields={"context": "Now"},
    ),
    Row("discard:1", only(("participant", "neighbour"), "DraftGone"), args=_draft),
    Row("draft:1", _but(PARTICIPANTS, "DraftGone"), args=_draft),
    Row(
        "draftmeeting:1",
        only(("participant", "neighbour"), "DraftGone"),
        args=_naming,
    ),
    Row("later:1", _but(PARTICIPANTS, "DraftGone"), args=_draft),
    Row(
        "instead:1",
        _but(VOTERS, "FactorNotFound"),
        args=lambda world, _: (1, world.factor),
    ),
    Row("new:1", PARTICIPANTS),
    Row("newfor:1", _but(COORDINATORS, _NO_ORGANISATION), args=_id("vara")),
    Row("propose:1", EVERYONE, args=(0,), fields={**PROPOSAL, "track": "all"}),
    Row("proposefrom:1", EVERYONE, args=(1, 2), fields={**PROPOSAL, "track": "all"}),
    Row("publish:1", _but(PARTICIPANTS, "DraftGone"), args=_draft),
    Row("factor:1", _but(EVERYONE, "FactorNotFound"), args=_id("factor")),
    Row(
        "confirm:1",
        _but(only(("coordinator", "administrator"), "NotYours"), "ExperienceNotFound"),
        args=_experience,
    ),
    Row("experience:1", _but(PARTICIPANTS, "FactorNotFound"), args=_id("factor")),
    Row("more:1", _but(EVERYONE, "FactorNotFound"), args=_id("factor")),
    Row("changed:1", _but(EVERYONE, "FactorNotFound"), args=_id("factor")),
    Row("back:1", _but(EVERYONE, "FactorNotFound"), args=_id("factor")),
    Row("edit:1", _but(EDITORS, "FactorNotFound"), args=_id("factor")),
    Row(
        "edited:1",
        _but(EDITORS, "FactorNotFound"),
        args=_text,
        fields=lambda _, kind: {"title": f"By {kind}", "how": "We met every Friday."},
    ),
    Row("editas:1", only(("coordinator", "administrator"), "EditGone"), args=_edit_question),
    Row("experiences:1", _but(EVERYONE, "FactorNotFound"), args=lambda w, _: (w.factor, 0)),
    Row("objections:1", _but(EVERYONE, "FactorNotFound"), args=lambda w, _: (w.factor, 0)),
    Row("still:1", _but(VOTERS, "FactorNotFound"), args=_id("factor")),
    Row("newreason:1", _but(VOTERS, "FactorNotFound"), args=_id("factor")),
    Row("voteback:1", _but(VOTERS, "FactorNotFound"), args=_id("factor")),
    Row("text:1", _but(EVERYONE, "FactorNotFound"), args=lambda w, _: (w.factor, 0)),
    Row("versions:1", _but(EVERYONE, "FactorNotFound"), args=lambda w, _: (w.factor, 0)),
    Row("why:1", _but(EVERYONE, "FactorNotFound"), args=_id("factor")),
    Row(
        "tell:1",
        _but(PARTICIPANTS, "FactorNotFound"),
        args=lambda world, _: (world.factor, 0),
        fields={"stance": "tried", "how": "We met every Friday."},
    ),
    Row(
        "tell:1",
        _but(COORDINATORS, "FactorNotFound"),
        args=lambda world, _: (world.factor, world.vara),
        fields={"stance": "tried", "how": "We met every Friday."},
    ),
    Row("factors:1", EVERYONE, args=(0, 0, "open", "f")),
    Row("factors:1", _but(EVERYONE, "TrackNotFound"), args=lambda w, _: (0, w.track, "open", "f")),
    Row("factors:2", EVERYONE, args=(0, 0, "open", "any", 0, "top")),
    Row("factors:2", PARTICIPANTS, args=(0, 0, "open", "any", 0, "needs")),
    Row(
        "factors:2",
        _but(EVERYONE, "TrackNotFound"),
        args=lambda w, _: (0, w.track, "open", "any", 0, "top"),
    ),
    Row("order:1", EVERYONE, args=(0, "open", "promoting", 0), values=("divided",)),
    Row(
        "order:1",
        _but(EVERYONE, "TrackNotFound"),
        args=lambda w, _: (w.track, "open", "promoting", 0),
        values=("divided",),
    ),
    Row("order:1", PARTICIPANTS, args=(0, "all", "any", 0), values=("needs",)),
    Row("search:1", EVERYONE, args=(0, 0, "all", "small")),
    Row(
        "search:1", _but(EVERYONE, "TrackNotFound"), args=lambda w, _: (0, w.track, "all", "small")
    ),
    Row(
        "objection:1",
        _but(VOTERS, "FactorNotFound"),
        args=_id("factor"),
        fields={"reason": "Too early."},
    ),
    Row(
        "vote:1",
        _but(VOTERS, "FactorNotFound"),
        args=lambda world, _: (world.factor, "support"),
    ),
    # --- the weekly digest
    Row("digestgo:1", COORDINATORS, args=_news_to_press),
    Row("digestmail:1", COORDINATORS, args=_week),
    Row("digestpick:1", COORDINATORS, args=lambda w, k: _week(w, k)[:1], values=("0",)),
    Row("digestpreview:1", COORDINATORS, args=_week),
    Row("digestsave:1", COORDINATORS, fields={"sections": "new", "greeting": "Welcome!"}),
    Row(
        "digestsave:2",
        COORDINATORS,
        args=("",),
        fields={"sections": "new", "greeting": "Welcome!"},
    ),
    Row("digestset:1", COORDINATORS),
    # --- what becomes of factors
    Row("area:1", _but(COORDINATORS, "FactorNotFound"), args=_id("factor")),
    Row(
        "areaset:1",
        _but(COORDINATORS, "FactorNotFound"),
        args=_id("factor"),
        fields={"key_area": "0"},
    ),
    Row(
        "areaset:2",
        _but(COORDINATORS, "FactorNotFound"),
        args=lambda w, k: (*_id("factor")(w, k), 0),
        fields={"key_area": "0"},
    ),
    Row("days:1", _but(COORDINATORS, "FactorNotFound"), args=_id("factor")),
    Row(
        "dayset:1",
        _but(COORDINATORS, "FactorNotFound"),
        args=_id("factor"),
        fields={"opens": "", "closes": ""},
    ),
    Row(
        "dayset:2",
        _but(COORDINATORS, "FactorNotFound"),
        args=lambda w, k: (*_id("factor")(w, k), ""),
        fields={"opens": "", "closes": ""},
    ),
    Row("decide:1", _but(COORDINATORS, "FactorNotFound"), args=_id("factor")),
    Row(
        "decided:1",
        _but(COORDINATORS, "FactorNotFound"),
        args=_spare_factor,
        fields={"outcome": "declined", "reason": "Because."},
    ),
    Row(
        "decided:2",
        _but(COORDINATORS, "FactorNotFound"),
        args=_spare_factor_seen,
        fields={"outcome": "declined", "reason": "Because."},
    ),
    Row("mergewith:1", _but(COORDINATORS, "FactorNotFound"), args=_id("factor")),
    Row(
        "mergeinto:1",
        _but(COORDINATORS, "FactorNotFound"),
        args=_spare_factor,
        fields=lambda w, _: {"into": str(w.factor), "reason": "Because."},
    ),
    Row(
        "merging:1",
        _but(COORDINATORS, "FactorNotFound"),
        args=_pair,
        fields={"reason": "Because."},
    ),
    Row("mergenot:1", only(("coordinator", "administrator"), "MergeGone"), args=_question),
    Row("mergenow:1", _but(COORDINATORS, "MergeGone"), args=_question),
    Row("unmerge:1", _but(COORDINATORS, "FactorNotFound"), args=_merged),
    Row(
        "withdraw:1",
        _but(only(("coordinator", "administrator"), "NotTheProposer"), "FactorNotFound"),
        args=_spare_factor,
    ),
    Row(
        "withdrawn:1",
        _but(only(("coordinator", "administrator"), "NotTheProposer"), "FactorNotFound"),
        args=_spare_factor,
        fields={"reason": "Because."},
    ),
    # --- meetings
    Row("attend:1", _but(INVITED, _NO_MEETING), args=lambda w, _: _time(w, "going")),
    Row("coming:1", _ANSWERS, args=lambda w, _: _reminder(w, "going"), outside=_NO_MEETING),
    Row("answerback:1", _ANSWERS, args=lambda w, _: _reminder(w), outside=_NO_MEETING),
    Row("notthis:1", _AT_HOME, args=lambda w, _: _reminder(w), outside=_NO_MEETING),
    Row("snooze:1", _SLEEPY, args=lambda w, _: _reminder(w), outside=_NO_MEETING),
    Row("ics:1", _but(EVERYONE, _NO_MEETING), args=lambda w, _: _meeting(w)),
    Row("meeting:1", _but(EVERYONE, _NO_MEETING), args=lambda w, _: _time(w)),
    Row("meetingcancel:1", _PLANNERS, args=lambda w, _: _time(w, "all")),
    Row(
        "meetingcancelled:1",
        _PLANNERS,
        args=lambda w, _: _time(w, "one"),
        fields={"reason": "Many are ill."},
    ),
    Row(
        "meetingcancelled:2",
        _PLANNERS,
        args=lambda w, _: _time(w, "one", 0),
        fields={"reason": "Many are ill."},
    ),
    Row("meetingchange:1", _DRAFTERS, args=_meeting_draft),
    Row("meetingdrop:1", COORDINATORS, args=_meeting_draft),
    Row("meetingedit:1", _PLANNERS, args=lambda w, _: _time(w, "all")),
    Row(
        "meetingedited:1",
        _PLANNERS,
        args=lambda w, _: _meeting(w, 0),
        fields={"title": "Another title"},
    ),
    Row(
        "meetingedited:2",
        _PLANNERS,
        args=lambda w, _: _meeting(w, 0, "0."),
        fields={"title": "Another title"},
    ),
    Row("meetingform:1", _DRAFTERS, args=_meeting_draft, fields={"title": "Another title"}),
    Row("meetingminutes:1", _PLANNERS, args=lambda w, _: _time(w)),
    Row("meetingmore:1", _but(EVERYONE, _NO_MEETING), args=lambda w, _: _time(w)),
    Row("meetingpage:1", EVERYONE, args=(0, 0, 0)),
    Row("meetingpage:1", _but(EVERYONE, "TrackNotFound"), args=lambda w, _: (w.track, 1, 0)),
    Row("meetingpick:1", _but(COORDINATORS, "MeetingDraftGone"), args=_picked),
    Row("meetingpick:2", _but(COORDINATORS, "MeetingDraftGone"), args=_picked_length),
    Row("meetingmend:1", _but(COORDINATORS, "MeetingDraftGone"), args=_mended),
    Row(
        "meetingend:1",
        _but(COORDINATORS, "MeetingDraftGone"),
        args=_meeting_draft,
        values=("times:3",),
    ),
    Row(
        "meetingended:1",
        _but(COORDINATORS, "MeetingDraftGone"),
        args=_meeting_draft,
        fields={"until": "", "times": "3"},
    ),
    Row("meetingleave:1", _but(COORDINATORS, "MeetingDraftGone"), args=_meeting_draft),
    Row("meetingmove:1", _but(COORDINATORS, "MeetingDraftGone"), args=_change_draft),
    Row("remindagain:1", _DRAFTERS, args=_reminder_draft),
    Row("remindsave:1", _but(COORDINATORS, "MeetingDraftGone"), args=_reminder_draft),
    Row("meetingredo:1", _DRAFTERS, args=_redone),
    Row("meetingremind:1", _PLANNERS, args=lambda w, _: _time(w)),
    Row("meetingsave:1", _but(COORDINATORS, "MeetingDraftGone"), args=_meeting_draft),
    Row("tracknew:1", COORDINATORS, fields=lambda _, kind: {"name": f"Works of {kind}"}),
    Row("meetingwho:1", _PLANNERS, args=lambda w, _: _time(w, 0)),
    Row("minuted:1", _PLANNERS, args=lambda w, _: _held(w), fields={"summary": "We agreed."}),
    Row(
        "minuted:2",
        _PLANNERS,
        args=lambda w, _: _held(w, ""),
        fields={"summary": "We agreed."},
    ),
    Row(
        "reminded:1",
        _PLANNERS,
        args=lambda w, _: _time(w),
        fields=lambda w, _: {"when": _tomorrow(w), "text": "Bring an example."},
    ),
    Row("therewas:1", _but(INVITED, _NO_MEETING), args=lambda w, _: _held(w)),
    Row("thereback:1", _but(INVITED, _NO_MEETING), args=lambda w, _: _held(w)),
    # --- organisations
    Row("dropimport:1", only(("coordinator", "administrator"), "UploadGone"), args=_upload),
    Row("importfactors:1", _but(COORDINATORS, "UploadGone"), args=_factor_upload),
    Row("importorganisations:1", _but(COORDINATORS, "UploadGone"), args=_upload),
    Row("keeporganisation:1", EVERYONE, args=_id("vara")),
    Row("organisationfile:1", COORDINATORS),
    Row("organisations:1", EVERYONE, args=(0, "f")),
    Row("removeorganisation:1", _but(COORDINATORS, _NO_ORGANISATION), args=_spare),
    # --- tracks, and what is wrong in Discord
    Row("archive:1", _but(COORDINATORS, "TrackNotFound"), args=_in_use),
    Row("deliveries:1", _RETRIERS, args=lambda w, _: (w.here.guild.id,)),
    Row("repair:1", _but(COORDINATORS, "OnlyInServer"), args=lambda w, _: (w.here.guild.id,)),
    Row("setupanyway:1", MANAGERS, args=("leda", "en", "")),
    Row(
        "reshape:1", _but(COORDINATORS, "TrackNotFound"), args=lambda world, _: (world.track, 0, 0)
    ),
    Row("tracks:1", EVERYONE, args=(0, "f")),
    # --- my data
    Row("erase:1", EVERYONE),
    Row("keepme:1", EVERYONE),
    # --- settings and history
    Row("history:1", COORDINATORS, args=(0, "f")),
    Row("setagain:1", COORDINATORS, args=("joining", "open")),
    Row("setform:1", COORDINATORS, args=("joining",), fields={"joining": "code"}),
    Row(
        "setform:1",
        _but(COORDINATORS, "ChannelNotFound"),
        args=("channels",),
        fields=lambda world, _: {"forum": str(world.here.channel("lobby").id)},
    ),
    Row("setsave:1", COORDINATORS, args=lambda world, kind: world.setting(kind)),
    Row("setting:1", COORDINATORS, args=("digest",)),
    Row("settings:1", COORDINATORS, args=("b",)),
]


# What is offered while somebody types in an option: by the option what of the track is among it.
# None where nothing of a track ever is.
OFFERED = {
    "digest preview week": None,
    "factor decide factor": "factor",
    "factor edit factor": "factor",
    "factor experience factor": "factor",
    "factor experience organisation": None,
    "factor export track": "track",
    "factor list keyarea": None,
    "factor list track": "track",
    "factor merge factor": "factor",
    "factor merge into": "factor",
    "factor propose organisation": None,
    "factor search track": "track",
    "factor show factor": "factor",
    "factor top track": "track",
    "factor unmerge factor": "factor",
    "factor withdraw factor": "factor",
    "join organisation": None,
    "keyarea merge into": None,
    "keyarea merge keyarea": None,
    "keyarea rename keyarea": None,
    "meeting cancel meeting": "meeting",
    "meeting edit meeting": "meeting",
    "meeting list track": "track",
    "meeting minutes meeting": "meeting",
    "meeting remind meeting": "meeting",
    "meeting remind when": None,
    "meeting schedule track": "track",
    "meeting schedule when": None,
    "meeting show meeting": "meeting",
    "organisation add tracks": "track",
    "organisation code organisation": None,
    "organisation contact organisation": None,
    "organisation edit organisation": None,
    "organisation edit tracks": "track",
    "organisation remove organisation": None,
    "programme setup timezone": None,
    "track archive track": "track",
    "track edit track": "track",
    "track reopen track": "archived track",
}
_CALLED = {
    "factor": SECRET,
    "meeting": SECRET,
    "track": "School and learning",
    "archived track": "Bygone",
}


async def offer_something(world: World) -> None:
    """Something of each kind to offer, all of it of closed tracks."""
    await world.merged_factor()
    await world.meeting()
    said = {"name": "Bygone", "description": "", "emoji": ""}
    bygone = await world.write(track_changes.create, **said, by=MANAGER)
    await world.write(track_changes.edit, str(bygone.id), {"closed": True}, by=MANAGER)
    await world.write(track_changes.archive, bygone.id, by=MANAGER)


async def offers(world: World, kind: str, option: str) -> bool:
    """Whether somebody is offered what is of a closed track, whatever of its name they type."""
    command, _, name = option.rpartition(" ")
    person, called = world.people[kind], _CALLED[OFFERED[option] or ""]
    found = [
        choice["name"]
        for typed in ("", called[:3], called)
        for choice in await world.here.autocomplete(person, command, name, typed)
    ]
    return any(called in each for each in found)


async def _removable(world: World) -> dict[str, str]:
    return {"organisation": str(await world.spare())}
