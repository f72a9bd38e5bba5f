"""Lists and what a search found, as cards: whatever people wrote, and whatever they looked for."""

import re
from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.domain.factors.counting import Standing
from bot.domain.factors.finding import QUERY_LIMIT, FoundPage, Snippet, StatusesShown
from bot.domain.factors.lists import PAGE_SIZE, FactorPage, Listing
from bot.domain.kit.pages import Page
from bot.domain.kit.texts import HOW_LIMIT, NAME_LIMIT, TITLE_LIMIT, clean_line
from bot.i18n.words import Words
from bot.ui.text import marked
from cogs.factors.list_cards import list_card, search_card
from storage.enums import FactorKind, FactorStatus, Language, Order
from storage.search.stems import spans
from tests.ui.factories import SCHOOL, VOTED, factor_of, factors, names, tally_of, tame, tracks
from tests.ui.layouts import (
    acting,
    acting_in,
    all_words,
    check_fits,
    hostile,
    long_hostile,
    parts_of,
    texts_of,
)

EN, SV = Words(Language.EN), Words(Language.SV)
words = st.sampled_from(all_words())
listings = st.builds(
    Listing,
    track_id=st.none() | st.integers(1, 2**40),
    shown=st.sampled_from(StatusesShown),
    order=st.sampled_from(Order),
    kind=st.none() | st.sampled_from(FactorKind),
    key_area_id=st.none() | st.integers(1, 2**40),
)
several = st.lists(factors, max_size=3, unique_by=lambda factor: factor.id)
FACTOR = factor_of(tally=VOTED, channel_id=1, message_id=2)


def page_of(*found, listing=None, page=0, pages=1, **more):
    total = more.pop("total", len(found))
    shown = Page(tuple(found), page, pages, total)
    return FactorPage(shown, listing or Listing(), more.get("track"), more.get("area"))


def found_of(*found, said="steps", page=0, pages=1, total=None, **more):
    """What a search for this finds, with the words marked where they stand."""
    given = {
        "said": said, "cut": False,
        "factors": Page(tuple(found), page, pages, len(found) if total is None else total),
        "hits": tuple(hit_of(factor, said) for factor in found), "shown": StatusesShown.ALL,
        "track": None, "more": False,
    }  # fmt: skip
    return FoundPage(**{**given, **more})


def hit_of(factor, said):
    looked_for = set(re.findall(r"\w+", said.casefold()))
    where = [spans(text, looked_for) if looked_for else () for text in (factor.title, factor.how)]
    return Snippet(factor.id, factor.title, factor.how, *where)


def text_of(card):
    return "\n".join(texts_of(card))


# --- whatever people wrote


@given(words, several, listings, st.none() | tracks, st.none() | names, st.integers(1, 999))
def test_a_list_of_any_factors(said, found, listing, track, area, pages):
    def page(shown, where, heading):
        total = len(shown) and pages * PAGE_SIZE
        more = {"total": total, "track": where, "area": heading}
        return list_card(
            said, page_of(*shown, listing=listing, page=pages - 1, pages=pages, **more)
        )

    card = page(found, track, area)
    calm = page([tame(factor) for factor in found], track and tame(track), area and "x")
    check_fits(card)
    assert +acting_in(card) == +acting_in(calm)


@given(words, several, hostile.map(clean_line), st.none() | tracks, st.integers(0, 33))
@example(EN, [factor_of(title="a https://x.org/a_b", how="https://x.org/a_b?a")], "a", None, 0)
@example(EN, [factor_of(title="everyone", how="@everyone \n# a")], "everyone a", None, 0)
def test_what_any_search_found_in_any_factors(said, found, query, track, page):
    query = query.replace(":", " ")[:QUERY_LIMIT]
    more = {"page": page, "pages": 34, "total": 200, "more": True, "cut": True}
    card = search_card(said, found_of(*found, said=query, track=track, **more))
    check_fits(card)
    calm = [replace(tame(factor), title="x", how="x") for factor in found]
    calm_card = search_card(said, found_of(*calm, said="", track=track and tame(track), **more))
    acts, quiet = acting_in(card), acting_in(calm_card)
    bold = acts.pop("formatting", 0) - quiet.pop("formatting", 0)
    assert +acts == +quiet
    assert bold % 4 == 0
    assert bold <= 4 * sum(len(h.in_title + h.in_how) for h in found_of(*found, said=query).hits)


@given(long_hostile(300), st.integers(1, 4), st.integers(20, 200))
def test_marked_text_is_bold_where_words_stand_and_nothing_else_acts(text, word, limit):
    where = spans(text, {found.casefold() for found in re.findall(r"\w+", text)[:word]} or {"x"})
    made = marked(text, where, limit)
    assert len(made) <= limit
    acts = +acting(made)
    assert set(acts) <= {"formatting"}
    bold = re.findall(r"\*\*([^*]+)\*\*", re.sub(r"\\.", "x", made))
    assert acts["formatting"] == 4 * len(bold)
    assert {part.casefold() for part in bold} <= {
        re.sub(r"[\\_*~|`>#\[\]<]", "x", text[start:end]).casefold() for start, end in where
    }


def test_words_inside_a_link_are_left_alone():
    text = "small https://example.org/small small"
    assert marked(text, spans(text, {"small"}), 99) == (
        "**small** https://example.org/small **small**"
    )


@pytest.mark.parametrize("worst", ["*", "@1", "\\", "[]", "x", "x ", "👩\u200d⚕\ufe0f", "\n#"])
@pytest.mark.parametrize("said", all_words())
def test_the_longest_of_all_pages_fit_though_each_character_is_escaped(said, worst):
    def filled(limit):
        return (worst * limit)[:limit]

    many = 10**9
    tally = tally_of(
        support=many, unsure=many, objections=many, organisations_heard=many, organisations=many,
        standing=Standing.DIFFERS,
    )  # fmt: skip
    track = replace(SCHOOL, id=2**63 - 1, name=filled(NAME_LIMIT), emoji="👩\u200d⚕\ufe0f")
    shown = [
        factor_of(
            id=2**63 - 1 - n, title=filled(TITLE_LIMIT), how=filled(HOW_LIMIT), tally=tally,
            track=track, channel_id=2**63 - 1, message_id=2**63 - 1, discussed=many,
            status=FactorStatus.WITHDRAWN,
        )
        for n in range(PAGE_SIZE)
    ]  # fmt: skip
    for order in Order:
        listing = Listing(
            2**63 - 1, StatusesShown.WITHDRAWN, order, FactorKind.INHIBITING, 2**63 - 1
        )
        more = {"page": many, "pages": many * 9, "total": many, "track": track, "area": filled(60)}
        check_fits(list_card(said, page_of(*shown, listing=listing, **more)))
        check_fits(list_card(said, page_of(listing=listing, track=track, area=filled(60))))
    query = filled(QUERY_LIMIT).replace(":", " ")
    found = found_of(
        *shown, said=query, page=32, pages=34, total=200, more=True, cut=True, track=track,
        shown=StatusesShown.WITHDRAWN,
    )  # fmt: skip
    hits = tuple(
        replace(hit, in_title=((0, 1), (2, 3)), in_how=tuple((n, n + 1) for n in range(0, 900, 2)))
        for hit in found.hits
    )
    check_fits(search_card(said, replace(found, hits=hits)))
    check_fits(search_card(said, found_of(said=query, track=track)))


# --- what a list says


def test_a_list_says_how_many_of_what_in_which_order():
    listing = Listing(shown=StatusesShown.CURRENT, kind=FactorKind.PROMOTING, order=Order.DIVIDED)
    more = {"total": 13, "track": SCHOOL, "area": "Leading"}
    head = texts_of(list_card(EN, page_of(FACTOR, listing=listing, **more)))[0]
    assert head == (
        "**Open and adopted:** 13 factors in 🏫 School\n"
        "-# Most divided first · 🌱 Promoting · 🗂️ Leading"
    )
    head = texts_of(list_card(SV, page_of(FACTOR, listing=listing, **more)))[0]
    assert head == (
        "**Öppna, och de som tas med:** 13 faktorer i 🏫 School\n"
        "-# De mest omstridda först · 🌱 Främjande · 🗂️ Leading"
    )


def test_a_factor_in_a_list_is_linked_to_its_card_and_stands_in_words():
    said = text_of(list_card(EN, page_of(FACTOR)))
    assert f"🌱 **[Small steps]({FACTOR.url})**" in said
    assert (
        "-# Promoting · Shared ground in School, not yet in Care · "
        "2 of 11 organisations support it, 8 have not voted"
    ) in said
    unposted = text_of(list_card(EN, page_of(replace(FACTOR, message_id=None))))
    assert "🌱 **Small steps**" in unposted


def test_a_factor_that_is_no_longer_open_says_what_it_is():
    declined = replace(FACTOR, status=FactorStatus.DECLINED)
    assert "-# **Avböjd** · Främjande" in text_of(list_card(SV, page_of(declined)))


def test_in_the_order_of_shared_ground_each_has_its_rank_and_no_score():
    listing = Listing(order=Order.TOP)
    page = page_of(FACTOR, listing=listing, page=2, pages=3, total=13)
    assert "**13.** 🌱 **[Small steps]" in text_of(list_card(EN, page))
    assert "Most shared ground first" in text_of(list_card(EN, page))
    assert "Bredast samsyn först" in text_of(list_card(SV, page))
    assert "0.25" not in text_of(list_card(EN, page)), "it is shown under Why this standing alone"


def test_in_the_order_of_discussion_each_says_how_much_was_said():
    page = page_of(replace(FACTOR, discussed=14), listing=Listing(order=Order.DISCUSSED))
    assert "14 messages" in text_of(list_card(EN, page))


def test_empty_lists_say_what_to_do_now():
    def said(**wanted):
        return text_of(list_card(EN, page_of(listing=Listing(**wanted), area=wanted.get("area"))))

    assert "`/factor propose`" in said()
    assert said(order=Order.NEEDS).startswith("**Nothing waits for your vote** in all tracks")
    nothing = said(shown=StatusesShown.ADOPTED, kind=FactorKind.INHIBITING)
    assert nothing.startswith("**Adopted:** none in all tracks · 🪨 Inhibiting.")
    assert "`/factor list`" in nothing


def test_a_list_can_be_put_in_another_order():
    card = list_card(EN, page_of(FACTOR, listing=Listing(3, order=Order.TOP, key_area_id=4)))
    (chooser,) = [part for part in parts_of(card) if part["type"] == 3]
    assert chooser["custom_id"] == "order:1:3:open:any:4"
    chosen = [option["value"] for option in chooser["options"] if option.get("default")]
    assert (chosen, len(chooser["options"])) == (["top"], len(Order))


# --- what a search found


def test_the_words_are_bold_in_the_title_and_in_the_part_of_how_around_the_first_of_them():
    how = "x" * 30 + " " + "long ago " * 20 + "we took\nsmall *steps*, and then " + "more " * 90
    said = text_of(search_card(EN, found_of(replace(FACTOR, how=how))))
    assert f"🌱 [Small **steps**]({FACTOR.url})\n> …" in said
    snippet = said.split("\n> ")[1].split("\n")[0]
    assert "we took small \\***steps**\\*, and then more" in snippet
    assert snippet.startswith("…ago long ago long ago")
    assert snippet.endswith("more…")
    assert len(snippet) < 200


def test_where_the_words_stand_in_the_title_alone_how_is_shown_from_its_beginning():
    said = text_of(search_card(EN, found_of(replace(FACTOR, how="We tried.\n\nTwice."))))
    assert "\n> We tried.  Twice.\n" in said


def test_a_search_says_how_many_it_found_of_what():
    found = found_of(FACTOR, total=7, pages=2, track=SCHOOL, shown=StatusesShown.CURRENT)
    assert texts_of(search_card(EN, found))[0] == (
        "7 factors for “steps” in 🏫 School\n-# **Open and adopted** · best match first"
    )
    many = replace(found, factors=replace(found.factors, total=200), more=True, cut=True)
    head = texts_of(search_card(SV, many))[0]
    assert "Fler än 200 faktorer för ”steps”" in head
    assert head.endswith("-# Jag letade efter början av det du skrev. Några ord räcker.")
    assert "I find nothing for “steps”" in text_of(search_card(EN, found_of()))
