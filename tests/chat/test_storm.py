"""Many people at the same time: every press is answered, and the card ends up right."""

import asyncio
from random import Random
from types import SimpleNamespace

import pytest

from bot.domain.factors import edits, factors
from bot.domain.factors.wording import FactorText
from cogs.factors.cards import factor_card
from storage.desk import Person
from tests.chat.conftest import text_of

HOMES = ("Göteborgs stad", "Vara kommun", "Västerås stad")


def command(town, name, **options):
    """A command as Discord sends it."""
    said = [{"name": key, "type": 3, "value": value} for key, value in options.items()]
    return {"id": str(town.works.speech.links[name]), "name": name, "type": 1, "options": said}


async def as_it_is(town, factor):
    """What the card of a factor has to say, by the database."""
    view = await town.works.db.visit(town.guild.id, None, town.clock()).read(factors.show, factor)
    drawn = factor_card(town.works.speech.in_(view.language, view.programme_id), view)
    return text_of(SimpleNamespace(_message=SimpleNamespace(components=drawn.to_components())))


def editing(town, factor, title):
    """An edit of a factor, under way beside whatever people press."""

    async def work():
        boss = Person(town.boss.id, frozenset(), manages_server=True)
        text = FactorText(title, "Another way of doing it.")
        theirs = town.works.visit(town.guild.id, boss)
        done = await theirs.write(edits.edit, factor, text, small=False)
        town.bot.dispatch("factor_changed", done.factor)

    with town.env._bot_scope():
        return asyncio.create_task(work())


@pytest.mark.simcord(settle_timeout=60)
@pytest.mark.parametrize("seed", [1, 2])
async def test_after_a_storm_the_card_shows_what_the_database_says(trial, seed):
    """Fifteen people press forty buttons at once while two leave, one moves and one edits."""
    chance = Random(seed)
    people = [await trial.participant(HOMES[n % 3], f"person{n}") for n in range(15)]
    cards = [await trial.publish(people[2], title=f"Way {n}", track=["all"]) for n in (1, 2)]
    for turn in range(3):
        presses = []
        for _ in range(40):
            number = chance.randrange(2)
            choice = chance.choice(["support", "support", "unsure"])
            person = chance.choice(people)
            presses.append((person, f"vote:1:{number + 1}:{choice}", cards[number]))
        leaving, moving = chance.sample(people, 2), chance.choice(people)
        commands = [
            *((person, command(trial, "leave")) for person in leaving),
            (moving, command(trial, "join", organisation=chance.choice(HOMES))),
        ]
        edit = editing(trial, 1, f"Way 1, version {turn + 2}")
        results = await trial.at_once(*presses, commands=commands)
        await edit
        await trial.env.settle()
        assert all(result.acknowledged for result in results)
        for number, card in enumerate(cards, start=1):
            assert text_of(card) == await as_it_is(trial, number)
        trial.clock.pass_(minutes=5)
    assert "version 4" in text_of(cards[0])
