"""Codes, form types, directions, dates of transactions."""

from __future__ import annotations

from datetime import date, timedelta

from tests.checks.mutants.sheet import Sheet, collector

MUTANTS, breaks, _ = collector()

ONE, TWO = "non_derivative", "derivative"


def _later(text: str, days: int) -> str:
    return (date.fromisoformat(text[:10]) + timedelta(days=days)).isoformat()


def _signed(sheet: Sheet) -> str:
    return max(str(s["date"])[:10] for s in sheet.data["signatures"])


@breaks("TXN-001")
def letter_that_is_no_code(sheet: Sheet) -> str | None:
    row = sheet.first(codes="SFPA")
    return row and sheet.set(f"{row}.transaction_code", "K")


@breaks("TXN-002")
def form_type_3_on_a_transaction(sheet: Sheet) -> str | None:
    row = sheet.first()
    return row and sheet.set(f"{row}.transaction_form_type", "3")


@breaks("TXN-003")
def no_coding_at_all(sheet: Sheet) -> str | None:
    row = sheet.first(codes="SFPAGM")
    if row is None or sheet.notes(f"{row}.transaction_code"):
        return None
    for cell in ("transaction_code", "transaction_form_type", "equity_swap", "timeliness"):
        sheet.drop(f"{row}.{cell}")
    return f"{row}.transaction_code"


@breaks("TXN-004")
def no_swap_box(sheet: Sheet) -> str | None:
    row = sheet.first()
    return row and sheet.drop(f"{row}.equity_swap")


@breaks("TXN-006")
def swap_without_a_word(sheet: Sheet) -> str | None:
    row = next((r for r in sheet.rows() if not sheet.row_notes(r) and "swap" not in sheet.texts()), None)
    return row and sheet.set(f"{row}.equity_swap", True)


@breaks("TXN-007")
def sale_acquired(sheet: Sheet) -> str | None:
    row = sheet.first(ONE, "S", acquired_disposed="D")
    return row and sheet.set(f"{row}.acquired_disposed", "A")


@breaks("TXN-007")
def purchase_disposed_of(sheet: Sheet) -> str | None:
    row = sheet.first(ONE, "P", acquired_disposed="A")
    return row and sheet.set(f"{row}.acquired_disposed", "D")


@breaks("TXN-007")
def withholding_acquired(sheet: Sheet) -> str | None:
    row = sheet.first(ONE, "FD", acquired_disposed="D")
    return row and sheet.set(f"{row}.acquired_disposed", "A")


@breaks("TXN-007")
def grant_disposed_of(sheet: Sheet) -> str | None:
    row = sheet.first(codes="A", acquired_disposed="A")
    return row and sheet.set(f"{row}.acquired_disposed", "D")


@breaks("TXN-008")
def option_exercised_and_acquired(sheet: Sheet) -> str | None:
    row = sheet.first(TWO, "MX", acquired_disposed="D")
    return row and sheet.set(f"{row}.acquired_disposed", "A")


@breaks("TXN-009", also="TXN-007")
def expiration_in_table_1(sheet: Sheet) -> str | None:
    row = sheet.first(ONE, "SF")
    return row and sheet.set(f"{row}.transaction_code", "H")


@breaks("TXN-010")
def no_shares(sheet: Sheet) -> str | None:
    row = next((r for r in sheet.rows(ONE, "SP") if not sheet.notes(f"{r}.amount")), None)
    return row and sheet.set(f"{row}.amount", "0")


@breaks("TXN-011")
def no_price(sheet: Sheet) -> str | None:
    row = next((r for r in sheet.rows() if not sheet.notes(f"{r}.price")), None)
    return row and sheet.drop(f"{row}.price")


@breaks("TXN-016")
def other_without_a_word(sheet: Sheet) -> str | None:
    row = next((r for r in sheet.rows(ONE, "SP") if not sheet.row_notes(r)), None)
    if row is None or sheet.data.get("remarks"):
        return None
    return sheet.set(f"{row}.transaction_code", "J")


@breaks("TXN-026")
def grant_to_a_mere_holder(sheet: Sheet) -> str | None:
    if sheet.first(codes="ADFIM") is None or len(sheet.data["owners"]) > 1:
        return None
    owner = sheet.data["owners"][0]
    owner.update(is_director=False, is_officer=False, is_other=False, is_ten_percent_owner=True)
    owner.pop("officer_title", None)
    owner.pop("other_text", None)
    row = sheet.first(codes="ADFIM")
    return f"{row}.transaction_code"


def _gift(sheet: Sheet) -> str | None:
    return next(
        (
            r
            for r in sheet.rows(codes="G", acquired_disposed="D")
            if sheet.get(f"{r}.transaction_date") >= "2023-02-27"
        ),
        None,
    )


@breaks("TXN-027")
def gift_left_to_form_5(sheet: Sheet) -> str | None:
    row = _gift(sheet) if sheet.base == "4" else None
    return row and sheet.set(f"{row}.transaction_form_type", "5")


@breaks("TXN-028")
def sale_marked_early(sheet: Sheet) -> str | None:
    row = sheet.first(codes="SPFA") if sheet.base == "4" else None
    return row and sheet.set(f"{row}.transaction_form_type", "5")


@breaks("TXN-030")
def late_mark_on_form_4(sheet: Sheet) -> str | None:
    row = sheet.first(transaction_form_type="4") if sheet.base == "4" else None
    return row and sheet.set(f"{row}.timeliness", "L")


@breaks("TXN-039")
def the_same_row_twice(sheet: Sheet) -> str | None:
    rows = sheet.data.get(ONE, [])
    row = sheet.first(ONE, "SP")
    if row is None or len(rows) > 20:
        return None
    index = int(row[len(ONE) + 1 : -1])
    rows.insert(index + 1, dict(rows[index]))
    return f"{ONE}[{index + 1}]"


@breaks("TXN-044")
def exercise_gives_shares_away(sheet: Sheet) -> str | None:
    row = sheet.first(ONE, "M", acquired_disposed="A")
    return row and sheet.set(f"{row}.acquired_disposed", "D")


@breaks("TXN-047")
def put_exercised_as_acquired(sheet: Sheet) -> str | None:
    row = sheet.first(ONE, "M", acquired_disposed="A")
    exercised = list(sheet.rows(TWO, "MCXO"))
    if row is None or len(exercised) != 1 or len(list(sheet.rows(ONE, "MCXO"))) != 1:
        return None
    day = sheet.get(f"{row}.transaction_date")
    if sheet.get(f"{exercised[0]}.transaction_date") != day:
        return None
    sheet.set(f"{exercised[0]}.security_title", "Put Option (Right to Sell)")
    return f"{row}.acquired_disposed"


@breaks("TXN-045")
def no_letter(sheet: Sheet) -> str | None:
    row = sheet.first(ONE)
    return row and sheet.drop(f"{row}.acquired_disposed")


# ---- dates


@breaks("DAT-001", also="DAT-003")
def reported_before_it_happened(sheet: Sheet) -> str | None:
    if sheet.base != "4" or len(list(sheet.rows())) != 1 or sheet.edition:
        return None
    day = _later(_signed(sheet), 400)
    row = sheet.first()
    sheet.set(f"{row}.transaction_date", day)
    return sheet.set("period_of_report", day)


@breaks("DAT-002")
def period_of_another_day(sheet: Sheet) -> str | None:
    if sheet.base != "4" or sheet.amends or sheet.first() is None:
        return None
    return sheet.set("period_of_report", _later(sheet.data["period_of_report"], -3))


@breaks("DAT-003")
def row_dated_next_year(sheet: Sheet) -> str | None:
    rows = list(sheet.rows(ONE))
    if sheet.base != "4" or len(rows) < 2 or sheet.edition:
        return None
    return sheet.set(f"{rows[-1]}.transaction_date", _later(_signed(sheet), 365))


@breaks("DAT-004")
def year_26(sheet: Sheet) -> str | None:
    row = sheet.first(ONE)
    if row is None:
        return None
    return sheet.set(f"{row}.transaction_date", "0026" + sheet.get(f"{row}.transaction_date")[4:10])


@breaks("DAT-007")
def deemed_date_without_ground(sheet: Sheet) -> str | None:
    words = ("10b5", "plan", "instruction", "automatic", "discretion", "mandat", "contract", "arrangement")
    row = next((r for r in sheet.rows(codes="SPF") if not sheet.get(f"{r}.deemed_execution_date")), None)
    if row is None or sheet.data.get("aff10b5_one") or any(w in sheet.texts() for w in words):
        return None
    return sheet.set(f"{row}.deemed_execution_date", _later(sheet.get(f"{row}.transaction_date"), 1))


@breaks("TXN-046")
def sold_by_a_swap(sheet: Sheet) -> str | None:
    row = sheet.first(ONE, "S")
    if row != f"{ONE}[0]" or len(sheet.data[ONE]) > 1 or sheet.get(f"{row}.amount_owned_following") is None:
        return None
    sheet.set(f"{row}.equity_swap", True)
    return f"{row}.amount_owned_following"


@breaks("DAT-008")
def deemed_before_the_trade(sheet: Sheet) -> str | None:
    row = sheet.first(codes="S") if sheet.data.get("aff10b5_one") is True else None
    return row and sheet.set(f"{row}.deemed_execution_date", _later(sheet.get(f"{row}.transaction_date"), -1))


@breaks("DAT-009")
def deemed_two_weeks_later(sheet: Sheet) -> str | None:
    row = sheet.first(codes="S") if sheet.data.get("aff10b5_one") is True else None
    return row and sheet.set(f"{row}.deemed_execution_date", _later(sheet.get(f"{row}.transaction_date"), 14))


@breaks("DAT-010")
def deemed_on_the_same_day(sheet: Sheet) -> str | None:
    row = sheet.first(codes="S") if sheet.data.get("aff10b5_one") is True else None
    return row and sheet.set(f"{row}.deemed_execution_date", sheet.get(f"{row}.transaction_date"))


@breaks("DAT-011")
def traded_on_a_sunday(sheet: Sheet) -> str | None:
    row = sheet.first(ONE, "SP")
    symbol = str(sheet.data["issuer"].get("trading_symbol", "NONE")).upper()
    if row is None or sheet.base != "4" or symbol in ("NONE", "N/A", "NA"):
        return None
    day = date.fromisoformat(sheet.get(f"{row}.transaction_date")[:10])
    sunday = day - timedelta(days=day.isoweekday())
    return sheet.set(f"{row}.transaction_date", sunday.isoformat())


@breaks("DAT-012", also="DAT-003")
def signed_before_the_trade(sheet: Sheet) -> str | None:
    if sheet.base != "4" or sheet.first() is None or len(sheet.data["signatures"]) != 2:
        return None
    day = max(sheet.get(f"{row}.transaction_date")[:10] for row in sheet.rows())
    return sheet.set("signatures[0].date", _later(day, -10))


@breaks("DAT-020")
def row_dated_after_the_signature(sheet: Sheet) -> str | None:
    rows = list(sheet.rows(ONE))
    if sheet.base != "4" or len(rows) < 2 or not sheet.edition:
        return None
    return sheet.set(f"{rows[-1]}.transaction_date", _later(_signed(sheet), 365))


# ---- plans


@breaks("PLN-003")
def plan_box_without_a_word(sheet: Sheet) -> str | None:
    if sheet.data.get("aff10b5_one") is not False or sheet.data.get("footnotes") or sheet.data.get("remarks"):
        return None
    return sheet.set("aff10b5_one", True) if sheet.base in "45" else None


@breaks("PLN-004")
def plan_in_the_text_only(sheet: Sheet) -> str | None:
    row = sheet.first(ONE, "S")
    if row is None or sheet.data.get("aff10b5_one") is not False:
        return None
    sheet.note(
        f"{row}.amount", "Effected under a Rule 10b5-1 plan adopted by the reporting person on June 3, 2023."
    )
    return "aff10b5_one"


@breaks("PLN-005")
def box_for_an_old_plan(sheet: Sheet) -> str | None:
    row = sheet.first(ONE, "S")
    if row is None or sheet.data.get("aff10b5_one") is not False or sheet.data.get("footnotes"):
        return None
    if sheet.get(f"{row}.transaction_date") < "2023-08-25":
        return None
    sheet.note(
        f"{row}.amount", "Effected under a Rule 10b5-1 plan adopted by the reporting person on June 3, 2021."
    )
    return sheet.set("aff10b5_one", True)


@breaks("PLN-011")
def plan_without_its_date(sheet: Sheet) -> str | None:
    row = sheet.first(ONE, "S")
    if row is None or sheet.data.get("aff10b5_one") is not False or sheet.data.get("footnotes"):
        return None
    sheet.note(f"{row}.amount", "Effected under a Rule 10b5-1 plan.")
    return sheet.set("aff10b5_one", True)


@breaks("PLN-006")
def plan_adopted_last_week(sheet: Sheet) -> str | None:
    row = sheet.first(ONE, "S")
    if row is None or sheet.data.get("aff10b5_one") is not False or sheet.data.get("footnotes"):
        return None
    day = date.fromisoformat(sheet.get(f"{row}.transaction_date")[:10]) - timedelta(days=8)
    if day < date(2023, 3, 1):
        return None
    sheet.note(
        f"{row}.amount", f"Effected under a Rule 10b5-1 plan adopted by the reporting person on {day}."
    )
    sheet.set("aff10b5_one", True)
    return f"{row}.transaction_date"


@breaks("DAT-016")
def trades_of_three_days_on_a_row(sheet: Sheet) -> str | None:
    row = sheet.first(ONE, "S")
    if row is None or sheet.data.get("footnotes"):
        return None
    day = date.fromisoformat(sheet.get(f"{row}.transaction_date")[:10])
    days = ", ".join(f"{d:%B} {d.day}, {d.year}" for d in (day - timedelta(days=2), day - timedelta(days=1)))
    sheet.note(f"{row}.amount", f"The shares were sold on {days} and {day:%B} {day.day}, {day.year}.")
    return f"{row}.transaction_date"


@breaks("TXN-015")
def withheld_from_nothing(sheet: Sheet) -> str | None:
    row = next((r for r in sheet.rows(ONE, "F") if not sheet.row_notes(r)), None)
    if row is None or len(sheet.data[ONE]) < 2 or sheet.data.get(TWO) or sheet.data.get("footnotes"):
        return None
    others = [
        r for r in sheet.rows(ONE) if r != row and sheet.get(f"{r}.transaction_code") in ("M", "A", "X", "C")
    ]
    if not others or others != [r for r in sheet.rows(ONE) if r != row]:
        return None
    for other in reversed(others):
        sheet.drop(other)
    return f"{ONE}[0].transaction_code"


@breaks("TXN-029")
def small_acquisition_not_marked_early(sheet: Sheet) -> str | None:
    row = sheet.first(codes="LWZ", transaction_form_type="5") if sheet.base == "4" else None
    if row is not None:
        sheet.drop(f"{row}.timeliness")
    return row and sheet.set(f"{row}.transaction_form_type", "4")


@breaks("TXN-029")
def gift_received_not_marked_early(sheet: Sheet) -> str | None:
    rows = sheet.rows(codes="G", acquired_disposed="A") if sheet.base == "4" else iter(())
    row = next((r for r in rows if sheet.get(f"{r}.transaction_form_type") == "5"), None)
    if row is not None:
        sheet.drop(f"{row}.timeliness")
    return row and sheet.set(f"{row}.transaction_form_type", "4")


@breaks("TXN-031")
def large_small_acquisition(sheet: Sheet) -> str | None:
    row = sheet.first(ONE, "L")
    if row is None or not sheet.amount(f"{row}.price"):
        return None
    sheet.set(f"{row}.price", "1000")
    sheet.set(f"{row}.amount", "100")
    return f"{row}.transaction_code"


@breaks("TXN-034")
def split_reported(sheet: Sheet) -> str | None:
    row = sheet.first(ONE, "J")
    if row is None or not sheet.data.get("footnotes"):
        return None
    notes = sheet.row_notes(row)
    if len(sheet.data["footnotes"]) != 1 or not notes:
        return None
    sheet.data["footnotes"][0]["text"] = (
        "Shares received in a two-for-one stock split effected as a stock dividend."
    )
    return f"{row}.transaction_code"


@breaks("TXN-043")
def option_bought_and_disposed_of(sheet: Sheet) -> str | None:
    row = next((r for r in sheet.rows(TWO, "P") if not sheet.row_notes(r)), None)
    return row and sheet.set(f"{row}.acquired_disposed", "D")


@breaks("SWG-001")
def bought_and_sold_in_a_month(sheet: Sheet) -> str | None:
    row = sheet.first(ONE, "P")
    rows = sheet.data.get(ONE, [])
    price = sheet.amount(f"{row}.price") if row else None
    if row is None or price is None or sheet.base != "4" or len(rows) > 1:
        return None
    sold = dict(rows[int(row[len(ONE) + 1 : -1])])
    sold.update(transaction_code="S", acquired_disposed="D", price=str(price + 5))
    rows.append(sold)
    return f"{ONE}[{len(rows) - 1}].transaction_code"
