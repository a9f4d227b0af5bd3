"""Bought, sold, given away (events 1, 2 and 16)."""

from __future__ import annotations

from typing import Final

from form4_author.wizard.entry import Entry
from form4_author.wizard.recipe import Recipe, RowRecipe, Take
from form4_author.wizard.recipes.question import (
    TABLE_1,
    asked,
    cells_of,
    holder,
    offered,
    quantity,
    security,
    traded_on,
)

__all__ = ["BOUGHT", "GAVE", "SOLD"]

# ---- 1, 2: bought, sold


def _trade(id: str, label: str, code: str, direction: str, verb: str) -> Recipe:
    return Recipe(
        id=id,
        label=label,
        rule=f"One line of Table I, code {code}, due in two business days (Instruction 8; Rule 16a-3(g)(1)).",
        prompts=(
            traded_on("Trade date", "Column 2. The day of the trade, not of settlement."),
            security(),
            quantity(
                f"How many were {verb}?", "Column 4. Several fills of one day may be typed as a sum: 300+150."
            ),
            asked(
                "price",
                "Price per share, US dollars",
                "Column 4, Instruction 5(a). Per share and without commission.",
                "price",
                entry=Entry.NUMBER,
            ),
            *holder(),
        ),
        rows=(RowRecipe(table=TABLE_1, cells=cells_of(code, direction, price=Take("price"))),),
    )


BOUGHT: Final = _trade("bought", "Bought on the market or privately", "P", "A", "bought")
SOLD: Final = _trade("sold", "Sold on the market or privately", "S", "D", "sold")

# ---- 16: gave shares away

GAVE: Final = Recipe(
    id="gave",
    label="Gave shares away",
    rule="One line of Table I, code G at 0, on Form 4 within two business days since 27 February 2023 "
    "(Rule 16a-3(g)(1); "
    "Release 33-11138).",
    prompts=(
        traded_on("Date of the gift", "Column 2. The day the gift was complete."),
        security(),
        quantity("How many shares were given?", "Column 4. The number of shares, not their value."),
        *holder(),
        offered(
            "donee",
            "To whom, as a footnote",
            "By custom: Gift to a charitable foundation. Names need not be given.",
        ),
    ),
    rows=(RowRecipe(table=TABLE_1, cells=cells_of("G", "D", price="0"), notes={"amount": "donee"}),),
)
