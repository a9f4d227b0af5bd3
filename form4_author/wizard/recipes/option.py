"""Options (event 11)."""

from __future__ import annotations

from typing import Final

from form4_author.wizard.entry import Entry
from form4_author.wizard.recipe import Recipe, RowRecipe, Take
from form4_author.wizard.recipes.question import (
    TABLE_1,
    TABLE_2,
    asked,
    cells_of,
    holder,
    last,
    quantity,
    security,
    traded_on,
)

__all__ = ["OPTION_KEPT"]

# ---- 11: option exercised, shares kept

OPTION_KEPT: Final = Recipe(
    id="option_kept",
    label="Exercised an option and kept the shares",
    rule="II M D and I M A at the exercise price (Instruction 4(c)(i), 8; Rule 16b-3). Column 8 is stated as 0.",
    prompts=(
        traded_on(
            "Date of exercise", "Column 2. The day the option was exercised, not the day the shares came."
        ),
        security(),
        asked(
            "option",
            "Title of the option",
            "Table II, column 1, Instruction 4(c)(ii): it says that it is a right to buy.",
            "security_title",
            TABLE_2,
            propose=last(TABLE_2, "security_title", "Stock Option (Right to Buy)"),
        ),
        quantity("How many shares were bought by the exercise?", "Column 4, and column 5 of Table II."),
        asked(
            "strike",
            "Exercise price per share, US dollars",
            "Table II, column 2, and the price in column 4 of Table I.",
            "exercise_price",
            TABLE_2,
            entry=Entry.NUMBER,
        ),
        asked(
            "exercisable",
            "Exercisable since when? A date, or words for a footnote",
            "Table II, column 6. A vesting schedule in words becomes a footnote.",
            "date_exercisable",
            TABLE_2,
            entry=Entry.DATE_OR_WORDS,
        ),
        asked(
            "expiration",
            "Expiration date of the option",
            "Table II, column 6. The last day it could have been exercised; words become a footnote.",
            "expiration_date",
            TABLE_2,
            entry=Entry.DATE_OR_WORDS,
        ),
        *holder(),
    ),
    rows=(
        RowRecipe(table=TABLE_1, cells=cells_of("M", "A", price=Take("strike"))),
        RowRecipe(
            table=TABLE_2,
            cells=cells_of(
                "M",
                "D",
                TABLE_2,
                security_title=Take("option"),
                exercise_price=Take("strike"),
                date_exercisable=Take("exercisable"),
                expiration_date=Take("expiration"),
                underlying_title=Take("security"),
                underlying_amount=Take("quantity"),
                price="0",
            ),
        ),
    ),
)
