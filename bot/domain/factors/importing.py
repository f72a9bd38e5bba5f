"""Factors from a file, a workshop's notes: all is checked and shown, then all or nothing taken in.

Every factor is entered on behalf of its organisation, and becomes open.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace

from bot.domain.factors import columns, factors, keyareas
from bot.domain.factors import rows as factor_rows
from bot.domain.factors.draft_views import DraftView
from bot.domain.factors.rows import WrittenFactor
from bot.domain.kit import csvfiles, uploads
from bot.domain.kit.csvfiles import BadRow, Remark, Table
from bot.domain.kit.people import only_coordinators, the_programme
from storage.desk import Desk
from storage.factors import keyareas as kept_areas
from storage.kit.identity import exact

KIND = "factors"
LIMIT = 500


@dataclass(frozen=True)
class Skipped:
    """A row left out, since its title is there already in its track.

    ``first`` is the line of the file where it stands before, or 0 where the programme has it.
    """

    line: int
    title: str
    first: int


@dataclass(frozen=True)
class FactorsImport:
    """What a file would do, or has done.

    ``new`` are the factors, none of them made yet. ``key_areas`` are made with them, and
    ``tracks`` are the names of those that there are. ``masked`` counts the rows in which an
    identity number was hidden; ``ignored`` are headings that nobody asked for, ``remarks`` say how
    the file was read, and ``texts_only`` says that votes and the like in the file stay behind. With
    an ``upload_id`` it can be confirmed. ``made`` are the ids of the factors, once they are.
    """

    new: tuple[DraftView, ...]
    skipped: tuple[Skipped, ...]
    bad: tuple[BadRow, ...]
    key_areas: tuple[str, ...]
    tracks: tuple[str, ...]
    masked: int = 0
    ignored: tuple[str, ...] = ()
    remarks: tuple[Remark, ...] = ()
    texts_only: bool = False
    upload_id: int | None = None
    made: tuple[int, ...] = ()


def need_importer(desk: Desk) -> None:
    """Let only those pass who may import.

    Raises:
        NotSetUp: the server has no programme.
        CoordinatorsOnly: the person is none.
    """
    the_programme(desk)
    only_coordinators(desk)


def understood(desk: Desk, data: bytes) -> Table:
    """What a file holds: 500 factors at most, for each gets a card and a thread.

    Raises:
        NotSetUp, CoordinatorsOnly: as :func:`need_importer`.
        FileEmpty, FileUnreadable and others: as :func:`bot.domain.kit.csvfiles.read`.
    """
    need_importer(desk)
    return csvfiles.read(data, columns.headings(), columns.NEEDED, most=LIMIT)


def preview(desk: Desk, table: Table) -> FactorsImport:
    """Say what a file would do. If no row is bad and any is new, it can be confirmed for a day.

    Raises:
        NotSetUp, CoordinatorsOnly: as :func:`need_importer`.
    """
    need_importer(desk)
    rows, masked = factor_rows.written(table)
    view = replace(
        _examined(desk, rows),
        masked=masked,
        ignored=table.ignored,
        remarks=table.remarks,
        texts_only=not table.rows[0].cells.keys().isdisjoint(columns.TOLD),
    )
    if view.bad or not view.new:
        return view
    body = {"rows": [asdict(row) for row in rows]}
    upload_id = uploads.keep(desk, desk.asker.id, KIND, body)
    return replace(view, upload_id=upload_id)


def confirm(desk: Desk, upload_id: int) -> FactorsImport:
    """Take in what was shown, unless something has changed since that a row runs into.

    Returns:
        what was done; or with ``bad`` rows what stands in the way, and nothing was changed.

    Raises:
        NotSetUp, CoordinatorsOnly: as :func:`need_importer`.
        UploadGone, UploadUsed: as :func:`bot.domain.kit.uploads.need`.
    """
    need_importer(desk)
    upload = uploads.need(desk, desk.asker.id, KIND, upload_id)
    view = _examined(desk, [WrittenFactor(**row) for row in upload.body["rows"]])
    if view.bad:
        return view
    uploads.use(desk, upload)
    for name in view.key_areas:
        keyareas.create(desk, name)
    areas = {row.exact: row.id for row in kept_areas.of_programme(desk)}
    complete = [
        replace(draft, key_area_id=areas.get(exact(draft.key_area or ""))) for draft in view.new
    ]
    made = [row.id or 0 for row in factors.make(desk, desk.asker.id, complete)]
    if made:
        factors.promise_cards(desk, made)
        count = len(made)
        desk.note("factor.imported", count=count)
    return replace(view, made=tuple(made))


def _examined(desk: Desk, rows: Sequence[WrittenFactor]) -> FactorsImport:
    there = factor_rows.look(desk, rows)
    first: dict[tuple[str, int | None], int] = {}
    areas: dict[str, str] = {}
    new: list[DraftView] = []
    skipped: list[Skipped] = []
    bad: list[BadRow] = []
    for row in rows:
        draft, problems = factor_rows.draft(row, there)
        bad += [BadRow(row.line, why, values) for why, values in problems]
        if draft is None:
            continue
        key = (exact(row.title), draft.track.id if draft.track else None)
        if key in there.titles or key in first:
            skipped.append(Skipped(row.line, row.title, first.get(key, 0)))
            continue
        first[key] = row.line
        new.append(draft)
        if draft.key_area and exact(draft.key_area) not in {*there.areas, *areas}:
            areas[exact(draft.key_area)] = draft.key_area
            if len(there.areas) + len(areas) > keyareas.LIMIT:
                values = {"name": draft.key_area, "limit": keyareas.LIMIT}
                bad.append(BadRow(row.line, "import.problem.key_areas", values))
    known = tuple(track.name for track in there.tracks if not track.archived)
    return FactorsImport(tuple(new), tuple(skipped), tuple(bad), tuple(areas.values()), known)
