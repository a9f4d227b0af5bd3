"""Forward contracts to sell: the sale is at signing, and delivery by a fixed formula is no trade of its own.

Rule 16b-6(a) (a put equivalent position is a sale of the shares below it); Chechele v. Sperling, 758 F.3d 463 (2d Cir.
2014) (settlement of a prepaid variable forward contract is no purchase). What else ends such a contract is asked about.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from form4_author.ledger.right import Right, right_of
from form4_author.ledger.title import same_class
from form4_author.model.table import DerivativeRow
from form4_author.text import Pattern, folded

if TYPE_CHECKING:
    from form4_author.findings import Path
    from form4_author.model.filing import Filing
    from form4_author.model.table import Row
    from form4_author.shortswing.trade import RowPlace

__all__ = ["is_settlement", "is_signing"]

_FORWARD: Final = Pattern(r"\bforward\b")
_SETTLED: Final = Pattern(r"\bsettle")
_UNWOUND: Final = Pattern(r"\bterminat|\bunw[io]")
"""Words of an end that the contract's formula did not fix."""


def is_signing(row: Row) -> bool:
    """Whether a row begins an obligation to sell under a forward contract."""
    code, letter = row.transaction_code.value, row.acquired_disposed.value
    return _is_to_sell(row) and (code == "S" or (code == "J" and letter == "A"))


def is_settlement(place: RowPlace, row: Row) -> bool:
    """Whether a row is the settlement of a forward contract to sell, or the shares delivered in one."""
    filing = place.prior.filing if place.prior is not None else None
    if filing is None or not _is_disposal(row):
        return False
    if _is_to_sell(row):
        return _is_settled(filing, place.path)
    return not isinstance(row, DerivativeRow) and any(
        _is_to_sell(other)
        and _is_disposal(other)
        and other.transaction_date.value == row.transaction_date.value
        and same_class(other.underlying_title.value or "", row.security_title.value or "")
        and _is_settled(filing, ("derivative", index))
        for index, other in enumerate(filing.derivative)
    )


def _is_to_sell(row: Row) -> bool:
    title = row.security_title.value or ""
    sells = isinstance(row, DerivativeRow) and right_of(title) is Right.MUST_SELL
    return sells and _FORWARD.search(folded(title)) is not None


def _is_disposal(row: Row) -> bool:
    return (row.transaction_code.value, row.acquired_disposed.value) == ("J", "D")


def _is_settled(filing: Filing, path: Path) -> bool:
    """Whether the footnotes of a row say that it was settled, and not that it was ended otherwise."""
    texts = filing.footnote_texts()
    words = " ".join(folded(texts.get(id, "")) for id in filing.notes_of_rows().get(path, ()))
    return _SETTLED.search(words) is not None and _UNWOUND.search(words) is None
