"""Long lists, a page at a time."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")
Other = TypeVar("Other")


@dataclass(frozen=True)
class Page(Generic[T]):
    """Some of many things, in their order.

    ``page`` counts from 0, and there is at least one of them. ``total`` counts the things on all
    ``pages``.
    """

    items: tuple[T, ...]
    page: int
    pages: int
    total: int

    @classmethod
    def of(cls, everything: Sequence[T], page: int, size: int) -> "Page[T]":
        """The page of this number, or the nearest that is there, where each holds so many.

        Where the things are elsewhere, ``range(total)`` tells which of them the page holds.
        """
        pages = max(1, -(-len(everything) // size))
        page = min(max(page, 0), pages - 1)
        shown = everything[page * size : (page + 1) * size]
        return cls(tuple(shown), page, pages, len(everything))

    def holding(self, items: Iterable[Other]) -> "Page[Other]":
        """The same page, with what is shown for its things."""
        return Page(tuple(items), self.page, self.pages, self.total)
