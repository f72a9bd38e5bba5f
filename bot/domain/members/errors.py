"""What can go wrong for somebody as a participant."""

from bot.domain.kit.errors import UserError


class NotAParticipant(UserError):
    """The person has not joined an organisation."""


class OtherTrack(UserError):
    """The person's ``organisation`` takes no part in the factor's ``track``."""
