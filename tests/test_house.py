"""Rules of the house that a reader of one file cannot see: rooms, catalogues, ids, settings.

They read the source, start nothing, and belong to ``make check``. One test is one rule: whoever
breaks it is told every place that does.
"""

import ast
import importlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import fields
from functools import cache
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from dotenv import dotenv_values

from bot import permissions
from bot.domain.digest import weeks
from bot.domain.digest.views import Section
from bot.domain.factors import columns, factors, news, wording
from bot.domain.factors.counting import Stance, Standing
from bot.domain.factors.finding import StatusesShown
from bot.domain.factors.outcomes import OUTCOMES
from bot.domain.factors.wording import MainTexts, SideTexts
from bot.domain.kit.errors import UserError
from bot.domain.meetings import reminders
from bot.domain.members import directory
from bot.domain.members.directory import SizeClass
from bot.domain.membership import joining
from bot.domain.needs import weekly_lists
from bot.domain.posts.planning import Note
from bot.domain.programme import history
from bot.domain.programme.settings import FIELDS, SettingsPart
from bot.i18n import catalogues
from bot.settings import Settings
from cogs.factors.edit_forms import MEANING, SMALL
from cogs.kit.health import TroubleKind
from cogs.meetings.cards import ANSWERS as MEETING_ANSWERS
from cogs.meetings.forms import ALL, ONE
from cogs.meetings.more_cards import CANCEL, EDIT
from cogs.programme.settings_forms import SettingSaid
from storage.enums import (
    Choice,
    DeliveryState,
    DigestState,
    ExperienceStance,
    FactorKind,
    FactorStatus,
    Joining,
    Language,
    MeetingKind,
    Order,
    Preset,
    Reach,
    Repeat,
    RequestStatus,
)
from tests.shape import parsed

ROOT = Path(__file__).parents[1]
BABEL_PLURALS = {"sv": "nplurals=2; plural=(n != 1);", "en": "nplurals=2; plural=(n != 1);"}

DECIDED = set(FactorStatus) - {FactorStatus.MERGED}
# On cards of earlier releases alone.
SHOWN_BEFORE = {
    "areaset:1",
    "dayset:1",
    "decided:1",
    "digestsave:1",
    "factors:1",
    "meetingcancelled:1",
    "meetingedited:1",
    "minuted:1",
}
NOUNS = ("one", "many", "definite")
# Keys that code puts together, by their template, and what can stand in its hole. A new template
# must be entered here, so that each of its keys is checked.
TEMPLATES = {
    "choice.{}": Choice,
    "column.{}": (*columns.TAKEN, *columns.TOLD, "track.all"),
    "column.kind.{}": FactorKind,
    "column.stance.{}": set(Stance) - {Stance.SILENT},
    "delivery.kind.{}": (
        *reminders.KINDS,
        weeks.WEEK,
        weeks.EDITION,
        weekly_lists.LIST,
        factors.CARD,
        news.IN_THREAD,
        news.DIRECT,
        joining.REQUEST,
        joining.ANSWER,
        joining.LEFT,
    ),
    "delivery.state.{}": DeliveryState,
    "delivery.why.{}": set(Note) - {Note.NONE},
    "digest.last.{}": DigestState,
    "digest.new.{}": FactorKind,
    "digest.outcome.{}": FactorStatus,
    "digest.outcomes.{}": FactorStatus,
    "digest.section.{}": Section,
    "digest.state.{}": DigestState,
    "details.example.context.{}": FactorKind,
    "details.example.{}": wording.parts(SideTexts).keys() - {"context"},
    "details.field.{}": (*wording.parts(SideTexts), "key_area", "name"),
    "draft.gentle.{}": FactorKind,
    "decided.{}": DECIDED,
    "draft.problem.{}": wording.parts(MainTexts),
    "edit.part.{}": wording.parts(),
    "edit.sort.{}": (SMALL, MEANING),
    "edit.sort.{}.explained": (SMALL, MEANING),
    "experience.choice.{}": ExperienceStance,
    "factor.one.{}": set(FactorStatus) - {FactorStatus.OPEN},
    "factor.status.{}": StatusesShown,
    "field.{}": history.FIELDS,
    "history.{}": history.KINDS,
    "how.{}": FactorKind,
    "import.problem.{}_long": columns.LIMITS,
    "import.problem.{}_missing": columns.NEEDED,
    "joining.{}": Joining,
    "joining.{}.explained": Joining,
    "kind.{}": FactorKind,
    "kind.{}.explained": FactorKind,
    "kind.short.{}": FactorKind,
    "language.{}": Language,
    "meeting.answer.{}": MEETING_ANSWERS,
    "meeting.cancel.title.{}": (ONE, ALL),
    "meeting.count.{}": MEETING_ANSWERS,
    "meeting.form.{}": (ONE, ALL),
    "meeting.kind.{}": MeetingKind,
    "meeting.manage.{}": (EDIT, CANCEL),
    "meeting.mine.{}": MEETING_ANSWERS,
    "meeting.repeat.{}": Repeat,
    "meeting.who.{}": (*MEETING_ANSWERS, "silent"),
    "more.mine.{}": Choice,
    "name.{}": directory.COLUMNS,
    "noun.{}": NOUNS,
    "notify.reach.{}": Reach,
    "order.{}": Order,
    "ordinal.{}": ("one", "two", "few", "other"),
    "outcome.{}": OUTCOMES,
    "permission.{}": permissions.NEEDED,
    "place.{}": ("announcements", "discussion", "factors"),
    "place.{}.topic": ("announcements", "discussion", "factors"),
    "preset.{}": Preset,
    "preset.track.{}": ("school", "care", "shared"),
    "preset.track.{}.description": ("school", "care", "shared"),
    "propose.example.how{}": ("", *(f".{kind}" for kind in FactorKind)),
    "propose.example.title{}": ("", *(f".{kind}" for kind in FactorKind)),
    "reach.{}": Reach,
    "repeat.which.{}": ("1", "2", "3", "4", "last"),
    "request.{}": set(RequestStatus) - {RequestStatus.OPEN},
    "size.{}": SizeClass,
    "standing.{}": Standing,
    "settings.edit.{}": SettingsPart,
    "settings.example.{}": FIELDS[SettingsPart.WORDS],
    "settings.means.joining.{}": Joining,
    "settings.means.channel.{}": FIELDS[SettingsPart.CHANNELS],
    "settings.part.{}": SettingsPart,
    "span.{}": ("week", "day", "hour", "minute"),
    "stance.count.{}": Stance,
    "told.{}": DECIDED,
    "trouble.{}": TroubleKind,
}


@cache
def source(path: Path) -> tuple[ast.AST, ...]:
    """Every node of a file, which is read once for all rules."""
    return tuple(ast.walk(parsed(path.read_text("utf-8"))))


def files(*rooms: str) -> list[Path]:
    """The Python files of some rooms; the demo is a program of its own."""
    found = [path for room in rooms for path in sorted((ROOT / room).rglob("*.py"))]
    assert found
    return [path for path in found if "demo" not in path.relative_to(ROOT).parts]


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def nodes(paths: Iterable[Path], *kinds: type[ast.AST]) -> Iterator[tuple[Path, ast.AST]]:
    for path in paths:
        for node in source(path):
            if isinstance(node, kinds):
                yield path, node


def calls(paths: Iterable[Path], *names: str) -> Iterator[tuple[str, ast.Call]]:
    """Where a function of one of these names is called, however it was reached."""
    for path, node in nodes(paths, ast.Call):
        assert isinstance(node, ast.Call)
        called = node.func
        last = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
        if last in names:
            yield f"{name_of(path)}:{node.lineno}", node


# --- rooms


@cache
def imported(path: Path) -> set[str]:
    """Every module that a file imports, at its top or later."""
    found: set[str] = set()
    for node in source(path):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name_of(path)} imports relatively"
            found.add(node.module or "")
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def within(modules: set[str], *rooms: str) -> set[str]:
    return {name for name in modules if any(f"{name}.".startswith(f"{room}.") for room in rooms)}


def importing(paths: Iterable[Path], *rooms: str) -> list[tuple[str, str]]:
    """Which of these files import something of these rooms, and what."""
    return [(name_of(path), name) for path in paths for name in within(imported(path), *rooms)]


def test_a_cog_knows_the_application_and_of_storage_only_its_words():
    cogs = files("cogs")
    assert importing(cogs, "sqlmodel", "sqlalchemy", "alembic", "apscheduler") == []
    words = importing(cogs, "storage.enums")
    assert sorted(set(importing(cogs, "storage")) - set(words)) == []


def test_the_domain_knows_neither_discord_nor_the_clock_nor_cogs():
    domain = files("bot/domain")
    assert importing(domain, "discord", "apscheduler", "cogs", "bot.ui", "time") == []
    clocks = calls(domain, "now", "utcnow", "today")
    asked = [where for where, call in clocks if not call.keywords]
    assert asked == [], "time comes in as an argument"


def test_cogs_see_interactions_through_an_ask_alone():
    told = []
    for path, node in nodes(files("cogs"), ast.arg):
        assert isinstance(node, ast.arg)
        kind = ast.unparse(node.annotation) if node.annotation else ""
        if node.arg == "interaction" or "Interaction" in kind:
            told.append(f"{name_of(path)}:{node.lineno}")
    assert told == []


def test_only_cards_that_go_on_living_reach_behind_an_ask():
    live = {
        "cogs/factors/finding.py": 1,
        "cogs/factors/showing.py": 2,
        "cogs/meetings/answering.py": 1,
    }
    raw = Counter(
        name_of(path)
        for path, node in nodes(files("cogs"), ast.Attribute)
        if isinstance(node, ast.Attribute) and node.attr == "raw"
    )
    assert raw <= Counter(live)


def test_storage_knows_neither_of_the_rooms_above():
    assert importing(files("storage"), "bot", "cogs", "discord") == []


def test_the_application_never_names_a_cog():
    assert importing(files("bot"), "cogs") == []


def test_sql_is_written_in_storage_only():
    assert importing(files("bot/ui", "bot/i18n", "cogs"), "sqlmodel", "sqlalchemy") == []


# --- catalogues


@cache
def catalogue(language: str) -> Catalog:
    with (ROOT / "bot" / "i18n" / f"{language}.po").open("rb") as file:
        return read_po(file, locale=language)


@cache
def keys(language: str) -> tuple[str, ...]:
    _, *entries = catalogue(language)  # the first is about the catalogue itself
    return tuple(str(entry.id[0] if entry.pluralizable else entry.id) for entry in entries)


def forms(language: str, key: str) -> tuple[str, ...]:
    """The texts of a key: one, or one a plural form."""
    entry = catalogue(language).get(key)
    assert entry is not None, key
    return tuple(entry.string) if isinstance(entry.string, list | tuple) else (str(entry.string),)


def placeholders(text: str) -> set[str]:
    """What a text wants filled in; commands and words for organisation fill themselves in."""
    return {name for name in in_braces(text) if not name.startswith(("/", "@"))}


def in_braces(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def wanted_by(key: str) -> set[str]:
    return set().union(*(placeholders(text) for text in forms("en", key)))


@pytest.mark.parametrize("language", ["sv", "en"])
def test_a_catalogue_is_sorted_holds_no_key_twice_and_leaves_no_text_empty(language):
    raw = (ROOT / "bot" / "i18n" / f"{language}.po").read_text("utf-8")
    written = re.findall(r'^msgid "(.+)"$', raw, re.MULTILINE)
    assert written == sorted(set(written))
    assert tuple(written) == keys(language)
    assert all(text.strip() for key in written for text in forms(language, key))
    assert BABEL_PLURALS[language] in raw


@pytest.mark.parametrize("language", ["sv", "en"])
def test_leda_reads_a_catalogue_as_babel_does(language):
    read = catalogues.catalogue(Language(language))
    for key in keys(language):
        one, *many = forms(language, key)
        assert read.text(key) == read.text(key, 1) == one
        assert {read.text(key, n) for n in (0, 2, 5, 100)} == set(many or [one])


def test_both_languages_have_the_same_keys_placeholders_and_plurals():
    assert keys("sv") == keys("en")
    for key in keys("en"):
        english, swedish = forms("en", key), forms("sv", key)
        assert len(english) == len(swedish), key
        assert placeholders(english[-1]) == placeholders(swedish[-1]), key
        for text in (*english, *swedish):
            assert placeholders(text) <= placeholders(english[-1]) | {"n"}, key


@pytest.mark.parametrize("language", ["sv", "en"])
def test_texts_speak_of_organisations_in_forms_that_exist(language):
    for key in keys(language):
        for text in forms(language, key):
            nouns = {name[1:].lower() for name in in_braces(text) if name.startswith("@")}
            assert nouns <= set(NOUNS), key


def template_of(node: ast.expr) -> str | None:
    """A text or an f-string that may be a key, its holes as ``{}``."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        parts = [part.value if isinstance(part, ast.Constant) else "{}" for part in node.values]
        return "".join(str(part) for part in parts)
    return None


def keys_said(node: ast.expr) -> list[str]:
    """The keys that the first argument of ``words(…)`` can be; none where a variable stands."""
    if isinstance(node, ast.IfExp):
        return keys_said(node.body) + keys_said(node.orelse)
    template = template_of(node)
    if template is None:
        return []
    if "{}" not in template:
        return [template]
    if template in TEMPLATES:
        return [template.replace("{}", str(value)) for value in TEMPLATES[template]]
    return like(template)


def like(template: str) -> list[str]:
    """The keys that a template can become, where nobody has entered its values in TEMPLATES."""
    pattern = re.escape(template).replace(r"\{\}", r"[\w.]+")
    found = [key for key in keys("en") if re.fullmatch(pattern, key)]
    assert found, f"no key is like {template}"
    return found


def commands() -> Iterator[tuple[str, list[str]]]:
    """Every command and its options: ``factor.decide``, and what its method takes after the ask."""
    for _, node in nodes(files("cogs"), ast.AsyncFunctionDef):
        assert isinstance(node, ast.AsyncFunctionDef)
        for mark in node.decorator_list:
            if isinstance(mark, ast.Call) and ast.unparse(mark.func) == "command":
                assert isinstance(mark.args[0], ast.Constant), "a command's name is written out"
                yield mark.args[0].value, [option.arg for option in node.args.args[2:]]


def command_keys() -> set[str]:
    """The keys that ``bot.ui.commands`` puts together: of commands, their groups and options."""
    there = set(keys("en"))
    found = set()
    for name, options in commands():
        group = name.rpartition(".")[0]
        found |= {f"command.{each}" for each in (name, group) if each}
        found |= {f"name.{part}" for part in (*name.split("."), *options)}
        for option in options:
            own = (f"command.{name}.{option}", f"command.{group}.{option}")
            found |= set([key for key in own if key in there][:1])
    offered = [call.args[1:] for _, call in calls(files("cogs"), "Offered")]
    found |= {key for given in offered for argument in given for key in keys_said(argument)}
    for where, call in calls(files("cogs"), "OneOf"):
        template = f"{template_of(call.args[1])}.{{}}"
        assert template in TEMPLATES, where
        found |= {template.replace("{}", str(value)) for value in TEMPLATES[template]}
    return found


def asking() -> list[Path]:
    """The files whose ``words(…)`` tell which keys they ask for: those of commands do not."""
    return [path for path in files("bot", "cogs") if name_of(path) != "bot/ui/commands.py"]


def used_keys() -> set[str]:
    """Every key that the code can ask for, in whatever way."""
    there = set(keys("en"))
    everywhere = asking()
    found = {f"name.{call.args[0].value}" for _, call in calls(everywhere, "named")
             if call.args and isinstance(call.args[0], ast.Constant)}  # fmt: skip
    found |= {error().key for error in user_errors()} | {"error.unexpected"}
    for _, node in nodes(everywhere, ast.Constant, ast.JoinedStr):
        assert isinstance(node, ast.expr)
        template = template_of(node)
        if template in TEMPLATES or template in there:
            found |= set(keys_said(node))
    for _, call in calls(everywhere, "words", "described"):
        for argument in call.args[:1]:
            found |= set(keys_said(argument))
    # Tables name commands too, also such as are yet to come: marks alone tell which there are.
    return {key for key in found if not key.startswith("command.")} | command_keys()


def test_every_key_that_code_asks_for_is_in_the_catalogues():
    there = set(keys("en"))
    said = [
        (where, key)
        for where, call in calls(asking(), "words", "described")
        if call.args
        for key in keys_said(call.args[0])
    ]
    assert len(said) > 80
    assert [(where, key) for where, key in said if key not in there] == []
    assert len(command_keys()) > 100
    assert sorted(command_keys() - there) == []


def test_every_setting_can_be_filled_in():
    """One that its form's dataclass lacks would stay as it is, whatever was typed."""
    assert {each.name for each in fields(SettingSaid)} == set().union(*FIELDS.values())


def test_every_template_of_keys_leads_to_keys():
    there = set(keys("en"))
    for template, values in TEMPLATES.items():
        for value in values:
            assert template.replace("{}", str(value)) in there


def test_no_key_is_left_that_nobody_asks_for():
    assert sorted(set(keys("en")) - used_keys()) == []


def test_whoever_asks_for_a_text_fills_in_all_it_wants():
    wrong = []
    for where, call in calls(files("bot", "cogs"), "words"):
        given = {keyword.arg for keyword in call.keywords}
        if None in given or not call.args:
            continue  # **values: the caller's own tests see to those
        said = keys_said(call.args[0])
        wrong += [(where, key) for key in said if not wanted_by(key) <= given]
        wanted = set().union(*(wanted_by(key) for key in said))
        wrong += [(where, name) for name in given - wanted - {"n"} if said]
    assert wrong == []


# --- errors


@cache
def user_errors() -> tuple[type[UserError], ...]:
    for path in files("bot", "cogs"):  # an error of another module counts once that is loaded
        if path.name != "__main__.py":
            importlib.import_module(name_of(path).removesuffix(".py").replace("/", "."))
    kinds = UserError.__subclasses__()
    for kind in kinds:  # grows with what is found
        kinds += kind.__subclasses__()
    return tuple(sorted(set(kinds), key=lambda error: error.__name__))


def test_an_error_for_people_has_its_text_in_both_languages():
    both = set(keys("en")) & set(keys("sv"))
    assert [error.__name__ for error in user_errors() if error().key not in both] == []


def test_errors_for_people_stand_together_in_each_feature():
    theirs = re.compile(r"bot\.domain\.[a-z]+\.errors")
    apart = [error.__name__ for error in user_errors() if not theirs.fullmatch(error.__module__)]
    assert apart == []


def test_whoever_raises_an_error_gives_all_that_its_text_wants():
    by_name = {error.__name__: error for error in user_errors()}
    raised = []
    for path, node in nodes(files("bot", "cogs"), ast.Raise):
        assert isinstance(node, ast.Raise)
        what = node.exc
        name = getattr(what.func if isinstance(what, ast.Call) else what, "id", "")
        if name not in by_name:
            continue
        given = {k.arg for k in what.keywords} if isinstance(what, ast.Call) else set()
        raised.append(name)
        assert wanted_by(by_name[name]().key) <= given, f"{name_of(path)}:{node.lineno}"
    created = {call.func.id for _, call in calls(files("bot"), *by_name)
               if isinstance(call.func, ast.Name)}  # fmt: skip
    assert set(by_name) == set(raised) | created, "an error that nobody raises"


# --- limits of Discord that texts must keep

LIMITS = {
    ("Form", 0): 45,
    ("text_field", 0): 45,
    ("radio_field", 0): 45,
    ("select_field", 0): 45,
    ("checks_field", 0): 45,
    ("checks_field", "hint"): 100,
    ("channel_field", 0): 45,
    ("button", 0): 80,
    ("text_field", "example"): 100,
    ("text_field", "hint"): 100,
}


def bounded_keys() -> list[tuple[str, int]]:
    found = []
    for (function, argument), limit in LIMITS.items():
        for _, call in calls(files("cogs"), function):
            given = {keyword.arg: keyword.value for keyword in call.keywords}
            given |= dict(enumerate(call.args))
            value = given.get(argument)
            if isinstance(value, ast.Call) and getattr(value.func, "id", "") == "words":
                found += [(key, limit) for key in keys_said(value.args[0])]
    found += [(f"kind.{kind}.explained", 100) for kind in FactorKind]
    return found + [(f"kind.{kind}", 100) for kind in FactorKind]


@pytest.mark.parametrize("language", ["sv", "en"])
def test_titles_labels_examples_and_buttons_are_as_short_as_discord_wants_them(language):
    bounded = bounded_keys()
    assert len(bounded) > 15
    too_long = [
        (key, len(text), limit)
        for key, limit in bounded
        for text in forms(language, key)
        if len(text) > limit
    ]
    assert too_long == []


# --- no text for people in code

SPOKEN = re.compile(r"[A-Za-zÅÄÖåäö]{2,}[,.!?:;]?\s+[A-Za-zÅÄÖåäö]{2,}")

COMMAND = re.compile(r"[a-z]+ [a-z]+")
# Which commands are whose is a table of their names, of those that are yet to come too.
NAMES_COMMANDS = {"cogs/help/commands.py"}


def silent(path: Path) -> set[int]:
    """Nodes whose text no person sees: docstrings, log lines, patterns, types, plain assertions."""
    hidden: set[int] = set()
    for node in source(path):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            hidden.add(id(node.value))
        if isinstance(node, ast.Call):
            called = ast.unparse(node.func)
            if called.startswith("_log.") or called in {"re.compile", "re.sub", "re.findall"}:
                hidden |= {id(child) for child in ast.walk(node)}
        if isinstance(node, ast.Assert) and node.msg is not None:
            hidden |= {id(child) for child in ast.walk(node.msg)}
        annotations = [getattr(node, field, None) for field in ("annotation", "returns")]
        for annotation in filter(None, annotations):
            hidden |= {id(child) for child in ast.walk(annotation)}
    return hidden


def texts(paths: Iterable[Path]) -> Iterator[tuple[Path, ast.Constant]]:
    """Every text that stands in code."""
    for path, node in nodes(paths, ast.Constant):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield path, node


def test_no_text_for_people_stands_in_code():
    rooms = files("cogs", "bot/ui", "bot/domain")
    hidden = set().union(*map(silent, rooms))
    said = [
        f"{name_of(path)}:{node.lineno}: {node.value}"
        for path, node in texts(rooms)
        if id(node) not in hidden
        and SPOKEN.search(node.value)
        and not (name_of(path) in NAMES_COMMANDS and COMMAND.fullmatch(node.value))
    ]
    assert said == []


# --- ids that outlive releases


def literal_ids(function: str) -> set[str]:
    found = set()
    for where, call in calls(files("cogs", "bot/ui", "bot/delivery"), function):
        assert isinstance(call.args[0], ast.Constant), f"{where}: an id is written out"
        found.add(call.args[0].value)
    return found


def test_every_button_and_form_has_a_handler_and_every_handler_its_button():
    shown, handled = literal_ids("press_id"), literal_ids("handles")
    assert shown
    assert shown | SHOWN_BEFORE == handled


def test_no_id_is_handled_twice():
    """The later would silently take the place of the earlier."""
    handled = [ast.unparse(call.args[0]) for _, call in calls(files("cogs"), "handles")]
    assert sorted(handled) == sorted(set(handled))


def test_ids_carry_a_version():
    assert all(re.fullmatch(r"[a-z]+:[1-9]\d*", name) for name in literal_ids("handles"))


# --- settings and documents


def test_the_example_of_settings_names_every_setting_and_nothing_else():
    example = dotenv_values(ROOT / ".env.example")
    assert [name.lower() for name in example] == list(Settings.model_fields)


def test_the_example_of_settings_can_be_used_as_it_stands():
    assert Settings.load(ROOT / ".env.example", environ={}) == Settings()


def test_the_example_of_settings_explains_each():
    text = (ROOT / ".env.example").read_text("utf-8")
    for name in Settings.model_fields:
        before = text.partition(f"\n{name.upper()}=")[0].splitlines()[-1]
        assert before.startswith("# "), name


def documents() -> list[Path]:
    patterns = ("*.md", "docs/**/*.md", "*.toml", "*.txt", "Makefile", ".ci/*", ".env.example")
    return sorted({path for pattern in patterns for path in ROOT.glob(pattern) if path.is_file()})


OURS = re.compile(
    r"/(?:root|work|home/\w+|Users/\w+)/"
    r"|(?<![\d.])(?:10|192\.168|172\.(?:1[6-9]|2\d|3[01]))(?:\.\d+){2,3}"
    r"|(?:index-url|extra-index|pip\.conf)"
)


def test_documents_name_no_machine_of_ours():
    said = [
        (name_of(path), match.group())
        for path in documents()
        for match in OURS.finditer(path.read_text("utf-8"))
    ]
    assert said == []


def test_code_names_no_machine_of_ours():
    said = [
        f"{name_of(path)}:{node.lineno}: {node.value}"
        for path, node in texts(files("bot", "cogs", "storage", "tests"))
        if re.match(r"/(?:root|work|tmp|home|Users)/", node.value)
    ]
    assert said == []


# --- benchmarks


def test_every_benchmark_can_be_started():
    """They run outside the suite, so nothing else would tell."""
    names = sorted(path.stem for path in (ROOT / "tests" / "bench").glob("[!_]*.py"))
    loaded = [importlib.import_module(f"tests.bench.{name}") for name in names]
    assert [each.__name__.rpartition(".")[2] for each in loaded] == names
