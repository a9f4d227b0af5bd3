"""`form4 shortswing` across a stock split: restated with its working, warned of above the figure, or given."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from form4_author.cli import main
from tests.cli.test_shortswing import told, written
from tests.shortswing.forms import stock

if TYPE_CHECKING:
    from pathlib import Path

_SAID = [
    {"id": "F1", "text": "Restated for a 2-for-1 stock split effective May 1, 2026. Exempt under Rule 16a-9."}
]


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def across(price: str = "25", said: list[dict[str, str]] | None = None, **total: Any) -> list[str]:
    """A purchase of 100, and a sale of 200 two months later."""
    first = {"amount_owned_following": total["bought"]} if total else {}
    last = {"amount_owned_following": total["sold"]} if total else {}
    return [
        written("p.json", stock("P", "100", "40", "2026-04-01", **first), signed="2026-04-02"),
        written(
            "s.json",
            stock("S", "200", price, "2026-06-01", **last),
            signed="2026-06-02",
            footnotes=said or [],
        ),
    ]


def test_a_split_that_a_form_describes_is_restated(capsys: pytest.CaptureFixture[str]) -> None:
    assert """\
Common Stock
  Trades
    2026-04-01  P   purchase  200 @ 20
    2026-06-01  S   sale      200 @ 25
  Restated for the 2-for-1 split of 2026-05-01
    Form 4 of 2026-06-02 says: "Restated for a 2-for-1 stock split effective May
      1, 2026."
    P 100 @ $40 on 2026-04-01 = 200 @ $20 after the 2-for-1 split of 2026-05-01
  Pairs, lowest price in against highest price out
    200 × (25 − 20) = 1,000
      P 2026-04-01 with S 2026-06-01, last matching day 2026-09-29
  Customary figure (lowest in, highest out)              $1,000
  Upper bound (greatest total)                           $1,000
""" in told(capsys, *across(said=_SAID), code=1)


def test_a_sign_stands_above_the_figure(capsys: pytest.CaptureFixture[str]) -> None:
    assert """\
Common Stock
  There seems to be a stock split between these trades. They are not on one
    basis, and the figures below can't be relied on.
    Common Stock, direct: 100 after 2026-04-01, 200 before 2026-06-01, as after
      a 2-for-1 split
  Give the split as --split 'Common Stock 2:1@DAY', with the ratio and the first
    day of the new shares; 1:1 if there was no split.
  Trades
    2026-04-01  P   purchase  100 @ 40
    2026-06-01  S   sale      200 @ 25
  No purchase and sale within less than six months at a profit.
""" in told(capsys, *across(bought="100", sold="0"), code=1)


def test_a_day_without_a_ratio_is_asked_for_it(capsys: pytest.CaptureFixture[str]) -> None:
    said = [{"id": "F1", "text": "The issuer effected a stock split on May 1, 2026."}]

    assert "--split 'Common Stock NEW:OLD@2026-05-01'" in " ".join(
        told(capsys, *across(said=said), code=1).split()
    )


def test_without_a_sign_nothing_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    out = told(capsys, *across(bought="100", sold="-100"), code=0)

    assert "split" not in out.partition("\nLimits\n")[0]


def test_splits_that_are_given(capsys: pytest.CaptureFixture[str]) -> None:
    given = ["--split", "Common Stock 3:1@2026-05-01", "--split", "1-for-2 @ 2026-05-20"]

    out = told(capsys, *given, *across(price="30"), code=1)

    assert (
        """\
  Trades
    2026-04-01  P   purchase  150 @ 26.666667
    2026-06-01  S   sale      200 @ 30
  Restated for the 3-for-1 split of 2026-05-01
    Given as --split
  Restated for the 1-for-2 reverse split of 2026-05-20
    Given as --split
    P 100 @ $40 on 2026-04-01 = 150 @ $26.666667 after the 3-for-1 split of
      2026-05-01 and the 1-for-2 reverse split of 2026-05-20
  Pairs, lowest price in against highest price out
    150 × (30 − 26.666667) = 500
"""
        in out
    )
    assert "  Customary figure (lowest in, highest out)                $500\n" in out


def test_one_for_one_settles_a_sign(capsys: pytest.CaptureFixture[str]) -> None:
    out = told(capsys, "--split", "1:1@2026-05-01", *across(bought="100", sold="0"), code=0)

    assert "split" not in out.partition("\nLimits\n")[0]


def test_a_form_of_after_the_split_may_have_new_shares_already(capsys: pytest.CaptureFixture[str]) -> None:
    file = written(
        "both.json",
        stock("P", "100", "40", "2026-04-01"),
        stock("S", "200", "25", "2026-06-01"),
        signed="2026-06-02",
    )

    assert """\
    Form 4 of 2026-06-02 reports a trade of before a split after it. Check that
      the form does not give it in new shares already.
""" in told(capsys, "--split", "2:1@2026-05-01", file, code=1)


def test_many_restated_trades_are_not_all_written_out(capsys: pytest.CaptureFixture[str]) -> None:
    for count, more in ((41, "1 more trade"), (42, "2 more trades")):
        rows = [stock("P", "1", "40", "2026-04-01", amount_owned_following=str(9 + i)) for i in range(count)]
        file = written("many.json", *rows, stock("S", "1", "21", "2026-06-01"), signed="2026-06-02")
        out = told(capsys, "--split", "2:1@2026-05-01", file, code=1)

        assert out.count("P 1 @ $40 on 2026-04-01 = 2 @ $20 after") == 40
        assert f"    and {more}; --json has all of them\n" in out


def test_a_plan_after_a_split(capsys: pytest.CaptureFixture[str]) -> None:
    given = ["--split", "Common Stock 2:1@2026-05-01"]
    plans = {"S 200 @ 25 on 2026-06-01": 1, "S 200 @ 19 on 2026-06-01": 0, "S 100 @ 41 on 2026-04-10": 1}
    bought = across()[0]

    outs = {plan: told(capsys, *given, "--plan", plan, bought, code=code) for plan, code in plans.items()}

    assert "    200 × (25 − 20) = 1,000\n" in outs["S 200 @ 25 on 2026-06-01"]
    assert "Matches nothing at a profit" in outs["S 200 @ 19 on 2026-06-01"]
    assert "    100 × (41 − 40) = 100\n" in outs["S 100 @ 41 on 2026-04-10"]


def test_a_plan_before_a_split_is_restated_too(capsys: pytest.CaptureFixture[str]) -> None:
    given = ["--split", "2:1@2026-05-01", "--plan", "S 50 @ 44 on 2026-04-10"]

    out = told(capsys, *given, *across(price="19"), code=1)

    assert "Planned: S 100 Common Stock @ 22 on 2026-04-10\n    100 × (22 − 20) = 200\n" in out


def test_the_json_object_has_splits_and_signs(capsys: pytest.CaptureFixture[str]) -> None:
    main(["shortswing", "--json", *across(said=_SAID)])
    (account,) = json.loads(capsys.readouterr().out)["results"][0]["accounts"]
    assert account["splits"] == [
        {
            "ratio": "2:1",
            "day": "2026-05-01",
            "source": 'Form 4 of 2026-06-02 says: "Restated for a 2-for-1 stock split effective May 1, 2026."',
        }
    ]
    assert account["split_signs"] == []
    assert account["trades"][0]["before_split"] == {"shares": "100", "price": "40"}

    said = [{"id": "F1", "text": "The issuer effected a stock split on May 1, 2026."}]
    assert main(["shortswing", "--json", *across(price="39", said=said)]) == 1
    (account,) = json.loads(capsys.readouterr().out)["results"][0]["accounts"]
    assert account["splits"] == []
    assert account["split_signs"] == [
        {
            "words": 'Form 4 of 2026-06-02 says: "The issuer effected a stock split on May 1, 2026."',
            "after": "2026-04-30",
            "until": "2026-05-01",
            "ratio": None,
        }
    ]

    main(["shortswing", "--json", "--split", "3:1@2026-05-01", *across()])
    (account,) = json.loads(capsys.readouterr().out)["results"][0]["accounts"]
    assert (account["trades"][0]["price"], account["customary"]["total"]) == ("13.333333", "2333.333333")


def test_signs_give_the_ratio_in_the_json_object(capsys: pytest.CaptureFixture[str]) -> None:
    main(["shortswing", "--json", *across(bought="100", sold="0")])
    (account,) = json.loads(capsys.readouterr().out)["results"][0]["accounts"]

    assert [sign["ratio"] for sign in account["split_signs"]] == ["2:1"]


@pytest.mark.parametrize(
    ("split", "message"),
    [
        ("2 to 1", '"2 to 1" is not a split such as Common Stock 2:1@2026-05-01'),
        ("Common Stock 0:1@2026-05-01", '"0" is not more than 0'),
        ("2:1@2026-02-30", '"2026-02-30" is not a calendar date'),
    ],
)
def test_a_split_that_cannot_be_read(split: str, message: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["shortswing", "x.json", "--split", split]) == 2
    assert capsys.readouterr().err == (
        f"form4 shortswing: argument --split: {message}. See form4 shortswing --help.\n"
    )


def test_a_split_of_a_class_without_trades(capsys: pytest.CaptureFixture[str]) -> None:
    given = ["--split", "Class B Common Stock 2:1@2026-05-01"]

    assert main(["shortswing", *given, *across()]) == 2
    assert capsys.readouterr().err == (
        'form4: The forms have no trade in "Class B Common Stock", for which a split is given.'
        " Name one of these: Common Stock.\n"
    )

    grant = written("a.json", stock("A", "10", "0", "2026-05-01"))
    assert main(["shortswing", *given, grant]) == 2
    assert capsys.readouterr().err == (
        'form4: The forms have no trade in "Class B Common Stock", for which a split is given. Leave --split out.\n'
    )
