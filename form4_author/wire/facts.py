"""Facts beside the document from plain data: what the file of ``form4 check --facts`` holds.

Keys are the model's attribute names (``form4_author.model.facts``); scalars are text, flags may be true or false. An
example, as YAML:

    issuer: {cik: 1652044, fiscal_year_end: 12-31, listed: true}
    persons: [{cik: 1295032, insider_until: 2026-09-30}]
    powers: [{principal: Jane Doe, agents: [Sam Roe], signed: 2026-01-15, until: 2026-12-31}]
    adjustments: [{security_title: Common Stock, change: 12.5, day: 2026-10-01, reason: dividend reinvested}]
    prices: [{security_title: Common Stock, day: 2026-10-06, price: 41.20}]
    filing_at: 2026-10-08T21:40-04:00
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo

from form4_author.errors import MalformedValue, UnreadableInput
from form4_author.findings import Path, path_text
from form4_author.model.facts import (
    Adjustment,
    Authentication,
    Facts,
    IssuerFacts,
    MarketPrice,
    PersonFacts,
    PowerOfAttorney,
    PriorFiling,
)
from form4_author.text import amount, day, flag

if TYPE_CHECKING:
    from decimal import Decimal

__all__ = ["facts_from"]

_EASTERN: Final = ZoneInfo("America/New_York")
"""EDGAR's clock: the day of a moment is the day there."""

_Parser = Callable[[Any, Path], object]


def facts_from(data: object, history: tuple[PriorFiling, ...] | None = None) -> Facts:
    """The facts in plain data, with the history as read elsewhere.

    Raises UnreadableInput (DOC-030) that names the key, for a key that is not known or a value that is not of its kind.
    """
    return Facts(history=history, **_record(data, _FACTS, ()))


def _record(data: object, parsers: Mapping[str, _Parser], path: Path) -> dict[str, Any]:
    if not isinstance(data, Mapping):
        raise _unfit(path, "it must hold keys", tuple(parsers))
    unknown = next((key for key in data if key not in parsers), None)
    if unknown is not None:
        raise _unfit((*path, str(unknown)), "it is not a known key", tuple(parsers))
    return {key: parsers[key](value, (*path, key)) for key, value in data.items() if value is not None}


def _unfit(path: Path, problem: str, keys: tuple[str, ...]) -> UnreadableInput:
    where = path_text(path) or "the file"
    return UnreadableInput(f"Facts: {where}: {problem}", remedy=f"Use one of {', '.join(keys)}", id="DOC-030")


def _malformed(path: Path, problem: str) -> UnreadableInput:
    return UnreadableInput(
        f"Facts: {path_text(path)}: {problem}", remedy="Correct the value or remove the key", id="DOC-030"
    )


def _text(value: object, path: Path) -> str:
    if not isinstance(value, str) or not value.strip():
        raise _malformed(path, "it must be text")
    return value.strip()


def _of(parse: Callable[[str], object]) -> _Parser:
    """A parser of one kind of text."""

    def parsed(value: object, path: Path) -> object:
        try:
            return parse(_text(value, path))
        except MalformedValue as error:
            raise _malformed(path, error.problem) from None

    return parsed


def _flag(value: object, path: Path) -> bool:
    if isinstance(value, bool):
        return value
    try:
        return flag(_text(value, path))
    except MalformedValue as error:
        raise _malformed(path, error.problem) from None


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
        here = moment.astimezone(_EASTERN) if moment.tzinfo is not None else None
    except (ValueError, OverflowError):  # on the first or last day there is, another zone has no such moment
        here = None
    if here is None:
        raise MalformedValue(f'"{text}" is not a time with its zone such as 2026-10-08T21:40-04:00')
    return here


_MONTH_DAY: Final = re.compile(r"(?:--)?([0-9]{1,2})[-/]([0-9]{1,2})\Z")


def _month_day(text: str) -> tuple[int, int]:
    found = _MONTH_DAY.match(text)
    try:
        end = date(2024, int(found[1]), int(found[2])) if found else None
    except ValueError:
        end = None
    if end is None:
        raise MalformedValue(f'"{text}" is not a month and day such as 12-31')
    return end.month, end.day


def _change(text: str) -> Decimal:
    """``12.5``, ``+12.5`` or ``-3``."""
    found = amount(text.lstrip("+-"))
    return -found if text.startswith("-") else found


def _each(parse: _Parser) -> _Parser:
    """A parser of a list."""

    def parsed(value: object, path: Path) -> tuple[object, ...]:
        if not isinstance(value, list):
            raise _malformed(path, "it must be a list")
        return tuple(parse(item, (*path, i)) for i, item in enumerate(value))

    return parsed


def _record_parser(kind: Callable[..., object], parsers: Mapping[str, _Parser], *required: str) -> _Parser:
    """A parser of a record."""

    def parsed(value: object, path: Path) -> object:
        given = _record(value, parsers, path)
        missing = next((key for key in required if key not in given), None)
        if missing is not None:
            raise _malformed((*path, missing), "it must be given")
        return kind(**given)

    return parsed


_DAY: Final = _of(day)
_AMOUNT: Final = _of(amount)
_MOMENT: Final = _of(_moment)

_ISSUER: Final[dict[str, _Parser]] = {
    "cik": _text,
    "foreign_private": _flag,
    "country": _text,
    "qualifying_regulation": _flag,
    "registered": _flag,
    "closed_end_fund": _flag,
    "listed": _flag,
    "fiscal_year_end": _of(_month_day),
    "went_public": _DAY,
    "shares_outstanding": _AMOUNT,
}
_PERSON: Final[dict[str, _Parser]] = {
    "cik": _text,
    "entity": _flag,
    "insider_since": _DAY,
    "insider_until": _DAY,
    "holdings_as_of": _DAY,
    "crossed_ten_percent": _flag,
    "crossing_shares_listed": _flag,
}
_POWER: Final[dict[str, _Parser]] = {
    "principal": _text,
    "agents": _each(_text),
    "issuer_cik": _text,
    "signed": _DAY,
    "until": _DAY,
    "revoked": _DAY,
    "accession_number": _text,
    "principal_cik": _text,
    "used": _DAY,
}
_AUTHENTICATION: Final[dict[str, _Parser]] = {
    "signatory": _text,
    "signed_at": _MOMENT,
    "electronic": _flag,
    "attested": _DAY,
    "retain_until": _DAY,
    "attestation_retain_until": _DAY,
}
_PRICE: Final[dict[str, _Parser]] = {"security_title": _text, "day": _DAY, "price": _AMOUNT}
_ADJUSTMENT: Final[dict[str, _Parser]] = {
    "security_title": _text,
    "change": _of(_change),
    "day": _DAY,
    "reason": _text,
    "ownership_form": _text,
    "nature_of_ownership": _text,
}
_FACTS: Final[dict[str, _Parser]] = {
    "issuer": _record_parser(IssuerFacts, _ISSUER),
    "persons": _each(_record_parser(PersonFacts, _PERSON)),
    "powers": _each(_record_parser(PowerOfAttorney, _POWER, "principal")),
    "authentications": _each(_record_parser(Authentication, _AUTHENTICATION, "signatory")),
    "prices": _each(_record_parser(MarketPrice, _PRICE, *_PRICE)),
    "adjustments": _each(
        _record_parser(Adjustment, _ADJUSTMENT, "security_title", "change", "day", "reason")
    ),
    "event_issuers": _each(_text),
    "filing_at": _MOMENT,
}
