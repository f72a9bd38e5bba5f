"""What forms of several features are filled in with."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ReasonSaid:
    """Why somebody does what they are about to do."""

    reason: str
