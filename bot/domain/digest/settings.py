"""What coordinators choose for the weekly digest, and how it is doing."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from bot.domain.digest import digests, weeks
from bot.domain.digest.views import DigestView, Section
from bot.domain.kit import seen as sights
from bot.domain.kit import texts
from bot.domain.kit.errors import ChangedMeanwhile
from bot.domain.kit.people import only_coordinators, the_programme
from bot.domain.when.clocks import Week
from storage.desk import Desk
from storage.enums import DigestState

GREETING_LIMIT: Final = 300


@dataclass(frozen=True)
class DigestSettings:
    """When the weekly digest comes and what it goes without.

    ``weekday`` counts from Monday, 0; ``hour`` is wall-clock in ``zone``. The next one, of
    ``next_week``, is due at ``next_at`` (aware UTC) and begins with the ``greeting``. ``last`` is
    the latest week that was cut, whatever became of it.
    """

    weekday: int
    hour: int
    zone: str
    next_at: datetime
    next_week: Week
    off: frozenset[Section]
    greeting: str
    last: DigestView | None = None

    def sent_in(self, moment: datetime) -> bool:
        """Whether the digest of the week in which a moment (aware) lies has been posted."""
        week = Week.on(moment.astimezone(ZoneInfo(self.zone)).date())
        last = self.last
        return last is not None and last.state is DigestState.SENT and last.week >= week


@dataclass(frozen=True)
class Outline:
    """How a programme's digests are doing; moments are aware UTC.

    What became of the last week, at ``last_at``, is None where there was none.
    """

    next_week: Week
    next_at: datetime
    last_week: Week | None = None
    last_state: DigestState | None = None
    last_at: datetime | None = None


def settings(desk: Desk) -> DigestSettings:
    """What is chosen for the weekly digest.

    Raises:
        NotSetUp: the server has no programme.
        CoordinatorsOnly: the person is none.
    """
    programme = the_programme(desk)
    only_coordinators(desk)
    week, due = weeks.coming(desk, programme)
    last = weeks.latest(desk)
    return DigestSettings(
        weekday=programme.digest_weekday,
        hour=programme.digest_hour,
        zone=programme.timezone,
        next_at=due,
        next_week=week,
        off=digests.sections(programme.digest_off),
        greeting=programme.digest_greeting,
        last=digests.view(desk, last) if last else None,
    )


def mark(found: DigestSettings) -> str:
    """A few characters by which one sees whether sections and greeting are still as they were."""
    return sights.mark(found.greeting, *sorted(found.off))


def change(
    desk: Desk, *, off: Collection[Section], greeting: str, seen: str = ""
) -> DigestSettings:
    """Choose which sections digests go without, and what the next one says at its beginning.

    Args:
        off: the sections to leave out.
        greeting: at most :data:`GREETING_LIMIT` characters of it are kept; may be empty.
        seen: the :func:`mark` of what the person saw; empty for whatever stands.

    Raises:
        NotSetUp, CoordinatorsOnly: as :func:`settings`.
        ChangedMeanwhile: somebody has changed them since.
    """
    found = settings(desk)
    programme = the_programme(desk)
    before = programme.digest_off, programme.digest_greeting
    sections = ",".join(section for section in Section if section in off)
    wanted = sections, texts.kept(greeting, GREETING_LIMIT)
    if before != wanted:
        if seen not in {"", mark(found)}:
            raise ChangedMeanwhile
        programme.digest_off, programme.digest_greeting = wanted
        desk.session.add(programme)
        desk.session.flush()
        desk.note("digest.changed")
    return settings(desk)


def outline(desk: Desk) -> Outline:
    """How a programme's digests are doing.

    Raises:
        NotSetUp: the server has no programme.
    """
    programme = the_programme(desk)
    week, due = weeks.coming(desk, programme)
    last = weeks.latest(desk)
    if last is None:
        return Outline(week, due)
    return Outline(week, due, Week.of(last.week), last.state, last.ends_at)
