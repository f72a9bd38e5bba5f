"""The form to edit a factor."""

from dataclasses import dataclass

from bot.domain.factors.edits import EditStart
from bot.domain.kit import texts
from bot.i18n.words import Words
from bot.ui.layout import Form, press_id, radio_field, text_field

SMALL, MEANING = "small", "meaning"


@dataclass(frozen=True)
class EditSaid:
    """What :func:`edit_form` is filled in with; ``small`` is the sort of change."""

    title: str
    how: str
    context: str
    evidence: str
    small: str


def edit_form(words: Words, start: EditStart) -> Form:
    """A factor's text, to change; nobody chooses for the person what sort of change it is."""
    sorts = [
        (sort, words(f"edit.sort.{sort}"), words(f"edit.sort.{sort}.explained"))
        for sort in (SMALL, MEANING)
    ]
    text = start.text
    return Form(
        words("edit.title"),
        press_id("edited:1", start.factor_id, start.version),
        text_field(words("edit.part.title"), "title", value=text.title, limit=texts.TITLE_LIMIT),
        text_field(
            words(f"how.{start.kind}"),
            "how",
            value=text.how,
            limit=texts.HOW_LIMIT,
            long=True,
            hint=words("propose.hint.how"),
        ),
        text_field(
            words("edit.part.context"),
            "context",
            value=text.context,
            limit=texts.CONTEXT_LIMIT,
            long=True,
            required=False,
        ),
        text_field(
            words("edit.part.evidence"),
            "evidence",
            value=text.evidence,
            limit=texts.EVIDENCE_LIMIT,
            long=True,
            required=False,
        ),
        radio_field(words("edit.field.sort"), SMALL, sorts, ""),
    )
