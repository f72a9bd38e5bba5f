"""Cards about the programme itself: setting it up, how it is, what happened to it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import discord
from discord.utils import format_dt

from bot.delivery.notices import again_button, posts_text
from bot.domain.digest.settings import Outline
from bot.domain.kit.people import COORDINATORS_ROLE
from bot.domain.posts.ledger import Overview
from bot.domain.programme.status import StatusView
from bot.domain.tracks.places import COORDINATORS, FORUM, START
from bot.i18n.words import Words
from bot.ui import theme
from bot.ui.layout import Card, button, line, press_id, row, said
from bot.ui.text import clip, escape
from cogs.kit.builder import BuildOutcome
from cogs.kit.cards import DONE, LOST, fitted, place, standing_lines, trouble_text, troubles_text
from cogs.kit.health import Trouble, TroubleKind
from cogs.programme.history import history_button
from storage.enums import Preset

_NEXT_POSTS, _TROUBLED_POSTS, _POSTS_ROOM = 10, 8, 2000


@dataclass(frozen=True)
class Report:
    """How a programme is: what it holds, what is wrong, and whether its home card stands."""

    status: StatusView
    troubles: Sequence[Trouble]
    home: bool
    posts: Overview
    digest: Outline

    @property
    def stands(self) -> bool:
        """Whether there is nothing to repair."""
        return not self.troubles and self.home and not self.status.cardless

    @property
    def well(self) -> bool:
        """Whether everything stands, and every post that was due is out."""
        return self.stands and not self.posts.waiting and not self.posts.failed


def finished_card(words: Words, outcome: BuildOutcome) -> Card:
    """What stands now, what was made just now, what still needs a person, and what to do next."""
    made, programme = len(outcome.made), outcome.programme
    head = words("setup.done", n=made) if made else words("setup.nothing_missing")
    forum = programme.discord_id(FORUM)
    coordinators = programme.discord_id(COORDINATORS)
    start = f"<#{programme.discord_id(START)}>"
    after = words("setup.next", start=start, forum=f"<#{forum}>", coordinators=f"<#{coordinators}>")
    parts = [said(head), line(), said(standing_lines(programme.slots))]
    if outcome.troubles:
        parts += [line(), said(troubles_text(words, outcome.troubles))]
    accent = theme.TROUBLE if outcome.troubles else theme.DONE
    return Card(*parts, line(), said(after), accent=accent)


def stranger_card(words: Words, url: str, preset: Preset, language: str, timezone: str) -> Card:
    """Before anything is made: there are cards of leda's (one at ``url``) that it does not know."""
    again = press_id("setupanyway:1", preset, language, timezone)
    return Card(
        said(words("setup.stranger", url=url)),
        row(button(words("setup.anyway"), again)),
        accent=theme.TROUBLE,
    )


def status_card(words: Words, report: Report) -> Card:
    """How the programme is, for coordinators: what stands, what is wrong, what to do."""
    parts: list[discord.ui.Item[Any]] = [
        said(words("status.well" if report.well else "status.unwell"))
    ]
    for tell in _STATUS:
        if text := tell(words, report):
            parts += [line(), said(text)]
    programme_id = report.status.programme.id
    buttons = [_repair(words, programme_id, quiet=report.stands), history_button(words)]
    if report.posts.failed:
        buttons.append(again_button(words, programme_id))
    return Card(*parts, row(*buttons), accent=theme.DONE if report.well else theme.TROUBLE)


def _standing(words: Words, report: Report) -> str:
    """What stands in the server as it should."""
    wrong = {trouble.slot.key for trouble in report.troubles if trouble.slot}
    fine = [slot for slot in report.status.programme.slots if slot.key not in wrong]
    return standing_lines(fine) or words("status.nothing_stands")


def _wrong(words: Words, report: Report) -> str:
    lines = [trouble_text(words, trouble) for trouble in report.troubles]
    if not report.home:
        lines.append(f"{LOST} {words('trouble.home')}")
    if report.status.cardless:
        lines.append(f"{LOST} {words('trouble.cardless', n=report.status.cardless)}")
    return fitted(words, lines) if lines else ""


def _numbers(words: Words, report: Report) -> str:
    status = report.status
    lines = [
        words("status.organisations", n=status.organisations),
        words("status.participants", n=status.participants),
    ]
    if status.empty:
        lines.append(words("status.empty", n=status.empty))
    return "\n".join(lines)


def _digests(words: Words, report: Report) -> str:
    """What became of the last weekly digest, and when the next one comes."""
    digest = report.digest
    due = {"when": format_dt(digest.next_at, "F"), "relative": format_dt(digest.next_at, "R")}
    lines = [words("digest.settings.next", week=digest.next_week.number, **due)]
    if digest.last_week and digest.last_state and digest.last_at:
        when, week = format_dt(digest.last_at, "f"), digest.last_week.number
        lines.insert(0, words(f"digest.last.{digest.last_state}", week=week, when=when))
    return "\n".join([words("digest.settings.head"), *lines])


def _posts(words: Words, report: Report) -> str:
    """What goes out next, and what of late did not go as it should."""
    posts = report.posts
    coming = posts_text(words, posts.upcoming, _NEXT_POSTS) or words("delivery.next.none")
    lines = [words("delivery.next"), coming]
    if posts.waiting:
        lines.insert(0, words("delivery.waiting", n=posts.waiting))
    if posts.troubles:
        lines += ["", words("delivery.amiss"), posts_text(words, posts.troubles, _TROUBLED_POSTS)]
    return clip("\n".join(lines), _POSTS_ROOM)


_STATUS = (_standing, _wrong, _numbers, _digests, _posts)
"""What a programme's status tells, in the order in which it stands."""


def drift_card(programme_id: int, news: Sequence[Trouble], words: Words) -> Card:
    """For coordinators: something was deleted or closed by hand, or is new, and can be repaired."""
    new = all(trouble.kind is TroubleKind.NEW for trouble in news)
    return Card(
        said(words("drift.new") if new else words("drift.head", n=len(news))),
        said(troubles_text(words, news)),
        *([] if new else [said(words("drift.repair"))]),
        row(_repair(words, programme_id)),
        accent=theme.TROUBLE,
    )


def repairing_card(words: Words, who: int) -> Card:
    """Somebody (a Discord id) has pressed **Repair**."""
    return Card(said(words("repair.working", who=f"<@{who}>")))


def repaired_card(words: Words, outcome: BuildOutcome) -> Card:
    """What a repair has done, and what it could not do."""
    done = _repaired(words, outcome)
    head = words("repair.done" if done else "repair.nothing")
    if outcome.troubles and not done:
        head = words("repair.not_done")
    parts = [said(fitted(words, [head, *done]))]
    if outcome.troubles:
        parts.append(said(troubles_text(words, outcome.troubles)))
    elif outcome.refusal is None:
        return Card(*parts, accent=theme.DONE)
    return Card(*parts, row(_repair(words, outcome.programme.id)), accent=theme.TROUBLE)


def _repaired(words: Words, outcome: BuildOutcome) -> list[str]:
    """What a repair has done, one line each."""
    lines = [f"{DONE} {words('repair.made', what=place(slot))}" for slot in outcome.made]
    lines += [f"{DONE} {words('repair.opened', what=place(slot))}" for slot in outcome.opened]
    if outcome.home:
        lines.append(f"{DONE} {words('repair.home')}")
    if outcome.cards:
        lines.append(f"{DONE} {words('repair.cards', n=outcome.cards)}")
    if any(slot.key == COORDINATORS_ROLE for slot in outcome.made):
        lines.append(words("repair.role"))
    if outcome.refusal is not None:
        lines.append(f"{LOST} {words('repair.stopped', why=clip(escape(outcome.refusal), 300))}")
    return lines


def _repair(words: Words, programme_id: int, *, quiet: bool = False) -> discord.ui.Button[Card]:
    style = discord.ButtonStyle.secondary if quiet else discord.ButtonStyle.primary
    return button(words("repair.button"), press_id("repair:1", programme_id), style, emoji="🛠️")
