"""Prices and what footnotes say of them."""

from __future__ import annotations

from decimal import Decimal

from tests.checks.mutants.sheet import Sheet, collector

MUTANTS, breaks, _ = collector()

ONE, TWO = "non_derivative", "derivative"
_AVERAGE = (
    "The price reported in column 4 is a weighted average. The shares were sold in several trades at prices from"
    " ${low} to ${high}, inclusive."
)
_UNDERTAKING = (
    " The reporting person undertakes to give the issuer, any security holder of the issuer, or the SEC staff, on"
    " request, full information on the number of shares sold at each separate price."
)


def _priced(sheet: Sheet, codes: str = "S") -> str | None:
    """A row of Table I with a price of its own and no footnote at all in the form."""
    if sheet.data.get("footnotes"):
        return None
    return next((r for r in sheet.rows(ONE, codes) if (sheet.amount(f"{r}.price") or 0) > 2), None)


@breaks("TXN-012")
def sold_for_nothing(sheet: Sheet) -> str | None:
    row = _priced(sheet, "SP")
    return row and sheet.set(f"{row}.price", "0")


@breaks("TXN-013")
def gift_at_a_price(sheet: Sheet) -> str | None:
    row = sheet.first(codes="GW")
    return row and sheet.set(f"{row}.price", "52.10")


@breaks("TXN-014")
def withheld_at_no_price(sheet: Sheet) -> str | None:
    row = next((r for r in sheet.rows(ONE, "F") if not sheet.notes(f"{r}.price")), None)
    return row and sheet.set(f"{row}.price", "0")


@breaks("TXN-018")
def price_in_pounds(sheet: Sheet) -> str | None:
    row = _priced(sheet)
    if row is None:
        return None
    sheet.note(f"{row}.price", "The shares were sold at a price of 1,250 pence (GBP) per share.")
    return f"{row}.price"


@breaks("TXN-020")
def price_net_of_commission(sheet: Sheet) -> str | None:
    row = _priced(sheet)
    if row is None:
        return None
    sheet.note(f"{row}.price", "The price is net of brokerage commissions.")
    return f"{row}.price"


def _averaged(sheet: Sheet, low: Decimal, high: Decimal, undertaking: str) -> str | None:
    row = _priced(sheet)
    price = sheet.amount(f"{row}.price") if row else None
    if price is None:
        return None
    text = _AVERAGE.replace("{low}", str(price + low)).replace("{high}", str(price + high))
    sheet.note(f"{row}.price", text + undertaking)
    return f"{row}.price"


@breaks("TXN-021")
def average_without_the_undertaking(sheet: Sheet) -> str | None:
    return _averaged(sheet, Decimal("-0.25"), Decimal("0.25"), "")


@breaks("TXN-022")
def average_over_two_dollars(sheet: Sheet) -> str | None:
    return _averaged(sheet, Decimal("-1.25"), Decimal("1.25"), _UNDERTAKING)


@breaks("TXN-023")
def average_above_its_range(sheet: Sheet) -> str | None:
    return _averaged(sheet, Decimal("-0.75"), Decimal("-0.25"), _UNDERTAKING)


@breaks("DRV-012")
def exercise_at_a_price_in_column_8(sheet: Sheet) -> str | None:
    row = next((r for r in sheet.rows(TWO, "MX") if sheet.amount(f"{r}.price") == 0), None)
    return row and sheet.set(f"{row}.price", "12.50")
