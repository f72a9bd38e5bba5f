"""What became of what somebody gave."""

__all__ = ["fates"]
