"""Finding factors: lists that turn their pages, also in old messages; searches; titles found."""

import pytest
from simcord.backend.errors import SetupError

from bot.domain.factors import drafts, factors, keyareas
from bot.domain.factors.drafts import Written
from bot.domain.tracks import tracks
from bot.ui.live import LiveCards
from storage.desk import Person
from storage.enums import FactorKind
from storage.factors.factors import Factor
from tests.chat.beginnings import with_anna
from tests.chat.conftest import answer_of, somebody, text_of
from tests.conftest import repeating


async def enter(town, member, *entered: str, kind=FactorKind.PROMOTING, track="school") -> None:
    """Factors of these titles, an hour apart, without the chat."""
    for title in entered:
        written = Written(title, "We tried.", kind, track)
        theirs = town.works.db.visit(town.guild.id, somebody(member.id), town.clock())
        draft = await theirs.write(drafts.save, written)
        with repeating():
            await theirs.write(factors.publish, draft.id)
        town.clock.pass_(hours=1)


def shown_in(message, *all_titles: str) -> list[str]:
    """Which of these titles a message shows, in its order."""
    text = text_of(message)
    return sorted((each for each in all_titles if each in text), key=text.index)


async def with_many(town):
    await with_anna(town)
    await enter(town, town.member("anna"), *(f"Factor {number:02}" for number in range(13)))


BEGINNINGS = {"many": with_many}


@pytest.fixture
def many(town):
    """Thirteen factors, an hour apart, entered without the chat: three pages."""
    town.clock.pass_(hours=13)
    return town


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

    await many.works.db.write(decide)
    await asa.click(shown.response, label="Nästa")
    assert "2 faktorer" in text_of(shown.response)
    assert titles(shown.response) == ["Factor 01", "Factor 00"]


async def test_a_list_holds_what_was_asked_for(many):
    anyone = many.person("anyone")
    said = answer_of(await anyone.slash(many.lobby, "factor list", track="health"))
    assert "none in 🩺 Health yet" in said
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
    for said in ("qqqq", "1", "9" * 40, "@everyone", "🏫"):
        answer = answer_of(await anyone.slash(trial.lobby, "factor show", factor=said))
        assert "</factor list:" in answer
    answer = answer_of(await asa.slash(trial.lobby, "factor show", factor="qqqq"))
    assert "Jag hittar ingen sådan faktor" in answer


async def test_an_empty_list_invites_to_propose(trial):
    asa = trial.person("asa", "sv-SE")
    said = answer_of(await asa.slash(trial.lobby, "factor list"))
    assert "Berätta vad ni vet med </factor propose:" in said


# --- filters and orders


async def test_a_list_is_narrowed_and_its_pages_stay_so_after_a_restart(trial):
    anna = await trial.participant("Göteborgs stad", "anna")
    boss = Person(trial.boss.id, frozenset(), manages_server=True)
    area = await trial.works.db.visit(trial.guild.id, boss, trial.clock()).write(
        keyareas.create, "Ledning"
    )
    hindering = [f"Hinder {n}" for n in range(9)]
    await enter(trial, anna, "Helps")
    await enter(trial, anna, *hindering, kind=FactorKind.INHIBITING)
    for factor_id in range(1, 9):
        await trial.works.db.visit(trial.guild.id, boss, trial.clock()).write(
            keyareas.put, factor_id, str(area.id)
        )
    asa = trial.person("asa", "sv-SE")
    offered = await trial.autocomplete(asa, "factor list", "keyarea", "ledn")
    assert [each["name"] for each in offered] == ["Ledning"]
    shown = await asa.slash(
        trial.lobby, "factor list", keyarea="ledning", kind="inhibiting", track="school"
    )
    said = answer_of(shown)
    assert "**Öppna:** 7 faktorer i 🏫 School" in said
    assert "-# Nyast först · 🪨 Hämmande · 🗂️ Ledning" in said
    await trial.restart()
    await asa.click(shown.response, label="Nästa")
    assert shown_in(shown.response, *hindering, "Helps") == ["Hinder 0"]
    assert "7 faktorer i 🏫 School" in text_of(shown.response)
    assert "🗂️ Ledning" in text_of(shown.response)


async def test_a_list_is_put_in_another_order_and_the_top_has_its_own_command(trial):
    anna = await trial.participant("Göteborgs stad", "anna")
    siv = await trial.participant("Västerås stad", "siv", "sv-SE")
    made = ["Loved", "Split", "New"]
    await enter(trial, siv, *made, track="all")
    for member, choice in ((anna, "support"), (siv, "support")):
        await trial.press(member, f"vote:1:1:{choice}")
    await trial.press(anna, "vote:1:2:support")
    split = await siv.slash(trial.lobby, "factor show", factor="Split")
    form = await siv.click(split.response, custom_id="vote:1:2:object")
    await siv.submit_modal(form, {"reason": "För tidigt."})
    shown = await anna.slash(trial.lobby, "factor list", sort="divided")
    assert shown_in(shown.response, *made) == ["Split", "New", "Loved"]
    await anna.select(shown.response, custom_id="order:1:0:open:any:0", values=["top"])
    assert shown_in(shown.response, *made) == ["Loved", "Split", "New"]
    await anna.select(shown.response, custom_id="order:1:0:open:any:0", values=["newest"])
    assert shown_in(shown.response, *made) == ["New", "Split", "Loved"]
    said = answer_of(await siv.slash(trial.lobby, "factor top"))
    assert "**Öppna, och de som tas med:** 3 faktorer i alla spår" in said
    assert "**1.** 🌱 **Loved**" in said
    assert "2 av 3 organisationer håller med, 1 har inte röstat" in said
    assert "poäng" not in said


async def test_what_needs_my_vote_shrinks_as_i_vote_and_then_thanks_me(trial, monkeypatch):
    monkeypatch.setattr(LiveCards, "pause", 0)
    anna = await trial.participant("Göteborgs stad", "anna")
    siv = await trial.participant("Västerås stad", "siv", "sv-SE")
    bo = await trial.participant("Vara kommun", "bo")
    await enter(trial, anna, "First", "Second")
    shown = await siv.slash(trial.lobby, "factor list", sort="needs")
    assert "**Väntar på din röst:** 2 faktorer i alla spår" in answer_of(shown)
    opened = await siv.click(shown.response, custom_id="factor:1:1")
    await siv.click(opened.response, custom_id="vote:1:1:support")
    assert shown_in(shown.response, "First", "Second") == ["Second"], "the list follows"
    await trial.press(siv, "vote:1:2:unsure")
    again = await siv.slash(trial.lobby, "factor list", sort="needs")
    assert "Inget väntar på din röst" in answer_of(again)
    said = answer_of(await bo.slash(trial.lobby, "factor list", sort="needs"))
    assert "Nothing waits for your vote" in said, "these concern another track"
    anyone = trial.person("anyone")
    assert "</join:" in answer_of(await anyone.slash(trial.lobby, "factor list", sort="needs"))


async def test_a_list_shown_by_an_earlier_release_still_turns(many):
    anyone = many.person("anyone")
    shown = await anyone.slash(many.lobby, "factor list")
    await many.press(anyone, "factors:1:1:0:open:f", shown.response)
    assert titles(shown.response) == [f"Factor {n:02}" for n in (6, 5, 4, 3, 2, 1)]
    assert "Page 2 of 3" in text_of(shown.response)


async def test_ids_of_another_server_lead_to_nothing_of_it(many):
    env, guild = many.env, many.env.create_guild("Elsewhere")
    lobby = guild.create_text_channel("lobby")
    owner = guild.add_member(env.create_user("owner"), roles=[])
    (school, _) = await many.works.visit(many.guild.id).read(tracks.all_of)
    said = answer_of(await owner.slash(lobby, "factor search", query="factor"))
    assert "13" not in said
    said = answer_of(await owner.slash(lobby, "factor top", track=str(school.id)))
    assert "Factor" not in said


# --- searching


async def test_a_search_shows_the_words_in_bold_and_turns_after_a_restart(trial):
    anna = await trial.participant("Göteborgs stad", "anna")
    await enter(trial, anna, *(f"Korta möten {n}" for n in range(8)), "Annat")
    asa = trial.person("asa", "sv-SE")
    shown = await asa.slash(trial.lobby, "factor search", query="mötet: @everyone")
    said = answer_of(shown)
    assert "8 faktorer för ”mötet @\u200beveryone” i alla spår" in said
    assert "🌱 Korta **möten** 7\n> We tried." in said
    assert "Annat" not in said
    await trial.restart()
    await asa.click(shown.response, label="Nästa")
    assert "Sida 2 av 2" in text_of(shown.response)
    assert "Korta **möten** 0" in text_of(shown.response)
    opened = await asa.click(shown.response, custom_id="factor:1:1")
    assert "Korta möten 0" in answer_of(opened)


async def test_a_search_can_be_narrowed_and_one_that_finds_nothing_says_so(trial):
    anna = await trial.participant("Göteborgs stad", "anna")
    await enter(trial, anna, "Korta möten")
    said = answer_of(await anna.slash(trial.lobby, "factor search", query="möte", track="health"))
    assert "I find nothing for “möte” in 🩺 Health" in said
    found = await anna.slash(trial.lobby, "factor search", query="möte", status="current")
    assert "One factor for “möte”" in answer_of(found)
    long = await anna.slash(trial.lobby, "factor search", query="möte " + "ord " * 40)
    assert "the beginning of what you wrote" in answer_of(long)


async def test_hostile_searches_are_answered(trial):
    anna = await trial.participant("Göteborgs stad", "anna")
    await enter(trial, anna, "Korta möten")
    for query in (
        "@everyone",
        "\x00",
        "::::",
        '" OR 1=1 --',
        "möte*",
        "NEAR(",
        "\u202e",
        "x" * 4000,
    ):
        assert answer_of(await anna.slash(trial.lobby, "factor search", query=query))
