"""What leda looks after by itself, now and then. A round can be run at any time, and again."""

import logging
from collections.abc import Collection, Iterable
from datetime import UTC, datetime, timedelta

import discord

from bot.delivery.crew import Crew
from bot.delivery.vacancies import tell_vacancies
from bot.domain.digest import weeks
from bot.domain.factors import drafts, recounts
from bot.domain.kit import uploads
from bot.domain.meetings import meetings, shelf
from bot.domain.members import roles
from bot.domain.membership import presence
from bot.domain.needs import walk
from bot.domain.programme import servers
from bot.patience import TROUBLES
from storage.members import spent

_log = logging.getLogger(__name__)
_NEVER = datetime.min.replace(tzinfo=UTC)
_AT_A_TIME = 100  # ids in one question to Discord
# What has had its time each night, whoever's it is.
_FORGETTING = (
    drafts.forget_old,
    uploads.forget_old,
    shelf.forget_old,
    spent.forget_old,
    walk.forget_old,
)


async def nightly(crew: Crew, now: datetime) -> None:
    """Forget what has had its time, plan digests that lack, and find out who has left.

    Args:
        crew: connected.
        now: aware UTC.
    """
    if crew.works.clock.far:
        return  # nobody can tell what has had its time
    for forget in _FORGETTING:
        await crew.works.db.write(forget, now=now)
    # First who is there: a programme whose server took leda back while it was down is not over.
    ours = await notice_servers(crew, now)
    over = await crew.works.db.write(servers.forget_removed, ours, now=now)
    for programme_id in over:
        crew.works.speech.nouns.pop(programme_id, None)
        _log.info("programme %s: its 30 days are over, it is deleted", programme_id)
    if over:
        await crew.works.db.scrub()
    await crew.works.db.write(weeks.plan_all, ours, now=now)
    for programme_id in ours:
        await check_members(crew, programme_id, now)
        if await crew.works.db.visit(programme_id, None, now).write(presence.leave_out):
            crew.recounts.wake(programme_id)
        await tell_vacancies(crew.works, programme_id, now)


async def hourly(crew: Crew) -> None:
    """Go on with roles that Discord refused to give, and with what a restart interrupted."""
    crew.roles.retry()
    for guild in crew.works.client.guilds:
        crew.follow_up(guild.id)
        crew.works.client.dispatch("programme_news", guild.id)
    crew.cards.retry()


async def pass_time(crew: Crew, after: datetime, until: datetime) -> None:
    """Let cards follow what happened between two moments (UTC) because time passed.

    Votes open, close and grow too old; meetings begin and end.
    """
    await crew.works.db.write(recounts.pass_time, crew.works.shards, after, until)
    await crew.works.db.write(meetings.pass_time, crew.works.shards, after, until)
    for guild in crew.works.client.guilds:
        # What somebody did in a direct message may have been heard by another process.
        crew.roles.wake(guild.id)
        crew.recounts.wake(guild.id)
        crew.meetings.wake(guild.id)


async def notice_servers(crew: Crew, now: datetime) -> list[int]:
    """Note which servers leda is out of, and which have it back; to be called once it is ready.

    Returns:
        the servers with a programme that this process looks after, whether leda is in them or not.
    """
    known = await crew.works.db.read(servers.known)
    ours = [key for key in known if key in crew.works.shards]
    present = {guild.id for guild in crew.works.client.guilds}
    missing = [key for key in ours if key not in present]
    await crew.works.db.write(servers.notice, present.intersection(ours), missing, now=now)
    return ours


async def check_members(
    crew: Crew,
    programme_id: int,
    now: datetime,
    *,
    among: Collection[int] | None = None,
    lately: timedelta = timedelta(),
) -> None:
    """Find out which participants have left the server, and which are back.

    For the nightly round, and before what depends on whose votes count: a digest, a decision.
    If Discord does not answer, everything stays as it was.

    Args:
        crew: who asks Discord, a hundred members a question; it takes about two a second.
        programme_id: the server.
        now: aware UTC.
        among: only these members, if not all.
        lately: if all of them were looked up within this time, that is enough.
    """
    if among is None and now - crew.looked_up.get(programme_id, _NEVER) < lately:
        return
    guild = crew.works.client.get_guild(programme_id)
    if guild is None or guild.unavailable:
        return
    known = await crew.works.visit(programme_id).read(roles.known)
    here, away = known.here, known.away
    if among is not None:
        here, away = here & frozenset(among), away & frozenset(among)
    try:
        present = await _present(guild, here | away)
        gone = [member_id for member_id in here - present if await _has_left(guild, member_id)]
    except (discord.DiscordException, *TROUBLES) as trouble:
        _log.warning("members of %s could not be looked up: %s", programme_id, trouble)
        return
    if among is None:
        crew.looked_up[programme_id] = now
    if gone:
        await crew.works.db.visit(programme_id, None, now).write(presence.gone, gone)
    if back := away & present:
        await crew.works.db.visit(programme_id, None, now).write(presence.back, sorted(back))
        crew.follow_up(programme_id)


async def _present(guild: discord.Guild, member_ids: Iterable[int]) -> frozenset[int]:
    """Those of the members who are in the server; works without the list of members."""
    asked = sorted(member_ids)
    found: set[int] = set()
    for start in range(0, len(asked), _AT_A_TIME):
        some = asked[start : start + _AT_A_TIME]
        answer = await guild.query_members(user_ids=some, limit=_AT_A_TIME, cache=False)
        found |= {member.id for member in answer}
    return frozenset(found)


async def _has_left(guild: discord.Guild, member_id: int) -> bool:
    """Asks once more, about one: votes hang on it, and an answer may have been cut short."""
    try:
        await guild.fetch_member(member_id)
    except discord.NotFound:
        return True
    return False
