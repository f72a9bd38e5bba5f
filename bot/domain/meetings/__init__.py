"""Meetings: planned, changed, answered and reminded of; their minutes and calendar files."""

__all__ = [
    "answers",
    "calendar_files",
    "calendars",
    "cancelling",
    "changes",
    "drafts",
    "errors",
    "feasts",
    "meetings",
    "minutes",
    "own_reminders",
    "plans",
    "reminders",
    "seen",
    "shelf",
    "views",
]
