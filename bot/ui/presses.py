"""Finding who handles a press or a submitted form, however long ago it was shown.

A ``custom_id`` is ``name:version:argument:…``; the first two parts name the handler. A format
outlives releases: to change one, add the next version and keep the old.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, TypeVar

_Handler = TypeVar("_Handler", bound=Callable[..., Awaitable[None]])
_MARK = "__leda_handles__"


@dataclass(frozen=True)
class Handler:
    """Who handles a press; ``direct`` presses may also come from a direct message."""

    call: Callable[..., Awaitable[None]]
    direct: bool


def handles(name: str, *, direct: bool = False) -> Callable[[_Handler], _Handler]:
    """Mark a cog's method as the handler of ``name:version``.

    A button's handler is called with the interaction and the id's arguments as text; a form's
    also with what was typed, a mapping of field to text, after the interaction.

    Args:
        name: ``name:version``.
        direct: the press may come from a direct message, which names no server: the id then
            carries the programme, and the handler checks membership itself.
    """

    def mark(method: _Handler) -> _Handler:
        setattr(method, _MARK, (name, direct))
        return method

    return mark


class Presses:
    """All handlers of one bot, by name and version."""

    def __init__(self) -> None:
        self._handlers: dict[str, Handler] = {}

    def collect(self, cog: object) -> None:
        """Take up the handlers of a cog, in place of those it had before."""
        for attribute in dir(type(cog)):
            mark = getattr(getattr(type(cog), attribute), _MARK, None)
            if mark is not None:
                name, direct = mark
                self._handlers[name] = Handler(getattr(cog, attribute), direct)

    def find(self, custom_id: str) -> tuple[Handler, list[str]] | None:
        """The handler of an id and its arguments, or None where nobody handles it."""
        name, version, *arguments = [*custom_id.split(":"), "", ""][: custom_id.count(":") + 2]
        handler = self._handlers.get(f"{name}:{version}")
        return (handler, [a for a in arguments if a]) if handler else None

    @property
    def names(self) -> frozenset[str]:
        """Every ``name:version`` that is handled."""
        return frozenset(self._handlers)


def typed_values(data: Any) -> dict[str, str]:
    """What was filled into a form, field by field; of a list, what was chosen between commas."""
    found: dict[str, str] = {}

    def walk(component: dict[str, Any]) -> None:
        if "custom_id" in component:
            chosen = component.get("values") or [component.get("value")]
            found[component["custom_id"]] = ",".join(str(c) for c in chosen if c is not None)
        for child in component.get("components") or []:
            walk(child)
        if component.get("component"):
            walk(component["component"])

    for component in data.get("components") or []:
        walk(component)
    return found
