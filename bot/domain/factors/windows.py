"""When votes on a factor open and close."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.factors import factors, views, votes
from bot.domain.factors.errors import VotingDaysMixed
from bot.domain.factors.views import FactorView
from bot.domain.kit.errors import ChangedTo
from bot.domain.kit.people import only_coordinators, the_programme
from bot.domain.kit.seen import mark
from bot.domain.when.errors import DateNotUnderstood
from storage.desk import Desk

# Days beyond these are slips of the pen, and some cannot be told in every zone.
_EARLIEST, _LATEST = date(2000, 1, 1), date(2999, 12, 31)


def set_days(desk: Desk, factor_id: int, opens: str, closes: str, *, seen: str = "") -> FactorView:
    """Let votes on a factor open on one day and close after another.

    Args:
        factor_id: which factor.
        opens: the first day, as ISO 8601 (``2026-12-03``), in the programme's zone; empty for now.
        closes: the last day, likewise; empty for never.
        seen: the mark of the days that the person saw; empty for whatever they are.

    Raises:
        CoordinatorsOnly, FactorNotFound: as their names say.
        FactorClosed: it is not open.
        DateNotUnderstood: one of them is no date.
        VotingDaysMixed: the last day is before the first.
        ChangedTo: somebody has set other days since they saw them.
    """
    only_coordinators(desk)
    row = factors.need(desk, factor_id)
    votes.need_open(desk, row)
    first, last = _day(opens), _day(closes)
    if last is not None and first is not None and last < first:
        raise VotingDaysMixed
    zone = ZoneInfo(the_programme(desk).timezone)
    was = days_of(views.view(desk, row), zone.key)
    if seen not in {"", mark(*was)} and was != (_said(first), _said(last)):
        raise ChangedTo(now=" \u2013 ".join(day or "…" for day in was))
    row.opens_at = _midnight(first, zone) if first else None
    row.closes_at = _midnight(last + timedelta(days=1), zone) if last else None
    desk.session.add(row)
    days = {"opens": opens.strip(), "closes": closes.strip()}
    desk.note("factor.scheduled", factor_id, **days)
    return votes.recount(desk, row)


def form(desk: Desk, factor_id: int) -> tuple[str, str]:
    """The first and the last day of a factor's votes, for a coordinator to change.

    Raises:
        CoordinatorsOnly, FactorNotFound, FactorClosed: as :func:`set_days`.
    """
    only_coordinators(desk)
    row = factors.need(desk, factor_id)
    votes.need_open(desk, row)
    zone = the_programme(desk).timezone
    return days_of(views.view(desk, row), zone)


def days_of(factor: FactorView, timezone: str) -> tuple[str, str]:
    """The first and the last day of a factor's votes in a zone, as :func:`set_days` takes them."""
    zone = ZoneInfo(timezone)
    first = factor.opens_at.astimezone(zone).date().isoformat() if factor.opens_at else ""
    if factor.closes_at is None:
        return first, ""
    last = (factor.closes_at - timedelta(microseconds=1)).astimezone(zone).date()
    return first, last.isoformat()


def _day(said: str) -> date | None:
    said = said.strip()
    if not said:
        return None
    try:
        day = date.fromisoformat(said)
    except ValueError:
        raise DateNotUnderstood(text=said) from None
    if not _EARLIEST <= day <= _LATEST:
        raise DateNotUnderstood(text=said)
    return day


def _said(day: date | None) -> str:
    return day.isoformat() if day else ""


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    # Read back in UTC: where a clock change skips midnight, that is the first moment of the day.
    return datetime.combine(day, time(), zone).astimezone(ZoneInfo("UTC"))
