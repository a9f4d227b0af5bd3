"""A row of the form in the terminal: its columns, the cell in question marked, within the width."""

from __future__ import annotations

import pytest

from form4_author.findings import path_from_text
from form4_author.page.extract import row_extract
from tests.builders import make_filing


def shown(
    path: str, *related: str, base: str = "seed", edits: tuple[str, ...] = (), width: int = 80
) -> list[str]:
    filing = make_filing(base, edits)
    return list(row_extract(filing, path_from_text(path), map(path_from_text, related), width))


def test_the_cell_is_marked_below_its_value_and_the_one_it_is_compared_with() -> None:
    assert shown("non_derivative[0].acquired_disposed", "non_derivative[0].transaction_code", "remarks") == [
        "1 Title       2 Date      3 Code  4 Amount   4 A/D  4 Price  5 Owned  6 D/I",
        "Common Stock  11/01/2024  F       7,007 (1)  D      $120.34  232,595  D",
        "                          ~                  ^",
    ]


def test_a_row_without_a_cell_in_question_has_no_marks() -> None:
    assert shown("non_derivative[0]") == [
        "1 Title       2 Date      3 Code  4 Amount   4 A/D  4 Price  5 Owned  6 D/I",
        "Common Stock  11/01/2024  F       7,007 (1)  D      $120.34  232,595  D",
    ]


def test_an_empty_cell_in_question_is_shown_as_a_blank_line() -> None:
    told = shown("non_derivative[0].price", edits=("delete non_derivative[0].price",))
    assert told == [
        "1 Title       2 Date      3 Code  4 Amount   4 A/D  4 Price  5 Owned  6 D/I",
        "Common Stock  11/01/2024  F       7,007 (1)  D      ____     232,595  D",
        "                                                    ^^^^",
    ]


def test_columns_that_do_not_fit_go_on_below() -> None:
    told = shown("derivative[0].amount", base="exercise")
    assert told == [
        "1 Title                      2 Exercise price  3 Date      4 Code  5 (D)",
        "Stock Option (Right to Buy)  $21.50            10/06/2026  M       10,000",
        "                                                                   ^^^^^^",
        "6 Exercisable  6 Expires   7 Underlying  7 Amount  8 Price  9 Owned  10 D/I",
        "(2)            03/01/2029  Common Stock  10,000    $0.00    5,000    D",
    ]


def test_the_column_of_the_other_letter_is_marked_while_neither_holds_anything() -> None:
    told = shown(
        "derivative[0].acquired_disposed", base="exercise", edits=("delete derivative[0].acquired_disposed",)
    )
    assert told[0].endswith("5 (A)")
    assert told[2].endswith("^^^^")


@pytest.mark.parametrize("base", ["form3", "form5"])
def test_forms_3_and_5_number_the_columns_their_own_way(base: str) -> None:
    heads = {
        "form3": "1 Title       2 Owned  3 D/I",
        "form5": "1 Title       2 Date      3 Code  4 Amount  4 A/D  4 Price  5 Owned  6 D/I",
    }
    assert shown("non_derivative[0].security_title", base=base)[0] == heads[base]


def test_a_long_text_is_cut() -> None:
    told = shown(
        "non_derivative[0].security_title", edits=(f"non_derivative[0].security_title = {'Unit ' * 12}",)
    )
    assert told[1].startswith("Unit Unit Unit Unit Unit...")
    assert max(map(len, told)) <= 80


@pytest.mark.parametrize(
    "path", ["", "remarks", "owners[0].cik", "non_derivative", "non_derivative[7].price"]
)
def test_nothing_is_shown_for_what_is_in_no_row(path: str) -> None:
    assert shown(path) == []
