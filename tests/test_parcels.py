"""Looking for a message that may be out already."""

from datetime import UTC, datetime
from types import SimpleNamespace

import pytest

from bot.delivery.parcels import Unsure, find_out
from bot.domain.posts.claims import Parcel, Thing
from storage.enums import Way

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
PARCEL = Parcel(7, 1, Way.POST, "forum", (), (Thing("meeting.own", 1, {}, NOW, (7,)),), NOW, True)
US = SimpleNamespace(id=1)
WORKS = SimpleNamespace(client=SimpleNamespace(get_channel=lambda _: None, user=US))


class Channel:
    """One in which so many messages were written since the post was due."""

    def __init__(self, messages):
        self._messages = messages

    async def history(self, *, after, limit):
        assert after < NOW
        for message in self._messages[:limit]:
            yield message


def numbered(*numbers):
    parts = [SimpleNamespace(id=number) for number in numbers]
    return SimpleNamespace(author=US, components=parts)


async def test_a_post_is_known_by_its_number():
    ours = numbered(1_000_007)
    assert await find_out(WORKS, Channel([numbered(1), ours]), PARCEL) is ours
    assert await find_out(WORKS, Channel([numbered(1_000_008)]), PARCEL) is None


async def test_nobody_says_that_nothing_is_out_who_has_not_seen_the_whole_channel():
    with pytest.raises(Unsure):
        await find_out(WORKS, Channel([numbered(1)] * 5000 + [numbered(1_000_007)]), PARCEL)
