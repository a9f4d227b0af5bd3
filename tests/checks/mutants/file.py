"""The file itself: spellings that only XML can hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

if TYPE_CHECKING:
    from lxml.etree import _Element


def _first(root: _Element, path: str) -> _Element | None:
    return root.find(path)


def _spelled(root: _Element, path: str, text: str) -> bool:
    element = _first(root, path)
    if element is None or not element.text:
        return False
    element.text = text
    return True


_SHARES = ".//nonDerivativeTransaction/transactionAmounts/transactionShares/value"


def unknown_element(root: _Element) -> str | None:
    etree.SubElement(root, "tradingPlan").text = "1"
    return ""


def signature_before_the_issuer(root: _Element) -> str | None:
    signature = _first(root, "ownerSignature")
    if signature is None:
        return None
    root.remove(signature)
    root.insert(2, signature)
    return "signatures[0]"


def empty_date(root: _Element) -> str | None:
    return "period_of_report" if _spelled(root, "periodOfReport", " ") else None


def number_with_a_comma(root: _Element) -> str | None:
    return f"non_derivative[{_row(root)}].amount" if _spelled(root, _SHARES, "1,000") else None


def number_with_a_sign_of_minus(root: _Element) -> str | None:
    return f"non_derivative[{_row(root)}].amount" if _spelled(root, _SHARES, "-1000") else None


def date_as_americans_write_it(root: _Element) -> str | None:
    return "period_of_report" if _spelled(root, "periodOfReport", "10/06/2026") else None


def blanks_around_a_code(root: _Element) -> str | None:
    path = ".//nonDerivativeTransaction/transactionCoding/transactionCode"
    element = _first(root, path)
    if element is None or not element.text:
        return None
    element.text = f" {element.text} "
    return f"non_derivative[{_row(root)}].transaction_code"


def box_ticked_with_yes(root: _Element) -> str | None:
    path = ".//nonDerivativeTransaction/transactionCoding/equitySwapInvolved"
    return f"non_derivative[{_row(root)}].equity_swap" if _spelled(root, path, "yes") else None


def _row(root: _Element) -> int:
    """The line of the first transaction in Table I."""
    table = _first(root, "nonDerivativeTable")
    kinds = [child.tag for child in table] if table is not None else []
    return kinds.index("nonDerivativeTransaction") if "nonDerivativeTransaction" in kinds else 0
