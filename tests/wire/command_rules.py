"""What Discord refuses of commands: names, descriptions, options, choices, and too much of all."""

import re
from typing import Any, Final

from tests.wire.rules import need, need_length

_NAME: Final = re.compile(r"[-_'\w]{1,32}")
_GROUPS: Final = frozenset({1, 2})


def commands(given: list[dict[str, Any]]) -> None:
    """Check a whole set of global commands."""
    for kind, most in ((1, 100), (2, 5), (3, 5)):
        mine = [command["name"] for command in given if command.get("type", 1) == kind]
        need(len(mine) <= most, f"at most {most} commands of type {kind}", 30032)
        need(len(set(mine)) == len(mine), "a command's name stands twice")
    for command in given:
        _command(command)


def _command(command: dict[str, Any]) -> None:
    if command.get("type", 1) != 1:
        for name in _said(command, "name"):
            need_length(name, "a menu's name", 32)
        return
    _names(command)
    _options(command.get("options") or [])
    weight = _weight(command)
    need(weight <= 8000, f"{command['name']} has {weight} characters; at most 8000")


def _names(thing: dict[str, Any]) -> None:
    for name in _said(thing, "name"):
        need(_NAME.fullmatch(name), f"{name!r} is no name for a command")
        need(name == name.lower(), f"{name!r} must be in lower case")
    for description in _said(thing, "description"):
        need_length(description, "a description", 100)


def _options(options: list[dict[str, Any]]) -> None:
    need(len(options) <= 25, f"at most 25 options, not {len(options)}")
    names = [option["name"] for option in options]
    need(len(set(names)) == len(names), "an option's name stands twice")
    asked = [bool(option.get("required")) for option in options]
    need(asked == sorted(asked, reverse=True), "what is required comes first")
    for option in options:
        _names(option)
        if option["type"] in _GROUPS:
            _options(option.get("options") or [])
        _choices(option)


def _choices(option: dict[str, Any]) -> None:
    choices = option.get("choices") or []
    need(len(choices) <= 25, f"at most 25 choices, not {len(choices)}")
    need(not (choices and option.get("autocomplete")), "choices and autocomplete exclude")
    for choice in choices:
        for name in _said(choice, "name"):
            need_length(name, "a choice's name", 100)
        need_length(str(choice["value"]), "a choice's value", 100)


def _said(thing: dict[str, Any], key: str) -> list[str]:
    """A text in every language."""
    return [thing.get(key) or "", *(thing.get(f"{key}_localizations") or {}).values()]


def _weight(thing: dict[str, Any]) -> int:
    own = sum(max(map(len, _said(thing, key))) for key in ("name", "description"))
    own += sum(
        max(map(len, _said(choice, "name"))) + len(str(choice["value"]))
        for choice in thing.get("choices") or []
    )
    return own + sum(_weight(option) for option in thing.get("options") or [])
