"""Lists of words that anybody can mend, in ``bot/domain/factors/words``."""

from importlib import resources

from storage.enums import Language


def read(name: str) -> dict[str, frozenset[str]]:
    """The words of each kind in a list, of all languages at once: people mix them."""
    found: dict[str, frozenset[str]] = {}
    for language in Language:
        file = resources.files("bot.domain.factors") / "words" / f"{name}.{language.value}.txt"
        for line in file.read_text("utf-8").splitlines():
            kind, _, words = line.partition(": ")
            if not kind.startswith("#"):
                found[kind] = found.get(kind, frozenset()).union(words.split())
    return found
