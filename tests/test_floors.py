"""The floors of the house: who may import whom, in each room, and that nothing goes round."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from tests.shape import circles, parsed

ROOT = Path(__file__).parents[1]
ROOMS = ("bot", "cogs", "storage")
FLOORS = (
    "kit", "when", "tracks", "posts", "talk", "organisations", "members", "meetings",
    "assignments", "factors", "membership", "pulse", "fates", "publishing", "needs", "digest",
    "result", "home", "programme", "help",
)  # fmt: skip
# What of storage belongs to no feature: the index knows words, and not whose they are.
APART = {"migrations", "search"}


@cache
def modules() -> dict[str, ast.Module]:
    """Every module of the three rooms by its dotted name, migrations aside."""
    found = {}
    for path in (path for room in ROOMS for path in sorted((ROOT / room).rglob("*.py"))):
        parts = path.relative_to(ROOT).with_suffix("").parts
        if "migrations" not in parts:
            name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
            found[name] = parsed(path.read_text("utf-8"))
    return found


@cache
def imported(module: str) -> tuple[str, ...]:
    """The modules of the rooms that one imports, for types too, each by its full name."""
    return tuple(sorted(set(_imported(modules()[module])) - {module}))


def _imported(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module is not None:
            for alias in node.names:
                inside = f"{node.module}.{alias.name}"
                yield inside if inside in modules() else node.module
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


def feature(module: str) -> tuple[str, str] | None:
    """The room and the package of a feature that a module belongs to, if it does."""
    for room in ("bot.domain.", "cogs.", "storage."):
        package = module.removeprefix(room).split(".")[0]
        if module.startswith(room) and package in FLOORS:
            return room, package
    return None


def test_every_package_of_a_feature_has_its_floor():
    packages = {
        path.parent.name
        for room in ("bot/domain", "cogs", "storage")
        for path in (ROOT / room).glob("*/__init__.py")
    }
    assert packages - APART - set(FLOORS) == set()


def test_a_package_imports_only_packages_of_lower_floors():
    upward = []
    for module in modules():
        for other in imported(module):
            mine, theirs = feature(module), feature(other)
            # Cogs stand above all of the domain; the order among them is their own.
            if not mine or not theirs or (mine[0] == "cogs." and theirs[0] != "cogs."):
                continue
            if FLOORS.index(theirs[1]) > FLOORS.index(mine[1]):
                upward.append(f"{module} -> {other}")
    assert upward == []


def named(package: str) -> set[str]:
    """The modules that a package's ``__init__`` names: those that others may import."""
    docstring, *statements = modules()[package].body
    assert ast.unparse(docstring).startswith(("'", '"')), package
    assert [ast.unparse(each).partition(" = ")[0] for each in statements] == ["__all__"], package
    return {f"{package}.{name}" for name in ast.literal_eval(statements[0].value)}


def test_a_package_is_entered_by_what_it_names_and_names_no_more():
    """Its face is a docstring and ``__all__``; what is not named stays inside."""
    packages = {
        ".".join(path.parent.relative_to(ROOT).parts)
        for room in ("bot/domain", "storage")
        for path in (ROOT / room).glob("*/__init__.py")
        if path.parent.name != "migrations"
    }
    entered: dict[str, set[str]] = {package: set() for package in packages}
    for module in modules():
        for other in imported(module):
            package = other.rpartition(".")[0]
            if package in packages and not module.startswith(f"{package}."):
                entered[package].add(other)
    assert entered == {package: named(package) for package in packages}


def test_what_belongs_to_no_feature_in_storage_knows_none():
    knows = [
        f"{module} -> {other}"
        for module in modules()
        if module.startswith("storage.") and feature(module) is None
        for other in imported(module)
        if (found := feature(other)) is not None and found[1] != "kit"
    ]
    assert knows == []


def test_nothing_imports_itself_by_way_of_others():
    assert circles({module: imported(module) for module in modules()}) == []


def test_only_the_root_the_command_line_and_the_demo_know_the_client():
    knows = {module for module in modules() if "bot.client" in imported(module)}
    assert {module for module in knows if not module.startswith("bot.demo")} == {
        "bot.app",
        "bot.cli",
    }


def test_no_two_public_classes_share_a_name():
    where: dict[str, list[str]] = {}
    for module, tree in modules().items():
        for node in tree.body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                where.setdefault(node.name, []).append(module)
    assert {name: places for name, places in where.items() if len(places) > 1} == {}
