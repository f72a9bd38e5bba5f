"""Work that is done in steps, each in a transaction of its own, done to its end."""

from collections.abc import Callable
from typing import Any

from bot.domain.factors import recounts
from bot.domain.factors.views import FactorView
from bot.domain.programme import privacy
from bot.domain.programme.privacy import Facts
from storage.desk import Desk


def settled(do: Callable[..., Any], **more: Any) -> list[FactorView]:
    """Count all that are due; which those were."""
    found: list[FactorView] = []
    while do(recounts.is_due):
        found += do(recounts.settle, **more)
    return found


def erase(desk: Desk, member_id: int) -> Facts | None:
    """Forget somebody, all at once; what was known of them, or None if nothing was."""
    if not privacy.begin(desk, member_id):
        return None
    facts = privacy.facts(desk, member_id)
    for part in privacy.traces(desk, member_id):
        privacy.take_out(desk, member_id, part)
    assert privacy.traces(desk, member_id) == []
    privacy.end(desk, member_id, facts.factors)
    return facts
