"""Plans and credits: deferred fees, dividend equivalents, ESPP, 401(k), reinvestment, fund switches (20 to 23)."""

from __future__ import annotations

from typing import Final

from form4_author.wizard.entry import Entry
from form4_author.wizard.recipe import Recipe, RowRecipe, Take
from form4_author.wizard.recipes.cell import TABLE_1, TABLE_2, adjustment, answered, cells_of, unit_cells
from form4_author.wizard.recipes.question import (
    asked,
    chosen,
    holder,
    offered,
    plan_line,
    price,
    quantity,
    required_note,
    says,
    security,
    traded_on,
)
from form4_author.wizard.recipes.term import unit_terms
from form4_author.wizard.screen import Option, Proposal, View

__all__ = ["DEFERRED", "DIVIDENDS", "FUND_SWITCH", "PLAN_PURCHASES"]

_PHANTOM: Final = (
    "Each phantom stock unit is the economic equivalent of one share of the issuer's common stock and is settled when "
    "the reporting person's service ends."
)

# ---- 20: deferred fees

DEFERRED: Final = Recipe(
    id="deferred",
    number=20,
    label="Deferred fees or pay into phantom or stock units",
    also="deferral compensation retainer director",
    rule="One line of Table II, code A at the value of one unit, due in two business days (Instruction 8; Rule "
    "16b-3(d)).",
    insiders=True,
    prompts=(
        traded_on("Date of the credit", "Column 3."),
        security("Column 7. The class that a unit stands for: Common Stock."),
        quantity("How many units were credited?", "Columns 5 and 7. Fractions to four decimals."),
        asked(
            "value",
            "Value of one unit, US dollars",
            "Column 8: what was deferred for one unit, usually the closing price.",
            "price",
            TABLE_2,
            entry=Entry.NUMBER,
        ),
        *unit_terms(
            "Phantom Stock Units",
            _PHANTOM,
            "Payable in shares when service as a director ends.",
            kinds=("phantom", "unit"),
        ),
    ),
    rows=(RowRecipe(table=TABLE_2, cells=unit_cells("A", "A", price=Take("value"), ownership_form="D")),),
)

# ---- 21: dividend equivalents

_HOW: Final = (
    Option("adjust", "No line: the total changes, with a footnote (16a-11)"),
    Option("table1", "A line of Table I (A)"),
    Option("table2", "A line of Table II, as units (A)"),
)

DIVIDENDS: Final = Recipe(
    id="dividend_equivalents",
    number=21,
    label="Dividend equivalents credited (a line, or totals change)",
    rule="No line when they follow a reinvestment plan for all holders (Rule 16a-11): the total changes, with a "
    "footnote. Else code A at 0 (Instruction 8; Rule 16b-3(d)).",
    insiders=True,
    prompts=(
        chosen(
            "how",
            "How are they reported?",
            "Rule 16a-11 covers reinvestment of dividends under a plan open to holders at large, and units that vest "
            "and are settled with it.",
            _HOW,
        ),
        traded_on("Date of the credit", "Column 2 (Table II: 3).", when=says("how", "table1", "table2")),
        security(),
        quantity("How many were credited?", "Fractions to four decimals."),
        required_note(
            "credited",
            "Footnote on the credit",
            "It says where the shares or units came from.",
            "Includes dividend equivalents credited on restricted stock units, which vest with the units they "
            "relate to.",
        ),
        *unit_terms("Restricted Stock Units", _PHANTOM, when=says("how", "table2")),
    ),
    rows=(
        adjustment("A", "credited", when=answered("how", "adjust"), ownership_form="D"),
        RowRecipe(
            table=TABLE_1,
            cells=cells_of("A", "A", price="0", ownership_form="D"),
            notes={"amount": "credited"},
            when=answered("how", "table1"),
        ),
        RowRecipe(
            table=TABLE_2,
            cells=unit_cells("A", "A", ownership_form="D"),
            notes={"amount": "credited"},
            when=answered("how", "table2"),
        ),
    ),
)

# ---- 22: regular plan purchases

_PLANS: Final = {
    "espp": ("Employee stock purchase plan (ESPP)", "the issuer's employee stock purchase plan"),
    "401k": ("401(k) plan", "the issuer's 401(k) plan"),
    "drip": ("Dividend reinvestment plan (DRIP)", "a dividend reinvestment plan"),
}


def _plan_words(view: View) -> Proposal:
    plan = _PLANS[view.text("interview.events[{i}].answers.plan") or "espp"][1]
    return Proposal(f"Includes shares acquired under {plan} since the last report.")


PLAN_PURCHASES: Final = Recipe(
    id="plan_purchases",
    number=22,
    label="ESPP, 401(k) or DRIP purchases (no line; total changes)",
    also="employee stock purchase plan dividend reinvestment reinvested 401k",
    rule="No line: exempt from reporting (ESPP and 401(k): Rule 16b-3(c); reinvested dividends: Rule 16a-11). The "
    "total changes, with a footnote; alone it needs no form. A line may be given voluntarily (Instruction 8, V).",
    prompts=(
        chosen(
            "plan",
            "Which plan?",
            "Only regular purchases under the plan; a fund switch in it is another event.",
            tuple(Option(name, words[0]) for name, words in _PLANS.items()),
        ),
        chosen(
            "how",
            "How is it shown?",
            "Most filers adjust the total.",
            (
                Option("adjust", "No line: the total changes"),
                Option("line", "A voluntary line (J, prints V)"),
            ),
        ),
        traded_on("Date of the last purchase", "Column 2.", when=says("how", "line")),
        security(),
        quantity("How many shares since the last report?", "They are added to what the line held then."),
        price("Price per share, US dollars", "Column 4.", when=says("how", "line")),
        *holder(in_plan=says("plan", "401k")),
        asked(
            "acquired",
            "Footnote at the total",
            "It says why the total differs from the last form.",
            prefill=True,
            longest=1000,
            propose=_plan_words,
        ),
    ),
    rows=(
        adjustment("A", "acquired", when=answered("how", "adjust")),
        RowRecipe(
            table=TABLE_1,
            cells=cells_of("J", "A", price=Take("price"), transaction_form_type="5"),
            notes={"transaction_code": "acquired"},
            when=answered("how", "line"),
        ),
    ),
)

# ---- 23: fund switch

FUND_SWITCH: Final = Recipe(
    id="fund_switch",
    number=23,
    label="Switched funds in a 401(k) or deferral plan",
    rule="One line of Table I, code I, due in two business days after the deemed execution (Instruction 8; Rules "
    "16b-3(f), 16a-3(g)(3)).",
    insiders=True,
    prompts=(
        chosen(
            "direction",
            "Which way?",
            "Into or out of the issuer's stock fund.",
            (Option("A", "Into the issuer's stock"), Option("D", "Out of the issuer's stock")),
        ),
        traded_on("Date of the switch", "Column 2."),
        asked(
            "deemed",
            "When did the plan tell the person? Enter alone where the person chose the day",
            "Column 2A, Rule 16a-3(g)(3): the day of notice, at most the third business day after, counts as execution "
            "when the person did not choose the date.",
            "deemed_execution_date",
            entry=Entry.DATE,
            required=False,
        ),
        security(),
        quantity("How many shares?", "Column 4."),
        price("Price per share, US dollars", "Column 4. The plan's transfer price."),
        asked(
            "nature",
            "By which plan? As column 7 has it",
            "Column 7: By 401(k) Plan.",
            "nature_of_ownership",
            propose=lambda view: Proposal(plan_line(view) or "By 401(k) Plan"),
        ),
        offered(
            "switch", "Footnote on the switch", "By custom: Intra-plan transfer in the issuer's 401(k) plan."
        ),
    ),
    rows=(
        RowRecipe(
            table=TABLE_1,
            cells=cells_of(
                "I",
                Take("direction"),
                price=Take("price"),
                deemed_execution_date=Take("deemed"),
                ownership_form="I",
            ),
            notes={"amount": "switch"},
        ),
    ),
)
