"""`form4 audit`, `late` and `reconcile` over a register filled from files."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from form4_author.checks.example import draft
from form4_author.cli import main
from form4_author.codes import current_edition
from form4_author.wire.filing import filing_from
from form4_author.wire.write import write_document
from tests.checks.test_audit import OWNER, row

HEAD = """<SEC-DOCUMENT>{number}.txt : {day}
<SEC-HEADER>{number}.hdr.sgml : {day}
<ACCEPTANCE-DATETIME>{day}163000
ACCESSION NUMBER:		{number}
CONFORMED SUBMISSION TYPE:	{form}
CONFORMED PERIOD OF REPORT:	{period}
FILED AS OF DATE:		{day}
</SEC-HEADER>
<DOCUMENT>
<TYPE>{form}
<TEXT>
<XML>
{xml}
</XML>
</TEXT>
</DOCUMENT>
</SEC-DOCUMENT>
"""


def filed(number: str, day: str, *rows: dict[str, Any], form: str = "4", period: str = "") -> str:
    """A full submission text in the folder we are in, as EDGAR serves it."""
    period = period or rows[0]["transaction_date"]
    data = draft("seed") | {
        "form": form,
        "period_of_report": period,
        "issuer": {"cik": "100", "name": "NORTHWIND INSTRUMENTS, INC.", "trading_symbol": "NWI"},
        "owners": [
            OWNER | {"address": {"street1": "1 Main St", "city": "Reno", "state": "NV", "zip": "89501"}}
        ],
        "non_derivative": list(rows),
        "derivative": [],
        "footnotes": [],
        "remarks": None,
        "signatures": [{"name": "/s/ A. Okafor", "date": day}],
    }
    data = {name: value for name, value in data.items() if value is not None}
    xml = write_document(filing_from(data)[0], current_edition(form)).decode().partition("?>")[2]
    text = HEAD.format(
        number=number, day=day.replace("-", ""), form=form, period=period.replace("-", ""), xml=xml.strip()
    )
    Path(f"{number}.txt").write_text(text, encoding="utf-8")
    return f"{number}.txt"


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A Form 3, a late Form 4, and a Form 4 whose total does not go on."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("FORM4_REGISTER", str(tmp_path / "register.sqlite3"))
    return [
        filed("0000000100-26-000001", "2026-01-05", row(None, "1000"), form="3", period="2026-01-02"),
        filed("0000000100-26-000002", "2026-02-06", row("2026-02-02", "900")),
        filed("0000000100-26-000003", "2026-03-04", row("2026-03-02", "500")),
    ]


def said(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str]:
    code = main(words)
    return code, capsys.readouterr().out


def listing(*numbers: str, **head: Any) -> str:
    """EDGAR's list of the person with these filings, all of March 2, 2026."""
    columns = {
        "accessionNumber": list(numbers),
        "form": ["4"] * len(numbers),
        "filingDate": ["2026-03-04"] * len(numbers),
        "reportDate": ["2026-03-02"] * len(numbers),
    }
    data = {
        "cik": "0000000200",
        "name": "Okafor Adaeze N",
        "filings": {"recent": columns, "files": []},
    } | head
    Path("list.json").write_text(json.dumps(data), encoding="utf-8")
    return "list.json"


def test_the_audit_of_a_register(files: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert said(capsys, "import", *files[:1])[0] == 0
    code, text = said(capsys, "audit", "--issuer", "NWI")
    assert (code, text.splitlines()[1]) == (0, "1 insider, 1 filing: no findings.")

    said(capsys, "import", *files)
    code, text = said(capsys, "audit", "--issuer", "100")
    assert (code, text.splitlines()[1]) == (1, "1 insider, 3 filings: 1 break in holdings, 1 late report.")
    code, text = said(capsys, "audit", "--issuer", "northwind", "--json")
    assert json.loads(text)["counts"]["late"] == 1


def test_the_page_replaces_no_file(files: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    said(capsys, "import", *files)

    assert said(capsys, "audit", "--issuer", "NWI", "--html", "a.html") == (
        1,
        "The audit is in a.html.\n",
    )
    page = Path("a.html").read_text("utf-8")
    assert page.count("<svg ") == 1
    assert main(["audit", "--issuer", "NWI", "--html", "a.html"]) == 2
    assert "a.html already exists" in capsys.readouterr().err
    assert main(["audit", "--issuer", "NWI", "--html", "a.html", "--force"]) == 1
    assert Path("a.html").read_text("utf-8") == page


def test_an_issuer_without_filings_is_refused(files: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    said(capsys, "issuer", "add", "--cik", "7", "--name", "EMPTY CO")

    assert main(["audit", "--issuer", "7"]) == 2
    assert "The register has no filing about EMPTY CO" in capsys.readouterr().err


def test_the_late_reports_of_a_year(files: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    said(capsys, "import", *files)

    code, text = said(capsys, "late", "--issuer", "NWI", "--year", "2026")
    assert code == 1
    assert "Okafor Adaeze N (CIK 200)                                1              1\n" in text
    assert said(capsys, "late", "--issuer", "NWI", "--year", "2025")[0] == 0
    code, text = said(capsys, "late", "--issuer", "NWI", "--year", "2026", "--json")
    assert json.loads(text)["persons"][0]["evidence"][0]["due"] == "2026-02-04"
    for year in ("26", "99999", "1066"):
        assert main(["late", "--issuer", "NWI", "--year", year]) == 2
    assert '"1066" is not a year such as 2026' in capsys.readouterr().err


def test_what_is_missing_is_taken_over(files: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    said(capsys, "import", *files[:2])
    numbers = [Path(name).stem for name in files]
    code, text = said(capsys, "reconcile", "--list", listing(*numbers))

    assert code == 1
    assert "On EDGAR, not in the register:\n  Form 4 filed March 4, 2026" in text
    assert text.endswith(
        "To import the missing filings: form4 reconcile 200 --list FILE --take-over FOLDER\n"
    )
    code, text = said(capsys, "reconcile", "okafor", "--list", listing(*numbers), "--take-over", ".")
    assert (code, text.splitlines()[-1]) == (0, "1 added, 0 known already, 0 refused.")
    code, text = said(capsys, "reconcile", "okafor", "--list", listing(*numbers), "--json")
    assert (code, json.loads(text)["agreed"], json.loads(text)["missing"]) == (0, 3, [])


def test_what_has_no_file_is_still_missing(files: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    said(capsys, "import", *files)
    Path("empty").mkdir()
    edgar = listing("0000000100-26-000009")

    code, text = said(capsys, "reconcile", "--list", edgar, "--take-over", "empty")
    assert (code, text.splitlines()[-1]) == (1, "Missing in the folder: 1 of 1 filings.")


def test_a_list_of_another_filer_or_no_list_is_refused(
    files: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    said(capsys, "import", *files)

    assert main(["reconcile", "okafor", "--list", listing(cik="9", name="ROE JAN")]) == 2
    assert "The list is of ROE JAN (CIK 9), not of Okafor Adaeze N (CIK 200)" in capsys.readouterr().err
    Path("other.json").write_text('{"filings": []}', encoding="utf-8")
    assert main(["reconcile", "--list", "other.json"]) == 2
    assert "other.json: this is not a list of filings as EDGAR serves it" in capsys.readouterr().err
