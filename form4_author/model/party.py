"""Who the form is about and who signs it: issuer, reporting owners, signatures.

Fields and lengths: EDGAR Ownership XML Technical Specification 5.5, section 3.5. A field that was not given is None;
an empty element of the XML reads as None too.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date
from typing import Final

__all__ = ["NO_ADDRESS", "NO_ISSUER", "Address", "Issuer", "Owner", "Signature"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Issuer:
    """The company whose securities are reported (box 2 of Form 4)."""

    cik: str | None = None
    """Up to 10 digits; leading zeros are optional."""
    name: str | None = None
    """Filled by EDGAR; kept for the page, not sent."""
    trading_symbol: str | None = None
    foreign_trading_symbol: str | None = None
    """Box 2a, from edition X0609."""


NO_ISSUER: Final = Issuer()
"""Nothing known yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """A reporting owner's address as it is to be shown."""

    non_us: bool | None = None
    """Whether it is outside the United States; from edition X0609."""
    street1: str | None = None
    street2: str | None = None
    city: str | None = None
    non_us_state_territory: str | None = None
    state: str | None = None
    """One of the state codes; before X0609 a country code could stand here."""
    country: str | None = None
    zip: str | None = None
    state_description: str | None = None
    """Filled by EDGAR."""
    good_address: bool | None = None
    """Internal to EDGAR."""


NO_ADDRESS: Final = Address()
"""No address given: EDGAR inserts the address of record."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Owner:
    """A reporting person and the relationship to the issuer (boxes 1 and 5 of Form 4).

    The owner's CCC is a secret and has no place here.
    """

    cik: str | None = None
    name: str | None = None
    """As EDGAR has it, last name first; filled by EDGAR, kept for the page, not sent."""
    address: Address = NO_ADDRESS
    is_director: bool | None = None
    is_officer: bool | None = None
    is_ten_percent_owner: bool | None = None
    is_other: bool | None = None
    officer_title: str | None = None
    other_text: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """A conformed signature and its date."""

    name: str | None = None
    date: date | None = None
