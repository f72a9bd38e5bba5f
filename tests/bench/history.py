"""Ten years of factors in bulk: what was proposed, edited, merged, decided, and the votes on it."""

import json
import random
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Connection, insert

from bot.domain.factors import counting
from storage.enums import Choice, ExperienceStance, FactorKind, FactorStatus
from storage.factors.experiences import Experience
from storage.factors.factors import Factor, FactorVersion
from storage.factors.frozen import FrozenTally
from storage.search.stems import fold
from tests.bench.corpus import Corpus

WEEK: Final = timedelta(weeks=1)
WEEKS: Final = 520
EACH: Final = 20  # votes on a factor
OF_PRESSERS: Final = 8  # of them by those who press in the storm

_CHOICES: Final = (Choice.SUPPORT,) * 7 + (Choice.UNSURE,) * 2 + (Choice.OBJECT,)
_VOTE: Final = (
    "INSERT INTO vote (factor_id, participant_id, choice, reason, cast_at) VALUES (?, ?, ?, ?, ?)"
)
_ENTRY: Final = (
    "INSERT INTO journal (programme_id, at, who, kind, subject, subject_id, data) "
    "VALUES (?, ?, ?, ?, ?, ?, ?)"
)


@dataclass(frozen=True)
class Who:
    """A participant."""

    id: int
    member_id: int
    organisation_id: int


@dataclass
class Here:
    """The programme that all is about. ``tracks`` has each one's organisations."""

    programme_id: int
    ends: datetime
    tracks: dict[int, list[int]]
    pressers: list[Who]
    others: list[Who]
    key_areas: list[int]
    first_factor: int
    channel_id: int

    @property
    def starts(self) -> datetime:
        """Ten years before its end."""
        return self.ends - WEEKS * WEEK

    def of_track(self, track: int | None, whom: Sequence[Who]) -> list[Who]:
        """Those of these people who may vote in a track; anyone, in all of them."""
        inside = set(self.tracks[track]) if track else None
        return [who for who in whom if inside is None or who.organisation_id in inside]


@dataclass
class Journal:
    """Entries by the week that they are of, so that they are written in the order of time."""

    here: Here
    weeks: dict[int, list[tuple[Any, ...]]] = field(default_factory=lambda: defaultdict(list))

    def note(
        self, at: datetime, who: int | None, kind: str, subject_id: int | None, **data: Any
    ) -> None:
        week = (at - self.here.starts) // WEEK
        subject = kind.partition(".")[0]
        row = (self.here.programme_id, text(at), who, kind, subject, subject_id, json.dumps(data))
        self.weeks[week].append(row)

    def write(self, connection: Connection, until: int) -> None:
        """Write the weeks before one, which nothing is added to any more."""
        for week in sorted(key for key in self.weeks if key < until):
            rows = sorted(self.weeks.pop(week), key=lambda row: row[1])
            connection.exec_driver_sql(_ENTRY, rows)


def text(at: datetime) -> str:
    """A moment as SQLite keeps it; bulk goes past the column types."""
    return at.replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def fill(connection: Connection, here: Here, journal: Journal, each_week: int) -> Iterator[int]:
    """So many factors in each week with all that became of them; after each, its number."""
    chance, corpus = random.Random(3), Corpus()
    voters, everyone = _voters(here), [*here.pressers, *here.others]
    number, merging = here.first_factor, _Merging()
    for week in range(WEEKS):
        rows: dict[Any, list[dict[str, Any]]] = defaultdict(list)
        votes: list[tuple[Any, ...]] = []
        for at in sorted(chance.random() for _ in range(each_week)):
            created = here.starts + (week + at) * WEEK
            made = _Made(chance, here, journal, number, created)
            made.propose(corpus, everyone)
            cast = made.vote(*voters[made.row["track_id"]])
            made.become(merging, rows)
            votes += cast
            rows[Factor].append(made.row)
            if made.version:
                rows[FactorVersion].append(made.version)
            rows[Experience] += made.experiences()
            number += 1
        for table in (Factor, FactorVersion, FrozenTally, Experience):
            if rows[table]:
                connection.execute(insert(table), rows[table])
        connection.exec_driver_sql(_VOTE, votes)
        journal.write(connection, week)
        yield week


def _voters(here: Here) -> dict[int | None, tuple[list[Who], list[Who]]]:
    return {
        track: (here.of_track(track, here.pressers), here.of_track(track, here.others))
        for track in (None, *here.tracks)
    }


class _Merging:
    """The last open factor of each track, for another to be merged into."""

    def __init__(self) -> None:
        self.last: dict[int | None, int] = {}


class _Made:
    """One factor in the making."""

    def __init__(
        self, chance: random.Random, here: Here, journal: Journal, number: int, created: datetime
    ) -> None:
        self._chance, self._here, self._journal = chance, here, journal
        self.number, self.created = number, created
        self.row: dict[str, Any] = {}
        self.version: dict[str, Any] | None = None
        self._said: dict[int, list[int]] = {}  # by organisation: support, objections, unsure
        self._against: list[int] = []

    def _later(self, days: float) -> datetime:
        """A moment within so many days of its beginning, and before the end of all."""
        span = min(timedelta(days=days), self._here.ends - self.created)
        return self.created + span * self._chance.random()

    def propose(self, corpus: Corpus, authors: Sequence[Who]) -> None:
        """It is published, and perhaps edited."""
        chance, here = self._chance, self._here
        author = chance.choice(authors)
        title, how = corpus.text(3, 9), corpus.text(20, 90)
        own = [each for each, inside in here.tracks.items() if author.organisation_id in inside]
        self.row = {
            "id": self.number, "root_id": self.number, "programme_id": here.programme_id,
            "track_id": chance.choice([None, *own]), "title": title, "folded": fold(title),
            "kind": chance.choice(list(FactorKind)), "how": how,
            "context": corpus.text(5, 20) if chance.random() < 0.3 else "",
            "participant_id": author.id, "organisation_id": author.organisation_id,
            "status": FactorStatus.OPEN, "created_at": self.created, "frozen_at": None,
            "decided_at": None, "merged_into_id": None, "moved_at": None, "reason": "",
            "key_area_id": chance.choice([None, *here.key_areas]), "version": 1,
            "voted_version": 1, "changed_at": None, "standing": "too_early", "score": 0.25,
            "split": 0.0, "discussed": chance.randrange(20), "channel_id": here.channel_id,
            "message_id": _thread(self.number), "thread_id": _thread(self.number),
        }  # fmt: skip
        self._journal.note(
            self.created, author.member_id, "factor.published", self.number,
            track=self.row["track_id"],
        )  # fmt: skip
        if chance.random() < 0.15:
            self._edit(author, corpus.text(20, 90))

    def _edit(self, author: Who, how: str) -> None:
        small, until = self._chance.random() < 0.5, self._later(14)
        self.version = {
            "factor_id": self.number, "number": 1, "title": self.row["title"], "how": how,
            "context": "", "evidence": "", "small": small, "undone": False, "until": until,
        }  # fmt: skip
        self.row["version"] = 2
        if not small:
            self.row |= {"voted_version": 2, "changed_at": until}
        self._journal.note(
            until, author.member_id, "factor.edited", self.number, version=2, small=small
        )

    def vote(self, pressers: Sequence[Who], others: Sequence[Who]) -> list[tuple[Any, ...]]:
        """The votes on it, as rows."""
        chance, cast = self._chance, []
        people = chance.sample(pressers, OF_PRESSERS) + chance.sample(others, EACH - OF_PRESSERS)
        for who in people:
            choice, at = chance.choice(_CHOICES), self._later(28)
            against = choice is Choice.OBJECT
            reason = "Vi hinner inte med det i vår." if against else None
            cast.append((self.number, who.id, choice.value, reason, text(at)))
            said = self._said.setdefault(who.organisation_id, [0, 0, 0])
            said[{Choice.SUPPORT: 0, Choice.OBJECT: 1, Choice.UNSURE: 2}[choice]] += 1
            if against:
                self._against.append(who.id)
            self._journal.note(
                at, who.member_id, "factor.voted", self.number,
                organisation=who.organisation_id, before=None, after=choice.value,
            )  # fmt: skip
        return cast

    def become(self, merging: _Merging, rows: dict[Any, list[dict[str, Any]]]) -> None:
        """What it came to: its standing, and whether it was decided, withdrawn or merged."""
        fresh = self._here.ends - self.created < 52 * WEEK
        open_, adopted = (0.6, 0.8) if fresh else (0.2, 0.6)
        dice, track = self._chance.random(), self.row["track_id"]
        at = self.created + min(timedelta(days=35), (self._here.ends - self.created) / 2)
        body, standing = self._judged(track)
        self.row |= {"standing": standing, "score": body["score"], "split": self._split()}
        self._journal.note(
            at, None, "factor.moved", self.number, before="too_early", after=standing
        )
        if dice < open_:
            merging.last[track] = self.number
            return
        if dice > 0.97 and track in merging.last:
            into = merging.last[track]
            self.row |= {"merged_into_id": into, "root_id": into, "moved_at": at}
            self._end(FactorStatus.MERGED, at, "factor.merged")
            return
        status = FactorStatus.ADOPTED if dice < adopted else FactorStatus.DECLINED
        self._end(status, at, "factor.decided")
        self.row["frozen_at"] = at
        rows[FrozenTally].append({
            "factor_id": self.number, "old_rules": False, "body": body, "objectors": self._against,
        })  # fmt: skip

    def _end(self, status: FactorStatus, at: datetime, kind: str) -> None:
        self.row |= {"status": status, "decided_at": at, "reason": "Så har vi beslutat."}
        who = self._here.pressers[0].member_id
        after = {"before": "open", "after": status.value, "into": self.row["merged_into_id"]}
        self._journal.note(at, who, kind, self.number, **after)

    def _judged(self, track: int | None) -> tuple[dict[str, Any], str]:
        """Its tally as a frozen one is kept, and its standing, counted as the program counts."""
        inside: dict[int, list[int]] = defaultdict(list)
        tracks = [track] if track else list(self._here.tracks)
        for each in tracks:
            for organisation in self._here.tracks[each]:
                inside[organisation].append(each)
        said = {key: (each[0], each[1], each[2]) for key, each in self._said.items()}
        by_track = counting.in_tracks(said, inside, tracks)
        standing = counting.standing(by_track).value
        body = {
            "standing": standing, "score": counting.score(by_track), "before_edit": 0,
            "voices": {key: [counting.stance(*each).value, *each] for key, each in said.items()},
            "tracks": {
                key: [counting.standing({key: members}).value, list(members)]
                for key, members in by_track.items()
            },
        }  # fmt: skip
        return body, standing

    def _split(self) -> float:
        against = sum(bool(each[1]) for each in self._said.values())
        return min(against, len(self._said) - against) / len(self._said)

    def experiences(self) -> Iterable[dict[str, Any]]:
        """What an organisation tells about it, of every fifth."""
        if self.number % 5:
            return
        who = self._chance.choice(self._here.others)
        yield {
            "factor_id": self.number, "organisation_id": who.organisation_id,
            "participant_id": who.id, "stance": self._chance.choice(list(ExperienceStance)),
            "how": "Vi provade i fyra veckor.", "current": True, "confirmed_at": None,
            "written_at": self._later(60),
        }  # fmt: skip


def _thread(factor: int) -> int:
    """The Discord id of a factor's thread, which the loopback does not have."""
    return 10**12 + factor
