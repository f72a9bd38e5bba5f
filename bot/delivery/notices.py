"""What coordinators are told when something changed by itself: cards of one paragraph each."""

from collections.abc import Sequence

from bot.domain.members import Vacancies
from bot.i18n import Words
from bot.ui import theme
from bot.ui.layout import Card, said
from bot.ui.text import clip, escape

_NAMES_LIMIT = 1500


def vacancies_card(words: Words, found: Vacancies) -> Card:
    """Organisations that nobody takes part for any more, and those without a contact person."""
    parts = []
    if found.nobody:
        names = _names(found.nobody)
        parts.append(said(words("notice.nobody", n=len(found.nobody), names=names)))
    if found.no_contact:
        names = _names(found.no_contact)
        parts.append(said(words("notice.no_contact", n=len(found.no_contact), names=names)))
    return Card(*parts, accent=theme.TROUBLE)


def _names(names: Sequence[str]) -> str:
    return clip(", ".join(f"**{escape(name)}**" for name in names), _NAMES_LIMIT)
