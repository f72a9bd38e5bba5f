"""What people see on a phone, 390 wide, in the demo's page: its font is Noto Sans."""

import re

import pytest

from bot.demo.example import example
from tests.demo.test_demo import enter

WIDE, HIGH = 390, 844
MOST = 600  # px, of a factor's card
FONT = '"Noto Sans", "Noto Color Emoji"'
LONG = 300  # characters of HOW


@pytest.fixture
def phone(chromium):
    context = chromium.new_context(locale="sv-SE", viewport={"width": WIDE, "height": HIGH})
    context.set_default_timeout(15_000)
    yield context.new_page()
    context.close()


@pytest.mark.browser
def test_a_factors_card_fits_on_a_phone_however_much_it_says(seen, phone):
    open_ = [each for each in example().factors if each.outcome is None and each.merge is None]
    assert sum(len(each.how) >= LONG for each in open_) >= 3, "or there is nothing to cut"
    heights = {}
    for channel in ("hälsa-faktorer", "skola-faktorer", "öppet-forum"):
        enter(phone, seen, re.compile("Vara.*1"), channel)
        phone.evaluate("document.fonts.ready")
        for card in phone.locator(".component-container").all():
            heading = card.locator("h3").first
            title = heading.inner_text() if card.locator("h3").count() else ""
            if not title.startswith(("🌱", "🪨")):
                continue
            heights[title] = card.bounding_box()["height"]
            assert card.evaluate("e => getComputedStyle(e).fontFamily").startswith(FONT)
    assert phone.viewport_size["width"] == WIDE
    assert len(heights) >= len(open_)
    assert {title: height for title, height in heights.items() if height > MOST} == {}
