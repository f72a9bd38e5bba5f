"""Ten years in bulk of all that is around factors: people, meetings, posts, talk, digests."""

import random
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Connection, insert, update
from sqlmodel import SQLModel, col

from storage.digest.digests import Digest
from storage.enums import (
    Answer,
    DeliveryState,
    DigestState,
    FactorKind,
    Language,
    MeetingKind,
    Reach,
    Repeat,
    RequestStatus,
    Way,
)
from storage.factors.drafts import Draft
from storage.factors.keyareas import KeyArea
from storage.kit.uploads import Upload
from storage.meetings.meetings import Meeting, MeetingAnswer, Occurrence, Reminder
from storage.members.participants import JoinRequest, Member, Participant
from storage.organisations.organisations import Organisation, OrganisationTrack
from storage.posts.deliveries import Delivery
from storage.talk.talk import Heard, Talk
from tests.bench.history import WEEK, WEEKS, Here, Journal, Who

ORGANISATIONS: Final = 60
KEY_AREAS: Final = ("Ledarskap", "Tid", "Stöd", "Kunskap", "Uppföljning", "Delaktighet", "Vardag",
                    "Verktyg", "Kultur", "Mandat", "Resurser", "Dialog")  # fmt: skip
_ANSWERS: Final = 25  # to one time of a meeting
_HOUR: Final = timedelta(hours=1)
_BATCH: Final = 5000


def add(connection: Connection, table: type[SQLModel], rows: Sequence[dict[str, Any]]) -> None:
    """Insert rows, some thousands at a time; all of them name the same columns."""
    for start in range(0, len(rows), _BATCH):
        connection.execute(insert(table), rows[start : start + _BATCH])


def organisations(
    connection: Connection,
    programme_id: int,
    at: datetime,
    known: Sequence[int],
    tracks: Sequence[int],
) -> dict[int, list[int]]:
    """More organisations, and new tracks for those that there are; each track's organisations.

    The first two tracks have theirs already.
    """  # fmt: skip
    first = max(known) + 1
    names = [(key, f"Stad {key}") for key in range(first, first + ORGANISATIONS)]
    add(connection, Organisation, [
        {"id": key, "programme_id": programme_id, "name": name, "folded": name.lower(),
         "exact": name.lower(), "created_at": at, "code": f"BENCH{key:03}", "size": 40}
        for key, name in names
    ])  # fmt: skip
    more = [(key, tracks[2 + key % (len(tracks) - 2)]) for key in known]
    for key, _ in names:
        more += [(key, tracks[each % len(tracks)]) for each in {key, key * 7 // 3}]
    more = sorted(set(more))
    add(connection, OrganisationTrack, [{"organisation_id": o, "track_id": t} for o, t in more])
    found = connection.execute(
        OrganisationTrack.__table__.select()  # type: ignore[attr-defined]
    ).all()
    return {track: sorted(o for o, t in found if t == track) for track in tracks}


def people(
    connection: Connection,
    programme_id: int,
    at: datetime,
    members: Sequence[int],
    homes: Sequence[int],
    first: int,
) -> list[Who]:
    """Participants; every nineteenth has left. After them, people who only follow."""  # fmt: skip
    taking_part = members[: len(members) * 5 // 6]
    made = [
        Who(first + n, member, homes[n % len(homes)]) for n, member in enumerate(taking_part)
    ]  # fmt: skip
    left = {who.id: at + timedelta(days=200 + who.id % 3000) for who in made[::19]}
    add(connection, Participant, [
        {"id": who.id, "programme_id": programme_id, "member_id": who.member_id,
         "organisation_id": who.organisation_id, "joined_at": at, "left_at": left.get(who.id)}
        for who in made
    ])  # fmt: skip
    reaches = (Reach.DIRECT, Reach.DIRECT, Reach.MENTION, Reach.NOTHING)
    add(connection, Member, [
        {"programme_id": programme_id, "member_id": member, "reach": reaches[n % 4],
         "roles_due": False, "weekly_list": n % 3 == 0}
        for n, member in enumerate(members)
    ])  # fmt: skip
    add(connection, JoinRequest, [
        {"programme_id": programme_id, "member_id": who.member_id,
         "organisation_id": who.organisation_id, "status": RequestStatus.APPROVED, "asked_at": at}
        for who in made[::3]
    ])  # fmt: skip
    return [who for who in made if who.id not in left]


def key_areas(connection: Connection, programme_id: int) -> list[int]:
    """The key areas that factors are sorted by."""
    numbers = range(1, len(KEY_AREAS) + 1)
    add(connection, KeyArea, [
        {"id": number, "programme_id": programme_id, "name": name, "folded": name.lower(),
         "exact": name.lower()}
        for number, name in zip(numbers, KEY_AREAS, strict=True)
    ])  # fmt: skip
    return list(numbers)


def meetings(connection: Connection, here: Here, journal: Journal) -> None:
    """In each year and each track one every fortnight and a dozen alone, with their answers.

    The last ones lie ahead. What is told of each ahead of it is told, or will not be.
    """
    chance = random.Random(11)
    rows: dict[type[SQLModel], list[dict[str, Any]]] = {
        Meeting: [],
        Occurrence: [],
        MeetingAnswer: [],
        Reminder: [],
        Delivery: [],
    }
    for year in range(10):
        for track in (None, *here.tracks):
            begins = here.starts + 52 * WEEK * year + timedelta(days=chance.randrange(5), hours=9)
            begins = begins.replace(minute=0, second=0, microsecond=0)
            series = [begins + timedelta(weeks=2 * n + (8 if year == 9 else 0)) for n in range(26)]
            _meeting(chance, here, journal, rows, track, series)
            for n in range(12):
                alone = begins + timedelta(weeks=4 * n, days=1)
                _meeting(chance, here, journal, rows, track, [alone])
    for table, some in rows.items():
        add(connection, table, some)


def _meeting(
    chance: random.Random,
    here: Here,
    journal: Journal,
    rows: Any,
    track: int | None,
    times: list[datetime],
) -> None:
    number = len(rows[Meeting]) + 1
    planned, who = times[0] - timedelta(days=14), here.pressers[0].member_id
    rows[Meeting].append({
        "id": number, "programme_id": here.programme_id, "track_id": track,
        "title": f"Möte {number}", "kind": MeetingKind.DIGITAL, "zone": "UTC",
        "wall": f"{times[0]:%Y-%m-%dT%H:%M}", "minutes": 60, "uid": f"bench-{number}",
        "repeat": Repeat.FORTNIGHTLY if len(times) > 1 else Repeat.NONE,
        "times": len(times) if len(times) > 1 else None, "agenda": "Vi delar med oss.",
        "created_by": who, "created_at": max(planned, here.starts), "due": False,
        "changed_at": max(planned, here.starts), "channel_id": here.channel_id,
        "message_id": 2 * 10**12 + number,
    })  # fmt: skip
    journal.note(max(planned, here.starts), who, "meeting.planned", number, track=track)
    people = here.of_track(track, [*here.pressers, *here.others])
    for starts in times:
        key, held = len(rows[Occurrence]) + 1, starts + _HOUR <= here.ends
        wall = f"{starts:%Y-%m-%dT%H:%M}"
        rows[Occurrence].append({
            "id": key, "meeting_id": number, "original": wall, "wall": wall, "starts_at": starts,
            "ends_at": starts + _HOUR, "summary": "Vi enades om tre saker." if held else "",
        })  # fmt: skip
        asked = min(starts, here.ends) - timedelta(days=3)
        for each in chance.sample(people, _ANSWERS):
            answer = chance.choice((Answer.GOING, Answer.GOING, Answer.MAYBE, Answer.CANT))
            rows[MeetingAnswer].append({
                "occurrence_id": key, "participant_id": each.id, "answer": answer,
                "answered_at": asked, "attended_at": starts if held else None,
            })  # fmt: skip
            if asked >= here.starts:
                journal.note(
                    asked, each.member_id, "meeting.answered", number, before=None,
                    after=answer.value, organisation=each.organisation_id, time=key,
                )  # fmt: skip
        if held:
            journal.note(starts + _HOUR, who, "meeting.minutes", number, time=key)
            told = _told(here, "meeting.posted", key, starts - _HOUR, Way.POST)
            rows[Delivery].append(told)
            rows[Delivery] += [
                _told(here, "meeting.personal", key, starts - _HOUR, Way.DIRECT, each.member_id)
                for each in people[:: max(1, len(people) // _ANSWERS)]
            ]
        if number % 10 == 0:
            rows[Reminder].append({
                "occurrence_id": key, "text": "Ta med ett exempel.", "created_by": who,
                "at": starts - timedelta(days=1),
            })  # fmt: skip


def _told(
    here: Here, kind: str, subject: int, at: datetime, way: Way, member: int | None = None
) -> dict[str, Any]:
    """A post that arrived."""
    key = f"{kind}:{subject}:{at:%Y%m%d}:{member or ''}"
    return {
        "programme_id": here.programme_id, "key": key, "kind": kind, "subject_id": subject,
        "data": {}, "way": way, "member_id": member, "bundle": key, "due_at": at,
        "expires_at": at + timedelta(days=1), "next_at": at, "state": DeliveryState.SENT,
        "attempts": 1, "settled_at": at, "channel_id": here.channel_id,
        "message_id": 3 * 10**12 + subject,
    }  # fmt: skip


def posts(connection: Connection, here: Here, factors: int) -> None:
    """What the ledger keeps: every card, and the weekly lists of two hundred people."""
    step = WEEKS * WEEK / factors
    first, starts = here.first_factor, here.starts
    add(connection, Delivery, [
        _told(here, "factor.card", first + n, starts + n * step, Way.WORK) for n in range(factors)
    ])  # fmt: skip
    for week in range(WEEKS):
        at = starts + week * WEEK
        add(connection, Delivery, [
            _told(here, "digest.list", _number(at), at, Way.DIRECT, who.member_id)
            for who in here.pressers
        ])  # fmt: skip


def talk(connection: Connection, here: Here, factors: int) -> None:
    """Every thread was talked in during two days, and is counted up to its end."""
    chance, step = random.Random(13), WEEKS * WEEK / factors
    rows = []
    for n in range(factors):
        day = here.starts + n * step
        rows += [
            {"programme_id": here.programme_id, "channel_id": 10**12 + here.first_factor + n,
             "place_id": here.channel_id, "day": (day + timedelta(days=after)).date(),
             "number": chance.randrange(1, 20)}
            for after in range(2)
        ]  # fmt: skip
    add(connection, Talk, rows)
    add(connection, Heard, [
        {"programme_id": here.programme_id, "channel_id": row["channel_id"], "last_id": 4 * 10**12}
        for row in rows[::2]
    ])  # fmt: skip


def digests(connection: Connection, here: Here) -> None:
    """The last year's digests were quiet; those of before are from before there were digests."""
    weeks = [here.ends - ago * WEEK for ago in range(52, 0, -1)]
    add(connection, Digest, [
        {"programme_id": here.programme_id, "week": _number(at), "state": DigestState.QUIET,
         "starts_at": at - WEEK, "ends_at": at, "language": Language.EN, "zone": "UTC",
         "editions": {}}
        for at in weeks
    ])  # fmt: skip


def pending(connection: Connection, here: Here) -> None:
    """What lies about half done: drafts, and files that were read."""
    add(connection, Draft, [
        {"programme_id": here.programme_id, "member_id": who.member_id, "title": "Ett utkast",
         "kind": FactorKind.PROMOTING, "how": "Vi provade.", "saved_at": here.ends}
        for who in here.others[:50]
    ])  # fmt: skip
    add(connection, Upload, [
        {"programme_id": here.programme_id, "member_id": who.member_id, "kind": "factors",
         "body": {"rows": []}, "saved_at": here.ends}
        for who in here.others[:10]
    ])  # fmt: skip


def answer_for(connection: Connection, organisations: Sequence[int], people: Sequence[Who]) -> None:
    """Let somebody answer for each organisation."""
    contacts = {who.organisation_id: who.member_id for who in people}
    for key in organisations:
        named = update(Organisation).where(col(Organisation.id) == key)
        connection.execute(named.values(contact_id=contacts[key]))


def _number(at: datetime) -> int:
    year, week, _ = at.isocalendar()
    return year * 100 + week
