"""What Discord refuses: messages, components and forms that break its rules."""

import re
from collections.abc import Collection, Iterable
from typing import Any, Final

from tests.wire.world import COMPONENTS_V2, Channel, Guild, Message, World, bit, walk

ROW, BUTTON, TEXT_INPUT = 1, 2, 4
SECTION, TEXT, THUMBNAIL, GALLERY, FILE, SEPARATOR = range(9, 15)
CONTAINER, LABEL = 17, 18
SELECTS: Final = frozenset({3, 5, 6, 7, 8})
_LAYOUT: Final = frozenset({9, 10, 11, 12, 13, 14, 17})
_FIELDS: Final = SELECTS | {TEXT_INPUT, 19, 21, 22, 23}
_LARGEST_ID: Final = 2**31 - 1
_LINK: Final = 5

INVALID = 50035
_USER = re.compile(r"<@!?(\d+)>")
_ROLE = re.compile(r"<@&(\d+)>")


class Refusal(Exception):
    """Discord's no: an HTTP status, its own code, and why."""

    def __init__(self, status: int, code: int, why: str) -> None:
        super().__init__(why)
        self.status, self.code, self.why = status, code, why


def need(holds: object, why: str, code: int = INVALID, status: int = 400) -> None:
    """Refuse unless something holds."""
    if not holds:
        raise Refusal(status, code, why)


def need_length(text: Any, what: str, most: int, least: int = 1) -> None:
    need(isinstance(text, str), f"{what} must be a text")
    need(least <= len(text) <= most, f"{what} must be {least} to {most} long, not {len(text)}")


def permission(world: World, guild: Guild, channel: Channel | None, *names: str) -> None:
    """Refuse where the bot may not: 50001 where it cannot see, 50013 where it lacks more."""
    held = world.permissions(guild, world.me.id, channel)
    if channel is not None:
        need(held & bit("view_channel"), "Missing Access", 50001, 403)
    for name in names:
        need(held & bit(name), f"Missing Permissions ({name})", 50013, 403)


def message(payload: dict[str, Any], before: Message | None = None) -> None:
    """Check what is sent, or, over what stood before, edited."""
    flags = int(payload.get("flags") or 0) | (before.flags if before else 0)
    kept = {"content": before.content, "embeds": before.embeds, "components": before.components,
            "attachments": before.attachments} if before else {}  # fmt: skip
    said = {**kept, **payload}
    content, components = said.get("content") or "", said.get("components") or []
    need_length(content, "content", 2000, 0)
    if flags & COMPONENTS_V2:
        need(not content, "content cannot stand beside a layout")
        need(not (said.get("embeds") or said.get("poll")), "no embeds or polls beside a layout")
    else:
        layout = [part for part in components if part.get("type") in _LAYOUT]
        need(not layout, "a layout needs the flag IS_COMPONENTS_V2")
        need(len(components) <= 5, "at most five rows")
    full = content or components or said.get("embeds") or said.get("attachments")
    need(full or said.get("poll"), "Cannot send an empty message", 50006)
    files = {file["filename"] for file in said.get("attachments") or [] if "filename" in file}
    check_components(components, files)
    allowed_mentions(payload.get("allowed_mentions"))


def check_components(components: list[Any], files: Collection[str] = ()) -> None:
    parts = list(walk(components))
    need(len(parts) <= 40, f"at most 40 components, not {len(parts)}")
    said = sum(len(part.get("content") or "") for part in parts if part.get("type") == TEXT)
    need(said <= 4000, f"at most 4000 characters in all texts, not {said}")
    _unique(parts)
    for part in components:
        need(part.get("type") in _LAYOUT | {ROW}, f"type {part.get('type')} cannot stand alone")
    for part in parts:
        _component(part, files)


def _unique(parts: Iterable[dict[str, Any]]) -> None:
    custom: set[str] = set()
    numbers: set[int] = set()
    for part in parts:
        if "custom_id" in part:
            need_length(part["custom_id"], "custom_id", 100)
            need(part["custom_id"] not in custom, f"custom_id {part['custom_id']} stands twice")
            custom.add(part["custom_id"])
        number = part.get("id")
        if number:  # 0 is as good as none
            need(isinstance(number, int) and 0 < number <= _LARGEST_ID, f"id {number} is too large")
            need(number not in numbers, f"id {number} stands twice")
            numbers.add(number)


def _component(part: dict[str, Any], files: Collection[str]) -> None:
    kind, inside = part.get("type"), part.get("components") or []
    kinds = [child.get("type") for child in inside]
    if kind == ROW:
        buttons = kinds == [BUTTON] * len(kinds) and 1 <= len(kinds) <= 5
        need(buttons or (len(kinds) == 1 and kinds[0] in SELECTS), "a row: 5 buttons or a select")
    elif kind == BUTTON:
        _button(part)
    elif kind in SELECTS:
        _select(part)
    elif kind == SECTION:
        need(1 <= len(kinds) <= 3 and set(kinds) == {TEXT}, "a section holds one to three texts")
        need((part.get("accessory") or {}).get("type") in {BUTTON, THUMBNAIL}, "an accessory")
    elif kind == TEXT:
        need_length(part.get("content"), "a text", 4000)
    elif kind == GALLERY:
        items = part.get("items") or []
        need(1 <= len(items) <= 10, "a gallery holds one to ten pictures")
        for item in items:
            need_length(item.get("description") or "", "a picture's description", 1024, 0)
            _attached(item.get("media"), files)
    elif kind == FILE:
        _attached(part.get("file"), files)
    elif kind == CONTAINER:
        fit = {ROW, SECTION, TEXT, GALLERY, FILE, SEPARATOR}
        need(kinds and set(kinds) <= fit, "what a container may hold")
    else:
        need(kind in {SEPARATOR, THUMBNAIL}, f"a message holds no component of type {kind}")


def _button(part: dict[str, Any]) -> None:
    need_length(part.get("label") or "", "a button's label", 80, 0)
    need(part.get("label") or part.get("emoji"), "a button needs a label or an emoji")
    link = part.get("style") == _LINK
    need(("url" in part) == link and ("custom_id" in part) != link, "a custom_id, or a link")
    need_length(part.get("url") or "", "a link", 512, 0)


def _select(part: dict[str, Any]) -> None:
    need_length(part.get("placeholder") or "", "a placeholder", 150, 0)
    need("custom_id" in part, "a select needs a custom_id")
    if part["type"] == 3:
        options = part.get("options") or []
        need(1 <= len(options) <= 25, f"a select has 1 to 25 options, not {len(options)}")
        _options(options)


def _options(options: list[Any]) -> None:
    for option in options:
        need_length(option.get("label"), "an option's label", 100)
        need_length(option.get("value"), "an option's value", 100)
        need_length(option.get("description") or "", "an option's description", 100, 0)
    values = {option["value"] for option in options}
    need(len(values) == len(options), "an option stands twice")


def _attached(media: Any, files: Collection[str]) -> None:
    url = (media or {}).get("url", "")
    need(url, "a file needs an address")
    if url.startswith("attachment://"):
        need(url.removeprefix("attachment://") in files, f"{url} is not among the attachments")


def allowed_mentions(allowed: Any) -> None:
    if not allowed:
        return
    for kind in ("users", "roles"):
        named = allowed.get(kind) or []
        need(len(named) <= 100, f"at most 100 {kind} in allowed_mentions, not {len(named)}")
        need(not (named and kind in (allowed.get("parse") or [])), f"parse and {kind} exclude")


def mentioned(world: World, one: Message, allowed: Any, guild: Guild | None) -> None:
    """Note whom a message really reaches: who stands in it and may be mentioned."""
    parse = {"users", "roles", "everyone"} if allowed is None else set(allowed.get("parse") or [])
    allowed, said = allowed or {}, one.text
    users = {int(key) for key in _USER.findall(said)} & world.users.keys()
    roles = {int(key) for key in _ROLE.findall(said)}
    named = {kind: {int(key) for key in allowed.get(kind) or []} for kind in ("users", "roles")}
    one.mentioned = users if "users" in parse else users & named["users"]
    one.mentioned_roles = roles if "roles" in parse else roles & named["roles"]
    everyone = "@everyone" in said or "@here" in said
    one.mentioned_everyone = bool(guild) and everyone and "everyone" in parse


def modal(data: dict[str, Any]) -> None:
    """Check a form."""
    need_length(data.get("title"), "a form's title", 45)
    need_length(data.get("custom_id"), "a form's custom_id", 100)
    parts = data.get("components") or []
    need(1 <= len(parts) <= 5, f"a form has one to five fields, not {len(parts)}")
    _unique(part for part in walk(parts))
    for part in parts:
        inside = part.get("component") or {}
        if part.get("type") == LABEL:
            need_length(part.get("label"), "a field's label", 45)
            need_length(part.get("description") or "", "a field's description", 100, 0)
            need(inside.get("type") in _FIELDS, f"a label holds no {inside.get('type')}")
            _field(inside)
        elif part.get("type") == ROW:
            for child in part.get("components") or []:
                need(child.get("type") == TEXT_INPUT, "a form's row holds a text field")
                need_length(child.get("label"), "a field's label", 45)
                _field(child)
        else:
            need(part.get("type") == TEXT, f"a form holds no component of type {part.get('type')}")


def _field(part: dict[str, Any]) -> None:
    need_length(part.get("custom_id"), "a field's custom_id", 100)
    if part["type"] == TEXT_INPUT:
        need_length(part.get("placeholder") or "", "a field's placeholder", 100, 0)
        most = part.get("max_length") or 4000
        need(1 <= most <= 4000, "max_length is 1 to 4000")
        need_length(part.get("value") or "", "a field's value", most, 0)
    elif part["type"] in SELECTS:
        _select(part)
    elif part["type"] in {21, 22}:
        options = part.get("options") or []
        need(2 - (part["type"] == 22) <= len(options) <= 10, "two to ten choices (boxes: one)")
        _options(options)


def choices(data: dict[str, Any]) -> None:
    """Check what is offered while somebody types."""
    offered = data.get("choices") or []
    need(len(offered) <= 25, f"at most 25 choices, not {len(offered)}")
    for choice in offered:
        need_length(choice.get("name"), "a choice's name", 100)
        if isinstance(choice.get("value"), str):
            need_length(choice["value"], "a choice's value", 100)
