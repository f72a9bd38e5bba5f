"""``python -m tests.shape [REVISION] [--list]`` (``make shape``): the shape of the house, counted.

It counts the working tree and, beside it, a revision, which git hands over without a checkout.
``--list`` names what was counted in the working tree, where a smaller number is the aim. Modules
are all ``.py`` files of the three rooms but migrations, which are written once; lines are all.
"""

import argparse
import ast
import gc
import io
import math
import subprocess
import tarfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parents[1]
ROOMS = ("bot", "cogs", "storage")
# Where a package is a feature.
FEATURES = ("bot/domain", "cogs", "storage")
LONG = 400

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Figure:
    """One line of what is printed: a number, and the names of what was counted."""

    value: int
    which: list[str] = field(default_factory=list)


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(prog="python -m tests.shape", description=__doc__)
    parser.add_argument("revision", nargs="?", help="what to compare with")
    parser.add_argument("--list", action="store_true", help="name what was counted")
    asked = parser.parse_args()
    columns = {"now": figures(standing(ROOT))}
    if asked.revision:
        try:
            before = archived(ROOT, asked.revision)
        except subprocess.CalledProcessError:
            parser.error(f"git does not know {asked.revision}")
        columns = {asked.revision: figures(before), **columns}
    print("\n".join(table(columns)))  # noqa: T201
    if asked.list:
        print("\n".join(listed(columns["now"])))  # noqa: T201


# --- trees: a file's path to its text


def standing(root: Path) -> dict[str, str]:
    """The text files of the three rooms as they stand."""
    return texts(
        (path.relative_to(root).as_posix(), path.read_bytes())
        for room in ROOMS
        for path in sorted((root / room).rglob("*"))
        if path.is_file() and "__pycache__" not in path.parts
    )


def archived(root: Path, revision: str) -> dict[str, str]:
    """The same as they were in a revision."""
    command = ["git", "-C", str(root), "archive", "--format=tar", revision, "--", *ROOMS]
    packed = subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout
    with tarfile.open(fileobj=io.BytesIO(packed)) as tar:
        files = [(each, tar.extractfile(each)) for each in tar.getmembers()]
        return texts((each.name, file.read()) for each, file in files if file is not None)


def texts(files: Iterable[tuple[str, bytes]]) -> dict[str, str]:
    """Those that are text; fonts and pictures are not."""
    found = {}
    for path, data in files:
        try:
            found[path] = data.decode()
        except UnicodeDecodeError:
            continue
    return found


def parsed(text: str) -> ast.Module:
    """A module's tree, made with nothing else in between.

    CPython 3.11 counts how deep the making is for all threads as one: where collecting garbage
    runs somebody's code just then, it stops with "recursion depth mismatch".
    """
    gc.disable()
    try:
        return ast.parse(text)
    finally:
        gc.enable()


# --- figures


def figures(files: Mapping[str, str]) -> dict[str, Figure]:
    """Everything that is counted of a tree, in the order in which it is printed."""
    trees = {
        path: parsed(text)
        for path, text in files.items()
        if path.endswith(".py") and "migrations" not in path.split("/")
    }
    return {
        **_lines(files),
        **_circles(trees),
        **_classes(trees),
        **_firsts(trees),
        **_lengths(files, trees),
        **_packages(trees),
    }


def _lines(files: Mapping[str, str]) -> dict[str, Figure]:
    found = {}
    for said, python in (("lines of Python", True), ("lines of other text", False)):
        for room in ROOMS:
            counted = [
                len(text.splitlines())
                for path, text in files.items()
                if path.startswith(f"{room}/") and path.endswith(".py") is python
            ]
            found[f"{said} in {room}"] = Figure(sum(counted))
    return found


def _circles(trees: Mapping[str, ast.Module]) -> dict[str, Figure]:
    found = circles(graph(trees))
    return {
        "import circles": Figure(len(found), [", ".join(group) for group in found]),
        "modules in circles": Figure(sum(map(len, found))),
    }


def _classes(trees: Mapping[str, ast.Module]) -> dict[str, Figure]:
    where: dict[str, list[str]] = {}
    for path, tree in trees.items():
        for node in tree.body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                where.setdefault(node.name, []).append(module_of(path))
    twice = {name: places for name, places in sorted(where.items()) if len(places) > 1}
    return {
        "public class names used twice": Figure(
            len(twice), [f"{name}: {', '.join(places)}" for name, places in twice.items()]
        ),
        "classes that bear them": Figure(sum(map(len, twice.values()))),
    }


def _firsts(trees: Mapping[str, ast.Module]) -> dict[str, Figure]:
    """Who is handed an interaction, a session, a desk."""
    cogs = {path: tree for path, tree in trees.items() if path.startswith("cogs/")}
    below = {
        path: tree for path, tree in trees.items() if path.startswith(("bot/domain/", "storage/"))
    }
    interactions = [
        where for where, node in functions(cogs) if any(map(_is_interaction, parameters(node)))
    ]
    raw = [
        f"{path}:{node.lineno}"
        for path, tree in cogs.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and node.attr == "raw"
        and ast.unparse(node.value).split(".")[-1] == "ask"
    ]
    session = [where for where, node in functions(below) if _first(node) == "Session"]
    desk = [where for where, node in functions(below) if _first(node) == "Desk"]
    public = [where for where in session if not where.rpartition(".")[2].startswith("_")]
    return {
        "cog functions that take an interaction": Figure(len(interactions), interactions),
        "uses of ask.raw in cogs": Figure(len(raw), raw),
        "domain and storage: first a Session": Figure(len(session)),
        "domain and storage: first a Session, public": Figure(len(public), public),
        "domain and storage: first a Desk": Figure(len(desk)),
    }


def _lengths(files: Mapping[str, str], trees: Mapping[str, ast.Module]) -> dict[str, Figure]:
    lengths = {
        where: (node.end_lineno or node.lineno) - node.lineno + 1
        for where, node in functions(trees)
    }
    ordered = sorted(lengths.values()) or [0]
    long = {path: len(files[path].splitlines()) for path in trees}
    long = {path: lines for path, lines in long.items() if lines > LONG}
    return {
        "functions": Figure(len(lengths)),
        "lines of a function, median": Figure(round(median(ordered))),
        "lines of a function, p90": Figure(ordered[math.ceil(0.9 * len(ordered)) - 1]),
        "lines of a function, longest": Figure(
            ordered[-1], [where for where, lines in lengths.items() if lines == ordered[-1]]
        ),
        f"modules of over {LONG} lines": Figure(
            len(long), [f"{path} {lines}" for path, lines in long.items()]
        ),
    }


def _packages(trees: Mapping[str, ast.Module]) -> dict[str, Figure]:
    """How many modules each package of a feature has, and how many lie beside them."""
    counted: Counter[str] = Counter()
    for path in trees:
        room = next((room for room in FEATURES if path.startswith(f"{room}/")), None)
        if room is not None and not path.endswith("/__init__.py"):
            package, inside, _ = path.removeprefix(f"{room}/").partition("/")
            counted[f"{room}/{package if inside else ''}"] += 1
    return {f"modules in {package}": Figure(count) for package, count in counted.items()}


# --- reading code


def module_of(path: str) -> str:
    """A file's dotted name; a package's own is that of its folder."""
    return path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def graph(trees: Mapping[str, ast.Module]) -> dict[str, set[str]]:
    """Who imports whom among the modules, wherever the import stands, for types too."""
    names = {module_of(path) for path in trees}
    return {
        module_of(path): set(_imported(tree, names)) & names - {module_of(path)}
        for path, tree in trees.items()
    }


def _imported(tree: ast.Module, names: set[str]) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module is not None:
            for alias in node.names:
                inside = f"{node.module}.{alias.name}"
                yield inside if inside in names else node.module
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


def circles(imports: Mapping[str, Iterable[str]]) -> list[list[str]]:
    """Groups of modules that import one another: Tarjan's strongly connected components."""
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    found: list[list[str]] = []

    def visit(module: str) -> None:
        index[module] = low[module] = len(index)
        stack.append(module)
        for other in imports[module]:
            if other in imports and other not in index:
                visit(other)
                low[module] = min(low[module], low[other])
            elif other in stack:
                low[module] = min(low[module], index[other])
        if low[module] == index[module]:
            group = stack[stack.index(module) :]
            del stack[-len(group) :]
            if len(group) > 1:
                found.append(sorted(group))

    for module in imports:
        if module not in index:
            visit(module)
    return found


def functions(trees: Mapping[str, ast.Module]) -> Iterator[tuple[str, Function]]:
    """Every function and method, with its dotted name."""

    def within(node: ast.AST, above: str) -> Iterator[tuple[str, Function]]:
        for child in ast.iter_child_nodes(node):
            name = above
            if isinstance(child, Function | ast.ClassDef):
                name = f"{above}.{child.name}"
            if isinstance(child, Function):
                yield name, child
            yield from within(child, name)

    for path, tree in trees.items():
        yield from within(tree, module_of(path))


def parameters(node: Function) -> list[ast.arg]:
    """What a function takes, ``self`` and ``cls`` aside."""
    taken = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
    return [each for each in taken if each.arg not in {"self", "cls"}]


def _first(node: Function) -> str | None:
    """The kind of the first parameter."""
    taken = parameters(node)[:1]
    return _kind(taken[0]) if taken else None


def _kind(taken: ast.arg) -> str | None:
    """What a parameter is annotated as: ``discord.Interaction[LedaBot]`` is an Interaction."""
    if taken.annotation is None:
        return None
    return ast.unparse(taken.annotation).strip("'\"").partition("[")[0].rpartition(".")[2]


def _is_interaction(taken: ast.arg) -> bool:
    return taken.arg == "interaction" or _kind(taken) == "Interaction"


# --- printing


def table(columns: Mapping[str, Mapping[str, Figure]]) -> Iterator[str]:
    """The figures of each column side by side; what one does not have is a dash."""
    rows = list(dict.fromkeys(row for column in columns.values() for row in column))
    rows.sort(key=lambda row: row if "/" in row else "")  # packages last, in order
    wide = max(map(len, rows))
    yield " " * wide + "".join(f"{name:>12}" for name in columns)
    for row in rows:
        cells = [column[row].value if row in column else "-" for column in columns.values()]
        yield f"{row:<{wide}}" + "".join(f"{cell:>12}" for cell in cells)


def listed(column: Mapping[str, Figure]) -> Iterator[str]:
    """What was counted, by name."""
    for row, figure in column.items():
        if figure.which:
            yield f"\n{row}:"
            yield from (f"  {each}" for each in figure.which)


if __name__ == "__main__":
    main()
