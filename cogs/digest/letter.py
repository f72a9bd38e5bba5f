"""The week as a letter for those without Discord: what stands in it, before it looks like anything.

Nothing in it needs a click: what the card links to stands here in words.
"""

from dataclasses import dataclass, replace

from bot.domain.digest.views import (
    AheadMeeting,
    Decision,
    DigestView,
    MovedFactor,
    NewFactor,
    NewMinutes,
    Section,
    Talked,
)
from bot.domain.when.clocks import Week
from bot.i18n import dates
from bot.i18n.words import Words
from cogs.digest import sections
from cogs.digest.sections import DigestSection, Told


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
    edition = view.edition
    # Other channels have no name outside of Discord.
    named = replace(edition, talk=tuple(each for each in edition.talk if each.title))
    found = {each.kind: each for each in sections.sections(words, replace(view, edition=named))}
    people = found.pop(Section.PEOPLE, None)
    zone = [words("digest.zone", zone=view.zone)] if Section.MEETINGS in found else []
    track = edition.track if len(view.editions) > 1 else ""
    about = [each for each in (programme, track) if each]
    first = [words("digest.first")] if view.first else []
    return Letter(
        title=words("digest.head", week=view.week.number),
        about=" · ".join([*about, sections.span(words, view)]),
        opening=(*first, *filter(None, [view.greeting.strip()])),
        chapters=tuple(_chapter(words, each, view.zone) for each in found.values()),
        people=people.heading if people else "",
        voted=words("digest.picture.this_week", n=edition.people.votes),
        votes=_votes(words, view) if people else (),
        closing=(*zone, words("digest.thanks")),
    )


def _chapter(words: Words, section: DigestSection, zone: str) -> Chapter:
    entries = tuple(
        LetterEntry(each) if isinstance(each, str) else _entry(words, each, zone)
        for each in section.entries
    )
    return Chapter(section.heading, entries, tuple(section.rest))


def _entry(words: Words, told: Told, zone: str) -> LetterEntry:
    match told:
        case NewFactor():
            standing = words(f"standing.{told.standing}")
            return LetterEntry(
                told.title, f"{sections.from_whom(words, told)} · {standing}", told.how
            )
        case Decision():
            return LetterEntry(told.title, sections.outcome(words, told), told.reason)
        case MovedFactor():
            return LetterEntry(told.title, sections.change(words, told))
        case AheadMeeting():
            return _ahead(words, told, zone)
        case NewMinutes():
            return _minutes(words, told, zone)
        case Talked():
            return LetterEntry(told.title, words("digest.messages", n=told.messages))


def _ahead(words: Words, meeting: AheadMeeting, zone: str) -> LetterEntry:
    place = meeting.place.strip() or sections.where(words, meeting)
    if meeting.cancelled:
        place = words("digest.cancelled")
    when = dates.moment(words.language, meeting.starts_at, zone)
    return LetterEntry(meeting.title, f"{when} · {place}")


def _minutes(words: Words, minutes: NewMinutes, zone: str) -> LetterEntry:
    about = dates.moment(words.language, minutes.starts_at, zone)
    if minutes.links:
        about += f" · {words('digest.links', n=minutes.links)}"
    return LetterEntry(words("digest.minutes", title=minutes.title), about, minutes.summary)


def _votes(words: Words, view: DigestView) -> tuple[tuple[str, int], ...]:
    """How many votes each week saw, this one last; nothing where nobody voted."""
    people = view.edition.people
    weeks = people.trend or ((view.week.value, people.votes),)
    if not any(votes for _, votes in weeks):
        return ()
    return tuple((words("digest.week", week=Week.of(week).number), votes) for week, votes in weeks)
