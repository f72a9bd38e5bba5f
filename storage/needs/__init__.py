"""Who takes a weekly list, and what rests for whom."""

__all__ = ["rests", "weekly_lists"]
