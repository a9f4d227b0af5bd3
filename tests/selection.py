"""Which of many cases run with `make test`, and which with `make test-all` only."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["some"]


def some(cases: Iterable[Any], always: Iterable[Any]) -> list[Any]:
    """The cases as parameters, a tuple as several: those of ``always`` run each time, the others are long."""
    each, kept = list(cases), list(always)
    unknown = [case for case in kept if case not in each]
    assert unknown == [], f"no such case: {unknown}"
    return [
        case
        if case in kept
        else pytest.param(*(case if isinstance(case, tuple) else (case,)), marks=pytest.mark.long)
        for case in each
    ]
