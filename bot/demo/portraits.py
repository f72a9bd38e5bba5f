"""Pictures of people nobody invented: initials on a calm colour, drawn here, kept in the world."""

import colorsys
import io
from functools import cache
from pathlib import Path
from typing import Any, Final

import simcord
from PIL import Image, ImageDraw, ImageFont
from simcord.backend.cdn import CDN_BASE

_SIZE: Final = 128
_FONT: Final = Path(simcord.__file__).parent / "preview/static/fonts/noto-sans-latin-v2.015.ttf"
_FIRST_HUE, _GOLDEN_TURN = 0.48, 0.618


def give_portrait(backend: Any, user: Any, initials: str, number: int) -> None:
    """Let SimCord's Discord show initials as the user's picture.

    Args:
        backend: the world.
        user: SimCord's user.
        initials: one or two letters.
        number: another colour for each.
    """
    user.avatar = f"leda{number}"
    blobs: dict[str, bytes] = backend.cdn._blobs  # noqa: SLF001  # there is no public way in
    blobs[_address(user)] = draw(initials, number)


def portrait(backend: Any, user_id: int) -> bytes | None:
    """The picture of a user, as PNG."""
    user = backend.users.get(user_id)
    found: bytes | None = backend.cdn.get(_address(user)) if user is not None else None
    return found


def draw(initials: str, number: int) -> bytes:
    """Initials on the colour of that number, as PNG."""
    red, green, blue = colorsys.hls_to_rgb((_FIRST_HUE + number * _GOLDEN_TURN) % 1, 0.34, 0.36)
    image = Image.new(
        "RGB", (_SIZE, _SIZE), tuple(round(part * 255) for part in (red, green, blue))
    )
    middle = (_SIZE / 2, _SIZE / 2)
    ImageDraw.Draw(image).text(middle, initials, font=_font(), fill=(246, 248, 245), anchor="mm")
    file = io.BytesIO()
    image.save(file, "PNG", optimize=True)
    return file.getvalue()


@cache
def _font() -> ImageFont.FreeTypeFont:
    """One for all: a font keeps the letters it has drawn, and the first takes long."""
    return ImageFont.truetype(str(_FONT), _SIZE * 0.42)


def _address(user: Any) -> str:
    return f"{CDN_BASE}/avatars/{user.id}/{user.avatar}.png"
