"""Our own page: served to this machine only, changes nothing when it is read."""

import html
import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any, Final, Protocol

import simcord
from aiohttp import web

from bot.demo.came import TOUR, CameTo
from bot.demo.page import Model

LANGUAGES: Final = ("sv", "en")
_STATIC: Final = Path(__file__).with_name("static")
_FONTS: Final = Path(simcord.__file__).parent / "preview/static/fonts"
_FILES: Final = {
    "page.css": (_STATIC / "page.css", "text/css"),
    "page.js": (_STATIC / "page.js", "text/javascript"),
    "icon.svg": (_STATIC / "icon.svg", "image/svg+xml"),
    "sans.ttf": (_FONTS / "noto-sans-latin-v2.015.ttf", "font/ttf"),
    "emoji.ttf": (_FONTS / "noto-color-emoji-v2.051.ttf", "font/ttf"),
}
_HEADERS: Final = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
        "font-src 'self'; connect-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
_Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Showing(Protocol):
    """What the page is about."""

    def model(self) -> Model:
        """The people and channels of now."""

    async def came_to(self) -> CameTo:
        """What the programme has come to, and what of the tour is done."""

    def portrait(self, user_id: int) -> bytes | None:
        """A user's picture, as PNG."""

    async def open(self, channel_id: int, viewer_id: int, message_id: int | None) -> str | None:
        """The address of a channel as that person sees it; None if they may not, or it is gone."""


def application(showing: Showing, port: int) -> web.Application:
    """The page and what it asks for."""

    async def index(request: web.Request) -> web.Response:
        language = choose_language(
            request.query.get("lang"), request.headers.get("Accept-Language", "")
        )
        return web.Response(text=render(language), content_type="text/html", headers=_HEADERS)

    async def static(request: web.Request) -> web.Response:
        path, kind = _FILES.get(request.match_info["name"], (None, ""))
        if path is None:
            raise web.HTTPNotFound
        # A font never changes under its name; the rest may, when leda is upgraded.
        keep = {"Cache-Control": "max-age=86400"} if kind == "font/ttf" else {}
        return web.Response(body=path.read_bytes(), content_type=kind, headers={**_HEADERS, **keep})

    async def world(_: web.Request) -> web.Response:
        told = {**showing.model().as_json(), **asdict(await showing.came_to()), "tour": TOUR}
        return web.json_response(told, headers=_HEADERS)

    async def portrait(request: web.Request) -> web.Response:
        image = showing.portrait(int(request.match_info["user"]))
        if image is None:
            raise web.HTTPNotFound
        return web.Response(body=image, content_type="image/png", headers=_HEADERS)

    async def enter(request: web.Request) -> web.Response:
        viewer, card = request.query.get("as", ""), request.query.get("card", "")
        address = await showing.open(
            int(request.match_info["channel"]), _number(viewer) or 0, _number(card)
        )
        if address is None:
            raise web.HTTPFound("/")  # gone meanwhile, or not for this person: look again
        return web.Response(status=303, headers={**_HEADERS, "Location": address})

    app = web.Application(middlewares=[_only_from_here(port)])
    app.router.add_get("/", index)
    app.router.add_get("/static/{name}", static)
    app.router.add_get("/api/world", world)
    app.router.add_get(r"/portrait/{user:\d{1,20}}.png", portrait)
    app.router.add_get(r"/open/{channel:\d{1,20}}", enter)
    return app


def _only_from_here(port: int) -> Any:
    @web.middleware
    async def check(request: web.Request, handler: _Handler) -> web.StreamResponse:
        if not is_local(request.headers, port):
            raise web.HTTPForbidden(text="This page is for this machine only.\n")
        return await handler(request)

    return check


def is_local(headers: Mapping[str, str], port: int) -> bool:
    """Whether a request means this server by a name of this machine, and is not another site's.

    A page elsewhere could otherwise reach us through a name that it lets point to 127.0.0.1.
    """
    names = {f"127.0.0.1:{port}", f"localhost:{port}"}
    if port == 80:  # noqa: PLR2004  # browsers leave out the scheme's own port
        names |= {"127.0.0.1", "localhost"}
    return headers.get("Host") in names and headers.get("Sec-Fetch-Site") != "cross-site"


def choose_language(asked: str | None, accepted: str) -> str:
    """The page's language: what was asked for, else what the browser likes best of ours.

    Args:
        asked: the page's own ``lang``, if any.
        accepted: the header ``Accept-Language``; empty if there was none.
    """
    if asked in LANGUAGES:
        return asked
    if not accepted:
        return LANGUAGES[0]
    wishes = []
    for place, wish in enumerate(accepted.split(",")):
        tag, _, weight = wish.partition(";q=")
        try:
            wishes.append((-float(weight or 1), place, tag.strip().lower().split("-")[0]))
        except ValueError:
            continue
    return next((tag for _, _, tag in sorted(wishes) if tag in LANGUAGES), "en")


@cache
def _texts(language: str) -> dict[str, str]:
    told: dict[str, str] = json.loads((_STATIC / f"{language}.json").read_text(encoding="utf-8"))
    return told


def render(language: str) -> str:
    """The page in a language, as HTML."""
    texts = _texts(language)
    page = (_STATIC / "index.html").read_text(encoding="utf-8")
    for key, text in texts.items():
        page = page.replace(f"{{{{{key}}}}}", html.escape(text))
    for_script = json.dumps(texts, ensure_ascii=False).replace("<", "\\u003c")
    return page.replace("{{texts}}", for_script)


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 20 else None  # noqa: PLR2004  # a 64-bit id
