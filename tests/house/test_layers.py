"""The drawing in CONTRIBUTING.md is the contract, and the places it names exist."""

from __future__ import annotations

import re

from tests.house.source import CHECKOUT
from tests.layers import GUIDE, drawing, redrawn


def test_the_drawing_is_made_from_the_contract() -> None:
    """`make generated` writes it anew."""
    guide = GUIDE.read_text("utf-8")

    assert guide == redrawn(guide)
    assert drawing() in guide


def test_every_name_of_the_package_is_in_it() -> None:
    package = CHECKOUT / "form4_author"
    names = {p.stem for p in package.iterdir() if p.suffix == ".py" or (p / "__init__.py").is_file()}

    assert {line[2:12].strip() for line in drawing().splitlines()} == names - {"__init__"}
    assert len(names - {"__init__"}) <= 23


def test_the_features_that_it_places_are_there() -> None:
    guide = GUIDE.read_text("utf-8")
    section = guide[guide.index("### Where five things are") :].partition("\n## ")[0]
    paths = re.findall(r"`((?:form4_author|templates|tests)/[\w./]+)`", section)

    assert [path for path in paths if not (CHECKOUT / path).exists()] == []
    assert len(paths) >= 10
