"""The unmodified program, as a process, on a Discord of our own: begin, end, and begin again."""

import asyncio
from datetime import UTC, datetime

from bot.permissions import NEEDED
from bot.upkeep.heartbeat import Beat, file_for, troubles
from tests.storage.conftest import postgresql
from tests.wire.interactions import DEFER_EDIT, EDIT, REPLY
from tests.wire.people import Person
from tests.wire.process import Program
from tests.wire.programme import scene


async def test_a_programme_is_set_up_in_a_server(asleep):
    names = {channel.name for channel in asleep.guild.channels.values()}
    assert {"open-forum", "coordinators", "school-factors", "health-announcements"} <= names
    assert asleep.boss.roles >= {"Programme coordinators"}
    assert "Try it small first" in asleep.card.text
    [home] = asleep.guild.channel("start-here").messages.values()
    assert "join:1" in home.custom_ids()


# What takes long or much memory to import, and a start has no need of.
HEAVY = {
    "PIL", "alembic", "babel", "bot.demo", "dateutil.rrule", "holidays", "html", "icalendar",
    "python_calamine", "rapidfuzz", "simcord", "snowballstemmer", "sqlalchemy.dialects.postgresql",
    "xml",
}  # fmt: skip


async def test_a_start_imports_nothing_heavy_that_it_does_not_need(asleep, tmp_path):
    modules = tmp_path / "modules"
    asleep.program.settings["LEDA_WIRE_MODULES"] = str(modules)
    await asleep.program.start()
    await asleep.program.ready()
    assert await asleep.program.stop() == 0
    imported = set(modules.read_text().splitlines())
    assert "bot.client" in imported
    assert imported & HEAVY == set()


async def test_a_press_is_answered_without_asking_for_the_answer(asleep):
    await asleep.program.up()
    anna = asleep.people["anna"]
    voted = await anna.press(asleep.card, "vote:1:1:support")
    shown = await anna.slash("factor list")
    answers = [each for each in asleep.discord.requests if each.path.endswith("/callback")]
    assert (voted.kind, shown.kind) == (EDIT, REPLY)
    assert [each.status for each in answers] == [204, 200]


async def test_each_shard_serves_its_own_server(asleep):
    """Two shards in one process."""
    discord, ours = asleep.discord, (asleep.guild.id >> 22) % 2
    other = discord.world.guild("Other", NEEDED, shard=1 - ours, shards=2)
    discord.world.channel(other, 0, "lobby")
    discord.shards = 2
    await asleep.program.start()
    await discord.gateway.until(identified=2)
    assert [session.shard for session in discord.gateway.connected] == [0, 1]
    await asleep.people["anna"].press(asleep.card, "vote:1:1:support")
    stranger = Person(discord, other, "stranger")
    assert "no programme yet" in (await stranger.slash("factor list")).text
    assert await asleep.program.stop(within=10.0) == 0


async def test_two_processes_serve_a_shard_each_on_one_postgresql(discord, tmp_path_factory):
    discord.shards = 2
    with postgresql() as url:
        scenes = [
            scene(
                tmp_path_factory.mktemp("shard"), discord, shard=shard,
                DATABASE_URL=url, SHARD_COUNT="2", SHARD_IDS=str(shard),
            )
            for shard in range(2)
        ]  # fmt: skip
        try:
            for each in scenes:
                await each.program.start()
                await each.program.ready()
            assert sorted(session.shard for session in discord.gateway.connected) == [0, 1]
            for each in scenes:
                assert (await each.set_up(language="en")).heard == 1
                status = await each.boss.slash("programme status")
                assert status.heard == 1
                assert "All is well" in status.text
            assert [await each.program.stop() for each in scenes] == [0, 0]
        finally:
            for each in scenes:
                if each.program.runs:
                    await each.program.kill()


async def test_a_second_process_on_a_file_says_who_holds_it_and_ends(asleep):
    folder = asleep.program.database.parent
    second = Program(asleep.discord, folder, name="second")
    await asleep.program.up()
    await second.start()
    assert await second.ended() == 2
    assert f"in use by another leda (process {asleep.program.pid} on " in second.log
    assert (await asleep.people["anna"].press(asleep.card, "vote:1:1:support")).heard == 1
    await asleep.program.kill()
    await second.up()  # the kernel has released it
    assert await second.stop() == 0


async def test_sigterm_lets_what_is_under_way_be_answered(asleep):
    await asleep.program.up()
    people = [Person(asleep.discord, asleep.guild, f"voter {number}") for number in range(24)]
    for some in (people[:8], people[8:16], people[16:]):
        joins = [person.slash("join", organisation="Vara kommun") for person in some]
        await asyncio.gather(*joins)
    deeds = [person.press_soon(asleep.card, "vote:1:1:support") for person in people]
    await asyncio.wait([deed.interaction.answered for deed in deeds], return_when="FIRST_COMPLETED")
    assert await asleep.program.stop() == 0
    counted = {member for _, member in asleep.votes()}
    heard = {EDIT, DEFER_EDIT}  # in a crowd the card follows later
    answered = {deed.interaction.user.id for deed in deeds if deed.kind in heard}
    assert counted == answered
    assert answered, "some were under way"
    assert "Traceback" not in asleep.program.log


async def test_sigterm_in_the_middle_of_the_first_rounds_is_no_error(asleep):
    await asleep.program.start()
    await asleep.program.ready()
    assert await asleep.program.stop() == 0
    assert "Traceback" not in asleep.program.log


async def test_it_says_that_it_is_well_until_it_stops(asleep):
    program = asleep.program
    file = file_for(program.database, frozenset())

    def well() -> bool:
        beat = Beat.read(file)
        return beat is not None and beat.servers > 0 and not troubles(beat, datetime.now(UTC))

    await program.start()
    await program.ready()
    await asleep.discord.until(well, 10.0)
    assert await program.stop() == 0
    assert not file.exists()
