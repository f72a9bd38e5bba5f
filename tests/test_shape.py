"""What ``python -m tests.shape`` counts, on a house of a few lines."""

import subprocess

import pytest

from tests import shape

HOUSE = {
    "bot/domain/play/games.py": """\
from sqlmodel import Session
from storage.desk import Desk
from bot.domain.play import scores

class Game:
    def start(self, session: Session): ...

def begin(desk: Desk, name: str):
    def inner(session: Session): ...
    return inner

def _kept(session: Session): ...

def named(name: str, session: Session): ...
""",
    "bot/domain/play/scores.py": """\
from typing import TYPE_CHECKING
if TYPE_CHECKING:
    from bot.domain.play.games import Game

class Score: ...
class _Hidden: ...
""",
    "bot/domain/play/__init__.py": '"""Play."""\n',
    "cogs/play/cog.py": """\
import discord

class Score: ...
class _Hidden: ...

class PlayCog:
    async def old(self, interaction): ...

    async def typed(self, press: discord.Interaction["Bot"], *, more: int = 0): ...

    async def new(self, ask):
        self.ask.raw
        return ask.raw, ask.words.raw
""",
    "cogs/play/page.html": "<p>\n</p>\n",
    "storage/flat.py": "from sqlmodel import Session\n\ndef find(session: Session): ...\n",
    "storage/migrations/versions/0001.py": "from storage import flat\n\ndef upgrade(): ...\n",
}


def counted(**more):
    return shape.figures(HOUSE | more)


def test_lines_are_counted_by_room_and_migrations_with_them():
    found = counted()
    assert found["lines of Python in storage"].value == 6
    assert found["lines of Python in cogs"].value == 13
    assert found["lines of other text in cogs"].value == 2
    assert found["lines of other text in bot"].value == 0


def test_a_circle_counts_though_only_types_close_it():
    found = counted()
    assert found["import circles"].which == ["bot.domain.play.games, bot.domain.play.scores"]
    assert found["modules in circles"].value == 2


def test_a_house_without_circles_has_none():
    assert shape.circles({"a": {"b", "c"}, "b": {"c"}, "c": {"elsewhere"}}) == []


def test_public_classes_of_one_name_are_counted_and_named():
    found = counted()
    assert found["public class names used twice"].which == [
        "Score: bot.domain.play.scores, cogs.play.cog"
    ]
    assert found["classes that bear them"].value == 2


def test_an_interaction_is_known_by_its_name_or_its_kind():
    assert counted()["cog functions that take an interaction"].which == [
        "cogs.play.cog.PlayCog.old",
        "cogs.play.cog.PlayCog.typed",
    ]


def test_the_raw_of_an_ask_alone_is_counted():
    assert counted()["uses of ask.raw in cogs"].which == [
        "cogs/play/cog.py:12",
        "cogs/play/cog.py:13",
    ]


def test_whose_first_parameter_is_a_session_is_counted_and_the_public_named():
    found = counted()
    assert found["domain and storage: first a Session"].value == 4
    assert found["domain and storage: first a Session, public"].which == [
        "bot.domain.play.games.Game.start",
        "bot.domain.play.games.begin.inner",
        "storage.flat.find",
    ]
    assert found["domain and storage: first a Desk"].value == 1


def test_the_longest_function_is_named():
    long = "def much():\n" + "    1\n" * 401
    found = counted(**{"bot/much.py": long})
    assert found["lines of a function, median"].value == 1
    assert found["lines of a function, longest"].value == 402
    assert found["lines of a function, longest"].which == ["bot.much.much"]
    assert found["modules of over 400 lines"].which == ["bot/much.py 402"]


def test_the_ninth_of_ten_functions_is_the_p90():
    ten = "".join(f"def f{lines}():\n" + "    1\n" * lines for lines in range(1, 11))
    found = shape.figures({"bot/ten.py": ten})
    assert found["lines of a function, p90"].value == 10


def test_modules_are_counted_by_package_and_those_beside_them():
    packages = {row: each.value for row, each in counted().items() if "/" in row}
    assert packages == {
        "modules in bot/domain/play": 2,
        "modules in cogs/play": 1,
        "modules in storage/": 1,
    }


def test_an_empty_house_has_figures_too():
    assert shape.figures({})["lines of a function, longest"].value == 0


@pytest.fixture
def repository(tmp_path):
    """One commit of a flat house, which has a package since."""

    def git(*said):
        who = ("-c", "user.name=Anna", "-c", "user.email=anna@example.org")
        subprocess.run(("git", "-C", str(tmp_path), *who, *said), check=True, capture_output=True)

    for room in shape.ROOMS:
        (tmp_path / room).mkdir()
        (tmp_path / room / "__init__.py").write_text("")
    (tmp_path / "storage" / "flat.py").write_text("def find(): ...\n")
    (tmp_path / "bot" / "font.ttf").write_bytes(b"\xff\xfe\xfd")
    git("init", "--quiet")
    git("add", ".")
    git("commit", "--quiet", "--message", "Begin")
    (tmp_path / "storage" / "play").mkdir()
    (tmp_path / "storage" / "flat.py").rename(tmp_path / "storage" / "play" / "games.py")
    return tmp_path


def test_a_revision_stands_beside_what_is_there_now(repository, monkeypatch, capsys):
    monkeypatch.setattr(shape, "ROOT", repository)
    monkeypatch.setattr("sys.argv", ["shape", "HEAD", "--list"])
    shape.main()
    said = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert said[0] == ["HEAD", "now"]
    assert ["modules", "in", "storage/", "1", "-"] in said
    assert ["modules", "in", "storage/play", "-", "1"] in said
    assert said[-1] == ["storage.play.games.find"]


def test_a_revision_that_git_does_not_know_is_named(repository, monkeypatch, capsys):
    monkeypatch.setattr(shape, "ROOT", repository)
    monkeypatch.setattr("sys.argv", ["shape", "nowhere"])
    with pytest.raises(SystemExit):
        shape.main()
    assert "git does not know nowhere" in capsys.readouterr().err
