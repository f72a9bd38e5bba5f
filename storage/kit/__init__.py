"""What all tables point at, programmes; when two names are one; what files held until confirmed."""

__all__ = ["identity", "programmes", "uploads"]
