"""What can go wrong with tracks."""

from bot.domain.kit.errors import UserError


class TrackNotFound(UserError):
    """The programme has no track called ``name``."""


class TrackExists(UserError):
    """A track of the programme is called ``name``, which is the same or nearly so."""


class TooManyTracks(UserError):
    """The programme has as many tracks as it can have, ``limit``."""


class TrackArchived(UserError):
    """The ``track`` is archived: it keeps what it has and takes nothing new."""


class TrackNotArchived(UserError):
    """The ``track`` is open already."""


class NotAnEmoji(UserError):
    """``text`` is not one emoji that everyone's Discord knows."""


class DescriptionTooLong(UserError):
    """A description has more than ``limit`` characters."""


class DaysOutOfRange(UserError):
    """A number of days is not from 0 to ``limit``."""
