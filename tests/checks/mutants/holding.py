"""Totals, forms of ownership, natures, titles, duplicates."""

from __future__ import annotations

from tests.checks.mutants.sheet import Sheet, collector

MUTANTS, breaks, _ = collector()

ONE, TWO = "non_derivative", "derivative"


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


@breaks("HLD-001")
def no_total(sheet: Sheet) -> str | None:
    row = sheet.first(ONE)
    return row and sheet.drop(f"{row}.amount_owned_following")


@breaks("HLD-002")
def total_below_the_grant(sheet: Sheet) -> str | None:
    rows = list(sheet.rows(ONE))
    row = sheet.first(ONE, "APM", acquired_disposed="A")
    if row is None or sheet.base != "4" or len(rows) != 1 or sheet.notes(f"{row}.amount_owned_following"):
        return None
    amount = sheet.amount(f"{row}.amount")
    return (
        sheet.set(f"{row}.amount_owned_following", str(int(amount // 2))) if amount and amount > 10 else None
    )


@breaks("HLD-003")
def total_with_digits_exchanged(sheet: Sheet) -> str | None:
    rows = _two_of_a_line(sheet) if sheet.base == "4" else None
    if rows is None:
        return None
    total = sheet.amount(f"{rows[1]}.amount_owned_following")
    return sheet.set(f"{rows[1]}.amount_owned_following", str((total or 0) + 909))


@breaks("HLD-005")
def neither_direct_nor_indirect(sheet: Sheet) -> str | None:
    row = next(
        (r for r in sheet.rows(ONE, ownership_form="D") if not sheet.get(f"{r}.nature_of_ownership")), None
    )
    return row and sheet.set(f"{row}.ownership_form", "X")


@breaks("HLD-006")
def indirect_without_saying_how(sheet: Sheet) -> str | None:
    row = sheet.first(ONE, kind="", ownership_form="I")
    return row and sheet.drop(f"{row}.nature_of_ownership")


@breaks("HLD-007")
def direct_by_spouse(sheet: Sheet) -> str | None:
    row = sheet.first(ONE, kind="", ownership_form="D")
    return row and sheet.set(f"{row}.nature_of_ownership", "By Spouse")


@breaks("HLD-008")
def held_by_entity(sheet: Sheet) -> str | None:
    row = next((r for r in sheet.rows(ONE, kind="", ownership_form="I") if not sheet.row_notes(r)), None)
    return row and sheet.set(f"{row}.nature_of_ownership", "Indirect")


def _natured(sheet: Sheet, row: str, nature: str) -> str:
    """Gives a row another nature of ownership, which makes its form wrong."""
    sheet.set(f"{row}.nature_of_ownership", nature)
    return f"{row}.ownership_form"


@breaks("HLD-009")
def joint_tenants_as_indirect(sheet: Sheet) -> str | None:
    row = sheet.first(ONE, kind="", ownership_form="I")
    return row and _natured(sheet, row, "Joint tenancy with spouse")


@breaks("HLD-012")
def the_same_holding_twice(sheet: Sheet) -> str | None:
    rows = sheet.data.get(ONE, [])
    row = sheet.first(ONE, kind="holding")
    if row is None or len(rows) > 20 or sheet.row_notes(row):
        return None
    index = int(row[len(ONE) + 1 : -1])
    rows.insert(index + 1, dict(rows[index]))
    return f"{ONE}[{index + 1}]"


@breaks("HLD-015")
def title_stock(sheet: Sheet) -> str | None:
    row = sheet.first(ONE)
    if row is None or len(sheet.data[ONE]) > 1 or sheet.data.get(TWO):
        return None
    return sheet.set(f"{row}.security_title", "Stock")


@breaks("HLD-017")
def option_in_table_1(sheet: Sheet) -> str | None:
    row = sheet.first(ONE, "A")
    if row is None or len(sheet.data[ONE]) > 1:
        return None
    return sheet.set(f"{row}.security_title", "Stock Option (Right to Buy)")


@breaks("HLD-022")
def sold_more_than_held(sheet: Sheet) -> str | None:
    rows = _two_of_a_line(sheet) if sheet.base == "4" else None
    if rows is None or sheet.get(f"{rows[1]}.transaction_code") != "S":
        return None
    before = sheet.amount(f"{rows[0]}.amount_owned_following")
    return sheet.set(f"{rows[1]}.amount", str((before or 0) + 5000))


@breaks("HLD-010")
def street_name_as_indirect(sheet: Sheet) -> str | None:
    row = sheet.first(ONE, kind="", ownership_form="I")
    return row and _natured(sheet, row, "By broker in street name")


@breaks("HLD-011")
def two_holders_on_a_line(sheet: Sheet) -> str | None:
    row = sheet.first(ONE, kind="", ownership_form="I")
    return row and sheet.set(f"{row}.nature_of_ownership", "By spouse and by family trust")


@breaks("HLD-013")
def holding_of_a_line_that_traded(sheet: Sheet) -> str | None:
    rows = sheet.data.get(ONE, [])
    row = sheet.first(ONE, "SFP")
    if row is None or len(rows) > 20 or sheet.row_notes(row):
        return None
    cells = ("security_title", "amount_owned_following", "ownership_form", "nature_of_ownership")
    traded = sheet.raw(row)
    rows.append({"kind": "holding", **{cell: traded[cell] for cell in cells if cell in traded}})
    return f"{ONE}[{len(rows) - 1}]"


@breaks("HLD-016")
def class_spelled_two_ways(sheet: Sheet) -> str | None:
    rows = list(sheet.rows(ONE, ownership_form="D"))
    if len(rows) < 2 or any(sheet.get(f"{r}.security_title") != "Common Stock" for r in rows):
        return None
    return sheet.set(f"{rows[-1]}.security_title", "Common Stk")


@breaks("HLD-018")
def shares_in_table_2(sheet: Sheet) -> str | None:
    row = sheet.first(TWO, "A")
    if row is None or sheet.row_notes(row):
        return None
    return sheet.set(f"{row}.security_title", "Common Stock")


@breaks("TXN-036")
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


@breaks("TXN-037")
def class_b_exercised(sheet: Sheet) -> str | None:
    for row in sheet.rows(TWO, "C"):
        title = str(sheet.get(f"{row}.security_title")).lower()
        if "class b" in title and len(list(sheet.rows(codes="C"))) == 2:
            for other in list(sheet.rows(codes="C")):
                sheet.set(f"{other}.transaction_code", "M")
            return f"{row}.transaction_code"
    return None


@breaks("HLD-028")
def one_line_restated_for_a_split(sheet: Sheet) -> str | None:
    """The total of the transaction has the footnote, the holding of the spouse has none."""
    rows = sheet.data.get(ONE, [])
    row = sheet.first(ONE)
    said = any(word in sheet.texts() for word in ("split", "dividend", "subdivision", "consolidation"))
    if (
        row is None
        or sheet.base != "4"
        or sheet.amends
        or len(rows) != 1
        or len(sheet.data["owners"]) > 1
        or said
    ):
        return None
    if sheet.amount(f"{row}.amount_owned_following") is None or not sheet.get(f"{row}.security_title"):
        return None
    sheet.note(f"{row}.amount_owned_following", "Restated for a 2-for-1 stock split.")
    spouse = {"ownership_form": "I", "nature_of_ownership": "By Spouse", "amount_owned_following": "700"}
    rows.append({"kind": "holding", "security_title": sheet.get(f"{row}.security_title"), **spouse})
    return f"{ONE}[1].amount_owned_following"
