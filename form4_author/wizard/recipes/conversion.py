"""What is converted into a class of stock (event 15)."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from form4_author.ledger.right import Right
from form4_author.wizard.entry import EntryKind
from form4_author.wizard.option import Option
from form4_author.wizard.recipe import Recipe, RowRecipe, Take, Worked
from form4_author.wizard.recipes.option import EXERCISED_PUT
from form4_author.wizard.recipes.shared.cell import TABLE_1, TABLE_2, cells_of, option_cells
from form4_author.wizard.recipes.shared.direction import all_but
from form4_author.wizard.recipes.shared.question import (
    asked,
    chosen,
    holder,
    quantity,
    required_note,
    security,
    traded_on,
)
from form4_author.wizard.recipes.shared.series import (
    CONVERTIBLES,
    asked_again,
    series_prompt,
    titled,
    with_series,
)
from form4_author.wizard.recipes.shared.wording import answer_to, conversion_words
from form4_author.wizard.screen import Proposal, View

__all__ = ["CONVERTED"]


_ACQUIRING: Final = all_but(Right.SELL, Right.MUST_SELL, instead=EXERCISED_PUT)
_SERIES: Final = series_prompt("What was converted?", CONVERTIBLES, _ACQUIRING.fits)


def _is_new(view: View) -> bool:
    return asked_again(view, CONVERTIBLES, _ACQUIRING.fits)


def _has_open_terms(view: View) -> bool:
    """Whether the last filing leaves price or dates of what was converted open."""
    answers = with_series(view, {"series": answer_to(view, "series")})
    return not (
        (answers.get("strike") or answers.get("unit_note"))
        and answers.get("exercisable")
        and answers.get("expiration")
    )


def _or_ratio(*names: str) -> Worked:
    """What the last filing has there, else the footnote on the ratio."""
    return Worked(lambda answers: next((answers[n] for n in (*names, "ratio") if answers.get(n)), ""))


CONVERTED: Final = Recipe(
    id="converted",
    number=15,
    label="Converted Class B, preferred stock or a note",
    also="shares stock conversion conversions convert converts converting convertible convertibles "
    "preferred series notes debenture debt loan class A common founder super-voting dual-class "
    "exchange exchanged redeem redeemed redemption OP operating partnership LLC units up-c automatic "
    "mandatory IPO SAFE",
    rule="Two lines, code C: what was converted leaves in Table II (D), the shares arrive in Table I (A) at 0 "
    "(Instructions 4(c)(i), 8; Rule 16b-6(b)). A footnote states the ratio.",
    prompts=(
        traded_on("Date of conversion", "Column 2."),
        _SERIES,
        asked(
            "option",
            "What was converted? Its title",
            "Table II, column 1: Class B Common Stock, Series A Preferred Stock.",
            "security_title",
            TABLE_2,
            propose=titled("Class B Common Stock", kinds=CONVERTIBLES),
            fault=_ACQUIRING.fault,
            when=_is_new,
        ),
        asked(
            "converted",
            "How many of them were converted?",
            "Table II, column 5.",
            "amount",
            TABLE_2,
            entry=EntryKind.NUMBER,
        ),
        security("Column 1. The class that came for them: Class A Common Stock."),
        quantity(
            "How many shares came for them?",
            "Column 4, and column 7 of Table II.",
            propose=lambda view: (
                Proposal(text, "one for one")
                if (text := view.text("interview.events[{i}].answers.converted"))
                else None
            ),
        ),
        replace(
            chosen(
                "open",
                "Can it be converted at any time, without an end?",
                "Table II, columns 2 and 6, Instruction 4(c): the footnote that is proposed next says so.",
                (
                    Option("yes", "At any time, and it does not expire"),
                    Option("no", "From or until a day, or otherwise"),
                ),
            ),
            when=_has_open_terms,
        ),
        replace(
            required_note(
                "ratio",
                "Footnote instead of a conversion price and dates",
                "Table II, columns 2 and 6, Instruction 4(c): the ratio, since when it can be converted, and until "
                "when or that it does not expire. In the Explanation of Responses.",
            ),
            propose=conversion_words,
            derived=True,
            when=_has_open_terms,
        ),
        *holder(),
    ),
    rows=(
        RowRecipe(table=TABLE_1, cells=cells_of("C", "A", price="0")),
        RowRecipe(
            table=TABLE_2,
            cells=option_cells(
                "C",
                "D",
                "converted",
                exercise_price=_or_ratio("strike", "unit_note"),
                date_exercisable=_or_ratio("exercisable"),
                expiration_date=_or_ratio("expiration"),
                underlying_amount=Take("quantity"),
            ),
        ),
    ),
)
