"""Who has left the server and who is back, and whom that leaves without anybody."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from bot.domain.factors.presence import seen
from storage import journal
from storage.desk import Desk
from storage.factors import votes
from storage.meetings import answers
from storage.members import participants
from storage.organisations import organisations

_EMPTIED, _CONTACT_GONE = "organisation.emptied", "organisation.contact_gone"


@dataclass(frozen=True)
class Vacancies:
    """Organisations, by name, that have lost their last participant or their contact person."""

    nobody: tuple[str, ...] = ()
    no_contact: tuple[str, ...] = ()


def gone(desk: Desk, member_ids: Iterable[int]) -> None:
    """These are not in the server any more: their votes do not count while they are away."""
    for member_id in member_ids:
        row = participants.find_member(desk, member_id)
        if row is not None and row.gone_at is None:
            row.gone_at, row.roles_due = desk.now, False
            votes.make_due(desk, [member_id])
            answers.make_due(desk, [member_id])
            journal.write(desk.session, desk.programme_id, desk.now, None, "member.gone", member_id)


def back(desk: Desk, member_ids: Iterable[int]) -> None:
    """These are in the server again, and everything is as it was before they left."""
    for member_id in member_ids:
        seen(desk, member_id)


def vacancies(desk: Desk) -> Vacancies:
    """The organisations that coordinators have yet to hear about.

    Each once for every time it happens: see :func:`vacancies_told`. An organisation that nobody
    ever joined is not among them: it has lost nobody.
    """
    empty, without_contact = _vacant(desk)
    return Vacancies(nobody=_names(desk, empty), no_contact=_names(desk, without_contact))


def vacancies_told(desk: Desk) -> None:
    """Note that coordinators heard of what :func:`vacancies` tells now."""
    for kind, found in zip((_EMPTIED, _CONTACT_GONE), _vacant(desk), strict=True):
        for organisation_id in found:
            desk.note(kind, organisation_id)


def _vacant(desk: Desk) -> tuple[list[int], list[int]]:
    """Those that have lost everybody, and those that have lost their contact, as yet untold."""
    stays: dict[int, dict[int, datetime | None]] = {}
    for organisation_id, member_id, ended in participants.stays(desk):
        stays.setdefault(organisation_id, {})[member_id] = ended
    empty: dict[int, datetime] = {}
    without_contact: dict[int, datetime] = {}
    for row in organisations.of_programme(desk):
        ends = stays.get(row.id or 0, {})
        if (since := _all_over(ends.values())) is not None:
            empty[row.id or 0] = since
        if (since := ends.get(row.contact_id or 0)) is not None:
            without_contact[row.id or 0] = since
    return _untold(desk, _EMPTIED, empty), _untold(desk, _CONTACT_GONE, without_contact)


def _all_over(ends: Collection[datetime | None]) -> datetime | None:
    """When the last of them ended; None while one lasts, and where there was none."""
    over = [end for end in ends if end is not None]
    return max(over) if over and len(over) == len(ends) else None


def _untold(desk: Desk, kind: str, since: dict[int, datetime]) -> list[int]:
    """Those that were not told about since it happened to them."""
    told = journal.latest(desk.session, desk.programme_id, kind)
    return [
        organisation_id
        for organisation_id, happened in since.items()
        if organisation_id not in told or told[organisation_id] < happened
    ]


def _names(desk: Desk, organisation_ids: Iterable[int]) -> tuple[str, ...]:
    rows = (organisations.find(desk, each) for each in organisation_ids)
    return tuple(sorted(row.name for row in rows if row))
