"""A CIK loses or gains its zeros, and a text is folded, in one place each."""

from __future__ import annotations

import re

import pytest

from tests.house.source import package


@pytest.mark.parametrize(
    ("spelling", "home"),
    [
        (r'\.lstrip\("0"\)', ["ident/cik.py", "register/card.py"]),
        (r"\.zfill\(10\)|zfill\(_DIGITS\)", ["ident/cik.py"]),
        (r'" "\.join\([^()]*\.casefold\(\)\.split\(\)\)', ["text.py"]),
        (r"\[0-9\]\{10\}-", ["ident/accession.py", "wire/read.py"]),
    ],
    ids=["bare CIK", "padded CIK", "folded text", "accession number"],
)
def test_each_is_spelled_in_one_place(spelling: str, home: list[str]) -> None:
    """``card`` takes zeros from what a user calls a card by; ``read`` finds the number in bytes."""
    assert sorted(module.name for module in package() if re.search(spelling, module.text)) == home
