"""Filings for the register: Form 4s of fictitious persons about a fictitious issuer."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, date, datetime
from typing import Any

from form4_author.register.record import Paper
from form4_author.wire.draft import filing_from

__all__ = ["NOW", "paper", "row"]

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
