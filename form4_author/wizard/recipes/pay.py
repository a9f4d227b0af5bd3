"""Pay in shares: in place of a director's fees (37), or as a bonus in vested stock (38).

Sources: Instruction 8, codes A and F; Rule 16b-3(d) and (e), whose conditions are general knowledge here. That the fee
given up is consideration, so that its value per share may be shown in column 4 (Instruction 5(b)), is general
knowledge too: filings show the value, or 0.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from form4_author.ledger.balance import whole_shares
from form4_author.text import amount_text
from form4_author.wizard.draft import row_value
from form4_author.wizard.entry import EntryKind
from form4_author.wizard.option import Option
from form4_author.wizard.recipe import Recipe, RowRecipe, Take, Worked
from form4_author.wizard.recipes.shared.cell import TABLE_1, cells_of
from form4_author.wizard.recipes.shared.instead import or_elsewhere
from form4_author.wizard.recipes.shared.question import (
    asked,
    chosen,
    holder,
    offered,
    price,
    quantity,
    says,
    security,
    traded_on,
)
from form4_author.wizard.recipes.shared.wording import answer_to
from form4_author.wizard.screen import Proposal
from form4_author.wizard.wording import money_words, us_day

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from form4_author.wizard.screen import Prompt, View

__all__ = ["BONUS", "FEES", "under_plan"]

_VALUE: Final = Option("value", "The value per share")
_NOTHING: Final = Option("zero", "0: nothing was paid for the shares")


def under_plan(proposal: str) -> Prompt:
    """Under which plan or agreement it happened, as the footnote names it."""
    return asked(
        "under",
        "Under which plan or agreement?",
        "Column 4, a footnote to the amount, which names it: the 2025 Equity Incentive Plan.",
        longest=300,
        propose=lambda _view: Proposal(proposal),
    )


def _price_shown(answers: Mapping[str, str]) -> str:
    return answers.get("price", "") if answers.get("shown") == "value" else "0"


def _number(name: str) -> Callable[[View], bool]:
    """Whether an answer is a number other than 0."""
    return lambda view: bool(row_value.number(answer_to(view, name)))


# ---- 37: in place of director fees

_ISSUED: Final = (
    Option("shares", "Shares were issued now"),
    Option("units", "Units were credited, to be paid later"),
)
_CREDITED: Final = (
    "Units credited instead of fees have a line of Table II. Choose that event: Deferred fees or pay into phantom or "
    "stock units."
)


def _shares_for_fees(view: View) -> Proposal | None:
    """The whole shares that the fees come to."""
    fees, each = (row_value.number(answer_to(view, name)) for name in ("fees", "price"))
    if not fees or not each:
        return None
    shares, fraction = whole_shares(fees, each)
    rest = ", the fraction in cash" if fraction else ""
    return Proposal(amount_text(shares), f"the fees divided by the value{rest}")


def _fee_words(view: View) -> Proposal | None:
    fees, period, each = (answer_to(view, name) for name in ("fees", "fees_for", "price"))
    if not fees or not period or not each:
        return None
    return Proposal(
        f"Issued under {answer_to(view, 'under')} in place of {money_words(fees)} of director fees for {period}, at "
        f"{money_words(each)} per share, the closing price on {us_day(answer_to(view, 'date'))}."
    )


FEES: Final = Recipe(
    id="fees_in_stock",
    number=37,
    label="Received stock instead of director fees",
    also="fee retainer in lieu of cash in place of shares instead quarterly fees board meeting committee annual "
    "elected election issued award director compensation",
    rule="One line of Table I, code A, at the value per share or at 0, due in two business days; code A claims Rule "
    "16b-3(d) (Instruction 5(b); Instruction 8). It is not a purchase (P).",
    insiders=True,
    insiders_by="code A, Rule 16b-3(d)",
    prompts=(
        or_elsewhere(
            "issued",
            chosen(
                "issued",
                "Were shares issued now, or units credited for later?",
                "Instruction 4(c). Shares are a line of Table I; units that are paid later are a line of Table II.",
                _ISSUED,
            ),
            {"units": _CREDITED},
        ),
        traded_on(
            "Date of issue",
            "Column 2. The day the fee was due and the shares were fixed: the last day of the quarter.",
        ),
        asked(
            "fees",
            "Fees replaced, US dollars",
            "Column 4, a footnote to the amount. All fees for which shares were issued: 30,000.",
            entry=EntryKind.NUMBER,
        ),
        price(
            "Value per share used, US dollars",
            "Column 4. Usually the closing price of that day: 24.00.",
        ),
        security(),
        quantity(
            "How many shares were issued?",
            "Column 4. Whole shares, where the fraction was paid in cash.",
            propose=_shares_for_fees,
        ),
        chosen(
            "shown",
            "Which price is shown in column 4?",
            "Column 4, Instruction 5(b). Filings show the value per share, or 0; the fees given up are a payment for "
            "the shares, by general knowledge. Keep to what the issuer's forms show.",
            (_VALUE, _NOTHING),
        ),
        asked(
            "fees_for",
            "Which period or meetings are the fees for?",
            "Column 4, a footnote to the amount, which names them: the first quarter of 2027.",
            longest=300,
        ),
        under_plan("the issuer's director compensation program"),
        *holder(),
        replace(
            offered(
                "fees_note",
                "Footnote on the fees",
                "Column 4, a footnote to the amount, in the Explanation of Responses. By custom: which fees, and at "
                "what price.",
                _fee_words,
            ),
            derived=True,
        ),
    ),
    rows=(
        RowRecipe(
            table=TABLE_1,
            cells=cells_of("A", "A", price=Worked(_price_shown)),
            notes={"amount": "fees_note"},
        ),
    ),
)

# ---- 38: bonus in vested stock

_ANNOUNCED: Final = (
    Option("no", "No: this is its first report"),
    Option("units", "Yes, as units"),
)
_ANNOUNCED_UNITS: Final = (
    "Units that an earlier form reported are paid out now, not granted again. Choose that event: RSUs vested, "
    "shares withheld for tax, or Deferred stock units paid out in shares."
)
_withheld: Final = _number("withheld")
_is_value: Final = says("shown", "value")


def _bonus_words(view: View) -> Proposal | None:
    bonus = answer_to(view, "bonus")
    if not bonus:
        return None
    return Proposal(
        f"Fully vested shares issued under {answer_to(view, 'under')} as payment of the {bonus} bonus."
    )


def _withheld_fault(view: View, typed: str) -> str | None:
    withheld, granted = row_value.number(typed), row_value.number(answer_to(view, "quantity"))
    if withheld is None or granted is None or withheld < granted:
        return None
    return "As many as were issued, or more: type those withheld for tax only"


BONUS: Final = Recipe(
    id="bonus_in_stock",
    number=38,
    label="Received a bonus in vested stock",
    also="bonuses stock bonus vested at grant unrestricted stock fully vested immediately annual incentive paid in "
    "shares retention sign-on award granted withheld tax",
    rule="One line of Table I, code A, for all shares of the bonus, due in two business days; those withheld for tax "
    "are a second line, code F, never netted. They claim Rule 16b-3(d) and (e) (Instruction 8).",
    insiders=True,
    insiders_by="code A, Rule 16b-3(d)",
    prompts=(
        or_elsewhere(
            "announced",
            chosen(
                "announced",
                "Did an earlier form report this bonus?",
                "Instruction 8. Units that were reported before leave with code M, or have no line but that of the "
                "shares withheld.",
                _ANNOUNCED,
            ),
            {"units": _ANNOUNCED_UNITS},
        ),
        traded_on(
            "Date of grant",
            "Column 2. The day the committee fixed the number of shares, not the day of payment.",
        ),
        security(),
        quantity("How many shares, before tax?", "Column 4. All of them, with those withheld: 1,000."),
        asked(
            "withheld",
            "How many of them were withheld for tax?",
            "Column 4, Instruction 8, code F. Type 0 if none were withheld.",
            "amount",
            entry=EntryKind.NUMBER,
            fault=_withheld_fault,
        ),
        chosen(
            "shown",
            "Which price is shown in column 4 for the bonus?",
            "Column 4, Instruction 5(b). Most filings show 0 for vested stock under code A; keep to what the issuer's "
            "forms show.",
            (_NOTHING, _VALUE),
        ),
        price(
            "Value per share, US dollars",
            "Column 4: of the shares withheld, and of the bonus where its value is shown. Usually the closing price.",
            when=lambda view: _withheld(view) or _is_value(view),
        ),
        asked(
            "bonus",
            "Which bonus is it?",
            "Column 4, a footnote to the amount, which names it: 2026 annual.",
            longest=300,
            propose=lambda _view: Proposal("annual"),
        ),
        under_plan("the issuer's equity incentive plan"),
        *holder(),
        replace(
            offered(
                "bonus_note",
                "Footnote on the bonus",
                "Column 4, a footnote to the amount, in the Explanation of Responses. By custom it says that the "
                "shares are vested, and for what.",
                _bonus_words,
            ),
            derived=True,
        ),
        offered(
            "withheld_note",
            "Footnote to the shares withheld",
            "Column 4, a footnote to the amount, in the Explanation of Responses. By custom it says what the shares "
            "paid for.",
            "Shares withheld by the issuer for taxes on the bonus shares reported on this form.",
            when=_withheld,
        ),
    ),
    rows=(
        RowRecipe(
            table=TABLE_1,
            cells=cells_of("A", "A", price=Worked(_price_shown)),
            notes={"amount": "bonus_note"},
        ),
        RowRecipe(
            table=TABLE_1,
            cells=cells_of("F", "D", amount=Take("withheld"), price=Take("price")),
            notes={"amount": "withheld_note"},
            when=lambda answers: bool(row_value.number(answers.get("withheld"))),
        ),
    ),
)
