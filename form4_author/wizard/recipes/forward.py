"""Prepaid variable forwards: signed, settled in shares or cash, terminated early (event 50).

The contract is an obligation of Table II, with its own line; the pledged shares stay on theirs until they are
delivered. Filers show the signing under code J or S: the interview asks. The line of the shares delivered has no swap
flag, which would say that it moves none (TXN-046).
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from form4_author.ledger.balance import per_share
from form4_author.ledger.right import Right
from form4_author.text import amount_text
from form4_author.wizard.draft import row_value
from form4_author.wizard.entry import EntryKind
from form4_author.wizard.option import Option
from form4_author.wizard.recipe import Recipe, RowRecipe, Source, Take, Worked
from form4_author.wizard.recipes.shared.cell import TABLE_1, TABLE_2, answered, cells_of, option_cells
from form4_author.wizard.recipes.shared.question import (
    asked,
    chosen,
    holder,
    quantity,
    required_note,
    says,
    security,
    traded_on,
)
from form4_author.wizard.recipes.shared.series import OPTIONS, right_of_line, series_prompt
from form4_author.wizard.recipes.shared.wording import answer_to
from form4_author.wizard.screen import AnswerKind, Proposal
from form4_author.wizard.wording import money_words, number_words, us_day

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from form4_author.model.interview import CarriedLine
    from form4_author.wizard.screen import Prompt, View

__all__ = ["FORWARD"]

_TITLE: Final = "Prepaid Variable Forward Sale Contract (obligation to sell)"
_OTHER: Final = "other"
_STATES: Final = (
    Option("signed", "Signed"),
    Option("settled", "Settled at its end"),
    Option("early", "Terminated early"),
)
_CODES: Final = (
    Option("J", "J: described in a footnote"),
    Option("S", "S: a sale at signing"),
)
_PAID_IN: Final = (Option("shares", "Shares were delivered"), Option("cash", "Cash was paid"))
_IS_FORWARD: Final = re.compile(r"\bforward|\bprepaid\b", re.IGNORECASE)
_is_signed: Final = says("forward", "signed")
_ends: Final = says("forward", "settled", "early")


def _is_contract(line: CarriedLine) -> bool:
    sells = right_of_line(line) is Right.MUST_SELL
    return sells and bool(_IS_FORWARD.search(line.text("security_title")))


_SERIES: Final = series_prompt("Which contract?", OPTIONS, _is_contract)


def _is_offered(view: View) -> bool:
    return _ends(view) and _SERIES.when(view)


def _is_unknown(view: View) -> bool:
    """Whether the terms of the contract are to be asked: it is new, or no form has it."""
    return not _is_offered(view) or says("series", _OTHER)(view)


def _delivers(view: View) -> bool:
    return _ends(view) and says("paid_in", "shares")(view)


# ---- the footnotes


def _terms_words(view: View) -> Proposal | None:
    """What has to be delivered, by the price at the end."""
    if not _is_signed(view):
        return None
    most, last = number_words(answer_to(view, "quantity")), us_day(answer_to(view, "expiration"))
    floor, cap = money_words(answer_to(view, "floor")), money_words(answer_to(view, "cap"))
    cash = " The reporting person may pay cash instead." if answer_to(view, "cash_choice") == "yes" else ""
    return Proposal(
        f"Obligation to deliver up to {most} shares on {last}; below {floor} all, between {floor} and {cap} a value of "
        f"{floor} per share, above {cap} fewer.{cash} Prepayment {money_words(answer_to(view, 'prepayment'))}. {most} "
        "shares are pledged; voting rights and dividends are retained."
    )


def _end_words(view: View) -> Proposal:
    how = "Early termination" if says("forward", "early")(view) else "Settlement"
    delivered = number_words(answer_to(view, "delivered_shares"))
    paid = f"delivery of {delivered} shares" if _delivers(view) else "payment of cash"
    return Proposal(f"{how} of a prepaid variable forward contract by {paid}.")


# ---- the rows


def _per_share(answers: Mapping[str, str]) -> str:
    """The prepayment for each share of the largest number."""
    paid, most = row_value.number(answers.get("prepayment")), row_value.number(answers.get("quantity"))
    return amount_text(per_share(paid, most)) if paid and most else ""


def _contract(code: Source, direction: Source, price: Source, note: str, *states: str) -> RowRecipe:
    return RowRecipe(
        table=TABLE_2,
        cells={
            **option_cells(code, direction, price=price, equity_swap="yes"),
            "security_title": Take("option", _TITLE),
            "date_exercisable": Worked(
                lambda answers: answers.get("exercisable") or answers.get("unit_note", "")
            ),
        },
        notes={"transaction_code": note},
        when=answered("forward", *states),
        begins=answered("forward", "signed"),
    )


def _money(name: str, message: str, about: str, when: Callable[[View], bool]) -> Prompt:
    return asked(name, message, about, "price", entry=EntryKind.NUMBER, when=when)


FORWARD: Final = Recipe(
    id="variable_forward",
    number=50,
    label="Signed or settled a prepaid variable forward",
    also="forwards VPF PVF sale monetize monetized pledge pledged bank contract settlement settled hedge hedged "
    "terminated termination delivered obligation",
    rule="Signed: one line of Table II with the swap flag, code J with a description, or S. Settled: code J (D) there, "
    "and in Table I for shares delivered (Instruction 8), each due in two business days. By general knowledge the sale "
    "under Section 16(b) is at signing; the pledge is not a sale.",
    prompts=(
        chosen(
            "forward",
            "Was the contract signed, settled or terminated early?",
            "Table II, columns 4 and 9, Instruction 8. Signing adds the obligation; its end removes it.",
            _STATES,
        ),
        traded_on("Date of signing, settlement or termination", "Column 3 (Table I: 2)."),
        replace(_SERIES, when=_is_offered, propose=lambda view: Proposal(_SERIES.options(view)[0].value)),
        security("Table II, column 7. The class that is to be delivered: Common Stock."),
        quantity(
            lambda view: (
                "What is the largest number of shares that may be delivered?"
                if _is_signed(view)
                else "For how many shares of the contract was it?"
            ),
            "Table II, columns 5 and 7.",
        ),
        asked(
            "option",
            "Title of the contract",
            "Table II, column 1, Instruction 4(c)(ii): it says that it is an obligation to sell.",
            "security_title",
            TABLE_2,
            propose=lambda _view: Proposal(_TITLE),
            when=_is_unknown,
        ),
        asked(
            "expiration",
            "Settlement date of the contract",
            "Table II, column 6, for example 3/15/29. Words become a footnote.",
            "expiration_date",
            TABLE_2,
            entry=EntryKind.DATE_OR_WORDS,
            when=_is_unknown,
        ),
        _money(
            "floor", "Floor price per share, US dollars", "Table II, column 2, for the footnote.", _is_signed
        ),
        _money("cap", "Cap price per share, US dollars", "Table II, column 2, for the footnote.", _is_signed),
        _money(
            "prepayment",
            "Prepayment in all, US dollars",
            "Table II, column 8: divided by the largest number of shares.",
            _is_signed,
        ),
        asked(
            "cash_choice",
            "May the person pay cash instead of shares?",
            "Table II, column 2, for the footnote.",
            kind=AnswerKind.CONFIRM,
            when=_is_signed,
        ),
        replace(
            chosen(
                "signed_code",
                "Which code does the signing have?",
                "Table II, column 4, Instruction 8. Both are in use. Either is the sale of the shares at signing, by "
                "general knowledge.",
                _CODES,
            ),
            when=_is_signed,
        ),
        replace(
            chosen(
                "paid_in",
                "Were shares delivered, or cash paid?",
                "Table I, columns 3 and 4. Shares that are delivered have a line there; cash has none.",
                _PAID_IN,
            ),
            when=_ends,
        ),
        asked(
            "delivered_shares",
            "How many shares were delivered?",
            "Table I, column 4.",
            "amount",
            entry=EntryKind.NUMBER,
            when=_delivers,
        ),
        asked(
            "delivered_price",
            "Price per share implied, US dollars; words for a footnote",
            "Table I, column 4. The price at which the shares delivered were valued, or how it was fixed.",
            "price",
            entry=EntryKind.NUMBER_OR_WORDS,
            propose=lambda _view: Proposal("The price was prepaid under the contract when it was signed."),
            when=_delivers,
        ),
        *holder(),
        replace(
            required_note(
                "unit_note",
                "Terms of the contract, as a footnote",
                "Table II, columns 2, 4 and 6, in the Explanation of Responses. Code J and the flag are described "
                "(Instruction 8).",
            ),
            propose=_terms_words,
            derived=True,
            when=_is_unknown,
        ),
        replace(
            required_note(
                "end_note",
                "Footnote on the settlement",
                "Column 4 (Table I: 3), in the Explanation of Responses. Code J is described (Instruction 8).",
            ),
            propose=_end_words,
            derived=True,
            when=_ends,
        ),
    ),
    rows=(
        RowRecipe(
            table=TABLE_1,
            cells=cells_of("J", "D", amount=Take("delivered_shares"), price=Take("delivered_price")),
            notes={"transaction_code": "end_note"},
            when=lambda answers: answers.get("forward") != "signed" and answers.get("paid_in") == "shares",
        ),
        _contract(
            Take("signed_code", "J"),
            Worked(lambda answers: "D" if answers.get("signed_code") == "S" else "A"),
            Worked(_per_share),
            "unit_note",
            "signed",
        ),
        _contract("J", "D", "0", "end_note", "settled", "early"),
    ),
)
