"""Organisations from a file: everything is checked and shown, then all or nothing is taken in."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from bot.domain.kit import csvfiles, texts, uploads
from bot.domain.kit.csvfiles import BadRow, Table
from bot.domain.kit.errors import NameTooLong, TextMissing
from bot.domain.kit.people import only_coordinators, the_programme
from bot.domain.members.directory import TRACK_SEPARATORS, headings
from bot.domain.membership.organisation_changes import WantedOrganisation, take_in
from bot.domain.organisations.organisations import SIZE_LIMIT, need_name, open_tracks
from bot.domain.tracks.tracks import TrackView
from storage.desk import Desk
from storage.organisations import organisations
from storage.organisations.organisations import Organisation
from storage.search import stems

KIND = "organisations"

_SPACES = re.compile(r"[\s\u00a0\u2009\u202f]+")


@dataclass(frozen=True)
class ImportView:
    """What a file would do, or has done.

    ``new`` and ``returning`` are names; those that return were removed before. ``unchanged``
    counts rows that say what is so already. ``ignored`` are headings that nobody asked for, and
    ``tracks`` the names of those that exist. With an ``upload_id`` it can be confirmed.
    """

    new: tuple[str, ...]
    returning: tuple[str, ...]
    unchanged: int
    bad: tuple[BadRow, ...]
    tracks: tuple[str, ...]
    ignored: tuple[str, ...] = ()
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


def preview(desk: Desk, data: bytes) -> ImportView:
    """Say what a file would do. If no row is bad and any is new, it can be confirmed for a day.

    Args:
        data: the file.

    Raises:
        NotSetUp, CoordinatorsOnly: as :func:`need_importer`.
        FileEmpty, FileUnreadable and others: as :func:`bot.domain.kit.csvfiles.read`.
    """
    need_importer(desk)
    table = csvfiles.read(data, headings(), needed=["name"])
    rows = _written(table)
    wanted, view = _examined(desk, rows, table.ignored)
    if view.bad or not wanted:
        return view
    body = {"rows": [asdict(row) for row in rows]}
    upload_id = uploads.keep(desk, desk.asker.id, KIND, body)
    return ImportView(**{**view.__dict__, "upload_id": upload_id})


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
    return ImportView(**{**view.__dict__, "done": True})


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


def _examined(
    desk: Desk, rows: Sequence[_Written], ignored: tuple[str, ...] = ()
) -> tuple[list[WantedOrganisation], ImportView]:
    there = _There(
        tracks=open_tracks(desk),
        by_name={row.folded: row for row in organisations.of_programme(desk)},
        inside=organisations.memberships(desk),
        removed=organisations.removed(desk),
    )
    first: dict[str, int] = {}
    wanted: list[WantedOrganisation] = []
    bad: list[BadRow] = []
    for row in rows:
        folded = stems.fold(row.name)
        wrong = _wrong(row, there)
        if folded and folded in first:
            values = {"name": row.name, "first": first[folded]}
            wrong.append(BadRow(row.line, "import.problem.twice", values))
        first.setdefault(folded, row.line)
        bad += wrong
        if not wrong and folded not in there.by_name:
            wanted.append(_wanted(row, there.tracks))
    returning = tuple(each.name for each in wanted if stems.fold(each.name) in there.removed)
    new = tuple(each.name for each in wanted if each.name not in returning)
    known = tuple(track.name for track in there.tracks)
    unchanged = 0 if bad else len(rows) - len(wanted)
    return wanted, ImportView(new, returning, unchanged, tuple(bad), known, ignored)


def _wrong(row: _Written, there: _There) -> list[BadRow]:
    """Everything that keeps a row out, taken by itself."""
    standing = there.by_name.get(stems.fold(row.name))
    if standing is not None and _says_what_is(row, standing, there):
        return []
    found: list[tuple[str, dict[str, Any]]] = []
    if row.surplus:
        found.append(("import.problem.surplus", {}))
    found += _wrong_name(row.name)
    if standing is not None:
        found.append(("import.problem.exists", {"name": standing.name}))
    found += _wrong_tracks(row.tracks, there.tracks)
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


def _wrong_tracks(said: str, there: tuple[TrackView, ...]) -> list[tuple[str, dict[str, Any]]]:
    chosen, unknown = _tracks(said, there)
    if unknown:
        return [("import.problem.track", {"n": len(unknown), "names": ", ".join(unknown)})]
    if not chosen and there:
        return [("import.problem.tracks_missing", {})]
    return []


def _says_what_is(row: _Written, standing: Organisation, there: _There) -> bool:
    """Whether a row repeats what is so already."""
    open_ids = {track.id for track in there.tracks}
    inside = open_ids & set(there.inside.get(standing.id or 0, []))
    chosen, unknown = _tracks(row.tracks, there.tracks)
    same_tracks = inside == {track.id for track in chosen} or not (row.tracks or inside)
    same_name = texts.clean_line(standing.name) == row.name
    return bool(
        same_name
        and same_tracks
        and not unknown
        and not row.surplus
        and _size(row.size) == standing.size
    )


def _wanted(row: _Written, there: tuple[TrackView, ...]) -> WantedOrganisation:
    chosen, _ = _tracks(row.tracks, there)
    return WantedOrganisation(row.name, tuple(track.id for track in chosen), _size(row.size))


def _tracks(said: str, there: tuple[TrackView, ...]) -> tuple[tuple[TrackView, ...], list[str]]:
    """The tracks that a cell names, and what in it names none.

    The cell may be one name, or several between ``|``, ``;`` or ``,``; a track's short name will
    do, and a name may hold one of these itself. Empty, it means the only track where there is one.
    """
    if not said:
        return (there if len(there) == 1 else ()), []
    known = {stems.fold(track.short): track for track in there}
    known |= {stems.fold(track.name): track for track in there}
    unknown: list[str] = []
    for separators in ("", *TRACK_SEPARATORS, TRACK_SEPARATORS):
        parts = re.split(f"[{separators}]", said) if separators else [said]
        parts = [part.strip() for part in parts if part.strip()]
        unknown = [part for part in parts if stems.fold(part) not in known]
        if parts and not unknown:
            chosen = {known[stems.fold(part)].id: known[stems.fold(part)] for part in parts}
            return tuple(chosen.values()), []
    return (), unknown


_NO_SIZE = -1


def _size(said: str) -> int | None:
    """A whole number with or without spaces in it; None for an empty cell."""
    digits = _SPACES.sub("", said)
    if not digits:
        return None
    if not re.fullmatch(r"[0-9]{1,12}", digits) or not 1 <= int(digits) <= SIZE_LIMIT:
        return _NO_SIZE
    return int(digits)
