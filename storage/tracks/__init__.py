"""The table of tracks."""

__all__ = ["tracks"]
