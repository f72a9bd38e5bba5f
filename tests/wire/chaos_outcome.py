"""What became of people's deeds in the end: in Discord, beside what the file says."""

import re
import sqlite3
from collections import Counter, defaultdict
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from tests.wire.chaos_promises import Promises
from tests.wire.loopback import Posted
from tests.wire.numbers import numbers_of
from tests.wire.programme import Scene

_CARD: Final = re.compile(r"more:1:(\d+)$")  # on every card, decided or not
_REQUEST: Final = re.compile(r"request:1:\d+:(\d+):")
# What must not be left, in the whole file.
_HANGING: Final = {
    "posts that hang on their way": "select count(*) from delivery where state = 'sending'",
    "posts that are overdue":
        "select count(*) from delivery where state = 'planned' and due_at < :soon",
    "factors without a card or a thread":
        "select count(*) from factor where message_id is null or thread_id is null",
    "requests without a card":
        "select count(*) from join_request where status = 'open' and id not in"
        " (select subject_id from delivery where kind = 'request.card' and state = 'sent')",
    "marks of what is still to be done":
        "select (select count(*) from member where roles_due)"
        " + (select count(*) from factor where recount_due)"
        " + (select count(*) from meeting where due)",
}  # fmt: skip


def is_settled(scene: Scene) -> bool:
    """Whether nothing is under way or due any more."""
    return not any(_hanging(scene).values())


@dataclass
class Outcome:
    """Numbers, each with what it counts."""

    counts: dict[str, int] = field(default_factory=dict)
    totals: set[str] = field(default_factory=set)
    lacking: list[tuple[int, str]] = field(default_factory=list)  # factors without a card

    def all_of(self, what: str, number: int) -> None:
        """So many there are."""
        self.counts[what] = number
        self.totals.add(what)

    def once(self, what: str, times: list[int]) -> None:
        """Each should have been done once."""
        self.counts[f"{what}: never"] = sum(each == 0 for each in times)
        self.counts[f"{what}: twice"] = sum(each > 1 for each in times)

    def wrong(self) -> list[str]:
        """All that should be 0 and is not."""
        found = [(name, n) for name, n in self.counts.items() if n and name not in self.totals]
        said = [f"WITHOUT A CARD: {factor}" for factor in self.lacking]
        return [*said, *(f"WRONG: {name}: {number}" for name, number in found)]


def find_outcome(scene: Scene, promises: Promises) -> Outcome:
    """Count what was done never or twice; no program runs."""
    found = Outcome()
    posts = [post for post in scene.discord.posts() if not post.edit]
    _factors(found, scene, promises, posts)
    _requests(found, scene, posts)
    _decisions(found, scene, promises, posts)
    _people(found, promises, posts)
    found.counts |= {f"hanging: {name}": number for name, number in _hanging(scene).items()}
    return found


def _factors(found: Outcome, scene: Scene, promises: Promises, posts: list[Posted]) -> None:
    """After an older file was put in place, another factor may have the same number."""
    cards: dict[int, list[str]] = defaultdict(list)
    for post in posts:
        numbers = {int(said[1]) for key in post.custom_ids if (said := _CARD.match(key))}
        if post.direct_to is None and len(numbers) == 1:
            cards[numbers.pop()].append(post.text)
    query = "select id, title, thread_id from factor where programme_id = ?"
    # Others were there before, and their cards were posted in another run.
    rows = [row for row in _rows(scene, query, scene.guild.id) if row[1] in promises.titles]
    found.all_of("factors", len(rows))
    found.once("cards posted", [sum(row[1] in text for text in cards[row[0]]) for row in rows])
    found.lacking += [row[:2] for row in rows if not any(row[1] in t for t in cards[row[0]])]
    missing = sum(row[2] not in scene.discord.world.channels for row in rows)
    found.counts["threads missing"] = missing


def _requests(found: Outcome, scene: Scene, posts: list[Posted]) -> None:
    cards: dict[int, list[str]] = defaultdict(list)
    for post in posts:
        for number in {int(said[1]) for key in post.custom_ids if (said := _REQUEST.match(key))}:
            cards[number].append(post.text)
    query = "select id, member_id, status from join_request where programme_id = ?"
    rows = _rows(scene, query, scene.guild.id)
    times = {row[0]: sum(f"<@{row[1]}>" in text for text in cards[row[0]]) for row in rows}
    waiting = [times[row[0]] for row in rows if row[2] == "open"]
    found.all_of("requests", len(rows))
    found.all_of("requests that wait", len(waiting))
    found.once("requests passed on", waiting)
    # Who asks again after an older file was put in place may get the same request once more.
    ours = Counter(
        (post.channel_id, number)
        for post in posts
        if any(_REQUEST.match(key) for key in post.custom_ids)
        for number in numbers_of(post)
    )
    found.counts["requests passed on: twice"] = sum(number > 1 for number in ours.values())


def _decisions(found: Outcome, scene: Scene, promises: Promises, posts: list[Posted]) -> None:
    threads = {title: thread for thread, title in promises.standing.items()}
    reasons = dict(_rows(scene, "select title, reason from factor"))
    done = [each for each in promises.decisions if each.promised or each.carried_out]
    in_thread, direct = [], []
    for each in done:
        if each.reason != reasons.get(each.title):
            continue  # decided again since: what no longer holds is not told any more
        said = [post for post in posts if each.reason in post.text]
        in_thread.append(sum(post.channel_id == threads.get(each.title) for post in said))
        author = promises.authors.get(each.title, 0)
        if author and author not in promises.leaving:
            direct.append(sum(post.direct_to == author for post in said))
    found.all_of("decisions", len(done))
    found.once("decisions told in the thread", in_thread)
    found.once("decisions told to the proposer", direct)


def _people(found: Outcome, promises: Promises, posts: list[Posted]) -> None:
    told = Counter(post.direct_to for post in posts if "reach:1" in str(post.custom_ids))
    welcome = promises.let_in - promises.leaving
    found.all_of("people let in", len(welcome))
    found.once("people told that they are in", [told[member] for member in welcome])
    found.all_of("people erased", len(promises.erased))


def _hanging(scene: Scene) -> dict[str, int]:
    soon = f"{datetime.now(UTC) + timedelta(minutes=2):%Y-%m-%dT%H:%M:%S.%fZ}"
    return {name: _rows(scene, query, {"soon": soon})[0][0] for name, query in _HANGING.items()}


def _rows(scene: Scene, query: str, *values: Any) -> list[Any]:
    given = values[0] if values and isinstance(values[0], dict) else values
    address = f"file:{scene.program.database}?mode=ro"
    with closing(sqlite3.connect(address, uri=True)) as file:
        return file.execute(query, given).fetchall()
