"""A programme in a real SQLite file, and use cases run in it as the program runs them."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event
from sqlmodel import Session, select

from bot.domain.factors import drafts, factors
from bot.domain.factors.drafts import Written
from bot.domain.factors.views import FactorView
from bot.domain.membership import joining, organisation_changes
from bot.domain.programme import programmes
from bot.domain.programme.programmes import ProgrammeView
from storage import engines
from storage.desk import Person
from storage.enums import FactorKind, Language, Preset
from storage.journal import Entry
from storage.shards import Shards
from tests import desks
from tests.conftest import repeating
from tests.domain.scenes import scene

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
HERE, ELSEWHERE = 2**62 + 1, 2**62 + 2
EVERYWHERE = Shards(1, frozenset({0}))
SCHOOL, CARE = "School and learning in a digital world", "Health and care in a digital world"
HOW = "We let two units try it for four weeks and met every Friday."


@dataclass
class World:
    """Two servers' worth of database, and shorthands for what happens in it."""

    engine: Engine

    def __call__(
        self,
        work: Callable[..., Any],
        *args: Any,
        by: Person | None = None,
        now: datetime = NOW,
        programme: int = HERE,
        **more: Any,
    ) -> Any:
        """Run a use case in a transaction of its own: kept if it returns, undone if it raises."""
        with Session(self.engine, expire_on_commit=False) as session, session.begin():
            return desks.call(session, work, *args, by=by, now=now, programme=programme, **more)

    @property
    def file(self) -> Path:
        return Path(self.engine.url.database)

    def begin(self, file: Path) -> None:
        """Let everything be as a file says."""
        self.engine.dispose()
        for left in self.file.parent.glob(f"{self.file.name}*"):
            left.unlink()
        shutil.copy(file, self.file)

    def set_up(self, programme: int = HERE, **more: Any) -> ProgrammeView:
        wanted = {
            "preset": Preset.LEDA, "language": Language.EN, "timezone": "Europe/Stockholm",
        }  # fmt: skip
        return self(programmes.set_up, by=MANAGER, programme=programme, **{**wanted, **more})

    def organisation(self, name: str, *tracks: str, programme: int = HERE) -> int:
        said = ", ".join(tracks)
        view = self(
            organisation_changes.add, name=name, tracks_said=said, by=MANAGER, programme=programme
        )
        return view.id

    def join(
        self, member: int, organisation: int, now: datetime = NOW, programme: int = HERE
    ) -> Any:
        return self(joining.join, member, organisation, programme=programme, now=now)

    def leave(self, member: int, now: datetime = NOW) -> Any:
        return self(joining.leave, member, now=now)

    def draft(self, member: int, programme: int = HERE, now: datetime = NOW, **said: Any) -> Any:
        written = Written(
            **{"title": "Try it small", "kind": FactorKind.PROMOTING, "how": HOW, **said}
        )
        return self(drafts.save, written, by=somebody(member), programme=programme, now=now)

    def factor(
        self, member: int, programme: int = HERE, now: datetime = NOW, **said: Any
    ) -> FactorView:
        draft = self.draft(member, programme, now, **said)
        with repeating():
            return self(
                factors.publish, draft.id, by=somebody(member), programme=programme, now=now
            )

    def journal(self, programme: int = HERE) -> list[Entry]:
        query = select(Entry).where(Entry.programme_id == programme).order_by(Entry.id)
        return list(self(lambda session: session.exec(query).all()))


def somebody(member: int) -> Person:
    """A member of the server without any rights in it."""
    return Person(member, frozenset(), manages_server=False)


MANAGER = Person(1, frozenset(), manages_server=True)
FOLLOWER = Person(2, frozenset(), manages_server=False)


@pytest.fixture(scope="session")
def shared_engine(tmp_path_factory):
    """One engine for all tests of a process, because it remembers how statements are written."""
    path = tmp_path_factory.mktemp("domain") / "leda.db"
    engine = engines.writing(engines.parse(f"sqlite:///{path}"))
    # Nothing here is lost with the machine's power: spare the disk.
    event.listen(engine, "connect", lambda c, _: c.execute("PRAGMA synchronous=OFF"))
    yield engine
    engine.dispose()


@pytest.fixture
def world(empty_file, shared_engine):
    """An empty database in a file of its own."""
    world = World(shared_engine)
    world.begin(empty_file)
    yield world
    shared_engine.dispose()


@scene
def trial(world):
    """A programme of two tracks: Göteborg in school, Vara in care, Västerås in both."""
    world.set_up()
    world.goteborg = world.organisation("Göteborgs stad", SCHOOL)
    world.vara = world.organisation("Vara kommun", CARE)
    world.vasteras = world.organisation("Västerås stad", SCHOOL, CARE)
    return world
