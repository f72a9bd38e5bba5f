"""What people were promised while the program is killed, held against its file."""

import re
import sqlite3
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from typing import Any, Final

from tests.wire.interactions import Interaction
from tests.wire.people import Person
from tests.wire.programme import Scene

_PUBLISHED: Final = ("Publishing", "Thank you")
_IMPORTED: Final = ("**Imported", "**Done")
_ID: Final = re.compile(r"\d{15,20}")
_TABLES: Final = (
    "select name from sqlite_master where type = 'table' and name not like 'factor_%_index_%'"
)
_FACTORS: Final = "select id, title, reason, thread_id from factor where programme_id = ?"
_INSIDE: Final = "select member_id from participant where programme_id = ? and left_at is null"
_ASKED: Final = "select member_id from join_request where programme_id = ?"


@dataclass
class Decision:
    """What a coordinator decided about the factor of this title."""

    number: int
    title: str
    outcome: str
    promised: bool = False  # it was answered
    carried_out: bool = False  # it was seen in the file

    @property
    def reason(self) -> str:
        """As no other decision has it."""
        return f"We agreed so in round {self.number} of our talks."


@dataclass
class Promises:
    """What was answered, to whom; and whether the file knows of it.

    Who asked to be forgotten is ``leaving``, whether or not that was answered: of them nothing is
    expected any more, but that they are in no table once they are told so (``erased``).
    """

    people: dict[int, Person] = field(default_factory=dict)
    asked: set[int] = field(default_factory=set)
    let_in: set[int] = field(default_factory=set)
    leaving: set[int] = field(default_factory=set)
    erased: dict[int, Person] = field(default_factory=dict)
    published: dict[str, Interaction] = field(default_factory=dict)
    authors: dict[str, int] = field(default_factory=dict)
    imported: dict[tuple[str, ...], Interaction] = field(default_factory=dict)
    decisions: list[Decision] = field(default_factory=list)
    inside: set[int] = field(default_factory=set)  # by the file
    standing: dict[int, str] = field(default_factory=dict)  # threads and titles, by the file
    broken: list[str] = field(default_factory=list)

    @property
    def titles(self) -> set[str]:
        """Those of the factors that people made in this run."""
        return {*self.published, *(title for titles in self.imported for title in titles)}

    def hold(self, scene: Scene, *, back: bool) -> None:
        """Hold all against the file; if an older one was put in place, what it says counts."""
        with closing(sqlite3.connect(scene.program.database)) as file:
            titles, reasons = self._factors(file, scene.guild.id)
            self.inside = {row[0] for row in file.execute(_INSIDE, (scene.guild.id,))}
            asked = {row[0] for row in file.execute(_ASKED, (scene.guild.id,))}
            named = _everyone_in(file)
        if back:
            self._forget(titles, reasons, asked, named)
        self._made(titles)
        self._decided(reasons)
        self._break("asked to be let in", self.asked - asked - self.inside - self.leaving)
        self._break("let in", self.let_in - self.inside - self.leaving)
        self._break("erased, and still there", self.erased.keys() & named)

    def _factors(
        self, file: sqlite3.Connection, guild_id: int
    ) -> tuple[Counter[str], dict[str, str]]:
        rows = file.execute(_FACTORS, (guild_id,)).fetchall()
        self.standing = {row[3]: row[1] for row in rows if row[3] and row[1] in self.titles}
        return Counter(row[1] for row in rows), {row[1]: row[2] for row in rows}

    def _made(self, titles: Counter[str]) -> None:
        for title, done in self.published.items():
            most, least = 1, int(_said(done, _PUBLISHED))
            if not least <= titles[title] <= most:
                self._break("published", {f"{title}: {titles[title]} times"})
        for made, done in self.imported.items():
            numbers = {titles[title] for title in made}
            if numbers != {1} and (numbers != {0} or _said(done, _IMPORTED)):
                self._break("imported", {f"{made}: {numbers} times"})

    def _decided(self, reasons: dict[str, str]) -> None:
        """The newest that was answered stands, or one after it that was not."""
        newest: dict[str, list[Decision]] = {}
        for decision in self.decisions:
            if decision.promised:
                newest[decision.title] = []
            newest.setdefault(decision.title, []).append(decision)
        for title, may in newest.items():
            found = [each for each in may if each.reason == reasons.get(title)]
            for decision in found:
                decision.carried_out = True
            if may[0].promised and not found:
                self._break("decided", {f"{may[0]}, but: {reasons.get(title)}"})

    def _forget(
        self, titles: Counter[str], reasons: dict[str, str], asked: set[int], named: set[int]
    ) -> None:
        """An older file is in place: what was promised since then is over."""
        self.published = {t: done for t, done in self.published.items() if titles[t]}
        self.imported = {
            made: done for made, done in self.imported.items() if any(titles[t] for t in made)
        }
        self.asked &= asked | self.inside
        self.let_in &= self.inside
        self.erased = {key: who for key, who in self.erased.items() if key not in named}
        kept: list[Decision] = []
        for title, reason in reasons.items():
            about = [each for each in self.decisions if each.title == title]
            numbers = [each.number for each in about if each.reason == reason]
            kept += [each for each in about if numbers and each.number <= numbers[0]]
        self.decisions = sorted(kept, key=lambda each: each.number)

    def _break(self, what: str, found: Any) -> None:
        self.broken += [f"BROKEN PROMISE: {what}: {each}" for each in found]


def _everyone_in(file: sqlite3.Connection) -> set[int]:
    """Every number in the file that is long enough for a Discord id."""
    tables = [row[0] for row in file.execute(_TABLES)]
    return {
        int(number)
        for table in tables
        for row in file.execute(f"select * from {table}")
        for number in _ID.findall(str(row))
    }


def _said(done: Interaction, marks: tuple[str, ...]) -> bool:
    texts = [*done.history, *(message.text for message in done.followups)]
    return any(mark in text for text in texts for mark in marks)
