"""Who has left the server and who is back, and whom that leaves without anybody."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.domain.factors.presence import seen
from storage import journal
from storage.desk import Desk
from storage.factors import changes
from storage.meetings import answers
from storage.members import participants
from storage.organisations import organisations

# After so long without anybody an organisation is not counted where factors stand.
LEFT_OUT_AFTER: Final = timedelta(days=28)

_EMPTIED, _CONTACT_GONE = "organisation.emptied", "organisation.contact_gone"
_LEFT_OUT: Final = "organisation.left_out"


@dataclass(frozen=True)
class Vacancies:
    """Organisations, by name, that have lost their last participant or their contact person.

    ``left_out`` have had nobody for 28 days, and are not counted any more.
    """

    nobody: tuple[str, ...] = ()
    no_contact: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()


def gone(desk: Desk, member_ids: Iterable[int]) -> None:
    """These are not in the server any more: their votes do not count while they are away."""
    for member_id in member_ids:
        row = participants.find_member(desk, member_id)
        if row is not None and row.gone_at is None:
            row.gone_at, row.roles_due = desk.now, False
            changes.presence(desk, [member_id])
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
    nobody, no_contact, left_out = (_names(desk, found) for found in _vacant(desk))
    return Vacancies(nobody, no_contact, left_out)


def vacancies_told(desk: Desk) -> None:
    """Note that coordinators heard of what :func:`vacancies` tells now."""
    for kind, found in zip((_EMPTIED, _CONTACT_GONE, _LEFT_OUT), _vacant(desk), strict=True):
        for organisation_id in found:
            desk.note(kind, organisation_id)


def leave_out(desk: Desk) -> bool:
    """Count those no more that have had nobody for 28 days; whether there is any such new one.

    One that nobody ever joined has had nobody since it was made.
    """
    stays, found = _stays(desk), False
    for row in organisations.of_programme(desk):
        ends = stays.get(row.id or 0, {})
        since = _all_over(ends.values()) if ends else row.created_at
        if row.left_out_at is None and since is not None and since <= desk.now - LEFT_OUT_AFTER:
            row.left_out_at, found = desk.now, True
            desk.session.add(row)
    if found:
        changes.around(desk)
    return found


def _stays(desk: Desk) -> dict[int, dict[int, datetime | None]]:
    """Of each organisation its members, each with when they were there last; None while there."""
    stays: dict[int, dict[int, datetime | None]] = {}
    for organisation_id, member_id, ended in participants.stays(desk):
        stays.setdefault(organisation_id, {})[member_id] = ended
    return stays


def _vacant(desk: Desk) -> tuple[list[int], list[int], list[int]]:
    """Those that lost everybody, those that lost their contact, those left out; as yet untold."""
    stays = _stays(desk)
    left_out: dict[int, datetime] = {}
    empty: dict[int, datetime] = {}
    without_contact: dict[int, datetime] = {}
    for row in organisations.of_programme(desk):
        ends = stays.get(row.id or 0, {})
        if (since := _all_over(ends.values())) is not None:
            empty[row.id or 0] = since
        if (since := ends.get(row.contact_id or 0)) is not None:
            without_contact[row.id or 0] = since
        if row.left_out_at is not None:
            left_out[row.id or 0] = row.left_out_at
    return (
        _untold(desk, _EMPTIED, empty),
        _untold(desk, _CONTACT_GONE, without_contact),
        _untold(desk, _LEFT_OUT, left_out),
    )


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
