"""Questions and cells that recipes share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Unpack

from form4_author.model.label import field_at
from form4_author.wizard.answer import flat, rows
from form4_author.wizard.entry import Entry
from form4_author.wizard.recipe import ANSWERS, Take
from form4_author.wizard.screen import Facts, Kind, Option, Prompt, Proposal, View, always

if TYPE_CHECKING:
    from collections.abc import Callable

    from form4_author.model.field import Field

__all__ = [
    "TABLE_1",
    "TABLE_2",
    "asked",
    "cells_of",
    "holder",
    "last",
    "offered",
    "quantity",
    "says",
    "security",
    "traded_on",
]

TABLE_1: Final = "non_derivative"
TABLE_2: Final = "derivative"


def asked(
    name: str, message: str, about: str, column: str = "", table: str = TABLE_1, **facts: Unpack[Facts]
) -> Prompt:
    """A question of a card; ``column`` names the form's field whose limits hold."""
    found: Field | None = field_at((table, 0, column)) if column else None
    return Prompt(
        id=f"events[{{i}}].{name}",
        path=ANSWERS + name,
        message=message,
        help=about,
        field=found,
        **facts,
    )


def last(table: str, column: str, otherwise: str = "") -> Callable[[View], Proposal | None]:
    """What the last line of a table has in a column."""

    def propose(view: View) -> Proposal | None:
        found = [flat(row).get(column, "") for where, _, row in rows(view.data) if where == table]
        known = next((text for text in reversed(found) if text), "")
        return (
            Proposal(known, "as in the last line") if known else (Proposal(otherwise) if otherwise else None)
        )

    return propose


def says(name: str, *values: str) -> Callable[[View], bool]:
    """Whether an answer of this event is one of these."""
    return lambda view: view.text(ANSWERS + name) in values


def traded_on(message: str, about: str) -> Prompt:
    """The date of the transaction."""
    return asked(
        "date",
        message,
        about,
        "transaction_date",
        entry=Entry.DATE,
        propose=last(TABLE_1, "transaction_date"),
    )


def security(about: str = "") -> Prompt:
    """The class of stock, in Table I."""
    return asked(
        "security",
        "Which security?",
        about
        or "Column 1, Instruction 3(b). The class as earlier filings spell it, even if it is the only: Common Stock.",
        "security_title",
        propose=last(TABLE_1, "security_title", "Common Stock"),
    )


def quantity(message: str, about: str) -> Prompt:
    """How many shares."""
    return asked("quantity", message, about, "amount", entry=Entry.NUMBER)


def holder() -> tuple[Prompt, ...]:
    """How the line is held: direct, or by whom."""
    options = (
        Option("D", "Directly, in the person's own name"),
        Option("I", "Indirectly: trust, spouse, partnership …"),
    )
    return (
        asked(
            "ownership",
            "How are they held?",
            "Column 6, Instruction 4(b). Direct also covers shares held through a broker, or jointly with a spouse.",
            kind=Kind.CHOICE,
            options=lambda _view: options,
            propose=lambda _view: Proposal("D"),
        ),
        asked(
            "nature",
            "By whom, and how?",
            "Column 7, Instruction 4(b)(iii). As specifically as possible: By Spouse, By ABC Family Trust.",
            "nature_of_ownership",
            when=says("ownership", "I"),
        ),
    )


def offered(
    name: str, message: str, about: str, proposal: str = "", *, when: Callable[[View], bool] = always
) -> Prompt:
    """A footnote that is offered: Enter takes it, - leaves it out."""
    return asked(
        name,
        message,
        about,
        required=False,
        prefill=True,
        longest=1000,
        propose=lambda _view: Proposal(proposal) if proposal else None,
        when=when,
    )


_HELD: Final = {"ownership_form": Take("ownership"), "nature_of_ownership": Take("nature")}


def cells_of(code: str, direction: str, table: str = TABLE_1, **cells: str | Take) -> dict[str, str | Take]:
    """The cells that every transaction row has."""
    return {
        "security_title": Take("security"),
        "transaction_date": Take("date"),
        "transaction_form_type": "4",
        "transaction_code": code,
        "equity_swap": "no",
        "amount": Take("quantity"),
        "acquired_disposed": direction,
        **(_HELD if table == TABLE_1 else {"ownership_form": "D"}),
        **cells,
    }
