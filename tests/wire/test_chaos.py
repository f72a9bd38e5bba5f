"""A short form of ``make chaos``."""

from tests.wire.chaos import run
from tests.wire.chaos_votes import Votes


async def test_what_was_answered_outlives_kill_9(prepared, tmp_path):
    votes = Votes(people=8, factors=1)
    await run(*prepared, tmp_path, kills=5, seed=7, doing=[votes])
    assert votes.failures() == []
    assert votes.answered > 50
