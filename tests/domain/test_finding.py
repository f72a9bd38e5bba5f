"""Finding factors as the chat asks for it: pages of what was found, and what is like a draft."""

from datetime import timedelta
from itertools import count

import pytest

from bot.domain.factors import edits, factors, finding
from bot.domain.factors.finding import QUERY_LIMIT, StatusesShown
from bot.domain.factors.wording import FactorText
from bot.domain.kit.errors import NotSetUp
from bot.domain.tracks import tracks
from storage.factors.factors import Factor
from tests.domain.conftest import CARE, ELSEWHERE, HERE, HOW, NOW, somebody
from tests.domain.scenes import scene

ADA = 11
HOURS = count()


@scene
def ada(trial):
    """A participant in Göteborg, whose organisation is in one track."""
    trial.join(ADA, trial.goteborg)
    return trial


def publish(world, title, **said):
    later = NOW + timedelta(hours=2 * next(HOURS))  # nobody publishes too many in an hour
    return world.factor(ADA, now=later, title=title, **said)


def search(world, said, programme=HERE, **more):
    return world(finding.search, said, programme=programme, **more)


def found(page):
    assert [hit.factor_id for hit in page.hits] == [factor.id for factor in page.factors.items]
    return [hit.factor_id for hit in page.hits]


def test_a_search_is_shown_page_by_page_and_past_the_end_the_last(ada):
    keys = [publish(ada, "Korta möten").id for _ in range(8)]
    first = search(ada, "möte")
    last = search(ada, "möte", page=1)
    assert found(first) + found(last) == keys[::-1]
    assert (first.factors.page, first.factors.pages, first.factors.total, first.more) == (
        0,
        2,
        8,
        False,
    )
    assert search(ada, "möte", page=99) == last
    assert search(ada, "möte", page=-1) == first


def test_nothing_found_is_one_empty_page(ada):
    page = search(ada, "?")
    assert (page.hits, page.factors.page, page.factors.pages, page.factors.total) == ((), 0, 1, 0)


def test_a_search_keeps_to_what_became_of_factors_to_a_track_and_to_its_programme(ada):
    factor, taken = publish(ada, "Korta möten"), publish(ada, "Långa möten")
    ada(lambda session: session.get(Factor, taken.id).sqlmodel_update({"status": "adopted"}))
    by_shown = {each: found(search(ada, "möte", shown=each)) for each in StatusesShown}
    assert by_shown == {
        StatusesShown.OPEN: [factor.id], StatusesShown.ADOPTED: [taken.id],
        StatusesShown.DECLINED: [], StatusesShown.WITHDRAWN: [], StatusesShown.MERGED: [],
        StatusesShown.CURRENT: [taken.id, factor.id],
        StatusesShown.ALL: [taken.id, factor.id],
    }  # fmt: skip
    school, care = ada(tracks.all_of)
    assert found(search(ada, "möte", track_id=school.id)) == [taken.id, factor.id]
    page = search(ada, "möte", track_id=care.id)
    assert (found(page), page.track.name) == ([], CARE)
    ada.set_up(ELSEWHERE)
    assert found(search(ada, "möte", ELSEWHERE)) == []
    assert ada(finding.similar, "Korta möten", "", programme=ELSEWHERE) == []


def test_what_was_found_tells_where_the_words_stand_and_how_the_factor_stands(ada):
    factor = publish(ada, "Korta möten", how="Vi möttes varje möte.")
    page = search(ada, "mötet")
    assert page.factors.items == (ada(factors.show, factor.id),)
    (hit,) = page.hits
    assert [hit.title[start:end] for start, end in hit.in_title] == ["möten"]
    assert [hit.how[start:end] for start, end in hit.in_how] == ["möte"]


def test_a_factor_is_found_by_its_text_of_now(ada):
    factor = publish(ada, "Korta möten")
    text = FactorText("Långa promenader", HOW, "", "")
    ada(edits.edit, factor.id, text, small=False, by=somebody(ADA))
    assert found(search(ada, "möten")) == []
    assert found(search(ada, "promenad")) == [factor.id]


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("  korta:\nmöten ", "korta möten"),
        ("ord " * 30, ("ord " * 14).strip()),
        ("x" * 57, "x" * 56),
        ("x" * 56, "x" * 56),
        ("\u200b", ""),
        (":::", ""),
    ],
)
def test_what_is_looked_for_fits_into_a_button(ada, asked, said):
    page = search(ada, asked)
    assert page.said == said
    assert len(said) <= QUERY_LIMIT
    assert page.cut == (len(asked.strip()) > QUERY_LIMIT)
    assert search(ada, page.said).said == said


def test_at_most_three_factors_are_similar(ada):
    keys = [publish(ada, "Korta möten varje vecka").id for _ in range(4)]
    assert ada(finding.similar, "Kort möte i veckan", "") == keys[:0:-1]


def test_a_server_without_a_programme_is_told_so(world):
    with pytest.raises(NotSetUp):
        search(world, "x")
    with pytest.raises(NotSetUp):
        world(finding.similar, "x", "y")
