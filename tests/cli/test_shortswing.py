"""`form4 shortswing`: what is printed for a history of forms, a planned trade, and files that cannot be read."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from form4_author.checks.example import draft
from form4_author.cli import main
from form4_author.wire.filing import filing_from
from form4_author.wire.write import write_document
from tests.shortswing.forms import calls, stock

LIMITS = """
Prepared from SEC rules as of November 29, 2026; not legal advice.
Limits
  Not legal advice. The conditions of exemptions are not in the data.
  Not modeled: members of a group, directors by deputization, a partner's share,
    dividends, interest, fees.
  Splits: trades are restated where a form gives the ratio and the day, or
    --split does.
  A split that no footnote, remark, total or price shows is not known here.
  Trades that the files do not report are not known here.
  Prices are weighted averages unless the form gives each trade; exact prices
    are needed for Section 16(b).
  Not applied: the two-year bar, who may sue, from when to when the person was
    subject to Section 16.
  The purchase that makes a person a holder of more than 10% is not left out.
"""


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def written(
    name: str, *table_1: dict[str, Any], derivative: tuple[dict[str, Any], ...] = (), **head: Any
) -> str:
    """A draft in the folder we are in, signed on the day given."""
    signed = head.pop("signed", "2026-05-04")
    data = {
        "format": 1,
        "form": "4",
        "issuer": {"cik": "100", "name": "NORTHWIND INSTRUMENTS, INC."},
        "owners": [{"cik": "200", "name": "Okafor Adaeze N", "is_director": True}],
        "non_derivative": list(table_1),
        "derivative": list(derivative),
        "signatures": [{"name": "/s/ A. Okafor", "date": signed}],
        **head,
    }
    Path(name).write_text(json.dumps(data), encoding="utf-8")
    return name


def sold_then_bought() -> list[str]:
    """Example G: an exercise, shares withheld, a sale, and a purchase at a lower price."""
    return [
        written("bought.json", stock("P", "1000", "35", "2026-05-01")),
        written(
            "sold.json",
            stock("M", "8000", "0", "2026-02-02"),
            stock("F", "3000", "40", "2026-02-02"),
            stock("S", "5000", "40", "2026-02-02"),
            signed="2026-02-03",
        ),
    ]


def told(capsys: pytest.CaptureFixture[str], *arguments: str, code: int) -> str:
    assert main(["shortswing", *arguments]) == code
    out = capsys.readouterr().out
    assert max(map(len, out.splitlines())) <= 80
    return out


def test_a_history_with_a_profit(capsys: pytest.CaptureFixture[str]) -> None:
    assert told(capsys, *sold_then_bought(), code=1) == (
        """\
NORTHWIND INSTRUMENTS, INC. (CIK 100): Okafor Adaeze N (CIK 200)
2 forms, 2026-02-03 to 2026-05-04

Common Stock
  Trades
    2026-02-02  S   sale      5,000 @ 40
    2026-05-01  P   purchase  1,000 @ 35
  Pairs, lowest price in against highest price out
    1,000 × (40 − 35) = 5,000
      S 2026-02-02 with P 2026-05-01, last matching day 2026-07-31
  Customary figure (lowest in, highest out)              $5,000
  Upper bound (greatest total)                           $5,000

Left out, exempt by their code
  M   1 row, 2026-02-02, Common Stock: Rules 16b-3 and 16b-6(b)
  F   1 row, 2026-02-02, Common Stock: Rule 16b-3(e)
"""
        + LIMITS
    )


def test_two_figures_that_differ_have_their_pairs_each(capsys: pytest.CaptureFixture[str]) -> None:
    file = written(
        "c.json",
        stock("P", "100", "12", "2025-10-01"),
        stock("P", "100", "10", "2026-02-02"),
        stock("S", "100", "20", "2026-03-02"),
        stock("S", "100", "19", "2026-06-10"),
    )

    out = told(capsys, file, code=1)

    assert (
        """\
  Pairs, lowest price in against highest price out
    100 × (20 − 10) = 1,000
      P 2026-02-02 with S 2026-03-02, last matching day 2026-07-31
  Pairs with the greatest total
"""
        in out
    )
    assert (
        """\
  Customary figure (lowest in, highest out)              $1,000
  Upper bound (greatest total)                           $1,700
"""
        in out
    )


def test_nothing_to_match(capsys: pytest.CaptureFixture[str]) -> None:
    file = written("grant.json", stock("A", "10", "0", "2026-05-01"))

    assert told(capsys, file, code=0) == (
        """\
NORTHWIND INSTRUMENTS, INC. (CIK 100): Okafor Adaeze N (CIK 200)
1 form, 2026-05-04

No trade that may be matched.

Left out, exempt by their code
  A   1 row, 2026-05-01, Common Stock: Rule 16b-3(d)
"""
        + LIMITS
    )


def test_trades_without_a_profit(capsys: pytest.CaptureFixture[str]) -> None:
    out = told(capsys, written("s.json", stock("S", "10", "5", "2026-05-01")), code=0)

    assert "  No purchase and sale within less than six months at a profit.\n" in out


def test_rows_of_a_day_are_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    file = written(
        "s.json",
        stock("S", "10", "5.50", "2026-05-01"),
        stock("S", "20", "5", "2026-05-01"),
        stock("U", "1", "5", "2026-05-01"),
    )

    out = told(capsys, file, code=0)

    assert "    2026-05-01  S   sale      30 in 2 rows @ 5 to 5.5\n" in out
    assert "    2026-05-01  U   sale      1 @ 5 (unless exempt under Rule 16b-3(e) or 16b-7)\n" in out


def test_options_against_stock_ask_for_the_market_price(capsys: pytest.CaptureFixture[str]) -> None:
    files = [
        written(
            "calls.json",
            derivative=(calls("P", "1000", "4.00", "2026-02-10", underlying_title="Common Stock, $.01 par"),),
        ),
        written("sale.json", stock("S", "800", "60", "2026-05-20")),
    ]

    out = told(capsys, *files, code=1)

    assert "    2026-02-10  P   purchase  1,000 @ 4, Call Option (right to buy)\n" in out
    assert (
        """\
  1 pair of a derivative security against shares or another series is in neither
    figure without the market price of
    Common Stock, $.01 par on 2026-02-10
  Give it as --price 'Common Stock=PRICE@2026-02-10'
"""
        in out
    )

    given = told(
        capsys,
        "--price",
        "Common Stock=$48@2026-02-10",
        "--price",
        "Call Option (right to buy)=11.20@2026-05-20",
        *files,
        code=1,
    )
    assert (
        """\
    800 × (60 − 48) = at most 9,600
      P 2026-02-10 with S 2026-05-20, last matching day 2026-08-08
      measured in Call Option (right to buy): 800 × (11.2 − 4) = 5,760
  Customary figure (lowest in, highest out)              $9,600
  Upper bound (greatest total)                           $9,600
  "At most" marks the limit of Rule 16b-6(c)(2) for derivative securities; the
    profit may be less.
"""
        in given
    )


def test_several_pairs_wait_for_prices(capsys: pytest.CaptureFixture[str]) -> None:
    file = written(
        "calls.json",
        stock("S", "800", "60", "2026-05-20"),
        stock("S", "800", "60", "2026-05-21"),
        derivative=(calls("P", "1000", "4.00", "2026-02-10", underlying_title={"footnotes": ["F1"]}),),
        footnotes=[{"id": "F1", "text": "Common stock."}],
    )

    out = told(capsys, file, code=1)

    assert (
        """\
  2 pairs of a derivative security against shares or another series are in
    neither figure without the market price of
    Common Stock on 2026-02-10
"""
        in out
    )


def test_the_boundary_and_amendments_are_told(capsys: pytest.CaptureFixture[str]) -> None:
    bought = stock("P", "10", "5", "2026-01-15")
    files = [
        written("a.json", bought, period_of_report="2026-01-15", signed="2026-01-16"),
        written(
            "b.json", {**bought, "price": "4"}, form="4/A", period_of_report="2026-01-15", signed="2026-01-20"
        ),
        written("c.json", stock("S", "10", "6", "2026-07-14"), signed="2026-07-15"),
    ]

    out = told(capsys, *files, code=1)

    assert "\nForm 4/A of 2026-01-20: 1 row in place of lines amended, 0 rows added\n" in out
    assert (
        """\
  Boundary: S 2026-07-14 lies one day before 2026-07-15, six months after P
    2026-01-15: not matched, but courts have counted differently.
"""
        in out
    )
    assert (
        """\
  Uncertain: A purchase and a sale at a profit are almost exactly six months
    apart. They are not matched, but courts have counted differently; see
    Boundary.
"""
        in out
    )
    assert "  Upper bound (greatest total)                   not determined\n" in out


def test_what_only_the_filer_can_tell(capsys: pytest.CaptureFixture[str]) -> None:
    file = written(
        "j.json",
        stock("J", "10", "5", "2026-05-01", security_title="Units"),
        stock("J", "10", "5", "2026-05-02", security_title="Units"),
        stock("J", "10", "5", None, security_title="Shares"),
        stock("P", "10", None, "2026-05-02", security_title=None),
    )

    assert """\
Not determined: known only to the filer
  J   2 rows, 2026-05-01 to 2026-05-02, Units: the form describes what code J
        covers; match it unless it is exempt
  J   1 row, Shares: the form describes what code J covers; match it unless it
        is exempt
  P   1 row, 2026-05-02: the price is not given
""" in told(capsys, file, code=1)


def test_many_pairs_are_not_all_written_out(capsys: pytest.CaptureFixture[str]) -> None:
    rows = [stock("P", "1", "5", "2026-05-01", amount_owned_following=str(i)) for i in range(42)]
    file = written(
        "many.json", *rows, stock("S", "41", "6", "2026-05-02"), stock("S", "1", "6", "2026-05-03")
    )

    out = told(capsys, file, code=1)

    assert out.count("1 × (6 − 5) = 1\n") == 40
    assert "    and 2 more pairs; --json has all of them\n" in out
    assert main(["shortswing", "--json", file]) == 1
    (account,) = json.loads(capsys.readouterr().out)["results"][0]["accounts"]
    assert len(account["customary"]["pairs"]) == 42


def test_one_pair_more(capsys: pytest.CaptureFixture[str]) -> None:
    rows = [stock("P", "1", "5", "2026-05-01", amount_owned_following=str(i)) for i in range(41)]
    file = written("many.json", *rows, stock("S", "41", "6", "2026-05-02"))

    assert "    and 1 more pair; --json has all of them\n" in told(capsys, file, code=1)


# ---- a planned trade


@pytest.mark.parametrize(
    ("plan", "code", "expected"),
    [
        (
            "S 1000 @ 40 on 2026-10-30",
            1,
            """\
Planned: S 1,000 Common Stock @ 40 on 2026-10-30
    1,000 × (40 − 35) = 5,000
      P 2026-05-01 with S 2026-10-30, last matching day 2026-10-30
  Would raise the upper bound by $5,000.
  First day outside every reading: 2026-11-02 at any price, of the trades in
    these files.
  As counted here: 2026-10-31 at any price; but courts have counted differently
    (see SWG-003).
""",
        ),
        (
            "s 1,000 common stock @ $30.5 on 2026-06-01",
            0,
            """\
Planned: S 1,000 Common Stock @ 30.5 on 2026-06-01
  Matches nothing at a profit on that day, at that price.
  First day outside every reading: 2026-06-01 at that price, 2026-11-02 at any
    price, of the trades in these files.
  As counted here: 2026-06-01 at that price, 2026-10-31 at any price; but courts
    have counted differently (see SWG-003).
""",
        ),
        (
            "P 1000 @ 40 on 2026-06-01",
            0,
            """\
Planned: P 1,000 Common Stock @ 40 on 2026-06-01
  Matches nothing at a profit on that day, at that price.
  First day outside every reading: 2026-06-01 at any price, of the trades in
    these files.
""",
        ),
        (
            "S 1000 Class B Common Stock @ 40 on 2026-06-01",
            1,
            """\
Planned: S 1,000 Class B Common Stock @ 40 on 2026-06-01
  Matches nothing at a profit on that day, at that price.
  First day outside every reading: 2026-06-01 at any price, of the trades in
    these files.
  Uncertain: Class B Common Stock and Common Stock are matched apart. If one
    converts into the other, they count as one class, and P 2026-05-01 may match
    S 2026-06-01 at a profit (Rules 16a-4(a), 16b-6; Gibbons v. Malone, 2d Cir.
    2013).
""",
        ),
    ],
)
def test_first_safe_day(plan: str, code: int, expected: str, capsys: pytest.CaptureFixture[str]) -> None:
    file = written("bought.json", stock("P", "1000", "35", "2026-05-01"))

    assert f"\n{expected}" in told(capsys, file, "--plan", plan, code=code)


def test_a_plan_where_nothing_was_traded(capsys: pytest.CaptureFixture[str]) -> None:
    file = written("grant.json", stock("A", "10", "0", "2026-05-01"))

    out = told(capsys, file, "--plan", "S 10 @ 40 on 2026-06-01", code=0)

    assert "Planned: S 10 @ 40 on 2026-06-01\n  Matches nothing at a profit" in out


def test_a_plan_beside_options_without_market_price(capsys: pytest.CaptureFixture[str]) -> None:
    file = written("calls.json", derivative=(calls("P", "1000", "4.00", "2026-02-10"),))

    out = told(capsys, file, "--plan", "S 10 @ 40 on 2026-06-01", code=1)

    assert (
        """\
  Would raise the upper bound by an amount not determined.
  First day outside every reading: 2026-08-11 at any price, of the trades in
    these files.
  As counted here: 2026-08-09 at any price; but courts have counted differently
    (see SWG-003).
  Uncertain: Pairs wait for a market price, and are in neither figure.
  Pairs whose market prices are not known count as not safe.
"""
        in out
    )


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--plan", "sell some"], '"sell some" is not a trade such as S 1000 @ 40 on 2026-12-01'),
        (["--plan", "S 0 @ 40 on 2026-12-01"], '"0" is not more than 0'),
        (["--plan", "S 1.2.3 @ 40 on 2026-12-01"], '"1.2.3" is not a number such as 1000 or 120.34'),
        (["--plan", "S 10 @ 40 on 2026-02-30"], '"2026-02-30" is not a calendar date'),
        (["--price", "48"], '"48" is not a price such as Common Stock=48@2026-02-10'),
        (["--price", "X=48@2026-13-10"], '"2026-13-10" is not a calendar date'),
    ],
)
def test_words_that_cannot_be_read(
    arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["shortswing", "x.json", *arguments]) == 2
    err = capsys.readouterr().err
    assert err == f"form4 shortswing: argument {arguments[0]}: {message}. See form4 shortswing --help.\n"


def test_a_plan_must_tell_its_class_where_there_are_several(capsys: pytest.CaptureFixture[str]) -> None:
    file = written(
        "two.json",
        stock("P", "10", "5", "2026-05-01", security_title="Class A Common Stock"),
        stock("P", "10", "5", "2026-05-01", security_title="Class B Common Stock"),
    )

    assert main(["shortswing", file, "--plan", "S 10 @ 6 on 2026-05-04"]) == 2
    assert capsys.readouterr().err == (
        "form4: The planned trade does not name its class, and the forms have several: Class A Common Stock;"
        " Class B Common Stock. Name it: S 10 Class A Common Stock @ 6 on 2026-05-04.\n"
    )
    assert main(["shortswing", file, "--plan", "S 10 Class B Common Stock @ 6 on 2026-05-04"]) == 1


def test_options_cannot_be_planned_here(capsys: pytest.CaptureFixture[str]) -> None:
    file = written("bought.json", stock("P", "1000", "35", "2026-05-01"))

    assert main(["shortswing", file, "--plan", "S 10 warrants @ 6 on 2026-05-04"]) == 2
    assert capsys.readouterr().err == (
        'form4: "warrants" is a derivative security; only trades in shares can be planned here. Put the planned'
        " trade into a draft and give the draft as one of the files.\n"
    )


# ---- persons, files, data


def test_each_person_has_an_account_and_one_can_be_chosen(capsys: pytest.CaptureFixture[str]) -> None:
    other = [{"cik": "201", "name": "Roe Sam"}]
    files = [*sold_then_bought(), written("roe.json", stock("P", "1", "2", "2026-05-01"), owners=other)]

    both = told(capsys, *files, code=1)
    assert [line for line in both.splitlines() if line.startswith("NORTHWIND")] == [
        "NORTHWIND INSTRUMENTS, INC. (CIK 100): Okafor Adaeze N (CIK 200)",
        "NORTHWIND INSTRUMENTS, INC. (CIK 100): Roe Sam (CIK 201)",
    ]
    assert both.count("Limits\n") == 1

    alone = told(capsys, *files, "--person", "0000000201", code=0)
    assert alone.startswith("NORTHWIND INSTRUMENTS, INC. (CIK 100): Roe Sam (CIK 201)\n1 form")

    assert main(["shortswing", *files, "--person", "999"]) == 2
    assert capsys.readouterr().err == (
        'form4: No form has a reporting person with CIK "999". Give a CIK that the forms name.\n'
    )


def test_a_form_without_names(capsys: pytest.CaptureFixture[str]) -> None:
    file = written("x.json", stock("S", "1", "2", "2026-05-01"), issuer={}, owners=[], signatures=[])

    assert told(capsys, file, code=0).startswith("Issuer: Reporting person\n1 form\n")


@pytest.mark.parametrize(
    ("name", "content"), [("empty.xml", ""), ("page.htm", "<html></html>"), ("gone.xml", None)]
)
def test_what_cannot_be_read_is_named(
    name: str, content: str | None, capsys: pytest.CaptureFixture[str]
) -> None:
    if content is not None:
        Path(name).write_text(content, encoding="utf-8")

    assert main(["shortswing", *sold_then_bought(), name]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith(f"form4: {name}")
    assert err.count("\n") == 1


def test_the_json_object(capsys: pytest.CaptureFixture[str]) -> None:
    files = sold_then_bought()

    assert main(["shortswing", "--json", *files, "--plan", "P 1 @ 39 on 2026-06-01"]) == 1
    data = json.loads(capsys.readouterr().out)

    assert (data["tool"], len(data["limits"])) == ("form4-author", 8)
    (result,) = data["results"]
    assert result["issuer"] == {"cik": "100", "name": "NORTHWIND INSTRUMENTS, INC."}
    assert result["persons"] == [{"cik": "200", "name": "Okafor Adaeze N"}]
    assert result["forms"] == ["Form 4 of 2026-02-03", "Form 4 of 2026-05-04"]
    assert [(row["code"], row["reason"], row["path"]) for row in result["left_out"]] == [
        ("M", "Rules 16b-3 and 16b-6(b)", "non_derivative[0]"),
        ("F", "Rule 16b-3(e)", "non_derivative[1]"),
    ]
    (account,) = result["accounts"]
    sold = {
        "day": "2026-02-02",
        "side": "sale",
        "code": "S",
        "shares": "5000",
        "price": "40",
        "before_split": None,
        "title": "Common Stock",
        "remark": "",
        "file": "sold.json",
        "path": "non_derivative[2]",
    }
    assert account["customary"]["total"] == account["upper_bound"]["total"] == "5000"
    (pair,) = account["customary"]["pairs"]
    assert pair["sale"] == sold
    assert (pair["shares"], pair["high"], pair["low"], pair["profit"]) == ("1000", "40", "35", "5000")
    assert (pair["basis"], pair["last_matching_day"], pair["alternatives"]) == ("prices", "2026-07-31", [])
    assert account["unmatched"] == [{**sold, "shares": "4000"}]
    assert (result["plan"]["added"], result["plan"]["first_safe_day"]) == ("1", "2026-08-01")
    assert (result["plan"]["planned"]["file"], result["plan"]["planned"]["path"]) == (None, None)


def test_the_json_object_of_what_is_open(capsys: pytest.CaptureFixture[str]) -> None:
    file = written(
        "calls.json",
        stock("P", "10", "5", "2026-01-15"),
        stock("S", "10", "6", "2026-07-15"),
        stock("J", None, None, None, security_title=None),
        derivative=(calls("P", "1000", "4.00", "2026-02-10"),),
    )

    assert main(["shortswing", "--json", file, "--price", "Call Option (right to buy)=9@2026-07-15"]) == 1
    (result,) = json.loads(capsys.readouterr().out)["results"]
    (account,) = result["accounts"]

    assert [(b["mark"], b["days_before_mark"], b["matched"]) for b in account["boundaries"]] == [
        ("2026-07-15", 0, False)
    ]
    assert account["needed_prices"] == [{"security_title": "Common Stock", "day": "2026-02-10"}]
    assert [(p["purchase"]["code"], p["sale"]["code"]) for p in account["not_in_either_figure"]] == [
        ("P", "S")
    ]
    assert [doubt["kind"] for doubt in account["uncertain"]] == ["boundary", "prices", "questions"]
    assert result["uncertain"] == []
    (question,) = result["questions"]
    assert (question["day"], question["shares"], question["price"]) == (None, None, None)


def test_the_day_of_filing_comes_from_the_submission_text(capsys: pytest.CaptureFixture[str]) -> None:
    file = Path("submission.txt")
    file.write_bytes(_submission())

    assert main(["shortswing", "--json", str(file)]) == 0
    assert json.loads(capsys.readouterr().out)["results"][0]["forms"] == ["Form 4 filed 2024-11-05"]


def _submission() -> bytes:
    """EDGAR's text of the example filing."""
    xml = write_document(filing_from(draft("seed"))[0])
    head = b"<SEC-DOCUMENT>x.txt\n<SEC-HEADER>x\nFILED AS OF DATE:\t20241105\n</SEC-HEADER>\n"
    return head + b"<DOCUMENT>\n<TYPE>4\n<TEXT>\n<XML>\n" + xml + b"\n</XML>\n</TEXT>\n</DOCUMENT>\n"


def test_help_shows_an_example(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["shortswing", "--help"]) == 0
    assert "form4 shortswing --plan 'S 1000 @ 40 on 2026-12-01' smith/*.xml" in capsys.readouterr().out
