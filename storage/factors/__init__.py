"""Factors, votes, experiences, drafts and key areas; what lists, counts and finds them."""

__all__ = [
    "casting",
    "changes",
    "drafts",
    "experiences",
    "factors",
    "finding",
    "frozen",
    "heads",
    "keyareas",
    "lists",
    "tallies",
    "votes",
]
