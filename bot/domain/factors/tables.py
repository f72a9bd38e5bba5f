"""Exported factors as a table that spreadsheets open, and that can be imported again."""

from collections.abc import Sequence
from typing import Any

from bot.domain.factors import columns as factor_columns
from bot.domain.factors.columns import COLUMNS, Told
from bot.domain.kit import csvfiles
from bot.domain.tracks.tracks import TrackView
from bot.i18n.words import Words
from storage.enums import Language
from storage.kit.identity import exact

# What a cell of a spreadsheet holds at most is 32 767 characters.
_CELL_LIMIT = 32_000
_DECIMAL = {Language.SV: ",", Language.EN: "."}


def table(factors: Sequence[Told], tracks: Sequence[TrackView], language: Language) -> bytes:
    """The factors of a file, one a row, under headings of a language; its first line says its use.

    Args:
        factors: as :mod:`bot.domain.factors.exporting` tells them.
        tracks: all tracks of the programme.
        language: of headings and words, and of what parts the columns.
    """
    words = Words(language)
    taken = {exact(said) for each in tracks for said in (each.name, each.short, str(each.id))}
    all_tracks = factor_columns.all_tracks_word(words, taken)
    rows = []
    for factor in factors:
        told = {**factor, "track": factor["track"] or all_tracks}
        rows.append([_cell(words, column.cell(words, told)) for column in COLUMNS])
    head = [factor_columns.heading(words, column.name) for column in COLUMNS]
    use = [words("export.use")]
    return csvfiles.write(use, [head, *rows], csvfiles.DELIMITER_FOR[language])


def _cell(words: Words, value: Any) -> str:
    if value is None or value is False:
        return ""
    if value is True:
        return words("column.yes")
    if isinstance(value, float):
        return str(value).replace(".", _DECIMAL[words.language])
    text = str(value)
    return text if len(text) <= _CELL_LIMIT else f"{text[:_CELL_LIMIT]}…"
