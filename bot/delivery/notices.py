"""What people are told without having asked: cards of one paragraph each."""

from collections.abc import Sequence

from bot.domain.factor_views import FactorView
from bot.domain.members import Vacancies
from bot.i18n import Words
from bot.ui import theme
from bot.ui.layout import Card, said
from bot.ui.text import clip, escape

_NAMES_LIMIT = 1500
_TITLE_LIMIT = 210


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


def told_card(
    words: Words, factor: FactorView, text: str, *, mentioned: int = 0, direct: bool = False
) -> Card:
    """What became of a factor: for its thread, or for whoever proposed it.

    Args:
        words: how to speak.
        factor: as it is now.
        text: what became of it.
        mentioned: the member who proposed it, if they are to be mentioned.
        direct: it is a direct message, and says which factor it is about.
    """
    head = f"{words('told.mention', who=f'<@{mentioned}>')}\n" if mentioned else ""
    if direct:
        title = clip(escape(factor.title), _TITLE_LIMIT)
        linked = f"[{title}]({factor.url})" if factor.url else title
        head = f"{words('told.yours', title=linked)}\n"
    return Card(said(head + text), accent=theme.STATUS[factor.status])


def _names(names: Sequence[str]) -> str:
    return clip(", ".join(f"**{escape(name)}**" for name in names), _NAMES_LIMIT)
