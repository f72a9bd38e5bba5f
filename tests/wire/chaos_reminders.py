"""Reminders while the program is killed: each that falls due comes, and comes once."""

import asyncio
import random
import re
import sqlite3
from collections import Counter
from collections.abc import Iterable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import Any, Final, TypeAlias

from tests.wire.loopback import Posted
from tests.wire.numbers import ROW, number_in, numbers_of
from tests.wire.programme import Scene

_NONCE_LIFE: Final = 2.0
_SOONEST, _LATEST = 0.3, 3.5  # seconds after a death: around the next one
_PERSONAL: Final = re.compile(r"snooze:1:\d+:(\d+)$")
_SERIES: Final = (("Joint morning", "all"), ("School round", "School"), ("Health round", "Health"))
_OWN: Final = 6

_DUE: Final = (
    "select key from delivery where state = 'planned' and attempts = 0"
    " and kind in ('meeting.reminder', 'meeting.people', 'meeting.own') and due_at > ?"
)
_MOVED: Final = "update delivery set due_at = ?, next_at = ? where key = ? and state = 'planned'"
_WAITING: Final = (
    "update delivery set next_at = ? where state = 'planned' and attempts > 0 and next_at > ?"
)
_INVITED: Final = (
    "select occurrence.id, participant.member_id from occurrence"
    " join meeting on meeting.id = meeting_id"
    " join participant on participant.programme_id = meeting.programme_id and left_at is null"
    " where occurrence.id in (select subject_id from delivery"
    "  where kind = 'meeting.people' and due_at <= ?)"
    " and (meeting.track_id is null or exists (select 1 from organisation_track as o"
    "  where o.organisation_id = participant.organisation_id and o.track_id = meeting.track_id))"
)

Told: TypeAlias = tuple[int, int]  # occurrence, member


class Reminders:
    """Series of meetings whose reminders fall due all through the run.

    The meetings are made in the chat, months ahead, with the reminders that a programme has: in
    the channel a week, a day and an hour before, personal ones a day before, and some in a
    coordinator's own words. Nobody can wait for them; so whenever the program is dead, a few are
    brought forward in its file (``due_at`` and ``next_at`` alone), to around its next death. For
    the same reason what waits a minute for another try waits no more then.

    The loopback forgets nonces after two seconds, which Discord does after minutes: leda has to
    find out by itself what went out. Who has to hear of what is read from who takes part, not from
    what leda planned for them; who comes to the programme later is nobody's business here.

    A file that is set back has in it again as planned what went out since, and as due far ahead
    what was brought forward since. The latter is brought forward to where it was: time, too, does
    not go back.
    """

    def __init__(self, times: int = 70, at_a_time: int = 4) -> None:
        self._times, self._at_a_time = times, at_a_time
        self._quiet: set[int] = set()
        self._members: set[int] = set()
        self._moved: dict[str, str] = {}  # when what was brought forward fell due, by its key
        self._dice = random.Random(0)
        self._ends = False
        self._found: dict[str, int] = {}
        self._trouble: dict[str, int] = {}
        self._wrong: list[str] = []

    async def begin(self, scene: Scene, dice: random.Random) -> None:
        self._dice = random.Random(dice.random())
        scene.discord.rules.nonce_life = _NONCE_LIFE
        await self._choose(scene)
        inside = "select distinct member_id from participant where left_at is null"
        self._members = {row[0] for row in _rows(scene, inside)} - self._quiet
        boss, first = scene.boss, datetime.now(UTC) + timedelta(days=30)
        for number, (title, track) in enumerate(_SERIES):
            when = f"{first + timedelta(days=number):%Y-%m-%d} 10:00"
            preview = await boss.slash(
                "meeting schedule", title=title, when=when, track=track, repeat="weekly",
                times=self._times,
            )  # fmt: skip
            await (await boss.press(preview.message, "meetingsave:1")).until("card is")
            for mine in range(_OWN):
                await boss.slash(
                    "meeting remind", meeting=title, text=f"In my own words, {number}.{mine}.",
                    when=f"{first - timedelta(days=mine + 1):%Y-%m-%d} 09:00",
                )  # fmt: skip

    async def _choose(self, scene: Scene) -> None:
        """Two in one track, four in two; one mentioned, one left alone, one closed to messages."""
        await scene.joins("dan", "Borås stad")
        await scene.joins("eva", "Borås stad")
        await scene.joins("fia", "Vara kommun")
        people = scene.people
        for name, reach in (("bo", "mention"), ("fia", "mention"), ("dan", "nothing")):
            shown = await people[name].slash("notify")
            await people[name].press(shown.message, f"reach:1:{scene.guild.id}:{reach}")
        people["eva"].user.takes_direct = False
        self._quiet = {people["dan"].id}

    async def live(self, scene: Scene, dice: random.Random) -> None:
        await asyncio.Event().wait()

    def look(self, scene: Scene, *, back: bool = False) -> None:
        if self._ends:
            self._count(scene)
        elif back:
            self._bring_back(scene)
        else:
            self._bring_forward(scene)

    def _bring_back(self, scene: Scene) -> None:
        with closing(sqlite3.connect(scene.program.database)) as file, file:
            file.executemany(_MOVED, [(soon, soon, key) for key, soon in self._moved.items()])

    def _bring_forward(self, scene: Scene) -> None:
        now = datetime.now(UTC)
        with closing(sqlite3.connect(scene.program.database)) as file, file:
            keys = [row[0] for row in file.execute(_DUE, (_text(now + timedelta(hours=1)),))]
            for key in self._dice.sample(sorted(keys), min(self._at_a_time, len(keys))):
                soon = _text(now + timedelta(seconds=self._dice.uniform(_SOONEST, _LATEST)))
                self._moved[key] = soon
                file.execute(_MOVED, (soon, soon, key))
            file.execute(_WAITING, (_text(now + timedelta(seconds=_SOONEST)), _text(now)))

    async def end(self, scene: Scene) -> None:
        """No meeting's post is due or on its way any more; what is planned lies far ahead."""
        open_rows = "state = 'sending' or state = 'planned' and due_at < ?"
        query = f"select count(*) from delivery where kind like 'meeting.%' and ({open_rows})"

        def is_done() -> bool:
            soon = _text(datetime.now(UTC) + timedelta(minutes=2))
            return _rows(scene, query, soon) == [(0,)]

        await scene.discord.until(is_done, 300.0)
        self._ends = True

    def _count(self, scene: Scene) -> None:
        """Hold what became visible against what was due and who was to hear of it."""
        now = _text(datetime.now(UTC))
        due = _rows(
            scene,
            f"select {ROW}, state, note from delivery"
            " where due_at <= ? and kind like 'meeting.%' and kind <> 'meeting.people'",
            now,
        )
        posts = [post for post in scene.discord.posts() if numbers_of(post)]
        for_all = [post for post in posts if not _times_of(post)]
        numbers = Counter((post.channel_id, each) for post in for_all for each in numbers_of(post))
        out = {each for post in posts for each in numbers_of(post)}
        lost = [row for row in due if row[4] != "sent" or number_in(row[:4]) not in out]
        # A text for all is said once, whatever number it has.
        said = Counter((post.channel_id, post.text) for post in for_all)
        doubled = max(_more(numbers.values()), _more(said.values()))
        wanted = {told for told in _rows(scene, _INVITED, now) if told[1] in self._members}
        told = Counter(each for each in _told(posts) if each[1] in self._members | self._quiet)
        self._found = {
            "reminders due": len(due),
            "reminders posted once": len(due) - len(lost) - doubled,
            "reminders lost": len(lost),
            "reminders posted twice": doubled,
            "people to be reminded in person": len(wanted),
            "people reminded in person": len(told),
            "people never reminded": len(wanted - told.keys()),
            "people reminded twice": _more(told.values()),
            "people reminded against their will": len(told.keys() - wanted),
        }
        again = [(key, count) for key, count in (said | numbers).items() if count > 1]
        self._wrong = [f"LOST: {row}" for row in lost] + [f"TWICE: {each}" for each in again]
        self._trouble = _trouble(scene)

    def tally(self) -> dict[str, int]:
        return self._found | self._trouble

    def failures(self) -> list[str]:
        never = ("lost", "posted twice", "never", "reminded twice", "against")
        wrong = [
            f"WRONG: {name}: {number}"
            for name, number in self._found.items()
            if number and any(word in name for word in never)
        ]
        return [*self._wrong, *wrong] if self._found.get("reminders due") else ["NOTHING was due"]


def _trouble(scene: Scene) -> dict[str, int]:
    """How often it was put to the test."""
    posting = re.compile(r"^/channels/\d+/messages$")
    asked = [each for each in scene.discord.requests if posting.match(each.path)]
    unsaid = [
        fault
        for method, path, fault in scene.discord.faults.happened
        if fault.after and method == "POST" and posting.match(path)
    ]
    return {
        "posts that were carried out and answered with an error": len(unsaid),
        "looks for what may be out already": sum(each.method == "GET" for each in asked),
    }


def _told(posts: Iterable[Posted]) -> Iterable[Told]:
    for post in posts:
        people = post.mentioned if post.direct_to is None else {post.direct_to}
        yield from ((time, member) for time in _times_of(post) for member in people)


def _times_of(post: Posted) -> list[int]:
    """The times of meetings that somebody is reminded of in person: their buttons name them."""
    return [int(found[1]) for key in post.custom_ids if (found := _PERSONAL.match(key))]


def _more(counts: Iterable[int]) -> int:
    """How many there are beyond one of each."""
    return sum(count - 1 for count in counts)


def _rows(scene: Scene, query: str, *values: Any) -> list[Any]:
    address = f"file:{scene.program.database}?mode=ro"
    with closing(sqlite3.connect(address, uri=True)) as file:
        return file.execute(query, values).fetchall()


def _text(moment: datetime) -> str:
    """As the file has it."""
    return f"{moment:%Y-%m-%dT%H:%M:%S.%f}Z"
