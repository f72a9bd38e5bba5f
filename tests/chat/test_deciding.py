"""Deciding on factors, withdrawing and merging them: who is asked, and who hears of it."""

import logging

import pytest

from bot.delivery import rounds
from bot.domain.factors import drafts, factors, merging
from bot.domain.factors.drafts import DraftDetails
from bot.domain.members import reach as notify
from storage.desk import Person
from storage.enums import FactorStatus, Reach
from storage.factors.factors import Factor
from tests.chat import beginnings
from tests.chat.conftest import ResponseMessage, answer_of, fields_of, somebody, text_of


async def with_proposer(town):
    await beginnings.trial(town)
    await town.participant("Västerås stad", "anna")


async def with_first(town):
    await with_proposer(town)
    await town.publish(town.member("anna"), title="Begin small", track=["all"])


async def with_second(town):
    await with_first(town)
    bo = await town.participant("Vara kommun", "bo")
    await town.publish(bo, title="Small steps first", track=["all"])


BEGINNINGS = {"second": with_second, "first": with_first, "anna": with_proposer}


@pytest.fixture
def anna(trial):
    """Anna of Västerås, which is in both tracks; she proposes."""
    return trial.member("anna")


@pytest.fixture
def first(trial):
    """A factor of all tracks, with its card in the open forum."""
    return trial.cards()[0]


@pytest.fixture
def second(trial):
    """Another one, by somebody else, Bo of Vara."""
    return trial.cards()[1]


@pytest.fixture
def coordinator(trial):
    role = trial.guild.roles["Programme coordinators"]
    return trial.person("lead", roles=[role])


async def reach(town, member, how: Reach) -> None:
    await town.works.db.visit(town.guild.id, None, town.clock()).write(
        notify.change, member.id, reach=how
    )


def posts_in(town, channel_id) -> list:
    posts = town.env.backend.messages.get(channel_id, {}).values()
    return [ResponseMessage(town.env, message) for message in posts]


def thread_of(town, card) -> list[str]:
    """What leda said in a card's thread, oldest first. A thread has its first message's id."""
    return [text_of(post) for post in posts_in(town, card.id)]


def mail_of(town, member) -> list[str]:
    """What leda wrote to somebody directly."""
    return [text_of(post) for post in posts_in(town, town.env.backend.dm_channels.get(member.id))]


async def decide(town, outcome: str, factor: str = "1", reason: str = "It works.", by=None):
    said = {"factor": factor, "outcome": outcome, **({"reason": reason} if reason else {})}
    return await (by or town.boss).slash(town.lobby, "factor decide", **said)


async def merge(town, reason: str = "The same."):
    """The question that a coordinator is asked."""
    said = {"factor": "Begin small", "into": "Small steps first", "reason": reason}
    return await town.boss.slash(town.lobby, "factor merge", **said)


async def status_of(town, factor_id: int = 1) -> FactorStatus:
    view = await town.works.db.visit(town.guild.id, None, town.clock()).read(
        factors.show, factor_id
    )
    return view.status


async def pass_time(town, **span: float) -> None:
    """Let time pass, with the round that looks what it has brought."""
    before = town.clock()
    town.clock.pass_(**span)
    with town.env._bot_scope():  # its own work, which settling waits for
        await rounds.pass_time(town.crew, before, town.clock())
    await town.env.settle()


# --- deciding


async def test_a_decision_is_shown_on_the_card_and_told_to_those_concerned_once(trial, first, anna):
    said = answer_of(await decide(trial, "adopted", reason="It *works* everywhere."))
    assert "Begin small" in said
    assert "is adopted" in said
    assert "> It \\*works\\* everywhere." in text_of(first)
    [note] = thread_of(trial, first)
    assert "it will be in our shared result" in note
    assert "> It \\*works\\* everywhere." in note
    assert str(anna.id) not in note
    [direct] = mail_of(trial, anna)
    assert "About the factor **[Begin small](https://discord.com/" in direct
    assert "> It \\*works\\* everywhere." in direct


async def test_without_a_reason_a_form_asks_and_begins_with_what_was_chosen(trial, first):
    form = await decide(trial, "declined", reason="")
    fields = fields_of(form)
    assert list(fields) == ["outcome", "reason"]
    options = {each["value"]: each.get("default", False) for each in fields["outcome"]["options"]}
    assert options == {"adopted": False, "declined": True}
    assert await status_of(trial) is FactorStatus.OPEN
    await trial.restart()
    done = await trial.boss.submit_modal(form, {"outcome": "declined", "reason": "Too narrow."})
    assert "is declined" in answer_of(done)
    assert "> Too narrow." in text_of(first)


async def test_whoever_wants_a_mention_is_mentioned_in_the_thread_and_nobody_else_is(
    trial, first, anna
):
    await reach(trial, anna, Reach.MENTION)
    await decide(trial, "declined", reason=f"Ask <@{trial.boss.id}> @everyone")
    [post] = posts_in(trial, first.id)
    assert f"<@{anna.id}>, about the factor" in text_of(post)
    assert list(post._message.mention_user_ids) == [anna.id]
    assert not post._message.mention_everyone
    assert mail_of(trial, anna) == []


async def test_whoever_wants_nothing_is_left_alone(trial, first, anna):
    await reach(trial, anna, Reach.NOTHING)
    await decide(trial, "adopted")
    [note] = thread_of(trial, first)
    assert str(anna.id) not in note
    assert mail_of(trial, anna) == []


async def test_whoever_keeps_their_name_off_the_card_is_never_mentioned(trial, anna):
    await reach(trial, anna, Reach.MENTION)
    preview = await trial.propose(anna, title="Begin small", track=["all"])
    theirs = trial.works.visit(trial.guild.id, somebody(anna.id))
    await theirs.write(drafts.add_details, 1, DraftDetails(discreet=True))
    await anna.click(preview.response, label="Publish")
    [card] = trial.cards()
    await decide(trial, "adopted")
    [note] = thread_of(trial, card)
    assert str(anna.id) not in note
    assert len(mail_of(trial, anna)) == 1


async def test_a_factor_of_nobody_in_discord_is_told_of_in_its_thread_alone(trial, first, anna):
    def entered(session):
        session.get(Factor, 1).sqlmodel_update({"on_behalf": True, "participant_id": None})

    await trial.works.db.write(entered)
    await decide(trial, "adopted")
    assert len(thread_of(trial, first)) == 1
    assert mail_of(trial, anna) == []


async def test_a_thread_and_a_person_out_of_reach_are_logged_and_the_decision_stands(
    trial, first, anna, caplog
):
    caplog.set_level(logging.INFO)
    trial.env.inject_error("POST", f"/channels/{first.id}/messages", status=403, code=50001)
    trial.env.inject_error("POST", "/users/*/channels", status=403, code=50007)
    assert "is adopted" in answer_of(await decide(trial, "adopted"))
    assert await status_of(trial) is FactorStatus.ADOPTED
    assert f"channel:{first.id} cannot be posted in" in caplog.text
    assert mail_of(trial, anna) == []
    assert "All is well" in answer_of(await trial.boss.slash(trial.lobby, "programme status"))


async def test_a_factor_without_a_card_is_decided_on_all_the_same(trial, anna):
    trial.env.inject_error("POST", "/channels/*/messages", status=403, code=50001)
    await trial.propose(anna, track=["all"])
    await trial.press(anna, "publish:1:1")
    assert "is declined" in answer_of(await decide(trial, "declined"))


async def test_a_decision_is_opened_again_and_votes_count_on(trial, first, anna):
    await trial.vote(anna, first, "support")
    await decide(trial, "adopted")
    late = await trial.press(anna, "vote:1:1:support", first)
    assert "has been adopted, so it takes no more votes" in answer_of(late)
    assert "is open again" in answer_of(await decide(trial, "open", reason="New facts."))
    assert "1 supports" in text_of(first)
    await trial.vote(anna, first, "unsure")
    assert "1 unsure" in text_of(first)
    assert "open again" in thread_of(trial, first)[-1]


async def test_votes_of_those_who_left_are_found_out_before_a_decision(trial, first, anna):
    bo = await trial.participant("Göteborgs stad", "bo")
    await trial.vote(bo, first, "support")
    trial.env.backend.remove_member(trial.guild.id, bo.id)
    await trial.env.settle()
    assert "1 supports" in text_of(first)
    await decide(trial, "adopted")
    assert "No votes yet" in text_of(first)


async def test_before_a_decision_those_who_voted_on_it_are_looked_up_and_nobody_else(
    trial, first, second, anna, monkeypatch
):
    """Discord answers about a hundred people a question, and not many questions a minute."""
    asked = []

    async def everybody(_guild, member_ids):
        asked.extend(member_ids)
        return frozenset(member_ids)

    bo, cia = [await trial.participant("Göteborgs stad", name) for name in ("bo", "cia")]
    await trial.vote(bo, first, "support")
    await trial.vote(cia, second, "support", 2)
    monkeypatch.setattr(rounds, "_present", everybody)
    await decide(trial, "adopted")
    assert asked == [bo.id]


async def test_an_outcome_that_no_form_offers_is_refused(trial, first):
    for outcome in ("withdrawn", "merged", "nonsense", ""):
        said = await trial.submit(trial.boss, "decided:1:1:x", outcome=outcome, reason="Why not")
        assert "too old for me" in answer_of(said)
    assert await status_of(trial) is FactorStatus.OPEN


async def test_of_two_who_decide_at_once_the_second_hears_what_the_first_did(
    trial, first, coordinator
):
    forms = [
        await who.slash(trial.lobby, "factor decide", factor="1", outcome=outcome)
        for who, outcome in ((trial.boss, "adopted"), (coordinator, "declined"))
    ]
    trial.clock.pass_(seconds=5)
    await trial.boss.submit_modal(forms[0], {"outcome": "adopted", "reason": "All of us did it."})
    trial.clock.pass_(seconds=5)
    late = await coordinator.submit_modal(
        forms[1], {"outcome": "declined", "reason": "Too small for us."}
    )
    assert "Somebody else has just adopted **Begin small**" in answer_of(late)
    assert "> Too small for us." in answer_of(late)
    assert await status_of(trial) is FactorStatus.ADOPTED
    anew = await coordinator.click(late.response, label="Decide anew")
    done = await coordinator.submit_modal(anew, {"outcome": "declined", "reason": "Too small."})
    assert "is declined" in answer_of(done)


async def test_a_command_hears_what_somebody_else_decided_a_moment_ago(trial, first, coordinator):
    about = {"factor": "1", "reason": "So it is."}
    await trial.boss.slash(trial.lobby, "factor decide", outcome="adopted", **about)
    trial.clock.pass_(seconds=20)
    late = await coordinator.slash(trial.lobby, "factor decide", outcome="adopted", **about)
    assert "Somebody else has just adopted" in answer_of(late)
    own = await trial.boss.slash(trial.lobby, "factor decide", outcome="open", **about)
    assert "is open again" in answer_of(own)
    trial.clock.pass_(minutes=2)
    late = await coordinator.slash(trial.lobby, "factor decide", outcome="declined", **about)
    assert "is declined" in answer_of(late)


async def test_of_two_who_merge_at_once_the_second_hears_what_the_first_did(
    trial, first, second, coordinator
):
    said = {"factor": "1", "into": "2", "reason": "The same."}
    asked = [
        await who.slash(trial.lobby, "factor merge", **said) for who in (trial.boss, coordinator)
    ]
    for who, question in zip((trial.boss, coordinator), asked, strict=True):
        late = await who.click(question.response, label="Merge")
    assert "has been merged into **Small steps first**" in answer_of(late)


async def test_a_reason_in_which_nothing_can_be_read_changes_nothing(trial, first):
    said = await trial.submit(trial.boss, "decided:1:1:x", outcome="adopted", reason="\u200b")
    assert "nothing I could read" in answer_of(said)
    assert await status_of(trial) is FactorStatus.OPEN
    assert thread_of(trial, first) == []


async def test_a_decision_in_swedish(trial, first, anna):
    trial.locales[trial.boss.id] = "sv-SE"
    form = await decide(trial, "adopted", reason="")
    assert form.modal["title"] == "Besluta om faktorn"
    assert "tas med i resultatet" in answer_of(await decide(trial, "adopted"))


# --- withdrawing


async def test_its_proposer_takes_a_factor_back_and_is_not_told_of_it(trial, first, anna):
    form = await anna.slash(trial.lobby, "factor withdraw", factor="Begin small")
    assert list(fields_of(form)) == ["reason"]
    done = await anna.submit_modal(form, {"reason": "We have thought again."})
    assert "is withdrawn" in answer_of(done)
    assert "> We have thought again." in text_of(first)
    assert len(thread_of(trial, first)) == 1
    assert mail_of(trial, anna) == []


async def test_nobody_else_takes_a_factor_back_but_coordinators_do(trial, first, coordinator):
    bo = await trial.participant("Vara kommun", "bo")
    said = answer_of(await bo.slash(trial.lobby, "factor withdraw", factor="1", reason="No."))
    assert "Only whoever proposed this factor" in said
    done = await coordinator.slash(trial.lobby, "factor withdraw", factor="1", reason="Asked to.")
    assert "is withdrawn" in answer_of(done)


# --- merging


async def test_merging_begins_from_more_with_what_is_most_like_it(trial, first, second, anna):
    shown = await trial.boss.click(first, label="More…")
    form = await trial.boss.click(shown.response, label="Merge…")
    assert "Small steps first" in str(form.modal)
    asked = await trial.boss.submit_modal(form, {"into": ["2"], "reason": "The same."})
    assert "> The same." in answer_of(asked)
    await trial.boss.click(asked.response, label="Merge")
    assert "Merged into [Small steps first](" in text_of(first)
    assert await status_of(trial) is FactorStatus.MERGED
    seen = await anna.click(second, label="More…")
    assert "Merge…" not in text_of(seen.response)


async def test_a_merge_says_first_what_it_will_do_and_then_tells_both_threads(
    trial, first, second, anna
):
    asa = await trial.participant("Göteborgs stad", "asa")
    await trial.vote(anna, first, "support", 1)
    await trial.vote(asa, first, "support", 1)
    trial.clock.pass_(minutes=1)
    await trial.vote(asa, second, "unsure", 2)
    question = await merge(trial)
    said = answer_of(question)
    assert "2 people's votes move." in said
    assert "1 of them voted on both: their newer vote counts." in said
    assert "> The same." in said
    assert await status_of(trial) is FactorStatus.OPEN
    await trial.restart()
    done = await trial.boss.click(question.response, label="Merge")
    assert "2 people's votes moved" in text_of(question.response)
    assert done.followups == []
    assert "1 supports · 1 unsure" in text_of(second)
    assert "Merged into [Small steps first](https://discord.com/" in text_of(first)
    assert "Votes on it count there" in text_of(first)
    [here], [there] = thread_of(trial, first), thread_of(trial, second)
    assert "merged into **[Small steps first](" in here
    assert f"<#{second.id}>" in here
    assert "2 people's votes count there now" in here
    assert "[Begin small](" in there
    assert f"<#{first.id}>" in there
    assert len(mail_of(trial, anna)) == 1


async def test_whoever_proposed_both_is_told_once(trial, first, anna):
    await trial.publish(anna, title="Small steps first", track=["all"])
    question = await merge(trial)
    await trial.boss.click(question.response, label="Merge")
    assert len(mail_of(trial, anna)) == 1


async def test_a_merge_is_asked_for_its_reason_and_can_be_left(trial, first, second):
    form = await trial.boss.slash(
        trial.lobby, "factor merge", factor="Begin small", into="Small steps first"
    )
    assert list(fields_of(form)) == ["reason"]
    question = await trial.boss.submit_modal(form, {"reason": "The same."})
    assert "0 people's votes move." in answer_of(question)
    await trial.boss.click(question.response, label="Cancel")
    assert "Nothing was merged" in text_of(question.response)
    assert await status_of(trial) is FactorStatus.OPEN
    late = answer_of(await trial.press(trial.boss, "mergenow:1:1"))
    assert "has been answered" in late


async def test_a_merge_that_was_asked_about_is_done_once_and_for_a_day(trial, first, second):
    question = await merge(trial)
    again = await merge(trial)
    await trial.boss.click(question.response, label="Merge")
    late = await trial.boss.click(again.response, label="Merge")
    assert "has been merged into **Small steps first**" in answer_of(late)
    twice = answer_of(await trial.press(trial.boss, "mergenow:1:1"))
    assert "has been answered" in twice
    trial.clock.pass_(days=2)
    assert "more than a day old" in answer_of(await trial.press(trial.boss, "mergenow:1:2"))
    assert len(thread_of(trial, second)) == 1


async def test_undoing_a_merge_gives_both_their_votes_back_and_tells_both(
    trial, first, second, anna
):
    await trial.vote(anna, first, "support", 1)
    question = await merge(trial)
    await trial.boss.click(question.response, label="Merge")
    late = answer_of(await trial.press(anna, "vote:1:1:support", first))
    assert "has been merged into **Small steps first**" in late
    done = await trial.boss.slash(trial.lobby, "factor unmerge", factor="Begin small")
    assert "1 person's vote went back" in answer_of(done)
    assert "1 supports" in text_of(first)
    assert "No votes yet" in text_of(second)
    assert "is not merged into" in thread_of(trial, first)[-1]
    assert "went back to it" in thread_of(trial, second)[-1]
    assert len(mail_of(trial, anna)) == 2
    again = await trial.boss.slash(trial.lobby, "factor unmerge", factor="Begin small")
    assert "is not merged into another" in answer_of(again)


async def test_a_factor_is_not_merged_into_itself_nor_into_one_that_is_decided(
    trial, first, second
):
    same = await trial.boss.slash(trial.lobby, "factor merge", factor="1", into="1", reason="No.")
    assert "cannot be merged into itself" in answer_of(same)
    await decide(trial, "adopted", factor="2")
    assert "has been adopted" in answer_of(await merge(trial))


async def test_only_what_fits_is_offered_while_one_types(trial, first, second):
    async def offered(command, option="factor"):
        found = await trial.autocomplete(trial.boss, command, option, "")
        return [each["name"] for each in found]

    assert await offered("factor merge", "into") == ["Small steps first", "Begin small"]
    assert await offered("factor unmerge") == []
    boss = may_manage(trial)
    await trial.works.visit(trial.guild.id, boss).write(merging.merge, 1, 2, "The same.")
    for command in ("factor merge", "factor withdraw", "factor decide"):
        assert await offered(command) == ["Small steps first"], command
    assert await offered("factor unmerge") == ["Begin small"]
    await decide(trial, "adopted", factor="2")
    assert await offered("factor withdraw") == []
    assert await offered("factor decide") == ["Small steps first"], "to open it again"


def may_manage(town) -> Person:
    return Person(town.boss.id, frozenset(), manages_server=True)


# --- voting days and key areas


async def test_voting_days_are_set_shown_kept_and_lifted(trial, first, anna):
    form = await trial.press(trial.boss, "days:1:1")
    assert list(fields_of(form)) == ["opens", "closes"]
    days = {"opens": "2026-11-25", "closes": "2026-11-30"}
    done = answer_of(await trial.boss.submit_modal(form, days))
    assert "Votes open <t:" in done
    assert "Votes close <t:" in done
    assert "Votes open <t:" in text_of(first)
    early = answer_of(await trial.vote(anna, first, "support"))
    assert "Until then it is for talking about" in early
    again = fields_of(await trial.press(trial.boss, "days:1:1"))
    assert {key: field["value"] for key, field in again.items()} == days
    await pass_time(trial, days=8)
    assert "Votes closed <t:" in text_of(first)
    assert "What was cast is kept" in answer_of(await trial.vote(anna, first, "support"))
    lifted = await trial.submit(trial.boss, "dayset:1:1:x", opens="", closes="")
    assert "no day is set" in answer_of(lifted)
    await trial.vote(anna, first, "support")
    assert "1 supports" in text_of(first)


async def test_a_card_says_so_by_itself_when_its_votes_open(trial, first, anna):
    await trial.submit(trial.boss, "dayset:1:1:x", opens="2026-11-25", closes="")
    assert "Votes open <t:" in text_of(first)
    await pass_time(trial, days=2)
    assert "Votes open <t:" not in text_of(first)
    await trial.vote(anna, first, "support")
    assert "1 supports" in text_of(first)


@pytest.mark.parametrize(
    ("opens", "closes", "why"),
    [
        ("next week", "", "I don't understand **next week** as a date"),
        ("", "9999-12-31", "as a date"),
        ("0001-01-01", "", "as a date"),
        ("2026-12-02", "2026-12-01", "cannot come before the first"),
        ("@everyone", "", "as a date"),
    ],
)
async def test_days_that_cannot_be_are_answered_kindly(trial, first, opens, closes, why):
    said = answer_of(await trial.submit(trial.boss, "dayset:1:1:x", opens=opens, closes=closes))
    assert why in said
    assert "@everyone" not in said


async def test_opening_a_factor_again_after_its_days_says_that_it_takes_no_votes(trial, first):
    await trial.submit(trial.boss, "dayset:1:1:x", opens="", closes="2026-11-22")
    await decide(trial, "adopted")
    assert "it takes no votes today" in answer_of(await decide(trial, "open"))


async def test_a_factor_is_put_under_a_key_area_and_under_none(trial, first):
    empty = answer_of(await trial.press(trial.boss, "area:1:1"))
    assert "A programme starts with none" in empty
    await trial.boss.slash(trial.lobby, "keyarea create", name="Leadership")
    form = await trial.press(trial.boss, "area:1:1")
    options = fields_of(form)["key_area"]["options"]
    assert [each["label"] for each in options] == ["None", "Leadership"]
    done = await trial.boss.submit_modal(form, {"key_area": ["1"]})
    assert "now stands under 🗂️ **Leadership**" in answer_of(done)
    assert "🗂️ Leadership" in text_of(first)
    none = await trial.submit(trial.boss, "areaset:1:1:x", key_area="0")
    assert "under no key area" in answer_of(none)
    assert "🗂️" not in text_of(first)
    gone = await trial.submit(trial.boss, "areaset:1:1:x", key_area="99")
    assert "I don't find a key area" in answer_of(gone)
