"""Cards about factors: pure functions of a view and the words to say it in."""

from collections.abc import Sequence
from datetime import datetime

import discord

from bot.domain.factors.counting import Standing
from bot.domain.factors.experiences import ExperienceView, Told
from bot.domain.factors.origins import Origin
from bot.domain.factors.tally import Tally
from bot.domain.factors.views import FactorView, Reference, Voting
from bot.domain.factors.votes import Ballot, Objection
from bot.i18n import dates
from bot.i18n.words import Words
from bot.ui import theme
from bot.ui.layout import Card, button, press_id, row, said
from bot.ui.text import clip, clip_at_sentence, escape, linked
from cogs.factors import standings
from storage.enums import Choice, ExperienceStance, FactorStatus

# A card is to fit on a phone: 600 px high where that is 390 wide.
_HOW_SHOWN, _HOW_LINES = 200, 7
OBJECTIONS_SHOWN = 3
_OBJECTION_LIMIT = 280
_REASON_SHOWN = 110
_EXPERIENCE_LIMIT = 400
_TITLE_SHOWN = 140
_TRACKS_SHOWN = 6
# Organisations may still tell of their own experience.
STILL_TOLD_OF = {FactorStatus.OPEN, FactorStatus.ADOPTED, FactorStatus.DECLINED}


def factor_card(words: Words, factor: FactorView, objections: Sequence[Objection] = ()) -> Card:
    """A factor with its question, how it stands, why some object, and the buttons to vote."""
    head = f"### {theme.KIND[factor.kind]} {escape(factor.title)}\n-# {where(words, factor)}"
    shown = clip_at_sentence(factor.how, _HOW_SHOWN, _HOW_LINES)
    how = [escape(shown) or words("draft.no_how"), f"-# {_signed(words, factor)}"]
    if factor.meeting:
        how.append(f"-# {from_meeting(words, factor.meeting)}")
    texts = [head, "\n".join(how), *_asked(words, factor), objection_lines(words, objections)]
    parts = [said(text) for text in texts if text]
    rows = _rows(words, factor, whole=shown == factor.how)
    return Card(*parts, *rows, accent=theme.STATUS[factor.status])


def _rows(words: Words, factor: FactorView, *, whole: bool) -> list[discord.ui.ActionRow[Card]]:
    """The buttons; in this order they take three lines on a phone."""
    first, second = [], []
    if factor.status is FactorStatus.OPEN:
        first = [
            button(
                words(f"choice.{choice}"),
                press_id("vote:1", factor.id, choice),
                emoji=theme.CHOICE[choice],
            )
            for choice in Choice
        ]
    if factor.status in STILL_TOLD_OF:
        telling = press_id("experience:1", factor.id)
        second.append(button(words("factor.experience"), telling, emoji="🧭"))
    if not whole:
        second.append(button(words("factor.read_all"), press_id("text:1", factor.id, 0)))
    more = button(words("factor.more"), press_id("more:1", factor.id))
    (first or second).append(more)
    return [row(*buttons) for buttons in (first, second) if buttons]


def _asked(words: Words, factor: FactorView) -> list[str]:
    """The question that is voted on, or what became of it and why; then how it stands or stood."""
    standing = _standing(words, factor)
    if factor.status is FactorStatus.OPEN:
        return [f"**{words('factor.question')}**\n{standing}"]
    outcome = words(f"factor.one.{factor.status}")
    if factor.merged_into is not None:
        title = title_of(words, factor.merged_into, _TITLE_SHOWN)
        outcome = words("factor.merged_into", title=linked(title, factor.merged_into.url))
    if not factor.reason:
        return [f"**{outcome}**\n{standing}".rstrip()]
    reason = escape(clip_at_sentence(factor.reason.replace("\n", " "), _REASON_SHOWN, 1))
    after = words("factor.counted_there" if factor.merged_into else "factor.stood")
    return [f"**{outcome}**\n> {reason}", f"**{after}**\n{standing}".rstrip()]


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


def _signed(words: Words, factor: FactorView) -> str:
    """Who proposed a factor, as one signs a letter."""
    if factor.on_behalf:
        return proposed_by(words, factor)
    organisation = escape(factor.organisation)
    who = f"<@{factor.proposer_id}>, " if factor.proposer_id else ""
    return f"\N{EN DASH} {who}{organisation}"


def from_meeting(words: Words, meeting: Origin) -> str:
    """The meeting that a factor came from, leading to its card."""
    title = clip(escape(meeting.title), _TITLE_SHOWN)
    day = dates.day(words.language, meeting.day)
    return words("factor.meeting", title=linked(title, meeting.url), day=day)


def where(words: Words, factor: FactorView) -> str:
    """A factor's kind, track, key area and version, in one line."""
    track = factor.track
    parts = [
        words(f"kind.short.{factor.kind}"),
        f"{track.emoji} {escape(track.label)}" if track else words("track.all"),
    ]
    if factor.key_area:
        parts.append(f"🗂️ {escape(factor.key_area)}")
    if factor.version > 1:
        parts.append(words("factor.version", number=factor.version))
    return " · ".join(parts)


def _standing(words: Words, factor: FactorView) -> str:
    """How a factor stands, in words, and what it has to say beside that."""
    tally = factor.tally
    if factor.merged_into is not None:
        return ""  # its votes count there
    lines = [words("tally.nobody", n=tally.organisations)]
    if tally.voters:
        lines = [
            f"**{standings.verdict(words, factor)}** · {standings.figures(words, tally)}",
        ]
        if factor.status is FactorStatus.OPEN:
            people = words("tally.participants", n=tally.voters)
            lines.append(f"-# {people}: {counts_line(words, tally)}")
    if tally.voters and tally.tracks > 1 and tally.standing is not Standing.DIFFERS:
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
    """How many participants chose what, of what any chose."""
    counts = {
        "tally.support": tally.support,
        "tally.unsure": tally.unsure,
        "tally.objections": tally.objections,
    }
    return " · ".join(words(key, n=number) for key, number in counts.items() if number)


def track_lines(words: Words, factor: FactorView) -> list[str]:
    """Each track's own standing in words."""
    over = factor.is_counted_up
    return [
        f"{standings.track_name(each)}: {standings.track_verdict(words, each, over=over)}"
        for each in factor.tally.by_track
    ]


def _told(words: Words, factor: FactorView) -> str:
    """What organisations have tried, in the words of the kind."""
    counts = [
        words(f"experience.count.{factor.kind}.{stance}", n=factor.experiences[stance])
        for stance in (ExperienceStance.DONE, ExperienceStance.TRIED)
        if factor.experiences.get(stance)
    ]
    return " · ".join(counts)


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
