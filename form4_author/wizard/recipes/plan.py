"""Plans and credits: deferred fees, dividend equivalents, ESPP, 401(k), reinvestment, fund switches (20 to 23)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from form4_author.wizard.draft.deemed_date import deemed_day
from form4_author.wizard.entry import EntryKind
from form4_author.wizard.option import Option
from form4_author.wizard.recipe import Recipe, RowRecipe, Take, Worked
from form4_author.wizard.recipes.shared.cell import (
    TABLE_1,
    TABLE_2,
    adjustment,
    answered,
    cells_of,
    unit_cells,
)
from form4_author.wizard.recipes.shared.derivative_term import unit_terms
from form4_author.wizard.recipes.shared.question import (
    asked,
    chosen,
    holder,
    of_table_2,
    offered,
    plan_line,
    price,
    quantity,
    required_note,
    says,
    security,
    traded_on,
)
from form4_author.wizard.recipes.shared.series import UNITS, titles
from form4_author.wizard.recipes.shared.table_choice import (
    in_either,
    in_table_1,
    in_table_2,
    on_table_2,
    security_of_either,
    terms_of_either,
)
from form4_author.wizard.recipes.shared.wording import answer_to, unit_words
from form4_author.wizard.screen import Proposal, View
from form4_author.wizard.wording import number_words

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["DEFERRED", "DIVIDENDS", "FUND_SWITCH", "PLAN_PURCHASES"]

_PHANTOM: Final = "Phantom Stock Units"
_UNITS: Final = "Restricted Stock Units"

# ---- 20: deferred fees

DEFERRED: Final = Recipe(
    id="deferred",
    number=20,
    label="Deferred fees or pay into phantom or stock units",
    also="defer defers deferral deferrals deferring compensation salary bonus retainer director NQDC "
    "nonqualified elective DSU share equivalents notional account",
    rule="One line of Table II, code A at the value of one unit, due in two business days (Instruction 8; Rule "
    "16b-3(d)).",
    insiders=True,
    insiders_by="code A, Rule 16b-3(d)",
    prompts=(
        traded_on("Date of the credit", "Column 3."),
        security("Column 7. The class that a unit represents: Common Stock.", any_title=True),
        quantity("How many units were credited?", "Columns 5 and 7. Fractions to four decimals."),
        asked(
            "value",
            "Value of one unit, US dollars",
            "Column 8: what was deferred for one unit, usually the closing price.",
            "price",
            TABLE_2,
            entry=EntryKind.NUMBER,
        ),
        *unit_terms(_PHANTOM, unit_words(_PHANTOM), kinds=("phantom", "unit")),
    ),
    rows=(RowRecipe(table=TABLE_2, cells=unit_cells("A", "A", price=Take("value"), ownership_form="D")),),
)

# ---- 21: dividend equivalents

_HOW: Final = (
    Option("adjust", "No line: the total changes, with a footnote (16a-11)"),
    Option("table1", "A line of Table I (A)"),
    Option("table2", "A line of Table II, as units (A)"),
)


_CREDITED: Final = security_of_either(
    "Column 1, Instruction 3(b). The stock or the units whose line or total it is.",
    undecided=says("how", "adjust"),
)


def _credited_on(view: View) -> Proposal | None:
    """Units last reported in Table II; stock where there are none, or the line is of Table I."""
    units = () if answer_to(view, "how") == "table1" else titles(UNITS)(view)
    if units:
        return Proposal(units[0], "as last reported")
    return Proposal(_UNITS) if answer_to(view, "how") == "table2" else _CREDITED[0].propose(view)


def _on_units(view: View) -> bool:
    return answer_to(view, "how") == "table2" or (answer_to(view, "how") == "adjust" and in_table_2(view))


def _credited_words(view: View) -> Proposal:
    if answer_to(view, "how") == "adjust":
        count = number_words(answer_to(view, "quantity"))
        return Proposal(
            f"Includes {count} dividend equivalents credited since the last report, exempt under Rule 16a-11."
        )
    return Proposal("Represents dividend equivalents credited to the reporting person.")


DIVIDENDS: Final = Recipe(
    id="dividend_equivalents",
    number=21,
    label="Dividend equivalents credited (a line, or totals change)",
    also="dividends DER DEU equivalent rights accrued accrual accrues accumulated reinvested additional "
    "RSU restricted stock units phantom",
    rule="No line when they follow a reinvestment plan for all holders (Rule 16a-11): the total changes, with a "
    "footnote. Else code A at 0 (Instruction 8; Rule 16b-3(d)).",
    insiders=True,
    insiders_by="code A, Rule 16b-3(d)",
    prompts=(
        chosen(
            "how",
            "How are they reported?",
            "Rule 16a-11 covers reinvestment of dividends under a plan open to holders at large, and units that vest "
            "and are settled with it.",
            _HOW,
        ),
        traded_on("Date of the credit", "Column 2 (Table II: 3).", when=says("how", "table1", "table2")),
        replace(
            _CREDITED[0],
            propose=_credited_on,
            fault=lambda view, typed: of_table_2(view, typed) if says("how", "table1")(view) else None,
        ),
        _CREDITED[1],
        quantity("How many were credited?", "Column 4 (Table II: column 5). Fractions to four decimals."),
        *terms_of_either(_on_units),
        replace(
            required_note(
                "credited",
                "Footnote on the credit",
                "Column 5 (Table II: 9) where the total changes (Rule 16a-11), column 4 (Table II: 5) of a line. It "
                "says where the shares or units came from.",
            ),
            propose=_credited_words,
            derived=True,
        ),
    ),
    rows=(
        *in_either(adjustment("A", "credited", when=answered("how", "adjust"), ownership_form="D")),
        RowRecipe(
            table=TABLE_1,
            cells=cells_of("A", "A", price="0", ownership_form="D"),
            notes={"amount": "credited"},
            when=answered("how", "table1"),
        ),
        on_table_2(
            RowRecipe(
                table=TABLE_1,
                cells=cells_of("A", "A", price="0", ownership_form="D"),
                notes={"amount": "credited"},
                when=answered("how", "table2"),
            )
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
    if answer_to(view, "how") == "line":
        return Proposal(f"Acquired under {plan}.")
    return Proposal(f"Includes {_what(view)} acquired under {plan} since the last report.")


def _what(view: View) -> str:
    return "units" if in_table_2(view) else "shares"


PLAN_PURCHASES: Final = Recipe(
    id="plan_purchases",
    number=22,
    label="ESPP, 401(k) or DRIP purchases (no line; total changes)",
    also="employee stock purchase plan 423 dividend reinvestment reinvest reinvested dividends 401k "
    "savings retirement ESOP employer company match matching contribution contributions payroll "
    "deduction thrift pension profit sharing excess benefit",
    rule="No line: exempt from reporting (ESPP and 401(k): Rule 16b-3(c); reinvested dividends: Rule 16a-11). The "
    "total changes, with a footnote; alone it needs no form. A line may be given voluntarily (Instruction 8, V).",
    prompts=(
        chosen(
            "plan",
            "Which plan?",
            "Rules 16b-3(c) and 16a-11: only regular purchases under the plan; a fund switch in it is another event.",
            tuple(Option(name, words[0]) for name, words in _PLANS.items()),
        ),
        chosen(
            "how",
            "How is it shown?",
            "Instruction 4(a)(i): the total changes with a footnote, as most filers have it, or by a voluntary "
            "line (V).",
            (
                Option("adjust", "No line: the total changes"),
                Option("line", "A voluntary line (J, prints V)"),
            ),
        ),
        traded_on("Date of the last purchase", "Column 2.", when=says("how", "line")),
        *security_of_either(),
        quantity(
            "How many shares since the last report?",
            "Column 5 (Table II: 9), Instruction 4(a)(i): they are added to what the line held then.",
        ),
        *terms_of_either(),
        price("Price per share, US dollars", "Column 4.", when=says("how", "line")),
        *holder(in_plan=says("plan", "401k")),
        asked(
            "acquired",
            "Footnote at the total",
            "Column 5 (Table II: 9), Instruction 4(a)(i). It says why the total differs from the last form.",
            prefill=True,
            longest=1000,
            propose=_plan_words,
        ),
    ),
    rows=(
        *in_either(adjustment("A", "acquired", when=answered("how", "adjust"))),
        *in_either(
            RowRecipe(
                table=TABLE_1,
                cells=cells_of("J", "A", price=Take("price"), transaction_form_type="5"),
                notes={"transaction_code": "acquired"},
                when=answered("how", "line"),
            )
        ),
    ),
)

# ---- 23: fund switch


def _deemed(answers: Mapping[str, str]) -> str:
    return deemed_day(answers.get("date", ""), answers.get("deemed", ""))


def _ownership_form(answers: Mapping[str, str]) -> str:
    """Shares are the plan's; units are the person's own."""
    return "I" if answers.get("nature") else "D"


FUND_SWITCH: Final = Recipe(
    id="fund_switch",
    number=23,
    label="Switched funds in a 401(k) or deferral plan",
    also="switch switches switching 401k transfer transferred transfers reallocation reallocated "
    "reallocate rebalanced diversified diversification discretionary intra-plan exchange exchanged "
    "savings retirement withdrawal withdrew cash distribution loan volitional deferred compensation",
    rule="One line, code I, in Table I, or in Table II for phantom units, due in two business days after the deemed "
    "execution (Instruction 8; Rules 16b-3(f), 16a-3(g)(3)).",
    insiders=True,
    insiders_by="code I, Rule 16b-3(f)",
    prompts=(
        chosen(
            "direction",
            "Which way?",
            "Column 4 (Table II: 5), Instruction 8: A into the issuer's stock fund, D out of it.",
            (Option("A", "Into the issuer's stock"), Option("D", "Out of the issuer's stock")),
        ),
        traded_on("Date of the switch", "Column 2."),
        asked(
            "deemed",
            "When did the plan notify the person? (Enter: the person chose the day)",
            "Column 2A (Table II: 3A), Rule 16a-3(g)(3): where the person did not choose the date, the day of notice "
            "counts as execution, at the latest the third business day after the switch. Worked out, and left empty "
            "where it is the same day.",
            "deemed_execution_date",
            entry=EntryKind.DATE,
            required=False,
        ),
        *security_of_either(),
        quantity("How many shares?", "Column 4 (Table II: 5)."),
        price("Price per share, US dollars", "Column 4 (Table II: 8). The plan's transfer price."),
        *terms_of_either(),
        asked(
            "nature",
            "By which plan? As column 7 has it",
            "Column 7: By 401(k) Plan.",
            "nature_of_ownership",
            propose=lambda view: Proposal(plan_line(view) or "By 401(k) Plan"),
            when=in_table_1,
        ),
        offered(
            "switch",
            "Footnote on the switch",
            "Column 4 (Table II: 5), a footnote to the amount. By custom: "
            "Intra-plan transfer in the issuer's 401(k) plan.",
        ),
    ),
    rows=in_either(
        RowRecipe(
            table=TABLE_1,
            cells=cells_of(
                "I",
                Take("direction"),
                price=Take("price"),
                deemed_execution_date=Worked(_deemed),
                ownership_form=Worked(_ownership_form),
            ),
            notes={"amount": "switch"},
        )
    ),
)
