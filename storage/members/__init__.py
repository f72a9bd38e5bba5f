"""Participants: who is with which organisation, and how they are reached."""

__all__ = ["participants", "sight", "spent"]
