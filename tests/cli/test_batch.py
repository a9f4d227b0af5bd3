"""`form4 batch`: a sheet becomes drafts, a bad row names its cell and stops nothing else."""

from __future__ import annotations

import csv
import errno
import io
import json
import re
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from openpyxl.utils import get_column_letter

from form4_author import __version__
from form4_author.checks.example import draft
from form4_author.cli import main
from form4_author.desk import batch as desk_batch
from form4_author.files.output import write_bytes
from form4_author.register.database import opened
from form4_author.register.place import place_of
from form4_author.register.record import recorded
from form4_author.wizard import question
from form4_author.wizard.recipes import RECIPES
from form4_author.wizard.sheet import TEMPLATES, columns_for
from form4_author.wizard.sheet_heading import choices_for, heading_of
from tests.cases.row import cells as cells_of
from tests.register.papers import NOW, paper, row

if TYPE_CHECKING:
    from form4_author.findings import Report

DAY = "2026-10-21"
SAID = (
    "     I-1  A  Tue 10/20/2026  acquired 1,200 at $0.00; then 48,080  Common Stock,\n"
    "          direct\n"
    "     I-2  holding of 1,200  Common Stock, By Spouse\n"
    "     /s/ Adaeze N. Okafor\n"
)
"""What a grant's form says."""
HEAD = "row  draft                 person                    form verdict\n"


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("FORM4_REGISTER", str(tmp_path / "register.sqlite3"))
    Path("last.json").write_text(json.dumps(draft("exercise")), encoding="utf-8")


def names_in(folder: str) -> list[str]:
    """What is there beside the review table, which is always there."""
    names = sorted(path.name for path in Path(folder).iterdir())
    assert names.count("review.csv") == 1
    return [name for name in names if name != "review.csv"]


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
        f"{HEAD}2    a                     Okafor Adaeze N           4    ready\n{SAID}"
        "1 form: 1 ready, 0 blocked, 0 with a bad row\n"
    )
    row = made("a")["non_derivative"][0]
    assert (row["transaction_code"], row["amount"], row["amount_owned_following"]) == ("A", "1200", "48080")
    assert names_in("out") == ["a.form4.json"]


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


@pytest.mark.parametrize(
    ("told", "lines"),
    [
        (
            {
                "happened": "fees",
                "quantity": "",
                "fees": "30,000",
                "price": "24",
                "fees_for": "the third quarter",
            },
            [("A", "A", "1250")],
        ),
        (
            {"happened": "bonuses", "quantity": "1000", "withheld": "350", "price": "30"},
            [("A", "A", "1000"), ("F", "D", "350")],
        ),
        (
            {
                "happened": "payouts",
                "quantity": "",
                "settled": "500",
                "paid_after": "the end of service",
                "style": "table2",
                "withheld": "0",
                "exercisable": "Paid when service ends.",
                "before_2": "500",
            },
            [("M", "A", "500"), ("M", "D", "500")],
        ),
        (
            {
                "happened": "cash",
                "quantity": "",
                "settled": "200",
                "price": "28",
                "exercisable": "Vest monthly.",
                "before_2": "600",
            },
            [("M", "A", "200"), ("D", "D", "200"), ("M", "D", "200")],
        ),
    ],
    ids=["fees", "bonuses", "payouts", "cash"],
)
def test_pay_is_entered_for_many(
    told: dict[str, str], lines: list[tuple[str, str, str]], capsys: pytest.CaptureFixture[str]
) -> None:
    code = batch(sheet(grant(**{"style": "", **told}), grant(**{"style": "", "draft": "b", **told})))

    said = capsys.readouterr()
    assert said.out.endswith("2 forms: 2 ready, 0 blocked, 0 with a bad row\n"), said.out + said.err
    assert code == 0
    for name in ("a", "b"):
        data = made(name)
        assert [
            cells_of(row, "transaction_code", "acquired_disposed", "amount")
            for row in (*data["non_derivative"], *data.get("derivative", ()))
            if row["kind"] == "transaction"
        ] == lines


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
        'G2, quantity: "many" is not accepted: "many" is not a number; type 1,200 or 1.2k or $120.34,',
    ),
    ({"quantity": ""}, "G2, quantity: is needed: How many units were granted?"),
    ({"style": "table9"}, 'D2, style: "table9" is not accepted: choose from '),
    (
        {"happened": "windfall"},
        'C2, happened: "windfall" is not an event; choose from grants, options, vests, ',
    ),
    ({"happened": ""}, "C2, happened: is needed: what happened, as in grants"),
    ({"colour": "blue"}, 'H2, colour: "blue" is not the answer to any question'),
    ({"from": "nobody.xml"}, "B2, from: There is no file of this name"),
    ({"draft": "../up"}, 'A2, draft: "../up" is not a valid file name'),
    ({"exit": "perhaps"}, 'H2, exit: "perhaps" is not accepted: answer yes or no'),
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
    assert names_in("out") == ["good.form4.json"]


def test_two_rows_that_answer_one_question_differently(capsys: pytest.CaptureFixture[str]) -> None:
    rows = [grant(**{"signing[0].agent": name}) for name in ("Ann Lee", "Bo Lee")]

    assert batch(sheet(*rows)) == 2
    assert capsys.readouterr().out == (
        f"{HEAD}2…   a                                                    not made\n"
        '     H3, signing[0].agent: "Bo Lee" differs from "Ann Lee" in row 2, and a form\n'
        "     has one answer\n"
        "1 form: 0 ready, 0 blocked, 1 with a bad row\n"
    )


def test_a_draft_that_is_there_stays(capsys: pytest.CaptureFixture[str]) -> None:
    assert batch(sheet(grant())) == 0
    before = Path("out/a.form4.json").read_bytes()
    capsys.readouterr()

    assert batch(sheet(grant(quantity="5")), "--json") == 2
    said = json.loads(capsys.readouterr().out)[0]["problem"]
    assert (
        said
        == "A2, draft: out/a.form4.json already exists and is different; give --replace, move it or choose a different name"
    )
    assert Path("out/a.form4.json").read_bytes() == before


def test_a_blocked_draft_is_kept_and_gets_no_packet(capsys: pytest.CaptureFixture[str]) -> None:
    future = grant(date="12/01/2026", draft="late")

    assert batch(sheet(future, grant()), "--packets") == 1
    out = capsys.readouterr().out
    assert "late                  Okafor Adaeze N           4    blocked" in out
    assert sorted(p.name for p in Path("out").iterdir()) == [
        "2026-10-20 Okafor NWIN Form 4 (grant)",
        "a.form4.json",
        "late.form4.json",
        "review.csv",
    ]
    assert (Path("out") / "2026-10-20 Okafor NWIN Form 4 (grant)" / "form4.xml").is_file()


# ---- sheets


@pytest.mark.parametrize("word", [*TEMPLATES, *(r.id for r in RECIPES)])
def test_each_event_has_a_template(word: str) -> None:
    columns = columns_for(word)

    assert list(columns)[:3] == ["person", "issuer", "happened"]
    assert list(columns)[-3:] == ["signatures[0].date", "draft", "from"]
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
        assert [heading_of(column) for column in columns_for("sales")] == cells
        by_heading = {heading_of(column): value for column, value in told.items()}
        book.worksheets[0].append([by_heading.get(str(heading)) for heading in cells])
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
    ("s.csv", b"draft,,happened\n", "s.csv, headings: column B has none."),
    ("s.csv", b"draft,happened\na,grants,7\n", 's.csv, C2: "7" is below no heading.'),
    ("s.csv", b"draft,happened\n\x81,x\n", "s.csv is not a CSV file in UTF-8."),
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
        "form4 batch: name a sheet, or give --template to write one to fill in. See form4 batch --help.\n"
    )


def test_a_template_is_named_after_its_event_and_never_written_over(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["batch", "--template", "grants"]) == 0
    filled = Path("grants.xlsx").read_bytes()
    capsys.readouterr()

    assert main(["batch", "--template", "grants"]) == 2
    assert capsys.readouterr().err == (
        "form4: grants.xlsx is already there. Choose another name, or give --force to replace it.\n"
    )
    assert Path("grants.xlsx").read_bytes() == filled
    assert main(["batch", "--template", "options", "-o", "grants.xlsx", "--force"]) == 0
    assert Path("grants.xlsx").read_bytes() != filled


# ---- whom the register knows

INSIDERS = (
    "Cox Ian", "Day Liz", "Doe Jane", "Fay Joy", "Fox Eva", "Ito Ken", "Kim Max", "Lee Bo", "May Kai", "Poe Ann",
    "Quin Al", "Roe Sam",
)  # fmt: skip


@pytest.fixture
def register() -> str:
    """Twelve insiders of Example Widgets, each with a form of March; the usual register. Its place."""
    book = opened(place_of("register.sqlite3"), create=True)
    with book.writing() as session:
        for number, name in enumerate(INSIDERS, 1):
            each = paper(row(total=str(1000 * number)), number=number, person=name)
            cik = str(9999100 + number)
            each = each._replace(filing=_with_cik(each.filing, cik))
            assert recorded(session, each, NOW) is not None
    book.close()
    return "register.sqlite3"


def _with_cik(filing: Any, cik: str) -> Any:
    return replace(filing, owners=(replace(filing.owners[0], cik=cik),))


def filled_in(name: str, **by_person: dict[str, Any]) -> None:
    """What is typed into a template beside the persons."""
    book = openpyxl.load_workbook(name)
    page = book.worksheets[0]
    columns = {cell.value: number for number, cell in enumerate(page[1], 1)}
    for number, line in enumerate(page.iter_rows(min_row=2), 2):
        for column, told in by_person.get(str(line[0].value), by_person["all"]).items():
            page.cell(number, columns[heading_of(column)], told)
    book.save(name)


@pytest.mark.long
def test_twelve_grants_with_nothing_typed_but_numbers(
    register: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["batch", "--template", "grants", "--issuer", "EXWI"]) == 0
    assert capsys.readouterr().out == (
        "grants.xlsx: a row for each of 12 insiders, fill in what happened, then form4 batch grants.xlsx\n"
    )
    vesting = "Vests in four equal annual installments."
    told: dict[str, Any] = {"date": date(2026, 10, 20), "quantity": 500, "vesting": vesting}
    filled_in("grants.xlsx", all=told, **{"Fay Joy": {}, "Lee Bo": {**told, "quantity": "many"}})

    assert main(["batch", "grants.xlsx", "-o", "out", "--as-of", DAY, "--packets"]) == 2

    said = capsys.readouterr().out.splitlines()
    assert said[1] == "2    cox-ian-exwi          Cox Ian                   4    ready (1 warning)"
    assert said[2:5] == [
        "     I-1  A  Tue 10/20/2026  acquired 500 at $0.00; then 1,500  Common Stock,",
        "          direct  (1)",
        "     /s/ Sam Roe, Attorney-in-Fact for Ian Cox",
    ]
    assert said[-2:] == [
        "11 forms: 10 ready, 0 blocked, 1 with a bad row",
        "1 row left out: nothing is filled in next to the names",
    ]
    assert sum(1 for folder in Path("out").iterdir() if (folder / "form4.xml").is_file()) == 10
    one = made("roe-sam-exwi")
    assert one["owners"][0]["officer_title"] == "Chief Executive Officer"
    assert one["owners"][0]["address"]["street1"] == "1 Main Street"
    assert one["non_derivative"][0]["amount_owned_following"] == "12500"
    assert one["signatures"] == [{"name": "/s/ Sam Roe", "date": DAY}]
    assert [note["text"] for note in one["footnotes"]] == [vesting]


def known(**cells: str) -> dict[str, str]:
    return {
        "person": "jane",
        "issuer": "EXWI",
        "happened": "sales",
        "date": "10/20/2026",
        "quantity": "100",
        "price": "9",
        **cells,
    }


def test_rows_of_one_person_are_one_form_however_they_are_named(
    register: str, capsys: pytest.CaptureFixture[str]
) -> None:
    jane = "9999103"
    rows = [
        known(),
        known(person="Cox Ian"),
        known(person=jane, issuer="", quantity="50"),
        known(draft="apart"),
    ]

    assert batch(sheet(*rows), "--json") == 0

    assert [
        (line["rows"], Path(line["draft"]).name, line["person"])
        for line in json.loads(capsys.readouterr().out)
    ] == [
        ([2, 4], "doe-jane-exwi.form4.json", "Doe Jane"),
        ([3], "cox-ian-exwi.form4.json", "Cox Ian"),
        ([5], "apart.form4.json", "Doe Jane"),
    ]
    traded = made("doe-jane-exwi")["non_derivative"]
    assert [r["amount_owned_following"] for r in traded] == ["2900", "2850"]


@pytest.mark.long
def test_verdicts_know_what_the_register_knows(register: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Nobody gave Max Moe a power of attorney by the register: told as form4 check --register does, and not without."""
    signs = {"signing[0].capacity": "attorney", "signing[0].agent": "Max Moe"}

    assert batch(sheet(known(**signs)), "--json") == 0

    told = json.loads(capsys.readouterr().out)[0]["counts"]
    assert main(["check", "out/doe-jane-exwi.form4.json", "--register", "--as-of", DAY, "--json"]) == 0
    checked = json.loads(capsys.readouterr().out)["files"][0]
    assert told == checked["counts"]
    assert [f["id"] for f in checked["findings"] if f["severity"] == "warning"] == ["SIG-010"]


def test_another_register_may_be_named(register: str, capsys: pytest.CaptureFixture[str]) -> None:
    Path(register).rename("other.sqlite3")

    assert batch(sheet(known())) == 2
    assert "     A2, person: there is no register at" in capsys.readouterr().out
    assert batch("s.csv", "--register", "other.sqlite3") == 0


@pytest.mark.long
def test_a_sheet_may_say_who_signs(register: str) -> None:
    assert main(["poa", "add", "--person", "doe jane", "--agent", "Ann Poe"]) == 0
    rows = [
        known(**{"signing[0].agent": "ann poe"}),
        known(person="Cox Ian", **{"signing[0].capacity": "attorney", "signing[0].agent": "Max Moe"}),
    ]

    assert batch(sheet(*rows)) == 0
    names = [made(f"{name}-exwi")["signatures"][0]["name"] for name in ("doe-jane", "cox-ian")]
    assert names == [
        "/s/ Ann Poe, Attorney-in-Fact for Jane Doe",
        "/s/ Max Moe, Attorney-in-Fact for Ian Cox",
    ]


def test_the_same_sheet_again_makes_what_is_missing(
    register: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert batch(sheet(known(), known(person="Cox Ian", quantity="x"))) == 2
    before = Path("out/doe-jane-exwi.form4.json").read_bytes()
    capsys.readouterr()

    assert batch(sheet(known(), known(person="Cox Ian", quantity="10"))) == 0
    assert capsys.readouterr().out.endswith("2 forms: 2 ready, 0 blocked, 0 with a bad row\n")
    assert Path("out/doe-jane-exwi.form4.json").read_bytes() == before


WHOM: list[tuple[dict[str, str], str]] = [
    ({"person": "nobody"}, 'A2, person: The register has no person "nobody"'),
    ({"person": "a"}, 'A2, person: "a" matches '),
    ({"issuer": "XXXX"}, 'B2, issuer: The register has no issuer "XXXX"'),
    ({"from": "last.json"}, "G2, from: replaces person and issuer: give one or the other"),
    ({"form": "3"}, 'G2, form: "3" is not made from a sheet; choose from 4, 5'),
]


@pytest.mark.long
@pytest.mark.parametrize(("cells", "problem"), WHOM, ids=[" ".join(next(iter(c.items()))) for c, _ in WHOM])
def test_whom_the_register_does_not_know_is_told_at_the_cell(
    register: str, cells: dict[str, str], problem: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert batch(sheet(known(**cells), known(person="Cox Ian")), "--json") == 2

    first, second = json.loads(capsys.readouterr().out)
    assert first["problem"].startswith(problem)
    assert (second["person"], second["verdict"]) == ("Cox Ian", "ready")


WITHOUT = "The drafts are made and judged without it."


def test_a_register_that_cannot_be_used_stops_no_row_that_needs_none(
    capsys: pytest.CaptureFixture[str],
) -> None:
    Path("register.sqlite3").write_text("no database", encoding="utf-8")

    assert batch(sheet(grant(), {"draft": "b", **known()})) == 2

    said = capsys.readouterr()
    place = Path("register.sqlite3").resolve()
    assert said.err.splitlines() == [
        "form4: The closed days in the register can't be read: file is not a database.",
        f"form4 batch: The register {place} can't be used: file is not a database. {WITHOUT}",
    ]
    assert "H3, person: the register can't be used\n" in said.out
    assert said.out.endswith("2 forms: 1 ready, 0 blocked, 1 with a bad row\n")


# ---- nothing stops the rest


@pytest.mark.long
def test_a_packet_that_cannot_be_written_stops_no_other(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    names = iter("abcd")
    real = write_bytes

    def full_for_b(path: Path, content: bytes) -> None:
        if path.name == "form4.xml" and next(names) == "b":
            raise OSError(errno.ENOSPC, "No space left on device")
        real(path, content)

    monkeypatch.setattr("form4_author.desk.packet_place.write_bytes", full_for_b)

    assert batch(sheet(*(grant(draft=name) for name in "abcd")), "--packets") == 2

    said = [
        f"{n}    {name}                     Okafor Adaeze N           4    ready\n{SAID}" for n, name in _ROWS
    ]
    told = capsys.readouterr().out
    problem = (
        "no packet: row 3: out/2026-10-20 Okafor NWIN Form 4 (grant) 2 can't be written: no space left on device. Free"
        " some space, or name a different folder in the setting packets.folder."
    )
    assert problem in " ".join(told.split())
    assert all(each in told for each in said)
    assert told.endswith("4 forms: 4 ready, 0 blocked, 0 with a bad row, 1 without the packet\n")
    assert sorted(path.name for path in Path("out").glob("*Form*")) == [
        "2026-10-20 Okafor NWIN Form 4 (grant)",
        "2026-10-20 Okafor NWIN Form 4 (grant) 2",
        "2026-10-20 Okafor NWIN Form 4 (grant) 3",
    ]
    assert not list(Path("out").rglob("*.tmp"))


_ROWS = ((2, "a"), (3, "b"), (4, "c"), (5, "d"))


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        (
            "x" * 300,
            'A2, draft: "xxxxxxxxxxxxxxxxxxxx…" is too long for the name of a file: at most 100 letters',
        ),
        ("a\nb", 'A2, draft: "a\\nb" is not a valid file name'),
        ("a:b", 'A2, draft: "a:b" is not a valid file name'),
    ],
    ids=["long", "two lines", "colon"],
)
def test_a_name_that_no_file_can_have(name: str, problem: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert batch(sheet(grant(draft=name), grant(draft="good")), "--json") == 2

    first, second = json.loads(capsys.readouterr().out)
    assert (first["problem"], second["verdict"]) == (problem, "ready")
    assert names_in("out") == ["good.form4.json"]


def test_a_name_of_two_lines_stands_on_one(capsys: pytest.CaptureFixture[str]) -> None:
    assert batch(sheet(grant(draft="a\nb\x1b[2J"))) == 2
    assert capsys.readouterr().out.splitlines()[1] == f"2    {'a b [2J':22}{'':31}not made"


def test_a_newcomer_without_a_form_is_signed_for_under_the_power_on_record(register: str) -> None:
    address = ["--street1", "1 Main Street", "--city", "Springfield", "--state", "IL", "--zip", "62701"]
    assert (
        main(
            [
                "person",
                "add",
                "--cik",
                "77",
                "--name",
                "New Ann",
                *address,
                "--issuer",
                "EXWI",
                "--director",
                "yes",
            ]
        )
        == 0
    )
    assert main(["poa", "add", "--person", "77", "--agent", "Sam Roe", "--signed", "2026-09-01"]) == 0

    assert batch(sheet(known(person="77", happened="grants", price="", quantity="10", before_1="0"))) == 0
    one = made("new-ann-exwi")
    assert one["non_derivative"][0]["amount_owned_following"] == "10"
    assert one["signatures"][0]["name"] == "/s/ Sam Roe, Attorney-in-Fact for Ann New"


def test_joint_filers_make_one_form(register: str) -> None:
    assert batch(sheet(known(person="Doe Jane; Cox Ian"))) == 0

    joint = made("doe-jane-and-1-exwi")
    assert [owner["name"] for owner in joint["owners"]] == ["Doe Jane", "Cox Ian"]
    assert [signed["name"] for signed in joint["signatures"]] == [
        "/s/ Sam Roe, Attorney-in-Fact for Jane Doe",
        "/s/ Sam Roe, Attorney-in-Fact for Ian Cox",
    ]


def test_a_bug_in_one_row_is_told_as_such(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def judged(path: Path, *_rest: object) -> Report:
        if path.name.startswith("a."):
            raise LookupError
        found: Report = judge(path, *_rest)
        return found

    judge: Any = vars(desk_batch)["judged"]
    monkeypatch.setattr(desk_batch, "judged", judged)

    assert batch(sheet(grant(), grant(draft="b")), "--json") == 3
    first, second = json.loads(capsys.readouterr().out)
    assert first["problem"].endswith(" (LookupError), met at row 2")
    assert second["verdict"] == "ready"


def test_a_quotation_mark_left_open_is_a_finding_at_its_row(capsys: pytest.CaptureFixture[str]) -> None:
    sale = {**grant(happened="sales", quantity='100, "12.34\n200, 12.5'), "style": ""}

    assert batch(sheet(sale, grant(draft="b")), "--json") == 2
    first, second = json.loads(capsys.readouterr().out)
    assert first["problem"] == (
        'G2, quantity: "100, "12.34\n200, 12.5" is not accepted: Line 1 has a quotation mark that is not closed: '
        '100, "12.34. Close it or remove it, and paste again'
    )
    assert second["verdict"] == "ready"


@pytest.mark.parametrize("part", ["value_fault", "_written"], ids=["check", "answer"])
def test_a_bug_met_at_an_answer_is_a_finding_at_its_row(
    part: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("FORM4_TRACEBACK", raising=False)
    sound = getattr(question, part)

    def broken(*given: object) -> object:
        if "1313" in given:
            raise ZeroDivisionError
        return sound(*given)

    monkeypatch.setattr(question, part, broken)

    assert batch(sheet(grant(quantity="1,313"), grant(draft="b")), "--json") == 2
    first, second = json.loads(capsys.readouterr().out)
    assert first["problem"] == (
        f'G2, quantity: "1,313" is not accepted: form4 cannot use this answer because of a bug in form4 {__version__} '
        "(ZeroDivisionError). Everything entered before it is saved. Change the answer, and report the bug"
    )
    assert second["verdict"] == "ready"


# ---- sheets as programs write them


@pytest.mark.parametrize(
    ("encoding", "told"),
    [
        (
            "cp1252",
            "form4 batch: s.csv is not in UTF-8; it was read as Windows-1252. Check names with accents.\n",
        ),
        ("utf-16", "form4 batch: s.csv is not in UTF-8; it was read as UTF-16. Check names with accents.\n"),
        ("utf-8-sig", ""),
    ],
)
def test_encodings_that_excel_writes(encoding: str, told: str, capsys: pytest.CaptureFixture[str]) -> None:
    text = Path(sheet(grant(draft="José"))).read_text("utf-8")
    Path("s.csv").write_bytes(text.encode(encoding))

    assert batch("s.csv") == 0
    assert capsys.readouterr().err == told
    assert made("José")["form"] == "4"


@pytest.mark.parametrize("end", ["\r", "\n", "\r\n"])
def test_lines_end_as_any_system_has_them(end: str) -> None:
    lines = Path(sheet(grant())).read_text("utf-8").splitlines()
    Path("s.csv").write_bytes(end.join([*lines, ""]).encode())

    assert batch("s.csv") == 0


def test_headings_in_any_case() -> None:
    assert batch(sheet({f" {heading.title()} ": cell for heading, cell in grant().items()})) == 0
    assert made("a")["non_derivative"][0]["amount"] == "1200"


def workbook(*rows: dict[str, str], merge: str = "") -> str:
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    page.append(list(rows[0]))
    for cells in rows:
        page.append(list(cells.values()))
    if merge:
        page.merge_cells(merge)
    book.save("s.xlsx")
    return "s.xlsx"


def test_formulas_never_worked_out_and_merged_cells_are_told_at_the_cell(
    capsys: pytest.CaptureFixture[str],
) -> None:
    rows = [
        grant(draft=name, quantity=quantity) for name, quantity in (("a", "=600*2"), ("b", "5"), ("c", "6"))
    ]

    assert batch(workbook(*rows, merge="F3:F4"), "--json") == 2

    first, second, third = json.loads(capsys.readouterr().out)
    assert first["problem"] == (
        'G2, quantity: "=600*2" has no value yet: open the sheet in a spreadsheet program and save it, or type the value'
    )
    assert second["verdict"] == "ready"
    assert third["problem"] == "F4, security: is merged with F3: unmerge the cells and fill in each"


def _without(part: str, content: bytes) -> bytes:
    """A workbook in which one part is this."""
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(workbook(grant())) as book,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as other,
    ):
        for name in book.namelist():
            other.writestr(name, content if name.endswith(part) else book.read(name))
    return packed.getvalue()


def test_a_sheet_whose_only_row_is_beyond_any(capsys: pytest.CaptureFixture[str]) -> None:
    """The library would make each blank row before it, a thousand million."""
    page = (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        b'<row r="999999999"><c r="A999999999"><v>1</v></c></row></sheetData></worksheet>'
    )
    Path("d.xlsx").write_bytes(_without("sheet1.xml", page))

    assert batch("d.xlsx") == 2
    assert capsys.readouterr().err.startswith(
        "form4: d.xlsx is empty: its first row should hold the headings."
    )


@pytest.mark.parametrize(
    ("part", "content"),
    [
        ("sheet1.xml", b'<worksheet><sheetData><row r="1"><c r="A1"'),
        ("workbook.xml", b"<<"),
        ("styles.xml", b"not xml"),
        ("[Content_Types].xml", b""),
    ],
)
def test_a_damaged_workbook(part: str, content: bytes, capsys: pytest.CaptureFixture[str]) -> None:
    Path("d.xlsx").write_bytes(_without(part, content))

    assert batch("d.xlsx") == 2
    assert capsys.readouterr().err == f"form4: d.xlsx is not an XLSX file that can be read.{REMEDY}"


def test_charts_alone_and_bombs(capsys: pytest.CaptureFixture[str]) -> None:
    book = openpyxl.Workbook()
    book.create_chartsheet()
    book.remove(book.worksheets[0])
    book.save("chart.xlsx")
    Path("bomb.xlsx").write_bytes(_without("sheet1.xml", b" " * 50_000_000))

    assert batch("chart.xlsx") == 2
    assert capsys.readouterr().err == f"form4: chart.xlsx is not an XLSX file that can be read.{REMEDY}"
    assert batch("bomb.xlsx") == 2
    assert re.fullmatch(
        r"form4: bomb\.xlsx unpacks to 50,[0-9,]+ bytes; at most 41,943,040 are read\..*\n",
        capsys.readouterr().err,
    )


@pytest.mark.parametrize("name", ["s.ods", "s.csv"])
def test_a_workbook_of_another_kind(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    Path(name).write_bytes(b"PK\x03\x04damaged")

    assert batch(name) == 2
    assert capsys.readouterr().err == f"form4: {name} is not an XLSX file that can be read.{REMEDY}"


def test_a_sheet_without_rows(capsys: pytest.CaptureFixture[str]) -> None:
    Path("s.csv").write_text("draft,happened\n", encoding="utf-8")

    assert batch("s.csv") == 2
    assert (
        capsys.readouterr().err
        == "form4: s.csv has no row below its headings. Fill in a row for each event.\n"
    )


def test_a_template_in_which_nothing_was_filled_in(register: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["batch", "--template", "sales", "-o", "s.csv"]) == 0
    capsys.readouterr()

    assert batch("s.csv") == 2
    assert capsys.readouterr().err == (
        "form4: s.csv has names in its rows, but nothing next to them. Fill in what happened.\n"
    )
    assert not Path("out").exists()


def test_a_sheet_that_is_not_there_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert batch("none.csv") == 2
    assert capsys.readouterr().err == (
        "form4: none.csv: There is no file of this name. Check the name and the folder.\n"
    )


def test_without_a_place_the_drafts_are_beside_the_sheet() -> None:
    assert main(["batch", sheet(grant()), "--as-of", DAY]) == 0
    assert names_in("s-drafts") == ["a.form4.json"]


# ---- which security


def test_a_class_without_an_earlier_total_is_said_to_be_taken_as_0(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert batch(sheet(grant(security="Class B Common Stock"))) == 0

    assert "".join(capsys.readouterr().out.splitlines(keepends=True)[1:-1]) == (
        "2    a                     Okafor Adaeze N           4    ready\n"
        "     I-1  A  Tue 10/20/2026  acquired 1,200 at $0.00; then 1,200  Class B Common\n"
        "          Stock, direct\n"
        "     /s/ Adaeze N. Okafor\n"
        "     Okafor Adaeze N: no earlier total is recorded for Class B Common Stock,\n"
        "     direct; taken as 0\n"
    )


def test_a_total_that_is_in_the_sheet_is_no_assumption(capsys: pytest.CaptureFixture[str]) -> None:
    assert batch(sheet(grant(security="Class B Common Stock", before_1="0")), "--json") == 0

    (line,) = json.loads(capsys.readouterr().out)
    assert line["assumed"] == []


def test_a_title_in_another_spelling_is_the_class_as_last_filed(capsys: pytest.CaptureFixture[str]) -> None:
    assert batch(sheet(grant(security="common stock, $0.01 par value"))) == 0

    assert capsys.readouterr().out == (
        f"{HEAD}2    a                     Okafor Adaeze N           4    ready\n{SAID}"
        "1 form: 1 ready, 0 blocked, 0 with a bad row\n"
    )


def test_a_sale_of_a_class_without_an_earlier_total_is_not_taken_from_0(
    capsys: pytest.CaptureFixture[str],
) -> None:
    sale = {"happened": "sales", "style": "", "price": "61.25", "security": "Class B Common Stock"}

    assert batch(sheet(grant(**sale))) == 2
    assert "after_1: is needed: Class B Common Stock, direct: how many after it?" in " ".join(
        capsys.readouterr().out.split()
    )


def test_a_title_that_is_no_stock_is_refused_where_stock_is_asked_for(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert batch(sheet(grant(security="Stock Option (Right to Buy)"))) == 2

    assert (
        'security: "Stock Option (Right to Buy)" is not accepted: "Stock Option (Right to Buy)" is a derivative '
        "security, which belongs in Table II. Name the class of stock: Common Stock"
    ) in " ".join(capsys.readouterr().out.split())


def test_a_template_names_the_classes_on_record(register: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["batch", "--template", "sales", "--issuer", "EXWI", "-o", "s.csv"]) == 0
    capsys.readouterr()

    with Path("s.csv").open(encoding="utf-8-sig", newline="") as file:
        told = {line["person"]: line["on_record"] for line in csv.DictReader(file)}
    assert told["Cox Ian"] == "Common Stock: 1,000 direct"
    assert (
        main(["batch", "s.csv", "-o", "out"]) == 2
    )  # nothing happened: what is on record is for reading only
    assert capsys.readouterr().err.startswith("form4: s.csv has names in its rows, but nothing next to them")


# ---- footnotes of the last filing

UNVESTED = "Includes 40 unvested restricted stock units granted on March 1, 2026."
SPOUSE = "The reporting person disclaims beneficial ownership of these shares."


def noted() -> None:
    """The last filing has a footnote to its total and one to its spouse's line."""
    last = draft("exercise")
    last["footnotes"] = [{"id": "F1", "text": UNVESTED}, {"id": "F2", "text": SPOUSE}]
    for at, (column, id) in {1: ("amount_owned_following", "F1"), 2: ("nature_of_ownership", "F2")}.items():
        row = last["non_derivative"][at]
        row[column] = {"value": row[column], "footnotes": [id]}
    Path("last.json").write_text(json.dumps(last), encoding="utf-8")


def notes(name: str) -> list[str]:
    return [each["text"] for each in made(name).get("footnotes", ())]


def test_footnotes_of_a_line_go_with_it_and_one_to_a_total_is_left_out_and_named(
    capsys: pytest.CaptureFixture[str],
) -> None:
    noted()
    assert batch(sheet(grant())) == 0

    assert notes("a") == [SPOUSE]
    assert (
        "The last filing's footnote to Table I, line 1, column 5, Amount Owned Following "
        f'Transaction(s) is left out: "{UNVESTED}" To keep it, write "keep" in a column carried_notes of the sheet. /s/ Adaeze'
    ) in " ".join(capsys.readouterr().out.split())


def test_a_column_keeps_footnotes_to_totals_where_there_are_any(capsys: pytest.CaptureFixture[str]) -> None:
    Path("plain.json").write_text(json.dumps(draft("exercise")), encoding="utf-8")
    noted()
    rows = [grant(carried_notes="keep"), grant(draft="b", carried_notes="keep", **{"from": "plain.json"})]
    assert batch(sheet(*rows)) == 0

    assert (notes("a"), notes("b")) == ([UNVESTED, SPOUSE], [])
    out = " ".join(capsys.readouterr().out.split())
    assert "Footnote 1 comes from the last filing and speaks of March 1, 2026: is it still right?" in out
    assert "left out" not in out


def test_a_column_says_keep_or_leave(capsys: pytest.CaptureFixture[str]) -> None:
    noted()
    assert batch(sheet(grant(carried_notes="perhaps"))) == 2

    said = " ".join(capsys.readouterr().out.split())
    assert 'carried_notes: "perhaps" is not accepted: choose from leave, keep' in said


# ---- a second run


def test_a_second_run_keeps_what_is_done(capsys: pytest.CaptureFixture[str]) -> None:
    assert batch(sheet(grant(), grant(draft="b", quantity="two")), "--packets") == 2
    before = {path: path.read_bytes() for path in Path("out").rglob("*") if path.is_file()}
    capsys.readouterr()

    assert batch(sheet(grant(), grant(draft="b")), "--packets") == 0

    out = capsys.readouterr().out
    assert "2    a                     Okafor Adaeze N           4    ready; unchanged\n" in out
    assert "3    b                     Okafor Adaeze N           4    ready\n" in out
    assert {path: path.read_bytes() for path in before if path.name != "review.csv"} == {
        path: content for path, content in before.items() if path.name != "review.csv"
    }
    assert sorted(path.name for path in Path("out").glob("*Form*")) == [
        "2026-10-20 Okafor NWIN Form 4 (grant)",
        "2026-10-20 Okafor NWIN Form 4 (grant) 2",
    ]


def test_a_draft_from_other_rows_is_replaced_only_when_that_is_said(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert batch(sheet(grant())) == 0
    before = Path("out/a.form4.json").read_bytes()
    changed = sheet(grant(quantity="1300"))
    assert batch(changed) == 2
    assert Path("out/a.form4.json").read_bytes() == before
    capsys.readouterr()

    assert batch(changed, "--replace") == 0

    assert "ready; replaced\n" in capsys.readouterr().out
    assert made("a")["non_derivative"][0]["amount"] == "1300"
    assert Path("out/a.form4.json.bak").read_bytes() == before


def test_a_released_draft_is_not_replaced(capsys: pytest.CaptureFixture[str]) -> None:
    assert batch(sheet(grant())) == 0
    assert main(["release", "out/a.form4.json", "--by", "Dana Cho", "--as-of", DAY]) == 0
    capsys.readouterr()
    assert batch(sheet(grant(quantity="1300")), "--replace") == 2
    assert (
        "out/a.form4.json was released and is not replaced; choose a different name for the draft"
        in " ".join(capsys.readouterr().out.split())
    )


def test_a_preview_shows_every_row_and_leaves_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert batch(sheet(grant(), grant(draft="b", quantity="two")), "--preview", "--packets") == 2
    out = capsys.readouterr().out
    assert "acquired 1,200 at $0.00; then 48,080" in out
    assert '"two" is not' in out
    assert out.endswith("Preview: no draft was made.\n")
    assert list(Path("out").iterdir()) == []


def test_the_review_table_has_each_line_with_its_total() -> None:
    assert batch(sheet(grant(), grant(draft="b", quantity="two")), "--packets") == 2
    with Path("out/review.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(each["Row"], each["Draft"], each["Verdict"]) for each in rows] == [
        *[("2", "a.form4.json", "ready")] * 3,
        ("3", "b.form4.json", "not made"),
    ]
    assert rows[0]["What"].startswith("I-1  A  Tue 10/20/2026  acquired 1,200 at $0.00; then 48,080")
    assert rows[0]["Packet"] == "2026-10-20 Okafor NWIN Form 4 (grant)"


def test_a_workbook_offers_lists_and_takes_what_they_offer() -> None:
    assert main(["batch", "--template", "grants"]) == 0
    book = openpyxl.load_workbook("grants.xlsx")
    page = book.worksheets[0]
    assert book.worksheets[1].sheet_state == "hidden"
    places = {
        str(each.sqref).partition("2:")[0]: each.formula1 for each in page.data_validations.dataValidation
    }
    columns = {cell.value: get_column_letter(number) for number, cell in enumerate(page[1], 1)}
    column, row, last = places[columns["Table"]].replace("Lists!", "").replace("$", "").partition("1:")
    offered = [cell[0].value for cell in book["Lists"][f"{column}1:{last}"]]
    assert row == "1:"
    assert offered == list(choices_for("grants")["style"])
    assert offered == [
        "Time, or a goal that was certified: in Table I, as stock",
        "Time, or a goal that was certified: in Table II, as units",
        "The share price alone, with or without service: in Table II",
        "A goal other than the share price, not certified yet",
    ]


def test_a_heading_and_the_name_of_its_column_are_one(capsys: pytest.CaptureFixture[str]) -> None:
    Path("s.csv").write_text("Table,style\nI,I\n", encoding="utf-8")
    assert main(["batch", "s.csv"]) == 2
    assert capsys.readouterr().err == (
        'form4: s.csv, headings: "style" is the same as "Table". Keep one of the two.\n'
    )


@pytest.mark.parametrize("word", [*TEMPLATES, *(r.id for r in RECIPES)])
def test_no_two_columns_of_a_template_have_one_heading(word: str) -> None:
    headings = [heading_of(column) for column in columns_for(word)]
    assert len(set(headings)) == len(headings)
