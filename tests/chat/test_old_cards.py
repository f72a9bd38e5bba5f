"""A bot of today on the file of an earlier release, and what people still have of that release."""

import re

import pytest

from bot.i18n.words import Words
from storage.enums import Language
from tests import old
from tests.chat import asked, old_presses
from tests.chat.conftest import Clock
from tests.chat.old_presses import PRESSES


class Left:
    """The file, and Discord beside it."""

    def __init__(self, file):
        self.file = file

    def backend(self):
        return old.discord_beside(self.file)


@pytest.fixture
def clock():
    clock = Clock()
    clock.time = old.NOW
    return clock


@pytest.fixture
def kept(tmp_path_factory):
    return Left(old.restore(tmp_path_factory.mktemp("old") / "leda.db"))


# What is answered otherwise since, on purpose: calendar files name an organizer, a coordinator's
# own reminder is shown before it is planned, exported files say that they are working files, and
# the list in the order of shared ground shows no score.
ORGANIZER = "ORGANIZER;CN=leda:mailto:noreply@leda.invalid"
SHOWN_FIRST = "boss: reminded:1:4:0a1b2c3d"


OTHERWISE = (
    ("factors-working-file.", "factors."),
    ("Most shared ground first", "Highest score first"),
    ("Bredast samsyn först", "Högst poäng först"),
    (re.compile(r'"use": "Working file[^"]*", '), ""),
    (re.compile(r" · (?:score 0\.|poäng 0,)[0-9]+$"), ""),
)


def as_before(answers):
    return {key: list(lines_as_before(said)) for key, said in answers.items()}


def lines_as_before(said):
    for line in said:
        if line != ORGANIZER and not line.startswith("Working file for coordinators."):
            for now, before in OTHERWISE:
                line = re.sub(now, before, line)  # noqa: PLW2901
            yield line


async def test_whatever_is_asked_of_an_old_file_is_answered_as_before(town):
    assert as_before(await asked.told(town)) == as_before(old.said("asked"))


async def test_every_old_button_list_and_form_is_answered_as_before(town):
    answers = await old_presses.pressed(town)
    before = old.said("pressed")
    assert before.pop(SHOWN_FIRST)[0].startswith("🔔 I will remind people on")
    shown = answers.pop(SHOWN_FIRST)
    assert shown[0] == "**Is this right?** Nothing is planned yet."
    assert as_before(answers) == as_before(before)
    stale = {Words(language)("error.stale_press") for language in Language}
    assert [press for press, said in answers.items() if not said or stale & set(said)] == []


async def test_every_old_format_is_read_with_all_that_it_tells(town):
    for each in PRESSES:
        found = town.bot.presses.find(each.id, form=each.form)
        assert found, each
        assert [str(one) for one in found[1]] == each.arguments


async def test_what_no_release_wrote_is_too_old(town):
    said = await asked.answer(await town.press(town.boss, "vote:0:1:support"))
    assert said == [Words(Language.EN)("error.stale_press")]
