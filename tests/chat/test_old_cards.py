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
# the list in the order of shared ground shows no score. Cards are shorter: tracks by their first
# word, no squares, no zeros, HOW without its question, the proposer as one signs a letter, in lists
# no votes beside the verdict. Weeks are called by their number, digests say since when they tell,
# and the home card is to be moved.
ORGANIZER = "ORGANIZER;CN=leda:mailto:noreply@leda.invalid"
SHOWN_FIRST = "boss: reminded:1:4:0a1b2c3d"


OTHERWISE = (
    ("factors-working-file.", "factors."),
    ("Most shared ground first", "Highest score first"),
    ("Bredast samsyn först", "Högst poäng först"),
    (re.compile(r'"use": "Working file[^"]*", '), ""),
    (re.compile(r" · (?:score 0\.|poäng 0,)[0-9]+$"), ""),
    # A factor's kind is said in words where a mark stood alone, or not at all.
    (re.compile(r"^((?:🌱|🪨) .*) · (?:Promoting|Inhibiting|Främjande|Hämmande)$"), r"\1"),
    (re.compile(r"^-# (?:🌱|🪨) (.*)$"), r"**\1**"),
    (re.compile(r"^### (?:🌱|🪨) "), "### "),
    # One word for one thing, and Swedish as people say it (docs/texts.md).
    (r"Context: what were you working on\?", "What were you working on?"),
    (r"Evidence: what shows it\?", "What shows it?"),
    (re.compile(r"^context: (?:Context|What it was about) "), "context: "),
    (re.compile(r"^evidence: (?:Evidence|How we know) "), "evidence: "),
    (re.compile(r"^(-# |\*\*)Context\b"), r"\1What it was about"),
    (re.compile(r"^(-# |\*\*)Evidence\b"), r"\1How we know"),
    (r"Does it promote change, or inhibit it\?", "Which way does it work?"),
    ("Propose a factor", "Propose a success factor"),
    ("until you take it back", "until you withdraw it"),
    ("until they are taken back", "until they are withdrawn"),
    (re.compile(r"withdrew (\*\*.*\*\*)"), r"took \1 back"),
    ("det behövs ([0-9]+)", r"\1 behövs"),
    ("Dra tillbaka faktorn", "Ta tillbaka faktorn"),
    ("Jag berättar det i tråden, och för den", "Jag säger det i tråden, och till den"),
    ("[Tt]illbakadragen", "återtagen"),
    ("Återtagen", "återtagen"),
    ("Sammanslagen med", "Hopslagen med"),
    ("1 kom förbi det · 1 har det kvar", "känt och övervunnet av 1 · känt och kvar hos 1"),
    ("(School|Health) and (?:learning|care) in a digital world", r"\1"),
    ("^[🟦🟨🟪🟧⬜]+ ", ""),
    ("^-# 🧭 ", "-# "),
    ("since 23 November, 10:00|23.{1,3}26 November 2026", "that week"),
    ("2026-W([0-9]+)|week[ -]([0-9]+)", r"week \1\2"),
    ("^(-# (?:Promoting|Inhibiting|Främjande|Hämmande)) fa[ck]tor", r"\1"),
    (r"^(\*\*.+\*\*) · ([0-9]+ (?:of|av) .*)$", r"\1\n\2"),
    ("^-# (?:Proposed by|Föreslagen av|\N{EN DASH}) ", "-# "),
    (" · 0 (?:unsure|objections|tveksamma|invändningar)", ""),
    (r"^(-# .* (?:supports? it|håller med)(?:, [^·]*)?) · [0-9]+ (?:support|håller).*$", r"\1"),
    (
        r"^\*\*Something needs you\.\*\* .*",
        "**All is well.** Everything stands, and I may do what I need.",
    ),
)
# What a digest has in it was a line a section, ticked or struck out.
SECTION = re.compile(r"^(?:✅ In it: |▫️ Left out: |▫️ ~~|✅ [A-Z][a-z ]+$)")
AHEAD = re.compile(r"📅 \*\*[0-9]+ meetings? ahead")
COUNTED = re.compile("-# [0-9]+ (?:participants?|deltagare): ")  # told of what is open alone
GONE = (
    "**Repair** makes #start-here", "✅ the home card is in its channel", "✅ <##> is there",
    "Working file for coordinators.", "**How did you do it?**", "**How did it show, and how did",
    "What became of mine", "Vad blev det av mitt?",
    "**Hur gjorde ni?**", "**Hur märktes det, och hur kom", "More…", "Mer…", "Merge…",
)  # fmt: skip
# What waits for somebody was a list, and is a walk: tests/chat/test_walk.py.
WALK = ": needs:1"


def as_before(answers):
    # A list of meetings has a series once; tests/domain/test_meetings.py holds which.
    lists = {key for key, said in answers.items() if any(map(AHEAD.match, said))}
    return {
        key: key in lists or list(lines_as_before(said))
        for key, said in answers.items()
        if not key.endswith(WALK)
    }


def lines_as_before(said):
    for line in said:
        left_out = SECTION.match(line) or COUNTED.match(line) or line.startswith(GONE)
        if line != ORGANIZER and not left_out:
            for now, before in OTHERWISE:
                line = re.sub(now, before, line)  # noqa: PLW2901
            yield from line.split("\n")


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
