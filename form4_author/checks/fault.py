"""Faults in the text of one field, with the messages that prompts, drafts and XML files share.

Limits and lists come from the field table and the code tables. Sources: EDGAR Ownership XML Technical Specification
5.5, sections 3.2 and 3.5.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from form4_author import codes
from form4_author.errors import MalformedValue
from form4_author.findings import Hit
from form4_author.model.field import Field, Kind
from form4_author.text import DECIMALS, LARGEST_AMOUNT, ZonedDate, amount, day, grouped, unfit_character

if TYPE_CHECKING:
    from collections.abc import Callable

    from form4_author.codes import Edition

__all__ = ["code_names", "shown", "value_fault"]

_PLAIN_NUMBER: Final = re.compile(r"[0-9]*\.?[0-9]*\Z")
_FOOTNOTE_ID: Final = re.compile(r"F[1-9][0-9]?\Z")
_ZIP: Final = re.compile(r"[0-9A-Za-z #-]*\Z")
_TYPED: Final = frozenset({Kind.NUMBER, Kind.DATE, Kind.FLAG})
_BARE: Final = frozenset({Kind.NUMBER, Kind.DATE, Kind.FLAG, Kind.CODE, Kind.DIGITS})
_LONGEST_QUOTE: Final = 40


def shown(text: str) -> str:
    """The text in quotes, on one line, cut when long."""
    line = " ".join(text.split()) if text.strip() else text
    return f'"{line[:_LONGEST_QUOTE]}…"' if len(line) > _LONGEST_QUOTE else f'"{line}"'


def value_fault(field: Field, text: str, edition: Edition | None = None) -> Hit | None:
    """The fault of a text as the value of a field; None for a valid text.

    The hit's path is the field's name alone; ``edition`` decides which places the state field accepts (None: the
    current edition). The text is checked as it would appear in the XML.
    """
    if not text.strip() and field.kind in _TYPED:
        return _hit(field, "DOC-005", f"{field.caption} is empty; give a value or leave it out")
    if field.kind in _BARE and text != text.strip() and text.strip():
        return _hit(
            field,
            "DOC-018",
            f"{field.caption} has spaces or line breaks around {shown(text.strip())}; remove them",
        )
    if field.kind is Kind.CODE:
        return _code_fault(field, text, edition)
    return _FAULTS[field.kind](field, text)


def _hit(field: Field, id: str, message: str) -> Hit:
    return Hit((field.name,), message, id=id)


def _number_fault(field: Field, text: str) -> Hit | None:
    if _PLAIN_NUMBER.match(text) is None or text == ".":
        return _hit(
            field,
            "DOC-006",
            f"{field.caption} must be digits with at most one decimal point; found {shown(text)}",
        )
    value = amount(text)
    if value > LARGEST_AMOUNT:
        return _hit(
            field,
            "DOC-006",
            f"{field.caption} must be at most {grouped(LARGEST_AMOUNT)}; found {shown(text)}",
        )
    if len(text.partition(".")[2].rstrip("0")) > DECIMALS:
        return _hit(
            field, "DOC-006", f"{field.caption} may have at most {DECIMALS} decimals; found {shown(text)}"
        )
    return None


def _flag_fault(field: Field, text: str) -> Hit | None:
    if text in {"0", "1", "true", "false"}:
        return None
    return _hit(field, "DOC-033", f"{field.caption} must be 1, 0, true or false; found {shown(text)}")


def _digits_fault(field: Field, text: str) -> Hit | None:
    if text.isascii() and text.isdecimal() and len(text) <= (field.longest or len(text)):
        return None
    return _hit(
        field, field.malformed, f"{field.caption} must be 1 to {field.longest} digits; found {shown(text)}"
    )


def _date_fault(field: Field, text: str) -> Hit | None:
    try:
        value = day(text)
    except MalformedValue:
        return _hit(
            field, "DOC-007", f"{field.caption} must be a date written YYYY-MM-DD; found {shown(text)}"
        )
    if isinstance(value, ZonedDate):
        return _hit(
            field,
            "DOC-021",
            f'{field.caption} {value} has a time zone, "{value.zone}"; remove it',
        )
    return None


def code_names(field: Field, edition: Edition | None = None) -> dict[str, str]:
    """The values of a coded field, with the meaning of each; empty for footnote ids."""
    if isinstance(field.codes, tuple):
        return dict.fromkeys(field.codes, "")
    if field.codes == "state" and edition is not None and not edition.has_country:
        return codes.place_names()
    tables: dict[str, Callable[[], dict[str, str]]] = {
        "transaction": lambda: {c.code: c.name for c in codes.transaction_codes().values()},
        "form": lambda: {f.form: f.title for f in codes.forms().values()},
        "country": lambda: {c.code: c.name for c in codes.countries().values()},
        "state": lambda: {s.code: s.name for s in codes.states().values()},
    }
    return tables[field.codes]() if field.codes in tables else {}


def _code_fault(field: Field, text: str, edition: Edition | None) -> Hit | None:
    if field.codes == "footnote":
        if _FOOTNOTE_ID.match(text):
            return None
        return _hit(field, field.malformed, f"{field.caption} must be F1 to F99; found {shown(text)}")
    names = code_names(field, edition)
    if text in names or not text.strip():
        return None
    return _hit(field, field.malformed, f"{field.caption} {_not_listed(field, text, names)}")


def _not_listed(field: Field, text: str, names: dict[str, str]) -> str:
    if len(names) <= 6:
        return f"must be {' or '.join(names)}; found {shown(text)}"
    flag = codes.printed_flags().get(text) if field.codes == "transaction" else None
    if flag is not None:
        return f'"{text}" is a mark that EDGAR adds, not a code to file; use {flag.sent_as} instead'
    place = codes.place_names().get(text) if field.codes == "state" else None
    if place is not None:
        return f'"{text}" ({place}) is not a US state; enter it as Country and check Non-US Address'
    message = f"{shown(text)} is not one of {len(names)} codes"
    close = _closest(text, names)
    return f"{message}; closest: {close}" if close else message


def _closest(text: str, names: dict[str, str]) -> str:
    """The code that the text gives in lower case or in words."""
    import difflib

    wanted = text.strip().upper()
    if wanted in names:
        return f'"{wanted}" ({names[wanted]})'
    by_name = {name.upper(): code for code, name in names.items()}
    found = difflib.get_close_matches(wanted, by_name, n=1)
    return f'"{by_name[found[0]]}" ({names[by_name[found[0]]]})' if found else ""


def _text_fault(field: Field, text: str) -> Hit | None:
    if field.longest is not None and len(text) > field.longest:
        id = field.malformed or "DOC-008"
        return _hit(
            field, id, f"{field.caption} may have at most {field.longest:,} characters; it has {len(text):,}"
        )
    if field.name == "zip" and _ZIP.match(text) is None:
        return _hit(
            field,
            field.malformed,
            f"{field.caption} accepts only letters, digits, spaces, # and -; found {shown(text)}",
        )
    unfit = unfit_character(text)
    if unfit is not None:
        message = f"{field.caption} has a control character, U+{ord(unfit):04X}; remove it"
        return _hit(field, "DOC-024", message)
    return None


_FAULTS: Final[dict[Kind, Callable[[Field, str], Hit | None]]] = {
    Kind.NUMBER: _number_fault,
    Kind.DATE: _date_fault,
    Kind.FLAG: _flag_fault,
    Kind.DIGITS: _digits_fault,
    Kind.TEXT: _text_fault,
}
