"""The code tables of the forms: one CSV file each beside this module, one typed loader for all.

Nothing else in the program says what is true of a code; a rule may name the codes that it is about. Each file names its
source in its first lines; tests tie each list to the schema's, and the columns of transaction codes to each other.
Records are named tuples: making eight dataclasses would cost every start 4 ms.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from form4_author.errors import UnknownEdition
from form4_author.text import day

if TYPE_CHECKING:
    from datetime import date

__all__ = [
    "AttachmentType",
    "Closure",
    "Country",
    "Currency",
    "Edition",
    "ExemptPlace",
    "Form",
    "PostalCode",
    "PrintedFlag",
    "State",
    "Timeliness",
    "TransactionCode",
    "attachment_types",
    "closures",
    "countries",
    "country_aliases",
    "currencies",
    "current_edition",
    "due_on",
    "edition_named",
    "editions",
    "exchange_holidays",
    "exchange_spans",
    "exempt_places",
    "exercises",
    "federal_holidays",
    "folded",
    "forms",
    "matchable",
    "place_names",
    "postal_codes",
    "printed_flags",
    "purchases_and_sales",
    "state_aliases",
    "states",
    "timeliness",
    "transaction_codes",
    "unpriced",
]

_HERE: Final = Path(__file__).parent


class TransactionCode(NamedTuple):
    """One letter of the transaction code column and what its printed definition implies."""

    code: str
    name: str
    group: str
    table_1: frozenset[str]
    """The (A)/(D) codes it admits in Table I; empty when it does not belong there."""
    table_2: frozenset[str]
    form_type: str
    """``4``, ``5`` or ``either``: the transactionFormType that is right when filed on time."""
    insiders_only: bool
    """Whether it rests on Rule 16b-3, which covers officers and directors only."""
    side: str
    """``purchase``, ``sale`` or ``either`` under Section 16(b); empty where it is exempt, and for J."""
    exempt_by: str
    """The rule that exempts it from Section 16(b), as printed; empty where none does by the code alone."""
    exercise: bool
    """Whether it is an exercise or conversion of a derivative security."""
    unpriced: frozenset[str]
    """The tables (``I``, ``II``) in which nothing is paid for it, so that its price there is 0."""


class PrintedFlag(NamedTuple):
    """A letter that the form prints in the code column but that is not a transaction code."""

    code: str
    name: str
    sent_as: str


class Form(NamedTuple):
    """One of the six forms."""

    form: str
    base: str
    """``3``, ``4`` or ``5``: the form without ``/A``."""
    amendment: bool
    title: str
    omb_number: str
    burden_hours: str


class Timeliness(NamedTuple):
    """What the timeliness element may hold for a form and a row's form type."""

    base: str
    form_type: str
    allowed: frozenset[str]
    """Beside the empty value, which is always allowed."""
    meaning: str


class State(NamedTuple):
    """A state, district or territory of the United States."""

    code: str
    name: str


class Country(NamedTuple):
    """A country or Canadian province."""

    code: str
    name: str
    obsolete: bool
    """In the schema, but EDGAR suspends a filer-built submission that uses it."""


class Currency(NamedTuple):
    """A currency other than the US dollar."""

    code: str
    name: str
    also: tuple[str, ...]
    """What it is called: ``pounds``."""


class PostalCode(NamedTuple):
    """How the postal codes of a country are written."""

    code: str
    """EDGAR's code of the country."""
    forms: frozenset[str]
    """Without blanks and hyphens, 9 for a digit and A for a letter: ``A9A9A9``."""
    example: str


class AttachmentType(NamedTuple):
    """A document type that may go beside the primary document."""

    type: str
    name: str
    limit: int
    """How many a submission may hold."""


class Edition(NamedTuple):
    """A value that EDGAR stamps as schemaVersion."""

    edition: str
    bases: frozenset[str]
    """The forms (without ``/A``) it was stamped on."""
    schema: str
    """Folder of its schema below ``schemas/ownership``: the last edition of its generation."""
    captions: str
    """Which printed captions it has."""
    current: bool

    @property
    def has_plan_box(self) -> bool:
        """Whether Forms 4 and 5 of this edition carry the Rule 10b5-1 box."""
        return self.schema >= "X0508"

    @property
    def has_country(self) -> bool:
        """Whether it has the country, non-US and foreign symbol fields, and a US-only state list."""
        return self.schema >= "X0609"


class Closure(NamedTuple):
    """A day on which the SEC departs from the federal holiday calendar."""

    day: date
    takes_filings: bool
    counts: bool
    """Whether it is a business day when a deadline is counted."""
    name: str
    """What the day is called when a count is shown; why it is not confirmed, on a day that counts."""
    source: str


class ExemptPlace(NamedTuple):
    """A place whose issuers' insiders an order of the Commission exempts on conditions."""

    code: str
    """EDGAR's code of a country or province."""
    place: str
    order: date
    """The date of the order."""


def _rows(table: str) -> list[dict[str, str]]:
    with (_HERE / f"{table}.csv").open(encoding="ascii", newline="") as lines:
        return list(csv.DictReader(line for line in lines if not line.startswith("#")))


def _codes(text: str) -> frozenset[str]:
    return frozenset(text.replace("-", "").split())


@cache
def transaction_codes() -> dict[str, TransactionCode]:
    """The 18 transaction codes by letter, in the order the form groups them."""
    return {
        r["code"]: TransactionCode(
            r["code"],
            r["name"],
            r["group"],
            _codes(r["table_1"]),
            _codes(r["table_2"]),
            r["form_type"],
            r["insiders_only"] == "yes",
            r["side"].removeprefix("-"),
            r["exempt_by"].removeprefix("-"),
            r["exercise"] == "yes",
            _codes(r["unpriced"]),
        )
        for r in _rows("transaction")
    }


@cache
def matchable() -> frozenset[str]:
    """The codes of trades that may be matched under Section 16(b). J may be one too: only the filer knows."""
    return frozenset(code for code, known in transaction_codes().items() if known.side)


@cache
def exercises() -> frozenset[str]:
    """The codes of an exercise or conversion of a derivative security."""
    return frozenset(code for code, known in transaction_codes().items() if known.exercise)


@cache
def purchases_and_sales() -> frozenset[str]:
    """P and S, which the form groups as general: purchases and sales in the open market or in private."""
    return frozenset(code for code, known in transaction_codes().items() if known.group == "General")


@cache
def due_on(form: str) -> frozenset[str]:
    """The codes of what is due on Form ``4``, or may wait for Form ``5``, whatever else the row says."""
    return frozenset(code for code, known in transaction_codes().items() if known.form_type == form)


@cache
def unpriced(table: str) -> frozenset[str]:
    """The codes for which nothing is paid in Table ``I`` or ``II``."""
    return frozenset(code for code, known in transaction_codes().items() if table in known.unpriced)


@cache
def printed_flags() -> dict[str, PrintedFlag]:
    """V and K, by letter."""
    return {r["code"]: PrintedFlag(**r) for r in _rows("flag")}


@cache
def forms() -> dict[str, Form]:
    """The six forms by the text of documentType."""
    return {
        r["form"]: Form(
            r["form"], r["base"], r["amendment"] == "yes", r["title"], r["omb_number"], r["burden_hours"]
        )
        for r in _rows("form")
    }


@cache
def timeliness() -> dict[tuple[str, str], Timeliness]:
    """What timeliness may hold, by (form without /A, transactionFormType)."""
    return {
        (r["base"], r["form_type"]): Timeliness(r["base"], r["form_type"], _codes(r["allowed"]), r["meaning"])
        for r in _rows("timeliness")
    }


@cache
def states() -> dict[str, State]:
    """The 57 state and territory codes."""
    return {r["code"]: State(**r) for r in _rows("state")}


@cache
def countries() -> dict[str, Country]:
    """The 274 country codes, 22 of them obsolete."""
    return {r["code"]: Country(r["code"], r["name"], r["status"] == "obsolete") for r in _rows("country")}


@cache
def country_aliases() -> dict[str, tuple[str, ...]]:
    """The country codes that a filer may mean by an ISO 3166 code or a common name, which is ``folded``."""
    return _aliases("country_alias", ("alpha_2", "alpha_3", "also"))


@cache
def currencies() -> dict[str, Currency]:
    """The currencies of ISO 4217 but the US dollar."""
    return {
        r["code"]: Currency(r["code"], r["name"], tuple(filter(None, r["also"].split(";"))))
        for r in _rows("currency")
    }


@cache
def postal_codes() -> dict[str, PostalCode]:
    """How postal codes are written, by the code of the country; a country that is not listed has no such rule."""
    return {
        r["code"]: PostalCode(r["code"], frozenset(r["form"].split(";")), r["example"])
        for r in _rows("postal_code")
    }


@cache
def state_aliases() -> dict[str, tuple[str, ...]]:
    """The state codes that a filer may mean by a postal code or a common name, which is ``folded``."""
    return _aliases("state_alias", ("also",))


def _aliases(table: str, columns: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for row in _rows(table):
        for alias in filter(None, (each for name in columns for each in row[name].split(";"))):
            found[folded(alias)] = (*found.get(folded(alias), ()), row["code"])
    return found


def folded(name: str) -> str:
    """A name as it is compared: without case, accents and punctuation, ``and`` for &, ``saint`` for St.

    ``U.K.`` is ``uk``, ``St. Lucia`` is ``saint lucia``, ``The Gambia`` is ``gambia``.
    """
    parts = unicodedata.normalize("NFKD", name).casefold()
    plain = "".join(sign for sign in parts if not unicodedata.combining(sign))
    words = re.sub(r"[^a-z0-9]+", " ", plain.replace(".", "").replace("&", " and ")).split()
    words = words[1:] if words[:1] == ["the"] else words
    if len(words) > 1:
        words = ["saint" if word == "st" else word for word in words]
    return " ".join(words)


@cache
def place_names() -> dict[str, str]:
    """Names by code for the state field of editions before X0609, which held states and countries alike."""
    return {c.code: c.name for c in countries().values()} | {s.code: s.name for s in states().values()}


@cache
def attachment_types() -> dict[str, AttachmentType]:
    """The five attachment types."""
    return {r["type"]: AttachmentType(r["type"], r["name"], int(r["limit"])) for r in _rows("attachment")}


@cache
def editions() -> dict[str, Edition]:
    """All known editions, oldest first."""
    return {
        r["edition"]: Edition(
            r["edition"], frozenset(r["base"].split()), r["schema"], r["captions"], r["current"] == "yes"
        )
        for r in _rows("edition")
    }


def edition_named(edition: str) -> Edition:
    """The edition that EDGAR stamps with this text.

    Raises UnknownEdition, listing the known ones.
    """
    found = editions().get(edition)
    if found is None:
        raise UnknownEdition(
            f'"{edition}" is not an edition this version knows', remedy=f"Use one of {', '.join(editions())}"
        )
    return found


@cache
def current_edition(base: str) -> Edition:
    """The edition in force for a form (``3``, ``4`` or ``5``)."""
    return next(e for e in editions().values() if e.current and base in e.bases)


@cache
def closures() -> dict[date, Closure]:
    """The days on which the SEC departs from the federal holiday calendar, by date."""
    rows = _rows("closure")
    return {
        (on := day(r["date"])): Closure(
            on, r["filings"] == "yes", r["counts"] == "yes", r["name"], r["source"]
        )
        for r in rows
    }


@cache
def exempt_places() -> dict[str, ExemptPlace]:
    """The countries and provinces that the orders on foreign private issuers' insiders name, by code."""
    return {r["code"]: ExemptPlace(r["code"], r["place"], day(r["order"])) for r in _rows("exempt_place")}


@cache
def federal_holidays() -> dict[int, frozenset[date]]:
    """The days on which federal offices are closed, observed days included, by year."""
    return _days_by_year("federal_holiday")


@cache
def exchange_holidays() -> dict[int, frozenset[date]]:
    """The days on which the New York Stock Exchange does not trade, weekends aside, by year."""
    return _days_by_year("exchange_holiday")


def _days_by_year(table: str) -> dict[int, frozenset[date]]:
    return {
        int(r["year"]): frozenset(day(f"{r['year']}-{each}") for each in r["days"].split())
        for r in _rows(table)
    }


@cache
def exchange_spans() -> tuple[tuple[tuple[int, int], tuple[int, int]], ...]:
    """Spans of the year, first and last month and day, outside which the New York Stock Exchange has no holiday."""
    return tuple((_month_day(r["first"]), _month_day(r["last"])) for r in _rows("exchange_span"))


def _month_day(text: str) -> tuple[int, int]:
    month, _, on = text.partition("-")
    return int(month), int(on)
