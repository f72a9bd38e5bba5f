"""What all tables point at, programmes; and what files held while they wait to be confirmed."""

__all__ = ["programmes", "uploads"]
