"""Invitations: how an organisation's people get in, in words for a mail."""

from collections.abc import Sequence
from dataclasses import dataclass

import discord

from bot.domain.kit import csvfiles
from bot.domain.organisations.invitations import InvitationView
from bot.domain.programme import programmes
from bot.domain.tracks import places
from bot.i18n.words import Words
from bot.patience import TROUBLES
from bot.works import Works

_RULE = "─" * 60


@dataclass(frozen=True)
class InvitationWay:
    """The way into a server: its name, a link that never ends, the channel of the home card.

    Without ``link`` Discord did not let leda make one.
    """

    server: str
    start: str
    link: str | None


async def way_in(works: Works, guild: discord.Guild) -> InvitationWay:
    """The link to the home card's channel; the one that leda made before, if it stands."""
    programme = await works.visit(guild.id).read(programmes.view)
    slot = places.START if programme.discord_id(places.START) else places.FORUM
    channel = guild.get_channel(programme.discord_id(slot) or 0)
    if not isinstance(channel, discord.TextChannel):
        return InvitationWay(
            guild.name, works.speech.in_(programme.language, guild.id)("place.start"), None
        )
    try:
        invite = await channel.create_invite(max_age=0, max_uses=0, unique=False)
    except TROUBLES:
        return InvitationWay(guild.name, channel.name, None)
    return InvitationWay(guild.name, channel.name, invite.url)


def invitation_text(words: Words, invitation: InvitationView, way: InvitationWay) -> str:
    """One organisation's invitation, as plain text.

    Args:
        words: the programme's.
        invitation: whose it is.
        way: how to get to the server.
    """
    about = {"organisation": invitation.organisation, "code": invitation.code}
    if invitation.coded:
        step = words("invitation.step.code", **about)
    else:
        step = words("invitation.step.open", organisation=invitation.organisation)
    return words(
        "invitation.text",
        server=way.server,
        organisation=invitation.organisation,
        link=way.link or words("invitation.no_link"),
        start=way.start,
        join=words("home.join"),
        command=words("name.join"),
        step=step,
    )


def invitations_file(
    words: Words, invitations: Sequence[InvitationView], way: InvitationWay
) -> bytes:
    """All invitations in one text, each under its organisation's name."""
    parts = [
        f"{_RULE}\n{each.organisation}\n{_RULE}\n\n{invitation_text(words, each, way)}\n"
        for each in invitations
    ]
    return "\n\n".join(parts).encode()


def mail_merge(words: Words, invitations: Sequence[InvitationView], way: InvitationWay) -> bytes:
    """All invitations as a table for mail merge, a row each: organisation, code, text."""
    head = [words(f"invitation.column.{column}") for column in ("organisation", "code", "text")]
    rows = [
        [each.organisation, each.code if each.coded else "", invitation_text(words, each, way)]
        for each in invitations
    ]
    return csvfiles.write(head, rows, csvfiles.DELIMITER_FOR[words.language])


def quoted(text: str) -> str:
    """A text in a block that can be copied as it stands; nothing in it acts, or ends the block."""
    return "```\n" + text.replace("`", "\u02cb") + "\n```"
