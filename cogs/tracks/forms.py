"""The form about a new track whose name is like another one's."""

from dataclasses import dataclass

from bot.domain.kit.texts import NAME_LIMIT
from bot.domain.tracks.fields import DESCRIPTION_LIMIT
from bot.i18n.words import Words
from bot.ui.layout import Form, press_id, text_field
from bot.ui.text import clip

_EMOJI_LIMIT = 20
_LIKE_SHOWN = 40  # a hint holds a hundred characters


@dataclass(frozen=True)
class TrackForm:
    """What :func:`track_form` is filled in with."""

    name: str
    description: str
    emoji: str


def track_form(words: Words, said: TrackForm, like: str) -> Form:
    """What was typed, beside the name that it is like: sent as it is, it is another track."""
    return Form(
        words("track.like.title"),
        press_id("tracknew:1"),
        text_field(
            words("track.like.name"),
            "name",
            value=said.name[:NAME_LIMIT],
            limit=NAME_LIMIT,
            hint=words("track.like.hint", like=clip(like, _LIKE_SHOWN)),
        ),
        text_field(
            words("track.like.description"),
            "description",
            value=said.description[:DESCRIPTION_LIMIT],
            limit=DESCRIPTION_LIMIT,
            required=False,
        ),
        text_field(
            words("track.like.emoji"),
            "emoji",
            value=said.emoji[:_EMOJI_LIMIT],
            limit=_EMOJI_LIMIT,
            required=False,
        ),
    )
