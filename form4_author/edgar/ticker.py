"""Ticker symbols: which company has one, and the name beside a CIK, from a file of the SEC's.

Both shapes are read: ``company_tickers.json`` and ``company_tickers_exchange.json``. Several symbols may have one CIK;
a symbol may have moved to another CIK. Reporting persons are not in these files.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from form4_author.edgar.answer import as_cik, as_text, json_object
from form4_author.edgar.refusal import EdgarError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

__all__ = ["Tickers", "plain_symbol", "tickers_in"]

_BETWEEN: Final = re.compile(r"[\s./-]+")


def plain_symbol(text: str) -> str:
    """A symbol as two are compared: ``brk.b`` and ``BRK/B`` are ``BRK-B``."""
    return _BETWEEN.sub("-", text.strip().upper()).strip("-")


@dataclass(frozen=True, slots=True)
class Tickers:
    """The companies of a file."""

    names: Mapping[str, str]
    """Name by CIK."""
    ciks: Mapping[str, tuple[str, ...]]
    """CIKs by symbol."""
    symbols: Mapping[str, tuple[str, ...]]
    """Symbols by CIK."""

    def of(self, symbol: str) -> tuple[str, ...]:
        """The CIKs that have a symbol."""
        return self.ciks.get(plain_symbol(symbol), ())

    def named(self, words: str) -> tuple[str, ...]:
        """The CIKs of which the name has all these words, or the symbol or CIK is this."""
        wanted = words.casefold().split()
        exact = (*self.of(words), *((as_cik(words),) if as_cik(words) in self.names else ()))
        found = (cik for cik, name in self.names.items() if all(w in name.casefold() for w in wanted))
        return tuple(dict.fromkeys((*exact, *(found if wanted else ()))))


def tickers_in(content: bytes, what: str = "the ticker symbols") -> Tickers:
    """The companies of a file of either shape. Raises EdgarError where it has none."""
    data = json_object(content, what)
    names: dict[str, str] = {}
    ciks: defaultdict[str, dict[str, None]] = defaultdict(dict)
    symbols: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for cik, symbol, name in _rows(data):
        names.setdefault(cik, name)
        if symbol:
            ciks[symbol][cik] = None
            symbols[cik][symbol] = None
    if not names:
        raise EdgarError(
            f"{what[:1].upper()}{what[1:]}: there is no company in the file",
            remedy="Use company_tickers.json or company_tickers_exchange.json from www.sec.gov/files",
        )
    return Tickers(names, _tuples(ciks), _tuples(symbols))


def _tuples(found: Mapping[str, dict[str, None]]) -> dict[str, tuple[str, ...]]:
    return {key: tuple(values) for key, values in found.items()}


def _rows(data: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """CIK, symbol and name of each company."""
    for row in _table(data) if "fields" in data else data.values():
        if not isinstance(row, dict):
            continue
        cik = as_cik(row.get("cik_str", row.get("cik")))
        name = as_text(row.get("title")) or as_text(row.get("name"))
        if cik and name:
            yield cik, plain_symbol(as_text(row.get("ticker"))), name


def _table(data: Mapping[str, Any]) -> Iterable[object]:
    fields, rows = data.get("fields"), data.get("data")
    if isinstance(fields, list) and isinstance(rows, list):
        yield from (dict(zip(map(str, fields), row, strict=False)) for row in rows if isinstance(row, list))
