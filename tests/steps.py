"""How many steps a search takes, counted: a backtracking matcher over Python's own parse of a pattern.

It takes the steps that ``re`` takes, one for each character that is compared and each end of a repeat that is tried, so
that time by the square of a text's length shows without a clock.
"""

from __future__ import annotations

import importlib
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["searching"]

names: Any = importlib.import_module("re._constants")
parser: Any = importlib.import_module("re._parser")
_REPEATS = (names.MAX_REPEAT, names.MIN_REPEAT, names.POSSESSIVE_REPEAT)
_CATEGORIES: dict[Any, Callable[[str], bool]] = {
    names.CATEGORY_DIGIT: str.isdecimal,
    names.CATEGORY_NOT_DIGIT: lambda c: not c.isdecimal(),
    names.CATEGORY_SPACE: str.isspace,
    names.CATEGORY_NOT_SPACE: lambda c: not c.isspace(),
    names.CATEGORY_WORD: lambda c: c.isalnum() or c == "_",
    names.CATEGORY_NOT_WORD: lambda c: not (c.isalnum() or c == "_"),
}


def searching(pattern: str, text: str, flags: int = 0) -> int:
    """The steps of finding every place that fits."""
    return _Matcher(parser.parse(pattern, flags), text).all_places()


class _Matcher:
    def __init__(self, parsed: Any, text: str) -> None:
        self.parsed = list(parsed)
        self.caseless = bool(parsed.state.flags & re.IGNORECASE)
        self.text = text.lower() if self.caseless else text
        self.steps = 0

    def all_places(self) -> int:
        at = 0
        while at <= len(self.text):
            end = self.run(self.parsed, at, lambda place: place)
            at = end if end is not None and end > at else at + 1
        return self.steps

    def run(self, items: list[Any], at: int, then: Callable[[int], int | None]) -> int | None:
        if not items:
            return then(at)
        (kind, value), rest = items[0], items[1:]
        if kind is names.SUBPATTERN:
            return self.run([*value[-1], *rest], at, then)
        if kind in _REPEATS:
            return self.repeat(kind, value, at, lambda place: self.run(rest, place, then))
        return self.one(kind, value, at, lambda place: self.run(rest, place, then))

    def one(self, kind: Any, value: Any, at: int, then: Callable[[int], int | None]) -> int | None:
        if kind is names.BRANCH:
            found = (self.run(list(branch), at, then) for branch in value[1])
            return next((end for end in found if end is not None), None)
        if kind in (names.ASSERT, names.ASSERT_NOT):
            start = at - 1 if value[0] < 0 else at
            held = start >= 0 and self.run(list(value[1]), start, lambda place: place) is not None
            return then(at) if held is (kind is names.ASSERT) else None
        if kind is names.AT:
            return then(at) if self.stands(value, at) else None
        return then(at + 1) if self.fits(kind, value, at) else None

    def repeat(self, kind: Any, value: Any, at: int, then: Callable[[int], int | None]) -> int | None:
        least, most, items = value
        ends = [at]
        while len(ends) <= most:
            end = self.run(list(items), ends[-1], lambda place: place)
            if end is None or end == ends[-1]:
                break
            ends.append(end)
        possible = ends[least:]
        for end in possible if kind is names.MIN_REPEAT else reversed(possible):
            self.steps += 1
            found = then(end)
            if found is not None or kind is names.POSSESSIVE_REPEAT:
                return found
        return None

    def stands(self, value: Any, at: int) -> bool:
        self.steps += 1
        before, behind = self.text[at - 1 : at], self.text[at : at + 1]
        if value is names.AT_BOUNDARY:
            return _CATEGORIES[names.CATEGORY_WORD](before) is not _CATEGORIES[names.CATEGORY_WORD](behind)
        if value is names.AT_END_STRING:
            return not behind
        raise AssertionError(value)

    def fits(self, kind: Any, value: Any, at: int) -> bool:
        self.steps += 1
        sign = self.text[at : at + 1]
        if not sign:
            return False
        if kind is names.LITERAL:
            return sign == self.letter(value)
        if kind is names.NOT_LITERAL:
            return sign != self.letter(value)
        if kind is names.ANY:
            return sign != "\n"
        assert kind is names.IN, kind
        negated = value[0][0] is names.NEGATE
        return any(self.listed(kind, listed, sign) for kind, listed in value[negated:]) is not negated

    def listed(self, kind: Any, value: Any, sign: str) -> bool:
        if kind is names.LITERAL:
            return sign == self.letter(value)
        if kind is names.RANGE:
            return self.letter(value[0]) <= sign <= self.letter(value[1])
        return _CATEGORIES[value](sign)

    def letter(self, number: int) -> str:
        return chr(number).lower() if self.caseless else chr(number)
