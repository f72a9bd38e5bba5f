"""What people see: commands, cards and forms, a package a feature."""

from typing import Final

COGS: Final = (
    "tracks", "talk", "organisations", "members", "meetings", "factors", "membership", "fates",
    "needs", "digest", "home", "programme", "help",
)  # fmt: skip
"""The packages that are loaded as extensions, from the lowest floor up."""
