"""Forms about joining."""

from dataclasses import dataclass

from bot.domain.kit import texts
from bot.domain.membership.joining import Wish
from bot.i18n.words import Words
from bot.ui.layout import Form, press_id, text_field

_CODE_LIMIT = 20


@dataclass(frozen=True)
class CodeSaid:
    """What :func:`code_form` is filled in with."""

    code: str


def code_form(words: Words, wish: Wish) -> Form:
    """The organisation's code, or nothing for those who have none."""
    return Form(
        words("join.form.title"),
        press_id("code:1", wish.organisation_id),
        text_field(
            words("join.form.code"),
            "code",
            limit=_CODE_LIMIT,
            example=words("join.form.code.example"),
            hint=words("join.form.code.hint"),
            required=False,
        ),
    )


@dataclass(frozen=True)
class FindSaid:
    """What :func:`find_form` is filled in with."""

    organisation: str


def find_form(words: Words) -> Form:
    """Which organisation, where there are too many for a list."""
    return Form(
        words("join.form.title"),
        press_id("find:1"),
        text_field(
            words("join.form.organisation"),
            "organisation",
            limit=texts.NAME_LIMIT,
            hint=words("join.form.organisation.hint"),
        ),
    )
