"""Cards about edits: what changed, what it did to the votes, and the versions there were."""

from collections.abc import Sequence
from datetime import datetime

import discord

from bot.domain.factors import wording
from bot.domain.factors.edits import (
    GRACE_DAYS,
    Edited,
    EditQuestion,
    Since,
    Version,
    VersionPage,
)
from bot.domain.factors.views import Voting
from bot.domain.factors.wording import FactorText
from bot.domain.kit import texts
from bot.domain.kit.differences import Piece, TextChange
from bot.i18n.words import Words
from bot.ui import theme
from bot.ui.layout import Card, attached, button, line, press_id, row, said
from bot.ui.text import clip, escape
from bot.ui.turning import turning
from cogs.factors.cards import own_choice
from cogs.factors.detail_cards import ROOM, back
from storage.enums import Choice, FactorStatus

RETURNED = "text.txt"
_TITLE_SHOWN = 140
_CHANGES_SHOWN = 2800  # characters, in the card of one edit
_VERSION_SHOWN = 1050
_LEAST_SHOWN = 60  # of a run of words, so that each says something
_AROUND = 6  # words that stayed are shown beside those that changed
_AROUND_SHOWN = 240  # characters of them, where words are long
_NAMED = 6  # of the words that a correction touches
_NAME_SHOWN = 60
_MARKS = {"added": "**", "removed": "~~"}


def edited_card(words: Words, done: Edited, *, said_small: bool) -> Card:
    """What an edit changed, and what became of the votes."""
    factor, title = done.factor, clip(escape(done.factor.title), _TITLE_SHOWN)
    if not done.changes:
        return Card(said(words("edited.nothing", title=title)), row(back(words, factor.id)))
    if done.undone:
        became = words("edited.undone")
    elif done.small:
        became = words("edited.small")
    elif factor.tally.before_edit:
        became = words("edited.marked", n=factor.tally.before_edit, days=GRACE_DAYS)
    else:
        became = words("edited.unmarked")
    if said_small and not done.small and not done.undone:
        became = f"{words('edited.large')}\n{became}"
    if done.masked:
        became += f"\n{words('hidden')}"
    return Card(
        said(words("edited.head", title=title, number=factor.version)),
        line(),
        said(change_lines(words, done.changes, _CHANGES_SHOWN)),
        line(),
        said(became),
        row(back(words, factor.id)),
        accent=theme.DONE,
    )


def edit_question_card(words: Words, question: EditQuestion) -> Card:
    """What a correction touches, and whether it is one: nothing is saved yet."""
    touched = ", ".join(
        f"*{escape(clip(each, _NAME_SHOWN))}*" for each in question.touched[:_NAMED]
    )
    lines = [words("edit.ask", title=clip(escape(question.title), _TITLE_SHOWN), touched=touched)]
    if question.masked:
        lines.append(words("hidden"))
    answers = [
        button(
            words("edit.ask.small"),
            press_id("editas:1", question.id, 1),
            discord.ButtonStyle.primary,
        )
    ]
    if not question.over:
        answers.append(button(words("edit.ask.meaning"), press_id("editas:1", question.id, 0)))
    return Card(
        said("\n".join(lines)),
        line(),
        said(change_lines(words, question.changes, _CHANGES_SHOWN)),
        row(*answers, back(words, question.factor_id)),
    )


def returned_card(
    words: Words, factor_id: int, why: str, text: FactorText
) -> tuple[Card, str | None]:
    """What somebody typed, given back because it could not be saved, and why.

    Returns:
        the card, and what its file has to hold if there is more than a card can.
    """
    parts = _parts(words, text)
    room = ROOM - len(why) - 200
    whole = "\n\n".join(f"**{label}**\n{escape(value)}" for label, value in parts)
    again = row(button(words("edited.again"), press_id("edit:1", factor_id)))
    if not whole:
        return Card(said(why), again, accent=theme.TROUBLE), None
    head = said(f"{why}\n\n{words('edited.yours')}")
    if len(whole) <= room:
        return Card(head, line(), said(whole), again, accent=theme.TROUBLE), None
    card = Card(
        head,
        line(),
        said(clip(escape(texts.clean(text.how)), room)),
        said(words("edited.file")),
        attached(RETURNED),
        again,
        accent=theme.TROUBLE,
    )
    return card, "\n\n".join(f"{label}\n{value}" for label, value in parts)


def changed_card(words: Words, found: Since, now: datetime) -> Card:
    """What has changed since somebody voted, and whether that vote still is theirs."""
    factor, title = found.factor, clip(escape(found.factor.title), _TITLE_SHOWN)
    if not found.changes:
        return Card(said(words("changed.none", title=title)), row(back(words, factor.id)))
    stale = found.ballot.before_edit
    head = words("changed.head" if stale else "changed.latest", title=title)
    parts: list[discord.ui.Item[Card]] = [
        said(f"{head}\n-# {words('changed.legend')}"),
        line(),
        said(change_lines(words, found.changes, _CHANGES_SHOWN)),
    ]
    if stale and factor.status is FactorStatus.OPEN:
        mine = own_choice(words, found.ballot)
        parts += [line(), said(f"**{mine}** {_counts(words, found, now)}")]
        if factor.voting is Voting.OPEN:
            parts.append(_voting(words, factor.id))
    return Card(*parts, row(back(words, factor.id)))


def versions_card(words: Words, found: VersionPage) -> Card:
    """The versions of a factor, each with what it changed."""
    title = clip(escape(found.title), _TITLE_SHOWN)
    if not found.versions.items:
        return Card(said(words("versions.none", title=title)), row(back(words, found.factor_id)))
    parts: list[discord.ui.Item[Card]] = [
        said(f"{words('versions.head', title=title)}\n-# {words('changed.legend')}")
    ]
    for version in found.versions.items:
        parts += [line(), said(_version(words, version))]
    about = found.factor_id
    turns = turning(
        words, found.versions, lambda to: press_id("versions:1", about, to), back(words, about)
    )
    return Card(*parts, *turns)


def change_lines(words: Words, changes: Sequence[TextChange], room: int) -> str:
    """The words that were added and taken away, part by part, each with those around it."""
    share = room // len(changes)
    return "\n".join(
        f"-# {words(f'edit.part.{change.part}')}\n{_pieces(words, change.pieces, share)}"
        for change in changes
    )


def _pieces(words: Words, pieces: Sequence[Piece], room: int) -> str:
    different = sum(piece.kind != "same" for piece in pieces)
    if not different:
        return words("changed.spacing")
    most = max(room // different, _LEAST_SHOWN)
    shown: list[str] = []
    left = room
    for number, piece in enumerate(pieces):
        if piece.kind == "same":
            text = _around(piece.words, first=number == 0, last=number == len(pieces) - 1)
            text = clip(escape(text), _AROUND_SHOWN)
        else:
            mark = _MARKS[piece.kind]
            text = f"{mark}{clip(escape(piece.words), most)}{mark}"
        if len(text) > left:
            return " ".join([*shown, "…"])
        shown.append(text)
        left -= len(text) + 1
    return " ".join(shown)


def _around(text: str, *, first: bool, last: bool) -> str:
    """Of words that stayed, those beside what changed."""
    words = text.split()
    before, after = (0 if first else _AROUND), (0 if last else _AROUND)
    if len(words) <= before + after + 1:
        return text
    return " ".join([*words[:before], "…", *words[len(words) - after :]])


def _version(words: Words, version: Version) -> str:
    sort = words("versions.small" if version.small else "versions.meaning")
    if version.undone and not version.small:
        sort = words("versions.undone")
    when = f"<t:{int(version.at.timestamp())}:f>"
    head = words("versions.line", number=version.number, when=when, sort=sort)
    return f"{head}\n{change_lines(words, version.changes, _VERSION_SHOWN)}"


def _counts(words: Words, found: Since, now: datetime) -> str:
    """Until when a vote from before the edit counts."""
    if found.counts_until is None:
        return words("changed.objection")
    when = f"<t:{int(found.counts_until.timestamp())}:D>"
    key = "changed.until" if now < found.counts_until else "changed.over"
    return words(key, when=when)


def _voting(words: Words, factor_id: int) -> discord.ui.ActionRow[Card]:
    still = button(
        words("changed.still"), press_id("still:1", factor_id), discord.ButtonStyle.primary
    )
    choices = (
        button(
            words(f"choice.{choice}"),
            press_id("vote:1", factor_id, choice),
            emoji=theme.CHOICE[choice],
        )
        for choice in Choice
    )
    return row(still, *choices)


def _parts(words: Words, text: FactorText) -> list[tuple[str, str]]:
    """The parts of a text that hold something, each with what it is called."""
    cleaned = {part: texts.clean(value) for part, value in wording.columns(text).items()}
    return [(words(f"edit.part.{part}"), value) for part, value in cleaned.items() if value]
