"""The sections of a digest in lines: what happened, a line each, and how much more there is."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from discord.utils import format_dt

from bot.domain.digest.views import (
    AheadMeeting,
    Decision,
    DigestView,
    Edition,
    MovedFactor,
    NewFactor,
    NewMinutes,
    Talked,
)
from bot.domain.factors.counting import Standing
from bot.i18n import dates
from bot.i18n.words import Words
from bot.ui import theme
from bot.ui.text import clip, escape, linked
from cogs.meetings.said import is_address
from storage.enums import FactorStatus

MOST_LINES = 5
# As many lines of a section are kept for minutes, where many meetings lie ahead.
_MINUTES = 2
_STATUSES = (
    FactorStatus.ADOPTED,
    FactorStatus.DECLINED,
    FactorStatus.MERGED,
    FactorStatus.WITHDRAWN,
    FactorStatus.OPEN,
)


@dataclass(frozen=True)
class LineRoom:
    """How many characters a title and what is quoted may have, and how many lines a section."""

    title: int
    quoted: int
    lines: int = MOST_LINES

    def beside(self, total: int) -> int:
        """How many of so many things have a line; where they are more, one tells of the rest."""
        return max(1, self.lines - (total > self.lines))


def span(words: Words, view: DigestView) -> str:
    """The days that a digest tells of, in the programme's zone."""
    zone = ZoneInfo(view.zone)
    first, last = (at.astimezone(zone).date() for at in (view.starts_at, view.ends_at))
    return dates.days(words, first, last)


def waiting(words: Words, edition: Edition) -> list[str]:
    """How many factors lack votes, and how many meetings lack answers."""
    lines = []
    if edition.waiting_factors:
        lines.append(words("digest.waiting.factors", n=edition.waiting_factors))
    if edition.waiting_meetings:
        lines.append(words("digest.waiting.meetings", n=edition.waiting_meetings))
    return lines


def new(words: Words, edition: Edition, room: LineRoom) -> list[str]:
    """The factors that were published."""
    shown = edition.new[: room.beside(edition.new_total)]
    lines = [f"- {_new(words, each, room)}" for each in shown]
    return lines + _in_list(words, others(words, edition.new_total - len(shown)))


def moved(words: Words, edition: Edition, room: LineRoom) -> list[str]:
    """What was decided, then where factors stand otherwise than before."""
    most = room.beside(sum(edition.decided.values()) + edition.moved_total)
    decisions = edition.decisions[:most]
    standings = edition.moved[: most - len(decisions)]
    lines = [f"- {_decision(words, each, room)}" for each in decisions]
    lines += [f"- {_linked(each, room)} · {change(words, each)}" for each in standings]
    rest = other_moves(words, edition, decisions, standings)
    joined = ", ".join([*rest[:1], *(each.removeprefix("… ") for each in rest[1:])])
    return lines + _in_list(words, [joined] if joined else [])


def meetings(words: Words, edition: Edition, room: LineRoom) -> list[str]:
    """The meetings that lie ahead or were cancelled, then minutes."""
    most = room.beside(edition.ahead_total + edition.minutes_total)
    kept = min(len(edition.minutes), _MINUTES, most // 2)
    ahead = edition.ahead[: most - kept]
    minutes = edition.minutes[: most - len(ahead)]
    lines = [f"- {_ahead(words, each, room)}" for each in ahead]
    lines += [f"- {_minutes(words, each, room)}" for each in minutes]
    left = edition.ahead_total + edition.minutes_total - len(ahead) - len(minutes)
    rest = others(words, left)
    return lines + [f"-# {words('digest.rest.meetings', rest=each)}" for each in rest]


def talk(words: Words, edition: Edition, room: LineRoom) -> list[str]:
    """Where most was said."""
    shown = edition.talk[: room.beside(edition.talk_total)]
    lines = [
        f"- {_place(each, room)} · {words('digest.messages', n=each.messages)}" for each in shown
    ]
    return lines + _in_list(words, others(words, edition.talk_total - len(shown)))


def people(words: Words, edition: Edition) -> str:
    """How many organisations took part; empty where nobody did."""
    found = edition.people
    if not found.took_part and not found.votes:
        return ""
    return words("digest.people", n=found.organisations, took_part=found.took_part)


# --- phrases, without formatting


def name(words: Words, track: str) -> str:
    """What an edition is called: as its track, or that it is for all."""
    return track or words("digest.edition.all")


def from_whom(words: Words, factor: NewFactor) -> str:
    """``promoting, from Vara kommun``: a new factor's kind and organisation."""
    return words(f"digest.new.{factor.kind}", organisation=factor.organisation)


def outcome(words: Words, decision: Decision) -> str:
    """What became of a factor."""
    if decision.undone:
        return words("digest.outcome.undone")
    if decision.into:
        return words("digest.outcome.into", into=decision.into)
    return words(f"digest.outcome.{decision.status}")


def change(words: Words, factor: MovedFactor) -> str:
    """Where a factor stood, and where it stands."""
    before, after = words(f"standing.{factor.before}"), words(f"standing.{factor.after}")
    return words("digest.change", before=before, after=after)


def other_moves(
    words: Words, edition: Edition, decisions: Sequence[Decision], standings: Sequence[MovedFactor]
) -> list[str]:
    """What was decided and what moved beside what is shown: how many, and of which outcome."""
    found = []
    left = Counter(edition.decided) - Counter(each.status for each in decisions)
    if left:
        outcomes = ", ".join(
            words(f"digest.outcomes.{status}", n=left[status])
            for status in _STATUSES
            if left[status]
        )
        found.append(words("digest.rest.decisions", n=left.total(), outcomes=outcomes))
    others = edition.moved_total - len(standings)
    return found + ([words("digest.rest.moved", n=others)] if others > 0 else [])


def others(words: Words, left: int) -> list[str]:
    """How many more there are, if any."""
    return [words("digest.rest", n=left)] if left > 0 else []


def where(words: Words, meeting: AheadMeeting) -> str:
    """The place of a meeting; its kind where that is a link or not said."""
    place = meeting.place.strip()
    return words(f"meeting.kind.{meeting.kind}") if not place or is_address(place) else place


def one_line(text: str, limit: int) -> str:
    """What somebody wrote, on one line of a card; nothing where there is no room."""
    return clip(escape(" ".join(text.split())), limit) if limit else ""


# --- lines


def _new(words: Words, factor: NewFactor, room: LineRoom) -> str:
    about = one_line(from_whom(words, factor), 60 + room.quoted)
    line = f"{theme.KIND[factor.kind]} {_linked(factor, room)} · {about}"
    if factor.standing is Standing.TOO_EARLY:
        return line
    return f"{line} · **{words(f'standing.{factor.standing}')}**"


def _decision(words: Words, decision: Decision, room: LineRoom) -> str:
    said = one_line(outcome(words, decision), 40 + room.title)
    line = f"**{said}:** {_linked(decision, room)}"
    reason = one_line(decision.reason, room.quoted)
    return words("digest.because", what=line, reason=reason) if reason else line


def _ahead(words: Words, meeting: AheadMeeting, room: LineRoom) -> str:
    when, title = format_dt(meeting.starts_at, "f"), _linked(meeting, room)
    if meeting.cancelled:
        return f"{when} · ~~{title}~~ · **{words('digest.cancelled')}**"
    return f"{when} · {title} · {one_line(where(words, meeting), 30 + room.quoted)}"


def _minutes(words: Words, minutes: NewMinutes, room: LineRoom) -> str:
    line = f"📝 {words('digest.minutes', title=_linked(minutes, room))}"
    summary = one_line(minutes.summary, room.quoted)
    return words("digest.because", what=line, reason=summary) if summary else line


def _place(talked: Talked, room: LineRoom) -> str:
    if not talked.title:
        return f"<#{talked.channel_id}>"
    return _linked(talked, room)


def _linked(
    what: NewFactor | Decision | MovedFactor | AheadMeeting | NewMinutes | Talked, room: LineRoom
) -> str:
    return linked(one_line(what.title, room.title), what.url)


def _in_list(words: Words, rest: list[str]) -> list[str]:
    return [f"-# {words('digest.rest.factors', rest=each)}" for each in rest]
