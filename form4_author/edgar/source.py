"""EDGAR as the commands read it: what is kept on this computer first, then the network, one request at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from form4_author.edgar.answer import is_json, json_object
from form4_author.edgar.cache import KeptList
from form4_author.edgar.filer import entries_of_page, filer_list
from form4_author.edgar.refusal import EdgarError, NotThere
from form4_author.edgar.ticker import tickers_in
from form4_author.edgar.version import NO_VALIDATORS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date

    from form4_author.edgar.cache import Cache
    from form4_author.edgar.filer import Entry, FilerList, OlderPage
    from form4_author.edgar.reader import Reader
    from form4_author.edgar.ticker import Tickers

__all__ = ["LARGEST_FILING", "TICKERS", "Source"]

LARGEST_FILING: Final = 64 << 20
_LARGEST_LIST: Final = 64 << 20
TICKERS: Final = "company_tickers.json"
_DAY: Final = 86_400.0


class Source:
    """EDGAR behind its cache.

    Args:
        cache: What is kept.
        opened: Makes the reader, at the first request.
        clock: Seconds since 1970.
        ended: Called when nothing more is read.
    """

    def __init__(
        self,
        cache: Cache,
        opened: Callable[[], Reader],
        clock: Callable[[], float],
        ended: Callable[[], None] = lambda: None,
    ) -> None:
        self._ended = ended
        self.cache = cache
        self.fetched = 0
        """How many filings came over the network."""
        self._opened = opened
        self._clock = clock
        self._reader: Reader | None = None

    @property
    def reader(self) -> Reader:
        """The reader, made when it is first needed."""
        if self._reader is None:
            self._reader = self._opened()
        return self._reader

    def close(self) -> None:
        """Let go of the connections."""
        if self._reader is not None:
            self._reader.close()
        self._ended()

    # ---- lists

    def filer(self, cik: str) -> FilerList:
        """Who a filer is, and the newest part of its list. Raises NotThere for a CIK that EDGAR does not know."""
        url = self.reader.addresses.list_of(cik)
        try:
            content, _unchanged = self._list(url, f"CIK{cik}.json")
        except NotThere:
            raise NotThere(
                f"EDGAR has no list of filings for CIK {cik}",
                remedy="Check the number: form4 tickers finds a company by its name or symbol",
            ) from None
        return filer_list(content, cik)

    def entries(self, filer: FilerList, since: date | None) -> tuple[Entry, ...]:
        """The Forms 3, 4 and 5 in a filer's list and its older pages, each once, oldest first.

        ``since``: only those filed on the day or later, and those of which the list does not say when.
        """
        found = list(filer.entries)
        for page in filer.pages:
            if since is None or page.last is None or page.last >= since:
                found += self._page(page)
        once = {entry.accession: entry for entry in reversed(found)}
        wanted = [e for e in once.values() if since is None or e.filed is None or e.filed >= since]
        return tuple(sorted(wanted, key=lambda entry: (str(entry.filed or "9999"), entry.accession)))

    def _page(self, page: OlderPage) -> tuple[Entry, ...]:
        """The entries of an older page; one of which the list says the same as before is not asked for again."""
        stated, kept = f"{page.name}.state", self.cache.list_named(page.name)
        before = self.cache.list_named(stated)
        if kept is not None and before is not None and before.content == page.state.encode():
            return entries_of_page(kept.content, page.name)
        content, _unchanged = self._list(self.reader.addresses.page(page.name), page.name)
        entries = entries_of_page(content, page.name)
        self.cache.keep_list(stated, KeptList(page.state.encode(), NO_VALIDATORS, self._clock()))
        return entries

    def _list(self, url: str, name: str) -> tuple[bytes, bool]:
        """A list in its newest version, and whether that is the one that was kept."""
        kept = self.cache.list_named(name)
        answer = self.reader.read(
            url,
            largest=_LARGEST_LIST,
            validators=kept.validators if kept is not None else NO_VALIDATORS,
            is_whole=is_json,
        )
        if answer.unchanged and kept is not None:
            self.cache.keep_list(name, kept._replace(read_at=self._clock()))
            return kept.content, True
        json_object(answer.content, url)  # a page in its place is not kept
        self.cache.keep_list(name, KeptList(answer.content, answer.validators, self._clock()))
        return answer.content, False

    # ---- filings

    def filing(self, ciks: Iterable[str], accession: str) -> bytes:
        """The full text of a filing, looked for below each of these parties. Raises NotThere where it is not."""
        kept = self.cache.filing(accession)
        if kept is not None and _is_whole(kept):
            return kept
        parties = tuple(dict.fromkeys(ciks))
        for cik in parties:
            for url in self.reader.addresses.filing(cik, accession):
                try:
                    answer = self.reader.read(url, largest=LARGEST_FILING, is_whole=_is_whole)
                except NotThere:
                    continue
                if accession.encode() not in answer.content[:4096]:
                    raise EdgarError(
                        f"EDGAR's answer for {accession} is something else",
                        remedy="Give the command again later",
                    )
                self.cache.keep_filing(accession, answer.content)
                self.fetched += 1
                return answer.content
        raise NotThere(
            f"EDGAR does not have the filing {accession} below CIK {' or '.join(parties)}",
            remedy="Check the number, and name a party with --cik or --person: the number begins with the CIK of the"
            " sender, which need not be one",
        )

    # ---- tickers

    def tickers(self, *, update: bool = False) -> Tickers:
        """The companies with a symbol; the kept file where it is younger than a day. ``update``: asked for anyway."""
        kept = self.cache.list_named(TICKERS)
        if kept is not None and not update and 0 <= self._clock() - kept.read_at < _DAY:
            return tickers_in(kept.content)
        content, _unchanged = self._list(self.reader.addresses.tickers, TICKERS)
        return tickers_in(content)


def _is_whole(content: bytes) -> bool:
    """Whether a full submission text ends where it should; of anything else it can't be said."""
    if not content.startswith(b"<SEC-"):
        return True
    end = content.rstrip()[-40:]
    opened, closed = content.count(b"<DOCUMENT>"), content.count(b"</DOCUMENT>")
    return end.endswith((b"</SEC-DOCUMENT>", b"MESSAGE-----")) or (0 < opened == closed)
