"""Mutants of drafts that compute what they break, or look at several rows at once."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.checks.mutants.sheet import Sheet

ONE, TWO = "non_derivative", "derivative"
_RELATIONSHIPS = ("is_director", "is_officer", "is_ten_percent_owner", "is_other")


def the_same_person_twice(sheet: Sheet) -> str | None:
    owners = sheet.data["owners"]
    if len(owners) > 9:
        return None
    owners.append(dict(owners[0], cik=owners[0]["cik"].lstrip("0")))
    return f"owners[{len(owners) - 1}].cik"


def no_relationship(sheet: Sheet) -> str | None:
    if len(sheet.data["owners"]) > 1 or sheet.first(codes="ADFIM"):
        return None
    owner = sheet.data["owners"][0]
    owner.update(dict.fromkeys(_RELATIONSHIPS, False))
    for name in ("officer_title", "other_text"):
        owner.pop(name, None)
    return "owners[0]"


def no_mark_of_signature(sheet: Sheet) -> str | None:
    name, *others = (str(signature["name"]) for signature in sheet.data["signatures"])
    if not name.lower().startswith("/s/") or not any("/s/" in other.lower() for other in others):
        return None
    return sheet.set("signatures[0].name", name[3:].strip())


def amendment_without_a_word(sheet: Sheet) -> str | None:
    if not sheet.amends:
        return None
    for note in sheet.data.get("footnotes", ()):
        note["text"] = "Held in a brokerage account."
    sheet.data.pop("remarks", None)
    return "remarks"


def one_of_two_signs(sheet: Sheet) -> str | None:
    if sheet.edition or len(sheet.data["owners"]) != 2 or len(sheet.data["signatures"]) != 2:
        return None
    if any(word in str(sheet.data["signatures"]).lower() for word in ("attorney", "behalf", "each", " for ")):
        return None
    sheet.data["signatures"].pop(0)
    return "signatures"


def _later(text: str, days: int) -> str:
    return (date.fromisoformat(text[:10]) + timedelta(days=days)).isoformat()


def _signed(sheet: Sheet) -> str:
    return max(str(s["date"])[:10] for s in sheet.data["signatures"])


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


def reported_before_it_happened(sheet: Sheet) -> str | None:
    if sheet.base != "4" or len(list(sheet.rows())) != 1 or sheet.edition:
        return None
    day = _later(_signed(sheet), 400)
    row = sheet.first()
    sheet.set(f"{row}.transaction_date", day)
    return sheet.set("period_of_report", day)


def row_dated_next_year(sheet: Sheet) -> str | None:
    rows = list(sheet.rows(ONE))
    if sheet.base != "4" or len(rows) < 2 or sheet.edition:
        return None
    return sheet.set(f"{rows[-1]}.transaction_date", _later(_signed(sheet), 365))


def traded_on_a_sunday(sheet: Sheet) -> str | None:
    row = sheet.first(ONE, "SP")
    symbol = str(sheet.data["issuer"].get("trading_symbol", "NONE")).upper()
    if row is None or sheet.base != "4" or symbol in ("NONE", "N/A", "NA"):
        return None
    day = date.fromisoformat(sheet.get(f"{row}.transaction_date")[:10])
    sunday = day - timedelta(days=day.isoweekday())
    return sheet.set(f"{row}.transaction_date", sunday.isoformat())


def signed_before_the_trade(sheet: Sheet) -> str | None:
    if sheet.base != "4" or sheet.first() is None or len(sheet.data["signatures"]) != 2:
        return None
    day = max(sheet.get(f"{row}.transaction_date")[:10] for row in sheet.rows())
    return sheet.set("signatures[0].date", _later(day, -10))


def row_dated_after_the_signature(sheet: Sheet) -> str | None:
    rows = list(sheet.rows(ONE))
    if sheet.base != "4" or len(rows) < 2 or not sheet.edition:
        return None
    return sheet.set(f"{rows[-1]}.transaction_date", _later(_signed(sheet), 365))


def trades_of_three_days_on_a_row(sheet: Sheet) -> str | None:
    row = sheet.first(ONE, "S")
    if row is None or sheet.data.get("footnotes"):
        return None
    day = date.fromisoformat(sheet.get(f"{row}.transaction_date")[:10])
    days = ", ".join(f"{d:%B} {d.day}, {d.year}" for d in (day - timedelta(days=2), day - timedelta(days=1)))
    sheet.note(f"{row}.amount", f"The shares were sold on {days} and {day:%B} {day.day}, {day.year}.")
    return f"{row}.transaction_date"


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


def _two_of_a_line(sheet: Sheet) -> tuple[str, str] | None:
    """The last two rows of Table I where all rows are of one line and run on from each other."""
    rows = list(sheet.rows(ONE))
    if len(rows) < 2 or len(sheet.data["owners"]) > 1 or len(sheet.data[ONE]) > len(rows):
        return None
    lines = {
        (
            sheet.get(f"{r}.security_title"),
            sheet.get(f"{r}.ownership_form"),
            sheet.get(f"{r}.nature_of_ownership"),
        )
        for r in rows
    }
    if len(lines) != 1 or any(
        sheet.notes(f"{r}.{c}")
        for r in rows
        for c in ("amount_owned_following", "security_title", "nature_of_ownership")
    ):
        return None
    totals = [sheet.amount(f"{r}.amount_owned_following") for r in rows]
    changes = [sheet.amount(f"{r}.amount") for r in rows]
    signs = [1 if sheet.get(f"{r}.acquired_disposed") == "A" else -1 for r in rows]
    if any(t is None for t in totals) or any(not c for c in changes):
        return None
    runs = all(totals[i - 1] + signs[i] * changes[i] == totals[i] for i in range(1, len(rows)))  # type: ignore[operator]
    return (rows[-2], rows[-1]) if runs else None


def total_below_the_grant(sheet: Sheet) -> str | None:
    rows = list(sheet.rows(ONE))
    row = sheet.first(ONE, "APM", acquired_disposed="A")
    if row is None or sheet.base != "4" or len(rows) != 1 or sheet.notes(f"{row}.amount_owned_following"):
        return None
    amount = sheet.amount(f"{row}.amount")
    return (
        sheet.set(f"{row}.amount_owned_following", str(int(amount // 2))) if amount and amount > 10 else None
    )


def total_with_digits_exchanged(sheet: Sheet) -> str | None:
    rows = _two_of_a_line(sheet) if sheet.base == "4" else None
    if rows is None:
        return None
    total = sheet.amount(f"{rows[1]}.amount_owned_following")
    return sheet.set(f"{rows[1]}.amount_owned_following", str((total or 0) + 909))


def sold_more_than_held(sheet: Sheet) -> str | None:
    rows = _two_of_a_line(sheet) if sheet.base == "4" else None
    if rows is None or sheet.get(f"{rows[1]}.transaction_code") != "S":
        return None
    before = sheet.amount(f"{rows[0]}.amount_owned_following")
    return sheet.set(f"{rows[1]}.amount", str((before or 0) + 5000))


def holding_of_a_line_that_traded(sheet: Sheet) -> str | None:
    rows = sheet.data.get(ONE, [])
    row = sheet.first(ONE, "SFP")
    if row is None or len(rows) > 20 or sheet.row_notes(row):
        return None
    cells = ("security_title", "amount_owned_following", "ownership_form", "nature_of_ownership")
    traded = sheet.raw(row)
    rows.append({"kind": "holding", **{cell: traded[cell] for cell in cells if cell in traded}})
    return f"{ONE}[{len(rows) - 1}]"


def class_spelled_two_ways(sheet: Sheet) -> str | None:
    rows = list(sheet.rows(ONE, ownership_form="D"))
    if len(rows) < 2 or any(sheet.get(f"{r}.security_title") != "Common Stock" for r in rows):
        return None
    return sheet.set(f"{rows[-1]}.security_title", "Common Stk")


def option_converted(sheet: Sheet) -> str | None:
    for row in sheet.rows(TWO, "M"):
        if (
            "option" in str(sheet.get(f"{row}.security_title")).lower()
            and len(list(sheet.rows(codes="M"))) == 2
        ):
            for other in list(sheet.rows(codes="M")):
                sheet.set(f"{other}.transaction_code", "C")
            return f"{row}.transaction_code"
    return None


def class_b_exercised(sheet: Sheet) -> str | None:
    for row in sheet.rows(TWO, "C"):
        title = str(sheet.get(f"{row}.security_title")).lower()
        if "class b" in title and len(list(sheet.rows(codes="C"))) == 2:
            for other in list(sheet.rows(codes="C")):
                sheet.set(f"{other}.transaction_code", "M")
            return f"{row}.transaction_code"
    return None


def exercise_without_shares(sheet: Sheet) -> str | None:
    shares = list(sheet.rows(ONE, "M"))
    row = sheet.first(TWO, "M")
    if row is None or len(shares) != 1 or sheet.row_notes(shares[0]) or len(sheet.data[ONE]) < 2:
        return None
    if any(word in sheet.texts() for word in ("cash", "settle")):
        return None
    sheet.drop(shares[0])
    return f"{row}.transaction_code"


def shares_without_an_exercise(sheet: Sheet) -> str | None:
    rows = list(sheet.rows(TWO, "M"))
    row = sheet.first(ONE, "M")
    if row is None or len(rows) != 1 or len(sheet.data[TWO]) != 1 or sheet.row_notes(rows[0]):
        return None
    sheet.data.pop(TWO)
    return f"{row}.transaction_code"


def legs_of_different_size(sheet: Sheet) -> str | None:
    rows = list(sheet.rows(TWO, "M"))
    shares = list(sheet.rows(ONE, "M"))
    if len(rows) != 1 or len(shares) != 1 or sheet.amends or sheet.texts():
        return None
    underlying = sheet.amount(f"{rows[0]}.underlying_amount")
    if underlying is None or underlying != sheet.amount(f"{shares[0]}.amount"):
        return None
    return sheet.set(f"{rows[0]}.underlying_amount", str(underlying + 800))


def strike_and_price_differ(sheet: Sheet) -> str | None:
    rows, shares = list(sheet.rows(TWO, "MX")), list(sheet.rows(ONE, "MX"))
    if len(rows) != 1 or len(shares) != 1:
        return None
    strike, price = sheet.amount(f"{rows[0]}.exercise_price"), sheet.amount(f"{shares[0]}.price")
    if not strike or strike != price or sheet.notes(f"{shares[0]}.price"):
        return None
    return sheet.set(f"{shares[0]}.price", str(strike + 5))


def underlying_of_what_remains(sheet: Sheet) -> str | None:
    rows, shares = list(sheet.rows(TWO, "M")), list(sheet.rows(ONE, "M"))
    if len(rows) != 1 or len(shares) != 1:
        return None
    remaining = sheet.amount(f"{rows[0]}.amount_owned_following")
    if not remaining or remaining == sheet.amount(f"{rows[0]}.underlying_amount"):
        return None
    return sheet.set(f"{rows[0]}.underlying_amount", str(remaining))


def number_used_twice(sheet: Sheet) -> str | None:
    notes = sheet.data.get("footnotes", [])
    if not notes or len(notes) > 90:
        return None
    notes.append({"id": notes[0]["id"], "text": "Held in trust."})
    return f"footnotes[{len(notes) - 1}].id"


def reference_to_nothing(sheet: Sheet) -> str | None:
    row = sheet.first("non_derivative")
    if row is None or any(n["id"] == "F98" for n in sheet.data.get("footnotes", ())):
        return None
    cell = f"{row}.security_title"
    sheet.raw(row)["security_title"] = {"value": sheet.get(cell), "footnotes": [*sheet.notes(cell), "F98"]}
    return cell


def footnote_of_nobody(sheet: Sheet) -> str | None:
    notes = sheet.data.setdefault("footnotes", [])
    if len(notes) > 90:
        return None
    number = max((int(n["id"][1:]) for n in notes), default=0) + 1
    notes.append({"id": f"F{number}", "text": "Held in trust."})
    return f"footnotes[{len(notes) - 1}]"


def footnote_twice_in_a_cell(sheet: Sheet) -> str | None:
    for row in sheet.rows():
        for cell in ("amount", "price", "security_title"):
            notes = sheet.notes(f"{row}.{cell}")
            if notes:
                sheet.raw(f"{row}.{cell}")["footnotes"].append(notes[0])
                return f"{row}.{cell}"
    return None


def footnote_of_1001_letters(sheet: Sheet) -> str | None:
    if not sheet.data.get("footnotes"):
        return None
    return sheet.set("footnotes[0].text", ("Held in trust. " * 80)[:1000].strip() + " x" * 10)


def footnotes_exchanged(sheet: Sheet) -> str | None:
    cells = [
        f"{row}.{cell}"
        for row in sheet.rows(kind="")
        for cell in sheet.raw(row)
        if sheet.notes(f"{row}.{cell}")
    ]
    if [sheet.notes(cell) for cell in cells] != [["F1"], ["F2"]] or cells[0][:18] == cells[1][:18]:
        return None
    for cell, note in zip(cells, ("F2", "F1"), strict=True):
        sheet.raw(cell)["footnotes"] = [note]
    return cells[1]
