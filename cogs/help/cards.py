"""What somebody can do here and now: a few buttons first, and all commands behind one."""

from collections.abc import Iterable, Mapping, Sequence

import discord

from bot.domain.members.participants import MemberStanding
from bot.i18n.words import Words
from bot.ui.layout import Card, button, line, press_id, row, said
from bot.ui.text import escape
from cogs.help import commands
from storage.enums import Choice, Order, Preset

# What a list of all that is voted on is opened with.
_OPEN = (0, "open", "any", 0, Order.NEWEST)


def help_card(words: Words, standing: MemberStanding) -> Card:
    """What the person is here, and the few buttons that they need."""
    if not standing.set_up:
        return _beginning_card(words, standing)
    blue = discord.ButtonStyle.primary
    if standing.participant is not None:
        buttons = [
            button(words("home.needs"), press_id("needs:1"), blue, emoji="📌"),
            button(words("home.propose"), press_id("begin:1"), emoji="💡"),
            button(words("home.meetings"), press_id("meetings:1"), emoji="📅"),
            button(words("home.choices"), press_id("choices:1"), emoji="⚙️"),
        ]
    else:
        buttons = [
            button(words("home.join"), press_id("join:1"), blue, emoji="👋"),
            button(words("help.factors"), press_id("factors:2", 0, *_OPEN), emoji="🌱"),
            button(words("home.meetings"), press_id("meetings:1"), emoji="📅"),
        ]
    everything = button(words("help.all"), press_id("commands:1"))
    return Card(said(_head(words, standing)), row(*buttons, everything))


def commands_card(words: Words, standing: MemberStanding, there: Sequence[str]) -> Card:
    """All commands that the person may use, and three examples.

    Args:
        words: how to speak to them.
        standing: what they are.
        there: the full names of all commands.
    """
    if not standing.set_up:
        return _beginning_card(words, standing)
    parts = [said(_use(words, standing, there)), said(_looking_up(words, there))]
    if standing.coordinator:
        parts.append(said(_coordinating(words, standing, there)))
    return Card(*parts, line(), said(_examples(words, _examples_for(standing), there)))


def _beginning_card(words: Words, standing: MemberStanding) -> Card:
    if not standing.manages_server:
        return Card(said(words("help.head.not_set_up")))
    examples = [words("help.example.setup", preset=words(f"preset.{preset}")) for preset in Preset]
    return Card(said(words("help.head.may_set_up")), line(), said(_listed(words, examples)))


def _head(words: Words, standing: MemberStanding) -> str:
    lines = [words("help.head.coordinator")] if standing.coordinator else []
    if standing.participant is not None:
        organisation = escape(standing.participant.organisation)
        inside = standing.participant.tracks
        tracks = ", ".join(f"{track.emoji} {escape(track.name)}" for track in inside)
        key = "help.head.participant" if inside else "help.head.participant.no_tracks"
        values = {"organisation": organisation, "tracks": tracks}
        lines.append(words(key, **values))
    elif not standing.coordinator:
        lines.append(words("help.head.follower"))
    if standing.answers_for:
        names = ", ".join(f"**{escape(name)}**" for name in standing.answers_for)
        lines.append(words("help.head.contact", organisations=names))
    return "\n".join(lines)


def _use(words: Words, standing: MemberStanding, there: Sequence[str]) -> str:
    """The few commands that matter most, each with what it does."""
    taking_part = standing.participant is not None
    lines = [f"**{words('help.do')}**"]
    theirs = commands.PARTICIPANTS if taking_part else commands.FOLLOWERS
    lines += [
        f"{words.command(name)}: {words(key)}"
        for key in theirs
        if (name := commands.name_of(key)) in there
    ]
    if taking_part:
        labels = {choice.value: words(f"choice.{choice}") for choice in Choice}
        lines.append(words("help.vote", **labels))
    return "\n".join(lines)


def _coordinating(words: Words, standing: MemberStanding, there: Sequence[str]) -> str:
    """A line for each group of commands."""
    listed = commands.FOLLOWERS + commands.PARTICIPANTS + commands.EVERYONE
    others = {commands.name_of(key) for key in listed}
    if not standing.manages_server:
        others |= {commands.name_of(key) for key in commands.MANAGERS}
    groups: dict[str, list[str]] = {}
    for name in there:
        if name not in others:
            groups.setdefault(name.partition(" ")[0], []).append(words.command(name))
    lines = [" · ".join(links) for links in groups.values()]
    return "\n".join([f"**{words('help.coordinate')}**", *lines])


def _examples_for(standing: MemberStanding) -> Mapping[str, str]:
    if standing.coordinator:
        return commands.COORDINATOR_EXAMPLES
    if standing.participant is not None:
        return commands.PARTICIPANT_EXAMPLES
    return commands.FOLLOWER_EXAMPLES


def _examples(words: Words, examples: Mapping[str, str], there: Sequence[str]) -> str:
    fitting = [words(key) for shown, key in examples.items() if commands.name_of(shown) in there]
    return _listed(words, fitting[: commands.EXAMPLES_SHOWN])


def _listed(words: Words, examples: Iterable[str]) -> str:
    return "\n".join([f"**{words('help.examples')}**", *(f"- {example}" for example in examples)])


def _looking_up(words: Words, there: Sequence[str]) -> str:
    names = (commands.name_of(key) for key in commands.EVERYONE)
    links = " · ".join(words.command(name) for name in names if name in there)
    return f"**{words('help.look')}**\n{links}"
