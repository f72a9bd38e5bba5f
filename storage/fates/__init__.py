"""What happened to what somebody gave."""

__all__ = ["events"]
