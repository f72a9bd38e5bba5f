"""Key areas: the headings that factors are sorted under."""

from dataclasses import dataclass

from bot.domain.factors import factors
from bot.domain.factors.errors import (
    KeyAreaExists,
    KeyAreaMistyped,
    KeyAreaNotFound,
    SameKeyArea,
    TooManyKeyAreas,
)
from bot.domain.factors.views import FactorView
from bot.domain.factors.votes import recount
from bot.domain.kit import names, texts
from bot.domain.kit.errors import ChangedTo, NameTooLong, TextMissing
from bot.domain.kit.people import only_coordinators, the_programme
from storage.desk import Desk
from storage.factors import changes
from storage.factors import keyareas as kept
from storage.factors.keyareas import KeyArea
from storage.kit.identity import exact, named
from storage.search import stems

NAME_LIMIT = 60
_LIKE = 3
LIMIT = 24  # a list to choose from holds 25, and one of them is none


@dataclass(frozen=True)
class KeyAreaView:
    """A key area, and how many factors stand under it."""

    id: int
    name: str
    factors: int


@dataclass(frozen=True)
class ChangedKeyArea:
    """A key area as it is, and the name ``before`` that it had, or that was merged into it."""

    before: str
    area: KeyAreaView


def all_of(desk: Desk) -> tuple[KeyAreaView, ...]:
    """The programme's key areas in Swedish order.

    Raises:
        NotSetUp: the server has no programme.
    """
    the_programme(desk)
    sizes = kept.sizes(desk)
    rows = kept.of_programme(desk)
    views = [KeyAreaView(row.id or 0, row.name, sizes.get(row.id or 0, 0)) for row in rows]
    return tuple(sorted(views, key=lambda area: names.swedish_order(area.name)))


def create(desk: Desk, name: str) -> KeyAreaView:
    """Make a key area.

    Raises:
        NotSetUp, CoordinatorsOnly: as their names say.
        TextMissing, NameTooLong, KeyAreaExists: the name cannot be used.
        TooManyKeyAreas: there are 24 already.
    """
    the_programme(desk)
    only_coordinators(desk)
    name = _need_name(desk, name)
    if len(kept.of_programme(desk)) >= LIMIT:
        raise TooManyKeyAreas(limit=LIMIT)
    row = KeyArea(programme_id=desk.programme_id, **named(name))
    desk.session.add(row)
    desk.session.flush()
    desk.note("key_area.created", row.id, name=name)
    return _view(desk, row)


def rename(desk: Desk, said: str, name: str) -> ChangedKeyArea:
    """Call a key area something else.

    Raises:
        NotSetUp, CoordinatorsOnly, KeyAreaNotFound: as their names say.
        TextMissing, NameTooLong, KeyAreaExists: the name cannot be used.
    """
    only_coordinators(desk)
    row = need(desk, said)
    before = row.name
    row.sqlmodel_update(named(_need_name(desk, name, but=row.id)))
    desk.session.add(row)
    desk.session.flush()
    changes.around(desk)
    change = {"before": before, "name": row.name}
    desk.note("key_area.renamed", row.id, **change)
    return ChangedKeyArea(before, _view(desk, row))


def merge(desk: Desk, said: str, into: str) -> ChangedKeyArea:
    """Put everything under one key area under another, and drop the first.

    Raises:
        NotSetUp, CoordinatorsOnly: as their names say.
        KeyAreaNotFound: there is none like one of them.
        SameKeyArea: both are the same.
    """
    only_coordinators(desk)
    row, target = need(desk, said), need(desk, into)
    if row.id == target.id:
        raise SameKeyArea(name=row.name)
    kept.move(desk, row.id or 0, target.id or 0)
    changes.around(desk)
    change = {"before": row.name, "name": target.name}
    desk.note("key_area.merged", target.id, **change)
    before = row.name
    desk.session.delete(row)
    desk.session.flush()
    return ChangedKeyArea(before, _view(desk, target))


def put(desk: Desk, factor_id: int, said: str, *, seen: int | None = None) -> FactorView:
    """Put a factor under a key area, or under none.

    Args:
        factor_id: which factor.
        said: the key area, by its id or by its name; empty for none.
        seen: the id of the one that the person saw it under, 0 for none; None for whichever.

    Raises:
        CoordinatorsOnly, FactorNotFound, KeyAreaNotFound: as their names say.
        ChangedTo: somebody has put it under another since.
    """
    only_coordinators(desk)
    row = factors.need(desk, factor_id)
    area = need(desk, said) if said else None
    wanted = area.id if area else None
    if seen not in {None, row.key_area_id or 0} and row.key_area_id != wanted:
        stands = need(desk, str(row.key_area_id)).name if row.key_area_id else "…"
        raise ChangedTo(now=stands)
    row.key_area_id = wanted
    desk.session.add(row)
    change = {"key_area": row.key_area_id}
    desk.note("factor.sorted", factor_id, **change)
    return recount(desk, row)


def to_choose(desk: Desk, factor_id: int) -> tuple[int | None, tuple[KeyAreaView, ...]]:
    """Under which key area a factor stands, and all that a coordinator may put it under.

    Raises:
        CoordinatorsOnly, FactorNotFound: as :func:`put`.
    """
    only_coordinators(desk)
    row = factors.need(desk, factor_id)
    return row.key_area_id, all_of(desk)


def suggest(desk: Desk, typed: str, limit: int) -> list[tuple[int, str]]:
    """Ids and names of the key areas that fit what was typed, best first."""
    found = {row.id or 0: row.name for row in kept.of_programme(desk)}
    return [(key, found[key]) for key in names.closest(typed, found, limit)]


def need(desk: Desk, said: str) -> KeyArea:
    """The row of the key area that a person named, by its id or by its name; for use cases only.

    Raises:
        NotSetUp: the server has no programme.
        KeyAreaNotFound: there is none of this name, nor any that comes close.
        KeyAreaMistyped: nor of this name, but ``like`` holds the names that come close.
    """
    the_programme(desk)
    for row in kept.of_programme(desk):
        if said == str(row.id) or row.exact == exact(said):
            return row
    like = [name for _, name in suggest(desk, said, _LIKE)] if stems.fold(said) else []
    if not like:
        raise KeyAreaNotFound(name=said)
    raise KeyAreaMistyped(name=said, like=", ".join(like))


def _need_name(desk: Desk, name: str, but: int | None = None) -> str:
    name = texts.clean_line(name)
    if not stems.fold(name):
        raise TextMissing
    if len(name) > NAME_LIMIT:
        raise NameTooLong(limit=NAME_LIMIT)
    there = kept.of_programme(desk)
    if any(row.exact == exact(name) and row.id != but for row in there):
        raise KeyAreaExists(name=name)
    return name


def _view(desk: Desk, row: KeyArea) -> KeyAreaView:
    size = kept.sizes(desk).get(row.id or 0, 0)
    return KeyAreaView(row.id or 0, row.name, size)
