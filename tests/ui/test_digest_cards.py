"""The weekly digest as it is posted and previewed: golden texts, and whatever people wrote.

The texts stand in ``digests/``, one a week and language. Where they are meant to change, write
them anew with ``python -m tests.ui.test_digest_cards``, and read the difference.
"""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.digest.views import FORUM_EDITION, Edition, Section, TookPart
from bot.domain.when.clocks import Week
from bot.i18n.words import Nouns, Words
from bot.ui.layout import Card
from cogs.digest import cards
from cogs.digest.cards import LIMIT, DigestShown, digest_items, has_picture, preview_card
from cogs.digest.sections import beside
from storage.enums import DigestState, FactorStatus, Language
from tests.ui.digest_weeks import FIVE, FULL, NEW, TALK, WEEKS, tame, view_of, views
from tests.ui.layouts import acting, all_words, buttons_of, check_fits, parts_of, texts_of

FOLDER = Path(__file__).with_name("digests")
EN = Words(Language.EN)
SV = Words(Language.SV, nouns=Nouns(Language.SV, "kommun", "kommuner", "kommunen"))
QUIET = Edition(1, "Skola", quiet=True)
_BUTTON, _GALLERY = 2, 12


def posted(words, view, **more):
    return Card(*digest_items(words, view, **more))


def text_of(words, view, **more):
    return "\n".join(texts_of(posted(words, view, **more)))


def preview(words, view, due_at=None, **more):
    shown = DigestShown(due_at, **more)
    return preview_card(words, words, view, shown, pictured=has_picture(words, view))


def as_read(words, view):
    """A digest as somebody reads it from the top, with its buttons and its picture in words."""
    found = []
    for part in parts_of(posted(words, view, pictured=has_picture(words, view))):
        if "content" in part:
            found.append(part["content"])
        elif part["type"] == _BUTTON:
            found.append(f"[ {part['emoji']['name']} {part['label']} ]")
        elif part["type"] == _GALLERY:
            found.append(f"![{part['items'][0]['description']}]()")
    return "\n\n".join(found) + "\n"


def golden():
    """Each text's file, and what it is to hold."""
    for name, view in WEEKS.items():
        for words in (EN, SV):
            file = FOLDER / f"{name.replace(' ', '-')}.{words.language}.md"
            yield file, as_read(words, view)


# --- golden texts


@pytest.mark.parametrize(
    ("file", "said"), [pytest.param(*each, id=each[0].name) for each in golden()]
)
def test_a_week_is_told_in_these_words(file, said):
    assert said == file.read_text("utf-8")


def test_no_golden_text_is_left_that_nothing_is_compared_with():
    assert {file for file, _ in golden()} == set(FOLDER.iterdir())


@pytest.mark.parametrize("name", WEEKS)
def test_a_week_fits_with_room_for_what_the_courier_adds(name):
    card = posted(SV, WEEKS[name])
    check_fits(card)
    assert sum(map(len, texts_of(card))) <= LIMIT


# --- whatever people wrote


@given(st.sampled_from(all_words()), views)
def test_a_digest_of_anything_fits(words, view):
    card = posted(words, view)
    check_fits(card)
    assert sum(map(len, texts_of(card))) <= LIMIT
    check_fits(preview(words, view, view.ends_at, sendable=True))


@given(st.sampled_from(all_words()), views, st.sampled_from(cards._ROOMS))
def test_what_people_wrote_does_nothing_in_a_digest(words, view, room):
    def acts(shown):
        told = [*cards._before(words, shown)]
        told += [text for _, text in cards._sections(words, shown, room)]
        return +acting("\n".join(told))

    mine, calm = acts(view), acts(tame(view))
    # How many lines of a long greeting there is room for depends on what is escaped in it.
    assert mine.pop("quote", 0) <= view.greeting.count("\n") + 1
    calm.pop("quote", 0)
    assert mine == calm
    shown = min(len(view.edition.talk), beside(room.lines, view.edition.talk_total))
    channels = sum(not talked.title for talked in view.edition.talk[:shown])
    assert mine["mention"] == (0 if Section.TALK in view.off else channels)


@pytest.mark.parametrize("worst", ["*", "@1", "\\", "[]", "x", "x ", "👩\u200d⚕\ufe0f", "\n#"])
@pytest.mark.parametrize("words", all_words())
def test_the_fullest_week_of_the_longest_texts_fits(words, worst):
    def filled(limit):
        return (worst * limit)[:limit].strip() or "x"

    def longest(what):
        limits = {"title": 100, "organisation": 80, "how": 300, "reason": 500, "into": 100,
                  "place": 300, "summary": 500}  # fmt: skip
        given = {name: filled(n) for name, n in limits.items() if hasattr(what, name)}
        return replace(
            what, url="https://discord.com/channels/" + "/".join(["9" * 19] * 3), **given
        )

    edition = FULL.edition
    lists = ("new", "decisions", "moved", "ahead", "minutes", "talk")
    many = {name: tuple(map(longest, (getattr(edition, name) * 5)[:5])) for name in lists}
    totals = dict.fromkeys(("new_total", "moved_total", "ahead_total", "talk_total"), 10**9)
    edition = replace(edition, track=filled(80), decided=dict.fromkeys(FactorStatus, 10**9),
                      **many, **totals)  # fmt: skip
    others = tuple((number, filled(80)) for number in range(2, 22))
    view = view_of(Week(2026, 53), edition, *others, first=True, greeting=filled(500))
    card = posted(words, view)
    check_fits(card)
    assert sum(map(len, texts_of(card))) <= LIMIT
    for heading in ("new", "moved", "meetings", "talk"):
        assert words(f"digest.section.{heading}") in "\n".join(texts_of(card))
    check_fits(preview(words, view, view.ends_at, sendable=True))


def test_long_texts_lose_what_is_quoted_before_titles_and_titles_before_lines():
    said = text_of(SV, replace(FULL, greeting="Hej. " * 140))
    assert "”Alla spår är överens" in said
    titles = tuple(replace(each, title=f"{n} {'lång titel ' * 9}", url="x" * 89)
                   for n, each in enumerate(NEW))  # fmt: skip
    edition = replace(FULL.edition, new=titles)
    talk = tuple(replace(TALK[0], title="y" * 100, url="x" * 89) for _ in range(5))
    said = text_of(SV, replace(FULL, edition=replace(edition, talk=talk), greeting="Hej. " * 140))
    assert "Öppna dörrar" in said
    assert "3 lång titel" in said
    assert f"{'lång titel ' * 8}" not in said


# --- what is told


def test_a_section_that_is_switched_off_is_left_out():
    for section, heading in (
        (Section.WAITING, "Väntar på er"), (Section.NEW, "Nya faktorer"),
        (Section.MOVED, "Det här har ändrats"), (Section.MEETINGS, "Träffar"),
        (Section.TALK, "Mest omtalat"), (Section.PEOPLE, "12 av 20 kommuner"),
    ):  # fmt: skip
        assert heading in text_of(SV, FULL)
        assert heading not in text_of(SV, replace(FULL, off=frozenset({section})))
    assert not has_picture(SV, replace(FULL, off=frozenset({Section.PEOPLE})))


def test_every_decision_is_shown_or_counted_by_what_it_led_to():
    said = text_of(EN, WEEKS["week 53"])
    decisions = "… and 5 more decisions (2 adopted, 2 withdrawn, 1 open again)"
    assert f"{decisions}, and 2 more that moved: `/factor list`" in said


def test_minutes_find_room_beside_many_meetings():
    edition = replace(FULL.edition, ahead=FULL.edition.ahead[:1] * 5, ahead_total=9)
    found = text_of(SV, replace(FULL, edition=edition)).partition("### Träffar\n")[2]
    lines = found.partition("\n###")[0].splitlines()
    assert len(lines) == 5
    assert "Minnesanteckningar" in lines[3]
    assert lines[4] == "-# … och 6 till: `/meeting list`"


def test_without_its_picture_a_digest_says_the_same_in_words():
    card = posted(SV, FULL, pictured=False)
    assert all(part["type"] != _GALLERY for part in parts_of(card))
    assert "12 av 20 kommuner var med\n148 röster" in "\n".join(texts_of(card))


def test_nobody_is_told_that_nobody_took_part():
    nobody = replace(FULL, edition=replace(FULL.edition, people=TookPart(20, 0, 0)))
    assert "0 av 20" not in text_of(SV, nobody)
    assert not has_picture(SV, nobody)


# --- the preview


def test_a_preview_says_when_the_coming_digest_goes_out_and_can_send_it():
    coming = replace(FULL, state=None)
    card = preview(EN, coming, FULL.ends_at, sendable=True)
    assert f"It goes out <t:{int(FULL.ends_at.timestamp())}:f>" in "\n".join(texts_of(card))
    assert "digestgo:1" in buttons_of(card)
    assert "digestgo:1" not in buttons_of(preview(EN, FULL))


@pytest.mark.parametrize(
    ("state", "said"),
    [
        (DigestState.SENT, "Posted <t:"),
        (DigestState.QUIET, "nothing was posted"),
        (DigestState.MISSED, "away for too long"),
        (None, "There were no digests yet"),
    ],
)
def test_a_preview_of_a_week_that_is_over_says_what_became_of_it(state, said):
    assert said in texts_of(preview(EN, replace(FULL, state=state)))[-1]


def test_a_preview_of_a_quiet_edition_says_that_nothing_is_posted():
    quiet = view_of(Week(2026, 49), QUIET, (2, "Vård och omsorg"))
    assert "nothing was posted here" in texts_of(preview(EN, quiet))[-1]
    coming = preview(EN, replace(quiet, state=None), quiet.ends_at + timedelta(hours=1))
    assert "Nothing new has happened yet" in texts_of(coming)[-1]
    assert "Tack" not in text_of(SV, quiet)


def test_a_preview_leads_to_the_other_editions_and_to_the_mail():
    pressed = buttons_of(preview(SV, FULL))
    assert {"digestpreview:1:202649:2", "digestpreview:1:202649:0", "digestmail:1:202649:1"} <= (
        pressed.keys()
    )
    assert pressed["digestpreview:1:202649:0"]["label"] == "Hela programmet"


def test_of_many_other_editions_one_is_chosen_from_a_list():
    view = view_of(Week(2026, 49), replace(FULL.edition, track_id=9, track="Nio"), *FIVE)
    (select,) = [part for part in parts_of(preview(SV, view)) if "options" in part]
    assert select["custom_id"] == "digestpick:1:202649"
    assert [each["value"] for each in select["options"]] == ["1", "2", "3", "4", "5"]
    assert str(FORUM_EDITION) not in buttons_of(preview(SV, view))


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for old in FOLDER.iterdir():
        old.unlink()
    for path, text in golden():
        path.write_text(text, "utf-8")
