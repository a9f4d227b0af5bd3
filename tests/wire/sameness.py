"""Whether two ownership documents say the same, judged from their XML alone, without the package's own tables.

Same means: the same elements with content in the same order, the same text (surrounding blanks aside), the same
numbers, the same truth values, the same footnote references. An element without content equals an absent one.
"""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from itertools import zip_longest
from typing import TYPE_CHECKING, Final

from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["content", "differences"]

NUMBERS: Final = {
    "conversionOrExercisePrice", "sharesOwnedFollowingTransaction", "transactionPricePerShare", "transactionShares",
    "transactionTotalValue", "underlyingSecurityShares", "underlyingSecurityValue", "valueOwnedFollowingTransaction",
}  # fmt: skip
FLAGS: Final = {
    "aff10b5One", "equitySwapInvolved", "form3HoldingsReported", "form4TransactionsReported", "isDirector", "isOfficer",
    "isOther", "isTenPercentOwner", "noSecuritiesOwned", "notSubjectToSection16", "rptOwnerGoodAddress",
    "rptOwnerNonUSAddressFlag",
}  # fmt: skip
_TRUTH: Final = {"1": "true", "true": "true", "0": "false", "false": "false"}

Statement = tuple[str, str]
"""Where, with the number of the record among its like, and what."""


def content(data: bytes) -> list[Statement]:
    """Everything a document says, in its order."""
    root = etree.fromstring(data)
    return list(_of(root, root.tag if isinstance(root.tag, str) else ""))


def differences(one: bytes, other: bytes) -> list[tuple[Statement | None, Statement | None]]:
    """Statements that differ, side by side; none when the documents are the same."""
    return [pair for pair in zip_longest(content(one), content(other)) if pair[0] != pair[1]]


def _of(element: etree._Element, where: str) -> Iterator[Statement]:
    for name, value in element.attrib.items():
        yield f"{where}@{name!s}", str(value)
    yield from _text(element, where, element.text)
    numbers: dict[str, int] = {}
    for child in element:
        name = child.tag if isinstance(child.tag, str) else type(child).__name__
        inner = list(_of(child, f"{where}/{name}[{numbers.get(name, 0)}]"))
        if inner:
            numbers[name] = numbers.get(name, 0) + 1
            yield from inner
        yield from _text(element, where, child.tail)


def _text(element: etree._Element, where: str, text: str | None) -> Iterator[Statement]:
    stripped = (text or "").strip()
    if not stripped:
        return
    parent = element.getparent()
    name = parent.tag if element.tag == "value" and parent is not None else element.tag
    yield where, _meaning(str(name), stripped)


def _meaning(name: str, text: str) -> str:
    if name in FLAGS:
        return _TRUTH.get(text, text)
    if name in NUMBERS:
        try:
            return f"{Decimal(text).normalize():f}"
        except InvalidOperation:
            return text
    return text
