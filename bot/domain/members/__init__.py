"""Who is with which organisation, and how each is reached.

It answers alone; ``membership`` changes it.
"""

__all__ = ["directory", "directs", "errors", "participants", "reach", "roles", "seen_tracks"]
