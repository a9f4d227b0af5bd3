"""Issuer and reporting persons: identity, address and relationship to the issuer.

Sources: EDGAR Ownership XML Technical Specification 5.5, sections 3.5 (conditions cm(1) to cm(3), cm(9), cm(10)),
3.6.6, 4.3.2 and 5; Form 4, box 5 and General Instruction 1(d).
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Final

from form4_author.checks import cite
from form4_author.checks.base import Context, Rule, When, rule
from form4_author.checks.shape import issuer, owners, required, set_to, text_matches
from form4_author.codes import countries, place_names, postal_codes, states
from form4_author.findings import Edit, Fix, Hit, Path, Severity
from form4_author.ident.cik import bare_cik
from form4_author.text import Pattern

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from form4_author.model.filing import Filing
    from form4_author.model.party import Address

__all__ = ["RULES"]

_PRESENCE_ASKED: Final = date(2026, 3, 23)
"""The first business day after the filings that EDGAR accepted without the fields of Release 26.1.1.

Of 72 filings of edition X0609, the four without the flag were signed on March 19 and 20, 2026.
"""


@rule(
    "OWN-002",
    "Reporting person listed twice",
    Severity.SUSPENSE,
    cite.SPEC_4_3_2,
    cite.SPEC_5,
    when=When(has=("several_owners",)),
)
def owner_named_twice(filing: Filing, _context: Context) -> Iterator[Hit]:
    """Two reporting persons have the same CIK.

    Why: EDGAR suspends a filing that lists a reporting person twice. Leading zeros make no difference.
    Fix: Remove the second entry, or correct its CIK.
    Silent: If a CIK is missing.
    """
    seen: dict[str, Path] = {}
    for index, owner in enumerate(filing.owners):
        path: Path = ("owners", index, "cik")
        if owner.cik is not None:
            first = seen.setdefault(bare_cik(owner.cik), path)
            if first != path:
                yield Hit(path, f"CIK {owner.cik} is given for two reporting persons", related=(first,))


@rule("OWN-004", "No relationship to the issuer", Severity.SUSPENSE, cite.SPEC_3_5, cite.FORM4_BOX_5)
def no_relationship(filing: Filing, _context: Context) -> Iterator[Hit]:
    """No relationship box is checked for a reporting person.

    Why: EDGAR requires at least one of Director, Officer, 10% Owner and Other.
    Fix: Check each box that applies. A former insider checks the relationship that makes the report necessary.
    Silent: Never.
    """
    for index, owner in enumerate(filing.owners):
        if not (owner.is_director or owner.is_officer or owner.is_ten_percent_owner or owner.is_other):
            yield Hit(
                ("owners", index),
                "No relationship is checked; check Director, Officer, 10% Owner or Other",
            )


@rule("OWN-005", "Officer without a title", Severity.SUSPENSE, cite.SPEC_3_5, cite.FORM4_BOX_5)
@required(
    "officer_title",
    "Officer is checked; give the officer title",
    of=owners,
    when=lambda owner: owner.is_officer,
    related=("is_officer",),
)
def officer_without_title() -> None:
    """Officer is checked, but no title is given.

    Why: The form asks for the title below the box, and EDGAR requires it.
    Fix: Give the title in at most 30 characters. For a longer title, write "See Remarks" and put it in Remarks.
    Silent: When Officer is not checked.
    """


@rule("OWN-007", '"Other" relationship not specified', Severity.SUSPENSE, cite.SPEC_3_5, cite.FORM4_INSTR_1D)
@required(
    "other_text",
    "Other is checked; specify the relationship",
    of=owners,
    when=lambda owner: owner.is_other,
    related=("is_other",),
)
def other_without_text() -> None:
    """Other is checked, but the relationship is not specified.

    Why: The form says "specify below", and EDGAR requires the text.
    Fix: Describe the relationship in at most 30 characters, such as "Member of 10% owner group".
    Silent: When Other is not checked.
    """


def _addresses(filing: Filing, context: Context) -> Iterator[tuple[Path, Address]]:
    """The addresses that are not empty, in editions that have the country fields."""
    if not context.edition.has_country:
        return
    for index, owner in enumerate(filing.owners):
        if _is_given(owner.address):
            yield ("owners", index, "address"), owner.address


def _addresses_to_send(filing: Filing, context: Context) -> Iterable[tuple[Path, Address]]:
    return _addresses(filing, context) if context.profile.will_be_sent else ()


def _accepted_in_first_days(filing: Filing, context: Context) -> bool:
    """Whether it is a published document from the days before EDGAR required the country fields on every filing."""
    if context.profile.will_be_sent:
        return False
    signed = max((s.date for s in filing.signatures if s.date is not None), default=context.as_of)
    return (context.filing_day or signed) < _PRESENCE_ASKED


def _addresses_asked(filing: Filing, context: Context) -> Iterable[tuple[Path, Address]]:
    return () if _accepted_in_first_days(filing, context) else _addresses(filing, context)


def _is_given(address: Address) -> bool:
    fields = (
        address.non_us,
        address.street1,
        address.street2,
        address.city,
        address.non_us_state_territory,
        address.state,
        address.country,
        address.zip,
    )
    return any(value is not None for value in fields)


@rule("OWN-015", "Non-US Address not answered", Severity.SUSPENSE, cite.SPEC_3_5, when=When(has=("to_send",)))
@required("non_us", "An address is given; answer Non-US Address yes or no", of=_addresses_to_send)
def non_us_flag_missing() -> None:
    """An address is given, but Non-US Address is not answered.

    Why: Since March 2026, the answer is mandatory whenever an address is given.
    Fix: Answer no for an address in a US state or territory, and yes for any other address.
    Silent: Without an address (EDGAR then uses the address on record); in editions before X0607 and X0609; on published
    documents, because EDGAR accepted filings of March 19 and 20, 2026 without the answer.
    """


@rule(
    "OWN-016", "Country missing or obsolete", Severity.SUSPENSE, cite.SPEC_3_5, cite.SPEC_3_6_6, cite.SCHEMA
)
def country_missing(filing: Filing, context: Context) -> Iterator[Hit]:
    """An address outside the United States has no country, or an address has an obsolete country code.

    Why: The country is mandatory when the address is outside the US. EDGAR's schema still accepts 22 obsolete codes,
    but EDGAR suspends a filing that uses one.
    Fix: Choose the country from the current list, which includes Canadian provinces.
    Silent: In editions before X0607 and X0609. For a missing country, also on published documents filed or signed
    before March 23, 2026, when EDGAR did not yet require every new field.
    """
    missing_accepted = _accepted_in_first_days(filing, context)
    for path, address in _addresses(filing, context):
        code = address.country
        if address.non_us and code is None and not missing_accepted:
            yield Hit(
                (*path, "country"),
                "Country is required for a non-US address",
                related=((*path, "non_us"),),
            )
        elif code is not None and (known := countries().get(code)) is not None and known.obsolete:
            yield Hit(
                (*path, "country"),
                f'Country "{code}" ({known.name}) is an obsolete code that EDGAR suspends; use a current one',
            )


@rule("OWN-017", "State missing", Severity.SUSPENSE, cite.SPEC_3_5, cite.SPEC_3_6_6)
@required(
    "state",
    "State is required for a US address",
    of=_addresses_asked,
    when=lambda address: address.non_us is False,
    related=("non_us",),
)
def state_missing() -> None:
    """An address in the United States has no state or territory.

    Why: The state is mandatory when the address is not outside the US. Since March 2026, the list contains only the 57
    codes of US states and territories.
    Fix: Choose the state. For Canada and any other country, answer yes to Non-US Address and give the country.
    Silent: In editions before X0607 and X0609, and on published documents filed or signed before March 23, 2026, when
    EDGAR did not yet require every new field.
    """


@rule("OWN-024", "US state on a non-US address", Severity.WARNING, cite.SPEC_3_5)
@text_matches(
    "state",
    bool,
    'State is "{text}", but Non-US Address is yes',
    of=_addresses,
    when=lambda address: address.non_us,
    related=("non_us",),
    fix=set_to("Clear the state", "state", None),
)
def state_with_non_us_address() -> None:
    """Non-US Address is answered yes, but a US state is given.

    Why: The list contains only US states and territories, so one of the two answers is probably wrong.
    Fix: Clear the state and use Non-US State or Territory, or answer no to Non-US Address.
    Silent: In editions before X0607 and X0609.
    """


_NONE: Final = frozenset(
    {"NONE", "N/A", "NA", "-", "--", "\u2013", "\u2014", "NOT LISTED", "UNLISTED", "PRIVATE"}
)


def _means_none(symbol: str) -> bool:
    return symbol.upper() in _NONE


_ODD_SYMBOL: Final = Pattern(
    r"[\[\]()\"':]|\b(?:NASDAQ|NYSE|AMEX|OTC(?:BB|QB|QX)?)\b[\s:]*\S|[a-oq-z]|(?<![A-Z])p|p(?![A-Z])"
)
_EXCHANGE: Final = Pattern(
    r"^\W*(?:NASDAQ|NYSE(?:\s+(?:American|Arca))?|AMEX|OTC(?:BB|QB|QX)?)\W+", re.IGNORECASE
)


def _symbol_alone(path: Path, symbol: str) -> Fix | None:
    plain = _EXCHANGE.sub("", symbol).strip("[]()\"': ").upper()
    changed = plain not in ("", symbol)
    return Fix(f"Write {plain}", (Edit((*path, "trading_symbol"), plain),)) if changed else None


@rule("ISS-003", "NONE in place of a trading symbol", Severity.NOTE, cite.PRACTICE)
@text_matches(
    "trading_symbol",
    _means_none,
    'Ticker or Trading Symbol is "{text}"; confirm that the issuer has no traded class',
    of=issuer,
)
def symbol_placeholder() -> None:
    """The trading symbol box contains NONE or a similar word.

    Why: Filers write NONE for an issuer without a listed or quoted class; this is practice, not a rule. For a listed
    issuer, the form then does not show the symbol of the securities.
    Fix: Give the symbol, if the issuer has one.
    Silent: For any other symbol.
    """


@rule(
    "ISS-004",
    "Trading symbol with an exchange, brackets or lower-case letters",
    Severity.WARNING,
    cite.PRACTICE,
)
@text_matches(
    "trading_symbol",
    _ODD_SYMBOL.search,
    'Ticker or Trading Symbol is "{text}"; write only the symbol',
    unless=_means_none,
    of=issuer,
    fix=_symbol_alone,
)
def symbol_malformed() -> None:
    """The trading symbol includes an exchange, brackets, quotation marks or lower-case letters.

    Why: The form prints brackets around the symbol, and readers look up the symbol as written. This is practice, not a
    rule.
    Fix: Write only the symbol, in capital letters.
    Silent: For words such as NONE; for several symbols; for a series shown by a period, a slash or a lower-case
    p.
    """


@rule("ISS-006", "Issuer listed as a reporting person", Severity.WARNING, cite.SECTION_16A)
def issuer_is_owner(filing: Filing, _context: Context) -> Iterator[Hit]:
    """A reporting person has the CIK of the issuer.

    Why: Section 16(a) applies to directors, officers and 10% holders of the issuer's securities, not to the issuer.
    Fix: Correct one of the two CIKs; they may have been switched.
    Silent: If a CIK is missing.
    """
    issuer = bare_cik(filing.issuer.cik)
    for index, owner in enumerate(filing.owners):
        if issuer and bare_cik(owner.cik) == issuer:
            yield Hit(
                ("issuer", "cik"),
                f"Issuer CIK {filing.issuer.cik} is also the CIK of a reporting person",
                related=(("owners", index, "cik"),),
            )


_US_ZIP: Final = Pattern(r"\d{5}(?:[- ]?\d{4})?")


@rule("OWN-028", "US zip code that does not have five or nine digits", Severity.WARNING, cite.PRACTICE)
def us_zip_malformed(filing: Filing, _context: Context) -> Iterator[Hit]:
    """The zip code of an address in a US state does not have five or nine digits.

    Why: US zip codes have five or nine digits. A spreadsheet may drop the first zero of zip codes in New England and
    New Jersey. This is general knowledge.
    Fix: Correct the zip code.
    Silent: Without a zip code; for addresses outside the United States.
    """
    for index, owner in enumerate(filing.owners):
        address = owner.address
        code = (address.zip or "").strip()
        if (
            not code
            or address.non_us
            or address.country
            or address.state not in states()
            or _US_ZIP.fullmatch(code)
        ):
            continue
        path: Path = ("owners", index, "address", "zip")
        short = f"0{code}" if len(code) == 4 and code.isdecimal() else None
        meant = f"; {short} may be meant" if short else ""
        yield Hit(
            path,
            f'Zip Code is "{code}", but a US zip code has 5 or 9 digits{meant}',
            related=((*path[:3], "state"),),
            fix=Fix(f"Write {short}", (Edit(path, short),)) if short else None,
        )


_BETWEEN: Final = Pattern(r"[\s\-]+")
_COUNTRY_BEFORE: Final = Pattern(r"\A[A-Z]{1,3}[\s\-]+(?=[0-9])")
"""Before the digits, as in Europe: D-10115, CH-8001, L 1882."""


def _written(postal: str) -> frozenset[str]:
    """The format of a postal code, with and without a country prefix; empty for a code that means "no code"."""
    given = postal.strip().upper()
    if not any(sign in "123456789" for sign in given):
        return frozenset()
    bare = (_BETWEEN.sub("", text) for text in (given, _COUNTRY_BEFORE.sub("", given)))
    return frozenset(
        "".join("9" if sign.isdecimal() else "A" if sign.isalpha() else sign for sign in text)
        for text in bare
    )


@rule(
    "OWN-027",
    "Postal code that does not match the country",
    Severity.WARNING,
    cite.PRACTICE,
    when=When(has=("to_send",)),
)
def postal_code_of_another_country(filing: Filing, context: Context) -> Iterator[Hit]:
    """The postal code of an address does not have the format used in the country given.

    Why: EDGAR's country codes differ from ISO 3166, and EDGAR accepts any code on its list, so a wrong code may be
    filed unnoticed. A postal code in a different format suggests one. The formats are general knowledge.
    Fix: Correct the country or the postal code. EDGAR's code is X0 for the United Kingdom and 2H for Ukraine.
    Silent: Without a postal code, or for one that has only zeros or no digit; for countries whose formats form4 does
    not know or whose codes are often shortened; on published documents. Spaces, hyphens and a prefix such as D- make no
    difference.
    """
    for path, address in _addresses(filing, context) if context.profile.will_be_sent else ():
        known, postal = postal_codes().get(address.country or ""), address.zip or ""
        written = _written(postal)
        if known is not None and written and not written & known.forms:
            yield Hit(
                (*path, "country"),
                f'Postal code "{postal.strip()}" does not match {known.code}, {place_names()[known.code]}, where codes '
                f"look like {known.example}; correct the country or the postal code",
                related=((*path, "zip"),),
            )


RULES: Final[tuple[Rule, ...]] = (
    symbol_placeholder,
    symbol_malformed,
    issuer_is_owner,
    owner_named_twice,
    no_relationship,
    officer_without_title,
    other_without_text,
    non_us_flag_missing,
    country_missing,
    state_missing,
    state_with_non_us_address,
    us_zip_malformed,
    postal_code_of_another_country,
)
