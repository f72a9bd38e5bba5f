"""Voting on a card: counted once a participant, whoever presses, whenever the bot was restarted."""

from datetime import timedelta

import pytest
from discord.utils import snowflake_time

from bot.domain.factors import factors, votes
from storage.enums import Choice
from storage.factors.factors import Factor
from tests.chat.beginnings import with_a_factor, with_anna
from tests.chat.conftest import answer_of, fields_of, somebody, text_of

BEGINNINGS = {"card": with_a_factor, "anna": with_anna}


@pytest.fixture
def anna(trial):
    """Anna of Göteborg, which is in the school track."""
    return trial.member("anna")


@pytest.fixture
def card(trial):
    """A factor of the school track, on its public card."""
    return trial.cards()[-1]


async def test_a_vote_is_answered_by_the_card_itself(trial, card, anna):
    await trial.participant("Göteborgs stad", "colleague")
    result = await trial.vote(anna, card, "support")
    assert result.acknowledged
    assert result.followups == []
    assert "1 participant: 1 supports" in text_of(card)
    assert (
        "1 of 2 municipalities supports it, 1 has not voted\n-# 1 participant: 1 supports"
        in text_of(card)
    )


async def test_a_participant_has_one_vote_and_pressing_it_again_only_says_so(trial, card, anna):
    await trial.vote(anna, card, "support")
    await trial.vote(anna, card, "unsure")
    assert "participant: 1 unsure" in text_of(card)
    again = await trial.vote(anna, card, "unsure")
    since = f"<t:{int(trial.clock().timestamp())}:f>"
    assert f"You are unsure about this, since {since}." in answer_of(again)
    assert again.ephemeral
    assert "participant: 1 unsure" in text_of(card)


@pytest.mark.parametrize(
    ("behind", "believed"), [(timedelta(minutes=1), True), (timedelta(days=40), False)]
)
async def test_a_vote_is_of_when_it_was_pressed_unless_the_clocks_disagree(
    trial, card, anna, behind, believed
):
    """Then one that was pressed before, and comes later, is known by that."""
    trial.clock.time = snowflake_time(trial.env.backend.snowflake()) + behind
    await trial.vote(anna, card, "support")
    person = somebody(anna.id)
    _, mine = await trial.works.visit(trial.guild.id, person).read(votes.own, 1)
    assert (trial.clock() - mine.since > timedelta(seconds=30)) is believed


async def test_a_vote_is_taken_back_from_the_private_line_and_once(trial, card, anna):
    await trial.vote(anna, card, "support")
    mine = await trial.vote(anna, card, "support")
    await anna.click(mine.response, label="Take it back")
    assert "is taken back" in text_of(mine.response)
    assert "No votes yet" in text_of(card)
    assert "nothing to take back" in answer_of(await trial.press(anna, "voteback:1:1"))


async def test_a_vote_is_taken_back_from_everything_about_a_factor(trial, card):
    asa = await trial.participant("Västerås stad", "asa", "sv-SE")
    await trial.vote(asa, card, "support")
    more = await asa.click(card, custom_id="more:1:1")
    assert "Du håller med, sedan <t:" in text_of(more.response)
    await asa.click(more.response, label="Ta tillbaka")
    assert "No votes yet" in text_of(card)


async def test_every_participant_of_an_organisation_counts_and_the_organisation_once(trial, card):
    for name in ("bo", "cilla"):
        member = await trial.participant("Västerås stad", name)
        await trial.vote(member, card, "support")
    assert "2 participants: 2 support" in text_of(card)
    assert (
        "1 of 2 municipalities supports it, 1 has not voted\n-# 2 participants: 2 support"
        in text_of(card)
    )


async def test_an_objection_is_asked_for_its_reason_which_can_be_changed(trial, card, anna):
    form = await trial.vote(anna, card, "object")
    assert form.modal["title"] == "Your objection"
    assert list(fields_of(form)) == ["reason"]
    assert "No votes yet" in text_of(card), "nothing counts until the reason is given"
    await anna.submit_modal(form, {"reason": "It was too early for us."})
    assert "1 objection" in text_of(card)
    assert "too early" not in text_of(card)
    mine = await trial.vote(anna, card, "object")
    assert "You object to this, since" in answer_of(mine)
    form = await anna.click(mine.response, label="Change the reason")
    assert fields_of(form)["reason"]["value"] == "It was too early for us."
    await anna.submit_modal(form, {"reason": "It was too dear for us."})
    shown = await anna.slash(trial.lobby, "factor show", factor="1")
    assert "too dear" in answer_of(shown)


async def test_an_objection_in_swedish(trial, card):
    asa = await trial.participant("Västerås stad", "asa", "sv-SE")
    form = await trial.vote(asa, card, "object")
    assert form.modal["title"] == "Din invändning"
    said = answer_of(await asa.submit_modal(form, {"reason": "\u200b\u200b"}))
    assert "Det fanns inget där som jag kunde läsa" in said
    form = await trial.vote(asa, card, "object")
    await asa.submit_modal(form, {"reason": "För tidigt."})
    assert "1 objection" in text_of(card), "the card speaks the programme's language"


async def test_a_follower_who_presses_is_told_how_to_join(trial, card):
    follower, swede = trial.person("follower"), trial.person("swede", "sv-SE")
    for choice in Choice:
        assert "</join:" in answer_of(await trial.vote(follower, card, choice))
    assert "gå med för" in answer_of(await trial.vote(swede, card, "support"))
    assert "No votes yet" in text_of(card)


async def test_a_participant_of_another_track_is_told_and_invited_to_discuss(trial, card):
    bo = await trial.participant("Vara kommun", "bo")
    for choice in Choice:
        said = answer_of(await trial.vote(bo, card, choice))
        assert "School and learning in a digital world" in said
        assert "Vara kommun" in said
    asa = await trial.participant("Vara kommun", "asa", "sv-SE")
    assert "Diskutera den gärna" in answer_of(await trial.vote(asa, card, "support"))


async def test_the_bot_may_restart_between_the_card_and_the_press(trial, card, anna):
    await trial.vote(anna, card, "support")
    await trial.restart()
    bo = await trial.participant("Västerås stad", "bo")
    await trial.vote(bo, card, "support")
    assert "2 support" in text_of(card)
    await trial.vote(anna, card, "unsure")
    assert "1 supports · 1 unsure" in text_of(card)


async def test_the_bot_may_restart_between_the_form_and_its_reason(trial, card, anna):
    form = await trial.vote(anna, card, "object")
    await trial.restart()
    await anna.submit_modal(form, {"reason": "Too early."})
    assert "1 objection" in text_of(card)


async def test_presses_at_the_same_moment_all_count_and_the_card_shows_them(trial, card):
    people = [await trial.participant("Västerås stad", f"person{n}") for n in range(6)]
    results = await trial.at_once(
        *((person, "vote:1:1:support" if n else "vote:1:1:unsure", card)
          for n, person in enumerate(people))
    )  # fmt: skip
    assert all(result.acknowledged and not result.followups for result in results)
    assert "5 support · 1 unsure" in text_of(card)


async def test_one_person_pressing_twice_at_once_has_voted_once(trial, card, anna):
    await trial.at_once(*[(anna, "vote:1:1:support", card)] * 2)
    assert "1 supports" in text_of(card)


async def test_the_only_one_of_an_organisation_is_told_once_that_its_stance_is_theirs(trial, card):
    bo = await trial.participant("Västerås stad", "bo")
    first = await trial.vote(bo, card, "support")
    (line,) = first.followups
    assert "others can work out what you voted" in text_of(line)
    assert line.ephemeral
    assert (await trial.vote(bo, card, "unsure")).followups == []
    cilla = await trial.participant("Västerås stad", "cilla")
    assert (await trial.vote(cilla, card, "support")).followups == []


async def test_a_draft_published_twice_at_once_is_published_once(trial, anna):
    preview = await trial.propose(anna)
    results = await trial.at_once(*[(anna, "publish:1:1", preview.response)] * 2)
    assert len(trial.cards()) == 1
    assert sum("a day has passed" in str(told(result)) for result in results) == 1


def told(result) -> list[str]:
    return [text_of(message) for message in (*result.followups, result.response) if message]


async def test_a_decided_factor_takes_no_votes_and_says_so(trial, card, anna):
    def decide(session):
        session.get(Factor, 1).status = "declined"

    await trial.works.db.write(decide)
    said = answer_of(await trial.vote(anna, card, "support"))
    assert "was declined, so it takes no more votes" in said
    asa = await trial.participant("Västerås stad", "asa", "sv-SE")
    assert "tar därför inte emot fler röster" in answer_of(await trial.vote(asa, card, "support"))


async def test_voting_on_the_private_copy_updates_both(trial, card):
    asa = await trial.participant("Västerås stad", "asa", "sv-SE")
    shown = await asa.slash(trial.lobby, "factor show", factor="Try it small first")
    assert "Ska detta vara med" in answer_of(shown)
    await asa.click(shown.response, label="Håller med")
    assert "1 håller med" in text_of(shown.response)
    assert "1 supports" in text_of(card)
    form = await asa.click(shown.response, label="Har en invändning")
    await asa.submit_modal(form, {"reason": "För tidigt."})
    assert "1 invändning" in text_of(shown.response)
    assert "1 objection" in text_of(card)


async def test_voting_on_the_private_copy_of_a_card_that_is_gone_still_counts(trial, card, anna):
    shown = await anna.slash(trial.lobby, "factor show", factor="1")
    trial.env.backend.delete_message(card.channel_id, card.id)
    await anna.click(shown.response, label="Support")
    assert "1 supports" in text_of(shown.response)
    view = await trial.works.db.visit(trial.guild.id, None, trial.clock()).read(factors.show, 1)
    assert view.tally.support == 1


async def test_a_vote_that_counted_though_its_answer_failed_shows_on_the_card(trial, card, anna):
    """Else nobody would know; whoever presses again hears that it is there."""
    trial.env.inject_error("POST", "/interactions/*/*/callback", status=404, code=10062)
    await trial.vote(anna, card, "support")
    assert "1 supports" in text_of(card)


async def test_a_press_that_came_twice_and_is_answered_is_no_error(trial, card, anna, caplog):
    trial.env.inject_error("POST", "/interactions/*/*/callback", status=400, code=40060)
    await trial.vote(anna, card, "support")
    assert "unexpected" not in caplog.text
    assert "was answered before" in caplog.text
    assert "1 supports" in text_of(card)


async def test_who_leaves_counts_no_more_at_the_next_press_and_again_when_back(trial, card, anna):
    await trial.vote(anna, card, "support")
    await anna.slash(trial.lobby, "leave")
    bo = await trial.participant("Västerås stad", "bo")
    await trial.vote(bo, card, "unsure")
    assert "participant: 1 unsure" in text_of(card)
    await anna.slash(trial.lobby, "join", organisation="Göteborgs stad")
    await trial.vote(bo, card, "support")
    assert "2 support" in text_of(card)


# --- presses and forms that make no sense


SENSELESS = [
    "vote:1", "vote:1:1", "vote:1:abc:support", "vote:9:1:support", "vote:1:1:love",
    "vote:1:1:support:more", "vote:1:99999999999999999999999:support", "vote:1:²:support",
    "factors:1:x", "factors:1:0:0:open", "factors:1:0:0:lost:f", "publish:1", "publish:1:x",
    "draft:1", "later:1:1:1", "organisations:1:x:f", "propose:1:0:abcd", "objection:1:1:abcd",
    "vote", ":", "", "::::", "nonsense", "x" * 100,
]  # fmt: skip


async def test_a_button_that_makes_no_sense_is_answered_kindly(trial):
    asa = trial.person("asa", "sv-SE")
    for custom_id in SENSELESS:
        said = answer_of(await trial.press(asa, custom_id))
        assert "för gammalt för mig" in said, custom_id


async def test_a_form_that_makes_no_sense_is_answered_kindly(trial, anna):
    for custom_id in ("unknown:1:x", "propose:9:0:x", "propose:1", "propose:1:x:y", "objection:1",
                      "vote:1:1:support", "later:1:1", "publish:1:1:x", "gone"):  # fmt: skip
        said = answer_of(await trial.submit(anna, custom_id, title="Kept nowhere"))
        assert "too old for me" in said, custom_id


async def test_ids_of_things_that_never_were_are_not_found(trial, anna):
    for custom_id, expected in (
        ("vote:1:99999:support", "I find no such factor"),
        ("vote:1:99999:object", "I find no such factor"),
        ("vote:1:-1:support", "I find no such factor"),
        ("publish:1:99999", "a day has passed"),
        ("change:1:99999", "a day has passed"),
        ("draft:1:99999", "a day has passed"),
        ("later:1:99999", "a day has passed"),
        ("factor:1:99999", "I find no such factor"),
    ):
        assert expected in answer_of(await trial.press(anna, custom_id)), custom_id
    said = answer_of(await trial.submit(anna, "objection:1:99999:x", reason="Why not"))
    assert "I find no such factor" in said


async def test_nobody_reaches_another_persons_draft_by_its_id(trial, anna):
    await trial.propose(anna)
    bo = await trial.participant("Göteborgs stad", "bo")
    for name in ("publish", "change", "draft", "later"):
        assert "a day has passed" in answer_of(await trial.press(bo, f"{name}:1:1"))
    assert trial.cards() == []


async def test_a_factor_of_another_server_is_not_found(trial, card, anna):
    other = trial.env.create_guild("Elsewhere")
    lobby = other.create_text_channel("lobby")
    boss = other.add_member(trial.boss.user, roles=[
        other.create_role("Boss", permissions=type(trial.bot.guilds[0].me.guild_permissions).all())
    ])  # fmt: skip
    await boss.slash(lobby, "programme setup", preset="single")
    for said in ("1", "Try it small first"):
        found = await boss.slash(lobby, "factor show", factor=said)
        assert "I find no such factor" in answer_of(found)
    note = trial.env.backend.create_message(lobby.id, boss.id, content="hello")
    guild, trial.guild = trial.guild, other
    pressed = await trial.press(boss, "vote:1:1:support", note)
    trial.guild = guild
    assert "I find no such factor" in answer_of(pressed)
    assert "No votes yet" in text_of(card)


async def test_a_press_in_a_direct_message_is_sent_to_the_server(trial, anna):
    stranger = trial.env.create_user("stranger")
    said = answer_of(await trial.press(stranger, "vote:1:1:support"))
    assert "That works in a server" in said


# --- errors that nobody foresaw


async def test_an_unforeseen_error_is_an_apology_with_a_reference_that_is_in_the_log(
    trial, card, anna, caplog, monkeypatch
):
    async def broken(*_args, **_kwargs):
        raise RuntimeError("the disk is on fire")

    asa = await trial.participant("Västerås stad", "asa", "sv-SE")
    for way in ("write", "write_part", "read"):
        monkeypatch.setattr(trial.works.db, way, broken)
    answers = [
        await trial.vote(anna, card, "support"),
        await trial.submit(anna, "objection:1:1:x", reason="Why not"),
        await anna.slash(trial.lobby, "factor list"),
    ]
    for result in answers:
        said = answer_of(result)
        assert "went wrong on my side" in said
        assert "on fire" not in said
        reference = said.partition("reference **")[2][:8]
        assert len(reference) == 8
        assert f"unexpected error {reference}" in caplog.text
    assert "Förlåt" in answer_of(await trial.vote(asa, card, "support"))
    assert "the disk is on fire" in caplog.text
    assert len(trial.forgive()) == 4


async def test_an_answer_that_discord_refuses_is_noted_and_nothing_breaks(trial, anna, caplog):
    trial.env.inject_error("POST", "/interactions/*/*/callback", status=400, code=50035, times=2)
    await anna.slash(trial.lobby, "factor list")
    assert "could not answer interaction" in caplog.text
    trial.forgive()
    assert "none in" in answer_of(await anna.slash(trial.lobby, "factor list"))
