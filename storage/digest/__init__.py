"""Digests as they were posted, and what they are made from."""

__all__ = ["digests", "events", "people"]
