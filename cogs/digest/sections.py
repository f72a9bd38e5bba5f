"""What a digest tells, section by section; cards and mails each show it in their way.

Nothing here is escaped or formatted.
"""

import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.digest.views import (
    AheadMeeting,
    Decision,
    DigestView,
    Edition,
    MovedFactor,
    NewFactor,
    NewMinutes,
    Section,
    Talked,
)
from bot.i18n import dates
from bot.i18n.words import Words
from cogs.meetings.said import is_address
from storage.enums import FactorStatus

# As many lines of a section are kept for minutes, where many meetings lie ahead.
_MINUTES = 2
_STATUSES = (
    FactorStatus.ADOPTED,
    FactorStatus.DECLINED,
    FactorStatus.MERGED,
    FactorStatus.WITHDRAWN,
    FactorStatus.OPEN,
)

Told = NewFactor | Decision | MovedFactor | AheadMeeting | NewMinutes | Talked
"""One thing that happened."""


@dataclass(frozen=True)
class DigestSection:
    """A section: what it tells, some of it in whole sentences, and what it leaves out."""

    kind: Section
    heading: str
    entries: Sequence[Told | str] = ()
    rest: Sequence[str] = ()


def sections(words: Words, view: DigestView, most: int = sys.maxsize) -> list[DigestSection]:
    """The sections that have anything to tell and are wanted, each of at most so many lines."""
    found = (tell(words, view.edition, most) for tell in _SECTIONS)
    return [each for each in found if each is not None and each.kind not in view.off]


def beside(most: int, total: int) -> int:
    """How many of so many things have a line; where they are more, one tells of the rest."""
    return max(1, most - (total > most))


def people(words: Words, edition: Edition) -> str:
    """How many organisations took part; empty where nobody did."""
    found = edition.people
    if not found.took_part and not found.votes:
        return ""
    return words("digest.people", n=found.organisations, took_part=found.took_part)


# --- phrases


def span(words: Words, view: DigestView) -> str:
    """Since when a digest tells, which is when the one before it ended."""
    return dates.since(words, view.starts_at, view.zone)


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


def where(words: Words, meeting: AheadMeeting) -> str:
    """The place of a meeting; its kind where that is a link or not said."""
    place = meeting.place.strip()
    return words(f"meeting.kind.{meeting.kind}") if not place or is_address(place) else place


# --- sections


def _section(
    words: Words, kind: Section, entries: Sequence[Told | str], rest: Sequence[str] = ()
) -> DigestSection | None:
    return DigestSection(kind, words(f"digest.section.{kind}"), entries, rest) if entries else None


def _first(
    words: Words, kind: Section, found: Sequence[Told], total: int, most: int
) -> DigestSection | None:
    shown = found[: beside(most, total)]
    return _section(words, kind, shown, _others(words, total - len(shown)))


def _waiting(words: Words, edition: Edition, _most: int) -> DigestSection | None:
    """How many factors lack votes, and how many meetings lack answers."""
    numbers = {"factors": edition.waiting_factors, "meetings": edition.waiting_meetings}
    said = [words(f"digest.waiting.{what}", n=number) for what, number in numbers.items() if number]
    return _section(words, Section.WAITING, said)


def _new(words: Words, edition: Edition, most: int) -> DigestSection | None:
    """The factors that were published."""
    return _first(words, Section.NEW, edition.new, edition.new_total, most)


def _moved(words: Words, edition: Edition, most: int) -> DigestSection | None:
    """What was decided, then where factors stand otherwise than before."""
    most = beside(most, sum(edition.decided.values()) + edition.moved_total)
    decisions = edition.decisions[:most]
    standings = edition.moved[: most - len(decisions)]
    rest = _other_moves(words, edition, decisions, standings)
    return _section(words, Section.MOVED, (*decisions, *standings), rest)


def _other_moves(
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


def _meetings(words: Words, edition: Edition, most: int) -> DigestSection | None:
    """The meetings that lie ahead or were cancelled, then minutes."""
    total = edition.ahead_total + edition.minutes_total
    most = beside(most, total)
    kept = min(len(edition.minutes), _MINUTES, most // 2)
    ahead = edition.ahead[: most - kept]
    shown: list[Told] = [*ahead, *edition.minutes[: most - len(ahead)]]
    return _section(words, Section.MEETINGS, shown, _others(words, total - len(shown)))


def _talk(words: Words, edition: Edition, most: int) -> DigestSection | None:
    """Where most was said."""
    return _first(words, Section.TALK, edition.talk, edition.talk_total, most)


def _people(words: Words, edition: Edition, _most: int) -> DigestSection | None:
    """Who took part, in the heading itself, and how many votes they gave."""
    votes, took_part = edition.people.votes, people(words, edition)
    voted = [words("digest.votes", n=votes)] if votes else []
    return DigestSection(Section.PEOPLE, took_part, voted) if took_part else None


def _others(words: Words, left: int) -> list[str]:
    """How many more there are, if any."""
    return [words("digest.rest", n=left)] if left > 0 else []


_SECTIONS = (_waiting, _new, _moved, _meetings, _talk, _people)
"""What a digest tells, in the order in which it stands."""
