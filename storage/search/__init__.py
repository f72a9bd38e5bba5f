"""An index of texts that knows words, and not whose they are."""

__all__ = ["likeness", "matching", "stems", "terms", "vocabulary"]
