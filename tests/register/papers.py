"""Filings for the register: Form 4s of fictitious persons about a fictitious issuer."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from form4_author.codes import current_edition
from form4_author.register.record import Paper
from form4_author.wire.filing import filing_from
from form4_author.wire.write import write_document

__all__ = ["NOW", "paper", "row", "text_file", "xml_file"]

NOW = datetime(2026, 11, 23, 18, 0, tzinfo=UTC)


def row(
    title: str = "Common Stock", *, total: str, amount: str = "100", code: str = "P", **cells: Any
) -> dict[str, Any]:
    """A transaction of Table I."""
    direction = "D" if code in ("S", "F", "G") else "A"
    return {
        "kind": "transaction", "security_title": title, "transaction_code": code, "amount": amount, "price": "10.10",
        "acquired_disposed": direction, "amount_owned_following": total, "ownership_form": "D", **cells,
    }  # fmt: skip


def paper(
    *rows: dict[str, Any], day: str = "2026-03-02", number: int = 1, person: str = "Doe Jane", **said: Any
) -> Paper:
    """A Form 4 filed on a day; ``number`` tells it from others."""
    draft = {
        "form": "4",
        "period_of_report": day,
        "issuer": {"cik": "0009999001", "name": "Example Widgets Inc.", "trading_symbol": "EXWI"},
        "owners": [
            {
                "cik": "0009999" + f"{sum(person.encode()):03}"[-3:],
                "name": person,
                "address": {
                    "non_us": False,
                    "street1": "1 Main Street",
                    "city": "Springfield",
                    "state": "IL",
                    "zip": "62701",
                },
                "is_director": True,
                "is_officer": True,
                "officer_title": "Chief Executive Officer",
            }
        ],
        "non_derivative": [{"transaction_date": day, **r} for r in rows],
        "signatures": [{"name": f"/s/ Sam Roe, attorney-in-fact for {person}", "date": day}],
        **said,
    }
    filing, malformed = filing_from(draft)
    assert malformed == ()
    return Paper(
        filing=filing,
        sha256=hashlib.sha256(json.dumps([draft, number]).encode()).hexdigest(),
        file=f"filing-{number}.xml",
        accession_number=f"0009999001-26-{number:06}",
        filed=date.fromisoformat(day),
    )


def xml_file(each: Paper, folder: Path = Path()) -> str:
    """The paper as EDGAR shows it, under its accession number; the file's name."""
    file = folder / f"{each.accession_number}.xml"
    file.write_bytes(write_document(each.filing, current_edition(each.filing.base)))
    return str(file)


def text_file(each: Paper, folder: Path = Path()) -> str:
    """The paper as a full submission text with a power of attorney; the file's name says nothing."""
    filed = f"{each.filed:%Y%m%d}".encode()
    content = (
        b"<SEC-DOCUMENT>" + (each.accession_number or "").encode() + b".txt : " + filed + b"\n<SEC-HEADER>\n"
        b"ACCESSION NUMBER:\t\t" + (each.accession_number or "").encode() + b"\nCONFORMED SUBMISSION TYPE:\t4\n"
        b"FILED AS OF DATE:\t\t" + filed + b"\n</SEC-HEADER>\n"
        b"<DOCUMENT>\n<TYPE>" + (each.filing.form or "").encode() + b"\n<SEQUENCE>1\n<FILENAME>form4.xml\n<TEXT>\n"
        b"<XML>\n" + write_document(each.filing, current_edition(each.filing.base)) + b"</XML>\n</TEXT>\n</DOCUMENT>\n"
        b"<DOCUMENT>\n<TYPE>EX-24\n<SEQUENCE>2\n<FILENAME>poa.txt\n<TEXT>\nKnow all\n</TEXT>\n</DOCUMENT>\n"
        b"</SEC-DOCUMENT>\n"
    )  # fmt: skip
    file = folder / "submission.txt"
    file.write_bytes(content)
    return str(file)
