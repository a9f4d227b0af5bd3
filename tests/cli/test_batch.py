"""`form4 batch`: a sheet becomes drafts, a bad row names its cell and stops nothing else."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from form4_author.checks.example import draft
from form4_author.cli import main
from form4_author.wizard.recipes import RECIPES
from form4_author.wizard.sheet import TEMPLATES, columns_for

DAY = "2026-10-21"
HEAD = "row  draft                 person                    form verdict\n"


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("last.json").write_text(json.dumps(draft("exercise")), encoding="utf-8")


def sheet(*rows: dict[str, str], name: str = "s.csv") -> str:
    headings = list(dict.fromkeys(heading for row in rows for heading in row))
    text = io.StringIO()
    writer = csv.DictWriter(text, headings)
    writer.writeheader()
    writer.writerows(rows)
    Path(name).write_text(text.getvalue(), encoding="utf-8")
    return name


def grant(**cells: str) -> dict[str, str]:
    told = {"from": "last.json", "happened": "grants", "style": "table1", "date": "10/20/2026"}
    return {"draft": "a", **told, "security": "Common Stock", "quantity": "1,200", **cells}


def made(name: str) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(Path(f"out/{name}.form4.json").read_text(encoding="utf-8"))
    return data


def batch(file: str, *words: str) -> int:
    return main(["batch", file, "-o", "out", "--as-of", DAY, *words])


def test_a_row_becomes_a_draft_that_goes_on_from_the_last_filing(capsys: pytest.CaptureFixture[str]) -> None:
    assert batch(sheet(grant())) == 0

    assert capsys.readouterr().out == (
        f"{HEAD}2    a                     Okafor Adaeze N           4    ready\n"
        "1 form: 1 ready, 0 blocked, 0 with a bad row\n"
    )
    row = made("a")["non_derivative"][0]
    assert (row["transaction_code"], row["amount"], row["amount_owned_following"]) == ("A", "1200", "48080")
    assert sorted(p.name for p in Path("out").iterdir()) == ["a.form4.json"]


def test_rows_of_one_draft_are_its_events(capsys: pytest.CaptureFixture[str]) -> None:
    sale = {"happened": "sales", "style": "", "quantity": "500", "price": "61.25"}
    gift = {"happened": "gifts", "style": "", "quantity": "100"}

    assert batch(sheet(grant(**sale), grant(**gift))) == 0

    assert "2…   a " in capsys.readouterr().out
    traded = made("a")["non_derivative"][:2]
    assert [(r["transaction_code"], r["amount_owned_following"]) for r in traded] == [
        ("S", "46380"),
        ("G", "46280"),
    ]


def test_without_a_last_filing_the_sheet_tells_the_person() -> None:
    told = {
        "from": "",
        "owners[0].cik": "1626115",
        "owners[0].name": "Doe Jane",
        "owners[0].relationship": "is_director; is_officer",
        "owners[0].officer_title": "CEO",
        "owners[0].address.non_us": "n",
        "owners[0].address.street1": "1 Main St",
        "owners[0].address.city": "Reno",
        "owners[0].address.state": "NV",
        "owners[0].address.zip": "89501",
        "issuer.cik": "1107843",
        "issuer.name": "QUALYS, INC.",
        "issuer.trading_symbol": "QLYS",
        "foreign_issuer": "no",
        "before_1": "100",
        "aff10b5_one": "no",
        "exit": "no",
    }

    assert batch(sheet(grant(**told))) == 0
    owner = made("a")["owners"][0]
    assert (owner["name"], owner["is_director"], owner["officer_title"]) == ("Doe Jane", True, "CEO")
    assert made("a")["non_derivative"][0]["amount_owned_following"] == "1300"


BAD: list[tuple[dict[str, str], str]] = [
    (
        {"quantity": "many"},
        'row 2, quantity: "many" is not accepted: "many" is not a number; type 1,200 or 1.2k or $120.34,',
    ),
    ({"quantity": ""}, "row 2, quantity: is needed: How many units were granted?"),
    ({"style": "table9"}, 'row 2, style: "table9" is not accepted: choose of '),
    ({"happened": "windfall"}, 'row 2, happened: "windfall" is no event; one of grants, options, vests, '),
    ({"happened": ""}, "row 2, happened: is needed: what happened, as in grants"),
    ({"colour": "blue"}, 'row 2, colour: "blue" answers nothing that was asked'),
    ({"from": "nobody.xml"}, "row 2: There is no file of this name. Check the name and the folder."),
    ({"draft": "../up"}, 'row 2, draft: "../up" cannot be the name of a file'),
    ({"exit": "perhaps"}, 'row 2, exit: "perhaps" is not accepted: answer yes or no'),
]


@pytest.mark.parametrize(("cells", "problem"), BAD, ids=[" ".join(next(iter(c.items()))) for c, _ in BAD])
def test_bad_row_names_its_cell_and_stops_nothing_else(
    cells: dict[str, str], problem: str, capsys: pytest.CaptureFixture[str]
) -> None:
    file = sheet(grant(**cells), grant(draft="good"))

    assert batch(file, "--json") == 2

    first, second = json.loads(capsys.readouterr().out)
    assert first["problem"].startswith(problem)
    assert (first["verdict"], second["verdict"], second["problem"]) == ("", "ready", "")
    assert [p.name for p in Path("out").iterdir()] == ["good.form4.json"]


def test_two_rows_that_answer_one_question_differently(capsys: pytest.CaptureFixture[str]) -> None:
    rows = [grant(**{"signing[0].agent": name}) for name in ("Ann Lee", "Bo Lee")]

    assert batch(sheet(*rows)) == 2
    assert capsys.readouterr().out == (
        f"{HEAD}2…   a                                                    not made\n"
        '     row 3, signing[0].agent: "Bo Lee" differs from "Ann Lee" in row 2, and a\n'
        "     form has one answer\n"
        "1 form: 0 ready, 0 blocked, 1 with a bad row\n"
    )


def test_a_draft_that_is_there_stays(capsys: pytest.CaptureFixture[str]) -> None:
    assert batch(sheet(grant())) == 0
    before = Path("out/a.form4.json").read_bytes()
    capsys.readouterr()

    assert batch(sheet(grant(quantity="5")), "--json") == 2
    said = json.loads(capsys.readouterr().out)[0]["problem"]
    assert said == "row 2, draft: out/a.form4.json is already there; move it away or choose another name"
    assert Path("out/a.form4.json").read_bytes() == before


def test_a_blocked_draft_is_kept_and_gets_no_packet(capsys: pytest.CaptureFixture[str]) -> None:
    future = grant(date="12/01/2026", draft="late")

    assert batch(sheet(future, grant()), "--packets") == 1
    out = capsys.readouterr().out
    assert "late                  Okafor Adaeze N           4    blocked" in out
    assert sorted(p.name for p in Path("out").iterdir()) == ["a-packet", "a.form4.json", "late.form4.json"]
    assert "form4.xml" in {p.name for p in Path("out/a-packet").iterdir()}


# ---- sheets


@pytest.mark.parametrize("word", [*TEMPLATES, *(r.id for r in RECIPES)])
def test_each_event_has_a_template(word: str) -> None:
    columns = columns_for(word)

    assert list(columns)[:3] == ["draft", "from", "happened"]
    assert list(columns)[-1] == "signatures[0].date"
    assert all(columns.values())


@pytest.mark.parametrize("name", ["t.csv", "t.xlsx"])
def test_a_template_filled_in_is_read(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["batch", "--template", "sales", "-o", name]) == 0
    assert capsys.readouterr().out == f"{name}: fill in a row for each event, then form4 batch {name}\n"
    told: dict[str, object] = {
        "draft": "x",
        "from": "last.json",
        "happened": "sales",
        "date": date(2026, 10, 20),
    }
    told |= {"security": "Common Stock", "quantity": 500, "price": 61.25}
    if name.endswith("csv"):
        headings = Path(name).read_text().strip().split(",")
        with Path(name).open("a", newline="", encoding="utf-8") as file:
            csv.writer(file).writerow([told.get(heading, "") for heading in headings])
    else:
        book = openpyxl.load_workbook(name)
        cells = [cell.value for cell in book.worksheets[0][1]]
        assert book.worksheets[0]["C1"].comment.text == "sold: Sold on the market or privately"
        book.worksheets[0].append([told.get(str(heading)) for heading in cells])
        book.save(name)

    assert batch(name) == 0
    row = made("x")["non_derivative"][0]
    assert (row["transaction_date"], row["amount"], row["price"]) == ("2026-10-20", "500", "61.25")


def test_no_such_template(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["batch", "--template", "bonus", "-o", "t.csv"]) == 2
    assert capsys.readouterr().err.startswith(
        'form4: There is no template "bonus". Choose one of grants, options, vests,'
    )


def test_semicolons_as_europe_writes_them() -> None:
    Path("s.csv").write_text(
        "﻿" + ";".join(grant()) + "\n" + ";".join(grant().values()) + "\n;;;;;;\n", "utf-8"
    )

    assert batch("s.csv") == 0


REMEDY = (
    " Save it as CSV (UTF-8) or XLSX; form4 batch --template grants -o grants.csv writes one to fill in.\n"
)
SHEETS: list[tuple[str, bytes, str]] = [
    ("s.csv", b"", "s.csv is empty: its first row should hold the headings."),
    ("s.csv", b"draft,happened,draft\n", 's.csv, headings: "draft" stands twice.'),
    ("s.csv", b"draft,,happened\n", "s.csv, headings: column 2 has none."),
    ("s.csv", b"draft,happened\na,grants,7\n", 's.csv, row 2: "7" stands below no heading.'),
    ("s.csv", b"draft,happened\n\xff,x\n", "s.csv is not a CSV file in UTF-8."),
    ("s.csv", b'draft,happened\n"a"b,x\n', "s.csv is not a CSV file: ',' expected after '\"'."),
    ("s.xlsx", b"PK nothing", "s.xlsx is not an XLSX file that can be read."),
]


@pytest.mark.parametrize(("name", "content", "said"), SHEETS, ids=[said for *_, said in SHEETS])
def test_what_is_no_sheet(name: str, content: bytes, said: str, capsys: pytest.CaptureFixture[str]) -> None:
    Path(name).write_bytes(content)

    assert batch(name) == 2
    assert capsys.readouterr().err == f"form4: {said}{REMEDY}"


def test_a_sheet_must_be_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["batch", "-o", "out"]) == 2
    assert capsys.readouterr().err == (
        "form4 batch: name a sheet, or --template for one to fill in. See form4 batch --help.\n"
    )
