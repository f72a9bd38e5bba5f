"""Bring a database to the schema of this release, whatever release it comes from."""

import errno
import logging
import os
import sqlite3
import threading
from contextlib import ExitStack, closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sqlalchemy import URL, Connection, inspect, text

from storage import engines
from storage.errors import DamagedDatabase, NewerDatabase, NoWayBack
from storage.holding import keep_private

if TYPE_CHECKING:
    from alembic.config import Config

# Revisions are files whose name begins with their number, 0001_first.py: so the newest is known
# without loading Alembic, which a start with nothing to do need not wait for.
VERSIONS: Final = Path(__file__).with_name("migrations") / "versions"

_POSTGRESQL_LOCK: Final = 0x6C656461  # "leda"; shared by all who migrate one database

_log = logging.getLogger(__name__)
# Alembic keeps the migration that is running in module variables: one at a time in a process.
_alembic = threading.Lock()


@dataclass(frozen=True, slots=True)
class Upgrade:
    """What was done: nothing, if ``before`` equals ``after``."""

    before: str | None
    """The revision it was at; None for an empty database."""
    after: str | None
    """The revision it is at now; None while there are no revisions at all."""
    copy: Path | None = None
    """The SQLite file as it was before, if a step changed data."""


def upgrade(url: str | URL, *, now: datetime, versions: Path = VERSIONS) -> Upgrade:
    """Run every revision that the database lacks, all in one transaction.

    Two processes may start at once: the second waits, and finds nothing left to do. A file is
    checked first, and copied next to itself when a revision says ``changes_data = True``.

    Args:
        url: a SQLite file, made with its folder if missing, or a PostgreSQL database.
        now: aware; it names the copy.
        versions: the folder of revisions.

    Raises:
        UnreachableDatabase, DamagedDatabase, NewerDatabase: nothing was changed.
    """
    url = _parsed(url)
    with engines.explained(url):
        if file := engines.file_of(url):
            keep_private(file)
        head = head_revision(versions)
        if current_revision(url) == head:
            return Upgrade(before=head, after=head)
        with _alembic:
            return _upgrade(url, now, versions)


def downgrade(url: str | URL, to: str, *, now: datetime, versions: Path = VERSIONS) -> Upgrade:
    """Undo every revision after one, all in one transaction; a SQLite file is copied first.

    Raises:
        NoWayBack: a step cannot be undone, or not with what the database holds.
        UnreachableDatabase, DamagedDatabase, NewerDatabase: nothing was changed either.
    """
    url = _parsed(url)
    with engines.explained(url), _alembic, ExitStack() as undo:
        copy = None
        with engines.migrating(url).begin() as connection:
            _wait_for_others(connection)
            before = _revision(connection)
            _refuse_unknown(url, before, versions)
            if to not in _known(versions) or before is None or before < to:
                raise NoWayBack(f"it is at {before or 'no schema'}, and {to} is none before that")
            fixed = [step.revision for step in _steps(connection, to, versions) if not step.undone]
            if any(revision <= before for revision in fixed):
                raise NoWayBack(f"schema {min(fixed)} cannot be undone; restore the copy it left")
            if file := engines.file_of(url):
                _check_integrity(connection, file)
                copy = _copy_name(file, to, now)
                undo.callback(copy.unlink, missing_ok=True)
                _copy(file, copy)
            _migrate_back(connection, to, versions)
            _check_references(connection, url)
        undo.pop_all()
    _log.info("Took %s back from %s to %s", engines.where(url), before, to)
    return Upgrade(before, to, copy)


def current_revision(url: str | URL) -> str | None:
    """The revision the database is at; None if it is empty, or the file does not exist yet.

    Raises:
        UnreachableDatabase, DamagedDatabase: it cannot be read.
    """
    url = _parsed(url)
    file = engines.file_of(url)
    if file and not file.exists():
        return None
    engine = engines.reading(url)
    try:
        with engines.explained(url), engine.connect() as connection:
            return _revision(connection)
    finally:
        engine.dispose()


def examine(url: str | URL, *, versions: Path = VERSIONS) -> str | None:
    """The revision, as ``current_revision``, after a look at all that a start needs.

    The whole file is read for damage, and its folder must let leda write; nothing is changed.

    Raises:
        UnreachableDatabase, DamagedDatabase, NewerDatabase: a start would be refused.
    """
    url = _parsed(url)
    with engines.explained(url):
        file = engines.file_of(url)
        if file:
            _demand_rights(file)
        found = current_revision(url)
        _refuse_unknown(url, found, versions)
        if file and file.exists():
            engine = engines.reading(url)
            try:
                with engine.connect() as connection:
                    _check_integrity(connection, file)
            finally:
                engine.dispose()
    return found


def head_revision(versions: Path = VERSIONS) -> str | None:
    """The newest revision of this release; None while there is none."""
    return max(_known(versions), default=None)


def knows(revision: str) -> bool:
    """Whether this release knows a revision."""
    return revision in _known(VERSIONS)


def alembic_config(connection: Connection, versions: Path = VERSIONS) -> "Config":
    """What Alembic needs to know, without a file of its own: it works from a wheel."""
    from alembic.config import Config

    config = Config(attributes={"connection": connection})
    for option, value in {
        "script_location": str(Path(__file__).with_name("migrations")),
        "version_locations": str(versions),
        "path_separator": "newline",
        "file_template": "%(rev)s_%(slug)s",
    }.items():
        config.set_main_option(option, value.replace("%", "%%"))
    return config


def _upgrade(url: URL, now: datetime, versions: Path) -> Upgrade:
    with ExitStack() as undo:
        copy = None
        with engines.migrating(url).begin() as connection:
            _wait_for_others(connection)
            before, head = _revision(connection), head_revision(versions)
            _refuse_unknown(url, before, versions)
            steps = _steps(connection, before, versions)
            if (file := engines.file_of(url)) and inspect(connection).get_table_names():
                _check_integrity(connection, file)
                if any(step.changes_data for step in steps):
                    copy = _copy_name(file, steps[0].revision, now)
                    # Unless it succeeds: starts that fail again and again would fill the disk.
                    undo.callback(copy.unlink, missing_ok=True)
                    _copy(file, copy)
            _migrate(connection, versions)
            _check_references(connection, url)
        undo.pop_all()
    _log.info("Migrated %s from %s to %s", engines.where(url), before or "empty", head)
    return Upgrade(before, head, copy)


def _parsed(url: str | URL) -> URL:
    return engines.parse(url) if isinstance(url, str) else url


def _known(versions: Path) -> set[str]:
    return {file.name.partition("_")[0] for file in versions.glob("[0-9]*_*.py")}


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return found


def _refuse_unknown(url: URL, found: str | None, versions: Path) -> None:
    if found is not None and found not in _known(versions):
        raise NewerDatabase(engines.where(url), found, head_revision(versions))


def _wait_for_others(connection: Connection) -> None:
    """Be the only one who migrates; on SQLite the transaction has begun with that."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("SET LOCAL lock_timeout = '120s'")
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_POSTGRESQL_LOCK})")


@dataclass(frozen=True, slots=True)
class _Step:
    revision: str
    changes_data: bool
    undone: bool
    """Whether it says how it is undone."""


def _steps(connection: Connection, before: str | None, versions: Path) -> list[_Step]:
    """What is to be done, in order."""
    from alembic.script import ScriptDirectory

    scripts = ScriptDirectory.from_config(alembic_config(connection, versions))
    pending = list(scripts.iterate_revisions("head", before or "base"))
    return [
        _Step(
            script.revision,
            bool(getattr(script.module, "changes_data", False)),
            hasattr(script.module, "downgrade"),
        )
        for script in reversed(pending)
    ]


def _migrate(connection: Connection, versions: Path) -> None:
    from alembic import command

    command.upgrade(alembic_config(connection, versions), "head")


def _migrate_back(connection: Connection, to: str, versions: Path) -> None:
    from alembic import command

    command.downgrade(alembic_config(connection, versions), to)


def _demand_rights(file: Path) -> None:
    """SQLite writes the file and makes others beside it; what is missing will be made."""
    folder = next(parent for parent in file.absolute().parents if parent.exists())
    if not folder.is_dir():
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(folder))
    for place in (folder, file):
        if place.exists() and not os.access(place, os.W_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(place))


def _check_integrity(connection: Connection, file: Path) -> None:
    found = connection.exec_driver_sql("PRAGMA integrity_check").scalars().all()
    if found != ["ok"]:
        raise DamagedDatabase(str(file), " ".join(str(found[0]).split()))


def _check_references(connection: Connection, url: URL) -> None:
    """Foreign keys were off while tables were rebuilt: nothing may point to nothing now."""
    if connection.dialect.name != "sqlite":
        return
    found = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
    if found is not None:
        raise DamagedDatabase(
            engines.where(url), f"after its migration {found[0]} would refer to no {found[2]}"
        )


def _copy_name(file: Path, revision: str, now: datetime) -> Path:
    moment = now.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    return file.with_name(f"{file.name}.before-{revision}-{moment}")


def _copy(file: Path, copy: Path) -> None:
    """SQLite's own backup: complete, whatever else is reading, and synced to disk."""
    copy.touch(mode=0o600)
    with closing(sqlite3.connect(file)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)
    _log.info("Copied %s to %s before its data is migrated", file, copy)
