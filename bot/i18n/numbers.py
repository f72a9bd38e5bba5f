"""Numbers as people write them in each language."""

from storage.enums import Language


def decimal(language: Language, number: float) -> str:
    """A number with two decimals: ``0.62``, ``0,62``."""
    from babel.numbers import format_decimal

    return str(format_decimal(number, format="0.00", locale=language.value))
