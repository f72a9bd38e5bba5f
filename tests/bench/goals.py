"""The goals, a row each, and whether what was measured meets them."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Goal:
    """One row of the table: what is measured, and what it must be; some in the long run alone."""

    what: str
    must: str
    long: bool = False


@dataclass(frozen=True)
class Row:
    """What was found: leda's figure, what it is beside (a bare bot, mostly), and if it is met."""

    beside: str
    leda: str
    compared: str
    met: bool


GOALS: Final = {
    "storm": Goal("vote storm, presses answered a second", "≥ 1.0 of bare"),
    "deferring": Goal("… beside a bare bot that defers", "≥ 0.9 of it"),
    "cpu": Goal("… CPU of the bot a press, ms", "≤ 1.0 times bare"),
    "p99": Goal("… p99 to the answer, s", "≤ 1.0 times bare, none > 3 s"),
    "lost": Goal("… answered, then kill -9: lost", "0"),
    "single": Goal("one press at a time, median, ms", "bare + a commit + 5 ms"),
    "single cpu": Goal("… CPU of the bot a press, ms", "≤ 2.5 times bare"),
    "growth storm": Goal("ten years: the storm, a second", "≥ 0.95 of empty"),
    "growth single": Goal("ten years: one press, median, ms", "≥ 0.95 of empty"),
    "postgres storm": Goal("PostgreSQL: the storm, a second", "≥ 0.8 of bare, all answered"),
    "postgres single": Goal("PostgreSQL: one press, median, ms", "bare + 20 ms"),
    "unit": Goal("ten years: longest hold of the writer, ms", "≤ 50 ms"),
    "commands": Goal("ten years: slowest command, p95, s", "≤ 1 s"),
    "export": Goal("ten years: a press during an export, ms", "≤ 1.2 times alone"),
    "erase": Goal("ten years: a press during an erasure, ms", "≤ 1.2 times alone"),
    "autocomplete": Goal("50 000 factors: autocomplete, p95, ms", "≤ 50 ms"),
    "search": Goal("50 000 factors: search, p95, ms", "≤ 50 ms"),
    "digest": Goal("a week's digest out of ten years, s", "≤ 0.2 s"),
    "digest block": Goal("… the event loop blocked, ms", "≤ 20 ms"),
    "reminders": Goal("10 000 reminders due at once, a second", "all, in order, ≥ 40", long=True),
    "start": Goal("start to ready, s", "≤ 1.8 times bare"),
    "memory": Goal("memory at rest, MB", "≤ 108 MB"),
    "memory growth": Goal(
        "memory after an hour's storm, MB", "≤ 1.05 times at 5 minutes", long=True
    ),
}
"""By key, in the order of *Performance*; every one of them is a row of the table."""

POSTGRES: Final = frozenset({"postgres storm", "postgres single"})
"""Rows that are there only where a server is named."""


def tell(found: dict[str, Row], *, long: bool, postgres: bool) -> bool:
    """Print the table; whether every goal is met. A row that was not measured is none that is.

    Args:
        found: what was measured, by the goal's key.
        long: whether the long run's were to be measured.
        postgres: whether PostgreSQL's were.
    """
    print(f"{'':42}{'beside':>8}{'leda':>8}  {'':32}{'goal':29}")
    verdicts = []
    for key, goal in GOALS.items():
        row, verdict = found.get(key), ""
        if row is None and goal.long and not long:
            verdict = "long only"
        elif row is None and key in POSTGRES and not postgres:
            verdict = "no LEDA_TEST_POSTGRES"
        else:
            row = row or Row("", "", "not measured", met=False)
            verdict = "met" if row.met else "NOT MET"
            verdicts.append(row.met)
        shown = row or Row("", "", "", met=False)
        print(f"{goal.what:42}{shown.beside:>8}{shown.leda:>8}  {shown.compared:32}"
              f"{goal.must:29}{verdict}")  # fmt: skip
    print(f"{sum(verdicts)} of {len(verdicts)} goals met")
    return all(verdicts)
