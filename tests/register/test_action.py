"""Corporate actions of `form4 holdings`: every line of a class and the awards over it, shown, recorded and undone."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from form4_author.register.offer import issuer_with, person_with, series
from form4_author.register.profile import profile
from tests.register.papers import paper, row, xml_file

if TYPE_CHECKING:
    from collections.abc import Callable

    from form4_author.register.database import Register
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
    assert known("holdings", "doe", "exwi").out.splitlines()[1:4] == [
        "  1          2,000  Common Stock, direct",
        "                    Form 4 of 2026-03-02; 2-for-1 split of Common Stock on",
        "                    2026-05-01",
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


def do(form4: Form4, *words: str) -> Said:
    """An action on Doe's lines that is recorded without a question."""
    done = form4("holdings", "doe", "exwi", *words, "--yes")
    assert (done.code, done.err) == (0, "")
    return done


def test_fractions_are_asked_about_and_paid_in_cash(known: Form4) -> None:
    words = ("--split", "1-for-10", "--class", "Common Stock", "--as-of", "2026-05-01")

    assert known("holdings", "doe", "exwi", *words, "--yes") == (
        2,
        "",
        (
            "form4: Fractions of a share are left: Common Stock, By Trust: 50.1; Restricted Stock Units, direct: 30.1. Say "
            "how they are settled: --fractions cash, --fractions up or --fractions held.\n"
        ),
    )
    assert held(known) == BEFORE
    done = do(known, *words, "--fractions", "cash")
    assert done.out.splitlines()[:6] == [
        "1-for-10 reverse split of Common Stock on 2026-05-01",
        "Doe Jane",
        "         1,000 →            100  Common Stock, direct",
        "           501 →             50  Common Stock, By Trust",
        "                                 fraction of 0.1 paid in cash",
        "         1,000 →            100  Stock Option (Right to Buy), direct, at 12.50,",
    ]
    assert [number for _line, number in held(known)] == ["100", "50", "100", "30", "10"]
    assert (
        "            501 × 1 ÷ 10 = 50.1, fraction paid in cash\n"
        in known("holdings", "doe", "exwi", "--why", "2").out
    )


@pytest.mark.parametrize(("way", "number"), [("up", "527"), ("held", "526.05")])
def test_a_stock_dividend_as_data(known: Form4, way: str, number: str) -> None:
    words = ("--stock-dividend", "5%", "--class", "common stock", "--as-of", "2026-05-01", "--fractions", way)

    data = do(known, *words, "--json").data

    assert {name: data[name] for name in ("action", "words", "day")} == {
        "action": 1,
        "words": "5% stock dividend on Common Stock",
        "day": "2026-05-01",
    }
    assert data["changes"][1:3] == [
        {"person": "Doe Jane", "line": "Common Stock, By Trust", "before": "501", "after": number},
        {
            "person": "Doe Jane", "line": BEFORE[2][0], "before": "1000", "after": "1050",
            "becomes": "Stock Option (Right to Buy), direct, at 11.9048, to 2036-03-01",
        },
    ]  # fmt: skip


def test_awards_are_adjusted_and_the_next_form_rounds_the_price(known: Form4) -> None:
    words = ("--adjust-awards", "1083:1000", "--class", "common", "--as-of", "2026-05-01")
    done = do(known, *words, "--fractions", "cash", "--reason", "spin-off of NewCo")
    assert done.out == (
        "1,083-for-1,000 adjustment of the awards over Common Stock on 2026-05-01\n"
        "Doe Jane\n"
        "         1,000 →          1,083  Stock Option (Right to Buy), direct, at 12.50,\n"
        "                                   to 2036-03-01\n"
        "                                 then Stock Option (Right to Buy), direct, at\n"
        "                                   11.54, to 2036-03-01\n"
        "           301 →            325  Restricted Stock Units, direct\n"
        "                                 fraction of 0.983 dropped\n"
        "Recorded as action 1. To undo it: form4 holdings doe 9999001 --undo 1\n"
    )

    known("import", xml_file(paper(derivative=[exercised("11.55", "783")], **AFTERWARDS)))

    assert held(known) == [
        *BEFORE[:2],
        ("Stock Option (Right to Buy), direct, at 11.55, to 2036-03-01", "783"),
        ("Restricted Stock Units, direct", "325"),
        BEFORE[4],
    ]
    assert known("holdings", "doe", "exwi", "--why", "3").out == (
        "Doe Jane · Example Widgets Inc.\n"
        "3. Stock Option (Right to Buy), direct, at 11.55, to 2036-03-01: 783 shares\n"
        "\n"
        "2026-03-02  Form 4 of 2026-03-02 (0009999001-26-000001)\n"
        "            Table II, line 1: 2026-03-02, code A, +1,000, 1,000 owned following\n"
        "            Closing total: line 1, the only total stated.\n"
        "            Balance: 1,000\n"
        "\n"
        "2026-05-01  1,083-for-1,000 adjustment of the awards over Common Stock (action\n"
        "            1)\n"
        "            Reason: spin-off of NewCo\n"
        "            1,000 × 1,083 ÷ 1,000 = 1,083\n"
        "            Balance: 1,083\n"
        "\n"
        "2026-06-01  Form 4 of 2026-06-01 (0009999001-26-000003)\n"
        "            Table II, line 1: 2026-06-01, code M, −300, 783 owned following\n"
        "            Closing total: line 1, the only total stated.\n"
        "            Balance: 783\n"
    )
    steps = known("holdings", "doe", "exwi", "--why", "3", "--json").data["steps"]
    assert steps[1] == {
        "day": "2026-05-01",
        "kind": "action",
        "action": 1,
        "source": "1,083-for-1,000 adjustment of the awards over Common Stock",
        "ratio_new": "1083",
        "ratio_old": "1000",
        "reason": "spin-off of NewCo",
        "balance": "1083",
    }


def test_one_award_is_adjusted_and_actions_are_undone_last_first(known: Form4) -> None:
    do(known, *SPLIT[:-1])
    words = ("--adjust-award", "option", "--number", "2166", "--price", "5.77", "--as-of", "2026-05-02")
    assert do(known, *words).out == (
        "Adjustment of Stock Option (Right to Buy) from 2,000 to 2,166 at $5.77 on 2026-05-02\n"
        "Doe Jane\n"
        "         2,000 →          2,166  Stock Option (Right to Buy), direct, at 6.25,\n"
        "                                   to 2036-03-01\n"
        "                                 then Stock Option (Right to Buy), direct, at\n"
        "                                   5.77, to 2036-03-01\n"
        "Recorded as action 2. To undo it: form4 holdings doe 9999001 --undo 2\n"
    )
    assert held(known)[2] == ("Stock Option (Right to Buy), direct, at 5.77, to 2036-03-01", "2166")

    assert known("holdings", "doe", "exwi", "--undo", "1") == (
        2,
        "",
        (
            "form4: Action 2 was recorded after it and concerns the same lines: adjustment of Stock Option (Right to Buy)"
            " from 2,000 to 2,166 at $5.77. Undo that one first: --undo 2.\n"
        ),
    )
    assert known("holdings", "doe", "exwi", "--undo", "2", "--json").data == {
        "undone": 2,
        "words": "adjustment of Stock Option (Right to Buy) from 2,000 to 2,166 at $5.77",
        "day": "2026-05-02",
    }
    assert held(known) == AFTER
    assert known("holdings", "doe", "exwi", "--undo", "1").code == 0
    assert held(known) == BEFORE


CONVERT = ("--convert-to", "Class A Common Stock", "--class", "common", "--as-of", "2026-05-01")


@pytest.mark.long
def test_a_class_is_converted_and_its_lines_go_on(known: Form4) -> None:
    done = do(known, *CONVERT, "--ratio", "1:2", "--fractions", "held")

    assert done.out.startswith(
        "Common Stock converted into Class A Common Stock, 1-for-2 on 2026-05-01\n"
        "Doe Jane\n"
        "         1,000 →            500  Common Stock, direct\n"
        "                                 then Class A Common Stock, direct\n"
        "           501 →          250.5  Common Stock, By Trust\n"
        "                                 then Class A Common Stock, By Trust\n"
    )
    assert held(known) == [
        ("Class A Common Stock, direct", "500"),
        ("Class A Common Stock, By Trust", "250.5"),
        ("Stock Option (Right to Buy), direct, at 25, to 2036-03-01", "500"),
        ("Restricted Stock Units, direct", "150.5"),
        ("Series A Convertible Preferred Stock, direct, at 40", "10"),
    ]
    data = known("holdings", "doe", "exwi", "--json").data
    assert {line.get("underlying_title") for line in data[2:]} == {"Class A Common Stock"}
    assert known("issuer", "show", "exwi", "--json").data["classes"] == [
        "Class A Common Stock",
        "Common Stock",
    ]

    known("import", xml_file(paper(row("Class A Common Stock", total="600"), **AFTERWARDS)))
    assert held(known)[0] == ("Class A Common Stock, direct", "600")

    assert known("holdings", "doe", "exwi", "--undo", "1").code == 0
    assert held(known) == [*BEFORE, ("Class A Common Stock, direct", "600")]
    assert known("issuer", "show", "exwi", "--json").data["classes"] == [
        "Class A Common Stock",
        "Common Stock",
    ]


def test_a_conversion_undone_leaves_no_class_behind(known: Form4) -> None:
    do(known, *CONVERT)

    assert known("holdings", "doe", "exwi", "--undo", "1").code == 0

    assert held(known) == BEFORE
    assert known("issuer", "show", "exwi", "--json").data["classes"] == ["Common Stock"]


def test_a_class_is_converted_into_one_that_the_person_holds(known: Form4) -> None:
    known("import", xml_file(paper(row("Class A Common Stock", total="200"), day="2026-04-01", number=4)))

    done = do(known, *CONVERT)

    assert "         1,000 →          1,000  Common Stock, direct\n" in done.out
    assert "                                 added to Class A Common Stock, direct\n" in done.out
    assert held(known) == [
        ("Class A Common Stock, By Trust", "501"),
        *BEFORE[2:],
        ("Class A Common Stock, direct", "1200"),
    ]
    assert known("holdings", "doe", "exwi", "--why", "Class A Common Stock, direct").out.endswith(
        "2026-05-01  Common Stock converted into Class A Common Stock (action 1)\n"
        "            Added: +1,000\n"
        "            Balance: 1,200\n"
    )
    assert known("holdings", "doe", "exwi", "--undo", "1").code == 0
    assert held(known) == [*BEFORE, ("Class A Common Stock, direct", "200")]


def test_a_form_under_the_new_title_was_there_before_the_conversion(known: Form4) -> None:
    known("import", xml_file(paper(row("Class A Common Stock", total="1100"), **AFTERWARDS)))
    assert held(known)[-1] == ("Class A Common Stock, direct", "1100")

    done = do(known, *CONVERT)

    assert "                                 continues as the line on a later form\n" in done.out
    assert held(known) == [
        ("Class A Common Stock, direct", "1100"),
        ("Class A Common Stock, By Trust", "501"),
        *BEFORE[2:],
    ]
    assert known("holdings", "doe", "exwi", "--undo", "1").code == 0
    assert held(known) == [*BEFORE, ("Class A Common Stock, direct", "1100")]


def test_a_class_that_ended_is_not_carried_again(register: Register, known: Form4) -> None:
    done = do(
        known, "--end", "--class", "common", "--as-of", "2026-05-01", "--reason", "cash merger at $12.00"
    )

    assert done.out.startswith(
        "End of Common Stock on 2026-05-01\nDoe Jane\n         1,000 →              0  Common Stock, direct\n"
    )
    assert {number for _line, number in held(known)} == {"0"}
    data = known("holdings", "doe", "exwi", "--json").data
    assert (data[0]["ended"], data[0]["source"]) == (
        True,
        "Form 4 of 2026-03-02; end of Common Stock on 2026-05-01",
    )
    assert known("holdings", "doe", "exwi", "--why", "1").out.endswith(
        "2026-05-01  End of Common Stock (action 1)\n"
        "            Reason: cash merger at $12.00\n"
        "            Balance: 0\n"
    )
    with register.reading() as book:
        person, issuer = person_with(book, "9999694"), issuer_with(book, "9999001")
        assert person
        assert issuer
        assert "carried" not in profile(book, person, issuer)["interview"]


def test_an_older_form_that_enters_later_is_of_the_former_terms(known: Form4) -> None:
    do(known, *SPLIT[:-1])

    older = paper(
        row(total="900", amount="50"), derivative=[{**OPTION, "amount": "100", "underlying_amount": "100"}],
        day="2026-04-01", number=5,
    )  # fmt: skip
    known("import", xml_file(older))

    assert held(known) == [(AFTER[0][0], "1800"), *AFTER[1:]]


def test_an_award_that_a_later_form_states_unchanged_is_left_out(known: Form4) -> None:
    known("import", xml_file(paper(derivative=[exercised("12.50", "700")], **AFTERWARDS)))

    done = do(known, *SPLIT[:-1])

    assert done.out.splitlines()[-3:] == [
        "Not changed: Stock Option (Right to Buy), direct, at 12.50, to 2036-03-01; a",
        "  form filed after 2026-05-01 states its terms.",
        "Recorded as action 1. To undo it: form4 holdings doe 9999001 --undo 1",
    ]
    assert held(known) == [*AFTER[:2], (at("12.50"), "700"), *AFTER[3:]]


@pytest.mark.parametrize(("today", "day"), [("2026-11-23", "2026-11-23"), ("2026-03-01", "2026-03-02")])
def test_an_action_without_a_day_comes_after_the_last_form(
    known: Form4, monkeypatch: pytest.MonkeyPatch, today: str, day: str
) -> None:
    """A form filed on a Saturday is one of Monday, and an action recorded on Sunday follows it."""
    monkeypatch.setenv("FORM4_TODAY", today)

    do(known, "--split", "2:1", "--class", "common")

    assert {line["as_of"] for line in known("holdings", "doe", "exwi", "--json").data} == {day}


def test_the_checks_know_what_an_action_moved(register: Register, known: Form4) -> None:
    from form4_author.register.facts import facts

    do(known, *SPLIT[:-1])
    do(known, "--convert-to", "Class A Common Stock", "--class", "common", "--as-of", "2026-05-02")

    with register.reading() as book:
        told = facts(book, paper(row(total="1")).filing).adjustments or ()
    assert [(a.security_title, str(a.change), str(a.day), a.nature_of_ownership) for a in told] == [
        ("Common Stock", "1000", "2026-05-01", ""),
        ("Common Stock", "501", "2026-05-01", "By Trust"),
        ("Common Stock", "-2000", "2026-05-02", ""),
        ("Class A Common Stock", "2000", "2026-05-02", ""),
        ("Common Stock", "-1002", "2026-05-02", "By Trust"),
        ("Class A Common Stock", "1002", "2026-05-02", "By Trust"),
    ]


# ---- what is refused, and what is asked

OF_CLASS = ("--class", "common")
WRONG = [
    (("--split", "2:1"), "form4 holdings: give --class, the class that it is an action on. See form4 holdings --help.\n"),
    (("--class", "x"), "form4 holdings: --class needs an action, such as --split. See form4 holdings --help.\n"),
    (("--adjust-award", "3"), "form4 holdings: --adjust-award needs --number, --price or both. See form4 holdings --help.\n"),
    (("--number", "5"), "form4 holdings: --number and --price belong to --adjust-award. See form4 holdings --help.\n"),
    (("--ratio", "2:1"), "form4 holdings: --ratio belongs to --convert-to. See form4 holdings --help.\n"),
    (("--end", *OF_CLASS, "--fractions", "up"), "form4 holdings: --fractions belongs to a split or conversion. See form4 holdings --help.\n"),
    (("--yes",), "form4 holdings: --yes records an action; name one, such as --split. See form4 holdings --help.\n"),
    (("--end", *OF_CLASS, "--json"), "form4 holdings: --json needs --yes: nothing is asked. See form4 holdings --help.\n"),
    (("--split", "two", *OF_CLASS), 'form4 holdings: argument --split: "two" is not a ratio such as 2:1. See form4 holdings --help.\n'),
    (("--split", "2:0", *OF_CLASS), 'form4 holdings: argument --split: "2:0" is not a ratio such as 2:1. See form4 holdings --help.\n'),
    (("--split", "2:1.1.1", *OF_CLASS), 'form4 holdings: argument --split: "1.1.1" is not a number such as 1000 or 120.34. See form4 holdings --help.\n'),
    (("--stock-dividend", "0%", *OF_CLASS), "form4 holdings: argument --stock-dividend: a stock dividend of 0 changes nothing. See form4 holdings --help.\n"),
    (("--end", "--split", "2:1"), "form4 holdings: argument --split: not allowed with argument --end. See form4 holdings --help.\n"),
    (("--end", "--class", "bonds"), 'form4: There is no class "bonds". The classes are: Common Stock; Series A Convertible Preferred Stock.\n'),
    (("--end", "--class", "stock"), 'form4: "stock" matches 2 classes. The classes are: Common Stock; Series A Convertible Preferred Stock.\n'),
    (("--end", *OF_CLASS, "--as-of", "2026-01-01"), "form4: No line holds Common Stock on 2026-01-01. Check the class and the day, --as-of.\n"),
    (("--adjust-award", "1", "--price", "5"), "form4: Common Stock, direct is not an award with a balance on 2026-11-23. Choose a line of Table II, or --as-of.\n"),
    (("--join", "1", "2"), "form4: Common Stock, direct and Common Stock, By Trust are not one line before and after a day. Join a line with the one that follows it, in the same table.\n"),
    (("--join", "1", "1"), "form4: Common Stock, direct and Common Stock, direct are not one line before and after a day. Join a line with the one that follows it, in the same table.\n"),
    (("--undo", "0"), "form4: There is no action 0. The actions of Example Widgets Inc. are: none.\n"),
]  # fmt: skip


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_what_is_refused_changes_nothing(known: Form4) -> None:
    for words, told in WRONG:
        assert (words, known("holdings", "doe", "exwi", *words)) == (words, (2, "", told))
    assert known("holdings", "all", "exwi", "--why", "1") == (
        2,
        "",
        "form4 holdings: name a person; all is for an action on a class. See form4 holdings --help.\n",
    )
    assert held(known) == BEFORE


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_the_same_action_is_recorded_once(known: Form4) -> None:
    do(known, *SPLIT[:-1])

    assert known("holdings", "all", "exwi", *SPLIT) == (
        2,
        "",
        (
            "form4: Common Stock, direct: action 1 is the same: 2-for-1 split of Common Stock on 2026-05-01."
            " Undo that one first: --undo 1.\n"
        ),
    )


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_nothing_is_recorded_without_a_yes(known: Form4, monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setattr("sys.stdin", io.StringIO())
    words = ("holdings", "all", "exwi", *SPLIT[:-1])
    silent = known(*words)
    assert (silent.code, silent.err) == (
        2,
        "form4: Nothing was recorded: there is no terminal to ask at. Check the list, and give --yes to record it.\n",
    )
    assert silent.out.splitlines()[2] == "         1,000 →          2,000  Common Stock, direct"
    monkeypatch.setattr("sys.stdin", Terminal("n\n"))
    assert known(*words).err == (
        "Record this? [y/N] form4: Nothing was recorded. Check the list, and give --yes to record it.\n"
    )
    assert held(known) == BEFORE
    monkeypatch.setattr("sys.stdin", Terminal("y\n"))
    assert (known(*words).code, held(known)) == (0, AFTER)


# ---- series that differ by an adjustment

ADJUSTED = (
    "Adjusted from 1,000 at $12.50 to reflect the spin-off of NewCo on May 1, 2026, as the plan requires."
)


def adjusted(price: str, total: str, note: str, number: int = 6) -> str:
    """A form with the option at a new price, and a footnote there."""
    cells = exercised(price, total, exercise_price={"value": price, "footnotes": ["F1"]})
    form = paper(derivative=[cells], footnotes=[{"id": "F1", "text": note}], day="2026-06-01", number=number)
    return xml_file(form)


def test_a_series_goes_on_after_an_adjustment_that_a_footnote_speaks_of(known: Form4) -> None:
    known("import", adjusted("11.54", "783", ADJUSTED))

    assert held(known) == [*BEFORE[:2], (at("11.54"), "783"), *BEFORE[3:]]
    assert known("holdings", "doe", "exwi", "--why", "3").out.endswith(
        "2026-06-01  Form 4 of 2026-06-01 (0009999001-26-000006)\n"
        "            Table II, line 1: 2026-06-01, code M, −300, 783 owned following\n"
        "            Closing total: line 1, the only total stated.\n"
        "            The filing begins at 1,083; the balance before it is 1,000.\n"
        "            The exercise price is $11.54; on the filing before it is $12.50.\n"
        "            Balance: 783\n"
    )


def at(price: str) -> str:
    return f"Stock Option (Right to Buy), direct, at {price}, to 2036-03-01"


@pytest.mark.long
@pytest.mark.parametrize(
    ("price", "total", "note"),
    [
        ("11.54", "783", "Granted under the 2020 plan."),  # no word of an adjustment
        ("11.30", "783", ADJUSTED),  # 1,083 × 11.30 is 2 % less than 1,000 × 12.50
    ],
    ids=["no footnote", "other value"],
)
def test_series_that_may_be_one_stay_until_they_are_joined(
    known: Form4, price: str, total: str, note: str
) -> None:
    known("import", adjusted(price, total, note))

    both = [*BEFORE, (at(price), total)]
    assert held(known) == both
    assert known("holdings", "doe", "exwi", "--json").data[-1]["may_continue"] == 3
    assert known("holdings", "doe", "exwi").out.endswith(
        "These may be one award before and after an adjustment: they have the same title\n"
        "and expiration date and different exercise prices. If two lines are one, join\n"
        "them:\n"
        "  form4 holdings 9999694 9999001 --join 3 6\n"
    )
    assert known("holdings", "9999694", "9999001", "--join", "3", "6") == (
        0,
        (
            f"{at('12.50')} joined with Stock\n"
            f"  Option (Right to Buy), direct, at {price}, to 2036-03-01.\n"
            "Recorded as action 1. To undo it: form4 holdings 9999694 9999001 --undo 1\n"
        ),
        "",
    )
    assert held(known) == [*BEFORE[:2], (at(price), total), *BEFORE[3:]]
    assert "--join" not in known("holdings", "doe", "exwi").out
    assert known("holdings", "9999694", "9999001", "--undo", "1").code == 0
    assert held(known) == both


def test_a_new_award_at_another_price_is_no_series_adjusted(known: Form4) -> None:
    grant = {**OPTION, "exercise_price": "30", "transaction_date": "2026-06-01"}
    known("import", xml_file(paper(derivative=[grant], **AFTERWARDS)))

    assert held(known) == [*BEFORE, (at("30"), "1000")]
    assert "--join" not in known("holdings", "doe", "exwi").out


def test_each_command_named_works_after_the_one_before(known: Form4) -> None:
    first = {**OPTION, "exercise_price": "20", "expiration_date": "2035-03-01"}
    known("import", xml_file(paper(derivative=[first], day="2026-03-10", number=7)))
    later = [
        exercised(price, total, expiration_date=day)
        for price, total, day in (("6.25", "1700", "2036-03-01"), ("10", "1700", "2035-03-01"))
    ]
    known("import", xml_file(paper(derivative=later, **AFTERWARDS)))

    commands = [
        line.split()[1:] for line in known("holdings", "doe", "exwi").out.splitlines() if "--join" in line
    ]
    assert [" ".join(words[-3:]) for words in commands] == ["--join 3 7", "--join 6 8"]
    for words in commands:
        assert known(*words).code == 0

    assert held(known) == [
        *BEFORE[:2],
        (at("6.25"), "1700"),
        *BEFORE[3:],
        ("Stock Option (Right to Buy), direct, at 10, to 2035-03-01", "1700"),
    ]
    assert [known("holdings", "doe", "exwi", "--undo", number).code for number in "12"] == [0, 0]
    assert len(held(known)) == 8


@pytest.mark.long
@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_a_real_split_of_three_for_two(corpus: tuple[tuple[str, bytes], ...], form4: Form4) -> None:
    """PACCAR's options after its split of February 2023: one officer's form has a footnote on it, a director's none."""
    folder = Path("filed")
    folder.mkdir()
    for number, data in corpus:
        if b"<issuerCik>0000075362<" in data:
            (folder / f"{number}.xml").write_bytes(data)
    form4("import", "filed")

    people = {p["name"]: p["cik"] for p in form4("person", "list", "--json").data}
    lines = {name: form4("holdings", cik, "75362", "--json").data for name, cik in people.items()}
    pairs = {name: sum("may_continue" in line for line in found) for name, found in lines.items()}
    assert {name: count for name, count in pairs.items() if count} == {"HUBBARD TODD R": 6}
    words = ("--split", "3:2", "--class", "common", "--as-of", "2023-02-08", "--fractions", "cash", "--yes")
    hubbard = people["HUBBARD TODD R"]
    before = form4("holdings", hubbard, "75362").out
    assert form4("holdings", hubbard, "75362", *words).code == 0
    assert not any("may_continue" in line for line in form4("holdings", hubbard, "75362", "--json").data)
    assert form4("holdings", hubbard, "75362", "--undo", "1").code == 0
    assert form4("holdings", hubbard, "75362").out == before
