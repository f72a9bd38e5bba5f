"""``leda backup | restore | status | health``: what an operator types of an evening.

The operator's language is English: these texts stand beside log lines and are searched for.
"""

import json
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from bot.settings import Settings
from bot.upkeep.backups import made_in
from bot.upkeep.heartbeat import Beat, file_for, troubles
from bot.upkeep.overview import Figures, overview
from storage import backups, engines
from storage.backups import Backup
from storage.errors import StorageError

_LATER: Final = 1
_UNUSABLE: Final = 2


def backup(settings: Settings, target: Path | None) -> int:
    """Make a backup now, and say where it is, what it holds and its SHA-256."""
    folder = settings.backups or Path()
    try:
        if target is None:
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        url = engines.parse(settings.database_url)
        made = backups.back_up(url, target or folder, now=datetime.now(UTC))
    except (StorageError, OSError) as error:
        return _refuse(error)
    print(f"{made.path}\n  {_said(made)}\n  SHA-256 {made.sha256}")
    return 0


def restore(settings: Settings, path: Path, *, sure: bool) -> int:
    """Put a backup in the database's place, once somebody has agreed to what is lost."""
    try:
        url = engines.parse(settings.database_url)
        found = backups.examine(path)
        print(f"{path} is sound: {_said(found)}.")
        print(f"It takes the place of {engines.where(url)}, which is kept beside it.")
        print("What was done since is in that one alone: leda will not know of it.")
        if not sure and not _agrees():
            print("Nothing was changed.")
            return 0
        done = backups.restore(url, path, now=datetime.now(UTC))
    except (StorageError, OSError) as error:
        return _refuse(error)
    if done.aside:
        print(f"The file as it was before is kept as {done.aside}.")
    if done.upgraded.before != done.upgraded.after:
        print(f"It went from schema {done.upgraded.before} to {done.upgraded.after}.")
    print("Restored. Start leda: what Discord shows already, it looks up before it posts.")
    return 0


def move(settings: Settings, to: str) -> int:
    """Copy a SQLite file's programmes to PostgreSQL, and say what arrived."""
    from storage.programme import moving

    def progress(table: str, done: int, total: int) -> None:
        if sys.stderr.isatty():
            bar = "█" * (20 * done // max(total, 1))
            print(f"\r{bar:<20} {table} {done}/{total}\033[K", end="", file=sys.stderr)

    try:
        source, target = engines.parse(settings.database_url), engines.parse(to)
        found = moving.move(source, target, now=datetime.now(UTC), progress=progress)
    except StorageError as error:
        return _refuse(error)
    if sys.stderr.isatty():
        print(file=sys.stderr)
    for name, each in found.items():
        if each.rows:
            print(f"{name:<20} {each.rows:>9}   {each.check:016x}")
    print(f"All of it is in {engines.where(target)}, compared row by row; the file stays as it is.")
    print("Now set DATABASE_URL, and start leda.")
    return 0


def status(settings: Settings, *, as_json: bool) -> int:
    """All that an operator asks first, in one screen; 0 if all is well."""
    now = datetime.now(UTC)
    beat = Beat.read(_health_file(settings))
    try:
        found = overview(settings.database_url, now)
    except StorageError as error:
        return _refuse(error)
    wrong = troubles(beat, now)
    newest = max(made_in(settings.backups), default=None) if settings.backups else None
    if as_json:
        print(json.dumps(found.as_json() | _beat_as_json(beat, newest, wrong), indent=2))
    else:
        print("\n".join(_lines(settings, found, beat, newest, now)))
        print("\n".join(f"NOT  {each}" for each in wrong) or "ok   all is well")
    return _LATER if wrong else 0


def health(settings: Settings) -> int:
    """For systemd and containers: 0 if the running leda is well, else 1 and why."""
    wrong = troubles(Beat.read(_health_file(settings)), datetime.now(UTC))
    print("\n".join(wrong) or "leda is well.")
    return _LATER if wrong else 0


def _health_file(settings: Settings) -> Path:
    return file_for(engines.file_of(engines.parse(settings.database_url)), settings.shard_ids)


def _agrees() -> bool:
    if not sys.stdin.isatty():
        print("To go on where nobody can be asked: leda restore --yes FILE")
        return False
    return input("Restore it? [y/N] ").strip().lower() in {"y", "yes"}


def _said(found: Backup) -> str:
    until = f"up to {found.newest:%Y-%m-%d %H:%M} UTC" if found.newest else "nothing done yet"
    rows = ", ".join(f"{name}s {number}" for name, number in found.rows.items())
    return f"{until}; schema {found.revision}; {rows}"


def _lines(
    settings: Settings, found: Figures, beat: Beat | None, newest: datetime | None, now: datetime
) -> list[str]:
    running = "no word of it"
    if beat:
        running = f"process {beat.pid}, {beat.version}, since {beat.began:%Y-%m-%d %H:%M} UTC"
    backup_said = "none yet" if settings.backups else "none is made by leda: set BACKUP_DIR"
    if newest:
        backup_said = f"{newest:%Y-%m-%d %H:%M} UTC, in {settings.backups}"
    due = [f"{each:%Y-%m-%d %H:%M}" for each in found.next_posts] or ["none"]
    return [
        f"leda       {running}",
        f"database   {found.database}, schema {found.revision}"
        + (f", {found.size / 1e6:.1f} MB" if found.size else ""),
        f"servers    {found.programmes} with a programme, {found.participants} participants",
        f"posts      next {', '.join(due)} (UTC)",
        f"           late {found.late}, failed in 14 days {found.failed}",
        f"backup     {backup_said}",
        f"gateway    {_gateway(beat, now)}",
    ]


def _gateway(beat: Beat | None, now: datetime) -> str:
    if beat is None or now - beat.at > timedelta(minutes=2):
        return "no word of it"
    if beat.waits:
        return "waits: another process has its shards"
    if beat.gateway_lost:
        return f"away since {beat.gateway_lost:%H:%M:%S} UTC"
    return f"connected, in {beat.servers} servers"


def _beat_as_json(
    beat: Beat | None, newest: datetime | None, wrong: list[str]
) -> dict[str, object]:
    return {
        "running": beat.as_json() if beat else None,
        "newest_backup": newest.isoformat() if newest else None,
        "troubles": wrong,
    }


def _refuse(error: Exception) -> int:
    print(str(error), file=sys.stderr)
    passes = isinstance(error, StorageError) and error.passes
    return _LATER if passes else _UNUSABLE
