"""The name of a packet's folder: ``2026-11-27 Okafor EXMP Form 4 (vest)``."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

from form4_author.desk.happened import WORDS
from form4_author.model.conformed_signature import is_entity_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from form4_author.model.draft import Draft
    from form4_author.model.filing import Filing
    from form4_author.model.table import Row

__all__ = ["event_words", "packet_name"]

_BYTES: Final = 80
_OTHER: Final = re.compile(r"[^\w\s().-]|_")
_APOSTROPHE: Final = re.compile("['\u2019]")
_RECIPES: Final = {"rsu_withheld": "vest", "rsu_sold": "vest", "stock_withheld": "vest"}
"""What a filer calls an event whose codes say less."""
_CODES: Final = {**WORDS, "D": "sale to issuer", "F": "tax withholding", "J": "transaction"}
_OPTION: Final = re.compile(r"\boption|right to buy|\bwarrant", re.IGNORECASE)


def packet_name(draft: Draft) -> str:
    """The name: period, surname or entity, symbol, form and what happened; letters, digits, space and ``-().`` only.

    At most 80 bytes; the person's name gives way first.
    """
    filing = draft.filing
    period = filing.period_of_report.isoformat() if filing.period_of_report else "Undated"
    person = _plain(_person(filing))
    symbol = _plain(filing.issuer.trading_symbol or "")
    tail = f"Form {_plain((filing.form or '').replace('/', '-'))} ({_plain(event_words(draft))})"
    rest = " ".join(part for part in (_cut(symbol, 12), _cut(tail, 44)) if part)
    room = _BYTES - len(f"{period}  {rest}".encode())
    name = " ".join(part for part in (period, _cut(person, room), rest) if part)
    return name.rstrip(" .")


def event_words(draft: Draft) -> str:
    """What happened, in a word or two for each kind: ``vest``, ``option and sale``."""
    kinds = [kind for kind in dict.fromkeys(_kinds(draft)) if kind]
    if not kinds:
        return "holdings" if draft.filing.rows() else "no transactions"
    return " and ".join(kinds[:2]) + (" and more" if len(kinds) > 2 else "")


def _kinds(draft: Draft) -> Iterator[str]:
    named = [_RECIPES.get(event.recipe or "", "") for event in draft.interview.events]
    yield from named
    options = {_kind(row) for _path, row in draft.filing.transactions()} & {"option"}
    for _path, row in draft.filing.transactions():
        code, kind = row.transaction_code.value, _kind(row)
        if code in ("F", "M") and any(named):
            continue  # rows of the vest
        yield "option" if code in ("M", "X") and options else kind


def _kind(row: Row) -> str:
    code = row.transaction_code.value or ""
    title = str(row.security_title.value or "")
    if code in ("M", "X", "A") and _OPTION.search(title):
        return "option" if code != "A" else "option grant"
    return _CODES.get(code, "transaction" if code else "")


def _person(filing: Filing) -> str:
    """An entity's name, or the surname, which EDGAR writes first."""
    if not filing.owners:
        return ""
    owner = filing.owners[0]
    name = owner.name or f"CIK {owner.cik or ''}"
    if is_entity_name(name) or name.startswith("CIK "):
        return name
    surname = name.replace(",", " ").split()[0]
    return surname.capitalize() if surname.isupper() else surname


def _plain(text: str) -> str:
    """Letters, digits, space and ``-().`` only."""
    return " ".join(_OTHER.sub(" ", _APOSTROPHE.sub("", unicodedata.normalize("NFC", text))).split())


def _cut(text: str, size: int) -> str:
    """The text in at most so many bytes, between characters."""
    return text.encode()[: max(size, 0)].decode(errors="ignore").rstrip()
