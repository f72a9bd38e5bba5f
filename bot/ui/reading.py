"""Reading what came from Discord as the kind that is wanted; it need not be what leda offered."""

import re
from enum import StrEnum
from typing import Any, Final, TypeGuard

_NUMBER = re.compile(r"-?[0-9]{1,19}", re.ASCII)
_LARGEST: Final = 2**63 - 1
_LONGEST: Final = 6000  # of what Discord lets anybody write at once: an option's


def read(said: Any, kind: Any) -> Any:
    """What was said, as a kind: text, a number, one of an enumeration, or several texts.

    Raises:
        ValueError: it cannot be that; the error does not repeat it.
    """
    if not is_text(said):
        raise ValueError(str)
    if kind is int:
        if not _NUMBER.fullmatch(said) or abs(int(said)) > _LARGEST:
            raise ValueError(int)
        return int(said)
    if is_choice(kind):
        if said not in {each.value for each in kind}:
            raise ValueError(kind)
        return kind(said)
    return tuple(filter(None, said.split(","))) if kind == tuple[str, ...] else said


def is_text(said: Any) -> TypeGuard[str]:
    """Whether this is a text that somebody can have written, and that can be kept."""
    if not isinstance(said, str) or len(said) > _LONGEST or "\0" in said:
        return False
    return said.isascii() or not any("\ud800" <= each <= "\udfff" for each in said)


def is_choice(kind: Any) -> bool:
    """Whether a kind is an enumeration of words."""
    return isinstance(kind, type) and issubclass(kind, StrEnum)
