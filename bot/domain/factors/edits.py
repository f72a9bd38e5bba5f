"""Editing a factor: every edit is a version, and says what it does to the votes."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.domain.factors import corrections, factors, views, votes, wording
from bot.domain.factors.errors import EditGone, NotTheProposer, OnlyCorrections
from bot.domain.factors.views import FactorView, Voting
from bot.domain.factors.votes import Ballot
from bot.domain.factors.wording import FactorText, MainTexts, text_of
from bot.domain.kit import uploads
from bot.domain.kit.differences import TextChange, differences
from bot.domain.kit.errors import EditedMeanwhile, TextMissing, UploadGone, UploadUsed
from bot.domain.kit.pages import Page
from bot.domain.kit.people import is_coordinator
from bot.domain.tracks import tracks
from storage.desk import Desk
from storage.enums import Choice, FactorKind
from storage.factors import factors as kept
from storage.factors import votes as kept_votes
from storage.factors.factors import Factor, FactorVersion
from storage.members import participants
from storage.members.participants import Participant
from storage.organisations import organisations
from storage.search import stems, terms

VERSIONS_SHOWN = 3
GRACE_DAYS = kept_votes.GRACE.days

_KIND: Final = "edit"


@dataclass(frozen=True)
class EditStart:
    """What the form begins with; ``version`` is how often the factor had been edited, and one."""

    factor_id: int
    kind: FactorKind
    version: int
    text: FactorText


@dataclass(frozen=True)
class Edited:
    """An edited factor and what changed. ``small``: votes were left as they are.

    ``undone``: it reads again as it did when it was voted on, so those votes count as before.
    ``masked``: an identity number was hidden in it.
    """

    factor: FactorView
    changes: tuple[TextChange, ...]
    small: bool
    undone: bool = False
    masked: bool = False


@dataclass(frozen=True)
class EditQuestion:
    """A correction that touches words of weight: whether it is one is for its author to say.

    It is kept for a day. ``over``: voting has closed, so it can be nothing but a correction.
    ``masked``: an identity number was hidden in it.
    """

    id: int
    factor_id: int
    title: str
    changes: tuple[TextChange, ...]
    touched: tuple[str, ...]
    over: bool
    masked: bool = False


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
    """An edit of a factor: when, whether it was a small correction, and what it changed.

    ``undone``: it was taken back, or took others back, and did nothing to votes.
    """

    number: int
    at: datetime
    small: bool
    changes: tuple[TextChange, ...]
    undone: bool = False


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
) -> Edited | EditQuestion:
    """Give a factor a new text, or ask whether it is a correction.

    Said to be a small correction it leaves votes as they are, if all corrections together
    changed at most a tenth of the text that was voted on. One that touches a negation, a number
    or a name is asked about first (:func:`answer`). A text that was there before undoes the edits
    since: votes on it count as if they had not been. After any other edit, earlier votes are votes
    before the edit.

    Args:
        factor_id: which factor.
        text: how it reads from now on.
        small: whether the person says that it is a small correction.
        version: the version that the person began from; None for whatever it is now.

    Raises:
        FactorNotFound: there is none with this id in this programme.
        NotTheProposer: the person neither proposed it nor coordinates.
        FactorClosed: it is not open.
        OnlyCorrections: voting has closed, and it is no small correction.
        EditedMeanwhile: it has another version by now.
        TextMissing: nothing is left of the title or of HOW.
    """
    row = _need(desk, factor_id)
    if version not in {None, row.version}:
        raise EditedMeanwhile(title=row.title)
    text, masked = _cleaned(text)
    small = small and corrections.is_small(_voted_text(desk, row), text)
    over = views.view(desk, row).voting is Voting.OVER
    before = text_of(row)
    if over and not small and text != before:
        raise OnlyCorrections(title=row.title)
    touched = corrections.touched(before, text, _names(desk)) if small else ()
    if touched and (over or _again(desk, row, text) is None):
        body = {**wording.columns(text), "factor": factor_id, "version": row.version}
        question = uploads.keep(desk, desk.asker.id, _KIND, body)
        changes = _changes(before, text)
        return EditQuestion(question, factor_id, row.title, changes, touched, over, masked)
    return _edit(desk, row, text, small=small, masked=masked, over=over)


def answer(desk: Desk, question_id: int, *, small: bool) -> Edited:
    """Save what somebody was asked about, as the correction or the change that they say it is.

    Raises:
        EditGone: a day has passed, or it was answered, or it is somebody else's question.
        FactorNotFound, NotTheProposer, FactorClosed: as :func:`edit`; things may have changed.
        OnlyCorrections, EditedMeanwhile: likewise.
    """
    try:
        question = uploads.need(desk, desk.asker.id, _KIND, question_id)
    except (UploadGone, UploadUsed):
        raise EditGone from None
    body = dict(question.body)
    uploads.use(desk, question)
    row = _need(desk, body.pop("factor"))
    if body.pop("version") != row.version:
        raise EditedMeanwhile(title=row.title)
    over = views.view(desk, row).voting is Voting.OVER
    if over and not small:
        raise OnlyCorrections(title=row.title)
    return _edit(desk, row, FactorText(**body), small=small, masked=False, over=over)


def _edit(
    desk: Desk, row: Factor, text: FactorText, *, small: bool, masked: bool, over: bool
) -> Edited:
    before = text_of(row)
    if text == before:
        return Edited(votes.recount(desk, row), (), small=True, masked=masked)
    again = None if over else _again(desk, row, text)
    if again is not None:
        small = _undo(desk, row, again)
    _keep(desk, row, before, text, small=small, undone=again is not None)
    terms.put(desk.session, row.id or 0, desk.programme_id, row.title, row.how, row.context)
    what = {"version": row.version, "small": small}
    desk.note("factor.edited", row.id, **what)
    changes = _changes(before, text)
    undone = again is not None and not small
    return Edited(votes.recount(desk, row), changes, small, undone, masked)


def _keep(
    desk: Desk, row: Factor, before: FactorText, text: FactorText, *, small: bool, undone: bool
) -> None:
    """Let a factor read so from now on, and keep how it read before."""
    version = FactorVersion(
        factor_id=row.id or 0,
        number=row.version,
        small=small,
        undone=undone,
        until=desk.now,
        **wording.columns(before),
    )
    desk.session.add(version)
    row.sqlmodel_update(wording.columns(text))
    row.folded = stems.fold(text.title)
    row.version += 1
    if not small and not undone:
        row.voted_version, row.changed_at = row.version, desk.now
    desk.session.add(row)
    desk.session.flush()


def _again(desk: Desk, row: Factor, text: FactorText) -> FactorVersion | None:
    """The earlier text that a new one is again, if what came before it still holds."""
    rows = kept.versions(desk, row.id or 0)
    undone = {each.number for each in rows if each.undone}
    return next(
        (each for each in rows if each.number - 1 not in undone and text_of(each) == text), None
    )


def _undo(desk: Desk, row: Factor, again: FactorVersion) -> bool:
    """Let the edits since an earlier text be none; whether all of them were small corrections.

    Votes that were cast on what is undone are votes on another text from now on.
    """
    rows = list(reversed(kept.versions(desk, row.id or 0)))
    since = [each for each in rows if each.number >= again.number and not each.undone]
    meant = [each.until for each in since if not each.small]
    for each in since:
        each.undone = True
        desk.session.add(each)
    if not meant:
        return True
    kept_votes.outdate(desk, row.id or 0, min(meant))
    changed = [each for each in rows if each.number < again.number]
    last = next((each for each in reversed(changed) if not each.small and not each.undone), None)
    row.voted_version = last.number + 1 if last else 1
    row.changed_at = last.until if last else None
    return False


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
        Version(
            before.number + 1, before.until, before.small, _changes(before, after), before.undone
        )
        for before, after in here.items
    ]
    return VersionPage(factor_id, row.title, here.holding(found))


def need_proposer(desk: Desk, row: Factor) -> None:
    """Let only whoever proposed a factor pass, while with its organisation, and coordinators.

    Raises:
        NotTheProposer: the person is neither.
    """
    if not _proposed(desk, row) and not is_coordinator(desk):
        raise NotTheProposer


def _proposed(desk: Desk, row: Factor) -> bool:
    """Whether the person proposed a factor, and is still with the organisation that it is of."""
    proposer = desk.session.get(Participant, row.participant_id) if row.participant_id else None
    if proposer is None or proposer.left_at is not None:
        return False
    return proposer.member_id == desk.asker.id


def _names(desk: Desk) -> list[str]:
    """What a correction must not touch: the names of tracks and organisations."""
    called = [row.name for row in organisations.of_programme(desk)]
    return called + [track.name for track in tracks.all_of(desk)]


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


def _cleaned(text: FactorText) -> tuple[FactorText, bool]:
    """A text as it is kept, and whether an identity number was hidden in it."""
    cleaned, masked = wording.kept(text)
    if not all(cleaned[part] for part in wording.parts(MainTexts)):
        raise TextMissing
    return FactorText(**cleaned), masked
