"""Scenes: something has happened already. Each is lived through once a process, then copied."""

from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from shutil import copy
from typing import Any

import pytest


@dataclass(frozen=True)
class Kept:
    """What a scene leaves: its file, and what it returned and noted about its world."""

    file: Path
    world: Any  # in whose place another world is put, wherever it was noted
    returned: Any
    noted: dict[str, Any]


def scene(build: Callable[[Any], Any]) -> Any:
    """A fixture that goes on from the world of its one argument.

    What it returns, and notes about the world, is copied too: no test finds what another made
    of it.
    """
    kept: list[Kept] = []

    @pytest.fixture(name=build.__name__)
    @wraps(build)
    def begun(**asked: Any) -> Any:
        (world,) = asked.values()
        if not kept:
            kept.append(keep(world, build))
        return resume(kept[0], world)

    return begun


def keep(world: Any, build: Callable[[Any], Any]) -> Kept:
    """Live through a scene."""
    returned = build(world)
    world.engine.dispose()  # which writes everything into the one file
    file = world.file.with_name(f"{build.__module__}.{build.__name__}.db")
    returned, noted = deepcopy((returned, vars(world)), {id(one): one for one in of(world)})
    return Kept(copy(world.file, file), world, returned, noted)


def resume(kept: Kept, world: Any) -> Any:
    """Go on from it in another world."""
    world.begin(kept.file)
    places = dict(zip(map(id, of(kept.world)), of(world), strict=True))
    returned, noted = deepcopy((kept.returned, kept.noted), places)
    vars(world).update(noted)
    return returned


def of(world: Any) -> tuple[Any, Any]:
    """What of a world is not copied."""
    return world, world.engine
