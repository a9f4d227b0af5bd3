"""Rows become trades: what each transaction code is under Section 16(b).

Sources: 15 U.S.C. 78p(b); Rules 16b-3, 16b-5 to 16b-8; the definitions of the transaction codes. Exempt rows are
kept apart with their rule, and so are the rows that a form alone does not let anyone judge.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

from form4_author.codes import matchable, transaction_codes
from form4_author.model.table import DerivativeRow
from form4_author.shortswing.collar import CollarLeg, collar_leg
from form4_author.shortswing.forward import is_settlement, is_signing
from form4_author.shortswing.share_class import DERIVATIVE, share_class
from form4_author.shortswing.trade import (
    EXACT,
    DerivativeSeries,
    RowPlace,
    Side,
    Trade,
    TradeEntry,
    TradeReading,
)
from form4_author.text import DECIMALS, Pattern, folded

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from form4_author.codes import TransactionCode
    from form4_author.model.table import Cell, Row

__all__ = ["read"]

_IN_TABLE_2: Final = matchable() - frozenset("LUO")
"""Codes of Table II that are matched there: O is matched by its shares in Table I, L and U are asked about."""

_PUT: Final = Pattern(r"\bputs?\b|right to sell|obligation to (?:buy|purchase)")
_CALL: Final = Pattern(r"\bcalls?\b|right to (?:buy|purchase)|obligation to sell")
_OPTION: Final = Pattern(r"\boptions?\b|\bputs?\b|\bcalls?\b")
_BOTH: Final = Pattern(r"\bcollars?\b|\bstraddles?\b|\bstrangles?\b")
_FLOATS: Final = Pattern(
    r"(?:exercise|conversion) (?:price|rate)s? "
    r"(?:is not fixed|will be determined|floats?|is variable|varies|fluctuates?)"
    r"|\b(?:floating|variable) (?:exercise|conversion)"
    r"|(?:exercise|conversion) (?:price|rate)[^.;]{0,60}(?:%|\bper ?cent\b)"
    r"[^.;]{0,60}\b(?:market|closing|trading|average|vwap)\b"
)
"""Words of a footnote, in lower case, by which a price is not fixed."""
_NET: Final = Pattern(
    r"\bnet[- ](?:basis|exercise|settle)|cashless(?:ly)? exercise"
    r"|\b(?:given up|surrendered|withheld) (?:\w+ ){0,5}exercise price"
)
"""Words of a footnote, in lower case, by which shares are given up to pay an exercise price."""
_GIVEN_UP: Final = "given up to the issuer in a net exercise: whether that is a sale here is not settled"
_FIXED_ONLY: Final = "Rule 16b-6(b)"
"""What exempts an acquisition at a fixed price alone."""
_NAMED_16B_7: Final = Pattern(r"(?:exempt|reliance)[^.;]{0,40}\brule 16b-7\b")
"""Words of a footnote, in lower case, that rely on the rule."""
_SAME_SHARES: Final = "the put of a collar: its shares are matched as those of the call, once"
_OWN_PREMIUM: Final = f"{_SAME_SHARES}; match its premium with the close of the put"
_SETTLED: Final = (
    "the settlement of a forward contract: the sale is at its signing "
    "(Chechele v. Sperling, 758 F.3d 463 (2d Cir. 2014))"
)
_SIGNED: Final = "the signing of a forward contract: the amount is at most this"
_NO_PREMIUM: Final = "the call of a collar, for no premium"
_CLASS_EXCHANGE: Final = "Rule 16b-7, on which a footnote relies: confirm its conditions"
"""What exempts a reclassification (general knowledge: the rule has conditions)."""
_CONTRACT: Final = 100
"""Shares below a listed option contract, whose price is quoted for one share."""


class _Question(Exception):
    """Why a row cannot be matched, raised where that is found."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def read(rows: Iterable[tuple[RowPlace, Row]]) -> TradeReading:
    """Transactions as trades, exempt ones and questions, each in the order given."""
    trades: list[Trade] = []
    left_out: list[TradeEntry] = []
    questions: list[TradeEntry] = []
    for place, row in rows:
        try:
            exemption = _exemption(row, place)
            if exemption:
                left_out.append(_entry(place, row, exemption))
            else:
                trades.append(_trade(place, row))
        except _Question as question:
            questions.append(_entry(place, row, question.reason))
    return TradeReading(tuple(trades), tuple(left_out), tuple(questions))


def _entry(place: RowPlace, row: Row, reason: str) -> TradeEntry:
    return TradeEntry(
        day=row.transaction_date.value,
        code=_printed(row),
        title=row.security_title.value or "",
        shares=row.amount.value,
        price=row.price.value,
        reason=reason,
        place=place,
    )


def _printed(row: Row) -> str:
    return (row.transaction_code.value or "?") + ("/K" if row.equity_swap else "")


def _exemption(row: Row, place: RowPlace) -> str:
    """The rule that exempts the row; empty when none does by its code."""
    code = transaction_codes().get(row.transaction_code.value or "")
    if code is None:
        return ""
    if code.code == "O" and isinstance(row, DerivativeRow):
        return "the option exercised: its shares are matched where Table I has them"
    if code.exempt_by and code.insiders_only and not _may_be_insider(place):
        verb = "cover" if code.exempt_by.startswith("Rules") else "covers"
        raise _Question(
            f"{code.exempt_by} {verb} officers and directors only, and no reporting person is marked as one"
        )
    if code.code == "J" and _relies_on_class_exchange(place, row):
        return _CLASS_EXCHANGE
    if code.exempt_by == _FIXED_ONLY and _floats(place, row):
        raise _Question(
            f"{_FIXED_ONLY} exempts at a fixed price, and a footnote says that the price is not fixed"
        )
    return code.exempt_by or _counted_elsewhere(place, row)


def _counted_elsewhere(place: RowPlace, row: Row) -> str:
    """Why the shares of a row are matched by another one; empty where they are not."""
    if is_settlement(place, row):
        return _SETTLED
    if collar_leg(place, row) is not CollarLeg.PUT:
        return ""
    if row.price.value:
        raise _Question(_OWN_PREMIUM)
    return _SAME_SHARES


def _relies_on_class_exchange(place: RowPlace, row: Row) -> bool:
    """Whether a row that could wait for Form 5 has a footnote that names Rule 16b-7, as a reclassification has."""
    filing = place.prior.filing if place.prior is not None else None
    if filing is None or row.transaction_form_type != "5":
        return False
    texts, ids = filing.footnote_texts(), filing.notes_of_rows().get(place.path, ())
    return any(_NAMED_16B_7.search(folded(texts.get(id, ""))) for id in ids)


def _floats(place: RowPlace, row: Row) -> bool:
    """Whether a footnote of the row, or of the line of Table II that it goes with, says that the price floats."""
    filing = place.prior.filing if place.prior is not None else None
    if filing is None or not _FLOATS.search(filing.prose()):
        return False
    texts, ids = filing.footnote_texts(), filing.notes_of_rows()
    paths = [place.path]
    paths += [
        path
        for path, other in filing.transactions()
        if isinstance(other, DerivativeRow)
        and other.exercise_price.value is None
        and (other.transaction_code.value, other.transaction_date.value)
        == (row.transaction_code.value, row.transaction_date.value)
    ]
    return any(_FLOATS.search(folded(texts.get(id, ""))) for path in paths for id in ids.get(path, ()))


def _may_be_insider(place: RowPlace) -> bool:
    """Whether an owner is an officer or director, or no owner says what it is."""
    owners = place.prior.filing.owners if place.prior is not None else ()
    return any(o.is_director or o.is_officer for o in owners) or not any(
        o.is_ten_percent_owner or o.is_other for o in owners
    )


def _trade(place: RowPlace, row: Row) -> Trade:
    letter = row.transaction_code.value or ""
    if isinstance(row, DerivativeRow) and is_signing(row):
        return _signed(place, row)
    if letter == "J":
        raise _Question("the form describes what code J covers; match it unless it is exempt")
    code = transaction_codes().get(letter)
    if code is None:
        raise _Question("the transaction code is not one of the form's")
    return _derivative(place, row, code) if isinstance(row, DerivativeRow) else _stock(place, row, code)


def _stock(place: RowPlace, row: Row, code: TransactionCode) -> Trade:
    title = row.security_title.value or ""
    of = share_class(title)
    if not code.table_1 or of == DERIVATIVE:
        raise _Question("a derivative security in Table I: its terms are not given")
    side = _side_of_stock(row, code)
    remark = (
        "exercise price"
        if code.code == "O"
        else "unless exempt under Rule 16b-3(e) or 16b-7"
        if code.code == "U"
        else _GIVEN_UP
        if code.code == "S" and _is_given_up(place, row)
        else ""
    )
    return Trade(
        day=_day(row),
        side=side,
        shares=_positive(row.amount, "the amount"),
        price=_positive(row.price, "the price"),
        code=_printed(row),
        title=title,
        share_class=of,
        received=side is Side.SALE,
        underlying=title,
        remark=_joined(remark, "notional terms of the swap" if row.equity_swap else ""),
        place=place,
    )


def _is_given_up(place: RowPlace, row: Row) -> bool:
    """Whether a footnote says that the shares pay the price of a security exercised that day under code X."""
    filing = place.prior.filing if place.prior is not None else None
    if filing is None or not _NET.search(filing.prose()):
        return False
    exercised = any(
        other.transaction_code.value == "X" and other.transaction_date.value == row.transaction_date.value
        for _, other in filing.transactions()
    )
    texts, ids = filing.footnote_texts(), filing.notes_of_rows()
    return exercised and any(_NET.search(folded(texts.get(id, ""))) for id in ids.get(place.path, ()))


def _side_of_stock(row: Row, code: TransactionCode) -> Side:
    """Purchase or sale; the letter must say the same, and decides for an exercise."""
    letter = {"A": Side.PURCHASE, "D": Side.SALE}.get(row.acquired_disposed.value or "")
    if code.side == "either":
        if letter is None:
            raise _Question("neither acquired (A) nor disposed of (D)")
        return letter
    side = Side(code.side)
    if letter is not None and letter is not side:
        raise _Question(
            f"code {code.code} is a {side.value}, but (A) or (D) is {row.acquired_disposed.value}"
        )
    return side


def _derivative(place: RowPlace, row: DerivativeRow, code: TransactionCode) -> Trade:
    if code.code not in _IN_TABLE_2:
        raise _Question(f"code {code.code} does not belong in Table II")
    title = row.security_title.value or ""
    text = folded(title)
    put = _is_put(text)
    swap = bool(row.equity_swap) and not _OPTION.search(text)
    units = _positive(row.amount, "the amount") if row.underlying_amount.value is None else row.amount.value
    shares = (
        units if row.underlying_amount.value is None else _positive(row.underlying_amount, "the underlying")
    )
    assert shares is not None  # noqa: S101  # one of the two was asked for
    if code.code == "E":
        price, remark = Decimal(0), ""
    elif row.price.value == 0 and collar_leg(place, row) is CollarLeg.CALL:
        price, remark = Decimal(0), _NO_PREMIUM
    else:
        price, remark = _per_share(row, units, shares, swap=swap)
    underlying = row.underlying_title.value or ""
    of = share_class(underlying)
    return Trade(
        day=_day(row),
        side=_side_of_derivative(code, put=put),
        shares=shares,
        price=price,
        code=_printed(row),
        title=title,
        share_class="common stock" if of == DERIVATIVE else of,
        series=None if swap else _series(row, text, put=put),
        received=code.side == Side.SALE,
        expired=code.code == "E",
        underlying=underlying,
        remark=remark,
        place=place,
    )


def _signed(place: RowPlace, row: DerivativeRow) -> Trade:
    """The sale of the shares below a forward contract, of which the prepayment is no market price."""
    underlying = row.underlying_title.value or ""
    of = share_class(underlying)
    cell = row.amount if row.underlying_amount.value is None else row.underlying_amount
    return Trade(
        day=_day(row),
        side=Side.SALE,
        shares=_positive(cell, "the underlying"),
        price=row.price.value or Decimal(0),
        code=_printed(row),
        title=row.security_title.value or "",
        share_class="common stock" if of == DERIVATIVE else of,
        series=_series(row, folded(row.security_title.value or ""), put=False),
        received=True,
        underlying=underlying,
        remark=_SIGNED,
        place=place,
    )


def _is_put(text: str) -> bool:
    """Whether the security gains when the stock falls, by its title."""
    put = _PUT.search(text) is not None
    if _BOTH.search(text) or (put and _CALL.search(text)):
        raise _Question("the title does not say whether it is a call or a put")
    return put


def _side_of_derivative(code: TransactionCode, *, put: bool) -> Side:
    """Bought calls and sold puts are purchases of the stock below; sold calls and bought puts are sales of it."""
    bought = code.side == Side.PURCHASE
    return Side.PURCHASE if bought is not put else Side.SALE


def _series(row: DerivativeRow, text: str, *, put: bool) -> DerivativeSeries:
    price, end = row.exercise_price.value, row.expiration_date.value
    is_complete = price is not None and end is not None
    return DerivativeSeries(put, price, end, "" if is_complete else text)


def _per_share(
    row: DerivativeRow, units: Decimal | None, shares: Decimal, *, swap: bool
) -> tuple[Decimal, str]:
    """The price for each underlying share, and how it was found where the row leaves room."""
    price = _positive(row.price, "the price")
    if swap:
        return price, "notional terms of the swap: price of one underlying share"
    if units is None:
        raise _Question("the amount is given in dollars only")
    if units == shares:
        return price, ""
    option = _OPTION.search((row.security_title.value or "").casefold()) is not None
    if option and shares == EXACT.multiply(units, Decimal(_CONTRACT)):
        return price, "price taken as quoted, for one share of a contract of 100"
    each = EXACT.divide(EXACT.multiply(price, units), shares)
    rounded = each.quantize(Decimal(1).scaleb(-DECIMALS), context=EXACT)
    return rounded, "price of a unit divided by the shares below it"


def _day(row: Row) -> date:
    if row.transaction_date.value is None:
        raise _Question("the transaction date is not given")
    return row.transaction_date.value


def _positive(cell: Cell[Decimal], name: str) -> Decimal:
    if cell.value is None:
        raise _Question(f"{name} is not given" + (" but in a footnote" if cell.footnotes else ""))
    if cell.value <= 0:
        raise _Question(f"{name} is {cell.value:f}")
    return cell.value


def _joined(*parts: str) -> str:
    return "; ".join(part for part in parts if part)
