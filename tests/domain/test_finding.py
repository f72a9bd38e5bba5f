"""Finding factors as the chat asks for it: pages of what was found, and what is like a draft."""

from datetime import timedelta
from itertools import count

import pytest

from bot.domain import finding
from bot.domain.errors import NotSetUp
from storage import search
from storage.enums import FactorStatus
from tests.domain.conftest import ELSEWHERE, HERE, NOW

ADA = 11
HOURS = count()


@pytest.fixture
def ada(trial):
    """A participant in Göteborg, whose organisation is in one track."""
    trial.join(ADA, trial.goteborg)
    return trial


def publish(world, title, **said):
    later = NOW + timedelta(hours=2 * next(HOURS))  # nobody publishes too many in an hour
    factor = world.factor(ADA, now=later, title=title, **said)
    world(search.put, factor.id, factor.programme_id, factor.title, factor.how, "")
    return factor


def shown(page):
    return [hit.factor_id for hit in page.hits]


def test_a_search_is_shown_page_by_page_and_past_the_end_the_last(ada):
    keys = [publish(ada, "Korta möten").id for _ in range(8)]
    first = ada(finding.search, HERE, "möte")
    last = ada(finding.search, HERE, "möte", page=1)
    assert shown(first) + shown(last) == keys[::-1]
    assert (first.page, first.pages, first.total, first.more) == (0, 2, 8, False)
    assert ada(finding.search, HERE, "möte", page=99) == last
    assert ada(finding.search, HERE, "möte", page=-1) == first


def test_nothing_found_is_one_empty_page(ada):
    page = ada(finding.search, HERE, "?")
    assert (page.hits, page.page, page.pages, page.total) == ((), 0, 1, 0)


def test_a_search_keeps_to_a_status_and_to_its_programme(ada):
    factor = publish(ada, "Korta möten")
    assert shown(ada(finding.search, HERE, "möte", status=FactorStatus.OPEN)) == [factor.id]
    assert shown(ada(finding.search, HERE, "möte", status=FactorStatus.MERGED)) == []
    ada.set_up(ELSEWHERE)
    assert shown(ada(finding.search, ELSEWHERE, "möte")) == []
    assert ada(finding.similar, ELSEWHERE, "Korta möten", "") == []


def test_at_most_three_factors_are_similar(ada):
    keys = [publish(ada, "Korta möten varje vecka").id for _ in range(4)]
    assert ada(finding.similar, HERE, "Kort möte i veckan", "") == keys[:0:-1]


@pytest.mark.parametrize(("work", "said"), [("search", ["x"]), ("similar", ["x", "y"])])
def test_a_server_without_a_programme_is_told_so(world, work, said):
    with pytest.raises(NotSetUp):
        world(getattr(finding, work), HERE, *said)
