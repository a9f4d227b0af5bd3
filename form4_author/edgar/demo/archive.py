"""The filings of a local EDGAR: each as full submission text, and the lists and tables that EDGAR makes of them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING, Any, Final, NamedTuple
from zoneinfo import ZoneInfo

from form4_author.errors import UnreadableInput
from form4_author.ident.cik import bare_cik, padded_cik
from form4_author.wire.read import read_document

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from form4_author.model.filing import Filing

__all__ = ["Archive", "Held", "full_text", "held"]

EASTERN: Final = ZoneInfo("America/New_York")
_RENDERED: Final = {"X0609": "xslF345X06"}
_COLUMNS: Final = (
    "accessionNumber", "filingDate", "reportDate", "acceptanceDateTime", "act", "form", "fileNumber", "filmNumber",
    "items", "core_type", "size", "isXBRL", "isInlineXBRL", "primaryDocument", "primaryDocDescription",
)  # fmt: skip


class Held(NamedTuple):
    """A filing of the archive."""

    accession: str
    accepted: datetime
    """By the clock in Washington."""
    filed: date
    filing: Filing
    text: bytes

    @property
    def issuer(self) -> tuple[str, str]:
        """CIK and name of the issuer."""
        issuer = self.filing.issuer
        return bare_cik(issuer.cik), issuer.name or ""

    @property
    def owners(self) -> tuple[tuple[str, str], ...]:
        """CIK and name of each reporting person."""
        return tuple((bare_cik(owner.cik), owner.name or "") for owner in self.filing.owners)

    @property
    def ciks(self) -> tuple[str, ...]:
        """The CIK of each party."""
        return tuple(dict.fromkeys((self.issuer[0], *(cik for cik, _name in self.owners))))

    @property
    def header(self) -> bytes:
        """The header alone."""
        start, end = self.text.find(b"<SEC-HEADER>"), self.text.find(b"</SEC-HEADER>")
        return self.text[start : end + len(b"</SEC-HEADER>\n")]


def full_text(
    primary: bytes, accession: str, accepted: datetime, exhibits: Iterable[tuple[str, str, str]] = ()
) -> bytes:
    """The full submission text of a primary document, as EDGAR disseminates it.

    ``exhibits``: type, file name and text of each.
    """
    filing = read_document(primary).filing
    day, form = f"{accepted:%Y%m%d}", filing.form or ""
    period = f"{filing.period_of_report:%Y%m%d}" if filing.period_of_report else ""
    lines = [
        f"<SEC-DOCUMENT>{accession}.txt : {day}",
        f"<SEC-HEADER>{accession}.hdr.sgml : {day}",
        f"<ACCEPTANCE-DATETIME>{accepted:%Y%m%d%H%M%S}",
        f"ACCESSION NUMBER:\t\t{accession}",
        f"CONFORMED SUBMISSION TYPE:\t{form}",
        "PUBLIC DOCUMENT COUNT:\t\t1",
        f"CONFORMED PERIOD OF REPORT:\t{period}",
        f"FILED AS OF DATE:\t\t{day}",
        f"DATE AS OF CHANGE:\t\t{day}",
        "",
    ]
    parties = [("REPORTING-OWNER", o.cik, o.name) for o in filing.owners]
    for role, cik, name in (*parties, ("ISSUER", filing.issuer.cik, filing.issuer.name)):
        conformed = "\t\tCOMPANY CONFORMED NAME:\t\t\t"
        lines += [f"{role}:\t\t", "", conformed + (name or ""), f"\t\tCENTRAL INDEX KEY:\t\t\t{cik}", ""]
    parts = [("\n".join(lines) + "</SEC-HEADER>\n").encode("utf-8")]
    parts.append(_document(1, form, "form4.xml", b"<XML>\n" + primary.rstrip() + b"\n</XML>\n"))
    parts += [
        _document(number, kind, name, text.encode("utf-8"))
        for number, (kind, name, text) in enumerate(exhibits, 2)
    ]
    return b"".join(parts) + b"</SEC-DOCUMENT>\n"


def _document(number: int, kind: str, name: str, content: bytes) -> bytes:
    head = f"<DOCUMENT>\n<TYPE>{kind}\n<SEQUENCE>{number}\n<FILENAME>{name}\n<TEXT>\n"
    return head.encode("utf-8") + content + b"</TEXT>\n</DOCUMENT>\n"


def held(text: bytes) -> Held:
    """The filing of a full submission text. Raises UnreadableInput for one without number and acceptance time."""
    document = read_document(text)
    submission = document.submission
    if submission is None or submission.accession_number is None or submission.accepted is None:
        raise UnreadableInput(
            "The file has no EDGAR header with accession number and acceptance time",
            remedy="Give the filing's .txt file, as EDGAR has it",
        )
    filed = submission.filed or submission.accepted.date()
    return Held(submission.accession_number, submission.accepted, filed, document.filing, text)


@dataclass(frozen=True)
class Archive:
    """Filings, and what EDGAR shows of them.

    Args:
        filings: In any order.
        rows: How many filings a list holds before it continues in an older page.
    """

    filings: Sequence[Held]
    rows: int = 1000

    def of(self, cik: str) -> list[Held]:
        """The filings that a filer is party of, newest first."""
        found = [each for each in self.filings if cik in each.ciks]
        return sorted(found, key=lambda each: (each.accepted, each.accession), reverse=True)

    def text_of(self, cik: str, accession: str) -> Held | None:
        """A filing below one of its parties; None where it is not there."""
        return next((h for h in self.filings if h.accession == accession and cik in h.ciks), None)

    def tickers(self) -> Iterator[tuple[str, str, str]]:
        """CIK, ticker and name of each issuer."""
        found = {
            each.issuer[0]: (each.filing.issuer.trading_symbol or "", each.issuer[1]) for each in self.filings
        }
        yield from ((cik, symbol, name) for cik, (symbol, name) in sorted(found.items()) if symbol)

    # ---- as EDGAR shows it

    def company_tickers(self) -> bytes:
        """``company_tickers.json``."""
        rows = enumerate(self.tickers())
        return _json({str(n): {"cik_str": int(c), "ticker": t, "title": name} for n, (c, t, name) in rows})

    def company_tickers_exchange(self) -> bytes:
        """``company_tickers_exchange.json``."""
        rows = [[int(cik), name, ticker, "Nasdaq"] for cik, ticker, name in self.tickers()]
        return _json({"fields": ["cik", "name", "ticker", "exchange"], "data": rows})

    def submissions(self, name: str) -> bytes | None:
        """A list of filings by the name of its file; None where there is none of that name."""
        cik, _, page = name.removeprefix("CIK").removesuffix(".json").partition("-submissions-")
        cik = bare_cik(cik)
        mine = self.of(cik)
        pages = [mine[start : start + self.rows] for start in range(0, len(mine), self.rows)]
        if page:
            number = int(page) if page.isdecimal() else 0
            return _json(_columns(pages[number], cik)) if 0 < number < len(pages) else None
        return _json(self._filer(cik, pages)) if mine else None

    def _filer(self, cik: str, pages: list[list[Held]]) -> dict[str, Any]:
        newest = pages[0][0]
        is_issuer = any(each.issuer[0] == cik for page in pages for each in page)
        is_owner = any(cik in dict(each.owners) for page in pages for each in page)
        names = dict((newest.issuer, *newest.owners))
        symbol = newest.filing.issuer.trading_symbol if newest.issuer[0] == cik else None
        older = [
            {
                "name": f"CIK{padded_cik(cik)}-submissions-{number:03}.json",
                "filingCount": len(page),
                "filingFrom": page[-1].filed.isoformat(),
                "filingTo": page[0].filed.isoformat(),
            }
            for number, page in enumerate(pages[1:], 1)
        ]
        return {
            "cik": padded_cik(cik),
            "entityType": "operating" if is_issuer else "other",
            "sic": "7372" if is_issuer else "",
            "name": names[cik],
            "formerNames": [],
            "tickers": [symbol] if symbol else [],
            "exchanges": ["Nasdaq"] if symbol else [],
            "insiderTransactionForIssuerExists": int(is_issuer),
            "insiderTransactionForOwnerExists": int(is_owner),
            "fiscalYearEnd": "1231" if is_issuer else None,
            "filings": {"recent": _columns(pages[0], cik), "files": older},
        }

    def directory(self, found: Held) -> bytes:
        """``index.json`` of a filing."""
        stamp = f"{found.accepted:%Y-%m-%d %H:%M:%S}"
        items = [
            {"name": name, "type": "text.gif", "size": size, "last-modified": stamp}
            for name, size in (
                (f"{found.accession}.txt", ""),
                (f"{found.accession}-index.htm", ""),
                ("form4.xml", str(len(found.text))),
            )
        ]
        folder = f"/Archives/edgar/data/{found.issuer[0]}"
        bare = found.accession.replace("-", "")
        return _json({"directory": {"item": items, "name": f"{folder}/{bare}", "parent-dir": folder}})

    def version(self, name: str) -> datetime:
        """When a list changed last: with the newest filing of its filer."""
        cik = name.removeprefix("CIK")[:10]
        mine = self.of(bare_cik(cik)) or sorted(self.filings, key=lambda each: each.accepted, reverse=True)
        newest = mine[0].accepted if mine else datetime.combine(date(1994, 1, 1), time())
        return newest.replace(tzinfo=EASTERN).astimezone(UTC)


def _columns(page: list[Held], cik: str) -> dict[str, list[Any]]:
    rows = [_row(each, as_utc=bool(int(cik) % 2)) for each in page]
    return {name: [row[name] for row in rows] for name in _COLUMNS}


def _row(each: Held, *, as_utc: bool) -> dict[str, Any]:
    """``as_utc``: for some filers EDGAR writes the acceptance time in UTC, for others Washington's with the same Z."""
    moment = each.accepted.replace(tzinfo=EASTERN).astimezone(UTC) if as_utc else each.accepted
    period = each.filing.period_of_report
    rendered = _RENDERED.get(each.filing.edition or "", "xslF345X05")
    return {
        "accessionNumber": each.accession,
        "filingDate": each.filed.isoformat(),
        "reportDate": period.isoformat() if period else "",
        "acceptanceDateTime": f"{moment:%Y-%m-%dT%H:%M:%S}.000Z",
        "act": "",
        "form": each.filing.form,
        "fileNumber": "",
        "filmNumber": "",
        "items": "",
        "core_type": each.filing.form,
        "size": len(each.text),
        "isXBRL": 0,
        "isInlineXBRL": 0,
        "primaryDocument": f"{rendered}/form4.xml",
        "primaryDocDescription": "PRIMARY DOCUMENT",
    }


def _json(data: object) -> bytes:
    return json.dumps(data, ensure_ascii=False).encode("utf-8")
