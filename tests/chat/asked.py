"""What is asked of an old file, in every release the same: what it answers is compared."""

import json
import re
from typing import Any

from tests.chat.conftest import fields_of, text_of
from tests.old import PEOPLE, SWEDISH

COMMANDS: tuple[tuple[str, str, dict[str, str]], ...] = (
    ("boss", "programme status", {}),
    ("boss", "programme settings", {}),
    ("boss", "organisation list", {}),
    ("boss", "digest settings", {}),
    ("boss", "digest preview", {"week": "48"}),
    ("boss", "factor export", {}),
    ("boss", "factor list", {"status": "current"}),
    ("anna", "track list", {}),
    ("anna", "keyarea list", {}),
    ("anna", "factor top", {}),
    ("anna", "factor search", {"query": "small"}),
    ("anna", "factor list", {"sort": "needs"}),
    ("cia", "factor list", {"keyarea": "Ledarskap", "status": "adopted"}),
    ("cia", "factor search", {"query": "lyssna"}),
    ("anna", "meeting list", {}),
    ("anna", "privacy export", {}),
    ("bo", "notify", {}),
)
FACTORS, TIMES, PAGES = range(1, 10), range(1, 7), range(5)
PRESSES: tuple[tuple[str, str], ...] = (
    *(("boss", f"history:1:{page}:f") for page in PAGES),
    *(("cia", f"factor:1:{factor}") for factor in FACTORS),
    *(("boss", f"more:1:{factor}") for factor in FACTORS),
    *(("anna", f"why:1:{factor}") for factor in FACTORS),
    *(("cia", f"meeting:1:{time}") for time in TIMES),
    *(("boss", f"meetingwho:1:{time}:0") for time in TIMES),
    *((who, "needs:1") for who in ("boss", "anna", "bo", "cia", "dan", "eva", "fia")),
    ("anna", "objections:1:1:0"),
    ("anna", "experiences:1:4:0"),
    ("anna", "versions:1:1:0"),
    ("anna", "text:1:1:0"),
    ("anna", "changed:1:1"),
    ("bo", "draft:1:9"),
    ("boss", "digestpreview:1:202648:1"),
    ("boss", "digestpreview:1:202648:2"),
    ("anna", "ics:1:1"),
    ("anna", "ics:1:2"),
    ("anna", "meetingpage:1:0:1:0"),
    ("boss", "organisationfile:1"),
    ("boss", "organisations:1:0:w"),
)


def people(town: Any) -> dict[str, Any]:
    """Who is there, each in their language."""
    for name in SWEDISH:
        town.locales[PEOPLE[name]] = "sv-SE"
    return {"boss": town.boss, **{name: town.member(name) for name in PEOPLE}}


async def told(town: Any) -> dict[str, list[str]]:
    """All answers, by what was asked."""
    found, there = {}, people(town)
    for name, command, said in COMMANDS:
        result = await there[name].slash(town.lobby, command, **said)
        found[f"{name}: /{command} {' '.join(said.values())}".strip()] = await answer(result)
    for name, press in PRESSES:
        found[f"{name}: {press}"] = await answer(await town.press(there[name], press))
    return found


async def answer(result: Any) -> list[str]:
    """What was shown, line by line, then the files, or the form; the numbers of commands differ."""
    shown = [*([result.response] if result.response else []), *result.followups]
    lines = [line for each in shown for line in text_of(each).splitlines()]
    for file in [file for each in shown for file in each.attachments]:
        lines += [f"file {file.filename}", *_read(file.filename, await file.read())]
    if result.modal is not None:
        lines.append(f"form {result.modal['title']}")
        inputs = fields_of(result).items()
        lines += [f"{name}: {each['label']} {each.get('value', '')}" for name, each in inputs]
    return [re.sub(r"(</[^:>]+):\d+>", r"\1>", line) for line in lines]


def _read(name: str, content: bytes) -> list[str]:
    if name.endswith(".png"):
        return []
    if name.endswith(".json"):
        return [json.dumps(json.loads(content), ensure_ascii=False)]
    return content.decode("utf-8-sig").splitlines()
