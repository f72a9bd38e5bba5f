"""The rows of a file of factors: what each would become, and all that keeps it out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.domain.factors import columns, wording
from bot.domain.factors.draft_views import DraftView
from bot.domain.factors.wording import FactorText
from bot.domain.kit import texts
from bot.domain.kit.csvfiles import Table
from bot.domain.kit.people import the_programme
from bot.domain.tracks import tracks
from bot.domain.tracks.tracks import TrackView
from storage.desk import Desk
from storage.enums import FactorKind, Language
from storage.factors import keyareas as kept_areas
from storage.factors import lists
from storage.kit.identity import exact
from storage.organisations import organisations
from storage.organisations.organisations import Organisation
from storage.search import stems

Problem = tuple[str, dict[str, Any]]
"""A catalogue key and what it is filled in with."""


@dataclass(frozen=True, kw_only=True)
class WrittenFactor(FactorText):
    """A row as it stands in the file, cleaned."""

    line: int
    surplus: bool
    kind: str = ""
    track: str = ""
    organisation: str = ""
    key_area: str = ""


@dataclass(frozen=True)
class There:
    """What a row is measured against. Names are exact; ``titles`` have their track's id."""

    programme_id: int
    language: Language
    tracks: tuple[TrackView, ...]
    organisations: Mapping[str, Organisation]
    inside: Mapping[int, Sequence[int]]
    areas: Mapping[str, str]
    titles: set[tuple[str, int | None]]
    kinds: Mapping[str, FactorKind]
    everywhere: set[str]

    def track(self, said: str) -> TrackView | None:
        """The track of this name, short name or id, in this order."""
        for called in ("name", "short", "id"):
            for track in self.tracks:
                if exact(str(getattr(track, called))) == exact(said):
                    return track
        return None


def written(table: Table) -> tuple[list[WrittenFactor], int]:
    """The rows, and in how many of them an identity number was hidden."""
    rows, masked = [], 0
    for row in table.rows:
        cells, hidden = {}, False
        for column in columns.COLUMNS:
            if column.read:
                said = column.read(row.cells.get(column.name, ""))
                cells[column.name], found = texts.mask_identity_numbers(said)
                hidden = hidden or found
        rows.append(WrittenFactor(line=row.line, surplus=row.surplus, **cells))
        masked += hidden
    return rows, masked


def look(desk: Desk, rows: Sequence[WrittenFactor]) -> There:
    """What these rows are measured against."""
    everyone = organisations.of_programme(desk)
    areas = kept_areas.of_programme(desk)
    return There(
        programme_id=desk.programme_id,
        language=the_programme(desk).language,
        tracks=tracks.all_of(desk),
        organisations={row.exact: row for row in everyone},
        inside=organisations.memberships(desk),
        areas={row.exact: row.name for row in areas},
        titles=lists.titled(desk, {row.title for row in rows}),
        kinds=columns.kinds(),
        everywhere=columns.all_tracks(),
    )


def draft(row: WrittenFactor, there: There) -> tuple[DraftView | None, list[Problem]]:
    """What a row would become, and everything that keeps it out, taken by itself."""
    kind = there.kinds.get(stems.fold(row.kind))
    organisation = there.organisations.get(exact(row.organisation))
    track, problems = _track(row.track, organisation, there)
    problems += _wrong_texts(row)
    if row.kind and kind is None:
        problems.append(("import.problem.kind", {"kind": row.kind}))
    if row.organisation and organisation is None:
        problems.append(("import.problem.organisation", {"name": row.organisation}))
    if problems or kind is None or organisation is None:
        return None, problems
    view = DraftView(
        id=0,
        programme_id=there.programme_id,
        language=there.language,
        **wording.columns(row),
        kind=kind,
        key_area_id=None,
        key_area=there.areas.get(exact(row.key_area), row.key_area) or None,
        track=track,
        organisation_id=organisation.id or 0,
        organisation=organisation.name,
        on_behalf=True,
        discreet=False,
        source=None,
    )
    return view, []


def _track(
    said: str, organisation: Organisation | None, there: There
) -> tuple[TrackView | None, list[Problem]]:
    """The track that a cell names, None for all; empty, it means the organisation's only one."""
    track = there.track(said) if said else None
    if said and track is None and exact(said) not in there.everywhere:
        return None, [("import.problem.track", {"n": 1, "names": said})]
    if track is not None and track.archived:
        return None, [("import.problem.archived", {"track": track.name})]
    if organisation is None:
        return None, []
    joined = there.inside.get(organisation.id or 0, ())
    mine = [each for each in there.tracks if each.id in joined and not each.archived]
    if not mine:
        return None, [("import.problem.no_track", {"organisation": organisation.name})]
    if track is not None and track not in mine:
        names_ = {"organisation": organisation.name, "track": track.name}
        return None, [("import.problem.other_track", names_)]
    return (mine[0] if not said and len(mine) == 1 else track), []


def _wrong_texts(row: WrittenFactor) -> list[Problem]:
    found: list[Problem] = [("import.problem.surplus", {})] if row.surplus else []
    found += [
        (f"import.problem.{column}_missing", {})
        for column in columns.NEEDED
        if not getattr(row, column)
    ]
    for column, limit in columns.LIMITS.items():
        length = len(getattr(row, column))
        if length > limit:
            values = {"limit": limit, "length": length}
            found.append((f"import.problem.{column}_long", values))
    return found
