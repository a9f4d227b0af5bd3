"""What converts when an issuer goes public, and rights to subscribe: rows, footnotes, real filings, wrong variants."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from form4_author.errors import MalformedValue
from form4_author.model.facts import PriorFiling
from form4_author.shortswing.reading import read
from form4_author.shortswing.trade import RowPlace
from form4_author.wire.draft import draft_of
from form4_author.wizard.draft import opening
from form4_author.wizard.recipes.shared.series_table import lots_in, lots_text
from tests.wizard.data import flat
from tests.wizard.pilot import interview
from tests.wizard.test_class_wide import begun, in_words, notes, stock
from tests.wizard.test_events import above_a_note, brief, played
from tests.wizard.test_narrowing import TEN_PERCENT
from tests.wizard.test_pay import SALE, finds, pages

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from tests.wizard.pilot import Pilot

PUBLIC = {"date": "9/22/2020", "security": "Common Stock"}


def asked(pilot: Pilot, name: str) -> Any:
    return next(ask for ask in pilot.asks if ask.id == f"events[0].{name}")


# ---- 42: a table of series


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Series A | 10,000 | 1", "Series A | 10,000 | 1"),
        ("Series A\t10,000\t1:1\tDirect\nSeries B\t4,000\t1.5\tBy Fund", "Series A | 10,000 | 1; Series B | 4,000 | 1.5 | By Fund"),
        ("5% Notes | 200000 | @ $8; Seed|5|2|D", "5% Notes | 200,000 | @ 8; Seed | 5 | 2"),
    ],
)  # fmt: skip
def test_a_table_of_series_is_typed_or_pasted(typed: str, kept: str) -> None:
    assert lots_text(lots_in(typed)) == kept


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        (" ; ", "Name at least one series"),
        (
            "Series A 10,000",
            ("Series 1 needs title, number and ratio, and by whom it is held unless directly, with | between them: Series "
            "A Preferred Stock | 10,000 | 1"),
        ),
        (
            "Series A | 10 | 1; Series B | none | 1",
            ('Series 2: "none" is not a number above 0. A ratio is the shares for each, 1.5; a conversion price has @ '
            "before it, @ 20.00"),
        ),
    ],
)  # fmt: skip
def test_a_table_that_cannot_be_read_is_refused(typed: str, problem: str, tmp_path: Path) -> None:
    with pytest.raises(MalformedValue, match=r"[Ss]eries"):
        lots_in(typed)
    _, pilot = interview(tmp_path, [("went_public", {**PUBLIC, "converting": "A | 1 | 1", "before_1": "0"})])
    assert asked(pilot, "converting").check(typed) == problem


def test_the_series_of_the_last_form_are_proposed(tmp_path: Path) -> None:
    lines = (
        in_words("Series A Preferred Stock", "10000", "Common Stock"),
        in_words("Series B Preferred Stock", "4000", "Common Stock", "By Fund"),
    )
    data, pilot = interview(tmp_path, [("went_public", {"date": "11/1"})], data=begun((stock("50"),), lines))

    proposed = "Series A Preferred Stock | 10,000 | 1; Series B Preferred Stock | 4,000 | 1 | By Fund"
    assert asked(pilot, "converting").proposal == proposed
    assert brief(data) == [
        "I C A 4 10000 @0 → 10050 D",
        "I C A 4 4000 @0 → 4000 By Fund",
        "II C D 4 10000 @0 → 0 D",
        "II C D 4 4000 @0 → 0 By Fund",
    ]
    assert "One for one; vests each November 1 and does not expire." in notes(data)
    assert "Series A Preferred Stock: 10,000 → 10,000 of Common Stock" in pages(pilot)
    assert above_a_note(data) == []


def test_a_form_3_after_the_conversion_leaves_nothing_to_report(tmp_path: Path) -> None:
    data, pilot = interview(tmp_path, [("went_public", {"form_3": "no"}), SALE])

    assert brief(data) == ["I S D 4 100 @10 → 4900 D"]
    assert "shows the common stock as a holding. The conversion has no line." in pages(pilot)


def test_notes_at_a_floating_price_are_not_judged(tmp_path: Path) -> None:
    event = {**PUBLIC, "fixed": "no", "converting": "Notes | 90 | @ 8; Series A | 10 | 1", "before_1": "0"}
    data, pilot = interview(tmp_path, [("went_public", event)])

    assert brief(data)[:2] == ["I C A 4 11 @8 → 11 D", "I C A 4 10 @0 → 21 D"]
    assert notes(data) == [
        ("Notes converted at $8.00 per share and each share of Series A converted into one share of Common Stock upon "
        "closing of the issuer's initial public offering on September 22, 2020; the shares converted without payment and "
        "had no expiration date. The conversion was at a floating conversion price, which depended on the offering. "
        "Fractional shares were paid in cash.")
    ]  # fmt: skip
    assert "Whether one at a floating price is matched is not judged here." in pages(pilot)


# ---- 42: real filings, from answers


def test_one_series_of_a_real_filing(tmp_path: Path) -> None:
    """0000899243-18-002277; that filing has a footnote alone for the price, which is 0 here."""
    series = "Series C-1 Convertible Preferred Stock | 607,350 | 1 | By GV 2016, L.P."
    event = {**PUBLIC, "date": "1/30/2018", "converting": series, "before_1": "0"}
    data, _ = interview(tmp_path, [("went_public", event)], data=TEN_PERCENT)

    assert brief(data) == [
        "I C A 4 607350 @0 → 607350 By GV 2016, L.P.",
        "II C D 4 607350 @0 → 0 By GV 2016, L.P.",
    ]
    assert notes(data) == [
        ("Each share of Series C-1 Convertible Preferred Stock converted into one share of Common Stock upon closing of the "
        "issuer's initial public offering on January 30, 2018, without payment; the shares had no expiration date.")
    ]  # fmt: skip


SEQUOIA = (
    ("A", "2027400", "Sequoia Capital XII Principals Fund, LLC"),
    ("A", "18969380", "Sequoia Capital XII, L.P."),
    ("A", "709810", "Sequoia Technology Partners XII, L.P."),
    ("B", "2005056", "Sequoia Capital Global Growth Fund, L.P."),
    ("B", "58183", "Sequoia Capital Global Growth Principals Fund, L.P."),
    ("B", "260920", "Sequoia Capital XII Principals Fund, LLC"),
    ("B", "2441320", "Sequoia Capital XII, L.P."),
    ("B", "91350", "Sequoia Technology Partners XII, L.P."),
    ("C", "996184", "Sequoia Capital Global Growth Fund, L.P."),
    ("C", "28908", "Sequoia Capital Global Growth Principals Fund, L.P."),
    ("D-1", "5730132", "Sequoia Capital Global Growth Fund III - Endurance Partners, L.P."),
    ("E", "4351309", "Sequoia Capital Global Growth Fund III - Endurance Partners, L.P."),
)


def test_twelve_series_of_a_real_filing_are_entered_once(tmp_path: Path) -> None:
    """0000899243-20-025994: six funds; three of them held common stock before."""
    pasted = "\n".join(f"Series {s} Preferred Stock\t{number}\t1\t{fund}" for s, number, fund in SEQUOIA)
    before = {
        "Sequoia Capital Global Growth Fund, L.P.": "9289278",
        "Sequoia Capital Global Growth Principals Fund, L.P.": "269560",
        "Sequoia Capital Global Growth Fund III - Endurance Partners, L.P.": "3909607",
    }
    start = begun(tuple(stock(total, fund) for fund, total in before.items()), ())
    event = {"date": "11/1", "converting": pasted, "before_1": "0", "before_2": "0"}
    data, pilot = interview(tmp_path, [("went_public", event)], data=start)

    assert sorted(line for line in brief(data) if line.startswith("I C")) == sorted(
        [
            "I C A 4 3001240 @0 → 12290518 Sequoia Capital Global Growth Fund, L.P.",
            "I C A 4 87091 @0 → 356651 Sequoia Capital Global Growth Principals Fund, L.P.",
            "I C A 4 10081441 @0 → 13991048 Sequoia Capital Global Growth Fund III - Endurance Partners, L.P.",
            "I C A 4 2288320 @0 → 2288320 Sequoia Capital XII Principals Fund, LLC",
            "I C A 4 21410700 @0 → 21410700 Sequoia Capital XII, L.P.",
            "I C A 4 801160 @0 → 801160 Sequoia Technology Partners XII, L.P.",
        ]
    )
    assert [line for line in brief(data) if line.startswith("II")] == [
        f"II C D 4 {number} @0 → 0 {fund}" for _, number, fund in SEQUOIA
    ]
    assert [flat(row)["underlying_amount"] for row in data["derivative"]] == [n for _, n, _ in SEQUOIA]
    assert above_a_note(data) == []
    assert [ask.id for ask in pilot.asks if ask.id.startswith("events[0].before")] == [
        "events[0].before_1",
        "events[0].before_2",
    ]


# ---- 54: rights offerings

RIGHTS = {
    "date": "11/1", "what": "exercised", "rights": "10000", "quantity": "1000", "strike": "8", "extra": "300",
    "exercisable": "10/1/2024", "expiration": "11/1/2024", "before_1": "10000", "before_2": "10000",
}  # fmt: skip


@pytest.mark.parametrize(
    ("what", "words"),
    [
        ("received", "Nothing is due until they are exercised or sold. Not legal advice."),
        ("lapsed", "Rights that lapse without payment have no line: nothing is due."),
    ],
)
def test_receipt_and_lapse_of_rights_have_no_line(what: str, words: str, tmp_path: Path) -> None:
    data, pilot = interview(tmp_path, [("rights_offering", {"what": what}), SALE])

    assert brief(data) == ["I S D 4 100 @10 → 4900 D"]
    assert words in pages(pilot)


@pytest.mark.parametrize(
    ("insider", "answers", "code"),
    [(True, {}, "A"), (True, {"approved": "no"}, "P"), (False, {}, "P"), (False, {"code": "A"}, "A")],
)
def test_extra_shares_are_a_purchase_unless_approved(
    insider: bool, answers: Mapping[str, str], code: str, tmp_path: Path
) -> None:
    event = {**RIGHTS, **answers}
    data, pilot = interview(tmp_path, [("rights_offering", event)], data=None if insider else TEN_PERCENT)

    assert brief(data)[1] == f"I {code} A 4 300 @8 → 11300 D"
    assert asked(pilot, "extra_price").proposal == "8"
    assert notes(data) == [
        "Bought on exercise of subscription rights distributed pro rata to all holders.",
        "Bought in the same rights offering, in addition to the basic subscription right.",
    ]


def test_the_basic_right_alone_has_two_lines(tmp_path: Path) -> None:
    data, _ = interview(tmp_path, [("rights_offering", {**RIGHTS, "extra": "0"})])

    assert brief(data) == ["I X A 4 1000 @8 → 11000 D", "II X D 4 10000 @0 → 0 D"]


# ---- wrong variants


@pytest.mark.parametrize(
    ("case", "path", "wrong", "rule"),
    [
        ("42", ("derivative", 0, "underlying_title"), None, "DRV-004"),
        ("42 notes", ("non_derivative", 0, "amount"), "200000", "DRV-011"),
        ("54", ("non_derivative", 1, "transaction_code"), "M", "DRV-010"),
        ("54 sold", ("derivative", 0, "underlying_title"), None, "DRV-004"),
    ],
)
def test_a_wrong_variant_is_found(case: str, path: Sequence[str | int], wrong: object, rule: str) -> None:
    data, _ = played(case)

    assert rule in finds(data, tuple(path), wrong)


@pytest.mark.parametrize(
    ("case", "exempt", "matched", "questions"),
    [
        ("42", ["C", "C", "C"], [], []),
        ("42 notes", [], [], ["C", "C"]),
        ("54", ["X", "X"], ["P"], []),
        ("54 approved", ["X", "A", "X"], [], []),
        ("54 sold", [], ["S"], []),
    ],
)
def test_short_swing_reads_the_rows(
    case: str, exempt: list[str], matched: list[str], questions: list[str]
) -> None:
    """A conversion at a floating price is listed as not judged."""
    filing = draft_of(played(case)[0]).filing
    prior = PriorFiling(filing=filing, file="form.xml")
    reading = read((RowPlace(prior, path), row) for path, row in filing.transactions())

    assert [entry.code for entry in reading.left_out] == exempt
    assert [trade.code for trade in reading.trades] == matched
    assert [entry.code for entry in reading.questions] == questions


@pytest.mark.parametrize(
    ("case", "lines"),
    [
        (
            "42",
            [("Common Stock", "16000"), ("Series A Preferred Stock", "0"), ("Series B Preferred Stock", "0")],
        ),
        ("54", [("Common Stock", "11300"), ("Subscription Right (Right to Buy)", "0")]),
    ],
)
def test_the_next_form_begins_with_what_is_left(case: str, lines: list[tuple[str, str]]) -> None:
    carried = opening.carried_lines(draft_of(played(case)[0]).filing, "the last form")

    assert [(line.text("security_title"), line.text("amount_owned_following")) for line in carried] == lines
