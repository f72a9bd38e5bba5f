"""What people write, made fit to keep: readable, bounded, and about nobody's identity number."""

import re
import unicodedata
from datetime import date

TITLE_LIMIT = 100
HOW_LIMIT = 1800
REASON_LIMIT = 500
NAME_LIMIT = 80

# Zero-width joiners stay: emoji are built with them.
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200c\u200e\u200f"
    "\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\U000e0000-\U000e007f]"
)
_IDENTITY_NUMBER = re.compile(r"(?<!\d)(?:19|20)?(\d{2})(\d{2})(\d{2})[-+ ]?(\d{4})(?!\d)")
_COORDINATION_OFFSET = 60
_MASK = "••••••-••••"


def clean(text: str) -> str:
    """A text of several lines without what cannot be seen, and with at most one empty line."""
    lines = [_visible(line) for line in text.replace("\r\n", "\n").split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def clean_line(text: str) -> str:
    """A text of one line without what cannot be seen."""
    return " ".join(_visible(text.replace("\n", " ")).split())


def mask_identity_numbers(text: str) -> tuple[str, bool]:
    """The text with Swedish personal identity numbers hidden, and whether there were any.

    A number counts when its date exists (coordination numbers too: day + 60) and its check digit
    is right (the Luhn sum over ten digits, SKV 704).
    """
    found = False

    def hide(match: re.Match[str]) -> str:
        nonlocal found
        if not _is_identity_number(*match.groups()):
            return match.group()
        found = True
        return _MASK

    return _IDENTITY_NUMBER.sub(hide, text), found


def _visible(line: str) -> str:
    line = _INVISIBLE.sub("", unicodedata.normalize("NFC", line))
    kept = (c for c in line if c == "\t" or unicodedata.category(c) not in {"Cc", "Cs", "Co", "Cn"})
    return "".join(kept).replace("\t", " ").rstrip()


def _is_identity_number(year: str, month: str, day: str, last: str) -> bool:
    number = int(day)
    if number > _COORDINATION_OFFSET:
        number -= _COORDINATION_OFFSET
    try:
        date(2000 + int(year), int(month), number)
    except ValueError:
        return False
    total = 0
    for place, digit in enumerate(year + month + day + last):
        doubled = int(digit) * (2 if place % 2 == 0 else 1)
        total += doubled // 10 + doubled % 10
    return total % 10 == 0
