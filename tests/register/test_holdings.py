"""`form4 holdings`: what is held, on which day and by which form; adjustments with their reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.register.papers import paper, row, xml_file
from tests.register.test_filed import draft

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.register.conftest import Said

    Form4 = Callable[..., Said]

TRUST = {"ownership_form": "I", "nature_of_ownership": "By Trust"}


@pytest.fixture
def known(form4: Form4) -> Form4:
    """Shares in two lines; the direct ones moved again a month later."""
    papers = (
        paper(row(total="1000.5"), row(total="500", **TRUST)),
        paper(row(total="1100.5"), day="2026-04-01", number=2),
    )
    form4("import", *(xml_file(each) for each in papers))
    return form4


def test_each_line_with_the_form_it_is_from(known: Form4) -> None:
    assert known("holdings", "doe", "exwi") == (
        0,
        (
            "Doe Jane · Example Widgets Inc.\n"
            "  1        1,100.5  Common Stock, direct\n"
            "                    Form 4 of 2026-04-01\n"
            "  2            500  Common Stock, By Trust\n"
            "                    Form 4 of 2026-03-02\n"
        ),
        "",
    )
    assert known("holdings", "9999694", "9999001", "--as-of", "2026-03-31", "--json").data == [
        {
            "number": 1, "line": "Common Stock, direct", "table": "non_derivative", "security_title": "Common Stock",
            "ownership_form": "D", "held": "1000.5", "unit": "shares", "source": "Form 4 of 2026-03-02",
            "as_of": "2026-03-02",
        },
        {
            "number": 2, "line": "Common Stock, By Trust", "table": "non_derivative", "security_title": "Common Stock",
            "ownership_form": "I", "nature_of_ownership": "By Trust", "held": "500", "unit": "shares",
            "source": "Form 4 of 2026-03-02", "as_of": "2026-03-02",
        },
    ]  # fmt: skip
    assert known("holdings", "doe", "exwi", "--as-of", "2026-03-01").out == (
        "Doe Jane · Example Widgets Inc., as of 2026-03-01\nNothing is recorded.\n"
    )


def test_dollars_are_marked(form4: Form4) -> None:
    note = row("Convertible Note", total="0")
    del note["amount_owned_following"]
    form4("import", xml_file(paper({**note, "value_owned_following": "25000.50"})))

    told = form4("holdings", "doe", "exwi").out.splitlines()
    assert told[1] == "  1      $25,000.5  Convertible Note, direct"


def test_an_adjustment_has_its_reason_and_ends_with_the_next_form(known: Form4) -> None:
    done = known(
        "holdings",
        "doe",
        "exwi",
        "--adjust",
        "+12.5",
        "--line",
        "direct",
        "--reason",
        "dividend  reinvested",
        "--as-of",
        "2026-05-04",
    )

    assert (done.code, done.err) == (0, "")
    assert done.out.splitlines()[:4] == [
        "Doe Jane · Example Widgets Inc., as of 2026-05-04",
        "  1          1,113  Common Stock, direct",
        "                    Form 4 of 2026-04-01; +12.5 on 2026-05-04: dividend",
        "                    reinvested",
    ]
    taken = known(
        "holdings",
        "doe",
        "exwi",
        "--adjust",
        "-500",
        "--line",
        "COMMON STOCK, BY TRUST",
        "--reason",
        "given up",
        "--json",
    )
    assert [(line["held"], line["as_of"]) for line in taken.data] == [
        ("1113.0", "2026-05-04"),
        ("0", "2026-11-23"),
    ]
    known("import", xml_file(paper(row(total="1200"), day="2026-06-01", number=3)))
    assert [line["held"] for line in known("holdings", "doe", "exwi", "--json").data] == ["1200", "0"]


def test_an_adjustment_begins_a_line_that_no_form_has(known: Form4) -> None:
    words = (
        "--adjust",
        "+250",
        "--line",
        "Common Stock, By Spouse",
        "--reason",
        "marriage",
        "--as-of",
        "2026-05-04",
    )
    assert known("holdings", "doe", "exwi", *words).err == (
        'form4: There is no line "Common Stock, By Spouse". The lines are: 1 Common Stock, direct; 2 Common Stock, By Trust.\n'
    )

    done = known("holdings", "doe", "exwi", *words, "--begin", "--json")

    assert (done.code, done.data[2]) == (
        0,
        {
            "number": 3, "line": "Common Stock, By Spouse", "table": "non_derivative", "security_title": "Common Stock",
            "ownership_form": "I", "nature_of_ownership": "By Spouse", "held": "250", "unit": "shares",
            "source": "+250 on 2026-05-04: marriage", "as_of": "2026-05-04",
        },
    )  # fmt: skip
    # The next form goes on from it.
    spouse = {"ownership_form": "I", "nature_of_ownership": "By Spouse"}
    known("import", xml_file(paper(row(total="350", **spouse), day="2026-06-01", number=3)))
    held = known("holdings", "doe", "exwi", "--json").data
    assert [line["held"] for line in held] == ["1100.5", "500", "350"]


WRONG = [
    (("--adjust", "+1"), "form4 holdings: --adjust, --line and --reason belong together. See form4 holdings --help.\n"),
    (("--adjust", "x", "--line", "direct", "--reason", "r"), 'form4 holdings: argument --adjust: "x" is not a number such as 1000 or 120.34. See form4 holdings --help.\n'),
    (("--adjust", "0", "--line", "direct", "--reason", "r"), "form4: An adjustment of 0 changes nothing. Give the change, such as +12.5 or -3.\n"),
    (("--adjust", "1", "--line", "direct", "--reason", " "), 'form4: An adjustment needs its reason. Give it: --reason "dividend reinvested in March".\n'),
    (("--adjust", "1", "--line", "options", "--reason", "r"), 'form4: There is no line "options". The lines are: 1 Common Stock, direct; 2 Common Stock, By Trust.\n'),
    (("--adjust", "1", "--line", "common", "--reason", "r"), 'form4: "common" matches 2 lines. Write its number: 1 Common Stock, direct; 2 Common Stock, By Trust.\n'),
    (("--adjust", "-1100.6", "--line", "direct", "--reason", "r"), "form4: Common Stock, direct would be left at -0.1 on 2026-11-23. Give the change, not the balance.\n"),
    (("--adjust", "1", "--begin", "--line", "common stock, DIRECT", "--reason", "r"), "form4: There is the line Common Stock, direct already. Leave --begin out.\n"),
    (("--adjust", "1", "--begin", "--line", "Common Stock", "--reason", "r"), 'form4: "Common Stock" names no line. Write it as "Common Stock, direct" or "Common Stock, By Trust".\n'),
    (("--begin",), "form4 holdings: --begin starts the line that --adjust, --line and --reason describe. See form4 holdings --help.\n"),
    (("--as-of", "soon"), 'form4 holdings: argument --as-of: "soon" is not a date of the form YYYY-MM-DD. See form4 holdings --help.\n'),
]  # fmt: skip


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(("words", "told"), WRONG, ids=lambda value: " ".join(value)[:30])
def test_what_is_refused_moves_nothing(known: Form4, words: tuple[str, ...], told: str) -> None:
    before = known("holdings", "doe", "exwi").out

    assert known("holdings", "doe", "exwi", *words) == (2, "", told)

    assert known("holdings", "doe", "exwi").out == before


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_a_person_and_an_issuer_with_nothing_between_them(known: Form4) -> None:
    known("issuer", "add", "--cik", "5", "--name", "Other Inc.")

    assert known("holdings", "doe", "other").err == (
        "form4: The register has no relationship between Doe Jane and Other Inc."
        " Import a form, or give form4 person edit 9999694 --issuer 5 --director yes.\n"
    )
    known("person", "edit", "doe", "--issuer", "other", "--director", "yes")
    assert known("holdings", "doe", "other").out == "Doe Jane · Other Inc.\nNothing is recorded.\n"


def test_an_adjustment_before_a_later_form_says_that_the_balance_stays(known: Form4) -> None:
    told = ("--adjust", "+10", "--line", "direct", "--reason", "r", "--as-of", "2026-03-15")
    said = known("holdings", "doe", "exwi", *told)

    assert (said.code, said.err) == (
        0,
        (
            "form4: Common Stock, direct: the balance stays 1,100.5, which a form after 2026-03-15 states"
            " (Form 4 of 2026-04-01)\n"
        ),
    )


def test_an_adjustment_without_a_day_follows_a_form_of_the_next_business_day(
    known: Form4, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A form filed on a Saturday is one of Monday; what is adjusted on Sunday comes after it."""
    monkeypatch.setenv("FORM4_TODAY", "2026-11-22")
    form = draft(total="900", day="2026-11-20", number=3)
    filed = known("filed", form, "--accession", "0009999001-26-000003", "--at", "2026-11-21T11:00")
    assert filed.code == 0

    said = known("holdings", "doe", "exwi", "--adjust", "-100", "--line", "direct", "--reason", "r")
    assert said.err == ""
    assert said.out.splitlines()[1] == "  1            800  Common Stock, direct"
