"""What leda looks after by itself, now and then. A round can be run at any time, and again."""

import logging
from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

import discord

from bot.delivery.coordinators import tell_coordinators
from bot.delivery.notices import vacancies_card
from bot.delivery.patience import TROUBLES
from bot.domain.digest import weeks
from bot.domain.factors import drafts, recounts
from bot.domain.kit import uploads
from bot.domain.meetings import keeping, meetings
from bot.domain.members import roles
from bot.domain.membership import presence
from bot.domain.membership.presence import Vacancies
from bot.domain.programme import servers

if TYPE_CHECKING:
    from bot.client import LedaBot

_log = logging.getLogger(__name__)
_AT_A_TIME = 100  # ids in one question to Discord


async def nightly(bot: "LedaBot", now: datetime) -> None:
    """Forget what has had its time, plan digests that lack, and find out who has left.

    Args:
        bot: connected.
        now: aware UTC.
    """
    await bot.db.write(drafts.forget_old, now=now)
    await bot.db.write(uploads.forget_old, now=now)
    await bot.db.write(keeping.forget_old, now=now)
    # First who is there: a programme whose server took leda back while it was down is not over.
    ours = await notice_servers(bot, now)
    for programme_id in await bot.db.write(servers.forget_removed, ours, now=now):
        bot.nouns.pop(programme_id, None)
        _log.info("programme %s: its 30 days are over, it is deleted", programme_id)
    await bot.db.write(weeks.plan_all, ours, now=now)
    for programme_id in ours:
        await check_members(bot, programme_id, now)
        await tell_vacancies(bot, programme_id, now)


async def hourly(bot: "LedaBot") -> None:
    """Go on with roles that Discord refused to give, and with what a restart interrupted."""
    bot.roles.retry()
    for guild in bot.guilds:
        bot.follow_up(guild.id)
    bot.cards.retry()


async def pass_time(bot: "LedaBot", after: datetime, until: datetime) -> None:
    """Let cards follow what happened between two moments (UTC) because time passed.

    Votes open, close and grow too old; meetings begin and end.
    """
    await bot.db.write(recounts.pass_time, bot.courier.shards, after, until)
    await bot.db.write(meetings.pass_time, bot.courier.shards, after, until)
    for guild in bot.guilds:
        # What somebody did in a direct message may have been heard by another process.
        bot.roles.wake(guild.id)
        bot.recounts.wake(guild.id)
        bot.meetings.wake(guild.id)


async def notice_servers(bot: "LedaBot", now: datetime) -> list[int]:
    """Note which servers leda is out of, and which have it back; to be called once it is ready.

    Returns:
        the servers with a programme that this process looks after, whether leda is in them or not.
    """
    known = await bot.db.read(servers.known)
    ours = [key for key in known if key in bot.courier.shards]
    present = {guild.id for guild in bot.guilds}
    missing = [key for key in ours if key not in present]
    await bot.db.write(servers.notice, present.intersection(ours), missing, now=now)
    return ours


async def check_members(bot: "LedaBot", programme_id: int, now: datetime) -> None:
    """Find out which participants have left the server, and which are back.

    For the nightly round, and before what depends on whose votes count: a digest, a decision.
    If Discord does not answer, everything stays as it was.
    """
    guild = bot.get_guild(programme_id)
    if guild is None or guild.unavailable:
        return
    known = await bot.db.read(roles.known, programme_id)
    try:
        present = await _present(guild, known.here | known.away)
        gone = [
            member_id for member_id in known.here - present if await _has_left(guild, member_id)
        ]
    except (discord.DiscordException, *TROUBLES) as trouble:
        _log.warning("members of %s could not be looked up: %s", programme_id, trouble)
        return
    if gone:
        await bot.db.write(presence.gone, programme_id, gone, now=now)
    if back := known.away & present:
        await bot.db.write(presence.back, programme_id, sorted(back), now=now)
        bot.follow_up(programme_id)


async def tell_vacancies(bot: "LedaBot", programme_id: int, now: datetime) -> None:
    """Tell coordinators once about organisations that have lost everyone, or their contact."""
    if bot.get_guild(programme_id) is None:
        return  # nobody would hear it
    found = await bot.db.write(presence.vacancies, programme_id, now=now)
    if found != Vacancies():
        await tell_coordinators(bot, programme_id, lambda words: vacancies_card(words, found))


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
