"""``/factor list`` and ``/factor show``: pages that turn, also in old messages; titles found."""

import pytest
from simcord.backend.errors import SetupError

from bot.domain import drafts, factors
from bot.domain.drafts import Written
from storage.enums import FactorKind
from storage.factors import Factor
from tests.chat.conftest import answer_of, somebody, text_of
from tests.conftest import repeating


@pytest.fixture
async def many(trial):
    """Thirteen factors, entered without the chat: three pages."""
    anna = await trial.participant("Göteborgs stad", "anna")
    for number in range(13):
        written = Written(f"Factor {number:02}", FactorKind.PROMOTING, "We tried.")
        about = (trial.guild.id, somebody(anna.id))
        draft = await trial.bot.db.write(drafts.save, *about, written, now=trial.clock())
        with repeating():
            await trial.bot.db.write(factors.publish, *about, draft.id, now=trial.clock())
        trial.clock.pass_(hours=1)
    return trial


def titles(message) -> list[str]:
    return [f"Factor {n:02}" for n in reversed(range(13)) if f"Factor {n:02}" in text_of(message)]


async def test_a_list_turns_its_pages_and_stops_at_both_ends(many):
    anyone = many.person("anyone")
    shown = await anyone.slash(many.lobby, "factor list")
    assert "**Open:** 13 factors in all tracks" in answer_of(shown)
    page = shown.response
    assert titles(page) == [f"Factor {n:02}" for n in (12, 11, 10, 9, 8, 7)]
    with pytest.raises(SetupError):
        await anyone.click(page, label="Previous")
    await anyone.click(page, label="Next")
    assert titles(page) == [f"Factor {n:02}" for n in (6, 5, 4, 3, 2, 1)]
    assert "Page 2 of 3" in text_of(page)
    await anyone.click(page, label="Next")
    assert titles(page) == ["Factor 00"]
    with pytest.raises(SetupError):
        await anyone.click(page, label="Next")
    await anyone.click(page, label="Previous")
    assert "Page 2 of 3" in text_of(page)


async def test_a_page_still_turns_after_a_restart_and_when_the_list_has_shrunk(many):
    asa = many.person("asa", "sv-SE")
    shown = await asa.slash(many.lobby, "factor list")
    assert "**Öppna:** 13 faktorer i alla spår" in answer_of(shown)
    await many.restart()

    def decide(session):
        for factor_id in range(3, 14):
            session.get(Factor, factor_id).status = "adopted"

    await many.bot.db.write(decide)
    await asa.click(shown.response, label="Nästa")
    assert "2 faktorer" in text_of(shown.response)
    assert titles(shown.response) == ["Factor 01", "Factor 00"]


async def test_a_list_holds_what_was_asked_for(many):
    anyone = many.person("anyone")
    said = answer_of(await anyone.slash(many.lobby, "factor list", track="health"))
    assert "none in 🩺 Health and care" in said
    said = answer_of(await anyone.slash(many.lobby, "factor list", track="school"))
    assert "13 factors in 🏫 School" in said
    said = answer_of(await anyone.slash(many.lobby, "factor list", status="adopted"))
    assert "**Adopted:** none" in said
    said = answer_of(await anyone.slash(many.lobby, "factor list", track="qqqq"))
    assert "I find no track called “qqqq”" in said


async def test_a_page_of_one_track_turns_to_the_next_page_of_that_track(many):
    anyone = many.person("anyone")
    shown = await anyone.slash(many.lobby, "factor list", track="school")
    await anyone.click(shown.response, label="Next")
    assert "13 factors in 🏫 School" in text_of(shown.response)
    assert "Page 2 of 3" in text_of(shown.response)


async def test_factors_complete_by_title_and_are_shown_to_anyone(many):
    asa = many.person("asa", "sv-SE")
    offered = await many.autocomplete(asa, "factor show", "factor", "FACTOR 07")
    assert [each["name"] for each in offered] == ["Factor 07"]
    shown = await asa.slash(many.lobby, "factor show", factor=offered[0]["value"])
    assert "Factor 07" in answer_of(shown)
    assert len(await many.autocomplete(asa, "factor show", "factor", "")) == 13


async def test_tracks_complete_by_name(trial):
    anyone = trial.person("anyone")
    offered = await trial.autocomplete(anyone, "factor list", "track", "heal")
    assert [each["name"] for each in offered] == ["🩺 Health and care in a digital world"]


async def test_what_is_not_found_is_said_with_where_to_look(trial):
    anyone, asa = trial.person("anyone"), trial.person("asa", "sv-SE")
    for said in ("qqqq", "1", "9" * 40, "@everyone", "\x00", "🏫"):
        answer = answer_of(await anyone.slash(trial.lobby, "factor show", factor=said))
        assert "</factor list:" in answer
    answer = answer_of(await asa.slash(trial.lobby, "factor show", factor="qqqq"))
    assert "Jag hittar ingen sådan faktor" in answer


async def test_an_empty_list_invites_to_propose(trial):
    asa = trial.person("asa", "sv-SE")
    said = answer_of(await asa.slash(trial.lobby, "factor list"))
    assert "Berätta vad ni vet med </factor propose:" in said
