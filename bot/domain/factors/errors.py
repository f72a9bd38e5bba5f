"""What can go wrong with factors."""

from bot.domain.kit.errors import UserError


class OnlyArchivedTracks(UserError):
    """Every track of the person's ``organisation`` is archived."""


class NoTracks(UserError):
    """The person's ``organisation`` takes part in no track: it can neither propose nor vote."""


class FactorNotFound(UserError):
    """The programme has no such factor."""


class FactorMistyped(FactorNotFound):
    """The programme has no factor called ``name``, but some that are ``like`` it."""


class FactorsAlike(FactorNotFound):
    """The programme has several factors called ``name``."""


class FactorClosed(UserError):
    """The factor called ``title`` is not open any more; those below say what became of it."""


class FactorAdopted(FactorClosed):
    """The factor called ``title`` was adopted."""


class FactorDeclined(FactorClosed):
    """The factor called ``title`` was declined."""


class FactorWithdrawn(FactorClosed):
    """The factor called ``title`` was withdrawn."""


class FactorMerged(FactorClosed):
    """The factor called ``title`` was merged into the one called ``into``."""


class VotingNotOpen(UserError):
    """Votes on the factor called ``title`` open later (``when``, seconds since 1970)."""


class VotingOver(UserError):
    """Votes on the factor called ``title`` closed (``when``, seconds since 1970)."""


class VotingDaysMixed(UserError):
    """Votes would close on or before the day they open."""


class NotTheProposer(UserError):
    """Only whoever proposed the factor, and coordinators, may do this."""


class OnlyCorrections(UserError):
    """Voting on the factor called ``title`` has closed, so only small corrections can be made."""


class EditGone(UserError):
    """What somebody was asked about an edit is answered, or more than a day old."""


class NothingToUndo(UserError):
    """What should be done to the factor called ``title`` is so already, or was never done."""


class DecidedMeanwhile(UserError):
    """Somebody else has just opened the factor called ``title`` again; those below decided."""


class AdoptedMeanwhile(DecidedMeanwhile):
    """They adopted it."""


class DeclinedMeanwhile(DecidedMeanwhile):
    """They declined it."""


class CannotMerge(UserError):
    """A factor cannot be merged into itself."""


class NotMerged(UserError):
    """The factor called ``title`` is not merged into another."""


class MergeGone(UserError):
    """What somebody was asked about merging is answered, or more than a day old."""


class ExperienceNotFound(UserError):
    """There is no such statement, or another one has taken its place."""


class KeyAreaExists(UserError):
    """The programme has a key area called ``name`` already."""


class KeyAreaNotFound(UserError):
    """The programme has no key area called ``name``, nor any that is like it."""


class KeyAreaMistyped(KeyAreaNotFound):
    """The programme has no key area called ``name``, but some that are ``like`` it."""


class SameKeyArea(UserError):
    """The key area called ``name`` was to be merged into itself."""


class TooManyKeyAreas(UserError):
    """The programme has as many key areas as it can have, ``limit``."""


class DraftGone(UserError):
    """The draft was published, or is more than a day old."""


class DraftUnfinished(UserError):
    """The draft lacks what a factor needs."""


class TooManyFactors(UserError):
    """The person has proposed ``limit`` factors in the last hour."""


class FactorCopied(UserError):
    """The person has published nearly the same as ``title``; its card is at ``url``, if any."""
