"""How a programme is, and making good what is wrong."""

import logging

import discord

from bot.ask import Ask
from bot.delivery.concerns import titles
from bot.delivery.crew import Crew
from bot.domain.digest import settings
from bot.domain.kit.errors import NotSetUp
from bot.domain.kit.people import COORDINATORS_ROLE
from bot.domain.posts import ledger
from bot.domain.programme import status
from bot.domain.programme.programmes import ProgrammeView
from bot.patience import TROUBLES
from bot.ui.layout import note
from cogs.home.keeping import bring_all_in_line, find_home, start_of
from cogs.kit.builder import Stands
from cogs.kit.health import is_above, troubles
from cogs.programme.cards import Report, repaired_card, repairing_card

_log = logging.getLogger(__name__)


async def report(crew: Crew, ask: Ask) -> Report:
    """How the programme is.

    Raises:
        NotSetUp, CoordinatorsOnly: as :func:`bot.domain.programme.status.status`.
    """
    guild = ask.guild
    view = await ask.read(status.status)
    try:
        found = await find_home(guild, view.programme)
        start = start_of(guild, view.programme)
        home = found is not None and (start is None or found.channel == start)
    except TROUBLES:
        home = True  # it cannot be looked at: what is in the way is named beside it
    posts = await crew.works.visit(guild.id).read(ledger.overview, titles(crew.courier.kinds))
    outline = await crew.works.visit(guild.id).read(settings.outline)
    return Report(view, troubles(guild, view.programme.slots), home, posts, outline)


async def repair(crew: Crew, ask: Ask) -> None:
    """Make good what can be made good, on the card where **Repair** was pressed.

    The card may be everyone's or one person's, in the server or in a direct message; it speaks
    the language of whom it is for.

    Raises:
        NotSetUp, CoordinatorsOnly: nothing was done.
    """
    guild = crew.works.client.get_guild(ask.programme_id)
    if guild is None:
        raise NotSetUp
    member = await ask.as_member()
    programme = await member.read(status.need_to_repair)
    words = (
        ask.words if ask.pressed_own else crew.works.speech.in_(programme.language, programme.id)
    )
    await ask.replace(repairing_card(words, ask.person.id))

    async def quietly(_stands: Stands) -> None:
        """Nothing to show before it is done."""

    outcome = await bring_all_in_line(crew, guild, quietly)
    if any(slot.key == COORDINATORS_ROLE for slot in outcome.made):
        await make_coordinator(guild, outcome.programme, ask.person.id)
    await ask.go_on(repaired_card(words, outcome))


async def try_again(crew: Crew, ask: Ask) -> None:
    """Try again what could not be posted; the press may come from a direct message.

    Raises:
        NotSetUp, CoordinatorsOnly: nothing was done.
        NothingToTryAgain: all is out by now, or too old.
    """
    guild = crew.works.client.get_guild(ask.programme_id)
    if guild is None:
        raise NotSetUp
    member = await ask.as_member()
    number = await member.write(ledger.try_again)
    crew.courier.wake()
    await ask.answer(note(ask.words("delivery.retried", n=number)))


async def make_coordinator(guild: discord.Guild, programme: ProgrammeView, member_id: int) -> None:
    """Give somebody (a Discord id) the coordinators' role, where Discord lets leda."""
    role_id = programme.discord_id(COORDINATORS_ROLE)
    role = guild.get_role(role_id or 0)
    if role_id is None or (role is not None and is_above(role)):
        return
    try:
        member = await guild.fetch_member(member_id)
        await member.add_roles(discord.Object(role_id))
    except TROUBLES as refusal:
        _log.warning("coordinators' role of %s: %s", guild.id, refusal)
