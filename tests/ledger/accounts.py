"""Rows for tests of the account of holdings, and what a form makes of them."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from form4_author.ledger.closing import Stated, closing, stated
from form4_author.wire.filing import filing_from

if TYPE_CHECKING:
    from form4_author.ledger.closing import Closing
    from form4_author.ledger.line import LineKey
    from form4_author.model.filing import Filing

__all__ = ["NOTES", "PAR", "filing", "key", "left", "option", "share", "states", "totals", "units", "written"]

PAR: Final = "Common Stock, par value $0.01"
"""Another spelling of ``Common Stock``."""
NOTES: Final = {
    "F1": "The units vest each March 1.",
    "F2": "The units vest in full in 2029.",
    "F3": "The units vest in full in 2030.",
}


def share(change: str, total: str | None, **cells: Any) -> dict[str, Any]:
    """A transaction of Table I: ``-40`` disposes of forty. A cell that is None is left out."""
    amount = Decimal(change)
    row = {
        "kind": "transaction", "security_title": "Common Stock", "transaction_date": "2026-03-02",
        "transaction_code": "P" if amount > 0 else "S", "amount": str(abs(amount)),
        "acquired_disposed": "A" if amount > 0 else "D", "amount_owned_following": total, "ownership_form": "D",
        **cells,
    }  # fmt: skip
    return {name: cell for name, cell in row.items() if cell is not None}


def option(change: str, total: str | None, **cells: Any) -> dict[str, Any]:
    """A transaction of Table II in an option with a price and an expiration date."""
    terms = {"exercise_price": "30", "date_exercisable": "2027-03-02", "expiration_date": "2036-03-01"}
    return share(
        change, total, **{"security_title": "Stock Option", "transaction_code": "A", **terms, **cells}
    )


def units(change: str, total: str | None, note: str = "F1", **cells: Any) -> dict[str, Any]:
    """A transaction of Table II in units whose terms are in a footnote."""
    cells = {"security_title": "Restricted Stock Units", "date_exercisable": {"footnotes": [note]}, **cells}
    return option(change, total, **{"exercise_price": "0", "expiration_date": None, **cells})


def written(change: str, total: str | None, code: str, **cells: Any) -> dict[str, Any]:
    """A transaction of Table II in a call that the person wrote."""
    return option(
        change, total, security_title="Call Option (obligation to sell)", transaction_code=code, **cells
    )


def filing(*rows: dict[str, Any], form: str = "4") -> Filing:
    """A form of these rows; those with an exercise date or price are of Table II."""
    second = [row for row in rows if {"date_exercisable", "exercise_price"} & row.keys()]
    notes = [{"id": id, "text": words} for id, words in NOTES.items()]
    first = [row for row in rows if row not in second]
    made, malformed = filing_from(
        {"form": form, "non_derivative": first, "derivative": second, "footnotes": notes}
    )
    assert malformed == ()
    return made


def left(*rows: dict[str, Any]) -> tuple[Closing, ...]:
    """What a form of these rows leaves each line at."""
    return closing(filing(*rows))


def totals(*rows: dict[str, Any]) -> list[str]:
    """The closing totals alone; ``?`` after one that is uncertain."""
    return [f"{end.total}{'' if end.certain else '?'}" for end in left(*rows)]


def states(*rows: dict[str, Any]) -> tuple[Stated, ...]:
    """What each of these rows states."""
    made = filing(*rows)
    found = (stated(path, row, made.footnote_texts()) for path, row in made.rows())
    return tuple(each for each in found if each is not None)


def key(row: dict[str, Any]) -> LineKey:
    """The line of a row with a total."""
    return states(row)[0].key
