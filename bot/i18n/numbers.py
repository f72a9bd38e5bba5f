"""Numbers as people write them in each language."""

from storage.enums import Language


def decimal(language: Language, number: float) -> str:
    """A number with two decimals: ``0.62``, ``0,62``."""
    return _formatted(language, number, "0.00")


def whole(language: Language, number: int) -> str:
    """A whole number with its thousands apart: ``12,000``, ``12 000``."""
    return _formatted(language, number)


def _formatted(language: Language, number: float, pattern: str | None = None) -> str:
    from babel.numbers import format_decimal

    return str(format_decimal(number, format=pattern, locale=language.value))
