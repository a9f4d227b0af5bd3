"""Addresses abroad: on the page and on paper, no part lies on another or runs out of its box, however long."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pytest

from form4_author.page.html import page_html
from form4_author.page.pdf import page_pdf
from form4_author.page.view import PageStatus
from form4_author.wire.filing import filing_from
from tests.browser import browser
from tests.builders import make_draft
from tests.page.printed import met, printed, sheets, tight
from tests.selection import some

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

    from form4_author.model.filing import Filing
    from form4_author.page.html import Paper

__all__ = ["browser"]

_PLACES: Final = {
    "code": ("FOSTER CITY", "CA", "94404-1234"),
    "no code": ("HONG KONG", "HONG KONG", ""),
    "territory alone": ("", "NEWFOUNDLAND AND LABRADOR", ""),
    "province": ("VANCOUVER", "BRITISH COLUMBIA, CANADA", "V5Y 0A1"),
    "county": ("WEST SUSSEX", "UNITED KINGDOM", "RH20 2RA"),
    "three words": ("SYDNEY", "NEW SOUTH WALES", "2000"),
    "four words": ("ST. PETER PORT", "ISLE OF GUERNSEY, CHANNEL", "GY1 1WR"),
    "long city": ("SAN CRISTOBAL DE LAS CASAS SUR", "CHIAPAS", "29200"),
    "all long": ("SAN CRISTOBAL DE LAS CASAS SUR", "FEDERATION OF BOSNIA AND HERZEGOVINA AND MORE OF IT", "1234567890"),
    "long words": ("LLANFAIRPWLLGWYNGYLLGOGERYCHWY", "MECKLENBURG-VORPOMMERN", "1234567890"),
    "widest": ("W" * 30, "W" * 50, "W" * 10),
    "widest that fit": ("WWWWW", "WW WWWWW WWWW WWWWW", "WWWWW"),
    "lower case": ("Frankfurt am Main", "Nordrhein-Westfalen", "60311"),
    "longer than the field": ("M" * 60, "M " * 40, "9 " * 30),
}  # fmt: skip
_EXAMPLES: Final = {"3": "form3", "4": "seed", "5": "form5"}
_FORMS: Final = (
    ("3", "X0609"), ("3/A", "X0508"), ("4", "X0508"), ("4/A", "X0609"), ("5", "X0508"), ("5/A", "X0609"),
)  # fmt: skip
_CASES: Final = [(place, *form) for place in _PLACES for form in _FORMS]
_ALWAYS: Final = [
    ("province", "3", "X0609"),
    ("county", "4", "X0508"),
    ("three words", "5/A", "X0609"),
    ("all long", "3/A", "X0508"),
    ("long words", "4/A", "X0609"),
    ("widest", "5", "X0508"),
]
"""Each form, both ways to write a place abroad, and what fits side by side or does not."""


def _filing(place: str, form: str, edition: str) -> Filing:
    """Two reporting persons who live there."""
    city, territory, code = _PLACES[place]
    address: dict[str, Any] = {"street1": "C/O 1 HIGH STREET", "city": city, "zip": code}
    if edition == "X0609":
        address |= {"non_us": True, "non_us_state_territory": territory, "country": "D8"}
    else:
        address |= {"state": "X0", "state_description": territory}
    draft = make_draft(_EXAMPLES[form[0]]) | {"form": form, "edition": edition}
    draft["owners"] = [
        draft["owners"][0] | {"address": address},
        draft["owners"][0] | {"address": address, "cik": "77"},
    ]
    return filing_from(draft)[0]


@pytest.mark.long
@pytest.mark.parametrize(("place", "form", "edition"), some(_CASES, _ALWAYS[::2]))
def test_no_part_of_an_address_lies_on_another_on_paper(
    place: str, form: str, edition: str, tmp_path: Path
) -> None:
    paper: Paper = "A4" if form.endswith("/A") else "letter"
    data = page_pdf(_filing(place, form, edition), status=PageStatus(), paper=paper)
    city, territory, code = map(tight, _PLACES[place])
    text = "".join(map(tight, printed(data)))
    assert f"(Street){city}{territory}{code}(City)(State)" in text
    assert text.count(f"C/O1HIGHSTREET{city}{',' if city and territory else ''}{territory}{code}") == 2
    first, *_ = pages = list(sheets(data, tmp_path))
    assert [met(words) for _, _, words in pages] == [[] for _ in pages]
    # Nothing in box 1 reaches the number of box 2, which stands behind the rule between them.
    edge = next(box[0] for text, box in first.words if text == "2." and box[0] > 100)
    heading = next(box for text, box in first.words if text == "(Street)")
    last = next(box for text, box in first.words if text == "(City)")
    in_box = [box for _, box in first.words if heading[1] <= box[1] <= last[3] and box[0] < edge]
    assert max(box[2] for box in in_box) < edge - 4


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    made = browser.new_page()
    yield made
    made.close()


_FAULTS = """() => {
  const lines = [], faults = [];
  const walker = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode, cell = text.parentElement.closest("td, th");
    if (!text.data.trim() || text.parentElement.closest(".box, sup")) continue;
    const range = document.createRange();
    range.selectNodeContents(text);
    for (const box of range.getClientRects()) {
      if (box.width === 0) continue;
      const around = cell && cell.getBoundingClientRect();
      if (around && (box.left < around.left - 1 || box.right > around.right + 1 || box.bottom > around.bottom + 1))
        faults.push(`out of its cell: ${text.data}`);
      for (const [other, data] of lines) {
        const across = Math.min(box.right, other.right) - Math.max(box.left, other.left);
        const high = Math.min(box.bottom, other.bottom) - Math.max(box.top, other.top);
        if (across > 1 && high > box.height / 3) faults.push(`${data} and ${text.data}`);
      }
      lines.push([box, text.data]);
    }
  }
  return faults;
}"""
"""Texts that lie on others or run out of their cells."""


@pytest.mark.long
@pytest.mark.parametrize(("place", "form", "edition"), some(_CASES, _ALWAYS[1::2]))
def test_no_part_of_an_address_lies_on_another_in_a_browser(
    page: Page, place: str, form: str, edition: str
) -> None:
    page.set_content(page_html(_filing(place, form, edition), status=PageStatus()))
    for width in (700, 1000, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate(_FAULTS) == []
    shown = page.inner_text(".place.value").split()
    assert "".join(shown) == "".join(map(tight, _PLACES[place]))
    assert not page.evaluate(
        "[...document.querySelectorAll('main td')].some(c => c.scrollWidth > c.clientWidth + 1)"
    )


def test_what_fits_stands_above_its_captions_and_what_does_not_flows(page: Page) -> None:
    """Side by side, each part begins where its caption begins; else each begins a line or follows the part before."""
    lefts = "[...document.querySelectorAll('.three.place')].map(p => [...p.children].map(s => s.getBoundingClientRect().left))"
    for place in ("code", "province", "county"):
        page.set_content(page_html(_filing(place, "4", "X0609"), status=PageStatus()))
        values, captions = page.evaluate(lefts)
        assert values == captions
    page.set_content(page_html(_filing("long words", "4", "X0609"), status=PageStatus()))
    values, _ = page.evaluate(lefts)
    assert values[0] == values[1]
