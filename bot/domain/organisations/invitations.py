"""The code that lets an organisation's people in."""

import secrets
import unicodedata
from dataclasses import dataclass

from bot.domain.kit import names
from bot.domain.kit.people import only_coordinators, the_programme
from bot.domain.organisations import organisations
from storage.desk import Desk
from storage.enums import Joining, Language
from storage.organisations import organisations as kept


@dataclass(frozen=True)
class InvitationView:
    """What an organisation's people need to join. For coordinators: it holds the code.

    ``language`` is the programme's. ``coded`` says that joining asks for the code.
    """

    organisation: str
    code: str
    language: Language
    coded: bool


def invitation(desk: Desk, said: str) -> InvitationView:
    """What one organisation's people need to join.

    Raises:
        NotSetUp: the server has no programme.
        CoordinatorsOnly: the person is none.
        OrganisationNotFound, OrganisationGone: it does not take part.
    """
    programme = the_programme(desk)
    only_coordinators(desk)
    row = organisations.need(desk, said)
    coded = programme.joining is Joining.CODE
    return InvitationView(row.name, row.code, programme.language, coded)


def renew_code(desk: Desk, said: str) -> InvitationView:
    """Give an organisation a new code; the old one lets nobody in any more.

    Raises:
        NotSetUp, CoordinatorsOnly, OrganisationNotFound, OrganisationGone: as
            :func:`invitation`.
    """
    the_programme(desk)
    only_coordinators(desk)
    row = organisations.need(desk, said)
    row.code = new_code(kept.codes(desk))
    desk.session.add(row)
    desk.session.flush()
    desk.note("organisation.code_renewed", row.id)
    return invitation(desk, said)


def invitations(desk: Desk) -> tuple[InvitationView, ...]:
    """What all organisations' people need to join, in Swedish order of their names.

    Raises:
        NotSetUp: the server has no programme.
        CoordinatorsOnly: the person is none.
    """
    programme = the_programme(desk)
    only_coordinators(desk)
    coded = programme.joining is Joining.CODE
    rows = kept.of_programme(desk)
    return tuple(
        InvitationView(row.name, row.code, programme.language, coded)
        for row in sorted(rows, key=lambda row: names.swedish_order(row.name))
    )


# Without letters and digits that are taken for one another, on paper or on the phone.
CODE_LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
CODE_LENGTH = 8


def code_said(typed: str) -> str:
    """A code as it was typed or copied: without quotes, dashes and full stops, in plain letters.

    What stands before a colon, as in "Code: ABCD-EFGH", is none of it.
    """
    plain = unicodedata.normalize("NFKC", typed).upper().rpartition(":")[2]
    return "".join(sign for sign in plain if sign.isalnum())


def new_code(taken: set[str]) -> str:
    """A code that nobody can guess, and that is none of those."""
    while True:
        code = "".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH))
        if code not in taken:
            return code
