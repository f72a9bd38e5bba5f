"""What the pages say is there, is there."""

import importlib
import pkgutil
import re
import shutil
import subprocess
import textwrap
from pathlib import Path

import pytest
from discord import app_commands
from sqlmodel import SQLModel

import storage
from bot.app import create_bot
from bot.client import extension_names
from bot.i18n.words import Words
from bot.permissions import NEEDED
from bot.settings import Settings
from storage.enums import Language

ROOT = Path(__file__).parents[1]
PAGES = [*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("docs/adr/*.md")]


def page(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.fixture
async def commands() -> dict[Language, set[str]]:
    """Every command's full name, as English and as Swedish speakers see it."""
    found: dict[Language, set[str]] = {language: set() for language in Language}
    async with create_bot(Settings()) as bot:
        for extension in extension_names():
            await bot.load_extension(extension)
        for command in bot.tree.walk_commands():
            if isinstance(command, app_commands.Group):
                continue
            parts = command.qualified_name.split()
            found[Language.EN].add(" ".join(parts))
            found[Language.SV].add(" ".join(Words(Language.SV)(f"name.{part}") for part in parts))
    return found


@pytest.mark.parametrize("path", PAGES, ids=named)
def test_every_link_leads_to_a_file(path):
    said = path.read_text(encoding="utf-8")
    links = re.findall(r"\[[^\]]*\]\(([^)#]+)", said)  # pictures, too
    links += re.findall(r'(?:src|srcset)="([^"]+)"', said)
    inside = [link for link in links if not link.startswith("https://")]
    assert [link for link in inside if not (path.parent / link).exists()] == []


@pytest.mark.parametrize("path", PAGES, ids=named)
def test_every_link_within_a_page_leads_to_a_heading(path):
    said = path.read_text(encoding="utf-8")
    headings = re.findall(r"^#+ (.+)$", said, re.MULTILINE)
    there = {re.sub(r"[^\w -]", "", each).lower().replace(" ", "-") for each in headings}
    assert [link for link in re.findall(r"\]\(#([^)]+)\)", said) if link not in there] == []


@pytest.mark.parametrize("name", ["participants.md", "participants.sv.md"])
def test_what_participants_read_is_one_printed_page(name):
    """A page of A4 holds about 60 lines of 90 characters in print of ten points."""
    lines = page(f"docs/{name}").splitlines()
    assert sum(max(1, -(-len(line) // 90)) for line in lines) <= 60


@pytest.mark.parametrize(("name", "language"), [
    ("participants.md", Language.EN), ("participants.sv.md", Language.SV),
])  # fmt: skip
def test_participants_read_of_buttons_that_there_are(name, language):
    text = " ".join(page(f"docs/{name}").split())
    said = re.findall(r"\*\*([^*]+)\*\*", text)
    source = page(f"bot/i18n/{language.value}.po").replace("\u2019", "'")
    labels = set(re.findall(r'^msgstr(?:\[\d\])? "(.*)"$', source, re.MULTILINE))
    # A point of a list begins with what one does, and not with a button's name.
    said = [each for each in said if f"- **{each}**:" not in text]
    buttons = [each for each in said if not each.endswith((".", ":")) and len(each) < 25]
    assert len(buttons) > 10
    assert set(buttons) - labels <= {"home card", "startkortet"}


@pytest.mark.parametrize("path", PAGES, ids=named)
async def test_every_command_of_the_chat_exists(path, commands):
    known = commands[Language.SV if path.name.endswith(".sv.md") else Language.EN]
    said = re.findall(r"`/([^`]*[^`\s/][^`]*)`", path.read_text(encoding="utf-8"))
    typed = [text for text in said if "/" not in text]  # a path has more strokes
    unknown = [text for text in typed if not any((text + " ").startswith(f"{c} ") for c in known)]
    assert unknown == []


def test_operators_read_about_every_setting():
    told = set(re.findall(r"^\| `([A-Z_]+)` \|", page("docs/operating.md"), re.MULTILINE))
    assert told == {name.upper() for name in Settings.model_fields}


def test_operators_read_about_every_permission_and_no_other():
    table = page("docs/operating.md").partition("| permission | why |")[2].partition("\n\n")[0]
    told = {
        name.strip().lower().replace(" ", "_")
        for row in table.splitlines()[2:]
        for name in row.split("|")[1].split(",")
    }
    assert told == {name.replace("view_channel", "view_channels") for name in NEEDED}


def test_people_read_about_every_table_that_is_kept():
    for module in pkgutil.iter_modules(storage.__path__, "storage."):
        importlib.import_module(module.name)
    table = page("docs/privacy.md").partition("| table | ")[2].partition("\n\n")[0]
    told = {
        name for row in table.splitlines() for name in re.findall(r"`(\w+)`", row.split("|")[1])
    }
    assert told == set(SQLModel.metadata.tables)


def test_every_dependency_has_its_reason():
    declared = page("pyproject.toml")
    block = declared[declared.index("dependencies = [") : declared.index("[project.scripts]")]
    names = set(re.findall(r'"([A-Za-z0-9.-]+)(?:\[[^\]]*\])?(?:[<>=;][^"]*)?"', block))
    told = page("docs/dependencies.md")
    assert [name for name in sorted(names) if name not in told] == []


def test_every_decision_is_in_the_list():
    listed = page("docs/adr/README.md")
    decisions = [path.name for path in (ROOT / "docs" / "adr").glob("[0-9]*.md")]
    assert decisions
    assert [name for name in decisions if f"({name})" not in listed] == []


@pytest.mark.parametrize("path", list((ROOT / "docs" / "adr").glob("[0-9]*.md")), ids=named)
def test_every_decision_says_context_decision_and_consequences(path):
    headings = re.findall(r"^## (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    assert headings == ["Context", "Decision", "Consequences"]


def unit_in(said: str) -> str:
    """The systemd unit that a page shows."""
    shown = said.partition("    [Unit]\n")[2].partition("\n\nA user that owns")[0]
    return textwrap.dedent(f"    [Unit]\n{shown}\n").partition("\n`systemd-analyze")[0]


def test_the_unit_is_one_that_systemd_takes_and_that_opens_little(tmp_path):
    """What the page says of it stands beside it, so it may not rot."""
    if not shutil.which("systemd-analyze"):
        pytest.skip("there is no systemd-analyze")
    said = page("docs/operating.md")
    unit = tmp_path / "leda.service"
    unit.write_text(unit_in(said).replace("/srv/leda/.venv/bin/leda", "/bin/true"))
    for what in (["verify"], ["security", "--offline=true", "--threshold=15"]):
        done = subprocess.run(
            ["systemd-analyze", *what, str(unit)], capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
    assert "Overall exposure level for leda.service: 1.2 OK" in done.stdout
    assert "exposure of 1.2 (*OK*" in said.replace("\n", " ")


def test_every_case_is_held_by_a_test_that_is_there():
    there = {
        name
        for path in (ROOT / "tests").rglob("test_*.py")
        for name in re.findall(r"def (test_\w+)", path.read_text("utf-8"))
    }
    assert sorted(set(re.findall(r"`(test_\w+)`", page("docs/cases.md"))) - there) == []
