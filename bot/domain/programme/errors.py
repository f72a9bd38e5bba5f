"""What can go wrong in choosing for a programme."""

from bot.domain.kit.errors import UserError


class WordNotLetters(UserError):
    """A word for organisation, ``word``, holds more than letters."""


class WordsIncomplete(UserError):
    """Only some of the three words for organisation were given."""


class ChannelTaken(UserError):
    """A channel that was chosen has another part in the programme."""


class ChannelUnusable(UserError):
    """leda lacks ``permissions`` (their names) in the channel called ``channel``."""


class ChannelNotFound(UserError):
    """The server has no such text channel."""
