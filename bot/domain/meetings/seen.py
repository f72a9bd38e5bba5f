"""What stood in the form about a meeting when somebody opened it.

It is a token that the form carries: how often the meeting had been changed, a full stop, and four
characters for each field, by which one sees what the person themselves changed.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from bot.domain.kit.seen import mark
from bot.domain.meetings import plans
from bot.domain.meetings.plans import WantedMeeting
from bot.domain.meetings.views import need_row
from storage.desk import Desk
from storage.meetings.meetings import Meeting

_FIELDS: Final = ("title", "when", "duration", "where", "agenda")
_EACH: Final = 4


def opened(desk: Desk, meeting_id: int, occurrence_id: int | None) -> tuple[WantedMeeting, str]:
    """What stands in the form that changes a meeting, or one time of it, and its token.

    Raises:
        NotSetUp, CoordinatorsOnly, MeetingNotFound: as their names say.
    """
    wanted = plans.typed(desk, meeting_id, occurrence_id)
    return wanted, token(need_row(desk, meeting_id), wanted)


def token(row: Meeting, wanted: WantedMeeting) -> str:
    """What a form carries that is filled in with what is wanted."""
    filled = plans.cleaned(wanted)
    return f"{row.sequence}." + "".join(_mark(getattr(filled, name)) for name in _FIELDS)


def is_overtaken(seen: str, row: Meeting) -> bool:
    """Whether the meeting was changed, or one of its times cancelled, since a form was opened."""
    return bool(seen) and seen.partition(".")[0] != str(row.sequence)


def touched(seen: str, typed: Mapping[str, str]) -> dict[str, str]:
    """What the person wrote themselves, without what they left as they saw it."""
    marks = seen.partition(".")[2]
    stood = {name: marks[at * _EACH :][:_EACH] for at, name in enumerate(_FIELDS)}
    fields: dict[str, Any] = dict(typed)
    filled = plans.cleaned(replace(WantedMeeting("", ""), **fields))
    return {
        name: text
        for name, text in typed.items()
        if stood.get(name, "") != _mark(getattr(filled, name))
    }


def _mark(text: str) -> str:
    return mark(text)[:_EACH]
