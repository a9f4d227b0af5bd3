"""Corporate actions of `form4 holdings`: every line of a class and the awards over it, shown, recorded and undone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from form4_author.register.known import profile
from form4_author.register.offer import issuer_with, person_with, series
from tests.register.papers import paper, row, xml_file

if TYPE_CHECKING:
    from collections.abc import Callable

    from form4_author.register.book import Register
    from tests.register.conftest import Said

    Form4 = Callable[..., Said]

TRUST = {"ownership_form": "I", "nature_of_ownership": "By Trust"}
NOTES = [{"id": "F1", "text": "Each unit is one share."}, {"id": "F2", "text": "Vests each November 1."}]
OPTION = {
    "kind": "transaction", "security_title": "Stock Option (Right to Buy)", "exercise_price": "12.50",
    "transaction_date": "2026-03-02", "transaction_code": "A", "amount": "1000", "price": "0",
    "acquired_disposed": "A", "date_exercisable": "2027-03-02", "expiration_date": "2036-03-01",
    "underlying_title": "Common Stock", "underlying_amount": "1000", "amount_owned_following": "1000",
    "ownership_form": "D",
}  # fmt: skip
UNITS = {
    **OPTION, "security_title": "Restricted Stock Units", "exercise_price": {"footnotes": ["F1"]},
    "date_exercisable": {"footnotes": ["F2"]}, "expiration_date": {"footnotes": ["F2"]}, "amount": "301",
    "underlying_amount": "301", "amount_owned_following": "301",
}  # fmt: skip
PREFERRED = {
    **OPTION, "security_title": "Series A Convertible Preferred Stock", "exercise_price": "20", "amount": "10",
    "underlying_amount": "50", "amount_owned_following": "10", "expiration_date": {"footnotes": ["F2"]},
    "date_exercisable": {"footnotes": ["F2"]},
}  # fmt: skip
SPLIT = ("--split", "2:1", "--class", "common", "--as-of", "2026-05-01", "--yes")


def held(form4: Form4, person: str = "doe") -> list[tuple[str, str]]:
    """The lines and what they hold."""
    return [(line["line"], line["held"]) for line in form4("holdings", person, "exwi", "--json").data]


@pytest.fixture
def known(form4: Form4) -> Form4:
    """Shares in two lines, an option, units, a convertible; and another person's shares."""
    first = paper(
        row(total="1000"), row(total="501", **TRUST), derivative=[OPTION, UNITS, PREFERRED], footnotes=NOTES
    )
    other = paper(row(total="77"), number=2, person="Roe Sam")
    assert form4("import", xml_file(first), xml_file(other)).code == 0
    return form4


BEFORE = [
    ("Common Stock, direct", "1000"),
    ("Common Stock, By Trust", "501"),
    ("Stock Option (Right to Buy), direct, at 12.50, to 2036-03-01", "1000"),
    ("Restricted Stock Units, direct", "301"),
    ("Series A Convertible Preferred Stock, direct, at 20", "10"),
]
AFTER = [
    ("Common Stock, direct", "2000"),
    ("Common Stock, By Trust", "1002"),
    ("Stock Option (Right to Buy), direct, at 6.25, to 2036-03-01", "2000"),
    ("Restricted Stock Units, direct", "602"),
    ("Series A Convertible Preferred Stock, direct, at 10", "10"),
]


def test_a_split_moves_every_line_of_the_class_and_the_awards_over_it(known: Form4) -> None:
    done = known("holdings", "all", "exwi", *SPLIT)

    assert done == (
        0,
        (
            "2-for-1 split of Common Stock on 2026-05-01\n"
            "Doe Jane\n"
            "         1,000 →          2,000  Common Stock, direct\n"
            "           501 →          1,002  Common Stock, By Trust\n"
            "         1,000 →          2,000  Stock Option (Right to Buy), direct, at 12.50,\n"
            "                                   to 2036-03-01\n"
            "                                 then Stock Option (Right to Buy), direct, at\n"
            "                                   6.25, to 2036-03-01\n"
            "           301 →            602  Restricted Stock Units, direct\n"
            "            10 →             10  Series A Convertible Preferred Stock, direct,\n"
            "                                   at 20\n"
            "                                 then Series A Convertible Preferred Stock,\n"
            "                                   direct, at 10\n"
            "                                 10 underlying shares each\n"
            "Roe Sam\n"
            "            77 →            154  Common Stock, direct\n"
            "Recorded as action 1. To undo it: form4 holdings all 9999001 --undo 1\n"
        ),
        "",
    )
    assert held(known) == AFTER
    assert held(known, "roe") == [("Common Stock, direct", "154")]
    assert known("holdings", "doe", "exwi").out.splitlines()[1:3] == [
        "  1          2,000  Common Stock, direct",
        "                    Form 4 of 2026-03-02; 2-for-1 split of Common Stock on 2026-05-01",
    ]
    assert known("holdings", "doe", "exwi", "--as-of", "2026-04-30", "--json").data[0]["held"] == "1000"
    assert known("holdings", "doe", "exwi", "--why", "1").out.endswith(
        "2026-05-01  2-for-1 split of Common Stock (action 1)\n"
        "            1,000 × 2 ÷ 1 = 2,000\n"
        "            Balance: 2,000\n"
    )


def test_it_is_undone(known: Form4) -> None:
    known("holdings", "all", "exwi", *SPLIT)

    assert known("holdings", "all", "exwi", "--undo", "1") == (
        0,
        "Undone: action 1, 2-for-1 split of Common Stock on 2026-05-01.\n",
        "",
    )
    assert held(known) == BEFORE
    assert known("holdings", "all", "exwi", "--undo", "1").err == (
        "form4: There is no action 1. The actions of Example Widgets Inc. are: none.\n"
    )


def test_the_next_draft_begins_with_the_new_numbers(register: Register, known: Form4) -> None:
    known("holdings", "all", "exwi", *SPLIT)

    with register.reading() as book:
        person, issuer = person_with(book, "9999694"), issuer_with(book, "9999001")
        assert person
        assert issuer
        carried = profile(book, person, issuer)["interview"]["carried"]
        terms = [(t["security_title"], t.get("exercise_price")) for t in series(book, "9999001")]
    assert [(c["amount_owned_following"], c.get("exercise_price"), c.get("each")) for c in carried] == [
        ("2000", None, None),
        ("1002", None, None),
        ("2000", "6.25", "1"),
        ("602", None, "1"),
        ("10", "10", "10"),
    ]
    assert carried[0]["source"] == "Form 4 of 2026-03-02; 2-for-1 split of Common Stock on 2026-05-01"
    assert terms == [
        ("Series A Convertible Preferred Stock", "10"),
        ("Restricted Stock Units", None),
        ("Stock Option (Right to Buy)", "6.25"),
    ]


def exercised(price: str, total: str, **cells: Any) -> dict[str, Any]:
    """A part of the option is exercised."""
    return {
        **OPTION, "exercise_price": price, "transaction_date": "2026-06-01", "transaction_code": "M", "amount": "300",
        "acquired_disposed": "D", "underlying_amount": "300", "amount_owned_following": total, **cells,
    }  # fmt: skip


AFTERWARDS: dict[str, Any] = {"day": "2026-06-01", "number": 3}


@pytest.mark.parametrize("order", ["action first", "form first"])
def test_a_form_with_the_new_terms_goes_on_with_the_line(known: Form4, order: str) -> None:
    form = xml_file(
        paper(row(total="2300", amount="300"), derivative=[exercised("6.25", "1700")], **AFTERWARDS)
    )
    steps = [("holdings", "all", "exwi", *SPLIT), ("import", form)]

    for words in steps if order == "action first" else steps[::-1]:
        assert known(*words).code == 0

    assert held(known) == [("Common Stock, direct", "2300"), AFTER[1], (AFTER[2][0], "1700"), *AFTER[3:]]
    assert known("holdings", "all", "exwi", "--undo", "1").code == 0
    assert held(known) == [
        ("Common Stock, direct", "2300"),
        BEFORE[1],
        ("Stock Option (Right to Buy), direct, at 12.50, to 2036-03-01", "1000"),
        *BEFORE[3:],
        ("Stock Option (Right to Buy), direct, at 6.25, to 2036-03-01", "1700"),
    ]
