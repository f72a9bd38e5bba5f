"""Objections: who opens a factor reads the reasons, and learns nobody's name."""

from tests.chat.conftest import text_of


async def test_whoever_opens_a_factor_reads_the_reasons_with_the_organisation_but_no_name(town):
    await town.set_up(preset="single")
    await town.organisation("Vara kommun")
    asa = await town.participant("Vara kommun", "asa")
    bo = await town.participant("Vara kommun", "bo")
    card = await town.publish(asa)
    form = await bo.click(card, label="Object")
    await bo.submit_modal(form, {"reason": "Only where the *manager* took part @everyone"})
    assert "manager" not in text_of(town.cards()[-1])
    follower = town.person("follower")
    shown = text_of(
        (await follower.slash(town.lobby, "factor show", factor="Try it small first")).response
    )
    assert "✋ **Vara kommun**: Only where the \\*manager\\* took part" in shown
    assert str(bo.id) not in shown
    private = await asa.slash(town.lobby, "factor show", factor="Try it small first")
    after = await asa.click(private.response, label="Support")
    assert "Vara kommun**: Only" in text_of(after.response)
    mine = await bo.click(card, label="Object")
    await bo.click(mine.response, label="Take it back")
    again = await follower.slash(town.lobby, "factor show", factor="Try it small first")
    assert "Only where" not in text_of(again.response)
