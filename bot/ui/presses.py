"""Finding who handles a press or a submitted form, however long ago it was shown.

A ``custom_id`` is ``name:version:argument:…``; the first two parts name the handler. A format
outlives releases: to change one, add the next version and keep the old.
"""

import inspect
import re
from collections.abc import Awaitable, Callable
from dataclasses import MISSING, dataclass, fields, is_dataclass
from enum import StrEnum
from typing import Any, TypeVar, get_type_hints

from bot.ask import Ask
from bot.domain.kit.errors import StalePress

_Handler = TypeVar("_Handler", bound=Callable[..., Awaitable[None]])
_MARK = "__leda_handles__"
_NUMBER = re.compile(r"-?[0-9]{1,19}")
_LARGEST = 2**63 - 1


@dataclass(frozen=True)
class Handler:
    """Who handles a press or a ``form``; ``direct`` ones may also come from a direct message.

    ``takes`` are the kinds of the id's arguments, as the handler's annotations name them, and
    ``typed`` is the dataclass that a form fills.
    """

    call: Callable[..., Awaitable[None]]
    direct: bool
    form: bool
    takes: tuple[type, ...]
    asks: bool = False
    typed: type | None = None

    def read(self, said: list[str]) -> list[Any] | None:
        """An id's arguments as the handler takes them; None where they make no sense to it."""
        if len(said) != len(self.takes):
            return None
        try:
            return [_read(text, kind) for text, kind in zip(said, self.takes, strict=True)]
        except ValueError:
            return None


def handles(name: str, *, direct: bool = False) -> Callable[[_Handler], _Handler]:
    """Mark a cog's method as the handler of ``name:version``.

    A button's handler is called with the interaction and the id's arguments, read as the kinds
    that it annotates (``int``, ``str`` or an enumeration); a form's also with what was typed, a
    ``dict[str, str]`` of field to text, after the interaction.

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
                self._handlers[name] = _handler(getattr(cog, attribute), direct=direct)

    def find(self, custom_id: str, *, form: bool) -> tuple[Handler, list[Any]] | None:
        """Who handles an id, and its arguments; None where nobody can make sense of it."""
        name, _, rest = custom_id.partition(":")
        version, *said = rest.split(":")
        handler = self._handlers.get(f"{name}:{version}")
        if handler is None or handler.form is not form:
            return None
        # A form's last argument only makes its id unique.
        arguments = handler.read(said[:-1] if form else said)
        return None if arguments is None else (handler, arguments)

    @property
    def names(self) -> frozenset[str]:
        """Every ``name:version`` that is handled."""
        return frozenset(self._handlers)


def filled(kind: type, data: Any) -> Any:
    """What was filled into a form, as the dataclass that its handler takes: a field, an input.

    Raises:
        StalePress: something was chosen that there is not.
    """
    values, kinds = typed_values(data), get_type_hints(kind)
    try:
        return kind(**{
            each.name: _read(values.get(each.name, ""), kinds[each.name])
            for each in fields(kind)
            if each.name in values or each.default is MISSING
        })  # fmt: skip
    except ValueError:
        raise StalePress from None


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


def _handler(call: Callable[..., Awaitable[None]], *, direct: bool) -> Handler:
    first, *kinds = [each.annotation for each in inspect.signature(call).parameters.values()]
    typed: Any = kinds[0] if kinds and is_dataclass(kinds[0]) else None
    form = kinds[:1] == [dict[str, str]] or typed is not None
    asks = first is Ask
    takes = (int, *kinds[form:]) if asks and direct else tuple(kinds[form:])
    return Handler(call, direct, form, takes, asks, typed)


def _read(text: str, kind: type) -> Any:
    if kind is int:
        if not _NUMBER.fullmatch(text) or abs(int(text)) > _LARGEST:
            raise ValueError(text)
        return int(text)
    return kind(text) if issubclass(kind, StrEnum) else text
