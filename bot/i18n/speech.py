"""How to speak to people: which language, with which links and which words for organisation."""

from dataclasses import dataclass, field

from bot.i18n.words import Nouns, Words, language_of
from storage.enums import Language


@dataclass(frozen=True)
class Speech:
    """What every text may need, kept in one place.

    ``links`` are the commands' Discord ids by full name; ``nouns`` are what each programme calls
    its organisations.
    """

    links: dict[str, int] = field(default_factory=dict)
    nouns: dict[int, Nouns] = field(default_factory=dict)

    def to(self, locale: object, programme_id: int) -> Words:
        """To one person, in the language of their Discord."""
        return self.in_(language_of(locale), programme_id)

    def in_(self, language: Language, programme_id: int) -> Words:
        """To everyone in a programme."""
        return Words(language, self.links, self.nouns.get(programme_id))
