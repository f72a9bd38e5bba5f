"""A week's digest comes once in each channel, though the program is killed."""

import asyncio
import sqlite3
from collections import Counter
from contextlib import closing
from datetime import UTC, datetime, timedelta

from tests.wire.programme import Scene

_HEAD = "Weekly digest"
_SETTLED = (
    "select count(*) from delivery where kind like 'digest.%' and state in ('planned', 'sending')"
    " and due_at < ?"
)


def end_week(scene: Scene) -> None:
    """Let the week have ended just now: nobody can wait for it."""
    now = f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%S.%fZ}"
    with closing(sqlite3.connect(scene.program.database)) as file, file:
        changed = file.execute(
            "update delivery set due_at = ?, next_at = ? where kind = 'digest.week'"
            " and state = 'planned'",
            (now, now),
        )
        assert changed.rowcount == 1


def is_over(scene: Scene) -> bool:
    """Whether nothing of the week is due or under way any more, its weekly lists among it."""
    later = f"{datetime.now(UTC) + timedelta(hours=1):%Y-%m-%dT%H:%M:%S.%fZ}"
    with closing(sqlite3.connect(scene.program.database)) as file:
        if not file.execute("select count(*) from digest").fetchone()[0]:
            return False
        return file.execute(_SETTLED, (later,)).fetchone()[0] == 0


def told(scene: Scene) -> tuple[Counter[int], Counter[int]]:
    """How often each channel has the digest, and each person the weekly list."""
    posted = scene.discord.posts()
    channels = Counter(
        each.channel_id for each in posted if _HEAD in each.text and each.direct_to is None
    )
    people = Counter(each.direct_to for each in posted if "weeklist:1" in str(each.custom_ids))
    return channels, people


async def how_often(scene: Scene) -> tuple[set[int], set[int]]:
    """How often the digest came in the channels, and the weekly list to people, once all is out."""
    await scene.discord.until(lambda: is_over(scene), 60.0)
    await asyncio.sleep(1.0)  # for what should not come
    channels, people = told(scene)
    forum = next(c for c in scene.guild.channels.values() if "forum" in c.name)
    assert forum.id in channels
    assert len(channels) >= 2
    return set(channels.values()), set(people.values())


async def test_a_week_is_posted_once_however_often_the_process_is_killed_meanwhile(asleep):
    end_week(asleep)
    for seconds in (0.0, 0.05, 0.15):
        await asleep.program.up()
        await asyncio.sleep(seconds)
        await asleep.program.kill()
    await asleep.program.up()
    assert await how_often(asleep) == ({1}, {1})
