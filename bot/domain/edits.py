"""Editing a factor: every edit is a version, and says what it does to the votes."""

import re
from dataclasses import asdict, dataclass
from datetime import datetime
from difflib import SequenceMatcher

from rapidfuzz.distance import Levenshtein
from sqlmodel import Session

from bot.domain import factors, names, texts, votes
from bot.domain.errors import NotTheProposer, TextMissing
from bot.domain.factor_views import FactorView
from bot.domain.people import Person, is_coordinator
from storage import factors as kept
from storage import journal, search
from storage.factors import Factor, FactorVersion
from storage.participants import Participant

# So much of the text that was voted on may change in small corrections, all of them together.
SMALL = 0.10


@dataclass(frozen=True)
class Text:
    """What of a factor can be edited."""

    title: str
    how: str
    context: str = ""
    evidence: str = ""


@dataclass(frozen=True)
class Piece:
    """A run of words in the difference of two texts: ``same``, ``added`` or ``removed``."""

    kind: str
    words: str


@dataclass(frozen=True)
class Change:
    """What an edit did to one part of a text, ``title``, ``how``, ``context`` or ``evidence``."""

    part: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class Edited:
    """An edited factor and what changed. ``small``: votes were left as they are."""

    factor: FactorView
    changes: tuple[Change, ...]
    small: bool


@dataclass(frozen=True)
class Version:
    """An edit of a factor: when, whether it was a small correction, and what it changed."""

    number: int
    at: datetime
    small: bool
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class Rights:
    """What somebody may do with a factor beside voting: change it, decide on it."""

    edits: bool
    decides: bool


def rights(session: Session, programme_id: int, person: Person, factor_id: int) -> Rights:
    """What a person may do with a factor, whatever has become of it.

    Raises:
        FactorNotFound: there is none with this id in this programme.
    """
    row = factors.need(session, programme_id, factor_id)
    decides = is_coordinator(session, programme_id, person)
    return Rights(decides or _proposed(session, row, person), decides)


def begin(session: Session, programme_id: int, person: Person, factor_id: int) -> Text:
    """The text of a factor, for somebody who may edit it now.

    Raises:
        FactorNotFound, NotTheProposer, FactorClosed: as :func:`edit`.
    """
    return text_of(_need(session, programme_id, person, factor_id))


def edit(
    session: Session,
    programme_id: int,
    person: Person,
    factor_id: int,
    text: Text,
    *,
    small: bool,
    now: datetime,
) -> Edited:
    """Give a factor a new text.

    Said to be a small correction it leaves votes as they are, if all corrections together
    changed at most a tenth of the text that was voted on. After any other edit, earlier votes
    are votes before the edit.

    Args:
        session: the transaction.
        programme_id: the server.
        person: its proposer, or a coordinator.
        factor_id: which factor.
        text: how it reads from now on.
        small: whether the person says that it is a small correction.
        now: aware UTC.

    Raises:
        FactorNotFound: there is none with this id in this programme.
        NotTheProposer: the person neither proposed it nor coordinates.
        FactorClosed: it is not open.
        TextMissing: nothing is left of the title or of HOW.
    """
    row = _need(session, programme_id, person, factor_id)
    text, before = _cleaned(text), text_of(row)
    if text == before:
        return Edited(votes.recount(session, row, now), (), small=True)
    small = small and is_small(_voted_text(session, row), text)
    version = FactorVersion(
        factor_id=factor_id, number=row.version, small=small, until=now, **asdict(before)
    )
    session.add(version)
    row.sqlmodel_update(asdict(text))
    row.folded = names.fold(text.title)
    row.version += 1
    if not small:
        row.voted_version, row.changed_at = row.version, now
    session.add(row)
    session.flush()
    search.put(session, factor_id, programme_id, row.title, row.how, row.context)
    what = {"version": row.version, "small": small}
    journal.write(session, programme_id, now, person.id, "factor.edited", factor_id, **what)
    return Edited(votes.recount(session, row, now), changes(before, text), small)


def since_vote(session: Session, programme_id: int, factor_id: int) -> tuple[Change, ...]:
    """What has changed since before the last edit that was no small correction; empty without.

    Raises:
        FactorNotFound: there is none with this id in this programme.
    """
    row = factors.need(session, programme_id, factor_id)
    before = kept.version(session, factor_id, row.voted_version - 1)
    return changes(text_of(before), text_of(row)) if before else ()


def history(session: Session, programme_id: int, factor_id: int) -> list[Version]:
    """The edits of a factor, newest first.

    Raises:
        FactorNotFound: there is none with this id in this programme.
    """
    after = text_of(factors.need(session, programme_id, factor_id))
    found = []
    for row in kept.versions(session, factor_id):
        before = text_of(row)
        found.append(Version(row.number + 1, row.until, row.small, changes(before, after)))
        after = before
    return found


def need_proposer(session: Session, row: Factor, person: Person) -> None:
    """Let only whoever proposed a factor pass, and coordinators.

    Raises:
        NotTheProposer: the person is neither.
    """
    if not _proposed(session, row, person) and not is_coordinator(
        session, row.programme_id, person
    ):
        raise NotTheProposer


def is_small(voted_on: Text, now: Text) -> bool:
    """Whether at most a tenth of the characters differ (Levenshtein distance by length)."""
    old, new = "\n".join(asdict(voted_on).values()), "\n".join(asdict(now).values())
    return Levenshtein.distance(old, new) <= SMALL * len(old)


def changes(before: Text, after: Text) -> tuple[Change, ...]:
    """The parts that differ, each with what was added and taken away, word by word."""
    old, new = asdict(before), asdict(after)
    return tuple(
        Change(part, difference(old[part], new[part])) for part in old if old[part] != new[part]
    )


def difference(before: str, after: str) -> tuple[Piece, ...]:
    """What was added and taken away, word by word."""
    old, new = re.findall(r"\S+\s*", before), re.findall(r"\S+\s*", after)
    pieces: list[Piece] = []
    for what, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what == "equal":
            pieces.append(Piece("same", "".join(old[a:b])))
            continue
        if b > a:
            pieces.append(Piece("removed", "".join(old[a:b])))
        if d > c:
            pieces.append(Piece("added", "".join(new[c:d])))
    return tuple(pieces)


def text_of(row: Factor | FactorVersion) -> Text:
    """The text of a factor, or of one of its versions."""
    return Text(row.title, row.how, row.context, row.evidence)


def _proposed(session: Session, row: Factor, person: Person) -> bool:
    proposer = session.get(Participant, row.participant_id) if row.participant_id else None
    return proposer is not None and proposer.member_id == person.id


def _need(session: Session, programme_id: int, person: Person, factor_id: int) -> Factor:
    row = factors.need(session, programme_id, factor_id)
    need_proposer(session, row, person)
    votes.need_open(session, row)
    return row


def _voted_text(session: Session, row: Factor) -> Text:
    """The text that votes were cast on: as the last edit that was no small one left it."""
    return text_of(kept.version(session, row.id or 0, row.voted_version) or row)


def _cleaned(text: Text) -> Text:
    title = texts.kept_line(text.title, texts.TITLE_LIMIT)
    how = texts.kept(text.how, texts.HOW_LIMIT)
    if not title or not how:
        raise TextMissing
    context = texts.kept(text.context, texts.CONTEXT_LIMIT)
    return Text(title, how, context, texts.kept(text.evidence, texts.EVIDENCE_LIMIT))
