"""What can go wrong with organisations."""

from bot.domain.kit.errors import UserError


class TracksNeeded(UserError):
    """The programme has several tracks (``names``), and none was chosen."""


class OrganisationNotFound(UserError):
    """The programme has no organisation called ``name``, but some that are ``like`` it."""


class OrganisationUnknown(OrganisationNotFound):
    """The programme has no organisation called ``name``, nor any that is like it."""


class OrganisationExists(UserError):
    """The programme has an organisation called ``name`` already."""


class OrganisationGone(UserError):
    """The organisation called ``name`` takes part no more."""
