"""What people write, made fit to keep: readable, bounded, and about nobody's identity number."""

import re
import unicodedata
from datetime import date
from typing import Final

TITLE_LIMIT = 100
HOW_LIMIT = 1800
CONTEXT_LIMIT = 800
EVIDENCE_LIMIT = 400
REASON_LIMIT = 500
NAME_LIMIT = 80

# Zero-width joiners stay: emoji are built with them.
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200c\u200e\u200f"
    "\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\U000e0000-\U000e007f]"
)
# Where Unicode has letters in other dress, bold, italic or wide, and marks that go over a letter.
_DRESSED = ((0x2100, 0x2150), (0xFB20, 0xFB29), (0xFF10, 0xFF5B), (0x1D400, 0x1D800))
_MARKS = (
    (0x300, 0x3100), (0xA600, 0xAC00), (0xFB1E, 0xFB1F), (0xFE00, 0xFE30), (0x10A00, 0x11D00),
    (0x1D165, 0x1D245), (0x1E000, 0x1E950), (0xE0100, 0xE01F0),
)  # fmt: skip
_INFORMATION = 0x2139  # an emoji
_STACK = {"Mn", "Me"}
_MARKS_KEPT = 4  # as many as any language puts on one letter
_BREAK = re.compile("\r\n|[\n\r\v\f\x85\u2028\u2029]")
_BRAILLE_BLANK = "\u2800"
# Phones make dashes of hyphens, and people put blanks of every width, dots and strokes between.
_APART = r"(?:[^\S\n]|[-+._/*\u00b7\u2022\u2010-\u2015\u2212]){0,3}"
_TEN = _APART.join([r"(\d\d)"] * 5) + r"(?!\d)"
_TWELVE = rf"(?:19|20){_APART}{_TEN}"
_MAY_BEGIN = re.compile(r"(?<!\d)\d")
# "2026-12-03 13.00" is a time: the last four digits of a number stand together.
_MOMENT = re.compile(r"\d{2,4}-\d\d-\d\d[^\S\n]+(?:[01]\d|2[0-3])\.[0-5]\d")
_IDENTITY_NUMBERS = re.compile(_TWELVE), re.compile(_TEN)
_COORDINATION_OFFSET = 60
_MASK = "••••••-••••"


def _undressed(code: int) -> str:
    """The letter or digit that a character is in another dress; the character where it is none."""
    own = chr(code)
    plain = unicodedata.normalize("NFKC", own)
    dressed = unicodedata.decomposition(own).startswith(("<font>", "<wide>"))
    return plain if dressed and len(plain) == 1 and plain.isalnum() else own


def _marks() -> str:
    spans = (range(*span) for span in _MARKS)
    return "".join(chr(c) for span in spans for c in span if unicodedata.category(chr(c)) in _STACK)


PLAIN_LETTERS: Final = {
    code: _undressed(code)
    for span in _DRESSED
    for code in range(*span)
    if code != _INFORMATION and _undressed(code) != chr(code)
}
"""Letters and digits that look bold, italic or wide, and what they are (for ``str.translate``)."""
_MARK = f"[{re.escape(_marks())}]"
_TOO_HIGH = re.compile(f"((?:{_MARK}\u200d*){{{_MARKS_KEPT}}})(?:\u200d*{_MARK})+")
_MAY_HAVE_MARKS = re.compile(
    "[\u0300-\u1fff\u20d0-\u20ff\u2ce0-\u2dff\u3020-\u30a0\ua600-\uac00\ufb1e\ufe00-\ufe2f"
    "\U00010a00-\U0001efff\U000e0100-\U000e01ef]"
)
_WITHOUT_LETTER = re.compile(f"^(?:\\s|{_MARK}|\u200d)*(?:{_MARK}|\u200d)")


def clean(text: str) -> str:
    """A text of several lines without what cannot be seen, and with at most one empty line.

    Empty where nothing in it can be read.
    """
    lines = [_visible(line) for line in _BREAK.split(text)]
    return _readable(re.sub(r"\n{3,}", "\n\n", "\n".join(lines)))


def clean_line(text: str) -> str:
    """A text of one line without what cannot be seen; empty where nothing in it can be read."""
    return _readable(" ".join(_visible(_BREAK.sub(" ", text)).split()))


def level(text: str) -> str:
    """The text with no more marks on one letter than a language has, so that none leave the line.

    Vietnamese, Hebrew, Arabic, Devanagari and Thai keep all of theirs.
    """
    # Most texts have none, and cards are drawn often.
    return _TOO_HIGH.sub(r"\1", text) if _MAY_HAVE_MARKS.search(text) else text


def mask_identity_numbers(text: str) -> tuple[str, bool]:
    """The text with Swedish personal identity numbers hidden, and whether there were any.

    A number counts when its date exists (coordination numbers too: day + 60) and its check digit
    is right (the Luhn sum over ten digits, SKV 704).
    """
    parts, end = [], 0
    for begin in _MAY_BEGIN.finditer(text):
        for shape in _IDENTITY_NUMBERS:
            number = shape.match(text, begin.start())
            if (
                number
                and begin.start() >= end
                and not _MOMENT.fullmatch(number[0])
                and _is_identity_number(*number.groups())
            ):
                parts += [text[end : number.start()], _MASK]
                end = number.end()
    return "".join(parts) + text[end:], bool(parts)


def kept(text: str, limit: int) -> str:
    """A text of several lines as it is kept: clean, without identity numbers, not too long."""
    return mask_identity_numbers(clean(text))[0][:limit]


def kept_line(text: str, limit: int) -> str:
    """A text of one line as it is kept."""
    return mask_identity_numbers(clean_line(text))[0][:limit]


def _visible(line: str) -> str:
    line = _INVISIBLE.sub("", line)
    kept = (c for c in line if c == "\t" or unicodedata.category(c) not in {"Cc", "Cs", "Co", "Cn"})
    plain = "".join(kept).replace("\t", " ").translate(PLAIN_LETTERS)
    return level(_WITHOUT_LETTER.sub("", unicodedata.normalize("NFC", plain))).rstrip()


def _readable(text: str) -> str:
    """The text, unless it consists of joiners, marks and blanks alone."""
    seen = any(unicodedata.category(c)[0] in "LNPS" and c != _BRAILLE_BLANK for c in text)
    return text.strip() if seen else ""


def _is_identity_number(year: str, month: str, day: str, *last: str) -> bool:
    number = int(day)
    if number > _COORDINATION_OFFSET:
        number -= _COORDINATION_OFFSET
    try:
        date(2000 + int(year), int(month), number)
    except ValueError:
        return False
    total = 0
    for place, digit in enumerate(year + month + day + "".join(last)):
        doubled = int(digit) * (2 if place % 2 == 0 else 1)
        total += doubled // 10 + doubled % 10
    return total % 10 == 0
