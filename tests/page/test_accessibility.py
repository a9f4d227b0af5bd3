"""The pages in a real browser: axe-core has nothing against them, and they keep their shape."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from form4_author.checks.example import names
from form4_author.page.html import page_html
from form4_author.page.reference import reference_pages
from form4_author.page.view import PageStatus
from form4_author.wire.filing import filing_from
from tests.browser import browser, faults
from tests.builders import make_filing
from tests.page.extreme import extreme_draft
from tests.selection import some

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

__all__ = ["browser"]


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    made = browser.new_page(viewport={"width": 1280, "height": 900})
    yield made
    made.close()


@pytest.mark.long
@pytest.mark.parametrize("name", some(names(), ["joint"]))
def test_axe_finds_nothing_wrong_with_a_proof(page: Page, name: str) -> None:
    page.set_content(page_html(make_filing(name), status=PageStatus(xml_sha256="0" * 64)))
    assert faults(page) == []


@pytest.mark.parametrize("form", some(["3", "3/A", "4", "4/A", "5", "5/A"], ["5/A"]))
def test_axe_finds_nothing_wrong_with_an_empty_form(page: Page, form: str) -> None:
    page.set_content(page_html(filing_from({"form": form})[0], status=PageStatus(draft=True)))
    assert faults(page) == []


def test_axe_finds_nothing_wrong_in_a_narrow_window(page: Page) -> None:
    page.set_viewport_size({"width": 480, "height": 800})
    page.set_content(
        page_html(
            make_filing("seed", ["footnotes = []", "non_derivative[0].amount = 7007"]), status=PageStatus()
        )
    )
    assert faults(page) == []


@pytest.mark.long
@pytest.mark.parametrize("form", some(["3", "4"], ["4"]))
def test_axe_finds_nothing_wrong_with_the_largest_filing(page: Page, form: str) -> None:
    page.set_content(page_html(filing_from(extreme_draft(form))[0], status=PageStatus(draft=True)))
    assert faults(page) == []


@pytest.mark.long
@pytest.mark.parametrize("name", some(["index.html", "TXN.html"], ["TXN.html"]))
def test_axe_finds_nothing_wrong_with_the_rules(page: Page, name: str) -> None:
    page.set_content(reference_pages()[name])
    assert faults(page) == []


def test_axe_does_find_what_is_wrong(page: Page) -> None:
    page.set_content('<!DOCTYPE html><title>T</title><main><h1>T</h1><img src="data:,"></main>')
    assert [fault.split(":")[0] for fault in faults(page)] == ["html-has-lang", "image-alt"]


@pytest.mark.parametrize("form", ["3", "4"])
def test_nothing_is_hidden_beside_a_window_of_1000_pixels(page: Page, form: str) -> None:
    """Where the window's own scroll bar takes 16 of them."""
    page.set_viewport_size({"width": 1000 - 16, "height": 900})
    page.set_content(page_html(filing_from({"form": form})[0], status=PageStatus()))
    beside = "main => main.scrollWidth - main.clientWidth"
    assert page.eval_on_selector("main", beside) == 0


@pytest.mark.parametrize("width", [1280, 480])
def test_the_page_scrolls_inside_itself_and_no_cell_is_cut(page: Page, width: int) -> None:
    """In a narrow window the form keeps its shape and scrolls; the document itself never runs over to the side."""
    page.set_viewport_size({"width": width, "height": 900})
    page.set_content(page_html(filing_from(extreme_draft())[0], status=PageStatus()))
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    cut = "[...document.querySelectorAll('td, th')].filter(c => c.scrollWidth > c.clientWidth + 1).map(c => c.textContent)"
    assert page.evaluate(cut) == []
