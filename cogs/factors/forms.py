"""Forms about factors."""

from collections.abc import Sequence

from bot.domain import texts
from bot.domain.drafts import ALL_TRACKS, DraftView
from bot.domain.experiences import HOW_LIMIT
from bot.domain.experiences import Form as Begin
from bot.domain.tracks import TrackView
from bot.i18n import Words
from bot.ui.layout import Form, press_id, radio_field, select_field, text_field
from bot.ui.text import clip
from storage.enums import ExperienceStance, FactorKind


def propose_form(
    words: Words,
    tracks: Sequence[TrackView],
    draft: DraftView | None = None,
    near: int | None = None,
) -> Form:
    """The form to propose a factor, or to change a draft.

    Args:
        words: how to speak to the person.
        tracks: the tracks that the person may choose.
        draft: what stands in the fields already.
        near: the track whose channel the person is in, chosen unless the draft says otherwise.
    """
    kind = draft.kind if draft else FactorKind.PROMOTING
    kinds = [(k.value, words(f"kind.{k}"), words(f"kind.{k}.explained")) for k in FactorKind]
    chosen = str(near if near in {track.id for track in tracks} else tracks[0].id)
    if draft is not None:
        chosen = str(draft.track.id) if draft.track else ALL_TRACKS
    choices = [(str(track.id), f"{track.emoji} {track.name}") for track in tracks]
    choices.append((ALL_TRACKS, words("track.all")))
    return Form(
        words("propose.title"),
        press_id("propose:1", draft.id if draft else 0),
        text_field(
            words("propose.field.title"),
            "title",
            limit=texts.TITLE_LIMIT,
            value=draft.title if draft else "",
            example=words("propose.example.title"),
        ),
        radio_field(words("propose.field.kind"), "kind", kinds, kind.value),
        text_field(
            words("propose.field.how"),
            "how",
            limit=texts.HOW_LIMIT,
            long=True,
            value=draft.how if draft else "",
            example=words("propose.example.how"),
            hint=words("propose.hint.how"),
        ),
        select_field(words("propose.field.track"), "track", choices, chosen),
    )


def experience_form(words: Words, begin: Begin, *, on_behalf: bool) -> Form:
    """The form about an organisation's experience, with what it says now."""
    stances = [
        (stance.value, words(f"experience.says.{begin.kind}.{stance}"), None)
        for stance in ExperienceStance
    ]
    standing = begin.standing
    return Form(
        words("experience.title"),
        press_id("tell:1", begin.factor_id, begin.organisation_id if on_behalf else 0),
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


def objection_form(words: Words, factor_id: int) -> Form:
    """The form that asks for the reason of an objection."""
    return Form(
        words("objection.title"),
        press_id("objection:1", factor_id),
        text_field(
            words("objection.field.reason"),
            "reason",
            limit=texts.REASON_LIMIT,
            long=True,
            example=words("objection.example"),
            hint=words("objection.hint"),
        ),
    )
