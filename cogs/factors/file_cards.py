"""Cards about factors in files: what an import would do and has done, and what an export holds."""

from collections import Counter

import discord

from bot.domain.factors.draft_views import DraftView
from bot.domain.factors.importing import FactorsImport, Skipped
from bot.domain.tracks.tracks import TrackView
from bot.i18n.words import Words
from bot.ui import theme
from bot.ui.imports import bad_parts, choice_row, file_parts, joined
from bot.ui.layout import Card, attached, line, note, press_id, said
from bot.ui.text import clip, escape

_SHOWN = 5
_LINE_LENGTH = 150
_TRACKS_LENGTH = 700


def import_card(words: Words, view: FactorsImport) -> Card:
    """What a file would do, with a way to let it; or why it cannot."""
    if view.bad:
        head = words("import.bad", n=len({each.line for each in view.bad}))
        return _bad_card(words, view, head)
    skipped = _skipped(words, view)
    beside = [*skipped, *file_parts(words, view.ignored, view.remarks)]
    if not view.new:
        return Card(said(words("import.factors.nothing", n=len(view.skipped))), *beside)
    parts = [
        said(words("import.factors.ready", n=len(view.new))),
        said(_by_track(words, view.new)),
        line(),
        said(_first(words, view.new)),
        said(_remarks(words, view)),
        *beside,
    ]
    press = press_id("importfactors:1", view.upload_id)
    confirm = words("import.factors.confirm")
    return Card(*parts, choice_row(words, confirm, press, view.upload_id or 0))


def changed_card(words: Words, view: FactorsImport) -> Card:
    """What came in between, so that nothing was imported."""
    if view.bad:
        return _bad_card(words, view, words("import.changed"))
    return Card(said(words("import.factors.nothing", n=len(view.skipped))))


def posting_card(words: Words, posted: int, count: int) -> Card:
    """How far the posting of cards has come."""
    return note(words("import.factors.posting", posted=posted, n=count))


def imported_card(words: Words, posted: int, count: int) -> Card:
    """That all is done, or which cards could not be posted."""
    if posted < count:
        text = words("import.factors.unposted", n=count - posted)
        return Card(said(text), accent=theme.TROUBLE)
    return Card(said(words("import.factors.done", n=count)), accent=theme.DONE)


def exported_card(words: Words, count: int, *filenames: str) -> Card:
    """The files, and what is in them."""
    parts = [said(words("export.ready", n=count)), said(words("export.withheld"))]
    if len(filenames) == 1:
        parts.append(said(words("export.zipped")))
    return Card(*parts, *map(attached, filenames))


def _bad_card(words: Words, view: FactorsImport, head: str) -> Card:
    parts = [*bad_parts(words, head, view.bad), *file_parts(words, view.ignored, view.remarks)]
    names = joined(view.tracks)
    if names:
        parts.append(said(words("import.tracks", names=names)))
    return Card(*parts, said(words("import.factors.mend")), accent=theme.TROUBLE)


def _by_track(words: Words, new: tuple[DraftView, ...]) -> str:
    counts = Counter(draft.track for draft in new)
    told = [f"{_track(words, track)}: {number}" for track, number in counts.items()]
    return clip(" · ".join(told), _TRACKS_LENGTH)


def _track(words: Words, track: TrackView | None) -> str:
    return f"{track.emoji} {escape(track.name)}" if track else words("track.all")


def _first(words: Words, new: tuple[DraftView, ...]) -> str:
    lines = [_line(words, draft) for draft in new[:_SHOWN]]
    return "\n".join([*lines, *_more(words, len(new))])


def _line(words: Words, draft: DraftView) -> str:
    kind = f"{theme.KIND[draft.kind]} {words(f'kind.short.{draft.kind}')}"
    return clip(f"{kind} · {escape(draft.title)} · {escape(draft.organisation)}", _LINE_LENGTH)


def _more(words: Words, count: int) -> list[str]:
    return [words("import.factors.more", n=count - _SHOWN)] if count > _SHOWN else []


def _remarks(words: Words, view: FactorsImport) -> str:
    """What else one should know before one presses."""
    told = [words("import.factors.behalf")]
    if view.texts_only:
        told.append(words("import.factors.texts_only"))
    if view.key_areas:
        names = joined(view.key_areas)
        told.append(words("import.factors.areas", n=len(view.key_areas), names=names))
    if view.masked:
        told.append(words("import.factors.masked", n=view.masked))
    return "\n".join(told)


def _skipped(words: Words, view: FactorsImport) -> list[discord.ui.Item[Card]]:
    if not view.skipped:
        return []
    lines = [_skipped_line(words, each) for each in view.skipped[:_SHOWN]]
    head = words("import.factors.skipped", n=len(view.skipped))
    return [said("\n".join([head, *lines, *_more(words, len(view.skipped))]))]


def _skipped_line(words: Words, row: Skipped) -> str:
    title = clip(escape(row.title), _LINE_LENGTH)
    if row.first:
        return words("import.factors.twice", line=row.line, title=title, first=row.first)
    return words("import.factors.there", line=row.line, title=title)
