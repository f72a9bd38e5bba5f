"""What can go wrong with digests."""

from bot.domain.kit.errors import UserError


class DigestSent(UserError):
    """The digest of the ``week`` (its number) was posted (``when``, seconds since 1970)."""


class NothingToTell(UserError):
    """Nothing has happened since the last digest."""


class WeekUnknown(UserError):
    """``text`` is no week that the programme has had."""
