"""When two names are the same name."""

import unicodedata
from typing import Any

from storage.search.stems import fold


def exact(name: str) -> str:
    """A name as it is told from others: ``  Håbo  KOMMUN `` is ``håbo kommun``, and never ``habo``.

    Case, blanks, Unicode's ways of writing one letter, and what cannot be seen make no difference;
    every other sign does. Names that are only like one another are found by
    :func:`storage.search.stems.fold`.
    """
    if name.isascii() and name.isprintable():
        return " ".join(name.casefold().split())
    plain = unicodedata.normalize("NFD", name).casefold()
    seen = (c for c in plain if c.isspace() or unicodedata.category(c)[0] != "C")
    return " ".join(unicodedata.normalize("NFC", "".join(seen)).split())


def named(name: str) -> dict[str, Any]:
    """What a row keeps of its name: as it is written, searched for, and told from others."""
    return {"name": name, "folded": fold(name), "exact": exact(name)}
