"""The weekly digest: what it tells each channel, and when; kept as it was posted."""

__all__ = ["digests", "settings", "views", "weeks"]
