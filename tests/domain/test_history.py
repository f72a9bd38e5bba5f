"""The audit trail: complete, newest first, for coordinators."""

import ast
import re
from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain.kit.errors import CoordinatorsOnly, NotSetUp
from bot.domain.programme import history, settings
from bot.domain.programme.settings import FIELDS, SettingsPart
from storage import journal
from storage.members.participants import Participant
from tests.domain import steps
from tests.domain.conftest import ELSEWHERE, FOLLOWER, HERE, MANAGER, NOW

# What is written and not told, each for its reason.
UNTOLD = {
    "meeting.reminder": "it is posted for everyone to see",
    "delivery.detoured": "coordinators were told when it happened, in their channel",
    "delivery.failed": "coordinators were told when it happened, in their channel",
    "delivery.recovered": "coordinators were told when it happened, in their channel",
    "digest.cut": "it is posted for everyone to see, or stands in the programme's status",
    "experience.confirmed": "it stands on the factor's card",
    "experience.told": "it stands on the factor's card",
    "experience.unconfirmed": "it stands on the factor's card",
    "factor.edited": "a factor's own versions, on its card",
    "factor.moved": "a standing that changed is told in the digest",
    "factor.published": "a factor's own history, on its card",
    "factor.voted": "a vote is nobody's business",
    "meeting.answered": "an answer is counted on the card",
    "meeting.attended": "who was there is counted on the card",
    "meeting.muted": "how somebody is reminded is theirs alone",
    "member.chose": "how somebody is reached is theirs alone",
    "place.drifted": "coordinators were told when it happened, in their channel",
    "participant.asked": "a wish changes nothing; what was decided is told",
    "participant.refused": "a mistyped code changes nothing",
}
# Kinds that are put together where they are written.
PUT_TOGETHER = {
    "participant.{}": ("participant.approved", "participant.declined"),
}
KIND = re.compile(r"[a-z]+\.[a-z_]+")
DOMAIN = Path(history.__file__).parents[1]
# Which argument says what happened.
KIND_AT = {"journal.write": 4, "desk.note": 0}


def kinds_in(path: Path) -> set[str]:
    """Every kind that a file writes: at the call, or by a name, then any text that may be one."""
    tree = ast.parse(path.read_text("utf-8"))
    found: set[str] = set()
    by_name = False
    for node in ast.walk(tree):
        called = ast.unparse(node.func) if isinstance(node, ast.Call) else ""
        if called not in KIND_AT:
            continue
        kind = node.args[KIND_AT[called]]
        if isinstance(kind, ast.Constant):
            found.add(kind.value)
        elif isinstance(kind, ast.JoinedStr):
            parts = [part.value if isinstance(part, ast.Constant) else "{}" for part in kind.values]
            found |= set(PUT_TOGETHER["".join(parts)])
        else:
            by_name = True
    if by_name:
        subjects = {kind.partition(".")[0] for kind in (*history.KINDS, *UNTOLD)}
        texts = {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant)}
        found |= {
            each
            for each in texts
            if isinstance(each, str) and KIND.fullmatch(each) and each.partition(".")[0] in subjects
        }
    return found


def test_everything_that_is_written_is_told_or_left_out_for_a_reason():
    written = set().union(*(kinds_in(path) for path in DOMAIN.rglob("*.py")))
    assert written >= {"organisation.added", "programme.changed", "member.gone"}
    assert sorted(written - set(history.KINDS) - set(UNTOLD)) == []


def test_nothing_is_both_told_and_left_out():
    assert not set(history.KINDS) & set(UNTOLD)
    assert {name for fields in FIELDS.values() for name in fields} <= set(history.FIELDS)


def page(world, number=0):
    return world(history.view, number, by=MANAGER)


def test_the_trail_says_who_did_what_to_whom_newest_first(trial):
    trial.join(50, trial.vara, NOW + timedelta(minutes=1))
    trial.leave(50, NOW + timedelta(minutes=2))
    left, joined, added = page(trial).items[:3]
    assert (left.kind, left.who, left.member, left.subject) == (
        "participant.left", 50, 50, "Vara kommun",
    )  # fmt: skip
    assert (joined.kind, joined.at) == ("participant.joined", NOW + timedelta(minutes=1))
    assert (added.kind, added.who, added.subject) == (
        "organisation.added", MANAGER.id, "Västerås stad",
    )  # fmt: skip
    assert page(trial).items[-1].kind == "programme.set_up"


def test_a_setting_is_told_with_its_old_and_new_value(trial):
    now = trial(settings.view, by=MANAGER).choices
    seen = settings.mark(now, SettingsPart.DIGEST)
    trial(settings.save, SettingsPart.DIGEST, "0|16", seen, by=MANAGER)
    assert page(trial).items[0].changed == (
        history.PastChange("digest_weekday", "3", "0"),
        history.PastChange("digest_hour", "9", "16"),
    )


def test_what_setup_changes_is_told_too(trial):
    trial.set_up(timezone="Europe/Helsinki")
    again, *_, first = page(trial).items
    assert first.changed == ()
    assert again.changed == (history.PastChange("timezone", "Europe/Stockholm", "Europe/Helsinki"),)


def test_old_and_new_values_are_told_by_name(trial):
    def note(session):
        row = Participant(
            programme_id=HERE, member_id=77, organisation_id=trial.vara, joined_at=NOW
        )
        session.add(row)
        session.flush()
        say = lambda kind, **data: journal.write(  # noqa: E731
            session, HERE, NOW, 9, kind, trial.vara, **data
        )
        say("organisation.edited", tracks=[[1], [1, 2]], size=[None, 900], secret=["a", "b"])
        say("organisation.contact", participant=[None, row.id])
        say("organisation.removed", name="Vara kommun", tracks=[1, 2], participants=3)

    trial(note)
    removed, contact, edited = page(trial).items[:3]
    assert [(c.field, c.was, c.will) for c in edited.changed] == [
        ("tracks", "School and learning in a digital world",
         "School and learning in a digital world, Health and care in a digital world"),
        ("size", "", "900"),
    ]  # fmt: skip
    assert contact.changed == (history.PastChange("participant", "", "77"),)
    assert removed.changed == ()
    assert removed.subject == "Vara kommun"


def test_the_erased_leave_what_happened_and_not_who(trial):
    erased = 10**18 + 50
    trial.join(erased, trial.vara)
    trial(steps.erase, erased)
    told, joined = page(trial).items[:2]
    assert (told.kind, told.who, told.member) == ("member.erased", None, None)
    assert (joined.who, joined.member, joined.subject) == (None, None, "Vara kommun")


def fill(world, number: int) -> None:
    def note(session):
        for minute in range(number):
            at = NOW + timedelta(minutes=minute)
            journal.write(session, HERE, at, 5, "member.gone", 1000 + minute)
            journal.write(session, HERE, at, 5, "factor.voted", 1)

    world(note)


def test_a_hundred_are_in_sight_page_by_page_and_votes_are_not_among_them(world):
    world.set_up()
    fill(world, 120)
    first, last = page(world, 0), page(world, 12)
    assert (first.total, first.pages, len(first.items), len(last.items)) == (
        100, 13, 8, 4,
    )  # fmt: skip
    assert first.items[0].member == 1119
    assert last.items[-1].member == 1020
    assert page(world, 99) == last
    assert page(world, -1) == first


def test_the_trail_is_for_coordinators_of_this_server(trial):
    with pytest.raises(CoordinatorsOnly):
        trial(history.view, 0, by=FOLLOWER)
    with pytest.raises(NotSetUp):
        trial(history.view, 0, by=MANAGER, programme=ELSEWHERE)
    trial.set_up(ELSEWHERE)
    kinds = [each.kind for each in trial(history.view, 0, by=MANAGER, programme=ELSEWHERE).items]
    assert kinds == ["programme.set_up"]
