"""Weekly digests as they are kept: written down once, and shown again as they were."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from pydantic import TypeAdapter

from bot.domain.digest import facts
from bot.domain.digest.scopes import Scope
from bot.domain.digest.views import FORUM_EDITION, DigestView, Edition, Section
from bot.domain.digest.weeks import Window
from bot.domain.when.weeks import Week
from storage.desk import Desk
from storage.digest import digests as kept
from storage.digest.digests import Digest
from storage.enums import DigestState
from storage.kit.programmes import Programme

_EDITION: Final = TypeAdapter(Edition)
_NOTHING: Final = Edition(track_id=None, track="", quiet=True)
_TREND: Final = 7
"""As many earlier weeks are shown beside the last."""


def write(
    desk: Desk, programme: Programme, week: Week, window: Window, now: datetime | None
) -> tuple[Digest, list[Scope]]:
    """A week's digest, which is not kept yet, and the editions of it that have anything to tell.

    Args:
        programme: whose digest it is.
        week: which.
        window: what it tells of.
        now: what waits does so then (aware UTC); None for a week from before there were digests, in
            which nothing waits and nobody is greeted.
    """
    greeting = programme.digest_greeting if now else ""
    off = sections(programme.digest_off)
    found = facts.editions(desk, programme, window, off=off, now=now)
    earlier = kept.latest(desk, _TREND, before=week.value)
    told: dict[str, Any] = {}
    loud: list[Scope] = []
    for scope, edition in found:
        trend = (*_votes(earlier, scope.edition), (week.value, edition.people.votes))
        people = replace(edition.people, trend=trend)
        quiet = edition.quiet and not greeting
        told[str(scope.edition)] = _EDITION.dump_python(
            replace(edition, people=people, quiet=quiet), mode="json"
        )
        if not quiet:
            loud.append(scope)
    state = DigestState.SENT if loud else DigestState.QUIET
    row = blank(programme, week, window, state)
    row.greeting, row.editions = greeting, told
    return row, loud


def blank(programme: Programme, week: Week, window: Window, state: DigestState) -> Digest:
    """A week's digest that tells nothing, and is not kept yet."""
    return Digest(
        programme_id=programme.id,
        week=week.value,
        state=state,
        starts_at=window.starts,
        ends_at=window.ends,
        language=programme.language,
        zone=programme.timezone,
        off=programme.digest_off,
    )


def view(desk: Desk, row: Digest, edition: int | None = None, *, cut: bool = True) -> DigestView:
    """One edition of a week's digest; the first where there is none of this number.

    Args:
        row: the digest.
        edition: a track's id, or the open forum's number.
        cut: whether the week is over, and this is what became of it.
    """
    found = {int(key): _EDITION.validate_python(data) for key, data in row.editions.items()}
    found = found or {FORUM_EDITION: _NOTHING}
    return DigestView(
        programme_id=row.programme_id,
        language=row.language,
        zone=row.zone,
        week=Week.of(row.week),
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        edition=found.get(
            FORUM_EDITION if edition is None else edition, next(iter(found.values()))
        ),
        editions=tuple((key, each.track) for key, each in found.items()),
        off=sections(row.off),
        greeting=row.greeting,
        first=not kept.any_sent(desk, row.week),
        state=row.state if cut else None,
    )


def sections(text: str) -> frozenset[Section]:
    """Sections, as they are kept."""
    return frozenset(Section(name) for name in text.split(",") if name)


def _votes(earlier: Sequence[Digest], edition: int) -> list[tuple[int, int]]:
    """The votes that an edition told of in earlier weeks, oldest first; not of those missed."""
    told = [(row.week, row.editions.get(str(edition))) for row in reversed(earlier)]
    return [(week, data["people"]["votes"]) for week, data in told if data]
