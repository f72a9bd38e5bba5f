"""Commands: names, descriptions and options come from the catalogue, answers from cogs' methods."""

import inspect
import math
from collections.abc import Awaitable, Callable, Sequence
from enum import StrEnum
from typing import Any, Final, Generic, TypeVar

import discord
from discord import app_commands

from bot.ask import Ask
from bot.domain.kit.errors import StalePress
from bot.i18n.commands import described, named
from bot.i18n.words import Words
from bot.ui.answers import answer_error
from bot.ui.reading import is_text, read
from bot.ui.text import clip
from storage.enums import Language

_Method = TypeVar("_Method", bound=Callable[..., Awaitable[None]])
_Kind = TypeVar("_Kind", bound=StrEnum)
_MARK: Final = "__leda_command__"
_MENU_MARK: Final = "__leda_menu__"

MOST_OFFERED: Final = 25
"""How many choices Discord shows."""
LABEL: Final = 100  # as Discord counts


def command(name: str) -> Callable[[_Method], _Method]:
    """Mark a cog's method as the answer to a command: ``factor.decide`` is ``/factor decide``.

    It is called with an :class:`Ask` and the options. An option's Swedish name is the catalogue's
    ``name.<option>``; its description is ``command.<name>.<option>``, or where there is none what
    its group or its kind say of it.
    """

    def mark(method: _Method) -> _Method:
        setattr(method, _MARK, name)
        return method

    return mark


def message_menu(key: str) -> Callable[[_Method], _Method]:
    """Mark a cog's method as the answer to an entry in the menu of a message.

    It is called with an :class:`Ask` and the message; its name is the catalogue's ``key``.
    """

    def mark(method: _Method) -> _Method:
        setattr(method, _MENU_MARK, key)
        return method

    return mark


class Offered(app_commands.Transformer):
    """An option that is completed while one types.

    ``key`` describes it where nothing else does; it holds from 1 to ``limit`` characters, if it
    has one.
    """

    def __init__(
        self,
        find: Callable[[Ask, str], Awaitable[Sequence[tuple[str, str]]]],
        key: str = "",
        limit: int | None = None,
    ) -> None:
        self._find = find
        self.key = key
        self._limit = limit

    @property
    def min_value(self) -> int | None:
        """The least number of characters."""
        return None if self._limit is None else 1

    @property
    def max_value(self) -> int | None:
        """The largest."""
        return self._limit

    async def transform(self, interaction: discord.Interaction[Any], value: Any, /) -> str:  # noqa: ARG002 - discord.py's signature
        """What was said, as it was said."""
        return str(value)

    async def autocomplete(  # type: ignore[override]
        self, interaction: discord.Interaction[Any], typed: str, /
    ) -> list[app_commands.Choice[str]]:
        """Names and values; an error empties the list instead of hanging it."""
        try:
            pairs = await self._find(Ask.of(interaction), read(typed, str)[:LABEL])
        except ValueError:
            await answer_error(interaction, StalePress())
            return []
        except Exception as error:  # noqa: BLE001 - discord.py would leave it unanswered
            await answer_error(interaction, error)
            return []
        return [
            app_commands.Choice(name=clip(name, LABEL), value=value)
            for name, value in pairs[:MOST_OFFERED]
        ]


class OneOf(app_commands.Transformer, Generic[_Kind]):
    """An option that is one of an enumeration; labels are the catalogue's ``<key>.<value>``."""

    def __init__(self, kind: type[_Kind], key: str, among: Sequence[_Kind] = ()) -> None:
        self._kind = kind
        self._choices = [
            app_commands.Choice[str | int | float](name=described(f"{key}.{one}"), value=one.value)
            for one in among or kind
        ]

    @property
    def choices(self) -> list[app_commands.Choice[str | int | float]]:
        """What Discord offers."""
        return self._choices

    async def transform(self, interaction: discord.Interaction[Any], value: Any, /) -> _Kind:  # noqa: ARG002 - discord.py's signature
        """The one that was chosen."""
        return self._kind(value)


def collect(tree: app_commands.CommandTree[Any], cog: object) -> None:
    """Put a cog's commands into the tree, in place of those of the same names."""
    for attribute in dir(type(cog)):
        method = getattr(type(cog), attribute)
        if (name := getattr(method, _MARK, None)) is not None:
            group, _, _ = name.rpartition(".")
            above = _group(tree, group) if group else tree
            above.add_command(_made(name, getattr(cog, attribute)), override=True)
        if (key := getattr(method, _MENU_MARK, None)) is not None:
            tree.add_command(_menu(key, getattr(cog, attribute)), override=True)


def _group(tree: app_commands.CommandTree[Any], name: str) -> app_commands.Group:
    """A group, whichever cogs have a command in it: discord.py would bind it to one of them."""
    found = tree.get_command(name)
    if not isinstance(found, app_commands.Group):
        found = app_commands.Group(name=named(name), description=described(f"command.{name}"))
        tree.add_command(found)
    return found


def _made(
    name: str, method: Callable[..., Awaitable[None]]
) -> app_commands.Command[Any, ..., None]:
    async def callback(interaction: discord.Interaction[Any], **options: Any) -> None:
        if not all(_can_be(options[each.name], each) for each in made.parameters):
            raise StalePress
        await method(Ask.of(interaction), **options)

    # What discord.py reads: the method's own options, after the interaction.
    signature = inspect.signature(method)
    callback.__signature__ = signature  # type: ignore[attr-defined]
    options = list(signature.parameters.values())[1:]
    app_commands.describe(**{each.name: _description(name, each) for each in options})(callback)
    app_commands.rename(**{each.name: named(each.name) for each in options})(callback)
    made: app_commands.Command[Any, ..., None] = app_commands.Command(
        name=named(name.rpartition(".")[2]),
        description=described(f"command.{name}"),
        callback=callback,
    )
    return made


def _can_be(said: Any, option: app_commands.Parameter) -> bool:
    """Whether Discord can have sent this for an option; it looks at all that people type."""
    if said is None or said == option.default:
        return not option.required
    if option.type is discord.AppCommandOptionType.boolean:
        return isinstance(said, bool)
    least, most = option.min_value, option.max_value
    if option.type is discord.AppCommandOptionType.integer:
        size: float = said if isinstance(said, int) and not isinstance(said, bool) else math.nan
    elif option.type is discord.AppCommandOptionType.string:
        size = len(said) if is_text(said) else math.nan
    else:
        return True
    return (-math.inf if least is None else least) <= size <= (math.inf if most is None else most)


def _menu(key: str, method: Callable[..., Awaitable[None]]) -> app_commands.ContextMenu:
    async def callback(interaction: discord.Interaction[Any], message: discord.Message) -> None:
        await method(Ask.of(interaction), message)

    return app_commands.ContextMenu(name=described(key), callback=callback)


def _description(name: str, option: inspect.Parameter) -> app_commands.locale_str:
    group = name.rpartition(".")[0]
    keys = [f"command.{name}.{option.name}", f"command.{group}.{option.name}"]
    keys += [each.key for each in _metadata(option.annotation) if isinstance(each, Offered)]
    return described(next((key for key in keys if _is_said(key)), keys[0]))


def _metadata(annotation: Any) -> list[Any]:
    """What ``Annotated`` says of an option, also of one that may be left out."""
    found = list(getattr(annotation, "__metadata__", ()))
    for each in getattr(annotation, "__args__", ()):
        found += _metadata(each)
    return found


def _is_said(key: str) -> bool:
    try:
        Words(Language.EN)(key)
    except KeyError:
        return False
    return True
