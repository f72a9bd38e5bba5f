"""Weekly lists: who gets one, when, and what it says."""

from datetime import timedelta

from sqlmodel import select

from bot.domain.factors import drafts, outcomes, votes
from bot.domain.meetings import answers
from bot.domain.members import reach
from bot.domain.membership import joining, presence
from bot.domain.needs import weekly_lists
from bot.domain.when.clocks import Week
from storage.enums import Choice, FactorStatus, Reach, Way
from storage.posts.deliveries import Delivery
from tests.domain.conftest import HERE, MANAGER, NOW, somebody
from tests.domain.holding import plan
from tests.domain.scenes import scene

ANNA, BO = 11, 12
WEEK = Week(2026, 49)
DUE = NOW + timedelta(days=3)


@scene
def people(trial):
    """Anna of Göteborg (school), Bo of Vara (care)."""
    trial.join(ANNA, trial.goteborg)
    trial.join(BO, trial.vara)
    return trial


def planned(world, due=DUE, now=NOW):
    """The lists of a week, by whose they are."""
    world(weekly_lists.plan, WEEK, due, now=now)
    rows = world(lambda session: session.exec(select(Delivery)).all())
    return {row.member_id: row for row in rows if row.kind == weekly_lists.LIST}


def today(world, member=ANNA, now=NOW, **more):
    return world(weekly_lists.today, member, now=now, **more)


def choose(world, member, **chosen):
    world(reach.change, member, **chosen)


def test_a_list_is_planned_once_for_everyone_and_comes_as_a_direct_message(people):
    rows = planned(people)
    assert planned(people).keys() == rows.keys() == {ANNA, BO}
    row = rows[ANNA]
    assert row.key == f"digest:{HERE}:2026-W49:list:{ANNA}"
    assert (row.way, row.slot, row.subject_id) == (Way.DIRECT, None, WEEK.value)
    assert (row.due_at, row.expires_at) == (DUE, DUE + timedelta(days=3))
    assert people(weekly_lists.title, row.subject_id) == "week 49"


def test_whoever_chose_otherwise_or_is_not_there_gets_none(people):
    for number, chosen in enumerate(
        [{"weekly_list": False}, {"reach": Reach.MENTION}, {"reach": Reach.NOTHING},
         {"reminders": False}]
    ):  # fmt: skip
        people.join(20 + number, people.vasteras)
        choose(people, 20 + number, **chosen)
    for member in (31, 32):
        people.join(member, people.vasteras)
    people.leave(31)
    people(presence.gone, [32])
    assert planned(people).keys() == {ANNA, BO, 23}


def test_they_come_ten_a_minute_and_never_all_at_once_though_they_are_late(people):
    for member in range(100, 123):
        people.join(member, people.vasteras)
    for due, now, first in ((DUE, NOW, DUE), (NOW, DUE, DUE)):
        moments = [row.due_at for row in planned(people, due, now).values()]
        minutes = [(moment - first) // timedelta(minutes=1) for moment in moments]
        assert sorted(minutes) == [0] * 10 + [1] * 10 + [2] * 5
        people(_forget)


def _forget(session):
    for row in session.exec(select(Delivery)):
        session.delete(row)


def test_it_says_what_waits_today(people):
    assert today(people) is None
    people.factor(ANNA)
    meeting = plan(people)
    found = today(people)
    assert [each.title for each in found.needs.factors.shown] == ["Try it small"]
    assert [each.time.id for each in found.needs.meetings.shown] == [meeting.shown.id]
    assert found.home_url is None
    assert [each.time.id for each in today(people, BO).needs.meetings.shown] == [meeting.shown.id]


def test_a_draft_alone_is_nothing_to_write_about(people):
    people.draft(ANNA)
    assert people(drafts.waiting, by=somebody(ANNA)) is not None
    assert today(people) is None


def test_a_meeting_is_left_out_that_they_are_reminded_of_anyway_or_want_not_to_be(people):
    first, second = plan(people), plan(people, title="Later", when="2026-12-03 13:00")
    found = today(people, but=[first.shown.id]).needs
    assert [each.time.title for each in found.meetings.shown] == ["Later"]
    assert found.meetings.total == 1
    people(answers.mute, second.shown.id, ANNA)
    assert today(people, but=[first.shown.id]) is None


def test_who_wants_it_no_more_by_then_gets_nothing(people):
    people.factor(ANNA)
    choose(people, ANNA, weekly_list=False)
    assert today(people) is None
    choose(people, ANNA, weekly_list=True)
    assert today(people) is not None
    choose(people, ANNA, reach=Reach.MENTION)
    assert today(people) is None
    people.factor(BO)
    people(joining.leave, BO)
    assert today(people, BO) is None


def test_a_list_tells_what_became_of_theirs_where_nothing_else_waits(people):
    factor = people.factor(ANNA, title="One")
    people(votes.vote, factor.id, ANNA, Choice.SUPPORT)
    assert today(people) is None
    people(outcomes.decide, factor.id, FactorStatus.DECLINED, "Told elsewhere.", by=MANAGER)
    assert [each.factor.title for each in today(people).fates] == ["One"]
    assert today(people, now=NOW + timedelta(days=8)) is None
