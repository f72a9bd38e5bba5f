"""The week as a mail: a page of HTML that any mail program shows, and plain text beside it.

Everything that mail programs throw away is left out: scripts, style sheets, pictures. The looks
stand in ``mail.html``, part by part; the bars are cells of a table, with the figures beside them.
"""

import re
import textwrap
from functools import cache
from importlib import resources
from itertools import chain

from bot.domain.digest.views import DigestView, TookPart
from bot.i18n.words import Words
from cogs.digest.letter import Chapter, Letter, LetterEntry, written

_COLUMNS = 72
_STRONG, _PALE, _PAPER = "#3a6ea5", "#b9cbdc", "#fafaf7"
_BOLD, _PLAIN = 700, 400


def mail(words: Words, view: DigestView, programme: str) -> tuple[str, str]:
    """A week's edition for those without Discord.

    Args:
        words: how to speak to everyone in the programme; their language is the mail's.
        view: what it tells. Times are said in its zone.
        programme: its name, for readers outside of it.

    Returns:
        the page in HTML, and the same in plain text.
    """
    letter = written(words, view, programme)
    return _page(words, letter, view.edition.people), _plain(letter)


# --- HTML


def _page(words: Words, letter: Letter, people: TookPart) -> str:
    parts = [_filled("opening", text=_text(each)) for each in letter.opening]
    parts += [_chapter(each) for each in letter.chapters]
    if letter.people:
        parts.append(_people(letter, people))
    return _filled(
        "page",
        lang=words.language.value,
        title=_text(letter.title),
        about=_text(letter.about),
        parts="\n".join(parts),
        closing="<br>".join(map(_text, letter.closing)),
    )


def _chapter(chapter: Chapter) -> str:
    inside = [_entry(each) for each in chapter.entries]
    inside += [_filled("rest", text=_text(each)) for each in chapter.rest]
    return _filled("chapter", heading=_text(chapter.heading), inside="\n".join(inside))


def _entry(entry: LetterEntry) -> str:
    said = {"about": entry.about, "text": entry.text}
    inside = [_filled(part, text=_text(text)) for part, text in said.items() if text.strip()]
    return _filled("entry", what=_text(entry.what), inside="\n".join(inside))


def _people(letter: Letter, people: TookPart) -> str:
    inside = [_share(people)]
    if letter.votes:
        most = max(votes for _, votes in letter.votes)
        *before, last = letter.votes
        bars = [_bar(*each, most, _PALE, _PLAIN) for each in before]
        bars.append(_bar(*last, most, _STRONG, _BOLD))
        inside.append(_filled("bars", heading=_text(letter.voted), inside="\n".join(bars)))
    return _filled("chapter", heading=_text(letter.people), inside="\n".join(inside))


def _share(people: TookPart) -> str:
    """How many of all took part, as the share of a bar."""
    percent = min(100, round(100 * people.took_part / max(1, people.organisations)))
    parts = ((percent, _STRONG), (100 - percent, _PAPER))
    cells = (_filled("part", percent=size, colour=colour) for size, colour in parts if size)
    return _filled("share", inside="".join(cells))


def _bar(week: str, votes: int, most: int, colour: str, weight: int) -> str:
    percent = max(1, round(100 * votes / max(1, most)))
    shown = {"colour": colour if votes else _PAPER, "weight": weight, "percent": percent}
    return _filled("bar", week=_text(week), votes=votes, **shown)


def _text(text: str) -> str:
    """What somebody wrote, as text of the page; it keeps its lines."""
    from html import escape

    return "<br>".join(escape(each) for each in text.split("\n"))


def _filled(part: str, **values: object) -> str:
    return _parts()[part].format(**values)


@cache
def _parts() -> dict[str, str]:
    """The parts of ``mail.html`` by name."""
    whole = (resources.files("cogs.digest") / "mail.html").read_text("utf-8")
    _, *found = re.split(r"^<!-- (\w+) -->\n", whole, flags=re.MULTILINE)
    return dict(zip(found[::2], map(str.strip, found[1::2]), strict=True))


# --- plain text


def _plain(letter: Letter) -> str:
    paragraphs = [f"{_wrapped(letter.title)}\n{_wrapped(letter.about)}"]
    paragraphs += map(_wrapped, letter.opening)
    for chapter in letter.chapters:
        paragraphs.append(_headed(chapter.heading))
        paragraphs += map(_plain_entry, chapter.entries)
        paragraphs += map(_wrapped, chapter.rest)
    if letter.people:
        paragraphs.append(_headed(letter.people))
    if letter.votes:
        paragraphs.append("\n".join([f"{letter.voted}:", *_plain_votes(letter.votes)]))
    paragraphs += ["-" * 8, *map(_wrapped, letter.closing)]
    return "\n\n".join(paragraphs) + "\n"


def _headed(heading: str) -> str:
    text = _wrapped(heading)
    return f"{text}\n{'=' * min(_COLUMNS, max(map(len, text.splitlines())))}"


def _plain_entry(entry: LetterEntry) -> str:
    said = filter(str.strip, (entry.about, entry.text))
    what = " ".join(entry.what.split())
    return "\n".join([_wrapped(what, "* ", "  "), *(_wrapped(each, "  ") for each in said)])


def _plain_votes(votes: tuple[tuple[str, int], ...]) -> list[str]:
    longest = max(len(week) for week, _ in votes)
    figures = max(len(str(number)) for _, number in votes)
    most = max(number for _, number in votes)
    return [
        f"{week:<{longest}}  {number:>{figures}}  {'#' * round(40 * number / most)}".rstrip()
        for week, number in votes
    ]


def _wrapped(text: str, first: str = "", after: str | None = None) -> str:
    """Lines of at most 72 characters; a longer word, an address say, stays whole."""
    wrap = textwrap.TextWrapper(
        _COLUMNS,
        initial_indent=first,
        subsequent_indent=first if after is None else after,
        break_long_words=False,
        break_on_hyphens=False,
    )
    return "\n".join(chain.from_iterable(wrap.wrap(each) for each in text.split("\n")))
