"""The texts of a factor: what they are called, what must be there, and how each is kept.

They are declared here alone. Whatever holds them (tables, views, forms, files) has them under the
same names.
"""

from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, get_type_hints

from bot.domain.kit import texts


@dataclass(frozen=True)
class KeptText:
    """How a text is kept: at most so many characters, in ``lines`` or in one."""

    limit: int
    lines: bool = True

    def clean(self, text: str) -> str:
        """The text without what cannot be seen, however long it is."""
        return texts.clean(text) if self.lines else texts.clean_line(text)


@dataclass(frozen=True)
class MainTexts:
    """What a factor must have."""

    title: Annotated[str, KeptText(texts.TITLE_LIMIT, lines=False)]
    how: Annotated[str, KeptText(texts.HOW_LIMIT)]


@dataclass(frozen=True)
class SideTexts:
    """What a factor may have besides."""

    context: Annotated[str, KeptText(texts.CONTEXT_LIMIT)] = ""
    evidence: Annotated[str, KeptText(texts.EVIDENCE_LIMIT)] = ""


@dataclass(frozen=True)
class FactorText(SideTexts, MainTexts):
    """All that can be edited of a factor, which its versions keep."""


@cache
def parts(kind: type = FactorText) -> dict[str, KeptText]:
    """The texts that belong to a class of them, in the order in which they are read."""
    hints = get_type_hints(kind, include_extras=True)
    return {name: hint.__metadata__[0] for name, hint in hints.items()}


def columns(holder: object, kind: type = FactorText) -> dict[str, Any]:
    """The texts of whatever has them, by name: a row, a view, what a form was filled in with."""
    return {part: getattr(holder, part) for part in parts(kind)}


def text_of(holder: object) -> FactorText:
    """The texts of whatever has them, and nothing else of it."""
    return FactorText(**columns(holder))


def kept(holder: object, kind: type = FactorText) -> tuple[dict[str, Any], bool]:
    """The texts as they are kept, and whether an identity number was hidden in them."""
    found, masked = {}, False
    for part, how in parts(kind).items():
        text, hidden = texts.mask_identity_numbers(how.clean(getattr(holder, part)))
        found[part] = text[: how.limit]
        masked = masked or hidden
    return found, masked
