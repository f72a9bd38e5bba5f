"""A clock that is set wrong by weeks: nothing is dropped, posted or forgotten for it."""

import asyncio
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest

from tests.wire.process import Program


def planned(file) -> set[tuple[str, str]]:
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as database:
        return set(database.execute("select key, state from delivery where kind like 'meeting%'"))


@pytest.mark.parametrize("days", [40, -40])
async def test_a_start_with_a_wrong_clock_holds_all_that_is_due(asleep, days):
    await asleep.program.up()
    soon = datetime.now(UTC) + timedelta(days=9)
    asked = await asleep.boss.slash(
        "meeting schedule", title="Kick-off", when=f"{soon:%Y-%m-%d} 10:00", track="School"
    )
    saved = await asleep.boss.press(asked.message, "Save")
    assert "Kick-off" in saved.text
    assert await asleep.program.stop() == 0
    before = planned(asleep.program.database)
    assert {state for _, state in before} == {"planned"}

    folder = asleep.program.database.parent
    wrong = Program(asleep.discord, folder, name="wrong", LEDA_WIRE_DAYS_AHEAD=str(days))
    await wrong.start()
    try:
        await wrong.ready()
        await asleep.discord.until(lambda: "clock says" in wrong.log, 10.0)
        await asyncio.sleep(1.5)  # in which it would have posted and dropped
    finally:
        assert await wrong.stop() == 0
    assert planned(asleep.program.database) == before
    assert "nothing is posted and nothing deleted before it is set right" in wrong.log
    assert ("something was noted at" in wrong.log) is (days < 0)
