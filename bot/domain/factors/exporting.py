"""All factors of a programme, to take out of Discord: as a table, and whole as JSON.

Nobody is named. Of an organisation's votes its stance is told, as on the cards; how many voted
what as far as :mod:`bot.domain.factors.suppression` lets it. Whatever else is told is put together
from what is told so, and can betray no more: two programmes that differ only in such a count give
the same files. docs/export.md explains every column.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import orjson

from bot.domain.factors import (
    counting,
    experiences,
    freezing,
    origins,
    suppression,
    tables,
    wording,
)
from bot.domain.factors import views as factor_views
from bot.domain.factors.counting import Stance, Votes
from bot.domain.factors.views import FactorView
from bot.domain.kit import names
from bot.domain.kit.links import channel_url
from bot.domain.kit.people import only_coordinators, the_programme
from bot.domain.tracks import tracks
from bot.domain.tracks.tracks import TrackView
from bot.i18n.words import Words
from storage.desk import Desk
from storage.enums import Language
from storage.factors import factors as kept
from storage.factors import lists
from storage.factors.factors import Factor, FactorVersion
from storage.factors.lists import Filter
from storage.organisations import organisations

FORMAT = "leda-factors"
FORMAT_VERSION = 1

_BATCH = 200
# Stances are keys, which are words of their own kind.
_AS_TEXT = orjson.OPT_INDENT_2 | orjson.OPT_NON_STR_KEYS
_PERSON = re.compile(r"<@!?\d+>")
# How one person would have voted for an organisation to say this, in place of what is not told.
_TYPICAL: Mapping[Stance, Votes] = {
    Stance.SILENT: (0, 0, 0),
    Stance.SUPPORTS: (1, 0, 0),
    Stance.OBJECTS: (0, 1, 0),
    Stance.UNSURE: (0, 0, 1),
    Stance.DIVIDED: (1, 1, 0),
}


@dataclass(frozen=True)
class FactorFiles:
    """The files, and how many factors they hold."""

    count: int
    csv: bytes
    json: bytes


@dataclass(frozen=True)
class _Around:
    """What all factors share. Keys are ids; the organisations' names are in their order."""

    tracks: Mapping[int, TrackView]
    inside: Mapping[int, Sequence[int]]
    names: Mapping[int, str]


def number(desk: Desk, track: str) -> int:
    """How many factors :func:`export` would tell.

    Raises:
        NotSetUp, CoordinatorsOnly, TrackNotFound: as their names say.
    """
    the_programme(desk)
    only_coordinators(desk)
    chosen = tracks.need(desk, track) if track else None
    return lists.count(desk, Filter(desk.programme_id, chosen.id if chosen else None))


def export(desk: Desk, track: str, language: Language) -> FactorFiles:
    """All factors whatever has become of them, oldest first.

    Args:
        track: the track whose factors are wanted, by id or name, with those of all tracks; all
            factors where it is empty.
        language: of the table's headings and words; the JSON has the same in every language.

    Raises:
        NotSetUp, CoordinatorsOnly, TrackNotFound: as their names say.
    """
    programme = the_programme(desk)
    only_coordinators(desk)
    chosen = tracks.need(desk, track) if track else None
    around = _around(desk)
    rows = lists.every(desk, Filter(desk.programme_id, chosen.id if chosen else None))
    told: list[dict[str, Any]] = []
    for start in range(0, len(rows), _BATCH):
        told += _batch(desk, rows[start : start + _BATCH], around)
    whole = {
        "format": FORMAT,
        "version": FORMAT_VERSION,
        "use": Words(Language.EN)("export.use"),
        "exported_at": _moment(desk.now),
        "language": programme.language,
        "track": chosen.name if chosen else None,
        "fewest_voters": suppression.FEWEST,
        **_programme(around),
        "factors": told,
    }
    table = tables.table(told, tuple(around.tracks.values()), language)
    return FactorFiles(len(told), table, orjson.dumps(whole, option=_AS_TEXT))


def _around(desk: Desk) -> _Around:
    everyone = organisations.of_programme(desk)
    return _Around(
        tracks={track.id: track for track in tracks.all_of(desk)},
        inside=organisations.memberships(desk),
        names={
            row.id or 0: row.name
            for row in sorted(everyone, key=lambda row: names.swedish_order(row.name))
        },
    )


def _programme(around: _Around) -> dict[str, Any]:
    return {
        "tracks": [
            {"name": track.name, "short": track.short, "archived": track.archived}
            for track in around.tracks.values()
        ],
        "organisations": [
            {"name": name, "tracks": [around.tracks[key].name for key in around.inside[each]]}
            for each, name in around.names.items()
            if each in around.inside
        ],
    }


def _batch(desk: Desk, rows: Sequence[Factor], around: _Around) -> list[dict[str, Any]]:
    views = factor_views.views(desk, rows)
    meetings = origins.of(desk, [row.occurrence_id for row in rows])
    return [
        {
            **_texts(view, row),
            **_outcome(view, row),
            **_standing(view, around),
            "objections": _objections(desk, view, row, around),
            "experiences": _experiences(desk, view),
            "versions": _versions(desk, row),
            "messages": row.discussed,
            "url": view.url,
            "thread_url": channel_url(view.programme_id, view.thread_id)
            if view.thread_id
            else None,
            "source_url": view.source_url,
            "meeting": _bare(meetings[row.occurrence_id].title) if row.occurrence_id else None,
        }
        for view, row in zip(views, rows, strict=True)
    ]


def _texts(view: FactorView, row: Factor) -> dict[str, Any]:
    said = _said(view)
    return {
        "id": view.id,
        "title": said.pop("title"),
        "kind": view.kind,
        "how": said.pop("how"),
        "track": view.track.name if view.track else None,
        "organisation": view.organisation,
        "on_behalf": view.on_behalf,
        **said,
        "key_area": view.key_area,
        "version": view.version,
        "created_at": _moment(view.created_at),
        "changed_at": _moment(row.changed_at),
    }


def _outcome(view: FactorView, row: Factor) -> dict[str, Any]:
    return {
        "status": view.status,
        "reason": _bare(view.reason),
        "decided_at": _moment(row.decided_at),
        "merged_into": view.merged_into.id if view.merged_into else None,
        "merged_here": [each.id for each in view.merged_here],
        "opens_at": _moment(view.opens_at),
        "closes_at": _moment(view.closes_at),
    }


def _standing(view: FactorView, around: _Around) -> dict[str, Any]:
    """Where a factor stands, told by stances and by the counts that may be told."""
    tally = view.tally
    told = suppression.may_be_told(tally)
    typical = {
        key: told.counts.get(key) or _TYPICAL[each.stance] for key, each in tally.voices.items()
    }
    by_track = {
        each.track.id: {key: typical.get(key, (0, 0, 0)) for key in each.organisations}
        for each in tally.by_track
    }
    return {
        "standing": tally.standing,
        "score": round(counting.score(by_track), 4),
        "stances": dict(tally.stances),
        "tracks": [
            {"track": each.track.name, "standing": each.standing, "stances": dict(each.stances)}
            for each in tally.by_track
        ],
        "votes": _votes(told.total) if told.total else None,
        "organisations": [
            {
                "organisation": name,
                "stance": tally.voices[each].stance,
                "votes": _votes(told.counts[each]) if each in told.counts else None,
            }
            for each, name in around.names.items()
            if each in tally.voices
        ],
    }


def _votes(said: Sequence[int]) -> dict[str, int]:
    support, objections, unsure = said
    return {"support": support, "unsure": unsure, "objections": objections}


def _objections(desk: Desk, view: FactorView, row: Factor, around: _Around) -> list[dict[str, str]]:
    """The reasons of each organisation as one text, so that they do not count its voters."""
    if not view.tally.objections:
        return []
    reasons: dict[int, list[str]] = {}
    for vote in freezing.objecting(desk, row):
        if vote.reason:
            reasons.setdefault(vote.organisation_id, []).append(_bare(vote.reason))
    return [
        {"organisation": name, "reasons": suppression.as_one(reasons[each])}
        for each, name in around.names.items()
        if each in reasons
    ]


def _experiences(desk: Desk, view: FactorView) -> list[dict[str, Any]]:
    if not view.experiences:
        return []
    return [
        {
            "organisation": each.organisation,
            "stance": each.stance,
            "how": _bare(each.how),
            "confirmed": each.confirmed,
            "on_behalf": each.on_behalf,
            "written_at": _moment(each.written_at),
        }
        for each in experiences.of_factor(desk, view.id)
    ]


def _versions(desk: Desk, row: Factor) -> list[dict[str, Any]]:
    """The texts that a factor had before, oldest first."""
    if row.version == 1:
        return []
    return [
        {"version": each.number, "until": _moment(each.until), "small": each.small, **_said(each)}
        for each in reversed(kept.versions(desk, row.id or 0))
    ]


def _said(holder: FactorView | FactorVersion) -> dict[str, str]:
    return {part: _bare(text) for part, text in wording.columns(holder).items()}


def _bare(text: str) -> str:
    """A text without the ids of people it mentions."""
    return _PERSON.sub("@…", text)


def _moment(at: datetime | None) -> str | None:
    return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z") if at else None
