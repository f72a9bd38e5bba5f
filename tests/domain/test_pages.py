"""Pages of long lists."""

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.kit.pages import Page


@given(st.integers(0, 60), st.integers(1, 9))
def test_pages_hold_everything_once_in_its_order(total, size):
    pages = Page.of(range(total), 0, size).pages
    every = [Page.of(range(total), number, size) for number in range(pages)]
    assert [each for page in every for each in page.items] == list(range(total))
    assert {(page.pages, page.total) for page in every} == {(pages, total)}
    assert all(page.items for page in every) or total == 0


@given(st.integers(0, 60), st.integers(-9, 99), st.integers(1, 9))
def test_a_page_that_is_not_there_is_the_nearest_that_is(total, number, size):
    page = Page.of(range(total), number, size)
    nearest = min(range(page.pages), key=lambda there: abs(there - number))
    assert page == Page.of(range(total), nearest, size)
    assert page.page == nearest


def test_a_page_of_other_things_is_the_same_page():
    page = Page.of("abcde", 1, 2)
    assert page.holding(each.upper() for each in page.items) == Page(("C", "D"), 1, 3, 5)
