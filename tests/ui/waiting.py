"""What waits for somebody, to make cards of, as the domain would show it."""

from typing import Any

from bot.domain.factors.experiences import ExperienceView
from bot.domain.membership.joining import RequestView
from bot.domain.needs.needs import Needs, Unanswered, Waiting
from storage.enums import ExperienceStance, FactorKind, Language, MeetingKind, RequestStatus
from tests.ui.factories import draft_of, factor_of
from tests.ui.layouts import HERE, NOW
from tests.ui.meetings import URL, occurrence_of

KINDS = ("factors", "edited", "meetings", "experiences", "requests")


def needs_of(title: str = "Small steps", draft: bool = True, **numbers: int) -> Needs:
    """So many of each kind are shown, of as many as ``more`` says."""
    more = numbers.pop("more", 0)
    number = {kind: numbers.get(kind, 0) for kind in KINDS}
    made = {
        "factors": lambda n: factor_of(id=n, title=title),
        "edited": lambda n: factor_of(id=n, title=title),
        "meetings": lambda n: unanswered_of(n, title),
        "experiences": lambda n: told_of(n, title),
        "requests": lambda n: request_of(n, title),
    }
    waiting = {
        kind: Waiting(tuple(map(made[kind], range(many))), many + more * bool(many))
        for kind, many in number.items()
    }
    return Needs(draft=draft_of(title=title) if draft else None, **waiting)


def unanswered_of(number: int, title: str = "Kick-off", **more: Any) -> Unanswered:
    time = occurrence_of(id=2**62 + number, title=title)
    return Unanswered(
        **{"programme_id": HERE, "kind": MeetingKind.DIGITAL, "time": time, "url": URL,
           "muted": False, **more}
    )  # fmt: skip


def told_of(number: int, title: str) -> ExperienceView:
    return ExperienceView(
        id=number, factor_id=1, factor=title, kind=FactorKind.PROMOTING, organisation_id=1,
        organisation=title, stance=ExperienceStance.DONE, how=title * 9, confirmed=False,
        on_behalf=False, member_id=5, written_at=NOW,
    )  # fmt: skip


def request_of(number: int, organisation: str) -> RequestView:
    return RequestView(
        id=number, programme_id=2**63 - 1, language=Language.EN, member_id=2**63 - 1,
        organisation_id=2, organisation=organisation, contact_id=None,
        status=RequestStatus.OPEN, decided_by=None,
    )  # fmt: skip
