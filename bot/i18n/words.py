"""Speaking a language: a key and its values in, a text out."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.i18n.catalogues import catalogue
from storage.enums import Language


@dataclass(frozen=True)
class Nouns:
    """What a programme calls its organisations, in its own language."""

    language: Language
    one: str
    many: str
    definite: str


@dataclass(frozen=True)
class Words:
    """A language to speak to somebody in.

    ``words("join.done", organisation="Vara kommun")`` fills the catalogue's text in. A value
    named ``n`` chooses between one and many. ``{/join}`` in a text becomes a command that can be
    tapped, where ``links`` knows it (the command's full name to its Discord id). ``{@one}``,
    ``{@many}`` and ``{@definite}`` become the programme's word for organisation, where ``nouns``
    are of this language, and else the catalogue's; with a capital (``{@Many}``) at the start of
    a sentence.
    """

    language: Language
    links: Mapping[str, int] = field(default_factory=dict, hash=False, compare=False)
    nouns: Nouns | None = field(default=None, hash=False, compare=False)

    def __call__(self, key: str, /, **values: Any) -> str:
        """The text of a key.

        Raises:
            KeyError: the catalogue has no such key, or its text wants a value that is not there.
        """
        said = catalogue(self.language).text(key, values.get("n"))
        return said.format_map(_Values(self, values))

    def noun(self, form: str) -> str:
        """The word for organisation in a form: ``one``, ``many`` or ``definite``."""
        if self.nouns is not None and self.nouns.language is self.language:
            chosen: str = getattr(self.nouns, form)
            if chosen:
                return chosen
        return self(f"noun.{form}")

    def command(self, name: str) -> str:
        """A command that can be tapped, or its name where its id is not known."""
        known = self.links.get(name)
        return f"`/{name}`" if known is None else f"</{name}:{known}>"


class _Values(dict[str, Any]):
    """The values of a text, its commands (``/join``) and its words for organisation (``@one``)."""

    def __init__(self, words: Words, values: Mapping[str, Any]) -> None:
        super().__init__(values)
        self._words = words

    def __missing__(self, name: str) -> str:
        if name.startswith("/"):
            return self._words.command(name[1:])
        if not name.startswith("@"):
            raise KeyError(name)
        noun = self._words.noun(name[1:].lower())
        return noun[:1].upper() + noun[1:] if name[1].isupper() else noun


def language_of(locale: object) -> Language:
    """The language for somebody with this Discord locale: Swedish for ``sv-SE``, else English."""
    return Language.SV if str(locale).startswith("sv") else Language.EN
