"""The SEC's list of companies beside an interview: a symbol finds the issuer, and a CIK of another name is noticed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from form4_author.desk.edgar import kept_tickers
from form4_author.errors import Form4Error
from form4_author.ident.cik import bare_cik

if TYPE_CHECKING:
    from collections.abc import Iterator

    from form4_author.edgar.ticker import Tickers
    from form4_author.model.draft import Draft

__all__ = ["CompanyList"]

_STATE: Final = re.compile(r"/\s*[A-Za-z]{2,3}\s*/?\s*\Z")
"""``/DE/`` behind a name."""
_NO_LETTER: Final = re.compile(r"[\W_]+")


class CompanyList:
    """The companies of the stored list, or of a file; read when they are first asked for, without the network."""

    def __init__(self, file: str | None = None) -> None:
        self._file = file
        self._tickers: Tickers | None = None
        self._is_read = False
        self._problem = ""
        self._reported: set[tuple[str, str]] = set()

    @property
    def tickers(self) -> Tickers | None:
        """The companies; None where there is no list."""
        if not self._is_read:
            self._is_read = True
            try:
                self._tickers = kept_tickers(self._file)
            except Form4Error as error:
                self._problem = f"{error.problem}. The interview continues without it."
        return self._tickers

    def words(self) -> dict[str, str]:
        """``EXAMPLE CORP (EXMP)`` by CIK."""
        tickers = self.tickers
        if tickers is None:
            return {}
        return {cik: self._words(tickers, cik) for cik in tickers.names}

    def _words(self, tickers: Tickers, cik: str) -> str:
        symbols = tickers.symbols.get(cik, ())
        return f"{tickers.names[cik]} ({symbols[0]})" if symbols else tickers.names[cik]

    def company(self, cik: str) -> tuple[str, str]:
        """Name and symbol of a company; both empty where it is not in the list."""
        tickers = self.tickers
        if tickers is None or cik not in tickers.names:
            return "", ""
        return tickers.names[cik], next(iter(tickers.symbols.get(cik, ())), "")

    def noticed(self, draft: Draft) -> tuple[str, ...]:
        """What the list says against the draft, a sentence each; that it can't be read, once."""
        found = tuple(self._mismatches(draft))
        problem, self._problem = self._problem, ""
        return (*([problem] if problem else []), *found)

    def _mismatches(self, draft: Draft) -> Iterator[str]:
        """A party whose CIK belongs to a company of another name, once."""
        filing = draft.filing
        parties = (
            (filing.issuer.cik, filing.issuer.name),
            *((owner.cik, owner.name) for owner in filing.owners),
        )
        for stated, name in parties:
            cik = bare_cik(stated)
            warning = self.mismatch(cik, name or "")
            if warning and (cik, name or "") not in self._reported:
                self._reported.add((cik, name or ""))
                yield warning

    def mismatch(self, cik: str, name: str) -> str:
        """The warning that a CIK belongs to a company of another name; empty where it does not, or is not listed."""
        listed = self.tickers.names.get(cik) if self.tickers is not None else None
        if not listed or not name or _is_same(name, listed):
            return ""
        return (
            f"Warning: CIK {cik} belongs to {listed} in the SEC's list of companies, not to {name}. Check it."
        )


def _is_same(name: str, listed: str) -> bool:
    """Whether two names may be one company's: letters and digits only, one of them perhaps shortened."""
    first, second = (_NO_LETTER.sub("", _STATE.sub("", each)).casefold() for each in (name, listed))
    return first.startswith(second) or second.startswith(first)
