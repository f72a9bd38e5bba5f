"""Every command that leda has, used on the big database, and the long ones beside presses."""

import asyncio
import re
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from statistics import median
from typing import Any, Final

from sqlmodel import Session, col, select

from storage import engines
from storage.enums import FactorStatus
from storage.factors.factors import Factor
from storage.meetings.meetings import Occurrence
from storage.members.participants import Participant
from tests.bench.goals import Row
from tests.bench.launch import GROUP
from tests.bench.rivals import Side, quiet
from tests.wire.interactions import DEFER, DEFER_EDIT, MODAL
from tests.wire.people import Deed
from tests.wire.world import LOADING

PATIENCE: Final = 8.0  # seconds that a command is waited for; it has missed its goal long before
LONG_PATIENCE: Final = 90.0  # … and a long one, once it has said that it is at work
_WITHIN: Final = 1.0
_LONGEST_HOLD: Final = 0.05
_BESIDE: Final = 1.2
_ALONE: Final = 40  # presses
_AHEAD: Final = timedelta(days=3)

# Of the big database: an open factor of the small scene, an old one, a meeting that was held.
_NEW, _OLD, _HELD = "3", "25000", "40"
_FACTORS: Final = b"title,kind,how,organisation\n" + b"".join(
    b"Imported %d,+,We met every Friday.,Kommun 1\n" % number for number in range(200)
)
_ORGANISATIONS: Final = b"name,tracks\n" + b"".join(
    b"Imported %d,Health\n" % number for number in range(50)
)


@dataclass(frozen=True)
class Try:
    """A command by somebody, and what they go on with.

    Of ``then``, a text is a button that is pressed (how its id begins, or its label), and a mapping
    what is filled into the form that was shown. What changes nothing is tried ``times``.
    A long one says soon that it is at work, and is done with so many ``edits`` of that answer.
    """

    who: str
    command: str
    said: dict[str, Any] = field(default_factory=dict)
    then: Sequence[str | dict[str, Any]] = ()
    times: int = 1
    edits: int = 1


def _read(who: str, command: str, *then: str, **said: str) -> Try:
    return Try(who, command, said, then, times=3)


TABLE: Final = (
    _read("p1", "help"),
    _read("boss", "programme status"),
    _read("boss", "programme settings"),
    _read("boss", "programme status", "history"),
    _read("p2", "track list"),
    _read("p2", "organisation list"),
    _read("boss", "organisation invitations"),
    _read("boss", "organisation code", organisation="3"),
    _read("p3", "organisation contact", organisation="3"),
    _read("p4", "keyarea list"),
    _read("p4", "notify"),
    _read("p5", "factor list"),
    _read("p5", "factor list", track="1", sort="divided"),
    _read("p5", "factor list", status="adopted", sort="top"),
    _read("p5", "factor list", sort="needs"),
    _read("p5", "factor list", sort="discussed", kind="inhibiting", keyarea="3"),
    _read("p6", "factor search", query="möten med chefen"),
    _read("p6", "factor search", query="lerning", track="2", status="declined"),
    _read("p6", "factor top"),
    _read("p6", "factor top", track="1"),
    _read("p7", "factor show", "more", factor=_OLD),
    _read("p7", "factor show", "more", "why", factor=_NEW),
    _read("p7", "factor experience", factor=_NEW),
    _read("p8", "meeting list"),
    _read("p8", "meeting show", meeting="@ahead"),
    _read("p8", "factor propose"),
    _read("boss", "digest preview"),
    _read("boss", "digest preview", week="@old"),
    _read("boss", "digest settings"),
    _read("p9", "privacy export"),
    _read("boss", "factor edit", factor=_NEW),
    _read("boss", "meeting edit", meeting="@ahead"),
    _read("boss", "meeting minutes", meeting=_HELD),
    _read("p9", "Propose as success factor"),
    Try("p9", "factor propose", then=(
        {"title": "Möten med ledare utan skärmar", "kind": "promoting", "track": "all",
         "how": "Vi provade i fyra veckor och möttes varje fredag."}, "publish")),
    Try("p10", "factor edit", {"factor": "@own"}, ({"how": "Vi provade i åtta veckor."},)),
    Try("boss", "factor decide", {"factor": "4", "outcome": "adopted", "reason": "Vi är eniga."}),
    Try("boss", "factor withdraw", {"factor": "5", "reason": "Den behövs inte."}),
    Try("boss", "factor merge", {"factor": "6", "into": "7", "reason": "Samma sak."},
        ("mergenow",)),
    Try("boss", "factor unmerge", {"factor": "6"}),
    Try("boss", "factor experience", {"factor": "8", "stance": "done", "organisation": "3",
                                      "how": "Vi möttes."}),
    Try("boss", "factor import", {"file": _FACTORS}, ("@first",)),
    Try("boss", "organisation import", {"file": _ORGANISATIONS}, ("@first",)),
    Try("boss", "keyarea create", {"name": "Framtid"}),
    Try("boss", "keyarea rename", {"keyarea": "1", "name": "Att leda"}),
    Try("boss", "keyarea merge", {"keyarea": "2", "into": "3"}),
    Try("boss", "organisation add", {"name": "Nya stad", "tracks": "Health", "size": 12}),
    Try("boss", "organisation edit", {"organisation": "30", "tracks": "School, Health"}),
    Try("boss", "organisation remove", {"organisation": "31"}, ("@first",)),
    Try("boss", "track edit", {"track": "3", "description": "För kulturen."}),
    Try("boss", "track archive", {"track": "5"}, ("@first",)),
    Try("boss", "track reopen", {"track": "5"}),
    Try("boss", "track create", {"name": "Water and waste"}),
    Try("boss", "meeting schedule", {"title": "Vårmöte", "when": "@soon", "repeat": "weekly",
                                     "times": 12}, ("@first",)),
    Try("boss", "meeting remind", {"meeting": "@ahead", "when": "@later", "text": "Kom."},
        ("@first",)),
    Try("boss", "meeting cancel", {"meeting": "@ahead"}, ("@first",)),
    Try("p12", "todo"),
    Try("p11", "leave"),
    Try("p11", "join", {"organisation": "3"}),
    Try("boss", "programme setup", {"preset": "leda"}),
    Try("boss", "digest send"),
)  # fmt: skip
BESIDE_PRESSES: Final = {
    "export": Try("boss", "factor export", edits=2),
    "erase": Try("p12", "privacy erase", then=("erase",), edits=2),
}
"""The long ones: presses are compared while they run."""


@dataclass
class Tried:
    """Seconds to what was asked for, by what was done; and what went another way than meant.

    Of long commands it is until they say that they are at work, and ``whole`` until they are done.
    """

    took: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    wrong: list[str] = field(default_factory=list)
    whole: dict[str, float] = field(default_factory=dict)


async def try_all(side: Side, tried: Tried) -> None:
    """Use every other command, once or some times."""
    values = _values(side)
    for each in TABLE:
        for _ in range(each.times):
            await _try(side, each, values, tried)
    known = set(_names(side.scene.discord.world.commands))
    done = {each.command for each in (*TABLE, *BESIDE_PRESSES.values())}
    tried.wrong += [f"/{name} was never tried" for name in sorted(known - done)]
    waits = len(re.findall(r"is ratelimited", side.program.log))
    print(f"  Discord's gateway let leda wait {waits} times meanwhile")


def _values(side: Side) -> dict[str, str]:
    """What stands for the names with an @."""
    now = datetime.now(UTC)
    ahead = select(col(Occurrence.meeting_id)).where(col(Occurrence.starts_at) > now + _AHEAD)
    theirs = (
        select(col(Factor.id))
        .join(Participant, col(Participant.id) == col(Factor.participant_id))
        .where(
            col(Participant.member_id) == side.scene.people["p10"].id,
            col(Factor.status) == FactorStatus.OPEN,
        )
        .order_by(col(Factor.id).desc())
    )
    engine = engines.reading(engines.parse(f"sqlite:///{side.program.database}"))
    with Session(engine) as session:
        meeting, own = (session.exec(query.limit(1)).one() for query in (ahead, theirs))
    engine.dispose()
    year, week, _ = (now - timedelta(weeks=261)).isocalendar()
    return {
        "@ahead": str(meeting), "@own": str(own), "@old": f"{year}-W{week:02}",
        "@soon": f"{now + 2 * _AHEAD:%Y-%m-%d} 10:00",
        "@later": f"{now + _AHEAD / 3:%Y-%m-%d} 10:00",
    }  # fmt: skip


async def beside_presses(side: Side, each: Try, tried: Tried) -> tuple[float, float]:
    """The median of a press alone, and while a long command is at work (seconds)."""
    await quiet(side, 20.0)
    alone = [await _press(side, number) for number in range(_ALONE)]
    working = asyncio.create_task(_try(side, each, {}, tried))
    meanwhile = []
    while not working.done():
        meanwhile.append(await _press(side, len(meanwhile)))
    await working
    # As it was on the same file at first, where something was still going on.
    return min(median(alone), median(side.found.single)), median(meanwhile)


def rows(
    tried: Tried, beside: dict[str, tuple[float, float]], units: Sequence[str]
) -> dict[str, Row]:
    """The rows of all that, by the goal's key; prints what is behind them.

    Args:
        tried: the commands.
        beside: presses alone and meanwhile, by the goal's key.
        units: lines of the launcher: how long units held the writer.
    """
    for wrong in tried.wrong:
        print(f"  went another way: {wrong}")
    slowest = sorted(((max(took), name) for name, took in tried.took.items()), reverse=True)
    print("  slowest commands:", "; ".join(f"{name} {took:.2f} s" for took, name in slowest[:6]))
    print("  done with:", "; ".join(f"{name} {took:.1f} s" for name, took in tried.whole.items()))
    parted = (line.split("\t") for line in units)
    holds = sorted(((float(took), name) for took, name in parted), reverse=True)
    groups = [each for each in holds if each[1].startswith(GROUP)]
    holds = [each for each in holds if each not in groups]
    longest = {name: took for took, name in reversed(holds)}
    worst = sorted(longest.items(), key=lambda each: -each[1])[:6]
    print("  longest holds of the writer:",
          "; ".join(f"{name} {1000 * took:.0f} ms" for name, took in worst))  # fmt: skip
    if groups:
        print(f"  longest hold by many at once: {groups[0][1]}, {1000 * groups[0][0]:.0f} ms")
    late, name = slowest[0]
    held = holds[0][0]
    return {
        "commands": Row("", f"{late:.2f}", name, late <= _WITHIN and not tried.wrong),
        "unit": Row("", f"{1000 * held:.0f}", worst[0][0].rpartition(".domain.")[2],
                    held <= _LONGEST_HOLD),
        **{
            key: Row(f"{1000 * alone:.1f}", f"{1000 * meanwhile:.1f}",
                     f"{meanwhile / alone:.2f} times alone", meanwhile <= _BESIDE * alone)
            for key, (alone, meanwhile) in beside.items()
        },
    }  # fmt: skip


async def _try(side: Side, each: Try, values: dict[str, str], tried: Tried) -> None:
    scene = side.scene
    person = scene.boss if each.who == "boss" else scene.people[each.who]
    said = {
        name: values.get(value, value) if isinstance(value, str) else value
        for name, value in each.said.items()
    }
    doing = f"/{each.command}"
    try:
        if each.command[0].isupper():
            deed = person.menu_soon(each.command, scene.cards[0])
        else:
            deed = person.slash_soon(each.command, **said)
        tried.took[doing].append(await _shown(deed))
        for step in each.then:
            if isinstance(step, dict):
                deed, doing = person.submit_soon(deed, **step), f"/{each.command}, its form"
            else:
                button = deed.message.custom_ids()[0] if step == "@first" else step
                doing = f"/{each.command}, {button.partition(':')[0]}"
                deed = person.press_soon(deed.message, button)
            tried.took[doing].append(await _shown(deed))
        if each.edits > 1:
            tried.whole[doing] = await _done(deed, each.edits)
    except (AssertionError, TimeoutError, IndexError) as error:
        tried.took[doing].append(PATIENCE)
        tried.wrong.append(f"{doing}: {str(error) or type(error).__name__:.300}")


async def _shown(deed: Deed) -> float:
    """Seconds until what was asked for is seen, and not only that it is on its way."""
    if not await deed.answered():
        raise TimeoutError("no answer in 3 s")
    found = deed.interaction
    if deed.kind not in {DEFER, DEFER_EDIT}:
        if deed.kind != MODAL and "went wrong on my side" in deed.text:
            raise AssertionError(deed.text)
        return deed.took
    until = found.begun + PATIENCE
    while not _there(deed):
        if time.monotonic() > until:
            raise TimeoutError(f"nothing in {PATIENCE:.0f} s")
        await asyncio.sleep(0.005)
    took = time.monotonic() - found.begun
    if "went wrong on my side" in deed.text:
        raise AssertionError(deed.text)
    return took


async def _done(deed: Deed, edits: int) -> float:
    """Seconds until a long command is done."""
    found = deed.interaction
    until = found.begun + LONG_PATIENCE
    while sum(map(bool, found.history)) < edits:  # being put off is an empty one
        if time.monotonic() > until:
            raise TimeoutError(f"not done in {LONG_PATIENCE:.0f} s")
        await asyncio.sleep(0.01)
    return time.monotonic() - found.begun


def _there(deed: Deed) -> bool:
    found = deed.interaction
    if deed.kind == DEFER:
        return found.original is not None and not found.original.flags & LOADING
    return bool(found.history or found.followups)


async def _press(side: Side, number: int) -> float:
    """A vote of somebody who does nothing else, on a factor that is open."""
    person = side.scene.people[f"p{100 + number % 50}"]
    choice = ("support", "unsure")[number // 50 % 2]
    deed = person.press_id(side.scene.cards[0], f"vote:1:1:{choice}")
    return deed.took if await deed.answered() else 3.0


def _names(known: list[dict[str, Any]], before: str = "") -> list[str]:
    found = []
    for each in known:
        inside = [o for o in each.get("options") or [] if o["type"] in {1, 2}]
        name = f"{before}{each['name']}"
        found += _names(inside, f"{name} ") if inside else [name]
    return found
