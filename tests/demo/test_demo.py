"""The demo as a user meets it: a command, a page in the browser, people to be."""

import re
import shutil
import signal

import pytest

from bot.demo.folder import Folder
from tests.demo.process import running

TITLE = "Prova i liten skala först"
VOTERS = ("Vara – deltagare 1", "Göteborg – deltagare 1", "Östersund – deltagare 1")  # noqa: RUF001
AUTHOR = "Skellefteå – deltagare 1"  # noqa: RUF001  # names hold a dash


def enter(tab, demo, person, link):
    """Be someone, and follow a link on the page."""
    tab.goto(demo.url)
    tab.locator("details.people summary").click()
    tab.get_by_role("radio", name=person).check()
    tab.get_by_role("link", name=link).first.click()
    tab.locator("#preview-app[aria-busy=false]").wait_for()


def card(tab):
    heading = tab.get_by_role("heading", name=TITLE)
    return tab.locator("[data-message-id]").filter(has=heading).last


@pytest.mark.browser
def test_a_factor_is_proposed_and_voted_on_and_the_tally_outlives_a_restart(folder, tab):
    from playwright.sync_api import expect

    with running(folder.path) as demo:
        enter(tab, demo, AUTHOR, "hälsa-faktorer")
        composer = tab.locator("#channel-composer-input")
        composer.press_sequentially("/factor propose")
        tab.get_by_role("option", name="/factor propose").wait_for()
        composer.press("Enter")
        tab.keyboard.press("Escape")  # without the organisation that a coordinator may name
        tab.keyboard.press("Enter")
        form = tab.get_by_role("dialog")
        form.locator("[name=title]").fill(TITLE)
        form.locator("[name=kind][value=promoting]").check(force=True)
        form.locator("[name=how]").fill(
            "Två enheter provade i fyra veckor och ändrade varje fredag."
        )
        form.get_by_role("button", name="Submit").click()
        tab.get_by_role("button", name="Publicera").click()
        expect(card(tab).get_by_role("button", name="Håller med")).to_be_visible()
        enter(tab, demo, VOTERS[0], TITLE)
        for number, voter in enumerate(VOTERS, start=1):
            tab.get_by_label("Du är").select_option(label=voter)
            tab.locator("#preview-app[aria-busy=false]").wait_for()
            card(tab).get_by_role("button", name="Håller med").click()
            expect(card(tab)).to_contain_text(f"{number} håller med")
        errors, code = demo.end(signal.SIGINT)
        assert (errors, code) == ("", 0)

    with running(folder.path) as demo:
        assert "Setting up" not in demo.said
        enter(tab, demo, AUTHOR, TITLE)
        expect(card(tab)).to_contain_text("3 håller med")
        card(tab).get_by_role("button", name="Håller med").click()
        expect(card(tab)).to_contain_text("4 håller med")
        assert demo.end() == ("", 0)


@pytest.mark.browser
def test_the_page_works_on_a_phone_by_keyboard_and_in_english(folder, chromium):
    from playwright.sync_api import expect

    with running(folder.path) as demo:
        context = chromium.new_context(locale="en-GB", viewport={"width": 360, "height": 740})
        tab = context.new_page()
        tab.goto(demo.url)
        expect(tab.get_by_role("heading", name="A tour")).to_be_visible()
        expect(tab.get_by_role("radio").first).to_be_hidden()
        expect(tab.get_by_role("link", name="hälsa-samtal")).to_be_visible()
        assert tab.evaluate("document.documentElement.scrollWidth") <= 360
        assert tab.get_by_role("link", name="samordning").count() == 0
        tab.locator("details.people summary").press("Enter")
        tab.get_by_role("radio", checked=True).press("ArrowDown")
        expect(tab.get_by_role("radio", name=re.compile("Vara.*2"))).to_be_checked()
        tab.get_by_role("radio", name="Samordnare").check()
        tab.get_by_role("link", name="Svenska").click()
        expect(tab.get_by_role("heading", name="En rundtur")).to_be_visible()
        tab.locator("details.people summary").click()
        expect(tab.get_by_role("radio", name="Samordnare")).to_be_checked()
        context.close()


def test_a_folder_in_use_is_said_and_for_a_port_in_use_a_free_one_is_taken(folder, kept, tmp_path):
    with running(folder.path) as demo:
        with running(folder.path) as second:
            errors, code = second.process.communicate(timeout=20)[1], second.process.returncode
        assert code == 2
        assert errors.startswith("Another demo is running in")
        assert errors.count("\n") == 1
        port = demo.url.rpartition(":")[2].strip("/")
        shutil.copytree(kept, tmp_path / "other")
        with running(tmp_path / "other", "--port", port) as third:
            assert f"Port {port} is taken by another program" in third.said
            assert third.url not in {"", demo.url}


def test_ending_the_demo_while_it_sets_up_leaves_nothing_half_made(tmp_path):
    with running(tmp_path, until="Setting up") as demo:
        assert demo.end() == ("", 0)
    assert Folder(tmp_path).kept() == []
