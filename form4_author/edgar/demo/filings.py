"""The fictitious filings of ``form4 demo edgar``: a company, two insiders, a fund, and a second company.

Names, CIKs and symbols are made up. The filings are made by the program's own writer, as those of any draft are.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from form4_author.codes import current_edition
from form4_author.edgar.demo.archive import full_text, held
from form4_author.wire.filing import filing_from
from form4_author.wire.write import write_document

if TYPE_CHECKING:
    from form4_author.edgar.demo.archive import Held

__all__ = ["fictitious_filings"]

_COMPANY: Final = {"cik": "0000999001", "name": "EXAMPLE CORP", "trading_symbol": "EXMP"}
_OTHER: Final = {"cik": "0000999002", "name": "SAMPLE HOLDINGS INC", "trading_symbol": "SMPL"}
_ADDRESS: Final = {
    "non_us": False,
    "street1": "C/O EXAMPLE CORP",
    "street2": "1 MAIN STREET",
    "city": "SPRINGFIELD",
    "state": "IL",
    "zip": "62701",
}
_DIRECTOR: Final = {
    "cik": "0009990002",
    "name": "Doe Jane A",
    "address": _ADDRESS,
    "is_director": True,
}
_OFFICER: Final = {
    "cik": "0009990003",
    "name": "Roe Richard B",
    "address": _ADDRESS,
    "is_officer": True,
    "officer_title": "Chief Financial Officer",
}
_FUND: Final = {
    "cik": "0009990004",
    "name": "SAMPLE FUND LP",
    "address": {**_ADDRESS, "street1": "2 MARKET STREET", "street2": None},
    "is_ten_percent_owner": True,
}
_MANAGER: Final = {**_FUND, "cik": "0009990005", "name": "SAMPLE MANAGERS LLC"}
_COMPANY_AS_OWNER: Final = {
    "cik": "0000999001",
    "name": "EXAMPLE CORP",
    "address": _ADDRESS,
    "is_ten_percent_owner": True,
}
_SIGNED: Final = {
    "0009990002": "/s/ Jane A. Doe",
    "0009990003": "/s/ Richard B. Roe",
    "0009990004": "/s/ Sam Poe, Managing Member of Sample Managers LLC, its General Partner",
    "0009990005": "/s/ Sam Poe, Managing Member",
    "0000999001": "/s/ Richard B. Roe, Chief Financial Officer",
}


def fictitious_filings() -> tuple[Held, ...]:
    """The filings, oldest first."""
    desk = _Desk()
    for owner, start in ((_DIRECTOR, 4_000), (_OFFICER, 25_000)):
        desk.file("3", date(2023, 1, 9), [owner], [_holding(start)])
    desk.file("3", date(2023, 2, 1), [_FUND, _MANAGER], [_holding(1_500_000)])
    director, officer, fund = 4_000, 25_000, 1_500_000
    for year in (2023, 2024, 2025, 2026):
        director += 1_200
        desk.file("4", date(year, 5, 20), [_DIRECTOR], [_row("A", 1_200, "0", director)])
        officer += 6_000
        desk.file("4", date(year, 3, 1), [_OFFICER], [_row("A", 6_000, "0", officer)])
        officer -= 2_115
        desk.file("4", date(year, 3, 2), [_OFFICER], [_row("F", 2_115, "41.20", officer)])
        fund -= 100_000
        desk.file("4", date(year, 9, 8), [_FUND, _MANAGER], [_row("S", 100_000, "44.05", fund)])
    director -= 500
    desk.file("4", date(2026, 8, 12), [_DIRECTOR], [_row("S", 500, "46.30", director)])
    wrong = [_row("S", 1_000, "45.10", officer)]
    desk.file("4", date(2026, 8, 13), [_OFFICER], wrong)
    officer -= 1_000
    corrected = [_row("S", 1_000, "45.10", officer)]
    desk.file("4/A", date(2026, 8, 13), [_OFFICER], corrected, original="2026-08-14")
    desk.file(
        "4", date(2026, 6, 3), [_COMPANY_AS_OWNER], [_row("P", 10_000, "12.00", 260_000)], issuer=_OTHER
    )
    return tuple(sorted(desk.filings, key=lambda each: each.accepted))


class _Desk:
    """Files one form after another."""

    def __init__(self) -> None:
        self.filings: list[Held] = []

    def file(  # noqa: PLR0913  # what a form has
        self,
        form: str,
        day: date,
        owners: list[dict[str, Any]],
        rows: list[dict[str, Any]],
        *,
        issuer: dict[str, Any] = _COMPANY,
        original: str | None = None,
    ) -> None:
        """A form of a business day, accepted on the next in the evening; an amendment days later."""
        day = _business_day(day)
        signed = _business_day(day + timedelta(days=3 if original else 1))
        draft = {
            "form": form,
            "period_of_report": day.isoformat(),
            "issuer": issuer,
            "owners": owners,
            "non_derivative": [_dated(row, day) for row in rows],
            "signatures": [{"name": _SIGNED[o["cik"]], "date": signed.isoformat()} for o in owners],
            **({"aff10b5_one": False} if form[0] == "4" else {"no_securities_owned": False}),
            **(
                {
                    "date_of_original_submission": original,
                    "remarks": "The amendment corrects the amount owned following the reported transaction.",
                }
                if original
                else {}
            ),
        }
        filing = filing_from(draft)[0]
        accession = f"0000999001-{signed:%y}-{len(self.filings) + 1:06}"
        accepted = datetime.combine(signed, datetime.min.time()).replace(hour=17, minute=len(self.filings))
        primary = write_document(filing, current_edition(form[0]))
        self.filings.append(held(full_text(primary, accession, accepted)))


def _business_day(day: date) -> date:
    """The day, or the Monday after a weekend."""
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)


def _dated(row: dict[str, Any], day: date) -> dict[str, Any]:
    return {**row, "transaction_date": day.isoformat()} if row["kind"] == "transaction" else row


def _holding(amount: int) -> dict[str, Any]:
    return {
        "kind": "holding",
        "security_title": "Common Stock",
        "amount_owned_following": str(amount),
        "ownership_form": "D",
    }


def _row(code: str, amount: int, price: str, after: int) -> dict[str, Any]:
    return {
        "kind": "transaction",
        "security_title": "Common Stock",
        "transaction_form_type": "4",
        "transaction_code": code,
        "equity_swap": False,
        "amount": str(amount),
        "price": price,
        "acquired_disposed": "A" if code in ("A", "P") else "D",
        "amount_owned_following": str(after),
        "ownership_form": "D",
    }
