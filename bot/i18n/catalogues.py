"""Catalogues: the texts of a language, read from its ``.po`` file.

They are read here and not by Babel, since every start waits for it, and Babel keeps of each text
all that an editor for translators may ask
(``docs/adr/0023-what-presses-and-starts-are-spared.md``).
"""

import re
from functools import cache
from gettext import c2py
from importlib import resources
from typing import Final

from storage.enums import Language

_LINE: Final = re.compile(r'(?:(msgid|msgid_plural|msgstr|msgstr\[\d\]) )?"(.*)"')
_ESCAPED: Final = re.compile(r"\\(.)")
_ESCAPES: Final = {"n": "\n", "t": "\t"}
_PLURAL: Final = re.compile(r"Plural-Forms:.*plural=([^;]+);")


class Catalogue:
    """The texts of a language by their keys; of some there is one for each plural form."""

    def __init__(self, text: str) -> None:
        """Read what stands in a ``.po`` file.

        Raises:
            ValueError: a line is neither a comment nor a part of an entry.
        """
        self._texts = _entries(text)
        (head,) = self._texts.pop("")
        rule = _PLURAL.search(head)
        if rule is None:
            raise ValueError(head)
        self._form = c2py(rule[1])

    def text(self, key: str, number: int | None = None) -> str:
        """What a key says, in the form that goes with a number where it has several.

        Raises:
            KeyError: there is no such key.
        """
        forms = self._texts[key]
        return forms[0] if number is None or len(forms) == 1 else forms[self._form(number)]


@cache
def catalogue(language: Language) -> Catalogue:
    """The catalogue of a language, read when it is first spoken."""
    source = resources.files("bot.i18n") / f"{language.value}.po"
    return Catalogue(source.read_text(encoding="utf-8"))


def _entries(text: str) -> dict[str, tuple[str, ...]]:
    """The texts of each key."""
    entries: list[dict[str, str]] = []
    name = ""
    for line in text.split("\n"):
        if not line or line.startswith("#"):
            continue
        found = _LINE.fullmatch(line)
        if found is None or not (entries or found[1] == "msgid"):
            raise ValueError(line)
        if found[1] == "msgid":
            entries.append({})
        name = found[1] or name
        said = _ESCAPED.sub(lambda each: _ESCAPES.get(each[1], each[1]), found[2])
        entries[-1][name] = entries[-1].get(name, "") + said
    return {
        entry["msgid"]: tuple(said for name, said in entry.items() if name.startswith("msgstr"))
        for entry in entries
    }
