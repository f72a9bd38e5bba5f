"""A short form of ``make chaos``."""

from tests.wire.chaos import run
from tests.wire.chaos_reminders import Reminders
from tests.wire.chaos_votes import Votes


async def test_what_was_answered_and_what_was_due_outlives_kill_9(prepared, tmp_path):
    votes, reminders = Votes(people=8, factors=1), Reminders(times=12, at_a_time=6)
    await run(*prepared, tmp_path, [votes, reminders], kills=4, seed=7)
    assert votes.failures() == reminders.failures() == []
    assert votes.answered > 50
    assert reminders.tally()["reminders due"] > 20
