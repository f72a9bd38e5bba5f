"""The wheel: what is inside, and that it works where nothing else of leda is."""

import os
import subprocess
import sys
import venv
import zipfile
from importlib.metadata import Distribution, distribution
from pathlib import Path
from types import SimpleNamespace

import pytest
import yaml
from packaging.requirements import Requirement

from storage.upgrade import head_revision

pytestmark = pytest.mark.packaging

ROOT = Path(__file__).parents[1]
ROOMS = {"bot", "cogs", "storage"}
# With `pip` the wheel's dependencies are downloaded, as an operator's would be; .ci/run says so.
# Otherwise no network is needed: they are lent by the environment that runs the tests.
REALLY = os.environ.get("LEDA_TEST_INSTALL") == "pip"


def run(*command: object, cwd: Path, **environ: str) -> SimpleNamespace:
    """A process with an environment of its own; gives its exit code and what it said."""
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env={"PATH": os.defpath, "HOME": str(cwd), "LC_ALL": "C.UTF-8", **environ},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    return SimpleNamespace(code=done.returncode, out=done.stdout, err=done.stderr)


@pytest.fixture(scope="module")
def wheel(once) -> Path:
    def build(folder: Path) -> None:
        command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder]
        done = run(*command, ROOT, cwd=folder)
        assert done.code == 0, done.err

    (found,) = once("wheel", build).glob("*.whl")
    return found


@pytest.fixture(scope="module")
def inside(wheel) -> set[str]:
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


@pytest.fixture(scope="module")
def clean(wheel, once) -> Path:
    """A new environment's `bin`, with the wheel and only what it declares to need."""
    return once("clean", lambda folder: install(wheel, folder)) / "bin"


def install(wheel: Path, folder: Path) -> None:
    venv.create(folder, symlinks=True)
    # What is run is compiled then; the rest of what is installed never needs it.
    pip = [*pip_for(folder / "bin"), "install", "--quiet", "--no-compile"]
    if REALLY:
        passed = {name: value for name, value in os.environ.items() if name.startswith("PIP_")}
        passed["HOME"] = os.environ.get("HOME", str(folder))  # where pip keeps its cache
        done = run(*pip, "-c", ROOT / "constraints.txt", wheel, cwd=folder, **passed)
    else:
        done = run(*pip, "--no-deps", "--no-index", wheel, cwd=folder)
        (packages,) = folder.glob("lib/python*/site-packages")
        with zipfile.ZipFile(wheel) as archive:
            name = next(name for name in archive.namelist() if name.endswith("/METADATA"))
            metadata = archive.read(name).decode()
        lend(metadata, packages)
    assert done.code == 0, done.err


def pip_for(clean: Path) -> list[object]:
    """Our own pip, at work on that environment: it needs none of its own."""
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check"]
    return [*pip, "--python", clean / "python"]


def lend(metadata: str, packages: Path) -> None:
    """Link what a wheel needs, and what that needs, into an environment; no extra of its own."""
    lines = [line for line in metadata.splitlines() if line.startswith("Requires-Dist: ")]
    waiting = [(Requirement(line.partition(": ")[2]), frozenset({""})) for line in lines]
    lent: set[tuple[str, str]] = set()
    while waiting:
        need, extras = waiting.pop()
        if need.marker and not any(need.marker.evaluate({"extra": extra}) for extra in extras):
            continue
        asked = {(need.name.lower(), extra) for extra in {"", *need.extras}}
        if asked <= lent:
            continue
        lent |= asked
        found = distribution(need.name)
        link(found, packages)
        below = (Requirement(text) for text in found.requires or [])
        waiting += [(requirement, frozenset({"", *need.extras})) for requirement in below]


def link(found: Distribution, packages: Path) -> None:
    tops = {file.parts[0] for file in found.files or [] if file.parts[0] not in {"..", "/"}}
    for top in tops - {"__pycache__"}:
        if not (packages / top).exists():
            (packages / top).symlink_to(Path(found.locate_file(top)))


def test_the_program_and_its_data_are_inside(inside):
    sources = [
        file.relative_to(ROOT).as_posix()
        for room in ROOMS
        for file in (ROOT / room).rglob("*")
        if file.is_file() and "__pycache__" not in file.parts
    ]
    assert "bot/i18n/sv.po" in sources
    assert "bot/i18n/en.po" in sources
    assert "storage/migrations/env.py" in sources
    assert "storage/migrations/versions/0001_first.py" in sources
    assert "bot/demo/static/index.html" in sources
    assert "bot/demo/example.json" in sources
    assert set(sources) <= inside


def test_nothing_else_is_inside(inside):
    tops = {name.partition("/")[0] for name in inside}
    assert {top for top in tops if not top.endswith(".dist-info")} == ROOMS


def test_what_it_declares_is_all_there(clean, tmp_path):
    done = run(*pip_for(clean), "check", cwd=tmp_path)
    assert done.code == 0, done.out


def test_what_runs_is_the_installed_program(clean, tmp_path):
    asked = "import bot, cogs, storage; print(bot.__file__, cogs.__file__, storage.__file__)"
    done = run(clean / "python", "-c", asked, cwd=tmp_path)
    files = done.out.split()
    assert len(files) == 3
    assert all(Path(file).is_relative_to(clean.parent / "lib") for file in files)


def test_neither_the_demo_nor_the_tools_come_with_it(clean, tmp_path):
    done = run(clean / "leda", "demo", cwd=tmp_path)
    assert done.code == 2
    assert "pip install 'leda[demo]'" in done.err


def test_run_says_what_is_missing(clean, tmp_path):
    done = run(clean / "leda", "run", cwd=tmp_path)
    assert done.code == 2
    assert "DISCORD_TOKEN is missing" in done.err
    assert "leda demo" in done.err
    assert "Traceback" not in done.err


def test_check_finds_all_in_order_but_the_token(clean, tmp_path):
    done = run(clean / "leda", "check", cwd=tmp_path)
    assert done.code == 2
    token, database, zones = done.out.splitlines()
    assert token.startswith("NOT")
    assert database.startswith("ok")
    assert zones.startswith("ok")
    assert list(tmp_path.iterdir()) == []


def test_migrate_makes_the_database_where_it_is_started(clean, tmp_path):
    done = run(clean / "leda", "migrate", cwd=tmp_path)
    assert done.code == 0, done.err
    assert done.out == f"The database went from schema none to {head_revision()}.\n"
    assert (tmp_path / "data" / "leda.db").exists()


def test_every_cog_loads_and_both_languages_speak(clean, tmp_path):
    asked = """
import asyncio, importlib
from bot.app import create_bot
from bot.client import extension_names
from bot.i18n import Words
from bot.settings import Settings
from storage.enums import Language

async def main():
    async with create_bot(Settings()) as bot:
        for name in extension_names():
            await bot.load_extension(name)
        print(len(bot.tree.get_commands()) > 0, len({Words(l)("list.next") for l in Language}))

asyncio.run(main())
"""
    done = run(clean / "python", "-W", "ignore::DeprecationWarning", "-c", asked, cwd=tmp_path)
    assert done.out == "True 2\n", done.err


def test_what_a_container_is_made_of_is_there_and_it_is_looked_after():
    """No image is built here: that takes a network, and a daemon."""
    lines = (ROOT / "Dockerfile").read_text("utf-8").splitlines()
    copied = [name for line in lines if line.startswith("COPY ") for name in line.split()[1:-1]]
    ours = [name for name in copied if not name.startswith(("--from", "/"))]
    assert {"bot", "cogs", "storage", "pyproject.toml"} <= set(ours)
    assert [name for name in ours if not (ROOT / name).exists()] == []
    allowed = (ROOT / ".dockerignore").read_text("utf-8").split()
    assert [name for name in ours if f"!{name}" not in allowed] == []
    assert any("HEALTHCHECK" in line and '"health"' in line for line in lines)
    assert "USER leda" in lines
    services = yaml.safe_load((ROOT / "compose.yaml").read_text("utf-8"))["services"]
    assert services["leda"]["volumes"] == ["data:/data"]
    assert services["postgres"]["profiles"] == ["postgres"]
