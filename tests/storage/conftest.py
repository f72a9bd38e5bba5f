"""An empty database for each test: a SQLite file, and PostgreSQL too if one is named."""

import os
import uuid
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import create_engine, make_url, text

import storage.database
from storage.database import Database
from storage.engines import parse
from storage.upgrade import Upgrade, upgrade
from tests.storage.scene import opened
from tests.storage.steps import FIRST, NOW, REVISION, Write

POSTGRES = os.environ.get("LEDA_TEST_POSTGRES")
KINDS = ["sqlite", "postgresql"] if POSTGRES else ["sqlite"]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "data" / "leda.db"


@pytest.fixture
def sqlite_url(file: Path) -> str:
    return f"sqlite:///{file}"


@pytest.fixture(params=KINDS)
def url(request: pytest.FixtureRequest) -> str:
    return request.getfixturevalue(f"{request.param}_url")


@pytest.fixture
def postgresql_url() -> Iterator[str]:
    with postgresql() as url:
        yield url


@contextmanager
def postgresql() -> Iterator[str]:
    """A database of its own on the server, as long as it is needed."""
    if POSTGRES is None:
        pytest.skip("LEDA_TEST_POSTGRES names no server")
    name = f"leda_test_{uuid.uuid4().hex}"
    server = create_engine(parse(POSTGRES), isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
        yield make_url(POSTGRES).set(database=name).render_as_string(hide_password=False)
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    server.dispose()


@pytest.fixture
def only_our_tables(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(storage.database, "upgrade", partial(upgrade, versions=tmp_path / "none"))


@pytest.fixture
async def db(url: str, only_our_tables: None) -> AsyncIterator[Database]:
    """On SQLite and, if there is one, on PostgreSQL."""
    database = await opened(url)
    yield database
    await database.close()


@pytest.fixture
async def lite(sqlite_url: str, only_our_tables: None) -> AsyncIterator[Database]:
    database = await opened(sqlite_url)
    yield database
    await database.close()


@pytest.fixture
def versions(tmp_path: Path) -> Path:
    folder = tmp_path / "100% versions"
    folder.mkdir()
    return folder


@pytest.fixture
def revision(versions: Path) -> Write:
    def write(number: int, body: str, flags: str = "") -> None:
        before = f"{number - 1:04}" if number > 1 else None
        source = REVISION.format(number=f"{number:04}", before=before, body=body, flags=flags)
        (versions / f"{number:04}_step.py").write_text(source)

    write(1, FIRST)
    return write


@pytest.fixture
def up(versions: Path, revision: Write) -> Callable[[str], Upgrade]:
    return partial(upgrade, now=NOW, versions=versions)
