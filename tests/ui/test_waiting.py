"""Somebody waits for an answer: what they hear meanwhile, and when."""

import asyncio
from types import SimpleNamespace
from typing import Any

import pytest

from bot.ask import Ask
from bot.ui.layout import note
from bot.waiting import FirstAnswer, was_told_to_wait


class Interaction:
    """As much of an interaction as can be put off."""

    def __init__(self, message: Any = None) -> None:
        self.extras: dict[str, Any] = {}
        self.id, self.message, self.said = 1, message, []
        self.response = SimpleNamespace(is_done=lambda: bool(self.said), defer=self.defer)

    async def defer(self, **how: bool) -> None:
        self.said.append(how)


async def answered(interaction: Interaction, seconds: float) -> bool:
    """Whether somebody was told to wait, by a task that takes so long."""
    FirstAnswer.begin(interaction)
    await asyncio.sleep(seconds)
    return await was_told_to_wait(interaction)


@pytest.fixture(autouse=True)
def soon(monkeypatch):
    monkeypatch.setattr("bot.waiting.soon", 0.02)


async def test_who_is_answered_at_once_is_told_nothing_more():
    interaction = Interaction()
    assert not await asyncio.create_task(answered(interaction, 0.0))
    await asyncio.sleep(0.05)
    assert interaction.said == []


async def test_what_takes_long_is_put_off_once_and_a_press_keeps_what_it_was_made_on():
    typed, pressed = Interaction(), Interaction(message=object())
    assert await asyncio.create_task(answered(typed, 0.05))
    assert await asyncio.create_task(answered(pressed, 0.05))
    assert typed.said == [{"ephemeral": True, "thinking": True}]
    assert pressed.said == [{}]


async def test_after_some_seconds_a_card_says_what_it_waits_for(monkeypatch):
    monkeypatch.setattr("bot.ask.LONG", 0.02)
    shown, ask = [], object.__new__(Ask)

    async def go_on(card: Any) -> None:
        shown.append(card)

    async def work(seconds: float) -> str:
        await asyncio.sleep(seconds)
        return "done"

    monkeypatch.setattr(ask, "go_on", go_on)
    waiting = note("Discord asks me to wait")
    assert await ask.in_time(work(0.0), waiting) == "done"
    assert shown == []
    assert await ask.in_time(work(0.1), waiting) == "done"
    assert shown == [waiting]
