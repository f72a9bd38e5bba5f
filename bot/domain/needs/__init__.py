"""What waits for one person, when they ask and once a week."""

__all__ = ["needs", "weekly_lists"]
