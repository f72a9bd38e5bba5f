"""Cards about factors: pure functions of a view and the words to say it in."""

from collections.abc import Sequence
from datetime import datetime

import discord

from bot.domain.factors.experiences import ExperienceView, Told
from bot.domain.factors.origins import Origin
from bot.domain.factors.tally import Tally
from bot.domain.factors.views import FactorView, Reference, Voting
from bot.domain.factors.votes import Ballot, Objection
from bot.i18n import dates
from bot.i18n.words import Words
from bot.ui import theme
from bot.ui.layout import Card, button, line, press_id, row, said
from bot.ui.text import clip, escape, linked
from cogs.factors import standings
from storage.enums import Choice, ExperienceStance, FactorKind, FactorStatus

_MOST_CHARACTERS = 4000  # over all texts of a message, as Discord counts
OBJECTIONS_SHOWN = 3
_OBJECTION_LIMIT = 280
_REASON_SHOWN = 300
_EXPERIENCE_LIMIT = 400
_TITLE_SHOWN = 140
_TRACKS_SHOWN = 6
# Organisations may still tell of their own experience.
STILL_TOLD_OF = {FactorStatus.OPEN, FactorStatus.ADOPTED, FactorStatus.DECLINED}
_STYLE = {
    Choice.SUPPORT: discord.ButtonStyle.primary,
    Choice.UNSURE: discord.ButtonStyle.secondary,
    Choice.OBJECT: discord.ButtonStyle.secondary,
}


def factor_card(words: Words, factor: FactorView, objections: Sequence[Objection] = ()) -> Card:
    """A factor with its question, how it stands, why some object, and the buttons to vote."""
    head = f"### {theme.KIND[factor.kind]} {escape(factor.title)}\n-# {where(words, factor)}"
    proposed = f"-# {proposed_by(words, factor)}"
    if factor.meeting:
        proposed += f"\n-# {from_meeting(words, factor.meeting)}"
    standing = f"**{_asked(words, factor)}**\n{_standing(words, factor)}".rstrip()
    against = objection_lines(words, objections)
    how = how_text(words, factor.kind, factor.how, beside=(head, proposed, standing, against))
    parts = [said(head), said(how), said(proposed), line(), said(standing)]
    if against:
        parts.append(said(against))
    return Card(*parts, *_rows(words, factor), accent=theme.STATUS[factor.status])


def _rows(words: Words, factor: FactorView) -> list[discord.ui.ActionRow[Card]]:
    more = button(words("factor.more"), press_id("more:1", factor.id))
    telling = button(words("factor.experience"), press_id("experience:1", factor.id), emoji="🧭")
    if factor.status is FactorStatus.OPEN:
        buttons = [
            button(
                words(f"choice.{choice}"),
                press_id("vote:1", factor.id, choice),
                _STYLE[choice],
                emoji=theme.CHOICE[choice],
            )
            for choice in Choice
        ]
        return [row(*buttons), row(telling, more)]
    return [row(telling, more)] if factor.status in STILL_TOLD_OF else [row(more)]


def _asked(words: Words, factor: FactorView) -> str:
    """The question that is voted on, or what became of it and why."""
    if factor.status is FactorStatus.OPEN:
        return words("factor.question")
    outcome = words(f"factor.one.{factor.status}")
    if factor.merged_into is not None:
        title = title_of(words, factor.merged_into, _TITLE_SHOWN)
        outcome = words("factor.merged_into", title=linked(title, factor.merged_into.url))
    reason = clip(escape(factor.reason.replace("\n", " ")), _REASON_SHOWN)
    after = words("factor.counted_there" if factor.merged_into else "factor.stood")
    return f"{outcome}**\n> {reason}\n**{after}" if reason else outcome


def title_of(words: Words, other: Reference, limit: int) -> str:
    """What another factor is called, in at most so many characters, as far as that may be told."""
    return clip(escape(other.title), limit) or words("factor.elsewhere")


def told_card(words: Words, done: Told) -> Card:
    """Thanks for an experience, and who has yet to stand behind it."""
    told = done.experience
    lines = [
        words("experience.thanks", title=clip(escape(done.factor.title), _TITLE_SHOWN)),
        experience_line(words, told),
    ]
    if done.contact_id is not None:
        lines.append(f"-# {words('experience.waits', who=f'<@{done.contact_id}>')}")
    return Card(said("\n".join(lines)), accent=theme.DONE)


def experience_line(words: Words, told: ExperienceView) -> str:
    """What an organisation has to tell, in one line."""
    stance = words(f"experience.says.{told.kind}.{told.stance}")
    how = escape(told.how.replace("\n", " "))
    head = f"🧭 **{escape(told.organisation)}**: {stance}"
    return clip(f"{head}. {how}" if how else head, _EXPERIENCE_LIMIT)


def own_vote_card(words: Words, factor_id: int, title: str, ballot: Ballot) -> Card:
    """What one has voted already, for oneself alone, and the only way to take it back."""
    if ballot.choice is None:
        return Card(said(words("vote.none", title=shown_title(title))))
    mine = f"**{shown_title(title)}**\n{own_vote(words, ballot)}\n-# {words('vote.again')}"
    return Card(said(mine), row(*own_vote_buttons(words, factor_id, ballot)))


def own_vote(words: Words, ballot: Ballot) -> str:
    """One's own vote in words, since when one has it, and whether that was before an edit."""
    mine = own_choice(words, ballot)
    return f"{mine} {words('more.mine.before')}" if ballot.before_edit else mine


def own_choice(words: Words, ballot: Ballot) -> str:
    """One's own vote in words, and since when one has it."""
    if ballot.choice is None or ballot.since is None:
        return words("more.mine.none")
    return words(f"more.mine.{ballot.choice}", when=f"<t:{int(ballot.since.timestamp())}:f>")


def own_vote_buttons(words: Words, factor_id: int, ballot: Ballot) -> list[discord.ui.Button[Card]]:
    """**Take it back**, and for an objection **Change the reason**."""
    back = button(words("vote.back"), press_id("voteback:1", factor_id))
    if ballot.choice is not Choice.OBJECT:
        return [back]
    return [button(words("vote.reason"), press_id("newreason:1", factor_id)), back]


def shown_title(title: str) -> str:
    """A factor's title in a sentence."""
    return clip(escape(title), _TITLE_SHOWN)


def objection_lines(words: Words, objections: Sequence[Objection]) -> str:
    """Why some object, each in a line; empty where nobody does."""
    if not objections:
        return ""
    lines = [f"**{words('objection.head')}**"]
    for each in objections:
        reason = escape(each.reason.replace("\n", " "))
        lines.append(clip(f"✋ **{escape(each.organisation)}**: {reason}", _OBJECTION_LIMIT))
    return "\n".join(lines)


def proposed_by(words: Words, factor: FactorView) -> str:
    """Who proposed a factor, as far as that may be said."""
    organisation = escape(factor.organisation)
    if factor.on_behalf:
        return words("factor.from.behalf", organisation=organisation)
    if not factor.proposer_id:
        return words("factor.from.organisation", organisation=organisation)
    return words("factor.from", who=f"<@{factor.proposer_id}>", organisation=organisation)


def from_meeting(words: Words, meeting: Origin) -> str:
    """The meeting that a factor came from, leading to its card."""
    title = clip(escape(meeting.title), _TITLE_SHOWN)
    day = dates.day(words.language, meeting.day)
    return words("factor.meeting", title=linked(title, meeting.url), day=day)


def where(words: Words, factor: FactorView) -> str:
    """A factor's kind, track, key area and version, in one line."""
    track = factor.track
    parts = [
        words(f"kind.{factor.kind}"),
        f"{track.emoji} {escape(track.name)}" if track else words("track.all"),
    ]
    if factor.key_area:
        parts.append(f"🗂️ {escape(factor.key_area)}")
    if factor.version > 1:
        parts.append(words("factor.version", number=factor.version))
    return " · ".join(parts)


def how_text(words: Words, kind: FactorKind, how: str, beside: Sequence[str]) -> str:
    """The HOW with its question, cut where a message could not hold it beside its other texts."""
    asked = f"**{words(f'how.{kind}')}**\n"
    left = _MOST_CHARACTERS - len(asked) - sum(len(text) for text in beside)
    return asked + (clip(escape(how), left) or words("draft.no_how"))


def _standing(words: Words, factor: FactorView) -> str:
    """How a factor stands, in words and a bar, and what it has to say beside that."""
    tally = factor.tally
    if factor.merged_into is not None:
        return ""  # its votes count there
    lines = [words("tally.nobody", n=tally.organisations)]
    if tally.voters:
        lines = [
            f"{theme.bar(tally.stances)} **{standings.verdict(words, factor)}**",
            standings.figures(words, tally),
            f"-# {words('tally.participants', n=tally.voters)}: {counts_line(words, tally)}",
        ]
    if tally.voters and tally.tracks > 1:
        lines += [f"-# {each}" for each in track_lines(words, factor)[:_TRACKS_SHOWN]]
    if tally.old_rules and tally.voters:
        lines.append(f"-# {words('standing.old_rules')}")
    told = _told(words, factor)
    lines += [f"-# {each}" for each in (_days(words, factor), told) if each]
    if tally.before_edit:
        lines.append(f"-# {words('tally.before_edit', n=tally.before_edit)}")
    if factor.merged_here:
        lines.append(f"-# {words('factor.merged_here', n=len(factor.merged_here))}")
    return "\n".join(lines)


def counts_line(words: Words, tally: Tally) -> str:
    """How many participants chose what."""
    return " · ".join(
        [
            words("tally.support", n=tally.support),
            words("tally.unsure", n=tally.unsure),
            words("tally.objections", n=tally.objections),
        ]
    )


def track_lines(words: Words, factor: FactorView) -> list[str]:
    """Each track's own standing in words."""
    over = factor.is_counted_up
    return [
        f"{standings.track_name(each)}: {standings.track_verdict(words, each, over=over)}"
        for each in factor.tally.by_track
    ]


def _told(words: Words, factor: FactorView) -> str:
    """What organisations have to tell, in the words of the kind."""
    counts = [
        words(f"experience.count.{factor.kind}.{stance}", n=factor.experiences[stance])
        for stance in ExperienceStance
        if factor.experiences.get(stance)
    ]
    return f"🧭 {' · '.join(counts)}" if counts else ""


def _days(words: Words, factor: FactorView) -> str:
    """When votes open and close, if that is bounded; in the reader's own zone."""
    if factor.status is not FactorStatus.OPEN:
        return ""
    parts = []
    if factor.voting is Voting.NOT_YET and factor.opens_at is not None:
        parts.append(words("factor.opens", when=_moment(factor.opens_at)))
    if factor.closes_at is not None:
        key = "factor.closed" if factor.voting is Voting.OVER else "factor.closes"
        parts.append(words(key, when=_moment(factor.closes_at)))
    return f"🗓️ {' · '.join(parts)}" if parts else ""


def _moment(when: datetime) -> str:
    stamp = int(when.timestamp())
    return f"<t:{stamp}:f> (<t:{stamp}:R>)"
