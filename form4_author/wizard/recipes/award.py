"""Restricted stock and restricted stock units (events 4 and 6)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from form4_author.wizard.answer import flat, rows
from form4_author.wizard.entry import Entry
from form4_author.wizard.recipe import Recipe, RowRecipe, Take
from form4_author.wizard.recipes.question import (
    TABLE_1,
    TABLE_2,
    asked,
    cells_of,
    holder,
    last,
    offered,
    quantity,
    says,
    security,
    traded_on,
)
from form4_author.wizard.screen import Kind, Option, Proposal, View

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["GRANTED_STOCK", "RSU_WITHHELD"]

# ---- 4: restricted stock

GRANTED_STOCK: Final = Recipe(
    id="granted_stock",
    label="Granted restricted stock",
    rule="One line of Table I, code A at 0, due in two business days (Instruction 8; Rule 16b-3(d)).",
    prompts=(
        traded_on("Date of grant", "Column 2. The day the board or committee granted it."),
        security(),
        quantity("How many shares were granted?", "Column 4. All shares of the award, vested or not."),
        *holder(),
        offered(
            "vesting",
            "Vesting terms, as a footnote",
            "How the shares vest, by custom in a footnote to the amount: The shares vest in four equal "
            "annual instalments "
            "beginning November 1, 2027. Up to 1,000 characters.",
        ),
    ),
    rows=(RowRecipe(table=TABLE_1, cells=cells_of("A", "A", price="0"), notes={"amount": "vesting"}),),
)

# ---- 6: RSUs vested, shares withheld

_WITHHELD: Final = (
    "The reported shares were withheld to cover the Reporting Person's tax liability in connection with the vesting of "
    "restricted stock units."
)
_UNIT: Final = (
    "Each restricted stock unit is the contingent right to receive one share of the issuer's common stock."
)
_STYLES: Final = (
    Option("table1", "In Table I, as stock: only the shares withheld are a line now"),
    Option("table2", "In Table II, as units: they are exercised now (M), shares are withheld (F)"),
)
_in_table2: Final = says("style", "table2")


def _is_table2(answers: Mapping[str, str]) -> bool:
    return answers.get("style") == "table2"


def _style_before(view: View) -> Proposal:
    """One award is reported one way for its life: units already in Table II stay there."""
    units = any(
        "unit" in flat(row).get("security_title", "").casefold()
        for t, _, row in rows(view.data)
        if t == TABLE_2
    )
    return Proposal("table2" if units else "table1")


RSU_WITHHELD: Final = Recipe(
    id="rsu_withheld",
    label="RSUs vested, shares withheld for tax",
    rule="Table II style: II M D and I M A at 0, I F D at the value used. Table I style: I F D only "
    "(Instruction 8; Rule "
    "16b-3(e)). One award keeps one style for its life.",
    prompts=(
        asked(
            "style",
            "Where was the grant of these units reported?",
            "Both ways are accepted. An award reported in Table I when granted has no line on vesting but the shares "
            "withheld; one reported in Table II is exercised there. Keep to the one used for this award.",
            kind=Kind.CHOICE,
            options=lambda _view: _STYLES,
            propose=_style_before,
        ),
        traded_on(
            "Vesting date", "Column 2. The day the units vested, not the day the shares were delivered."
        ),
        security(),
        asked(
            "unit",
            "Title of the units",
            "Table II, column 1, as the grant was reported.",
            "security_title",
            TABLE_2,
            when=_in_table2,
            propose=last(TABLE_2, "security_title", "Restricted Stock Units"),
        ),
        asked(
            "vested",
            "How many units vested?",
            "Table II, column 5: all of them, with those withheld.",
            "amount",
            TABLE_2,
            entry=Entry.NUMBER,
            when=_in_table2,
        ),
        quantity("How many shares were withheld?", "Column 4. Only the shares withheld for tax."),
        asked(
            "price",
            "Value per share used for the withholding, US dollars",
            "Column 4. Usually the closing price on the vesting date.",
            "price",
            entry=Entry.NUMBER,
        ),
        offered(
            "withheld_note",
            "Footnote to the shares withheld",
            "By custom a footnote says what they paid for.",
            _WITHHELD,
        ),
        offered(
            "unit_note",
            "Footnote in place of an exercise price",
            "Table II, column 2. Units need no payment: a footnote stands in the box.",
            _UNIT,
            when=_in_table2,
        ),
        asked(
            "exercisable",
            "When do the units vest? A date, or words for a footnote",
            "Table II, column 6. By custom the vesting schedule as a footnote.",
            "date_exercisable",
            TABLE_2,
            entry=Entry.DATE_OR_WORDS,
            when=_in_table2,
        ),
        asked(
            "expiration",
            "When do they expire? A date, or words for a footnote",
            "Table II, column 6. Units that do not expire have words here.",
            "expiration_date",
            TABLE_2,
            entry=Entry.DATE_OR_WORDS,
            when=_in_table2,
        ),
    ),
    rows=(
        RowRecipe(
            table=TABLE_1,
            cells=cells_of("M", "A", amount=Take("vested"), price="0", ownership_form="D"),
            when=_is_table2,
        ),
        RowRecipe(
            table=TABLE_1,
            cells=cells_of("F", "D", price=Take("price"), ownership_form="D"),
            notes={"amount": "withheld_note"},
        ),
        RowRecipe(
            table=TABLE_2,
            cells=cells_of(
                "M",
                "D",
                TABLE_2,
                security_title=Take("unit"),
                exercise_price=Take("unit_note"),
                amount=Take("vested"),
                date_exercisable=Take("exercisable"),
                expiration_date=Take("expiration"),
                underlying_title=Take("security"),
                underlying_amount=Take("vested"),
                price="0",
            ),
            when=_is_table2,
        ),
    ),
)
