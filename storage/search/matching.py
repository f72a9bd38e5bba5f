"""Asking the index which factors hold certain terms, on SQLite and PostgreSQL.

The statements are plain text: they are asked several times for one press, and SQLAlchemy takes
longer to put them together than the databases to answer.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any, Final

from sqlalchemy import Connection, text

from storage.enums import FactorStatus
from storage.search.terms import programme_term

# Groups of terms: one of each group is wanted.
Groups = Sequence[Iterable[str]]

# With a filter, so many times as many of the newest factors that hold the terms are filtered.
_FILTERED: Final = 15

_SQLITE: Final = "SELECT rowid AS id FROM {index} WHERE {index} MATCH :said ORDER BY rowid DESC"
# The sum keeps PostgreSQL from walking through all factors by their key in search of the newest.
_POSTGRESQL: Final = (
    "SELECT factor_id AS id FROM factor_terms "
    "WHERE array_to_tsvector(string_to_array({column}, ' ')) @@ CAST(:said AS tsquery) "
    "ORDER BY factor_id + 0 DESC"
)
# The limit inside comes before any row of the two wide tables is looked at.
_FOUND: Final = (
    "SELECT terms.factor_id, terms.title FROM ({matching} LIMIT :most) AS matching "
    "JOIN factor_terms AS terms ON terms.factor_id = matching.id ORDER BY terms.factor_id DESC"
)
_FILTER: Final = (
    "SELECT matched.id FROM ({matching} LIMIT :looked_at) AS matched "
    "JOIN factor{by} ON factor.id = matched.id "
    "WHERE factor.programme_id = :programme_id AND {filters} ORDER BY matched.id DESC"
)
# Left alone, SQLite reads each factor's whole row to learn its status.
_BY_STATUS: Final = " INDEXED BY factor_list"


class TextPart(Enum):
    """What of a factor is searched."""

    TITLE = "title"
    ALL = "words"


_INDEX: Final = {TextPart.TITLE: "factor_title_index", TextPart.ALL: "factor_word_index"}


@dataclass(frozen=True)
class Within:
    """Which factors may be found: of a programme, of a track (and of all), of some statuses.

    Without a track those of every track but the ``hidden`` ones, without statuses those of every
    status.
    """

    programme_id: int
    track_id: int | None = None
    statuses: tuple[FactorStatus, ...] = ()
    hidden: tuple[int, ...] = ()


def newest(
    connection: Connection, part: TextPart, ways: Sequence[Groups], within: Within, limit: int
) -> Mapping[int, str]:
    """The newest factors that hold one term of each group, in one way at least of several.

    A term that ends with an asterisk is the beginning of one. The programme's own term keeps
    the search inside it; nothing else of what a person typed reaches the query's language.

    Returns:
        The terms of their titles by factor, newest first.
    """
    filters, values = _filters(within)
    values["most"] = limit
    own = programme_term(within.programme_id)
    sqlite = connection.dialect.name == "sqlite"
    if sqlite:
        matching = _SQLITE.format(index=_INDEX[part])
        values["said"] = _said(own, ways, '"', "*", " AND ", " OR ")
    else:
        matching = _POSTGRESQL.format(column=part.value)
        values["said"] = _said(own, ways, "'", ":*", " & ", " | ")
    if filters:
        by = _BY_STATUS if sqlite and within.statuses else ""
        matching = _FILTER.format(matching=matching, by=by, filters=filters)
        values |= {"looked_at": _FILTERED * limit, "programme_id": within.programme_id}
    statement = _FOUND.format(matching=matching)
    return {row[0]: row[1] for row in connection.execute(text(statement), values).all()}


def _filters(within: Within) -> tuple[str, dict[str, Any]]:
    where: list[str] = []
    values: dict[str, Any] = {}
    if within.track_id is not None:
        where.append("(factor.track_id = :track_id OR factor.track_id IS NULL)")
        values["track_id"] = within.track_id
    if within.hidden:
        shut = {f"hidden{n}": track_id for n, track_id in enumerate(within.hidden)}
        some = ", ".join(f":{name}" for name in shut)
        where.append(f"(factor.track_id IS NULL OR factor.track_id NOT IN ({some}))")
        values |= shut
    if within.statuses:
        names = {f"status{n}": status.value for n, status in enumerate(within.statuses)}
        where.append(f"factor.status IN ({', '.join(f':{name}' for name in names)})")
        values |= names
    return " AND ".join(where), values


def _said(own: str, ways: Sequence[Groups], mark: str, beginning: str, both: str, any_: str) -> str:
    def quoted(term: str) -> str:
        word = term.removesuffix("*")
        return f"{mark}{word}{mark}" + (beginning if term != word else "")

    said = [
        both.join(f"({any_.join(quoted(term) for term in group)})" for group in groups)
        for groups in ways
    ]
    wanted = any_.join(f"({way})" for way in said if way)
    return f"{quoted(own)}{both}({wanted})" if wanted else quoted(own)
