"""Participants: who is with which organisation, and how they are reached."""

__all__ = ["erasing", "participants", "sight", "spent"]
