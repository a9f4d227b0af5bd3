"""What a form leaves each line at: which total of a line is the last, and what tells lines apart."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from form4_author.ledger.award import telling
from form4_author.ledger.closing import closing
from form4_author.ledger.line import line_key, line_words
from form4_author.model.table import DerivativeRow, NonDerivativeRow
from form4_author.wire.filing import filing_from
from tests.ledger.accounts import PAR, filing, share, totals, written
from tests.ledger.accounts import units as units_of


def common(**cells: Any) -> dict[str, Any]:
    return {
        "kind": "transaction", "security_title": "Common Stock", "transaction_date": "2026-03-02", "ownership_form": "D",
        **cells,
    }  # fmt: skip


def bought(amount: str, total: str | None, **cells: Any) -> dict[str, Any]:
    after = {} if total is None else {"amount_owned_following": total}
    return common(amount=amount, acquired_disposed="A", **after, **cells)


def sold(amount: str, total: str, **cells: Any) -> dict[str, Any]:
    return {**bought(amount, total, **cells), "acquired_disposed": "D"}


def option(**cells: Any) -> dict[str, Any]:
    return {
        "kind": "holding", "security_title": "Stock Option", "exercise_price": "12.50", "expiration_date": "2031-05-01",
        "ownership_form": "D", "underlying_title": "Common Stock", **cells,
    }  # fmt: skip


def left(
    *rows: dict[str, Any], derivative: tuple[dict[str, Any], ...] = (), form: str = "4"
) -> dict[str, str]:
    """Line → total as the form leaves it, ``$`` before dollars."""
    filing, malformed = filing_from(
        {"form": form, "non_derivative": list(rows), "derivative": list(derivative)}
    )
    assert malformed == ()
    return {line_words(h.row): f"{'$' if h.in_dollars else ''}{h.total}" for h in closing(filing)}


@pytest.mark.parametrize(
    ("rows", "total"),
    [
        pytest.param([bought("100", "1100")], "1100", id="one row"),
        pytest.param([bought("100", "1100"), sold("40", "1060")], "1060", id="in order"),
        pytest.param([sold("40", "1060"), bought("100", "1100")], "1060", id="newest first"),
        pytest.param(
            [sold("40", "1060", transaction_date="2026-03-03"), bought("100", "1100")], "1060", id="by day"
        ),
        pytest.param([bought("100", "1100"), bought("50", None)], "1100", id="a row without a total"),
        pytest.param([bought("100", "1150"), bought("50", "1150")], "1150", id="one total for all"),
        pytest.param([bought("5", "105"), sold("5", "100")], "100", id="there and back again"),
        pytest.param(
            [common(kind="holding", transaction_date=None, amount_owned_following="7")], "7", id="a holding"
        ),
        pytest.param(
            [bought("1", "8"), common(kind="holding", transaction_date=None, amount_owned_following="7")],
            "8", id="a holding that a transaction goes on from",
        ),
        pytest.param([bought("1", "0.10")], "0.10", id="digits as given"),
        pytest.param(
            [bought("9", "1060", transaction_date="2026-03-03"), bought("1", "7")], "1060", id="an earlier day last"
        ),
        pytest.param([bought("2", "5"), bought("0", "8")], "8", id="a row that moves nothing"),
    ],
)  # fmt: skip
def test_the_last_total_of_a_line(rows: list[dict[str, Any]], total: str) -> None:
    given = [{name: value for name, value in row.items() if value is not None} for row in rows]

    assert left(*given) == {"Common Stock, direct": total}


def test_a_line_that_ends_nowhere_takes_the_total_listed_last() -> None:
    """Each total is what the other began with: nothing tells which was last."""
    assert left(bought("100", "1100"), sold("100", "1000")) == {"Common Stock, direct": "1000"}


def test_lines_are_told_apart_by_class_and_owner_in_the_order_of_their_first_rows() -> None:
    found = left(
        bought("1", "11"),
        bought("1", "21", ownership_form="I", nature_of_ownership="By Trust"),
        bought("1", "31", ownership_form="I"),
        bought("1", "41", security_title="Class B"),
        bought("1", "12"),
    )

    assert list(found.items()) == [
        ("Common Stock, direct", "12"),
        ("Common Stock, By Trust", "21"),
        ("Common Stock, indirect", "31"),
        ("Class B, direct", "41"),
    ]


def test_series_are_told_apart_by_price_and_expiration() -> None:
    found = left(
        derivative=(
            option(amount_owned_following="500"),
            option(amount_owned_following="300", exercise_price="13"),
            option(amount_owned_following="200", expiration_date="2032-05-01"),
        )
    )

    assert found == {
        "Stock Option, direct, at 12.50, to 2031-05-01": "500",
        "Stock Option, direct, at 13, to 2031-05-01": "300",
        "Stock Option, direct, at 12.50, to 2032-05-01": "200",
    }


def test_dollars_are_told_from_shares() -> None:
    note = {"kind": "transaction", "security_title": "Convertible Note", "transaction_date": "2026-03-02"}
    later = {
        **note,
        "acquired_disposed": "A",
        "total_value": "5",
        "value_owned_following": "25.50",
        "ownership_form": "D",
    }

    assert left(derivative=({**later, "value_owned_following": "20.50"}, later)) == {
        "Convertible Note, direct": "$25.50"
    }


def test_shares_do_not_order_totals_in_dollars() -> None:
    rows = (
        common(amount="5", acquired_disposed="A", value_owned_following="25.50"),
        common(value_owned_following="20.50"),
    )

    assert left(*rows) == {"Common Stock, direct": "$20.50"}


@pytest.mark.parametrize(("form", "total"), [("3", "400"), ("3/A", "400"), ("4", None), ("5", None)])
def test_only_an_initial_statement_counts_what_underlies(form: str, total: str | None) -> None:
    """Form 3, Table II has no column for the amount owned; on Forms 4 and 5 the column is there and was left empty."""
    row = option(underlying_amount="400")
    wanted = {} if total is None else {"Stock Option, direct, at 12.50, to 2031-05-01": total}

    assert left(derivative=(row,), form=form) == wanted


def test_an_initial_statement_without_amounts_leaves_nothing() -> None:
    assert left(common(kind="holding"), derivative=(option(),), form="3") == {}


def test_a_holding_tells_its_row() -> None:
    filing, _ = filing_from(
        {
            "form": "4",
            "non_derivative": [bought("1", None), bought("2", "3")],
            "derivative": [option(amount_owned_following="9")],
        }
    )
    found = closing(filing)

    assert [(h.table, h.place, h.total, h.in_dollars) for h in found] == [
        ("non_derivative", 1, Decimal(3), False),
        ("derivative", 0, Decimal(9), False),
    ]
    assert [h.row for h in found] == [filing.non_derivative[1], filing.derivative[0]]


def test_a_line_without_its_cells_has_words_and_a_key_all_the_same() -> None:
    assert line_words(NonDerivativeRow(kind="holding")) == "without a title, indirect"
    assert line_words(DerivativeRow(kind="holding")) == "without a title, indirect"
    assert str(line_key("non_derivative", NonDerivativeRow(kind="holding"))) == "I"
    assert str(line_key("derivative", DerivativeRow(kind="holding"))) == "II"


# ---- awards of one title

WORDS = {
    "F1": "The units vest each March 1.",
    "F2": "The units  vest in full in 2029.",
    "F3": "the units vest in full in 2029.",
}


def units(amount: str, total: str, note: str = "F1", direction: str = "D", **cells: Any) -> dict[str, Any]:
    return {
        "kind": "transaction", "security_title": "Restricted Stock Units", "transaction_date": "2026-03-02",
        "exercise_price": "0", "date_exercisable": {"footnotes": [note]}, "ownership_form": "D", "amount": amount,
        "acquired_disposed": direction, "underlying_amount": amount, "amount_owned_following": total, **cells,
    }  # fmt: skip


def held(*rows: dict[str, Any]) -> tuple[Any, ...]:
    notes = [{"id": id, "text": words} for id, words in WORDS.items()]
    return closing(filing_from({"form": "4", "derivative": list(rows), "footnotes": notes})[0])


@pytest.mark.parametrize(
    ("rows", "totals"),
    [
        pytest.param([units("400", "1228"), units("300", "0", "F2")], ["1228", "0"], id="vesting side by side"),
        pytest.param([units("9", "0"), units("70", "70", "F2", "A")], ["0", "70"], id="one used up, one new"),
        pytest.param([units("5", "5", "F1", "A"), units("5", "5", "F2", "A")], ["5", "5"], id="twins"),
        pytest.param([units("5", "8"), units("5", "8", "F2")], ["8", "8"], id="twins that vest"),
        pytest.param([units("0.5", "9", "F1", "A"), units("0.5", "40", "F2", "A")], ["9", "40"], id="fractions"),
        pytest.param(
            [units("1", "6"), {**units("1", "6", "F2"), "kind": "holding", "amount": None, "acquired_disposed": None}],
            ["6", "6"], id="a holding beside",
        ),
        pytest.param([units("1", "9"), units("2", "5", "F2"), units("1", "4", "F3")], ["9", "4"], id="the same words"),
        pytest.param(
            [units("1", "9", date_exercisable="2027-01-01"), units("2", "5", date_exercisable="2028-01-01")],
            ["9", "5"], id="dates",
        ),
        pytest.param([units("9", "91"), units("1", "90", "F2")], ["90"], id="a running total"),
        pytest.param([units("1", "90", "F2"), units("9", "91")], ["90"], id="a running total, newest first"),
        pytest.param([units("9", "90"), units("1", "90", "F2")], ["90"], id="one total for all"),
    ],
)  # fmt: skip
def test_awards_of_one_title_are_lines_of_their_own_unless_one_total_runs_over_them(
    rows: list[dict[str, Any]], totals: list[str]
) -> None:
    given = [{name: value for name, value in row.items() if value is not None} for row in rows]
    found = held(*given)

    assert [str(h.total) for h in found] == totals
    assert [h.running for h in found] == [len(totals) == 1] * len(totals)


def test_a_share_has_nothing_underneath() -> None:
    filing, _ = filing_from({"form": "4", "non_derivative": [bought("1", "3")]})

    assert [(h.each, h.key.terms, h.running) for h in closing(filing)] == [(None, ("", ""), False)]


def test_an_award_tells_its_terms_what_it_held_before_and_what_underlies_one() -> None:
    one, other = held(units("400", "1228"), units("300", "0", "F2", underlying_amount="600"))

    assert (one.key.terms[0], one.before, one.each) == (
        "the units vest each march 1.",
        Decimal(1628),
        Decimal(1),
    )
    assert (other.key.terms[0], other.before, other.each) == (
        "the units vest in full in 2029.",
        Decimal(300),
        Decimal(2),
    )


@pytest.mark.parametrize(
    ("amount", "under", "each"), [("3", "1", None), ("8", "1", "0.125"), ("3", None, None)]
)
def test_what_underlies_one_is_told_where_it_is_exact(
    amount: str, under: str | None, each: str | None
) -> None:
    row = units(amount, "9", underlying_amount=under)
    found = held({name: value for name, value in row.items() if value is not None})

    assert found[0].each == (None if each is None else Decimal(each))


@pytest.mark.parametrize(
    ("rows", "ends"),
    [
        pytest.param([units_of("-9", "0"), units_of("9", "9", "F2")], ["0", "9"], id="one ends, one is new"),
        pytest.param([units_of("7", "7", "F2"), units_of("-9", "0")], ["7", "0"], id="the new one is listed first"),
        pytest.param([units_of("-9", "0"), units_of("-7", "0", "F2")], ["0", "0"], id="two that end"),
        pytest.param(
            [units_of("9", "19"), units_of("-9", "10", "F2")], ["10?"], id="up and back again is a running total",
        ),
        pytest.param(
            [units_of("-9", "10", "F2"), units_of("9", "19")], ["19?"], id="down and back again is a running total",
        ),
        pytest.param(
            [units_of("-5", "0"), units_of("-4", "0", "F2"), units_of("5", "5"), units_of("4", "9", "F2")], ["5?", "9?"],
            id="two that end and begin again",
        ),
        pytest.param(
            [units_of("-4", "5"), units_of("-5", "0", "F2"), units_of("7", "7", "F3")], ["7"],
            id="a running total that goes through nothing",
        ),
        pytest.param(
            [units_of("7", "7", "F2"), units_of("5", "12", "F3"), units_of("-9", "0")], ["7", "12", "0"],
            id="nothing leads to no row listed before it",
        ),
        pytest.param(
            [units_of("10", "100"), units_of("-49.5", "50", "F2"), units_of("-0.5", "99.5", "F3")], ["50"],
            id="a total leads to the nearest one",
        ),
        pytest.param(
            [units_of("-4", "46"), units_of("-46", "0", "F2")], ["0"], id="a running total that ends",
        ),
    ],
)  # fmt: skip
def test_awards_that_end_or_go_there_and_back_again(rows: list[dict[str, Any]], ends: list[str]) -> None:
    assert totals(*rows) == ends


@pytest.mark.parametrize(
    ("rows", "place"),
    [
        pytest.param([share("5", "110"), share("3", "110")], 1, id="one total for both"),
        pytest.param(
            [share("-40", "1060"), share("100.4", "1100.4")], 0, id="fractions rounded away, newest first"
        ),
        pytest.param([share("-40", "1060"), share("101.1", "1101.1")], 1, id="more than a share apart"),
    ],
)
def test_the_row_that_gives_the_total(rows: list[dict[str, Any]], place: int) -> None:
    assert [end.place for end in closing(filing(*rows))] == [place]


# ---- two spellings of one class


@pytest.mark.parametrize(
    ("rows", "ends"),
    [
        pytest.param([share("5", "105"), share("5", "110", security_title=PAR)], ["110"], id="one goes on from the other"),
        pytest.param([share("5", "110", security_title=PAR), share("5", "105")], ["110"], id="newest first"),
        pytest.param([share("5", "110"), share("3", "110", security_title=PAR)], ["110"], id="one total for both"),
        pytest.param([share("5", "110"), share("5", "110", security_title=PAR)], ["110", "110"], id="twins"),
        pytest.param([share("5", "105"), share("5", "905", security_title=PAR)], ["105", "905"], id="two accounts"),
        pytest.param(
            [share("5", "105"), share("5", "905", security_title=PAR), share("1", "106", security_title="COMMON stock")],
            ["106", "905"], id="case makes no account",
        ),
        pytest.param(
            [share("5", "105"), share("5", "105", security_title=PAR, kind="holding", amount=None, acquired_disposed=None)],
            ["105", "105"], id="a holding goes on from nothing",
        ),
    ],
)  # fmt: skip
def test_two_spellings_are_one_line_unless_each_has_totals_of_its_own(
    rows: list[dict[str, Any]], ends: list[str]
) -> None:
    found = closing(filing(*rows))

    assert [str(end.total) for end in found] == ends
    assert len({end.key for end in found}) == 1


# ---- obligations


@pytest.mark.parametrize(
    ("rows", "ends"),
    [
        pytest.param([written("-10", "10", "S"), written("-5", "15", "S")], ["15"], id="written twice"),
        pytest.param([written("-5", "15", "S"), written("-10", "10", "S")], ["15"], id="newest first"),
        pytest.param([written("-10", "10", "S"), written("4", "6", "P")], ["6"], id="bought back"),
        pytest.param([written("4", "6", "P"), written("-10", "10", "S")], ["6"], id="bought back, newest first"),
        pytest.param([written("-10", "10", "S"), written("10", "0", "E")], ["0?"], id="expired"),
        pytest.param([written("-10", "10", "S"), written("-10", "0", "X")], ["0?"], id="assigned, called disposed of"),
        pytest.param([written("10", "90", "C"), written("30", "60", "O")], ["60"], id="closed in two ways"),
        pytest.param([written("-10", "10", "J"), written("4", "14", "J")], ["14"], id="by letter under another code"),
        pytest.param(
            [written("-10", "10", "S"), written("-10", "30", "S")], ["30?"], id="totals that do not go on",
        ),
    ],
)  # fmt: skip
def test_an_obligation_counts_what_is_open(rows: list[dict[str, Any]], ends: list[str]) -> None:
    assert totals(*rows) == ends


def test_what_an_obligation_held_before_is_what_was_open() -> None:
    (end,) = closing(filing(written("4", "6", "P"), written("-1", "7", "S")))

    assert (end.before, end.change, end.totals) == (Decimal(10), Decimal(-3), (Decimal(6), Decimal(7)))


# ---- words


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("Vests in May.", "Vests in June."), ("Vests in May.", "Vests in June.")),
        (("Units vest in full in 2027.", "Units vest in full in 2029."), ("…2027.", "…2029.")),
        (("Vests.", "Vests."), ("Vests.", "Vests.")),
        (("Units vest in full", "Units vest in full in 2027."), ("…full", "…full in 2027.")),
    ],
)  # fmt: skip
def test_words_that_begin_alike_are_told_from_where_they_differ(
    words: tuple[str, ...], told: tuple[str, ...]
) -> None:
    assert telling(words, 16) == told
