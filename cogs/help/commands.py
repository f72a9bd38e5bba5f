"""Whose commands are whose, by the key of what each does. What is missing is the coordinators'."""

from typing import Final

FOLLOWERS: Final = ("command.join",)
PARTICIPANTS: Final = (
    "command.todo",
    "command.factor.propose",
    "command.factor.experience",
    "command.factor.edit",
    "command.factor.withdraw",
    "command.notify",
    "command.leave",
)
# Looking things up, and what concerns oneself.
EVERYONE: Final = (
    "command.factor.list",
    "command.factor.show",
    "command.factor.search",
    "command.factor.top",
    "command.keyarea.list",
    "command.track.list",
    "command.organisation.list",
    "command.meeting.list",
    "command.meeting.show",
    "command.help",
    "command.privacy.export",
    "command.privacy.erase",
)
MANAGERS: Final = ("command.programme.setup",)

# Examples for each kind of person, by the command that they show; the first three whose commands
# there are.
FOLLOWER_EXAMPLES: Final = {
    "command.join": "help.example.join",
    "command.factor.list": "help.example.read",
    "command.organisation.list": "help.example.who",
}
PARTICIPANT_EXAMPLES: Final = {
    "command.factor.propose": "help.example.propose",
    "command.factor.list": "help.example.vote",
    "command.factor.show": "help.example.show",
}
COORDINATOR_EXAMPLES: Final = {
    "command.programme.status": "help.example.status",
    "command.organisation.add": "help.example.add",
    "command.organisation.list": "help.example.empty",
    "command.factor.list": "help.example.read",
}
EXAMPLES_SHOWN: Final = 3


def name_of(key: str) -> str:
    """The full name of the command that a key describes."""
    return key.removeprefix("command.").replace(".", " ")
