"""Forms about what becomes of a factor."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from discord import ui

from bot.domain.factors.keyareas import KeyAreaView
from bot.domain.factors.merging import Candidate
from bot.domain.factors.outcomes import OUTCOMES
from bot.domain.factors.views import FactorView
from bot.domain.kit import texts
from bot.domain.kit.seen import mark
from bot.i18n.words import Words
from bot.ui.layout import Form, press_id, radio_field, select_field, text_field
from storage.enums import FactorStatus

_DATE_LENGTH = 10
NO_AREA = "0"


@dataclass(frozen=True)
class DecisionSaid:
    """What :func:`decide_form` is filled in with."""

    outcome: FactorStatus
    reason: str


def decide_form(
    words: Words, factor: FactorView, now: datetime, outcome: FactorStatus | None = None
) -> Form:
    """The form to decide on a factor; without an outcome that was chosen, it asks for one.

    It carries the moment (``now``, aware UTC), so that what others decide meanwhile is noticed.
    """
    options = [
        (each.value, words(f"outcome.{each}"), None)
        for each in OUTCOMES
        if each is not factor.status
    ]
    return Form(
        words("deciding.decide.title"),
        press_id("decided:2", factor.id, int(now.timestamp() * 1000)),
        radio_field(words("deciding.field.outcome"), "outcome", options, outcome or ""),
        _reason(words, words("deciding.example.decide")),
    )


def withdraw_form(words: Words, factor_id: int) -> Form:
    """The form that asks why a factor is taken back."""
    return Form(
        words("deciding.withdraw.title"),
        press_id("withdrawn:1", factor_id),
        _reason(words, words("deciding.example.withdraw")),
    )


def merge_form(words: Words, factor_id: int, into_id: int) -> Form:
    """The form that asks why two factors are one."""
    return Form(
        words("deciding.merge.title"),
        press_id("merging:1", factor_id, into_id),
        _reason(words, words("deciding.example.merge")),
    )


@dataclass(frozen=True)
class MergeSaid:
    """What :func:`merge_into_form` is filled in with."""

    into: str
    reason: str


def merge_into_form(words: Words, factor_id: int, others: Sequence[Candidate]) -> Form:
    """The form that asks which factor another one is merged into, and why."""
    options = [(str(each.id), each.title) for each in others]
    return Form(
        words("deciding.merge.title"),
        press_id("mergeinto:1", factor_id),
        select_field(words("deciding.field.into"), "into", options, options[0][0]),
        _reason(words, words("deciding.example.merge")),
    )


@dataclass(frozen=True)
class DaysSaid:
    """What :func:`days_form` is filled in with."""

    opens: str
    closes: str


def days_form(words: Words, factor_id: int, opens: str, closes: str) -> Form:
    """The form about the days on which a factor takes votes, with those it has."""
    return Form(
        words("deciding.days.title"),
        press_id("dayset:2", factor_id, mark(opens, closes)),
        text_field(
            words("deciding.field.opens"),
            "opens",
            limit=_DATE_LENGTH,
            value=opens,
            example=words("deciding.example.day"),
            hint=words("deciding.hint.opens"),
            required=False,
        ),
        text_field(
            words("deciding.field.closes"),
            "closes",
            limit=_DATE_LENGTH,
            value=closes,
            example=words("deciding.example.day"),
            hint=words("deciding.hint.closes"),
            required=False,
        ),
    )


@dataclass(frozen=True)
class AreaSaid:
    """What :func:`area_form` is filled in with."""

    key_area: str


def area_form(
    words: Words, factor_id: int, chosen: int | None, areas: Sequence[KeyAreaView]
) -> Form:
    """The form to choose a key area for a factor, or none."""
    options = [(NO_AREA, words("deciding.no_area"))]
    options += [(str(area.id), area.name) for area in areas]
    return Form(
        words("deciding.area.title"),
        press_id("areaset:2", factor_id, chosen or 0),
        select_field(words("deciding.field.area"), "key_area", options, str(chosen or NO_AREA)),
    )


def _reason(words: Words, example: str) -> ui.Label[Form]:
    return text_field(
        words("deciding.field.reason"),
        "reason",
        limit=texts.REASON_LIMIT,
        long=True,
        example=example,
        hint=words("deciding.hint"),
    )
