"""A mutant as a case file states it: where to break a clean filing, how, and where the rule must fire.

mutant:
  row: non_derivative                # a transaction in Table I; "derivative holding", "either any"; left out: no row
  if:                                # what must hold; "row" is the first row for which all of it does
    - form = 4|4/A
    - row.transaction_code = S|F     # one of these values
    - row.price > 2                  # also >= and <=, on amounts and dates
    - no footnotes                   # nothing there, or a box that is not checked
    - owners[1]                      # something there: two reporting persons at least
    - row without footnotes          # refers to none; a cell too: row.price without footnotes
    - texts lack swap|forward        # footnotes and remarks in lower case; a cell too; also: have
    - draft                          # judged as a draft; filed: as an accepted filing
  edits:                             # as in cases; a cell keeps its footnotes, and what is deleted may be absent
    - row.acquired_disposed = A
    - period_of_report = {row.transaction_date - 3}   # the value there; + and - add days or an amount
    - note row.price = The price is net of commissions.    # a new footnote of this cell
    - copy row                       # after itself; from here on the copy is the row
  path: row.acquired_disposed        # where the rule must fire; left out: where the first edit is made
  also: FTN-003 FTN-004              # other rules that block for it, and rightly so
"""

from __future__ import annotations

import json
import operator
import re
from copy import deepcopy
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from form4_author.checks.example import apply

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tests.checks.mutants.sheet import Sheet

KEYS = {"row", "if", "edits", "path", "also", "function"}
_FILLED = re.compile(r"\{([a-z_][\w.\[\]]*)(?: ([+-]) ([\d.]+))?\}")
_EDIT = re.compile(r"(?P<verb>delete|note|copy)? ?(?P<path>[\w.\[\]]+)(?: = (?P<value>.*))?", re.DOTALL)
_COMPARED = re.compile(r"(\S+) (=|>=|>|<=|have|lack) (.*)")
_ROW = re.compile(r"row\b")
_ORDER = {">": operator.gt, ">=": operator.ge, "<=": operator.le}


def broken(stated: Mapping[str, Any], sheet: Sheet) -> str | None:
    """Breaks the draft as stated; the path where the rule must fire, None where the draft has nothing to break."""
    conditions = stated.get("if", ())
    row = next((row for row in _rows(stated, sheet) if all(_holds(c, sheet, row) for c in conditions)), None)
    if row is None:
        return None
    first = None
    for edit in stated["edits"]:
        row, path = _edited(edit, sheet, row)
        first = first or path
    return _ROW.sub(row, stated["path"]) if "path" in stated else first


def _rows(stated: Mapping[str, Any], sheet: Sheet) -> Iterator[str]:
    """Paths of the rows to look at; one that is empty where no row is asked for."""
    if "row" not in stated:
        return iter(("",))
    table, _, kind = stated["row"].partition(" ")
    kinds = {"": "transaction", "any": ""}
    return sheet.rows("" if table == "either" else table, kind=kinds.get(kind, kind))


def _holds(condition: str, sheet: Sheet, row: str) -> bool:
    if condition in ("draft", "filed"):
        return bool(sheet.edition) == (condition == "filed")
    place = _ROW.sub(row, condition, count=1) if re.match(r"(no )?row\b", condition) else condition
    if place.startswith("no "):
        return not sheet.get(place[3:])
    if place.endswith(" without footnotes"):
        place = place.removesuffix(" without footnotes")
        return not (sheet.row_notes(place) if place == row else sheet.notes(place))
    compared = _COMPARED.fullmatch(place)
    return _compares(sheet, row, *compared.groups()) if compared else bool(sheet.get(place))


def _compares(sheet: Sheet, row: str, path: str, how: str, wanted: str) -> bool:
    wanted = _FILLED.sub(lambda found: _filled(found, sheet, row), wanted)
    value = sheet.texts() if path == "texts" else sheet.get(path)
    if how in ("have", "lack"):
        return any(word in str(value).lower() for word in wanted.split("|")) == (how == "have")
    if how == "=":
        return (str(value).lower() if isinstance(value, bool) else value) in wanted.split("|")
    read = str if _is_date(wanted) else Decimal
    return value is not None and _ORDER[how](read(value), read(wanted))


def _is_date(text: str) -> bool:
    return re.match(r"\d{4}-\d\d-\d\d", text) is not None


def _edited(edit: str, sheet: Sheet, row: str) -> tuple[str, str]:
    """Makes one edit; the row from here on, and the path."""
    found = _EDIT.fullmatch(edit)
    assert found is not None, f'"{edit}" is no edit of a mutant'
    path = _ROW.sub(row, found["path"], count=1) if found["path"].startswith("row") else found["path"]
    verb, value = found["verb"], _FILLED.sub(lambda f: _filled(f, sheet, row), found["value"] or "")
    if verb == "delete":
        sheet.drop(path)
    elif verb == "note":
        sheet.note(path, value)
    elif verb == "copy":
        return (copied := _copied(sheet, path)), copied
    else:
        notes = sheet.notes(path)
        # What begins with a value of the filing is text, whatever that looks like.
        apply(sheet.data, f"{path} = {json.dumps(value) if _FILLED.match(found['value']) else value}")
        if notes and not isinstance(sheet.raw(path), dict):
            sheet.set(path, {"value": sheet.raw(path), "footnotes": notes})
    return row, path


def _filled(found: re.Match[str], sheet: Sheet, row: str) -> str:
    value = str(sheet.get(_ROW.sub(row, found[1])))
    if not found[3]:
        return value
    step = Decimal(found[2] + found[3])
    if _is_date(value):
        return (date.fromisoformat(value[:10]) + timedelta(days=int(step))).isoformat()
    return str(Decimal(value) + step)


def _copied(sheet: Sheet, row: str) -> str:
    """Puts a copy of a row after it; its path."""
    table, index = row[:-1].split("[")
    sheet.data[table].insert(int(index) + 1, deepcopy(sheet.raw(row)))
    return f"{table}[{int(index) + 1}]"
