"""The home card."""
