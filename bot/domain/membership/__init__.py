"""Whatever changes who takes part: joining, leaving, requests, organisations and tracks."""

__all__ = [
    "answering",
    "archiving",
    "errors",
    "importing",
    "joining",
    "organisation_changes",
    "presence",
    "track_changes",
]
