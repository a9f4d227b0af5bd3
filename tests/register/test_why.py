"""`form4 holdings --why`: where each number of a line comes from, as it is written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.register.papers import paper, row, xml_file

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.register.conftest import Said

    Form4 = Callable[..., Said]

TRUST = {"ownership_form": "I", "nature_of_ownership": "By Trust"}
UNIT = {
    "kind": "transaction", "security_title": "Restricted Stock Units", "exercise_price": {"footnotes": ["F1"]},
    "expiration_date": {"footnotes": ["F1"]}, "underlying_title": "Common Stock", "transaction_code": "A",
    "acquired_disposed": "A", "price": "0", "ownership_form": "D",
}  # fmt: skip
NOTES = [
    {"id": "F1", "text": "Each unit is one share."},
    {"id": "F2", "text": "Vests each November 1."},
    {"id": "F3", "text": "Vests in full in 2029."},
]


def _units(vesting: str, amount: str, total: str, **cells: Any) -> dict[str, Any]:
    return {
        **UNIT, "date_exercisable": {"footnotes": [vesting]}, "amount": amount, "underlying_amount": amount,
        "amount_owned_following": total, **cells,
    }  # fmt: skip


@pytest.fixture
def known(form4: Form4) -> Form4:
    """Two forms, the first amended, and an adjustment in between."""
    first = paper(row(total="1000.5"), row(total="500", **TRUST))
    amendment = paper(
        row(total="990.5", amount="90"),
        day="2026-03-20", number=2, form="4/A", period_of_report="2026-03-02", date_of_original_submission="2026-03-02",
    )  # fmt: skip
    second = paper(
        row(total="1203", amount="200", transaction_date="2026-05-01"),
        row(total="1103", amount="100", code="S", transaction_date="2026-05-04"),
        day="2026-05-05",
        number=3,
    )
    form4("import", *(xml_file(each) for each in (first, amendment, second)))
    words = ("--adjust", "+12.5", "--line", "1", "--reason", "dividend reinvested", "--as-of", "2026-04-01")
    assert form4("holdings", "doe", "exwi", *words).code == 0
    return form4


def test_each_form_row_adjustment_and_balance_of_a_line(known: Form4) -> None:
    assert known("holdings", "doe", "exwi", "--why", "direct") == (
        0,
        (
            "Doe Jane · Example Widgets Inc.\n"
            "1. Common Stock, direct: 1,103 shares\n"
            "\n"
            "2026-03-02  Form 4 of 2026-03-02 (0009999001-26-000001)\n"
            "            Table I, line 1: 2026-03-02, code P, +100, 1,000.5 owned following\n"
            "            Closing total: line 1, the only total stated.\n"
            "            Replaced by Form 4/A of 2026-03-02 (0009999001-26-000002): 990.5\n"
            "              instead of 1,000.5.\n"
            "            Balance: 1,000.5\n"
            "\n"
            "2026-03-20  Form 4/A of 2026-03-02 (0009999001-26-000002)\n"
            "            Replaces Form 4 of 2026-03-02 (0009999001-26-000001).\n"
            "            Table I, line 1: 2026-03-20, code P, +90, 990.5 owned following\n"
            "            Closing total: line 1, the only total stated.\n"
            "            The filing begins at 900.5; the balance before it is 1,000.5.\n"
            "            Balance: 990.5\n"
            "\n"
            "2026-04-01  Adjustment: +12.5, dividend reinvested\n"
            "            Balance: 1,003\n"
            "\n"
            "2026-05-05  Form 4 of 2026-05-05 (0009999001-26-000003)\n"
            "            Table I, line 1: 2026-05-01, code P, +200, 1,203 owned following\n"
            "            Table I, line 2: 2026-05-04, code S, −100, 1,103 owned following\n"
            "            Closing total: line 2, from which no other line continues.\n"
            "            Balance: 1,103\n"
        ),
        "",
    )
    assert known("holdings", "doe", "exwi", "--why", "1", "--as-of", "2026-03-02").out == (
        "Doe Jane · Example Widgets Inc.\n"
        "1. Common Stock, direct: 1,000.5 shares\n"
        "\n"
        "2026-03-02  Form 4 of 2026-03-02 (0009999001-26-000001)\n"
        "            Table I, line 1: 2026-03-02, code P, +100, 1,000.5 owned following\n"
        "            Closing total: line 1, the only total stated.\n"
        "            Balance: 1,000.5\n"
    )


def test_the_account_as_data(known: Form4) -> None:
    data = known("holdings", "doe", "exwi", "--why", "1", "--json").data

    assert (data["number"], data["line"], data["held"]) == (1, "Common Stock, direct", "1103")
    assert data["steps"][0] == {
        "day": "2026-03-02",
        "kind": "filing",
        "source": "Form 4 of 2026-03-02",
        "accession_number": "0009999001-26-000001",
        "table": "non_derivative",
        "rows": [{"row": 1, "code": "P", "change": "100", "total": "1000.5"}],
        "closed_by": 1,
        "certain": True,
        "replaced_by": ["Form 4/A of 2026-03-02"],
        "balance": "1000.5",
    }
    assert data["steps"][1]["replaces"] == "Form 4 of 2026-03-02"
    assert data["steps"][2] == {
        "day": "2026-04-01",
        "kind": "adjustment",
        "change": "12.5",
        "reason": "dividend reinvested",
        "balance": "1003.0",
    }


def test_a_closing_that_the_form_does_not_prove(form4: Form4) -> None:
    totals = (row(total="500", amount="10"), row(total="700", amount="20"))
    form4("import", xml_file(paper(*totals)))

    assert form4("holdings", "doe", "exwi", "--why", "1").out == (
        "Doe Jane · Example Widgets Inc.\n"
        "1. Common Stock, direct: 700 shares\n"
        "\n"
        "2026-03-02  Form 4 of 2026-03-02 (0009999001-26-000001)\n"
        "            Table I, line 1: 2026-03-02, code P, +10, 500 owned following\n"
        "            Table I, line 2: 2026-03-02, code P, +20, 700 owned following\n"
        "            Closing total: line 2, not certain. The filing gives 500 and 700 and\n"
        "              does not show which is last; line 2 is listed last on the latest\n"
        "              date.\n"
        "            Balance: 700\n"
    )


def test_awards_counted_in_one_total_and_a_holding(form4: Form4) -> None:
    kept = {"kind": "holding", "security_title": "Common Stock", "amount_owned_following": "40", **TRUST}
    first = paper(
        derivative=[_units("F2", "100", "100"), _units("F3", "60", "60")],
        footnotes=NOTES,
        non_derivative=[kept],
    )
    second = paper(
        day="2026-06-01",
        number=2,
        derivative=[_units("F2", "40", "200")],
        footnotes=NOTES[:2],
        non_derivative=[],
    )
    form4("import", xml_file(first), xml_file(second))

    assert form4("holdings", "doe", "exwi", "--why", "3").out == (
        "Doe Jane · Example Widgets Inc.\n"
        "3. Restricted Stock Units, direct · Vests in full in 2029.: 0 shares\n"
        "\n"
        "2026-03-02  Form 4 of 2026-03-02 (0009999001-26-000001)\n"
        "            Table II, line 2: code A, +60, 60 owned following\n"
        "            Closing total: line 2, the only total stated.\n"
        "            Balance: 60\n"
        "\n"
        "2026-06-01  Form 4 of 2026-06-01 (0009999001-26-000002)\n"
        "            Table II, line 1: code A, +40, 200 owned following\n"
        "            Counted in the total of Table II, line 1: nothing is left in this\n"
        "              line.\n"
        "            Balance: 0\n"
    )
    assert form4("holdings", "doe", "exwi", "--why", "By Trust").out.splitlines()[4:6] == [
        "            Table I, line 1: holding, 40 owned following",
        "            Closing total: line 1, the only total stated.",
    ]


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("words", "said"),
    [
        (
            ("--why", "common"),
            'form4: "common" matches 2 lines. Write its number: 1 Common Stock, direct; 2 Common Stock, By Trust.\n',
        ),
        (
            ("--why", "7"),
            'form4: There is no line "7". The lines are: 1 Common Stock, direct; 2 Common Stock, By Trust.\n',
        ),
        (
            ("--why", "1", "--adjust", "1", "--line", "1", "--reason", "r"),
            "form4 holdings: argument --adjust: not allowed with argument --why. See form4 holdings --help.\n",
        ),
    ],
)
def test_words_that_name_no_line_or_several(known: Form4, words: tuple[str, ...], said: str) -> None:
    assert known("holdings", "doe", "exwi", *words) == (2, "", said)
