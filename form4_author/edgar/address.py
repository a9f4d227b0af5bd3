"""Where EDGAR is: the SEC's two public hosts, or a local EDGAR that the environment names on this computer."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from form4_author.errors import Form4Error
from form4_author.ident.cik import padded_cik

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Addresses", "addresses_in", "filing_address_in"]

_LOOPBACK: Final = re.compile(
    r"(?P<base>https?://(?:127(?:\.[0-9]{1,3}){3}|localhost|\[::1\])(?::[0-9]{1,5})?)/*\Z"
)
DATA_VARIABLE: Final = "FORM4_EDGAR_DATA"
WWW_VARIABLE: Final = "FORM4_EDGAR_WWW"
API_VARIABLE: Final = "FORM4_EDGAR_API"


class Addresses(NamedTuple):
    """The beginnings of EDGAR's addresses."""

    data: str = "https://data.sec.gov"
    """Lists of filings."""
    www: str = "https://www.sec.gov"
    """Filings and tickers."""

    @property
    def is_local(self) -> bool:
        """Whether either is on this computer."""
        return any(_LOOPBACK.match(base) for base in self)

    def list_of(self, cik: str) -> str:
        """The list of a filer's filings."""
        return self.page(f"CIK{padded_cik(cik)}.json")

    def page(self, name: str) -> str:
        """A list of filings by the name of its file."""
        return f"{self.data}/submissions/{name}"

    def filing(self, cik: str, accession: str) -> tuple[str, str]:
        """Both places of the full text of a filing, below one of its parties."""
        folder = f"{self.www}/Archives/edgar/data/{cik}"
        return f"{folder}/{accession.replace('-', '')}/{accession}.txt", f"{folder}/{accession}.txt"

    @property
    def tickers(self) -> str:
        """The companies with a ticker symbol."""
        return f"{self.www}/files/company_tickers.json"


def addresses_in(environment: Mapping[str, str]) -> Addresses:
    """The SEC's, or those of a local EDGAR that the variables name.

    Raises Form4Error for an address that is not on this computer: nothing else may take EDGAR's place.
    """
    stated = {
        field: _local(variable, environment[variable])
        for field, variable in (("data", DATA_VARIABLE), ("www", WWW_VARIABLE))
        if environment.get(variable)
    }
    return Addresses(**stated)


def filing_address_in(environment: Mapping[str, str]) -> str:
    """The SEC's address for submissions and statuses, or that of a local EDGAR that the variable names.

    Raises Form4Error for an address that is not on this computer.
    """
    stated = environment.get(API_VARIABLE)
    return _local(API_VARIABLE, stated) if stated else "https://api.edgarfiling.sec.gov"


def _local(variable: str, text: str) -> str:
    found = _LOOPBACK.match(text)
    if found is None:
        raise Form4Error(
            f'{variable} is "{text}", which is not an address on this computer such as http://127.0.0.1:8025',
            remedy=f"Unset {variable} to read the SEC's EDGAR, or use the address that form4 demo edgar shows",
        )
    return found["base"]
