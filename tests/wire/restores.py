"""``python -m tests.wire.restores``: backups of a program at work, each put back, and nothing lost.

People vote and reminders fall due while ``leda backup`` copies the file; then the program is killed
and that copy is restored, over and over. Whatever was answered before a backup began is in it, and
what went out since is not posted again. Prints its tally, and ends with an error if anything is not
as it should be.
"""

import argparse
import asyncio
import contextlib
import os
import platform
import random
import sqlite3
import sys
import tempfile
import time
from collections import Counter
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from tests.wire.chaos import run
from tests.wire.chaos_file import File
from tests.wire.chaos_reminders import Reminders
from tests.wire.chaos_votes import Vote, Votes
from tests.wire.programme import Scene, prepare

_LEDA: Final = (sys.executable, "-m", "bot", "--env", os.devnull)


class WatchedVotes(Votes):
    """Votes of which it is known when each was pressed that was answered last."""

    def __init__(self, people: int = 24, factors: int = 3) -> None:
        super().__init__(people, factors)
        self.pressed: dict[Vote, float] = {}

    async def _vote(self, scene: Scene, vote: Vote, choice: str | None) -> None:
        (before,) = self._may[vote]
        pressed = time.time()
        await super()._vote(scene, vote, choice)
        if self._may[vote] == {choice} != {before}:
            self.pressed[vote] = pressed


@dataclass
class _Made:
    path: Path
    pressed: dict[Vote, float]


class Restores(File):
    """In each life a backup, and after it a restore."""

    def __init__(self, votes: WatchedVotes) -> None:
        super().__init__()
        self._votes = votes
        self._made: _Made | None = None
        self._counts: Counter[str] = Counter(dict.fromkeys((
            "backups made", "backups restored",
            "votes answered before a backup, and held against it", "votes missing in one",
        ), 0))  # fmt: skip
        self._failed: list[str] = []
        self._times = 0

    async def live(self, scene: Scene, dice: random.Random) -> None:
        """Nothing but backups befalls the file."""

    def replaces(self, dice: random.Random) -> bool:
        """In every life."""
        return True

    async def replace(self, scene: Scene) -> None:
        """``leda backup``, as an operator types it, while people are at it."""
        self._times += 1
        path = scene.program.database.with_name(f"kept-{self._times}.db")
        pressed = dict(self._votes.pressed)
        status, said = await _leda(scene, "backup", str(path))
        if status == 0:
            self._counts["backups made"] += 1
            self._made = _Made(path, pressed)
        else:
            self._failed.append(f"WRONG: no backup: {said}")

    def put_right(self, scene: Scene) -> bool:
        return False

    def set_back(self, scene: Scene, dice: random.Random) -> bool:
        """Between lives: put the backup of this life in place; whether there was one."""
        made, self._made = self._made, None
        if made is None:  # it was killed in its start
            return False
        done = _restore(scene, made.path)
        if done:
            self._failed.append(f"WRONG: not restored: {done}")
            return False
        self._counts["backups restored"] += 1
        self._hold(scene, made)
        for each in scene.program.database.parent.glob("*.replaced-*"):
            each.unlink()
        made.path.unlink()
        return True

    def _hold(self, scene: Scene, made: _Made) -> None:
        """Each vote in the file is as new as what was answered before the copying began."""
        with closing(sqlite3.connect(scene.program.database)) as file:
            rows = file.execute(
                "select factor_id, member_id, cast_at from vote"
                " join participant on participant.id = participant_id"
            )
            cast = {(row[0], row[1]): datetime.fromisoformat(row[2]).timestamp() for row in rows}
        for vote, pressed in made.pressed.items():
            self._counts["votes answered before a backup, and held against it"] += 1
            # Discord's ids tell milliseconds.
            self._counts["votes missing in one"] += cast.get(vote, 0.0) < pressed - 0.001
        self._votes.pressed.clear()  # an older file is in place: they begin anew

    def tally(self) -> dict[str, int]:
        return dict(self._counts)

    def failures(self) -> list[str]:
        lost = self._counts["votes missing in one"]
        return [*self._failed, *([f"WRONG: votes missing in a backup: {lost}"] if lost else [])]


async def _leda(scene: Scene, *arguments: str) -> tuple[int | None, str]:
    environment = {**os.environ, "DATABASE_URL": f"sqlite:///{scene.program.database}"}
    process = await asyncio.create_subprocess_exec(
        *_LEDA, *arguments, env=environment,
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
    )  # fmt: skip
    try:
        said, _ = await process.communicate()
    except asyncio.CancelledError:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await process.wait()
        raise
    return process.returncode, said.decode()


def _restore(scene: Scene, path: Path) -> str | None:
    """``leda restore --yes``; what was wrong, if anything was."""
    import subprocess

    environment = {**os.environ, "DATABASE_URL": f"sqlite:///{scene.program.database}"}
    done = subprocess.run(
        [*_LEDA, "restore", "--yes", str(path)],
        env=environment, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    return None if done.returncode == 0 else done.stdout + done.stderr


async def _main(asked: argparse.Namespace, folder: Path) -> list[str]:
    for name in ("prepared", "run"):
        (folder / name).mkdir()
    world = await prepare(folder / "prepared")
    votes, reminders = WatchedVotes(), Reminders()
    restores = Restores(votes)
    await run(
        world, folder / "prepared" / "leda.db", folder / "run", [votes, reminders],
        kills=asked.times, seed=asked.seed, file=restores,
    )  # fmt: skip
    for each in (restores, votes, reminders):
        print(f"\n[{type(each).__name__.lower()}]")  # noqa: T201
        for name, number in each.tally().items():
            print(f"{name}: {number}")  # noqa: T201
    return [said for each in (restores, votes, reminders) for said in each.failures()]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as scratch:
        failures = asyncio.run(_main(asked, Path(scratch)))
    machine = f"{platform.platform()}, Python {platform.python_version()}"
    print(f"\n{machine}, SQLite {sqlite3.sqlite_version}")  # noqa: T201
    print(f"times: {asked.times}   seed: {asked.seed}   {time.monotonic() - began:.0f} s")  # noqa: T201
    print("\n".join(failures or ["All is as it should be."]))  # noqa: T201
    raise SystemExit(bool(failures))


if __name__ == "__main__":
    main()
