"""What posts are known by, from the rows of the ledger."""

import json
from datetime import datetime
from typing import Any, Final

from bot.domain.posts.claims import number_of
from tests.wire.loopback import Posted

_FIRST: Final = 1_000_000
ROW: Final = "kind, subject_id, data, due_at"
"""The columns that make the number of a planned post."""


def number_in(row: tuple[Any, ...]) -> int:
    """The number of a planned post, from :data:`ROW`."""
    kind, subject_id, data, due_at = row
    found = json.loads(data) if isinstance(data, str) else data
    at = datetime.fromisoformat(due_at) if isinstance(due_at, str) else due_at
    return number_of(kind, subject_id, found, at)


def numbers_of(post: Posted) -> list[int]:
    """The numbers of what a message says."""
    return [each for each in post.component_ids if each >= _FIRST]
