"""The desk as it is drawn: rows at three sizes, commands, and what tells two filings of one person apart."""

from __future__ import annotations

from datetime import date

import pytest

from form4_author.wizard import menu
from form4_author.wizard.option import Option
from form4_author.wizard.work_row import WorkRow, distinct_rows, header, row_text

LATE, TODAY, LATER, FAR = date(2026, 11, 24), date(2026, 11, 30), date(2026, 12, 1), date(2027, 2, 16)
OKAFOR = WorkRow(
    path="o.form4.json", form="4", person="Okafor", issuer="EXMP", full_person="Okafor Adaeze N",
    full_issuer="EXAMPLE INC.", what="gift 20,000", state="packet made", due=TODAY, left=0, day="11/25",
)  # fmt: skip
ROWS = (
    OKAFOR._replace(path="1", person="Rivera", full_person="Rivera Ana", what="sale 1,200", state="draft", due=LATE, left=-1),
    OKAFOR._replace(path="2"),
    OKAFOR._replace(path="3", what="option 10,000, sale", state="released"),
    OKAFOR._replace(path="4", form="3", person="Chen", full_person="Chen Laura M", what="1 option", state="2 to answer"),
    OKAFOR._replace(path="5", what="vest 11/27", state="ready", due=LATER, left=1),
    OKAFOR._replace(path="6", person="Harlan Fund +2", what="purchase 40,000", state="1 to correct", due=LATER, left=1),
    OKAFOR._replace(path="7", person="Whitcombe", issuer="ARMX", what="grant 5,000 units", state="changed after",
                    due=date(2026, 12, 2), left=2),
    OKAFOR._replace(path="8", form="5", person="Chen", what="gift 300 received", state="draft", due=FAR, left=54),
    OKAFOR._replace(path="9", form="4/A", what="amends 11/01/2024", due=None),
)  # fmt: skip
DESK = menu.DeskView(
    moment="Mon 11/30/2026, 9:10 a.m.",
    rows=ROWS,
    filed=14,
    has_packet=True,
    recorded=menu.RecordedOffers(persons=(Option("1 2", "Okafor"),)),
)


def drawn(desk: menu.DeskView, width: int, height: int) -> list[str]:
    """The desk without the pointer."""
    ask = menu.desk_ask(desk, width, height)
    marks = [
        f" - {o.key:1} {o.label} ({o.barred})" if o.label and o.barred else f"   {o.key:1} {o.label}".rstrip()
        for o in ask.options
    ]
    return [*menu.desk_head(desk, width), f" {ask.message}", *marks]


def test_the_desk_at_80_columns() -> None:
    assert drawn(DESK, 80, 24) == [
        "form4 desk                                    Mon 11/30/2026, 9:10 a.m. Eastern",
        "",
        "     Due             Form  Person, issuer    What                 State",
        "   1 Tue 11/24 LATE  4     Rivera, EXMP      sale 1,200           draft",
        "   2 Mon 11/30 today 4     Okafor, EXMP      gift 20,000          packet made",
        "   3 Mon 11/30 today 4     Okafor, EXMP      option 10,000, sale  released",
        "   4 Mon 11/30 today 3     Chen, EXMP        1 option             2 to answer",
        "   5 Tue 12/01 1 day 4     Okafor, EXMP      vest 11/27           ready",
        "   6 Tue 12/01 1 day 4     Harlan …, EXMP    purchase 40,000      1 to correct",
        "   7 Wed 12/02 2 days 4    Whitcombe, ARMX   grant 5,000 units    changed after",
        "   8 Tue 02/16       5     Chen, EXMP        gift 300 received    draft",
        "   9 no due date     4/A   Okafor, EXMP      amends 11/01/2024    packet made",
        "   m More: 14 filed",
        "   n New filing",
        "   l New filing from a past one (its XML or EDGAR .txt, or a draft)",
        "   a Amend a filing",
        "   s Send a filing to EDGAR",
        "   f Mark a filing as filed",
        "   h Holdings of a person",
        "   b Batch: many filings from a spreadsheet",
        "   c Check a file",
        "   d Delete a draft",
    ]


def test_with_a_filing_at_edgar_one_filing_fewer_is_shown() -> None:
    shown = drawn(DESK._replace(is_at_edgar=True), 80, 24)
    assert shown[11:19] == [
        "   m More: 1 open, 14 filed",
        "   n New filing",
        "   l New filing from a past one (its XML or EDGAR .txt, or a draft)",
        "   a Amend a filing",
        "   s Send a filing to EDGAR",
        "   e EDGAR's answer to a filing that was sent",
        "   f Mark a filing as filed",
        "   h Holdings of a person",
    ]
    assert len(shown) == 22


def test_the_desk_at_60_columns() -> None:
    assert drawn(DESK, 60, 20) == [
        "form4 desk                         11/30/2026, 9:10 a.m. ET",
        "",
        "     Due         Form Person, issuer            State",
        "   1 11/24 LATE  4    Rivera, EXMP              draft",
        "   2 11/30 today 4    Okafor, EXMP              packet made",
        "   3 11/30 today 4    Okafor, EXMP              released",
        "   4 11/30 today 3    Chen, EXMP                2 to answer",
        "   5 12/01       4    Okafor, EXMP              ready",
        "   m More: 4 open, 14 filed",
        "   n New filing",
        "   l From a past filing",
        "   a Amend",
        "   s Send to EDGAR",
        "   f Mark as filed",
        "   h Holdings",
        "   b Batch",
        "   c Check a file",
        "   d Delete a draft",
    ]


def test_at_100_columns_names_are_in_full() -> None:
    assert drawn(DESK, 100, 40)[2:5] == [
        "     Due                   Form  Person, issuer                    What                 State",
        "   1 Tue 11/24/2026 LATE   4     Rivera Ana, EXAMPLE INC.          sale 1,200           draft",
        "   2 Mon 11/30/2026 today  4     Okafor Adaeze N, EXAMPLE INC.     gift 20,000          packet made",
    ]


def test_an_empty_desk_says_why_a_command_cannot_be_chosen() -> None:
    assert drawn(menu.DeskView(), 80, 24)[2:] == [
        " No filings in progress.",
        "   n New filing",
        "   l New filing from a past one (its XML or EDGAR .txt, or a draft)",
        "   a Amend a filing",
        " - f Mark a filing as filed (no packet has been made)",
        " - h Holdings of a person (no filing is recorded)",
        "   b Batch: many filings from a spreadsheet",
        "   c Check a file",
        " - d Delete a draft (there is no draft)",
    ]
    assert menu.desk_ask(menu.DeskView(), 80, 24).proposal == "n"


def test_the_pointer_is_at_the_filing_that_is_due_first() -> None:
    assert menu.desk_ask(DESK, 80, 24).proposal == "1"
    assert menu.desk_ask(DESK._replace(undo="keep x"), 80, 24).proposal == "undo"


@pytest.mark.parametrize("width", [60, 80, 100])
def test_rows_that_read_alike_are_told_apart(width: int) -> None:
    alike = [OKAFOR._replace(path=str(n), day=day) for n, day in enumerate(["11/24", "11/25", "11/25"])]
    texts = {row_text(row, width) for row in distinct_rows(alike, width)}

    assert len(texts) == 3
    assert all(len(text) <= width - 6 for text in texts)


def test_no_name_is_cut_inside_a_word() -> None:
    long = OKAFOR._replace(person="Van Der Westhuizen", issuer="INTERNATIONAL BUSINESS MACHINES CORP")
    assert row_text(long, 80)[22:40] == "Van Der …         "
    assert len(header(80)) < 80
