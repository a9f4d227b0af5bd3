"""Footnotes and remarks."""

from __future__ import annotations

from tests.checks.mutants.sheet import Sheet, collector

MUTANTS, breaks, _ = collector()


@breaks("FTN-001", also="FTN-003 FTN-004")
def number_with_a_zero(sheet: Sheet) -> str | None:
    notes = sheet.data.get("footnotes")
    return sheet.set("footnotes[0].id", "F01") if notes else None


@breaks("FTN-002")
def number_used_twice(sheet: Sheet) -> str | None:
    notes = sheet.data.get("footnotes", [])
    if not notes or len(notes) > 90:
        return None
    notes.append({"id": notes[0]["id"], "text": "Held in trust."})
    return f"footnotes[{len(notes) - 1}].id"


@breaks("FTN-003")
def reference_to_nothing(sheet: Sheet) -> str | None:
    row = sheet.first("non_derivative")
    if row is None or any(n["id"] == "F98" for n in sheet.data.get("footnotes", ())):
        return None
    cell = f"{row}.security_title"
    sheet.raw(row)["security_title"] = {"value": sheet.get(cell), "footnotes": [*sheet.notes(cell), "F98"]}
    return cell


@breaks("FTN-004")
def footnote_of_nobody(sheet: Sheet) -> str | None:
    notes = sheet.data.setdefault("footnotes", [])
    if len(notes) > 90:
        return None
    number = max((int(n["id"][1:]) for n in notes), default=0) + 1
    notes.append({"id": f"F{number}", "text": "Held in trust."})
    return f"footnotes[{len(notes) - 1}]"


@breaks("FTN-005")
def footnote_twice_in_a_cell(sheet: Sheet) -> str | None:
    for row in sheet.rows():
        for cell in ("amount", "price", "security_title"):
            notes = sheet.notes(f"{row}.{cell}")
            if notes:
                sheet.raw(f"{row}.{cell}")["footnotes"].append(notes[0])
                return f"{row}.{cell}"
    return None


@breaks("FTN-006")
def footnote_of_1001_letters(sheet: Sheet) -> str | None:
    if not sheet.data.get("footnotes"):
        return None
    return sheet.set("footnotes[0].text", ("Held in trust. " * 80)[:1000].strip() + " x" * 10)


@breaks("FTN-007")
def footnote_to_be_written(sheet: Sheet) -> str | None:
    return (
        sheet.set("footnotes[0].text", "TBD")
        if sheet.data.get("footnotes") and not sheet.data.get("aff10b5_one")
        else None
    )


@breaks("FTN-012", also="")
def title_by_footnote_alone(sheet: Sheet) -> str | None:
    row = sheet.first("non_derivative")
    notes = sheet.data.get("footnotes")
    if row is None or not notes:
        return None
    sheet.raw(row)["security_title"] = {"footnotes": [notes[0]["id"]]}
    return f"{row}.security_title"


@breaks("FTN-014")
def social_security_number(sheet: Sheet) -> str | None:
    if not sheet.data.get("footnotes"):
        return None
    return sheet.set("footnotes[0].text", f"{sheet.data['footnotes'][0]['text']} SSN 078-05-1120.")


@breaks("FTN-008")
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


@breaks("FTN-015")
def number_to_be_determined(sheet: Sheet) -> str | None:
    row = sheet.first("non_derivative", "SP")
    if row is None or sheet.data.get("footnotes"):
        return None
    sheet.note(f"{row}.amount", "The number of shares is estimated and to be determined.")
    return f"{row}.amount"


@breaks("FTN-016")
def remarks_about_a_line(sheet: Sheet) -> str | None:
    if sheet.data.get("remarks") or sheet.data.get("footnotes") or sheet.first("non_derivative") is None:
        return None
    return sheet.set("remarks", "The shares in line 1 of Table I were sold to cover taxes.")
