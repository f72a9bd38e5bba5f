"""Exported factors as a table that spreadsheets open, and that can be imported again."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from bot.domain.factors import columns as factor_columns
from bot.domain.kit import csvfiles
from bot.domain.tracks.tracks import TrackView
from bot.i18n.words import Words
from storage.enums import FactorKind, Language
from storage.search import stems

# What a cell of a spreadsheet holds at most is 32 767 characters.
_CELL_LIMIT = 32_000
_DECIMAL = {Language.SV: ",", Language.EN: "."}


def table(
    factors: Sequence[Mapping[str, Any]], tracks: Sequence[TrackView], language: Language
) -> bytes:
    """The factors of a file, one a row, under headings of a language.

    Args:
        factors: as :mod:`bot.domain.factors.exporting` tells them.
        tracks: all tracks of the programme.
        language: of headings and words, and of what parts the columns.
    """
    words = Words(language)
    taken = {stems.fold(said) for each in tracks for said in (each.name, each.short, str(each.id))}
    all_tracks = factor_columns.all_tracks_word(words, taken)
    columns = (*factor_columns.TAKEN, *factor_columns.TOLD)
    rows = []
    for factor in factors:
        cells = {**factor, **_cells(words, factor), "track": factor["track"] or all_tracks}
        rows.append([_cell(words, cells[column]) for column in columns])
    head = [factor_columns.heading(words, column) for column in columns]
    return csvfiles.write(head, rows, csvfiles.DELIMITER_FOR[language])


def _cells(words: Words, factor: Mapping[str, Any]) -> dict[str, Any]:
    """What stands otherwise in the table than in the whole."""
    votes = factor["votes"] or {}
    told = factor["organisations"]
    return {
        **factor["stances"],
        "kind": factor_columns.kind_word(words, FactorKind(factor["kind"])),
        "status": words(f"factor.status.{factor['status']}"),
        "standing": _standing(words, factor),
        "standings": _beside(
            f"{each['track']}: {_standing(words, each)}" for each in factor["tracks"]
        ),
        "stances": _beside(f"{each['organisation']}: {_stance(words, each)}" for each in told),
        "counts": _beside(
            f"{each['organisation']}: {_counts(each)}" for each in told if each["votes"]
        ),
        "support_votes": votes.get("support"),
        "unsure_votes": votes.get("unsure"),
        "objection_votes": votes.get("objections"),
        "objections": _below(
            f"{each['organisation']}: {each['reasons']}" for each in factor["objections"]
        ),
        "experiences": _below(
            f"{each['organisation']}: {_experience(words, factor, each)}"
            for each in factor["experiences"]
        ),
    }


def _standing(words: Words, told: Mapping[str, Any]) -> str:
    return words(f"standing.{told['standing']}")


def _stance(words: Words, told: Mapping[str, Any]) -> str:
    return words(f"column.stance.{told['stance']}")


def _counts(told: Mapping[str, Any]) -> str:
    votes = told["votes"]
    return f"{votes['support']}/{votes['unsure']}/{votes['objections']}"


def _experience(words: Words, factor: Mapping[str, Any], told: Mapping[str, Any]) -> str:
    stance = words(f"experience.says.{factor['kind']}.{told['stance']}")
    return f"{stance}. {told['how']}" if told["how"] else stance


def _beside(parts: Iterable[str]) -> str:
    return " | ".join(parts)


def _below(parts: Iterable[str]) -> str:
    return "\n\n".join(parts)


def _cell(words: Words, value: Any) -> str:
    if value is None or value is False:
        return ""
    if value is True:
        return words("column.yes")
    if isinstance(value, float):
        return str(value).replace(".", _DECIMAL[words.language])
    text = str(value)
    return text if len(text) <= _CELL_LIMIT else f"{text[:_CELL_LIMIT]}…"
