"""What all tests share."""

import fcntl
import os
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from discord.ext.commands import bot as discord_bot
from hypothesis import HealthCheck, settings

from bot.domain.factors import pace
from bot.ui.layout import Card
from storage.upgrade import upgrade
from tests import readable

# A bot that closes forgets the modules of its cogs; a test that changes one holds on to it.
discord_bot._is_submodule = lambda _parent, _child: False

# Machines are noisy: no example fails for being slow. `--hypothesis-profile=deep` looks longer.
_COMMON = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}
settings.register_profile("quick", max_examples=10, **_COMMON)
settings.register_profile("deep", max_examples=10_000, **_COMMON)
settings.load_profile("quick")


def repeating() -> Any:
    """Lets one person publish the same few words again and again, as scenes are made of them."""
    return patch.object(pace, "_copies", return_value=False)


@pytest.fixture(autouse=True)
def every_card_can_be_heard(request, monkeypatch) -> Iterator[None]:
    """Fails a test that made a card which somebody could not make sense of."""
    made, found = Card.__init__, set()

    def look(card: Card, *parts: Any, **options: Any) -> None:
        made(card, *parts, **options)
        found.update(readable.faults(card.to_components()))

    monkeypatch.setattr(Card, "__init__", look)
    yield
    # Where a title is but marks, so is the line that begins with it.
    wild = hasattr(request.function, "hypothesis") or "longest" in request.node.name
    left = {each for each in found if not (wild and each.startswith(readable.NOTHING))}
    assert sorted(left) == []


@pytest.fixture(scope="session")
def once(tmp_path_factory) -> Callable[[str, Callable[[Path], None]], Path]:
    """Makes a folder once a run, however many workers there are, and gives it to all.

    Nobody may change it: who goes on from it copies it.
    """
    base = tmp_path_factory.getbasetemp()
    root = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base

    def once(name: str, make: Callable[[Path], None]) -> Path:
        folder, made = root / name, root / f"{name}.made"
        with (root / f"{name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not made.exists():
                shutil.rmtree(folder, ignore_errors=True)
                folder.mkdir()
                make(folder)
                made.touch()
        return folder

    return once


@pytest.fixture(scope="session")
def empty_file(once) -> Path:
    """A database of this release with nothing in it, to be copied."""

    def make(folder: Path) -> None:
        address = f"sqlite:///{folder / 'leda.db'}"
        upgrade(address, now=datetime(2026, 11, 23, 9, 0, tzinfo=UTC))

    return once("empty", make) / "leda.db"
