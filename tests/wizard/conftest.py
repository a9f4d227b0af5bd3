"""What the tests of the interview share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from form4_author.register.database import opened
from form4_author.register.place import place_of
from tests.register.papers import paper
from tests.wizard.desk import NOTES, OPTION, ROE, SPOUSE, UNITS, enter, stock

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from form4_author.register.database import Register


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    """Jane Doe has shares in two lines, units and an agent; Richard Roe filed later; both with one issuer."""
    made = opened(place_of(str(tmp_path / "register.sqlite3")), create=True)
    enter(
        made,
        paper(stock("900", **SPOUSE), stock("80", ownership_form="I", nature_of_ownership="By Old Trust")),
        paper(stock("5000"), stock("700", **SPOUSE), day="2026-03-04", number=2, derivative=[UNITS], footnotes=NOTES),
        paper(
            stock("31"), day="2026-05-06", number=3, person=ROE, derivative=[OPTION],
            signatures=[{"name": "/s/ Richard B. Roe", "date": "2026-05-06"}],
        ),
    )  # fmt: skip
    yield made
    made.close()
