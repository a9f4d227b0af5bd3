"""EDGAR for the commands that read it: where it is, its cache, and the contact without which nothing is asked."""

from __future__ import annotations

import os
from contextlib import ExitStack
from typing import TYPE_CHECKING, Final

from form4_author.desk import settings
from form4_author.edgar.address import addresses_in
from form4_author.edgar.cache import cache_of
from form4_author.edgar.pace import SYSTEM_TIME
from form4_author.edgar.source import TICKERS, Source
from form4_author.edgar.ticker import tickers_in
from form4_author.errors import Form4Error
from form4_author.files.input import read_bytes
from form4_author.files.lock import edgar_lock

if TYPE_CHECKING:
    from collections.abc import Callable

    from form4_author.edgar.reader import Reader
    from form4_author.edgar.ticker import Tickers

__all__ = ["CONTACT_NEEDED", "company_meant", "kept_tickers", "source_of"]

time = SYSTEM_TIME
"""A test puts a virtual one here."""

CONTACT_NEEDED: Final = (
    "EDGAR asks for a name and an email address with each request, and the settings have no contact"
)
_STATE_IT: Final = (
    'State them with form4 settings contact "Name name@example.com"; nothing was asked of EDGAR'
)


def source_of(ask: Callable[[], str] | None, notice: Callable[[str], None]) -> Source:
    """EDGAR behind its cache.

    Args:
        ask: Asks the user for the contact; None where there is no one to ask.
        notice: Takes what is shown before the first request and during a long wait.

    Raises:
        Form4Error: The environment names an EDGAR that is not on this computer; at the first request, where there is
            no contact or another form4 is reading EDGAR.
    """
    addresses = addresses_in(os.environ)
    cache, held = cache_of(addresses), ExitStack()

    def opened() -> Reader:
        from form4_author.edgar.reader import Reader

        contact = _contact(ask)
        held.enter_context(edgar_lock(cache.folder))
        notice(f'Reading {addresses.data} and {addresses.www} as "{contact}".')
        reader = Reader(addresses, contact, time, notice)
        reader.keep_shut_out(cache.shut_out_until(), cache.keep_shut_out)
        return reader

    return Source(cache, opened, time.clock, held.close)


def _contact(ask: Callable[[], str] | None) -> str:
    """The contact in the settings; asked for once where it is not there. Raises Form4Error where there is none."""
    stated = settings.load().text("edgar.contact")
    if stated:
        return stated
    given = ask().strip() if ask is not None else ""
    if not given:
        raise Form4Error(CONTACT_NEEDED, remedy=_STATE_IT)
    return settings.changed("edgar.contact", given).text("edgar.contact")


def kept_tickers(file: str | None = None) -> Tickers | None:
    """The companies in a ticker file, or in the one that is kept; None where none is. The network is not used.

    Raises UnreadableInput and EdgarError for a file that is none.
    """
    if file:
        return tickers_in(read_bytes(file), file)
    kept = cache_of(addresses_in(os.environ)).list_named(TICKERS)
    return tickers_in(kept.content) if kept is not None else None


def company_meant(tickers: Tickers, symbol: str) -> str:
    """The CIK of a ticker symbol. Raises Form4Error where none or more than one has it."""
    ciks = tickers.of(symbol)
    if not ciks:
        raise Form4Error(
            f'No company has the ticker symbol "{symbol}" in the SEC\'s file',
            remedy="Find the company with form4 tickers NAME, or give its CIK with --cik",
        )
    if len(ciks) > 1:
        names = ", ".join(f"{tickers.names[cik]} (CIK {cik})" for cik in ciks)
        raise Form4Error(
            f'More than one company has the ticker symbol "{symbol}": {names}', remedy="Give one with --cik"
        )
    return ciks[0]
