"""Speaking a language: a key and its values in, a text out."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from gettext import GNUTranslations
from importlib import resources
from io import BytesIO
from typing import Any

from storage.enums import Language


@dataclass(frozen=True)
class Words:
    """A language to speak to somebody in.

    ``words("join.done", organisation="Vara kommun")`` fills the catalogue's text in. A value
    named ``n`` chooses between one and many. ``{/join}`` in a text becomes a command that can be
    tapped, where ``links`` knows it (the command's full name to its Discord id).
    """

    language: Language
    links: Mapping[str, int] = field(default_factory=dict, hash=False, compare=False)

    def __call__(self, key: str, /, **values: Any) -> str:
        """The text of a key.

        Raises:
            KeyError: the catalogue has no such key, or its text wants a value that is not there.
        """
        catalogue = _catalogue(self.language)
        said = catalogue.ngettext(key, key, values["n"]) if "n" in values else key
        if said == key:  # no plural forms, though there may be a number to show
            said = catalogue.gettext(key)
        if said == key:
            raise KeyError(key)
        return said.format_map(_Values(values, self.links))


class _Values(dict[str, Any]):
    """The values of a text, and every command by its name with a stroke before it."""

    def __init__(self, values: Mapping[str, Any], links: Mapping[str, int]) -> None:
        super().__init__(values)
        self._links = links

    def __missing__(self, name: str) -> str:
        if not name.startswith("/"):
            raise KeyError(name)
        command = name[1:]
        known = self._links.get(command)
        return f"`{name}`" if known is None else f"</{command}:{known}>"


def language_of(locale: object) -> Language:
    """The language for somebody with this Discord locale: Swedish for ``sv-SE``, else English."""
    return Language.SV if str(locale).startswith("sv") else Language.EN


@cache
def _catalogue(language: Language) -> GNUTranslations:
    """A catalogue, straight from its ``.po`` file: no build step, and no stale copy of one."""
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    source = resources.files("bot.i18n") / f"{language.value}.po"
    compiled = BytesIO()
    with source.open("rb") as file:
        write_mo(compiled, read_po(file, locale=language.value))
    compiled.seek(0)
    return GNUTranslations(compiled)
