"""What the cards behind *More…* say, and that they hold whatever people wrote."""

import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.factors.counting import Standing
from bot.domain.factors.details import Experiences, FactorDetails, Objections
from bot.domain.factors.edits import Edited, EditStart, Rights, Since, Version, VersionPage
from bot.domain.factors.experiences import HOW_LIMIT as TOLD_LIMIT
from bot.domain.factors.experiences import ExperienceView
from bot.domain.factors.tally import TrackTally
from bot.domain.factors.views import Reference, Voting
from bot.domain.factors.votes import Ballot, Objection
from bot.domain.factors.wording import FactorText
from bot.domain.kit.differences import difference, differences
from bot.domain.kit.pages import Page
from bot.domain.kit.texts import (
    CONTEXT_LIMIT,
    EVIDENCE_LIMIT,
    HOW_LIMIT,
    NAME_LIMIT,
    REASON_LIMIT,
    TITLE_LIMIT,
)
from cogs.factors import detail_cards as cards
from cogs.factors import edit_cards, why_cards
from cogs.factors.edit_forms import edit_form
from storage.enums import Choice, ExperienceStance, FactorKind, FactorStatus
from tests.ui.factories import SCHOOL, factor_of, factors, names, stances, tally_of, tame
from tests.ui.layouts import (
    NOW,
    acting_in,
    all_words,
    buttons_of,
    check_fits,
    long_hostile,
    texts_of,
)

EN, SV, KOMMUN = all_words()
SINCE = f"<t:{int(NOW.timestamp())}:f>"
words = st.sampled_from(all_words())
NOBODY, PROPOSER = Rights(edits=False, decides=False), Rights(edits=True, decides=False)
WORST = ["*", "@1", "\\", "[]", "x", "x ", "👩\u200d⚕\ufe0f", "\n#", "~", "* "]


def text_of(card: Any) -> str:
    return "\n".join(texts_of(card))


def details_of(**values: Any) -> FactorDetails:
    view = FactorDetails(factor_of(), None, objections=0, experiences=0, rights=NOBODY)
    return replace(view, **values)


def told_of(number: int = 1, **values: Any) -> ExperienceView:
    view = ExperienceView(
        id=number, factor_id=7, factor="Small steps", kind=FactorKind.PROMOTING,
        organisation_id=number, organisation="Vara", stance=ExperienceStance.DONE,
        how="Every Friday.", confirmed=True, on_behalf=False, member_id=0, written_at=NOW,
    )  # fmt: skip
    return replace(view, **values)


def check_calm(card: Any, calm: Any) -> None:
    """Fails where a card does not fit, or does more than the same card with tame words."""
    check_fits(card)
    found, expected = acting_in(card), acting_in(calm)
    assert not found - expected, found - expected


# --- everything about a factor


def test_the_private_card_tells_all_there_is():
    factor = factor_of(
        context="A new record system.", evidence="The survey of May.", key_area="Staff",
        version=3, source_url="https://discord.com/channels/1/2/3", channel_id=4, message_id=5,
        thread_id=6,
        merged_here=(Reference(9, "Tiny steps", None, 77), Reference(10, "x", None, None)),
    )  # fmt: skip
    text = text_of(cards.details_card(EN, details_of(factor=factor)))
    server = f"https://discord.com/channels/{factor.programme_id}"
    for part in (
        "Small steps", "We tried.", "Context**\nA new record system.",
        "Evidence**\nThe survey of May.", "🗂️ Staff", "version 3",
        "[a conversation](https://discord.com/channels/1/2/3)",
        f"[Its card]({server}/4/5)", f"[Its discussion]({server}/6)",
        f"Merged into this one: [Tiny steps]({server}/77), x",
    ):  # fmt: skip
        assert part in text


@pytest.mark.parametrize(
    ("ballot", "expected"),
    [
        (Ballot(), "You have not voted on this."),
        (Ballot(Choice.SUPPORT, since=NOW), f"You support this, since {SINCE}."),
        (Ballot(Choice.UNSURE, before_edit=True, since=NOW),
         f"You are unsure about this, since {SINCE}. Your vote is from before the edit."),
        (Ballot(Choice.OBJECT, since=NOW), f"You object to this, since {SINCE}."),
    ],
)  # fmt: skip
def test_ones_own_vote_is_said_in_words(ballot, expected):
    assert expected in texts_of(cards.details_card(EN, details_of(ballot=ballot)))


def test_a_follower_is_told_nothing_of_a_vote():
    assert "vote" not in text_of(cards.details_card(EN, details_of()))


def test_buttons_are_there_for_whom_they_are_meant():
    def buttons(**values):
        return [
            name.partition(":")[0]
            for name in buttons_of(cards.details_card(EN, details_of(**values)))
        ]

    reading = ["why", "objections", "experiences"]
    assert buttons() == reading
    assert buttons(factor=factor_of(version=2)) == [*reading, "versions"]
    assert buttons(rights=PROPOSER) == [*reading, "edit", "withdraw"]
    everything = [*reading, "edit", "withdraw", "decide", "days", "mergewith", "area"]
    assert buttons(rights=Rights(edits=True, decides=True)) == everything
    decided = factor_of(status=FactorStatus.ADOPTED)
    assert buttons(rights=PROPOSER, factor=decided) == reading
    stale = Ballot(Choice.SUPPORT, before_edit=True)
    assert buttons(ballot=stale) == [*reading, "changed", "voteback"]
    assert buttons(ballot=Ballot(Choice.OBJECT)) == [*reading, "newreason", "voteback"]
    assert buttons(ballot=Ballot()) == reading
    over = factor_of(voting=Voting.OVER)
    assert buttons(ballot=Ballot(Choice.OBJECT), factor=over) == reading
    assert buttons(ballot=stale, factor=decided) == reading


def test_buttons_count_what_is_behind_them():
    card = cards.details_card(SV, details_of(objections=3, experiences=1))
    labels = [each["label"] for each in buttons_of(card).values()]
    assert labels == ["Varför ligger det till så?", "Invändningar (3)", "Erfarenheter (1)"]


def test_a_text_that_is_too_long_is_cut_and_whole_behind_a_button():
    long = factor_of(
        how="*" * HOW_LIMIT, context="_" * CONTEXT_LIMIT, evidence="~" * EVIDENCE_LIMIT
    )
    assert "text:1:7:0" in buttons_of(cards.details_card(EN, details_of(factor=long)))
    first, second = (cards.text_card(EN, long, page) for page in (0, 1))
    assert "\\*" * HOW_LIMIT in text_of(first)
    assert "\\_" * CONTEXT_LIMIT in text_of(second)
    assert "\\~" * EVIDENCE_LIMIT in text_of(second)
    plain = factor_of(
        how="x" * HOW_LIMIT, context="y" * CONTEXT_LIMIT, evidence="z" * EVIDENCE_LIMIT
    )
    card = cards.details_card(EN, details_of(factor=plain))
    assert "text:1:7:0" not in buttons_of(card), "what is long and plain stands whole on one card"
    assert "z" * EVIDENCE_LIMIT in text_of(card)


ballots = st.none() | st.builds(Ballot, st.sampled_from(Choice), st.booleans(), st.just(NOW))


@given(words, factors, ballots, st.booleans(), st.integers(0, 10**6))
def test_everything_about_any_factor(said, factor, ballot, edits, number):
    found = FactorDetails(factor, ballot, number, number, Rights(edits, edits))
    calm = replace(found, factor=tame(factor))
    check_calm(cards.details_card(said, found), cards.details_card(said, calm))
    for page in range(2):
        check_calm(cards.text_card(said, factor, page), cards.text_card(said, tame(factor), page))


# --- objections and experiences


def test_objections_stand_in_full_a_page_at_a_time():
    reasons = [Objection("Vara", f"{number} " + "x" * 450, number == 1) for number in range(9)]
    found = Objections(factor_of(), tuple(reasons))
    pages = [cards.objections_card(EN, found, page) for page in range(2)]
    text = "".join(map(text_of, pages))
    assert all(each.reason in text for each in reasons)
    assert text.count("from before the edit") == 1
    assert "9 objections to “Small steps”" in text
    first, last = map(buttons_of, pages)
    assert first["objections:1:7:1"]["label"] == "Next"
    assert first["objections:1:7:-1"]["disabled"]
    assert last["objections:1:7:2"]["disabled"]
    assert text_of(cards.objections_card(EN, found, 99)) == text_of(pages[-1])


def test_where_nobody_objects_it_is_said_how_one_would():
    found = Objections(factor_of(), ())
    assert "press **Object** on its card" in text_of(cards.objections_card(EN, found, 0))
    over = replace(found, factor=factor_of(status=FactorStatus.DECLINED))
    assert "press" not in text_of(cards.objections_card(EN, over, 0))


def test_experiences_say_who_tells_what_and_who_stands_behind_it():
    found = Experiences(
        factor_of(),
        (
            told_of(1),
            told_of(2, confirmed=False, stance=ExperienceStance.TRIED),
            told_of(3, on_behalf=True, confirmed=False, how=""),
            told_of(4, member_id=55),
        ),
        frozenset({2}),
    )
    card = cards.experiences_card(EN, found, 0)
    assert texts_of(card)[1:5] == [
        "🧭 **Vara**: Works here\nEvery Friday.\n-# confirmed",
        "🧭 **Vara**: Tried, did not work\nEvery Friday.\n-# not confirmed yet",
        "🧭 **Vara**: Works here\n-# entered by a coordinator",
        "🧭 **Vara**: Works here\nEvery Friday.\n-# confirmed · written by <@55>",
    ]
    assert [name for name in buttons_of(card) if name.startswith("confirm")] == ["confirm:1:2"]


def test_where_nobody_has_told_anything_one_may_begin():
    card = cards.experiences_card(SV, Experiences(factor_of(), (), frozenset()), 0)
    assert "Ingen har berättat" in text_of(card)
    assert list(buttons_of(card)) == ["experience:1:7", "back:1:7"]
    gone = factor_of(status=FactorStatus.WITHDRAWN)
    card = cards.experiences_card(SV, Experiences(gone, (), frozenset()), 0)
    assert list(buttons_of(card)) == ["back:1:7"]


objections = st.builds(
    Objection, names, long_hostile(REASON_LIMIT).filter(str.strip), st.booleans()
)
experiences = st.builds(
    told_of,
    number=st.integers(1, 2**40),
    kind=st.sampled_from(FactorKind),
    organisation=names,
    stance=st.sampled_from(ExperienceStance),
    how=long_hostile(TOLD_LIMIT),
    confirmed=st.booleans(),
    on_behalf=st.booleans(),
    member_id=st.just(0) | st.integers(2**60, 2**63 - 1),
)


@given(words, factors, st.lists(objections, max_size=12), st.integers(-1, 12))
def test_any_objections(said, factor, found, page):
    card = cards.objections_card(said, Objections(factor, tuple(found)), page)
    calm = cards.objections_card(said, Objections(tame(factor), ()), page)
    check_fits(card)
    marks = acting_in(card)
    assert set(+marks) <= {"formatting", "small print"}
    shown = sum(text.startswith("✋ **") for text in texts_of(card))
    assert marks["formatting"] == (4 + 4 * shown if found else acting_in(calm)["formatting"])


@given(
    words,
    factors,
    st.lists(experiences, max_size=12, unique_by=lambda e: e.id),
    st.integers(-1, 12),
)
def test_any_experiences(said, factor, found, page):
    waiting = frozenset(each.id for each in found[::2])
    card = cards.experiences_card(said, Experiences(factor, tuple(found), waiting), page)
    check_fits(card)
    writers = sum(bool(each.member_id) for each in found)
    assert acting_in(card)["mention"] <= writers
    assert set(+acting_in(card)) <= {"formatting", "mention", "small print"}


@given(words, factors)
def test_the_reasons_of_any_factor(said, factor):
    check_calm(why_cards.why_card(said, factor), why_cards.why_card(said, tame(factor)))


# --- edits


BEFORE = FactorText("Small steps", "We tried it at two units for weeks.")
AFTER = FactorText("Small steps", "We tried it in all three units for four weeks.", "A new system.")


def changes(before: FactorText = BEFORE, after: FactorText = AFTER) -> Any:
    return differences(vars(before), vars(after))


def test_what_was_added_is_bold_and_what_was_taken_away_is_struck_through():
    assert edit_cards.change_lines(EN, changes(), 3000) == (
        "-# How\nWe tried it ~~at two~~ **in all three** units for **four** weeks.\n"
        "-# Context\n**A new system.**"
    )


def test_of_words_that_stayed_only_those_beside_a_change_are_shown():
    before = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen END"
    lines = edit_cards.change_lines(
        EN, changes(FactorText("x", before), FactorText("x", before.replace("END", "end"))), 3000
    )
    assert lines == "-# How\n… nine ten eleven twelve thirteen fourteen ~~END~~ **end**"


def test_a_change_of_spaces_alone_is_said_to_be_that():
    lines = edit_cards.change_lines(
        EN, changes(FactorText("x", "a b"), FactorText("x", "a\n\nb")), 3000
    )
    assert lines == "-# How\nOnly spaces and line breaks."


def edited(small: bool, marked: int = 0) -> Edited:
    factor = factor_of(version=2, tally=tally_of(before_edit=marked))
    return Edited(factor, changes(), small)


def test_an_edit_says_what_became_of_the_votes():
    def said(done, said_small=False):
        return text_of(edit_cards.edited_card(EN, done, said_small=said_small))

    assert "all votes stay as they are" in said(edited(small=True), said_small=True)
    assert "2 votes are now from *before the edit*. They count for 21 days" in said(
        edited(False, 2)
    )
    assert "no vote is affected" in said(edited(False))
    assert "You called it a small correction" in said(edited(False, 1), said_small=True)
    assert "You called it" not in said(edited(False, 1))
    assert "nothing to save" in said(Edited(factor_of(), (), small=True))


def since(ballot: Ballot, until: Any = None, **values: Any) -> Since:
    return Since(factor_of(**values), ballot, until, changes())


def test_what_changed_says_until_when_a_vote_counts():
    def said(found):
        return text_of(edit_cards.changed_card(EN, found, NOW))

    stale = Ballot(Choice.SUPPORT, before_edit=True, since=NOW)
    later, over = NOW + timedelta(days=3), NOW - timedelta(days=3)
    counts = f"It counts until <t:{int(later.timestamp())}:D>"
    mine = f"**You support this, since {SINCE}.** Your vote is from before the edit."
    assert f"{mine} {counts}" in said(since(stale, later))
    assert f"has not counted since <t:{int(over.timestamp())}:D>" in said(since(stale, over))
    objection = Ballot(Choice.OBJECT, before_edit=True)
    assert "It counts until you take it back" in said(since(objection))


def test_still_my_vote_stands_beside_the_vote_buttons_for_whom_it_concerns():
    def buttons(found):
        return list(buttons_of(edit_cards.changed_card(EN, found, NOW)))

    stale = Ballot(Choice.SUPPORT, before_edit=True)
    voting = ["still:1:7", "vote:1:7:support", "vote:1:7:unsure", "vote:1:7:object"]
    assert buttons(since(stale, NOW)) == [*voting, "back:1:7"]
    for other in (
        since(Ballot(Choice.SUPPORT)), since(Ballot()),
        since(stale, NOW, status=FactorStatus.ADOPTED), since(stale, NOW, voting=Voting.OVER),
        replace(since(stale), changes=()),
    ):  # fmt: skip
        assert buttons(other) == ["back:1:7"]


def test_versions_say_when_and_of_what_sort_they_were():
    versions = (Version(3, NOW, False, changes()), Version(2, NOW, True, changes()))
    text = text_of(
        edit_cards.versions_card(EN, VersionPage(7, "Small steps", Page(versions, 0, 1, 2)))
    )
    assert f"**Version 3** · <t:{int(NOW.timestamp())}:f> · new meaning" in text
    assert "**Version 2**" in text
    assert "small correction" in text
    none = edit_cards.versions_card(EN, VersionPage(7, "Small steps", Page((), 0, 1, 0)))
    assert "reads as it was published" in text_of(none)


def test_what_was_typed_is_given_back_whole():
    text = FactorText("Small steps", "x" * HOW_LIMIT, "y" * CONTEXT_LIMIT)
    card, file = edit_cards.returned_card(EN, 7, "Sorry.", text)
    assert file is None
    assert all(value in text_of(card) for value in (text.how, text.context, text.title, "Sorry."))
    long = FactorText("*" * TITLE_LIMIT, "*" * HOW_LIMIT, "*" * CONTEXT_LIMIT, "*" * EVIDENCE_LIMIT)
    card, file = edit_cards.returned_card(EN, 7, "Sorry.", long)
    check_fits(card)
    assert all(value in file for value in vars(long).values())
    assert "edit:1:7" in buttons_of(card)


def test_the_form_begins_with_the_text_and_chooses_no_sort_of_change():
    form = edit_form(EN, EditStart(7, FactorKind.INHIBITING, 4, FactorText("a", "b", "c", "d")))
    fields = [row["component"] for row in form.to_dict()["components"]]
    assert [each["custom_id"] for each in fields] == [
        "title",
        "how",
        "context",
        "evidence",
        "small",
    ]
    assert [each["value"] for each in fields[:4]] == ["a", "b", "c", "d"]
    assert not any(option.get("default") for option in fields[4]["options"])
    assert form.custom_id.startswith("edited:1:7:4:")


texts = st.builds(
    FactorText,
    title=long_hostile(TITLE_LIMIT),
    how=long_hostile(HOW_LIMIT),
    context=long_hostile(CONTEXT_LIMIT),
    evidence=long_hostile(EVIDENCE_LIMIT),
)


@given(words, texts, texts, factors, ballots, st.booleans())
def test_any_edit(said, before, after, factor, ballot, small):
    """Bold and strikethrough are ours; nothing else in the texts acts."""
    made = changes(before, after)
    done = edit_cards.edited_card(said, Edited(factor, made, small), said_small=True)
    check_fits(done)
    found = Since(factor, ballot or Ballot(), NOW if small else None, made)
    changed = edit_cards.changed_card(said, found, NOW)
    check_fits(changed)
    version = Version(2, NOW, small, made or changes())
    listed = edit_cards.versions_card(
        said, VersionPage(7, factor.title, Page((version,) * 3, 1, 3, 9))
    )
    check_fits(listed)
    returned, _ = edit_cards.returned_card(said, 7, "x", after)
    check_fits(returned)
    for card in (done, changed, listed, returned):
        ours = {"formatting", "small print", "timestamp, emoji or command"}
        assert set(+acting_in(card)) <= ours


@given(long_hostile(600), long_hostile(600), st.integers(60, 3000))
def test_marks_of_a_difference_open_and_close(before, after, room):
    """However little room there is, what is bold or struck through ends where it should."""
    if before == after:
        return
    lines = edit_cards.change_lines(
        EN, changes(FactorText("x", before), FactorText("x", after)), room
    )
    kinds = {piece.kind for piece in difference(before, after)}
    bare = lines.replace("\\\\", "").replace("\\*", "").replace("\\~", "")
    assert bare.count("**") % 2 == 0
    assert bare.count("~~") % 2 == 0
    assert ("~~" in bare) <= ("removed" in kinds)


@pytest.mark.parametrize("worst", WORST)
@pytest.mark.parametrize("said", all_words())
def test_the_longest_of_all_texts_fit_though_each_character_is_escaped(said, worst):
    def filled(limit):
        return (worst * limit)[:limit].strip() or "x"

    other = Reference(9, filled(TITLE_LIMIT), "https://discord.com/channels/" + "9" * 60, None)
    track = replace(SCHOOL, name=filled(NAME_LIMIT))
    tallies = [
        tally_of(
            *[TrackTally(track, standing, stances(9, 9, 9, 9, 10**6))] * 20,
            standing=standing,
            before_edit=10**6,
            stances=stances(1, 0, 0, 0, 10**6),
        )
        for standing in Standing
    ]
    factor = factor_of(
        title=filled(TITLE_LIMIT), how=filled(HOW_LIMIT), context=filled(CONTEXT_LIMIT),
        evidence=filled(EVIDENCE_LIMIT), organisation=filled(NAME_LIMIT), track=track,
        proposer_id=2**63 - 1, key_area=filled(60), version=10**6, merged_here=(other,) * 9,
        source_url=other.url, channel_id=2**63 - 1, message_id=2**63 - 1, thread_id=2**63 - 1,
    )  # fmt: skip
    ballot = Ballot(Choice.UNSURE, before_edit=True)
    check_fits(cards.details_card(said, FactorDetails(factor, ballot, 10**6, 10**6, PROPOSER)))
    for tally in tallies:
        check_fits(why_cards.why_card(said, replace(factor, tally=tally)))
    against = (Objection(filled(NAME_LIMIT), filled(REASON_LIMIT), before_edit=True),) * 20
    heard = told_of(organisation=filled(NAME_LIMIT), how=filled(TOLD_LIMIT), member_id=2**63 - 1)
    told = tuple(replace(heard, id=number) for number in range(20))
    objections = Objections(factor, against)
    for page in range(pages_of(cards.objections_card(said, objections, 0)) + 1):
        check_fits(cards.objections_card(said, objections, page))
    found = Experiences(factor, told, frozenset(range(20)))
    for page in range(pages_of(cards.experiences_card(said, found, 0)) + 1):
        check_fits(cards.experiences_card(said, found, page))


def pages_of(card: Any) -> int:
    """How many pages a card says that there are."""
    *_, told = texts_of(card)
    return int(re.findall(r"\d+", told)[-1])
