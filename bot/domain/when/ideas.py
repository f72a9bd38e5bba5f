"""What is offered while somebody still types when a meeting is to start."""

from datetime import datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from bot.domain.kit.errors import UserError
from bot.domain.when.errors import WhenAmbiguous
from bot.domain.when.said import Start
from bot.domain.when.understanding import understand
from storage.enums import Language

_BEFORE_ANYTHING: Final = ((1, 9), (1, 13), (7, 9), (7, 13))  # days from now, and the hour


def ideas(typed: str, language: Language, zone: str, now: datetime) -> list[Start]:
    """How what was typed so far is understood; each thing it may mean, if there are several.

    A day without a time of day is offered with usual ones.

    Args:
        typed: so far; nothing is answered with a few examples.
        language: of whoever types.
        zone: whose wall clock is meant, an IANA name.
        now: aware.
    """
    if not typed.strip():
        today = now.astimezone(ZoneInfo(zone)).date()
        return [
            Start(datetime.combine(today + timedelta(days=days), time(hour)), 0, zone)
            for days, hour in _BEFORE_ANYTHING
        ]
    try:
        return [understand(typed, language, zone, now)]
    except WhenAmbiguous as unclear:
        return list(unclear.readings)
    except UserError:
        return []
