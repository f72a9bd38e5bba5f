"""Meetings, each of their times, and what people answered."""

__all__ = ["answers", "lists", "meetings"]
