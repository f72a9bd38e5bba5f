"""What leda keeps about a person: showing them all of it, and forgetting them."""

from base64 import b64encode
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from bot.domain.factors.pace import PUBLISHED
from bot.domain.membership.joining import REFUSED
from bot.i18n.words import Words
from storage import journal
from storage.desk import Desk
from storage.factors import changes, tallies
from storage.factors import factors as kept_factors
from storage.kit import programmes
from storage.meetings import answers
from storage.members import spent
from storage.members.spent import HOUR
from storage.programme import privacy
from storage.programme.privacy import Traces

# Whole numbers that JavaScript, and so most readers of JSON, can hold exactly.
_EXACT = 1 << 53


@dataclass(frozen=True)
class Holdings:
    """All that is kept about a person in a programme, ready to be written as JSON.

    ``tables`` maps the name of each table that tells something of them to its rows. In a row,
    moments are ISO 8601 in UTC and Discord's ids are text; the ids of other people are left out.
    """

    programme_id: int
    member_id: int
    tables: dict[str, list[dict[str, Any]]]

    @property
    def nothing(self) -> bool:
        """Whether nothing is kept."""
        return not self.tables


@dataclass(frozen=True)
class Facts:
    """What has to be known of a person as long as something is.

    ``factors`` are those they proposed. ``cards`` are the requests to join that name them (channel
    and message). ``answered_for`` are the organisations whose contact person they are.
    """

    factors: tuple[int, ...] = ()
    cards: tuple[tuple[int, int], ...] = ()
    answered_for: tuple[str, ...] = ()


def export(desk: Desk, member_id: int) -> Holdings:
    """All that is kept about a person in this programme; of one that is not set up, nothing."""
    found = privacy.rows_about(desk, member_id)
    tables = {
        name: [{key: _plain(value) for key, value in row.items()} for row in rows]
        for name, rows in found.items()
    }
    return Holdings(desk.programme_id, member_id, tables)


def is_known(desk: Desk, member_id: int) -> bool:
    """Whether anything is kept about a person in this programme."""
    return privacy.tells_of(desk, member_id)


def begin(desk: Desk, member_id: int) -> bool:
    """Begin to forget a person, and keep what their organisations said, without them.

    They take part no more, from now on. Then :func:`traces` tells what else is to go,
    :func:`take_out` takes it out, in units that hold up nobody, and :func:`end` puts a number in
    their place. Their choices, drafts and requests are deleted, the reasons of their objections
    too; their name is taken from all they did, and from what others wrote of them. Factors they
    proposed stay, and their votes stay as history that does not count.

    Returns:
        whether anything is kept of them.
    """
    if not privacy.tells_of(desk, member_id):
        return False
    _keep_limits(desk, member_id)
    changes.presence(desk, [member_id])
    answers.make_due(desk, [member_id])
    privacy.begin(desk, member_id)
    return True


def under_way(desk: Desk) -> tuple[int, ...]:
    """Who is being forgotten."""
    return tuple(privacy.under_way(desk))


def facts(desk: Desk, member_id: int) -> Facts:
    """What is to be known of somebody who is being forgotten, before all of it is gone."""
    proposed = privacy.factors_of(desk, member_id)
    return Facts(
        tuple(row.id or 0 for row in proposed),
        tuple(privacy.cards_of(desk, member_id)),
        tuple(privacy.answered_for(desk, member_id)),
    )


def traces(desk: Desk, member_id: int) -> list[Traces]:
    """All that is still to go, in parts that take a moment each."""
    return [part for found in privacy.traces(desk, member_id) for part in found.parts()]


def take_out(desk: Desk, member_id: int, part: Traces) -> None:
    """Take out one part; the cards of factors whose text changed have yet to follow."""
    programme = programmes.find(desk)
    somebody = Words(programme.language)("history.somebody") if programme else ""
    _let_follow(desk, privacy.take_out(desk, member_id, somebody, part))


def end(desk: Desk, member_id: int, factors: Collection[int]) -> bool:
    """Put a number in the place of a person, if nothing else is left of them.

    Args:
        member_id: who.
        factors: what they proposed; the cards have yet to lose their name.

    Returns:
        whether that was done; else something was written of them since it was looked.
    """
    if privacy.is_marked(desk, member_id):
        return False
    _let_follow(desk, factors)
    privacy.end(desk, member_id)
    # Nobody's name: that somebody asked for it is all that may be known.
    journal.write(desk.session, desk.programme_id, desk.now, None, "member.erased")
    return True


def _let_follow(desk: Desk, factor_ids: Collection[int]) -> None:
    for factor_id in sorted(factor_ids):
        kept_factors.touch(desk, factor_id)
    if factor_ids:
        tallies.make_due(desk, sorted(factor_ids))


def _keep_limits(desk: Desk, member_id: int) -> None:
    """Whoever erases themselves begins no new hour: else limits would hold for nobody."""
    published = kept_factors.published_since(desk, member_id, desk.now - HOUR)
    spent.keep(desk, member_id, PUBLISHED, len(published))
    refused = journal.count_since(
        desk.session, desk.programme_id, REFUSED, member_id, desk.now - HOUR
    )
    spent.keep(desk, member_id, REFUSED, refused)


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    if isinstance(value, bytes):
        return b64encode(value).decode("ascii")
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    exact = isinstance(value, bool) or not isinstance(value, int) or abs(value) < _EXACT
    return value if exact else str(value)
