"""How much is said where, as numbers; never what is said, or by whom."""

__all__ = ["messages"]
