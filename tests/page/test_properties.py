"""The page of any filing, generated ones of all six forms: every value is on it, as text and as HTML."""

from __future__ import annotations

import html
import re
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from form4_author.model.table import Cell
from form4_author.page.html import page_html
from form4_author.page.text import page_text
from form4_author.page.view import PageStatus
from tests.strategies import FORMS, filings
from tests.wire.test_properties import COMMON

if TYPE_CHECKING:
    from collections.abc import Iterator

    from form4_author.model.filing import Filing


_TEXTS = (
    "security_title", "nature_of_ownership", "underlying_title", "transaction_date", "date_exercisable", "expiration_date",
    "price", "exercise_price",
)  # fmt: skip
_NUMBERS = {
    "amount": "total_value",
    "amount_owned_following": "value_owned_following",
    "underlying_amount": "underlying_value",
}
"""Numbers of shares, and the value that the page shows in their place where the form has both."""


def _is_first(row: Any, name: str, other: str) -> bool:
    """Whether the number has a place on the page: of a derivative that moved, in column (A) or (D)."""
    value = getattr(row, other, None)
    moved = name != "amount" or not hasattr(row, "total_value") or row.acquired_disposed.value in ("A", "D")
    return moved and (value is None or value.is_blank)


def tight(text: str) -> str:
    """Without what a line break, a column or grouping adds."""
    return re.sub(r"[\s\u00ad\u200b\u2060,]", "", text)


def values(filing: Filing) -> Iterator[tuple[str, str]]:
    """Each text, number and date of the filing, with the name of its attribute, as the page has it."""
    if filing.issuer is not None:
        yield from _of(filing.issuer, "name", "trading_symbol")
    for owner in filing.owners:
        yield from _of(owner, "name")
    for row in (*filing.non_derivative, *filing.derivative):
        yield from _of(
            row, *_TEXTS, *(name for name, other in _NUMBERS.items() if _is_first(row, name, other))
        )
    for note in filing.footnotes:
        yield from _of(note, "text")
    for signature in filing.signatures:
        yield from _of(signature, "name", "date")
    yield from _of(filing, "remarks")


def _of(record: Any, *names: str) -> Iterator[tuple[str, str]]:
    for name in names:
        value = getattr(record, name, None)
        value = value.value if isinstance(value, Cell) else value
        if isinstance(value, date):
            yield name, f"{value:%m/%d/%Y}"
        elif isinstance(value, Decimal):
            yield name, f"{value.normalize():f}"
        elif value:
            yield name, str(value)


@pytest.mark.parametrize("form", FORMS)
@COMMON
@given(data=st.data())
def test_every_value_is_on_the_page(form: str, data: st.DataObject) -> None:
    filing = data.draw(filings(form))
    page = re.sub(r"<[^>]*>", "", page_html(filing, status=PageStatus()))
    shown = {"text": tight(page_text(filing)), "html": tight(html.unescape(page))}
    missing = [
        (kind, name, value)
        for kind, found in shown.items()
        for name, value in values(filing)
        if tight(value) not in found
    ]
    assert missing == []
