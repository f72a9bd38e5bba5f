"""A programme as a whole: set up, chosen for, looked after; its history, and people's privacy."""

__all__ = ["errors", "history", "privacy", "programmes", "servers", "settings", "status"]
