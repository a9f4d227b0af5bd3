"""The largest filing there can be: 30 + 30 rows, 10 owners and signatures, 34 footnotes of 1,000 characters.

Every row, note, owner and signature has a number of its own in its texts, so that a test can tell them apart.
"""

from __future__ import annotations

from typing import Any, Final

__all__ = ["OWNERS", "ROWS", "extreme_draft"]

ROWS: Final = 30
OWNERS: Final = 10
_LARGEST: Final = "999999999999.9999"


def extreme_draft(
    form: str = "4", rows: int = ROWS, owners: int = OWNERS, *, abroad: bool = False
) -> dict[str, Any]:
    """The draft; on Form 3 its rows are holdings. With fewer rows and owners it needs fewer pages.

    ``abroad``: everyone lives where the state or territory is as long as it can be, and has several words.
    """
    notes = [
        {"id": f"F{i}", "text": f"Note {i:02} {'lorem <ipsum> & dolor ' * 60}"[:1000]} for i in range(1, 35)
    ]
    return {
        "form": form,
        "period_of_report": "2026-11-18",
        "issuer": {
            "cik": "1",
            "name": "THE VERY LONG ISSUER NAME HOLDINGS INTERNATIONAL CORPORATION & SONS LTD",
            "trading_symbol": "ABCDEFGHIJ",
            "foreign_trading_symbol": "ABCDEFGHIJKLMN",
        },
        "owners": [_owner(i, abroad=abroad) for i in range(owners)],
        "aff10b5_one": True,
        "non_derivative": [_row("I", i, form) for i in range(rows)],
        "derivative": [_row("II", i, form) | _derivative(i) for i in range(rows)],
        "footnotes": notes,
        "remarks": ("First line\nSecond line " + "remark & more " * 200)[:2000],
        "signatures": [{"name": f"/s/ {'W' * 240} {i}", "date": "2026-11-19"} for i in range(owners)],
    }


_ABROAD: Final = {
    "non_us": True,
    "state": None,
    "non_us_state_territory": "FEDERATION OF BOSNIA AND HERZEGOVINA, CANTON NO. 1",
    "zip": "1234567890",
    "country": "M9",
}


def _owner(i: int, *, abroad: bool) -> dict[str, Any]:
    return {
        "cik": str(1000 + i),
        "name": f"Extraordinarily Long Named Investment Partnership Fund Number {i} L.P. (Cayman)",
        "address": {
            "non_us": False,
            "street1": "C/O SOMEBODY & SOMEBODY ELSE LLP, SUITE 40",
            "street2": "1234567890 VERY LONG STREET NAME AVENUE 40",
            "city": "SOUTH SAN FRANCISCO BAY CITY X",
            "state": "CA",
            "zip": "94080-1234",
        }
        | (_ABROAD if abroad else {}),
        "is_director": True,
        "is_ten_percent_owner": True,
        "is_officer": True,
        "officer_title": "Exec VP, General Counsel & Sec",
        "is_other": True,
        "other_text": "Member of 10% owner group xxxx",
    }


def _row(table: str, i: int, form: str) -> dict[str, Any]:
    row: dict[str, Any] = {
        "kind": "holding",
        "security_title": {
            "value": f"Row {i:02} of {table}: Class A Common Stock, par value $0.0001",
            "footnotes": ["F1"],
        },
        "amount_owned_following": {
            "value": "888888888888.8888",
            "footnotes": [f"F{n}" for n in range(9, 18)],
        },
        "ownership_form": {"value": "I", "footnotes": ["F33"]},
        "nature_of_ownership": {
            "value": f"By The Irrevocable Grantor Retained Annuity Trust No. 12345 of Jane Q. Doe, row {i:02} of {table}",
            "footnotes": ["F34"],
        },
    }
    if form == "3":
        return row
    return row | {
        "kind": "transaction",
        "transaction_date": {"value": "2026-11-18", "footnotes": ["F2"]},
        "deemed_execution_date": "2026-11-19",
        "transaction_form_type": "5",
        "transaction_code": {"value": "S", "footnotes": ["F3"]},
        "equity_swap": True,
        "timeliness": {"value": "E", "footnotes": ["F5"]},
        "amount": {"value": _LARGEST, "footnotes": ["F4", "F5", "F6"]},
        "price": {"value": _LARGEST, "footnotes": ["F7"]},
        "acquired_disposed": {"value": "D", "footnotes": ["F8"]},
    }


def _derivative(i: int) -> dict[str, Any]:
    return {
        "exercise_price": {"value": _LARGEST, "footnotes": ["F18"]},
        "date_exercisable": {"value": "2020-01-01", "footnotes": ["F20"]},
        "expiration_date": {"footnotes": ["F21", "F22", "F23"]},
        "underlying_title": f"Underlying {i:02}Supercalifragilisticexpialidociously",
        "underlying_amount": {"value": _LARGEST, "footnotes": ["F24"]},
    }
