"""Organisations from a file: everything is checked and shown, then all or nothing is taken in."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from bot.domain.kit import csvfiles, texts, uploads
from bot.domain.kit.csvfiles import BadRow, Remark, Table
from bot.domain.kit.errors import NameTooLong, TextMissing
from bot.domain.kit.people import only_coordinators, the_programme
from bot.domain.members.directory import headings
from bot.domain.membership.organisation_changes import WantedOrganisation, take_in
from bot.domain.organisations.organisations import SIZE_LIMIT, need_name, open_tracks
from bot.domain.tracks.tracks import TrackView, by_name, said_of
from storage.desk import Desk
from storage.kit.identity import exact
from storage.organisations import organisations
from storage.organisations.organisations import Organisation
from storage.search import stems

KIND = "organisations"

_SPACES = re.compile(r"[\s\u00a0\u2009\u202f]+")


@dataclass(frozen=True)
class ImportView:
    """What a file would do, or has done.

    ``new`` and ``returning`` are names; those that return were removed before. ``unchanged``
    counts rows that say what is so already. ``ignored`` are headings that nobody asked for,
    ``remarks`` say how the file was read, and ``tracks`` are the names of those that exist.
    ``alike`` are names that are told apart by their accents alone, beside each other. With an
    ``upload_id`` it can be confirmed.
    """

    new: tuple[str, ...]
    returning: tuple[str, ...]
    unchanged: int
    bad: tuple[BadRow, ...]
    tracks: tuple[str, ...]
    ignored: tuple[str, ...] = ()
    remarks: tuple[Remark, ...] = ()
    alike: tuple[str, ...] = ()
    upload_id: int | None = None
    done: bool = False


@dataclass(frozen=True)
class _Written:
    """A row as it stands in the file."""

    line: int
    name: str
    tracks: str
    size: str
    surplus: bool


@dataclass(frozen=True)
class _There:
    """What a row is measured against."""

    tracks: tuple[TrackView, ...]
    known: Mapping[str, TrackView]
    by_name: Mapping[str, Organisation]
    inside: Mapping[int, Sequence[int]]
    removed: Mapping[str, Organisation]


def need_importer(desk: Desk) -> None:
    """Let only those pass who may import.

    Raises:
        NotSetUp: the server has no programme.
        CoordinatorsOnly: the person is none.
    """
    the_programme(desk)
    only_coordinators(desk)


def understood(desk: Desk, data: bytes) -> Table:
    """What a file holds. A column may be headed by the programme's own word for an organisation.

    Raises:
        NotSetUp, CoordinatorsOnly: as :func:`need_importer`.
        FileEmpty, FileUnreadable and others: as :func:`bot.domain.kit.csvfiles.read`.
    """
    need_importer(desk)
    programme = the_programme(desk)
    called = headings()
    called["name"] += filter(None, [programme.word_one, programme.word_definite])
    needed = ["name", "tracks"] if len(open_tracks(desk)) > 1 else ["name"]
    return csvfiles.read(data, called, needed)


def preview(desk: Desk, table: Table) -> ImportView:
    """Say what a file would do. If no row is bad and any is new, it can be confirmed for a day.

    Raises:
        NotSetUp, CoordinatorsOnly: as :func:`need_importer`.
    """
    need_importer(desk)
    rows = _written(table)
    wanted, view = _examined(desk, rows)
    view = replace(view, ignored=table.ignored, remarks=table.remarks)
    if view.bad or not wanted:
        return view
    body = {"rows": [asdict(row) for row in rows]}
    upload_id = uploads.keep(desk, desk.asker.id, KIND, body)
    return replace(view, upload_id=upload_id)


def confirm(desk: Desk, upload_id: int) -> ImportView:
    """Take in what was shown, unless something has changed since that a row runs into.

    Returns:
        what was done; or with ``bad`` rows what stands in the way, and nothing was changed.

    Raises:
        NotSetUp, CoordinatorsOnly: as :func:`need_importer`.
        UploadGone, UploadUsed: as :func:`bot.domain.kit.uploads.need`.
    """
    need_importer(desk)
    upload = uploads.need(desk, desk.asker.id, KIND, upload_id)
    rows = [_Written(**row) for row in upload.body["rows"]]
    wanted, view = _examined(desk, rows)
    if view.bad:
        return view
    uploads.use(desk, upload)
    if wanted:
        take_in(desk, desk.asker.id, wanted)
        count = len(wanted)
        desk.note("organisation.imported", count=count)
    return replace(view, done=True)


def _written(table: Table) -> list[_Written]:
    return [
        _Written(
            row.line,
            texts.clean_line(row.cells["name"]),
            texts.clean_line(row.cells.get("tracks", "")),
            row.cells.get("size", ""),
            row.surplus,
        )
        for row in table.rows
    ]


def _examined(desk: Desk, rows: Sequence[_Written]) -> tuple[list[WantedOrganisation], ImportView]:
    tracks = open_tracks(desk)
    there = _There(
        tracks=tracks,
        known=by_name(tracks),
        by_name={row.exact: row for row in organisations.of_programme(desk)},
        inside=organisations.memberships(desk),
        removed=organisations.removed(desk),
    )
    first: dict[str, int] = {}
    wanted: list[WantedOrganisation] = []
    bad: list[BadRow] = []
    for row in rows:
        name = exact(row.name)
        wrong = _wrong(row, there)
        if name and name in first:
            values = {"name": row.name, "first": first[name]}
            wrong.append(BadRow(row.line, "import.problem.twice", values))
        first.setdefault(name, row.line)
        bad += wrong
        if not wrong and name not in there.by_name:
            wanted.append(_wanted(row, there))
    returning = tuple(each.name for each in wanted if exact(each.name) in there.removed)
    new = tuple(each.name for each in wanted if each.name not in returning)
    known = tuple(track.name for track in there.tracks)
    alike = _alike([*new, *returning], [row.name for row in there.by_name.values()])
    unchanged = 0 if bad else len(rows) - len(wanted)
    return wanted, ImportView(new, returning, unchanged, tuple(bad), known, alike=alike)


def _alike(wanted: Sequence[str], there: Sequence[str]) -> tuple[str, ...]:
    """The names that people could take for one another, one of which at least is wanted."""
    groups: dict[str, list[str]] = {}
    for name in [*there, *wanted]:
        groups.setdefault(stems.fold(name), []).append(name)
    found = [groups[stems.fold(name)] for name in wanted]
    return tuple(dict.fromkeys(" / ".join(group) for group in found if len(group) > 1))


def _wrong(row: _Written, there: _There) -> list[BadRow]:
    """Everything that keeps a row out, taken by itself."""
    standing = there.by_name.get(exact(row.name))
    if standing is not None and _says_what_is(row, standing, there):
        return []
    found: list[tuple[str, dict[str, Any]]] = []
    if row.surplus:
        found.append(("import.problem.surplus", {}))
    found += _wrong_name(row.name)
    if standing is not None:
        found.append(("import.problem.exists", {"name": standing.name}))
    found += _wrong_tracks(row.tracks, there)
    if _size(row.size) == _NO_SIZE:
        found.append(("import.problem.size", {"size": row.size}))
    return [BadRow(row.line, why, values) for why, values in found]


def _wrong_name(name: str) -> list[tuple[str, dict[str, Any]]]:
    try:
        need_name(name)
    except TextMissing:
        return [("import.problem.name_missing", {})]
    except NameTooLong as error:
        return [("import.problem.name_long", {"name": name, **error.values})]
    return []


def _wrong_tracks(said: str, there: _There) -> list[tuple[str, dict[str, Any]]]:
    chosen, unknown = _tracks(said, there)
    if unknown:
        return [("import.problem.track", {"n": len(unknown), "names": ", ".join(unknown)})]
    if not chosen and there.tracks:
        return [("import.problem.tracks_missing", {})]
    return []


def _says_what_is(row: _Written, standing: Organisation, there: _There) -> bool:
    """Whether a row repeats what is so already."""
    open_ids = {track.id for track in there.tracks}
    inside = open_ids & set(there.inside.get(standing.id or 0, []))
    chosen, unknown = _tracks(row.tracks, there)
    same_tracks = inside == {track.id for track in chosen} or not (row.tracks or inside)
    same_name = texts.clean_line(standing.name) == row.name
    return bool(
        same_name
        and same_tracks
        and not unknown
        and not row.surplus
        and _size(row.size) == standing.size
    )


def _wanted(row: _Written, there: _There) -> WantedOrganisation:
    chosen, _ = _tracks(row.tracks, there)
    return WantedOrganisation(row.name, tuple(track.id for track in chosen), _size(row.size))


def _tracks(said: str, there: _There) -> tuple[tuple[TrackView, ...], list[str]]:
    """The tracks that a cell names, and what in it names none.

    As :func:`bot.domain.tracks.tracks.said_of`; empty, it means the only track where there is one.
    """
    if not said:
        return (there.tracks if len(there.tracks) == 1 else ()), []
    return said_of(said, there.known)


_NO_SIZE = -1


def _size(said: str) -> int | None:
    """A whole number with or without spaces in it; None for an empty cell."""
    digits = _SPACES.sub("", said)
    if not digits:
        return None
    if not re.fullmatch(r"[0-9]{1,12}", digits) or not 1 <= int(digits) <= SIZE_LIMIT:
        return _NO_SIZE
    return int(digits)
