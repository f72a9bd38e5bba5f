"""What people wait for costs no more when a programme has a million votes."""

import re
from contextlib import contextmanager

from sqlalchemy import event
from sqlmodel import SQLModel

from bot.domain.factors import details, factors, lists, recounts, votes
from bot.domain.factors.lists import Listing
from bot.domain.needs import needs
from bot.domain.posts import claims, planning
from storage.enums import Choice
from tests.domain.conftest import EVERYWHERE, NOW, somebody

ANNA, BO = 101, 102
# What a programme has few of, however old it is.
_SMALL = {"programme", "place", "track", "organisation", "organisation_track", "key_area", "member"}
_LARGE = "|".join(sorted(set(SQLModel.metadata.tables) - _SMALL))
_SCAN = re.compile(rf"SCAN (?:{_LARGE})(?:_\d+)?\b")


@contextmanager
def statements(world):
    """What the database is asked meanwhile."""
    asked = []
    listen = (world.engine, "before_cursor_execute", lambda *said: asked.append(said[2:4]))
    event.listen(*listen)
    yield asked
    event.remove(*listen)


def plans(world, asked):
    with world.engine.connect() as connection:
        return {
            (statement, str(line))
            for statement, values in asked
            if statement.lstrip().startswith(("SELECT", "UPDATE", "DELETE", "WITH"))
            for *_, line in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)
        }


def test_nothing_that_people_wait_for_reads_a_table_that_grows_from_its_beginning(trial):
    for member in (ANNA, BO):
        trial.join(member, trial.goteborg)
    first, second = (trial.factor(ANNA, title=title).id for title in ("First", "Second"))
    waits = (
        lambda: trial(votes.cast, first, BO, Choice.SUPPORT),
        lambda: trial(votes.cast, first, BO, Choice.OBJECT, reason="Too early."),
        lambda: trial(recounts.is_due),
        lambda: trial(recounts.count, first),
        lambda: trial(factors.show, second, by=somebody(BO)),
        lambda: trial(details.of, first, by=somebody(BO)),
        lambda: trial(lists.listed, Listing(), by=somebody(BO)),
        lambda: trial(needs.of, by=somebody(BO)),
        lambda: trial(claims.claim, EVERYWHERE, now=NOW, limit=10),
        lambda: trial(planning.moments, EVERYWHERE, after=NOW, until=NOW),
    )
    with statements(trial) as asked:
        for wait in waits:
            wait()
    found = plans(trial, asked)
    assert len(found) > 40
    assert [(line, statement) for statement, line in found if _SCAN.search(line)] == []
    assert any("factor_due" in line for _, line in found)


def test_a_press_reads_the_vote_that_it_changes_and_not_all_that_its_voter_ever_cast(trial):
    trial.join(BO, trial.goteborg)
    factor = trial.factor(BO).id
    with statements(trial) as asked:
        trial(votes.cast, factor, BO, Choice.SUPPORT)
    on_votes = {
        line
        for statement, line in plans(trial, asked)
        if re.match(r"\w+ vote\b", line)
        and "AS alone" not in statement  # that asks for one, whichever
    }
    assert on_votes
    assert all("(factor_id=? AND participant_id=?)" in line for line in on_votes), on_votes
