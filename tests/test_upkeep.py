"""Backups by night, the heartbeat, and what an operator is told."""

import asyncio
import json
import logging
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import cli
from bot.upkeep import backups as nightly
from bot.upkeep.backups import NightlyBackups
from bot.upkeep.heartbeat import Beat, Heart, file_for, troubles
from bot.upkeep.keeping import Keep
from storage.database import Database
from storage.shards import ALL
from storage.upgrade import upgrade

NOW = datetime(2026, 12, 1, 2, 47, tzinfo=UTC)
DAYS = [NOW - timedelta(days=number) for number in range(800)]


@pytest.fixture(autouse=True)
def operator(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("DISCORD_TOKEN", "DATABASE_URL", "BACKUP_DIR", "BACKUP_KEEP"):
        monkeypatch.delenv(name, raising=False)
    level = logging.getLogger().level
    yield
    logging.getLogger().setLevel(level)


class TestKeep:
    def test_of_two_years_of_nights_days_weeks_and_months_stay(self):
        kept = sorted(Keep.read("7d,4w,12m").of(DAYS), reverse=True)
        assert kept[:7] == DAYS[:7]
        assert [f"{each:%Y-%m}" for each in kept[-11:]][-1] == "2026-01"
        assert 18 <= len(kept) <= 23

    @given(
        made=st.sets(st.datetimes(datetime(2024, 1, 1), datetime(2026, 12, 31)), min_size=1),  # noqa: DTZ001
        days=st.integers(0, 9), weeks=st.integers(0, 9), months=st.integers(1, 24),
    )  # fmt: skip
    def test_the_newest_always_stays_and_each_night_changes_nothing_that_is_kept(
        self, made, days, weeks, months
    ):
        keep, moments = Keep(days, weeks, months), {each.replace(tzinfo=UTC) for each in made}
        kept = keep.of(moments)
        assert max(moments) in kept <= moments
        assert keep.of(kept) == kept
        assert len(kept) <= days + weeks + months + 1

    @pytest.mark.parametrize("said", ["", "7", "7d,", "week", "-1d", "0d,0w,0m", "7d 4w"])
    def test_what_says_nothing_is_refused(self, said):
        with pytest.raises(ValueError, match=said or "^$"):
            Keep.read(said)


@pytest.fixture
def db(tmp_path):
    url = f"sqlite:///{tmp_path / 'data' / 'leda.db'}"
    upgrade(url, now=NOW)
    return Database(url)


class TestNightly:
    async def test_it_makes_one_and_forgets_those_whose_time_is_over(self, db, tmp_path):
        folder = tmp_path / "backups"
        folder.mkdir()
        for day in DAYS[1:60]:
            (folder / f"leda-{day:%Y%m%dT%H%M%SZ}.db").touch()
        other = folder / "leda-before-the-move.db"
        other.touch()
        made = NightlyBackups(db, folder, Keep(2, 1, 1))
        assert await made.make(NOW) is False
        left = nightly.made_in(folder)
        assert max(left) == NOW == made.newest()
        assert left[NOW].stat().st_size > 0
        assert len(left) <= 4
        assert other.exists()

    async def test_what_fails_is_told_once_and_once_that_it_is_over(self, db, tmp_path, caplog):
        folder = tmp_path / "backups"
        folder.write_text("in the way")
        made = NightlyBackups(db, folder, Keep())
        assert [await made.make(NOW), await made.make(NOW)] == [True, False]
        assert made.trouble
        assert caplog.text.count("the nightly backup was not made") == 1
        folder.unlink()
        assert [await made.make(NOW), made.trouble] == [True, None]

    async def test_without_a_folder_none_is_made(self, db, tmp_path):
        assert await NightlyBackups(db, None, Keep()).make(NOW) is False
        assert [each.name for each in tmp_path.iterdir()] == ["data"]

    async def test_told_to_stop_it_leaves_nothing(self, db, tmp_path):
        made = NightlyBackups(db, tmp_path / "backups", Keep())
        made.stop()
        assert await made.make(NOW) is False
        assert made.trouble is None
        assert list((tmp_path / "backups").iterdir()) == []


WELL = Beat(at=NOW, pid=1, version="1", began=NOW - timedelta(days=3), servers=2)


def after(**span: float) -> datetime:
    return NOW - timedelta(**span)


class TestHealth:
    @pytest.mark.parametrize(
        ("beat", "word"),
        [
            (None, "does not run"),
            (Beat(after(seconds=80), 1, "1", NOW), "said nothing for 80 seconds"),
            (Beat(NOW, 1, "1", NOW, gateway_lost=after(seconds=50)), "not connected to Discord"),
            (Beat(NOW, 1, "1", NOW, writer_lost=after(seconds=5)), "Nothing can be saved"),
            (Beat(NOW, 1, "1", NOW, overdue=after(hours=3)), "late by 3 hours"),
            (Beat(NOW, 1, "1", NOW, backups=True, backup_trouble="No room."), "No room."),
            (
                Beat(NOW, 1, "1", after(days=9), backups=True, backup=after(days=2)),
                "No backup was made",
            ),
        ],
    )
    def test_what_is_wrong_is_said(self, beat, word):
        (said,) = troubles(beat, NOW)
        assert word in said

    @pytest.mark.parametrize(
        "beat",
        [
            WELL,
            Beat(after(seconds=60), 1, "1", NOW),
            Beat(NOW, 1, "1", NOW, gateway_lost=after(seconds=31)),  # it is just coming back
            Beat(NOW, 1, "1", NOW, overdue=after(minutes=5)),
            Beat(NOW, 1, "1", after(hours=5), backups=True),  # the first night is still to come
        ],
    )
    def test_nothing_is_said_of_what_passes(self, beat):
        assert troubles(beat, NOW) == []

    def test_what_was_said_is_read_again(self, tmp_path):
        beat = Beat(NOW, 1, "1", NOW, 3, (0, 1), True, NOW, NOW, NOW, True, NOW, "No room.")
        beat.write(tmp_path / "new" / "x.health")
        assert Beat.read(tmp_path / "new" / "x.health") == beat

    @pytest.mark.parametrize("said", ["", "{", "[]", '{"at": "x"}', "null"])
    def test_what_makes_no_sense_is_as_if_nothing_was_said(self, tmp_path, said):
        (tmp_path / "x").write_text(said)
        assert Beat.read(tmp_path / "x") is None

    def test_processes_of_different_shards_say_it_in_different_files(self):
        files = {file_for(None, frozenset(ids)) for ids in ((), (0,), (0, 1))}
        assert len(files) == 3
        assert file_for(Path("data/leda.db"), frozenset()) == Path("data/leda.db.health")


@pytest.fixture
async def works(db):
    """As much of them as a heart asks for; its clock is real."""
    await db.open()
    yield SimpleNamespace(
        db=db, now=lambda: datetime.now(UTC), shards=ALL, client=SimpleNamespace(guilds=[1, 2]),
    )  # fmt: skip
    await db.close()


class TestHeart:
    @pytest.fixture
    def heart(self, works, tmp_path):
        return Heart(tmp_path / "x.health", works, NightlyBackups(works.db, None, Keep()))

    async def beat(self, heart, tmp_path) -> Beat:
        await heart.beat()
        beat = Beat.read(tmp_path / "x.health")
        assert beat is not None
        return beat

    async def test_a_program_that_waits_for_its_shards_is_well(self, heart, tmp_path):
        beat = await self.beat(heart, tmp_path)
        assert (beat.waits, beat.gateway_lost) == (True, None)

    async def test_it_is_away_until_its_first_shard_answers_and_while_one_does_not(
        self, heart, tmp_path
    ):
        heart.connects()
        assert (await self.beat(heart, tmp_path)).gateway_lost
        for shard in (0, 1):
            heart.connected(shard)
        beat = await self.beat(heart, tmp_path)
        assert (beat.gateway_lost, beat.servers, beat.waits) == (None, 2, False)
        heart.disconnected(1)
        since = (await self.beat(heart, tmp_path)).gateway_lost
        heart.disconnected(1)  # it tried to come back, in vain
        assert (await self.beat(heart, tmp_path)).gateway_lost == since
        heart.connected(1)
        assert (await self.beat(heart, tmp_path)).gateway_lost is None

    async def test_a_writer_that_gives_no_turn_is_lost_since_then(
        self, heart, works, tmp_path, monkeypatch
    ):
        await works.db.close()
        first = (await self.beat(heart, tmp_path)).writer_lost
        assert first
        assert (await self.beat(heart, tmp_path)).writer_lost == first

    async def test_news_is_said_at_once_and_a_stop_takes_it_back(self, heart, tmp_path):
        heart.begin()
        heart.begin()
        heart.connects()
        heart.connected(0)
        async with asyncio.timeout(10):
            while (beat := Beat.read(tmp_path / "x.health")) is None or beat.waits:  # noqa: ASYNC110
                await asyncio.sleep(0.05)
        await heart.stop()
        assert not (tmp_path / "x.health").exists()


@pytest.fixture
def leda(capsys):
    def run(*arguments: str):
        code = cli.main(arguments)
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


class TestCommands:
    def test_a_backup_says_where_it_is_and_can_be_put_back(self, leda, tmp_path, monkeypatch):
        assert leda("migrate")[0] == 0
        code, said, _ = leda("backup", "copy.db")
        assert code == 0
        assert said.startswith("copy.db\n")
        assert "SHA-256" in said
        code, said, _ = leda("restore", "--yes", "copy.db")
        assert code == 0
        assert "is kept as data/leda.db.replaced-" in said

    def test_a_folder_of_the_settings_is_where_it_goes(self, leda, monkeypatch):
        monkeypatch.setenv("BACKUP_DIR", "kept/here")
        leda("migrate")
        assert leda("backup")[1].startswith("kept/here/leda-")

    def test_where_nobody_can_be_asked_nothing_is_restored(self, leda):
        leda("migrate")
        leda("backup", "copy.db")
        before = sorted(each.name for each in Path("data").iterdir())
        code, said, _ = leda("restore", "copy.db")
        assert (code, "Nothing was changed." in said) == (0, True)
        assert sorted(each.name for each in Path("data").iterdir()) == before

    def test_what_is_no_backup_is_refused_in_a_sentence(self, leda):
        leda("migrate")
        Path("x.db").write_text("no database at all, but long enough to look like one " * 99)
        code, _, said = leda("restore", "--yes", "x.db")
        assert code == 2
        assert said.startswith("No backup: x.db")

    def test_health_is_red_where_nothing_runs_and_green_where_it_beats(self, leda):
        leda("migrate")
        assert leda("health")[0] == 1
        Beat(datetime.now(UTC), 1, "1", NOW).write(Path("data/leda.db.health"))
        assert leda("health")[:2] == (0, "leda is well.\n")

    def test_status_is_one_screen_and_json_has_the_same(self, leda, monkeypatch):
        monkeypatch.setenv("BACKUP_DIR", "kept")
        leda("migrate")
        leda("backup")
        Beat(datetime.now(UTC), 4711, "0.1.0", NOW, servers=2).write(Path("data/leda.db.health"))
        code, said, _ = leda("status")
        assert code == 0
        assert len(said.splitlines()) <= 12
        for word in ("process 4711, 0.1.0", "data/leda.db, schema", "connected, in 2 servers"):
            assert word in said
        found = json.loads(leda("status", "--json")[1])
        assert (found["programmes"], found["late_posts"]) == (0, 0)
        assert found["running"]["pid"] == 4711
        assert found["newest_backup"]

    def test_status_of_what_is_not_there_is_a_sentence(self, leda):
        code, _, said = leda("status")
        assert code == 2
        assert "there is no such file" in said

    def test_the_version_is_said(self, capsys):
        with pytest.raises(SystemExit) as done:
            cli.main(["--version"])
        assert done.value.code == 0
        assert capsys.readouterr().out.startswith("leda ")
