"""Takes the moving picture of the README: a factor proposed, voted on, and told of in the digest.

Needs Chromium and the extra ``dev``: ``make tour``. What is seen is the demo itself.
"""  # noqa: INP001  # a script, not a package

import shutil
import tempfile
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright
from take import CHROMIUM, FLAGS, HERE, demo

PICTURE = HERE / "tour.gif"
SIZE = {"width": 900, "height": 640}
# A picture of it is at most so large, or it would keep people waiting.
MOST_BYTES = 1_500_000
COLOURS = 96
AUTHOR, VOTER = "Vara \N{EN DASH} deltagare 1", "Göteborg \N{EN DASH} deltagare 1"
TITLE = "Börja med dem som vill"
HOW = (
    "Två enheter provade i fyra veckor, sågs varje fredag och ändrade det som inte fungerade. "
    "Sedan fick nästa enhet ta emot dem."
)


class Film:
    """Pictures of a page, each with how long it stays, in milliseconds."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._shots: list[tuple[Image.Image, int]] = []

    def shoot(self, stays: int) -> None:
        """Add what the page shows now."""
        self._page.wait_for_timeout(250)
        shot = Image.open(BytesIO(self._page.screenshot())).convert("RGB")
        self._shots.append((shot, stays))

    def save(self, path: Path) -> None:
        """Write them as one picture that begins anew at its end."""
        first, *rest = (shot.quantize(COLOURS, dither=Image.Dither.NONE) for shot, _ in self._shots)
        stays = [stay for _, stay in self._shots]
        first.save(path, save_all=True, append_images=rest, duration=stays, loop=0, optimize=True)


def main() -> None:
    """Take the picture, in place of the one that was."""
    browser_path = next(filter(None, map(shutil.which, CHROMIUM)), None)
    with tempfile.TemporaryDirectory() as folder, demo(Path(folder)) as address:  # noqa: SIM117
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=browser_path, args=[*FLAGS])
            page = browser.new_page(locale="sv-SE", timezone_id="Europe/Stockholm", viewport=SIZE)
            film = Film(page)
            propose(page, film, address)
            vote(page, film)
            read_digest(page, film, address)
            browser.close()
            film.save(PICTURE)
    if (size := PICTURE.stat().st_size) > MOST_BYTES:
        raise SystemExit(f"{PICTURE.name} has {size} bytes, more than {MOST_BYTES}")


def enter(page: Page, address: str, person: str, link: str) -> None:
    """Be someone, and follow a link on the page."""
    page.goto(address)
    page.get_by_role("link", name=link).first.wait_for()
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    page.get_by_role("radio", name=person).check()
    page.get_by_role("link", name=link).first.click()
    page.locator("#preview-app[aria-busy=false]").wait_for()


def propose(page: Page, film: Film, address: str) -> None:
    """Fill in the form, look at it, publish it."""
    enter(page, address, AUTHOR, "hälsa-faktorer")
    composer = page.locator("#channel-composer-input")
    composer.press_sequentially("/factor propose")
    page.get_by_role("option", name="/factor propose").wait_for()
    film.shoot(1500)
    composer.press("Enter")
    page.keyboard.press("Escape")  # without the organisation that a coordinator may name
    page.keyboard.press("Enter")
    form = page.get_by_role("dialog")
    form.locator("[name=title]").fill(TITLE)
    form.locator("[name=kind][value=promoting]").check(force=True)
    form.locator("[name=how]").fill(HOW)
    form.locator("[name=how]").scroll_into_view_if_needed()
    film.shoot(2500)
    form.get_by_role("button", name="Submit").click()
    page.get_by_role("button", name="Publicera").wait_for()
    film.shoot(2500)
    page.get_by_role("button", name="Publicera").click()
    page.locator("[data-message-id]").filter(has_text=TITLE).last.wait_for()


def vote(page: Page, film: Film) -> None:
    """As somebody of another organisation."""
    page.get_by_label("Du är").select_option(label=VOTER)
    page.locator("#preview-app[aria-busy=false]").wait_for()
    support = page.get_by_role("button", name="Håller med").last
    support.scroll_into_view_if_needed()
    support.hover()
    film.shoot(2000)
    support.click()
    page.get_by_text("1 håller med").last.wait_for()
    film.shoot(2500)


def read_digest(page: Page, film: Film, address: str) -> None:
    """What the week's digest says."""
    enter(page, address, VOTER, "hälsa-anslag")
    page.get_by_role("heading", name="Veckobrev").last.scroll_into_view_if_needed()
    film.shoot(3500)


if __name__ == "__main__":
    main()
