"""Factors, votes, experiences, drafts and key areas; what lists, counts and finds them."""

__all__ = [
    "drafts",
    "experiences",
    "factors",
    "finding",
    "frozen",
    "keyareas",
    "lists",
    "tallies",
    "votes",
]
