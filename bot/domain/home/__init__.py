"""What the home card tells of today."""

__all__ = ["home"]
