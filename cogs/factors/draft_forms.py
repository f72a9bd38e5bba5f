"""Forms to propose a factor, to change a draft, and to add details to it."""

from collections.abc import Sequence
from dataclasses import dataclass

from discord import ui

from bot.domain.factors import wording
from bot.domain.factors.draft_views import DraftView
from bot.domain.factors.drafts import ALL_TRACKS, DraftStart
from bot.domain.factors.keyareas import KeyAreaView
from bot.domain.factors.wording import MainTexts, SideTexts
from bot.i18n.words import Words
from bot.ui.layout import Form, press_id, radio_field, select_field, text_field
from bot.ui.text import clip
from storage.enums import FactorKind

# What the details' form says about the name on the card.
NAME_SHOWN, ORGANISATION_ONLY = "shown", "organisation"
_TITLE_LIMIT = 45  # of a form, as Discord counts


@dataclass(frozen=True)
class ProposalSaid(MainTexts):
    """What :func:`propose_form` is filled in with."""

    kind: FactorKind = FactorKind.PROMOTING
    track: str = ""


def propose_form(
    words: Words,
    begin: DraftStart,
    *,
    draft: DraftView | None = None,
    near: int | None = None,
    quoted: str = "",
    source: tuple[int, int] | None = None,
) -> Form:
    """The form to propose a factor, or to change a draft. A track is asked where there are several.

    Args:
        words: how to speak to the person.
        begin: the tracks that the person may choose, and whom they write for.
        draft: what stands in the fields already.
        near: the track whose channel the person is in, chosen unless the draft says otherwise.
        quoted: what a message says, as a start for HOW.
        source: that message (channel and message id).
    """
    parts = _needed_fields(words, draft, quoted)
    choices = _tracks(words, begin)
    if len(choices) > 1:
        chosen = _chosen_track(begin, draft, near)
        parts.append(select_field(words("propose.field.track"), "track", choices, chosen))
    return Form(_heading(words, begin), _goes_to(begin, draft, source), *parts)


@dataclass(frozen=True)
class DetailsSaid(SideTexts):
    """What :func:`details_form` is filled in with."""

    key_area: str = ""
    name: str = ""


def details_form(words: Words, draft: DraftView, areas: Sequence[KeyAreaView]) -> Form:
    """The form for what a draft may have beside what it must.

    A key area is asked where the programme has any; whose name is shown, where it is a
    participant's.
    """
    parts = [_side_field(words, draft, part) for part in wording.parts(SideTexts)]
    if areas:
        choices = [("0", words("details.no_key_area"))]
        choices += [(str(area.id), area.name) for area in areas]
        chosen = str(draft.key_area_id or 0)
        parts.insert(1, select_field(words("details.field.key_area"), "key_area", choices, chosen))
    if not draft.on_behalf:
        parts.append(_name_field(words, draft))
    return Form(words("draft.details"), press_id("details:1", draft.id), *parts)


def factor_field(
    part: str, label: str, value: str, *, example: str | None = None, hint: str | None = None
) -> ui.Label[Form]:
    """The input for one of a factor's texts, by its name."""
    kept = wording.parts()[part]
    return text_field(
        label,
        part,
        value=value,
        limit=kept.limit,
        long=kept.lines,
        example=example,
        hint=hint,
        required=part in wording.parts(MainTexts),
    )


def _side_field(words: Words, draft: DraftView, part: str) -> ui.Label[Form]:
    example, hint = f"details.example.{part}", None
    if part == "context":
        example, hint = f"details.example.context.{draft.kind}", words("details.hint.context")
    label, value = words(f"details.field.{part}"), getattr(draft, part)
    return factor_field(part, label, value, example=words(example), hint=hint)


def _needed_fields(words: Words, draft: DraftView | None, quoted: str) -> list[ui.Label[Form]]:
    """Title, kind and HOW; with examples that fit the kind as soon as there is one."""
    kind = f".{draft.kind}" if draft else ""
    kinds = [(k.value, words(f"kind.{k}"), words(f"kind.{k}.explained")) for k in FactorKind]
    chosen = draft.kind if draft else FactorKind.PROMOTING
    return [
        factor_field(
            "title",
            words("propose.field.title"),
            draft.title if draft else "",
            example=words(f"propose.example.title{kind}"),
        ),
        radio_field(words("propose.field.kind"), "kind", kinds, chosen.value),
        factor_field(
            "how",
            words(f"how.{draft.kind}") if draft else words("propose.field.how"),
            draft.how if draft else quoted,
            example=words(f"propose.example.how{kind}"),
            hint=words("propose.hint.how"),
        ),
    ]


def _name_field(words: Words, draft: DraftView) -> ui.Label[Form]:
    names = [
        (NAME_SHOWN, words("details.name.shown"), None),
        (ORGANISATION_ONLY, words("details.name.organisation"), None),
    ]
    chosen = ORGANISATION_ONLY if draft.discreet else NAME_SHOWN
    return radio_field(words("details.field.name"), "name", names, chosen)


def _heading(words: Words, begin: DraftStart) -> str:
    if not begin.organisation_id:
        return words("propose.title")
    return clip(words("propose.title.behalf", organisation=begin.organisation), _TITLE_LIMIT)


def _goes_to(begin: DraftStart, draft: DraftView | None, source: tuple[int, int] | None) -> str:
    """What the form's id says about what is written in it."""
    draft_id = draft.id if draft else 0
    if begin.organisation_id:
        return press_id("behalf:1", begin.organisation_id, draft_id)
    if source is not None:
        return press_id("proposefrom:1", *source)
    return press_id("propose:1", draft_id)


def _tracks(words: Words, begin: DraftStart) -> list[tuple[str, str]]:
    choices = [(str(track.id), f"{track.emoji} {track.name}") for track in begin.tracks]
    return [*choices, (ALL_TRACKS, words("track.all"))] if begin.all_tracks else choices


def _chosen_track(begin: DraftStart, draft: DraftView | None, near: int | None) -> str:
    if draft is not None:
        return str(draft.track.id) if draft.track else ALL_TRACKS
    offered = [track.id for track in begin.tracks]
    return str(near if near in offered else offered[0])
