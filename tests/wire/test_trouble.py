"""What Discord and the line between do to the program while it runs; it serves all tests here."""

import asyncio
import itertools

import pytest

from tests.wire.faults import BROKEN, RESET, RESET_AFTER, USUAL, Fault
from tests.wire.people import Person

pytestmark = pytest.mark.asyncio(loop_scope="module")
_numbers = itertools.count(1)


async def newcomers(scene, count):
    """So many who take part from now on."""
    people = [Person(scene.discord, scene.guild, f"p{next(_numbers)}") for _ in range(count)]
    joined = [person.slash("join", organisation="Vara kommun") for person in people]
    await asyncio.gather(*joined)
    return people


async def test_a_card_that_a_process_before_posted_works_straight_after_a_start(running):
    (dan,) = await newcomers(running, 1)
    deed = await dan.press(running.cards[0], "vote:1:1:support")
    assert deed.message is running.cards[0]
    assert deed.took < running.discord.rules.answer_within
    assert running.votes()[1, dan.id] == "support"


async def test_a_lost_connection_loses_no_press(running):
    people = await newcomers(running, 3)
    gateway = running.discord.gateway
    resumed = gateway.resumed
    gateway.cut()
    deeds = [person.press_soon(running.cards[0], "vote:1:1:support") for person in people[:2]]
    assert [deed.heard for deed in deeds] == [0, 0]
    await gateway.until(resumed=resumed + 1)
    assert all([await deed.answered() for deed in deeds])
    gateway.reconnect()
    await gateway.until(resumed=resumed + 2)
    await people[2].press(running.cards[0], "vote:1:1:unsure")
    assert {(1, person.id) for person in people} <= running.votes().keys()
    assert gateway.identified == 1, "it resumed, and never began anew"


async def test_a_busy_or_broken_discord_is_asked_again(running):
    (anna,) = await newcomers(running, 1)
    faults = running.discord.faults
    before = len(faults.happened)
    faults.next("POST", "/channels/.*/messages$", BROKEN)
    faults.next("POST", "/channels/.*/messages$", Fault(429, retry_after=0.1), times=2)
    card = await running.proposes(anna, title="Meet every Friday", how="We met each Friday.")
    assert len(running.discord.posts("Meet every Friday")) == 1
    # discord.py waits 1 s after the first 5xx and 3 s after the second: one is all it can bear.
    faults.next("POST", "/interactions/", Fault(502))
    faults.next("POST", "/interactions/", Fault(429, retry_after=0.1))
    await anna.press(card, "Support")
    cast = {choice for (_, member), choice in running.votes().items() if member == anna.id}
    assert cast == {"support"}
    assert [fault.status for *_, fault in faults.happened[before:]] == [500, 429, 429, 502, 429]


@pytest.mark.parametrize("fault", [RESET, RESET_AFTER])
async def test_a_line_that_breaks_doubles_nothing_and_leaves_nothing_out(running, fault):
    (anna,) = await newcomers(running, 1)
    faults, title = running.discord.faults, "Later again" if fault.after else "Sooner again"
    for path in ("/channels/[0-9]+/messages$", "/messages/[0-9]+/threads$"):
        faults.next("POST", path, fault)
    card = await running.proposes(anna, title=title, how="We tried it again.")
    await running.discord.until(lambda: card.id in running.discord.world.channels)
    assert len(running.discord.posts(title)) == 1
    faults.next("POST", "/interactions/", fault)
    deed = await anna.press(card, "vote:1")
    assert deed.took < running.discord.rules.answer_within
    assert "1 supports" in deed.message.text
    shown = await anna.slash("factor show", factor=title)
    assert "1 supports" in shown.text
    assert len(running.discord.posts(title)) == 1, "the card's id was kept"


async def test_discords_own_limits_are_kept(running):
    limits = running.discord.limits
    limits.buckets = USUAL
    people = await newcomers(running, 12)
    # Ten roles in ten seconds: two wait, and leda is not told off for any.
    await running.discord.until(lambda: sum(len(person.roles) == 1 for person in people) >= 10)
    assert limits.refused == 0
    limits.buckets = ()
