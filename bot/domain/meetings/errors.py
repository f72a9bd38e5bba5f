"""What can go wrong with meetings."""

from bot.domain.kit.errors import UserError
from bot.domain.members.errors import OtherTrack


class MeetingNotFound(UserError):
    """The programme has no such meeting."""


class MeetingCancelled(UserError):
    """The meeting called ``title`` was cancelled."""


class MeetingChangedMeanwhile(UserError):
    """Somebody has changed the meeting called ``title`` since it was shown."""


class MeetingOver(UserError):
    """The meeting called ``title`` is over."""


class MeetingAhead(UserError):
    """The meeting called ``title`` begins later (``when``, seconds since 1970)."""


class MeetingDraftGone(UserError):
    """What somebody filled in for a meeting is forgotten: a day has passed, or it was dropped."""


class MeetingElsewhere(OtherTrack):
    """The person's ``organisation`` takes no part in the meeting's ``track``."""


class AttendanceOver(UserError):
    """Who was at the meeting called ``title`` can be said for ``limit`` days after it, no more."""


class LinkUnclear(UserError):
    """The line ``text`` of the links holds no address, or another than of the web."""


class LinksTooMany(UserError):
    """Minutes were to have more links than ``limit``."""


class NothingToSnooze(UserError):
    """Who asks has said that they cannot come to the meeting ``title``, or want no reminders."""


class TooLateToSnooze(UserError):
    """The meeting ``title`` begins in a few minutes."""
