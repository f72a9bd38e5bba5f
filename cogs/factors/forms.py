"""Forms about factors."""

from dataclasses import dataclass

from bot.domain.factors.experiences import HOW_LIMIT
from bot.domain.factors.experiences import ExperienceForm as Begin
from bot.domain.kit import texts
from bot.i18n.words import Words
from bot.ui.layout import Form, press_id, radio_field, text_field
from bot.ui.text import clip
from storage.enums import ExperienceStance


@dataclass(frozen=True)
class ExperienceSaid:
    """What :func:`experience_form` is filled in with."""

    how: str
    stance: ExperienceStance = ExperienceStance.NEW


def experience_form(
    words: Words, begin: Begin, *, on_behalf: bool = False, press: str = ""
) -> Form:
    """The form about an organisation's experience, with what it says now.

    ``press`` is the id that it is handled by, where that is another than a card's.
    """
    stances = [
        (stance.value, words(f"experience.says.{begin.kind}.{stance}"), None)
        for stance in ExperienceStance
    ]
    standing = begin.standing
    return Form(
        words("experience.title"),
        press or press_id("tell:1", begin.factor_id, begin.organisation_id if on_behalf else 0),
        radio_field(
            clip(words("experience.field.stance", organisation=begin.organisation), 45),
            "stance",
            stances,
            standing.stance if standing else "",
        ),
        text_field(
            words("experience.field.how"),
            "how",
            limit=HOW_LIMIT,
            long=True,
            value=standing.how if standing else "",
            example=words(f"experience.example.{begin.kind}"),
            hint=words("experience.hint"),
            required=False,
        ),
    )


def objection_form(words: Words, factor_id: int, reason: str = "", press: str = "") -> Form:
    """The form that asks for the reason of an objection, with the one that was given.

    ``press`` is the id that it is handled by, where that is another than a card's.
    """
    return Form(
        words("objection.title"),
        press or press_id("objection:1", factor_id),
        text_field(
            words("objection.field.reason"),
            "reason",
            limit=texts.REASON_LIMIT,
            long=True,
            value=reason,
            example=words("objection.example"),
            hint=words("objection.hint"),
        ),
    )
