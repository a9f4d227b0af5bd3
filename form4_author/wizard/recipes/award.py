"""Restricted stock, restricted stock units and performance units (events 4 to 8)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from form4_author.ledger.title import class_of
from form4_author.wizard.draft import row_value
from form4_author.wizard.draft.answer import cells, rows
from form4_author.wizard.entry import EntryKind
from form4_author.wizard.option import Option
from form4_author.wizard.pasted_table import SELL
from form4_author.wizard.recipe import ANSWERS, Recipe, RowRecipe, Take, Worked
from form4_author.wizard.recipes.shared.cell import TABLE_1, TABLE_2, answered, cells_of, unit_cells
from form4_author.wizard.recipes.shared.derivative_term import unit_terms
from form4_author.wizard.recipes.shared.question import (
    NUMBERED,
    asked,
    holder,
    offered,
    phrase,
    price,
    quantity,
    says,
    security,
    traded_on,
)
from form4_author.wizard.recipes.shared.series import has_units
from form4_author.wizard.recipes.shared.wording import answer_to, unit_words, vesting_words
from form4_author.wizard.recipes.trade import trade_fills
from form4_author.wizard.screen import Answer, AnswerKind, Prompt, Proposal, Step, View

__all__ = ["GRANTED_STOCK", "GRANTED_UNITS", "RSU_SOLD", "RSU_WITHHELD", "STOCK_WITHHELD", "style_before"]

if TYPE_CHECKING:
    from collections.abc import Mapping

    from form4_author.wizard.screen import Words

_NOTED: Final = "The text appears in the Explanation of Responses."
_CUSTOM: Final = f"Column 4, a footnote to the amount. {_NOTED}"

# ---- 4: restricted stock

GRANTED_STOCK: Final = Recipe(
    id="granted_stock",
    number=4,
    label="Granted restricted stock",
    also="award awarded awards grant grants granting annual shares director retainer RSA restricted stock "
    "award bonus incentive performance shares time-based new hire inducement sign-on retention "
    "long-term compensation equity issued",
    rule="One line of Table I, code A at 0, due in two business days (Instruction 8; Rule 16b-3(d)).",
    insiders=True,
    insiders_by="code A, Rule 16b-3(d)",
    prompts=(
        traded_on("Date of grant", "Column 2. The day the board or committee granted it."),
        security(),
        quantity("How many shares were granted?", "Column 4. All shares of the award, vested or not."),
        *holder(),
        offered(
            "vesting",
            "Vesting terms, as a footnote",
            f"{_CUSTOM} How the shares vest: The shares vest in four equal annual installments beginning "
            "November 1, 2027. Up to 1,000 characters.",
            vesting_words("unit", r"\b[rp]sus?\b"),
        ),
    ),
    rows=(RowRecipe(table=TABLE_1, cells=cells_of("A", "A", price="0"), notes={"amount": "vesting"}),),
)

# ---- the two styles of units

_UNITS: Final = "Restricted Stock Units"
_PRICE: Final = "price"
_OPEN: Final = "open"
_GRANT_STYLES: Final = (
    Option("table1", "Time, or a goal that was certified: in Table I, as stock"),
    Option("table2", "Time, or a goal that was certified: in Table II, as units"),
    Option(_PRICE, "The share price alone, with or without service: in Table II"),
    Option(_OPEN, "A goal other than the share price, not certified yet"),
)
_VEST_STYLES: Final = (
    Option("table1", "In Table I, as stock: no line for the vesting itself now"),
    Option("table2", "In Table II, as units: they are exercised now (M)"),
)
_is_table2: Final = answered("style", "table2")
_is_due: Final = says("style", "table1", "table2", _PRICE)
"""Whether units granted have a line now."""
_NOTHING_NOW: Final = (
    "No line now: units earned by a goal other than the share price are reported when the committee certifies the "
    "result. Reporting them earlier is permitted, and does not replace that report."
)


def style_before(view: View) -> Proposal:
    """One award is reported one way for its life: units already in Table II stay there; else the issuer's style."""
    units = any(
        "unit" in class_of(cells(table, row).get("security_title")).split()
        for table, _, row in rows(view.draft)
        if table == TABLE_2
    )
    if units or has_units(view):
        return Proposal("table2")
    return Proposal("table2" if view.style("rsu") == "II" else "table1")


def _style(message: Words, options: tuple[Option, ...]) -> Prompt:
    return asked(
        "style",
        message,
        "Instructions 4(c), 8. Both ways are accepted. An award reported in Table I when granted has no line on "
        "vesting but the shares withheld or sold; one reported in Table II is exercised there. Keep to the one used "
        "for this award.",
        kind=AnswerKind.CHOICE,
        options=lambda _view: options,
        propose=style_before,
    )


# ---- 5: units granted


def _styled(view: View, answer: Answer) -> Step:
    words = (_NOTHING_NOW,) if answer == _OPEN else ()
    return Step(draft=view.with_text(f"{ANSWERS}style", answer).draft, words=words)


def _terms_granted() -> tuple[Prompt, ...]:
    """Title, note and dates of units in Table II; hurdles in place of a vesting schedule where the price decides."""
    *first, exercisable, expiration = unit_terms(
        _UNITS, unit_words(_UNITS), new=True, when=says("style", "table2", _PRICE)
    )
    by_price = says("style", _PRICE)
    return (
        *first,
        replace(
            exercisable,
            message=lambda view: (
                "Share price hurdles and service, as a footnote"
                if by_price(view)
                else exercisable.asked(view)
            ),
            propose=lambda view: None if by_price(view) else exercisable.propose(view),
        ),
        replace(
            expiration,
            message=lambda view: (
                "When does the performance period end? A date, or words for a footnote"
                if by_price(view)
                else expiration.asked(view)
            ),
            propose=lambda view: None if by_price(view) else expiration.propose(view),
        ),
    )


GRANTED_UNITS: Final = Recipe(
    id="granted_units",
    number=5,
    label="Granted RSUs, or PSUs that are earned",
    also="award awarded awards grant grants granting annual restricted stock units RSU PSU performance "
    "share units performance shares earned certified achieved director retainer deferred DSU LTIP "
    "long-term incentive time-based new hire inducement sign-on retention market-based compensation "
    "equity issued",
    rule="Code A at 0, due in two business days, by the issuer's house style in Table I as stock or in Table II as "
    "units (Instruction 8; Rule 16b-3(d)). Units earned by a goal count once the result is certified; units that vest "
    "on the share price alone from the grant, in Table II, as they are derivative securities (Rule 16a-1(c)).",
    insiders=True,
    insiders_by="code A, Rule 16b-3(d)",
    prompts=(
        replace(
            _style("What must happen before the units vest, and where are they reported?", _GRANT_STYLES),
            help="Instructions 4(c), 8; Rule 16a-1(c). Time: four annual installments; keep to the table used for this "
            "issuer's awards. A goal: revenue, or return compared with other companies (relative TSR), also beside a "
            "share price; it counts once the committee certified the result. The share price alone, such as an average "
            "of $50 for 20 days, counts from the grant, as the staff's view is reported (NASPP, July 2024).",
            act=_styled,
        ),
        traded_on(
            "Date of grant",
            "Column 2. For units earned by a goal the day the result was certified; for units that vest on the share "
            "price alone the day of the grant.",
            when=_is_due,
        ),
        security(when=_is_due),
        quantity(
            "How many units were granted?",
            "Column 4 (Table II: column 5). All of the award, vested or not; of units that vest on the share price "
            "the most that can be earned.",
            when=_is_due,
        ),
        offered(
            "vesting",
            "Vesting terms, as a footnote",
            f"{_CUSTOM} Represents restricted stock units that vest in four equal annual installments beginning "
            "November 1, 2027.",
            vesting_words(),
            when=says("style", "table1"),
        ),
        *_terms_granted(),
    ),
    rows=(
        RowRecipe(
            table=TABLE_1,
            cells=cells_of("A", "A", price="0", ownership_form="D"),
            notes={"amount": "vesting"},
            when=answered("style", "table1"),
        ),
        RowRecipe(
            table=TABLE_2,
            cells=unit_cells("A", "A", ownership_form="D"),
            when=answered("style", "table2", _PRICE),
        ),
    ),
)

# ---- 6: units vested, shares withheld

_WITHHELD: Final = (
    "The reported shares were withheld to cover the Reporting Person's tax liability in connection with the vesting of "
    "restricted stock units."
)
_VESTED_ON: Final = traded_on(
    "Vesting date", "Column 2. The day the units vested, not the day the shares were delivered."
)
_VESTED: Final = asked(
    "vested",
    "How many units vested?",
    "Table II, column 5: all of them, with those withheld or sold.",
    "amount",
    TABLE_2,
    entry=EntryKind.NUMBER,
    when=says("style", "table2"),
)
_VESTING_DAY: Final = Worked(lambda answers: answers.get("vested_on") or answers.get("date", ""))
"""The vesting's own day where it is reported beside the day of a sale."""
_VESTING_ROW: Final = RowRecipe(
    table=TABLE_1,
    cells=cells_of(
        "M", "A", transaction_date=_VESTING_DAY, amount=Take("vested"), price="0", ownership_form="D"
    ),
    when=_is_table2,
)
_UNITS_ROW: Final = RowRecipe(
    table=TABLE_2,
    cells=unit_cells("M", "D", "vested", transaction_date=_VESTING_DAY, ownership_form="D"),
    when=_is_table2,
)


def _is_withheld(answers: Mapping[str, str]) -> bool:
    return bool(row_value.number(answers.get("quantity")))


def _withholds(view: View) -> bool:
    return bool(row_value.number(answer_to(view, "quantity")))


def _withheld_fault(view: View, typed: str) -> str | None:
    """An award of Table I has no line at all when it vests and nothing is withheld."""
    if row_value.number(typed) or answer_to(view, "style") == "table2":
        return None
    return "No shares withheld: an award reported in Table I then has no line on vesting. Type how many, or go back (<)"


RSU_WITHHELD: Final = Recipe(
    id="rsu_withheld",
    number=6,
    label="RSUs vested, shares withheld for tax (or none)",
    also="restricted stock units vesting vest vests taxes withholding withhold withholds net settled "
    "settlement settle settles net-settled netted released release delivered delivery issued without "
    "PSU performance share units surrendered surrender payroll",
    rule="An award reported in Table I has one line now: code F, the shares withheld. One reported in Table II also "
    "has the units leave there and the shares arrive in Table I, code M at 0; with no shares withheld just these two "
    "(Instruction 8; Rule 16b-3(e)).",
    insiders=True,
    insiders_by="code F, Rule 16b-3(e)",
    prompts=(
        _style("Where was the grant of these units reported?", _VEST_STYLES),
        _VESTED_ON,
        security(),
        _VESTED,
        asked(
            "quantity",
            "How many shares were withheld?",
            "Column 4, Instruction 8, code F. Only the shares withheld for tax; 0 if none were withheld and the "
            "units are in Table II.",
            "amount",
            entry=EntryKind.NUMBER,
            fault=_withheld_fault,
        ),
        price(
            "Value per share used for the withholding, US dollars",
            "Column 4. Usually the closing price on the vesting date.",
            when=_withholds,
        ),
        offered(
            "withheld_note",
            "Footnote to the shares withheld",
            f"{_CUSTOM} By custom it says what the shares paid for.",
            phrase("withh", _WITHHELD, stale=NUMBERED),
            when=_withholds,
        ),
        *unit_terms(_UNITS, unit_words(_UNITS), when=says("style", "table2")),
    ),
    rows=(
        _VESTING_ROW,
        RowRecipe(
            table=TABLE_1,
            cells=cells_of("F", "D", price=Take("price"), ownership_form="D"),
            notes={"amount": "withheld_note"},
            when=_is_withheld,
        ),
        _UNITS_ROW,
    ),
)

# ---- 7: units vested, shares sold for tax

_SOLD: Final = (
    "The shares were sold to cover tax withholding obligations in connection with the vesting of restricted stock "
    "units."
)

_AFTER: Final = "The units can't vest after the sale of their shares: type that day or an earlier one"

RSU_SOLD: Final = Recipe(
    id="rsu_sold",
    number=7,
    label="RSUs vested, shares sold to cover tax",
    also="restricted stock units vesting vest vests taxes withholding sale sell sells selling "
    "sell-to-cover released release delivered delivery settled settlement PSU performance share units "
    "broker market",
    rule="An award reported in Table I has one line now: code S, the sale on the market, with a footnote. One reported "
    "in Table II also has the units leave there and the shares arrive in Table I, code M at 0, on the day they vested "
    "(Instruction 8; Rule 16a-3(g)(1)).",
    insiders=True,
    insiders_by="code M, Rule 16b-3",
    prompts=(
        _style("Where was the grant of these units reported?", _VEST_STYLES),
        traded_on("Date of the sale", "Column 2, the day of the trade, not of settlement."),
        asked(
            "vested_on",
            "When did the units vest?",
            "Column 2 (Table II: 3) of the vesting's lines, code M: the day the units vested, also where the shares "
            "were sold on a later day.",
            "transaction_date",
            entry=EntryKind.DATE,
            propose=lambda view: (
                Proposal(day, "the day of the sale") if (day := answer_to(view, "date")) else None
            ),
            derived=True,
            fault=lambda view, typed: _AFTER if "" < answer_to(view, "date") < typed else None,
            when=says("style", "table2"),
        ),
        security(),
        _VESTED,
        *trade_fills("How many shares were sold?", "Column 4.", SELL, only=True),
        offered(
            "sold_note",
            "Footnote to the sale",
            f"Column 3, a footnote to the code. {_NOTED} By custom it says why.",
            phrase("to cover", _SOLD, stale=NUMBERED),
        ),
        *unit_terms(_UNITS, unit_words(_UNITS), when=says("style", "table2")),
    ),
    rows=(
        _VESTING_ROW,
        RowRecipe(
            table=TABLE_1,
            cells=cells_of("S", "D", price=Take("price"), ownership_form="D"),
            notes={"transaction_code": "sold_note", "price": "price_note"},
            fills=True,
        ),
        _UNITS_ROW,
    ),
)

# ---- 8: restricted stock vested, withheld

STOCK_WITHHELD: Final = Recipe(
    id="stock_withheld",
    number=8,
    label="Restricted stock vested, shares withheld for tax",
    also="vesting vest vests taxes withholding withhold withholds net settled settlement settle released "
    "release RSA award restrictions lapsed lapse lapses performance shares surrendered surrender",
    rule="One line of Table I, code F at the value used, due in two business days (Instruction 8; Rule 16b-3(e)). The "
    "vesting itself has no line: the grant was reported.",
    insiders=True,
    insiders_by="code F, Rule 16b-3(e)",
    prompts=(
        traded_on("Vesting date", "Column 2."),
        security(),
        quantity("How many shares were withheld?", "Column 4. Only the shares withheld for tax."),
        price("Value per share used for the withholding, US dollars", "Column 4."),
        offered(
            "withheld_note",
            "Footnote to the shares withheld",
            f"{_CUSTOM} By custom it says what the shares paid for.",
            "The reported shares were withheld to cover the Reporting Person's tax liability in connection with the "
            "vesting of restricted stock.",
        ),
    ),
    rows=(
        RowRecipe(
            table=TABLE_1,
            cells=cells_of("F", "D", price=Take("price"), ownership_form="D"),
            notes={"amount": "withheld_note"},
        ),
    ),
)
