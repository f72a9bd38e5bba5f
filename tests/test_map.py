"""docs/map.md shows the house as it is, and no page names a file that is not there."""

import re
from pathlib import Path

from tests.test_floors import APART, FLOORS

ROOT = Path(__file__).parents[1]
ROOMS = ("bot/domain", "cogs", "storage")
PAGES = [*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("docs/adr/*.md")]
# A path of ours; ``<feature>`` in it stands for any.
NAMED = re.compile(r"`((?:bot|cogs|storage|tests|docs)/[^`\s…]*)")
ANY = re.compile(r"<\w+>")


def page() -> str:
    return (ROOT / "docs" / "map.md").read_text("utf-8")


def rows() -> dict[str, tuple[bool, ...]]:
    """Each feature of the table, and in which rooms it is said to be."""
    table = page().partition("\n|---")[2].partition("\n\n")[0]
    cells = [[cell.strip() for cell in row.split("|")[1:-1]] for row in table.splitlines()[1:]]
    for feature, _, *rooms in cells:
        assert set(rooms) <= {"", f"`{feature}/`"}
    return {feature: tuple(map(bool, rooms)) for feature, _, *rooms in cells}


def standing() -> dict[str, tuple[bool, ...]]:
    """Each feature that has a package, and in which rooms it has one."""
    packages = [
        {path.parent.name for path in (ROOT / room).glob("*/__init__.py")} for room in ROOMS
    ]
    there = set().union(*packages) - APART
    return {name: tuple(name in room for room in packages) for name in there}


def test_every_package_of_a_feature_is_in_the_table_and_no_other():
    assert rows() == standing()


def test_the_table_goes_from_the_lowest_floor_up():
    assert list(rows()) == [floor for floor in FLOORS if floor in rows()]


def test_the_floors_are_those_that_are_held_up():
    block = re.search(r"^((?:    .+\n)+)", page(), re.MULTILINE)
    assert block is not None
    assert tuple(re.findall(r"\w+", block.group())) == FLOORS


def test_every_other_package_is_named_too():
    others = {f"bot/{path.parent.name}/" for path in (ROOT / "bot").glob("*/__init__.py")}
    others |= {f"storage/{name}/" for name in APART}
    assert others - {"bot/domain/"} <= set(NAMED.findall(page()))


def test_every_file_that_a_page_names_is_there():
    gone = [
        f"{path.relative_to(ROOT)}: {named}"
        for path in PAGES
        for named in NAMED.findall(path.read_text("utf-8"))
        if not any(ROOT.glob(ANY.sub("*", named).rstrip("/")))
    ]
    assert gone == []
