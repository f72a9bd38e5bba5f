"""Channels shown in the browser: SimCord's preview, one a channel, for everyone who may see it.

SimCord means one preview at a time, for tests. Here several live side by side, each link lands as
the person it names, a press waits for its turn instead of being refused, and what anybody does
shows up for everybody.
"""

import asyncio
import contextlib
import json
import time
from collections.abc import Callable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any, ClassVar, Final

from simcord.preview import Preview
from simcord.preview._server import PreviewServer

_STATIC: Final = Path(__file__).with_name("static")
_CAPABILITY: Final = "X-Simcord-Capability"
_BRAND: Final = (
    '<div class="preview-brand">\n'
    '          <span class="brand-mark" aria-hidden="true">S</span>\n'
    "          <span><strong>SimCord</strong><small>Preview</small></span>\n"
    "        </div>"
)
_OURS: Final = {
    "/leda.css": ("window.css", "text/css"),
    "/leda.js": ("window.js", "text/javascript"),
    "/favicon.ico": ("icon.svg", "image/svg+xml"),
}


@dataclass(frozen=True)
class Landing:
    """Whom a link opens a channel as, and at which message."""

    viewer_id: int
    message_id: int | None = None

    def __str__(self) -> str:
        return ".".join(str(part) for part in (self.viewer_id, self.message_id) if part)

    @classmethod
    def parse(cls, text: str) -> "Landing | None":
        """What ``str`` wrote, or None."""
        parts = text.split(".")
        if not 1 <= len(parts) <= 2 or not all(part.isascii() and part.isdigit() for part in parts):  # noqa: PLR2004  # viewer, message
            return None
        return cls(*(int(part) for part in parts))


_LANDING: ContextVar[Landing | None] = ContextVar("leda_demo_landing", default=None)


class WindowServer(PreviewServer):
    """The preview's server, with our way back and links that know who opens them."""

    _STATIC_FILES: ClassVar[dict[str, str]] = {
        **PreviewServer._STATIC_FILES,  # noqa: SLF001  # SimCord is pinned for this
        # Joined to SimCord's folder, an absolute path stands alone.
        **{route: str(_STATIC / name) for route, (name, _) in _OURS.items()},
    }
    _STATIC_CONTENT_TYPES: ClassVar[dict[str, str]] = {
        **PreviewServer._STATIC_CONTENT_TYPES,  # noqa: SLF001
        **{str(_STATIC / name): kind for name, kind in _OURS.values()},
    }

    def __init__(self, window: "BrowserWindow") -> None:
        super().__init__(window)
        self._home, self._swedish = window.home, window.commands

    def _authorized(self, request: Any, *, context: str | None = None) -> bool:
        headers = request.headers.copy()
        if _CAPABILITY in headers:
            headers[_CAPABILITY] = headers[_CAPABILITY].partition(".")[0]
        plain = SimpleNamespace(headers=headers)
        return super()._authorized(plain, context=context)

    async def _pages(self, request: Any) -> Any:
        _LANDING.set(Landing.parse(request.headers.get(_CAPABILITY, "").partition(".")[2]))
        return await super()._pages(request)

    async def _index(self, request: Any) -> Any:
        response = await super()._index(request)
        response.text = with_way_back(response.text, self._home, self._swedish)
        return response

    async def _static(self, request: Any) -> Any:
        response = await super()._static(request)
        if request.path.startswith("/fonts/"):  # megabytes that never change
            response.headers["Cache-Control"] = "private, max-age=86400"
            del response.headers["Pragma"]
        return response


def with_way_back(page: str, home: str, commands: Mapping[str, str]) -> str:
    """SimCord's page with a link to ours in place of its sign, and without its workshop tools.

    Args:
        page: SimCord's HTML.
        home: the address of our page.
        commands: the English name of each command by its Swedish one, which SimCord does not know.
    """
    link = f'<a class="leda-home" href="{home}"><span aria-hidden="true">←</span> leda</a>'
    texts = json.loads((_STATIC / "window.json").read_text(encoding="utf-8"))
    texts["commands"] = commands
    for_script = json.dumps(texts, ensure_ascii=False).replace("<", "\\u003c")
    ours = (
        f'  <script id="leda-texts" type="application/json">{for_script}</script>\n'
        '    <link rel="stylesheet" href="/leda.css">\n'
        '    <script type="module" src="/leda.js"></script>\n  </head>'
    )
    for theirs, instead in {
        _BRAND: link,
        'class="preview-shell"': 'class="preview-shell messages-closed"',
        "<title>SimCord Preview</title>": "<title>leda · demo</title>",
        "Viewing as": texts["you_are"],
        'id="action-status" class="toolbar-status" role="status" aria-live="polite"></span>': (
            'id="action-status" aria-hidden="true"></span>\n'
            '        <span id="leda-status" role="status"></span>'
        ),
        "</head>": ours,
    }.items():
        page = page.replace(theirs, instead)
    return page


class BrowserWindow(Preview):
    """One channel, open for all who may read it."""

    _MAX_PAGES = 64
    _PUBLISHER: Final = "python"

    def __init__(self, env: Any, channel: Any, viewers: tuple[Any, ...], desk: "Screen") -> None:
        super().__init__(
            env,
            channel,
            viewers,
            layout="channel",
            display="responsive",
            width=960,
            height=720,
            locale="sv-SE",
            timezone="Europe/Stockholm",
            presentation_time=None,
            assets=None,
            port=0,
        )
        self.home, self.commands = desk.home, desk.commands
        self.used = time.monotonic()
        self._server = WindowServer(self)
        self._desk = desk

    def address(self, landing: Landing) -> str:
        """Where the browser finds this channel as that person."""
        return f"{self.url}.{landing}"

    def idle_seconds(self) -> float:
        """How long nobody has had this channel open."""
        self._prune_expired()
        if len(self._pages) > 1:
            self.used = time.monotonic()
        return time.monotonic() - self.used

    def publish(self, *, but: str | None = None) -> None:
        """Show every open page of this channel what is true now."""
        self._advance_presentation_time()
        for page in tuple(self._pages.values()):
            if page.id not in {self._PUBLISHER, but} and page.id in self._pages:
                self._publish(page, reason="refresh")

    def _open_page(self, viewer_id: Any = None, target_id: Any = None) -> Any:
        self.used = time.monotonic()
        landing = _LANDING.get()
        if landing is not None and viewer_id is None:
            viewer_id = landing.viewer_id
            target_id = landing.message_id
        if target_id is None and viewer_id is not None:
            target_id = self._initial_target(self._viewer(viewer_id), self.channel.id)
        return super()._open_page(viewer_id, target_id)

    async def _action(self, context_id: str | None, body: Any) -> Any:
        async with self._desk.turn:
            result = await super()._action(context_id, self._at_present(context_id, body))
            self._desk.tell(but=context_id)
        return result

    def _at_present(self, context_id: str | None, body: Any) -> Any:
        """Let a press through though someone else's has changed the page meanwhile.

        SimCord refuses those. Discord does not, and neither do cards of ours: what is pressed is
        looked up in the message as it stands now.
        """
        page = self._pages.get(context_id or "")
        is_new = page is not None and isinstance(body, dict) and "published_revision" in body
        if page is None or not is_new or body.get("sequence") != page.last_sequence + 1:
            return body
        return {**body, "published_revision": page.revision}


class Screen:
    """All open windows, and whose turn it is.

    Attributes:
        turn: held by whoever acts in the world; SimCord allows one at a time.
        home: the address of our own page.
        commands: the English name of each command by its Swedish one.
    """

    _IDLE_SECONDS: Final = 600.0

    def __init__(
        self, env: Any, home: str, on_change: Callable[[], None], commands: Mapping[str, str]
    ) -> None:
        self.turn = asyncio.Lock()
        self.home, self.commands = home, commands
        self._env = env
        self._on_change = on_change
        self._windows: dict[int, BrowserWindow] = {}
        self._seen = len(env.backend.transcript)
        env._preview = self._everyone  # noqa: SLF001  # see _Everyone

    @property
    def _everyone(self) -> Any:
        return _Everyone(self._windows)

    async def open(self, channel: Any, viewers: tuple[Any, ...], landing: Landing) -> str:
        """The address of a channel, which this opens if it is closed."""
        async with self.turn:
            window = self._windows.get(channel.id)
            if window is None or window._closed:  # noqa: SLF001
                window = BrowserWindow(self._env, channel, viewers, self)
                await window.__aenter__()
                self._windows[channel.id] = window
                self._env._preview = self._everyone  # noqa: SLF001
            window.viewers = viewers
            window.used = time.monotonic()
            return window.address(landing)

    def tell(self, *, but: str | None = None) -> bool:
        """Publish and save if anything has happened since the last time."""
        transcript = self._env.backend.transcript
        if len(transcript) == self._seen:
            return False
        for window in self._windows.values():
            window.publish(but=but)
        self._env.backend.forget_old()
        self._seen = len(transcript)
        self._on_change()
        return True

    async def settle(self) -> None:
        """Show what the bot did on its own, and put away what nobody looks at."""
        async with self.turn:
            # Still busy after that: what is done so far is shown, the next round sees the rest.
            with contextlib.suppress(TimeoutError):
                await self._env.settle(timeout=0.2)
            self.tell()
            for channel_id, window in tuple(self._windows.items()):
                if window.idle_seconds() > self._IDLE_SECONDS:
                    del self._windows[channel_id]
                    await window.close()

    async def close(self) -> None:
        """Close every window."""
        for window in tuple(self._windows.values()):
            await window.close()
        self._windows.clear()


class _Everyone:
    """Stands where SimCord keeps its one preview: lets more be opened, and passes marks on."""

    _closed = True

    def __init__(self, windows: dict[int, BrowserWindow]) -> None:
        self._windows = windows

    def _mark_action_dispatched(self) -> None:
        for window in self._windows.values():
            window._mark_action_dispatched()  # noqa: SLF001
