"""What a line held before a row, what follows, and sums over several forms."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from form4_author.ledger.balance import (
    Account,
    Carried,
    Prior,
    counted_back,
    least,
    lowest,
    net_shares,
    per_share,
    rolled,
    split_price,
    split_shares,
    together,
    totals,
    underlying,
    whole_shares,
    working,
    worth,
)
from tests.ledger.accounts import PAR, key, option, share, states, units, written

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

LAST = "the Form 4 of 2026-01-05"


def number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def carried(row: dict[str, Any], total: str, *, running: bool = False) -> Carried:
    """The line of a row, as the last filing left it."""
    return Carried(key(row), Decimal(total), LAST, running, row.get("security_title", ""))


def account(*lines: Carried) -> Account:
    return Account(carried=lines)


def total(known: Prior | None) -> str | None:
    return None if known is None else str(known.total)


# ---- where a line stood at the last filing


@pytest.mark.parametrize(
    ("lines", "row", "held"),
    [
        pytest.param([], share("1", "1"), None, id="no last filing"),
        pytest.param([carried(share("1", "1"), "100")], share("5", "1"), "100", id="shares"),
        pytest.param([carried(share("1", "1"), "100")], share("5", "1", ownership_form="I"), None, id="other ownership"),
        pytest.param(
            [carried(units("1", "1"), "30"), carried(units("1", "1", "F2"), "20")], units("5", "1", "F2"), "20",
            id="the award of these terms",
        ),
        pytest.param(
            [carried(units("1", "1"), "30"), carried(units("1", "1", "F2"), "20")], units("5", "1", "F3"), None,
            id="none of two awards has these terms",
        ),
        pytest.param([carried(units("1", "1"), "30")], units("5", "1", "F3"), None, id="the one award has other terms"),
        pytest.param(
            [carried(units("1", "1"), "30", running=True)], units("5", "1", "F3"), "30",
            id="the last filing has one total over all awards",
        ),
        pytest.param(
            [carried(units("1", "1"), "30")], units("5", "1", date_exercisable=None), "30", id="no terms are given",
        ),
        pytest.param(
            [carried(option("1", "1"), "30")], option("5", "1", date_exercisable="2028-01-01"), "30",
            id="price and expiration tell the series",
        ),
        pytest.param(
            [carried(option("1", "1", expiration_date=None), "30")],
            option("5", "1", expiration_date=None, date_exercisable="2028-01-01"), None, id="a price alone does not",
        ),
        pytest.param([carried(option("1", "1"), "30")], option("5", "1", exercise_price="31"), None, id="another price"),
        pytest.param(
            [carried(share("1", "1"), "100"), carried(share("1", "1"), "70")], share("5", "1"), "70",
            id="of a line that is there twice the last",
        ),
    ],
)  # fmt: skip
def test_what_a_line_held_before_the_form(
    lines: list[Carried], row: dict[str, Any], held: str | None
) -> None:
    found = account(*lines).started(key(row))

    assert total(found) == held
    assert found is None or found.source == LAST


def test_what_the_filer_said_is_known_before_what_the_last_filing_says() -> None:
    line = key(share("1", "1"))
    said = Account(
        carried=(carried(share("1", "1"), "100"),),
        stated={str(line): Decimal(90)},
        adjustments={str(line): (Decimal("2.5"), Decimal(-1))},
    )

    assert said.started(line) == Prior(Decimal(90), "as you said", (Decimal("2.5"), Decimal(-1)))
    assert total(said.started(line)) == "91.5"
    assert said.started(key(units("1", "1"))) is None


def test_of_two_spellings_with_totals_of_their_own_a_row_goes_on_with_its_own() -> None:
    short, long = share("1", "1"), share("1", "1", security_title=PAR)
    both = account(carried(short, "100"), carried(long, "70"), carried(units("1", "1"), "5"))

    assert total(both.spelled("COMMON  stock").started(key(short))) == "100"
    assert total(both.spelled(PAR).started(key(short))) == "70"
    assert [line.total for line in both.spelled("Common Stock").carried] == [100, 5]
    assert both.spelled("Common Shares") is both
    assert both.spelled("Restricted Stock Units") is both


# ---- before a row and after it


@pytest.mark.parametrize(
    ("lines", "rows", "row", "held", "source"),
    [
        pytest.param([], [], share("1", "1"), None, None, id="nothing known"),
        pytest.param([carried(share("1", "1"), "100")], [], share("1", "1"), "100", LAST, id="the first row"),
        pytest.param(
            [carried(share("1", "1"), "100")], [share("5", "105")], share("1", "1"), "105", "line 1", id="the second row",
        ),
        pytest.param(
            [], [share("-5", "95"), share("10", "100")], share("1", "1"), "95", "line 1", id="rows with the newest first",
        ),
        pytest.param(
            [carried(share("1", "1"), "100")], [share("5", "55", ownership_form="I")], share("1", "1"), "100", LAST,
            id="a row of another line",
        ),
        pytest.param([], [units("-4", "5"), units("-1", "9", "F2")], units("1", "1"), "5", "line 1", id="awards side by side"),
        pytest.param(
            [], [units("-4", "46"), units("-1", "45", "F2")], units("1", "1", "F3"), "45", "line 2",
            id="one running total over the awards",
        ),
        pytest.param(
            [carried(units("1", "1"), "9")], [units("-4", "5", "F2"), units("-1", "4", "F2")],
            units("1", "1", date_exercisable=None), "4", "line 2", id="rows in other words that go on from the last filing",
        ),
        pytest.param(
            [carried(units("1", "1"), "9")], [units("-4", "50", "F2")], units("1", "1", date_exercisable=None), "9", LAST,
            id="rows in other words that go on from nothing",
        ),
        pytest.param(
            [], [units("-4", "5", "F2")], units("1", "1"), None, None, id="an award of which nothing is known",
        ),
        pytest.param(
            [carried(units("1", "1"), "9")], [units("0", "9", "F2", kind="holding", amount=None, acquired_disposed=None)],
            units("1", "1", date_exercisable=None), "9", "line 1", id="a holding that repeats the last total",
        ),
    ],
)  # fmt: skip
def test_what_a_line_held_before_a_row(
    lines: list[Carried],
    rows: list[dict[str, Any]],
    row: dict[str, Any],
    held: str | None,
    source: str | None,
) -> None:
    found = account(*lines).before(key(row), states(*rows))

    assert (total(found), found and found.source) == (held, source)


@pytest.mark.parametrize(
    ("held", "change", "words"),
    [
        ("239602", "-7007", "239,602 − 7,007 = 232,595"),
        ("100", "50.5", "100 + 50.5 = 150.5"),
        ("100", "-100", "100 − 100 = 0"),
        ("100", "0", "100 + 0 = 100"),
        ("100", "-101", None),
    ],
)
def test_the_total_that_follows_is_shown_with_its_working(held: str, change: str, words: str | None) -> None:
    found = account(carried(share("1", "1"), held)).following(key(share("1", "1")), Decimal(change), ())

    assert (found and found.words) == words


def test_adjustments_are_in_the_working_until_a_row_states_a_total() -> None:
    line = key(share("1", "1"))
    adjusted = Account(carried=(carried(share("1", "1"), "100"),), adjustments={str(line): (Decimal("2.5"),)})
    first = adjusted.following(line, Decimal(10), ())
    second = adjusted.following(line, Decimal(10), states(share("10", "112.5")))

    assert first is not None
    assert (first.words, first.text) == ("100 + 2.5 + 10 = 112.5", "112.5")
    assert second is not None
    assert second.words == "112.5 + 10 = 122.5"


def test_nothing_follows_where_nothing_is_known() -> None:
    assert Account().following(key(share("1", "1")), Decimal(5), ()) is None


@pytest.mark.parametrize(
    ("other", "difference"), [("120", (20, "more")), ("90.5", ("9.5", "fewer")), ("100", (0, "fewer"))]
)
def test_a_difference_is_more_or_fewer(other: str, difference: tuple[str, str]) -> None:
    apart, way = difference

    assert working(Decimal(60), [Decimal(40)]).difference(Decimal(other)) == (Decimal(apart), way)


@pytest.mark.parametrize(
    ("line", "row", "goes_on"),
    [
        pytest.param(carried(share("1", "1"), "100"), share("5", "105"), True, id="shares"),
        pytest.param(carried(share("1", "1"), "100"), share("5", "900"), True, id="shares with another total"),
        pytest.param(carried(share("1", "1"), "100"), share("5", "105", ownership_form="I"), False, id="another line"),
        pytest.param(carried(units("1", "1"), "9"), units("-4", "50"), True, id="an award by its terms"),
        pytest.param(carried(units("1", "1"), "9"), units("-4", "5", "F2"), True, id="an award by what it held"),
        pytest.param(carried(units("1", "1"), "9"), units("-4", "6", "F2"), False, id="an award by neither"),
        pytest.param(
            carried(units("1", "1"), "9"), units("0", "9", "F2", kind="holding", amount=None, acquired_disposed=None), False,
            id="a holding in other words",
        ),
        pytest.param(carried(written("-1", "1", "S"), "9"), written("4", "5", "P"), True, id="an obligation bought back"),
    ],
)  # fmt: skip
def test_whether_a_form_goes_on_with_a_line(line: Carried, row: dict[str, Any], goes_on: bool) -> None:
    assert account(line).goes_on(line, states(row)) is goes_on


def test_a_form_goes_on_with_a_line_in_any_of_its_rows() -> None:
    line, other = carried(units("1", "1"), "9"), carried(units("1", "1", "F2"), "30")
    rows = states(share("1", "1"), units("-10", "20", "F2"), units("-4", "5", "F3"))

    assert account(line, other).goes_on(line, rows) is True
    assert account(line, other).goes_on(line, rows[:2]) is False


def test_of_two_spellings_a_form_goes_on_with_its_own() -> None:
    short, long = share("1", "1"), share("1", "1", security_title=PAR)
    both = account(carried(short, "100"), carried(long, "70"))

    assert [both.goes_on(line, states(long)) for line in both.carried] == [False, True]
    assert [both.goes_on(line, states(short)) for line in both.carried] == [True, False]


def test_of_two_awards_that_held_as_much_a_form_goes_on_with_its_own() -> None:
    both = account(carried(units("1", "1"), "9"), carried(units("1", "1", "F2"), "9"))

    assert [both.goes_on(line, states(units("-4", "5", "F2"))) for line in both.carried] == [False, True]


# ---- sums


@pytest.mark.parametrize(
    ("total", "moves", "before"), [("900", ["-100"], "1000"), ("60", ["50", "-40"], "50"), ("7", [], "7")]
)
def test_what_a_line_held_before_is_counted_back(total: str, moves: list[str], before: str) -> None:
    assert counted_back(Decimal(total), map(Decimal, moves)) == Decimal(before)


def test_changes_of_a_line_are_added() -> None:
    assert together([("a", Decimal(5)), ("b", Decimal(1)), ("a", Decimal(-7))]) == {"a": -2, "b": 1}


@pytest.mark.parametrize(
    ("moves", "before", "after", "found"),
    [
        pytest.param({"a": [(0, 5), (2, -3)]}, {"a": 10}, {}, {0: "15", 2: "12"}, id="on from what it held"),
        pytest.param(
            {"a": [(0, 5), (2, -3)]}, {}, {"a": 12}, {0: "15", 2: "12"}, id="back from what it holds"
        ),
        pytest.param(
            {"a": [(0, 5), (1, 5)]}, {"a": 10}, {"a": 21}, {0: "15", 1: "21"}, id="the last as it is said"
        ),
        pytest.param(
            {"a": [(0, 5)], "b": [(1, 2)]}, {"b": 1}, {}, {1: "3"}, id="a line of which nothing is known"
        ),
        pytest.param({"a": [(0, -5), (1, 7)]}, {"a": 3}, {}, {0: "0", 1: "5"}, id="never below nothing"),
    ],
)
def test_the_total_of_each_row(
    moves: Mapping[str, Sequence[tuple[int, int]]],
    before: Mapping[str, int],
    after: Mapping[str, int],
    found: dict[int, str],
) -> None:
    given = {line: [(row, Decimal(change)) for row, change in rows] for line, rows in moves.items()}
    ends = [{line: Decimal(held) for line, held in known.items()} for known in (before, after)]

    assert totals(given, *ends) == found


@pytest.mark.parametrize(
    ("moves", "amount"),
    [
        ([], None),
        ([("100", "5")], "100"),
        ([(None, "5")], "5"),
        ([(None, None)], "0"),
        ([("100", "5"), (None, "2.5"), (None, "-1")], "101.5"),
        ([("100", "5"), (None, "2.5"), ("90", "-12.5")], "90"),
    ],
)
def test_a_balance_over_several_forms(moves: list[tuple[str | None, str | None]], amount: str | None) -> None:
    assert rolled((number(stated), number(change)) for stated, change in moves) == number(amount)


def test_what_underlies_a_number() -> None:
    assert str(underlying(Decimal("0.125"), Decimal(800))) == "1E+2"


@pytest.mark.parametrize(
    ("held", "new", "old", "shares", "price"),
    [
        ("100", "2", "1", "200", "50"),
        ("100", "1", "10", "10", "1000"),
        ("100", "1", "3", "33.3333", "300"),
        ("0", "3", "1", "0", "0"),
    ],
)
def test_a_split(held: str, new: str, old: str, shares: str, price: str) -> None:
    """A holding of as many shares, and an option at as many dollars."""
    given = Decimal(held), Decimal(new), Decimal(old)

    assert str(split_shares(*given)) == shares
    assert str(split_price(*given)) == price


@pytest.mark.parametrize(
    ("held", "changes", "lowest_one", "needed"),
    [
        pytest.param("100", [], "100", "0", id="nothing happened"),
        pytest.param("100", ["-40"], "60", "40", id="a sale"),
        pytest.param("100", ["50", "-120"], "30", "70", id="bought before it was sold"),
        pytest.param("100", ["-120", "50"], "-20", "120", id="more sold than held, and bought back"),
    ],
)
def test_what_a_line_must_have_held_at_least(
    held: str, changes: list[str], lowest_one: str, needed: str
) -> None:
    moves = [Decimal(each) for each in changes]

    assert lowest(Decimal(held), moves) == Decimal(lowest_one)
    assert least(moves) == Decimal(needed)


def test_changes_that_are_counted_elsewhere_leave_what_a_line_held() -> None:
    known = Prior(Decimal(100), "line 1", (Decimal(5), Decimal(-2)))

    assert known.without([Decimal(-2)]) == Prior(Decimal(105), "line 1")


@pytest.mark.parametrize(
    ("shares", "price", "total"),
    [("50000", "5504", "275200000"), ("400", "10.40", "4160.00"), ("0.5", "0", "0.0")],
)
def test_what_shares_come_to_at_a_price(shares: str, price: str, total: str) -> None:
    assert worth(Decimal(shares), Decimal(price)) == Decimal(total)


@pytest.mark.parametrize(
    ("money", "shares", "price"), [("100000", "1000", "100"), ("100", "3", "33.3333"), ("5", "0.5", "10")]
)
def test_money_has_a_price_per_share(money: str, shares: str, price: str) -> None:
    assert str(per_share(Decimal(money), Decimal(shares))) == price


@pytest.mark.parametrize(
    ("money", "price", "whole", "rest"),
    [("30000", "24", "1250", False), ("30023.99", "24", "1250", True), ("10", "24", "0", True)],
)
def test_money_comes_to_whole_shares(money: str, price: str, whole: str, rest: bool) -> None:
    assert whole_shares(Decimal(money), Decimal(price)) == (Decimal(whole), rest)


def test_a_whole_total_has_no_decimals() -> None:
    moves = {"units": [(0, Decimal("-0.4")), (1, Decimal("-1500.6"))]}

    assert totals(moves, {"units": Decimal("1501.0")}, {}) == {0: "1500.6", 1: "0"}
    assert totals(moves, {}, {"units": Decimal("7.0")}) == {0: "1507.6", 1: "7"}


@pytest.mark.parametrize(
    ("price", "strike", "delivered"), [("20", "11.50", "425"), ("20", "11.49", "425"), ("11", "11.50", "0")]
)
def test_a_net_exercise_delivers_what_the_options_are_worth(price: str, strike: str, delivered: str) -> None:
    assert net_shares(Decimal(1000), Decimal(price), Decimal(strike)) == Decimal(delivered)
