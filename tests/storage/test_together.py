"""Units of work that are run at once: the same answers, errors and rows as one by one."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlmodel import Session

from bot.domain.factors import drafts, factors
from bot.domain.factors.casting import CASTING, Press
from bot.domain.factors.drafts import Written
from bot.domain.factors.errors import FactorNotFound
from bot.domain.kit.errors import TextMissing
from bot.domain.membership import joining, organisation_changes
from bot.domain.programme import programmes
from storage.database import Database
from storage.desk import Desk, Person
from storage.enums import Choice, FactorKind, Language, Preset
from storage.errors import NotWritten
from storage.units import Together
from tests.storage.scene import Held, Note, commits_of, outcomes, put, start, texts

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
HERE = 2**62 + 1
BOSS = Person(1, frozenset(), manages_server=True)
ours = pytest.mark.usefixtures("only_our_tables")


class Puts:
    """Keeps notes, many at once; remembers how many came together."""

    def __init__(self) -> None:
        self.groups: list[list[str]] = []
        self.fails: Callable[[list[str]], bool] = lambda _: False
        self.work = Together(self._many, self._one)

    def _many(self, asked: Sequence[tuple[Desk, str]]) -> list[str | Exception]:
        said = [item for _, item in asked]
        self.groups.append(said)
        answers: list[str | Exception] = []
        for desk, item in asked:
            if item == "wrong":
                answers.append(ValueError(item))
                continue
            desk.session.add(Note(text=item))
            answers.append(item)
        asked[0][0].session.flush()
        if self.fails(said):
            raise RuntimeError("together it cannot be done")
        return answers

    def _one(self, desk: Desk, item: str) -> str:
        if item == "wrong":
            raise ValueError(item)
        return put(desk.session, item)


def call(db: Database, puts: Puts, item: str) -> Any:
    return db.visit(HERE, None, NOW).write_together(puts.work, item)


@ours
async def test_neighbours_that_ask_for_the_same_are_run_at_once_and_answered_each(lite: Database):
    puts, other = Puts(), Puts()
    commits: list[Any] = []
    async with Held(lite):
        commits_of(lite, commits.append)
        calls = await start(
                call(lite, puts, "a"), call(lite, puts, "wrong"), call(lite, puts, "b"),
                lite.write(put, "between"), call(lite, puts, "c"), call(lite, other, "d"),
            )  # fmt: skip
    answers = await outcomes(calls)
    assert [str(each) for each in answers] == ["a", "wrong", "b", "between", "c", "d"]
    assert isinstance(answers[1], ValueError)
    assert puts.groups == [["a", "wrong", "b"]]  # who is alone in a shared commit runs as any other
    assert other.groups == []
    assert await lite.read(texts) == {"held", "a", "b", "between", "c", "d"}
    assert len(commits) <= 2  # that of whoever held it, and theirs


@ours
async def test_what_fails_at_once_is_undone_and_done_by_each_alone(db: Database):
    puts = Puts()
    puts.fails = lambda _: True
    answers = await outcomes(
        await start(*(call(db, puts, item) for item in ("a", "wrong", "b")), db.write(put, "after"))
    )
    assert [str(each) for each in answers] == ["a", "wrong", "b", "after"]
    assert puts.groups
    assert await db.read(texts) == {"a", "b", "after"}


@ours
async def test_a_constraint_that_one_breaks_harms_nobody_else(db: Database):
    await db.write(put, "taken")
    puts = Puts()
    answers = await outcomes(await start(*(call(db, puts, item) for item in ("a", "taken", "b"))))
    assert [type(each).__name__ for each in answers] == ["str", "IntegrityError", "str"]
    assert await db.read(texts) == {"taken", "a", "b"}


@ours
async def test_whoever_asks_while_others_are_served_comes_with_the_next(db: Database):
    puts = Puts()
    answers = await outcomes(await start(*(call(db, puts, f"n{each}") for each in range(700))))
    assert answers == [f"n{each}" for each in range(700)]
    assert max(map(len, puts.groups)) <= 512
    assert [item for group in puts.groups for item in group] == answers


@ours
async def test_when_the_commit_fails_all_of_them_are_told(lite: Database):
    puts = Puts()

    def gone(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    commits_of(lite, gone)
    answers = await outcomes(await start(call(lite, puts, "a"), call(lite, puts, "b")))
    assert [type(each) for each in answers] == [NotWritten, NotWritten]
    assert await lite.read(texts) == set()


@pytest.fixture
async def whole(url: str) -> AsyncIterator[Database]:
    """With all tables."""
    database = Database(url)
    await database.open()
    yield database
    await database.close()


async def test_votes_of_many_count_at_once_on_either_database(whole: Database):
    def found(session: Session) -> None:
        desk = Desk(session, HERE, BOSS, NOW)
        programmes.set_up(desk, preset=Preset.SINGLE, language=Language.SV, timezone="Europe/Oslo")
        for number, name in enumerate(("Göteborgs stad", "Åre kommun")):
            home = organisation_changes.add(desk, name=name)
            for each in range(20):
                joining.join(desk, 100 + 20 * number + each, home.id)
        anna = Desk(session, HERE, Person(100, frozenset(), False), NOW)
        draft = drafts.save(anna, Written("Små steg", "Små steg. " * 9, FactorKind.PROMOTING))
        factors.publish(anna, draft.id)

    await whole.write(found)
    visit = whole.visit(HERE, None, NOW)
    presses = [
        Press(1, 100 + each, (Choice.SUPPORT, Choice.UNSURE)[each % 2], shown=each == 39)
        for each in range(40)
    ]
    wrong = [Press(2, 100, Choice.SUPPORT), Press(1, 101, Choice.OBJECT, reason=" ")]
    answers = await asyncio.gather(
        *(visit.write_together(CASTING, press) for press in [*presses, *wrong]),
        return_exceptions=True,
    )
    assert [type(each) for each in answers[-2:]] == [FactorNotFound, TextMissing]
    assert all(each.changed for each in answers[:-2])
    seen = answers[39].factor.tally
    now = (await visit.read(factors.show, 1)).tally
    assert (now.support, now.unsure) == (20, 20)
    assert seen.voters <= 40
