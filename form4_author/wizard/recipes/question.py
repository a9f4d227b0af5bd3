"""Questions and cells that recipes share."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, Unpack

from form4_author.model.label import field_at
from form4_author.wizard.answer import flat, node, rows
from form4_author.wizard.entry import Entry
from form4_author.wizard.recipe import ANSWERS
from form4_author.wizard.recipes.cell import TABLE_1
from form4_author.wizard.screen import (
    Facts,
    Kind,
    Option,
    Prompt,
    Proposal,
    View,
    Words,
    always,
)
from form4_author.wizard.shelf import shelf_of, styled

if TYPE_CHECKING:
    from collections.abc import Callable

    from form4_author.model.field import Field

__all__ = [
    "NUMBERED",
    "asked",
    "chosen",
    "holder",
    "known",
    "last",
    "offered",
    "phrase",
    "price",
    "quantity",
    "required_note",
    "says",
    "security",
    "traded_on",
]


_YEAR: Final = re.compile(r"\b(?:19|20)\d\d\b")
NUMBERED: Final = re.compile(r"\d")
"""A footnote with any figure: what it counts is of that filing."""


def asked(
    name: str, message: Words, about: str, column: str = "", table: str = TABLE_1, **facts: Unpack[Facts]
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
    """What the last line of a table has in a column; else what the last filing has in its first such line."""

    def propose(view: View) -> Proposal | None:
        found = [flat(row).get(column, "") for where, _, row in rows(view.data) if where == table]
        known = next((text for text in reversed(found) if text), "")
        if known:
            return Proposal(known, "as in the last line")
        listed = node(view.data, ("interview", "carried"))
        carried = [
            line for line in (listed if isinstance(listed, list) else []) if line.get("table") == table
        ]
        before = next((str(line[column]) for line in carried if line.get(column)), "")
        if before:
            return Proposal(before, "as last reported")
        classes = shelf_of(view.data).classes if (table, column) == (TABLE_1, "security_title") else ()
        if classes:
            return Proposal(classes[0], "as the issuer's forms have it")
        return Proposal(otherwise) if otherwise else None

    return propose


def says(name: str, *values: str) -> Callable[[View], bool]:
    """Whether an answer of this event is one of these."""
    return lambda view: view.text(ANSWERS + name) in values


def traded_on(message: str, about: str, *, when: Callable[[View], bool] = always) -> Prompt:
    """The date of the transaction."""
    return asked(
        "date",
        message,
        f"{about} t is today, -1 yesterday, -1b the business day before; 11/18 the last such day.",
        "transaction_date",
        entry=Entry.DATE,
        propose=last(TABLE_1, "transaction_date"),
        when=when,
    )


def known(column: str, *usual: str) -> Callable[[View], tuple[str, ...]]:
    """What the form and the last filing have in a column of Table I, then what is usual."""

    def suggest(view: View) -> tuple[str, ...]:
        found = [flat(row).get(column, "") for table, _, row in rows(view.data) if table == TABLE_1]
        listed = node(view.data, ("interview", "carried"))
        carried = listed if isinstance(listed, list) else []
        found += [str(line.get(column, "")) for line in carried if line.get("table") == TABLE_1]
        found += shelf_of(view.data).classes if column == "security_title" else ()
        return tuple(dict.fromkeys(text for text in (*found, *usual) if text))

    return suggest


def security(about: str = "", *, when: Callable[[View], bool] = always) -> Prompt:
    """The class of stock, in Table I."""
    return asked(
        "security",
        "Which security?",
        about
        or "Column 1, Instruction 3(b). The class as earlier filings spell it, even if it is the only: Common Stock.",
        "security_title",
        propose=last(TABLE_1, "security_title", "Common Stock"),
        suggests=known("security_title", "Common Stock", "Class A Common Stock", "Ordinary Shares"),
        when=when,
    )


def quantity(
    message: str,
    about: str,
    *,
    when: Callable[[View], bool] = always,
    propose: Callable[[View], Proposal | None] = lambda _view: None,  # the shape of a proposal
) -> Prompt:
    """How many shares."""
    return asked("quantity", message, about, "amount", entry=Entry.NUMBER, when=when, propose=propose)


def holder(
    message: str = "How are they held?", *, when: Callable[[View], bool] = always
) -> tuple[Prompt, Prompt]:
    """How the line is held: direct, or by whom."""
    options = (
        Option("D", "Directly, in the person's own name"),
        Option("I", "Indirectly: trust, spouse, partnership …"),
    )
    return (
        asked(
            "ownership",
            message,
            "Column 6, Instruction 4(b). Direct also covers shares held through a broker, or jointly with a spouse.",
            kind=Kind.CHOICE,
            options=lambda _view: options,
            propose=lambda _view: Proposal("D"),
            when=when,
        ),
        asked(
            "nature",
            "By whom, and how?",
            "Column 7, Instruction 4(b)(iii). As specifically as possible: By Spouse, By ABC Family Trust.",
            "nature_of_ownership",
            when=lambda view: when(view) and says("ownership", "I")(view),
            suggests=known("nature_of_ownership", "By Spouse", "By Trust", "By 401(k) Plan"),
        ),
    )


def phrase(
    word: str, otherwise: str = "", *, stale: re.Pattern[str] = _YEAR
) -> Callable[[View], Proposal | None]:
    """The footnote of earlier filings that has this word and tells no year, as a proposal: a dated one is stale.

    ``stale``: what else shows that a footnote was about that filing only.
    """

    def propose(view: View) -> Proposal | None:
        listed = node(view.data, ("interview", "phrases"))
        texts = [str(text) for text in (listed if isinstance(listed, list) else [])]
        found = next(
            (text for text in texts if word in text.casefold() and not stale.search(text)), otherwise
        )
        return Proposal(found) if found else None

    return propose


def offered(
    name: str,
    message: str,
    about: str,
    proposal: str | Callable[[View], Proposal | None] = "",
    *,
    when: Callable[[View], bool] = always,
) -> Prompt:
    """A footnote that is offered: Enter takes it, - leaves it out."""
    return asked(
        name,
        message,
        about,
        required=False,
        prefill=True,
        longest=1000,
        propose=_proposing(name, proposal),
        when=when,
    )


def _proposing(
    name: str, proposal: str | Callable[[View], Proposal | None]
) -> Callable[[View], Proposal | None]:
    """The issuer's own words, else what is proposed to everybody."""

    def propose(view: View) -> Proposal | None:
        own = styled(view.data, name)
        if own:
            return Proposal(own, "house style")
        if callable(proposal):
            return proposal(view)
        return Proposal(proposal) if proposal else None

    return propose


def required_note(name: str, message: str, about: str, proposal: str = "") -> Prompt:
    """A footnote that the form can't do without."""
    return asked(
        name,
        message,
        about,
        prefill=True,
        longest=1000,
        propose=lambda _view: Proposal(proposal) if proposal else None,
    )


def chosen(name: str, message: str, about: str, options: tuple[Option, ...], default: str = "") -> Prompt:
    """One of a few."""
    return asked(
        name,
        message,
        about,
        kind=Kind.CHOICE,
        options=lambda _view: options,
        propose=lambda _view: Proposal(default or options[0].value),
    )


def price(message: str, about: str, *, when: Callable[[View], bool] = always) -> Prompt:
    """The price of one share, in Table I."""
    return asked("price", message, about, "price", entry=Entry.NUMBER, when=when)
