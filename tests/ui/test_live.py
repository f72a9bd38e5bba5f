"""A card shows the newest state, in whatever order Discord takes the answers."""

import asyncio
import itertools
from collections import deque
from types import SimpleNamespace
from typing import Any

import discord
import pytest

from bot.ui.live import LiveCards

MESSAGE = 7


class Discord:
    """Edits of one message that arrive when the test lets them."""

    def __init__(self) -> None:
        self.code = 10008
        self.status = 404
        self.unfolded = 0
        self.shows: Any = None
        self.edits: list[Any] = []
        self.waiting: deque[tuple[Any, asyncio.Event]] = deque()
        self.refuses = 0

    async def edit(self, *, view: Any) -> None:
        arrived = asyncio.Event()
        self.waiting.append((view, arrived))
        await arrived.wait()
        if self.refuses:
            self.refuses -= 1
            response: Any = SimpleNamespace(status=self.status, reason="No")
            kind = discord.NotFound if self.status == 404 else discord.HTTPException
            raise kind(response, {"code": self.code, "message": "No"})
        self.shows = view
        self.edits.append(view)

    async def take(self, place: int = 0) -> None:
        """Let one of the edits on the way arrive, and its sender go on."""
        view_and_event = self.waiting[place]
        del self.waiting[place]
        view_and_event[1].set()
        await settled()

    def press(self) -> Any:
        """An interaction on the message."""
        return SimpleNamespace(
            message=SimpleNamespace(id=MESSAGE),
            response=SimpleNamespace(edit_message=self.edit),
            edit_original_response=self.edit,
            followup=SimpleNamespace(edit_message=lambda _, view: self.edit(view=view)),
            extras={},
        )

    def get_partial_messageable(self, _channel_id: int) -> Any:
        return SimpleNamespace(get_partial_message=lambda _: SimpleNamespace(edit=self.edit))


async def settled() -> None:
    """Let every task run until it waits."""
    for _ in range(20):
        await asyncio.sleep(0)


@pytest.fixture
def there() -> Discord:
    return Discord()


@pytest.fixture
def cards(there, monkeypatch) -> LiveCards:
    monkeypatch.setattr(LiveCards, "pause", 0)
    return LiveCards(there)


def answer(cards: LiveCards, there: Discord, revision: int) -> asyncio.Task[None]:
    card: Any = f"card {revision}"
    return asyncio.create_task(cards.answer(there.press(), card, revision))


async def test_an_answer_updates_the_card_once(cards, there):
    task = answer(cards, there, 1)
    await settled()
    await there.take()
    await task
    assert there.edits == ["card 1"]


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
async def test_answers_that_arrive_in_any_order_leave_the_newest(cards, there, order):
    tasks = [answer(cards, there, revision) for revision in (1, 2, 3)]
    await settled()
    on_the_way = list(there.waiting)
    for place in order:
        await there.take(there.waiting.index(on_the_way[place]))
    while there.waiting:
        await there.take()
    await asyncio.gather(*tasks)
    assert there.shows == "card 3"


async def test_an_answer_that_comes_while_an_older_one_is_mended_is_not_covered_by_it(cards, there):
    old, newer = answer(cards, there, 1), answer(cards, there, 2)
    await settled()
    await there.take(1)  # the newer first
    await there.take(0)  # then the old, which shows the newer again …
    newest = answer(cards, there, 3)
    await settled()
    await there.take(1)  # … but the newest arrives before that
    while there.waiting:
        await there.take()
    await asyncio.gather(old, newer, newest)
    assert there.shows == "card 3"


async def test_nothing_is_remembered_of_a_card_that_nobody_edits(cards, there):
    tasks = [answer(cards, there, 2), answer(cards, there, 1)]
    await settled()
    while there.waiting:
        await there.take()
    await asyncio.gather(*tasks)
    assert cards._shown == {}


async def test_a_refused_answer_is_raised_and_hinders_no_other(cards, there):
    there.refuses = 1
    refused, other = answer(cards, there, 1), answer(cards, there, 2)
    await settled()
    await there.take()
    with pytest.raises(discord.HTTPException):
        await refused
    await there.take()
    await other
    assert there.shows == "card 2"
    assert cards._shown == {}


def rendering(*states: int) -> Any:
    """A render that finds these states, one after another."""
    found = iter(states)

    async def render() -> tuple[Any, int]:
        revision = next(found)
        return f"card {revision}", revision

    return render


async def test_many_wishes_to_refresh_become_one_edit_and_one_more(cards, there):
    render = rendering(1, 5)
    for _ in range(10):
        cards.refresh(1, MESSAGE, render)
        await settled()
    assert len(there.waiting) == 1
    await there.take()
    await there.take()
    assert there.edits == ["card 1", "card 5"]
    assert not there.waiting
    assert cards._tasks == {}


async def test_a_refresh_that_arrives_after_a_newer_answer_shows_that_again(cards, there):
    cards.refresh(1, MESSAGE, rendering(1))
    await settled()
    press = answer(cards, there, 2)
    await settled()
    await there.take(1)
    await press
    while there.waiting:
        await there.take()
    assert there.shows == "card 2"


async def test_an_answer_that_arrives_after_a_newer_refresh_shows_that_again(cards, there):
    press = answer(cards, there, 1)
    cards.refresh(1, MESSAGE, rendering(2))
    await settled()
    await there.take(1)
    while there.waiting:
        await there.take()
    await press
    assert there.shows == "card 2"


async def test_a_refresh_that_discord_refuses_is_noted_and_the_next_one_works(cards, there, caplog):
    there.refuses = 1
    cards.refresh(1, MESSAGE, rendering(1))
    await settled()
    await there.take()
    assert f"could not refresh message {MESSAGE}" in caplog.text
    cards.refresh(1, MESSAGE, rendering(2))
    await settled()
    await there.take()
    assert there.shows == "card 2"


async def test_an_edit_that_discord_puts_off_is_tried_again_and_a_lost_message_is_not(cards, there):
    for status, wanted in ((400, ["card 2"]), (404, ["card 2"])):
        there.status, there.refuses = status, 1
        cards.refresh(1, MESSAGE, rendering(1, 2))
        await settled()
        await there.take()
        cards.retry()
        await settled()
        if there.waiting:
            await there.take()
        assert there.edits == wanted


async def test_a_card_in_a_folded_thread_is_unfolded_first(cards, there, monkeypatch):
    async def unfold(*, archived: bool) -> None:
        assert archived is False
        there.unfolded += 1

    thread = object.__new__(discord.Thread)
    monkeypatch.setattr(discord.Thread, "edit", lambda _self, **what: unfold(**what))

    async def fetch_channel(_channel_id: int) -> Any:
        return thread

    there.fetch_channel = fetch_channel
    there.code, there.status, there.refuses = 50083, 400, 1
    cards.refresh(1, MESSAGE, rendering(1, 1))
    await settled()
    await there.take()
    await there.take()
    assert there.unfolded == 1
    assert there.edits == ["card 1"]


async def test_a_private_answer_follows_the_factors_that_it_shows(cards, there):
    cards.follow([3, 4], there.press(), 99, rendering(1, 2))
    cards.changed(5)
    await settled()
    assert not there.waiting
    for _ in range(20):
        cards.changed(3)
    await settled()
    await there.take()
    assert there.edits == ["card 1"]
    cards.follow([8], there.press(), 99, rendering(7))
    cards.changed(4)
    await settled()
    assert not there.waiting, "it shows something else now"


async def test_a_private_answer_that_can_be_edited_no_more_is_forgotten(cards, there, monkeypatch):
    monkeypatch.setattr("bot.ui.live._EDITABLE", -1.0)
    cards.follow([3], there.press(), 99, rendering(1))
    cards.changed(3)
    await settled()
    assert not there.waiting
    assert cards._private == {}


async def test_what_is_refused_again_and_again_waits_longer_each_time(cards, there, monkeypatch):
    there.code, there.status, there.refuses = 50013, 403, 10**6
    hours = tried = 0
    # Whole seconds: adding hours to others may be off by the last digit.
    now = float(int(asyncio.get_running_loop().time()))
    monkeypatch.setattr(asyncio.get_running_loop(), "time", lambda: now + hours * 3600.0)
    pauses = []
    cards.refresh(1, MESSAGE, drawn)
    await settled()
    await there.take()
    for _ in range(60):
        hours += 1
        cards.retry()
        await settled()
        if there.waiting:
            pauses.append(hours - tried)
            tried = hours
            await there.take()
    assert pauses[:5] == [1, 1, 2, 4, 8]
    assert max(pauses) <= 24


async def test_refused_cards_are_tried_again_a_few_at_a_time(cards, there):
    there.code, there.status, there.refuses = 50013, 403, 30
    for message_id in range(30):
        cards.refresh(1, message_id, drawn)
    await settled()
    while there.waiting:
        await there.take()
    cards.retry()
    await settled()
    assert len(there.waiting) == 10
    while there.waiting:
        await there.take()
    cards.retry()
    await settled()
    assert len(there.waiting) == 10


async def drawn() -> tuple[Any, int]:
    return "card", 1
