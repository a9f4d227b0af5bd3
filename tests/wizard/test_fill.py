"""Broker's fills: read from what is pasted, grouped as the staff's letter allows, the average exact."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

import pytest

from form4_author.errors import MalformedValue
from form4_author.wizard import fill

TODAY = date(2024, 11, 4)
TABS = (
    "Trade Date\tB/S\tSymbol\tQty\tPrice\n11/01/2024\tS\tEXCO\t100\t$10.10\n11/01/2024\tS\tEXCO\t1,300\t10.50"
)


@pytest.mark.parametrize(
    ("pasted", "columns", "kept"),
    [
        (TABS, "date, side, -, shares, price", "2024-11-01,sell,100,10.10\n2024-11-01,sell,1300,10.50"),
        ("100 @ 10.10; 300@10.50", "shares, price", ",,100,10.10\n,,300,10.50"),
        ("400 @ 120.10, 300 @ 120.45, 300 @ 121.40", "shares, price", ",,400,120.10\n,,300,120.45\n,,300,121.40"),
        ("400@$120.10 1,300 shares @ 120.45 and 5 @ 121", "shares, price", ",,400,120.10\n,,1300,120.45\n,,5,121"),
        ("11/04 sold 400 @ 120, 300 @ 121.", "date, side, shares, price",
         "2024-11-04,sell,400,120\n2024-11-04,sell,300,121"),
        ('"1,000",10.10\n300,10.5', "shares, price", ",,1000,10.10\n,,300,10.5"),
        ("100 10.10\n300 10.50", "shares, price", ",,100,10.10\n,,300,10.50"),
        ("Price,Shares\n10.10,100\n10.50,300", "price, shares", ",,100,10.10\n,,300,10.50"),
        ("buy\t100\t10.1\nSELL\t-50\t11", "side, shares, price", ",buy,100,10.1\n,sell,50,11"),
        ("2024-11-01T09:31:00\t100\t10.1\n2024-11-04T10:00:00\t5\t11", "date, shares, price",
         "2024-11-01,,100,10.1\n2024-11-04,,5,11"),
    ],
    ids=["sheet", "typed", "on one line", "without commas", "after a day and a side", "commas", "blanks", "price first", "sides", "times"],
)  # fmt: skip
def test_what_is_pasted_is_understood(pasted: str, columns: str, kept: str) -> None:
    assert fill.is_fills(pasted)
    assert fill.columns(pasted, TODAY) == columns
    assert fill.fills_text(pasted, columns, TODAY) == kept


@pytest.mark.parametrize(
    "pasted",
    [
        "400 @ 120.10 in New York, 300 @ 120.45",
        "400 @ 1,120.50,300 @ 2,000.10",
        "400 @ 120.10, 300 @ x",
        "@ 1 @ 2",
    ],
)
def test_several_fills_on_a_line_with_other_words_are_refused(pasted: str) -> None:
    with pytest.raises(MalformedValue) as refused:
        fill.columns(pasted, TODAY)
    assert refused.value.problem == (
        f"Several fills are on one line with other words: {pasted}. Write each on a separate line"
    )


@pytest.mark.parametrize(
    "word",
    [
        "S",
        "SLD",
        "Sold",
        "SELL",
        "Sell short",
        "Sell to Close",
        "Sell to Open",
        "YOU SOLD EXAMPLE CORP",
        "Sale",
        "short",
    ],
)
def test_the_words_of_brokers_for_a_sale_are_known(word: str) -> None:
    pasted = f"Action\tQty\tPrice\n{word}\t100\t10.10"
    assert fill.fills_text(pasted, fill.columns(pasted, TODAY), TODAY) == ",sell,100,10.10"


@pytest.mark.parametrize(
    "word", ["B", "BOT", "Bought", "BUY", "Buy to Cover", "Buy to Open", "YOU BOUGHT", "Purchase", "cover"]
)
def test_the_words_of_brokers_for_a_purchase_are_known(word: str) -> None:
    pasted = f"Action\tQty\tPrice\n{word}\t100\t10.10"
    assert fill.fills_text(pasted, fill.columns(pasted, TODAY), TODAY) == ",buy,100,10.10"


@pytest.mark.parametrize(
    "moment",
    [
        "11/20/2026 09:31:05",
        "11/20/26 9:31 AM",
        "2026-11-20T09:31:05.123Z",
        "2026-11-20, 09:31:05",
        "20261120;093105",
        "2026-11-20 9:31:05 AM EST",
        "09:31:05 11/20/2026",
        "20-Nov-2026",
        "20 Nov 26",
        "Fri, Nov 20, 2026",
        "2026/11/20",
        "11-20-2026",
        "11/20",
    ],
)
def test_days_are_read_with_their_times_and_months_in_words(moment: str) -> None:
    """A day that is not read would count as the one trade date, and fills of several days as one line."""
    pasted = f"{moment}\t100\t10.1\n{moment}\t5\t11"
    near = date(2026, 11, 19)
    assert fill.columns(pasted, near) == "date, shares, price"
    assert fill.fills_text(pasted, "date, shares, price", near) == "2026-11-20,,100,10.1\n2026-11-20,,5,11"


@pytest.mark.parametrize(
    ("pasted", "columns"),
    [
        ("Nov 20, 2026,100,10.1\nNov 20, 2026,5,11", "date, shares, price"),
        ("20 Nov 2026 100 10.1\n20 Nov 2026 5 11", "date, shares, price"),
        ("20261120,100,10.1\n20261120,5,11", "date, shares, price"),
        ("11/20/2026\t09:31:05\t100\t10.1\n11/20/2026\t09:31:06\t5\t11", "date, -, shares, price"),
        ("Time\tDate\tQty\tPx\n09:31\t11/20/2026\t100\t10.1\n09:32\t11/20/2026\t5\t11", "-, date, shares, price"),
        ("Settlement Date,Trade Date,Quantity,Price\n11/23/2026,11/20/2026,100,10.1\n11/23/2026,11/20/2026,5,11",
         "-, date, shares, price"),
        (("Execution Time,Order Qty,Filled Qty,Limit Price,Avg Price\n"
         "11/20/2026 9:31,900,100,9,10.1\n11/20/2026 9:32,900,5,9,11"), "date, -, shares, -, price"),
        ("Date\tNet Amount\tQuantity\tPrice\n11/20/2026\t1,010.00\t100\t10.1\n11/20/2026\t55\t5\t11",
         "date, -, shares, price"),
        ("11/20/2026\t1,009.00\t100\t10.1\n11/20/2026\t55\t5\t11", "date, -, shares, price"),
        ("11/20/2026;100;10.1\n11/20/2026;5;11", "date, shares, price"),
        ("11/20/2026\t10.1\t100\n11/20/2026\t11\t5", "date, price, shares"),
    ],
    ids=["comma in a date", "blanks", "eight digits", "date and time", "time first", "settlement", "orders", "net amount",
         "net amount without headings", "semicolons", "price first"],
)  # fmt: skip
def test_the_columns_of_a_trade_are_found_among_others(pasted: str, columns: str) -> None:
    near = date(2026, 11, 19)
    assert fill.columns(pasted, near) == columns
    assert fill.fills_text(pasted, columns, near) == "2026-11-20,,100,10.1\n2026-11-20,,5,11"


def test_a_sign_tells_buys_from_sells_where_no_column_does() -> None:
    assert fill.fills_text("-100\t10.1\n200\t10.2", "shares, price", TODAY) == ",sell,100,10.1\n,buy,200,10.2"
    assert fill.fills_text("(100)\t10.1", "shares, price", TODAY) == ",sell,100,10.1"


def test_commas_that_can_be_read_in_two_ways_are_refused() -> None:
    told = "put such numbers in quotes, or paste with tabs"
    with pytest.raises(MalformedValue) as two_ways:
        fill.columns("1,000,10.10\n2,300,10.50", TODAY)
    with pytest.raises(MalformedValue) as widths:
        fill.columns("Shares,Price\n1,000,10.10\n300,10.50", TODAY)

    assert two_ways.value.problem == (
        f"Line 1 can be read in two ways, for its comma may belong to a number: 1,000,10.10; {told}"
    )
    assert widths.value.problem == f"Line 2 has 3 columns where line 1 has 2: 1,000,10.10; {told}"
    assert fill.columns("11/01/2024,100,120\n11/01/2024,200,121", TODAY) == "date, shares, price"


@pytest.mark.parametrize(
    ("pasted", "columns", "problem"),
    [
        ("Side\tQty\tPrice\nBOT\t100\t10\nReinvest\t5\t10", "side, shares, price",
         ('Fill 2: "Reinvest" says neither buy nor sell; change the word, or take out a trade that does not stand, and '
         "paste again")),
        ("Cancel sell\t100\t10", "side, shares, price",
         ('Fill 1: "Cancel sell" says neither buy nor sell; change the word, or take out a trade that does not stand, '
         "and paste again")),
        ("Side\tQty\tPrice\nBOT\t100\t10\n\t5\t10", "side, shares, price",
         "Fill 2 does not say whether it was a buy or a sell, and others do"),
        ("BOT\t100\t10\nSLD\t5\t10", "-, shares, price", "Column 1 distinguishes buys from sells: name it side"),
        ("100\t10\tBOT\n5\t10\tSLD", "shares, price", "Column 3 distinguishes buys from sells: name it side"),
        ("20/11/2026\t100\t10", "date, shares, price",
         'Fill 1: "20/11/2026" is not a date; 11/18/2026 is expected'),
        ("Date\tQty\tPrice\n\t100\t10", "date, shares, price", "Fill 1 has no date; 11/18/2026 is expected"),
        ("100\t0", "shares, price",
         "Fill 1 has no number of shares or no price: 100  0; 100 @ 120.34 is expected"),
        ("1\t2\t3", "shares, price, price",
         "Name the columns in order, such as: date, shares, price; - for one that is not used"),
    ],
)  # fmt: skip
def test_what_may_tell_a_side_or_a_day_is_never_dropped(pasted: str, columns: str, problem: str) -> None:
    with pytest.raises(MalformedValue) as refused:
        fill.fills_text(pasted, columns, TODAY)
    assert refused.value.problem == problem


@pytest.mark.parametrize(
    ("pasted", "columns"),
    [
        ("20/11/2026\t100\t10\n20/11/2026\t5\t11", "date, shares, price"),
        ("EXCO\tSell\t100\t10\nEXCO\tExchange\t5\t11", "-, side, shares, price"),
    ],
)  # fmt: skip
def test_a_column_that_can_not_all_be_read_still_has_its_name(pasted: str, columns: str) -> None:
    assert fill.columns(pasted, TODAY) == columns


@pytest.mark.parametrize(
    ("pasted", "columns", "problem"),
    [
        ("100 @ 10", "shares, cost", "Name the columns in order, such as: date, shares, price; - for one that is not used"),
        ("100 @ 10", "shares", "Name the columns in order, such as: date, shares, price; - for one that is not used"),
        ("1\t2\nx\ty", "shares, price",
         "Fill 2 has no number of shares or no price: x  y; 100 @ 120.34 is expected"),
        ("soon\t2\t3", "date, shares, price", 'Fill 1: "soon" is not a date; 11/18/2026 is expected'),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_named(pasted: str, columns: str, problem: str) -> None:
    with pytest.raises(MalformedValue, match=re.escape(problem)):
        fill.fills_text(pasted, columns, TODAY)


@pytest.mark.parametrize(
    ("pasted", "line"),
    [
        ('100, "12.34\n200, 12.5', 'Line 1 has a quotation mark that is not closed: 100, "12.34'),
        ('100, 12.34\n"200, 12.5', 'Line 2 has a quotation mark that is not closed: "200, 12.5'),
        ('100, "12.34', 'Line 1 has a quotation mark that is not closed: 100, "12.34'),
        ('Oct 6,0; 6,"20;2\n26,N\x9b', 'Line 2 has a quotation mark that is not closed: 6,"20'),
        ('100, "12.34\n200, 12.5"', 'Line 1 has a quotation mark that is not closed: 100, "12.34'),
        ('"1,000, 12.34\n"2,000", 12.5', 'Line 1 has a quotation mark that is not closed: "1,000, 12.34'),
    ],
)
def test_a_quotation_mark_that_is_not_closed_is_named(pasted: str, line: str) -> None:
    with pytest.raises(MalformedValue) as refused:
        fill.columns(pasted, TODAY)

    assert refused.value.problem == f"{line}. Close it or remove it, and paste again"


def test_a_quotation_mark_inside_a_cell_is_part_of_it() -> None:
    pasted = '100, 10.10, 15" pipe\n300, 10.50, "Class ""A"" stock"'

    assert fill.columns(pasted, TODAY) == "shares, price, -"
    assert fill.fills_text(pasted, "shares, price", TODAY) == ",,100,10.10\n,,300,10.50"


def test_a_cell_too_long_to_be_one_is_named() -> None:
    with pytest.raises(MalformedValue) as refused:
        fill.columns("100, 12.34\n200, " + "1" * 200_000, TODAY)

    assert (
        refused.value.problem == "Line 2 is too long for a fill: 200, " + "1" * 35 + ". Paste only the fills"
    )


def test_one_dollar_is_one_line_and_a_cent_more_is_two() -> None:
    """Staff letter of 25 June 2008: "within a one dollar price range"."""
    kept = ",,100,14.00\n,,100,15.00\n,,100,15.01"

    assert [(g.low, g.high) for g in fill.groups(kept, "2024-11-01")] == [
        (Decimal("14.00"), Decimal("15.00")),
        (Decimal("15.01"), Decimal("15.01")),
    ]


def test_days_and_sides_are_lines_of_their_own() -> None:
    kept = "2024-11-01,sell,10,5\n2024-11-01,buy,20,5\n,,30,5"

    assert [(g.day, g.side, g.shares) for g in fill.groups(kept, "2024-10-31")] == [
        ("2024-10-31", "", Decimal(30)),
        ("2024-11-01", "buy", Decimal(20)),
        ("2024-11-01", "sell", Decimal(10)),
    ]


def test_the_average_is_exact_to_the_four_decimals_of_the_form() -> None:
    """(100 × 10.10 + 200 × 10.25) / 300 = 10.2 exactly; thirds are rounded half up."""
    assert fill.groups(",,100,10.10\n,,200,10.25", "2024-11-01")[0].price == Decimal("10.2")
    assert fill.groups(",,1,10\n,,2,10.01", "2024-11-01")[0].price == Decimal("10.0067")


def test_one_price_is_no_average() -> None:
    answers = fill.as_answers(fill.groups(",sell,100,10.50\n,sell,50,10.50", "2024-11-01")[0])

    assert answers == {
        "date": "2024-11-01",
        "quantity": "150",
        "price": "10.50",
        "side_code": "S",
        "side_direction": "D",
    }


def test_the_footnote_has_the_range_and_the_undertaking() -> None:
    answers = fill.as_answers(fill.groups(",buy,100,10.5\n,buy,50,10.955", "2024-11-01")[0])

    assert answers["price_note"] == (
        "The price reported is a weighted average price. These shares were purchased in multiple transactions at prices"
        " ranging from $10.50 to $10.955, inclusive. The reporting person undertakes to provide to the issuer, any"
        " security holder of the issuer, or the staff of the Securities and Exchange Commission, upon request, full"
        " information regarding the number of shares purchased at each separate price within the range."
    )
    assert (answers["side_code"], answers["side_direction"]) == ("P", "A")


def test_fills_that_tell_no_side_are_worded_by_what_happened() -> None:
    group = fill.groups(",,100,10.5\n,,50,10.9", "2024-11-01")[0]

    assert "These shares were sold in" in fill.as_answers(group, "sell")["price_note"]
    assert "shares purchased at each" in fill.as_answers(group, "buy")["price_note"]


def test_fills_of_the_other_side_are_told() -> None:
    assert (
        fill.contrary(",sell,1,2\n,buy,1,2", "sell", only=True)
        == "Fill 2 is a buy: only the sales belong here"
    )
    assert not fill.contrary(",sell,1,2\n,buy,1,2", "sell", only=False)
    assert not fill.contrary(",,1,2", "sell", only=True)
    assert (
        fill.contrary(",buy,1,2", "sell", only=False)
        == "These fills are purchases, and sales are asked for here"
    )


def test_many_lines_are_told_in_few() -> None:
    told = fill.summary("\n".join(f",,100,{price}.00" for price in range(10, 50, 2)), "2024-11-01")

    assert told[0] == "20 fills, 2,000 shares, on 20 lines:"
    assert told[3:] == ("  11/01/2024 100 at $14.00", "  and 17 lines more")


def test_what_confirming_means_is_said() -> None:
    assert fill.summary(",,100,10.10\n,,300,10.50\n,sell,600,11.60", "2024-11-01") == (
        "3 fills, 1,000 shares, on 2 lines:",
        "  11/01/2024 400 at $10.10 to $10.50, average $10.40",
        "  11/01/2024 sell 600 at $11.60",
    )
