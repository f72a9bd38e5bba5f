"""The door that every request comes through: who asks, how much, what goes wrong, what is noted."""

import asyncio
import re
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias

from aiohttp import BodyPartReader, MultipartReader, StreamReader, web

from tests.wire.faults import Allowance, Fault
from tests.wire.rules import Refusal
from tests.wire.wirejson import dumps, loads

if TYPE_CHECKING:
    from tests.wire.loopback import Discord

PREFIX = "/api/v10"
_BODIES = frozenset({"POST", "PUT", "PATCH"})


@dataclass
class Ask:
    """A request that got through the door."""

    ids: dict[str, str]
    query: dict[str, str]
    body: Any = field(default_factory=dict)
    files: dict[int, tuple[str, bytes]] = field(default_factory=dict)

    def __getitem__(self, name: str) -> int:
        """An id in the path."""
        return int(self.ids[name])


Handler: TypeAlias = "Callable[[Discord, Ask], Any]"
Route: TypeAlias = tuple[str, str, Handler]


def application(discord: "Discord") -> web.Application:
    from tests.wire import event_routes, guild_routes, interactions, message_routes, user_routes

    app = web.Application(client_max_size=30 * 2**20)
    routes = (
        *user_routes.ROUTES, *guild_routes.ROUTES, *event_routes.ROUTES, *message_routes.ROUTES,
        *interactions.ROUTES,
    )  # fmt: skip
    for method, path, handler in routes:
        # Ids are numbers, so that "@me" and "@original" never pass for one.
        known = re.sub(r"\{(\w+)\}", r"{\1:\\d+}", path).replace("{token:\\d+}", "{token}")
        app.router.add_route(method, PREFIX + known, _door(discord, handler))
    app.router.add_get("/gateway", discord.gateway.connect)
    app.router.add_get("/files/{file:\\d+}", _files(discord))
    app.router.add_route("*", "/{anything:.*}", _door(discord, _unknown))
    return app


def _files(discord: "Discord") -> Callable[[web.Request], Awaitable[web.Response]]:
    """What people attached, from where Discord keeps it: asked without a token."""

    async def give(request: web.Request) -> web.Response:
        return web.Response(body=discord.files[int(request.match_info["file"])])

    return give


def _door(discord: "Discord", handler: Handler) -> Callable[[web.Request], Awaitable[web.Response]]:
    async def enter(request: web.Request) -> web.Response:
        from tests.wire.loopback import Asked

        path = request.path.removeprefix(PREFIX)
        asked = time.time()
        status, response = await _answer(discord, handler, request, path)
        discord.requests.append(Asked(asked, request.method, path, status))
        return response

    return enter


async def _answer(
    discord: "Discord", handler: Handler, request: web.Request, path: str
) -> tuple[int, web.Response]:
    left = discord.limits.use(request.method, path)
    fault = discord.faults.pick(request.method, path)
    body = await request.read()  # as Discord does: else a client may still be writing
    if left and left.refused:
        return 429, _wait(left.reset_after, left)
    if fault and fault.wait:
        await asyncio.sleep(fault.wait)
    if fault and not fault.after and (spoilt := _spoil(request, fault)):
        return spoilt
    try:
        ask = await _read(discord, request, body)
        said = handler(discord, ask)
        response = _json(200, said, left) if said is not None else _json(204, None, left)
    except Refusal as refusal:
        told = {"message": refusal.why, "code": refusal.code}
        response = _json(refusal.status, told, left)
    except Exception as error:  # noqa: BLE001 - whatever it is, a test has to hear of it
        discord.unknown.append(f"{request.method} {path}: {error!r}")
        response = _json(500, {"message": repr(error), "code": 0}, left)
    if fault and fault.after and (spoilt := _spoil(request, fault)):
        return spoilt
    return response.status, response


def _spoil(request: web.Request, fault: Fault) -> tuple[int, web.Response] | None:
    if fault.resets:
        if request.transport is not None:
            request.transport.abort()
        return 0, web.Response()
    if fault.status == 429:
        return 429, _wait(fault.retry_after, None)
    if fault.status is not None:
        # From a proxy before Discord, as such answers mostly are: no JSON.
        return fault.status, web.Response(status=fault.status, text="<html>Bad Gateway</html>")
    return None


async def _read(discord: "Discord", request: web.Request, body: bytes) -> Ask:
    path = request.path.removeprefix(PREFIX)
    by_token = path.startswith(("/interactions/", "/webhooks/"))
    if not by_token and request.headers.get("Authorization") != f"Bot {discord.token}":
        raise Refusal(401, 0, "401: Unauthorized")
    ask = Ask(dict(request.match_info), dict(request.query))
    kind = request.headers.get("Content-Type", "")
    if request.method in _BODIES and body:
        if kind.startswith("multipart/form-data"):
            await _parts(ask, request, body)
        elif kind != "application/json":
            raise Refusal(400, 50109, f"Content-Type must be application/json, not {kind!r}")
        else:
            ask.body = loads(body)
    return ask


async def _parts(ask: Ask, request: web.Request, body: bytes) -> None:
    # With room for all of it: a stream that is too full asks the connection to wait, which is over.
    stream = StreamReader(request.protocol, len(body))
    stream.feed_data(body)
    stream.feed_eof()
    async for part in MultipartReader(request.headers, stream):
        assert isinstance(part, BodyPartReader)
        data = await part.read()
        if part.name == "payload_json":
            ask.body = loads(bytes(data))
        elif found := re.fullmatch(r"files\[(\d+)\]", part.name or ""):
            ask.files[int(found[1])] = (part.filename or "unknown", bytes(data))


def _json(status: int, data: Any, left: Allowance | None) -> web.Response:
    headers = left.headers if left else {}
    if status == 204:
        return web.Response(status=204, headers=headers)
    # Exactly this type: discord.py reads nothing else as JSON.
    headers["Content-Type"] = "application/json"
    return web.Response(status=status, body=dumps(data), headers=headers)


def _wait(seconds: float, left: Allowance | None) -> web.Response:
    whole = left is not None and left.whole
    headers = {
        **(left.headers if left else {}), "Retry-After": f"{max(seconds, 0.001):.3f}",
        "Via": "1.1 loopback", "X-RateLimit-Scope": "global" if whole else "user",
        "Content-Type": "application/json",
    }  # fmt: skip
    if whole:
        headers["X-RateLimit-Global"] = "true"
    said = {"message": "You are being rate limited.", "retry_after": seconds, "global": whole}
    return web.Response(status=429, body=dumps(said), headers=headers)


def _unknown(_: "Discord", ask: Ask) -> Any:
    raise LookupError(f"no such route: {ask.ids}")
