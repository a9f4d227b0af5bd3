"""Units and rights that are paid out: deferred units in shares (39), units and SARs in cash (40).

Sources: Instruction 8, codes M, F and D; Rules 16b-3(d) and (e) and 16b-6(b). An award that earlier forms show in Table
I is not exercised there: only what is withheld or paid in cash has a line.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from form4_author.wizard.draft import row_value
from form4_author.wizard.entry import EntryKind
from form4_author.wizard.option import Option
from form4_author.wizard.recipe import Recipe, RowRecipe, Take, Worked
from form4_author.wizard.recipes.pay import under_plan
from form4_author.wizard.recipes.shared.approval import approval
from form4_author.wizard.recipes.shared.cell import (
    TABLE_1,
    TABLE_2,
    answered,
    cells_of,
    option_cells,
    unit_cells,
)
from form4_author.wizard.recipes.shared.derivative_term import option_terms, unit_terms
from form4_author.wizard.recipes.shared.instead import or_elsewhere
from form4_author.wizard.recipes.shared.question import (
    asked,
    chosen,
    holder,
    offered,
    price,
    says,
    security,
    traded_on,
)
from form4_author.wizard.recipes.shared.series import UNITS, is_unit_title, titled, titles
from form4_author.wizard.recipes.shared.wording import answer_to, unit_words
from form4_author.wizard.screen import AnswerKind, Proposal
from form4_author.wizard.wording import money_words, us_day

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from form4_author.wizard.screen import Prompt, View

__all__ = ["DEFERRED_PAID", "PAID_IN_CASH"]

_DEFERRED: Final = ("phantom", "unit")
_PHANTOM: Final = "Phantom Stock Units"
_UNITS: Final = "Restricted Stock Units"
_CASH_UNITS: Final = "Cash-Settled Restricted Stock Units"
_SWITCHED: Final = (
    "A balance that the person chose to move or to cash out is a discretionary transaction, code I. Choose that event: "
    "Switched funds in a 401(k) or deferral plan."
)


def _some(name: str) -> Callable[[View], bool]:
    """Whether an answer is a number other than 0."""
    return lambda view: bool(row_value.number(answer_to(view, name)))


def _is_some(name: str) -> Callable[[Mapping[str, str]], bool]:
    return lambda answers: bool(row_value.number(answers.get(name)))


def _code(answers: Mapping[str, str]) -> str:
    """D, which claims Rule 16b-3(e); S where the payment in cash was not approved."""
    return "S" if answers.get("approved") == "no" else "D"


def _settled(message: str, *, when: Callable[[View], bool]) -> Prompt:
    return asked(
        "settled",
        message,
        "Table II, columns 5 and 7: all of them, with those withheld or paid in cash.",
        "amount",
        TABLE_2,
        entry=EntryKind.NUMBER,
        when=when,
    )


def _withheld(*, when: Callable[[View], bool] = lambda _view: True) -> tuple[Prompt, Prompt]:
    """How many shares were withheld for tax, and at what value."""
    return (
        asked(
            "withheld",
            "How many shares were withheld for tax?",
            "Column 4, Instruction 8, code F. Only shares; not tax that was paid in cash. 0 if none were withheld.",
            "amount",
            entry=EntryKind.NUMBER,
            propose=lambda _view: Proposal("0"),
            when=when,
        ),
        price(
            "Value per share used for the withholding, US dollars",
            "Column 4. Usually the closing price of that day.",
            when=lambda view: when(view) and _some("withheld")(view),
        ),
    )


# ---- 39: deferred units paid in shares

_PAID: Final = (
    Option("shares", "In shares, by the terms of the plan or award"),
    Option("cash", "All in cash"),
    Option("fund", "In cash, as the person chose to sell a fund balance"),
)
_ALL_CASH: Final = (
    "Units that are paid in cash have a line under code D. Choose that event: Units or SARs paid in cash."
)
_TABLES: Final = (
    Option("table2", "In Table II, as units: they are exercised now (M)"),
    Option("table1", "In Table I, as stock: they are counted there already"),
)
_is_table_2: Final = says("style", "table2")
_in_cash: Final = _some("cashed")
_NOTHING: Final = (
    "Nothing withheld and nothing in cash: units reported in Table I then have no line. Type how many, or go back "
    "(<)"
)


def _table_before(view: View) -> Proposal:
    """Table II, unless the last filing has units in Table I alone."""
    stock = any(
        line.table == TABLE_1 and is_unit_title(line.text("security_title"))
        for line in view.interview.carried
    )
    return Proposal("table1" if stock and not titles(UNITS)(view) else "table2")


def _cashed_fault(view: View, typed: str) -> str | None:
    if row_value.number(typed) or _is_table_2(view) or _some("withheld")(view):
        return None
    return _NOTHING


def _paid_words(view: View) -> Proposal | None:
    after = answer_to(view, "paid_after")
    return Proposal(f"Paid in shares under {answer_to(view, 'under')} after {after}.") if after else None


DEFERRED_PAID: Final = Recipe(
    id="deferred_paid",
    number=39,
    label="Deferred stock units paid out in shares",
    also="deferral plan payout pay-out distribution distributed phantom DSU settled settlement retired retirement left "
    "board installment director compensation fraction withheld tax delivered",
    rule="Three lines at most, due in two business days: the units leave in Table II and the shares arrive in Table I, "
    "code M at 0; shares withheld are code F, a fraction paid in cash code D. Units that earlier forms show in Table I "
    "have no code M (Instruction 8; Rules 16b-3, 16b-6(b)).",
    insiders=True,
    insiders_by="code M, Rule 16b-3",
    prompts=(
        or_elsewhere(
            "paid_in",
            chosen(
                "paid_in",
                "How were the units paid?",
                "Instruction 8. In shares, also where a fraction was paid in cash. A fund balance that the person "
                "chose to sell is a discretionary transaction (code I, Rule 16b-3(f)).",
                _PAID,
            ),
            {"cash": _ALL_CASH, "fund": _SWITCHED},
        ),
        asked(
            "style",
            "Where do earlier forms show these units?",
            "Instruction 4(c). An award stays in the table in which it was reported. Those of Table I have no line now "
            "but for shares withheld or paid in cash.",
            kind=AnswerKind.CHOICE,
            options=lambda _view: _TABLES,
            propose=_table_before,
        ),
        traded_on(
            "Date of payment",
            "Column 2 (Table II: 3). After a person has left office, an exempt payout is not reportable, as the "
            "staff's view is reported (NASPP, 2011).",
        ),
        security(),
        _settled("How many units were paid out?", when=_is_table_2),
        *_withheld(),
        asked(
            "cashed",
            "How many units were paid in cash?",
            "Column 4, Instruction 8, code D. A fraction, or a part: 0.6; 0 if there are none.",
            "amount",
            entry=EntryKind.NUMBER,
            propose=lambda view: Proposal("0") if _cashed_fault(view, "0") is None else None,
            fault=_cashed_fault,
        ),
        asked(
            "cash_price",
            "Cash paid for one unit, US dollars",
            "Column 4. Usually the closing price of that day.",
            "price",
            entry=EntryKind.NUMBER,
            propose=lambda view: Proposal(each) if (each := answer_to(view, "price")) else None,
            when=_in_cash,
        ),
        approval(_in_cash),
        *unit_terms(_PHANTOM, unit_words(_PHANTOM), kinds=_DEFERRED, when=_is_table_2),
        under_plan("the issuer's deferred compensation plan"),
        asked(
            "paid_after",
            "After what event were they paid?",
            "Column 3, a footnote to the code, which says it: the end of service as a director.",
            longest=300,
        ),
        *holder(),
        replace(
            offered(
                "paid_note",
                "Footnote on the payment",
                "Column 3, a footnote to the code, in the Explanation of Responses. By custom: under which plan the "
                "units were paid, and why now.",
                _paid_words,
            ),
            derived=True,
        ),
    ),
    rows=(
        RowRecipe(
            table=TABLE_1,
            cells=cells_of("M", "A", amount=Take("settled"), price="0"),
            notes={"transaction_code": "paid_note"},
            when=answered("style", "table2"),
        ),
        RowRecipe(
            table=TABLE_1,
            cells=cells_of("F", "D", amount=Take("withheld"), price=Take("price")),
            notes={"transaction_code": "paid_note"},
            when=_is_some("withheld"),
        ),
        RowRecipe(
            table=TABLE_1,
            cells=cells_of(Worked(_code), "D", amount=Take("cashed"), price=Take("cash_price")),
            notes={"transaction_code": "paid_note"},
            when=_is_some("cashed"),
        ),
        RowRecipe(table=TABLE_2, cells=unit_cells("M", "D", "settled"), when=answered("style", "table2")),
    ),
)

# ---- 40: units or SARs paid in cash

_WHO_CHOSE: Final = (
    Option("terms", "The plan or award, or the issuer"),
    Option("person", "The person, by moving or selling a fund balance"),
)
_KINDS: Final = (
    Option("only", "Units that pay in cash only"),
    Option("chosen", "Units for which cash took the place of shares"),
    Option("sar", "A stock appreciation right (SAR)"),
)
_is_sar: Final = says("kind", "sar")


def _is_units(view: View) -> bool:
    return not _is_sar(view)


def _has_shares(view: View) -> bool:
    """Whether a part was paid in shares."""
    settled, cashed = (row_value.number(answer_to(view, name)) for name in ("settled", "cashed"))
    return settled is not None and cashed is not None and cashed < settled


def _more_fault(view: View, typed: str) -> str | None:
    settled, cashed = row_value.number(answer_to(view, "settled")), row_value.number(typed)
    if settled is None or cashed is None or cashed <= settled:
        return None
    return "More than were settled: type the part that was paid in cash"


def _cash_words(view: View) -> Proposal | None:
    each, title = answer_to(view, "price"), answer_to(view, "security")
    if not each or not title:
        return None
    value = f"{money_words(each)}, the closing price of {title} on {us_day(answer_to(view, 'date'))}"
    if _is_sar(view):
        return Proposal(f"Each right was settled in cash for the excess of {value}, over its grant price.")
    return Proposal(f"Each unit was settled in cash for {value}.")


def _exercised_at(answers: Mapping[str, str]) -> str:
    return answers.get("strike", "") if answers.get("kind") == "sar" else "0"


def _unit_title(view: View) -> Proposal | None:
    return titled(_CASH_UNITS if says("kind", "only")(view) else _UNITS, kinds=UNITS)(view)


def _terms() -> tuple[Prompt, ...]:
    """The line of units, or the right, that was settled."""
    units = tuple(
        replace(prompt, propose=_unit_title) if prompt.id.endswith(".unit") else prompt
        for prompt in unit_terms(_CASH_UNITS, unit_words(_CASH_UNITS), kinds=UNITS, when=_is_units)
    )
    rights = option_terms("Stock Appreciation Right", kinds=("option",), when=_is_sar)
    return _either(units, rights)


def _either(units: tuple[Prompt, ...], rights: tuple[Prompt, ...]) -> tuple[Prompt, ...]:
    """Questions that both have once, as the units or the right ask them."""
    of_right = {prompt.id: prompt for prompt in rights}
    both = [_joined(prompt, of_right.pop(prompt.id, None)) for prompt in units]
    first, *rest = both
    return (first, *of_right.values(), *rest)


def _joined(unit: Prompt, right: Prompt | None) -> Prompt:
    if right is None:
        return unit

    def of(view: View) -> Prompt:
        return right if _is_sar(view) else unit

    return replace(
        unit,
        message=lambda view: of(view).asked(view),
        when=lambda view: of(view).when(view),
        options=lambda view: of(view).options(view),
        propose=lambda view: of(view).propose(view),
    )


PAID_IN_CASH: Final = Recipe(
    id="paid_in_cash",
    number=40,
    label="Units or SARs paid in cash",
    also="cash-settled settled settlement cash units phantom stock appreciation right performance cash liability award "
    "exercise RSU restricted stock units vested payout",
    rule="Three lines, due in two business days: the units leave in Table II and as many shares arrive in Table I, "
    "code M; what was paid in cash leaves there again, code D, which claims Rule 16b-3(e), or S without approval. Code "
    "F is for shares withheld only (Instruction 8; Rules 16a-1(c), 16b-3(e)).",
    insiders=True,
    insiders_by="code D, Rule 16b-3(e)",
    prompts=(
        or_elsewhere(
            "moment",
            chosen(
                "moment",
                "Who chose the time of payment?",
                "Column 3, Instruction 8; Rule 16b-3(f). A fund balance that the person chose to cash out is a "
                "discretionary transaction, code I.",
                _WHO_CHOSE,
            ),
            {"person": _SWITCHED},
        ),
        chosen(
            "kind",
            "What was paid in cash?",
            "Instruction 4(c); Rule 16a-1(c): units and rights whose value follows the stock are derivative "
            "securities, also where they pay in cash only.",
            _KINDS,
        ),
        traded_on("Date of settlement", "Column 2 (Table II: 3)."),
        security("Column 1 (Table II: 7). The class whose price sets the value: Common Stock."),
        _settled("How many units or rights were settled?", when=lambda _view: True),
        asked(
            "cashed",
            "How many of them were paid in cash?",
            "Column 4, Instruction 8, code D. The others were paid in shares, which stay in the total.",
            "amount",
            entry=EntryKind.NUMBER,
            propose=lambda view: Proposal(number, "all") if (number := answer_to(view, "settled")) else None,
            fault=_more_fault,
        ),
        price(
            "Value of one share used for the payment, US dollars",
            "Column 4. Usually the closing price; for a SAR the same, before its grant price is taken off.",
        ),
        approval(),
        asked(
            "withheld",
            "How many shares were withheld for tax?",
            "Column 4, Instruction 8, code F. Only of the part that was paid in shares; 0 if there are none.",
            "amount",
            entry=EntryKind.NUMBER,
            propose=lambda _view: Proposal("0"),
            when=_has_shares,
        ),
        *_terms(),
        *holder(),
        replace(
            offered(
                "cash_note",
                "Footnote on the payment",
                "Column 3, a footnote to the code, in the Explanation of Responses. By custom: what was paid for each, "
                "and at which price.",
                _cash_words,
            ),
            derived=True,
        ),
    ),
    rows=(
        RowRecipe(
            table=TABLE_1,
            cells=cells_of("M", "A", amount=Take("settled"), price=Worked(_exercised_at)),
        ),
        RowRecipe(
            table=TABLE_1,
            cells=cells_of("F", "D", amount=Take("withheld"), price=Take("price")),
            when=_is_some("withheld"),
        ),
        RowRecipe(
            table=TABLE_1,
            cells=cells_of(Worked(_code), "D", amount=Take("cashed"), price=Take("price")),
            notes={"transaction_code": "cash_note"},
        ),
        RowRecipe(
            table=TABLE_2, cells=unit_cells("M", "D", "settled"), when=answered("kind", "only", "chosen")
        ),
        RowRecipe(table=TABLE_2, cells=option_cells("M", "D", "settled"), when=answered("kind", "sar")),
    ),
)
