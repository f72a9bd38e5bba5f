"""Takes the pictures of the documentation from a demo that has just been set up.

Needs Chromium and the extra ``dev``: ``make screenshot``.
"""  # noqa: INP001  # a script, not a package

import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Locator, Page, sync_playwright

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
FLAGS = ("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking")
CARD = "Låt dem som ska använda tekniken välja den"
DIGEST = "Veckobrev"
MEETING = "En kvart för frågor"
REMINDED = "15 minuter kvar"
MARGIN = 24


def main() -> None:
    """Take all pictures, in place of those that were."""
    browser_path = next(filter(None, map(shutil.which, CHROMIUM)), None)
    with tempfile.TemporaryDirectory() as folder, demo(Path(folder)) as address:  # noqa: SIM117
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=browser_path, args=[*FLAGS])
            take_page(browser, address)
            take_card(browser, address)
            take_meeting(browser, address)
            take_digest(browser, address)
            take_hiding(browser)
            browser.close()


@contextmanager
def demo(folder: Path) -> Iterator[str]:
    """A fresh demo; its address."""
    command = [sys.executable, "-m", "bot", "demo", "--port", "0", "--data", str(folder)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603  # our own
        try:
            said = iter(process.stdout or [])
            found = (re.search(r"http://127\.0\.0\.1:\d+/", line) for line in said)
            yield next(match[0] for match in found if match)
        finally:
            process.terminate()


def take_page(browser: Browser, address: str) -> None:
    """Our page, as it greets, in light and in dark."""
    for scheme, name in (("light", "demo.png"), ("dark", "demo-dark.png")):
        page = open_page(browser, address, scale=1)
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        page.screenshot(path=HERE / name, full_page=True)


def take_card(browser: Browser, address: str) -> None:
    """A factor's card with its votes."""
    page = open_page(browser, address, scale=2)
    page.get_by_role("link", name=CARD).first.click()
    page.locator("#preview-app[aria-busy=false]").wait_for()
    heading = page.get_by_role("heading", name=CARD)
    card = page.locator("[data-message-id]").filter(has=heading)
    page.mouse.move(0, 0)
    shoot(page, card, HERE / "card.png")


def take_digest(browser: Browser, address: str) -> None:
    """The last weekly digest of a track."""
    page = open_page(browser, address, scale=2)
    page.set_viewport_size({"width": 1200, "height": 2000})
    page.get_by_role("link", name="hälsa-anslag").first.click()
    page.locator("#preview-app[aria-busy=false]").wait_for()
    heading = page.get_by_role("heading", name=DIGEST)
    digest = page.locator("article[data-message-id]").filter(has=heading).last
    digest.locator(".component-gallery img").wait_for()
    page.mouse.move(0, 0)
    shoot(page, digest, HERE / "digest.png")


def take_hiding(browser: Browser) -> None:
    """A drawing of where Discord lets a server's owner hide commands."""
    page = browser.new_page(viewport={"width": 760, "height": 400}, device_scale_factor=2)
    page.goto((HERE / "hiding.html").as_uri())
    page.locator("main").screenshot(path=HERE / "hiding.png")


def take_meeting(browser: Browser, address: str) -> None:
    """The card of the meeting that is soon, and its reminder, once that has come."""
    page = open_page(browser, address, scale=2)
    page.get_by_role("link", name="öppet-forum").first.click()
    page.locator("#preview-app[aria-busy=false]").wait_for()
    messages = page.locator("article[data-message-id]")
    page.get_by_role("button", name="Kommer").last.click()
    page.get_by_text("1 kommer").last.wait_for()
    reminder = messages.filter(has_text=REMINDED)
    reminder.wait_for(timeout=150_000)
    page.mouse.move(0, 0)
    shoot(
        page,
        messages.filter(has=page.get_by_role("heading", name=MEETING)),
        HERE / "meeting.png",
        reminder,
    )


def open_page(browser: Browser, address: str, *, scale: float) -> Page:
    """Our page in a window of its own, drawn to the end."""
    page = browser.new_page(
        locale="sv-SE",
        timezone_id="Europe/Stockholm",
        viewport={"width": 1200, "height": 1000},
        device_scale_factor=scale,
        reduced_motion="reduce",
    )
    page.goto(address)
    page.locator(".channel").first.wait_for()
    page.evaluate("document.fonts.ready")
    page.wait_for_load_state("networkidle")
    return page


def shoot(page: Page, card: Locator, path: Path, last: Locator | None = None) -> None:
    """A message, or all from there to the last, without the empty space beside it."""
    row, box = card.bounding_box(), card.locator(".component-container").first.bounding_box()
    end = (last or card).bounding_box()
    if row is None or box is None or end is None:
        raise SystemExit("the card is not on the page")
    right = box["x"] + box["width"] + MARGIN
    top = row["y"] - MARGIN / 2
    page.screenshot(
        path=path,
        clip={
            "x": row["x"],
            "y": top,
            "width": right - row["x"],
            "height": end["y"] + end["height"] - top + (MARGIN / 2 if last is None else 0),
        },
    )


if __name__ == "__main__":
    main()
