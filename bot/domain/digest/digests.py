"""Weekly digests: cut when they are due, or sent by hand; shown ahead, and again as they were."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain.digest import pages, weeks
from bot.domain.digest.errors import DigestSent, NothingToTell
from bot.domain.digest.names import need_ended, need_week
from bot.domain.digest.scopes import Scope
from bot.domain.digest.views import DigestView
from bot.domain.digest.weeks import EDITION, LATE_FOR, WEEK, Window
from bot.domain.kit.people import only_coordinators, the_programme
from bot.domain.needs import weekly_lists
from bot.domain.posts import planning
from bot.domain.posts.claims import Thing
from bot.domain.posts.planning import Note, Post
from bot.domain.when.weeks import Week
from storage import journal
from storage.desk import Desk
from storage.digest import digests as kept
from storage.digest.digests import Digest
from storage.enums import DeliveryState, DigestState, Way
from storage.kit.programmes import Programme
from storage.posts import deliveries as ledger


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
            row = pages.blank(programme, week, nothing, DigestState.MISSED)
            desk.session.add(row)
            desk.session.flush()
        else:
            row, loud = pages.write(desk, programme, week, window, desk.now)
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
    row, loud = pages.write(desk, programme, week, window, desk.now)
    if not loud:
        raise NothingToTell
    _drop_work(desk, week)
    row = desk.session.merge(row)
    _keep(desk, programme, row, loud, desk.now)
    desk.note("digest.sent", name=str(week))
    weeks.plan_following(desk, programme, week)
    return tuple(pages.view(desk, row, scope.edition) for scope in loud)


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
        row, _ = pages.write(desk, programme, coming, window, desk.now)
        row.ends_at = max(desk.now, due)  # nothing has happened yet until then
        return pages.view(desk, row, edition, cut=False)
    known = need_week(week)
    if row_kept := kept.find(desk, known.value):
        return pages.view(desk, row_kept, edition)
    window = need_ended(programme, known, coming)
    row, _ = pages.write(desk, programme, known, window, None)
    return replace(pages.view(desk, row, edition, cut=False), first=False)


def posted(desk: Desk, week: int, edition: int) -> DigestView | None:
    """An edition of a week that was cut, to be posted; None if there is none."""
    row = kept.find(desk, week)
    if row is None or str(edition) not in row.editions:
        return None
    return pages.view(desk, row, edition)


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
