"""The display model: what the page prints beside its captions."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from form4_author.model.filing import Filing
from form4_author.page.view import OwnerView, SignatureView, page_view
from tests.builders import make_filing


def _rows(base: str, *edits: str) -> tuple[list[list[str]], list[list[str]]]:
    view = page_view(make_filing(base, edits))
    first, second = view.table_1, view.table_2
    return [[c.plain for c in row] for row in first], [[c.plain for c in row] for row in second]


def test_the_seed() -> None:
    view = page_view(make_filing())
    assert (view.form, view.base, view.edition) == ("4", "4", "X0609")
    assert (view.period, view.date_of_original) == ("11/01/2024", "")
    assert (view.issuer_name, view.trading_symbol, view.foreign_trading_symbol) == (
        "QUALYS, INC.",
        "QLYS",
        "",
    )
    assert view.owners == (
        OwnerView(
            name="Thakar Sumedh S",
            streets=("C/O QUALYS, INC.", "919 E. HILLSDALE BLVD."),
            city="FOSTER CITY",
            state="CA",
            zip="94404",
            country="UNITED STATES",
            director=True,
            officer=True,
            ten_percent_owner=False,
            other=False,
            officer_title="CEO & PRESIDENT",
            other_text="",
        ),
    )
    assert view.footnotes == (
        (
            "1",
            (
                "The reported shares were withheld to cover the Reporting Person's tax liability in connection"
                " with the vesting of restricted stock units."
            ),
        ),
    )
    assert view.signatures == (
        SignatureView(
            "/s/ Bruce Posey by power of attorney for Sumedh S. Thakar",
            "11/04/2024",
            "Signature 1: Bruce Posey by power of attorney for Sumedh S Thakar",
        ),
    )
    assert (view.exit_box, view.plan_box, view.no_securities, view.remarks) == (False, False, False, "")
    assert _rows("seed") == (
        [["Common Stock", "11/01/2024", "", "F", "", "7,007 (1)", "D", "$120.34", "232,595", "D", ""]],
        [],
    )


def test_the_head_of_further_pages_says_what_is_known() -> None:
    assert page_view(make_filing()).running == "Form 4 · Thakar Sumedh S · QUALYS, INC. [QLYS] · 11/01/2024"
    assert (
        page_view(make_filing("seed", ["delete issuer"])).running == "Form 4 · Thakar Sumedh S · 11/01/2024"
    )
    assert page_view(Filing(form="3/A")).running == "Form 3/A"


def test_nothing_given_is_an_empty_form_4_of_the_edition_in_force() -> None:
    view = page_view(Filing())
    assert (view.form, view.base, view.edition, view.owners, view.table_1, view.table_2) == (
        "4",
        "4",
        "X0609",
        (),
        (),
        (),
    )
    assert (view.has_plan_box, view.has_country) == (True, True)


@pytest.mark.parametrize(
    ("form", "edition", "shown"),
    [
        ("4", "X0306", ("X0306", False, False)),
        ("4", "X0407", ("X0407", True, False)),
        ("5", "X0508", ("X0508", True, False)),
        ("4/A", "X0609", ("X0609", True, True)),
        ("3", "X0607", ("X0607", False, True)),
        ("3/A", None, ("X0607", False, True)),
        # An edition that nobody knows is shown as the one in force.
        ("4", "X9999", ("X0609", True, True)),
    ],
)
def test_the_edition_decides_which_boxes_there_are(
    form: str, edition: str | None, shown: tuple[str, bool, bool]
) -> None:
    view = page_view(Filing(form=form, edition=edition))
    assert (view.edition, view.has_plan_box, view.has_country) == shown


@pytest.mark.parametrize(
    ("edits", "edition", "place"),
    [
        ([], None, ("CA", "94404", "UNITED STATES")),
        ([], "X0508", ("CA", "94404", "")),
        (
            [
                "owners[0].address.non_us = true",
                "owners[0].address.non_us_state_territory = ENGLAND",
                "owners[0].address.country = X0",
            ],
            None,
            ("ENGLAND", "94404", "UNITED KINGDOM"),
        ),
        (
            ["owners[0].address.non_us = true", "owners[0].address.country = ??"],
            None,
            ("", "94404", "??"),
        ),
        (["owners[0].address.non_us = true"], None, ("", "94404", "")),
        # Before X0609 a foreign place stood in the state box; EDGAR added its name.
        (
            ["owners[0].address.state = X0", "owners[0].address.state_description = UNITED KINGDOM"],
            "X0508",
            ("UNITED KINGDOM", "94404", ""),
        ),
        (["owners[0].address.state = X0"], "X0508", ("X0", "94404", "")),
    ],
)
def test_the_place_of_an_address(edits: list[str], edition: str | None, place: tuple[str, str, str]) -> None:
    owner = page_view(replace(make_filing("seed", edits), edition=edition)).owners[0]
    assert (owner.state, owner.zip, owner.country) == place


def test_without_an_address_none_is_invented() -> None:
    """EDGAR inserts the address it has on record; until then nobody knows the country."""
    owner = page_view(make_filing("seed", ["delete owners[0].address"])).owners[0]
    assert (owner.streets, owner.city, owner.state, owner.zip, owner.country) == ((), "", "", "", "")


@pytest.mark.parametrize(
    ("edits", "name"),
    [
        (["delete owners[0].name"], "CIK 0001626115"),
        (["delete owners[0].name", "delete owners[0].cik"], ""),
    ],
)
def test_an_owner_without_a_name_is_shown_by_the_cik(edits: list[str], name: str) -> None:
    assert page_view(make_filing("seed", edits)).owners[0].name == name


def test_officer_title_and_other_text_share_a_line() -> None:
    owner = page_view(
        make_filing("seed", ["owners[0].is_other = true", "owners[0].other_text = Former director"])
    ).owners[0]
    assert owner.titles == "CEO & PRESIDENT / Former director"
    assert page_view(make_filing("form3")).owners[0].titles == ""


def _codes(base: str, *edits: str) -> list[tuple[str, ...]]:
    first, _ = _rows(base, *edits)
    return [tuple(row[3:5]) if base != "form5" else (row[3],) for row in first]


@pytest.mark.parametrize(
    ("base", "edits", "code"),
    [
        ("seed", [], ("F", "")),
        ("seed", ["non_derivative[0].equity_swap = true"], ("F/K", "")),
        ("seed", ["non_derivative[0].transaction_form_type = 5"], ("F", "V")),
        (
            "seed",
            ['non_derivative[0].timeliness = {"value": "E", "footnotes": ["F1"]}'],
            ("F", "(1)"),
        ),
        (
            "seed",
            ['non_derivative[0].transaction_code = {"value": "F", "footnotes": ["F1"]}'],
            ("F (1)", ""),
        ),
        ("form5", [], ("G (1)",)),
        ("form5", ["non_derivative[0].timeliness = L"], ("G5 (1)",)),
        ("form5", ["non_derivative[0].transaction_form_type = 4"], ("G4 (1)",)),
        ("form5", ["delete non_derivative[0].transaction_form_type"], ("G (1)",)),
    ],
)
def test_the_code_with_its_signs(base: str, edits: list[str], code: tuple[str, ...]) -> None:
    assert _codes(base, *edits)[0] == code


def test_a_holding_due_on_form_3_is_marked_and_ticks_its_box() -> None:
    edits = ["non_derivative[1].transaction_form_type = 3"]
    assert _codes("form5", *edits)[1] == ("3",)
    view = page_view(make_filing("form5", edits))
    assert (view.form3_holdings, view.form4_transactions) == (True, False)


def test_a_transaction_due_on_form_4_ticks_its_box_on_form_5_only() -> None:
    late = page_view(make_filing("form5", ["non_derivative[0].transaction_form_type = 4"]))
    assert (late.form3_holdings, late.form4_transactions) == (False, True)
    assert not page_view(make_filing()).form4_transactions


@pytest.mark.parametrize(
    ("edits", "numbers"),
    [
        ([], ["", "10,000"]),
        (["derivative[0].acquired_disposed = A"], ["10,000", ""]),
        (["delete derivative[0].acquired_disposed"], ["", ""]),
        (["delete derivative[0].amount", "derivative[0].total_value = 2500.5"], ["", "$2,500.50"]),
    ],
)
def test_a_derivative_amount_stands_in_the_column_its_code_names(
    edits: list[str], numbers: list[str]
) -> None:
    _, second = _rows("exercise", *edits)
    assert second[0][6:8] == numbers


def test_values_in_place_of_numbers_have_their_sign() -> None:
    _, second = _rows(
        "exercise",
        "delete derivative[0].underlying_amount",
        "derivative[0].underlying_value = 1000",
        "delete derivative[0].amount_owned_following",
        "derivative[0].value_owned_following = 84.6",
    )
    assert (second[0][11], second[0][13]) == ("$1,000.00", "$84.60")


@pytest.mark.parametrize(
    ("edits", "underlying", "price"),
    [
        ([], "2,500", "$30.00"),
        # Form 3 prints whole shares without decimals however they were written, and the sign before a mark alone.
        (["derivative[0].underlying_amount = 2500.0"], "2,500", "$30.00"),
        (["derivative[0].underlying_amount = 2500.5"], "2,500.50", "$30.00"),
        (['derivative[0].exercise_price = {"footnotes": ["F1"]}'], "2,500", "$ (1)"),
        (["delete derivative[0].exercise_price"], "2,500", ""),
    ],
)
def test_form_3_has_its_own_ways(edits: list[str], underlying: str, price: str) -> None:
    _, second = _rows("form3", *edits)
    assert (second[0][4], second[0][5]) == (underlying, price)


def test_form_3_without_rows_says_that_nothing_is_owned() -> None:
    none: dict[str, Any] = {"non_derivative": (), "derivative": ()}
    views = [page_view(replace(make_filing(base), **none)) for base in ("form3", "seed")]
    assert [view.no_securities for view in views] == [True, False]


def test_a_footnote_without_text_or_id() -> None:
    view = page_view(make_filing("seed", ["delete footnotes[0].text", 'footnotes[1] = {"text": "No id"}']))
    assert view.footnotes == (("1", ""), ("", "No id"))
