"""Weekly digests: cut when they are due, or sent by hand; kept, and shown again as they were."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo

from bot.domain.digest import facts, weeks
from bot.domain.digest.errors import DigestSent, NothingToTell
from bot.domain.digest.facts import Scope
from bot.domain.digest.views import FORUM_EDITION, DigestView, Edition, Section
from bot.domain.digest.weeks import EDITION, LATE_FOR, WEEK, Window, need_ended, need_week
from bot.domain.kit.people import only_coordinators, the_programme
from bot.domain.needs import weekly_lists
from bot.domain.posts import planning
from bot.domain.posts.claims import Thing
from bot.domain.posts.planning import Note, Post
from bot.domain.when.clocks import Week
from storage import journal
from storage.desk import Desk
from storage.digest import digests as kept
from storage.digest.digests import Digest
from storage.enums import DeliveryState, DigestState, Way
from storage.kit.programmes import Programme
from storage.posts import deliveries as ledger

if TYPE_CHECKING:
    from pydantic import TypeAdapter


def cut(desk: Desk, thing: Thing) -> None:
    """End a week: keep what its digest tells, plan to post it, and plan the next week.

    A week that leda finds more than three days too late is missed, and the next one tells of it;
    so is one while leda is not in the server.

    Args:
        thing: the work, as it was planned; its subject is the week.

    Raises:
        NotSetUp: the server has no programme.
    """
    programme = the_programme(desk)
    week, due = Week.of(thing.subject_id), thing.due_at
    last = weeks.latest(desk)
    if last is None or last.week < week.value:  # else it was sent by hand, or is out of turn
        _let_go(desk, last)
        window = weeks.window(desk, programme, week, due)
        if programme.removed_at is not None or desk.now >= due + LATE_FOR:
            nothing = Window(window.starts, window.starts)
            row = blank(programme, week, nothing, DigestState.MISSED)
            desk.session.add(row)
            desk.session.flush()
        else:
            row, loud = write(desk, programme, week, window, desk.now)
            _keep(desk, programme, row, loud, due)
        journal.write(
            desk.session,
            desk.programme_id,
            desk.now,
            None,
            "digest.cut",
            week=week.value,
            state=row.state,
        )
        weeks.plan_following(desk, programme, week)


def send(desk: Desk) -> tuple[DigestView, ...]:
    """Post this week's digest now, for all that happened since the last one.

    Returns:
        the editions that are posted.

    Raises:
        NotSetUp: the server has no programme.
        CoordinatorsOnly: the person is none.
        DigestSent: this week's was posted.
        NothingToTell: nothing has happened.
    """
    programme = the_programme(desk)
    only_coordinators(desk)
    week = Week.on(desk.now.astimezone(ZoneInfo(programme.timezone)).date())
    last = weeks.latest(desk)
    _let_go(desk, last)
    if last is not None and last.week >= week.value:
        if last.state is DigestState.SENT:
            raise DigestSent(week=last.week % 100, when=int(last.ends_at.timestamp()))
        week = Week.of(last.week)
    window = weeks.window(desk, programme, week, desk.now)
    if last is not None and last.week == week.value:
        window = Window(last.starts_at, desk.now)
    row, loud = write(desk, programme, week, window, desk.now)
    if not loud:
        raise NothingToTell
    _drop_work(desk, week)
    row = desk.session.merge(row)
    _keep(desk, programme, row, loud, desk.now)
    desk.note("digest.sent", name=str(week))
    weeks.plan_following(desk, programme, week)
    return tuple(view(desk, row, scope.edition) for scope in loud)


def preview(desk: Desk, week: int | None, edition: int | None) -> DigestView:
    """A week's digest, exactly as it is or was posted.

    Args:
        week: which, :attr:`Week.value`; None for the coming one, as it would be now. One from
            before there were digests is made from what is known of it.
        edition: a track's id or :data:`FORUM_EDITION`; None for the forum's, if there is one.

    Raises:
        NotSetUp, CoordinatorsOnly: as :func:`send`.
        WeekUnknown: it lies ahead, or before the programme.
    """
    programme = the_programme(desk)
    only_coordinators(desk)
    coming, due = weeks.coming(desk, programme)
    if week is None or week == coming.value:
        window = weeks.window(desk, programme, coming, desk.now)
        row, _ = write(desk, programme, coming, window, desk.now)
        row.ends_at = max(desk.now, due)  # nothing has happened yet until then
        return view(desk, row, edition, cut=False)
    known = need_week(week)
    if row_kept := kept.find(desk, known.value):
        return view(desk, row_kept, edition)
    window = need_ended(programme, known, coming)
    row, _ = write(desk, programme, known, window, None)
    return replace(view(desk, row, edition, cut=False), first=False)


def posted(desk: Desk, week: int, edition: int) -> DigestView | None:
    """An edition of a week that was cut, to be posted; None if there is none.

    Where a track was closed meanwhile, it is cut anew: the open forum hears no more of it then.
    """
    row = kept.find(desk, week)
    if row is None or str(edition) not in row.editions:
        return None
    if not _closed_since(desk, row.ends_at):
        return view(desk, row, edition)
    window = Window(row.starts_at, row.ends_at)
    anew, _ = write(desk, the_programme(desk), Week.of(week), window, desk.now)
    anew.greeting, anew.language, anew.zone, anew.off = (
        row.greeting,
        row.language,
        row.zone,
        row.off,
    )
    return view(desk, anew, edition)


def _closed_since(desk: Desk, since: datetime) -> bool:
    """Whether a track was closed, or opened, after an instant."""
    edited = journal.recent(desk.session, desk.programme_id, ("track.edited",), 20)
    return any(entry.at > since and "closed" in entry.data for entry in edited)


def _keep(
    desk: Desk, programme: Programme, row: Digest, loud: Sequence[Scope], due: datetime
) -> None:
    """Keep a digest, and plan the posts that tell it; the greeting has had its turn."""
    desk.session.add(row)
    if loud:
        programme.digest_greeting = ""
        desk.session.add(programme)
    desk.session.flush()
    week = Week.of(row.week)
    posts = [_post(programme.id, week, scope, due) for scope in loud]
    # In line, and not only planned: it may have come too late once, and be sent by hand now.
    planning.bring_in_line(desk, (EDITION,), (row.week,), posts, note=Note.WELL)
    weekly_lists.plan(desk, week, due)


def _post(programme_id: int, week: Week, scope: Scope, due: datetime) -> Post:
    return Post(
        key=weeks.key_of(programme_id, week, scope.edition),
        kind=EDITION,
        subject_id=week.value,
        way=Way.POST,
        due_at=due,
        expires_at=due + LATE_FOR,
        slot=scope.slot,
        data={"edition": scope.edition},
    )


def _let_go(desk: Desk, last: Digest | None) -> None:
    """Note that the last digest was missed, if it was never posted: the next one tells of it.

    Nobody can try again then what failed of it, unless it is sent by hand.
    """
    if last is None or not weeks.went_nowhere(desk, last):
        return
    for post in weeks.posts_of(desk, last):
        if post.state is DeliveryState.FAILED:
            planning.settle(post, DeliveryState.DROPPED, Note.EXPIRED, desk.now)
            post.attempts = 1  # whoever tries looks first
    last.state, last.ends_at, last.editions = DigestState.MISSED, last.starts_at, {}
    desk.session.add(last)
    desk.session.flush()


def _drop_work(desk: Desk, week: Week) -> None:
    """Let nobody cut a week that is sent by hand."""
    for row in ledger.unsettled(desk, WEEK):
        if row.subject_id <= week.value and row.state is DeliveryState.PLANNED:
            planning.settle(row, DeliveryState.DROPPED, Note.WELL, desk.now)
    desk.session.flush()


_NOTHING: Final = Edition(track_id=None, track="", quiet=True)
_TREND: Final = 7
"""As many earlier weeks are shown beside the last."""


def write(
    desk: Desk, programme: Programme, week: Week, window: Window, now: datetime | None
) -> tuple[Digest, list[Scope]]:
    """A week's digest, which is not kept yet, and the editions of it that have anything to tell.

    Args:
        programme: whose digest it is.
        week: which.
        window: what it tells of.
        now: what waits does so then (aware UTC); None for a week from before there were digests, in
            which nothing waits and nobody is greeted.
    """
    greeting = programme.digest_greeting if now else ""
    off = sections(programme.digest_off)
    found = facts.editions(desk, programme, window, off=off, now=now)
    earlier = kept.latest(desk, _TREND, before=week.value)
    told: dict[str, Any] = {}
    loud: list[Scope] = []
    for scope, edition in found:
        trend = (*_votes(earlier, scope.edition), (week.value, edition.people.votes))
        people = replace(edition.people, trend=trend)
        quiet = edition.quiet and not greeting
        told[str(scope.edition)] = _kept().dump_python(
            replace(edition, people=people, quiet=quiet), mode="json"
        )
        if not quiet:
            loud.append(scope)
    state = DigestState.SENT if loud else DigestState.QUIET
    row = blank(programme, week, window, state)
    row.greeting, row.editions = greeting, told
    return row, loud


def blank(programme: Programme, week: Week, window: Window, state: DigestState) -> Digest:
    """A week's digest that tells nothing, and is not kept yet."""
    return Digest(
        programme_id=programme.id,
        week=week.value,
        state=state,
        starts_at=window.starts,
        ends_at=window.ends,
        language=programme.language,
        zone=programme.timezone,
        off=programme.digest_off,
    )


def view(desk: Desk, row: Digest, edition: int | None = None, *, cut: bool = True) -> DigestView:
    """One edition of a week's digest; the first where there is none of this number.

    Args:
        row: the digest.
        edition: a track's id, or the open forum's number.
        cut: whether the week is over, and this is what became of it.
    """
    found = {int(key): _kept().validate_python(data) for key, data in row.editions.items()}
    found = found or {FORUM_EDITION: _NOTHING}
    return DigestView(
        programme_id=row.programme_id,
        language=row.language,
        zone=row.zone,
        week=Week.of(row.week),
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        edition=found.get(
            FORUM_EDITION if edition is None else edition, next(iter(found.values()))
        ),
        editions=tuple((key, each.track) for key, each in found.items()),
        off=sections(row.off),
        greeting=row.greeting,
        first=not kept.any_sent(desk, row.week),
        state=row.state if cut else None,
    )


def sections(text: str) -> frozenset[Section]:
    """Sections, as they are kept."""
    return frozenset(Section(name) for name in text.split(",") if name)


@cache
def _kept() -> "TypeAdapter[Edition]":
    """How an edition is kept as JSON; making this takes a while, and a start need not wait."""
    from pydantic import TypeAdapter

    return TypeAdapter(Edition)


def _votes(earlier: Sequence[Digest], edition: int) -> list[tuple[int, int]]:
    """The votes that an edition told of in earlier weeks, oldest first; not of those missed."""
    told = [(row.week, row.editions.get(str(edition))) for row in reversed(earlier)]
    return [(week, data["people"]["votes"]) for week, data in told if data]
