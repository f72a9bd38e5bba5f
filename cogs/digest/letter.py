"""The week as a letter for those without Discord: what stands in it, before it looks like anything.

Nothing in it needs a click: what the card links to stands here in words.
"""

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
)
from bot.domain.when.weeks import Week
from bot.i18n import dates
from bot.i18n.words import Words
from cogs.digest import lines


@dataclass(frozen=True)
class LetterEntry:
    """One thing that happened: what, in a few words, and at more length."""

    what: str
    about: str = ""
    text: str = ""


@dataclass(frozen=True)
class Chapter:
    """A section, and in a line or two what it leaves out."""

    heading: str
    entries: tuple[LetterEntry, ...]
    rest: tuple[str, ...] = ()


@dataclass(frozen=True)
class Letter:
    """A whole letter.

    ``people`` says who took part, ``voted`` how many votes they gave, and ``votes`` how many each
    week saw, this one last.
    """

    title: str
    about: str
    opening: tuple[str, ...]
    chapters: tuple[Chapter, ...]
    people: str
    voted: str
    votes: tuple[tuple[str, int], ...]
    closing: tuple[str, ...]


def written(words: Words, view: DigestView, programme: str) -> Letter:
    """A week's edition of a programme, by its name, as a letter; nothing in it is escaped."""
    edition, off = view.edition, view.off
    chapters = [
        (Section.WAITING, _waiting(words, edition)),
        (Section.NEW, _new(words, edition)),
        (Section.MOVED, _moved(words, edition)),
        (Section.MEETINGS, _meetings(words, view)),
        (Section.TALK, _talk(words, edition)),
    ]
    kept = tuple(each for section, each in chapters if section not in off and each.entries)
    timed = any(each.heading == words("digest.section.meetings") for each in kept)
    zone = [words("digest.zone", zone=view.zone)] if timed else []
    track = view.edition.track if len(view.editions) > 1 else ""
    about = [each for each in (programme, track) if each]
    first = [words("digest.first")] if view.first else []
    hidden = Section.PEOPLE in off
    return Letter(
        title=words("digest.head", week=view.week.number),
        about=" · ".join([*about, lines.span(words, view)]),
        opening=(*first, *filter(None, [view.greeting.strip()])),
        chapters=kept,
        people="" if hidden else lines.people(words, edition),
        voted=words("digest.picture.this_week", n=edition.people.votes),
        votes=() if hidden else _votes(words, view),
        closing=(*zone, words("digest.thanks")),
    )


def _waiting(words: Words, edition: Edition) -> Chapter:
    entries = tuple(LetterEntry(line) for line in lines.waiting(words, edition))
    return Chapter(words("digest.section.waiting"), entries)


def _new(words: Words, edition: Edition) -> Chapter:
    entries = tuple(_published(words, each) for each in edition.new)
    rest = tuple(lines.others(words, edition.new_total - len(entries)))
    return Chapter(words("digest.section.new"), entries, rest)


def _published(words: Words, factor: NewFactor) -> LetterEntry:
    standing = words(f"standing.{factor.standing}")
    return LetterEntry(factor.title, f"{lines.from_whom(words, factor)} · {standing}", factor.how)


def _moved(words: Words, edition: Edition) -> Chapter:
    entries = [_decided(words, each) for each in edition.decisions]
    entries += [_stands(words, each) for each in edition.moved]
    rest = lines.other_moves(words, edition, edition.decisions, edition.moved)
    return Chapter(words("digest.section.moved"), tuple(entries), tuple(rest))


def _decided(words: Words, decision: Decision) -> LetterEntry:
    return LetterEntry(decision.title, lines.outcome(words, decision), decision.reason)


def _stands(words: Words, factor: MovedFactor) -> LetterEntry:
    return LetterEntry(factor.title, lines.change(words, factor))


def _meetings(words: Words, view: DigestView) -> Chapter:
    edition = view.edition
    entries = [_ahead(words, each, view.zone) for each in edition.ahead]
    entries += [_minutes(words, each, view.zone) for each in edition.minutes]
    left = edition.ahead_total + edition.minutes_total - len(entries)
    rest = tuple(lines.others(words, left))
    return Chapter(words("digest.section.meetings"), tuple(entries), rest)


def _ahead(words: Words, meeting: AheadMeeting, zone: str) -> LetterEntry:
    where = meeting.place.strip() or lines.where(words, meeting)
    if meeting.cancelled:
        where = words("digest.cancelled")
    when = dates.moment(words.language, meeting.starts_at, zone)
    return LetterEntry(meeting.title, f"{when} · {where}")


def _minutes(words: Words, minutes: NewMinutes, zone: str) -> LetterEntry:
    about = dates.moment(words.language, minutes.starts_at, zone)
    if minutes.links:
        about += f" · {words('digest.links', n=minutes.links)}"
    return LetterEntry(words("digest.minutes", title=minutes.title), about, minutes.summary)


def _talk(words: Words, edition: Edition) -> Chapter:
    """The factors that were talked of; other channels have no name outside of Discord."""
    entries = tuple(
        LetterEntry(each.title, words("digest.messages", n=each.messages))
        for each in edition.talk
        if each.title
    )
    rest = tuple(lines.others(words, edition.talk_total - len(entries)))
    return Chapter(words("digest.section.talk"), entries, rest)


def _votes(words: Words, view: DigestView) -> tuple[tuple[str, int], ...]:
    """How many votes each week saw, this one last; nothing where nobody voted."""
    people = view.edition.people
    weeks = people.trend or ((view.week.value, people.votes),)
    if not any(votes for _, votes in weeks):
        return ()
    return tuple((words("digest.week", week=Week.of(week).number), votes) for week, votes in weeks)
