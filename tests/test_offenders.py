"""A loop over cases says as much as a test for each: who offends, why, and which case raised."""

from __future__ import annotations

import pytest

from tests.offenders import offenders


def _fault(number: int) -> str:
    return "odd" if 12 // number % 2 else ""


def test_each_case_that_offends_is_named_with_its_fault() -> None:
    assert offenders([("one", 1), ("four", 4), ("five", 5), ("twelve", 12)], _fault) == [
        "four: odd",
        "twelve: odd",
    ]


def test_a_case_that_raises_is_named() -> None:
    with pytest.raises(ZeroDivisionError) as raised:
        offenders([("one", 1), ("none", 0)], _fault)

    assert raised.value.__notes__ == ["raised for none; cases after it were not asked"]


def test_no_case_at_all_is_a_failure() -> None:
    with pytest.raises(AssertionError, match="there is no case: nothing would be tested"):
        offenders([], _fault)
