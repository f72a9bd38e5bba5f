"""The program as a process of its own: start it, wait for it, stop it, kill it."""

import asyncio
import os
import signal
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.wire.loopback import Discord

_ROOT = Path(__file__).parents[2]
_LEDA = ("-m", "tests.wire.launch", "--env", os.devnull, "run")


class Program:
    """One program on one database. It can be started again and again; its log goes on."""

    def __init__(
        self,
        discord: "Discord",
        folder: Path,
        *,
        name: str = "leda",
        arguments: Sequence[str] = _LEDA,
        **settings: str,
    ) -> None:
        """Prepare; nothing is started yet.

        Args:
            discord: what it will connect to.
            folder: where its database and its log are.
            name: of the log file.
            arguments: what Python is to run.
            settings: more for its environment: ``SHARD_COUNT="2"``.
        """
        self._discord, self._arguments = discord, arguments
        self.database = folder / "leda.db"
        self.log_file = folder / f"{name}.log"
        self.settings = {"DATABASE_URL": f"sqlite:///{self.database}", **settings}
        self._process: asyncio.subprocess.Process | None = None
        self._log_began = 0
        self.started_at = 0.0

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    @property
    def runs(self) -> bool:
        return self._process is not None and self._process.returncode is None

    @property
    def status(self) -> int | None:
        """Its exit status, once it has ended; negative after a signal."""
        return None if self._process is None else self._process.returncode

    @property
    def log(self) -> str:
        """What it has logged, in all its lives."""
        return self.log_file.read_text() if self.log_file.exists() else ""

    @property
    def lately(self) -> str:
        """What it has logged since its last start."""
        return self.log[self._log_began :]

    async def start(self) -> None:
        """Start it; it connects in its own time."""
        assert not self.runs
        self._log_began = len(self.log)
        self.started_at = time.monotonic()
        kept = ("PATH", "HOME", "LANG", "TZ", "VIRTUAL_ENV", "PYTHONPATH", "SYSTEMROOT")
        environment = {name: os.environ[name] for name in kept if name in os.environ}
        environment |= {
            "DISCORD_TOKEN": self._discord.token, "LEDA_WIRE": self._discord.url,
            "PYTHONUNBUFFERED": "1", "BACKUP_DIR": "none", **self.settings,
        }  # fmt: skip
        with self.log_file.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable, *self._arguments,
                stdin=asyncio.subprocess.DEVNULL, stdout=log, stderr=log,
                cwd=_ROOT, env=environment,
            )  # fmt: skip

    async def connected(self, within: float = 30.0) -> float:
        """Wait until it hears what people do; seconds since its start."""
        before = self._discord.gateway.identified
        await self._see(lambda: self._discord.gateway.identified > before, within)
        return time.monotonic() - self.started_at

    async def ready(self, within: float = 30.0) -> float:
        """Wait until it says that it is ready; seconds since its start."""
        await self._see(lambda: "ready in" in self.lately, within)
        return time.monotonic() - self.started_at

    async def up(self) -> None:
        """Start it and wait until it hears."""
        before = self._discord.gateway.identified
        await self.start()
        await self._see(lambda: self._discord.gateway.identified > before, 30.0)

    async def kill(self) -> None:
        """``kill -9``; only ever the child that was started here."""
        assert self._process is not None
        if self.runs:
            self._process.kill()
        await self._process.wait()

    async def stop(self, within: float = 10.0) -> int:
        """SIGTERM; its exit status.

        Raises:
            TimeoutError: it did not stop in time; it is killed then.
        """
        assert self._process is not None
        if self.runs:
            self._process.send_signal(signal.SIGTERM)
        try:
            return await asyncio.wait_for(self._process.wait(), within)
        except TimeoutError:
            await self.kill()
            raise

    async def ended(self, within: float = 30.0) -> int:
        """Wait until it ends by itself; its exit status."""
        assert self._process is not None
        return await asyncio.wait_for(self._process.wait(), within)

    def rss(self) -> int:
        """Its memory, in bytes. Linux only."""
        status = Path(f"/proc/{self.pid}/status").read_text()
        line = next(line for line in status.splitlines() if line.startswith("VmRSS"))
        return int(line.split()[1]) * 1024

    def cpu(self) -> float:
        """How long it has kept a core busy, in seconds. Linux only."""
        fields = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    async def _see(self, holds: object, within: float) -> None:
        assert callable(holds)
        deadline = time.monotonic() + within
        while not holds():
            if not self.runs or time.monotonic() > deadline:
                raise AssertionError(f"not in time; runs: {self.runs}\n{self.log[-4000:]}")
            await asyncio.sleep(0.02)
