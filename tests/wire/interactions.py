"""Interactions: what people do, how the bot answers, and what it adds to its answer."""

import asyncio
import secrets
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tests.wire import payloads, rules
from tests.wire.message_routes import fill
from tests.wire.rest import Ask, Route
from tests.wire.rules import Refusal, need
from tests.wire.world import EPHEMERAL, LOADING, Channel, Guild, Message, User, iso

if TYPE_CHECKING:
    from tests.wire.loopback import Discord

COMMAND, PRESS, TYPING, FORM = 2, 3, 4, 5
REPLY, DEFER, DEFER_EDIT, EDIT, CHOICES, MODAL = 4, 5, 6, 7, 8, 9
_FITS = {
    COMMAND: {REPLY, DEFER, MODAL},
    PRESS: {REPLY, DEFER, DEFER_EDIT, EDIT, MODAL},
    TYPING: {CHOICES},
    FORM: {REPLY, DEFER, DEFER_EDIT, EDIT},  # never a form after a form
}


@dataclass
class Interaction:
    """Something that a person did. Times are those of ``time.monotonic()``."""

    id: int
    type: int
    user: User
    channel: Channel
    guild: Guild | None
    source: Message | None  # what was pressed, or opened the form
    begun: float
    answered: asyncio.Future[float]
    token: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    kind: int = 0  # how it was answered
    data: dict[str, Any] = field(default_factory=dict)
    original: Message | None = None
    followups: list[Message] = field(default_factory=list)
    history: list[str] = field(default_factory=list)  # what @original said, edit by edit
    payload: dict[str, Any] = field(default_factory=dict)  # as the bot hears of it


def callback(discord: "Discord", ask: Ask) -> Any:
    found = discord.interactions.get(ask["interaction"])
    late = found and time.monotonic() - found.begun > discord.rules.answer_within
    if found is None or found.token != ask.ids["token"] or (late and not found.kind):
        raise Refusal(404, 10062, "Unknown interaction")
    if found.kind:
        raise Refusal(400, 40060, "Interaction has already been acknowledged.")
    kind, data = ask.body["type"], ask.body.get("data") or {}
    need(kind in _FITS[found.type], f"an answer of type {kind} to an interaction of {found.type}")
    if kind in {DEFER_EDIT, EDIT}:
        need(found.source, "nothing to edit")
    message = _carry_out(discord, found, kind, Ask(ask.ids, ask.query, data, ask.files))
    found.kind, found.data = kind, data
    if not found.answered.done():
        found.answered.set_result(time.monotonic())
    wanted = ask.query.get("with_response", "").lower() in {"1", "true"}
    return _response(discord, found, message) if wanted else None


def _carry_out(discord: "Discord", found: Interaction, kind: int, ask: Ask) -> Message | None:
    if kind == CHOICES:
        rules.choices(ask.body)
    elif kind == MODAL:
        rules.modal(ask.body)
    elif kind in {REPLY, DEFER}:
        found.original = _new(discord, found, ask, empty=kind == DEFER)
        return found.original
    else:
        found.original = found.source
        if kind == EDIT:
            _edit(discord, found, found.source, ask)
        return found.source
    return None


def _response(discord: "Discord", found: Interaction, message: Message | None) -> Any:
    about: dict[str, Any] = {"id": str(found.id), "type": found.type}
    resource: dict[str, Any] = {"type": found.kind}
    if message is not None:
        about |= {
            "response_message_id": str(message.id),
            "response_message_loading": bool(message.flags & LOADING),
            "response_message_ephemeral": message.private,
        }  # fmt: skip
        resource["message"] = payloads.message(discord.world, message)
    return {"interaction": about, "resource": resource}


def _new(discord: "Discord", found: Interaction, ask: Ask, *, empty: bool = False) -> Message:
    message = Message(discord.world.new_id(), found.channel.id, discord.world.me)
    message.interaction_id = found.id
    message.flags = int(ask.body.get("flags") or 0) & EPHEMERAL
    message.shown_to = found.user.id if message.private else None
    if empty:
        message.flags |= LOADING
    else:
        fill(discord, message, ask, found.guild)
    found.channel.messages[message.id] = message
    found.history.append(message.text)
    discord.show(message)
    return message


def _edit(discord: "Discord", found: Interaction, message: Message | None, ask: Ask) -> None:
    assert message is not None
    need(message.id in found.channel.messages, "Unknown Message", 10008, 404)
    fill(discord, message, ask, found.guild)
    message.flags &= ~LOADING
    message.edited = iso()
    if message is found.original:
        found.history.append(message.text)
    discord.show(message, edit=True)


def _of_token(discord: "Discord", ask: Ask) -> Interaction:
    found = discord.by_token.get(ask.ids["token"])
    if found is None or not found.kind:
        raise Refusal(404, 10015, "Unknown Webhook")
    if time.monotonic() - found.begun > discord.rules.token_life:
        raise Refusal(401, 50027, "Invalid Webhook Token")
    return found


def follow_up(discord: "Discord", ask: Ask) -> Any:
    found = _of_token(discord, ask)
    if found.original and found.original.flags & LOADING:
        # The first one after "thinking …" takes its place, private or not as that was.
        _edit(discord, found, found.original, ask)
        message = found.original
    else:
        message = _new(discord, found, ask)
    found.followups.append(message)
    return payloads.message(discord.world, message)


def _one(discord: "Discord", ask: Ask) -> tuple[Interaction, Message]:
    found = _of_token(discord, ask)
    message = found.original
    if "message" in ask.ids:
        message = found.channel.messages.get(ask["message"])
        mine = {each.id for each in [*found.followups, found.original] if each}
        message = message if message and message.id in mine else None
    if message is None:
        raise Refusal(404, 10008, "Unknown Message")
    return found, message


def get_one(discord: "Discord", ask: Ask) -> Any:
    return payloads.message(discord.world, _one(discord, ask)[1])


def edit_one(discord: "Discord", ask: Ask) -> Any:
    found, message = _one(discord, ask)
    _edit(discord, found, message, ask)
    return payloads.message(discord.world, message)


def delete_one(discord: "Discord", ask: Ask) -> None:
    discord.delete_message(_one(discord, ask)[1])


ROUTES: tuple[Route, ...] = (
    ("POST", "/interactions/{interaction}/{token}/callback", callback),
    ("POST", "/webhooks/{application}/{token}", follow_up),
    ("GET", "/webhooks/{application}/{token}/messages/@original", get_one),
    ("PATCH", "/webhooks/{application}/{token}/messages/@original", edit_one),
    ("DELETE", "/webhooks/{application}/{token}/messages/@original", delete_one),
    ("GET", "/webhooks/{application}/{token}/messages/{message}", get_one),
    ("PATCH", "/webhooks/{application}/{token}/messages/{message}", edit_one),
    ("DELETE", "/webhooks/{application}/{token}/messages/{message}", delete_one),
)
