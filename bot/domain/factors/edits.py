"""Editing a factor: every edit is a version, and says what it does to the votes."""

from dataclasses import dataclass
from datetime import datetime

from rapidfuzz.distance import Levenshtein

from bot.domain.factors import factors, views, votes, wording
from bot.domain.factors.errors import NotTheProposer
from bot.domain.factors.views import FactorView
from bot.domain.factors.votes import Ballot
from bot.domain.factors.wording import FactorText, MainTexts, text_of
from bot.domain.kit.differences import TextChange, differences
from bot.domain.kit.errors import EditedMeanwhile, TextMissing
from bot.domain.kit.pages import Page
from bot.domain.kit.people import is_coordinator
from storage.desk import Desk
from storage.enums import Choice, FactorKind
from storage.factors import factors as kept
from storage.factors import votes as kept_votes
from storage.factors.factors import Factor, FactorVersion
from storage.members import participants
from storage.members.participants import Participant
from storage.search import stems, terms

# So much of the text that was voted on may change in small corrections, all of them together.
SMALL = 0.10
VERSIONS_SHOWN = 3
GRACE_DAYS = kept_votes.GRACE.days


@dataclass(frozen=True)
class EditStart:
    """What the form begins with; ``version`` is how often the factor had been edited, and one."""

    factor_id: int
    kind: FactorKind
    version: int
    text: FactorText


@dataclass(frozen=True)
class Edited:
    """An edited factor and what changed. ``small``: votes were left as they are."""

    factor: FactorView
    changes: tuple[TextChange, ...]
    small: bool


@dataclass(frozen=True)
class Since:
    """What has changed since somebody voted.

    For whoever has not, it is what the last edit changed that was no small correction, and the
    small ones after it. ``counts_until`` is when their vote from before the edit counts no
    more, aware UTC; None for an objection, and for a vote that is about the text of now.
    """

    factor: FactorView
    ballot: Ballot
    counts_until: datetime | None
    changes: tuple[TextChange, ...]


@dataclass(frozen=True)
class Version:
    """An edit of a factor: when, whether it was a small correction, and what it changed."""

    number: int
    at: datetime
    small: bool
    changes: tuple[TextChange, ...]


@dataclass(frozen=True)
class VersionPage:
    """Some of the edits of a factor, newest first."""

    factor_id: int
    title: str
    versions: Page[Version]


@dataclass(frozen=True)
class Rights:
    """What somebody may do with a factor beside voting: change it, decide on it."""

    edits: bool
    decides: bool


def rights(desk: Desk, factor_id: int) -> Rights:
    """What a person may do with a factor, whatever has become of it.

    Raises:
        FactorNotFound: there is none with this id in this programme.
    """
    row = factors.need(desk, factor_id)
    decides = is_coordinator(desk)
    return Rights(decides or _proposed(desk, row), decides)


def begin(desk: Desk, factor_id: int) -> EditStart:
    """The text of a factor, for somebody who may edit it now.

    Raises:
        FactorNotFound, NotTheProposer, FactorClosed: as :func:`edit`.
    """
    row = _need(desk, factor_id)
    return EditStart(factor_id, row.kind, row.version, text_of(row))


def edit(
    desk: Desk, factor_id: int, text: FactorText, *, small: bool, version: int | None = None
) -> Edited:
    """Give a factor a new text.

    Said to be a small correction it leaves votes as they are, if all corrections together
    changed at most a tenth of the text that was voted on. After any other edit, earlier votes
    are votes before the edit.

    Args:
        factor_id: which factor.
        text: how it reads from now on.
        small: whether the person says that it is a small correction.
        version: the version that the person began from; None for whatever it is now.

    Raises:
        FactorNotFound: there is none with this id in this programme.
        NotTheProposer: the person neither proposed it nor coordinates.
        FactorClosed: it is not open.
        EditedMeanwhile: it has another version by now.
        TextMissing: nothing is left of the title or of HOW.
    """
    row = _need(desk, factor_id)
    if version not in {None, row.version}:
        raise EditedMeanwhile(title=row.title)
    text, before = _cleaned(text), text_of(row)
    if text == before:
        return Edited(votes.recount(desk, row), (), small=True)
    small = small and is_small(_voted_text(desk, row), text)
    _keep(desk, row, before, text, small=small)
    terms.put(desk.session, factor_id, desk.programme_id, row.title, row.how, row.context)
    what = {"version": row.version, "small": small}
    desk.note("factor.edited", factor_id, **what)
    return Edited(votes.recount(desk, row), _changes(before, text), small)


def _keep(desk: Desk, row: Factor, before: FactorText, text: FactorText, *, small: bool) -> None:
    """Let a factor read so from now on, and keep how it read before."""
    earlier = wording.columns(before)
    version = FactorVersion(
        factor_id=row.id or 0, number=row.version, small=small, until=desk.now, **earlier
    )
    desk.session.add(version)
    row.sqlmodel_update(wording.columns(text))
    row.folded = stems.fold(text.title)
    row.version += 1
    if not small:
        row.voted_version, row.changed_at = row.version, desk.now
    desk.session.add(row)
    desk.session.flush()


def since_vote(desk: Desk, factor_id: int, member_id: int) -> Since:
    """What has changed since a member voted, and until when that vote counts.

    Raises:
        FactorNotFound: there is none with this id in this programme.
    """
    row = factors.need(desk, factor_id)
    who = participants.current(desk, member_id)
    mine = kept_votes.latest(desk, factor_id, who.id or 0) if who else None
    stale = mine if mine and mine.choice and mine.before_edit else None
    since = stale.stale_since if stale and stale.choice is not Choice.OBJECT else None
    before = _text_at(desk, row, stale.cast_at if stale and stale.here else None)
    return Since(
        factor=views.view(desk, row),
        ballot=Ballot(mine.choice, stale is not None, mine.cast_at) if mine else Ballot(),
        counts_until=since + kept_votes.GRACE if since else None,
        changes=_changes(before, row) if before else (),
    )


def history(desk: Desk, factor_id: int, *, page: int = 0) -> VersionPage:
    """A page of the edits of a factor, newest first; a page past the end is the last.

    Raises:
        FactorNotFound: there is none with this id in this programme.
    """
    row = factors.need(desk, factor_id)
    rows = kept.versions(desk, factor_id)
    later: list[Factor | FactorVersion] = [row, *rows]
    here = Page.of(list(zip(rows, later, strict=False)), page, VERSIONS_SHOWN)
    found = [
        Version(before.number + 1, before.until, before.small, _changes(before, after))
        for before, after in here.items
    ]
    return VersionPage(factor_id, row.title, here.holding(found))


def need_proposer(desk: Desk, row: Factor) -> None:
    """Let only whoever proposed a factor pass, and coordinators.

    Raises:
        NotTheProposer: the person is neither.
    """
    if not _proposed(desk, row) and not is_coordinator(desk):
        raise NotTheProposer


def is_small(voted_on: FactorText, now: FactorText) -> bool:
    """Whether at most a tenth of the characters differ (Levenshtein distance by length)."""
    old, new = ("\n".join(wording.columns(each).values()) for each in (voted_on, now))
    return Levenshtein.distance(old, new) <= SMALL * len(old)


def _proposed(desk: Desk, row: Factor) -> bool:
    proposer = desk.session.get(Participant, row.participant_id) if row.participant_id else None
    return proposer is not None and proposer.member_id == desk.asker.id


def _need(desk: Desk, factor_id: int) -> Factor:
    row = factors.need(desk, factor_id)
    need_proposer(desk, row)
    votes.need_open(desk, row)
    return row


def _changes(before: object, after: object) -> tuple[TextChange, ...]:
    return differences(wording.columns(before), wording.columns(after))


def _text_at(desk: Desk, row: Factor, at: datetime | None) -> FactorVersion | None:
    """The earlier text that a factor had at an instant; without one, before the last change."""
    if at is None:
        return kept.version(desk, row.id or 0, row.voted_version - 1)
    later = [each for each in kept.versions(desk, row.id or 0) if each.until > at]
    return later[-1] if later else None


def _voted_text(desk: Desk, row: Factor) -> FactorText:
    """The text that votes were cast on: as the last edit that was no small one left it."""
    return text_of(kept.version(desk, row.id or 0, row.voted_version) or row)


def _cleaned(text: FactorText) -> FactorText:
    cleaned, _ = wording.kept(text)
    if not all(cleaned[part] for part in wording.parts(MainTexts)):
        raise TextMissing
    return FactorText(**cleaned)
