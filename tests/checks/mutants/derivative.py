"""Table TWO: terms, legs of exercises, totals; Form 5."""

from __future__ import annotations

from datetime import date, timedelta

from tests.checks.mutants.sheet import Sheet, collector

MUTANTS, breaks, _ = collector()

ONE, TWO = "non_derivative", "derivative"


def _bare(sheet: Sheet, cell: str, codes: str = "") -> str | None:
    """A row of Table TWO whose cell refers to no footnote."""
    return next((r for r in sheet.rows(TWO, codes) if not sheet.notes(f"{r}.{cell}")), None)


@breaks("DRV-001")
def no_exercise_price(sheet: Sheet) -> str | None:
    row = _bare(sheet, "exercise_price")
    return row and sheet.drop(f"{row}.exercise_price")


@breaks("DRV-002")
def no_exercise_date(sheet: Sheet) -> str | None:
    row = _bare(sheet, "date_exercisable")
    return row and sheet.drop(f"{row}.date_exercisable")


@breaks("DRV-003")
def no_expiration(sheet: Sheet) -> str | None:
    row = _bare(sheet, "expiration_date")
    return row and sheet.drop(f"{row}.expiration_date")


@breaks("DRV-004")
def no_underlying_title(sheet: Sheet) -> str | None:
    row = _bare(sheet, "underlying_title")
    return row and sheet.drop(f"{row}.underlying_title")


@breaks("DRV-005")
def no_number(sheet: Sheet) -> str | None:
    row = _bare(sheet, "amount", "A")
    return row and sheet.drop(f"{row}.amount")


@breaks("DRV-006", also="")
def expires_before_it_can_be_exercised(sheet: Sheet) -> str | None:
    row = sheet.first(TWO, "A")
    if row is None or not sheet.get(f"{row}.date_exercisable") or not sheet.get(f"{row}.expiration_date"):
        return None
    exercisable = sheet.get(f"{row}.date_exercisable")
    if exercisable[:10] <= sheet.get(f"{row}.transaction_date")[:10]:
        return None
    day = date.fromisoformat(exercisable[:10]) - timedelta(days=1)
    return sheet.set(f"{row}.expiration_date", day.isoformat())


@breaks("DRV-007")
def granted_after_it_expired(sheet: Sheet) -> str | None:
    row = sheet.first(TWO, "A")
    if row is None or not sheet.get(f"{row}.expiration_date") or sheet.get(f"{row}.date_exercisable"):
        return None
    day = date.fromisoformat(sheet.get(f"{row}.transaction_date")[:10]) - timedelta(days=30)
    return sheet.set(f"{row}.expiration_date", day.isoformat())


@breaks("DRV-008")
def exercised_after_it_expired(sheet: Sheet) -> str | None:
    row = sheet.first(TWO, "M")
    if row is None or not sheet.get(f"{row}.expiration_date") or sheet.get(f"{row}.date_exercisable"):
        return None
    day = date.fromisoformat(sheet.get(f"{row}.transaction_date")[:10]) - timedelta(days=1)
    sheet.set(f"{row}.expiration_date", day.isoformat())
    return f"{row}.transaction_date"


@breaks("DRV-009")
def exercise_without_shares(sheet: Sheet) -> str | None:
    shares = list(sheet.rows(ONE, "M"))
    row = sheet.first(TWO, "M")
    if row is None or len(shares) != 1 or sheet.row_notes(shares[0]) or len(sheet.data[ONE]) < 2:
        return None
    if any(word in sheet.texts() for word in ("cash", "settle")):
        return None
    sheet.drop(shares[0])
    return f"{row}.transaction_code"


@breaks("DRV-010", also="FTN-004")
def shares_without_an_exercise(sheet: Sheet) -> str | None:
    rows = list(sheet.rows(TWO, "M"))
    row = sheet.first(ONE, "M")
    if row is None or len(rows) != 1 or len(sheet.data[TWO]) != 1 or sheet.row_notes(rows[0]):
        return None
    sheet.data.pop(TWO)
    return f"{row}.transaction_code"


@breaks("DRV-011")
def legs_of_different_size(sheet: Sheet) -> str | None:
    rows = list(sheet.rows(TWO, "M"))
    shares = list(sheet.rows(ONE, "M"))
    if len(rows) != 1 or len(shares) != 1 or sheet.amends or sheet.texts():
        return None
    underlying = sheet.amount(f"{rows[0]}.underlying_amount")
    if underlying is None or underlying != sheet.amount(f"{shares[0]}.amount"):
        return None
    return sheet.set(f"{rows[0]}.underlying_amount", str(underlying + 800))


@breaks("DRV-014")
def strike_and_price_differ(sheet: Sheet) -> str | None:
    rows, shares = list(sheet.rows(TWO, "MX")), list(sheet.rows(ONE, "MX"))
    if len(rows) != 1 or len(shares) != 1:
        return None
    strike, price = sheet.amount(f"{rows[0]}.exercise_price"), sheet.amount(f"{shares[0]}.price")
    if not strike or strike != price or sheet.notes(f"{shares[0]}.price"):
        return None
    return sheet.set(f"{shares[0]}.price", str(strike + 5))


@breaks("DRV-016")
def option_for_nothing(sheet: Sheet) -> str | None:
    for row in sheet.rows(TWO, "A"):
        if "option" in str(sheet.get(f"{row}.security_title")).lower() and not sheet.notes(
            f"{row}.exercise_price"
        ):
            return sheet.set(f"{row}.exercise_price", "0")
    return None


@breaks("DRV-027")
def footnote_on_the_letter(sheet: Sheet) -> str | None:
    row = sheet.first(TWO)
    notes = sheet.data.get("footnotes")
    if row is None or not notes:
        return None
    sheet.raw(row)["acquired_disposed"] = {
        "value": sheet.get(f"{row}.acquired_disposed"),
        "footnotes": [notes[0]["id"]],
    }
    return f"{row}.acquired_disposed"


# ---- Form 5


@breaks("F5-005")
def early_on_form_5(sheet: Sheet) -> str | None:
    row = sheet.first() if sheet.base == "5" else None
    return row and sheet.set(f"{row}.timeliness", "E")


@breaks("F5-011")
def holding_of_form_type_4(sheet: Sheet) -> str | None:
    row = sheet.first(kind="holding") if sheet.base == "5" else None
    return row and sheet.set(f"{row}.transaction_form_type", "4")


@breaks("DRV-013")
def option_bought_for_nothing(sheet: Sheet) -> str | None:
    row = next(
        (r for r in sheet.rows(TWO, "PS") if not sheet.row_notes(r) and sheet.amount(f"{r}.price")), None
    )
    return row and sheet.set(f"{row}.price", "0")


@breaks("DRV-017")
def underlying_of_what_remains(sheet: Sheet) -> str | None:
    rows, shares = list(sheet.rows(TWO, "M")), list(sheet.rows(ONE, "M"))
    if len(rows) != 1 or len(shares) != 1:
        return None
    remaining = sheet.amount(f"{rows[0]}.amount_owned_following")
    if not remaining or remaining == sheet.amount(f"{rows[0]}.underlying_amount"):
        return None
    return sheet.set(f"{rows[0]}.underlying_amount", str(remaining))


@breaks("DRV-023")
def expiration_at_a_price(sheet: Sheet) -> str | None:
    row = sheet.first(TWO, "E")
    return row and sheet.set(f"{row}.price", "2.10")
