"""What can go wrong in joining, and in changing who takes part."""

from bot.domain.kit.errors import UserError


class NotItsParticipant(UserError):
    """The member is no participant of ``organisation``."""


class AlreadyWith(UserError):
    """The person is with ``organisation`` already."""


class BeingForgotten(UserError):
    """The person asked to be forgotten, which takes some seconds more."""


class UndoOver(UserError):
    """It was left too long ago to be undone; joining again is as at first."""


class CodeNeeded(UserError):
    """Joining this programme takes an organisation's code, or an approval."""


class TooManyTries(UserError):
    """The person has typed ``limit`` wrong codes within the hour."""


class RequestNotFound(UserError):
    """There is no such request to join."""
