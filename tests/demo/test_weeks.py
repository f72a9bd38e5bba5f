"""The demo's weeks: what each one's digest told, and how this one's is sent."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import discord
import pytest
from simcord.builders import ChannelHandle

from bot.demo.deeds import digest_moments
from bot.demo.example import ZONE, example
from bot.demo.seed import actors
from bot.domain.digest import digests, settings, weeks
from bot.domain.digest.views import FORUM_EDITION
from bot.domain.posts import ledger
from storage.desk import Person
from storage.enums import DigestState
from tests.demo.test_stage import Tab, person

NOW = datetime(2026, 3, 2, 6, 0, tzinfo=UTC)
WEEK = timedelta(weeks=1)
CHANNELS = ("hälsa-anslag", "skola-anslag", "öppet-forum")


@pytest.mark.parametrize("days", range(7))
def test_eight_whole_weeks_are_over_whatever_weekday_it_is(days):
    today = NOW + timedelta(days=days)
    due = digest_moments(example(), today)
    assert example().began.before(today) < due[0]
    assert today - WEEK < due[-1] <= today
    assert len(due) > 8
    assert all(abs(b - a - WEEK) <= timedelta(hours=1) for a, b in pairwise(due))


def boss(stage):
    return Person(person(stage, "Samordnare"), frozenset(), manages_server=True)


def room(stage, name):
    backend = stage.env.backend
    return next(one for one in backend.channels.values() if one.name == name)


def posted(stage, name, week):
    """The digests of a week that stand in a channel."""
    found = stage.env.backend.messages[room(stage, name).id].values()
    return [one for one in found if f"Veckobrev · vecka {week.number}" in str(one.components)]


async def views(stage, edition):
    """What the weeks that are over have told, oldest first."""
    asks = stage.bot.works.visit(stage.guild.id, boss(stage))
    due = digest_moments(example(), stage.bot.works.now())
    weeks = [moment.astimezone(ZoneInfo(ZONE)).isocalendar() for moment in due]
    return [await asks.read(digests.preview, 100 * year + week, edition) for year, week, _ in weeks]


async def test_every_week_has_told_what_happened_in_its_channels_on_its_day(stage):
    told = await views(stage, FORUM_EDITION)
    assert all(before.ends_at == after.starts_at for before, after in pairwise(told))
    sent = [view for view in told if view.state is DigestState.SENT]
    assert len(sent) >= 8
    assert len(sent) >= len(told) - 1  # the first week may have been an evening
    for view in sent:
        for name in CHANNELS:
            (message,) = posted(stage, name, view.week)
            assert abs(discord.utils.snowflake_time(message.id) - view.ends_at) < WEEK / 100
            (picture,) = message.attachments
            assert stage.env.backend.cdn.get(picture["url"]).startswith(b"\x89PNG")
    editions = [view.edition for view in sent]
    assert all(edition.people.took_part for edition in editions)
    assert min(votes for _, votes in editions[-1].people.trend) > 0
    assert len(editions[-1].people.trend) == 8
    for section in ("new", "decisions", "moved", "ahead", "minutes", "talk"):
        assert sum(bool(getattr(edition, section)) for edition in editions) >= 2, section


async def test_what_people_wrote_is_counted_in_the_week_in_which_they_wrote_it(stage):
    backend, told = stage.env.backend, await views(stage, FORUM_EDITION)
    days = [(view.starts_at.astimezone(ZoneInfo(ZONE)).date(), view) for view in told]
    for begin, view in days:
        end = view.ends_at.astimezone(ZoneInfo(ZONE)).date()
        for one in view.edition.talk:
            written = backend.messages[one.channel_id].values()
            when = [discord.utils.snowflake_time(message.id) for message in written]
            local = [moment.astimezone(ZoneInfo(ZONE)).date() for moment in when]
            assert one.messages == sum(begin <= day < end for day in local)
    assert sum(one.messages for view in told for one in view.edition.talk) > 15


async def test_the_past_leaves_nothing_undone_and_the_next_digest_is_planned(stage):
    titles = {name: kind.title for name, kind in stage.bot.crew.courier.kinds.items()}
    now = stage.bot.works.now()
    planned = await stage.bot.works.db.visit(stage.guild.id, None, now).read(
        ledger.overview, titles
    )
    assert planned.troubles == ()
    assert all(post.due_at > now for post in planned.upcoming)
    assert [post.kind for post in planned.upcoming].count(weeks.WEEK) == 1
    assert weeks.EDITION not in {post.kind for post in planned.upcoming}
    # Nobody was written to but those who were told what became of their factor.
    factors = example().factors
    into = {factor.merge.into for factor in factors if factor.merge}
    ended = {each.by for each in factors if each.outcome or each.merge or each.title in into}
    written_to = {one.id for one in stage.model().people if one.direct}
    users = stage.env.backend.users
    assert written_to
    assert {users[int(each)].name for each in written_to} <= ended


def leave_sunday_evening(stage):
    """Where this week's digest is out already, let it be the next week."""
    clock, now = stage.env.backend.clock, stage.bot.works.now()
    due = digest_moments(example(), now)[-1].astimezone(ZoneInfo(ZONE))
    if due.isocalendar()[:2] == now.astimezone(ZoneInfo(ZONE)).isocalendar()[:2]:
        clock.go_back_to(now + timedelta(hours=8))


async def test_the_coordinator_looks_at_a_week_and_sends_this_one(stage, http):
    leave_sunday_evening(stage)
    coordinator = actors(stage.env, stage.guild)["samordnare"]
    forum = ChannelHandle(stage.env, stage.guild, room(stage, "öppet-forum"))
    last = (await views(stage, FORUM_EDITION))[-1]
    shown = await coordinator.slash(forum, "digest preview", week=str(last.week))
    assert f"Veckobrev · vecka {last.week.number}" in str(shown.response.components)
    assert len(shown.response.attachments) == 1
    chosen = await stage.bot.works.visit(stage.guild.id, boss(stage)).read(settings.settings)
    await coordinator.slash(forum, "digest send")
    for name in CHANNELS:
        (message,) = posted(stage, name, chosen.next_week)
        address = await stage.open(room(stage, name).id, person(stage, "Följare"), message.id)
        tab = await Tab(http, address).load()
        assert example().digest.greeting in tab.text(str(message.id))
        earlier, *_ = posted(stage, name, last.week)  # in the forum, the preview follows
        assert tab.shown["messages"][str(earlier.id)]["attachments"]
    outline = await stage.bot.works.visit(stage.guild.id).read(settings.outline)
    assert outline.last_week == chosen.next_week
