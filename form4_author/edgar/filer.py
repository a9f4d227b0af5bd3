"""A filer's list of filings as EDGAR has it: who the filer is, and its Forms 3, 4 and 5.

The list's time of acceptance is not read: for some filers it is UTC, for others Washington's time marked as UTC.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from form4_author import codes
from form4_author.edgar.answer import as_cik, as_date, as_text, json_object
from form4_author.edgar.refusal import EdgarError
from form4_author.errors import MalformedValue
from form4_author.ident.accession import accession_number
from form4_author.ident.cik import padded_cik

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

__all__ = ["Entry", "FilerList", "OlderPage", "entries_of_page", "filer_list"]

_MOST_PAGES: Final = 500


class Entry(NamedTuple):
    """A Form 3, 4 or 5, or an amendment, in a list."""

    accession: str
    form: str
    filed: date | None
    period: date | None = None
    """The period of report, where the list states it."""


class OlderPage(NamedTuple):
    """An older part of a list."""

    name: str
    """Of its file."""
    last: date | None
    """The day of its newest filing."""
    state: str
    """What the list says of it: a page that changes has another one."""


class FilerList(NamedTuple):
    """A filer and the newest part of its list."""

    cik: str
    name: str
    entries: tuple[Entry, ...]
    pages: tuple[OlderPage, ...]


def filer_list(content: bytes, cik: str) -> FilerList:
    """The list of a filer. Raises EdgarError for one that can't be read or is another filer's."""
    what = f"CIK {cik}"
    data = json_object(content, what)
    stated = as_cik(data.get("cik"))
    if stated not in ("", cik):
        raise EdgarError(
            f"EDGAR's answer for {what} is the list of CIK {stated}",
            remedy="Give the command again later, or report it",
        )
    filings = data.get("filings")
    filings = filings if isinstance(filings, dict) else {}
    return FilerList(
        cik, as_text(data.get("name")), tuple(_entries(filings.get("recent"))), _pages(filings, cik)
    )


def entries_of_page(content: bytes, name: str) -> tuple[Entry, ...]:
    """The entries of an older page. Raises EdgarError for one that can't be read."""
    data = json_object(content, name)
    filings = data.get("filings")
    inner = filings.get("recent") if isinstance(filings, dict) else None
    return tuple(_entries(inner if inner is not None else data))


def _pages(filings: Mapping[str, Any], cik: str) -> tuple[OlderPage, ...]:
    """The older pages. Raises EdgarError for a name that is not one: leaving it out would lose filings."""
    stated = filings.get("files") or []
    if not isinstance(stated, list) or len(stated) > _MOST_PAGES:
        raise _unknown_page(cik, "a list of older pages that is not one")
    pages = []
    for each in stated:
        name = each.get("name") if isinstance(each, dict) else None
        if not isinstance(name, str) or not re.fullmatch(
            rf"CIK{padded_cik(cik)}-submissions-[0-9]{{1,6}}\.json", name
        ):
            raise _unknown_page(cik, f'an older page of the name "{as_text(name)[:80]}"')
        pages.append(OlderPage(name, as_date(each.get("filingTo")), json.dumps(each, sort_keys=True)))
    return tuple(pages)


def _unknown_page(cik: str, what: str) -> EdgarError:
    return EdgarError(
        f"EDGAR's list of CIK {cik} has {what}, which form4 does not know",
        remedy="Look whether a newer form4 knows it, and report it",
    )


def _entries(columns: object) -> Iterator[Entry]:
    """The Forms 3, 4 and 5 of the columns; a row without an accession number is none."""
    if not isinstance(columns, dict):
        return
    forms = _column(columns, "form")
    filed, periods = _column(columns, "filingDate"), _column(columns, "reportDate")
    for place, number in enumerate(_column(columns, "accessionNumber")):
        form = as_text(forms[place]) if place < len(forms) else ""
        if form not in codes.forms():
            continue
        try:
            accession = accession_number(as_text(number))
        except MalformedValue:
            continue
        yield Entry(accession, form, _day(filed, place), _day(periods, place))


def _day(column: list[Any], place: int) -> date | None:
    return as_date(column[place]) if place < len(column) else None


def _column(columns: Mapping[str, Any], name: str) -> list[Any]:
    column = columns.get(name)
    return column if isinstance(column, list) else []
