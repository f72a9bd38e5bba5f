"""The form to edit a factor."""

from dataclasses import dataclass

from discord import ui

from bot.domain.factors import wording
from bot.domain.factors.edits import EditStart
from bot.domain.factors.wording import FactorText
from bot.i18n.words import Words
from bot.ui.layout import Form, press_id, radio_field
from cogs.factors.draft_forms import factor_field

SMALL, MEANING = "small", "meaning"


@dataclass(frozen=True, kw_only=True)
class EditSaid(FactorText):
    """What :func:`edit_form` is filled in with; ``small`` is the sort of change."""

    small: str


def edit_form(words: Words, start: EditStart) -> Form:
    """A factor's text, to change; nobody chooses for the person what sort of change it is."""
    sorts = [
        (sort, words(f"edit.sort.{sort}"), words(f"edit.sort.{sort}.explained"))
        for sort in (SMALL, MEANING)
    ]
    return Form(
        words("edit.title"),
        press_id("edited:1", start.factor_id, start.version),
        *(_field(words, start, part) for part in wording.parts()),
        radio_field(words("edit.field.sort"), SMALL, sorts, ""),
    )


def _field(words: Words, start: EditStart, part: str) -> ui.Label[Form]:
    value = getattr(start.text, part)
    if part == "how":
        hint = words("propose.hint.how")
        return factor_field(part, words(f"how.{start.kind}"), value, hint=hint)
    return factor_field(part, words(f"edit.part.{part}"), value)
