"""Public cards follow by themselves what changes around their factors."""

import pytest

from bot.domain.factors import recounts
from bot.domain.factors.edits import edit
from bot.domain.factors.wording import FactorText
from storage.desk import Person
from tests.chat.beginnings import with_a_factor
from tests.chat.conftest import text_of


async def voted(town):
    await with_a_factor(town)
    await town.vote(town.member("anna"), town.cards()[-1], "support")


BEGINNINGS = {"card": voted}


@pytest.fixture
def anna(trial):
    """Anna of Göteborg, which is in the school track."""
    return trial.member("anna")


@pytest.fixture
def card(trial):
    """A factor of the school track with Anna's vote, on its public card."""
    return trial.cards()[-1]


async def test_the_card_follows_who_leaves_and_who_comes_back(trial, card, anna):
    await anna.slash(trial.lobby, "leave")
    assert "No votes yet" in text_of(card)
    await anna.slash(trial.lobby, "join", organisation="Göteborgs stad")
    assert "1 supports" in text_of(card)


async def test_the_card_follows_who_moves_to_another_organisation(trial, card, anna):
    await anna.slash(trial.lobby, "join", organisation="Västerås stad")
    assert "No votes yet" in text_of(card)


async def test_the_card_follows_who_has_themselves_erased(trial, card, anna):
    assert str(anna.id) in text_of(card)
    asked = await anna.slash(trial.lobby, "privacy erase")
    await anna.click(asked.response, label="Yes, forget me")
    assert "No votes yet" in text_of(card)
    assert str(anna.id) not in text_of(card)


async def test_the_card_follows_organisations_that_come_change_and_go(trial, card):
    async def do(command, **said):
        return (await trial.boss.slash(trial.lobby, f"organisation {command}", **said)).response

    assert "1 of 2 municipalities" in text_of(card)
    await do("add", name="Skövde kommun", tracks="school")
    assert "1 of 3 municipalities" in text_of(card)
    await do("edit", organisation="Skövde kommun", tracks="health")
    assert "1 of 2 municipalities" in text_of(card)
    file = ("more.csv", b"name,tracks\nHjo kommun,school\n\xc3\x85re,school\n")
    await trial.boss.click(await do("import", file=file), label="Confirm")
    assert "1 of 4 municipalities" in text_of(card)
    await do("remove", organisation="Hjo kommun")
    assert "1 of 3 municipalities" in text_of(card), "gone at once, since nobody ever joined it"
    await trial.boss.click(await do("remove", organisation="Göteborgs stad"), label="Confirm")
    assert "No votes yet. 2 municipalities" in text_of(card)


async def test_the_card_follows_the_name_of_its_track(trial, card):
    asked = await trial.boss.slash(
        trial.lobby, "track edit", track="School and learning in a digital world", emoji="🎒"
    )
    assert asked.acknowledged
    assert "🎒" in text_of(card)


async def test_the_card_follows_what_changed_just_before_a_restart(trial, card, anna):
    """What is due stands in the database."""
    boss = Person(trial.boss.id, frozenset(), manages_server=True)
    await trial.organisation("Skövde kommun", "school")
    assert await trial.works.visit(trial.guild.id).read(recounts.is_due)
    await trial.restart()
    assert "1 of 3 municipalities" in text_of(card)
    text = FactorText("Another title", "Another way.")
    now = trial.clock()
    await trial.works.db.visit(trial.guild.id, boss, now).write(edit, 1, text, small=False)
    await trial.restart()
    await trial.vote(anna, card, "unsure")
    assert "Another title" in text_of(card)
