"""Cells that the rows of recipes share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from form4_author.wizard.recipe import ADJUSTMENT, RowRecipe, Source, Take, Worked

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ["TABLE_1", "TABLE_2", "adjustment", "answered", "cells_of", "option_cells", "unit_cells"]

TABLE_1: Final = "non_derivative"
TABLE_2: Final = "derivative"


def answered(name: str, *values: str) -> Callable[[Mapping[str, str]], bool]:
    """Whether an answer is one of these: when a row is made."""
    return lambda answers: answers.get(name, "") in values


_OWNERSHIP: Final = {"ownership_form": Take("ownership", "D"), "nature_of_ownership": Take("nature")}


def cells_of(code: Source, direction: Source, **cells: Source) -> dict[str, Source]:
    """The cells that every transaction row has."""
    return {
        "security_title": Take("security"),
        "transaction_date": Take("date"),
        "transaction_form_type": "4",
        "transaction_code": code,
        "equity_swap": "no",
        "amount": Take("quantity"),
        "acquired_disposed": direction,
        **_OWNERSHIP,
        **cells,
    }


def _exercise_price(answers: Mapping[str, str]) -> str:
    """What is in column 2: the words where the series has words, else the price."""
    return answers.get("unit_note", "") or answers.get("strike", "")


def option_cells(
    code: Source, direction: Source, number: str = "quantity", **cells: Source
) -> dict[str, Source]:
    """The cells of an option's row in Table II; ``number`` names the answer with its shares."""
    return cells_of(
        code,
        direction,
        **{
            "security_title": Take("option"),
            "exercise_price": Worked(_exercise_price),
            "amount": Take(number),
            "date_exercisable": Take("exercisable"),
            "expiration_date": Take("expiration"),
            "underlying_title": Take("security"),
            "underlying_amount": Take(number),
            "price": "0",
            **cells,
        },
    )


def unit_cells(
    code: Source, direction: Source, number: str = "quantity", **cells: Source
) -> dict[str, Source]:
    """The cells of a row of units in Table II."""
    return option_cells(code, direction, number, **{"security_title": Take("unit"), **cells})


def adjustment(
    direction: Source,
    note: str,
    amount: Source | None = None,
    *,
    when: Callable[[Mapping[str, str]], bool] = lambda _answers: True,
    **cells: Source,
) -> RowRecipe:
    """A line whose total changes without a row; ``note`` names the answer with its footnote."""
    return RowRecipe(
        table=TABLE_1,
        kind=ADJUSTMENT,
        cells={
            "security_title": Take("security"),
            "amount": amount or Take("quantity"),
            "acquired_disposed": direction,
            **_OWNERSHIP,
            **cells,
        },
        notes={"amount_owned_following": note},
        when=when,
    )
