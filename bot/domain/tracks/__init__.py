"""Lines of work: what they are called, and which places in Discord each has."""

__all__ = ["errors", "fields", "places", "tracks"]
