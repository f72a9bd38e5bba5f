"""The unmodified program, as a process, on a Discord of our own."""


async def test_a_programme_is_set_up_and_a_vote_is_answered(fresh):
    await fresh.program.up()
    await fresh.set_up(language="en")
    assert "open-forum" in {channel.name for channel in fresh.guild.channels.values()}
    await fresh.let_everyone_join()
    await fresh.boss.slash("organisation add", name="Vara kommun", tracks="School")
    anna = await fresh.joins("anna", "Vara kommun")
    card = await fresh.proposes(anna)
    deed = await anna.press(card, "vote:1:1:support")
    assert fresh.votes() == {(1, anna.id): "support"}
    assert deed.took < fresh.discord.rules.answer_within
    await fresh.discord.until(lambda: len(anna.roles) == 1)
