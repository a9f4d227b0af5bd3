"""Lines of Table I from a sheet: pasted at a line begun by hand, mapped, previewed, confirmed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from form4_author.wire.draft import draft_data, draft_of
from form4_author.wizard.screen import View
from form4_author.wizard.screens.event import HAPPENED
from form4_author.wizard.screens.sheet_rows import SHEET
from tests.wizard.data import flat
from tests.wizard.replay import play
from tests.wizard.test_paste import known
from tests.wizard.test_recipes import brief

if TYPE_CHECKING:
    from pathlib import Path

_TRADES = (
    "Date\tCode\tQuantity\tPrice\tCUSIP\n"
    "11/01/2024\tS\t100\t10.10\t123\n"
    "11/01/2024\tS\t200\t$10.20\t123\n"
    "11/04/2024\tP\t1,000\t10\t123"
)
_BEGUN = [
    ("happened", "non_derivative transaction"),
    ("non_derivative[0].security_title", ""),
    ("non_derivative[0].transaction_date", "11/1"),
    ("non_derivative[0].transaction_code", "S"),
]


def test_lines_of_a_sheet_become_lines_of_the_form(tmp_path: Path) -> None:
    answers = [*_BEGUN, ("non_derivative[0].amount", _TRADES), ("sheet.columns", ""), ("lines", "q")]
    outcome, script = play(tmp_path / "draft.form4.json", answers, known())

    assert brief(draft_data(outcome.draft)) == [
        "I S D 100 @10.10 → 4900",
        "I S D 200 @10.20 → 4700",
        "I P A 1000 @10 → 5700",
    ]
    assert script.asks[-2].proposal == "date, code, shares, price, -"
    assert script.asks[-2].text[0] == "3 lines of Table I:"
    assert "3 lines are made; open one to change it or attach a footnote." in script.pages[-1]
    assert "sheet" not in draft_data(outcome.draft)["interview"]
    row = draft_data(outcome.draft)["non_derivative"][2]
    assert {**flat(row)} == {
        "kind": "transaction",
        "security_title": "Common Stock",
        "transaction_date": "2024-11-04",
        "transaction_form_type": "4",
        "transaction_code": "P",
        "amount": "1000",
        "price": "10",
        "acquired_disposed": "A",
        "amount_owned_following": "5700",
        "ownership_form": "D",
    }


def test_holdings_of_a_sheet_become_lines_of_the_form(tmp_path: Path) -> None:
    pasted = "Security,Shares,D/I,Nature\nCommon Stock,700,I,By Spouse\nClass B Common Stock,90,D,"
    answers = [
        ("happened", "non_derivative holding"),
        ("non_derivative[0].security_title", ""),
        ("non_derivative[0].ownership_form", ""),
        ("non_derivative[0].amount_owned_following", pasted),
        ("sheet.columns", ""),
        ("lines", "q"),
    ]
    outcome, script = play(tmp_path / "draft.form4.json", answers, known())

    assert script.asks[-2].proposal == "title, shares, D/I, nature"
    assert [flat(row) for row in draft_data(outcome.draft)["non_derivative"]] == [
        {
            "kind": "holding",
            "security_title": "Common Stock",
            "amount_owned_following": "700",
            "ownership_form": "I",
            "nature_of_ownership": "By Spouse",
        },
        {
            "kind": "holding",
            "security_title": "Class B Common Stock",
            "amount_owned_following": "90",
            "ownership_form": "D",
        },
    ]


@pytest.mark.parametrize(
    ("pasted", "columns", "problem"),
    [
        ("11/1/2024\tS\tmany", "date, code, shares", 'Line 1: "many" can\'t be read as shares'),
        ("31/1/2024\tS\t5", "date, code, shares", 'Line 1: "31/1/2024" can\'t be read as date'),
        ("11/1/2024\tS\t5\n11/1/2024\tG\t5", "date, code, shares",
         "Line 2: code G may be A or D; the sheet needs a column A/D"),
        ("S\t5\tI", "code, shares, D/I", "Line 1: it is indirect but has no nature of ownership"),
        ("S\t5\tX", "code, shares, D/I", 'Line 1: "X" can\'t be read as D/I'),
        ("S\t5", "code, -", "Name the columns in order, such as: date, code, shares, price; - for one that is not used"),
        ("S\t5", "code, number", "Name the columns in order, such as: date, code, shares, price; - for one that is not used"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_named(pasted: str, columns: str, problem: str) -> None:
    row = {"kind": "transaction", "security_title": "Common Stock", "transaction_date": "2024-11-01"}
    data = {"non_derivative": [row], "interview": {"sheet": {"row": "non_derivative[0]", "text": pasted}}}
    prompts = SHEET.prompts
    assert isinstance(prompts, tuple)

    assert prompts[0].fault(View(draft_of(data)), columns) == problem


@pytest.mark.parametrize(
    ("pasted", "columns"),
    [
        ("11/1/2024\tS\t5\t10.1\tA\t500", "date, code, shares, price, A/D, after"),
        ("Common Stock\t5\tI\tBy Spouse", "title, shares, D/I, nature"),
        ("Trade Date\tSecurity\tShares\tOwned after\tPrice\n11/1/2024\tCommon\t5\t9\t1", "date, title, shares, after, price"),
    ],
)  # fmt: skip
def test_columns_are_found(pasted: str, columns: str) -> None:
    data = {"interview": {"sheet": {"row": "non_derivative[0]", "text": pasted}}}
    prompts = SHEET.prompts
    assert isinstance(prompts, tuple)
    found = prompts[0].propose(View(draft_of(data)))

    assert found is not None
    assert found.text == columns


def test_lines_by_hand_go_on_beyond_those_of_one_filing() -> None:
    data = {"form": "4", "non_derivative": [{"kind": "holding"}] * 30}
    prompt = next(p for p in HAPPENED.prompts if p.id == "happened")  # type: ignore[union-attr]
    assert prompt.act is not None
    step = prompt.act(View(draft_of(data)), "non_derivative holding")

    assert step.goto == "non_derivative[30].security_title"
    assert step.words == (
        "A form has room for 30 lines of a table: the packet will be divided into several filings.",
    )
