"""What waits for one person: one thing at a time when they ask, and in a list once a week."""

__all__ = ["needs", "walk", "weekly_lists"]
