"""What reaches over all tables: whose each row is, and what they hold about a person."""

__all__ = ["moving", "overview", "ownership", "privacy"]
