"""The two legs of a collar: a call written and a put bought on the same shares, which are counted once.

A put equivalent position is a sale of the shares below it (Rule 16b-6(a)). That both legs of a collar cover the same
shares, and are one such position, is general knowledge.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Final

from form4_author.ledger.right import Right, right_of
from form4_author.model.table import DerivativeRow

if TYPE_CHECKING:
    from form4_author.model.table import Row
    from form4_author.shortswing.trade import RowPlace

__all__ = ["CollarLeg", "collar_leg"]


class CollarLeg(Enum):
    """Which option of a collar a row is of."""

    CALL = "call"
    PUT = "put"


_LEGS: Final = {("S", Right.MUST_SELL): CollarLeg.CALL, ("P", Right.SELL): CollarLeg.PUT}


def collar_leg(place: RowPlace, row: Row) -> CollarLeg | None:
    """Which leg of a collar that was entered a row is; None where its form has no other leg of the same shares."""
    filing = place.prior.filing if place.prior is not None else None
    leg = _leg(row)
    if filing is None or leg is None:
        return None
    pairs = (_terms(other) for other in filing.derivative if _leg(other) not in (None, leg))
    return leg if _terms(row) in pairs else None


def _leg(row: Row) -> CollarLeg | None:
    code, title = row.transaction_code.value or "", row.security_title.value or ""
    return _LEGS.get((code, right_of(title))) if isinstance(row, DerivativeRow) else None


def _terms(row: Row) -> tuple[object, ...]:
    """What both legs of a collar have in common."""
    assert isinstance(row, DerivativeRow)  # noqa: S101  # a leg is a row of Table II
    return (
        row.transaction_date.value,
        row.underlying_title.value,
        row.underlying_amount.value,
        row.expiration_date.value,
        row.ownership_form.value,
        row.nature_of_ownership.value,
    )
