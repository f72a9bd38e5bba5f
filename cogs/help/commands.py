"""Whose commands are whose. What stands in no list here is the coordinators'."""

from typing import Final

# Each with the key of what it does.
FOLLOWERS: Final = {"join": "command.join"}
PARTICIPANTS: Final = {
    "factor propose": "command.factor.propose",
    "factor experience": "command.factor.experience",
    "factor edit": "command.factor.edit",
    "factor withdraw": "command.factor.withdraw",
    "notify": "command.notify",
    "leave": "command.leave",
}
# Looking things up, and what concerns oneself.
EVERYONE: Final = (
    "factor list",
    "factor show",
    "factor search",
    "factor top",
    "keyarea list",
    "track list",
    "organisation list",
    "meeting list",
    "meeting show",
    "help",
    "privacy export",
    "privacy erase",
)
MANAGERS: Final = ("programme setup",)

# Examples for each kind of person, by the command that they show; the first three whose commands
# there are.
FOLLOWER_EXAMPLES: Final = {
    "join": "help.example.join",
    "factor list": "help.example.read",
    "organisation list": "help.example.who",
}
PARTICIPANT_EXAMPLES: Final = {
    "factor propose": "help.example.propose",
    "factor list": "help.example.vote",
    "factor show": "help.example.show",
}
COORDINATOR_EXAMPLES: Final = {
    "programme status": "help.example.status",
    "organisation add": "help.example.add",
    "organisation list": "help.example.empty",
    "factor list": "help.example.read",
}
EXAMPLES_SHOWN: Final = 3
