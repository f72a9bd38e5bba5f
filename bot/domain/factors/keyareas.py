"""Key areas: the headings that factors are sorted under."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from bot.domain.factors import factors
from bot.domain.factors.errors import KeyAreaExists, KeyAreaNotFound, SameKeyArea, TooManyKeyAreas
from bot.domain.factors.views import FactorView
from bot.domain.factors.votes import recount
from bot.domain.kit import names, texts
from bot.domain.kit.errors import NameTooLong, TextMissing
from bot.domain.kit.people import need_coordinator, need_programme
from storage import journal
from storage.desk import Person
from storage.factors import factors as kept_factors
from storage.factors import keyareas as kept
from storage.factors.keyareas import KeyArea
from storage.search import stems

NAME_LIMIT = 60
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


def all_of(session: Session, programme_id: int) -> tuple[KeyAreaView, ...]:
    """The programme's key areas in Swedish order.

    Raises:
        NotSetUp: the server has no programme.
    """
    need_programme(session, programme_id)
    sizes = kept.sizes(session, programme_id)
    rows = kept.of_programme(session, programme_id)
    views = [KeyAreaView(row.id or 0, row.name, sizes.get(row.id or 0, 0)) for row in rows]
    return tuple(sorted(views, key=lambda area: names.swedish_order(area.name)))


def create(
    session: Session, programme_id: int, person: Person, name: str, *, now: datetime
) -> KeyAreaView:
    """Make a key area.

    Raises:
        NotSetUp, CoordinatorsOnly: as their names say.
        TextMissing, NameTooLong, KeyAreaExists: the name cannot be used.
        TooManyKeyAreas: there are 24 already.
    """
    need_programme(session, programme_id)
    need_coordinator(session, programme_id, person)
    name = _need_name(session, programme_id, name)
    if len(kept.of_programme(session, programme_id)) >= LIMIT:
        raise TooManyKeyAreas(limit=LIMIT)
    row = KeyArea(programme_id=programme_id, name=name, folded=stems.fold(name))
    session.add(row)
    session.flush()
    journal.write(session, programme_id, now, person.id, "key_area.created", row.id, name=name)
    return _view(session, row)


def rename(
    session: Session, programme_id: int, person: Person, said: str, name: str, *, now: datetime
) -> ChangedKeyArea:
    """Call a key area something else.

    Raises:
        NotSetUp, CoordinatorsOnly, KeyAreaNotFound: as their names say.
        TextMissing, NameTooLong, KeyAreaExists: the name cannot be used.
    """
    need_coordinator(session, programme_id, person)
    row = need(session, programme_id, said)
    before, row.name = row.name, _need_name(session, programme_id, name, but=row.id)
    row.folded = stems.fold(row.name)
    session.add(row)
    session.flush()
    kept_factors.make_due(session, programme_id)
    change = {"before": before, "name": row.name}
    journal.write(session, programme_id, now, person.id, "key_area.renamed", row.id, **change)
    return ChangedKeyArea(before, _view(session, row))


def merge(
    session: Session, programme_id: int, person: Person, said: str, into: str, *, now: datetime
) -> ChangedKeyArea:
    """Put everything under one key area under another, and drop the first.

    Raises:
        NotSetUp, CoordinatorsOnly: as their names say.
        KeyAreaNotFound: there is none like one of them.
        SameKeyArea: both are the same.
    """
    need_coordinator(session, programme_id, person)
    row, target = need(session, programme_id, said), need(session, programme_id, into)
    if row.id == target.id:
        raise SameKeyArea(name=row.name)
    kept.move(session, row.id or 0, target.id or 0)
    kept_factors.make_due(session, programme_id)
    change = {"before": row.name, "name": target.name}
    journal.write(session, programme_id, now, person.id, "key_area.merged", target.id, **change)
    before = row.name
    session.delete(row)
    session.flush()
    return ChangedKeyArea(before, _view(session, target))


def put(
    session: Session,
    programme_id: int,
    person: Person,
    factor_id: int,
    said: str,
    *,
    now: datetime,
) -> FactorView:
    """Put a factor under a key area, or under none.

    Raises:
        CoordinatorsOnly, FactorNotFound, KeyAreaNotFound: as their names say.
    """
    need_coordinator(session, programme_id, person)
    row = factors.need(session, programme_id, factor_id)
    area = need(session, programme_id, said) if said else None
    row.key_area_id = area.id if area else None
    session.add(row)
    change = {"key_area": row.key_area_id}
    journal.write(session, programme_id, now, person.id, "factor.sorted", factor_id, **change)
    return recount(session, row, now)


def to_choose(
    session: Session, programme_id: int, person: Person, factor_id: int
) -> tuple[int | None, tuple[KeyAreaView, ...]]:
    """Under which key area a factor stands, and all that a coordinator may put it under.

    Raises:
        CoordinatorsOnly, FactorNotFound: as :func:`put`.
    """
    need_coordinator(session, programme_id, person)
    row = factors.need(session, programme_id, factor_id)
    return row.key_area_id, all_of(session, programme_id)


def suggest(session: Session, programme_id: int, typed: str, limit: int) -> list[tuple[int, str]]:
    """Ids and names of the key areas that fit what was typed, best first."""
    found = {row.id or 0: row.name for row in kept.of_programme(session, programme_id)}
    return [(key, found[key]) for key in names.closest(typed, found, limit)]


def need(session: Session, programme_id: int, said: str) -> KeyArea:
    """The row of the key area that a person named, by its id or by its name; for use cases only.

    Raises:
        NotSetUp: the server has no programme.
        KeyAreaNotFound: there is none like it.
    """
    need_programme(session, programme_id)
    for row in kept.of_programme(session, programme_id):
        if said == str(row.id) or row.folded == stems.fold(said):
            return row
    raise KeyAreaNotFound(name=said)


def _need_name(session: Session, programme_id: int, name: str, but: int | None = None) -> str:
    name = texts.clean_line(name)
    folded = stems.fold(name)
    if not folded:
        raise TextMissing
    if len(name) > NAME_LIMIT:
        raise NameTooLong(limit=NAME_LIMIT)
    there = kept.of_programme(session, programme_id)
    if any(row.folded == folded and row.id != but for row in there):
        raise KeyAreaExists(name=name)
    return name


def _view(session: Session, row: KeyArea) -> KeyAreaView:
    size = kept.sizes(session, row.programme_id).get(row.id or 0, 0)
    return KeyAreaView(row.id or 0, row.name, size)
