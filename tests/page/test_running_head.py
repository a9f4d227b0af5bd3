"""The head of a filing's pages, made without the page."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest

from form4_author.model.filing import Filing
from form4_author.model.party import Owner
from form4_author.page.view import page_view, running_head
from form4_author.wire.read import read_document
from tests.builders import make_filing

FIXTURES: Final = sorted((Path(__file__).parents[1] / "corpus").glob("*.xml"))
PARTS: Final = (Filing(), Filing(form="3"), Filing(owners=(Owner(cik="0000000001"),)), make_filing())


@pytest.mark.parametrize("filing", [*PARTS, *(read_document(file.read_bytes()).filing for file in FIXTURES)])
def test_it_is_the_one_of_the_page(filing: Filing) -> None:
    assert running_head(filing) == page_view(filing).running


def test_it_names_form_owner_issuer_and_date() -> None:
    assert running_head(make_filing()) == "Form 4 · Thakar Sumedh S · QUALYS, INC. [QLYS] · 11/01/2024"
