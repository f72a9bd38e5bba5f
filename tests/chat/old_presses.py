"""Every format of a ``custom_id`` that commit a0b8700 wrote on cards and forms, with an example.

The examples are of what its old file holds, so each can be pressed; in this order, one after the
other, by people who may.
"""

import re
from dataclasses import dataclass, field
from typing import Any

from simcord.enums import InteractionType

from tests.chat.asked import answer, people
from tests.old import GUILD, post_card

_NEW = re.compile(r"\d{17,}")
_BUTTON, _SELECT = 2, 3


@dataclass(frozen=True)
class Old:
    """An old button, a list with what is chosen in it, or a form with what was typed."""

    who: str
    id: str
    chosen: tuple[str, ...] = ()
    typed: dict[str, str] = field(default_factory=dict)
    in_letter: bool = False

    def __str__(self) -> str:
        return f"{self.who}: {self.id}{' in a letter' if self.in_letter else ''}"

    @property
    def form(self) -> bool:
        return bool(self.typed)

    @property
    def arguments(self) -> list[str]:
        """What the id tells after its name and version; a form's last part only makes it unique."""
        said = self.id.split(":")[2:]
        return said[:-1] if self.form else said


def _buttons(who: str, *ids: str) -> tuple[Old, ...]:
    return tuple(Old(who, each) for each in ids)


def _letter(who: str, *ids: str) -> tuple[Old, ...]:
    return tuple(Old(who, each, in_letter=True) for each in ids)


def _form(who: str, press: str, **typed: str) -> tuple[Old, ...]:
    return (Old(who, f"{press}:0a1b2c3d", typed=typed),)


def _list(who: str, press: str, *chosen: str) -> tuple[Old, ...]:
    return (Old(who, press, chosen=chosen),)


_PROPOSAL = {"title": "Of an old form", "kind": "promoting", "how": "We met every Friday.",
             "track": "all"}  # fmt: skip

PRESSES: tuple[Old, ...] = (
    # --- reading
    *_buttons("anna", "more:1:1", "back:1:1", "text:1:1:0", "why:1:1", "objections:1:1:0"),
    *_buttons("anna", "experiences:1:4:0", "versions:1:1:0", "changed:1:1", "factor:1:2"),
    *_buttons("anna", "factors:1:0:0:open:f", "factors:2:0:0:open:any:0:newest"),
    *_buttons("anna", "factors:2:0:1:current:promoting:0:top", "factors:2:0:0:open:any:0:needs"),
    *_list("anna", "order:1:0:open:any:0", "divided"),
    *_buttons("anna", "search:1:0:0:all:small", "needs:1", "choices:1", "meetings:1"),
    *_buttons("anna", "meetingpage:1:0:0:0", "meeting:1:3", "meetingmore:1:3", "ics:1:2"),
    *_buttons("anna", "tracks:1:0:f", "organisations:1:0:f", "organisations:1:0:w", "keepme:1"),
    *_buttons("boss", "meetingwho:1:3:0", "history:1:0:f", "history:1:1:b", "organisationfile:1"),
    *_buttons("boss", "settings:1:b", "settings:1:c", "digestpreview:1:202648:1", "digestset:1"),
    *_buttons("boss", "digestmail:1:202648:0", "keeporganisation:1:4"),
    *_list("boss", "digestpick:1:202648", "2"),
    # --- joining
    *_buttons("hal", "join:1", "pick:1:2"),
    *_list("hal", "choose:1", "2"),
    *_form("hal", "find:1", organisation="Vara kommun"),
    *_form("hal", "code:1:2", code="WRONGONE"),
    *_buttons("hal", "ask:1:2"),
    *_letter("dan", f"request:1:{GUILD}:1:approve", f"request:1:{GUILD}:3:decline"),
    # --- votes and what is told
    *_buttons("anna", "vote:1:2:support", "vote:1:7:object", "still:1:1", "experience:1:2"),
    *_buttons("bo", "vote:1:7:unsure"),
    *_form("anna", "objection:1:7", reason="It took too long."),
    *_form("anna", "tell:1:2:0", stance="tried", how="We tried it too."),
    *_buttons("cia", "confirm:1:2"),
    # --- drafts
    *_buttons("anna", "begin:1", "new:1"),
    *_buttons("boss", "newfor:1:4"),
    *_buttons("bo", "draft:1:9", "change:1:9", "adddetails:1:9", "later:1:9"),
    *_buttons("bo", "draftmeeting:1:9:off", "draftmeeting:1:9:on"),
    *_form("bo", "details:1:9", context="A small town.", evidence="A report."),
    *_buttons("bo", "publish:1:9", "discard:1:9", "instead:1:9:2"),
    *_form("anna", "propose:1:0", **_PROPOSAL),
    *_form("anna", f"proposefrom:1:{GUILD + 1}:{GUILD + 2}", **_PROPOSAL),
    *_form("boss", "behalf:1:4:0", **_PROPOSAL),
    # --- what becomes of factors
    *_buttons("anna", "edit:1:1"),
    *_form("anna", "edited:1:1:2", title="Try it small", how="We let three units try it.",
           context="", evidence="", small="meaning"),
    *_buttons("boss", "decide:1:1", "days:1:1", "area:1:1", "unmerge:1:3", "mergenow:1:3"),
    *_buttons("boss", "mergenot:1:3", "importfactors:1:4", "dropimport:1:4"),
    *_buttons("boss", "importorganisations:1:4"),
    *_form("boss", "merging:1:2:7", reason="The same."),
    *_form("boss", "dayset:1:1", opens="", closes="2026-12-20"),
    *_form("boss", "areaset:1:1", key_area="2"),
    *_form("boss", "decided:1:8", outcome="declined", reason="Not now."),
    *_buttons("cia", "withdraw:1:2"),
    *_form("cia", "withdrawn:1:2", reason="No longer so."),
    # --- meetings
    *_buttons("cia", "attend:1:3:going", "attend:1:4:cant", "attend:1:5:maybe", "therewas:1:2"),
    *_letter("anna", f"coming:1:{GUILD}:3:going", f"snooze:1:{GUILD}:3", f"notthis:1:{GUILD}:3"),
    *_buttons("boss", "meetingchange:1:4", "meetingredo:1:4:2:0", "meetingedit:1:3:all"),
    *_buttons("boss", "meetingedit:1:3:one", "meetingcancel:1:3:all", "meetingcancel:1:3:one"),
    *_buttons("boss", "meetingminutes:1:2", "meetingremind:1:3"),
    *_form("boss", "meetingform:1:4", title="Only thought of", when="2026-12-04 10:00"),
    *_buttons("boss", "meetingpick:1:5:2027-03-04:1300:0", "meetingsave:1:5", "meetingdrop:1:4"),
    *_form("boss", "meetingedited:1:2:0", title="Weekly of all schools"),
    *_form("boss", "meetingcancelled:1:3:one", reason="Many are ill."),
    *_form("boss", "minuted:1:2", summary="We agreed at last.", links=""),
    *_form("boss", "reminded:1:4", when="2026-12-07 12:00", text="Bring a friend."),
    # --- how people are reached
    *_letter("anna", f"reach:1:{GUILD}:mention", f"notify:1:{GUILD}:reminders:off"),
    *_letter("bo", f"reach:1:{GUILD}:direct", f"weeklist:1:{GUILD}"),
    *_buttons("cia", f"reach:1:{GUILD}:nothing", f"notify:1:{GUILD}:weekly:on"),
    # --- the programme
    *_buttons("boss", "setting:1:joining", "setting:1:channels", "setagain:1:joining:open"),
    *_form("boss", "setform:1:digest", digest_weekday="0", digest_hour="16"),
    *_buttons("boss", "setsave:1:joining:000000:open", "digestgo:1"),
    *_form("boss", "digestsave:1", sections="new", greeting="Welcome!"),
    *_buttons("boss", "reshape:1:2:0:1", "archive:1:2", f"deliveries:1:{GUILD}"),
    *_buttons("boss", f"repair:1:{GUILD}", "removeorganisation:1:4"),
    *_letter("boss", f"repair:1:{GUILD}", f"deliveries:1:{GUILD}"),
    *_buttons("gus", "erase:1"),
)  # fmt: skip


async def pressed(town: Any) -> dict[str, list[str]]:
    """What each is answered; what the servers number anew is left out."""
    there, found = people(town), {}
    for old in PRESSES:
        said = await answer(await _press(town, there[old.who], old))
        found[str(old)] = [_NEW.sub("#", line) for line in said]
    return found


async def _press(town: Any, person: Any, old: Old) -> Any:
    backend = town.env.backend
    place = backend.get_dm_channel(person.id) if old.in_letter else town.channel("factors-1")
    message = post_card(backend, place.id)
    data: dict[str, Any] = {"custom_id": old.id}
    kind = InteractionType.MODAL_SUBMIT if old.form else InteractionType.MESSAGE_COMPONENT
    if old.form:
        rows = [{"type": 4, "custom_id": name, "value": text} for name, text in old.typed.items()]
        data["components"] = [{"type": 18, "component": row} for row in rows]
    else:
        chosen = {"values": list(old.chosen)} if old.chosen else {}
        data |= {"component_type": _SELECT if old.chosen else _BUTTON, **chosen}
    who = person.user if old.in_letter else person
    return await town._raw(who, kind, data, town._about(message), message)
