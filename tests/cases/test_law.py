"""The cases of the law review, beside the checkout: what each row of their table expects."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import pytest

from tests.cases.row import Desk, cells, rows

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    _Says = Callable[[Desk, str], None]


@pytest.fixture
def desk(
    shared: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Desk:
    return Desk.at(shared / "cases" / "law", tmp_path, monkeypatch, capsys)


def _due(day: str, *reasons: str) -> _Says:
    """The form is due then, with these lines in the count."""

    def says(desk: Desk, command: str) -> None:
        text = desk.said(command)
        assert re.findall(r"Due (\w+ [\d-]+) by 10:00 p\.m\. Eastern\.", text) == [day]
        for each in reasons:
            assert each in text

    return says


def _finding(id: str, severity: str, words: str = "") -> _Says:
    def says(desk: Desk, command: str) -> None:
        found = desk.findings(command)
        assert found[id]["severity"] == severity
        assert words in f"{found[id]['message']} ({'; '.join(found[id]['cites'])})"

    return says


def _no_finding(id: str) -> _Says:
    def says(desk: Desk, command: str) -> None:
        assert id not in desk.findings(command)

    return says


def _words(*words: str, without: tuple[str, ...] = ()) -> _Says:
    def says(desk: Desk, command: str) -> None:
        text = desk.said(command)
        for each in words:
            assert each in text
        for each in without:
            assert each not in text

    return says


def _swap(direction: str) -> _Says:
    """One line of Table II; the shares keep their total because they have no line."""

    def says(desk: Desk, command: str) -> None:
        desk.said(command)
        draft = desk.draft("x.form4.json")
        assert "non_derivative" not in draft
        (row,) = draft["derivative"]
        assert row["security_title"] == f"Cash-Settled Equity Swap ({direction})"
        assert (row["underlying_title"], row["underlying_amount"]) == ("Common Stock", "1000")
        assert (row["amount"], row["amount_owned_following"]) == ("1000", "1000")

    return says


def _forfeited(desk: Desk, command: str) -> None:
    """Nothing is due, and no transaction line is made unless the filer wants one."""
    assert "Nothing is due (Rule 16a-4(d)). Show a voluntary line?" in desk.said(command)
    (row,) = desk.draft("x.form4.json")["derivative"]
    assert (row["kind"], row["amount_owned_following"]["value"]) == ("holding", "4000")


def _moved_to_trust(desk: Desk, command: str) -> None:
    """The interview asks who holds the shares and who benefits; without an interest it is a gift, code G."""
    file = "moved-to-childrens-trust.yaml"
    code, text = desk.run(command)
    assert code != 0
    assert (
        'has no answer to "events[0].held_now" (Who holds the shares now?), and nothing is proposed' in text
    )
    desk.answer(file, "events[0].to_nature", ["events[0].held_now: irrevocable", "events[0].date: 11/01"])
    (desk.folder / "x.form4.json").unlink()
    code, text = desk.run(command)
    assert code != 0
    assert 'has no answer to "events[0].interest"' in text
    assert "and nothing is proposed" in text
    desk.answer(file, "events[0].to_nature", ["events[0].interest: 'no'"])
    (desk.folder / "x.form4.json").unlink()
    desk.said(command)
    gift = desk.draft("x.form4.json")["non_derivative"][0]
    names = ("kind", "transaction_code", "acquired_disposed", "amount", "amount_owned_following")
    assert cells(gift, *names) == ("transaction", "G", "D", "1000", "4000")
    assert "16a-13" not in str(desk.draft("x.form4.json"))


def _no_own_account_warning(desk: Desk, command: str) -> None:
    """An own IRA on an indirect line is no finding, or a note that both are used."""
    found = desk.findings(command)
    assert found.get("HLD-010", {"severity": "note"})["severity"] == "note"


_CHRISTMAS: Final = (
    "Wed 2025-12-24 EDGAR closed by executive order, not counted",
    "Fri 2025-12-26 EDGAR closed",
)
_OPEN: Final = ("count as one class", "Rules 16a-4(a), 16b-6", "not determined")

EXPECTED: Final[dict[tuple[str, str], _Says]] = {
    ("(none)", "form4 deadline --trade 2025-12-22"): _due("Mon 2025-12-29", *_CHRISTMAS),
    ("(none)", "form4 deadline --trade 2025-12-23"): _due("Tue 2025-12-30", *_CHRISTMAS),
    ("(none)", "form4 deadline --trade 2025-12-24"): _due("Tue 2025-12-30", _CHRISTMAS[1]),
    ("(none)", "form4 deadline --form 3 --event 2025-12-14"): _due("Mon 2025-12-29"),
    ("(none)", "form4 deadline --form 3 --event 2025-12-16"): _due("Mon 2025-12-29"),
    ("(none)", "form4 deadline --form 5 --year-end 2025-11-09"): _due("Mon 2025-12-29"),
    ("(none)", "form4 deadline --trade 2018-12-20"): _due("Wed 2018-12-26", "Mon 2018-12-24 EDGAR closed"),
    ("(none)", "form4 deadline --trade 2018-12-21"): _due("Thu 2018-12-27", "Mon 2018-12-24 EDGAR closed"),
    (
        "deemed-over-christmas-2025.xml",
        "form4 check deemed-over-christmas-2025.xml --filed 2025-12-30T12:00",
    ): _no_finding("DAT-009"),
    **{
        (
            "form4-2026-06-01.xml",
            f"form4 check form4-2026-06-01.xml --facts {place}.yaml --as-of 2026-06-02",
        ): _finding("ISS-009", "note", f"{order}; check its conditions")
        for place, order in (
            ("australia", "2026-05-20"),
            ("india", "2026-05-20"),
            ("singapore", "2026-05-20"),
            ("uk", "2026-03-05"),
        )
    },
    (
        "form3-fpi-appointed-1-march-2026.xml",
        "form4 check form3-fpi-appointed-1-march-2026.xml --facts fpi.yaml --filed 2026-03-18T12:00",
    ): _no_finding("F3-006"),
    (
        "swap-cash-settled.yaml",
        "form4 new --form 4 --answers swap-cash-settled.yaml -o x.form4.json --as-of 2024-11-04",
    ): _swap("long"),
    (
        "swap-short-cash-settled.yaml",
        "form4 new --form 4 --answers swap-short-cash-settled.yaml -o x.form4.json --as-of 2024-11-04",
    ): _swap("short"),
    ("swap-in-table-1.xml", "form4 check swap-in-table-1.xml --as-of 2026-10-07"): _finding(
        "TXN-046", "warning", "not in the total of the shares"
    ),
    (
        "rsu-forfeited.yaml",
        "form4 new --form 4 --answers rsu-forfeited.yaml -o x.form4.json --as-of 2024-11-04",
    ): _forfeited,
    ("rsu-forfeited-table-2.xml", "form4 check rsu-forfeited-table-2.xml --as-of 2026-10-07"): _finding(
        "DRV-021", "note", "need not be reported (Rule 16a-4(d))"
    ),
    (
        "moved-to-childrens-trust.yaml",
        "form4 new --form 4 --answers moved-to-childrens-trust.yaml -o x.form4.json --as-of 2024-11-04",
    ): _moved_to_trust,
    ("plan-trade-on-90th-day.xml", "form4 check plan-trade-on-90th-day.xml --as-of 2026-06-02"): _finding(
        "PLN-006", "warning", "90 days after the plan's adoption on 2026-03-03"
    ),
    ("own-ira-indirect.xml", "form4 check own-ira-indirect.xml --as-of 2026-10-07"): _no_own_account_warning,
    ("deputized-fund-a.xml", "form4 check deputized-fund-a.xml --as-of 2026-10-07"): _no_finding("TXN-026"),
    (
        "class-a-bought-class-b-sold-convertible.xml",
        "form4 shortswing class-a-bought-class-b-sold-convertible.xml",
    ): _words(*_OPEN, without=("$0",)),
    ("floating-conversion-then-sale.xml", "form4 shortswing floating-conversion-then-sale.xml"): _words(
        "Not determined: known only to the filer",
        "Rule 16b-6(b) exempts at a fixed price, and a footnote says that the price is not fixed",
        without=("$0",),
    ),
    (
        "bought-2026-01-01.xml",
        "form4 shortswing --plan 'S 1000 @ 14 on 2026-06-20' bought-2026-01-01.xml",
    ): _words("First day outside every reading: 2026-07-02", "As counted here: 2026-06-30", "(see SWG-003)"),
    ("preferred-bought-common-sold.xml", "form4 shortswing preferred-bought-common-sold.xml"): _words(
        *_OPEN, without=("$0",)
    ),
    ("split-between-buy-and-sale.xml", "form4 shortswing split-between-buy-and-sale.xml"): _words(
        "There seems to be a stock split between these trades.", "can't be relied on", without=("$0",)
    ),
    (
        "small-acquisition-sold-31-august.xml",
        "form4 check small-acquisition-sold-31-august.xml --as-of 2026-10-07",
    ): _finding("TXN-033", "warning", "Disposition on 2026-08-31"),
    (
        "put-bought-beyond-shares-owned.xml",
        "form4 check put-bought-beyond-shares-owned.xml --as-of 2026-10-07",
    ): _finding("DRV-028", "note", "17 CFR 240.16c-4"),
}


def test_each_row_of_the_table_is_asserted(shared: Path) -> None:
    assert sorted(rows(shared / "cases" / "law")) == sorted(EXPECTED)


@pytest.mark.parametrize("row", EXPECTED, ids=[command for _, command in EXPECTED])
def test_row(row: tuple[str, str], desk: Desk) -> None:
    assert row in rows(desk.folder)
    EXPECTED[row](desk, row[1])
