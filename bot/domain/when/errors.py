"""What can go wrong in reading a time, a length or a rule of recurrence."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from bot.domain.kit.errors import UserError
from bot.domain.when.said import Start


class DurationUnclear(UserError):
    """``text`` is no length of time."""


class DurationAmbiguous(DurationUnclear):
    """``text`` is the ``first`` of two lengths or the ``second``, as "1.30 h" is.

    Attributes:
        minutes: both, the likelier first.
    """

    def __init__(self, *, minutes: Sequence[int] = (), **values: Any) -> None:
        super().__init__(**values)
        self.minutes = tuple(minutes)


class DurationTooLong(UserError):
    """A meeting was to take more than ``limit`` days."""


class RemindersUnclear(UserError):
    """``text`` is no list of lengths of time, each at most eight weeks."""


class RemindersTooMany(UserError):
    """A meeting was to have more reminders than ``limit``."""


class DateNotUnderstood(UserError):
    """``text`` is no date like 2026-12-03."""


class DateAmbiguous(DateNotUnderstood):
    """``text`` has several meanings, the ``options``: ``days``, the likelier first."""

    def __init__(self, *, days: Sequence[date] = (), **values: Any) -> None:
        super().__init__(**values)
        self.days = tuple(days)


class RepeatEndless(UserError):
    """Something that comes again has no end."""


class RepeatTwoEnds(UserError):
    """Something that comes again has both a last day and a number."""


class RepeatNotChosen(UserError):
    """An end was given for something that does not come again."""


class RepeatOver(UserError):
    """Something that comes again would end before its first time, on ``day`` (ISO)."""


class RepeatTooMany(UserError):
    """Something would come ``number`` times, more than ``limit``."""


class WhenUnclear(UserError):
    """``text``, or some of it, does not say when."""


class WhenPartly(WhenUnclear):
    """Of ``text``, the beginning was ``understood``, but not the ``rest``."""


class WhenNoSuchDay(UserError):
    """``text`` names a day that no calendar has, like 31 April."""


class WhenPast(UserError):
    """The ``moment`` that was understood is over."""


class WhenFar(UserError):
    """What was said lies beyond the last ``day`` that leda plans for."""


class WhenAmbiguous(UserError):
    """``text`` has several meanings, the ``options``; the one that is meant has to be chosen.

    Attributes:
        readings: what it may mean (``Start``), each in the future, the likelier first: the nearer
            day, and of a day the afternoon before the night.
    """

    def __init__(self, *, readings: Sequence[Start] = (), **values: Any) -> None:
        super().__init__(**values)
        self.readings = tuple(readings)


class WhenNoDay(WhenAmbiguous):
    """Only a time of day was said; its readings are the next two of it."""


class WhenNoTime(WhenAmbiguous):
    """Only the ``day`` was said, and no time of day; its readings are usual hours of it."""


class WhenLength(WhenAmbiguous):
    """A range was said (its length is ``said``), and another length was ``given`` beside it."""


class WhenOver(WhenAmbiguous):
    """The ``day`` that was said without a year is over; its readings are when it comes again."""


class WhenWeekday(WhenAmbiguous):
    """The ``day`` that was said is not the ``weekday`` that was said; one of them is meant."""


class WhenSkipped(WhenAmbiguous):
    """A clock change skips the ``moment``; its readings are the nearest before and after."""


class WhenTwice(WhenAmbiguous):
    """The ``moment`` comes twice, for the clock is set back; its readings are both."""
