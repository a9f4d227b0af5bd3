"""Questions and cells that recipes share."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, Unpack

from form4_author.errors import MalformedValue
from form4_author.ledger.balance import worth
from form4_author.ledger.right import is_derivative
from form4_author.ledger.title import same_class
from form4_author.model.label import field_at
from form4_author.text import amount, dollars, folded, grouped, shortened
from form4_author.wizard.draft import row_value
from form4_author.wizard.draft.answer import cells, rows
from form4_author.wizard.entry import EntryKind
from form4_author.wizard.option import Option
from form4_author.wizard.recipe import ANSWERS
from form4_author.wizard.recipes.shared.cell import TABLE_1, TABLE_2
from form4_author.wizard.recipes.shared.series import holder_of_series, with_series
from form4_author.wizard.screen import AnswerKind, Prompt, PromptFacts, Proposal, View, Words, always
from form4_author.wizard.wording import number_words

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from form4_author.model.field import Field

__all__ = [
    "NUMBERED",
    "asked",
    "chosen",
    "holder",
    "last",
    "of_table_2",
    "offered",
    "phrase",
    "plan_line",
    "price",
    "put_since",
    "quantity",
    "required_note",
    "says",
    "security",
    "texts_on_record",
    "totals_by_nature",
    "traded_on",
    "with_holder",
]


_YEAR: Final = re.compile(r"\b(?:19|20)\d\d\b")
_BY: Final = "I "
"""Before the nature of ownership, in the answer that names a known line."""
_ROOM: Final = 66
"""Columns of an option that name a line."""
_PLAN: Final = re.compile(r"401|\b(?:plan|savings|retirement)\b", re.IGNORECASE)
NUMBERED: Final = re.compile(r"\d")
"""A footnote with any figure: what it counts is of that filing."""


def asked(
    name: str,
    message: Words,
    about: str,
    column: str = "",
    table: str = TABLE_1,
    **facts: Unpack[PromptFacts],
) -> Prompt:
    """A question of a card; ``column`` names the form's field whose limits hold."""
    column_field: Field | None = field_at((table, 0, column)) if column else None
    return Prompt(
        id=f"events[{{i}}].{name}",
        path=ANSWERS + name,
        message=message,
        help=about,
        field=column_field,
        **facts,
    )


def last(table: str, column: str, otherwise: str = "") -> Callable[[View], Proposal | None]:
    """What the last line of a table has in a column; else what the last filing has in its first such line.

    No option is proposed as a class of Table I, though an earlier filing may have it there.
    """

    def fits(text: str) -> bool:
        return (table, column) != (TABLE_1, "security_title") or not is_derivative(text)

    def propose(view: View) -> Proposal | None:
        found = [cells(where, row).get(column, "") for where, _, row in rows(view.draft) if where == table]
        last_text = next((text for text in reversed(found) if text and fits(text)), "")
        if last_text:
            return Proposal(last_text, "as in the last line")
        carried = (line.text(column) for line in view.interview.carried if line.table == table)
        before = next((text for text in carried if text and fits(text)), "")
        if before:
            return Proposal(before, "as last reported")
        classes = view.shelf.classes if (table, column) == (TABLE_1, "security_title") else ()
        if classes:
            return Proposal(classes[0], "as the issuer's forms have it")
        return Proposal(otherwise) if otherwise else None

    return propose


def says(name: str, *values: str) -> Callable[[View], bool]:
    """Whether an answer of this event is one of these."""
    return lambda view: view.text(ANSWERS + name) in values


def put_since(name: str) -> Callable[[View], bool]:
    """Whether a question is put that was not always: not of an event whose lines were made before it was."""
    return lambda view: bool(view.text(ANSWERS + name)) or not (view.event.rows or view.event.adjusts)


def traded_on(message: str, about: str, *, when: Callable[[View], bool] = always) -> Prompt:
    """The date of the transaction."""
    return asked(
        "date",
        message,
        f"{about} t is today, -1 yesterday, -1b the business day before; 11/18 the last such day.",
        "transaction_date",
        entry=EntryKind.DATE,
        propose=last(TABLE_1, "transaction_date"),
        when=when,
    )


def texts_on_record(column: str, *usual: str) -> Callable[[View], tuple[str, ...]]:
    """What the form and the last filing have in a column of Table I, then what is usual."""

    def suggest(view: View) -> tuple[str, ...]:
        found = [cells(table, row).get(column, "") for table, _, row in rows(view.draft) if table == TABLE_1]
        found += [line.text(column) for line in view.interview.carried if line.table == TABLE_1]
        found += view.shelf.classes if column == "security_title" else ()
        return tuple(dict.fromkeys(text for text in (*found, *usual) if text))

    return suggest


def of_table_2(_view: View, typed: str) -> str | None:
    """What is wrong with the title of an option or warrant where a line of Table I is made."""
    if not is_derivative(typed):
        return None
    return f'"{typed}" is a derivative security, which belongs in Table II. Name the class of stock: Common Stock'


def security(about: str = "", *, when: Callable[[View], bool] = always, any_title: bool = False) -> Prompt:
    """The class of stock, in Table I; ``any_title``: also an option or warrant, as no line there is made of it."""
    return asked(
        "security",
        "Which security?",
        about
        or "Column 1, Instruction 3(b). The class as earlier filings spell it, even if it is the only: Common Stock.",
        "security_title",
        propose=last(TABLE_1, "security_title", "Common Stock"),
        suggests=texts_on_record("security_title", "Common Stock", "Class A Common Stock", "Ordinary Shares"),
        fault=(lambda _view, _typed: None) if any_title else of_table_2,
        when=when,
    )


def quantity(
    message: Words,
    about: str,
    *,
    when: Callable[[View], bool] = always,
    propose: Callable[[View], Proposal | None] = lambda _view: None,  # the shape of a proposal
) -> Prompt:
    """How many shares."""
    return asked("quantity", message, about, "amount", entry=EntryKind.NUMBER, when=when, propose=propose)


def holder(
    message: str = "How are they held?",
    *,
    in_plan: Callable[[View], bool] = lambda _view: False,
    when: Callable[[View], bool] = always,
) -> tuple[Prompt, Prompt]:
    """How the line is held: direct, by whom it is known to be, or by whom else.

    ``in_plan``: when the line of a plan is proposed, such as By 401(k).
    """
    direct = Option("D", "Directly, in the person's own name")

    def options(view: View) -> tuple[Option, ...]:
        lines = totals_by_nature(view)
        own = holder_of_series(view)
        if own:
            lines.setdefault(own, "")
        others = [
            Option(f"{_BY}{nature}", _holder_label(nature, line)) for nature, line in lines.items() if nature
        ]
        first, then = ((direct,), ()) if "" in lines or not others else ((), (direct,))
        another = ", another way: " if others else ": "
        return (*first, *others, *then, Option("I", f"Indirectly{another}trust, spouse, partnership …"))

    def propose(view: View) -> Proposal:
        plan = plan_line(view) if in_plan(view) else ""
        own = holder_of_series(view)
        wanted = f"{_BY}{plan}" if plan else "D" if own == "" else f"{_BY}{own}"
        offered = [option.value for option in options(view)]
        return Proposal(wanted if wanted in offered else offered[0])

    return (
        asked(
            "ownership",
            message,
            "Column 6, Instruction 4(b). Direct also covers shares held through a broker, or jointly with a spouse.",
            kind=AnswerKind.CHOICE,
            options=options,
            propose=propose,
            when=when,
        ),
        asked(
            "nature",
            "By whom, and how?",
            "Column 7, Instruction 4(b)(iii). As specifically as possible: By Spouse, By ABC Family Trust.",
            "nature_of_ownership",
            when=lambda view: when(view) and says("ownership", "I")(view),
            suggests=texts_on_record("nature_of_ownership", "By Spouse", "By Trust", "By 401(k) Plan"),
        ),
    )


def totals_by_nature(view: View) -> dict[str, str]:
    """Nature of ownership → what is held so of the class asked about; direct: empty. Lines with nothing left are none.

    The form's own lines come first, then those last reported.
    """
    before = [(line.table, line.cells) for line in view.interview.carried if not line.dormant]
    here = [(table, cells(table, row)) for table, _, row in rows(view.draft)]
    wanted = view.text(ANSWERS + "security")
    table = TABLE_2 if is_derivative(wanted) or view.text(f"{ANSWERS}table") == "II" else TABLE_1
    series = with_series(view, {"series": view.text(ANSWERS + "series")}) if table == TABLE_2 else {}
    found: dict[str, str] = {}
    for where, line in (*before, *here):
        same = same_class(line.get("security_title", ""), wanted)
        if where == table and same and _is_of_series(line, series):
            nature = line.get("nature_of_ownership", "") if line.get("ownership_form") == "I" else ""
            if nature or line.get("ownership_form", "D") == "D":
                found[nature] = line.get("amount_owned_following", "")
    return {nature: total for nature, total in found.items() if row_value.number(total) != 0}


def _is_of_series(line: Mapping[str, str], series: Mapping[str, str]) -> bool:
    """Whether a line of Table II has the price and the last day of the series chosen, as far as these are known."""
    terms = (("exercise_price", "strike"), ("expiration_date", "expiration"))
    return all(
        line.get(column) == series[name] for column, name in terms if series.get(name) and line.get(column)
    )


def _holder_label(nature: str, total: str) -> str:
    """``By Roe Family Trust (12,000 held)`` in as many columns as an option has."""
    in_words = f" ({number_words(total)} held)" if total else ""
    room = _ROOM - len(in_words)
    return shortened(nature, room) + in_words


def plan_line(view: View) -> str:
    """The nature of ownership of the class's line in a plan; empty where none is known."""
    return next((nature for nature in totals_by_nature(view) if _PLAN.search(nature)), "")


def with_holder(answers: dict[str, str]) -> dict[str, str]:
    """The answers with form and nature of ownership of the line chosen."""
    ownership = answers.get("ownership", "")
    return (
        {**answers, "ownership": "I", "nature": ownership[len(_BY) :]}
        if ownership.startswith(_BY)
        else answers
    )


def phrase(
    word: str, otherwise: str = "", *, stale: re.Pattern[str] = _YEAR
) -> Callable[[View], Proposal | None]:
    """The footnote of earlier filings that has this word and no year, as a proposal: a dated one is stale.

    ``stale``: what else shows that a footnote was about that filing only.
    """

    def propose(view: View) -> Proposal | None:
        texts = view.interview.phrases
        found = next((text for text in texts if word in folded(text) and not stale.search(text)), otherwise)
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
        own = view.style(name)
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
        kind=AnswerKind.CHOICE,
        options=lambda _view: options,
        propose=lambda _view: Proposal(default or options[0].value),
    )


def price(message: str, about: str, *, when: Callable[[View], bool] = always) -> Prompt:
    """The price of one share, in Table I."""
    return asked("price", message, about, "price", entry=EntryKind.NUMBER, when=when, comes_to=_line_value)


def _line_value(view: View, taken: str) -> str:
    """``50,000 × $5,504.00 = $275,200,000.00``: a total typed as a price shows; empty without two numbers."""
    try:
        shares, each = amount(view.text(f"{ANSWERS}quantity")), amount(taken)
    except MalformedValue:
        return ""
    return f"{grouped(shares)} \u00d7 ${dollars(each)} = ${dollars(worth(shares, each))}"
