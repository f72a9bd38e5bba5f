"""Finding who handles a press or a submitted form, however long ago it was shown.

A ``custom_id`` is ``name:version:argument:…``; the first two parts name the handler. A format
outlives releases: to change one, add the next version and keep the old.
"""

import inspect
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import MISSING, dataclass, fields, is_dataclass
from typing import Any, TypeVar, get_type_hints

from bot.ask import Ask
from bot.domain.kit.errors import StalePress
from bot.ui.reading import is_choice, is_text, read

_Handler = TypeVar("_Handler", bound=Callable[..., Awaitable[None]])
_MARK = "__leda_handles__"


@dataclass(frozen=True)
class Handler:
    """Who handles a press or a form; ``direct`` ones may also come from a direct message.

    ``takes`` are the kinds of the id's arguments, as the handler's annotations name them, and
    ``typed`` is the dataclass that a form fills; None for a press.
    """

    call: Callable[..., Awaitable[None]]
    direct: bool
    takes: tuple[type, ...]
    typed: type | None = None

    def read(self, said: list[str]) -> list[Any] | None:
        """An id's arguments as the handler takes them; None where they make no sense to it."""
        if len(said) != len(self.takes):
            return None
        try:
            return [read(text, kind) for text, kind in zip(said, self.takes, strict=True)]
        except ValueError:
            return None


def handles(name: str, *, direct: bool = False) -> Callable[[_Handler], _Handler]:
    """Mark a cog's method as the handler of ``name:version``.

    A button's handler is called with an :class:`Ask` and the id's arguments, read as the kinds
    that it annotates (``int``, ``str`` or an enumeration); a form's also with what was typed,
    after the ask: a frozen dataclass whose fields are named as the form's are (:func:`filled`).

    Args:
        name: ``name:version``.
        direct: the press may come from a direct message, which names no server: the id then
            begins with the programme, which the ask takes, and the handler checks membership
            itself.
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
        """Take up the handlers of a cog, in place of those it had before.

        Raises:
            TypeError: one of them takes something else than :func:`handles` says.
        """
        for attribute in dir(type(cog)):
            mark = getattr(getattr(type(cog), attribute), _MARK, None)
            if mark is not None:
                name, direct = mark
                self._handlers[name] = _handler(getattr(cog, attribute), direct=direct)

    def find(self, custom_id: Any, *, form: bool) -> tuple[Handler, list[Any]] | None:
        """Who handles an id, and its arguments; None where nobody can make sense of it."""
        if not is_text(custom_id):
            return None
        name, _, rest = custom_id.partition(":")
        version, *said = rest.split(":")
        handler = self._handlers.get(f"{name}:{version}")
        if handler is None or (handler.typed is not None) is not form:
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

    What the form did not have, and a choice that was not made, is the field's default; without
    one it is empty.

    Raises:
        StalePress: no form of leda's can have sent it: something was chosen that there is not, or
            written that cannot be.
    """
    kinds = get_type_hints(kind)
    try:
        values = typed_values(data)
        return kind(**{
            each.name: read(values.get(each.name, ""), kinds[each.name])
            for each in fields(kind)
            if each.default is MISSING or _is_given(values.get(each.name), kinds[each.name])
        })  # fmt: skip
    except (ValueError, TypeError, AttributeError):
        raise StalePress from None


def given(form: Any) -> dict[str, str]:
    """What a form of texts was filled in with, without the fields that it did not have."""
    return {name: text for name, text in vars(form).items() if text is not None}


def typed_values(data: Any) -> dict[str, Any]:
    """What was filled into a form, field by field; of a list, what was chosen between commas."""
    found: dict[str, Any] = {}
    for field in _fields(data):
        chosen = field.get("values") or [field.get("value")]
        found[field["custom_id"]] = ",".join(each for each in chosen if each is not None)
    return found


def written_values(data: Any) -> list[Any]:
    """What was written into a form, without what was chosen from its lists."""
    return [field.get("value") for field in _fields(data) if "values" not in field]


def _fields(part: Any) -> Iterator[Any]:
    if "custom_id" in part and "components" not in part:
        yield part
    inside = [*(part.get("components") or []), *filter(None, [part.get("component")])]
    for each in inside:
        yield from _fields(each)


def _handler(call: Callable[..., Awaitable[None]], *, direct: bool) -> Handler:
    first, *kinds = [each.annotation for each in inspect.signature(call).parameters.values()]
    typed: Any = kinds.pop(0) if kinds and is_dataclass(kinds[0]) else None
    if first is not Ask or not all(kind in {int, str} or is_choice(kind) for kind in kinds):
        raise TypeError(call)
    return Handler(call, direct, (int, *kinds) if direct else tuple(kinds), typed)


def _is_given(text: str | None, kind: Any) -> bool:
    return bool(text) or (text is not None and not is_choice(kind))
