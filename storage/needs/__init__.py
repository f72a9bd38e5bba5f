"""Who takes a weekly list."""

__all__ = ["weekly_lists"]
