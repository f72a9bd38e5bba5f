"""Cards about all there is to read of a factor: pure functions of a view and the words for it."""

from collections.abc import Mapping, Sequence
from itertools import chain

import discord

from bot.domain.factors import wording
from bot.domain.factors.details import Experiences, FactorDetails, Objections
from bot.domain.factors.experiences import ExperienceView
from bot.domain.factors.views import FactorView, Reference, Voting
from bot.domain.factors.votes import Ballot, Objection
from bot.domain.factors.wording import SideTexts
from bot.domain.kit.links import channel_url
from bot.domain.kit.pages import Page
from bot.i18n.words import Words
from bot.ui import theme
from bot.ui.layout import Card, beside, button, line, press_id, row, said
from bot.ui.text import clip, escape, linked
from bot.ui.turning import turning
from cogs.factors.cards import (
    STILL_TOLD_OF,
    from_meeting,
    own_vote,
    own_vote_buttons,
    proposed_by,
    title_of,
    where,
)
from cogs.factors.deciding_cards import managing_buttons
from storage.enums import FactorStatus

ROOM = 3900  # of the 4 000 characters that a message may hold
_REST_SHOWN = {"context": 700, "evidence": 400}
_MERGED_SHOWN = 3
_TITLE_SHOWN = 100
_NAME_SHOWN = 100
_MOST_ON_A_PAGE = 8


def details_card(words: Words, found: FactorDetails) -> Card:
    """Everything about a factor that fits, and buttons to the rest of it."""
    factor = found.factor
    head = f"### {theme.KIND[factor.kind]} {escape(factor.title)}\n-# {where(words, factor)}"
    about = "\n".join(f"-# {each}" for each in _about(words, factor))
    mine = _mine(words, found.ballot)
    texts, whole = _sections(words, factor, ROOM - len(head) - len(about) - len(mine))
    parts: list[discord.ui.Item[Card]] = [said(text) for text in (head, *texts, about)]
    if mine:
        parts += [line(), said(mine)]
    return Card(*parts, line(), *_rows(words, found, whole), accent=theme.STATUS[factor.status])


def text_card(words: Words, factor: FactorView, page: int) -> Card:
    """A text that is too long to stand beside anything else: HOW, then the rest."""
    head = f"### {clip(escape(factor.title), _TITLE_SHOWN)}"
    pages = [[_how(words, factor)], _rest(words, factor)]
    shown = Page.of([texts for texts in pages if texts], page, 1)
    parts = [said(head), *(said(text) for texts in shown.items for text in texts)]
    turns = turning(
        words, shown, lambda to: press_id("text:1", factor.id, to), back(words, factor.id)
    )
    return Card(*parts, *turns)


def objections_card(words: Words, found: Objections, page: int) -> Card:
    """Why participants object, in full."""
    factor, title = found.factor, clip(escape(found.factor.title), _TITLE_SHOWN)
    if not found.objections:
        over = factor.status is not FactorStatus.OPEN
        key = "objections.none.over" if over else "objections.none"
        return Card(said(words(key, title=title)), row(back(words, factor.id)))
    head = words("objections.head", n=len(found.objections), title=title)
    shown = Page.of(packed([_objection(words, each) for each in found.objections]), page, 1)
    parts = [said(head), line(), *(said(text) for texts in shown.items for _, text in texts)]
    turns = turning(
        words, shown, lambda to: press_id("objections:1", factor.id, to), back(words, factor.id)
    )
    return Card(*parts, *turns)


def experiences_card(words: Words, found: Experiences, page: int) -> Card:
    """What organisations tell, in full; the contact person confirms it here."""
    factor, title = found.factor, clip(escape(found.factor.title), _TITLE_SHOWN)
    tell = []
    if factor.status in STILL_TOLD_OF:
        press = press_id("experience:1", factor.id)
        tell = [button(words("factor.experience"), press, emoji="🧭")]
    if not found.experiences:
        key = "experiences.none" if tell else "experiences.none.over"
        return Card(said(words(key, title=title)), row(*tell, back(words, factor.id)))
    head = words("experiences.head", n=len(found.experiences), title=title)
    shown = Page.of(packed([_experience(words, each) for each in found.experiences]), page, 1)
    parts: list[discord.ui.Item[Card]] = [said(head), line()]
    for number, text in chain.from_iterable(shown.items):
        told = found.experiences[number]
        confirm = button(words("needs.confirm"), press_id("confirm:1", told.id))
        parts.append(beside(text, confirm) if told.id in found.waiting else said(text))

    def turn(to: int) -> str:
        return press_id("experiences:1", factor.id, to)

    return Card(*parts, *turning(words, shown, turn, *tell, back(words, factor.id)))


def packed(texts: Sequence[str], room: int = ROOM - 500) -> list[list[tuple[int, str]]]:
    """Texts with their numbers, in pages that a message can hold."""
    pages: list[list[tuple[int, str]]] = [[]]
    left = room
    for number, text in enumerate(texts):
        if pages[-1] and (len(text) > left or len(pages[-1]) == _MOST_ON_A_PAGE):
            pages.append([])
            left = room
        pages[-1].append((number, text))
        left -= len(text)
    return pages


def back(words: Words, factor_id: int) -> discord.ui.Button[Card]:
    """The button that leads back to everything about a factor."""
    return button(words("more.back"), press_id("back:1", factor_id))


def _rows(words: Words, found: FactorDetails, whole: bool) -> list[discord.ui.ActionRow[Card]]:
    factor = found.factor
    reading = [
        button(words("more.why"), press_id("why:1", factor.id)),
        button(
            words("more.objections", n=found.objections), press_id("objections:1", factor.id, 0)
        ),
        button(
            words("more.experiences", n=found.experiences), press_id("experiences:1", factor.id, 0)
        ),
    ]
    if factor.version > 1:
        earlier = words("more.versions", n=factor.version)
        reading.append(button(earlier, press_id("versions:1", factor.id, 0)))
    if not whole:
        reading.append(button(words("more.text"), press_id("text:1", factor.id, 0)))
    doing = []
    if found.ballot and found.ballot.before_edit and factor.status is FactorStatus.OPEN:
        changed = words("more.changed")
        press = press_id("changed:1", factor.id)
        doing.append(button(changed, press, discord.ButtonStyle.primary))
    if found.ballot and found.ballot.choice and _takes_votes(factor):
        doing += own_vote_buttons(words, factor.id, found.ballot)
    if found.rights.edits and factor.status is FactorStatus.OPEN:
        doing.append(button(words("more.edit"), press_id("edit:1", factor.id)))
    managing = managing_buttons(words, factor, found.rights)
    return [row(*buttons) for buttons in (reading, doing, managing) if buttons]


def _takes_votes(factor: FactorView) -> bool:
    return factor.status is FactorStatus.OPEN and factor.voting is Voting.OPEN


def _sections(words: Words, factor: FactorView, room: int) -> tuple[list[str], bool]:
    """The factor's texts, and whether they are whole; each is cut if together they are too long."""
    texts = [_how(words, factor), *_rest(words, factor)]
    if sum(map(len, texts)) <= room:
        return texts, True
    rest = _rest(words, factor, _REST_SHOWN)
    return [clip(texts[0], room - sum(map(len, rest))), *rest], False


def _how(words: Words, factor: FactorView) -> str:
    return f"**{words(f'how.{factor.kind}')}**\n{escape(factor.how)}"


def _rest(words: Words, factor: FactorView, limits: Mapping[str, int] | None = None) -> list[str]:
    """The texts beside HOW, those that there are."""
    texts = wording.columns(factor, SideTexts)
    found = {part: escape(text) for part, text in texts.items()}
    return [
        f"**{words(f'edit.part.{part}')}**\n{clip(text, limits[part]) if limits else text}"
        for part, text in found.items()
        if text
    ]


def _about(words: Words, factor: FactorView) -> list[str]:
    """Where a factor comes from, and where else something is said about it."""
    links = [words("more.card", url=factor.url)] if factor.url else []
    if factor.thread_id:
        url = channel_url(factor.programme_id, factor.thread_id)
        links.append(words("more.thread", url=url))
    if factor.source_url:
        links.append(words("more.from", url=factor.source_url))
    lines = [proposed_by(words, factor), " · ".join(links)]
    if factor.meeting:
        lines.append(from_meeting(words, factor.meeting))
    if factor.merged_here:
        lines.append(words("more.merged", titles=_merged(words, factor)))
    return [each for each in lines if each]


def _merged(words: Words, factor: FactorView) -> str:
    titles = [
        _linked(words, factor.programme_id, each) for each in factor.merged_here[:_MERGED_SHOWN]
    ]
    left = len(factor.merged_here) - len(titles)
    return ", ".join(titles) + (f" {words('more.merged.left', n=left)}" if left else "")


def _linked(words: Words, programme_id: int, other: Reference) -> str:
    """Another factor's title, leading to its card, or to its discussion where the card is gone."""
    title = title_of(words, other, _TITLE_SHOWN)
    thread = channel_url(programme_id, other.thread_id) if other.thread_id else None
    return linked(title, other.url or thread)


def _mine(words: Words, ballot: Ballot | None) -> str:
    """One's own vote in words; nothing for whoever takes part in nothing."""
    return "" if ballot is None else own_vote(words, ballot)


def _objection(words: Words, each: Objection) -> str:
    head = f"✋ **{clip(escape(each.organisation), _NAME_SHOWN)}**"
    if each.before_edit:
        head += f" · {words('objections.before')}"
    return f"{head}\n{escape(_flat(each.reason))}"


def _experience(words: Words, told: ExperienceView) -> str:
    stance = words(f"experience.says.{told.kind}.{told.stance}")
    lines = [f"🧭 **{clip(escape(told.organisation), _NAME_SHOWN)}**: {stance}"]
    if told.how:
        lines.append(escape(_flat(told.how)))
    standing = "experiences.confirmed" if told.confirmed else "experiences.unconfirmed"
    notes = [words("experiences.behalf" if told.on_behalf else standing)]
    if told.member_id:
        notes.append(words("experiences.by", who=f"<@{told.member_id}>"))
    return "\n".join([*lines, f"-# {' · '.join(notes)}"])


def _flat(text: str) -> str:
    return text.replace("\n", " ")
