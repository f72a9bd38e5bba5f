"""The words that are kept as words: every enumeration that a column holds.

This is the one module of ``storage`` that any room may import.
"""

from enum import StrEnum

from sqlalchemy import Enum


class Language(StrEnum):
    """A language that leda speaks."""

    SV = "sv"
    EN = "en"


class Preset(StrEnum):
    """What a programme starts with."""

    LEDA = "leda"
    SINGLE = "single"
    EMPTY = "empty"


class PlaceKind(StrEnum):
    """What a programme owns in its Discord server."""

    ROLE = "role"
    CATEGORY = "category"
    TEXT = "text"
    MESSAGE = "message"


class Joining(StrEnum):
    """How one becomes a participant."""

    CODE = "code"  # with the organisation's code, or by approval
    OPEN = "open"  # whoever wants


class Reach(StrEnum):
    """How leda may reach a participant."""

    DIRECT = "direct"
    MENTION = "mention"
    NOTHING = "nothing"


class RequestStatus(StrEnum):
    """What became of somebody's wish to join without a code."""

    OPEN = "open"
    APPROVED = "approved"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"  # they joined another way, or asked elsewhere


class FactorKind(StrEnum):
    """Which way a factor works."""

    PROMOTING = "promoting"
    INHIBITING = "inhibiting"


class FactorStatus(StrEnum):
    """Where a factor is in its life."""

    OPEN = "open"
    ADOPTED = "adopted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    MERGED = "merged"


class Choice(StrEnum):
    """A participant's vote on a factor."""

    SUPPORT = "support"
    UNSURE = "unsure"
    OBJECT = "object"


class Need(StrEnum):
    """What sort of thing waits for somebody."""

    REQUEST = "request"
    DRAFT = "draft"
    MEETING = "meeting"
    EDITED = "edited"
    CONFIRM = "confirm"
    FACTOR = "factor"
    STATEMENT = "statement"


class Order(StrEnum):
    """The order of a list of factors."""

    NEWEST = "newest"
    TOP = "top"
    DISCUSSED = "discussed"
    DIVIDED = "divided"
    NEEDS = "needs"  # the newest of those that lack the reader's vote


class FactorChange(StrEnum):
    """Which factors have to follow something that changed around them."""

    AROUND = "around"  # all that are open
    NAMED = "named"  # whose cards name another, or a meeting
    PRESENCE = "presence"  # that hold somebody's votes


class ExperienceStance(StrEnum):
    """What an organisation has to tell about a factor; each kind of factor words it its own way."""

    DONE = "done"  # works here · know it, got past it
    TRIED = "tried"  # tried, did not work · know it, still there
    NEW = "new"  # not tried · not met


class MeetingKind(StrEnum):
    """What sort of meeting it is."""

    JOINT = "joint"
    DIGITAL = "digital"
    PHYSICAL = "physical"
    WEBCAST = "webcast"


class Repeat(StrEnum):
    """How often a meeting comes again."""

    NONE = "none"
    DAILY = "daily"
    WEEKLY = "weekly"
    FORTNIGHTLY = "fortnightly"
    MONTHLY_DATE = "monthly"  # on the same day of the month, or its last where it is shorter
    MONTHLY_WEEKDAY = "weekday"  # on the second Tuesday, say


class Answer(StrEnum):
    """What a participant says to a meeting."""

    GOING = "going"
    MAYBE = "maybe"
    CANT = "cant"
    OPEN = "open"  # taken back


class Way(StrEnum):
    """How a planned post goes out."""

    POST = "post"  # in a channel, mentioning nobody
    MENTION = "mention"  # in a channel, mentioning those concerned
    DIRECT = "direct"  # as a direct message
    WORK = "work"  # not at all: it is work for leda, which may plan posts


class DeliveryState(StrEnum):
    """Where a planned post is on its way."""

    PLANNED = "planned"
    SENDING = "sending"
    SENT = "sent"
    DROPPED = "dropped"  # it had become pointless, or came too late
    FAILED = "failed"


class DigestState(StrEnum):
    """What became of a week's digest."""

    SENT = "sent"
    QUIET = "quiet"  # nothing had happened, so none was posted
    MISSED = "missed"  # leda was down for too long; the next one tells what would have been in it


def words_of(enum: type[StrEnum]) -> Enum:
    """A column type that keeps an enumeration's *values*, as plain text.

    Names may change with the code; values are what old rows hold. No native type and no
    CHECK, so that adding a word needs no migration.
    """
    return Enum(
        enum,
        native_enum=False,
        length=20,
        values_callable=lambda members: [member.value for member in members],
    )
