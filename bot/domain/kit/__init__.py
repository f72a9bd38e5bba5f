"""What several features need and none owns: who asks, what goes wrong, texts, names, files."""

__all__ = [
    "csvfiles",
    "differences",
    "emoji",
    "errors",
    "headings",
    "links",
    "names",
    "pages",
    "people",
    "seen",
    "texts",
    "uploads",
    "zones",
]
