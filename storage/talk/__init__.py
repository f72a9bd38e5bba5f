"""Numbers of messages, by channel and day."""

__all__ = ["talk"]
