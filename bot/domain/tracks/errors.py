"""What can go wrong with tracks."""

from bot.domain.kit.errors import UserError


class TrackNotFound(UserError):
    """The programme has no track called ``name``, nor any that is like it."""


class TrackMistyped(TrackNotFound):
    """The programme has no track called ``name``, but some that are ``like`` it."""


class TrackExists(UserError):
    """A track of the programme is called ``name`` already."""


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
