"""The bench itself: whether its table judges as it says, and asks for all that leda can do."""

import sys

import pytest

from tests.bench import __main__ as bench
from tests.bench import commands, goals, launch
from tests.bench.goals import GOALS, POSTGRES, Row
from tests.chat.access import TABLE

MET, MISSED = Row("1", "2", "2 of 1", met=True), Row("1", "0", "0 of 1", met=False)


def _all_met() -> dict[str, Row]:
    return {key: MET for key, goal in GOALS.items() if not goal.long}


def test_all_goals_met_is_said_so(capsys):
    assert goals.tell(_all_met(), long=False, postgres=True)
    said = capsys.readouterr().out
    assert "NOT MET" not in said
    assert said.count("long only") == 2
    assert all(goal.what in said for goal in GOALS.values())


@pytest.mark.parametrize("key", [key for key, goal in GOALS.items() if not goal.long])
def test_one_goal_that_is_missed_or_was_not_measured_spoils_all(key, capsys):
    missed, absent = _all_met() | {key: MISSED}, _all_met()
    del absent[key]
    assert not goals.tell(missed, long=False, postgres=True)
    assert not goals.tell(absent, long=False, postgres=True)
    assert capsys.readouterr().out.count("NOT MET") == 2


def test_the_long_run_measures_all_of_them(capsys):
    assert not goals.tell(_all_met(), long=True, postgres=True)
    assert goals.tell(dict.fromkeys(GOALS, MET), long=True, postgres=True)


def test_without_a_server_named_nothing_is_asked_of_postgresql(capsys):
    found = {key: row for key, row in _all_met().items() if key not in POSTGRES}
    assert goals.tell(found, long=False, postgres=False)
    assert not goals.tell(found, long=False, postgres=True)


@pytest.mark.parametrize(("met", "status"), [(True, 0), (False, 1)])
def test_the_exit_status_says_whether_all_goals_are_met(monkeypatch, tmp_path, met, status, capsys):
    async def race(*_):
        return _all_met() | {"storm": Row("", "", "", met)}

    async def nothing(*_):
        return {}

    class Side:
        name, program = bench.YEARS, type("P", (), {"database": tmp_path})

    monkeypatch.setattr(sys, "argv", ["bench"])
    monkeypatch.setattr(bench.postgres, "SERVER", "")
    monkeypatch.setattr(bench.scenes, "small", lambda: tmp_path)
    monkeypatch.setattr(bench.scenes, "big", lambda: tmp_path)
    monkeypatch.setattr(bench, "_sides", lambda *_: [Side()])
    monkeypatch.setattr(bench, "race", race)
    monkeypatch.setattr(bench.reading, "searches", lambda _: {})
    monkeypatch.setattr(bench.reading, "a_week", nothing)
    assert bench.main() == status


def test_every_command_is_tried_on_the_big_database():
    known = {row.name for row in TABLE if row.is_command}
    tried = {each.command for each in (*commands.TABLE, *commands.BESIDE_PRESSES.values())}
    assert tried == known


async def test_what_holds_the_writer_is_noted_by_its_name(monkeypatch, tmp_path):
    from storage import doors, units
    from storage.database import Database

    def slow(session) -> None:
        end = launch.time.perf_counter() + 2 * launch._NOTED
        while launch.time.perf_counter() < end:
            pass

    monkeypatch.setattr(units.Unit, "run", units.Unit.run)
    monkeypatch.setattr(doors, "run_together", doors.run_together)
    launch.watch(tmp_path / "units.tsv")
    db = Database(f"sqlite:///{tmp_path / 'leda.db'}")
    await db.open()
    await db.read(slow)
    await db.write(slow)
    await db.close()
    (line,) = (tmp_path / "units.tsv").read_text().splitlines()
    took, name = line.split("\t")
    assert float(took) >= launch._NOTED
    assert name.endswith("test_bench.slow")
