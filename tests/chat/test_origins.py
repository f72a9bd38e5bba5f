"""A factor that is proposed from a meeting's channel names the meeting it came from."""

from bot.domain.factors import factors
from tests.chat.conftest import answer_of, text_of

NAMED = "From the meeting **Kick-off**, Tuesday 24 November 2026"


async def meeting_of_school(trial):
    """A meeting of the school track that has just begun; its card."""
    said = {"title": "Kick-off", "when": "24 november 13:00", "track": "School"}
    preview = await trial.boss.slash(trial.lobby, "meeting schedule", **said)
    await trial.boss.click(preview.response, label="Save")
    trial.clock.pass_(hours=28, minutes=10)
    return trial.posts(trial.channel("school-announcements"), "meetingmore:1")[-1]


async def test_a_factor_proposed_during_a_meeting_names_it_as_far_as_its_author_says_so(trial):
    anna = await trial.participant("Göteborgs stad", "anna")
    asa = await trial.participant("Västerås stad", "asa", "sv-SE")
    card = await meeting_of_school(trial)
    preview = await trial.propose(anna, trial.channel("school-discussion"))
    assert NAMED in answer_of(preview)
    await trial.restart()
    await anna.click(preview.response, label="Not from it")
    assert NAMED not in text_of(preview.response)
    assert "won\u2019t mention the meeting **Kick-off**" in text_of(preview.response)
    await trial.restart()
    await anna.click(preview.response, label="From the meeting")
    assert NAMED in text_of(preview.response)
    await anna.click(preview.response, label="Publish")
    factor = trial.cards()[-1]
    linked = f"[Kick-off](https://discord.com/channels/{trial.guild.id}/"
    assert f"From the meeting {linked}{card._message.channel_id}/{card.id})" in text_of(factor)
    more = await asa.click(factor, custom_id="more:1:1")
    assert f"Från träffen {linked}" in answer_of(more)
    assert "tisdag 24 november 2026" in answer_of(more)
    about = await asa.click(card, custom_id="meetingmore:1:1")
    assert "1 faktor kom från träffen" in answer_of(about)


async def test_a_factor_from_elsewhere_or_whose_author_says_so_names_no_meeting(trial):
    anna = await trial.participant("Göteborgs stad", "anna")
    await meeting_of_school(trial)
    preview = await trial.propose(anna)
    assert "meeting" not in answer_of(preview)
    await anna.click(preview.response, label="Publish")
    other = await trial.propose(anna, trial.channel("school-factors"), title="Ask the night staff",
                                how="The manager stays until they come and asks them.")  # fmt: skip
    await anna.click(other.response, label="Not from it")
    await anna.click(other.response, label="Publish")
    for number in (1, 2):
        view = await trial.works.db.visit(trial.guild.id, None, trial.clock()).read(
            factors.show, number
        )
        assert view.meeting is None
