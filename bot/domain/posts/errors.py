"""What can go wrong with planned posts."""

from bot.domain.kit.errors import UserError


class NothingToTryAgain(UserError):
    """No planned post has failed."""
