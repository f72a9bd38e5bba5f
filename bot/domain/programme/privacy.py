"""What leda keeps about a person: showing them all of it, and forgetting them."""

from base64 import b64encode
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from bot.domain.factors import views
from bot.domain.factors.pace import PUBLISHED
from bot.domain.factors.views import FactorView
from bot.domain.membership.joining import REFUSED
from bot.i18n.words import Words
from storage import journal
from storage.desk import Desk
from storage.factors import changes
from storage.factors import factors as kept_factors
from storage.kit import programmes
from storage.meetings import answers
from storage.members import spent
from storage.members.spent import HOUR
from storage.programme import privacy

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
class Erased:
    """What is left to do in Discord after a person was erased.

    ``factors`` are those they proposed or are named in, whose cards have yet to lose their name.
    ``cards`` are the requests to join that named them (channel and message). ``answered_for`` are
    the organisations that have no contact person now. ``anything`` is False if nothing was kept.
    """

    anything: bool = False
    factors: tuple[FactorView, ...] = ()
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


def erase(desk: Desk, member_id: int) -> Erased:
    """Forget a person, and keep what their organisations said, without them.

    They stop taking part; their choices, drafts and requests are deleted, the reasons of their
    objections too; their name is taken from all they did, and from what others wrote of them.
    Factors they proposed stay, and their votes stay as history that does not count. Erasing
    somebody of whom nothing is kept does nothing.
    """
    found = privacy.rows_about(desk, member_id)
    if not found:
        return Erased()
    proposed = {factor.id or 0 for factor in privacy.factors_of(desk, member_id)}
    _keep_limits(desk, member_id)
    changes.presence(desk, [member_id])
    answers.make_due(desk, [member_id])
    privacy.erase(desk, member_id)
    programme = programmes.find(desk)
    somebody = Words(programme.language)("history.somebody") if programme else ""
    renamed = privacy.erase_from_texts(desk, member_id, somebody)
    touched = [kept_factors.find(desk, each) for each in sorted(proposed | renamed)]
    for factor_id in proposed | renamed:
        kept_factors.touch(desk, factor_id)
    desk.session.expire_all()
    # Nobody's name: that somebody asked for it is all that may be known.
    journal.write(desk.session, desk.programme_id, desk.now, None, "member.erased")
    return Erased(
        anything=True,
        factors=tuple(views.views(desk, [row for row in touched if row])),
        cards=tuple(
            (row["channel_id"], row["message_id"])
            for row in found.get("join_request", [])
            if row["member_id"] == member_id and row["message_id"] is not None
        ),
        answered_for=tuple(
            row["name"]
            for row in found.get("organisation", [])
            if row["contact_id"] == member_id and row["removed_at"] is None
        ),
    )


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
