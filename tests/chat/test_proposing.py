"""Proposing a factor: the form, the preview, and the card that everyone sees; nothing is lost."""

import asyncio

import pytest

from bot.domain.factors import factors
from cogs.factors.posting import ensure_posted
from tests.chat.beginnings import with_anna, with_asa
from tests.chat.conftest import PROPOSAL, answer_of, fields_of, text_of

BEGINNINGS = {"asa": with_asa, "anna": with_anna}


@pytest.fixture
def anna(trial):
    """Anna of Göteborg, which is in the school track."""
    return trial.member("anna")


@pytest.fixture
def asa(trial):
    """Åsa of Västerås, which is in both tracks; her Discord is Swedish."""
    return trial.member("asa")


async def test_the_form_has_its_fields_and_an_id_of_its_own_at_each_opening(trial, anna):
    forms = [await anna.slash(trial.lobby, "factor propose") for _ in range(2)]
    fields = fields_of(forms[0])
    assert list(fields) == ["title", "kind", "how", "track"]
    assert forms[0].modal["title"] == "Propose a factor"
    assert fields["how"]["label"] == "How?"
    ids = [form.modal["custom_id"] for form in forms]
    assert ids[0] != ids[1]
    assert all(form_id.startswith("propose:1:0:") for form_id in ids)


async def test_the_form_is_swedish_for_swedes_whatever_the_programme_speaks(trial, asa):
    form = await asa.slash(trial.lobby, "factor propose")
    assert form.modal["title"] == "Föreslå en faktor"
    assert [option["label"] for option in fields_of(form)["track"]["options"]][-1] == "alla spår"


async def test_the_form_begins_with_the_track_whose_channel_one_is_in(trial, asa):
    for channel, expected in (("health-discussion", "🩺"), ("school-factors", "🏫")):
        form = await asa.slash(trial.channel(channel), "factor propose")
        options = fields_of(form)["track"]["options"]
        assert next(o["label"] for o in options if o.get("default")).startswith(expected)


async def test_a_follower_learns_how_to_join(trial):
    follower = trial.person("follower")
    said = answer_of(await follower.slash(trial.lobby, "factor propose"))
    assert "</join:" in said
    swede = trial.person("swede", "sv-SE")
    assert "gäst" in answer_of(await swede.slash(trial.lobby, "factor propose"))


async def test_what_was_sent_is_shown_back_to_its_author_alone(trial, anna):
    said = answer_of(await trial.propose(anna, title="Små steg", kind="inhibiting"))
    for part in ("Only you see it", "Små steg", "Inhibiting factor", PROPOSAL["how"], "Göteborg"):
        assert part in said
    assert trial.cards() == []


async def test_publishing_posts_the_card_with_a_thread_where_the_track_has_its_factors(trial, anna):
    preview = await trial.propose(anna)
    thanks = await anna.click(preview.response, label="Publish")
    channel = trial.channel("school-factors")
    card = trial.posts(channel, "vote:1")[-1]
    said = text_of(card)
    assert "Try it small first" in said
    assert "Should this be in our shared result?" in said
    assert f"\N{EN DASH} <@{anna.id}>, Göteborgs stad" in said
    assert "2 municipalities can vote" in said
    assert f"/{channel.id}/{card.id}" in text_of(thanks.response)
    assert [thread.name for thread in channel.threads] == ["Try it small first"]
    view = await trial.works.db.visit(trial.guild.id, None, trial.clock()).read(factors.show, 1)
    assert (view.message_id, view.thread_id) == (card.id, channel.threads[0].id)


async def test_the_card_speaks_the_programmes_language_and_answers_the_readers(trial, asa):
    preview = await trial.propose(asa)
    assert "Så här kommer det att se ut" in answer_of(preview)
    thanks = await asa.click(preview.response, label="Publicera")
    assert "Tack!" in text_of(thanks.response)
    assert "Should this be in our shared result?" in text_of(trial.cards()[0])


async def test_a_factor_of_all_tracks_is_posted_in_the_open_forum(trial, asa):
    await trial.publish(asa, track=["all"])
    assert len(trial.posts(trial.channel("open-forum"), "vote:1")) == 1


async def test_pressing_publish_twice_publishes_once(trial, anna):
    preview = await trial.propose(anna)
    publish = next(id_ for id_ in ids_in(preview.response) if id_.startswith("publish"))
    await anna.click(preview.response, label="Publish")
    again = await trial.press(anna, publish, preview.response)
    assert "published, or a day has passed" in answer_of(again)
    assert len(trial.cards()) == 1


def ids_in(message) -> list[str]:
    return [part["custom_id"] for part in every_part(message.components) if "custom_id" in part]


def every_part(components):
    for component in components:
        yield component
        yield from every_part(component.get("components") or [])


async def test_change_keeps_what_was_typed_and_replaces_the_preview(trial, anna):
    preview = await trial.propose(anna, how="First words.")
    form = await anna.click(preview.response, label="Change")
    fields = fields_of(form)
    assert (fields["title"]["value"], fields["how"]["value"]) == (
        PROPOSAL["title"], "First words.",
    )  # fmt: skip
    changed = await anna.submit_modal(form, {**PROPOSAL, "how": "Better words."})
    assert "Better words." in text_of(preview.response)
    assert changed.followups == []
    await anna.click(preview.response, label="Publish")
    assert "Better words." in text_of(trial.cards()[0])


async def test_later_keeps_the_draft_and_proposing_again_offers_it(trial, anna):
    preview = await trial.propose(anna)
    kept = await anna.click(preview.response, label="Later")
    assert "Kept for 24 hours" in text_of(kept.response)
    await trial.restart()
    offer = await anna.slash(trial.lobby, "factor propose")
    assert "not published yet: **Try it small first**" in answer_of(offer)
    shown = await anna.click(offer.response, label="Go on with it")
    assert PROPOSAL["how"] in text_of(shown.response)
    await anna.click(offer.response, label="Publish")
    assert len(trial.cards()) == 1


async def test_one_may_write_something_new_beside_a_draft(trial, anna):
    await trial.propose(anna)
    offer = await anna.slash(trial.lobby, "factor propose")
    form = await anna.click(offer.response, label="Write something new")
    assert not fields_of(form)["title"].get("value")
    sent = await anna.submit_modal(form, {**PROPOSAL, "title": "Another"})
    assert "Another" in text_of(sent.response or offer.response)


async def test_a_draft_is_kept_for_a_day_and_then_gone(trial, anna, clock):
    preview = await trial.propose(anna)
    clock.pass_(hours=24, seconds=1)
    for label in ("Publish", "Later"):
        assert "a day has passed" in answer_of(await anna.click(preview.response, label=label))
    assert (await anna.slash(trial.lobby, "factor propose")).modal is not None


async def test_what_is_missing_is_named_and_nothing_typed_is_lost(trial, asa):
    preview = await trial.propose(asa, title="\u200b\u200b")
    said = answer_of(preview)
    assert "Rubriken är tom" in said
    assert PROPOSAL["how"] in said
    publish = next(id_ for id_ in ids_in(preview.response) if id_.startswith("publish"))
    assert "Något saknas fortfarande" in answer_of(await trial.press(asa, publish))


async def test_an_identity_number_is_hidden_and_that_is_said(trial, asa):
    said = answer_of(await trial.propose(asa, how="Vi ringde 121212-1212."))
    assert "personnummer" in said
    assert "1212" not in said


async def test_the_bot_may_restart_between_opening_the_form_and_sending_it(trial, anna):
    form = await anna.slash(trial.lobby, "factor propose")
    await trial.restart()
    preview = await anna.submit_modal(form, PROPOSAL)
    assert "Only you see it" in answer_of(preview)
    await trial.restart()
    await anna.click(preview.response, label="Publish")
    assert len(trial.cards()) == 1


async def test_who_left_while_writing_is_told_how_to_join_and_finds_it_again(trial, anna):
    form = await anna.slash(trial.lobby, "factor propose")
    await anna.slash(trial.lobby, "leave")
    said = answer_of(await anna.submit_modal(form, PROPOSAL))
    assert "</join:" in said
    assert PROPOSAL["how"] in said
    await anna.slash(trial.lobby, "join", organisation="Vara kommun")
    offer = await anna.slash(trial.lobby, "factor propose")
    assert "Try it small first" in answer_of(offer)


async def test_a_form_opened_from_a_public_message_leaves_that_message_alone(trial, anna):
    """The home card is everyone's: a preview belongs in a private answer."""
    card = await trial.publish(anna)
    before = text_of(card)
    form = await trial.press(anna, "begin:1", card)
    sent = await anna.submit_modal(form, {**PROPOSAL, "title": "Mine alone"})
    assert "Mine alone" in answer_of(sent)
    assert text_of(trial.cards()[0]) == before


async def test_the_sixth_factor_within_an_hour_waits(trial, anna):
    for _ in range(5):
        await trial.publish(anna)
    preview = await trial.propose(anna)
    said = answer_of(await anna.click(preview.response, label="Publish"))
    assert "5 factors within the hour" in said
    assert len(trial.cards()) == 5


# --- when Discord is not as it should be


async def test_a_factor_whose_channel_is_gone_is_kept_and_posted_once_it_is_back(trial, anna):
    trial.delete_channel("school-factors")
    preview = await trial.propose(anna)
    thanks = await anna.click(preview.response, label="Publish")
    assert "is kept, but I could not post its card" in text_of(thanks.response)
    assert trial.cards() == []
    shown = await anna.slash(trial.lobby, "factor show", factor="Try it small first")
    assert PROPOSAL["how"] in answer_of(shown)
    await trial.set_up()
    await anna.slash(trial.lobby, "factor show", factor="Try it small first")
    assert len(trial.posts(trial.channel("school-factors"), "vote:1")) == 1
    await anna.slash(trial.lobby, "factor show", factor="Try it small first")
    assert len(trial.cards()) == 1


async def test_a_card_that_somebody_deleted_is_posted_again(trial, anna):
    card = await trial.publish(anna)
    trial.env.backend.delete_message(card.channel_id, card.id)
    await anna.slash(trial.lobby, "factor show", factor="1")
    assert len(trial.cards()) == 1
    await trial.vote(anna, trial.cards()[0], "support")
    assert "1 supports" in text_of(trial.cards()[0])


async def test_a_factor_that_discord_refuses_is_kept_and_that_is_said_in_swedish(trial, asa):
    preview = await trial.propose(asa)
    trial.env.inject_error("POST", "/channels/*/messages", status=403, code=50013)
    thanks = await asa.click(preview.response, label="Publicera")
    assert "är sparad, men jag kunde inte lägga ut kortet" in text_of(thanks.response)
    await asa.slash(trial.lobby, "factor show", factor="Try it small first")
    assert len(trial.cards()) == 1


async def test_a_card_without_its_thread_is_still_a_card(trial, anna):
    preview = await trial.propose(anna)
    trial.env.inject_error("POST", "/channels/*/messages/*/threads", status=403, code=50013)
    thanks = await anna.click(preview.response, label="Publish")
    assert "is published" in text_of(thanks.response)
    assert len(trial.cards()) == 1


async def test_a_card_is_posted_once_though_several_ask_for_it_at_the_same_time(trial, anna):
    trial.delete_channel("school-factors")
    preview = await trial.propose(anna)
    await anna.click(preview.response, label="Publish")
    await trial.set_up()
    view = await trial.works.db.visit(trial.guild.id, None, trial.clock()).read(factors.show, 1)
    await asyncio.gather(*(ensure_posted(trial.crew, view) for _ in range(3)))
    assert len(trial.cards()) == 1
