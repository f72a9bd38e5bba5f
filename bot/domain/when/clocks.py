"""Wall clocks: which moment a weekday and hour mean, and what lies ahead of a moment."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

_WEEK = 7
_DAY = timedelta(days=1)


def next_weekly(weekday: int, hour: int, zone: str, now: datetime) -> datetime:
    """The next moment after ``now`` at which it is this hour on this weekday.

    An hour that a clock change skips is moved on by as much as the clock is; of one that comes
    twice, the first is meant.

    Args:
        weekday: from Monday, 0.
        hour: wall-clock, 0 to 23.
        zone: an IANA name.
        now: aware.

    Returns:
        aware UTC.
    """
    here = ZoneInfo(zone)
    today = now.astimezone(here).date()
    ahead = (weekday - today.weekday()) % _WEEK
    for days in (ahead, ahead + _WEEK):
        moment = at_hour(today + timedelta(days=days), hour, zone)
        if moment > now:
            break
    return moment


def at_hour(day: date, hour: int, zone: str) -> datetime:
    """The moment (aware UTC) at which it is an hour on a day, by the clock of a zone.

    An hour that a clock change skips is moved on by as much as the clock is; of one that comes
    twice, the first is meant.
    """
    # fold=0, the default, means the first of two; for a skipped hour it means "as if the
    # clock had not been changed", which on the changed clock is an hour later.
    return datetime.combine(day, time(hour), ZoneInfo(zone)).astimezone(UTC)


def ahead_of(moment: datetime, minutes: int, zone: str) -> datetime:
    """The moment so many minutes ahead: whole days by the calendar, the rest by the clock.

    A week ahead of Tuesday 13:00 is Tuesday 13:00, though a clock change lies between.

    Args:
        moment: aware.
        minutes: at least 0.
        zone: whose calendar it is, an IANA name.

    Returns:
        aware UTC.
    """
    days, rest = divmod(timedelta(minutes=minutes), _DAY)
    wall = moment.astimezone(ZoneInfo(zone)) - days * _DAY
    return wall.astimezone(UTC) - rest
