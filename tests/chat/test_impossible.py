"""What nobody can send from Discord: refused as what is too old, and written down nowhere."""

from collections.abc import Iterator
from typing import Any

import pytest
from simcord.enums import InteractionType

from tests.chat import access
from tests.chat.access import TABLE, Row, World, begin, made, verdict

BEGINNINGS = {"world": begin}

MARK = "TYPED-BY-SOMEBODY"
TEXTS = (MARK, f"{MARK}\0", MARK * 400, "", str(2**63 - 1))
NO_TEXTS = (None, [MARK])


@pytest.fixture
async def world(town):
    return await World(town).found()


async def impossible(world: World, row: Row) -> Iterator[tuple[list[Any], Any, Any]]:
    """What a press or form may be sent with: arguments, fields and choices, one of them forged."""
    kind = "administrator"
    args, fields, values = [
        await made(each, world, kind) for each in (row.args, row.fields, row.values)
    ]
    args = list(args)
    forged = [([*args[:n], text, *args[n + 1 :]], fields, values)
              for n in range(len(args)) for text in TEXTS]  # fmt: skip
    for name in fields or {}:
        forged += [(args, {**fields, name: said}, values) for said in (*TEXTS, *NO_TEXTS)]
        forged.append((args, {each: fields[each] for each in fields if each != name}, values))
    if values is not None:
        forged += [(args, fields, chosen) for chosen in ([], *([each] for each in TEXTS), NO_TEXTS)]
    return forged


@pytest.mark.parametrize("part", range(4))
async def test_no_press_or_form_goes_wrong_whatever_it_is_sent_with(world, caplog, part):
    """The town fails a test in which anything went wrong that nobody foresaw."""
    presses = [row for row in TABLE if not row.is_command]
    unanswered = []
    for row in presses[part::4]:
        await world.settle("administrator")
        for args, fields, values in await impossible(world, row):
            custom_id = ":".join([row.name, *map(str, args)])
            about = world, "administrator", custom_id, fields, values
            result = await access._send(*about, direct=False)
            if not result.acknowledged:
                unanswered.append((custom_id, fields, values))
    assert unanswered == []
    assert MARK not in caplog.text


@pytest.mark.parametrize(
    ("custom_id", "fields", "values"),
    [
        ("vote:1:1:love", None, None),
        ("attend:1:1:open", None, None),
        ("coming:1:{guild}:1:open", None, None),
        ("notify:1:{guild}:{mark}:on", None, None),
        ("notify:1:{guild}:weekly:perhaps", None, None),
        ("request:1:{guild}:1:perhaps", None, None),
        ("meetingcancel:1:1:everything", None, None),
        ("order:1:0:open:any:0", None, ["{mark}"]),
        ("choose:1", None, []),
        ("decided:1:1", {"outcome": "{mark}", "reason": "Why not."}, None),
        ("decided:1:1", {"outcome": "merged", "reason": "{mark}"}, None),
        ("objection:1:1", {"reason": "{mark}\0"}, None),
        ("objection:1:1", {"reason": "x" * 6001}, None),
        ("tell:1:1:0", {"stance": "{mark}", "how": ""}, None),
        (f"search:1:0:0:all:{MARK}\0", None, None),
    ],
)
async def test_what_no_form_can_send_is_too_old(world, caplog, custom_id, fields, values):
    def filled(text):
        return text.replace("{mark}", MARK).replace("{guild}", str(world.here.guild.id))

    fields = fields and {name: filled(said) for name, said in fields.items()}
    values = values and [filled(said) for said in values]
    about = world, "administrator", filled(custom_id), fields, values
    assert verdict(await access._send(*about, direct=False)) == "StalePress"
    assert MARK not in caplog.text


@pytest.mark.parametrize(
    ("command", "options"),
    [
        ("factor decide", {"factor": "1", "outcome": MARK}),
        ("factor search", {"query": f"{MARK}\0"}),
        ("factor search", {"query": 5}),
        ("track edit", {"track": "1", "closed": MARK}),
        ("track edit", {"track": "1", "voting_days": 366}),
        ("track edit", {"track": "1", "voting_days": True}),
        ("organisation add", {"name": "New", "size": MARK}),
        ("meeting remind", {"meeting": "1", "when": "friday 13", "text": "x" * 501}),
        ("keyarea create", {}),
    ],
)
async def test_what_no_option_can_be_is_too_old(world, caplog, command, options):
    result = await forged(world, command, options)
    assert verdict(result) == "StalePress"
    assert MARK not in caplog.text
    assert world.here.forgive() == [], "though SimCord counts it as an error of the bot"


async def forged(world: World, command: str, options: dict[str, Any]) -> Any:
    """A command as no client of Discord's sends it."""
    group, name = command.split()
    sorts = {str: 3, int: 4, bool: 5}
    said = [
        {"name": key, "type": sorts[type(each)], "value": each} for key, each in options.items()
    ]
    data = {"id": "1", "name": group, "type": 1,
            "options": [{"type": 1, "name": name, "options": said}]}  # fmt: skip
    here = world.here
    return await here._raw(here.boss, InteractionType.APPLICATION_COMMAND, data, extra={})


@pytest.mark.parametrize("typed", [f"{MARK}\0", f"{MARK}\ud800", 5, None])
async def test_what_nobody_can_have_typed_completes_nothing(world, caplog, typed):
    here = world.here
    option = {"name": "factor", "type": 3, "value": typed, "focused": True}
    data = {"id": "1", "name": "factor", "type": 1,
            "options": [{"type": 1, "name": "show", "options": [option]}]}  # fmt: skip
    result = await here._raw(
        here.boss, InteractionType.APPLICATION_COMMAND_AUTOCOMPLETE, data, extra={}
    )
    assert result.acknowledged
    assert MARK not in caplog.text
