"""The demo's first page: three ways in, a tour that is ticked off, and what it comes to."""

import re

import pytest

from bot.demo.example import example
from tests.demo.process import running
from tests.demo.test_demo import enter


class Presses:
    """Counts what somebody presses."""

    def __init__(self):
        self.number = 0

    def on(self, what):
        what.click()
        self.number += 1


def ready(tab):
    tab.locator("#preview-app[aria-busy=false]").wait_for()


@pytest.mark.browser
def test_a_newcomers_first_vote_takes_three_presses_at_most_and_is_ticked_off(folder, tab):
    from playwright.sync_api import expect

    tab.set_viewport_size({"width": 390, "height": 844})
    with running(folder.path, module="tests.demo.still") as demo:
        presses = Presses()
        tab.goto(demo.url)
        step = tab.locator('[data-step="factor.voted"]')
        expect(step).to_have_class("todo")
        door = tab.get_by_role("link", name="Rösta som Vara")
        card_id = door.get_attribute("href").partition("card=")[2]
        presses.on(door)
        ready(tab)
        card = tab.locator(f'article[data-message-id="{card_id}"]')
        vote = card.get_by_role("button", name="Håller med")
        expect(vote).to_be_in_viewport()  # nothing to look for
        before = re.search("([0-9]+) håller med", card.inner_text())
        more = int(before[1]) + 1 if before else 1
        presses.on(vote)
        expect(card).to_contain_text(f"{more} håller med")
        assert presses.number <= 3
        tab.locator(".leda-home").click()
        expect(step).to_have_class("done")
        expect(step.get_by_role("img", name="gjort", exact=True)).to_be_visible()
        others = tab.locator(".tour li.done")
        assert others.count() == 1, "and nothing else is, though a meeting was planned"


@pytest.mark.browser
def test_the_other_doors_lead_to_the_home_card_and_to_the_coordinators(seen, tab):
    from playwright.sync_api import expect

    tab.goto(seen.url)
    tab.get_by_role("link", name="Föreslå något").click()
    ready(tab)
    tab.get_by_role("button", name="Föreslå").click()
    expect(tab.get_by_role("dialog").locator("[name=how]")).to_be_visible()
    tab.goto(seen.url)
    tab.get_by_role("link", name="Leda programmet").click()
    ready(tab)
    expect(tab.get_by_label("Du är").locator("option:checked")).to_have_text("Samordnare")
    expect(tab.locator("#preview-app")).to_contain_text("programledning")


@pytest.mark.browser
def test_the_page_shows_what_is_taken_with_by_key_area(seen, tab):
    from playwright.sync_api import expect

    tab.goto(seen.url)
    adopted = [
        each for each in example().factors if each.outcome and each.outcome.status == "adopted"
    ]
    assert adopted
    for each in adopted:
        area = tab.locator(".area").filter(has=tab.get_by_role("heading", name=each.key_area))
        expect(area.get_by_role("link", name=each.title)).to_be_visible()


@pytest.mark.browser
def test_a_command_may_be_typed_in_swedish(seen, tab):
    enter(tab, seen, "Samordnare", "öppet-forum")
    composer = tab.locator("#channel-composer-input")
    composer.press_sequentially("/faktor föreslå")
    tab.get_by_role("option", name="/factor propose").wait_for()
    assert composer.input_value() == "/factor propose"


@pytest.mark.browser
def test_nobody_is_taken_to_an_answer_that_discord_would_not_show(seen, tab):
    tab.set_viewport_size({"width": 390, "height": 700})
    enter(tab, seen, re.compile("Göteborg.*1"), "öppet-forum")
    timeline = tab.locator("#channel-timeline")
    timeline.evaluate("e => { e.scrollTop = 0; }")
    tab.get_by_role("button", name="Mer…").first.click()
    tab.get_by_text("Bara du kan se").or_(tab.get_by_text("Only you can see")).last.wait_for(
        state="attached"
    )
    tab.wait_for_timeout(500)
    left = timeline.evaluate("e => e.scrollHeight - e.scrollTop - e.clientHeight")
    assert left > 300, "the answer is at the end, out of sight"
